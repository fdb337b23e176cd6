package drafts

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks/content"
	"lectern/decks/draft"
)

// offer shows what would be sent: the questions to tick at the left, at the
// right who gets the text and the text itself, all of it.
type offer struct {
	s    *Screen
	off  map[string]bool // notes that the user left out
	plan *draft.Plan     // for what is ticked; nil while it is made
	gen  int
	err  error
	pane int // of a small window

	list  *kit.List
	all   *kit.Check
	left  *kit.Sheet
	right *kit.Sheet
	head  *fyne.Container
	parts []string // the text, in pieces that a window can show
	part  int
	pager *fyne.Container
	text  *kit.Label
	roll  *kit.Scroll
	send  *kit.Button
	panes *kit.Segment
}

const questionHigh = 68

func newOffer(s *Screen) *offer {
	p := s.o.Printer
	f := &offer{s: s, off: map[string]bool{}, pane: 1}
	f.list = kit.NewList(questionHigh, f.row)
	f.list.AtOnce, f.list.Opened = true, f.toggle
	f.list.Also = map[keys.Key]func(){keys.Space: func() { f.toggle(f.list.At()) }}
	f.all = kit.NewCheck("", true, f.tickAll)
	f.left = kit.NewSheet(kit.All(0), kit.Column(0, kit.Pad(kit.Sides(16, 24), f.all), kit.Rule(), kit.Flex(f.list)))
	f.head, f.pager = kit.Column(0), kit.Row(8, kit.Middle)
	f.text = kit.NewLabel("", kit.Code.At(14, 22), theme.Ink)
	f.roll = kit.NewScroll(kit.Pad(kit.Sides(16, 28), f.text))
	f.roll.Ground = theme.Paper
	f.right = kit.NewSheet(kit.All(0), kit.Column(0,
		kit.Pad(kit.Insets{Top: 20, Right: 28, Bottom: 12, Left: 28}, f.head), kit.Rule(),
		kit.Pad(kit.Insets{Top: 6, Right: 16, Bottom: 6, Left: 28}, f.pager), kit.Rule(), kit.Flex(f.roll)))
	f.left.OpenBelow, f.right.OpenBelow = true, true
	f.send = kit.NewButton("", kit.Primary, s.send).WithKey(keys.CtrlEnter)
	f.panes = kit.NewSegment([]string{p.T("drafts.questions"), p.T("drafts.text")}, f.pane, func(i int) {
		f.pane = i
		s.object.Refresh()
	})
	return f
}

// show makes the plan anew and gives the panes.
func (f *offer) show() []fyne.CanvasObject {
	top := kit.Column(0)
	f.s.notices(top)
	f.list.Set(len(f.s.open), max(0, f.list.At()))
	f.make()
	return []fyne.CanvasObject{top, f.left, f.right}
}

// ticked are the questions to ask.
func (f *offer) ticked() []draft.Question {
	var out []draft.Question
	for _, q := range f.s.open {
		if !f.off[q.ID] {
			out = append(out, q)
		}
	}
	return out
}

// make works out what would be sent. The button waits for it: what is agreed to
// is what is shown.
func (f *offer) make() {
	f.gen++
	gen, ticked := f.gen, f.ticked()
	f.plan, f.err = nil, nil
	f.paint()
	config, lecture := f.s.config, f.s.lecture
	f.s.o.Background(func() {
		plan, err := draft.New(context.Background(), config, lecture, ticked)
		fyne.Do(func() {
			if gen != f.gen {
				return
			}
			f.plan, f.err = plan, err
			f.paint()
			f.list.Renew()
		})
	})
}

func (f *offer) row(i int) fyne.CanvasObject {
	q := f.s.open[i]
	tick := kit.NewCheck("", !f.off[q.ID], func(bool) { f.toggle(i) })
	text := kit.NewLabel(content.Line(content.Parse(q.Text), 300), kit.Body, theme.Ink)
	text.MaxLines = 2
	col := kit.Column(0, text)
	if f.silent(q.ID) {
		text.MaxLines, text.Colour = 1, theme.Muted
		col.Add(kit.NewText(f.s.o.Printer.T("drafts.silent"), kit.Caption, theme.Muted))
	}
	return kit.Fixed(0, questionHigh-1, kit.Row(12, kit.Middle, tick, kit.Flex(col)))
}

// silent tells that the lecture says nothing about a question, so that it is
// not asked.
func (f *offer) silent(id string) bool {
	if f.plan == nil {
		return false
	}
	for _, q := range f.plan.Left {
		if q.ID == id {
			return true
		}
	}
	return false
}

func (f *offer) toggle(i int) {
	if i < 0 || i >= len(f.s.open) {
		return
	}
	id := f.s.open[i].ID
	f.off[id] = !f.off[id]
	f.list.Renew()
	f.make()
}

func (f *offer) tickAll(on bool) {
	for _, q := range f.s.open {
		f.off[q.ID] = !on
	}
	f.list.Renew()
	f.make()
}

// paint shows the plan: who gets what, and the text.
func (f *offer) paint() {
	p := f.s.o.Printer
	n := len(f.ticked())
	f.all.Text = p.N("drafts.ticked", n, "All", p.Int(len(f.s.open)))
	f.all.SetPart(n > 0, n == len(f.s.open))
	f.head.Objects = nil
	f.parts, f.part = nil, 0
	switch {
	case f.err != nil:
		f.head.Add(kit.NewErrorLine(p.Fault(f.err), f.err.Error(), nil))
	case f.plan == nil:
		f.head.Add(kit.NewLabel("…", kit.Heading, theme.Muted))
	default:
		f.paintHead()
		f.parts = textOf(f.plan)
	}
	f.send.Set(p.T("drafts.send"))
	f.send.SetDisabled("")
	if f.plan == nil || f.plan.Questions() == 0 {
		f.send.SetDisabled(p.T("drafts.nothing_to_send"))
	} else {
		f.send.Set(p.N("drafts.send_n", f.plan.Questions()))
	}
	f.turn(0)
	f.right.Refresh()
	f.s.o.Nav.RefreshBar()
}

func (f *offer) paintHead() {
	p, plan := f.s.o.Printer, f.plan
	where := "drafts.elsewhere"
	if plan.Local {
		where = "drafts.here"
	}
	in, out := plan.Tokens()
	f.head.Objects = []fyne.CanvasObject{
		kit.NewText(p.T("drafts.goes_to"), kit.Caption, theme.Muted), kit.Gap(0, 4),
		kit.NewLabel(plan.Host, kit.Heading, theme.Ink), kit.Gap(0, 4),
		kit.NewLabel(p.T(where, "Model", plan.Model), kit.Body, theme.Muted),
		kit.NewLabel(p.N("drafts.cost", len(plan.Requests), "In", p.Int(in), "Out", p.Int(out)), kit.Body, theme.Muted),
	}
	if plan.Open {
		f.head.Add(kit.Gap(0, 12))
		f.head.Add(kit.NewNotice(kit.Warning, "shield-warning", "", p.T("drafts.not_secret"), nil))
	}
	if n := len(plan.Left); n > 0 {
		f.head.Add(kit.NewLabel(p.N("drafts.left", n), kit.Body, theme.Muted))
	}
}

// partSize is about how many bytes of text are shown at a time: a label of a
// whole book would take seconds to lay out.
const partSize = 8000

// textOf is all that a plan sends, in parts that end with paragraphs.
func textOf(plan *draft.Plan) []string {
	var parts []string
	for _, r := range plan.Requests {
		text := r.System + "\n\n" + r.User
		for len(text) > partSize {
			cut := strings.LastIndex(text[:partSize], "\n\n")
			if cut <= 0 {
				cut = strings.LastIndexByte(text[:partSize], '\n')
			}
			if cut <= 0 {
				cut = strings.LastIndexByte(text[:partSize], ' ')
			}
			if cut <= 0 {
				break // one word as long as a part
			}
			parts, text = append(parts, text[:cut]), strings.TrimLeft(text[cut:], "\n")
		}
		parts = append(parts, text)
	}
	return parts
}

// turn shows a part of the text.
func (f *offer) turn(by int) {
	p := f.s.o.Printer
	f.part = min(max(f.part+by, 0), max(0, len(f.parts)-1))
	text := ""
	if len(f.parts) > 0 {
		text = f.parts[f.part]
	}
	f.text.Set(text)
	f.pager.Objects = []fyne.CanvasObject{kit.NewText(p.T("drafts.whole_text"), kit.Caption, theme.Muted), kit.Spring()}
	if len(f.parts) > 1 {
		back := kit.NewIconButton("caret-left", p.T("drafts.part_before"), keys.Left, func() { f.turn(-1) }).Tool()
		next := kit.NewIconButton("caret-right", p.T("drafts.part_after"), keys.Right, func() { f.turn(1) }).Tool()
		f.pager.Objects = append(f.pager.Objects, back,
			kit.NewText(p.T("drafts.part", "N", p.Int(f.part+1), "All", p.Int(len(f.parts))), kit.Caption, theme.Muted), next)
	} else {
		f.pager.Objects = append(f.pager.Objects, kit.Gap(0, theme.ControlSmall))
	}
	f.roll.SetContent(f.roll.Content)
	f.pager.Refresh()
}

func (f *offer) key(k keys.Key) bool {
	switch k {
	case keys.CtrlEnter:
		f.s.send()
	case keys.Space:
		f.toggle(f.list.At())
	case keys.Left:
		f.turn(-1)
	case keys.Right:
		f.turn(1)
	default:
		return f.list.Press(k)
	}
	return true
}

func (f *offer) bar(bar *nav.Bar) {
	p := f.s.o.Printer
	if f.s.small {
		bar.Beside = f.panes
	}
	if n := len(f.s.rows); n > 0 {
		bar.Actions = append(bar.Actions, kit.NewButton(p.N("drafts.back_to", n), kit.Quiet, func() {
			f.s.more = false
			f.s.show()
		}))
	}
	bar.Actions = append(bar.Actions, f.send)
}
