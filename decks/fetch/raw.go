package fetch

import (
	"net/url"
	"path"
	"regexp"
	"strings"
)

// views are pages that show a file which has an address of its own. Only what is
// documented, or has been so for years, stands here.
var views = []struct {
	host string // "" is any
	path *regexp.Regexp
	raw  string // with $1 for the first group, and so on
}{
	{"github.com", regexp.MustCompile(`^/([^/]+)/([^/]+)/(?:blob|raw)/(.+)$`), "https://raw.githubusercontent.com/$1/$2/$3"},
	{"nbviewer.org", regexp.MustCompile(`^/github/([^/]+)/([^/]+)/blob/(.+)$`), "https://raw.githubusercontent.com/$1/$2/$3"},
	{"nbviewer.jupyter.org", regexp.MustCompile(`^/github/([^/]+)/([^/]+)/blob/(.+)$`), "https://raw.githubusercontent.com/$1/$2/$3"},
	{"colab.research.google.com", regexp.MustCompile(`^/github/([^/]+)/([^/]+)/blob/(.+)$`), "https://raw.githubusercontent.com/$1/$2/$3"},
	{"colab.research.google.com", regexp.MustCompile(`^/drive/([\w-]+)$`), "https://drive.google.com/uc?export=download&id=$1"},
	{"drive.google.com", regexp.MustCompile(`^/file/d/([\w-]+)(?:/.*)?$`), "https://drive.google.com/uc?export=download&id=$1"},
	{"docs.google.com", regexp.MustCompile(`^/document/(?:u/\d+/)?d/([\w-]+)(?:/(?:edit|view|preview|mobilebasic))?/?$`), "https://docs.google.com/document/d/$1/export?format=docx"},
	{"docs.google.com", regexp.MustCompile(`^/presentation/(?:u/\d+/)?d/([\w-]+)(?:/(?:edit|view|preview))?/?$`), "https://docs.google.com/presentation/d/$1/export/pdf"},
	{"bitbucket.org", regexp.MustCompile(`^/([^/]+)/([^/]+)/src/(.+\.\w+)$`), "https://bitbucket.org/$1/$2/raw/$3"},
	{"codeberg.org", regexp.MustCompile(`^/([^/]+)/([^/]+)/src/((?:branch|tag|commit)/.+\.\w+)$`), "https://codeberg.org/$1/$2/raw/$3"},
	{"huggingface.co", regexp.MustCompile(`^/(.+)/blob/(.+)$`), "https://huggingface.co/$1/resolve/$2"},
	{"hackmd.io", regexp.MustCompile(`^/(@[\w.-]+/[\w-]+|[\w-]{16,})/?$`), "https://hackmd.io/$1/download"},
	{"", regexp.MustCompile(`^/(.+)/-/blob/(.+)$`), "/$1/-/raw/$2"}, // GitLab, of which there are many
}

// raw is the address of the file that a page shows, or u itself.
func raw(u *url.URL) *url.URL {
	p := u.EscapedPath()
	for _, v := range views {
		if v.host != "" && strings.TrimPrefix(u.Host, "www.") != v.host || strings.Contains(p, "/../") {
			continue
		}
		if m := v.path.FindStringSubmatchIndex(p); m != nil {
			file := string(v.path.ExpandString(nil, v.raw, p, m))
			if v.host == "" {
				file = u.Scheme + "://" + u.Host + file // a path of two slashes would name another host
			}
			if next, err := url.Parse(file); err == nil {
				return next
			}
		}
	}
	return u
}

// closed tells of pages that are shown instead of the one asked for, to those
// who are not signed in, with the status of success.
func closed(u *url.URL) bool {
	switch u.Hostname() {
	case "accounts.google.com":
		return true
	case "hackmd.io", "gitlab.com", "github.com":
		return path.Base(u.Path) == "login" || path.Base(u.Path) == "sign_in"
	}
	return false
}
