package collection

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lectern/decks"
	"lectern/scheduler"
)

// seedOf gives the seeds of a card's fuzz.
func seedOf(card decks.CardID) func(reps int) uint64 {
	return func(reps int) uint64 { return scheduler.Seed(string(card), reps) }
}

// after returns the card after a row of its log.
func (s *ruleSet) after(card decks.CardID, c scheduler.Card, r *reviewEvent) scheduler.Card {
	switch r.kind {
	case kindAnswer:
		a := scheduler.Answer{At: r.moment(), Grade: r.grade, Took: r.took}
		if r.promised {
			return s.sched.Follow(c, a, r.promise)
		}
		return s.plain.Apply(c, a, seedOf(card)(c.Reps))
	case kindMove:
		at := r.moment()
		if a := r.author; a != nil && a.S > 0 {
			return s.inherit(at, a, r.promise.Days)
		}
		return s.sched.Move(c, at, s.sched.Day(at)+scheduler.Day(r.promise.Days))
	case kindReset:
		return scheduler.Card{}
	default:
		return c
	}
}

// inherit returns a card that begins with the memory of others.
func (s *ruleSet) inherit(at scheduler.Moment, a *authorMove, days int) scheduler.Card {
	today := s.sched.Day(at)
	from := scheduler.Memory{State: scheduler.State{S: a.S, D: a.D, Fast: a.Fast}, Last: at.Time.AddDate(0, 0, -a.Ago), Day: today - scheduler.Day(a.Ago)}
	return s.sched.Inherit(at, from, today+scheduler.Day(days))
}

// walk replays the log of a card, what is undone left out, in causal order, and
// returns the card after the last row. visit, which may be nil, sees each answer
// with the card before and after it.
func walk(s *ruleSet, card decks.CardID, reviews []*reviewEvent, visit func(r *reviewEvent, before, after scheduler.Card)) scheduler.Card {
	var state scheduler.Card
	for _, r := range inOrder(reviews) {
		if r.gone {
			continue
		}
		after := s.after(card, state, r)
		if visit != nil {
			visit(r, state, after)
		}
		state = after
	}
	return state
}

// dayKey names a row of days.
type dayKey struct {
	day  scheduler.Day
	deck string
}

// dayCount is a row of days, or a difference of two.
type dayCount struct {
	answers, ms, fresh, freshMS, due, asked, recalled int64
}

func (d *dayCount) add(o dayCount) {
	d.answers += o.answers
	d.ms += o.ms
	d.fresh += o.fresh
	d.freshMS += o.freshMS
	d.due += o.due
	d.asked += o.asked
	d.recalled += o.recalled
}

func (d dayCount) minus() dayCount {
	return dayCount{-d.answers, -d.ms, -d.fresh, -d.freshMS, -d.due, -d.asked, -d.recalled}
}

// longestCounted bounds the time of one answer in sums: nobody thinks longer,
// but people leave the room.
const longestCounted = 2 * time.Minute

// countOf is what one row of the log adds to its day. An answer before the card
// was due is work, but says nothing of how well dates are met and takes nothing
// from the day's reviews.
func countOf(r *reviewEvent, before scheduler.Card, day scheduler.Day) dayCount {
	if r.kind != kindAnswer {
		return dayCount{}
	}
	ms := min(r.took, longestCounted).Milliseconds()
	d := dayCount{answers: 1, ms: ms}
	switch {
	case before.Reps == 0 && before.State.S == 0: // nor begun with the memory of others
		d.fresh, d.freshMS = 1, ms
	case before.Due.IsZero() && before.DueDay > day:
	case before.Phase == scheduler.Review:
		d.due, d.asked = 1, 1
		if r.grade != scheduler.Again {
			d.recalled = 1
		}
	case before.Due.IsZero(): // a step of a day or more
		d.due = 1
	}
	return d
}

// dayCounts sums what the answers of cards add to the days.
type dayCounts map[dayKey]dayCount

func (d dayCounts) add(key dayKey, c dayCount) {
	sum := d[key]
	sum.add(c)
	d[key] = sum
}

// card adds all answers of a card, or takes them away.
func (d dayCounts) card(s *ruleSet, deck string, card decks.CardID, reviews []*reviewEvent, away bool) scheduler.Card {
	return walk(s, card, reviews, func(r *reviewEvent, before, _ scheduler.Card) {
		day := s.sched.Day(r.moment())
		c := countOf(r, before, day)
		if away {
			c = c.minus()
		}
		d.add(dayKey{day, deck}, c)
	})
}

// put adds the counts to the table and to memory.
func (d dayCounts) put(t *tx, m *memory) error {
	for key, c := range d {
		if c == (dayCount{}) {
			continue
		}
		_, err := t.exec(`INSERT INTO days (day, deck, answers, ms, fresh, fresh_ms, due, asked, recalled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (day, deck) DO UPDATE SET answers = answers + excluded.answers, ms = ms + excluded.ms, fresh = fresh + excluded.fresh,
			fresh_ms = fresh_ms + excluded.fresh_ms, due = due + excluded.due, asked = asked + excluded.asked, recalled = recalled + excluded.recalled`,
			int(key.day), key.deck, c.answers, c.ms, c.fresh, c.freshMS, c.due, c.asked, c.recalled)
		if err != nil {
			return fmt.Errorf("count day %d: %w", key.day, err)
		}
		if c.answers < 0 {
			if _, err := t.exec(`DELETE FROM days WHERE day = ? AND deck = ? AND answers = 0`, int(key.day), key.deck); err != nil {
				return fmt.Errorf("count day %d: %w", key.day, err)
			}
		}
		m.times.answers += c.answers
		m.times.ms += c.ms
		m.times.fresh += c.fresh
		m.times.freshedMS += c.freshMS
		if i, ok := m.deckAt[key.deck]; ok && key.day == m.day {
			m.today[i].fresh += int(c.fresh)
			m.today[i].due += int(c.due)
		}
	}
	return nil
}

// putCards makes the cards of a note what its row says. Schedules of cards that are there
// are not touched: they depend on answers alone. A card that is asked no more, as of a gap
// that was closed, rests with its history when it has any.
func (c *Collection) putCards(t *tx, m *memory, r *noteRow, n int64, fresh bool) error {
	have := map[string]cachedCard{}
	if !fresh {
		var err error
		if have, err = cachedCards(t, n); err != nil {
			return err
		}
	}
	want := make(map[string]bool, len(r.parts))
	for _, part := range r.parts {
		want[part] = true
	}
	rest, err := resting(t, r.id, want, have, fresh)
	if err != nil {
		return err
	}
	for id := range have {
		if part := id[len(r.id)+1:]; !want[part] && !slices.Contains(rest, part) {
			t.changed++
			if _, err := t.exec(`DELETE FROM cards WHERE id = ?`, id); err != nil {
				return err
			}
		}
	}
	for i, part := range append(slices.Clone(r.parts), rest...) {
		now := cachedCard{r.deck, r.section, r.pos + int64(i), r.needs, r.retired || !want[part]}
		id := decks.NewCardID(r.id, part)
		was, there := have[string(id)]
		switch {
		case !there:
			err = c.newCard(t, m, id, n, now)
		case was != now:
			t.changed++
			_, err = t.exec(`UPDATE cards SET deck = ?, section = ?, pos = ?, needs = ?, retired = ? WHERE id = ?`,
				now.deck, now.section, now.pos, now.needs, now.retired, string(id))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// cachedCard is what a note says of its card.
type cachedCard struct {
	deck, section  string
	pos            int64
	needs, retired bool
}

func cachedCards(q querier, n int64) (map[string]cachedCard, error) {
	out := map[string]cachedCard{}
	rows, err := q.query(`SELECT id, deck, section, pos, needs, retired FROM cards WHERE n = ?`, n)
	return out, each(rows, err, func(s scanner) error {
		var id string
		var o cachedCard
		err := s.Scan(&id, &o.deck, &o.section, &o.pos, &o.needs, &o.retired)
		out[id] = o
		return err
	})
}

// resting returns the parts of a note that are asked no more and have a history, sorted.
// Only a part that stands in the cache can have gone, when the note itself does.
func resting(q querier, note string, want map[string]bool, have map[string]cachedCard, fresh bool) ([]string, error) {
	gone := fresh
	for id := range have {
		gone = gone || !want[id[len(note)+1:]]
	}
	if !gone {
		return nil, nil
	}
	parts, err := logged(q, note)
	return slices.DeleteFunc(parts, func(part string) bool { return want[part] }), err
}

// logged returns the parts of a note whose logs say something, sorted: "/" and "0" follow
// one another, so that the index holds them together.
func logged(q querier, note string) (parts []string, err error) {
	rows, err := q.query(`SELECT DISTINCT card FROM reviews WHERE card > ?1 || '/' AND card < ?1 || '0' AND op NOT IN undone ORDER BY card`, note)
	err = each(rows, err, func(s scanner) error {
		var id string
		err := s.Scan(&id)
		parts = append(parts, strings.TrimPrefix(id, note+"/"))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the history of note %s: %w", note, err)
	}
	return parts, nil
}

// newCard adds a card with what its log and its marks say.
func (c *Collection) newCard(t *tx, m *memory, id decks.CardID, n int64, k cachedCard) error {
	reviews, err := readReviews(t, id)
	if err != nil {
		return err
	}
	marks, err := readMarks(t, id)
	if err != nil {
		return err
	}
	row := cardRow{id: id, n: n, deck: k.deck, section: k.section, pos: k.pos, needs: k.needs, retired: k.retired,
		marks: marksOf(marks), card: walk(m.rules.of(k.deck), id, reviews, nil)}
	t.changed++
	return row.insert(t)
}

// cardRow is a row of cards.
type cardRow struct {
	id             decks.CardID
	n              int64 // notes.n
	deck, section  string
	pos            int64
	needs, retired bool
	marks          cardMarks
	card           scheduler.Card
}

func (r *cardRow) insert(t *tx) error {
	c := r.card
	_, err := t.exec(`INSERT INTO cards (id, n, deck, section, pos, needs, retired, suspended, flag, skip_day,
		phase, s, d, fast, step, due_ms, due_day, last_ms, last_day, days, reps, lapses)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		string(r.id), r.n, r.deck, r.section, r.pos, r.needs, r.retired, r.marks.suspended, r.marks.flag, int(r.marks.skip),
		int(c.Phase), c.State.S, c.State.D, c.State.Fast, c.Step, toMS(c.Due), int(c.DueDay), toMS(c.Last), int(c.LastDay), c.Days, c.Reps, c.Lapses)
	return err
}

// putSchedule writes the schedule of a card; a card that is not shown has none.
func putSchedule(t *tx, id decks.CardID, c scheduler.Card) error {
	_, err := t.exec(`UPDATE cards SET phase = ?, s = ?, d = ?, fast = ?, step = ?, due_ms = ?, due_day = ?, last_ms = ?, last_day = ?,
		days = ?, reps = ?, lapses = ? WHERE id = ?`,
		int(c.Phase), c.State.S, c.State.D, c.State.Fast, c.Step, toMS(c.Due), int(c.DueDay), toMS(c.Last), int(c.LastDay), c.Days, c.Reps, c.Lapses, string(id))
	if err != nil {
		return fmt.Errorf("write the schedule of %s: %w", id, err)
	}
	return nil
}

// refreshMarks writes the marks of a card as its events say.
func refreshMarks(t *tx, id decks.CardID) error {
	events, err := readMarks(t, id)
	if err != nil {
		return err
	}
	k := marksOf(events)
	_, err = t.exec(`UPDATE cards SET suspended = ?, flag = ?, skip_day = ? WHERE id = ?`, k.suspended, k.flag, int(k.skip), string(id))
	if err != nil {
		return fmt.Errorf("write the marks of %s: %w", id, err)
	}
	return nil
}

// owner returns the deck a note belongs to, "" when no deck brought it.
func owner(q querier, note string) (string, error) {
	var deck string
	err := q.row(`SELECT deck FROM owners WHERE note = ?`, note).Scan(&deck)
	if isNoRows(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read the deck of note %s: %w", note, err)
	}
	return deck, nil
}
