package workshop

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/fault"
	"lectern/decks/source"
)

// verdict is the sheet on top: one sentence that says what is to be done next, the course
// in numbers, and the way to its files.
func (s *Screen) verdict() fyne.CanvasObject {
	p := s.o.Printer
	col := kit.Column(0)
	if s.state.LastErr != nil {
		col.Add(kit.NewErrorLine(p.Fault(s.state.LastErr), s.state.LastErr.Error(), nil))
		col.Add(kit.Gap(0, 16))
	}
	col.Add(kit.NewLabel(s.sentence(), kit.Heading, theme.Ink))
	if s.fresh() {
		col.Add(kit.Gap(0, 8))
		col.Add(kit.NewLabel(p.T("workshop.made_next"), kit.Body, theme.Ink))
	}
	if s.state.Deck.ID != "" { // with mistakes it may not be readable
		col.Add(kit.Gap(0, 8))
		col.Add(kit.NewLabel(s.numbers(), kit.Body, theme.Muted))
	}
	col.Add(kit.Gap(0, 16))
	where := kit.NewText(s.o.Dir, kit.Caption, theme.Muted)
	where.Elide = true
	edit := kit.NewButton(p.T("workshop.edit", "File", s.first()), kit.Secondary, nil).WithIcon("pencil-simple").Sized(theme.ControlSmall, 0)
	edit.OnTapped(func() { s.edit(s.first()) })
	if len(s.state.Files) > 1 {
		edit.Set(p.T("workshop.edit_some"))
		edit.After = "caret-down"
		edit.OnTapped(func() { s.o.Nav.Menu(edit, s.files()) })
	}
	folder := kit.NewButton(p.T("teach.reveal"), kit.Quiet, func() {
		if err := s.o.Reveal(s.o.Dir); err != nil {
			s.o.Nav.Error(err)
		}
	}).WithIcon("folder-open").Sized(theme.ControlSmall, 0)
	col.Add(kit.Row(8, kit.Middle, edit, folder, kit.Flex(where)))
	return kit.NewSheet(kit.Sides(28, 32), col)
}

// fresh tells of a course that was made just now, and is as it was made.
func (s *Screen) fresh() bool {
	return s.o.Made && s.state.Known && s.state.Changes.First && s.cards == len(s.state.Deck.Notes)
}

// first is the file that one begins to write in.
func (s *Screen) first() string {
	if len(s.state.Files) == 0 {
		return "course.md"
	}
	return s.state.Files[0]
}

// mostFiles is how many files a menu holds; a course of more is opened as a folder.
const mostFiles = 30

func (s *Screen) files() []nav.Action {
	var out []nav.Action
	for i, name := range s.state.Files {
		if i == mostFiles {
			break
		}
		out = append(out, nav.Action{Text: name, Icon: "file-text", Do: func() { s.edit(name) }})
	}
	return out
}

// sentence says what is to be done next.
func (s *Screen) sentence() string {
	p, st := s.o.Printer, &s.state
	wrong, untidy := s.mistakes()
	asked := len(st.Changes.Asked())
	switch {
	case len(wrong) > 0:
		return p.N("workshop.say_mistakes", len(wrong))
	case s.fresh():
		return p.T("workshop.made")
	case untidy:
		return p.T("workshop.say_untidy")
	case !st.Known:
		return p.T("workshop.say_unknown")
	case asked > 0:
		return p.N("workshop.say_asked", asked)
	case st.Lost():
		return p.T("workshop.say_lost", "N", p.Int(int(st.LastSeq)))
	case st.Changes.First:
		return p.N("workshop.say_first", st.Changes.Cards)
	case st.Changes.Empty():
		return p.T("workshop.say_same", "N", p.Int(int(st.Last.Statement.Seq)))
	}
	return p.T("workshop.say_ready", "N", p.Int(int(st.Number())), "What", p.Changes(st.Changes))
}

// numbers are the course at a glance.
func (s *Screen) numbers() string {
	p, st := s.o.Printer, &s.state
	text := p.N("workshop.cards", len(st.Deck.Notes)) + " · " + p.N("workshop.sections", len(st.Deck.Sections))
	if st.Last != nil {
		day := ""
		if t, err := time.Parse(time.RFC3339, st.Last.Statement.Time); err == nil {
			day = p.DateFrom(s.o.Now(), t.Local())
		}
		return text + " · " + p.T("workshop.last", "N", p.Int(int(st.Last.Statement.Seq)), "Day", day)
	}
	return text + " · " + p.T("workshop.never")
}

// tidied are the mistakes that the program mends itself when the author lets it.
var tidied = map[string]bool{"unformatted": true, "lock_stale": true}

// mistakes are those that the author has to mend. Untidy: besides, ids are wanted, which
// the program writes.
func (s *Screen) mistakes() (wrong source.Errors, untidy bool) {
	for _, m := range s.state.Mistakes {
		if problem, _ := m.Args["problem"].(string); tidied[problem] {
			untidy = true
		} else {
			wrong = append(wrong, m)
		}
	}
	slices.SortStableFunc(wrong, func(a, b *fault.Fault) int {
		nameA, _ := a.Args["file"].(string)
		nameB, _ := b.Args["file"].(string)
		lineA, _ := a.Args["line"].(int)
		lineB, _ := b.Args["line"].(int)
		return cmp.Or(source.NaturalOrder(nameA, nameB), cmp.Compare(lineA, lineB))
	})
	return wrong, untidy
}

// told says what tidying wrote.
func (s *Screen) told(f source.Formatted, err error) string {
	p := s.o.Printer
	var mistakes source.Errors
	if errors.As(err, &mistakes) {
		return ""
	}
	text := ""
	for _, x := range []struct {
		n   int
		key string
	}{
		{f.Given, "workshop.given"}, {f.Healed, "workshop.healed"}, {f.Copies, "workshop.copies"}, {f.Returned, "workshop.returned"}, {len(f.Retired), "workshop.retired"},
	} {
		if x.n == 0 {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += p.N(x.key, x.n)
	}
	if text != "" {
		text = i18n.Capital(text) + "."
	}
	return text
}
