package find

import "lectern/decks"

// Extraction is what the rules found on a page.
type Extraction struct {
	Title   string
	Lang    string
	Groups  []Group
	Skipped []Skip // in the page's order
}

// Group is a set of items under one heading or label.
type Group struct {
	Title string
	Items []Item
}

// Item is a question or an exercise. Prompt, Answer and Explanation are Markdown.
type Item struct {
	Prompt      string
	Label       string // its own title or number on the page: "Exercise 3.1", "FizzBuzz"
	Kind        decks.Kind
	Difficulty  decks.Difficulty
	Answer      string // "" when the page gives none
	Explanation string // what the page says about the right choice
	Choices     []decks.Option
	Path        []string // headings above it, the outermost first

	// Its places on the page, ascending: blocks that hold no others.
	PromptBlocks []int
	AnswerBlocks []int
}

// Skip is a block that looked like a question and is none.
type Skip struct {
	Block  int
	Reason Reason
}

// Reason says why a block is no item.
type Reason string

// The reasons.
const (
	Furniture  Reason = "furniture"  // navigation, footers, "was this page helpful?"
	Contents   Reason = "contents"   // a list of what the page contains
	Rhetorical Reason = "rhetorical" // the text itself goes on to answer it
	Repeat     Reason = "repeat"     // stands on the page already
	Admin      Reason = "admin"      // about the course, not its subject
	Goals      Reason = "goals"      // what will be learned, key points, prerequisites
)

// Count is the number of items.
func (e *Extraction) Count() int {
	n := 0
	for _, g := range e.Groups {
		n += len(g.Items)
	}
	return n
}

// Answers is the number of items whose answer the page gives.
func (e *Extraction) Answers() int {
	n := 0
	for _, g := range e.Groups {
		for _, it := range g.Items {
			if it.Answer != "" {
				n++
			}
		}
	}
	return n
}
