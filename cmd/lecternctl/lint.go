package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/content"
	"lectern/decks/lint"
)

// finding is something that could be better, in `lint --json`.
type finding struct {
	Note     string      `json:"note,omitempty"` // only of a deck: a page's notes have no lasting ids
	Question string      `json:"question"`       // plain
	Code     lint.Code   `json:"code"`
	Field    decks.Field `json:"field"`
	From     int         `json:"from"`
	To       int         `json:"to"`
	Text     string      `json:"text"` // what stands there
	Severity string      `json:"severity"`
	N        int         `json:"n,omitempty"`
	What     string      `json:"what"`
	Fix      []fixed     `json:"fix"` // what the note can become; null: it takes a person
}

// fixed is a note of a fix.
type fixed struct {
	Kind     decks.Kind `json:"kind"`
	Question string     `json:"question"` // Markdown, as is the answer
	Answer   string     `json:"answer"`
}

var severities = map[lint.Severity]string{lint.Minor: "minor", lint.Major: "major"}

// lint tells what could be better in the cards of a page, a course or a deck.
// It is advice: that there is some is no error.
func (c *cli) lint() *cobra.Command {
	deck := ""
	var cmd *cobra.Command
	cmd = c.command("lint", c.args(0, 1), func(ctx context.Context, args []string) error {
		if (deck == "") == (len(args) == 0) {
			return c.usage(cmd, c.p.T("ctl.too_few_args", "Usage", cmd.UseLine()))
		}
		if deck == "" {
			in, err := c.read(ctx, args[0], "")
			if err != nil {
				return err
			}
			for i := range in.Deck.Notes {
				in.Deck.Notes[i].ID = ""
			}
			return c.printLint(in.Deck.Notes)
		}
		return c.with(ctx, func(col *collection.Collection) error {
			id, err := c.deck(ctx, col, deck)
			if err != nil {
				return err
			}
			d, err := col.Deck(ctx, id)
			if err != nil {
				return err
			}
			return c.printLint(d.Notes)
		})
	})
	cmd.Flags().StringVar(&deck, "deck", "", c.p.T("ctl.flag_deck"))
	return cmd
}

func (c *cli) printLint(notes []decks.Note) error {
	all := []finding{}
	cards := 0
	var lines []string
	for _, n := range notes {
		found := lint.Check(n)
		if len(found) == 0 {
			continue
		}
		cards++
		question := content.Line(content.Parse(n.Text(decks.Front)), 0)
		lines = append(lines, "", c.clip(strings.TrimSpace(n.ID+"  "+question), 90))
		for _, f := range found {
			row := finding{
				Note: n.ID, Question: question, Code: f.Code, Field: f.Field, From: f.Span.From, To: f.Span.To,
				Text: n.Text(f.Field)[f.Span.From:f.Span.To], Severity: severities[f.Severity], N: f.N, What: c.p.Finding(f),
			}
			line := "  " + row.What + ": " + c.clip(row.Text, 60)
			if f.Fix != nil {
				line += " → " + c.p.Fix(f.Fix)
				for _, n := range f.Fix.Notes {
					row.Fix = append(row.Fix, fixed{n.Kind, n.Text(decks.Front), n.Text(decks.Back)})
				}
			}
			all, lines = append(all, row), append(lines, line)
		}
	}
	return c.show(map[string]any{"notes": len(notes), "findings": all}, func() {
		if cards == 0 {
			c.line(c.p.T("lint.none"))
			return
		}
		c.line(c.p.N("lint.summary", cards, "Total", c.p.Int(len(notes))))
		for _, line := range lines {
			c.line(line)
		}
	})
}
