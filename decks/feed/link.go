package feed

import (
	"errors"
	"net"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"lectern/decks/fault"
	"lectern/decks/release/sign"
)

const scheme = "lectern:"

// Link says where a feed is and whose it is.
type Link struct {
	Address string      // https://…, or http://… and file:///… for those who typed that
	Key     sign.Public // of the author, the zero value when the link does not say
}

// IsLink tells a link of Lectern from an address or the name of a file.
func IsLink(s string) bool {
	s = strings.TrimSpace(s)
	return len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme)
}

// ParseLink reads a link, or the address of a feed or of the folder that it lies in. A
// link that could mean something else to whoever reads it than to the program is
// refused. Fault: BadAddress.
func ParseLink(text string) (Link, error) {
	text = strings.TrimSpace(text)
	l, err := parseLink(text)
	if err != nil {
		return Link{}, fault.New(fault.BadAddress, err, "address", shown(text))
	}
	return l, nil
}

// shown is a text as a message repeats it.
func shown(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 120 {
		s = string(r[:119]) + "…"
	}
	return s
}

func parseLink(text string) (Link, error) {
	if IsLink(text) {
		text = text[len(scheme):]
	}
	if len(text) > 2000 || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) || unicode.IsSpace(r) || r == '\\' }) {
		return Link{}, errors.New("it has signs that an address does not have")
	}
	address, fragment, hasKey := strings.Cut(text, "#")
	var l Link
	if hasKey {
		var err error
		if l.Key, err = sign.ParsePublic(fragment); err != nil || l.Key.String() != fragment {
			return Link{}, errors.New("what follows the # is no key")
		}
	}
	u, err := url.Parse(address)
	if err != nil {
		return Link{}, errors.New("it is no URL")
	}
	u.Scheme = strings.ToLower(u.Scheme)
	switch {
	case u.User != nil:
		return Link{}, errors.New("it has a name or a password")
	case u.RawQuery != "" || u.ForceQuery || u.Opaque != "":
		return Link{}, errors.New("a feed is a file")
	case hidden(u):
		return Link{}, errors.New("its path leads elsewhere")
	}
	switch u.Scheme {
	case "https", "http":
		err = setHost(u)
	case "file":
		err = checkFile(u)
	default:
		err = errors.New("it is not https")
	}
	if err != nil {
		return Link{}, err
	}
	if i := strings.LastIndexByte(u.Path, '/'); u.Path == "" || u.Path[i+1:] == "" || u.Path[i+1:] == "index.html" {
		u.Path, u.RawPath = u.Path[:i+1], ""
		u = u.JoinPath(Name)
	}
	l.Address = u.String()
	return l, nil
}

// hidden tells of a path that a host may read in another way than it looks.
func hidden(u *url.URL) bool {
	raw := strings.ToLower(u.EscapedPath())
	for _, bad := range []string{"%2f", "%5c", "%2e", "%00", "%0a", "%0d"} {
		if strings.Contains(raw, bad) {
			return true
		}
	}
	for _, part := range strings.Split(u.Path, "/") {
		if part == ".." || part == "." {
			return true
		}
	}
	return false
}

// setHost writes the host of an address in the one form that is connected to.
func setHost(u *url.URL) error {
	host, port := strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), u.Port()
	if net.ParseIP(host) == nil {
		ascii, err := idna.Lookup.ToASCII(host)
		if err != nil || ascii == "" || len(ascii) > 253 || strings.Trim(ascii, "abcdefghijklmnopqrstuvwxyz0123456789-._") != "" || strings.Contains("."+ascii+".", "..") {
			return errors.New("it has no valid host")
		}
		host = ascii
	}
	if strings.HasSuffix(u.Host, ":") {
		return errors.New("it has no valid host")
	}
	u.Host = host
	if strings.Contains(host, ":") {
		u.Host = "[" + host + "]"
	}
	if port != "" && port != map[string]string{"https": "443", "http": "80"}[u.Scheme] {
		u.Host = net.JoinHostPort(host, port)
	}
	return nil
}

// checkFile refuses files of other computers: Windows would sign in to one that an
// address names.
func checkFile(u *url.URL) error {
	if u.Host != "" && u.Host != "localhost" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") {
		return errors.New("it is a file of another computer")
	}
	u.Host = ""
	return nil
}

// IsFile tells whether the feed lies on this computer or on what is plugged in.
func (l Link) IsFile() bool { return strings.HasPrefix(l.Address, "file:") }

// File is the path of the feed's file, "" when it is no file.
func (l Link) File() string {
	u, err := url.Parse(l.Address)
	if err != nil || u.Scheme != "file" {
		return ""
	}
	p := u.Path
	if runtime.GOOS == "windows" {
		p = strings.TrimPrefix(p, "/") // of /E:/course
	}
	return filepath.FromSlash(p)
}

// FileLink is the link to a feed in a file whose path is absolute.
func FileLink(path string) Link {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return Link{Address: (&url.URL{Scheme: "file", Path: p}).String()}
}

// String writes the link as ParseLink reads it.
func (l Link) String() string {
	s := scheme + l.Address
	if !l.Key.IsZero() {
		s += "#" + l.Key.String()
	}
	return s
}
