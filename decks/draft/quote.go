package draft

import (
	"strings"

	"lectern/decks"
)

// Quotations shorter than this prove nothing, unless they are all of a passage.
const leastQuoted = 3 // words

// find looks for a quotation in the passage it names, then in the others: a model
// miscounts. What is compared are the words; an ellipsis leaves some out.
func (r *Request) find(q quoted) (decks.Quote, bool) {
	var parts [][]word
	n := 0
	for _, s := range strings.Split(strings.ReplaceAll(q.text, "...", "…"), "…") {
		if w := words(s); len(w) > 0 {
			parts = append(parts, w)
			n += len(w)
		}
	}
	if n == 0 {
		return decks.Quote{}, false
	}
	if q.passage >= 1 && q.passage <= len(r.Passages) {
		if out, ok := r.Passages[q.passage-1].quote(parts, n); ok {
			return out, true
		}
	}
	for i := range r.Passages {
		if out, ok := r.Passages[i].quote(parts, n); ok {
			return out, true
		}
	}
	return decks.Quote{}, false
}

// quote finds runs of words one after the other in a passage, n words in all.
func (p *Passage) quote(parts [][]word, n int) (decks.Quote, bool) {
	all := words(p.Text)
	if n < leastQuoted && n < len(all) {
		return decks.Quote{}, false
	}
	at, from, to := 0, -1, 0
	for _, part := range parts {
		i := indexWords(all[at:], part)
		if i < 0 {
			return decks.Quote{}, false
		}
		if from < 0 {
			from = all[at+i].from
		}
		at += i + len(part)
		to = all[at-1].to
	}
	block := 0
	for _, b := range p.parts {
		if b.from <= from {
			block = b.block
		}
	}
	return decks.Quote{Text: p.Text[from:to], Passage: p.Text, Block: block}, true
}

func indexWords(all, part []word) int {
	for i := 0; i+len(part) <= len(all); i++ {
		j := 0
		for j < len(part) && all[i+j].text == part[j].text {
			j++
		}
		if j == len(part) {
			return i
		}
	}
	return -1
}

// results judges the answers of a reply: one result for each question.
func (r *Request) results(answers []answer, model string) []Result {
	out := make([]Result, len(r.Questions))
	for i, q := range r.Questions {
		out[i].Question = q
	}
	for _, a := range answers {
		if a.question < 1 || a.question > len(out) || out[a.question-1].Outcome != Missing {
			continue
		}
		res := &out[a.question-1]
		if a.absent {
			res.Outcome = NotInLecture
			continue
		}
		res.Outcome = Drafted
		res.Draft = decks.Draft{Note: res.Question.ID, Text: a.text, Model: model, Supported: len(a.quotes) > 0}
		for _, q := range a.quotes {
			if found, ok := r.find(q); ok {
				res.Draft.Quotes = append(res.Draft.Quotes, found)
			} else {
				res.Draft.Supported = false
			}
		}
	}
	return out
}
