// Package poll asks a feed what is new and fetches the release that is.
//
// It asks as a browser would that is closed after each page: plain requests without
// cookies, names, Referer or anything else about the student, once a day at a time of
// chance, and no more than "has it changed". What answers is not believed: the feed and
// the releases carry their author's signatures, sizes stand in what is signed, and
// nothing that lies behind what was seen once is taken.
//
//   - A host that does not answer, or answers with the page by which a network asks its
//     guests to sign in, is no error: there is no news today ([News].Unreached says why,
//     to those who ask).
//   - An answer that the author did not sign, or an older one than before, is one:
//     nothing is changed, and the student is told.
//   - An author who is silent for longer than he promised, or than he uses to be, may be
//     kept from the student by somebody: [News].Late says since when.
//
// Only https is asked, unless the address that the student gave is another; and no host
// of his own network, unless he typed that very one.
package poll
