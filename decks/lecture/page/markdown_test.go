package page

import (
	"strings"
	"testing"

	"lectern/decks/content"
)

func TestMarkdownWritten(t *testing.T) {
	for _, c := range []struct{ got, want, html string }{
		{CodeSpan("a`b"), "`` a`b ``", "<code>a`b</code>"},
		{CodeSpan(" x\n y "), "`x y`", "<code>x y</code>"},
		{CodeSpan(" "), "", ""},
		{MathSpan(" a_1\n + b "), "$a_1 + b$", `\(a_1 + b\)`},
		{Link("дом", "https://e.org/a b(c)"), "[дом](https://e.org/a%20b%28c%29)", `<a href="https://e.org/a%20b%28c%29">дом</a>`},
		{Link("", "https://e.org/a_b"), "<https://e.org/a_b>", `<a href="https://e.org/a_b">https://e.org/a_b</a>`},
		{Link("слово", ""), "слово", "слово"},
		{ImageRef("схема *a*", "img/a.png"), `![схема \*a\*](img/a.png)`, ""},
		{Escape("5 &lt; 6 & R&D"), "5 &amp;lt; 6 &amp; R&amp;D", "5 &amp;lt; 6 &amp; R&amp;D"},
		{"а " + Mark("**", "б", ' ', ' ') + " в", "а **б** в", "а <strong>б</strong> в"},
		{"а " + Mark("**", "б:", ' ', 'в') + "в", "а <strong>б:</strong>в", "а <strong>б:</strong>в"},
		{"а" + Mark("*", "б", 'а', 'в') + "в", "а*б*в", "а<em>б</em>в"},
		{"а" + Mark("*", " б ", 'а', 'в') + "в", "а *б* в", "а <em>б</em> в"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
		if html := content.HTML(content.Parse(c.got)); c.html != "" && html != "<p>"+c.html+"</p>\n" {
			t.Errorf("%q is read as %q, not as %q", c.got, html, c.html)
		}
	}
}

// A row has the cells that were put into it, whatever stands in them.
func TestRow(t *testing.T) {
	cells := []string{Escape("a|b"), CodeSpan("c|d"), MathSpan("P(x|y)"), "две\nстроки", ""}
	md := Row(cells) + "\n" + strings.Repeat("|-", len(cells)) + "|\n"
	want := "<table>\n<thead>\n<tr><th>a|b</th><th><code>c|d</code></th><th>\\(P(x|y)\\)</th><th>две строки</th><th></th></tr>\n</thead>\n</table>\n"
	if got := content.HTML(content.Parse(md)); got != want {
		t.Errorf("%q is read as\n%s", md, got)
	}
}
