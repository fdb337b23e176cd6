package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"lectern/decks"
	"lectern/decks/class"
	"lectern/decks/content"
	"lectern/decks/fault"
	"lectern/decks/intake"
	"lectern/decks/source"
)

// handIns are files of students about one deck, and the course they are about.
type handIns struct {
	files  []source.File // of the course; none when it is not at hand
	course source.Course
	deck   string
	failed bool // some files could not be used, which was told
}

// openCourse reads the course of a folder. One that was not named need not be there.
func (h *handIns) openCourse(dir string) error {
	fsys := os.DirFS(cmp.Or(dir, "."))
	files, err := source.Load(fsys, ".")
	if dir == "" && fault.Is(err, fault.NoCourse) {
		return nil
	}
	if f := fault.Of(err); f != nil && f.Args["name"] == "." {
		return fault.New(f.Code, err, "name", dir) // as the user called it
	}
	if err != nil {
		return err
	}
	if h.course, err = source.ParseFiles(files); err != nil {
		return err
	}
	h.files, h.deck = files, h.course.Deck.ID
	return nil
}

// note finds a note of the course.
func (h *handIns) note(id string) (n decks.Note, ok bool) {
	i := slices.IndexFunc(h.course.Deck.Notes, func(n decks.Note) bool { return n.ID == id })
	if i < 0 {
		return n, false
	}
	return h.course.Deck.Notes[i], true
}

// question is what a note asks, on one line; "" when the course does not say.
func (h *handIns) question(id string) string {
	n, ok := h.note(id)
	if !ok {
		return ""
	}
	text := n.Text(decks.Front)
	if n.Kind == decks.Cloze {
		text = content.FillGaps(text, "", false)
	}
	return content.Line(content.Parse(text), 200)
}

// read reads files, and those of folders, with take, which gives the deck that a
// file is about. A file that cannot be used is told, and the others are taken.
func (h *handIns) read(ctx context.Context, c *cli, args []string, take func(data []byte) (deck string, keep func(), err error)) error {
	var names []string
	for _, arg := range args {
		if info, err := os.Stat(arg); err == nil && info.IsDir() {
			entries, err := os.ReadDir(arg)
			if err != nil {
				return fault.New(fault.UnreadableFile, err, "name", arg)
			}
			slices.SortFunc(entries, func(a, b os.DirEntry) int { return source.NaturalOrder(a.Name(), b.Name()) })
			for _, e := range entries {
				if strings.EqualFold(filepath.Ext(e.Name()), ".json") {
					names = append(names, filepath.Join(arg, e.Name()))
				}
			}
			continue
		}
		names = append(names, arg)
	}
	for _, name := range names {
		if ctx.Err() != nil {
			return fault.New(fault.Cancelled, ctx.Err())
		}
		data, err := intake.Read(name)
		if err != nil {
			h.failed = true
			c.warn(c.sentence(err))
			continue
		}
		deck, keep, err := take(data)
		h.deck = cmp.Or(h.deck, deck)
		var problem string
		switch {
		case err != nil:
			problem = c.p.T("ctl.class_bad_file")
			if c.details {
				problem += " " + c.p.T("ctl.details", "What", err.Error())
			}
		case h.deck != deck:
			problem = c.p.T("ctl.class_other_deck", "Deck", deck, "Course", h.deck)
		default:
			keep()
			continue
		}
		h.failed = true
		c.warn(c.p.T("ctl.file_failed", "File", name, "What", problem))
	}
	return nil
}

// end is the end of a command that may have left files out.
func (h *handIns) end(err error) error {
	if err == nil && h.failed {
		return errProblems
	}
	return err
}

// gathered is a question with what a class answered, in --json.
type gathered struct {
	Note     string          `json:"note"`
	Question string          `json:"question"` // "" when the course is not at hand
	Answer   string          `json:"answer"`   // that of the course now
	Students int             `json:"students"`
	Variants []class.Variant `json:"variants"`
}

// courseAnswers shows what a class answered, and writes into the course the answers
// that its author picks.
func (c *cli) courseAnswers() *cobra.Command {
	dir, picks := "", []string{}
	var cmd *cobra.Command
	cmd = c.command("course_answers", c.args(1, -1), func(ctx context.Context, args []string) error {
		h := &handIns{}
		if len(picks) > 0 && dir == "" {
			dir = "."
		}
		if err := h.openCourse(dir); err != nil {
			return err
		}
		var files []class.Answers
		err := h.read(ctx, c, args, func(data []byte) (string, func(), error) {
			a, err := class.ReadAnswers(data)
			return a.Deck, func() { files = append(files, a) }, err
		})
		if err != nil {
			return err
		}
		all := class.Gather(files)
		if len(picks) > 0 {
			return h.end(c.pickAnswers(cmd, h, cmp.Or(dir, "."), all, picks))
		}
		list := []gathered{}
		for _, q := range all {
			n, _ := h.note(q.Note)
			list = append(list, gathered{q.Note, h.question(q.Note), n.Text(decks.Back), q.Students, q.Variants})
		}
		return h.end(c.show(map[string]any{"deck": h.deck, "files": len(files), "questions": list}, func() { c.printAnswers(list) }))
	})
	cmd.Flags().StringVar(&dir, "course", "", c.p.T("ctl.flag_course"))
	cmd.Flags().StringArrayVar(&picks, "pick", nil, c.p.T("ctl.flag_pick"))
	return cmd
}

func (c *cli) printAnswers(list []gathered) {
	if len(list) == 0 {
		c.line(c.p.T("ctl.class_no_answers"))
		return
	}
	for i, q := range list {
		if i > 0 {
			c.line("")
		}
		c.line(strings.TrimSpace(q.Note + "  " + q.Question))
		if q.Answer != "" {
			c.line("  " + c.p.T("ctl.class_now", "Text", indented(q.Answer, "    ")))
		}
		for k, v := range q.Variants {
			c.line(fmt.Sprintf("  %d. (%s) %s", k+1, c.p.N("ctl.class_students", v.Students), indented(v.Text, "     ")))
			for m, w := range v.Wordings[1:] {
				c.line(fmt.Sprintf("     %d.%d (%s) %s", k+1, m+2, c.p.N("ctl.class_students", w.Students), indented(w.Text, "         ")))
			}
		}
	}
}

// indented puts a text of several lines behind a margin.
func indented(s, margin string) string { return strings.ReplaceAll(s, "\n", "\n"+margin) }

// picked is an answer that was written into a course, in --json.
type picked struct {
	Note string `json:"note"`
	Text string `json:"text"`
	File string `json:"file"`
}

// pickAnswers writes answers into the files of the course: all, or none when one of
// them cannot be.
func (c *cli) pickAnswers(cmd *cobra.Command, h *handIns, dir string, all []class.Question, picks []string) error {
	changed := map[string][]byte{}
	done := []picked{}
	for _, pick := range picks {
		note, text, err := c.pick(cmd, all, pick)
		if err != nil {
			return err
		}
		file, err := source.SetField(h.files, note, decks.Back, text)
		if err != nil {
			return err
		}
		for i := range h.files {
			if h.files[i].Name == file.Name {
				h.files[i] = file
			}
		}
		changed[file.Name] = file.Data
		done = append(done, picked{note, text, file.Name})
	}
	for _, f := range h.files {
		if data, ok := changed[f.Name]; ok {
			if err := writeWhole(filepath.Join(dir, f.Name), data); err != nil {
				return err
			}
		}
	}
	return c.show(map[string]any{"picked": done}, func() {
		for _, p := range done {
			c.line(c.p.T("ctl.class_picked", "File", p.File, "Note", p.Note, "Text", c.clip(p.Text, 60)))
		}
	})
}

// pick reads NOTE=VARIANT, where a variant is its number in the list, and perhaps
// that of a wording: 2 or 2.3.
func (c *cli) pick(cmd *cobra.Command, all []class.Question, pick string) (note, text string, err error) {
	note, number, _ := strings.Cut(pick, "=")
	bad := c.usage(cmd, c.p.T("ctl.bad_pick", "Pick", pick))
	i := slices.IndexFunc(all, func(q class.Question) bool { return q.Note == note })
	if i < 0 {
		return "", "", bad
	}
	first, second, worded := strings.Cut(number, ".")
	v, err := strconv.Atoi(first)
	if err != nil || v < 1 || v > len(all[i].Variants) {
		return "", "", bad
	}
	variant := all[i].Variants[v-1]
	if !worded {
		return note, variant.Text, nil
	}
	w, err := strconv.Atoi(second)
	if err != nil || w < 1 || w > len(variant.Wordings) {
		return "", "", bad
	}
	return note, variant.Wordings[w-1].Text, nil
}

// troubled is a card that a class reported, in --json.
type troubled struct {
	class.Trouble
	Question string `json:"question"` // "" when the course is not at hand
	File     string `json:"file"`
	Line     int    `json:"line"`
}

// courseReport shows which cards a class suffers from.
func (c *cli) courseReport() *cobra.Command {
	dir := ""
	cmd := c.command("course_report", c.args(1, -1), func(ctx context.Context, args []string) error {
		h := &handIns{}
		if err := h.openCourse(dir); err != nil {
			return err
		}
		var files []class.Report
		err := h.read(ctx, c, args, func(data []byte) (string, func(), error) {
			r, err := class.ReadReport(data)
			return r.Deck, func() { files = append(files, r) }, err
		})
		if err != nil {
			return err
		}
		list := []troubled{}
		for _, t := range class.Sum(files) {
			place := h.course.Places[t.Card.Note()]
			list = append(list, troubled{t, h.question(t.Card.Note()), place.File, place.Line})
		}
		return h.end(c.show(map[string]any{"deck": h.deck, "files": len(files), "cards": list}, func() { c.printTrouble(list) }))
	})
	cmd.Flags().StringVar(&dir, "course", "", c.p.T("ctl.flag_course"))
	return cmd
}

func (c *cli) printTrouble(list []troubled) {
	if len(list) == 0 {
		c.line(c.p.T("ctl.class_no_trouble"))
		return
	}
	table := [][]string{{
		c.p.T("ctl.col_card"), c.p.T("ctl.col_students"), c.p.T("ctl.col_wrong"), c.p.T("ctl.col_unclear"), c.p.T("ctl.col_lapses"),
		c.p.T("ctl.col_took"), c.p.T("ctl.col_question"),
	}}
	for _, t := range list {
		table = append(table, []string{
			string(t.Card), c.p.Int(t.Reports), c.p.Int(t.Wrong), c.p.Int(t.Unclear), c.p.Percent(t.Lapses),
			c.p.T("ctl.seconds", "N", c.p.Int(t.Seconds)), c.clip(t.Question, 60),
		})
	}
	c.table(table, 1, 2, 3, 4, 5)
}
