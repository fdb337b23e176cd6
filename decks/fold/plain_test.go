package fold

import (
	"testing"

	"pgregory.net/rapid"
)

// The quick way and the long one lead to the same.
func TestPlainFoldsLikeAny(t *testing.T) {
	letters := []rune("aZ09 .\t\n\v\f\r\x00\x7f-?АЯаяЁёЙйЪ«»—–")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom(letters)).Draw(t, "s")
		if !plain(s) {
			t.Fatalf("%q is not plain", s)
		}
		if quick, long := foldPlain(s), foldAny(s); quick != long {
			t.Fatalf("%q folds to %q, the long way to %q", s, quick, long)
		}
	})
}
