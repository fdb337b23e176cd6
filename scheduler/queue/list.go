package queue

import (
	"time"

	"lectern/scheduler"
)

// Study is how a list is studied.
type Study int

// The ways to study a list.
const (
	// Scheduled answers count: cards come back as their answers say, early ones too.
	Scheduled Study = iota
	// Preview leaves every schedule as it is.
	Preview
)

// FromList makes a queue of given cards in a given order, due or not, without
// limits and without regard to siblings. In a scheduled list a card is done
// when its next date is another day; in a preview when it was known.
func FromList(cards Cards, o Options, list []int32, how Study) *Queue {
	q := &Queue{cards: cards, opt: o, cutoff: o.Now, listed: true}
	q.opt.From, q.opt.To = 0, int32(cards.Len())
	q.opt.Under = 0
	q.at = make([]place, cards.Len())
	q.byNode = make([]Tally, len(o.Nodes))
	for _, i := range list {
		if i < 0 || int(i) >= cards.Len() || q.at[i] != none {
			continue
		}
		c := q.cards.At(i)
		switch {
		case c.Off:
			continue
		case how == Preview || c.Due.IsZero():
			q.enter(i, known(c))
			q.due = append(q.due, i)
		case c.Due.Before(o.End):
			q.enter(i, step)
			q.steps.push(i, c.Due)
		}
	}
	q.steps.sort()
	return q
}

// known is the place of a card that is asked whether it is due or not.
func known(c *Card) place {
	switch c.Phase {
	case scheduler.New:
		return fresh
	case scheduler.Review:
		return review
	default:
		return dayStep
	}
}

// PreviewWait is how soon a card comes again in a preview; 0: it is done.
func PreviewWait(g scheduler.Grade) time.Duration {
	switch g {
	case scheduler.Again:
		return time.Minute
	case scheduler.Hard:
		return 10 * time.Minute
	default:
		return 0
	}
}

// Previewed moves a preview on after a grade at now.
func (q *Queue) Previewed(i int32, g scheduler.Grade, now time.Time) {
	if now.After(q.cutoff) {
		q.cutoff = now
	}
	q.leave(i)
	if wait := PreviewWait(g); wait > 0 {
		q.again(i, now.Add(wait))
	}
}
