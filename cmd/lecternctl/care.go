package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
	"lectern/decks/fault"
)

// rebuild drops the caches and computes them again from the three layers.
func (c *cli) rebuild() *cobra.Command {
	return c.command("rebuild", c.noArgs, func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(col *collection.Collection) error {
			report, done := c.progress(c.p.T("ctl.rebuilding"))
			changed, err := col.Rebuild(ctx, report)
			done()
			if err != nil {
				return err
			}
			return c.show(map[string]any{"changed": changed}, func() {
				if changed == 0 {
					c.line(c.p.T("ctl.rebuilt_same"))
				} else {
					c.line(c.p.N("ctl.rebuilt", changed))
				}
			})
		})
	})
}

// doctorAnswer is what `doctor --json` prints.
type doctorAnswer struct {
	OK       bool                 `json:"ok"`
	Problems []collection.Problem `json:"problems"`
}

// doctor checks everything. It succeeds only when all is well in the end: a
// problem that was repaired is told, but is no longer one.
func (c *cli) doctor() *cobra.Command {
	repair := false
	cmd := c.command("doctor", c.noArgs, func(ctx context.Context, _ []string) error {
		found, err := c.examine(ctx, repair)
		if err != nil {
			return err
		}
		answer := doctorAnswer{OK: true, Problems: []collection.Problem{}}
		answer.Problems = append(answer.Problems, found...)
		for _, p := range found {
			answer.OK = answer.OK && p.Repaired
		}
		if err := c.show(answer, func() { c.printProblems(answer, repair) }); err != nil || answer.OK {
			return err
		}
		if damaged(found) {
			c.offerBackup()
		}
		return errProblems
	})
	cmd.Flags().BoolVar(&repair, "repair", false, c.p.T("ctl.flag_repair"))
	return cmd
}

// examine opens and checks the collection. A file too damaged to open is a
// problem found, not a failure of the doctor.
func (c *cli) examine(ctx context.Context, repair bool) (found []collection.Problem, err error) {
	err = c.with(ctx, func(col *collection.Collection) error {
		report, done := c.progress(c.p.T("ctl.checking"))
		defer done()
		found, err = col.Doctor(ctx, repair, report)
		return err
	})
	if fault.Is(err, fault.CorruptFile) {
		return append(found, collection.Problem{Code: string(fault.CorruptFile), Detail: err.Error()}), nil
	}
	return found, err
}

// damaged tells whether the file itself is broken, which no repair mends.
func damaged(found []collection.Problem) bool {
	return slices.ContainsFunc(found, func(p collection.Problem) bool {
		return p.Code == string(fault.CorruptFile) || p.Code == "file_damaged"
	})
}

func (c *cli) printProblems(a doctorAnswer, repair bool) {
	if len(a.Problems) == 0 {
		c.line(c.p.T("ctl.healthy"))
		return
	}
	for _, p := range a.Problems {
		name := p.Code
		if key := "ctl.problem_" + p.Code; c.p.Has(key) {
			name = c.p.T(key)
		}
		text := "• " + name + " (" + p.Detail + ")"
		if p.Repaired {
			text += " — " + c.p.T("ctl.repaired")
		}
		c.line(text)
	}
	switch {
	case a.OK:
		c.line(c.p.T("ctl.all_repaired"))
	case !repair && !damaged(a.Problems):
		c.line(c.p.T("ctl.try_repair"))
	}
}
