package collection

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"lectern/decks/fold"
	"lectern/decks/release"
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
		match, err := matchText(q, m, query.Text)
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
		due = v.waiting()
	}
	hits := []int{}
	for i := v.scope.from; i < v.scope.to; i++ {
		e := &v.m.cards[i]
		switch {
		case v.scope.section != anySection && e.section != v.scope.section,
			match != nil && !match[e.n],
			e.retired != query.Retired,
			query.Unanswered && !e.needs,
			query.Flagged && e.flag == 0,
			query.Suspended && !e.suspended,
			query.Due && !due[i]:
			continue
		}
		hits = append(hits, i)
	}
	return hits
}

// matchText finds the notes that have all words of a text, by notes.n; nil
// when there are no words.
func matchText(q querier, m *memory, text string) ([]bool, error) {
	words := strings.Fields(fold.Fold(release.Line(text)))
	if len(words) == 0 {
		return nil, nil
	}
	// The index knows three letters and more; shorter words are looked for in
	// the texts themselves.
	var long []string
	var where []string
	var args []any
	for _, w := range words {
		if utf8.RuneCountInString(w) >= 3 {
			long = append(long, `"`+strings.ReplaceAll(w, `"`, `""`)+`"`)
			continue
		}
		where = append(where, `instr(notes.search, ?) > 0`)
		args = append(args, w)
	}
	query := `SELECT n FROM notes`
	switch {
	case len(long) > 0 && len(where) == 0:
		query = `SELECT rowid FROM notes_index WHERE notes_index MATCH ?`
		args = []any{strings.Join(long, " AND ")}
	case len(long) > 0:
		query = `SELECT n FROM notes_index JOIN notes ON notes.n = notes_index.rowid WHERE notes_index MATCH ? AND ` + strings.Join(where, " AND ")
		args = append([]any{strings.Join(long, " AND ")}, args...)
	default:
		query += ` WHERE ` + strings.Join(where, " AND ")
	}
	match := make([]bool, m.maxN+1)
	rows, err := q.query(query, args...)
	err = each(rows, err, func(s scanner) error {
		var n int64
		if err := s.Scan(&n); err != nil {
			return err
		}
		if n < int64(len(match)) {
			match[n] = true
		}
		return nil
	})
	return match, err
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
			Phase: e.card.Phase, Due: v.due(e, loc), Recall: v.recall(e),
			Lapses: e.card.Lapses, Flag: int(e.flag), Suspended: e.suspended, NeedsAnswer: e.needs,
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
	if e.card.Phase == scheduler.New {
		return time.Time{}
	}
	return scheduler.DueTime(e.card, v.rollover, loc).In(loc)
}

func (v *view) recall(e *cardEntry) float64 {
	if e.card.Phase == scheduler.New {
		return 0
	}
	return v.m.sched.Recall(e.card, v.day)
}
