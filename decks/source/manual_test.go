package source

import (
	"os"
	"strings"
	"testing"

	"lectern/decks"
)

// The course that the manual shows is one.
func TestManualShowsACourse(t *testing.T) {
	manual, err := os.ReadFile("../../docs/teaching.md")
	if err != nil {
		t.Fatal(err)
	}
	src := "---\ntitle: T\nlang: en\n---\n"
	inside := false
	for line := range strings.Lines(string(manual)) {
		text, indented := strings.CutPrefix(line, "    ")
		switch {
		case strings.HasPrefix(text, "# Lecture 3"):
			inside = true
		case inside && !indented && strings.TrimSpace(line) != "":
			inside = false
		}
		if inside {
			src += strings.TrimPrefix(line, "    ")
		}
	}
	got, f := one(t, src, Lock{}, Options{})
	d := mustParse(t, []byte(got))
	kinds := map[decks.Kind]bool{}
	for _, n := range d.Notes {
		kinds[n.Kind] = true
	}
	if f.Given != 3 || !kinds[decks.Question] || !kinds[decks.Cloze] || !kinds[decks.Choice] || d.Sections[0].Source == "" || d.Notes[1].Text(decks.Front) != "A {{c1::query::what is sought}} is compared with {{c2::keys}}." {
		t.Errorf("%+v\n%s", d, got)
	}
}
