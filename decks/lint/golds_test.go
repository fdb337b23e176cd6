package lint_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lectern/assets/courses"
	"lectern/decks"
	"lectern/decks/lint"
	"lectern/decks/source"
)

// golds reads the labelled pages, each once, as notes with the language of
// their page; nil when they are not there.
func golds(t *testing.T) map[string][]decks.Note {
	t.Helper()
	files, err := filepath.Glob("../../../shared/lectures/dev/*.gold.json")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]decks.Note{}
	for _, file := range files {
		if strings.Contains(file, "--") {
			continue // another rendering of a page
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var page struct {
			Lang   string
			Groups []struct {
				Items []struct {
					Prompt, Kind, Answer string
					Choices              []string
				}
			}
		}
		if err := json.Unmarshal(data, &page); err != nil {
			t.Fatal(err)
		}
		for _, g := range page.Groups {
			for _, it := range g.Items {
				n := decks.Note{Kind: decks.Kind(it.Kind), Fields: map[decks.Field]string{decks.Front: it.Prompt, decks.Back: it.Answer}}
				for _, o := range it.Choices {
					n.Choices = append(n.Choices, decks.Option{Text: o})
				}
				if it.Kind == "quiz" {
					n.Kind = decks.Choice
				}
				out[page.Lang] = append(out[page.Lang], n)
			}
		}
	}
	return out
}

func founding(t *testing.T, lang string) []decks.Note {
	t.Helper()
	deck, err := source.ParseFS(courses.Founding(lang), ".")
	if err != nil {
		t.Fatal(err)
	}
	return deck.Notes
}

// Of real questions few are scolded, each rightly: all findings were read one
// by one (run with -v), and these are their numbers. More of them would be
// wrong ones.
func TestRates(t *testing.T) {
	pages := golds(t)
	if len(pages) == 0 {
		t.Skip("the labelled pages are not here")
	}
	pages["founding en"], pages["founding ru"] = founding(t, "en"), founding(t, "ru")
	most := map[string]map[lint.Code]int{
		"en":          {lint.Several: 3, lint.YesNo: 3, lint.Elsewhere: 4, lint.LongQuestion: 8, lint.LongAnswer: 1},
		"ru":          {lint.Several: 37, lint.YesNo: 2, lint.Elsewhere: 4, lint.Referent: 1},
		"founding en": {lint.Several: 4, lint.YesNo: 1},
		"founding ru": {lint.Several: 5, lint.YesNo: 1},
	}
	for lang, notes := range pages {
		count := map[lint.Code]int{}
		for _, n := range notes {
			for _, f := range lint.Check(n) {
				count[f.Code]++
				text := n.Text(f.Field)
				t.Logf("%s: %s %s: [%s] in %q", lang, n.Kind, f.Code, text[f.Span.From:f.Span.To], text)
				if f.Fix == nil {
					continue
				}
				for _, n := range f.Fix.Notes {
					t.Logf("      → %q", n.Text(decks.Front))
				}
			}
		}
		t.Logf("%s: %d notes, %v", lang, len(notes), count)
		for code, n := range count {
			if n > most[lang][code] {
				t.Errorf("%s: %d times %s, of %d notes", lang, n, code, len(notes))
			}
		}
	}
}
