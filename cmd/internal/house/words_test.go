package house

import (
	"encoding/json"
	"go/ast"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// forms are the plural forms each language has.
var forms = map[string][]string{
	"en": {"one", "other"},
	"ru": {"few", "many", "one", "other"},
}

// message is a sentence, or its plural forms.
type message struct {
	file  string
	forms map[string]string // "" is a sentence without forms
}

// catalogue reads every message of a language.
func catalogue(t *testing.T, lang string) map[string]message {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(root(t), "assets", "i18n", lang, "*.json"))
	if err != nil || len(list) == 0 {
		t.Fatalf("catalogues of %s: %v, %v", lang, list, err)
	}
	all := map[string]message{}
	for _, file := range list {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		for _, key := range duplicateKeys(data) {
			t.Errorf("%s/%s: %q stands twice", lang, name, key)
		}
		var raw map[string]json.RawMessage
		if err := json.Unmarshal(data, &raw); err != nil {
			t.Fatalf("%s/%s: %v", lang, name, err)
		}
		area := strings.TrimSuffix(name, ".json")
		for key, value := range raw {
			if !strings.HasPrefix(key, area+".") {
				t.Errorf("%s/%s: %q should start with %q", lang, name, key, area+".")
			}
			m := message{file: name}
			var text string
			if json.Unmarshal(value, &text) == nil {
				m.forms = map[string]string{"": text}
			} else if err := json.Unmarshal(value, &m.forms); err != nil {
				t.Fatalf("%s/%s: %s: %v", lang, name, key, err)
			}
			all[key] = m
		}
	}
	return all
}

// duplicateKeys finds top-level keys that stand twice; decoding keeps the last.
func duplicateKeys(data []byte) []string {
	var twice []string
	seen := map[string]bool{}
	dec := json.NewDecoder(strings.NewReader(string(data)))
	depth, key := 0, true
	for {
		tok, err := dec.Token()
		if err != nil {
			return twice
		}
		switch v := tok.(type) {
		case json.Delim:
			if v == '{' {
				depth++
			} else {
				depth--
			}
			key = true
		case string:
			if depth == 1 && key {
				if seen[v] {
					twice = append(twice, v)
				}
				seen[v] = true
			}
			key = depth != 1 || !key
		}
	}
}

var gap = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

// gaps lists the names a sentence has gaps for.
func gaps(text string) []string {
	var names []string
	for _, m := range gap.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Every text is there in every language, with the same gaps and the plural
// forms the language has.
func TestTranslationsComplete(t *testing.T) {
	en, ru := catalogue(t, "en"), catalogue(t, "ru")
	for lang, both := range map[string][2]map[string]message{"ru": {en, ru}, "en": {ru, en}} {
		for key, m := range both[0] {
			if _, ok := both[1][key]; !ok {
				t.Errorf("%s lacks %s (%s)", lang, key, m.file)
			}
		}
	}
	for lang, all := range map[string]map[string]message{"en": en, "ru": ru} {
		for key, m := range all {
			have := slices.Sorted(maps.Keys(m.forms))
			if _, plain := m.forms[""]; !plain && !slices.Equal(have, forms[lang]) {
				t.Errorf("%s: %s has the forms %v, wants %v", lang, key, have, forms[lang])
			}
			for form, text := range m.forms {
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s: %s %s is empty", lang, key, form)
				}
				if strings.Count(text, "{{") != len(gap.FindAllString(text, -1)) {
					t.Errorf("%s: %s %s has a gap that is not {{.Name}}: %s", lang, key, form, text)
				}
			}
		}
	}
	for key, m := range en {
		other, ok := ru[key]
		if !ok {
			continue
		}
		if _, a := m.forms[""]; a != hasPlain(other) {
			t.Errorf("%s is a plural in one language only", key)
			continue
		}
		want := allGaps(m)
		if got := allGaps(other); !slices.Equal(got, want) {
			t.Errorf("%s: gaps %v in ru, %v in en", key, got, want)
		}
	}
}

func hasPlain(m message) bool { _, ok := m.forms[""]; return ok }

// allGaps joins the gaps of all forms but N, which a language may leave out of
// a form ("one card").
func allGaps(m message) []string {
	var names []string
	for _, text := range m.forms {
		names = append(names, gaps(text)...)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if hasPlain(m) {
		return names
	}
	return slices.DeleteFunc(names, func(n string) bool { return n == "N" })
}

// Russian sentences are Russian: no key was left in English. What is the same
// in both languages is listed.
var sameInBoth = regexp.MustCompile(`^[\P{L}]*$|^(Lectern|Markdown|English|Русский|OK|HTML|TeX|PDF|JSON|Ctrl|Esc|Enter|F\d+)?[\P{L}]*$`)

func TestRussianIsRussian(t *testing.T) {
	cyrillic := regexp.MustCompile(`\p{Cyrillic}`)
	for key, m := range catalogue(t, "ru") {
		for form, text := range m.forms {
			bare := gap.ReplaceAllString(text, "")
			if !cyrillic.MatchString(bare) && !sameInBoth.MatchString(bare) {
				t.Errorf("ru: %s %s has no Russian word: %s", key, form, text)
			}
		}
	}
}

// Every key that the code asks for as a literal exists, and as the right kind:
// T for a sentence, N for a plural.
func TestKeysExist(t *testing.T) {
	en := catalogue(t, "en")
	found := 0
	for _, s := range sources(t) {
		if s.test || !usesPrinter(s) {
			continue
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || (sel.Sel.Name != "T" && sel.Sel.Name != "N") {
				return true
			}
			lit, ok := call.Args[0].(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			key, err := strconv.Unquote(lit.Value)
			if err != nil || !strings.Contains(key, ".") {
				return true
			}
			found++
			m, ok := en[key]
			switch {
			case !ok:
				t.Errorf("%s: %s is in no catalogue", fset.Position(lit.Pos()), key)
			case hasPlain(m) != (sel.Sel.Name == "T"):
				t.Errorf("%s: %s is asked for with %s", fset.Position(lit.Pos()), key, sel.Sel.Name)
			}
			return true
		})
	}
	if found == 0 {
		t.Error("no key found in the code: the test looks in the wrong place")
	}
}

// Every key is asked for: it stands in the code as a literal, or as two that are
// joined ("op." + kind), or as one joined with a number.
func TestKeysUsed(t *testing.T) {
	literals := map[string]bool{}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil {
					literals[text] = true
				}
			}
			return true
		})
	}
	used := func(key string) bool {
		for i := strings.Index(key, ".") + 1; i < len(key); i++ {
			_, err := strconv.Atoi(key[i:])
			if literals[key[:i]] && (literals[key[i:]] || err == nil) {
				return true
			}
		}
		return literals[key]
	}
	for key, m := range catalogue(t, "en") {
		if !used(key) {
			t.Errorf("%s: nothing asks for %s", m.file, key)
		}
	}
	if used("home.never_asked_for") {
		t.Error("a key that stands nowhere counts as used")
	}
}

func usesPrinter(s source) bool {
	return slices.Contains(s.imports, "lectern/assets/i18n") || under(s.path, "assets/i18n") || under(s.path, "app") || under(s.path, "cmd")
}

// Every fault and every operation has its words.
func TestCodesHaveWords(t *testing.T) {
	en := catalogue(t, "en")
	for dir, c := range map[string]struct{ typ, prefix string }{
		"decks/fault":      {"Code", "fault."},
		"decks/collection": {"OpKind", "op."},
	} {
		found := 0
		for _, s := range sources(t) {
			if s.dir() != dir || s.test {
				continue
			}
			ast.Inspect(s.syntax, func(n ast.Node) bool {
				spec, ok := n.(*ast.ValueSpec)
				if !ok {
					return true
				}
				if id, ok := spec.Type.(*ast.Ident); !ok || id.Name != c.typ {
					return true
				}
				for i, v := range spec.Values {
					lit, ok := v.(*ast.BasicLit)
					if !ok {
						continue
					}
					code, err := strconv.Unquote(lit.Value)
					if err != nil {
						t.Fatal(err)
					}
					found++
					if _, ok := en[c.prefix+code]; !ok {
						t.Errorf("%s has no words: %s%s", spec.Names[i].Name, c.prefix, code)
					}
				}
				return true
			})
		}
		if found == 0 {
			t.Errorf("no %s found in %s: the test looks in the wrong place", c.typ, dir)
		}
	}
}
