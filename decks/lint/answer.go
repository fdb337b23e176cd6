package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/content"
)

// leak finds a question that holds its whole answer.
func (c *checker) leak() {
	if c.note.Kind == decks.Cloze {
		c.leakOfGap()
		return
	}
	t, answer := &c.front, c.back.words
	const most = 8 // words; a longer answer says more than its question
	if !c.inWords() || len(answer) == 0 || len(answer) > most || c.back.things.any() || c.offers() {
		return
	}
	telling := false
	for _, w := range answer {
		if w.opaque {
			return
		}
		telling = telling || tells(c.back.lang, w.s)
	}
	if at := find(t.words, answer); at >= 0 && telling {
		c.add(Finding{Code: Leak, Field: decks.Front, Span: t.span(at, at+len(answer)), Severity: Major})
	}
}

// offers reports a question that names what to choose from.
func (c *checker) offers() bool {
	for _, w := range c.front.words {
		if or[c.front.lang][w.s] {
			return true
		}
	}
	return c.front.lang == other || strings.ContainsAny(c.front.raw, `/:`)
}

// tells reports a word that is no number, no letter, no small word and no code.
func tells(l lang, w string) bool {
	sign := func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }
	return utf8.RuneCountInString(w) > 3 && !strings.ContainsFunc(w, sign) && !light[l][w] && !asking[l][w] && !yesOrNo[w]
}

// find returns where the words of part stand in a row in all, or -1.
func find(all, part []word) int {
	for i := 0; i+len(part) <= len(all); i++ {
		same := true
		for k := range part {
			same = same && all[i+k].s == part[k].s && !all[i+k].opaque
		}
		if same {
			return i
		}
	}
	return -1
}

// Beyond these a text is no card, and is not looked at closely.
const (
	mostMembers = 99
	mostWords   = 2000
)

// leakOfGap finds the text of a gap in what stays visible when it is asked.
func (c *checker) leakOfGap() {
	gaps := gap.FindAllStringSubmatchIndex(c.note.Text(decks.Front), mostMembers+1)
	if len(gaps) > mostMembers || len(c.front.words) > mostWords {
		return // no card that a person made
	}
	for _, g := range gaps {
		number := c.front.raw[g[2]:g[3]]
		var hidden, shown []word
		for _, w := range c.front.words {
			switch {
			case w.from >= g[4] && w.to <= g[5]:
				hidden = append(hidden, w)
			case !within(w, gaps, number, c.front.raw):
				shown = append(shown, w)
			}
		}
		telling := false
		for _, w := range hidden {
			telling = telling || !w.opaque && tells(c.front.lang, w.s)
		}
		if at := find(shown, hidden); telling && at >= 0 {
			c.add(Finding{Code: Leak, Field: decks.Front, Span: Span{shown[at].from, shown[at+len(hidden)-1].to}, Severity: Major})
			return
		}
	}
}

// within reports whether a word stands in a gap of a number.
func within(w word, gaps [][]int, number, raw string) bool {
	for _, g := range gaps {
		if raw[g[2]:g[3]] == number && w.from >= g[0] && w.to <= g[1] {
			return true
		}
	}
	return false
}

// From how many members on a list is hard to recite, and from how many on it is
// no longer reasonable to ask for.
const (
	listMembers = 5
	listTooMany = 9
)

// member is an entry of a list in the answer.
type member struct{ from, to int }

// list finds an answer that is a list of short members.
func (c *checker) list() {
	if !c.inWords() {
		return
	}
	members := c.back.entries()
	if len(members) == 0 {
		members = c.back.commas()
	}
	if len(members) < listMembers {
		return
	}
	f := Finding{Code: List, Field: decks.Back, Span: Span{members[0].from, members[len(members)-1].to}, N: len(members), Fix: c.gaps(members)}
	if len(members) >= listTooMany {
		f.Severity = Major
	}
	c.add(f)
}

// A member of a list is no explanation: it has few words.
const memberWords = 8

// entries are the members of a list in Markdown when the answer is nothing but
// that list, with a line before it perhaps.
func (t *text) entries() []member {
	var out []member
	if len(t.words) > mostWords {
		return nil
	}
	words, long, before := 0, 0, 0
	lines := strings.SplitAfter(t.raw, "\n")
	at := 0
	for _, line := range lines {
		sign := entry.FindString(line)
		bare := strings.TrimSpace(line)
		switch {
		case bare == "":
		case sign != "" && strings.TrimLeft(sign, " \t") == sign:
			if len(out) > 0 && before > 1 {
				return nil
			}
			end := at + len(strings.TrimRight(line, " \t\r\n"))
			if end <= at+len(sign) {
				return nil
			}
			out = append(out, member{at + len(sign), end})
			if n := t.count(at, end); n > memberWords {
				long++
			}
		case len(out) > 0:
			return nil // the list is not all there is, or its members go on
		default:
			words += t.count(at, at+len(line))
			before++
		}
		at += len(line)
	}
	if len(out) == 0 || len(out) > mostMembers || words > 2*memberWords || 2*long >= len(out) {
		return nil
	}
	return out
}

// commas are the members of a list within a sentence when the answer is that
// sentence: "A, B, C, D and E".
func (t *text) commas() []member {
	if len(t.sentences) != 1 || len(t.words) > mostWords || t.lang == other || t.things.code || t.things.table || t.things.list {
		return nil
	}
	s := t.sentences[0]
	first := s.first
	if i := strings.LastIndexByte(t.raw[s.from:s.to], ':'); i >= 0 {
		for first < s.last && t.words[first].from < s.from+i {
			first++
		}
	}
	var out []member
	from := first
	for i := first; i <= s.last; i++ {
		conj := i < s.last && i > from && (t.words[i].s == "and" || t.words[i].s == "и") && len(out) >= listMembers-2
		if i < s.last && !conj && (i == first || !strings.ContainsAny(t.between(i), ",;")) {
			continue
		}
		if i == from {
			continue
		}
		if i-from > 4 || strings.ContainsAny(t.raw[t.words[from].from:t.words[i-1].to], "=(){}[]<>_") {
			return nil
		}
		out = append(out, member{t.words[from].from, t.words[i-1].to})
		from = i
		if i < s.last && (t.words[i].s == "and" || t.words[i].s == "и") {
			from++
		}
	}
	return out
}

// count is how many words stand in a range of bytes.
func (t *text) count(from, to int) int {
	n := 0
	for _, w := range t.words {
		if w.from >= from && w.to <= to && !w.opaque {
			n++
		}
	}
	return n
}

// How many words are many. A question in words is read in ten seconds or so; an
// exercise may need its setting.
var (
	manyAsked    = map[decks.Kind]int{decks.Question: 45, decks.Choice: 60, decks.Exercise: 150}
	manyAnswered = map[decks.Kind]int{decks.Question: 120, decks.Exercise: 200}
)

// long finds texts of too many words and marks what is too much. Code, tables
// and formulas do not count.
func (c *checker) long() {
	for _, p := range []struct {
		t     *text
		field decks.Field
		code  Code
		most  int
	}{
		{&c.front, decks.Front, LongQuestion, manyAsked[c.note.Kind]},
		{&c.back, decks.Back, LongAnswer, manyAnswered[c.note.Kind]},
	} {
		n := 0
		var f Finding
		for _, w := range p.t.words {
			if w.opaque {
				continue
			}
			if n++; n == p.most+1 {
				f = Finding{Code: p.code, Field: p.field, Span: Span{w.from, len(p.t.raw)}}
			}
		}
		if f.N = n; p.most > 0 {
			c.add(f)
		}
	}
}

// onlyLink finds an answer that says only where it stands.
func (c *checker) onlyLink() {
	text := c.note.Text(decks.Back)
	if !strings.Contains(text, "://") || len(c.back.words) > 12 || c.back.things.any() {
		return
	}
	links, words := 0, 0
	content.Walk(content.Parse(text), nil, func(in content.Inline) {
		switch in := in.(type) {
		case *content.Link:
			links++
			words -= len(read(content.PlainInline(in.Inlines), false).words)
		case content.Text:
			words += len(read(string(in), false).words)
		case content.CodeSpan, content.MathSpan:
			words += 100
		}
	})
	const aside = 3 // "see also:", «подробнее в статье»
	if links > 0 && words <= aside {
		c.add(Finding{Code: OnlyLink, Field: decks.Back, Span: trimmed(text), Severity: Major})
	}
}

// trimmed is the range of a text without the white space around it.
func trimmed(s string) Span {
	from := len(s) - len(strings.TrimLeft(s, " \t\r\n"))
	return Span{from, max(from, len(strings.TrimRight(s, " \t\r\n")))}
}

// unfinished finds marks of what is still to be written.
func (c *checker) unfinished() {
	for f, t := range map[decks.Field]*text{decks.Front: &c.front, decks.Back: &c.back} {
		for i, w := range t.words {
			if w.opaque {
				continue
			}
			raw := t.raw[w.from:w.to]
			pair := ""
			if i+1 < len(t.words) {
				pair = w.s + " " + t.words[i+1].s
			}
			if marks[raw] || markPairs[pair] {
				c.add(Finding{Code: Unfinished, Field: f, Span: t.span(i, i+1), Severity: Major})
				break
			}
		}
	}
	t := &c.back
	if c.note.Kind == decks.Cloze || len(t.words) == 0 || t.lang == other {
		return
	}
	last := t.words[len(t.words)-1]
	rest := strings.Trim(t.raw[last.to:], " \t\r\n*_")
	if !last.opaque && (rest == "…" || rest == "...") && !t.series() {
		c.add(Finding{Code: Unfinished, Field: decks.Back, Span: Span{last.from, last.to + strings.Index(t.raw[last.to:], rest) + len(rest)}, Severity: Minor})
	}
}

// series reports whether the text ends with a list that goes on: "2, 4, 8…"
func (t *text) series() bool {
	last := len(t.words) - 1
	return t.comma(last) || t.words[last].s[0] <= '9'
}

// The marks are put together from parts: here nothing is unfinished.
var (
	marks     = map[string]bool{"TO" + "DO": true, "FIX" + "ME": true, "TBD": true, "XX" + "X": true, "ДОПИСАТЬ": true}
	markPairs = map[string]bool{"lorem ipsum": true, "to be": false, "дописать позже": true, "допишу позже": true, "coming soon": true}
)
