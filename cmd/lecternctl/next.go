package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"lectern/decks"
	"lectern/decks/collection"
)

// nextAnswer is what `next --json` prints. Without a card everything but
// next_due is null.
type nextAnswer struct {
	Card        *decks.CardID      `json:"card"`
	Deck        *string            `json:"deck"`
	DeckTitle   *string            `json:"deck_title"`
	Section     *string            `json:"section"`
	Kind        *decks.Kind        `json:"kind"`
	Phase       *string            `json:"phase"`
	Question    *string            `json:"question"`
	Answer      *string            `json:"answer"`
	NeedsAnswer *bool              `json:"needs_answer"`
	Intervals   map[string]string  `json:"intervals"`
	Seconds     map[string]int64   `json:"intervals_seconds"`
	Left        *collection.Counts `json:"left"`
	NextDue     *string            `json:"next_due"`
}

// next shows the card to be studied now.
func (c *cli) next() *cobra.Command {
	deck, reveal := "", false
	cmd := c.command("next", c.noArgs, func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(col *collection.Collection) error {
			id, err := c.deck(ctx, col, deck)
			if err != nil {
				return err
			}
			scope := collection.Scope{Deck: id}
			card, err := col.Next(ctx, scope)
			if err != nil {
				return err
			}
			if card == nil {
				rest, err := col.Rest(ctx, scope)
				if err != nil {
					return err
				}
				return c.show(nextAnswer{NextDue: c.stamp(rest.NextDue)}, func() { c.printRest(rest) })
			}
			return c.show(nextOf(card), func() { c.printCard(card, reveal) })
		})
	})
	cmd.Flags().StringVar(&deck, "deck", "", c.p.T("ctl.flag_deck"))
	cmd.Flags().BoolVar(&reveal, "answer", false, c.p.T("ctl.flag_answer"))
	return cmd
}

func nextOf(s *collection.StudyCard) nextAnswer {
	question, answer, needs, phase := s.Note.Text(decks.Front), s.Note.Text(decks.Back), s.Note.NeedsAnswer(), phaseNames[s.Phase]
	n := nextAnswer{
		Card: &s.Card, Deck: &s.Deck, DeckTitle: &s.DeckTitle, Section: &s.Section.Title, Kind: &s.Note.Kind,
		Phase: &phase, Question: &question, Answer: &answer, NeedsAnswer: &needs, Left: &s.Left,
		Intervals: map[string]string{}, Seconds: map[string]int64{},
	}
	for _, o := range s.Outcomes {
		n.Intervals[gradeNames[o.Grade]] = interval(o.Wait)
		n.Seconds[gradeNames[o.Grade]] = int64(o.Wait.Seconds())
	}
	return n
}

func (c *cli) printCard(s *collection.StudyCard, reveal bool) {
	place := s.DeckTitle
	if s.Section.Title != "" {
		place += " › " + s.Section.Title
	}
	c.line(place + " · " + c.p.N("ctl.left", s.Left.Total(), "Minutes", c.minutes(s.Left.Minutes)))
	c.line("")
	c.line(strings.TrimSpace(s.Note.Text(decks.Front)))
	c.line("")
	if reveal {
		if s.Note.NeedsAnswer() {
			c.line(c.p.T("ctl.needs_answer"))
		} else {
			c.line(strings.TrimSpace(s.Note.Text(decks.Back)))
		}
		c.line("")
	}
	var grades []string
	for _, o := range s.Outcomes {
		grades = append(grades, gradeNames[o.Grade]+" "+c.p.Short(o.Wait))
	}
	c.line("lecternctl answer " + string(s.Card) + "  " + strings.Join(grades, " · "))
}
