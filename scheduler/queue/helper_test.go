package queue_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lectern/scheduler"
	"lectern/scheduler/queue"
)

// today is the study day of the tests, noon the time on its clock.
const today scheduler.Day = 20000

var (
	noon = time.Date(2024, 10, 4, 12, 0, 0, 0, time.UTC) // day 20000 begins at 04:00
	end  = time.Date(2024, 10, 5, 4, 0, 0, 0, time.UTC)
)

// desk is a collection of a few cards for the tests.
type desk struct {
	cards []queue.Card
	names []string
	nodes []queue.Node
	order scheduler.Preset
	kin   map[int32][]int32
}

// link makes the cards of two notes each other's kin.
func (d *desk) link(t testing.TB, a, b string) {
	t.Helper()
	if d.kin == nil {
		d.kin = map[int32][]int32{}
	}
	x, y := d.cards[d.card(t, a+"1")], d.cards[d.card(t, b+"1")]
	for i := x.From; i < x.To; i++ {
		for k := y.From; k < y.To; k++ {
			d.kin[i], d.kin[k] = append(d.kin[i], k), append(d.kin[k], i)
		}
	}
}

func (d *desk) Len() int               { return len(d.cards) }
func (d *desk) At(i int32) *queue.Card { return &d.cards[i] }

// preset is the tests' preset: no fuzz, no limits in the way.
func preset(change func(*scheduler.Preset)) scheduler.Preset {
	p := scheduler.DefaultPreset()
	p.Fuzz = false
	if change != nil {
		change(&p)
	}
	return p
}

func rules(t testing.TB, p scheduler.Preset) *scheduler.Scheduler {
	t.Helper()
	s, err := scheduler.NewScheduler(p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// newDesk makes one deck of cards. Each word is a card, "note:kind": a letter
// names the note, and cards that follow one another with the same letter are
// siblings. Kinds: "new", "r-3" a review that is three days overdue, "r+2" one
// that comes in two days, "d-1" a step of days, "s+5" a step within the day that
// ends in five minutes. A following "!" pauses the card.
func newDesk(t testing.TB, p scheduler.Preset, words string) *desk {
	t.Helper()
	s := rules(t, p)
	d := &desk{order: p, nodes: []queue.Node{
		{Parent: -1, Limit: queue.Amount{New: queue.NoLimit, Reviews: queue.NoLimit}, Beyond: true},
		{Parent: 0, Limit: queue.Amount{New: p.NewPerDay, Reviews: p.ReviewsPerDay}, Rules: s, Beyond: p.NewBeyond},
	}}
	d.add(t, 1, words)
	return d
}

// deck adds a deck, or a section under a node, with cards of its own.
func (d *desk) deck(t testing.TB, parent int32, limit queue.Amount, words string) int32 {
	t.Helper()
	d.nodes = append(d.nodes, queue.Node{Parent: parent, Limit: limit, Rules: d.nodes[1].Rules, Beyond: d.nodes[1].Beyond})
	n := int32(len(d.nodes) - 1)
	d.add(t, n, words)
	return n
}

func (d *desk) add(t testing.TB, node int32, words string) {
	t.Helper()
	for _, w := range strings.Fields(words) {
		note, kind, ok := strings.Cut(w, ":")
		if !ok {
			t.Fatalf("card %q", w)
		}
		c := queue.Card{Node: node, Skip: -1}
		kind, c.Off = strings.CutSuffix(kind, "!")
		n := 0
		if kind != "new" {
			if _, err := fmt.Sscanf(kind[1:], "%d", &n); err != nil {
				t.Fatalf("card %q: %v", w, err)
			}
		}
		switch kind[0] {
		case 'r', 'd':
			due := today + scheduler.Day(n)
			c.Card = scheduler.Card{Phase: scheduler.Review, State: scheduler.State{S: 10, D: 5}, DueDay: due, Days: 10, LastDay: due - 10, Reps: 3}
			if kind[0] == 'd' {
				c.Phase, c.Days = scheduler.Learning, 0
			}
		case 's':
			c.Card = scheduler.Card{
				Phase: scheduler.Learning, State: scheduler.State{S: 1, D: 5}, Due: noon.Add(time.Duration(n) * time.Minute),
				Last: noon.Add(-time.Hour), LastDay: today, Reps: 1,
			}
		}
		i := int32(len(d.cards))
		c.Seed = scheduler.Seed(note+kind, int(i))
		c.From = i
		if i > 0 && d.names[i-1][0] == note[0] {
			c.From = d.cards[i-1].From
		}
		d.cards = append(d.cards, c)
		d.names = append(d.names, fmt.Sprintf("%s%d", note, i-c.From+1))
		for k := c.From; k <= i; k++ {
			d.cards[k].To = i + 1
		}
	}
}

// options are those of the whole desk at noon.
func (d *desk) options() queue.Options {
	return queue.Options{
		Now: noon, Day: today, End: end, To: int32(len(d.cards)), Nodes: d.nodes, Order: d.order, Kin: d.kin,
	}
}

// card finds a card by its name, which is note and number: "a1".
func (d *desk) card(t testing.TB, name string) int32 {
	t.Helper()
	for i, n := range d.names {
		if n == name {
			return int32(i)
		}
	}
	t.Fatalf("no card %q among %v", name, d.names)
	return -1
}

// answer gives a grade and tells the queue.
func (d *desk) answer(q *queue.Queue, i int32, g scheduler.Grade, now time.Time) {
	c := &d.cards[i]
	r := d.nodes[c.Node].Rules
	c.Card = r.Apply(c.Card, scheduler.Answer{At: scheduler.MomentOf(now), Grade: g}, 0)
	q.Answered(i, now)
}

// run answers Easy, a minute each, until nothing is left, and returns the order
// of the cards.
func (d *desk) run(q *queue.Queue) string {
	var out []string
	for now := noon; len(out) < 1000; now = now.Add(time.Minute) {
		i := q.Next(now)
		if i < 0 {
			break
		}
		out = append(out, d.names[i])
		d.answer(q, i, scheduler.Easy, now)
	}
	return strings.Join(out, " ")
}
