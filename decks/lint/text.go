package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/fold"
)

// text is a field as the rules see it: words and sentences with their places
// in the Markdown.
type text struct {
	raw       string
	words     []word
	sentences []sentence
	lang      lang
	things    things // what stands in it besides words
}

// word is a word, or a piece of code or formula that stands in place of one.
type word struct {
	s        string // folded; "" when opaque
	from, to int
	opaque   bool
}

// sentence is a run of words.
type sentence struct {
	first, last int // its words are text.words[first:last]
	from, to    int // bytes, with the sign that ends it
	end         byte
}

// things are parts of a text that a sentence can point at.
type things struct{ code, picture, formula, table, list bool }

func (t things) any() bool { return t.code || t.picture || t.formula || t.table || t.list }

type lang int

const (
	other lang = iota
	english
	russian
)

// How the ends of sentences are kept.
const (
	endNone     = 0
	endStop     = '.'
	endQuestion = '?'
)

// read takes a field apart.
func read(markdown string, gaps bool) text {
	t := text{raw: markdown}
	m := mask(markdown, gaps)
	t.things = m.things
	t.split(m.bytes)
	t.lang = langOf(t.words)
	return t
}

// of returns the words of a sentence.
func (t *text) of(s sentence) []word { return t.words[s.first:s.last] }

// span is the range of the words from first to last, without last.
func (t *text) span(first, last int) Span {
	if first >= last {
		return Span{}
	}
	return Span{t.words[first].from, t.words[last-1].to}
}

// split finds the words and the sentences.
func (t *text) split(m []byte) {
	s := sentence{from: -1}
	end := func(at int, sign byte) {
		if s.last = len(t.words); s.last > s.first {
			if sign == endNone {
				at = trimEnd(m, at)
			}
			s.to, s.end = at, sign
			s.from = t.words[s.first].from
			t.sentences = append(t.sentences, s)
		}
		s = sentence{first: len(t.words)}
	}
	for i := 0; i < len(m); {
		switch c := m[i]; {
		case c == paragraph:
			end(i, endNone)
			i++
		case c == code || c == math:
			from := i
			for i < len(m) && m[i] == c {
				i++
			}
			t.words = append(t.words, word{from: from, to: i, opaque: true})
		case c == '?' || c == '!' || c == '.':
			from := i
			for i < len(m) && strings.IndexByte("?!.", m[i]) >= 0 {
				i++
			}
			if closes(m, from, i, t.words) {
				sign := byte(endStop)
				if strings.IndexByte(string(m[from:i]), '?') >= 0 {
					sign = endQuestion
				}
				end(i, sign)
			}
		default:
			r, size := utf8.DecodeRune(m[i:])
			if !isLetter(r) {
				i += size
				break
			}
			from := i
			i = wordEnd(m, i)
			t.words = append(t.words, word{s: fold.Fold(strings.ReplaceAll(string(m[from:i]), skipped, "")), from: from, to: i})
		}
	}
	end(len(m), endNone)
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// wordEnd is where the word that begins at i ends. Signs within a word belong
// to it: re-use, don't, 7.2, pre_train, a\_b.
func wordEnd(m []byte, i int) int {
	for i < len(m) {
		r, size := utf8.DecodeRune(m[i:])
		if isLetter(r) {
			i += size
			continue
		}
		if strings.ContainsRune("-'’_.\u00ad"+skipped, r) {
			if next, _ := utf8.DecodeRune(m[i+size:]); isLetter(next) {
				i += size
				continue
			}
		}
		return i
	}
	return i
}

// closes reports whether the signs at from:to end a sentence.
func closes(m []byte, from, to int, words []word) bool {
	at := to
	for at < len(m) && strings.ContainsRune(`"'”’»)]*_~.?!`, runeAt(m, at)) {
		at += utf8.RuneLen(runeAt(m, at))
	}
	if at < len(m) && m[at] != ' ' && m[at] != '\n' && m[at] != paragraph {
		return false // 0.5, e.g., x.y
	}
	next := at
	for next < len(m) && (m[next] == ' ' || m[next] == '\n') {
		next++
	}
	follows := runeAt(m, next)
	if at > to && unicode.IsLower(follows) {
		return false // the question "why?" is …
	}
	if m[from] == '.' && to == from+1 && len(words) > 0 {
		last := words[len(words)-1]
		if last.to == from && (abbreviations[last.s] || utf8.RuneCountInString(last.s) == 1 && !unicode.IsUpper(follows)) {
			return false
		}
	}
	return true
}

func runeAt(m []byte, i int) rune {
	if i >= len(m) {
		return 0
	}
	r, _ := utf8.DecodeRune(m[i:])
	return r
}

// trimEnd is the end of m[:i] without white space.
func trimEnd(m []byte, i int) int {
	for i > 0 && (m[i-1] == ' ' || m[i-1] == '\n' || m[i-1] == paragraph) {
		i--
	}
	return i
}

// langOf tells which rules a text is read by. Terms of a Russian text are often
// English; an English text has English small words.
func langOf(words []word) lang {
	cyrillic, latin, small := 0, 0, false
	for _, w := range words {
		for _, r := range w.s {
			switch {
			case strings.ContainsRune("іїєґў", r):
				return other
			case unicode.Is(unicode.Cyrillic, r):
				cyrillic++
			case r < utf8.RuneSelf && unicode.IsLetter(r):
				latin++
			}
		}
		small = small || smallEnglish[w.s]
	}
	switch {
	case 3*cyrillic >= latin && cyrillic > 0:
		return russian
	case small:
		return english
	}
	return other
}
