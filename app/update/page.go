package update

import (
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/app/worddiff"
	"lectern/decks"
	"lectern/decks/content"
	"lectern/decks/merge"
)

// pageView is the right pane: what became of a note, or what is new as a whole.
type pageView struct {
	s      *Screen
	roll   *kit.Scroll
	sheet  *kit.Sheet
	follow []func() // show what is decided now
}

func newPageView(s *Screen) *pageView {
	v := &pageView{s: s, roll: kit.NewScroll(kit.Column(0))}
	v.roll.Ground = theme.Paper
	v.sheet = kit.NewSheet(kit.All(0), v.roll)
	v.sheet.OpenBelow = true
	return v
}

// title is how a question stands over its change.
var title = kit.Question.At(22, 30)

// show shows a row; nil is what is new as a whole.
func (v *pageView) show(r *merge.Row) {
	v.follow = nil
	side := float32(40)
	if v.s.small {
		side = 28
	}
	var o fyne.CanvasObject
	switch {
	case v.s.same():
		o = v.nothing()
	case r == nil:
		o = v.overview()
	default:
		o = v.paper(r)
	}
	v.roll.SetContent(kit.Pad(kit.Insets{Top: 26, Right: side, Bottom: 40, Left: side}, o))
	v.sheet.Refresh()
}

// paint shows what is decided now.
func (v *pageView) paint() {
	for _, f := range v.follow {
		f()
	}
}

// draw shows a text as it will stand on the card.
func (v *pageView) draw(markdown string, style cardview.Style) fyne.CanvasObject {
	view := cardview.New(v.s.texts)
	view.SetDocument(content.Parse(clip(markdown)), style)
	return view
}

var (
	asked    = cardview.Style{Type: title, Colour: theme.Ink, Balanced: true, Tallest: 320}
	answered = cardview.Style{Type: kit.RowText, Colour: theme.Ink, Tallest: 320}
)

// paper is a change as it lies on the sheet.
func (v *pageView) paper(r *merge.Row) fyne.CanvasObject {
	p := v.s.o.Printer
	where := kit.NewText(v.place(r), kit.Caption, theme.Muted)
	where.Elide = true
	of := kit.NewText(p.T("update.of", "N", p.Int(v.s.rows.list.At()), "All", p.Int(len(v.s.o.Offer.Update.Rows))), kit.Caption, theme.Muted)
	line := kit.Row(12, kit.Middle, kit.Flex(where), of)
	if v.s.narrow { // the list is on another page
		step := func(icon, tip string, k keys.Key) fyne.CanvasObject {
			return kit.NewIconButton(icon, p.T(tip), k, func() { v.s.rows.list.Press(k) }).Tool()
		}
		line.Objects = []fyne.CanvasObject{line.Objects[0], step("caret-left", "update.before", keys.Up), of, step("caret-right", "update.after", keys.Down)}
	}
	col := kit.Column(0, line, kit.Gap(0, 10), v.question(r), kit.Gap(0, 8))
	col.Add(kit.NewLabel(v.sentence(r), kit.Body, theme.Muted))
	if r.Substance && !r.Kept && !r.Frozen {
		col.Add(kit.Gap(0, 10))
		col.Add(kit.Row(12, kit.Middle, kit.NewChip(p.T("update.substance"), "warning", kit.Warning),
			kit.Flex(kit.NewLabel(p.T("update.substance_note"), kit.Caption, theme.Muted))))
	}
	if plain(r) {
		col.Add(kit.Gap(0, 14))
		col.Add(v.taking(r))
	}
	col.Add(kit.Gap(0, 20))
	blocks := v.blocks(r)
	for i, b := range blocks {
		if i > 0 {
			col.Add(kit.Gap(0, 22))
		}
		col.Add(b)
	}
	if len(blocks) > 0 {
		col.Add(kit.Gap(0, 26))
	}
	col.Add(v.assurance())
	return col
}

// assurance is what an update leaves alone.
func (v *pageView) assurance() fyne.CanvasObject {
	return kit.Row(8, kit.Top, kit.Pad(kit.Insets{Top: 1}, kit.Icon("clock-counter-clockwise", 18, theme.Muted)),
		kit.Flex(kit.NewLabel(v.s.assurance(), kit.Caption, theme.Muted)))
}

// place is where a note stands.
func (v *pageView) place(r *merge.Row) string {
	d := &v.s.o.Offer.Shipment.Release.Deck
	if sec, ok := d.Section(noteOf(r).Section); ok && sec.Title != "" {
		return d.Title + " \u00a0›\u00a0 " + sec.Title
	}
	return d.Title
}

// question is what is asked; where it changed and nothing is to be decided, how.
func (v *pageView) question(r *merge.Row) fyne.CanvasObject {
	if t := textOf(r, decks.Front); t != nil && !(r.Asks() && t.Mark.Asks()) {
		was, now := v.sides(r, t)
		if was != "" && was != now {
			return v.s.comparison(worddiff.Readable(was, now), title)
		}
	}
	return v.draw(content.FillGaps(noteOf(r).Text(decks.Front), "", false), asked)
}

// textOf is the change of a field, nil when it has none.
func textOf(r *merge.Row, f decks.Field) *merge.TextChange {
	for i := range r.Texts {
		if r.Texts[i].Field == f {
			return &r.Texts[i]
		}
	}
	return nil
}

// sides is what is compared: what the student sees before and after, or what the author
// wrote where nothing changes for the student.
func (v *pageView) sides(r *merge.Row, t *merge.TextChange) (was, now string) {
	if r.Kept || r.Frozen || t.Was == t.Now && t.Mark != merge.Same {
		return t.Old, t.New
	}
	return t.Was, t.Now
}

// sentence says what happened and what is asked of the student.
func (v *pageView) sentence(r *merge.Row) string {
	p := v.s.o.Printer
	switch {
	case r.Kept && r.Kind == merge.RowRetired:
		return p.T("update.say_kept_retired")
	case r.Kept:
		return p.T("update.say_kept")
	case r.Frozen:
		return p.T("update.say_frozen", "From", v.kind(r.Old.Kind), "To", v.kind(r.New.Kind))
	case r.Asks():
		return v.asks(r)
	}
	if v.s.o.Offer.Back && r.Kind != merge.RowMoved {
		return p.T("update.say_back_"+backwards(r), "N", v.s.number())
	}
	switch r.Kind {
	case merge.RowNew:
		return p.T("update.say_new")
	case merge.RowReturned:
		return p.T("update.say_returned")
	case merge.RowMoved:
		return p.T("update.say_moved")
	case merge.RowSplit:
		return p.T("update.say_split")
	case merge.RowJoined:
		return p.N("update.say_joined", len(r.From))
	case merge.RowRetired:
		text := p.T("update.say_retired")
		if r.Why != "" {
			text = p.T("update.say_retired_why", "Why", content.Line(content.Parse(r.Why), 400))
		}
		if r.Mine {
			text += " " + p.T("update.say_retired_mine")
		}
		return text
	}
	k := kindOf(r)
	if k.key == "update.kind_merged" {
		return p.T("update.say_merged")
	}
	if r.Mine && stays(r) {
		return p.T("update.say_stays")
	}
	if strings.HasPrefix(k.key, "update.came_") {
		return p.T("update.say_came")
	}
	return p.T("update.say_changed")
}

// stays tells whether the student's own text stands where the author changed his.
func stays(r *merge.Row) bool {
	for _, t := range r.Texts {
		if t.Mark == merge.Mine || t.Mark == merge.Same {
			return true
		}
	}
	return false
}

// asks puts the question where both wrote.
func (v *pageView) asks(r *merge.Row) string {
	p := v.s.o.Printer
	var fields []string
	quiet := true
	key := "update.ask"
	for i := range r.Texts {
		t := &r.Texts[i]
		if !t.Mark.Asks() {
			continue
		}
		fields = append(fields, p.T("update.field_"+string(t.Field)))
		quiet = quiet && t.Mark == merge.AskQuietly
		switch {
		case t.Field == decks.Back && t.Edit.Base != "" && t.New != "" && strings.HasPrefix(t.Edit.Value, t.Edit.Base):
			key = "update.ask_added"
		case t.Old == "":
			key = "update.ask_both_new"
		case t.New == "":
			key = "update.ask_gone"
		}
	}
	if quiet {
		key = "update.ask_cleared"
	} else if len(fields) > 1 {
		key = "update.ask"
	}
	return p.T(key, "What", strings.Join(fields, ", "))
}

// kind is a kind of note in words.
func (v *pageView) kind(k decks.Kind) string { return v.s.o.Printer.T("update.note_" + string(k)) }

// taking is the box by which a change is taken as a whole or skipped.
func (v *pageView) taking(r *merge.Row) fyne.CanvasObject {
	p := v.s.o.Printer
	key := "update.take"
	switch {
	case r.Kept || r.Frozen:
		key = "update.take_follow"
	case r.Kind == merge.RowNew:
		key = "update.take_new"
	case r.Kind == merge.RowRetired && !v.s.o.Offer.Back:
		key = "update.take_retired"
	}
	box := kit.NewCheck(p.T(key), v.s.taken(r), func(on bool) { v.s.take(r, on) })
	box.SetTip(p.T(key+"_tip"), keys.Space)
	v.follow = append(v.follow, func() { box.Set(v.s.taken(r)) })
	return kit.Row(16, kit.Middle, box, kit.NewText(kit.KeyLabel(keys.Space), kit.Small, theme.Muted), kit.Spring())
}
