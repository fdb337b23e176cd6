package release

import (
	"strings"
	"testing"

	"lectern/decks"
)

// Ids look like what they are: no letter that only looks Latin, nothing that a folder or
// an address takes for more than a name.
func TestValidID(t *testing.T) {
	for id, valid := range map[string]bool{
		"7f3k2m9qa1": true, "a": true, "n_1-x": true, "0": true, strings.Repeat("a", MaxID): true,
		"": false, strings.Repeat("a", MaxID+1): false, "A": false, "_a": false, "-a": false, "a.b": false, "a/b": false, `a\b`: false, "..": false, "a b": false, "a\n": false,
		"с7f": false, "7fа": false, "о": false, "ё": false, "a\u200b": false, "\u202ea": false, "ａ": false, "a\u0301": false, "a\x00": false, "a%2f": false, "a'": false,
	} {
		if ValidID(id) != valid {
			t.Errorf("%q: %v", id, !valid)
		}
		d := decks.Deck{ID: "d", Title: "T", Notes: []decks.Note{{ID: id, Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: "q"}}}}
		if _, _, err := New(d); (err == nil) != valid {
			t.Errorf("a note %q is released: %v", id, err == nil)
		}
	}
}
