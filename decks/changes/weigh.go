package changes

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/fold"
)

// Reason says why a change may be in substance.
type Reason string

// The reasons, the gravest of which is given.
const (
	Lowered     Reason = "lowered"      // the count of changes in substance is below that of the release
	AnotherKind Reason = "another_kind" // a question became a choice, for one
	RightOption Reason = "right_option" // other options are right
	NewAnswer   Reason = "new_answer"   // much of the answer is new, or it is gone
	Detail      Reason = "detail"       // a number, a formula, code or a "not" in the answer
	NewQuestion Reason = "new_question" // much of the question is new
	Condition   Reason = "condition"    // a number, a formula, code or a "not" in the question
)

// few is the share of words up to which a text is the same one with a slip mended.
const few = 0.15

// Weigh says why a change of a card may be in substance, "" when it is surely not.
func Weigh(old, next decks.Note) Reason {
	switch {
	case next.Major < old.Major:
		return Lowered
	case next.Major > old.Major:
		return ""
	case next.Kind != old.Kind:
		return AnotherKind
	case !sameRight(old.Choices, next.Choices):
		return RightOption
	}
	a, b := old.Text(decks.Back), next.Text(decks.Back)
	answers := [][2]string{}
	if a != "" { // an answer where there was none takes nothing from anybody
		answers = append(answers, [2]string{a, b})
	}
	front, was := next.Text(decks.Front), old.Text(decks.Front)
	if next.Kind == decks.Cloze {
		gaps, before := gapsOf(front), gapsOf(was)
		for part, text := range before {
			if now, kept := gaps[part]; kept {
				answers = append(answers, [2]string{text, now})
			}
		}
		front, was = around(front), around(was)
	}
	detail := false
	for _, pair := range answers {
		switch compare(pair[0], pair[1]) {
		case another:
			return NewAnswer
		case inDetail:
			detail = true
		}
	}
	if detail {
		return Detail
	}
	switch compare(was, front) {
	case another:
		return NewQuestion
	case inDetail:
		return Condition
	}
	return ""
}

// sameRight tells whether the options that are right are the same ones, if with a slip
// mended.
func sameRight(old, next []decks.Option) bool {
	a, b := right(old), right(next)
	if len(a) != len(b) {
		return false
	}
	for _, text := range a {
		i := slices.IndexFunc(b, func(s string) bool { return compare(text, s) == alike })
		if i < 0 {
			return false
		}
		b = slices.Delete(b, i, i+1)
	}
	// An option that was wrong and is right now, word for word, is no slip.
	for _, o := range next {
		for _, p := range old {
			if o.Right != p.Right && fold.Equal(o.Text, p.Text) {
				return false
			}
		}
	}
	return true
}

func right(options []decks.Option) []string {
	var out []string
	for _, o := range options {
		if o.Right {
			out = append(out, o.Text)
		}
	}
	return out
}

// difference says how far two texts are apart.
type difference int

const (
	alike    difference = iota // but for a slip
	inDetail                   // in what is small and matters
	another                    // in much
)

// compare compares two texts by their words.
func compare(old, next string) difference {
	a, b := words(old), words(next)
	if slices.Equal(a, b) {
		return alike
	}
	if float64(distance(a, b)) > few*float64(max(len(a), len(b))) {
		return another
	}
	if !slices.Equal(details(a), details(b)) {
		return inDetail
	}
	return alike
}

// token matches a formula, code, the target of a link or a picture, a number, a word.
var token = regexp.MustCompile("(?s)\\$\\$.+?\\$\\$|\\$[^$\n]+\\$|```.*?```|`[^`\n]+`|\\]\\([^)\n]*\\)|\\d+(?:[.,]\\d+)*|[<>≤≥≠=±]+|[\\pL\\pM]+(?:['’-][\\pL\\pM]+)*")

// words cuts a text into what a reader tells apart. Where a link or a picture leads is
// no word: it may be another file with the same picture.
func words(s string) []string {
	var out []string
	for _, at := range token.FindAllStringIndex(s, -1) {
		w := s[at[0]:at[1]]
		switch {
		case strings.HasPrefix(w, "]("):
			continue
		case w[0] >= '0' && w[0] <= '9':
			if below(s[:at[0]]) {
				w = "-" + w
			}
		case w[0] == '$' || w[0] == '`': // case matters there, space does not
			w = strings.Join(strings.Fields(w), "")
		default:
			w = fold.Fold(w)
		}
		out = append(out, w)
	}
	return out
}

// below reports whether a number is negative that stands behind a text: a dash between
// two words or numbers is no sign.
func below(s string) bool {
	cut := strings.TrimSuffix(strings.TrimSuffix(s, "-"), "\u2212")
	if len(cut) == len(s) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(cut)
	return !unicode.IsLetter(before) && !unicode.IsDigit(before)
}

// denials turn a sentence round.
var denials = map[string]bool{
	"не": true, "нет": true, "ни": true, "без": true, "кроме": true, "никогда": true, "нельзя": true, "неверно": true,
	"not": true, "no": true, "never": true, "without": true, "except": true, "cannot": true, "nor": true, "none": true, "unless": true,
}

// details are the words that no slip may change.
func details(words []string) []string {
	var out []string
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsLetter(r) && !unicode.IsMark(r) || denials[w] || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t") {
			out = append(out, w)
		}
	}
	return out
}

// mostCells bounds the work of a comparison; texts beyond it are compared by how often
// each word stands in them.
const mostCells = 4 << 20

// distance is how many words have to be put in, taken out or replaced to make one text
// of the other.
func distance(a, b []string) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a)*len(b) > mostCells {
		count := map[string]int{}
		for _, w := range a {
			count[w]++
		}
		shared := 0
		for _, w := range b {
			if count[w] > 0 {
				count[w]--
				shared++
			}
		}
		return max(len(a), len(b)) - shared
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, w := range a {
		corner := row[0]
		row[0] = i + 1
		for j, v := range b {
			best := corner
			if w != v {
				best = 1 + min(corner, row[j], row[j+1])
			}
			corner, row[j+1] = row[j+1], best
		}
	}
	return row[len(b)]
}

// gap matches a gap of a cloze: its part, its text, and perhaps a hint.
var gap = regexp.MustCompile(`(?s)\{\{(c[1-9]\d{0,2})::(.*?)(?:::.*?)?\}\}`)

// gapsOf are the texts that a cloze asks for, by part.
func gapsOf(front string) map[string]string {
	out := map[string]string{}
	for _, m := range gap.FindAllStringSubmatch(front, -1) {
		if out[m[1]] != "" {
			out[m[1]] += "\n"
		}
		out[m[1]] += m[2]
	}
	return out
}

// around is a cloze with its gaps filled: a text that becomes a gap, or no longer is
// one, reads as before.
func around(front string) string { return gap.ReplaceAllString(front, "$2") }

func sameGaps(old, next decks.Note) bool {
	a, b := gapsOf(old.Text(decks.Front)), gapsOf(next.Text(decks.Front))
	for part, text := range a {
		if b[part] != text {
			return false
		}
	}
	return len(a) == len(b)
}

// parts says which cards of a cloze are new and which are gone.
func parts(old, next decks.Note) (added, gone []string) {
	a, b := gapsOf(old.Text(decks.Front)), gapsOf(next.Text(decks.Front))
	for part := range b {
		if _, had := a[part]; !had {
			added = append(added, part)
		}
	}
	for part := range a {
		if _, has := b[part]; !has {
			gone = append(gone, part)
		}
	}
	slices.Sort(added)
	slices.Sort(gone)
	return added, gone
}
