package main

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"lectern/decks/course"
	"lectern/decks/fault"
	"lectern/decks/lint"
	"lectern/decks/source"
)

// courseInit makes a new course.
func (c *cli) courseInit() *cobra.Command {
	var s course.Starter
	cmd := c.command("course_init", c.args(1, 1), func(ctx context.Context, args []string) error {
		dir := args[0]
		if s.Title == "" {
			s.Title = folderTitle(dir)
		}
		s.Lang = cmp.Or(s.Lang, c.p.Lang())
		if err := course.Init(ctx, dir, s); err != nil {
			return err
		}
		return c.showCourse(ctx, dir, "ctl.course_made")
	})
	cmd.Flags().StringVar(&s.Title, "title", "", c.p.T("ctl.flag_course_title"))
	cmd.Flags().StringVar(&s.Lang, "in", "", c.p.T("ctl.flag_course_in"))
	cmd.Flags().StringVar(&s.Author, "author", "", c.p.T("ctl.flag_course_author"))
	cmd.Flags().StringVar(&s.License, "license", "", c.p.T("ctl.flag_course_license"))
	return cmd
}

// folderTitle is what a course is called that was given no title.
func folderTitle(dir string) string {
	if whole, err := filepath.Abs(dir); err == nil {
		dir = whole
	}
	return filepath.Base(dir)
}

// showCourse tells of a course that was made. The texts of the key have its title, its
// folder, and the command that comes next.
func (c *cli) showCourse(ctx context.Context, dir, key string) error {
	made, err := course.Read(ctx, dir)
	if err != nil {
		return err
	}
	d := made.Deck
	return c.show(map[string]any{"folder": dir, "deck": d.ID, "title": d.Title, "notes": len(d.Notes)}, func() {
		c.line(c.p.N(key, len(d.Notes), "Title", d.Title, "Folder", dir))
		c.line(c.p.T("ctl.course_next", "Command", "lecternctl course fmt "+quoted(dir)))
	})
}

// courseFmt formats a course.
func (c *cli) courseFmt() *cobra.Command {
	var o source.Options
	cmd := c.command("course_fmt", c.args(0, 1), func(ctx context.Context, args []string) error {
		f, err := course.Fmt(ctx, courseDir(args), o)
		if err != nil {
			return err
		}
		answer := map[string]any{
			"changed": append([]string{}, f.Changed...), "given": f.Given, "healed": f.Healed, "copies": f.Copies,
			"returned": f.Returned, "retired": append([]string{}, f.Retired...), "notes": len(f.Lock.Cards),
		}
		return c.show(answer, func() {
			for _, x := range []struct {
				n   int
				key string
			}{
				{f.Given, "ctl.course_given"}, {f.Healed, "ctl.course_healed"}, {f.Copies, "ctl.course_copies"},
				{f.Returned, "ctl.course_returned"}, {len(f.Retired), "ctl.course_retired"},
			} {
				if x.n > 0 {
					c.line(c.p.N(x.key, x.n))
				}
			}
			if len(f.Changed) > 0 {
				c.line(c.p.T("ctl.course_formatted", "Files", strings.Join(f.Changed, ", ")))
			} else {
				c.line(c.p.T("ctl.course_as_it_was"))
			}
		})
	})
	cmd.Flags().BoolVar(&o.RetireAll, "retire-all", false, c.p.T("ctl.flag_retire_all"))
	cmd.Flags().BoolVar(&o.New, "new", false, c.p.T("ctl.flag_course_new"))
	cmd.Flags().StringVar(&o.Why, "why", "", c.p.T("ctl.flag_why"))
	return cmd
}

// courseMistake is a mistake in `course check --json`.
type courseMistake struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Problem string `json:"problem"`
	What    string `json:"what"`
}

// courseAdvice is advice in `course check --json`.
type courseAdvice struct {
	File     string    `json:"file"`
	Line     int       `json:"line"`
	Note     string    `json:"note"`
	Code     lint.Code `json:"code"`
	Field    string    `json:"field"`
	Severity string    `json:"severity"`
	Text     string    `json:"text"`
	What     string    `json:"what"`
}

// courseCheck says what is wrong with a course. It succeeds when it can be released.
func (c *cli) courseCheck() *cobra.Command {
	return c.command("course_check", c.args(0, 1), func(ctx context.Context, args []string) error {
		r, err := course.Check(ctx, courseDir(args))
		if err != nil {
			return err
		}
		wrong := c.mistakes(r.Mistakes)
		advice := []courseAdvice{}
		for _, a := range r.Advice {
			advice = append(advice, courseAdvice{a.Place.File, a.Place.Line, a.Note, a.Code, string(a.Field), severities[a.Severity], a.Text, c.p.Finding(a.Finding)})
		}
		err = c.show(map[string]any{"ok": len(wrong) == 0, "notes": r.Cards, "mistakes": wrong, "advice": advice}, func() {
			c.printMistakes(wrong)
			if len(wrong) == 0 {
				c.line(c.p.N("ctl.course_checked", r.Cards))
			}
			if len(advice) > 0 {
				c.line("")
				c.line(c.p.T("ctl.course_advice"))
			}
			for _, a := range advice {
				c.line(at(a.File, a.Line) + a.What + ": " + c.clip(a.Text, 60))
			}
		})
		if err == nil && len(wrong) > 0 {
			err = errProblems
		}
		return err
	})
}

// mistakes puts mistakes of a course into words.
func (c *cli) mistakes(list source.Errors) []courseMistake {
	out := []courseMistake{}
	for _, m := range list {
		file, _ := m.Args["file"].(string)
		line, _ := m.Args["line"].(int)
		problem, _ := m.Args["problem"].(string)
		out = append(out, courseMistake{file, line, problem, c.p.T("source."+problem, "word", m.Args["word"])})
	}
	return out
}

func (c *cli) printMistakes(list []courseMistake) {
	for _, m := range list {
		c.line(at(m.File, m.Line) + m.What)
	}
}

// at is a place as editors read it.
func at(file string, line int) string { return file + ":" + strconv.Itoa(line) + ": " }

// courseLock makes the lock of a course anew.
func (c *cli) courseLock() *cobra.Command {
	from := ""
	var cmd *cobra.Command
	cmd = c.command("course_lock", c.args(0, 1), func(ctx context.Context, args []string) error {
		if from == "" {
			return c.usage(cmd, c.p.T("ctl.flag_missing", "Name", "--from"))
		}
		released, err := course.Released(ctx, from)
		if err != nil {
			return err
		}
		n, err := course.RestoreLock(ctx, courseDir(args), released)
		if err != nil {
			return err
		}
		return c.show(map[string]any{"added": n}, func() { c.line(c.p.N("ctl.course_locked", n)) })
	})
	cmd.Flags().StringVar(&from, "from", "", c.p.T("ctl.flag_release"))
	return cmd
}

// courseFork makes a course of somebody's.
func (c *cli) courseFork() *cobra.Command {
	title, author := "", ""
	cmd := c.command("course_fork", c.args(2, 2), func(ctx context.Context, args []string) error {
		if _, err := os.Stat(args[0]); err != nil {
			return fault.New(fault.UnreadableFile, err, "name", filepath.Base(args[0]))
		}
		head := []source.Head{{Key: "author", Value: author}}
		if title != "" {
			head = append(head, source.Head{Key: "title", Value: title})
		}
		if err := course.Fork(ctx, args[0], args[1], head...); err != nil {
			return err
		}
		return c.showCourse(ctx, args[1], "ctl.course_forked")
	})
	cmd.Flags().StringVar(&title, "title", "", c.p.T("ctl.flag_course_title"))
	cmd.Flags().StringVar(&author, "author", "", c.p.T("ctl.flag_course_author"))
	return cmd
}
