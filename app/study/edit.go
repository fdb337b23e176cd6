package study

import (
	"context"
	"encoding/json"
	"maps"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks"
	"lectern/decks/content"
)

// editor changes the card in its place: question and answer as Markdown, and
// below them how they will look.
type editor struct {
	s      *Screen
	object *fyne.Container

	front, back         *kit.Field
	frontRoom, backRoom *room
	preview             *cardview.View
	backParts           []fyne.CanvasObject
	looks               []fyne.CanvasObject

	note    string
	from    side    // the side to go back to
	offset  float32 // how far that was scrolled
	edited  *kit.Field
	waiting bool // what is typed is about to be kept
}

func newEditor(s *Screen) *editor {
	t := s.o.Printer.T
	e := &editor{s: s, preview: cardview.New(s.o.Texts)}
	e.front = kit.NewArea(kit.Answer, 2, "", t("study.question_place"), func(string) { e.edited = e.front; e.typed() })
	e.back = kit.NewArea(kit.Answer, 3, "", t("study.placeholder"), func(string) { e.edited = e.back; e.typed() })
	e.frontRoom, e.backRoom = newRoom(e.front, 100, s.paper.whole), newRoom(e.back, 130, s.paper.whole)
	label := func(key string, f *kit.Field) fyne.CanvasObject {
		return kit.Pad(kit.Sides(-8, 0), kit.Row(2, kit.Middle,
			kit.Flex(kit.NewLabel(t(key), kit.Caption, theme.Muted)), tools(s.o.Printer, f, s.o.Nav)))
	}
	e.backParts = []fyne.CanvasObject{kit.Gap(0, 16), label("study.answer", e.back), kit.Gap(0, 6), e.backRoom}
	e.looks = []fyne.CanvasObject{
		kit.Gap(0, 20), kit.NewText(t("study.looks"), kit.Caption, theme.Muted), kit.Gap(0, 8), kit.Rule(), kit.Gap(0, 16), e.preview,
	}
	e.object = kit.Column(0, label("study.question", e.front), kit.Gap(0, 6), e.frontRoom)
	for _, o := range append(e.backParts, e.looks...) {
		e.object.Add(o)
	}
	return e
}

// hasBack tells whether the answer is edited too. While the question is asked
// it is not: that would tell the answer.
func (e *editor) hasBack() bool {
	n := e.s.card.Note
	return e.from != asking && (n.Kind == decks.Question || n.Kind == decks.Exercise || n.Text(decks.Back) != "")
}

// first is the field that gets the keyboard.
func (e *editor) first() fyne.Focusable {
	if e.hasBack() {
		return e.back.Focusable()
	}
	return e.front.Focusable()
}

// edit turns the card into fields.
func (s *Screen) edit() {
	if s.card == nil || s.side == editing {
		return
	}
	e := s.editor
	s.writer.keep()
	e.from, e.note = s.side, s.card.Note.ID
	front, back := s.card.Note.Text(decks.Front), s.card.Note.Text(decks.Back)
	draft := e.stashed()
	if text, ok := draft[decks.Front]; ok {
		front = text
	}
	if text, ok := draft[decks.Back]; ok {
		back = text
	}
	e.front.SetText(front)
	e.back.SetText(back)
	for _, o := range e.backParts {
		o.(interface{ Show() }).Show()
		if !e.hasBack() {
			o.Hide()
		}
	}
	e.edited = e.front
	if e.hasBack() {
		e.edited = e.back
	}
	e.show()
	s.watch.pause()
	e.offset = s.paper.scroll.Offset()
	s.turn(editing)
	s.paper.scroll.ScrollTo(0)
}

// typed follows the text, and keeps it a second later.
func (e *editor) typed() {
	if !e.waiting {
		e.waiting = true
		e.s.o.After(draftEvery, func() {
			e.waiting = false
			e.keep()
		})
	}
	e.show()
	if e.edited == e.front {
		e.frontRoom.follow(e.s.paper)
	} else {
		e.backRoom.follow(e.s.paper)
	}
}

func (e *editor) fit(small bool) {
	e.front.SetFace(answerType(small))
	e.back.SetFace(answerType(small))
	if e.s.side == editing {
		e.show()
	}
}

// show draws the field that is being edited as it will look.
func (e *editor) show() {
	t, balanced := answerType(e.s.small), false
	if e.edited == e.front {
		t, balanced = questionType(e.s.small), true
	}
	e.preview.SetDocument(content.Parse(e.edited.Text()), cardview.Style{Type: t, Colour: theme.Ink, Balanced: balanced, Tallest: e.s.paper.tallest()})
}

// changes lists the fields that differ from the card.
func (e *editor) changes() map[decks.Field]string {
	n := e.s.card.Note
	out := map[decks.Field]string{}
	if text := e.front.Text(); text != n.Text(decks.Front) {
		out[decks.Front] = text
	}
	if text := e.back.Text(); e.hasBack() && text != n.Text(decks.Back) {
		out[decks.Back] = text
	}
	return out
}

func (e *editor) key() string { return draftKey("edit." + e.note) }

// keep writes down what was typed and is not saved, so that leaving in the
// middle of an edit, or a crash, loses nothing.
func (e *editor) keep() {
	if e.s.side == editing {
		e.stash(e.changes())
	}
}

// drop forgets it.
func (e *editor) drop() { e.stash(nil) }

// stash keeps the fields that differ from the card. A draft of the answer stays
// while only the question is in sight.
func (e *editor) stash(draft map[decks.Field]string) {
	old := e.stashed()
	if text, ok := old[decks.Back]; ok && !e.hasBack() {
		if draft == nil {
			draft = map[decks.Field]string{}
		}
		draft[decks.Back] = text
	}
	if maps.Equal(old, draft) {
		return
	}
	text := []byte(nil)
	if len(draft) > 0 {
		var err error
		if text, err = json.Marshal(draft); err != nil {
			return
		}
	}
	_ = e.s.o.Collection.SetSetting(context.Background(), e.key(), string(text)) // a draft is not worth an interruption
}

// stashed is what was typed before and not saved.
func (e *editor) stashed() (draft map[decks.Field]string) {
	text, err := e.s.o.Collection.Setting(context.Background(), e.key())
	if err != nil || text == "" || json.Unmarshal([]byte(text), &draft) != nil {
		return nil
	}
	return draft
}

// saveEdit keeps what was changed and goes back to the side it came from.
func (s *Screen) saveEdit() {
	if s.side != editing {
		return
	}
	changes := s.editor.changes()
	err := s.change(func(ctx context.Context) error {
		for _, f := range []decks.Field{decks.Front, decks.Back} {
			if text, ok := changes[f]; ok {
				if err := s.o.Collection.Edit(ctx, s.editor.note, f, text); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		s.failed(err, s.saveEdit)
		return
	}
	s.editor.drop()
	s.closeEdit()
	if len(changes) > 0 {
		s.o.Nav.Toast(s.o.Printer.T("study.edited"), s.undoAction())
	}
}

// leaveEdit goes back without saving. What was typed is there when the editor
// opens again.
func (s *Screen) leaveEdit() {
	if len(s.editor.changes()) > 0 {
		s.editor.keep()
		id := s.card.Card
		s.o.Nav.Toast(s.o.Printer.T("study.not_saved"), nav.Action{Text: s.o.Printer.T("study.go_on_editing"), Key: keys.E, Do: func() { s.rewrite(id) }})
	} else {
		s.editor.drop()
	}
	s.closeEdit()
}

func (s *Screen) closeEdit() {
	s.fault.hide()
	s.side = s.editor.from
	s.o.Nav.Focus(nil)
	if back := s.back; back != "" {
		s.showCard(back)
		return
	}
	s.again()
	s.paper.scroll.ScrollTo(s.editor.offset)
	s.watch.resume()
}

// editKey takes a press while the card is edited and the fields had no use for
// it.
func (s *Screen) editKey(k keys.Key) bool {
	f := s.editor.front
	if s.editor.back.Focused() {
		f = s.editor.back
	}
	switch k {
	case keys.CtrlEnter, keys.CtrlS:
		s.saveEdit()
	case keys.CtrlB:
		embolden(f)
	case keys.CtrlI:
		slant(f)
	case keys.Esc:
		s.leaveEdit()
	default:
		return s.paper.scrollKey(k)
	}
	return true
}
