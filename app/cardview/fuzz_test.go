package cardview

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/kit"
	"lectern/decks/content"
)

// FuzzText lays out, paints and selects whatever a card may say, in columns of
// any width.
func FuzzText(f *testing.F) {
	open(f)
	for _, s := range []string{
		"", "Текст с **жирным**, $x^2$ и `code`.", strings.Repeat("> ", 200) + "глубоко", strings.Repeat("- ", 100) + "x",
		"| а | б |\n|--|:-:|\n| | $x$ |\n|", "```\n\t\t\u0301\x00\n```", "![](a.png)![](missing.png)\n\n![x](a.png)",
		"\u202eמימין\u202c 👩‍👩‍👧 e\u0301\u0301\u0301 \ufeff\u200b\u00ad", "$$\\frac{1}{2}$$\n$$", "- [x] a\n- [ ]\n 1. b\n\n    c",
		"<mark>a<u>b<sup>c<sub>d</sub></sup></u></mark><br><br>", strings.Repeat("безпробелов", 60), "[a](b)[](c) <https://d>", "#\n##\n***\n",
		"1000000000. x\n2. y", "\u2028\u2029\u00a0\u2007\t", "x\\\n\\\ny  \n  z",
	} {
		f.Add(s, uint16(624), true)
		f.Add(s, uint16(1), false)
	}
	f.Fuzz(func(t *testing.T, text string, wide uint16, even bool) {
		if len(text) > 4000 {
			return
		}
		width := float32(wide%1200) + 1
		v := viewOf(content.Parse(text), Style{Type: kit.Answer, Balanced: even, Tallest: 300})
		v.SetHighlight([]string{"x", "а"})
		v.Resize(fyne.NewSize(width, v.HeightFor(width)))
		p := v.page(width)
		good := func(what string, x, y, w, h float32) {
			for _, n := range []float32{x, y, w, h} {
				if math.IsNaN(float64(n)) || math.IsInf(float64(n), 0) {
					t.Fatalf("%s lies at %g,%g, %g by %g", what, x, y, w, h)
				}
			}
			if w < 0 || h < 0 || x < -1 || y < -p.height {
				t.Fatalf("%s lies at %g,%g, %g by %g", what, x, y, w, h)
			}
		}
		good("the page", 0, 0, p.width, p.height)
		for _, it := range append(p.back[:len(p.back):len(p.back)], p.front...) {
			good("an item", it.x, it.y, it.w, it.h)
		}
		at := 0
		for _, r := range p.runs {
			good("a run", r.x, r.y, r.w, r.h)
			if r.start != at {
				t.Fatalf("a run begins at letter %d, not %d", r.start, at)
			}
			at += len([]rune(r.text)) + len([]rune(r.after))
		}
		test.WidgetRenderer(v).Layout(v.Size())
		v.SelectAll()
		if got := v.Selected(); got != string(p.text) || at != len(p.text) {
			t.Fatalf("selected %q of %q", got, string(p.text))
		}
		for _, y := range []float32{-5, 0, p.height / 3, p.height + 5} {
			for _, x := range []float32{-5, width / 2, width + 5} {
				letter, in := v.hit(fyne.NewPos(x, y))
				if s := v.wordAt(letter, in); s.from > s.to || s.to > len(p.text) {
					t.Fatalf("the word at %g,%g is %+v of %d letters", x, y, s, len(p.text))
				}
			}
		}
		v.boxes()
	})
}
