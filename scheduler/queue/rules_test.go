package queue_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lectern/scheduler"
	"lectern/scheduler/queue"
)

// The rules of the order in which cards are gathered and served, one case each.
func TestRules(t *testing.T) {
	course := func(p *scheduler.Preset) { p.ReviewOrder = scheduler.ReviewsByCourse }
	for _, c := range []struct {
		rule   string
		preset func(*scheduler.Preset)
		cards  string
		want   string
	}{
		{"gathering: steps within the day, steps of days and reviews, new cards", func(p *scheduler.Preset) {
			course(p)
			p.NewMix, p.StepMix = scheduler.After, scheduler.Before
		}, "a:new b:r-1 c:d-1 d:s-5", "d1 c1 b1 a1"},
		{"gathering: steps within the day have no limit", func(p *scheduler.Preset) { p.ReviewsPerDay, p.NewPerDay = 0, 0 },
			"a:s-5 b:s-4 c:r-1 d:new", "a1 b1"},
		{"gathering: steps of days and reviews share the review limit, steps first", func(p *scheduler.Preset) {
			course(p)
			p.ReviewsPerDay, p.StepMix = 2, scheduler.After
		}, "a:r-9 b:r-8 c:d-1", "a1 c1"},
		{"gathering: what is due later is left alone", nil, "a:r+1 b:d+1 c:s+2000 d:r+0", "d1"},
		{"gathering: paused and withdrawn cards are left alone", nil, "a:r-1! b:new! c:s-5! d:r-1", "d1"},

		{"new order: as the course goes", nil, "a:new b:new c:new", "a1 b1 c1"},
		{"new order: the end first", func(p *scheduler.Preset) { p.NewOrder = scheduler.NewReversed }, "a:new b:new c:new", "c1 b1 a1"},
		{"new order: first parts of all notes, then second ones", func(p *scheduler.Preset) {
			p.NewOrder, p.BurySiblings = scheduler.NewByPart, false
		}, "a:new a:new b:new b:new", "a1 b1 a2 b2"},
		{"review order: the longest due first", nil, "a:r-1 b:r-9 c:r-4", "b1 c1 a1"},
		{"review order: as the course goes", course, "a:r-1 b:r-9 c:r-4", "a1 b1 c1"},
		{"review order: the end of the course first", func(p *scheduler.Preset) { p.ReviewOrder = scheduler.ReviewsReversed }, "a:r-1 b:r-9 c:r-4", "c1 b1 a1"},
		{"review order: the least recall first", func(p *scheduler.Preset) { p.ReviewOrder = scheduler.ReviewsLeastKnown }, "a:r-1 b:r-9 c:r-4", "b1 c1 a1"},
		{"review order: the greatest recall first", func(p *scheduler.Preset) { p.ReviewOrder = scheduler.ReviewsBestKnown }, "a:r-1 b:r-9 c:r-4", "a1 c1 b1"},
		{"review order: the most overdue first", func(p *scheduler.Preset) { p.ReviewOrder = scheduler.ReviewsOverdue }, "a:r-1 b:r-9 c:r-4", "b1 c1 a1"},

		{"mix: even interspersing", func(p *scheduler.Preset) { course(p) }, "a:r-1 b:r-1 c:r-1 x:new y:new", "a1 x1 b1 y1 c1"},
		{"mix: new cards after reviews", func(p *scheduler.Preset) { course(p); p.NewMix = scheduler.After }, "x:new a:r-1 b:r-1 y:new", "a1 b1 x1 y1"},
		{"mix: new cards before reviews", func(p *scheduler.Preset) { course(p); p.NewMix = scheduler.Before }, "a:r-1 x:new b:r-1 y:new", "x1 y1 a1 b1"},
		{"mix: steps of days among reviews", func(p *scheduler.Preset) { course(p) }, "a:r-1 b:r-1 c:r-1 x:d-1 y:d-1", "a1 x1 b1 y1 c1"},
		{"mix: steps of days after reviews", func(p *scheduler.Preset) { course(p); p.StepMix = scheduler.After }, "x:d-1 a:r-1", "a1 x1"},
		{"mix: steps of days before reviews", func(p *scheduler.Preset) { course(p); p.StepMix = scheduler.Before }, "a:r-1 x:d-1", "x1 a1"},

		{"limits: new cards", func(p *scheduler.Preset) { p.NewPerDay = 2 }, "a:new b:new c:new", "a1 b1"},
		{"limits: reviews, by the review order", func(p *scheduler.Preset) { p.ReviewsPerDay = 2 }, "a:r-1 b:r-9 c:r-4", "b1 c1"},
		{"limits: a new card counts as a review", func(p *scheduler.Preset) {
			course(p)
			p.ReviewsPerDay, p.NewMix = 2, scheduler.After
		}, "a:r-1 x:new y:new", "a1 x1"},
		{"limits: unless new cards come beyond the reviews", func(p *scheduler.Preset) {
			course(p)
			p.ReviewsPerDay, p.NewBeyond, p.NewMix = 2, true, scheduler.After
		}, "a:r-1 b:r-2 c:r-3 x:new y:new", "a1 b1 x1 y1"},

		{"serving: steps that have ended come first, the longest ended first", nil, "a:r-1 b:s-3 c:s-9", "c1 b1 a1"},
		{"serving: learn-ahead only when nothing else is left", nil, "a:s+15 b:r-1 x:new", "b1 x1 a1"},
		{"serving: no step beyond the learn-ahead time", nil, "a:s+25 b:r-1", "b1"},

		{"siblings: of a note's reviews one a day", course, "a:r-1 a:r-2 b:r-1", "a1 b1"},
		{"siblings: of a note's new cards one a day", nil, "a:new a:new b:new", "a1 b1"},
		{"siblings: a review hides a new card", nil, "a:new a:r-1", "a2"},
		{"siblings: a step of days hides a review", nil, "a:r-1 a:d-1", "a2"},
		{"siblings: a step hides the others and is not hidden", nil, "a:r-1 a:s-3 a:s-2", "a2 a3"},
		{"siblings: a card that a limit holds back hides nothing", func(p *scheduler.Preset) { p.ReviewsPerDay, p.NewBeyond = 0, true }, "a:r-1 a:new", "a2"},
		{"siblings: all are asked when burying is off", func(p *scheduler.Preset) { course(p); p.BurySiblings = false; p.NewMix = scheduler.After }, "a:r-1 a:r-2 a:new", "a1 a2 a3"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := newDesk(t, preset(c.preset), c.cards)
			if got := d.run(queue.Build(d, d.options())); got != c.want {
				t.Errorf("%s: %q, want %q", c.cards, got, c.want)
			}
		})
	}
}

// Random orders stay the same all day and differ from day to day, and a note's
// cards stay together where they are to.
func TestRandomOrdersHoldForADay(t *testing.T) {
	words := strings.Repeat("a:new b:new c:new d:new e:new f:new g:new h:new ", 3)
	for _, order := range []scheduler.NewOrder{scheduler.NewRandomCard, scheduler.NewRandomNote} {
		p := preset(func(p *scheduler.Preset) { p.NewPerDay, p.NewOrder = 100, order })
		order := func(day scheduler.Day) string {
			d := newDesk(t, p, words)
			o := d.options()
			o.Day = day
			return d.run(queue.Build(d, o))
		}
		if a, b := order(today), order(today); a != b {
			t.Errorf("%s: %s, then %s", p.NewOrder, a, b)
		}
		if a, b := order(today), order(today+1); a == b {
			t.Errorf("%s: the same on two days: %s", p.NewOrder, a)
		}
	}
	d := newDesk(t, preset(func(p *scheduler.Preset) {
		p.NewPerDay, p.BurySiblings, p.NewOrder = 100, false, scheduler.NewRandomNote
	}), "a:new a:new b:new b:new c:new c:new d:new d:new")
	got := d.run(queue.Build(d, d.options()))
	for _, pair := range []string{"a1 a2", "b1 b2", "c1 c2", "d1 d2"} {
		if !strings.Contains(got, pair) {
			t.Errorf("a note's cards are not together: %s", got)
		}
	}
}

func TestLimitsAreATree(t *testing.T) {
	whole := queue.Amount{New: queue.NoLimit, Reviews: queue.NoLimit}
	p := preset(func(p *scheduler.Preset) { p.NewPerDay, p.NewBeyond = 3, true })
	d := newDesk(t, p, "a:new")
	first := d.deck(t, 1, queue.Amount{New: 1, Reviews: queue.NoLimit}, "b:new c:new") // a section of the first deck
	d.deck(t, 1, whole, "d:new e:new f:new")                                           // another
	d.deck(t, 0, whole, "g:new h:new")                                                 // another deck
	t.Run("limits: children are capped by their parents, and parents by the sum", func(t *testing.T) {
		e := d.copy()
		if got := e.run(queue.Build(e, e.options())); got != "a1 b1 d1 g1 h1" {
			t.Errorf("%s", got)
		}
	})
	t.Run("limits: the limit above holds for a part that is studied alone", func(t *testing.T) {
		e := d.copy()
		o := e.options()
		o.Under, o.Order = first, p
		if got := e.run(queue.Build(e, o)); got != "b1" {
			t.Errorf("%s", got)
		}
	})
	t.Run("limits: all decks together", func(t *testing.T) {
		e := d.copy()
		e.nodes[0].Limit.New = 2
		if got := e.run(queue.Build(e, e.options())); got != "a1 b1" {
			t.Errorf("%s", got)
		}
	})
	t.Run("limits: what was done today is taken off", func(t *testing.T) {
		e := d.copy()
		e.nodes[1].Done.New = 2
		if got := e.run(queue.Build(e, e.options())); got != "a1 g1 h1" {
			t.Errorf("%s", got)
		}
	})
	t.Run("counters: sums of what the limits let through, and what they hold back", func(t *testing.T) {
		for _, countOnly := range []bool{false, true} {
			o := d.options()
			o.CountOnly = countOnly
			q := queue.Build(d.copy(), o)
			if l := q.Left(); l.New != 5 || l.Held != 3 || q.Node(1).New != 3 || q.Node(first).New != 1 || q.Node(first).Held != 1 {
				t.Errorf("count only %v: %+v, deck %+v, section %+v", countOnly, l, q.Node(1), q.Node(first))
			}
		}
	})
}

func (d *desk) copy() *desk {
	e := *d
	e.cards, e.nodes = slices.Clone(d.cards), slices.Clone(d.nodes)
	return &e
}

// The cut-off of the steps is frozen while a card is looked at.
func TestCutoffIsFrozen(t *testing.T) {
	d := newDesk(t, preset(nil), "a:s+1 b:r-1 c:r-1")
	q := queue.Build(d, d.options())
	shown := q.Next(noon)
	later := noon.Add(3 * time.Minute)
	if got := q.Next(later); got != shown || d.names[got] == "a1" {
		t.Fatalf("while %s is looked at, %s jumps in", d.names[shown], d.names[got])
	}
	d.answer(q, shown, scheduler.Easy, later)
	if got := q.Next(later); d.names[got] != "a1" {
		t.Errorf("after the answer %s comes, not the step that has ended", d.names[got])
	}
	t.Run("and moves on when nothing is left", func(t *testing.T) {
		d := newDesk(t, preset(func(p *scheduler.Preset) { p.LearnAhead = 0 }), "a:s+5")
		q := queue.Build(d, d.options())
		if i := q.Next(noon); i >= 0 {
			t.Fatalf("%s comes before its step has ended", d.names[i])
		}
		if !q.Soonest().Equal(noon.Add(5 * time.Minute)) {
			t.Errorf("the step ends at %v", q.Soonest())
		}
		if i := q.Next(noon.Add(5 * time.Minute)); i < 0 {
			t.Error("the step has ended, and nothing comes")
		}
	})
	t.Run("and is kept by a queue that is built anew", func(t *testing.T) {
		o := d.options()
		o.Now = noon.Add(time.Hour)
		again := queue.Build(d, o)
		again.SetCutoff(noon)
		if again.Cutoff() != noon {
			t.Error(again.Cutoff())
		}
	})
}

// Requeue: a card does not come straight back while another step waits.
func TestRequeue(t *testing.T) {
	d := newDesk(t, preset(nil), "a:s-1 b:s+5")
	q := queue.Build(d, d.options())
	if got := d.names[q.Next(noon)]; got != "a1" {
		t.Fatal(got)
	}
	d.answer(q, d.card(t, "a1"), scheduler.Again, noon) // back in a minute, before b
	if got := d.names[q.Next(noon)]; got != "b1" {
		t.Errorf("%s comes straight back", got)
	}
	d.answer(q, d.card(t, "b1"), scheduler.Easy, noon)
	if got := d.names[q.Next(noon)]; got != "a1" {
		t.Errorf("then %s", got)
	}
	t.Run("alone it does", func(t *testing.T) {
		d := newDesk(t, preset(nil), "a:s-1")
		q := queue.Build(d, d.options())
		d.answer(q, q.Next(noon), scheduler.Again, noon)
		if i := q.Next(noon); i < 0 || d.names[i] != "a1" {
			t.Error("nothing comes")
		}
	})
}

// A card whose answer was taken back comes before all others.
func TestUndoneCardComesFirst(t *testing.T) {
	d := newDesk(t, preset(nil), "a:r-5 b:r-4 c:s-9 x:new")
	q := queue.Build(d, d.options())
	q.Front(d.card(t, "b1"))
	if got := d.run(q); got != "b1 c1 x1 a1" {
		t.Errorf("%s", got)
	}
}

// An answer puts off the siblings that were waiting.
// Notes that ask the same are siblings wherever they stand.
func TestKinIsAskedOnAnotherDay(t *testing.T) {
	course := func(p *scheduler.Preset) { p.ReviewOrder = scheduler.ReviewsByCourse }
	for _, c := range []struct{ rule, cards, more, links, want string }{
		{"of two reviews one a day", "a:r-1 b:r-1", "c:r-1", "a-c", "a1 b1"},
		{"a review hides a new card of another deck", "a:new b:new", "c:r-1", "a-c", "c1 b1"},
		{"a step hides and is not hidden", "a:r-1 b:s-3", "c:s-2", "a-c b-c", "b1 c1"},
		{"all cards of both notes", "a:r-1 a:r-1 b:r-1", "c:r-1 c:r-1", "a-c", "a1 b1"},
		{"kin of kin is none", "a:r-1 b:r-1", "c:r-1", "a-b b-c", "a1 c1"},
		{"kin that is not due hides nothing", "a:r-1", "c:r+3", "a-c", "a1"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := newDesk(t, preset(course), c.cards)
			d.deck(t, 0, queue.Amount{New: queue.NoLimit, Reviews: queue.NoLimit}, c.more)
			for pair := range strings.FieldsSeq(c.links) {
				a, b, _ := strings.Cut(pair, "-")
				d.link(t, a, b)
			}
			if got := d.run(queue.Build(d, d.options())); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// Kin outside the part that is studied hides nothing until it is answered.
func TestKinElsewhere(t *testing.T) {
	d := newDesk(t, preset(nil), "a:r-1")
	deck := d.deck(t, 0, queue.Amount{New: queue.NoLimit, Reviews: queue.NoLimit}, "c:r-1")
	d.link(t, "a", "c")
	o := d.options()
	o.From, o.Under = 1, deck
	if got := queue.Build(d, o).Next(noon); got != 1 {
		t.Errorf("card %d is next", got)
	}
	d.answer(queue.Build(d, d.options()), 0, scheduler.Good, noon)
	if got := queue.Build(d, o).Next(noon); got != -1 {
		t.Errorf("card %d is next on the day its kin was answered", got)
	}
}

func TestAnswerPutsSiblingsOff(t *testing.T) {
	p := preset(func(p *scheduler.Preset) { p.BurySiblings = false })
	d := newDesk(t, p, "a:r-5 a:r-4 b:r-1")
	q := queue.Build(d, d.options())
	before := q.Left().Reviews
	d.nodes[1].Rules = rules(t, preset(nil)) // switched on in the middle
	d.answer(q, d.card(t, "a1"), scheduler.Good, noon)
	if got := q.Left().Reviews; before != 3 || got != 1 {
		t.Errorf("%d reviews, then %d, want 3 and 1", before, got)
	}
}

// A plan says which cards are asked today, due or not, whatever the limits.
func TestPlan(t *testing.T) {
	d := newDesk(t, preset(func(p *scheduler.Preset) { p.NewPerDay, p.ReviewsPerDay = 0, 0 }), "a:r+5 b:new c:r-1 d:r-1 e:s-2 f:r-3! g:new g:new")
	d.deck(t, 0, queue.Amount{New: 5, Reviews: 5}, "x:r-1 y:r+1")
	o := d.options()
	o.Planned = make([]int32, len(d.cards))
	for name, wish := range map[string]int32{"a1": 2, "b1": 1, "c1": -1, "d1": 3, "e1": -1, "f1": 4, "g1": 6, "g2": 5} {
		o.Planned[d.card(t, name)] = wish
	}
	q := queue.Build(d, o)
	if l := q.Left(); l.New != 2 || l.Reviews != 3 || l.Steps != 1 {
		t.Errorf("%+v", l)
	}
	if got := d.run(q); got != "e1 b1 a1 d1 g2 x1" {
		t.Errorf("%s", got)
	}
	if again := queue.Build(d, o); again.Left().Total() != 0 {
		t.Errorf("once answered, %+v is left", again.Left())
	}
}

// Study of a list: custom study.
func TestLists(t *testing.T) {
	words := "a:new b:r+5 c:r-1 d:s+3 e:r-1!"
	all := func(d *desk) []int32 { return []int32{2, 1, 0, 3, 4, 2, -1, 99} }
	t.Run("custom study: given cards in the given order, due or not, without limits", func(t *testing.T) {
		d := newDesk(t, preset(func(p *scheduler.Preset) { p.NewPerDay, p.ReviewsPerDay = 0, 0 }), words)
		if got := d.run(queue.FromList(d, d.options(), all(d), queue.Scheduled)); got != "c1 b1 a1 d1" {
			t.Errorf("%s", got)
		}
	})
	t.Run("custom study: a forgotten card comes again until its next date is another day", func(t *testing.T) {
		d := newDesk(t, preset(nil), "a:r+5")
		q := queue.FromList(d, d.options(), []int32{0}, queue.Scheduled)
		d.answer(q, 0, scheduler.Again, noon)
		if q.Next(noon) != 0 {
			t.Error("it does not come again")
		}
		d.answer(q, 0, scheduler.Good, noon)
		if q.Next(noon) != -1 {
			t.Error("it comes though it is done")
		}
	})
	t.Run("preview: again after a minute, hard after ten, good is done", func(t *testing.T) {
		d := newDesk(t, preset(nil), "a:r+5 b:new c:r-1")
		was := slices.Clone(d.cards)
		q := queue.FromList(d, d.options(), []int32{0, 1, 2}, queue.Preview)
		var got []string
		grades := []scheduler.Grade{scheduler.Again, scheduler.Hard, scheduler.Good, scheduler.Good, scheduler.Easy}
		for k, g := range grades {
			now := noon.Add(time.Duration(k) * 20 * time.Second)
			i := q.Next(now)
			if i < 0 {
				t.Fatalf("after %v nothing is left", got)
			}
			got = append(got, d.names[i])
			q.Previewed(i, g, now)
		}
		if s := strings.Join(got, " "); s != "a1 b1 c1 a1 b1" || q.Next(noon.Add(time.Hour)) != -1 {
			t.Errorf("%s", s)
		}
		if !slices.Equal(d.cards, was) {
			t.Error("a schedule has changed")
		}
	})
}
