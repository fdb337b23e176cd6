package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/changes"
	"lectern/decks/course"
	"lectern/decks/merge"
	"lectern/decks/release"
	"lectern/decks/source"
)

// courseChange is a changed card in `course diff --json`.
type courseChange struct {
	Note     string         `json:"note"`
	File     string         `json:"file"` // "" for a card that is retired
	Line     int            `json:"line"`
	Kind     merge.RowKind  `json:"kind"`
	Weight   changes.Weight `json:"weight"` // "" for a card that is not in both
	Why      string         `json:"why"`    // the reason of the question, or of the retirement
	Question string         `json:"question"`
	Texts    []courseText   `json:"texts"`
	Added    []string       `json:"added"` // gaps
	Gone     []string       `json:"gone"`
	Into     []string       `json:"into"`
}

// courseText is a text that changed.
type courseText struct {
	Field decks.Field `json:"field"`
	Old   string      `json:"old"`
	New   string      `json:"new"`
}

// courseDiff says what changed since the last release, and takes the author's word for
// what of it is in substance.
func (c *cli) courseDiff() *cobra.Command {
	from, notesOnly := "", false
	var substance, minor []string
	cmd := c.command("course_diff", c.args(0, 1), func(ctx context.Context, args []string) error {
		dir := courseDir(args)
		var last *release.Release
		if from != "" {
			d, err := course.Released(ctx, from)
			if err != nil {
				return err
			}
			last = &release.Release{Deck: d}
		}
		for i, ids := range [][]string{substance, minor} {
			if len(ids) > 0 {
				if err := course.Mark(ctx, dir, ids, i == 0); err != nil {
					return err
				}
			}
		}
		here, err := course.Read(ctx, dir)
		if err != nil {
			return err
		}
		ch, err := here.Changes(last)
		if err != nil {
			return err
		}
		return c.showChanges(here, ch, dir, from, notesOnly)
	})
	cmd.Flags().StringVar(&from, "from", "", c.p.T("ctl.flag_release"))
	cmd.Flags().StringSliceVar(&substance, "major", nil, c.p.T("ctl.flag_major"))
	cmd.Flags().StringSliceVar(&minor, "minor", nil, c.p.T("ctl.flag_minor"))
	cmd.Flags().BoolVar(&notesOnly, "notes", false, c.p.T("ctl.flag_release_notes"))
	return cmd
}

func (c *cli) showChanges(here course.Course, ch changes.Changes, dir, from string, notesOnly bool) error {
	notes := i18n.New(here.Deck.Lang).ReleaseNotes(ch) // for students: in the course's language
	rows := []courseChange{}
	for _, x := range ch.List {
		rows = append(rows, c.changeRow(here, x))
	}
	var lost source.Errors
	for _, id := range ch.Forgotten {
		lost = append(lost, source.Mistake(source.LockName, 1, "forgotten", id))
	}
	wrong := c.mistakes(lost)
	answer := map[string]any{
		"first": ch.First, "new": ch.New, "answers": ch.Answers, "questions": ch.Questions, "other": ch.Other, "substance": ch.Substance,
		"split": ch.Split, "joined": ch.Joined, "moved": ch.Moved, "returned": ch.Returned, "retired": ch.Retired,
		"asked": len(ch.Asked()), "about": append([]string{}, ch.About...), "changes": rows, "notes": notes, "mistakes": wrong,
	}
	err := c.show(answer, func() {
		if notesOnly {
			c.line(notes)
			return
		}
		c.line(i18n.Capital(c.p.Changes(ch)) + ".")
		if !ch.First {
			c.printChanges(rows)
		}
		c.askSubstance(ch, dir, from)
		c.printMistakes(wrong)
	})
	if err == nil && len(wrong) > 0 {
		err = errProblems
	}
	return err
}

func (c *cli) changeRow(here course.Course, x changes.Change) courseChange {
	place := here.Places[x.Note]
	note := x.New
	if x.Kind == merge.RowRetired {
		note = x.Old
	}
	row := courseChange{
		Note: x.Note, File: place.File, Line: place.Line, Kind: x.Kind, Weight: x.Weight, Why: x.Row.Why, Question: i18n.Question(note, 0),
		Texts: []courseText{}, Added: append([]string{}, x.Added...), Gone: append([]string{}, x.Gone...), Into: append([]string{}, x.Into...),
	}
	if x.Weight == changes.Asked {
		row.Why = c.p.Asked(x.Why)
	}
	for _, t := range x.Texts {
		row.Texts = append(row.Texts, courseText{t.Field, t.Old, t.New})
	}
	return row
}

// printChanges lists what changed, with the texts of the cards that are asked about.
func (c *cli) printChanges(rows []courseChange) {
	for _, r := range rows {
		word := c.p.T("course.row_" + string(r.Kind))
		if r.Weight != "" {
			word = c.p.T("course.weight_" + string(r.Weight))
		}
		line := "  " + word + "  " + r.Note + "  " + c.clip(r.Question, 70)
		if r.Why != "" {
			line += " (" + r.Why + ")"
		}
		c.line(line)
		if r.Weight != changes.Asked {
			continue
		}
		for _, t := range r.Texts {
			if t.Field == decks.Front || t.Field == decks.Back {
				c.line("    − " + c.clip(t.Old, 90))
				c.line("    + " + c.clip(t.New, 90))
			}
		}
	}
}

// askSubstance says how an author answers what is asked.
func (c *cli) askSubstance(ch changes.Changes, dir, from string) {
	asked := ch.Asked()
	if len(asked) == 0 {
		return
	}
	var ids []string
	for _, x := range asked {
		if x.Why != changes.Lowered {
			ids = append(ids, x.Note)
		}
	}
	if len(ids) == 0 {
		return
	}
	command := "lecternctl course diff " + quoted(dir) + " --from " + quoted(from)
	c.line("")
	c.line(c.p.N("ctl.course_asked", len(ids)))
	c.line("  " + command + " --major " + strings.Join(ids, ","))
	c.line("  " + command + " --minor " + strings.Join(ids, ","))
}
