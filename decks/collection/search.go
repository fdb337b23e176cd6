package collection

import (
	"context"
	"fmt"
	"time"

	"lectern/scheduler"
)

// pageSize is how many rows a Query without a limit gives.
const pageSize = 200

// Search finds cards by the words of their notes and by state, in course order.
// All words have to be there, each anywhere in the text, folded: case, ё and
// the Unicode form do not matter.
func (c *Collection) Search(ctx context.Context, query Query) (found Found, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		v, err := c.viewAt(q, m, c.clock(), query.Scope)
		if err != nil {
			return err
		}
		match, err := m.matching(q, query.Text)
		if err != nil {
			return err
		}
		hits := v.filter(query, match)
		found.Total = len(hits)
		limit := query.Limit
		if limit <= 0 {
			limit = pageSize
		}
		from := min(max(query.Offset, 0), len(hits))
		to := from + min(limit, len(hits)-from)
		found.Rows, err = v.rows(q, hits[from:to])
		return err
	})
	if err != nil {
		return Found{}, fmt.Errorf("search %q: %w", query.Text, err)
	}
	return found, nil
}

// filter returns the indexes of the cards that a query asks for. match says
// which notes have the words; nil: all.
func (v *view) filter(query Query, match []bool) []int {
	var due map[int]bool
	if query.Due {
		due = map[int]bool{}
		v.queue().Cards(func(i int32) { due[int(i)] = true })
	}
	hits := []int{}
	for i := v.scope.from; i < v.scope.to; i++ {
		e := &v.m.cards[i]
		switch {
		case v.scope.section != anySection && e.section != v.scope.section,
			match != nil && !match[e.n],
			e.retired != query.Retired,
			query.Unanswered && !e.q.Needs,
			query.Flagged && e.flag == 0,
			query.Suspended && !e.suspended,
			query.Leeches && !v.m.leech(e),
			query.Due && !due[i]:
			continue
		}
		hits = append(hits, i)
	}
	return hits
}

// leech says whether a card was forgotten as often as its preset counts.
func (m *memory) leech(e *cardEntry) bool {
	most := m.decks[e.deck].rules.preset.LeechLapses
	return most > 0 && e.q.Lapses >= most
}

// rows reads what a list shows of cards.
func (v *view) rows(q querier, hits []int) ([]Row, error) {
	out := make([]Row, 0, len(hits))
	loc := v.dayEnd.Location()
	for _, i := range hits {
		e := &v.m.cards[i]
		d := &v.m.decks[e.deck]
		r := Row{
			Card: e.id, Note: e.id.Note(), Deck: d.id, DeckTitle: d.title, Section: v.m.section(e).Title,
			Phase: e.q.Phase, Due: v.due(e, loc), Recall: v.recall(e),
			Lapses: e.q.Lapses, Flag: int(e.flag), Suspended: e.suspended, NeedsAnswer: e.q.Needs,
		}
		if err := q.row(`SELECT question, answer FROM notes WHERE n = ?`, e.n).Scan(&r.Question, &r.Answer); err != nil {
			return nil, fmt.Errorf("read note %s: %w", r.Note, err)
		}
		out = append(out, r)
	}
	return out, nil
}

// due is when a card comes back, where the student is; zero for a new card.
func (v *view) due(e *cardEntry, loc *time.Location) time.Time {
	if e.q.Phase == scheduler.New {
		return time.Time{}
	}
	return scheduler.DueTime(e.q.Card, v.rollover, loc).In(loc)
}

func (v *view) recall(e *cardEntry) float64 {
	if e.q.Phase == scheduler.New {
		return 0
	}
	return v.m.decks[e.deck].rules.sched.RecallAt(e.q.Card, v.now)
}
