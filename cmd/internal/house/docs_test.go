package house

import (
	"fmt"
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// read gives a file of the repository.
func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root(t), name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var required = regexp.MustCompile(`^(?:require )?([a-z][\w.-]*\.[\w.-]+/\S+) v\S+`)

// modules lists what go.mod requires: what the code imports, and all of it.
func modules(t *testing.T) (direct, all []string) {
	t.Helper()
	for _, line := range strings.Split(read(t, "go.mod"), "\n") {
		m := required.FindStringSubmatch(strings.TrimSpace(line))
		if m != nil {
			all = append(all, m[1])
		}
	}
	for _, s := range sources(t) {
		for _, p := range s.imports {
			longest := ""
			for _, m := range all {
				if under(p, m) && len(m) > len(longest) {
					longest = m
				}
			}
			if longest != "" && !slices.Contains(direct, longest) {
				direct = append(direct, longest)
			}
		}
	}
	if len(direct) == 0 {
		t.Fatal("the code imports no module: the test reads it wrongly")
	}
	return direct, all
}

var moduleName = regexp.MustCompile("`([a-z][\\w.-]*\\.[\\w.-]+/[\\w./-]+)`")

// Each direct dependency has its reason, and each module its licence.
func TestModulesExplained(t *testing.T) {
	direct, all := modules(t)
	for file, want := range map[string][]string{"docs/dependencies.md": direct, "docs/third-party.md": all} {
		var named []string
		for _, line := range strings.Split(read(t, file), "\n") {
			if !strings.HasPrefix(line, "|") {
				continue
			}
			first, _, _ := strings.Cut(line[1:], "|")
			for _, m := range moduleName.FindAllStringSubmatch(first, -1) {
				named = append(named, m[1])
			}
		}
		for _, m := range want {
			if !slices.Contains(named, m) {
				t.Errorf("%s does not name %s", file, m)
			}
		}
		for _, m := range named {
			if !slices.Contains(want, m) {
				t.Errorf("%s names %s, which is not used so", file, m)
			}
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)\s#]+)`)

// Every link between the repository's own pages leads somewhere.
func TestLinks(t *testing.T) {
	for _, f := range files(t) {
		if path.Ext(f) != ".md" || isData(f) {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(read(t, f), -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			if _, err := os.Stat(filepath.Join(root(t), path.Dir(f), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", f, m[1])
			}
		}
	}
}

var testName = regexp.MustCompile(`^(?:Test|Fuzz)[A-Z]\w*$`)

// Each attack has its row, and each test that stands against it exists.
func TestAttacksAreTested(t *testing.T) {
	funcs := map[string]bool{} // "package TestName"
	for _, s := range sources(t) {
		for _, d := range s.syntax.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && s.test && f.Recv == nil {
				funcs[s.dir()+" "+f.Name.Name] = true
			}
		}
	}
	next := 1
	for _, line := range strings.Split(read(t, "docs/security.md"), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || !strings.HasPrefix(strings.TrimSpace(cells[1]), "A") {
			continue
		}
		if name := strings.TrimSpace(cells[1]); name != fmt.Sprint("A", next) {
			t.Errorf("attack %s stands where A%d should", name, next)
		}
		next++
		pkg, tests := "", 0
		for _, word := range strings.FieldsFunc(cells[4], func(r rune) bool { return strings.ContainsRune(" ,·", r) }) {
			if dir, ok := strings.CutPrefix(word, "`"); ok {
				pkg = strings.TrimSuffix(dir, "`")
				continue
			}
			if tests++; !testName.MatchString(word) || !funcs[pkg+" "+word] {
				t.Errorf("attack A%d: %s has no test %s", next-1, pkg, word)
			}
		}
		if tests == 0 {
			t.Errorf("attack A%d has no test", next-1)
		}
	}
	if next != 21 {
		t.Errorf("%d attacks, not 20", next-1)
	}
}

var target = regexp.MustCompile("`make ([a-z-]+)`")

// Every `make target` that a page names exists.
func TestMakeTargets(t *testing.T) {
	makefile := read(t, "Makefile")
	for _, f := range files(t) {
		if path.Ext(f) != ".md" || isData(f) {
			continue
		}
		for _, m := range target.FindAllStringSubmatch(read(t, f), -1) {
			if !strings.Contains(makefile, "\n"+m[1]+":") {
				t.Errorf("%s names `make %s`, which does not exist", f, m[1])
			}
		}
	}
}
