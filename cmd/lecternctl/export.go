package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/export"
	"lectern/decks/share"
)

// exportFlags are what is exported and how.
type exportFlags struct {
	to             string
	target         target
	mine, released bool
	cards, excel   bool
}

// exported is what `export --json` prints.
type exported struct {
	Deck    string `json:"deck"`
	Notes   int    `json:"notes"`
	To      string `json:"to"`
	File    string `json:"file"`
	Missing int    `json:"missing_pictures"`
}

// export writes a deck for other programs and for paper.
func (c *cli) export() *cobra.Command {
	f := &exportFlags{}
	var cmd *cobra.Command
	cmd = c.command("export", c.args(1, 1), func(ctx context.Context, args []string) error {
		switch {
		case f.to == "":
			return c.usage(cmd, c.p.T("ctl.flag_missing", "Name", "--to"))
		case !slices.Contains([]string{"csv", "md", "html"}, f.to):
			return c.badValue(cmd, "to")
		case f.mine && f.released:
			return c.usage(cmd, c.p.T("ctl.export_which"))
		case f.cards && f.to != "html":
			return c.badValue(cmd, "cards")
		case f.excel && f.to != "csv":
			return c.badValue(cmd, "excel")
		case c.json && f.target.file == "":
			return c.usage(cmd, c.p.T("ctl.flag_missing", "Name", "--output"))
		}
		if f.to == "md" {
			f.target.replace = false // a folder is never replaced
		}
		if err := f.target.check(c); err != nil {
			return err
		}
		return c.with(ctx, func(col *collection.Collection) error {
			id, err := c.deck(ctx, col, args[0])
			if err != nil {
				return err
			}
			d, err := share.As(ctx, col, id, !f.released)
			if err != nil {
				return err
			}
			missing, err := c.writeExport(ctx, f, col, d)
			if err != nil {
				return err
			}
			if missing > 0 {
				c.warn(c.p.N("ctl.export_missing", missing))
			}
			if f.target.file == "" {
				return nil
			}
			return c.show(exported{id, len(d.Notes), f.to, f.target.file, missing}, func() {
				c.line(c.p.N("ctl.exported", len(d.Notes), "Title", d.Title, "File", f.target.file))
			})
		})
	})
	flags := cmd.Flags()
	flags.StringVar(&f.to, "to", "", c.p.T("ctl.flag_to"))
	c.targetFlags(cmd, &f.target)
	flags.BoolVar(&f.mine, "mine", false, c.p.T("ctl.flag_mine"))
	flags.BoolVar(&f.released, "released", false, c.p.T("ctl.flag_released"))
	flags.BoolVar(&f.cards, "cards", false, c.p.T("ctl.flag_cards"))
	flags.BoolVar(&f.excel, "excel", false, c.p.T("ctl.flag_excel"))
	return cmd
}

func (c *cli) targetFlags(cmd *cobra.Command, t *target) {
	cmd.Flags().StringVarP(&t.file, "output", "o", "", c.p.T("ctl.flag_output"))
	cmd.Flags().BoolVar(&t.replace, "replace", false, c.p.T("ctl.flag_replace"))
}

// writeExport writes the deck and says how many of its pictures are not there.
func (c *cli) writeExport(ctx context.Context, f *exportFlags, col *collection.Collection, d decks.Deck) (missing int, err error) {
	pictures, gone, err := share.Pictures(ctx, col, d)
	if err != nil {
		return 0, err
	}
	missing = len(gone)
	switch f.to {
	case "csv":
		return 0, f.target.write(c, export.CSV(d, f.excel)) // a table names its pictures
	case "html":
		layout := export.Booklet
		if f.cards {
			layout = export.Cards
		}
		return missing, f.target.write(c, export.HTML(d, export.Print{Layout: layout, Words: c.p.Print(d.Lang), Picture: func(name string) ([]byte, bool) {
			p, ok := pictures[name]
			return p, ok
		}}))
	}
	text, paths := export.Course(d)
	if f.target.file == "" {
		return 0, f.target.write(c, text)
	}
	files := map[string][]byte{export.CourseFile: text}
	for name, p := range pictures {
		files[paths[name]] = p
	}
	return missing, writeFolder(f.target.file, files)
}
