package collection

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/scheduler"
	"lectern/scheduler/queue"
)

// AnswerRequest is a grade for a card. Took is the time from question to grade;
// Scope is what is studied, for the next card. Said is the wait that stood
// under the grade and Shown when it was worked out: what is kept is what was
// said, or nothing. Zero: no wait was shown.
type AnswerRequest struct {
	Card  decks.CardID
	Grade scheduler.Grade
	Took  time.Duration
	Scope Scope
	Said  time.Duration
	Shown time.Time
}

// Begin starts a session: as Next, but steps that have ended by now come first.
func (c *Collection) Begin(ctx context.Context, s Scope) (*StudyCard, error) {
	c.held.forget()
	if err := c.planToday(ctx); err != nil {
		return nil, fmt.Errorf("begin to study: %w", err)
	}
	return c.Next(ctx, s)
}

// Next returns the card to study now, nil when nothing is left in the scope.
// It changes nothing: asked again it gives the same card.
func (c *Collection) Next(ctx context.Context, s Scope) (card *StudyCard, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		v, err := c.viewAt(q, m, c.clock(), s)
		if err != nil {
			return err
		}
		card, err = c.next(q, v, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find the next card: %w", err)
	}
	return card, nil
}

func (c *Collection) next(q querier, v *view, s Scope) (card *StudyCard, err error) {
	err = c.held.use(v, s, func(found *queue.Queue) error {
		i := found.Next(v.now.Time)
		if i < 0 {
			return nil
		}
		card, err = v.study(q, &v.m.cards[i], v.counts(found.Left()))
		return err
	})
	return card, err
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
	card := &StudyCard{
		Card: e.id, Note: n, Deck: d.id, DeckTitle: d.title, Section: v.m.section(e),
		Phase: e.q.Phase, Flag: int(e.flag), Left: left, Shown: v.now.Time, Four: d.rules.preset.FourButtons,
	}
	if v.list != nil && v.list.Preview {
		card.Preview = true
		for i, g := range scheduler.Grades {
			card.Outcomes[i] = scheduler.Outcome{Grade: g, Card: e.q.Card, Wait: queue.PreviewWait(g)}
		}
		return card, nil
	}
	card.Outcomes = v.m.outcomes(e, v.now)
	if d.origin.Kind == originAuthor && e.q.Reps > 0 {
		card.Changed, err = changed(q, e.id)
	}
	return card, err
}

// changed reports whether the author has changed a card in substance since it was answered.
func changed(q querier, id decks.CardID) (bool, error) {
	var kind reviewKind
	var author sql.NullString
	err := q.row(`SELECT kind, author FROM reviews WHERE card = ? AND op NOT IN undone ORDER BY seq DESC LIMIT 1`, string(id)).Scan(&kind, &author)
	if isNoRows(err) || err == nil && !author.Valid {
		return false, nil
	}
	var m authorMove
	if err == nil {
		err = json.Unmarshal([]byte(author.String), &m)
	}
	if err != nil {
		return false, fmt.Errorf("read the log of card %s: %w", id, err)
	}
	return m.Why == whyChanged, nil
}

// outcomes are what the grades would do to a card at a moment.
func (m *memory) outcomes(e *cardEntry, at scheduler.Moment) [4]scheduler.Outcome {
	return m.decks[e.deck].rules.sched.Outcomes(e.q.Card, at, seedOf(e.id)(e.q.Reps), m.load(e))
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
		card, err = v.study(q, e, v.counts(v.count(v.scope).Left()))
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
	v, err := c.viewAt(t, m, c.clock(), r.Scope)
	if err != nil {
		return Answered{}, err
	}
	row := reviewEvent{card: r.Card, kind: kindAnswer, grade: r.Grade, took: max(0, r.Took).Truncate(time.Millisecond)}
	before := e.q.Card
	if v.list != nil && v.list.Preview {
		row.kind = kindPreview
	} else if row.promise, err = v.promise(e, r); err != nil {
		return Answered{}, err
	} else {
		row.promised = true
	}
	reviews, err := readReviews(t, r.Card)
	if err != nil {
		return Answered{}, err
	}
	op, err := c.begin(t, OpAnswer, string(r.Card))
	if err != nil {
		return Answered{}, err
	}
	if err := m.setDay(t, v.day); err != nil {
		return Answered{}, err
	}
	id, err := op.review(heads(reviews), &row)
	if err != nil {
		return Answered{}, err
	}
	out := Answered{Review: id, Card: r.Card}
	if row.kind == kindAnswer {
		if err := c.schedule(t, m, e, op, &row, v.day); err != nil {
			return Answered{}, err
		}
		after, preset := e.q.Card, &m.decks[e.deck].rules.preset
		out.Leech = after.Lapses > before.Lapses && scheduler.Leech(after, *preset)
		if out.Paused = out.Leech && preset.LeechPause; out.Paused {
			if err := op.mark(markSuspended, 1, r.Card); err != nil {
				return Answered{}, err
			}
			if err := m.reload(t, []decks.CardID{r.Card}); err != nil {
				return Answered{}, err
			}
		}
	}
	now := c.clock()
	if v, err = c.viewAt(t, m, now, r.Scope); err != nil {
		return Answered{}, err
	}
	c.held.answered(v, r.Scope, m.cardAt[r.Card], r.Grade)
	if out.Next, err = c.next(t, v, r.Scope); err != nil {
		return Answered{}, err
	}
	out.Due = scheduler.DueTime(e.q.Card, v.rollover, now.Location()).In(now.Location())
	return out, nil
}

// promise is what the answer's button said, or the fault Outdated when that is
// no longer so.
func (v *view) promise(e *cardEntry, r AnswerRequest) (scheduler.Promise, error) {
	at := v.now
	if !r.Shown.IsZero() && v.m.sched.Day(scheduler.MomentOf(r.Shown.In(v.dayEnd.Location()))) == v.day {
		at = scheduler.MomentOf(r.Shown.In(v.dayEnd.Location()))
	}
	o := v.m.outcomes(e, at)[r.Grade-1]
	if r.Said != 0 && r.Said != o.Wait {
		return scheduler.Promise{}, fault.New(fault.Outdated, fmt.Errorf("the wait is %v, not %v", o.Wait, r.Said))
	}
	return o.Promise(), nil
}

// schedule brings the caches of a card to what a new row of its log says.
func (c *Collection) schedule(t *tx, m *memory, e *cardEntry, op *op, row *reviewEvent, day scheduler.Day) error {
	d := &m.decks[e.deck]
	row.atMS, row.zoneMin = op.at.Time.UnixMilli(), op.at.Zone
	before := e.q.Card
	after := d.rules.after(e.id, before, row)
	if err := putSchedule(t, e.id, after); err != nil {
		return err
	}
	m.plan(e, -1)
	e.q.Card = after
	m.plan(e, 1)
	counts := dayCounts{}
	counts.add(dayKey{day, d.id}, countOf(row, before, day))
	return counts.put(t, m)
}

// MoreNew lets the scope show n new cards more today.
func (c *Collection) MoreNew(ctx context.Context, s Scope, n int) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		v, err := c.viewAt(t, m, c.clock(), s)
		if err != nil {
			return Change{}, err
		}
		changes, err := v.moreNew(n)
		if err != nil {
			return Change{}, err
		}
		return c.choose(ctx, t, m, OpMoreNew, s.Deck, changes)
	})
	if err != nil {
		return fmt.Errorf("show more new cards: %w", err)
	}
	return nil
}

// moreNew raises today's limits so that n new cards more come: in course order,
// so each deck is asked for those it holds back until n are found.
func (v *view) moreNew(n int) ([]choice, error) {
	m := v.m
	found := v.count(v.scope)
	var changes []choice
	total := 0
	for i := range m.decks {
		d := &m.decks[i]
		node := d.node
		if v.scope.section != anySection && int32(i) == v.scope.deck {
			node = v.scope.node
		}
		more := min(n-total, found.Node(node).Held)
		if more <= 0 {
			continue
		}
		total += more
		raise, err := v.raise(d.id, d.node, found.Node(d.node), more)
		if err != nil {
			return nil, err
		}
		changes = append(changes, raise)
	}
	if l := v.nodes[0].Limit; total > 0 && (l.New < queue.NoLimit || l.Reviews < queue.NoLimit) {
		raise, err := v.raise("", 0, v.count(span{0, len(m.cards), anySection, 0, -1}).Left(), total)
		if err != nil {
			return nil, err
		}
		changes = append(changes, raise)
	}
	return changes, nil
}

// raise lets a node show more new cards today than it was about to: what is
// done, what waits, and those.
func (v *view) raise(deck string, node int32, waits queue.Tally, more int) (choice, error) {
	n := v.nodes[node]
	fresh := n.Done.New + waits.New + more
	l := v.m.rules.today[choiceToday(deck, v.day)]
	l.New = &fresh
	text, err := json.Marshal(l)
	return choice{choiceToday(deck, v.day), string(text)}, err
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
