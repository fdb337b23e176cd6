package collection

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/scheduler"
	"lectern/scheduler/queue"
)

// memory is the cards table held in memory in course order, with what the
// queue and the counts need besides. It is a cache of a cache: generation says
// for which state of the file. It is loaded when first needed and whenever
// another process has written.
type memory struct {
	generation int64
	stale      bool // an operation changed more than it cared to refresh here

	rules    *rules
	sched    *scheduler.Scheduler // of the common preset: the day is one for all
	preset   scheduler.Preset
	revision int // counts what changes the queue, answers left aside

	plannedOnce sync.Once
	planned     map[*ruleSet]planned // nil: not counted yet

	decks  []deckEntry
	deckAt map[string]int
	cards  []cardEntry // by deck, then course order
	cardAt map[decks.CardID]int32
	maxN   int32             // the largest notes.n
	kin    map[int32][]int32 // by card: the cards of the notes that its note is linked with

	texts texts

	day   scheduler.Day // the day that today is for
	today []doneToday   // by deck
	times answerTimes
}

type deckEntry struct {
	id, title string
	origin    Origin
	sections  []decks.Section
	sectionAt map[string]int
	from, to  int // its cards
	rules     *ruleSet
	node      int32 // of the tree of limits; its sections follow
	linked    bool  // some of its notes are linked with others
}

// cardEntry is a row of cards. The cards of a note stand together.
type cardEntry struct {
	id        decks.CardID
	n         int32 // notes.n
	deck      int32
	section   int32 // index in the deck's sections, -1: none
	pos       int64
	q         queue.Card
	flag      int8
	retired   bool
	suspended bool
}

// doneToday is what was done in a deck on a study day.
type doneToday struct {
	fresh int // new cards started
	due   int // answers counted against the review limit
}

// answerTimes are the student's own times, for the expected minutes.
type answerTimes struct {
	answers, ms      int64
	fresh, freshedMS int64
}

// What an answer is expected to take before the student has times of their own.
const (
	guessNew    = 20 * time.Second
	guessReview = 10 * time.Second
	enoughTimes = 10 // answers from which the student's own times count
)

func (a answerTimes) expected() (fresh, known time.Duration) {
	fresh, known = guessNew, guessReview
	if a.fresh >= enoughTimes {
		fresh = time.Duration(a.freshedMS/a.fresh) * time.Millisecond
	}
	if n := a.answers - a.fresh; n >= enoughTimes {
		known = time.Duration((a.ms-a.freshedMS)/n) * time.Millisecond
	}
	return fresh, known
}

// Len is for queue.Cards.
func (m *memory) Len() int { return len(m.cards) }

// At is for queue.Cards.
func (m *memory) At(i int32) *queue.Card { return &m.cards[i].q }

// noDay is a study day that never is.
const noDay scheduler.Day = -1

// fresh returns the memory for the state of the file that q sees, loading it
// when needed. It is called with c.mu held for writing.
func (c *Collection) fresh(q querier) (*memory, error) {
	g, err := generation(q)
	if err != nil {
		return nil, err
	}
	if c.mem != nil && c.mem.generation == g && !c.mem.stale {
		return c.mem, nil
	}
	m, err := load(q)
	if err != nil {
		return nil, fmt.Errorf("load the cards: %w", err)
	}
	m.generation = g
	c.mem = m
	return m, nil
}

func generation(q querier) (g int64, err error) {
	err = q.row(`SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'generation'`).Scan(&g)
	if err != nil {
		return 0, fmt.Errorf("read the generation: %w", err)
	}
	return g, nil
}

// read runs do with a reader and the memory, both of one state of the file.
func (c *Collection) read(ctx context.Context, do func(q querier, m *memory) error) error {
	if err := ctx.Err(); err != nil {
		return faulty(err)
	}
	ctx = context.WithoutCancel(ctx)
	for {
		done, err := c.tryRead(ctx, do)
		if err == nil && !done {
			err = c.loadMemory(ctx)
		}
		if done || err != nil {
			return faulty(err)
		}
	}
}

// tryRead runs do if the memory is that of the file.
func (c *Collection) tryRead(ctx context.Context, do func(q querier, m *memory) error) (done bool, err error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.closed {
		return false, errClosed
	}
	err = c.snapshot(ctx, func(q querier) error {
		g, err := generation(q)
		if err != nil || c.mem == nil || c.mem.generation != g || c.mem.stale {
			return err
		}
		done = true
		return do(q, c.mem)
	})
	return done, err
}

func (c *Collection) loadMemory(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	return c.snapshot(ctx, func(q querier) error {
		_, err := c.fresh(q)
		return err
	})
}

func load(q querier) (*memory, error) {
	r, err := readRules(q)
	if err != nil {
		return nil, err
	}
	m := newMemory(r)
	if err := m.loadDecks(q); err != nil {
		return nil, err
	}
	if err := m.loadCards(q); err != nil {
		return nil, err
	}
	if err := m.loadKin(q); err != nil {
		return nil, err
	}
	err = q.row(`SELECT coalesce(sum(answers), 0), coalesce(sum(ms), 0), coalesce(sum(fresh), 0), coalesce(sum(fresh_ms), 0) FROM days`).
		Scan(&m.times.answers, &m.times.ms, &m.times.fresh, &m.times.freshedMS)
	return m, err
}

func newMemory(r *rules) *memory {
	return &memory{deckAt: map[string]int{}, day: noDay, rules: r, sched: r.base().sched, preset: r.base().preset}
}

// use puts other settings of study in force.
func (m *memory) use(r *rules) {
	m.rules, m.sched, m.preset = r, r.base().sched, r.base().preset
	for i := range m.decks {
		m.decks[i].rules = r.of(m.decks[i].id)
	}
	m.planned, m.plannedOnce = nil, sync.Once{}
	m.day = noDay
}

func (m *memory) loadDecks(q querier) error {
	rows, err := q.query(`SELECT id, title, origin, sections FROM decks ORDER BY pos, id`)
	return each(rows, err, func(s scanner) error {
		var d deckEntry
		var origin, sections string
		if err := s.Scan(&d.id, &d.title, &origin, &sections); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(origin), &d.origin); err != nil {
			return fmt.Errorf("read the origin of deck %s: %w", d.id, err)
		}
		if err := json.Unmarshal([]byte(sections), &d.sections); err != nil {
			return fmt.Errorf("read the sections of deck %s: %w", d.id, err)
		}
		d.sectionAt = make(map[string]int, len(d.sections))
		for i, sec := range d.sections {
			d.sectionAt[sec.ID] = i
		}
		d.rules = m.rules.of(d.id)
		d.node = 1
		if n := len(m.decks); n > 0 {
			d.node = m.decks[n-1].node + 1 + int32(len(m.decks[n-1].sections))
		}
		m.deckAt[d.id] = len(m.decks)
		m.decks = append(m.decks, d)
		return nil
	})
}

const cardColumns = `id, n, deck, section, pos, needs, retired, suspended, flag, skip_day,
	phase, s, d, fast, step, due_ms, due_day, last_ms, last_day, days, reps, lapses`

func (m *memory) loadCards(q querier) error {
	var count int
	if err := q.row(`SELECT count(*) FROM cards`).Scan(&count); err != nil {
		return err
	}
	m.cards = make([]cardEntry, 0, count)
	rows, err := q.query(`SELECT ` + cardColumns + ` FROM cards`)
	err = each(rows, err, func(s scanner) error {
		e, err := m.scanCard(s)
		if err != nil {
			return err
		}
		m.cards = append(m.cards, e)
		m.maxN = max(m.maxN, e.n)
		return nil
	})
	if err != nil {
		return err
	}
	sort.Slice(m.cards, func(i, j int) bool {
		a, b := &m.cards[i], &m.cards[j]
		switch {
		case a.deck != b.deck:
			return a.deck < b.deck
		case a.pos != b.pos:
			return a.pos < b.pos
		default:
			return a.id < b.id
		}
	})
	m.cardAt = make(map[decks.CardID]int32, len(m.cards))
	from := 0
	for i := range m.cards {
		m.cardAt[m.cards[i].id] = int32(i)
		if i+1 == len(m.cards) || !sameNote(m.cards[i].id, m.cards[i+1].id) {
			for k := from; k <= i; k++ {
				m.cards[k].q.From, m.cards[k].q.To = int32(from), int32(i+1)
			}
			from = i + 1
		}
	}
	at := 0
	for d := range m.decks {
		m.decks[d].from = at
		for at < len(m.cards) && int(m.cards[at].deck) == d {
			at++
		}
		m.decks[d].to = at
	}
	return nil
}

func sameNote(a, b decks.CardID) bool {
	i := strings.IndexByte(string(a), '/')
	return i >= 0 && len(b) > i && a[:i+1] == b[:i+1]
}

func (m *memory) scanCard(s scanner) (e cardEntry, err error) {
	// Scanned as SQLite has them: other types are converted by way of text.
	var id, deck, section string
	var n, needs, retired, suspended, flag, skipDay, phase, step, dueMS, dueDay, lastMS, lastDay, days, reps, lapses int64
	var state scheduler.State
	err = s.Scan(&id, &n, &deck, &section, &e.pos, &needs, &retired, &suspended, &flag, &skipDay,
		&phase, &state.S, &state.D, &state.Fast, &step, &dueMS, &dueDay, &lastMS, &lastDay, &days, &reps, &lapses)
	if err != nil {
		return e, err
	}
	d, ok := m.deckAt[deck]
	if !ok {
		return e, fault.New(fault.CorruptFile, fmt.Errorf("card %s is of deck %s, which is not there", id, deck))
	}
	e.id, e.n = decks.CardID(id), int32(n)
	e.deck, e.section = int32(d), m.decks[d].sectionIndex(section)
	e.retired, e.suspended, e.flag = retired != 0, suspended != 0, int8(flag)
	e.q = queue.Card{
		Seed: scheduler.Seed(id, 0), Node: m.decks[d].node + 1 + e.section,
		Skip: scheduler.Day(skipDay), Off: e.retired || e.suspended, Needs: needs != 0,
	}
	e.q.Card = scheduler.Card{
		Phase: scheduler.Phase(phase), State: state, Step: int(step),
		Due: fromMS(dueMS), DueDay: scheduler.Day(dueDay), Last: fromMS(lastMS), LastDay: scheduler.Day(lastDay),
		Days: int(days), Reps: int(reps), Lapses: int(lapses),
	}
	return e, nil
}

func (d *deckEntry) sectionIndex(id string) int32 {
	if i, ok := d.sectionAt[id]; ok {
		return int32(i)
	}
	return -1
}

// section returns the section of a card, the zero Section when it has none.
func (m *memory) section(e *cardEntry) decks.Section {
	if e.section < 0 {
		return decks.Section{}
	}
	return m.decks[e.deck].sections[e.section]
}

// find returns a card, or the fault NoSuchCard.
func (m *memory) find(id decks.CardID) (*cardEntry, error) {
	i, ok := m.cardAt[id]
	if !ok {
		return nil, fault.New(fault.NoSuchCard, nil, "card", string(id))
	}
	return &m.cards[i], nil
}

// reload refreshes cards whose rows have changed. A card that came or went
// makes the whole memory stale.
func (m *memory) reload(q querier, ids []decks.CardID) error {
	for _, id := range ids {
		i, ok := m.cardAt[id]
		e, err := m.scanCard(q.row(`SELECT `+cardColumns+` FROM cards WHERE id = ?`, string(id)))
		switch {
		case isNoRows(err) && !ok:
			continue
		case isNoRows(err), err == nil && !ok:
			m.stale = true
			return nil
		case err != nil:
			return fmt.Errorf("read card %s: %w", id, err)
		}
		old := &m.cards[i]
		if e.pos != old.pos || e.deck != old.deck {
			m.stale = true
			return nil
		}
		e.q.From, e.q.To = old.q.From, old.q.To
		m.plan(old, -1)
		*old = e
		m.plan(old, 1)
	}
	return nil
}

// done returns what was done on a day, by deck.
func (m *memory) done(q querier, day scheduler.Day) ([]doneToday, error) {
	if m.day == day {
		return m.today, nil
	}
	return m.doneOn(q, day)
}

// setDay makes today be about a day. Only a writer may.
func (m *memory) setDay(q querier, day scheduler.Day) error {
	today, err := m.done(q, day)
	if err != nil {
		return err
	}
	m.today, m.day = today, day
	return nil
}

// doneOn reads what was done on a day, by deck.
func (m *memory) doneOn(q querier, day scheduler.Day) ([]doneToday, error) {
	done := make([]doneToday, len(m.decks))
	rows, err := q.query(`SELECT deck, fresh, due FROM days WHERE day = ?`, int(day))
	err = each(rows, err, func(s scanner) error {
		var deck string
		var d doneToday
		if err := s.Scan(&deck, &d.fresh, &d.due); err != nil {
			return err
		}
		if i, ok := m.deckAt[deck]; ok {
			done[i] = d
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the day's counts: %w", err)
	}
	return done, nil
}

func fromMS(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func toMS(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
