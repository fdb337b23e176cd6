package merge

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// diff3 joins two changes of one text when they touch different words of it.
// Between two changes by different hands at least one word must have stayed, or
// the joined sentence could say what neither of them meant.
func diff3(base, theirs, mine string) (string, bool) {
	b, t, m := words(base, whole), words(theirs, whole), words(mine, whole)
	inT, ok1 := common(b, t, alike)
	inM, ok2 := common(b, m, alike)
	if !ok1 || !ok2 {
		return "", false
	}
	var out strings.Builder
	var last hand // who changed something since the last word that stayed
	for i, j, k := 0, 0, 0; ; {
		// The next word of the base that both kept ends the piece.
		e := i
		for e < len(b) && (inT[e] < 0 || inM[e] < 0) {
			e++
		}
		jt, km := len(t), len(m)
		if e < len(b) {
			jt, km = inT[e], inM[e]
		}
		was, his, my := strings.Join(b[i:e], ""), strings.Join(t[j:jt], ""), strings.Join(m[k:km], "")
		now := nobody
		switch {
		case his == my:
			out.WriteString(his)
		case my == was:
			out.WriteString(his)
			now = author
		case his == was:
			out.WriteString(my)
			now = student
		default:
			return "", false
		}
		if now != nobody {
			if last != nobody && last != now {
				return "", false
			}
			last = now
		}
		if e == len(b) {
			return out.String(), true
		}
		if isWord(b[e]) {
			last = nobody
		}
		out.WriteString(b[e])
		i, j, k = e+1, jt+1, km+1
	}
}

type hand int

const (
	nobody hand = iota
	author
	student
)

// whole matches what may not be changed by two hands: code, formulas, gaps,
// targets of links.
var whole = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`|\\$\\$.*?\\$\\$|\\$[^$\n]*\\$|\\{\\{.*?\\}\\}|\\]\\([^)\n]*\\)")

// words cuts a text into words, runs of space, single other signs and what whole
// matches, if given. Joined they are the text again.
func words(s string, whole *regexp.Regexp) []string {
	var out []string
	for s != "" {
		plain := s
		special := ""
		if whole != nil {
			if at := whole.FindStringIndex(s); at != nil {
				plain, special = s[:at[0]], s[at[0]:at[1]]
			}
		}
		s = s[len(plain)+len(special):]
		for plain != "" {
			n := len(plain)
			kind := signKind(plain)
			if kind == sign {
				_, n = utf8.DecodeRuneInString(plain)
			} else if end := strings.IndexFunc(plain, func(r rune) bool { return runeKind(r) != kind }); end >= 0 {
				n = end
			}
			out = append(out, plain[:n])
			plain = plain[n:]
		}
		if special != "" {
			out = append(out, special)
		}
	}
	return out
}

type tokenKind int

const (
	word tokenKind = iota
	space
	sign
)

func signKind(s string) tokenKind {
	r, _ := utf8.DecodeRuneInString(s)
	return runeKind(r)
}

func runeKind(r rune) tokenKind {
	switch {
	case unicode.IsSpace(r):
		return space
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		return word
	}
	return sign
}

// isWord reports whether a token is a word or a whole.
func isWord(token string) bool {
	switch signKind(token) {
	case word:
		return true
	case sign:
		return utf8.RuneCountInString(token) > 1
	}
	return false
}

// alike gives every token the same weight.
func alike(string) int32 { return 1 }

// mostCells bounds the table of common: two texts of two thousand words that
// differ from end to end.
const mostCells = 1 << 22

// common finds a longest common subsequence, in which a token counts by its weight: for
// each token of a the index of its partner in b, or -1. It gives up, with false, on texts
// too large to compare.
func common(a, b []string, weight func(token string) int32) ([]int, bool) {
	partner := make([]int, len(a))
	for i := range partner {
		partner[i] = -1
	}
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		partner[head] = head
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		partner[len(a)-1-tail] = len(b) - 1 - tail
		tail++
	}
	x, y := a[head:len(a)-tail], b[head:len(b)-tail]
	if len(x) == 0 || len(y) == 0 {
		return partner, true
	}
	if len(x)*len(y) > mostCells {
		return nil, false
	}
	width := len(y) + 1
	length := make([]int32, (len(x)+1)*width)
	for i := len(x) - 1; i >= 0; i-- {
		w := weight(x[i])
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				length[i*width+j] = length[(i+1)*width+j+1] + w
			} else {
				length[i*width+j] = max(length[(i+1)*width+j], length[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			partner[head+i] = head + j
			i++
			j++
		case length[(i+1)*width+j] >= length[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return partner, true
}
