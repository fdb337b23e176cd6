// Package fold compares, searches and sorts text the way a reader does: ё is е,
// case does not matter, and it does not matter how an accent was typed.
//
// Every comparison of text in the program goes through here; the database
// compares bytes and knows no Cyrillic.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold gives the form under which texts are equal to a reader: compatibility
// characters composed, case folded, ё as е, stress marks over Cyrillic vowels
// and soft hyphens gone, white space folded to single spaces. Fold(Fold(s)) is
// Fold(s).
func Fold(s string) string {
	if plain(s) {
		return foldPlain(s)
	}
	return foldAny(s)
}

// foldAny folds a text of any letters.
func foldAny(s string) string {
	s = cases.Fold().String(norm.NFKC.String(s))
	s = norm.NFKC.String(s) // folding may leave a sequence that composes

	var b strings.Builder
	b.Grow(len(s))
	space, last := false, rune(0)
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case r == '\u00ad' || r == '\u200b' || r == '\u2060' || r == '\ufeff':
			continue
		case r == '\u0301' && unicode.Is(unicode.Cyrillic, last):
			continue
		case r == '\u0308' && last == 'е':
			continue
		case r == 'ё':
			r = 'е'
		case unicode.Is(unicode.Cherokee, r):
			r = unicode.ToUpper(r) // its letters fold upwards; the fold above turns them to and fro
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space, last = false, r
		b.WriteRune(r)
	}
	return b.String()
}

// plain reports a text of nothing but ASCII, Russian letters and the usual
// quotation marks and dashes: nearly every text, and quick to fold.
func plain(s string) bool {
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf, 'А' <= r && r <= 'я', r == 'ё', r == 'Ё', r == '«', r == '»', r == '—', r == '–':
		default:
			return false
		}
	}
	return true
}

func foldPlain(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == ' ' || '\t' <= r && r <= '\r':
			space = true
			continue
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case 'А' <= r && r <= 'Я':
			r += 'а' - 'А'
		case r == 'ё' || r == 'Ё':
			r = 'е'
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// Equal reports whether a reader takes two texts for the same.
func Equal(a, b string) bool { return a == b || Fold(a) == Fold(b) }
