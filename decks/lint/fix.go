package lint

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks"
)

// gap is a gap of a cloze: its number and its text.
var gap = regexp.MustCompile(`(?s)\{\{c([1-9]\d{0,2})::(.*?)(?:::.*?)?\}\}`)

// with returns a copy of the note with another question.
func (c *checker) with(front string) decks.Note {
	n := c.note
	n.Fields = maps.Clone(n.Fields)
	n.Fields[decks.Front] = strings.TrimSpace(front)
	n.Tags = slices.Clone(n.Tags)
	return n
}

// split makes a note of each question, where each can stand alone. What stands
// before the first and behind the last belongs to all of them, and so does the
// answer: only a reader knows which part of it answers what.
func (c *checker) split(asked []ask) *Fix {
	t := &c.front
	before, after := t.raw[:t.words[asked[0].first].from], t.raw[asked[len(asked)-1].to:]
	topic := t.topic(asked[0])
	fix := &Fix{Kind: Split}
	for i, a := range asked {
		if i > 0 && !a.joined {
			for a.first < a.last-1 && and[t.lang][t.words[a.first].s] {
				a.first++
			}
		}
		front := t.raw[t.words[a.first].from:a.to]
		if !balanced(front) {
			return nil
		}
		if i > 0 && (a.joined || t.leans(a)) {
			if topic == "" || i > 1 || isAsk(t.lang, t.words[a.first].s) {
				return nil
			}
			front = topic + ": " + t.lower(a.first, front)
		}
		switch {
		case a.joined:
			front = strings.TrimRight(front, ".!?") + "?"
		case a.part && strings.HasSuffix(t.raw[:asked[i+1].to], "?"):
			front += "?"
		case a.part:
			front += "."
		}
		if i > 0 {
			front = t.upper(front)
		}
		n := c.with(before + front + after)
		if i > 0 {
			n.ID = ""
		}
		fix.Notes = append(fix.Notes, n)
	}
	return fix
}

// topic is what "What is X?" asks about, "" for another question.
func (t *text) topic(a ask) string {
	words := t.words[a.first:a.last]
	for len(words) > 0 && (isAsk(t.lang, words[0].s) || politely[t.lang][words[0].s]) {
		words = words[1:]
	}
	const most = 10 // words
	if len(words) < 3 || len(words) > most+2 {
		return ""
	}
	switch {
	case t.lang == russian && words[0].s == "что" && words[1].s == "такое":
		words = words[2:]
	case t.lang == english && words[0].s == "what" && (words[1].s == "is" || words[1].s == "are"):
		words = words[2:]
		if w := words[0].s; len(words) > 1 && (w == "a" || w == "an" || w == "the") {
			words = words[1:]
		}
	default:
		return ""
	}
	from := words[0].from
	from -= len(t.raw[:from]) - len(strings.TrimRight(t.raw[:from], opening))
	topic := strings.TrimRight(t.raw[from:a.to], " ?.!")
	if !balanced(topic) || strings.ContainsAny(topic, ":\n") {
		return ""
	}
	return topic
}

// opening are signs that belong to the word behind them.
const opening = "\"«“‘(*_"

// leans reports a question that needs the one before it.
func (t *text) leans(a ask) bool {
	said := 0 // words that say what it is about
	for i := a.first; i < a.last; i++ {
		if w := t.words[i].s; pronouns[t.lang][w] || demonstratives[t.lang][w] || leaning[t.lang][w] {
			return true
		}
		if w := t.words[i]; w.opaque || !light[t.lang][w.s] && !asking[t.lang][w.s] {
			said++
		}
	}
	if said < 2 && t.topic(a) == "" {
		return true
	}
	first := t.words[a.first].s
	return !(asking[t.lang][first] || prepositions[t.lang][first] || isAsk(t.lang, first) || auxiliaries[first] ||
		t.lang == russian && a.first+1 < a.last && t.words[a.first+1].s == "ли")
}

// balanced reports whether a part of a text cuts no mark, bracket or quotation
// in two.
func balanced(s string) bool {
	for _, pair := range [][2]string{{"(", ")"}, {"[", "]"}, {"«", "»"}, {"“", "”"}} {
		if strings.Count(s, pair[0]) != strings.Count(s, pair[1]) {
			return false
		}
	}
	for _, sign := range []string{"*", "_", "`", "$", `"`, "~"} {
		if strings.Count(s, sign)%2 != 0 {
			return false
		}
	}
	return true
}

// upper begins a text with a capital, unless it begins with a name that is
// written small: vh, z-index.
func (t *text) upper(s string) string {
	signs := len(s) - len(strings.TrimLeft(s, opening))
	r, size := utf8.DecodeRuneInString(s[signs:])
	word, _, _ := strings.Cut(s[signs:], " ")
	strange := func(r rune) bool { return !unicode.IsLower(r) || t.lang == russian && !unicode.Is(unicode.Cyrillic, r) }
	if strings.ContainsFunc(strings.TrimRight(word, ",:?.\"»”’)*_"), strange) {
		return s
	}
	return s[:signs] + string(unicode.ToUpper(r)) + s[signs+size:]
}

// lower begins a text with a small letter where it begins with a question word.
func (t *text) lower(i int, s string) string {
	w := t.words[i].s
	if !asking[t.lang][w] && !prepositions[t.lang][w] && !auxiliaries[w] {
		return s
	}
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[size:]
}

// why asks for the reason too.
func (c *checker) why(s sentence) *Fix {
	raw := c.front.raw
	at := len(raw) - len(strings.TrimLeft(raw[s.to:], "*_)»”\""))
	question := map[lang]string{english: " Why?", russian: " Почему?"}[c.front.lang]
	return &Fix{Kind: Why, Notes: []decks.Note{c.with(raw[:at] + question + raw[at:])}}
}

// gaps makes a cloze of a list: the question, then the answer with a gap for
// each member, so that one is asked at a time with the others in sight.
func (c *checker) gaps(members []member) *Fix {
	raw := c.back.raw
	if strings.Contains(raw, "{{") || strings.Contains(raw, "}}") || len(members) > mostMembers {
		return nil
	}
	var b strings.Builder
	b.WriteString(strings.TrimSpace(c.front.raw) + "\n\n")
	at := 0
	for i, m := range members {
		text := raw[m.from:m.to]
		if strings.Contains(text, "::") || text == "" {
			return nil
		}
		b.WriteString(raw[at:m.from] + "{{c" + strconv.Itoa(i+1) + "::" + text + "}}")
		at = m.to
	}
	b.WriteString(raw[at:])
	n := c.with(b.String())
	n.Kind = decks.Cloze
	delete(n.Fields, decks.Back)
	return &Fix{Kind: Gaps, Notes: []decks.Note{n}}
}
