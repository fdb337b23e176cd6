package content

import (
	"slices"
	"testing"
)

func TestFillGaps(t *testing.T) {
	const text = "A {{c2::query::what is sought}} meets {{c1::keys}} in ${{c1::QK}}$ and {{c3::a\nb}}."
	if got := Gaps(text); !slices.Equal(got, []string{"c2", "c1", "c3"}) {
		t.Errorf("parts %q", got)
	}
	for _, c := range []struct {
		part string
		ask  bool
		want string
	}{
		{"c2", true, "A <strong>[what\u00a0is\u00a0sought]</strong> meets keys in $QK$ and a\nb."},
		{"c1", true, "A query meets <strong>[…]</strong> in $[\\ldots]$ and a\nb."},
		{"c1", false, "A query meets <mark>keys</mark> in $QK$ and a\nb."},
		{"", true, "A <strong>[what\u00a0is\u00a0sought]</strong> meets <strong>[…]</strong> in $[\\ldots]$ and <strong>[…]</strong>."},
		{"", false, "A <mark>query</mark> meets <mark>keys</mark> in $QK$ and a\nb."},
	} {
		if got := FillGaps(text, c.part, c.ask); got != c.want {
			t.Errorf("%q, %v: %q, want %q", c.part, c.ask, got, c.want)
		}
	}
}
