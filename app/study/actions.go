package study

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/study/session"
	"lectern/app/theme"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
)

// actions are what stands in the bar below the sheet: the way to the answer,
// the grades, the ways out of writing and editing.
type actions struct {
	s   *Screen
	bar *kit.ActionBar

	reveal  *kit.Button
	two     [2]*kit.Grade // Again and Good
	four    [4]*kit.Grade
	precise *kit.Button

	noAnswer, save   *kit.Button // of the writer
	cancel, saveEdit *kit.Button // of the editor
}

func newActions(s *Screen) *actions {
	t := s.o.Printer.T
	a := &actions{s: s, bar: kit.NewActionBar(false)}
	a.reveal = kit.NewButton(t("study.show"), kit.Primary, s.reveal).WithKey(keys.Space).Sized(theme.ControlMain, 280)
	grade := func(g scheduler.Grade, k keys.Key) *kit.Grade {
		return kit.NewGrade(int(g), t("study.grade_"+strconv.Itoa(int(g))), "", "", k, func() { s.grade(g) })
	}
	a.two = [2]*kit.Grade{grade(scheduler.Again, "1"), grade(scheduler.Good, keys.Space)}
	for i, g := range scheduler.Grades {
		a.four[i] = grade(g, keys.Key(strconv.Itoa(int(g))))
	}
	a.two[1].Default, a.four[2].Default = true, true
	a.precise = kit.NewButton(t("study.precise"), kit.Quiet, func() { s.wide = true; a.paint() })
	a.precise.After, a.precise.Plain, a.precise.Colour = "caret-up", true, theme.Muted
	a.precise.SetTip(t("study.precise_tip"), keys.None)
	a.noAnswer = kit.NewButton(t("study.grade_without"), kit.Quiet, s.withoutAnswer)
	a.save = kit.NewButton(t("study.save_and_grade"), kit.Primary, func() { s.saveAnswer() }).WithKey(keys.CtrlEnter).Sized(theme.ControlMain, 300)
	a.cancel = kit.NewButton(t("study.leave_edit"), kit.Quiet, s.leaveEdit).WithKey(keys.Esc)
	a.saveEdit = kit.NewButton(t("study.save"), kit.Primary, s.saveEdit).WithKey(keys.CtrlEnter).Sized(theme.ControlMain, 280)
	return a
}

func (a *actions) set(objects ...fyne.CanvasObject) { a.bar.Set(objects...) }

// paint sets the bar for the present side.
func (a *actions) paint() {
	switch s := a.s; s.side {
	case asking:
		a.set(a.reveal)
	case writing:
		a.set(a.noAnswer, kit.Gap(0, 0), a.save)
	case editing:
		a.set(a.cancel, kit.Gap(0, 0), a.saveEdit)
	case shown:
		if s.card != nil && s.card.Four || s.wide {
			for i, g := range a.four {
				when, tip := a.when(scheduler.Grades[i])
				g.Set(strings.TrimPrefix(when, s.o.Printer.T("study.in")), tip)
			}
			a.set(a.four[0], a.four[1], a.four[2], a.four[3])
			return
		}
		for i, g := range []scheduler.Grade{scheduler.Again, scheduler.Good} {
			a.two[i].Set(a.when(g))
		}
		a.set(a.two[0], a.two[1], a.precise)
	default:
		a.set()
	}
}

// when says how long until the card comes back after a grade, and the date. In a
// preview a card comes back within the session or is done with.
func (a *actions) when(g scheduler.Grade) (wait, tip string) {
	p, o := a.s.o.Printer, a.s.card.Outcomes[g-1]
	now := a.s.o.Now()
	if a.s.card.Preview && o.Wait == 0 {
		return p.T("study.preview_done"), p.T("study.preview_done_tip")
	}
	wait = p.Wait(o.Wait)
	if a.s.card.Preview || !o.Card.Due.IsZero() {
		return wait, p.Clock(now.Add(o.Wait))
	}
	y, m, d := o.Card.DueDay.Date() // not now and the wait: before the rollover today is yesterday still
	day := time.Date(y, m, d, 12, 0, 0, 0, now.Location())
	if day.Year() != now.Year() {
		return wait, p.DateFrom(now, day)
	}
	return wait, p.LongDate(day)
}

// reveal turns the card over.
func (s *Screen) reveal() {
	if s.side != asking {
		return
	}
	if s.face.needs {
		s.write()
	} else {
		s.turn(shown)
	}
	s.paper.reveal()
}

// good is what Space does with the answer in sight: a page further while there
// is more to read, the grade Good at its end.
func (s *Screen) good() {
	if !s.paper.scroll.AtEnd() {
		s.paper.scroll.ScrollBy(0.85)
		return
	}
	s.grade(scheduler.Good)
}

// grade ends the card: the answer is kept and the next card is there, or the
// card stays with the reason in red.
func (s *Screen) grade(g scheduler.Grade) {
	card := s.card
	if card == nil || s.side != shown {
		return
	}
	took := s.watch.took()
	var got collection.Answered
	err := s.change(func(ctx context.Context) (err error) {
		got, err = s.o.Collection.Answer(ctx, collection.AnswerRequest{
			Card: card.Card, Grade: g, Took: took, Scope: s.session.Scope,
			Said: card.Outcomes[g-1].Wait, Shown: card.Shown,
		})
		return err
	})
	if fault.Is(err, fault.Outdated) {
		s.again() // with the waits of now
	}
	if err != nil {
		s.failed(err, func() { s.grade(g) })
		return
	}
	s.session.Add(session.Answer{
		Card: card.Card, Question: s.face.plain, Deck: card.Deck, Section: card.Section,
		Grade: g, Known: card.Phase == scheduler.Review, Took: took,
	})
	s.hinted()
	s.show(got.Next)
	if got.Leech {
		s.leech(card.Card, got.Paused)
	}
}
