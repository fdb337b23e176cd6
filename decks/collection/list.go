package collection

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/scheduler"
	"lectern/scheduler/queue"
)

// list is a custom study: cards in an order, studied beside the day's queue.
// It is kept like a setting, so that it outlives a restart.
type list struct {
	Title   string         `json:"title"`
	Preview bool           `json:"preview"` // answers leave the schedules alone
	Cards   []decks.CardID `json:"cards"`
	BeganMS int64          `json:"began_ms"`

	known map[decks.CardID]bool // in a preview: known since it began
}

const settingList = "study_list"

func (l *list) how() queue.Study {
	if l.Preview {
		return queue.Preview
	}
	return queue.Scheduled
}

// left are the cards that are still to be studied: all but those that were
// answered since the list began and come back another day.
func (l *list) left(v *view) []int32 {
	var out []int32
	began := time.UnixMilli(l.BeganMS)
	for _, id := range l.Cards {
		i, ok := v.m.cardAt[id]
		if !ok || l.known[id] {
			continue
		}
		c := &v.m.cards[i].q
		if !l.Preview && c.Phase == scheduler.Review && c.Last.After(began) {
			continue
		}
		out = append(out, i)
	}
	return out
}

// readList reads the custom study that was begun last; an empty one when there
// was none.
func (m *memory) readList(q querier) (*list, error) {
	l := &list{known: map[decks.CardID]bool{}}
	var text string
	err := q.row(`SELECT value FROM settings WHERE key = ?`, settingList).Scan(&text)
	if isNoRows(err) {
		return l, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the custom study: %w", err)
	}
	if json.Unmarshal([]byte(text), l) != nil {
		l = &list{known: l.known} // not worth more than a new one
	}
	if !l.Preview {
		return l, nil
	}
	rows, err := q.query(`SELECT card, grade FROM reviews WHERE kind = 'preview' AND at_ms >= ? AND op NOT IN undone ORDER BY seq`, l.BeganMS)
	err = each(rows, err, func(s scanner) error {
		var id string
		var grade int
		err := s.Scan(&id, &grade)
		l.known[decks.CardID(id)] = queue.PreviewWait(scheduler.Grade(grade)) == 0
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the preview's answers: %w", err)
	}
	return l, nil
}

// StudyList begins a custom study of given cards in their order: study it with
// Scope{List: true}. In a preview answers are kept but change no schedule;
// otherwise they count, those before the card was due too. Fault: BadArgument
// for no cards.
func (c *Collection) StudyList(ctx context.Context, title string, cards []decks.CardID, preview bool) error {
	if len(cards) == 0 {
		return fault.New(fault.BadArgument, nil, "what", "custom study of no cards")
	}
	text, err := json.Marshal(list{Title: title, Preview: preview, Cards: cards, BeganMS: c.clock().UnixMilli()})
	if err != nil {
		return fmt.Errorf("begin a custom study: %w", err)
	}
	c.held.forget()
	return c.SetSetting(ctx, settingList, string(text))
}

// ListInfo describes the custom study that was begun last.
type ListInfo struct {
	Title   string
	Preview bool
	Cards   int
	Left    int
}

// List returns the custom study that was begun last, nil when none was or
// nothing is left of it.
func (c *Collection) List(ctx context.Context) (info *ListInfo, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		v, err := c.viewAt(q, m, c.clock(), Scope{List: true})
		if err != nil {
			return err
		}
		if n := v.queue().Left().Total(); n > 0 {
			info = &ListInfo{Title: v.list.Title, Preview: v.list.Preview, Cards: len(v.list.Cards), Left: n}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the custom study: %w", err)
	}
	return info, nil
}
