package lint

import (
	"strings"

	"lectern/decks"
)

// ask is a question of a text: a sentence, with what only goes on with it, or a
// part of one.
type ask struct {
	first, last int  // its words are text.words[first:last]
	to          int  // the byte behind it
	part        bool // another question follows in the same sentence
	joined      bool // it follows another one in the same sentence
}

// questions lists what a text asks. "Why?" alone belongs to the question
// before it.
func (t *text) questions() []ask {
	if t.lang == other {
		return nil
	}
	var out []ask
	for _, s := range t.sentences {
		if !t.asks(s) || len(out) > 0 && t.isFollowUp(s) {
			if len(out) > 0 && t.isFollowUp(s) {
				out[len(out)-1].last, out[len(out)-1].to = s.last, s.to
			}
			continue
		}
		a := ask{first: s.first, last: s.last, to: s.to}
		if end, next := t.joined(s); next > 0 {
			to := t.words[end-1].to + len(strings.TrimRight(t.between(end), " \n\t,;—–"))
			out = append(out, ask{first: s.first, last: end, to: to, part: true})
			a.first, a.joined = next, true
		}
		out = append(out, a)
	}
	return out
}

// asks reports a sentence that asks something.
func (t *text) asks(s sentence) bool {
	if s.end == endQuestion {
		return true
	}
	at := t.opening(s)
	return at < s.last && isAsk(t.lang, t.words[at].s)
}

// opening is the first word of a sentence that says what it does.
func (t *text) opening(s sentence) int {
	at := s.first
	for at < s.last && (and[t.lang][t.words[at].s] || politely[t.lang][t.words[at].s]) {
		at++
	}
	return at
}

// isFollowUp reports a question that only goes on with the one before it: "Why?",
// "If so, which?"
func (t *text) isFollowUp(s sentence) bool {
	words := t.of(s)
	if len(words) > 2 && ifSo[words[0].s+" "+words[1].s] {
		return true
	}
	for _, w := range words {
		if !followUp[t.lang][w.s] {
			return false
		}
	}
	return true
}

var ifSo = map[string]bool{"if so": true, "if yes": true, "if not": true, "if no": true, "если да": true, "если нет": true, "если так": true}

// joined finds a second question behind "and": "What is X and how does it
// work?" The first ends before the word end, the second begins with the word
// next; next is 0 when there is none.
func (t *text) joined(s sentence) (end, next int) {
	main := -1 // the first question word
	for i := s.first; i < s.last; i++ {
		w := t.words[i].s
		switch {
		case main < 0:
			if asking[t.lang][w] {
				main = i
			}
			continue
		case subordinate[t.lang][w] && (t.lang == english || t.comma(i)):
			return 0, 0 // what is joined behind it may belong to the clause
		case !and[t.lang][w] || i-main < 2 || strings.Contains(t.between(i), "("):
			continue
		}
		next := i + 1
		if next < s.last && and[t.lang][t.words[next].s] { // а также как
			next++
		}
		wh := next
		if wh < s.last && prepositions[t.lang][t.words[wh].s] {
			wh++
		}
		if wh+2 < s.last && asking[t.lang][t.words[wh].s] && t.words[wh].s != t.words[main].s && !setPhrase[t.words[wh].s+" "+t.words[wh+1].s] {
			return i, next
		}
	}
	return 0, 0
}

// setPhrase are words that look like a question and are none.
var setPhrase = map[string]bool{
	"как следствие": true, "как результат": true, "как правило": true, "как минимум": true, "как максимум": true,
	"как раз": true, "как бы": true, "как можно": true, "как и": true, "как будто": true, "что угодно": true,
}

// between is the text between a word and the one before it.
func (t *text) between(i int) string {
	if i == 0 || i >= len(t.words) {
		return ""
	}
	return t.raw[t.words[i-1].to:t.words[i].from]
}

// comma reports whether a comma or a dash stands before a word.
func (t *text) comma(i int) bool { return strings.ContainsAny(t.between(i), ",;—–") }

// fewWords is up to how long an exercise is a question asked in words. A longer
// one is work, whose parts belong together.
const fewWords = 40

// isWork reports an exercise that is no question asked in words.
func (c *checker) isWork() bool {
	return c.note.Kind == decks.Exercise && (len(c.front.words) > fewWords || c.front.things.any() || c.back.things.code)
}

// several finds more than one question.
func (c *checker) several() {
	if c.note.Kind == decks.Cloze || c.isWork() {
		return
	}
	asked := c.front.questions()
	if len(asked) < 2 {
		return
	}
	f := Finding{Code: Several, Field: decks.Front, N: len(asked), Span: Span{c.front.words[asked[1].first].from, asked[len(asked)-1].to}}
	if c.inWords() {
		f.Fix = c.split(asked)
	}
	c.add(f)
}

// yesNo finds a question that is answered by yes or no.
func (c *checker) yesNo() {
	t := &c.front
	if !c.inWords() || c.isWork() {
		return
	}
	at := -1
	for i, s := range t.sentences {
		if !t.asks(s) {
			continue
		}
		if at >= 0 {
			return // what follows asks for more
		}
		at = i
	}
	if at < 0 || !t.yesNo(t.sentences[at]) {
		return
	}
	s := t.sentences[at]
	f := Finding{Code: YesNo, Field: decks.Front, Span: Span{s.from, s.to}}
	if words := c.back.words; len(words) > 0 && len(words) <= 3 && yesOrNo[words[0].s] {
		f.Severity = Major
	}
	if !t.personal(s) {
		f.Fix = c.why(s)
	}
	c.add(f)
}

// personal reports a question about the one who is asked.
func (t *text) personal(s sentence) bool {
	for _, w := range t.of(s) {
		if w.s == "you" || w.s == "вы" || w.s == "вам" || w.s == "ты" || w.s == "тебе" {
			return true
		}
	}
	return false
}

var yesOrNo = set(`yes no true false correct incorrect да нет верно неверно правда неправда можно нельзя может`)

func (t *text) yesNo(s sentence) bool {
	if s.end != endQuestion {
		return false
	}
	words := t.of(s)
	for i, w := range words {
		if or[t.lang][w.s] || w.s == "if" && i > 0 && words[i-1].s == "and" || w.s == "если" && i > 0 && words[i-1].s == "и" {
			return false // A or B; and if so, which
		}
	}
	words = t.words[t.opening(s):s.last]
	switch t.lang {
	case english:
		if len(words) < 3 || !auxiliaries[words[0].s] || asking[english][words[1].s] {
			return false
		}
		return !(words[1].s == "you" && (asks[words[2].s] || courtesy[words[2].s]))
	case russian:
		for i, w := range words[:min(len(words), 5)] {
			if w.s != "ли" || i == 0 {
				continue
			}
			for _, w := range words[i+1 : min(len(words), i+4)] {
				if begins(w.s, asksRussian) || begins(w.s, courtesyRussian) {
					return false // Можете ли вы описать
				}
			}
			return true
		}
	}
	return false
}

// courtesy are verbs that a question such as "Can you …?" asks to do.
var (
	courtesy = set(`think write show provide implement find prove derive draw create explain guess recall spot please
		briefly also come suggest identify`)
	courtesyRussian = strings.Fields(`объяснить пояснить перечислить написать показать доказать вывести найти нарисовать придумать привести вспомнить предложить решить сравнить`)
)

// topicWords is up to how many words a topic has.
const topicWords = 6

// noQuestion finds a topic that asks nothing: "Gradient descent".
func (c *checker) noQuestion() {
	t := &c.front
	if c.note.Kind != decks.Question || t.lang == other || t.things.any() || len(t.sentences) != 1 || len(t.words) > topicWords {
		return
	}
	s := t.sentences[0]
	if s.end == endQuestion || strings.ContainsAny(t.raw, ":_…") {
		return
	}
	for i, w := range t.words {
		if w.opaque || isAsk(t.lang, w.s) || asking[t.lang][w.s] || i < 2 && isVerb(t.lang, w.s) {
			return
		}
	}
	c.add(Finding{Code: NoQuestion, Field: decks.Front, Span: Span{s.from, s.to}})
}

// isVerb reports what may be an imperative or an infinitive.
func isVerb(l lang, w string) bool {
	if l == english {
		return imperatives[w]
	}
	for _, end := range []string{"йте", "ите", "ьте", "ать", "ять", "ить", "еть", "уть", "оть", "ыть", "ти", "чь", "ться"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}
