package study

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks"
)

// draftEvery is how often a draft is kept while it is being written.
const draftEvery = time.Second

// draftKey names the setting that holds the draft of a note's answer.
func draftKey(note string) string { return "draft." + note }

// writer is the place to write the answer a card does not have: it stands where
// the answer would.
type writer struct {
	s      *Screen
	object *fyne.Container
	field  *kit.Field
	room   *room
	place  *kit.Button
	take   *kit.Button

	draft   string // that waits for the note; "" for none
	note    string // whose answer is written
	kept    string // what the draft on disk says
	waiting bool   // a draft is about to be kept
}

func newWriter(s *Screen) *writer {
	t := s.o.Printer.T
	w := &writer{s: s}
	w.field = kit.NewArea(kit.Answer, 6, "", t("study.placeholder"), w.typed)
	w.room = newRoom(w.field, 224, s.paper.spare)
	w.place = kit.NewButton(t("study.place"), kit.Quiet, s.openPlace).WithIcon("book-open")
	w.place.Height = theme.ControlSmall
	w.take = kit.NewButton(t("study.take_draft"), kit.Quiet, w.insertDraft).WithIcon("pencil-simple-line")
	w.take.Height = theme.ControlSmall
	w.object = kit.Column(0,
		kit.Pad(kit.Sides(-2, 0), kit.Row(2, kit.Middle,
			kit.Flex(kit.NewLabel(t("study.your_answer"), kit.Caption, theme.Muted)),
			tools(s.o.Printer, w.field, s.o.Nav))),
		kit.Gap(0, 8),
		w.room,
		kit.Gap(0, 10),
		kit.Pad(kit.Insets{Left: -8}, kit.Row(8, kit.Middle, w.place, w.take, kit.Spring())),
	)
	return w
}

func (w *writer) fit(small bool) {
	w.room.least = 224
	if small {
		w.room.least = 150
	}
	w.field.SetFace(answerType(small))
}

// begin shows the draft of the present card.
func (w *writer) begin() {
	note := w.s.card.Note.ID
	if w.note != note {
		w.keep()
		w.note, w.kept = note, ""
		if text, err := w.s.o.Collection.Setting(context.Background(), draftKey(note)); err == nil {
			w.kept = text
		}
		w.field.SetText(w.kept)
	}
	w.place.Hidden = !w.s.hasPlace()
	w.draft = w.s.draftOf(note)
	w.take.Hidden = w.draft == ""
}

// draftOf is the draft that waits for a note. One that cannot be read is missed
// only here.
func (s *Screen) draftOf(note string) string {
	rows, err := s.o.Collection.Drafts(context.Background(), s.card.Deck)
	if err != nil {
		return ""
	}
	for _, r := range rows {
		if r.Note == note {
			return r.Text
		}
	}
	return ""
}

// insertDraft puts the draft where the answer is written: what the student then
// saves is his.
func (w *writer) insertDraft() {
	w.s.o.Nav.Focus(w.field.Focusable())
	w.field.Insert(w.draft)
	w.take.Hide()
}

// text is what is written, without the blanks around it.
func (w *writer) text() string { return strings.TrimSpace(w.field.Text()) }

// typed keeps the draft a second after a change.
func (w *writer) typed(string) {
	w.room.follow(w.s.paper)
	if w.waiting {
		return
	}
	w.waiting = true
	w.s.o.After(draftEvery, func() {
		w.waiting = false
		w.keep()
	})
}

// keep writes the draft down if it differs from the one on disk. A draft that
// cannot be kept is not worth an interruption: the text is still in the field,
// and saving it will say what is wrong.
func (w *writer) keep() {
	if w.note == "" || w.field.Text() == w.kept {
		return
	}
	text := w.field.Text()
	if w.s.o.Collection.SetSetting(context.Background(), draftKey(w.note), text) == nil {
		w.kept = text
	}
}

// drop forgets the draft of an answer that is saved.
func (w *writer) drop() {
	if w.kept != "" && w.s.o.Collection.SetSetting(context.Background(), draftKey(w.note), "") != nil {
		return // it stays until the card lacks an answer again
	}
	w.kept = ""
}

// write turns to the place of the missing answer.
func (s *Screen) write() {
	s.writer.begin()
	s.turn(writing)
	s.writer.field.ToEnd()
}

// saveAnswer keeps what was written as the student's answer and goes on to the
// grades; it tells whether it did.
func (s *Screen) saveAnswer() bool {
	text := s.writer.text()
	if text == "" {
		s.o.Nav.Focus(s.writer.field.Focusable())
		return false
	}
	note := s.card.Note.ID
	err := s.change(func(ctx context.Context) error { return s.o.Collection.Edit(ctx, note, decks.Back, text) })
	if err != nil {
		s.failed(err, func() { s.saveAnswer() })
		return false
	}
	s.fault.hide()
	s.writer.drop()
	s.again()
	return true
}

// withoutAnswer goes on to the grades; what was written stays as a draft.
func (s *Screen) withoutAnswer() {
	s.writer.keep()
	s.turn(shown)
}

// writeKey takes a press while the answer is written and the field itself had
// no use for it.
func (s *Screen) writeKey(k keys.Key) bool {
	f := s.writer.field
	switch k {
	case keys.CtrlEnter:
		s.saveAnswer()
	case keys.CtrlB:
		embolden(f)
	case keys.CtrlI:
		slant(f)
	case keys.Esc:
		if !f.Focused() {
			return false
		}
		s.writer.keep()
		s.o.Nav.Focus(nil)
	case keys.Enter, keys.Space:
		s.o.Nav.Focus(f.Focusable())
	case "1", "2", "3", "4":
		// Words that were written are never lost to a grade.
		if s.writer.text() == "" {
			s.withoutAnswer()
		} else if !s.saveAnswer() {
			return true
		}
		d, _ := k.Digit()
		s.grade(gradeOf(d))
	default:
		return false
	}
	return true
}
