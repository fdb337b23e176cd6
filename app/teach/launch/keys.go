package launch

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/choose"
	"lectern/app/kit"
	"lectern/app/saving"
	"lectern/app/theme"
	"lectern/decks/fault"
)

// keysView makes the keys of a course.
type keysView struct {
	s      *Screen
	author *kit.Field
	page   *kit.Field
	paper  *kit.Choice
	simple *kit.Choice
}

func newKeys(s *Screen) *keysView {
	p := s.o.Printer
	v := &keysView{s: s}
	v.author = kit.NewField(s.state.Deck.Author, p.T("launch.author_hint"), nil)
	v.page = kit.NewField(filepath.Join(s.o.Papers, pageName(s.state.Deck.Title)), "", nil)
	v.paper = kit.NewChoice(p.T("launch.paper"), p.T("launch.paper_note"), "", kit.Column(10,
		kit.NewLabel(p.T("launch.paper_why"), kit.Body, theme.Muted), kit.NewText(p.T("launch.paper_where"), kit.Caption, theme.Muted), v.place()), func() { v.take(false) })
	v.simple = kit.NewChoice(p.T("launch.simple"), "", "", kit.NewLabel(p.T("launch.simple_why"), kit.Body, theme.Muted), func() { v.take(true) })
	v.paper.On = true
	return v
}

// pageName is what the file of the page is called.
func pageName(title string) string { return saving.Clean("lectern-key "+title) + ".html" }

// place is the field for where the page goes.
func (v *keysView) place() fyne.CanvasObject {
	p := v.s.o.Printer
	pick := kit.NewButton(p.T("teach.choose"), kit.Quiet, func() {
		choose.Ask(choose.Options{
			Printer: p, Nav: v.s.o.Nav, Background: v.s.o.Background, Title: p.T("launch.page_folder"), Dir: v.s.o.Papers, Folders: true,
			Nothing: p.T("teach.no_folders"), Whole: p.T("teach.this_folder"),
			Chosen: func(paths []string) {
				v.page.SetText(filepath.Join(paths[0], filepath.Base(v.page.Text())))
				v.page.Refresh()
			},
		})
	}).WithIcon("folder-open")
	return kit.Row(8, kit.Middle, kit.Flex(v.page), pick)
}

func (v *keysView) take(simple bool) {
	v.paper.Set(!simple)
	v.simple.Set(simple)
}

func (v *keysView) show(body *fyne.Container) {
	p := v.s.o.Printer
	body.Add(kit.NewSheet(kit.Sides(28, 32), kit.Column(0,
		kit.NewLabel(p.T("launch.keys"), kit.Heading, theme.Ink), kit.Gap(0, 8),
		kit.NewLabel(p.T("launch.keys_why"), kit.Body, theme.Muted), kit.Gap(0, 20),
		field(p.T("launch.author"), p.T("launch.author_why"), v.author), kit.Gap(0, 20),
		v.paper, kit.Gap(0, 12), v.simple)))
}

// begin makes the keys.
func (v *keysView) begin() {
	s, p := v.s, v.s.o.Printer
	name := strings.TrimSpace(v.page.Text())
	if v.simple.On {
		name = ""
	} else if !filepath.IsAbs(name) {
		s.err = fault.New(fault.UnwritableFile, nil, "name", name)
		s.show()
		return
	}
	author := strings.TrimSpace(v.author.Text())
	v.make(p.T("launch.making_keys"), author, name)
}

func (v *keysView) make(text, author, name string) {
	s := v.s
	s.work(text, func(_ context.Context, _ func(int, int)) error {
		// It is short, and half of it is worth nothing: it is not stopped.
		ctx := context.Background()
		c := s.o.Course(s.site)
		made, err := c.Begin(ctx, s.o.Printer, author, name)
		if err != nil {
			return err
		}
		state, err := c.Look(ctx)
		fyne.Do(func() {
			if err == nil {
				s.state = state
			}
			switch {
			case made.Err != nil:
				s.page = made.Page
			default:
				s.made = name
			}
		})
		if err == nil {
			err = made.Err
		}
		return err
	}, func(bool) { v.next() })
}

// next goes on once there are keys.
func (v *keysView) next() {
	if v.s.page == nil && !v.s.keyless() {
		v.s.plan.renew()
		v.s.plan.foresee()
		v.s.roll.ScrollTo(0)
	}
}

// unsaved asks for another place: the root key is nowhere else.
func (v *keysView) unsaved(body *fyne.Container) {
	p := v.s.o.Printer
	body.Add(kit.NewSheet(kit.Sides(28, 32), kit.Column(0,
		kit.NewLabel(p.T("launch.unsaved"), kit.Heading, theme.Ink), kit.Gap(0, 8),
		kit.NewLabel(p.T("launch.unsaved_why"), kit.Body, theme.Muted), kit.Gap(0, 20),
		kit.NewText(p.T("launch.paper_where"), kit.Caption, theme.Muted), kit.Gap(0, 6), v.place())))
}

// save writes the page that could not be written before.
func (v *keysView) save() {
	s := v.s
	name := strings.TrimSpace(v.page.Text())
	s.work(s.o.Printer.T("launch.making_keys"), func(context.Context, func(int, int)) error {
		return s.o.Course(s.site).SavePage(name, s.page)
	}, func(bool) {
		if s.err == nil {
			s.page, s.made = nil, name
			v.next()
		}
	})
}
