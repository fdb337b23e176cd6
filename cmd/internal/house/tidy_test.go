package house

import (
	"bufio"
	"bytes"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// Every package has one package comment, which says what it is for.
func TestPackageComments(t *testing.T) {
	comments := map[string][]string{} // by folder: the files with a comment
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		list := comments[s.dir()]
		if s.syntax.Doc != nil {
			list = append(list, s.path)
			text := s.syntax.Doc.Text()
			start := "Package " + s.syntax.Name.Name + " "
			if s.syntax.Name.Name == "main" {
				start = "Command " + path.Base(s.dir()) + " "
			}
			if !strings.HasPrefix(text, start) {
				t.Errorf("%s: the package comment should start with %q", s.path, start)
			}
		}
		comments[s.dir()] = list
	}
	for dir, list := range comments {
		switch {
		case len(list) == 0:
			t.Errorf("%s: no file has a package comment", dir)
		case len(list) > 1:
			t.Errorf("%s: more than one package comment: %s", dir, strings.Join(list, ", "))
		}
	}
}

// No file outgrows one topic.
func TestFileLength(t *testing.T) {
	for _, s := range sources(t) {
		if n := fset.File(s.syntax.Pos()).LineCount(); n > 600 && !s.test {
			t.Errorf("%s has %d lines: does it still have one topic?", s.path, n)
		}
	}
}

// Nothing unfinished and nothing of the machine it was written on. The patterns
// are put together here so that this file does not match itself.
var unwanted = []struct {
	pattern *regexp.Regexp
	why     string
	skip    func(path string) bool
}{
	{regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`), "a mark of unfinished work", isData},
	{regexp.MustCompile(`(?i)\b(un|not (yet )?)imple` + `mented\b`), "a mark of unfinished work", isData},
	{regexp.MustCompile(`(^|[\s"'(=` + "`" + `])/(work|ro` + `ot|ho` + `me|Users|farm)/`), "a path of one machine", isData},
	{regexp.MustCompile(`/tmp/(bash|lec` + `tern)`), "a path of one machine", isData},
	{regexp.MustCompile(`\.\./sha` + `red`), "data that a clone does not have (tests may look for it)", func(p string) bool {
		return isData(p) || strings.HasSuffix(p, "_test.go")
	}},
}

// isData tells of files whose words are not the project's own.
func isData(p string) bool {
	return slices.Contains(strings.Split(p, "/"), "testdata") || path.Base(p) == "tools.sum" || path.Base(p) == "go.sum" ||
		under(p, "assets/courses") || under(p, "assets/mathjax") || strings.HasSuffix(p, ".min.js")
}

func TestNothingUnfinished(t *testing.T) {
	for _, f := range files(t) {
		data, err := os.ReadFile(filepath.Join(root(t), f))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.IndexByte(data, 0) >= 0 || !utf8.Valid(data) || len(data) > 1<<20 {
			continue
		}
		lines := bufio.NewScanner(bytes.NewReader(data))
		lines.Buffer(nil, 1<<20)
		for n := 1; lines.Scan(); n++ {
			for _, u := range unwanted {
				if u.skip(f) {
					continue
				}
				if m := u.pattern.FindString(lines.Text()); m != "" {
					t.Errorf("%s:%d: %q: %s", f, n, strings.TrimSpace(m), u.why)
				}
			}
		}
		if err := lines.Err(); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
}
