// Package fetch gets a lecture page from its address: one page, by one request
// and the redirects that answer it. Nothing in the page makes another.
//
// What it refuses:
//
//   - addresses other than http and https;
//   - hosts in the user's own network, on this computer, or of a cloud's
//     metadata service, unless the user typed exactly that host himself
//     ([Options].Typed). The address that is connected to is judged, at the
//     moment of connecting, so that a name which resolves to something else the
//     second time does not help;
//   - more than 64 MB, packed or unpacked; more than five redirects; waiting
//     without end.
//
// It keeps and sends no cookies, no Referer, and no name and password from an
// address. It does not use proxies, not even those of the environment: a proxy
// resolves names itself, so that the address connected to could not be judged.
package fetch
