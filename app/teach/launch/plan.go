package launch

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/choose"
	"lectern/app/kit"
	"lectern/app/teach/bench"
	"lectern/app/theme"
	"lectern/decks/course/ship"
	"lectern/decks/fault"
)

// promises are when the next release may be promised for, in days; 0 is not.
var promises = []int{0, 7, 14, 30, 90}

// planView is what the author says of a release, and what it will write.
type planView struct {
	s        *Screen
	label    *kit.Field
	notes    *kit.Field
	folder   *kit.Field
	address  *kit.Field
	promise  *kit.Picker
	retire   *kit.Check
	proposed string

	gen     int
	seen    *ship.Preview
	wrong   error // why it cannot be foreseen
	written *fyne.Container
}

func newPlan(s *Screen) *planView {
	p := s.o.Printer
	v := &planView{s: s, written: kit.Column(0)}
	v.label = kit.NewField("", p.T("launch.label_hint"), nil)
	v.notes = kit.NewArea(kit.Body, 7, "", "", nil)
	v.folder = kit.NewField(s.site, "", nil)
	v.folder.Left = func(string) { v.moved() }
	v.folder.Submitted = func(string) { v.moved() }
	v.address = kit.NewField("", "https://example.org/course/", nil)
	v.address.Left = func(string) { v.moved() }
	v.address.Submitted = func(string) { v.moved() }
	words := []string{p.T("launch.no_promise")}
	for _, days := range promises[1:] {
		words = append(words, p.N("launch.promise", days, "Day", p.Date(s.o.Now().AddDate(0, 0, days))))
	}
	v.promise = kit.NewPicker(words, 0, nil)
	v.retire = kit.NewCheck("", false, func(bool) { v.s.act.SetDisabled(v.notYet()) })
	v.renew()
	return v
}

// renew proposes what the course says now.
func (v *planView) renew() {
	st := &v.s.state
	if v.notes.Text() == v.proposed {
		v.proposed = bench.Notes(*st)
		v.notes.SetText(v.proposed)
	}
	v.address.SetText(st.Deck.Feed)
	if n := st.Fading(); n > 0 {
		v.retire.Text = v.s.o.Printer.N("launch.retire", n)
	}
}

// dirty tells whether leaving would lose words.
func (v *planView) dirty() bool {
	return strings.TrimSpace(v.label.Text()) != "" || v.notes.Text() != v.proposed
}

func (v *planView) show(body *fyne.Container) {
	s, p := v.s, v.s.o.Printer
	if s.made != "" {
		paper := kit.NewButton(p.T("launch.print"), kit.Secondary, func() { s.open(s.made) }).Sized(theme.ControlSmall, 0)
		body.Add(kit.NewNotice(kit.Warning, "shield-check", "", p.T("launch.printed", "File", s.made), paper))
	}
	if !s.state.CanSign {
		body.Add(kit.NewErrorLine(p.T("launch.cannot_sign"), "", nil))
	}
	if s.state.Lost() {
		body.Add(kit.NewNotice(kit.Warning, "warning", "", p.T("launch.lost", "N", p.Int(int(s.state.LastSeq))), nil))
	}
	body.Add(sheet(p.T("launch.students"),
		field(p.T("launch.label"), "", v.label), kit.Gap(0, 16),
		field(p.T("launch.notes"), p.T("launch.notes_why"), v.notes), kit.Gap(0, 16),
		kit.Row(24, kit.Top, kit.Flex(kit.Column(2, kit.NewLabel(p.T("launch.next"), kit.Body, theme.Ink), kit.NewLabel(p.T("launch.next_why"), kit.Caption, theme.Muted))), kit.Fixed(280, 0, v.promise))))
	pick := kit.NewButton(p.T("teach.choose"), kit.Quiet, v.choose).WithIcon("folder-open")
	body.Add(sheet(p.T("launch.where"),
		field(p.T("launch.folder"), p.T("launch.folder_why"), kit.Row(8, kit.Middle, kit.Flex(v.folder), pick)), kit.Gap(0, 16),
		field(p.T("launch.address"), p.T("launch.address_why"), v.address)))
	v.tell()
	body.Add(sheet(p.T("launch.writes"), v.written))
}

func (v *planView) choose() {
	p := v.s.o.Printer
	choose.Ask(choose.Options{
		Printer: p, Nav: v.s.o.Nav, Background: v.s.o.Background, Title: p.T("launch.folder"), Dir: filepath.Dir(v.s.site), Folders: true,
		Nothing: p.T("teach.no_folders"), Whole: p.T("teach.this_folder"),
		Chosen: func(paths []string) {
			v.folder.SetText(paths[0])
			v.folder.Refresh()
			v.moved()
		},
	})
}

// moved takes another folder or another address.
func (v *planView) moved() {
	site, address := strings.TrimSpace(v.folder.Text()), strings.TrimSpace(v.address.Text())
	if v.s.busy || v.s.done != nil || site == v.s.site && address == v.s.state.Deck.Feed {
		return
	}
	v.foresee()
}

// settle keeps the folder and the address that stand in the fields, and looks again.
func (v *planView) settle(ctx context.Context, site, address string) (Course, *bench.State, error) {
	s := v.s
	if !filepath.IsAbs(site) {
		return nil, nil, fault.New(fault.UnwritableFile, nil, "name", site)
	}
	c := s.o.Course(site)
	if site == s.site && address == s.state.Deck.Feed && s.state.Known {
		return c, nil, nil
	}
	if address != s.state.Deck.Feed {
		if _, err := c.SetAddress(ctx, address); err != nil {
			return nil, nil, err
		}
	}
	state, err := c.Look(ctx)
	return c, &state, err
}

// foresee works out what will be written.
func (v *planView) foresee() {
	s := v.s
	if s.keyless() || s.busy {
		return
	}
	v.gen++
	gen := v.gen
	site, address, p := strings.TrimSpace(v.folder.Text()), strings.TrimSpace(v.address.Text()), v.proposal()
	p.Retire = true // it is asked about before it is done
	s.o.Background(func() {
		ctx := context.Background()
		c, state, err := v.settle(ctx, site, address)
		var seen ship.Preview
		if err == nil {
			seen, err = c.Foresee(ctx, p)
		}
		fyne.Do(func() {
			if gen != v.gen {
				return
			}
			v.take(site, state)
			v.seen, v.wrong = &seen, err
			if err != nil {
				v.seen = nil
			}
			s.show()
		})
	})
}

// take shows a state that was looked at anew, nil for none.
func (v *planView) take(site string, state *bench.State) {
	if state == nil {
		return
	}
	v.s.state, v.s.site = *state, site
	v.s.o.KeepSite(site)
	v.renew()
}

// tell says what will be written.
func (v *planView) tell() {
	p := v.s.o.Printer
	v.written.Objects = nil
	add := func(o fyne.CanvasObject) { v.written.Add(o) }
	switch {
	case v.wrong != nil:
		add(kit.NewErrorLine(p.Fault(v.wrong), v.wrong.Error(), nil))
	case v.seen == nil:
		add(kit.NewLabel(p.T("launch.foreseeing"), kit.Body, theme.Muted))
	case len(v.seen.Files) == 0:
		add(kit.NewLabel(p.T("launch.writes_nothing"), kit.Body, theme.Muted))
	default:
		st := &v.seen.Statement
		if st.Seq > 0 {
			add(kit.NewLabel(p.T("launch.writes_release", "N", p.Int(int(st.Seq)), "Cards", p.N("workshop.cards", st.Content.Notes),
				"What", p.Changes(v.s.state.Changes)), kit.Body, theme.Ink))
		} else {
			add(kit.NewLabel(p.T("launch.writes_pages"), kit.Body, theme.Ink))
		}
		add(kit.Gap(0, 8))
		files := kit.NewLabel(strings.Join(v.seen.Files, "\n"), kit.Code.At(13, 20), theme.Muted)
		add(kit.NewFold(p.N("launch.files", len(v.seen.Files), "Size", p.Bytes(v.seen.Bytes)), p.T("launch.files_why"), files))
	}
	if v.s.state.Fading() > 0 {
		add(kit.Gap(0, 16))
		add(v.retire)
		add(kit.Gap(0, 4))
		add(kit.NewLabel(p.T("launch.retire_why"), kit.Caption, theme.Muted))
	}
}

// notYet says why it cannot be released, "" when it can.
func (v *planView) notYet() string {
	p, st := v.s.o.Printer, &v.s.state
	switch {
	case !st.Known:
		return p.T("workshop.not_mistakes")
	case len(st.Changes.Asked()) > 0:
		return p.T("workshop.not_asked")
	case !st.CanSign:
		return p.T("launch.cannot_sign")
	case v.wrong != nil || v.seen == nil:
		return p.T("launch.not_foreseen")
	case len(v.seen.Files) == 0:
		return p.T("launch.writes_nothing")
	case st.Fading() > 0 && !v.retire.On:
		return p.T("launch.not_retired")
	}
	return ""
}

func (v *planView) proposal() bench.Proposal {
	b := bench.Proposal{Label: strings.TrimSpace(v.label.Text()), Notes: strings.TrimSpace(v.notes.Text()), Retire: v.retire.On}
	if days := promises[v.promise.On]; days > 0 {
		b.NextBy = v.s.o.Now().AddDate(0, 0, days).UTC().Format("2006-01-02")
	}
	return b
}

// launch releases the course. Stopped, it leaves students with what they had: what tells
// them of a release is written last.
func (v *planView) launch() {
	s, p := v.s, v.s.o.Printer
	if v.notYet() != "" {
		return
	}
	site, address, proposal := strings.TrimSpace(v.folder.Text()), strings.TrimSpace(v.address.Text()), v.proposal()
	var out bench.Launched
	v.gen++
	s.work(p.T("launch.releasing"), func(ctx context.Context, step func(int, int)) error {
		c, state, err := v.settle(ctx, site, address)
		if err != nil {
			return err
		}
		fyne.Do(func() { v.take(site, state) })
		out, err = c.Launch(ctx, proposal, func(done, total int64) { step(int(done), int(total)) })
		return err
	}, func(stopped bool) {
		switch {
		case stopped || errors.Is(s.err, context.Canceled) || s.err != nil && fault.Is(s.err, fault.Cancelled):
			s.err = nil
			s.o.Nav.Toast(p.T("launch.stopped"))
		case s.err == nil:
			s.o.KeepSite(site)
			s.done = newDone(s, site, out)
			s.roll.ScrollTo(0)
			s.o.Nav.Focus(nil)
		}
	})
}
