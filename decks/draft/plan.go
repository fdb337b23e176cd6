package draft

import (
	"lectern/decks"
	"lectern/decks/lecture/page"
)

// Lecture is the text that answers are drafted from.
type Lecture struct {
	Page *page.Page
	// Asked are the blocks that ask: a question answers no other, so they are not
	// sent as passages. See [Asked].
	Asked []int
}

// Question is a question without an answer.
type Question struct {
	ID   string // of its note; comes back with the draft
	Text string // Markdown
}

// Passage is a block of the lecture as it is sent.
type Passage struct {
	Number  int    // by which the service names it, from 1 in each request
	Block   int    // of the page
	Heading string // nearest above it, "" for none
	Text    string // plain; code and formulas as they stand
}

// Request is one message to the service.
type Request struct {
	Questions []Question // numbered from 1 in this order
	Passages  []Passage
	System    string // what the service is told to do
	User      string // the passages and the questions; with System all the text that is sent
	Tokens    int    // of both, estimated
	Answer    int    // the most tokens its answer may take
}

// Plan is what would be sent, and where. Nothing was sent when it was made.
type Plan struct {
	Endpoint string // as set up
	Host     string // who gets to read it
	Local    bool   // on this computer or in its own network
	Plain    bool   // without encryption
	Model    string
	Requests []Request
	Left     []Question // about which the lecture says nothing: they are not asked
}

// Consent names a plan that the user agreed to.
type Consent string

// Outcome is what became of a question.
type Outcome uint8

// The outcomes.
const (
	Missing      Outcome = iota // the reply has no word on it, or did not come
	Drafted                     // there is a draft
	NotInLecture                // the service found no answer in the passages
)

// Result is what became of one question.
type Result struct {
	Question Question
	Outcome  Outcome
	Draft    decks.Draft // when Drafted
}

// Usage counts tokens.
type Usage struct {
	In, Out   int
	Estimated bool // the service did not say; in part at least
}
