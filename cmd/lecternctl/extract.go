package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/intake"
	"lectern/decks/lecture"
	"lectern/decks/lecture/find"
	"lectern/decks/lecture/page"
)

// extract shows what is found on a page. Nothing is changed.
func (c *cli) extract() *cobra.Command {
	name := ""
	cmd := c.command("extract", c.args(1, 1), func(ctx context.Context, args []string) error {
		data, name, err := c.bytes(ctx, args[0], name)
		if err != nil {
			return err
		}
		_, found, err := c.find(ctx, data, name)
		if err != nil {
			return err
		}
		nothing := fault.New(fault.NoQuestions, nil)
		if found.Count() == 0 && !c.json {
			return nothing
		}
		if found.Count() == 0 { // for a script this is an answer like others
			fmt.Fprintln(c.stderr, c.p.Fault(nothing))
		}
		answer := struct {
			File string `json:"file"`
			lecture.Report
		}{args[0], lecture.NewReport(found)}
		return c.show(answer, func() { c.printFoundOnPage(answer.Report, found.Count()) })
	})
	cmd.Flags().StringVar(&name, "name", "", c.p.T("ctl.flag_name"))
	return cmd
}

// find looks for questions on a page.
func (c *cli) find(ctx context.Context, data []byte, name string) (*page.Page, *find.Extraction, error) {
	report, finish := c.progress(c.p.T("ctl.reading"))
	defer finish()
	return lecture.Extract(ctx, data, name, lecture.Progress(report))
}

func (c *cli) printFoundOnPage(r lecture.Report, count int) {
	c.line(c.p.N("ctl.found", count, "Title", r.Title))
	n := 0
	for _, g := range r.Groups {
		c.line("")
		c.line(g.Title)
		for _, it := range g.Items {
			n++
			var marks []string
			if it.Kind != "question" {
				marks = append(marks, c.p.T("ctl.kind_"+it.Kind))
			}
			if it.Difficulty != nil && *it.Difficulty == string(decks.Hard) {
				marks = append(marks, c.p.T("ctl.hard"))
			}
			if it.Answer != nil {
				marks = append(marks, c.p.T("ctl.answered_on_page"))
			}
			text := fmt.Sprintf("%3d. %s", n, c.clip(it.Prompt, 90))
			if len(marks) > 0 {
				text += " (" + strings.Join(marks, ", ") + ")"
			}
			c.line(text)
		}
	}
}

// page reads a lecture page as a deck. Its text is kept beside the deck. Dir is
// the folder that the page lies in, "" when it came from elsewhere.
func (c *cli) page(ctx context.Context, name, dir string, data []byte) (incoming, error) {
	read, found, err := c.find(ctx, data, name)
	if err != nil {
		return incoming{}, err
	}
	if found.Count() == 0 {
		return incoming{}, fault.New(fault.NoQuestions, nil)
	}
	title := ""
	if found.Title == "" {
		title = c.p.T("ctl.untitled")
		if name != "" {
			title = intake.Stem(name)
		}
	}
	ready, pictures := intake.Illustrate(intake.Ready{
		Deck: lecture.Deck(found, title), New: true,
		Options: collection.InstallOptions{Origin: intake.PageOrigin(name), PageText: lecture.Source(data, read)},
	}, read, dir)
	if len(ready.Deck.Notes) == 0 { // nothing is left without the missing pictures
		return incoming{}, fault.New(fault.NoQuestions, nil)
	}
	return incoming{file: name, Ready: ready, pictures: pictures}, nil
}
