package cards

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks/collection"
	"lectern/decks/fault"
)

// farthest is how many days ahead a card can be put.
const farthest = 3650

// span reads "5" or "5-9": days from today on. Any dash will do.
func span(text string) (from, to int, err error) {
	first, second, both := strings.Cut(strings.NewReplacer("–", "-", "—", "-", "−", "-").Replace(text), "-")
	if from, err = strconv.Atoi(strings.TrimSpace(first)); err != nil {
		return 0, 0, err
	}
	if to = from; both {
		if to, err = strconv.Atoi(strings.TrimSpace(second)); err != nil {
			return 0, 0, err
		}
	}
	if from < 0 || to < from || to > farthest {
		return 0, 0, errors.New("days out of range")
	}
	return from, to, nil
}

// setDue asks on which days the chosen cards are to come back, and says what
// that means before it is done.
func (s *Screen) setDue(rows []collection.Row) {
	p := s.o.Printer
	sentence := kit.NewLabel("", kit.Body, theme.Ink)
	before := kit.NewLabel(s.waiting(rows), kit.Caption, theme.Muted)
	body := kit.Column(0)
	say := func(text string) {
		from, to, err := span(text)
		sentence.Colour = theme.Ink
		if err != nil {
			sentence.Colour = theme.Muted
			sentence.Set(p.T("cards.due_hint"))
		} else {
			sentence.Set(s.promise(len(rows), from, to))
		}
		sentence.Refresh()
		kit.Relayout(body)
	}
	field := kit.NewField("1", "", say)
	body.Objects = kit.Column(0,
		kit.NewText(p.T("cards.due_when"), kit.Caption, theme.Muted), kit.Gap(0, 6), kit.Row(0, kit.Middle, kit.Fixed(240, 0, field), kit.Spring()),
		kit.Gap(0, 16), sentence, kit.Gap(0, 4), before).Objects
	say(field.Text())
	s.o.Nav.Form(nav.Form{
		Title: p.N("cards.due_title", len(rows)), Content: body, First: field.Focusable(), Save: p.T("cards.due_yes"),
		Keep: func() error {
			from, to, err := span(field.Text())
			if err != nil {
				return fault.New(fault.BadArgument, err, "what", field.Text())
			}
			s.run(s.promise(len(rows), from, to), func(ctx context.Context) error {
				return s.o.Collection.SetDue(ctx, ids(rows), from, to)
			})
			return nil
		},
	})
}

// waiting says when the cards come back as things stand.
func (s *Screen) waiting(rows []collection.Row) string {
	p := s.o.Printer
	today, later, fresh := 0, 0, 0
	for _, r := range rows {
		switch _, now := s.list.when(r); {
		case r.Due.IsZero():
			fresh++
		case now:
			today++
		default:
			later++
		}
	}
	return p.T("cards.due_before", "Today", p.Int(today), "Later", p.Int(later), "New", p.Int(fresh))
}

// promise says on which days so many cards will come back.
func (s *Screen) promise(n, from, to int) string {
	p := s.o.Printer
	now := s.o.Now()
	date := func(days int) string {
		return p.DateFrom(now, time.Date(now.Year(), now.Month(), now.Day()+days, 12, 0, 0, 0, now.Location()))
	}
	switch {
	case to == 0:
		return p.N("cards.due_today", n)
	case from == to:
		return p.N("cards.due_on", n, "Date", date(from))
	}
	first := date(from)
	if from == 0 {
		first = p.T("cards.due_from_today")
	}
	return p.N("cards.due_spread", n, "From", first, "To", date(to), "Each", p.Int(max(1, (n+to-from)/(to-from+1))))
}
