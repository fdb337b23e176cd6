package collection

import (
	"sync"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/scheduler"
	"lectern/scheduler/queue"
)

// view is a part of the collection at a moment.
type view struct {
	m        *memory
	now      scheduler.Moment
	day      scheduler.Day
	dayEnd   time.Time
	rollover int
	nodes    []queue.Node
	scope    span
	list     *list          // what Scope.List is about
	planned  func() []int32 // what plans for exams want of each card today
}

// span is a range of cards, and a section of it.
type span struct {
	from, to int
	section  int32 // anySection: all
	node     int32
	deck     int32 // -1: all
}

const anySection = -2

func (m *memory) span(s Scope) (span, error) {
	if s.Deck == "" {
		if s.Section != "" {
			return span{}, fault.New(fault.BadArgument, nil, "what", "section without a deck")
		}
		return span{0, len(m.cards), anySection, 0, -1}, nil
	}
	d, err := m.deck(s.Deck)
	if err != nil {
		return span{}, err
	}
	deck := int32(m.deckAt[s.Deck])
	if s.Section == "" {
		return span{d.from, d.to, anySection, d.node, deck}, nil
	}
	i, ok := d.sectionAt[s.Section]
	if !ok {
		return span{}, fault.New(fault.BadArgument, nil, "what", "unknown section "+s.Section)
	}
	return span{d.from, d.to, int32(i), d.node + 1 + int32(i), deck}, nil
}

// viewAt prepares a look at the queue. q reads the day's counts when memory
// holds those of another day.
func (c *Collection) viewAt(q querier, m *memory, now time.Time, s Scope) (*view, error) {
	sp, err := m.span(s)
	if err != nil {
		return nil, err
	}
	v := &view{m: m, now: scheduler.MomentOf(now), rollover: m.preset.RolloverHour, scope: sp}
	v.day = m.sched.Day(v.now)
	v.dayEnd = scheduler.DayEnd(v.day, v.rollover, now.Location())
	done, err := m.done(q, v.day)
	if err != nil {
		return nil, err
	}
	v.nodes = m.nodes(v.day, done)
	v.planned = sync.OnceValue(func() []int32 { return c.plans.planned(m, v.day) })
	if s.List {
		if v.list, err = m.readList(q); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// nodes is the tree of limits on a day: all decks together, decks, sections.
// Sections have no limit of their own, and mix as their deck does.
func (m *memory) nodes(day scheduler.Day, done []doneToday) []queue.Node {
	out := []queue.Node{{Parent: -1, Limit: m.rules.limit("", day), Beyond: true}}
	for i := range m.decks {
		d := &m.decks[i]
		n := queue.Node{Limit: m.rules.limit(d.id, day), Done: queue.Amount{New: done[i].fresh, Reviews: done[i].due}, Rules: d.rules.sched}
		// A number of new cards set for today holds whatever the reviews.
		n.Beyond = d.rules.preset.NewBeyond || m.rules.today[choiceToday(d.id, day)].New != nil
		out[0].Done.New += n.Done.New
		out[0].Done.Reviews += n.Done.Reviews
		out = append(out, n)
		n.Parent, n.Limit = d.node, queue.Amount{New: queue.NoLimit, Reviews: queue.NoLimit}
		for range d.sections {
			out = append(out, n)
		}
	}
	return out
}

// options are those of a queue of the scope.
func (v *view) options(s span, countOnly bool) queue.Options {
	order := v.m.preset
	if s.deck >= 0 {
		order = v.m.decks[s.deck].rules.preset
	}
	return queue.Options{
		Now: v.now.Time, Day: v.day, End: v.dayEnd, From: int32(s.from), To: int32(s.to), Under: s.node,
		Nodes: v.nodes, Order: order, Planned: v.planned(), Kin: v.m.kin, CountOnly: countOnly,
	}
}

// queue builds the queue of the scope.
func (v *view) queue() *queue.Queue {
	if v.list != nil {
		return queue.FromList(v.m, v.options(v.scope, false), v.list.left(v), v.list.how())
	}
	return queue.Build(v.m, v.options(v.scope, false))
}

// count builds the queue of a part only to count it.
func (v *view) count(s span) *queue.Queue { return queue.Build(v.m, v.options(s, true)) }

// counts are the numbers that are shown of a tally.
func (v *view) counts(t queue.Tally) Counts {
	fresh, known := v.m.times.expected()
	c := Counts{New: t.New, Learning: t.Steps + t.DaySteps, Review: t.Reviews, Unanswered: t.Unanswered}
	c.Minutes = (time.Duration(c.New)*fresh + time.Duration(t.DaySteps+t.Reviews)*known).Minutes()
	return c
}

// held is the queue of the scope that is studied, kept between the answers.
type held struct {
	mu       sync.Mutex
	q        *queue.Queue
	scope    Scope
	day      scheduler.Day
	m        *memory
	revision int
	front    []decks.CardID // answers that were taken back, the last one last
}

// forget makes the next look build the queue anew, with a cut-off of its own.
func (h *held) forget() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.q, h.front = nil, nil
}

// use runs do with the queue of a view, building it when there is none or when
// something changed but an answer. h.mu is held meanwhile.
func (h *held) use(v *view, s Scope, do func(q *queue.Queue) error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.q == nil || h.scope != s || h.day != v.day || h.m != v.m || h.revision != v.m.revision {
		old, goes := h.q, h.scope == s && h.day == v.day
		h.q, h.scope, h.day, h.m, h.revision = v.queue(), s, v.day, v.m, v.m.revision
		if old != nil && goes {
			h.q.SetCutoff(old.Cutoff())
		}
		for _, id := range h.front {
			if i, ok := v.m.cardAt[id]; ok {
				h.q.Front(i)
			}
		}
	}
	return do(h.q)
}

// answered moves the queue on, if it is the one that was answered in.
func (h *held) answered(v *view, s Scope, i int32, g scheduler.Grade) {
	h.mu.Lock()
	defer h.mu.Unlock()
	id := v.m.cards[i].id
	h.front = without(h.front, id)
	if h.q == nil || h.scope != s || h.day != v.day || h.m != v.m || h.revision != v.m.revision {
		h.q = nil
		return
	}
	if v.list != nil && v.list.Preview {
		h.q.Previewed(i, g, v.now.Time)
	} else {
		h.q.Answered(i, v.now.Time)
	}
}

// undone puts cards whose answers were taken back before all others, and no
// longer when they were given again.
func (h *held) undone(ids []decks.CardID, back bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range ids {
		h.front = without(h.front, id)
		if back {
			h.front = append(h.front, id)
		}
	}
}

func without(ids []decks.CardID, id decks.CardID) []decks.CardID {
	out := ids[:0]
	for _, x := range ids {
		if x != id {
			out = append(out, x)
		}
	}
	return out
}
