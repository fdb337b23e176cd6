package twins

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/fold"
)

// scanner takes questions apart, one after another.
type scanner struct {
	terms []string // stems and sorts, with repeats
	firm  uint64   // of the words and signs that have to be the same, in any order
	exact uint64   // of all words and signs in their order

	text   string
	tokens []string
	must   []string
}

// mostTerms is how many words of a question are compared: more is no question.
const mostTerms = 256

// scan takes a question apart.
func (s *scanner) scan(q string) {
	s.text = fold.Fold(q)
	s.terms, s.must = s.terms[:0], s.must[:0]
	s.split()
	s.exact = hash(s.tokens)
	var sorts [sortCount]bool
	for i, w := range s.tokens {
		first, size := utf8.DecodeRuneInString(w)
		switch {
		case !unicode.IsLetter(first) || firm[w] || strings.ContainsFunc(w, unicode.IsDigit):
			s.must = append(s.must, w)
		case size == len(w):
			if !particle[w] {
				s.must = append(s.must, w) // x, n: another letter is another thing
			}
		case i > 0 && w == "чего" && s.tokens[i-1] == "для":
			sorts[sortWhy] = true
		case sortOf[w] != 0:
			sorts[sortOf[w]] = true
		case empty[w]:
		case differ(w):
			sorts[sortDiffer] = true
		case len(s.terms) < mostTerms:
			s.terms = append(s.terms, stem(w))
		}
	}
	slices.Sort(s.must)
	s.firm = hash(s.must)
	any := false
	for k := sortWhat + 1; k < sortCount; k++ {
		if sorts[k] {
			any = true
			s.terms = append(s.terms, sortTerms[k])
		}
	}
	if !any && len(s.terms) > 0 {
		s.terms = append(s.terms, sortTerms[sortWhat])
	}
}

// split cuts the text into words and signs that say something.
func (s *scanner) split() {
	s.tokens = s.tokens[:0]
	for i := 0; i < len(s.text); {
		r, size := utf8.DecodeRuneInString(s.text[i:])
		if !inWord(r) {
			if s.says(r, i, size) {
				s.tokens = append(s.tokens, s.text[i:i+size])
			}
			i += size
			continue
		}
		from := i
		for i < len(s.text) {
			r, size := utf8.DecodeRuneInString(s.text[i:])
			if !inWord(r) {
				break
			}
			i += size
		}
		s.tokens = append(s.tokens, s.text[from:i])
	}
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// says reports whether a sign says something: those of formulas and code do,
// punctuation does not. A dash, a slash and a star do between single letters or
// numbers.
func (s *scanner) says(r rune, at, size int) bool {
	switch r {
	case '-', '/', '*', '−', '·':
		return len(s.tokens) > 0 && operand(s.tokens[len(s.tokens)-1]) && operand(next(s.text[at+size:]))
	case '`', '´', '¨', '¸', '$':
		return false // marks of text, not signs in it
	}
	return unicode.IsSymbol(r) || strings.ContainsRune("%&@#\\_", r)
}

// operand reports a single letter or a number.
func operand(w string) bool {
	_, size := utf8.DecodeRuneInString(w)
	return size > 0 && (size == len(w) || w[0] >= '0' && w[0] <= '9')
}

// next is the word that a text begins with.
func next(s string) string {
	s = strings.TrimPrefix(s, " ")
	if end := strings.IndexFunc(s, func(r rune) bool { return !inWord(r) }); end >= 0 {
		return s[:end]
	}
	return s
}

// hash is FNV-1a of words.
func hash(words []string) uint64 {
	h := uint64(14695981039346656037)
	for _, w := range words {
		for i := range len(w) {
			h = (h ^ uint64(w[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211 // no word holds it
	}
	return h
}

// The sorts of questions. What has none of the others asks what something is.
const (
	sortWhat = iota
	sortHow
	sortWhy
	sortWhen
	sortWhere
	sortWho
	sortCountOf
	sortDiffer
	sortExample
	sortCount
)

// sortTerms are the sorts as terms: no word begins like them.
var sortTerms = [sortCount]string{"\x00what", "\x00how", "\x00why", "\x00when", "\x00where", "\x00who", "\x00count", "\x00differ", "\x00example"}

func isSort(term string) bool { return term[0] == 0 }

var sortOf = func() map[string]int {
	m := map[string]int{}
	for k, words := range map[int]string{
		sortHow:     "how как каким",
		sortWhy:     "why почему зачем отчего",
		sortWhen:    "when когда",
		sortWhere:   "where где куда откуда",
		sortWho:     "who whom whose кто кого кому кем",
		sortCountOf: "сколько скольких many much",
		sortExample: "example examples пример примеры примера",
	} {
		for _, w := range strings.Fields(words) {
			m[w] = k
		}
	}
	return m
}()

// differ reports a word that asks for a difference.
func differ(w string) bool {
	return slices.ContainsFunc([]string{"differ", "разниц", "отлича", "отличи", "различи", "различа"}, func(p string) bool { return strings.HasPrefix(w, p) })
}

func set(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}

var (
	// firm words turn a question round.
	firm = set("not no never without не нет без никогда нельзя")

	// particle are letters that are words.
	particle = set("a i s t d в и с к о у а я")

	// empty words say nothing about what is asked.
	empty = set(`the an of in on at to for by from with into about as is are was were be been do does did can could will
		would should may might must has have had it its this that these those they them their there and or but if so than
		then you your we our us me my what which please briefly explain describe define name list give state tell discuss
		say also exactly meant mean means term concept called answer question
		что такое такой такая такие чем чему чего чём какой какая какое какие какого какую каких каким какими каков какова каково каковы
		во на со из от для ко по при об за до под над через между и а но или ни бы же ли это этот эта эти этого
		есть был была было были быть можно нужно надо вы вам вас мы нам нас ты вами его ее их им он она оно они
		объясните объясни поясните опишите опиши назовите назови перечислите расскажите приведите приведи дайте сформулируйте
		определение понятие понятия термин пожалуйста кратко своими словами также именно состоит заключается означает называется называют
		можете могли знаете`)
)

// slip reports whether two words are one with a slip of the pen: a letter more
// or less, another letter, two letters that changed places. Short words and
// words that begin otherwise are different words.
func slip(a, b string) bool {
	if a[0] != b[0] || max(len(a), len(b))-min(len(a), len(b)) > utf8.UTFMax {
		return false
	}
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	const least = 5
	if len(x) < least-1 || len(y) < least || len(y)-len(x) > 1 || x[0] != y[0] || a[0] == 0 || b[0] == 0 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	rx, ry := x[i:], y[i:]
	if len(x) < len(y) {
		return string(rx) == string(ry[1:])
	}
	return len(rx) == 0 || string(rx[1:]) == string(ry[1:]) ||
		len(rx) > 1 && rx[0] == ry[1] && rx[1] == ry[0] && string(rx[2:]) == string(ry[2:])
}

// stem cuts the ending off a folded word: enough for forms of one word to meet,
// not enough for different words to.
func stem(w string) string {
	first, _ := utf8.DecodeRuneInString(w)
	switch {
	case unicode.Is(unicode.Cyrillic, first):
		return stemRussian(w)
	case first < utf8.RuneSelf:
		return stemEnglish(w)
	}
	return w
}

// leastStem is how many letters a stem keeps.
const leastStem = 3

func stemEnglish(w string) string {
	for _, e := range []struct{ end, instead string }{
		{"sses", "ss"}, {"ies", "y"}, {"ches", "ch"}, {"shes", "sh"}, {"xes", "x"}, {"ss", "ss"}, {"us", "us"}, {"is", "is"}, {"s", ""},
	} {
		if rest, ok := strings.CutSuffix(w, e.end); ok && len(rest)+len(e.instead) >= leastStem {
			w = rest + e.instead
			break
		}
	}
	for _, end := range []string{"ing", "ed", "e"} {
		if rest, ok := strings.CutSuffix(w, end); ok && len(rest) > leastStem {
			return rest
		}
	}
	return w
}

// endings of Russian words, the longest first.
var endings = func() []string {
	list := strings.Fields(`иями ями ами ием иях иям ией ого его ому ему ыми ими ается яется аются яются аться яться
		ает яет ают яют ует уют ить ать ять еть ете ите ешь ишь ла ло ли ет ит ут ют ат ят
		ая яя ое ее ые ие ый ий ой ей ую юю ых их ью ью ия ию ии
		ов ев ам ям ах ях ом ем ым им а я о е у ю ы и ь й`)
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return list
}()

func stemRussian(w string) string {
	if rest, ok := strings.CutSuffix(w, "ся"); ok && utf8.RuneCountInString(rest) > leastStem {
		w = rest
	} else if rest, ok := strings.CutSuffix(w, "сь"); ok && utf8.RuneCountInString(rest) > leastStem {
		w = rest
	}
	for _, end := range endings {
		if rest, ok := strings.CutSuffix(w, end); ok && utf8.RuneCountInString(rest) >= leastStem {
			return rest
		}
	}
	return w
}
