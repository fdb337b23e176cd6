// Package changes says what an author changed in a course since its last release, and
// which of it may be a change in substance.
//
// A student keeps what he remembers whatever an author changes. A card that says
// something else now is shown to him once more; a typo mended is not. Most changes are
// plainly the one or the other, and those are not asked about: a word or two of a long
// answer, an explanation, tags, a place. Where a question or an answer becomes another,
// or loses a "not" or gets another number, the author is asked.
package changes

import (
	"slices"

	"lectern/decks"
	"lectern/decks/merge"
)

// Weight says what a change of a card is to those who learned it.
type Weight string

// The weights.
const (
	Minor     Weight = "minor"     // nothing they would answer otherwise
	Substance Weight = "substance" // the author says that it is another answer now
	Asked     Weight = "asked"     // the author has to say which of the two
)

// Change is a card that is not as it was.
type Change struct {
	merge.Row
	Weight Weight // of a card that is in both; "" for others
	Why    Reason // it is asked about
	Answer bool   // what one answers reads differently
	Added  []string
	Gone   []string // parts of a cloze: "c2"
}

// Changes is what differs between a course and its last release.
type Changes struct {
	First bool // there is no release before
	Cards int  // of the course, as notes

	New, Split, Joined, Returned, Retired, Moved int // notes, as in merge.Update
	Answers                                      int // notes whose answer changed
	Questions                                    int // notes whose question changed, and not the answer
	Other                                        int // notes of which something else changed
	Substance                                    int // of these: in substance, as the author says

	List  []Change // cards in course order, then those that are retired
	About []string // what changed of the course itself: "title", "author", "license", "feed", "lang", "sections", "order"

	Forgotten []string // cards of the release that are neither in the course nor retired in its lock
}

// Empty reports whether there is nothing to release.
func (c Changes) Empty() bool { return !c.First && len(c.List) == 0 && len(c.About) == 0 }

// Asked lists the cards about which the author has to say whether they changed in
// substance.
func (c Changes) Asked() []Change {
	var out []Change
	for _, x := range c.List {
		if x.Weight == Asked {
			out = append(out, x)
		}
	}
	return out
}

// Between compares a course with its last release, nil for none. Both are canonical;
// settled tells of cards whose change the author has said to be minor.
func Between(last *decks.Deck, now decks.Deck, settled func(note string) bool) Changes {
	c := Changes{Cards: len(now.Notes)}
	if last == nil {
		c.First, c.New = true, len(now.Notes)
		for _, n := range now.Notes {
			c.List = append(c.List, Change{Row: merge.Row{Note: n.ID, Kind: merge.RowNew, New: n, Now: n}})
		}
		return c
	}
	known := map[string]bool{}
	for _, n := range last.Notes {
		known[n.ID] = true
	}
	for _, r := range last.Retired {
		known[r.ID] = true
	}
	u := merge.NewUpdate(*last, now, nil, func(id string) (*decks.Note, bool) { return nil, known[id] })
	c.New, c.Split, c.Joined, c.Returned, c.Retired, c.Moved, c.Substance = u.New, u.Split, u.Joined, u.Returned, u.Retired, u.Moved, u.Substance
	for _, row := range u.Rows {
		x := Change{Row: row}
		if row.Kind == merge.RowChanged {
			c.weigh(&x, settled)
		}
		c.List = append(c.List, x)
	}
	c.lowered(*last, now)
	c.about(*last, now)
	c.forgotten(*last, now)
	return c
}

// weigh looks at a card that is in both.
func (c *Changes) weigh(x *Change, settled func(string) bool) {
	x.Answer = x.Options
	question := false
	for _, t := range x.Texts {
		x.Answer = x.Answer || t.Field == decks.Back
		question = question || t.Field == decks.Front
	}
	if x.New.Kind == decks.Cloze && x.Old.Kind == decks.Cloze && question {
		x.Added, x.Gone = parts(x.Old, x.New)
		x.Answer = x.Answer || len(x.Added)+len(x.Gone) > 0 || !sameGaps(x.Old, x.New)
	}
	switch {
	case x.Answer:
		c.Answers++
	case question:
		c.Questions++
	default:
		c.Other++
	}
	switch why := Weigh(x.Old, x.New); {
	case x.Substance:
		x.Weight = Substance
	case why == Lowered, why != "" && !settled(x.Note):
		x.Weight, x.Why = Asked, why
	default:
		x.Weight = Minor
	}
}

// lowered adds cards of which nothing differs but the count of changes in substance.
func (c *Changes) lowered(last, now decks.Deck) {
	listed := map[string]bool{}
	for _, x := range c.List {
		listed[x.Note] = true
	}
	before := make(map[string]decks.Note, len(last.Notes))
	for _, n := range last.Notes {
		before[n.ID] = n
	}
	for _, n := range now.Notes {
		if was := before[n.ID]; was.Major > n.Major && !listed[n.ID] {
			c.List = append(c.List, Change{Row: merge.Row{Note: n.ID, Kind: merge.RowChanged, Old: was, New: n}, Weight: Asked, Why: Lowered})
		}
	}
}

// about says what changed of the course itself.
func (c *Changes) about(last, now decks.Deck) {
	for _, f := range []struct {
		name    string
		differs bool
	}{
		{"title", last.Title != now.Title}, {"lang", last.Lang != now.Lang}, {"author", last.Author != now.Author},
		{"license", last.License != now.License}, {"feed", last.Feed != now.Feed},
		{"sections", !slices.Equal(last.Sections, now.Sections)}, {"order", !sameOrder(last.Notes, now.Notes)},
	} {
		if f.differs {
			c.About = append(c.About, f.name)
		}
	}
}

// sameOrder tells whether the notes that are in both stand in one order.
func sameOrder(last, now []decks.Note) bool {
	place := make(map[string]int, len(last))
	for i, n := range last {
		place[n.ID] = i
	}
	before := -1
	for _, n := range now {
		if at, both := place[n.ID]; both {
			if at < before {
				return false
			}
			before = at
		}
	}
	return true
}

func (c *Changes) forgotten(last, now decks.Deck) {
	here := make(map[string]bool, len(now.Notes)+len(now.Retired))
	for _, n := range now.Notes {
		here[n.ID] = true
	}
	for _, r := range now.Retired {
		here[r.ID] = true
	}
	for _, n := range last.Notes {
		if !here[n.ID] {
			c.Forgotten = append(c.Forgotten, n.ID)
		}
	}
	for _, r := range last.Retired {
		if !here[r.ID] {
			c.Forgotten = append(c.Forgotten, r.ID)
		}
	}
}
