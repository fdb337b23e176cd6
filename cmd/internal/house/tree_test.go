package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// root is the repository: the folder with go.mod above this package.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the package")
		}
		dir = up
	}
}

// files lists the repository's own files, slashed and relative to root.
func files(t *testing.T) []string {
	t.Helper()
	top := root(t)
	var list []string
	err := filepath.WalkDir(top, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if rel == ".git" || rel == "bin" || rel == "shots" {
				return filepath.SkipDir
			}
			return nil
		}
		if d.Type().IsRegular() {
			list = append(list, rel)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// source is a parsed Go file.
type source struct {
	path    string // "decks/merge/diff3.go"
	test    bool
	syntax  *ast.File
	imports []string
}

// dir is the file's package folder.
func (s source) dir() string { return path.Dir(s.path) }

var (
	parseOnce sync.Once
	parsed    []source
	fset      = token.NewFileSet()
)

// sources parses every Go file of the repository outside testdata.
func sources(t *testing.T) []source {
	t.Helper()
	parseOnce.Do(func() {
		for _, f := range files(t) {
			if !strings.HasSuffix(f, ".go") || slices.Contains(strings.Split(f, "/"), "testdata") {
				continue
			}
			syntax, err := parser.ParseFile(fset, filepath.Join(root(t), f), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			s := source{path: f, test: strings.HasSuffix(f, "_test.go"), syntax: syntax}
			for _, i := range syntax.Imports {
				name, err := strconv.Unquote(i.Path.Value)
				if err != nil {
					t.Fatalf("%s: %v", f, err)
				}
				s.imports = append(s.imports, name)
			}
			parsed = append(parsed, s)
		}
	})
	if len(parsed) == 0 {
		t.Fatal("no Go files found")
	}
	return parsed
}

// under reports whether a slashed path is the folder or lies in it.
func under(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }
