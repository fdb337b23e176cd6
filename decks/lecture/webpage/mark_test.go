package webpage

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks/lecture/page"
)

func TestMarkdownOfPieces(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []piece
		want string
	}{
		{"plain", []piece{{"a * b", 0}}, `a \* b`},
		{"bold", []piece{{"a ", 0}, {"b", bold}, {" c", 0}}, "a **b** c"},
		{"bold with italic in it", []piece{{"one ", bold}, {"two", bold | italic}, {" three", bold}}, "**one *two* three**"},
		{"italic at the end of bold", []piece{{"one ", bold}, {"two", bold | italic}}, "**one *two***"},
		{"code in bold", []piece{{"use ", bold}, {"x_1", bold | coded}, {" now", bold}}, "**use `x_1` now**"},
		{"bold before a letter", []piece{{"слово:", bold}, {"дальше", 0}}, "<strong>слово:</strong>дальше"},
		{"bold and italic beside each other", []piece{{"a", bold}, {"b", italic}}, "<strong>a</strong>*b*"},
		{"power", []piece{{"x", 0}, {"2", super}}, "x<sup>2</sup>"},
		{"backtick in code", []piece{{"a`b", coded}}, "`` a`b ``"},
		{"link in italic", []piece{{"see ", italic}, {"[x](y)", italic | raw}}, "*see [x](y)*"},
	} {
		if got := markdown(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// aNumber begins a list when it begins a text: whether a dot or a bracket stands behind
// it is not kept.
var aNumber = regexp.MustCompile(`^(\d{1,9})\)`)

// What is written is read back as the same words.
func TestMarkdownKeepsWords(t *testing.T) {
	words := rapid.StringMatching(`[a-zа-я0-9.,:!?()*_~"«»&;<>#|\\[\]\x60 -]{1,8}`)
	rapid.Check(t, func(t *rapid.T) {
		var u run
		want := ""
		for range rapid.IntRange(1, 6).Draw(t, "pieces") {
			w := words.Draw(t, "words")
			u.words([]byte(w), style(rapid.IntRange(0, 63).Draw(t, "style")), 1)
			want += w
		}
		want = strings.Join(strings.Fields(want), " ")
		text, _, _ := u.take()
		want = aNumber.ReplaceAllString(want, "$1.")
		if got := aNumber.ReplaceAllString(page.Plain(text), "$1."); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Fatalf("%q is read as %q, not %q", text, got, want)
		}
	})
}
