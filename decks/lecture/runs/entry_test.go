package runs

import (
	"testing"

	"lectern/decks/lecture/page"
)

func TestTypedEntry(t *testing.T) {
	for _, c := range []struct {
		line, mark, kind, rest string
		tick                   page.Tick
	}{
		{"1. Кто?", "1.", "1.", "Кто?", page.NoTick},
		{"12)\tКто?", "12)", "1)", "Кто?", page.NoTick},
		{"(3) Who?", "(3)", "1)", "Who?", page.NoTick},
		{"2.1. Кто?", "2.1.", "1.1.", "Кто?", page.NoTick},
		{"  б) да", "б)", "a)", "да", page.NoTick},
		{"(a) yes", "(a)", "a)", "yes", page.NoTick},
		{"•\u00a0да", "•", "•", "да", page.NoTick},
		{"•да", "•", "•", "да", page.NoTick},
		{"– да", "–", "–", "да", page.NoTick},
		{"☐ да", "", "☐", "да", page.Unticked},
		{"☒да", "", "☐", "да", page.Ticked},
		{line: "A. Karpathy"},
		{line: "2024 год"},
		{line: "3.14 это число"},
		{line: "-5 градусов"},
		{line: "1."},
		{line: "•"},
		{line: "Кто?"},
		{line: ""},
	} {
		e, ok := TypedEntry(c.line)
		if ok != (c.rest != "") {
			t.Errorf("%q: %v", c.line, ok)
			continue
		}
		if ok && (e.Mark != c.mark || e.Kind != c.kind || e.Tick != c.tick || c.line[e.Len:] != c.rest) {
			t.Errorf("%q: %+v, rest %q", c.line, e, c.line[e.Len:])
		}
	}
}

func TestFonts(t *testing.T) {
	for font, want := range map[string]bool{
		"Courier New": true, "ABCDEF+CMTT10": true, "Consolas": true, "JetBrainsMono-Regular": true, "NimbusMonL-Regu": true, "Source Code Pro": true,
		"Times New Roman": false, "CMR10": false, "Calibri": false, "Helvetica": false, "Encode Sans": false,
	} {
		if Monospaced(font) != want {
			t.Errorf("%s: %v", font, !want)
		}
	}
	for _, c := range []struct {
		r          rune
		font, want string
	}{
		{'\uf0b7', "Symbol", "•"}, {'\uf0e0', "Wingdings", "→"}, {'o', "Wingdings", "□"}, {'o', "Courier New", "o"}, {'\uf061', "SymbolMT", "α"},
		{'\uf0ff', "Unknown", "•"}, {'a', "", "a"},
	} {
		if got := Symbol(c.r, c.font); got != c.want {
			t.Errorf("%q in %s: %q, want %q", c.r, c.font, got, c.want)
		}
	}
}
