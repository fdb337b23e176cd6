package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"lectern/decks/fault"
)

// IsAddress tells an address from the name of a file.
func IsAddress(s string) bool {
	scheme, rest, ok := strings.Cut(strings.TrimSpace(s), "://")
	return ok && rest != "" && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// parse reads an address as a user types or pastes it: without a scheme it is
// https, or http on this computer. What is sent of it is left: no name, no password, no fragment. The host
// is in ASCII. Faults: BadAddress, WrongScheme.
func parse(typed string) (*url.URL, error) {
	s := strings.TrimSpace(typed)
	bad := func(why string) error {
		return fault.New(fault.BadAddress, errors.New(why), "address", shown(s))
	}
	if s == "" || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) && r != ' ' }) {
		return nil, bad("the address is empty or has control characters")
	}
	if !hasScheme(s) {
		s = "https://" + strings.TrimPrefix(s, "//")
	}
	u, err := url.Parse(s)
	if err != nil {
		return nil, bad("it is no URL") // the cause would repeat what was typed, password and all
	}
	if host := u.Hostname(); !strings.Contains(typed, "://") && (strings.EqualFold(host, "localhost") || net.ParseIP(host) != nil) {
		u.Scheme = "http" // pages of one's own computer have no certificate
	}
	return settle(u, bad)
}

// settle checks an http address and leaves in it what is sent.
func settle(u *url.URL, bad func(string) error) (*url.URL, error) {
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, fault.New(fault.WrongScheme, nil, "scheme", u.Scheme)
	}
	host, port := strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), u.Port()
	if net.ParseIP(host) == nil {
		if strings.ContainsFunc(host, func(r rune) bool { return r >= 0x80 }) {
			ascii, err := idna.Lookup.ToASCII(host)
			if err != nil {
				return nil, bad("its host is no name")
			}
			host = ascii
		}
		if host == "" || len(host) > 253 || strings.Contains("."+host+".", "..") || strings.ContainsFunc(host, func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.' && r != '_'
		}) {
			return nil, bad("it has no valid host")
		}
	}
	if u.Opaque != "" || strings.HasSuffix(u.Host, ":") && port == "" {
		return nil, bad("it has no valid host")
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	u.Host = host
	if strings.Contains(host, ":") {
		u.Host = "[" + host + "]"
	}
	if port != "" && port != usualPort(u.Scheme) {
		u.Host = net.JoinHostPort(host, port)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = escapeQuery(u.RawQuery)
	return u, nil
}

// escapeQuery writes letters beyond ASCII and spaces as a request has to have
// them.
func escapeQuery(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c > ' ' && c < 0x7f {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// hasScheme tells whether an address has a scheme; "host:8000/page" has none.
func hasScheme(s string) bool {
	for i, r := range s {
		switch {
		case r == ':' && i > 0:
			rest := s[i+1:]
			return rest == "" || rest[0] < '0' || rest[0] > '9'
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', i > 0 && (r >= '0' && r <= '9' || r == '+' || r == '-' || r == '.'):
		default:
			return false
		}
	}
	return false
}

func usualPort(scheme string) string {
	if scheme == "http" {
		return "80"
	}
	return "443"
}

// hostPort is where a request of u goes: "host:port".
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = usualPort(u.Scheme)
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// shown is an address as a message repeats it: without name and password, and
// not at length.
func shown(s string) string {
	if scheme, rest, ok := strings.Cut(s, "://"); ok {
		authority, path := rest, ""
		if i := strings.IndexAny(rest, "/?#"); i >= 0 {
			authority, path = rest[:i], rest[i:]
		}
		if i := strings.LastIndexByte(authority, '@'); i >= 0 {
			s = scheme + "://" + authority[i+1:] + path
		}
	}
	if r := []rune(s); len(r) > 120 {
		s = string(r[:119]) + "…"
	}
	return s
}
