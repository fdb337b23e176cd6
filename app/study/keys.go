package study

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// Letters that only this screen uses.
const (
	keyS keys.Key = "S"
	keyH keys.Key = "H"
)

func gradeOf(digit int) scheduler.Grade { return scheduler.Grade(digit) }

// Key is for nav.Screen.
func (s *Screen) Key(k keys.Key) bool {
	if s.card == nil {
		return false
	}
	switch s.side {
	case editing:
		return s.editKey(k)
	case writing:
		if s.writeKey(k) {
			return true
		}
		if s.writer.field.Focused() {
			return false
		}
	}
	return s.cardKey(k)
}

// cardKey takes a press while the card itself is in sight.
func (s *Screen) cardKey(k keys.Key) bool {
	switch k {
	case keys.Space, keys.Enter:
		switch {
		case k == keys.Enter && s.fault.retry != nil:
			s.fault.retry()
		case s.side == asking:
			s.reveal()
		case s.side == shown:
			s.good()
		}
	case "1", "2", "3", "4":
		// Before the answer is seen there is nothing to grade.
		if d, _ := k.Digit(); s.side == shown {
			s.grade(gradeOf(d))
		}
	case keys.E:
		s.edit()
	case keys.P:
		s.suspend()
	case keys.F:
		s.flag()
	case keyS:
		s.skip()
	case keyH:
		s.paper.giveHint()
	case keys.U:
		s.remark(collection.Unclear)
	case keyW:
		s.remark(collection.Wrong)
	case keys.CtrlC:
		text := s.paper.selected()
		if text == "" {
			return false
		}
		fyne.CurrentApp().Clipboard().SetContent(text)
	default:
		return s.paper.scrollKey(k)
	}
	return true
}
