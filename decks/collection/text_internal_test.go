package collection

import (
	"testing"

	"pgregory.net/rapid"

	"lectern/decks/content"
)

// A line that is not parsed reads as if it had been.
func TestPlainTextIsThatOfTheDocument(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOf(rapid.OneOf(
			rapid.SampledFrom([]string{"слово", "word", "1", "-", ".", " ", "  ", "(", ")", "https://a.b/c", "www.example.org", "'", `"`, ":", "a.b", "ё", "\u00a0", "…", "*x*", "\n"}),
			rapid.StringN(0, 4, -1))).Draw(t, "pieces")
		text := ""
		for _, p := range pieces {
			text += p
		}
		if got, want := plainText(text), content.Line(content.Parse(text), 0); got != want {
			t.Fatalf("%q reads %q, parsed %q", text, got, want)
		}
	})
}
