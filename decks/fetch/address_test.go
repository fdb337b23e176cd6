package fetch

import (
	"net/url"
	"strings"
	"testing"

	"lectern/decks/fault"
)

func TestParse(t *testing.T) {
	for typed, want := range map[string]string{
		"https://example.org/a/b.html":           "https://example.org/a/b.html",
		" https://example.org ":                  "https://example.org/",
		"HTTP://Example.ORG:80/A?b=C#part":       "http://example.org/A?b=C",
		"https://example.org:443/":               "https://example.org/",
		"https://example.org:8443/":              "https://example.org:8443/",
		"example.org/lecture 1.html":             "https://example.org/lecture%201.html",
		"https://example.org/?q=что такое&x=%41": "https://example.org/?q=%D1%87%D1%82%D0%BE%20%D1%82%D0%B0%D0%BA%D0%BE%D0%B5&x=%41",
		"//example.org/x":                        "https://example.org/x",
		"localhost:8000/x":                       "http://localhost:8000/x",
		"https://user:secret@example.org/x":      "https://example.org/x",
		"https://example.org@evil.test/x":        "https://evil.test/x",
		"https://пример.рф/лекция":               "https://xn--e1afmkfd.xn--p1ai/%D0%BB%D0%B5%D0%BA%D1%86%D0%B8%D1%8F",
		"http://[::1]:8000/x":                    "http://[::1]:8000/x",
		"http://127.0.0.1/":                      "http://127.0.0.1/",
		"https://example.org./x":                 "https://example.org/x",
		"https://my_host.example.org/x":          "https://my_host.example.org/x",
		"https://example.org/a%2Fb/%D0%BB.ipynb": "https://example.org/a%2Fb/%D0%BB.ipynb",
	} {
		u, err := parse(typed)
		if err != nil {
			t.Errorf("%q: %v", typed, err)
			continue
		}
		if got := u.String(); got != want {
			t.Errorf("%q became %q, want %q", typed, got, want)
		}
	}
	for typed, want := range map[string]fault.Code{
		"":                          fault.BadAddress,
		"https://":                  fault.BadAddress,
		"https:///path":             fault.BadAddress,
		"https://exa mple.org/":     fault.BadAddress,
		"https://example.org:port/": fault.BadAddress,
		"https://example.org:/":     fault.BadAddress,
		"https://[::1":              fault.BadAddress,
		"https://ex\tample.org/":    fault.BadAddress,
		"https://a\x00b/":           fault.BadAddress,
		"https://" + strings.Repeat("a.", 200) + "org": fault.BadAddress,
		"file:///etc/passwd":                           fault.WrongScheme,
		"ftp://example.org/x":                          fault.WrongScheme,
		"javascript:alert(1)":                          fault.WrongScheme,
		"data:text/html,x":                             fault.WrongScheme,
		"mailto:a@example.org":                         fault.WrongScheme,
		"gopher://127.0.0.1:25/x":                      fault.WrongScheme,
	} {
		if u, err := parse(typed); !fault.Is(err, want) || err == nil {
			t.Errorf("%q: %v, %v, want %s", typed, u, err, want)
		}
	}
	_, err := parse("https://anna:pass word@exa mple/")
	if err == nil || strings.Contains(err.Error(), "pass") || strings.Contains(fault.Of(err).Args["address"].(string), "pass") {
		t.Errorf("the error repeats a password: %v %v", err, fault.Of(err).Args)
	}
}

func TestIsAddress(t *testing.T) {
	for s, want := range map[string]bool{
		"https://example.org/x": true, "HTTP://x": true, " http://x ": true,
		"page.html": false, "http:/x": false, "https://": false, "C:\\page.html": false, "ftp://example.org": false, "-": false, "": false,
	} {
		if IsAddress(s) != want {
			t.Errorf("IsAddress(%q) is %v", s, !want)
		}
	}
}

func TestRaw(t *testing.T) {
	for page, want := range map[string]string{
		"https://github.com/o/r/blob/main/docs/a%20b.md":                 "https://raw.githubusercontent.com/o/r/main/docs/a%20b.md",
		"https://www.github.com/o/r/blob/v1.0/x.ipynb":                   "https://raw.githubusercontent.com/o/r/v1.0/x.ipynb",
		"https://github.com/o/r/raw/main/x.md":                           "https://raw.githubusercontent.com/o/r/main/x.md",
		"https://gitlab.com/g/s/r/-/blob/main/x.md?ref_type=heads":       "https://gitlab.com/g/s/r/-/raw/main/x.md",
		"https://gitlab.example.edu:8443/r/r/-/blob/main/x.md":           "https://gitlab.example.edu:8443/r/r/-/raw/main/x.md",
		"https://bitbucket.org/w/r/src/main/x.md":                        "https://bitbucket.org/w/r/raw/main/x.md",
		"https://codeberg.org/o/r/src/branch/main/x.md":                  "https://codeberg.org/o/r/raw/branch/main/x.md",
		"https://huggingface.co/datasets/o/r/blob/main/x.md":             "https://huggingface.co/datasets/o/r/resolve/main/x.md",
		"https://nbviewer.org/github/o/r/blob/main/x.ipynb":              "https://raw.githubusercontent.com/o/r/main/x.ipynb",
		"https://colab.research.google.com/github/o/r/blob/main/x.ipynb": "https://raw.githubusercontent.com/o/r/main/x.ipynb",
		"https://colab.research.google.com/drive/1a-B_c":                 "https://drive.google.com/uc?export=download&id=1a-B_c",
		"https://drive.google.com/file/d/1a-B_c/view?usp=sharing":        "https://drive.google.com/uc?export=download&id=1a-B_c",
		"https://docs.google.com/document/d/1a-B_c/edit?tab=t.0":         "https://docs.google.com/document/d/1a-B_c/export?format=docx",
		"https://docs.google.com/document/u/1/d/1a-B_c/":                 "https://docs.google.com/document/d/1a-B_c/export?format=docx",
		"https://docs.google.com/presentation/d/1a-B_c/edit":             "https://docs.google.com/presentation/d/1a-B_c/export/pdf",
		"https://hackmd.io/abcdefgh-_ABCDEFGHIJ12":                       "https://hackmd.io/abcdefgh-_ABCDEFGHIJ12/download",
		"https://hackmd.io/@anna/lecture-1":                              "https://hackmd.io/@anna/lecture-1/download",
		"https://example.org//evil.test/-/blob/x.md":                     "https://example.org//evil.test/-/raw/x.md", // no other host
		// What shows no file stays.
		"https://github.com/o/r":                                  "",
		"https://github.com/o/r/tree/main/docs":                   "",
		"https://github.com/o/r/blob/main/../../../x":             "",
		"https://bitbucket.org/w/r/src/main/docs/":                "",
		"https://example.org/github.com/o/r/blob/main/x.md":       "",
		"https://evil.test/https://github.com/o/r/blob/main/x.md": "",
		"https://hackmd.io/features":                              "",
		"https://docs.google.com/document/d/e/2PACX-1vT/pub":      "",
	} {
		u, err := parse(page)
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = u.String()
		}
		if got := raw(u).String(); got != want {
			t.Errorf("%s is taken from %s, want %s", page, got, want)
		}
	}
}

// FuzzParse: what is let through is an http address without name, password or
// fragment, reads again as itself, and its file lies on the same host or on one
// of the table.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"https://user:pw@example.org:443/a?b#c", "http://[::1%25eth0]/", "пример.рф", "localhost:80", "//x", "http://0x7f.1/", "https:opaque",
		"https://github.com/o/r/blob/main/a.md", "https://x/-/blob/-/blob/y", "http://a@b@c/", "https://example.org:/x", "HTTP://EXAMPLE.ORG",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := parse(s)
		if err != nil {
			if fault.Is(err, fault.Unknown) {
				t.Fatalf("an error without a sentence: %v", err)
			}
			return
		}
		text := u.String()
		if (u.Scheme != "http" && u.Scheme != "https") || u.User != nil || u.Fragment != "" || u.Hostname() == "" || strings.ContainsAny(u.Host, "@/ ") {
			t.Fatalf("%q became %q", s, text)
		}
		again, err := parse(text)
		if err != nil || again.String() != text {
			t.Fatalf("%q became %q, then %v, %v", s, text, again, err)
		}
		r := raw(u)
		if r.Host != u.Host && !strings.HasSuffix(r.Host, ".githubusercontent.com") && r.Host != "drive.google.com" || r.User != nil {
			t.Fatalf("%q is taken from %q", text, r)
		}
		if _, err := url.Parse(r.String()); err != nil {
			t.Fatal(err)
		}
	})
}
