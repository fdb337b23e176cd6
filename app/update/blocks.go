package update

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/app/worddiff"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/merge"
)

// blocks are the parts of a change below its question.
func (v *pageView) blocks(r *merge.Row) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	add := func(o fyne.CanvasObject) {
		if o != nil {
			out = append(out, o)
		}
	}
	if r.Old.ID == "" || r.New.ID == "" {
		add(v.origin(r))
		for _, f := range decks.Fields[1:] {
			add(v.whole(r, f))
		}
		add(v.options(nil, noteOf(r).Choices))
		if r.Kind == merge.RowSplit || r.Kind == merge.RowJoined {
			add(v.memory())
		}
		return out
	}
	for i := range r.Texts {
		t := &r.Texts[i]
		switch {
		case r.Asks() && t.Mark.Asks():
			add(v.choices(r, t))
		case t.Field != decks.Front:
			add(v.text(r, t))
		default:
			add(v.back(r, t))
		}
	}
	if r.Options {
		add(v.options(r.Old.Choices, r.New.Choices))
	}
	add(v.about(r))
	if back := r.Now.Text(decks.Back); back != "" && textOf(r, decks.Back) == nil {
		style := answered
		style.Colour = theme.Muted
		add(v.labelled(v.s.o.Printer.T("update.answer_same"), v.draw(back, style)))
	}
	return out
}

// labelled puts a word over a part.
func (v *pageView) labelled(word string, o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Column(6, kit.NewText(word, kit.Caption, theme.Muted), o)
}

func (v *pageView) field(f decks.Field) string { return v.s.o.Printer.T("update.name_" + string(f)) }

// whole is a text of a note that comes or goes.
func (v *pageView) whole(r *merge.Row, f decks.Field) fyne.CanvasObject {
	text := noteOf(r).Text(f)
	if text == "" {
		if f == decks.Back && noteOf(r).Kind != decks.Choice && noteOf(r).Kind != decks.Cloze {
			return v.labelled(v.field(f), kit.NewLabel(v.s.o.Printer.T("update.no_answer"), kit.Body, theme.Muted))
		}
		return nil
	}
	style := answered
	if r.Kind == merge.RowRetired {
		style.Colour = theme.Muted
	}
	return v.labelled(v.field(f), v.draw(text, style))
}

// text is how a text changed that asks nothing.
func (v *pageView) text(r *merge.Row, t *merge.TextChange) fyne.CanvasObject {
	was, now := v.sides(r, t)
	var body fyne.CanvasObject
	switch {
	case was == now || was == "":
		body = v.draw(now, answered)
	default:
		body = v.s.comparison(worddiff.Readable(was, now), kit.RowText)
	}
	name := v.field(t.Field)
	if t.Mark == merge.Mine && !r.Kept && !r.Frozen {
		name = v.s.o.Printer.T("update.authors", "What", name)
	}
	if back := v.back(r, t); back != nil {
		body = kit.Column(8, body, back)
	}
	return v.labelled(name, body)
}

// back leads from a merged text to the student's own, and again to the merged one.
func (v *pageView) back(r *merge.Row, t *merge.TextChange) fyne.CanvasObject {
	if t.Mark != merge.Merged && t.Mark != merge.Both || t.Edit == nil || r.Kept || r.Frozen {
		return nil
	}
	p := v.s.o.Printer
	says := kit.NewLabel("", kit.Caption, theme.Muted)
	press := kit.NewButton("", kit.Quiet, func() {
		of := textKey(r, t)
		if v.s.chosen[of] == merge.ChooseMine {
			delete(v.s.chosen, of)
		} else {
			v.s.chosen[of] = merge.ChooseMine
		}
		v.paint()
	}).Sized(theme.ControlSmall, 0)
	line := kit.Row(8, kit.Middle, kit.Icon("git-merge", 18, theme.Muted), kit.Flex(says), press)
	paint := func() {
		says.Set(p.T("update.merged"))
		press.Set(p.T("update.merged_back"))
		if v.s.chosen[textKey(r, t)] == merge.ChooseMine {
			says.Set(p.T("update.merged_mine"))
			press.Set(p.T("update.merged_again"))
		}
		line.Refresh()
	}
	paint()
	v.follow = append(v.follow, paint)
	return line
}

// choices are the three ways to go on with a text that both wrote.
func (v *pageView) choices(r *merge.Row, t *merge.TextChange) fyne.CanvasObject {
	p := v.s.o.Printer
	col := kit.Column(12)
	several := 0
	for _, x := range r.Texts {
		if x.Mark.Asks() {
			several++
		}
	}
	if several > 1 || len(r.Texts) > 1 {
		col.Add(kit.NewText(v.field(t.Field), kit.Caption, theme.Muted))
	}
	add := func(c merge.Choice, note string, body fyne.CanvasObject) {
		take := func() { v.s.decide(r, t, c) }
		lid := newCover(body, take)
		choice := kit.NewChoice(p.T("update.choose_"+string(c)), note, choiceKeys[c], lid, take)
		lid.choice = choice
		paint := func() { choice.Set(v.s.decided(r.Note, t) == c) }
		paint()
		v.follow = append(v.follow, paint)
		col.Add(choice)
	}
	add(merge.ChooseMine, p.T("update.note_mine"), v.side(t.Edit.Base, t.Edit.Value, "update.cleared"))
	add(merge.ChooseTheirs, p.T("update.release", "N", v.s.number()), v.side(t.Edit.Base, t.New, "update.went"))
	if offers(t, merge.ChooseBoth) {
		add(merge.ChooseBoth, p.T("update.note_both"), v.draw(merge.Joined(t.Edit.Base, t.New, t.Edit.Value), answered))
	}
	return col
}

// side is one hand's text over what was there before.
func (v *pageView) side(base, now, none string) fyne.CanvasObject {
	switch {
	case now == "":
		return kit.NewLabel(v.s.o.Printer.T(none), kit.Body, theme.Muted)
	case base == "" || base == now:
		return v.draw(now, answered)
	}
	return v.s.comparison(worddiff.Readable(base, now), kit.RowText)
}

// origin says of which notes one was made, or which stand for it now.
func (v *pageView) origin(r *merge.Row) fyne.CanvasObject {
	ids, word := r.From, "update.made_of"
	if r.Kind == merge.RowRetired {
		ids, word = r.Into, "update.made_into"
	}
	col := kit.Column(4)
	for _, id := range ids {
		if q := v.questionOf(id); q != "" {
			col.Add(kit.Row(8, kit.Top, kit.Pad(kit.Insets{Top: 4}, kit.Icon("caret-right", 14, theme.Muted)),
				kit.Flex(kit.NewLabel(q, kit.Body, theme.Ink))))
		}
	}
	if len(col.Objects) == 0 {
		return nil
	}
	return v.labelled(v.s.o.Printer.T(word), col)
}

// questionOf is what a note of the update or of the release asks, "" for none.
func (v *pageView) questionOf(id string) string {
	const most = 160
	for i := range v.s.o.Offer.Update.Rows {
		if r := &v.s.o.Offer.Update.Rows[i]; r.Note == id {
			return i18n.Question(noteOf(r), most)
		}
	}
	notes := v.s.o.Offer.Shipment.Release.Deck.Notes
	if i := slices.IndexFunc(notes, func(n decks.Note) bool { return n.ID == id }); i >= 0 {
		return i18n.Question(notes[i], most)
	}
	return ""
}

// memory asks with which memory cards made of others begin.
func (v *pageView) memory() fyne.CanvasObject {
	p := v.s.o.Printer
	var old, fresh *kit.Choice
	set := func(asNew bool) func() {
		return func() {
			v.s.asNew = asNew
			v.paint()
		}
	}
	old = kit.NewChoice(p.T("update.memory_old"), p.T("update.memory_old_note"), "", nil, set(false))
	fresh = kit.NewChoice(p.T("update.memory_new"), p.T("update.memory_new_note"), "", nil, set(true))
	paint := func() {
		old.Set(!v.s.asNew)
		fresh.Set(v.s.asNew)
	}
	paint()
	v.follow = append(v.follow, paint)
	return v.labelled(p.T("update.memory"), kit.Column(10, old, fresh))
}

// options are those of a choice: what came, went and became right.
func (v *pageView) options(was, now []decks.Option) fyne.CanvasObject {
	if len(was)+len(now) == 0 {
		return nil
	}
	p := v.s.o.Printer
	col := kit.Column(8)
	line := func(runs []merge.Run, right bool, note string) {
		icon := kit.Icon("check-bold", 16, theme.Success)
		icon.Hidden = !right
		row := kit.Row(10, kit.Top, kit.Fixed(16, 26, icon), kit.Flex(worddiff.New(worddiff.Paragraphs(runs), kit.RowText)))
		if note != "" {
			row.Add(kit.NewChip(note, "", kit.Info))
		}
		col.Add(row)
	}
	for _, o := range pairs(was, now) {
		note := ""
		switch {
		case o.was != nil && o.now != nil && o.was.Right != o.now.Right && o.now.Right:
			note = p.T("update.option_right")
		case o.was != nil && o.now != nil && o.was.Right != o.now.Right:
			note = p.T("update.option_wrong")
		}
		switch {
		case o.now == nil:
			line([]merge.Run{{Text: worddiff.Plain(o.was.Text), Kind: merge.Went}}, false, note)
		case o.was != nil:
			line(worddiff.Readable(o.was.Text, o.now.Text), o.now.Right, note)
		case was == nil: // the note is new as a whole
			line([]merge.Run{{Text: worddiff.Plain(o.now.Text), Kind: merge.Stayed}}, o.now.Right, note)
		default:
			line([]merge.Run{{Text: worddiff.Plain(o.now.Text), Kind: merge.Came}}, o.now.Right, note)
		}
	}
	return v.labelled(p.T("update.options"), col)
}

// option is one before and after; either may be nil.
type option struct{ was, now *decks.Option }

// pairs finds for each option what it was: the same text, or else the first one that is
// gone. What is left of the old ones comes last.
func pairs(was, now []decks.Option) []option {
	var free []*decks.Option
	for i := range was {
		if !slices.ContainsFunc(now, func(o decks.Option) bool { return o.Text == was[i].Text }) {
			free = append(free, &was[i])
		}
	}
	var out []option
	for i := range now {
		o := option{now: &now[i]}
		if k := slices.IndexFunc(was, func(x decks.Option) bool { return x.Text == now[i].Text }); k >= 0 {
			o.was = &was[k]
		} else if len(free) > 0 {
			o.was, free = free[0], free[1:]
		}
		out = append(out, o)
	}
	for _, o := range free {
		out = append(out, option{was: o})
	}
	return out
}

// about is what else differs: kind, difficulty, tags, section.
func (v *pageView) about(r *merge.Row) fyne.CanvasObject {
	p := v.s.o.Printer
	col := kit.Column(4)
	say := func(text string) { col.Add(kit.NewLabel(text, kit.Body, theme.Ink)) }
	if r.Old.Kind != r.New.Kind {
		say(p.T("update.about_kind", "From", v.kind(r.Old.Kind), "To", v.kind(r.New.Kind)))
	}
	if r.Old.Difficulty != r.New.Difficulty {
		level := func(d decks.Difficulty) string { return p.T("update.difficulty_" + string(d)) }
		say(p.T("update.about_difficulty", "From", level(r.Old.Difficulty), "To", level(r.New.Difficulty)))
	}
	if r.Section {
		d := &v.s.o.Offer.Shipment.Release.Deck
		from, had := d.Section(r.Old.Section)
		to, _ := d.Section(r.New.Section)
		if had {
			say(p.T("update.about_section", "From", from.Title, "To", to.Title))
		} else {
			say(p.T("update.about_section_now", "To", to.Title))
		}
	}
	if a, b := strings.Join(r.Was.Tags, ", "), strings.Join(r.Now.Tags, ", "); a != b {
		col.Add(kit.Row(6, kit.Top, kit.NewText(p.T("update.about_tags"), kit.Body, theme.Muted),
			kit.Flex(worddiff.New(worddiff.Paragraphs(worddiff.Told(merge.Runs(a, b))), kit.Body))))
	}
	if len(col.Objects) == 0 {
		return nil
	}
	return col
}
