package workshop

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/app/worddiff"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/changes"
	"lectern/decks/merge"
)

// atOnce is how many changes are listed at first, and how many more at a press.
const atOnce = 30

// changes is the sheet of what changed since the last release; nil when that is not
// known.
func (s *Screen) changes() fyne.CanvasObject {
	p, st := s.o.Printer, &s.state
	if !st.Known || st.Changes.First || st.Last == nil {
		return nil
	}
	col := kit.Column(0, kit.NewText(p.T("workshop.changed", "N", p.Int(int(st.Last.Statement.Seq))), kit.Sub, theme.Ink), kit.Gap(0, 4))
	c := &st.Changes
	if c.Empty() {
		col.Add(kit.NewLabel(p.T("workshop.nothing"), kit.Body, theme.Muted))
		return kit.NewSheet(kit.Sides(24, 32), col)
	}
	col.Add(kit.NewLabel(i18n.Capital(p.Changes(*c))+".", kit.Body, theme.Muted))
	if n := st.Fading(); n > 0 {
		col.Add(kit.Gap(0, 12))
		col.Add(kit.NewNotice(kit.Warning, "warning", "", p.N("workshop.fading", n), nil))
	}
	if len(c.About) > 0 {
		var what []string
		for _, a := range c.About {
			what = append(what, p.T("workshop.about_"+a))
		}
		col.Add(kit.Gap(0, 12))
		col.Add(kit.NewLabel(p.T("workshop.about", "What", strings.Join(what, ", ")), kit.Body, theme.Ink))
	}
	list := ordered(c.List)
	for i, x := range list {
		if i == s.shown {
			col.Add(kit.Gap(0, 12))
			col.Add(kit.Row(0, kit.Middle, kit.NewButton(p.N("workshop.show_more", len(list)-i), kit.Quiet, func() {
				s.shown += atOnce
				s.show()
			}), kit.Spring()))
			break
		}
		col.Add(kit.Gap(0, 12))
		col.Add(kit.Rule())
		col.Add(kit.Gap(0, 12))
		col.Add(s.change(x))
	}
	return kit.NewSheet(kit.Sides(24, 32), col)
}

// ordered puts the changes first about which the author is asked.
func ordered(list []changes.Change) []changes.Change {
	var asked, rest []changes.Change
	for _, x := range list {
		if x.Weight == changes.Asked {
			asked = append(asked, x)
		} else {
			rest = append(rest, x)
		}
	}
	return append(asked, rest...)
}

// change is one card: what became of it, its texts word by word, and what the author has
// to say about it.
func (s *Screen) change(x changes.Change) fyne.CanvasObject {
	p := s.o.Printer
	note := x.New
	if x.Kind == merge.RowRetired {
		note = x.Old
	}
	place, has := s.state.Places[x.Note]
	head := kit.Row(12, kit.Middle, s.chip(x), kit.Spring())
	if has {
		at := kit.NewButton(place.File+":"+p.Int(place.Line), kit.Quiet, func() { s.edit(place.File) }).Sized(theme.ControlSmall, 0)
		at.Plain, at.Colour, at.After = true, theme.Muted, "arrow-square-out"
		head.Add(at)
	}
	col := kit.Column(6, head)
	if !touches(x, decks.Front) {
		col.Add(kit.NewLabel(questionOf(note), kit.RowText, theme.Ink))
	}
	for _, t := range x.Texts {
		if t.Field != decks.Front {
			col.Add(kit.NewText(p.T("workshop.field_"+string(t.Field)), kit.Caption, theme.Muted))
		}
		col.Add(worddiff.New(worddiff.Paragraphs(worddiff.Readable(t.Old, t.New)), kit.RowText))
	}
	if x.Options {
		col.Add(kit.NewText(p.T("workshop.options"), kit.Caption, theme.Muted))
		col.Add(worddiff.New(worddiff.Paragraphs(merge.Runs(options(x.Old), options(x.New))), kit.RowText))
	}
	if x.Kind == merge.RowRetired && x.Row.Why != "" {
		col.Add(kit.NewLabel(x.Row.Why, kit.Caption, theme.Muted))
	}
	if x.Weight == changes.Asked {
		col.Add(s.ask(x))
	}
	return col
}

func touches(x changes.Change, f decks.Field) bool {
	for _, t := range x.Texts {
		if t.Field == f {
			return true
		}
	}
	return false
}

// options are those of a choice as lines.
func options(n decks.Note) string {
	var lines []string
	for _, o := range n.Choices {
		mark := "☐ "
		if o.Right {
			mark = "☑ "
		}
		lines = append(lines, mark+o.Text)
	}
	return strings.Join(lines, "\n")
}

// chip names what became of a card.
func (s *Screen) chip(x changes.Change) *kit.Chip {
	p := s.o.Printer
	switch {
	case x.Weight == changes.Asked:
		return kit.NewChip(p.T("workshop.decide"), "question", kit.Warning)
	case x.Weight == changes.Substance:
		return kit.NewChip(p.T("workshop.substance"), "arrow-counter-clockwise", kit.Info)
	case x.Weight == changes.Minor:
		return kit.NewChip(p.T("workshop.minor"), "pencil-simple", kit.Plain)
	case x.Kind == merge.RowRetired:
		return kit.NewChip(p.T("course.row_retired"), "archive", kit.Bad)
	case x.Kind == merge.RowNew:
		return kit.NewChip(p.T("course.row_new"), "plus", kit.Good)
	}
	return kit.NewChip(p.T("course.row_"+string(x.Kind)), "git-merge", kit.Plain)
}

// ask lets the author say what a change is to those who learned the card.
func (s *Screen) ask(x changes.Change) fyne.CanvasObject {
	p := s.o.Printer
	say := func(key string, substance bool) fyne.CanvasObject {
		return kit.NewButton(p.T(key), kit.Secondary, func() { s.settle(x.Note, substance) }).Sized(theme.ControlSmall, 0)
	}
	why := kit.NewLabel(i18n.Capital(p.Asked(x.Why))+". "+p.T("workshop.decide_why"), kit.Caption, theme.Muted)
	if x.Why == changes.Lowered {
		return why
	}
	return kit.Column(8, why, kit.Row(8, kit.Middle, say("workshop.is_typo", false), say("workshop.is_substance", true), kit.Spring()))
}

// settle keeps what the author says, with a way back.
func (s *Screen) settle(note string, substance bool) {
	p := s.o.Printer
	key := "workshop.settled_typo"
	if substance {
		key = "workshop.settled_substance"
	}
	s.keep(func(ctx context.Context) error { return s.o.Course().Settle(ctx, note, substance) }, func() {
		s.o.Nav.Toast(p.T(key), nav.Action{Text: p.T("shell.undo"), Do: func() {
			s.keep(func(ctx context.Context) error { return s.o.Course().Unsettle(ctx, note, substance) }, func() {})
		}})
	})
}

// keep changes the course and looks at it. What goes wrong leaves the page as it is.
func (s *Screen) keep(do func(context.Context) error, then func()) {
	s.gen++
	gen := s.gen
	s.o.Background(func() {
		ctx := context.Background()
		if err := do(ctx); err != nil {
			fyne.Do(func() { s.o.Nav.Error(err) })
			return
		}
		state, err := s.o.Course().Look(ctx)
		fyne.Do(func() {
			then()
			if gen == s.gen {
				s.take(state, err)
			}
		})
	})
}

func questionOf(n decks.Note) string { return i18n.Question(n, 300) }

// oneLine is a text on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
