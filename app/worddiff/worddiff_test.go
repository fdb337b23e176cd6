package worddiff

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/merge"
)

func TestLines(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	for _, c := range []struct {
		was, now string
		width    float32
		want     string
	}{
		{"Один и два.", "Один и два. Три.", 600, "Один и два. +Три."},
		{"Помогают поиск и инструменты.", "Помогают поиск, инструменты.", 600, "Помогают поиск -и+, инструменты."},
		{"**Жирно** и просто.", "Жирно и просто.", 600, "-**Жирно-** и просто."}, // only the marks differ
		{"Абзац.\n\nВторой.", "Абзац.\n\nВторой и третий.", 600, "Абзац.\nВторой +и третий."},
		{"слово в слове", "слово в слове", 90, "слово\nв слове"}, // a short word clings to the next
		{strings.Repeat("ы", 30), strings.Repeat("ы", 30), 100, ""},
	} {
		d := New(Paragraphs(Readable(c.was, c.now)), kit.RowText)
		high := d.HeightFor(c.width)
		got := d.String()
		if lines := float32(strings.Count(got, "\n") + 1); high < lines*kit.RowText.Line {
			t.Errorf("%q: %v is not high enough for %v lines", got, high, lines)
		}
		if c.want != "" && got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
		for _, p := range d.pieces {
			if p.x+p.w > c.width+1 {
				t.Errorf("%q reaches over the column", p.text)
			}
		}
	}
}

// Whatever the texts: what stayed and came is the new text, what stayed and went the old
// one, but for spaces; and nothing stands outside the column.
func TestNothingIsLost(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"а", "и", "слово", "длинноеслово", ",", ".", " ", "\n", "\n\n", "\t", "«", "x²"}), 0, 40)
	bare := func(s string) string {
		return strings.NewReplacer(" ", "", "\n", "", "\t", "").Replace(s)
	}
	rapid.Check(t, func(t *rapid.T) {
		was, now := strings.Join(words.Draw(t, "was"), ""), strings.Join(words.Draw(t, "now"), "")
		width := float32(rapid.IntRange(40, 500).Draw(t, "width"))
		d := New(Paragraphs(Told(merge.Runs(was, now))), kit.Body)
		d.HeightFor(width)
		var old, fresh strings.Builder
		for _, p := range d.pieces {
			if p.kind != merge.Came {
				old.WriteString(p.text)
			}
			if p.kind != merge.Went {
				fresh.WriteString(p.text)
			}
			if p.y+kit.Body.Line > d.high+0.5 {
				t.Fatalf("%q lies below the end", p.text)
			}
		}
		if bare(old.String()) != bare(was) || bare(fresh.String()) != bare(now) {
			t.Fatalf("%q became %q; shown %q", was, now, d.String())
		}
	})
}

// A long text is compared where it differs; one that is all new is not compared at all.
func TestLongTexts(t *testing.T) {
	long := strings.Repeat("Абзац, который остался.\n\n", 8000)
	runs := Readable(long+"Было так.\n\n"+long, long+"Стало так.\n\n"+long)
	var went, came string
	for _, r := range runs {
		switch r.Kind {
		case merge.Went:
			went += r.Text
		case merge.Came:
			came += r.Text
		}
	}
	if went != "Было" || came != "Стало" {
		t.Errorf("%q became %q", went, came)
	}
	runs = Readable(long, strings.ToUpper(long))
	if len(runs) > 4 {
		t.Errorf("%d runs", len(runs))
	}
}

// However long the texts, the parts that they share stay and the rest is told.
func TestSharedLines(t *testing.T) {
	line := rapid.SampledFrom([]string{"один\n", "два\n", "три", "\n", strings.Repeat("длинная строка ", 400) + "\n"})
	rapid.Check(t, func(t *rapid.T) {
		a := strings.Join(rapid.SliceOfN(line, 0, 8).Draw(t, "a"), "")
		b := strings.Join(rapid.SliceOfN(line, 0, 8).Draw(t, "b"), "")
		head, tail := shared(a, b)
		if head+tail > min(len(a), len(b)) || a[:head] != b[:head] || a[len(a)-tail:] != b[len(b)-tail:] {
			t.Fatalf("%d and %d of %d and %d bytes", head, tail, len(a), len(b))
		}
	})
}
