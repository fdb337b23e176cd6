package class

import (
	"fmt"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/release"
)

// Report is how the cards of a deck went for one student.
type Report struct {
	Deck     string
	Release  string // hash of the release that he sees
	Reporter string
	Cards    []Card // by id
}

// Card is a card in a report.
type Card struct {
	ID      decks.CardID `json:"card"`
	Reviews int          `json:"reviews"` // times that it was asked
	Lapses  int          `json:"lapses"`  // of these, forgotten once known
	Seconds int          `json:"seconds"` // to answer it, on average
	Unclear bool         `json:"unclear"`
	Wrong   bool         `json:"wrong"`
}

// Numbers beyond these say nothing about a card.
const (
	MaxReviews = 10_000
	MaxSeconds = 600
)

type reportFile struct {
	head
	Cards []Card `json:"cards"`
}

// Write is the file of the report. Numbers above the most that is read are the most.
func (r Report) Write() ([]byte, error) {
	f := reportFile{head{ReportFormat, r.Deck, r.Release, r.Reporter}, slices.Clone(r.Cards)}
	slices.SortFunc(f.Cards, func(a, b Card) int { return strings.Compare(string(a.ID), string(b.ID)) })
	if f.Cards == nil {
		f.Cards = []Card{}
	}
	for i := range f.Cards {
		c := &f.Cards[i]
		c.Reviews = min(c.Reviews, MaxReviews)
		c.Lapses = min(c.Lapses, c.Reviews)
		c.Seconds = min(c.Seconds, MaxSeconds)
	}
	if err := f.check(); err != nil {
		return nil, fmt.Errorf("write a report: %w", err)
	}
	return write(f)
}

// ReadReport reads what Write wrote.
func ReadReport(data []byte) (Report, error) {
	var f reportFile
	err := read(data, &f)
	if err == nil {
		err = f.check()
	}
	if err != nil {
		return Report{}, fmt.Errorf("read a report: %w", err)
	}
	r := Report{Deck: f.Deck, Release: f.Release, Reporter: f.Reporter}
	if len(f.Cards) > 0 {
		r.Cards = f.Cards
	}
	return r, nil
}

func (f reportFile) check() error {
	if err := f.head.check(ReportFormat); err != nil {
		return err
	}
	if len(f.Cards) > maxEntries {
		return fmt.Errorf("%d cards, at most %d", len(f.Cards), maxEntries)
	}
	for i, c := range f.Cards {
		note, part, err := c.ID.Split()
		switch {
		case err != nil || !release.ValidID(note) || !release.ValidID(part):
			return fmt.Errorf("%.60q is no id of a card", string(c.ID))
		case i > 0 && f.Cards[i-1].ID >= c.ID:
			return fmt.Errorf("card %s is out of order", c.ID)
		case c.Reviews < 0 || c.Reviews > MaxReviews || c.Lapses < 0 || c.Lapses > c.Reviews || c.Seconds < 0 || c.Seconds > MaxSeconds:
			return fmt.Errorf("the numbers of card %s cannot be", c.ID)
		}
	}
	return nil
}
