// Package lint looks for what makes a card hard to learn: two questions in one,
// a question that gives its answer away, "this" with nothing it could mean, a
// long list to recite, an answer that a coin could give.
//
// Findings are offered, never forced: [Check] only reads a note. It would
// rather miss a weak card than scold a good one, so its rules go by what is
// sure in a sentence: its words, their order, its punctuation. They know
// English and Russian; of a text in another language only what does not depend
// on words is told (lengths, lists, bare links).
//
// The advice is that of P. Woźniak, "Twenty rules of formulating knowledge"
// (1999): the minimum information principle (rule 4), avoid sets and
// enumerations (9 and 10), optimize wording (12), context cues (16).
package lint

import (
	"cmp"
	"slices"

	"lectern/decks"
)

// Code says what was found. Its sentence is "lint." + code.
type Code string

// The findings.
const (
	Several      Code = "several"       // questions in one card
	Leak         Code = "leak"          // the answer stands in the question
	Referent     Code = "referent"      // "this", "it" without anything it could mean
	Elsewhere    Code = "elsewhere"     // points at what is not on the card: a figure, another exercise
	List         Code = "list"          // the answer is a list to recite
	YesNo        Code = "yes_no"        // answered by yes or no
	LongQuestion Code = "long_question" // too many words
	LongAnswer   Code = "long_answer"   // too many words
	NoQuestion   Code = "no_question"   // a topic, nothing is asked
	OnlyLink     Code = "only_link"     // the answer stands behind a link
	Unfinished   Code = "unfinished"    // a mark of what is still to be written
)

// Severity says how much a finding weighs.
type Severity int

// The severities.
const (
	Minor Severity = iota // the card may be harder than it needs to be
	Major                 // the card cannot be answered, or says nothing when it is
)

// Span is a range of bytes in a field's Markdown.
type Span struct{ From, To int }

// Finding is something that could be better in a note.
type Finding struct {
	Code     Code
	Field    decks.Field
	Span     Span // what to mark; never empty, never within a rune
	Severity Severity
	N        int  // how many questions, members or words; 0 where nothing is counted
	Fix      *Fix // nil: it takes a person
}

// FixKind names a fix. Its words are "lint.fix_" + kind.
type FixKind string

// The fixes.
const (
	Split FixKind = "split" // a note for each question
	Gaps  FixKind = "gaps"  // a cloze with a gap for each member of a list
	Why   FixKind = "why"   // ask for the reason too
)

// Fix is what a note can become without anybody having to think.
type Fix struct {
	Kind FixKind
	// Notes take the note's place. The first keeps its id, the others have none
	// yet. Nothing the note said is lost.
	Notes []decks.Note
}

// Check returns what could be better in a note, by field and place. It does not
// change the note.
func Check(n decks.Note) []Finding {
	c := checker{note: n, front: read(n.Text(decks.Front), n.Kind == decks.Cloze), back: read(n.Text(decks.Back), false)}
	if c.front.lang == other { // a topic of two words does not tell
		c.front.lang = c.back.lang
	}
	c.several()
	c.yesNo()
	c.noQuestion()
	c.referent()
	c.elsewhere()
	c.leak()
	c.list()
	c.long()
	c.onlyLink()
	c.unfinished()
	slices.SortStableFunc(c.found, func(a, b Finding) int {
		return cmp.Or(slices.Index(decks.Fields, a.Field)-slices.Index(decks.Fields, b.Field), a.Span.From-b.Span.From, a.Span.To-b.Span.To)
	})
	return c.found
}

// checker is one look at a note.
type checker struct {
	note        decks.Note
	front, back text
	found       []Finding
}

// add reports a finding, unless the span is empty.
func (c *checker) add(f Finding) {
	if f.Span.From < f.Span.To {
		c.found = append(c.found, f)
	}
}

// inWords reports whether the note is asked in words of its own: not a choice
// among options, not a text with gaps.
func (c *checker) inWords() bool {
	return c.note.Kind == decks.Question || c.note.Kind == decks.Exercise
}
