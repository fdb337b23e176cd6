package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/fetch"
	"lectern/decks/intake"
	"lectern/decks/lecture"
)

// incoming is a deck read from a file and not yet installed.
type incoming struct {
	file string
	intake.Ready
	pictures intake.Pictures // that do not come along
	unread   []intake.Unread // pages of a folder that are not in it
}

// imported is an install in `import --json`.
type imported struct {
	File  string `json:"file"`
	Title string `json:"title"`
	collection.InstallResult
	Unanswered int      `json:"unanswered"`
	Unread     []string `json:"unread"`           // pages of a folder that could not be read
	Missing    int      `json:"missing_pictures"` // their descriptions were left
	Linked     int      `json:"linked_pictures"`  // on the web: links were left
}

// imports makes decks of pages and courses, or updates them. Everything is read
// before the collection is touched; a file that cannot be used is told, and the
// others are taken.
func (c *cli) imports() *cobra.Command {
	sample, title, name := "", "", ""
	var cmd *cobra.Command
	cmd = c.command("import", c.args(0, -1), func(ctx context.Context, args []string) error {
		if (sample == "") == (len(args) == 0) {
			return c.usage(cmd, c.p.T("ctl.too_few_args", "Usage", cmd.UseLine()))
		}
		var ready []incoming
		failed := false
		if sample != "" {
			in, ok, err := c.sample(sample)
			if err != nil {
				return err
			}
			if !ok {
				return c.usage(cmd, c.p.T("ctl.bad_sample", "Lang", sample))
			}
			ready = append(ready, in)
		}
		for _, arg := range args {
			in, err := c.read(ctx, arg, name)
			switch {
			case err == nil:
				if title != "" {
					in.Deck.Title = title
				}
				ready = append(ready, in)
				for _, u := range in.unread {
					failed = true
					fmt.Fprintln(c.stderr, c.p.T("ctl.file_failed", "File", u.Name, "What", c.sentence(u.Err)))
				}
			case len(args) == 1 || fault.Is(err, fault.Cancelled):
				return err
			default:
				failed = true
				fmt.Fprintln(c.stderr, c.p.T("ctl.file_failed", "File", arg, "What", c.sentence(err)))
			}
		}
		if len(ready) > 0 {
			if err := c.open(ctx, false, func(col *collection.Collection) error { return c.install(ctx, col, ready) }); err != nil {
				return err
			}
		}
		if failed {
			return errProblems
		}
		return nil
	})
	cmd.Flags().StringVar(&sample, "sample", "", c.p.T("ctl.flag_sample"))
	cmd.Flags().StringVar(&title, "title", "", c.p.T("ctl.flag_title"))
	cmd.Flags().StringVar(&name, "name", "", c.p.T("ctl.flag_name"))
	return cmd
}

// install puts decks into the collection and says what came of each.
func (c *cli) install(ctx context.Context, col *collection.Collection, ready []incoming) error {
	done := []imported{}
	for _, in := range ready {
		report, finish := c.progress(c.p.T("ctl.importing"))
		in.Options.Progress = report
		result, err := intake.Install(ctx, col, in.Ready)
		finish()
		if err != nil {
			return err
		}
		unanswered := 0
		for _, n := range in.Deck.Notes {
			if n.NeedsAnswer() {
				unanswered++
			}
		}
		unread := []string{}
		for _, u := range in.unread {
			unread = append(unread, u.Name)
		}
		done = append(done, imported{in.file, in.Deck.Title, result, unanswered, unread, in.pictures.Missing, in.pictures.Linked})
	}
	return c.show(map[string]any{"imported": done}, func() {
		for _, d := range done {
			if d.Update {
				c.line(c.p.T("ctl.updated", "Title", d.Title, "Added", c.p.Int(d.Added), "Changed", c.p.Int(d.Changed),
					"Retired", c.p.Int(d.Retired), "Same", c.p.Int(d.Same)))
			} else {
				text := c.p.N("ctl.imported", d.Added, "Title", d.Title)
				if d.Unanswered > 0 {
					text += ", " + c.p.N("ctl.imported_unanswered", d.Unanswered)
				}
				c.line(text)
			}
			if d.Missing > 0 {
				c.line(c.p.N("ctl.missing_pictures", d.Missing))
			}
			if d.Linked > 0 {
				c.line(c.p.N("ctl.linked_pictures", d.Linked))
			}
		}
	})
}

// read reads pages or a course: a file, a folder, an archive of pages, an address,
// or "-" for standard input.
func (c *cli) read(ctx context.Context, arg, name string) (incoming, error) {
	if fetch.IsAddress(arg) {
		return c.address(ctx, arg)
	}
	if arg != "-" {
		if info, err := os.Stat(arg); err == nil && info.IsDir() {
			if intake.HasCourse(arg) {
				return c.course(arg, nil)
			}
			return c.pages(arg, func(report lecture.Progress) (*intake.Pages, error) { return intake.Folder(ctx, arg, report) })
		}
	}
	data, name, err := c.bytes(ctx, arg, name)
	if err != nil {
		return incoming{}, err
	}
	dir := ""
	if arg != "-" {
		dir = filepath.Dir(arg)
	}
	return c.opened(ctx, arg, dir, name, data)
}

// opened reads what was given as arg, by its bytes.
func (c *cli) opened(ctx context.Context, arg, dir, name string, data []byte) (incoming, error) {
	switch {
	case intake.IsCourse(data):
		return c.course(arg, data)
	case intake.IsArchive(data):
		return c.pages(arg, func(report lecture.Progress) (*intake.Pages, error) { return intake.Archive(ctx, name, data, report) })
	}
	return c.page(ctx, name, dir, data)
}

// pages reads the pages of a folder or an archive as one course.
func (c *cli) pages(arg string, read func(lecture.Progress) (*intake.Pages, error)) (incoming, error) {
	report, finish := c.progress(c.p.T("ctl.reading"))
	defer finish()
	p, err := read(lecture.Progress(report))
	if err != nil {
		return incoming{}, err
	}
	if p.Count() == 0 {
		for _, u := range p.Unread {
			fmt.Fprintln(c.stderr, c.p.T("ctl.file_failed", "File", u.Name, "What", c.sentence(u.Err)))
		}
		return incoming{}, fault.New(fault.NoQuestions, nil)
	}
	ready, pictures := p.Ready()
	if len(ready.Deck.Notes) == 0 { // nothing is left without the missing pictures
		return incoming{}, fault.New(fault.NoQuestions, nil)
	}
	return incoming{arg, ready, pictures, p.Unread}, nil
}

func (c *cli) course(arg string, data []byte) (incoming, error) {
	ready, err := intake.Course(arg, data)
	return incoming{file: arg, Ready: ready}, err
}

// bytes reads a page and gives it its name.
func (c *cli) bytes(ctx context.Context, arg, name string) ([]byte, string, error) {
	if arg == "-" {
		data, err := intake.ReadAll(c.input(ctx), arg)
		return data, name, err
	}
	if fetch.IsAddress(arg) {
		page, err := c.fetch(ctx, arg)
		if err != nil {
			return nil, "", err
		}
		return page.Data, page.Name, nil
	}
	data, err := intake.Read(arg)
	return data, filepath.Base(arg), err
}
