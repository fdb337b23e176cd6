package finish

import (
	"math"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/collection"
)

// paint makes the screen anew: it is painted a few times in its life.
func (s *Screen) paint() {
	p := s.o.Printer
	in, title := kit.Insets{Top: 28, Right: 60, Left: 64}, kit.Title
	if s.small {
		in, title = kit.Insets{Top: 16, Right: 52, Left: 56}, kit.Title.At(30, 38)
	}
	words := kit.Column(6, kit.NewLabel(s.title(), title, theme.Ink), kit.NewLabel(s.sum(), kit.Body, theme.Muted))
	head := kit.Row(24, kit.Middle, kit.Flex(words))
	if asked, recalled := s.o.Session.Known(); asked > 0 {
		share := float64(recalled) / float64(asked)
		head.Add(kit.NewRing(share, p.Percent(share)))
	}
	body := kit.Column(0, head)
	if !s.list.fill(body) {
		body.Add(kit.Gap(0, 28))
	}
	s.scroll.SetContent(kit.Pad(in, body))
	s.notes.Objects = s.remarks()
	s.more.Set(p.N("finish.more_new", s.moreCount()))
	s.end.Set(p.T("finish.end"))
	if s.ready {
		s.end.Set(p.T("finish.go_on"))
	}
	var actions []fyne.CanvasObject
	if !s.ready && s.o.Custom != nil {
		actions = append(actions, s.custom)
	}
	if !s.ready && s.moreCount() > 0 {
		actions = append(actions, s.more)
	}
	if len(actions) > 0 {
		actions = append(actions, kit.Gap(0, 0))
	}
	s.action.Set(append(actions, s.end)...)
	s.object.Layout.Layout(s.object.Objects, s.object.Size())
	s.object.Refresh()
}

func (s *Screen) title() string {
	p := s.o.Printer
	switch {
	case s.ready:
		return p.T("finish.again")
	case s.o.Session.Scope.List:
		return p.T("finish.list_done")
	case s.rest.Waiting > 0:
		return p.T("finish.for_now")
	case s.other.Total() > 0:
		return p.T("finish.done_here")
	}
	return p.T("finish.done")
}

// sum is the sitting in a sentence or two.
func (s *Screen) sum() string {
	p := s.o.Printer
	cards := s.o.Session.Cards()
	if cards == 0 {
		return p.T("finish.nothing")
	}
	line := p.N("finish.cards", cards) + " "
	if took := s.o.Session.Time(); took < 45*time.Second {
		line += p.T("finish.in_a_moment")
	} else {
		line += p.N("finish.in_minutes", max(1, int(math.Round(took.Minutes()))))
	}
	line += "."
	if len(s.o.Session.Forgotten()) == 0 {
		line += " " + p.T("finish.all_recalled")
	} else if asked, recalled := s.o.Session.Known(); asked > 0 {
		line += " " + p.N("finish.known", asked, "Recalled", p.Int(recalled))
	}
	return line
}

// remark is a small sheet, or half a line: a caption, a number, what it means.
type remark struct{ caption, lead, text string }

// remarks say when to come back, and how the exam stands. There is room for two:
// beside the exam stands what comes first.
func (s *Screen) remarks() []fyne.CanvasObject {
	found := s.comeback()
	if e := s.exam; e != nil {
		if s.rest.Waiting > 0 && !s.ready && len(found) > 1 {
			found = found[1:]
		}
		p := s.o.Printer
		verdict := p.T("finish.exam_off")
		if e.OnTrack {
			verdict = p.T("finish.exam_on")
		}
		found = append(found[:min(1, len(found))], remark{p.N("exam.left", e.Left), verdict, p.T("exam.gives", "Of", e.Of100)})
	}
	var out []fyne.CanvasObject
	for _, f := range found {
		out = append(out, s.remark(f))
	}
	return out
}

// comeback says when cards come back, the farther first.
func (s *Screen) comeback() (found []remark) {
	p, r, now := s.o.Printer, s.rest, s.o.Now()
	switch {
	case r.Tomorrow.Total() > 0:
		found = append(found, remark{p.T("finish.tomorrow"), p.N("finish.cards", r.Tomorrow.Total()), s.minutes(r.Tomorrow)})
	case r.Waiting == 0 && r.NextDue.After(now):
		found = append(found, remark{p.T("finish.come_back"), p.Date(r.NextDue), p.T("finish.tomorrow_free")})
	}
	switch {
	case s.ready:
	case r.Waiting > 0 && r.NextDue.After(now) && !s.o.Session.Scope.List:
		found = append(found, remark{p.T("finish.later_today"), p.N("finish.cards", r.Waiting),
			p.N("finish.comes_back", r.Waiting, "When", p.Wait(r.NextDue.Sub(now)))})
	case s.other.Total() > 0:
		found = append(found, remark{p.T("finish.elsewhere"), p.N("finish.cards", s.other.Total()), s.minutes(s.other)})
	case r.MoreNew > 0:
		found = append(found, remark{p.T("finish.ahead"), p.N("finish.new", r.MoreNew), p.T("finish.by_plan")})
	}
	return found
}

func (s *Screen) remark(r remark) fyne.CanvasObject {
	lead, text := kit.Sub, kit.Body
	if s.small {
		lead, text = kit.Body.Strong(), kit.Caption
	}
	words := kit.NewText(r.text, text, theme.Muted)
	words.Elide = true
	line := kit.Row(10, kit.Top,
		kit.NewText(r.lead, lead, theme.Ink),
		kit.Flex(kit.Pad(kit.Insets{Top: lead.Baseline() - text.Baseline()}, words)))
	caption := kit.NewText(r.caption, kit.Caption, theme.Muted)
	if s.small {
		return kit.Row(8, kit.Top, kit.Pad(kit.Insets{Top: lead.Baseline() - kit.Caption.Baseline()}, caption), kit.Flex(line))
	}
	return kit.NewSheet(kit.Sides(20, 28), kit.Column(4, caption, line))
}

func (s *Screen) minutes(c collection.Counts) string {
	return s.o.Printer.N("finish.minutes", max(1, int(math.Round(c.Minutes))))
}

// desk sets the sheet, the remarks below it, the bar at the lower edge.
type desk struct{ s *Screen }

func (d *desk) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(480, 240) }

func (d *desk) Layout(o []fyne.CanvasObject, size fyne.Size) {
	sheet, notes, action := o[0], o[1], o[2]
	top, gutter, bar := float32(8), float32(theme.Gutter), float32(theme.ActionBar)
	remarks := float32(92)
	if d.s.small {
		top, gutter, bar = 0, 14, theme.ActionBarSmall
		remarks = 24
	}
	if len(d.s.notes.Objects) == 0 {
		remarks, gutter = 0, 0
	}
	width := min(float32(theme.SheetWidth), size.Width-2*theme.MarginSmall)
	x := float32(int((size.Width - width) / 2))
	end := size.Height - bar
	high := min(kit.HeightFor(d.s.sheet, width), end-top-remarks-gutter)
	put(sheet, x, top, width, high)
	put(notes, x, top+high+gutter, width, remarks)
	put(action, 0, end, size.Width, bar)
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// pair sets one or two objects side by side, equally wide.
type pair struct{}

func (pair) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 24) }

func (pair) Layout(o []fyne.CanvasObject, size fyne.Size) {
	n := float32(len(o))
	w := (size.Width - theme.Gutter*(n-1)) / max(1, n)
	for i, x := range o {
		put(x, float32(i)*(w+theme.Gutter), 0, w, size.Height)
	}
}
