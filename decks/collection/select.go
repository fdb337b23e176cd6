package collection

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/fold"
	"lectern/scheduler"
)

// Selection asks for cards to study beside the day's queue.
type Selection struct {
	Scope Scope
	Kind  string   // one of the kinds below
	Days  int      // SelectAhead: due within so many; SelectForgotten: in the last so many, today is 1; SelectNew: that came in the last so many, 0 all
	Text  string   // words of the note, as in a Query
	Tags  []string // any of them; none: all cards
	Limit int      // at most so many, 0: all
}

// The kinds of a Selection.
const (
	SelectAll       = "all"       // all cards, as the course goes
	SelectDue       = "due"       // what is due, limits left aside, the longest due first
	SelectAhead     = "ahead"     // reviews that come up, the soonest first
	SelectForgotten = "forgotten" // forgotten lately, mixed
	SelectNew       = "new"       // never answered, as the course goes
	SelectWeak      = "weak"      // answered, the least recall first
)

// Select finds cards for StudyList, paused and withdrawn ones left out. Fault:
// BadArgument for a kind that is none.
func (c *Collection) Select(ctx context.Context, s Selection) (cards []decks.CardID, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		v, err := c.viewAt(q, m, c.clock(), s.Scope)
		if err != nil {
			return err
		}
		match, err := m.matching(q, s.Text)
		if err != nil {
			return err
		}
		if match, err = m.tagged(q, match, s.Tags); err != nil {
			return err
		}
		wanted, order, err := v.selecting(q, s)
		if err != nil {
			return err
		}
		var hits []int32
		for _, i := range v.filter(Query{}, match) {
			if e := &m.cards[i]; !e.suspended && wanted(e) {
				hits = append(hits, int32(i))
			}
		}
		if order != nil {
			slices.SortStableFunc(hits, func(a, b int32) int { return order(&m.cards[a], &m.cards[b]) })
		}
		if s.Limit > 0 {
			hits = hits[:min(len(hits), s.Limit)]
		}
		cards = make([]decks.CardID, len(hits))
		for k, i := range hits {
			cards[k] = m.cards[i].id
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("choose cards: %w", err)
	}
	return cards, nil
}

// selecting returns which cards a kind wants, and in what order; nil: as the
// course goes.
func (v *view) selecting(q querier, s Selection) (wanted func(*cardEntry) bool, order func(a, b *cardEntry) int, err error) {
	known := func(e *cardEntry) bool { return e.q.Phase != scheduler.New }
	byDay := func(a, b *cardEntry) int { return cmp.Compare(a.q.DueDay, b.q.DueDay) }
	switch s.Kind {
	case SelectAll:
		return func(*cardEntry) bool { return true }, nil, nil
	case SelectDue:
		return func(e *cardEntry) bool { return known(e) && (!e.q.Due.IsZero() || e.q.DueDay <= v.day) }, byDay, nil
	case SelectAhead:
		last := v.day + scheduler.Day(max(0, s.Days))
		return func(e *cardEntry) bool { return known(e) && e.q.Due.IsZero() && e.q.DueDay <= last }, byDay, nil
	case SelectWeak:
		return known, func(a, b *cardEntry) int { return cmp.Compare(v.recall(a), v.recall(b)) }, nil
	case SelectNew:
		since, err := v.installedSince(q, s.Days)
		return func(e *cardEntry) bool { return !known(e) && since[e.deck] }, nil, err
	case SelectForgotten:
		forgotten, err := v.forgottenSince(q, v.day-scheduler.Day(max(1, s.Days)-1))
		mixed := func(a, b *cardEntry) int { return cmp.Compare(a.q.Seed, b.q.Seed) }
		return func(e *cardEntry) bool { return forgotten[e.id] }, mixed, err
	default:
		return nil, nil, fault.New(fault.BadArgument, nil, "what", "kind "+s.Kind)
	}
}

// forgottenSince returns the cards answered Again on a day or later.
func (v *view) forgottenSince(q querier, day scheduler.Day) (map[decks.CardID]bool, error) {
	out := map[decks.CardID]bool{}
	from := scheduler.DayStart(day, v.rollover, v.dayEnd.Location())
	rows, err := q.query(`SELECT DISTINCT card FROM reviews WHERE at_ms >= ? AND grade = 1 AND kind = 'answer' AND op NOT IN undone`, from.UnixMilli())
	err = each(rows, err, func(s scanner) error {
		var id string
		err := s.Scan(&id)
		out[decks.CardID(id)] = true
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what was forgotten: %w", err)
	}
	return out, nil
}

// installedSince says which decks came or changed in the last days; 0: all.
func (v *view) installedSince(q querier, days int) (map[int32]bool, error) {
	out := map[int32]bool{}
	from := time.Time{}
	if days > 0 {
		from = scheduler.DayStart(v.day-scheduler.Day(days-1), v.rollover, v.dayEnd.Location())
	}
	rows, err := q.query(`SELECT deck, max(at_ms) FROM installs WHERE op NOT IN undone GROUP BY deck`)
	err = each(rows, err, func(s scanner) error {
		var deck string
		var at int64
		err := s.Scan(&deck, &at)
		if i, ok := v.m.deckAt[deck]; ok && !time.UnixMilli(at).Before(from) {
			out[int32(i)] = true
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read when decks came: %w", err)
	}
	return out, nil
}

// tagged narrows the notes that match to those with any of the tags.
func (m *memory) tagged(q querier, match []bool, tags []string) ([]bool, error) {
	if len(tags) == 0 {
		return match, nil
	}
	out := make([]bool, int(m.maxN)+1)
	rows, err := q.query(`SELECT id, n, shown FROM notes`)
	err = each(rows, err, func(s scanner) error {
		var id, text string
		var n int64
		if err := s.Scan(&id, &n, &text); err != nil {
			return err
		}
		if match != nil && !match[n] {
			return nil
		}
		note, err := parseNote(id, text)
		if err != nil {
			return err
		}
		out[n] = slices.ContainsFunc(note.Tags, func(have string) bool {
			return slices.ContainsFunc(tags, func(want string) bool { return fold.Equal(have, want) })
		})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the tags: %w", err)
	}
	return out, nil
}
