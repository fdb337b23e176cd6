package fetch

import (
	"bytes"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// endings are the endings by which readers know the formats that have a media
// type of their own.
var endings = map[string]string{
	"application/epub+zip":     ".epub",
	"application/pdf":          ".pdf",
	"application/x-ipynb+json": ".ipynb",
	"application/xhtml+xml":    ".html",
	"application/zip":          ".zip",
	"text/html":                ".html",
	"text/markdown":            ".md",
	"text/x-markdown":          ".md",
	"text/x-rst":               ".rst",
	"text/prs.fallenstein.rst": ".rst",
	"text/x-tex":               ".tex",
	"application/x-tex":        ".tex",
	"application/x-latex":      ".tex",
	"text/asciidoc":            ".adoc",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}

// same are endings that say the same.
var same = map[string]string{".htm": ".html", ".xhtml": ".html", ".markdown": ".md"}

// nameOf is a file name for a page: the one the server gives, or the last word of
// its address; with an ending that tells the format. A server that says "HTML" is
// believed before the ending, for many addresses end with that of the page's
// source.
func nameOf(u *url.URL, h http.Header) string {
	name := ""
	if _, params, err := mime.ParseMediaType(h.Get("Content-Disposition")); err == nil {
		name = fileName(params["filename"])
	}
	if name == "" {
		name = fileName(path.Base(u.Path))
	}
	if name == "" {
		name = u.Hostname()
		if kind, _, _ := mime.ParseMediaType(h.Get("Content-Type")); endings[kind] == "" {
			return name + ".txt"
		}
	}
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	want := endings[kind]
	if err != nil || want == "" {
		return name
	}
	have := strings.ToLower(path.Ext(name))
	if have == want || same[have] == want {
		return name
	}
	return name + want
}

// fileName makes a name that is no path, "" when nothing is left of it.
func fileName(s string) string {
	s = s[strings.LastIndexAny(s, `/\`)+1:]
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, s)
	s = strings.Trim(s, " .")
	if r := []rune(s); len(r) > 120 {
		ext := []rune(path.Ext(s))
		if len(ext) > 10 {
			ext = nil
		}
		s = string(r[:120-len(ext)]) + string(ext)
	}
	return s
}

// toUTF8 recodes text whose encoding the server names. The mark at its beginning
// goes before what the page may say of itself. What is UTF-8 already is left, for
// many servers name an encoding that none of their pages has.
func toUTF8(data []byte, contentType string) []byte {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || params["charset"] == "" || !strings.HasPrefix(kind, "text/") && !strings.HasSuffix(kind, "+xml") {
		return data
	}
	if utf8.Valid(data) || bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return data
	}
	enc, err := htmlindex.Get(params["charset"])
	if err != nil {
		return data
	}
	if name, err := htmlindex.Name(enc); err != nil || name == "utf-8" || name == "replacement" {
		return data
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return data
	}
	return append([]byte("\xef\xbb\xbf"), out...)
}
