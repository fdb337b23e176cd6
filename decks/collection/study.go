package collection

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/scheduler"
)

// AnswerRequest is a grade for a card. Took is the time from question to grade;
// Scope is what is studied, for the next card. Said is the wait that stood
// under the grade: what is kept is what was said, or nothing. Zero: no wait was
// shown.
type AnswerRequest struct {
	Card  decks.CardID
	Grade scheduler.Grade
	Took  time.Duration
	Scope Scope
	Said  time.Duration
}

// Next returns the card to study now, nil when nothing is left in the scope.
// It changes nothing: asked again it gives the same card.
func (c *Collection) Next(ctx context.Context, s Scope) (card *StudyCard, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		v, err := c.viewAt(q, m, c.clock(), s)
		if err != nil {
			return err
		}
		card, err = v.next(q)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find the next card: %w", err)
	}
	return card, nil
}

func (v *view) next(q querier) (*StudyCard, error) {
	found := v.look()
	i := found.pick()
	if i < 0 {
		return nil, nil
	}
	return v.study(q, &v.m.cards[i], found.counts)
}

// study makes a card ready to be shown.
func (v *view) study(q querier, e *cardEntry, left Counts) (*StudyCard, error) {
	var text string
	note := e.id.Note()
	if err := q.row(`SELECT shown FROM notes WHERE id = ?`, note).Scan(&text); err != nil {
		return nil, fmt.Errorf("read note %s: %w", note, err)
	}
	n, err := parseNote(note, text)
	if err != nil {
		return nil, err
	}
	d := &v.m.decks[e.deck]
	return &StudyCard{
		Card: e.id, Note: n, Deck: d.id, DeckTitle: d.title, Section: v.m.section(e),
		Phase: e.card.Phase, Flag: int(e.flag), Left: left,
		Outcomes: v.m.sched.Outcomes(e.card, v.now, scheduler.Seed(string(e.id), e.card.Reps)),
	}, nil
}

// Card returns one card, whether or not it is its turn. Left counts its deck.
// Fault: NoSuchCard.
func (c *Collection) Card(ctx context.Context, id decks.CardID) (card *StudyCard, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		e, err := m.find(id)
		if err != nil {
			return err
		}
		v, err := c.viewAt(q, m, c.clock(), Scope{Deck: m.decks[e.deck].id})
		if err != nil {
			return err
		}
		found := v.look()
		card, err = v.study(q, e, found.counts)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read card %s: %w", id, err)
	}
	return card, nil
}

// Answer keeps a review and returns its receipt with the next card: one
// transaction, which is on the disk when Answer returns. Faults: NoSuchCard for
// a card that is not there, BadArgument for a grade that is none, for a card
// that is suspended or withdrawn; Outdated when the wait is not the one that was
// said, since the day has turned or another program answered; and those of a
// failed write. After a failure
// nothing has changed and the answer can be given again.
func (c *Collection) Answer(ctx context.Context, r AnswerRequest) (Answered, error) {
	if r.Grade < scheduler.Again || r.Grade > scheduler.Easy {
		return Answered{}, fault.New(fault.BadArgument, nil, "what", "grade "+strconv.Itoa(int(r.Grade)))
	}
	var out Answered
	err := c.write(ctx, func(t *tx, m *memory) (ch Change, err error) {
		out, err = c.answer(t, m, r)
		return Change{Op: OpAnswer, Grade: r.Grade, Cards: []decks.CardID{r.Card}, Queue: true}, err
	})
	if err != nil {
		return Answered{}, fmt.Errorf("answer card %s: %w", r.Card, err)
	}
	return out, nil
}

func (c *Collection) answer(t *tx, m *memory, r AnswerRequest) (Answered, error) {
	e, err := m.find(r.Card)
	if err != nil {
		return Answered{}, err
	}
	if e.suspended || e.retired {
		problem := "card_paused"
		if e.retired {
			problem = "card_withdrawn"
		}
		return Answered{}, fault.New(fault.BadArgument, nil, "what", fmt.Sprintf("%s: %s", problem, r.Card), "problem", problem, "card", r.Card)
	}
	reviews, err := readReviews(t, r.Card)
	if err != nil {
		return Answered{}, err
	}
	op, err := c.begin(t, OpAnswer, string(r.Card))
	if err != nil {
		return Answered{}, err
	}
	before := e.card
	outcome := m.sched.Outcomes(before, op.at, scheduler.Seed(string(r.Card), before.Reps))[r.Grade-1]
	if r.Said != 0 && r.Said != outcome.Wait {
		return Answered{}, fault.New(fault.Outdated, fmt.Errorf("the wait is %v, not %v", outcome.Wait, r.Said))
	}
	after := outcome.Card
	day := m.sched.Day(op.at)
	if err := m.setDay(t, day); err != nil {
		return Answered{}, err
	}
	took := max(0, r.Took).Truncate(time.Millisecond)
	id, err := op.event("reviews", reviewColumns, `?, ?, ?`, heads(reviews), string(r.Card), int(r.Grade), took.Milliseconds())
	if err != nil {
		return Answered{}, err
	}
	if err := putSchedule(t, r.Card, after); err != nil {
		return Answered{}, err
	}
	e.card = after
	counts := dayCounts{}
	counts.add(dayKey{day, m.decks[e.deck].id}, countOf(&reviewEvent{grade: r.Grade, took: took}, before))
	if err := counts.put(t, m); err != nil {
		return Answered{}, err
	}
	now := c.clock()
	v, err := c.viewAt(t, m, now, r.Scope)
	if err != nil {
		return Answered{}, err
	}
	next, err := v.next(t)
	if err != nil {
		return Answered{}, err
	}
	return Answered{
		Review: id, Card: r.Card, Next: next,
		Due:   scheduler.DueTime(after, v.rollover, now.Location()).In(now.Location()),
		Leech: after.Lapses > before.Lapses && scheduler.Leech(after, m.preset),
	}, nil
}

// MoreNew lets the scope show n new cards more today.
func (c *Collection) MoreNew(ctx context.Context, s Scope, n int) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		v, err := c.viewAt(t, m, c.clock(), s)
		if err != nil {
			return Change{}, err
		}
		// The cards come in course order, so each deck is asked for those it
		// holds back until n are found.
		more := map[int32]int{}
		seen := make([]int, len(m.decks))
		left := n
		v.each(func(i int, p place) {
			d := m.cards[i].deck
			if p != unseen || left <= 0 {
				return
			}
			if seen[d]++; seen[d] > v.limits(d).fresh {
				more[d]++
				left--
			}
		})
		if len(more) == 0 {
			return Change{}, nil
		}
		op, err := c.begin(t, OpMoreNew, s.Deck)
		if err != nil {
			return Change{}, err
		}
		for d := range int32(len(m.decks)) {
			if more[d] == 0 {
				continue
			}
			// Cards beyond the limit, started in another way, do not eat up what is let in.
			was := max(v.done[d].more, v.done[d].fresh-m.preset.NewPerDay)
			if err := op.choose(choiceMore(m.decks[d].id, v.day), strconv.Itoa(was+more[d])); err != nil {
				return Change{}, err
			}
		}
		m.day = noDay
		return Change{Op: OpMoreNew, Queue: true}, nil
	})
	if err != nil {
		return fmt.Errorf("show more new cards: %w", err)
	}
	return nil
}

// choose appends a choice.
func (o *op) choose(name, value string) error {
	events, err := readChoices(o.t, name)
	if err != nil {
		return err
	}
	_, err = o.event("choices", `name, value`, `?, ?`, heads(events), name, value)
	return err
}
