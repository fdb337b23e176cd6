package collection

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"lectern/decks"
	"lectern/scheduler"
	"lectern/scheduler/exam"
)

// plans are the lists of the day for the decks that have an exam.
type plans struct {
	mu   sync.Mutex
	made map[string]*dayPlan // by deck
}

// dayPlan is what a plan wants asked on a day.
type dayPlan struct {
	day   scheduler.Day
	exam  string // as it was set
	cards int    // of the deck
	list  map[decks.CardID]int32
}

// planToday makes the lists of the day that are not made yet. It is called
// before the queue is looked at, without a lock: a plan takes a while.
func (c *Collection) planToday(ctx context.Context) error {
	type due struct {
		exam    Exam
		minutes float64 // of today that are used up
		cards   int
	}
	var todo []due
	var today scheduler.Day
	err := c.read(ctx, func(q querier, m *memory) error {
		if len(m.rules.exams) == 0 {
			return nil
		}
		today = m.sched.Day(c.Now())
		for deck, e := range m.rules.exams {
			i, ok := m.deckAt[deck]
			if !ok || e.Day <= today || c.plans.of(m, i, today) != nil {
				continue
			}
			var ms int64
			err := q.row(`SELECT coalesce(sum(ms), 0) FROM days WHERE day = ? AND deck = ?`, int(today), deck).Scan(&ms)
			if err != nil {
				return fmt.Errorf("read the day's minutes: %w", err)
			}
			todo = append(todo, due{e, float64(ms) / 60_000, m.decks[i].to - m.decks[i].from})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, d := range todo {
		plan, err := c.planExam(ctx, d.exam, d.minutes, false)
		if errors.Is(err, exam.ErrPast) {
			continue
		}
		if err != nil {
			return fmt.Errorf("plan the day for the exam: %w", err)
		}
		list := make(map[decks.CardID]int32, len(plan.List))
		for k, id := range plan.List {
			list[id] = int32(k + 1)
		}
		c.plans.keep(d.exam.Deck, &dayPlan{today, d.exam.key(), d.cards, list})
	}
	return nil
}

func (e Exam) key() string {
	text, err := json.Marshal(e)
	if err != nil {
		return "" // a goal that is not a number, which checkExam refuses
	}
	return string(text)
}

func (p *plans) keep(deck string, made *dayPlan) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.made == nil {
		p.made = map[string]*dayPlan{}
	}
	p.made[deck] = made
}

// of returns the list of a deck for today, nil when it has to be made.
func (p *plans) of(m *memory, deck int, today scheduler.Day) *dayPlan {
	p.mu.Lock()
	defer p.mu.Unlock()
	d := &m.decks[deck]
	made := p.made[d.id]
	if made == nil || made.day != today || made.cards != d.to-d.from || made.exam != m.rules.exams[d.id].key() {
		return nil
	}
	return made
}

// planned is what the plans want of each card today; nil: there are none.
func (p *plans) planned(m *memory, today scheduler.Day) []int32 {
	var out []int32
	for deck, e := range m.rules.exams {
		i, ok := m.deckAt[deck]
		if !ok {
			continue
		}
		made := p.of(m, i, today)
		if made == nil {
			continue
		}
		if out == nil {
			out = make([]int32, len(m.cards))
		}
		d := &m.decks[i]
		for k := d.from; k < d.to; k++ {
			if !e.covers(d, &m.cards[k]) {
				continue
			}
			out[k] = -1
			if n, ok := made.list[m.cards[k].id]; ok {
				out[k] = n
			}
		}
	}
	return out
}
