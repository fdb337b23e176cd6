package queue_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"lectern/scheduler"
	"lectern/scheduler/internal/student"
	"lectern/scheduler/queue"
)

// year is a simulated student's year with the queue that the program uses.
type year struct {
	t    *testing.T
	desk *desk
	who  *student.Student
	rnd  *rand.Rand
	day  scheduler.Day
	now  time.Time

	due     map[scheduler.Day]int // as Load counts
	asked   []int                 // by card, for the student
	planned [7]int                // intervals of a week and more by the weekday they end on
	answers int
}

// start is the first study day, a Monday.
const start scheduler.Day = 20003

func newYear(t *testing.T, n int) *year {
	rnd := rand.New(rand.NewPCG(uint64(n), 7))
	p := preset(func(p *scheduler.Preset) {
		p.Fuzz = true
		p.NewPerDay = 3 + rnd.IntN(15)
		p.ReviewsPerDay = []int{25, 60, 200, 9999}[rnd.IntN(4)]
		p.NewBeyond = rnd.IntN(2) == 0
		p.BurySiblings = rnd.IntN(4) > 0
		p.ReviewOrder = scheduler.ReviewOrders[rnd.IntN(len(scheduler.ReviewOrders))]
		p.NewOrder = scheduler.NewOrders[rnd.IntN(len(scheduler.NewOrders))]
		p.NewMix, p.StepMix = scheduler.Mixes[rnd.IntN(3)], scheduler.Mixes[rnd.IntN(3)]
		p.Retention = 0.8 + 0.15*rnd.Float64()
		p.Model = []string{"fsrs5", "fsrs6", "fsrs7"}[rnd.IntN(3)]
		p.LearningSteps = [][]time.Duration{nil, {time.Minute, 10 * time.Minute}, {10 * time.Minute, 25 * time.Hour}}[rnd.IntN(3)]
		if rnd.IntN(2) == 0 {
			p.EasyDays[time.Saturday], p.EasyDays[time.Sunday] = scheduler.ReducedDay, scheduler.MinimumDay
		}
	})
	d := newDesk(t, p, "")
	notes := 60 + rnd.IntN(200)
	for range notes {
		from := int32(len(d.cards))
		parts := int32(1 + rnd.IntN(2))
		for k := range parts {
			d.cards = append(d.cards, queue.Card{Node: 1, Skip: -1, Seed: scheduler.Seed(fmt.Sprintf("%d/%d", from, k), 0), From: from, To: from + parts})
			d.names = append(d.names, fmt.Sprintf("%d.%d", from, k))
		}
	}
	return &year{t: t, desk: d, who: student.New(uint64(n)), rnd: rnd, due: map[scheduler.Day]int{}, asked: make([]int, len(d.cards))}
}

func (y *year) options() queue.Options {
	o := y.desk.options()
	o.Day, o.Now, o.End = y.day, y.now, scheduler.DayEnd(y.day, 4, time.UTC)
	return o
}

// plan counts a card in or out of the days to come.
func (y *year) plan(c *queue.Card, by int) {
	if c.Phase == scheduler.Review {
		y.due[c.DueDay] += by
	}
}

// give asks the student and lets the program schedule what he answers.
func (y *year) give(q *queue.Queue, i int32) {
	c := &y.desk.cards[i]
	r := y.desk.nodes[1].Rules
	load := &scheduler.Load{Due: func(d scheduler.Day) int { return y.due[d] }}
	for k := c.From; k < c.To; k++ {
		if s := &y.desk.cards[k]; k != i && s.Phase == scheduler.Review {
			load.Siblings = append(load.Siblings, s.DueDay)
		}
	}
	out := r.Outcomes(c.Card, scheduler.MomentOf(y.now), c.Seed+uint64(c.Reps), load)
	at := y.now.Sub(scheduler.DayStart(start, 4, time.UTC)).Hours() / 24
	grade, took := y.who.Answer(int(i), at)
	y.now = y.now.Add(took)
	y.answers++
	before := c.Card
	y.plan(c, -1)
	c.Card = r.Follow(before, scheduler.Answer{At: scheduler.MomentOf(y.now), Grade: scheduler.Grade(grade), Took: took}, out[grade-1].Promise())
	y.plan(c, 1)
	switch {
	case before.Phase == scheduler.New:
		y.desk.nodes[0].Done.New++
		y.desk.nodes[1].Done.New++
	case before.Due.IsZero() && before.DueDay <= y.day:
		y.desk.nodes[0].Done.Reviews++
		y.desk.nodes[1].Done.Reviews++
	}
	if c.Phase == scheduler.Review && c.Days >= 7 {
		y.planned[c.DueDay.Weekday()]++
	}
	if c.DueDay > y.day+36500 || c.Phase == scheduler.Review && c.DueDay <= y.day {
		y.t.Fatalf("on %v a card is put to %v", y.day, c.DueDay)
	}
	q.Answered(i, y.now)
}

// session studies until the queue has nothing left, or patience runs out.
func (y *year) session(q *queue.Queue, patience int) (ended bool) {
	for range patience {
		i := q.Next(y.now)
		if i < 0 {
			s := q.Soonest()
			if s.IsZero() {
				return true
			}
			y.now = s
			continue
		}
		if y.options().End.Sub(y.now) < time.Hour {
			return false
		}
		y.give(q, i)
	}
	return false
}

// check finds cards that are overdue at the end of a day without a reason.
func (y *year) check() {
	d := y.desk
	left := queue.Build(d, y.options()).Left()
	if left.Reviews+left.DaySteps > 0 {
		y.t.Fatalf("%v: the session is over and %+v is left", y.day, left)
	}
	limit := d.order.ReviewsPerDay
	done := d.nodes[1].Done
	if done.New > d.order.NewPerDay || done.Reviews > limit || !d.order.NewBeyond && done.New > 0 && done.New+done.Reviews > limit {
		y.t.Fatalf("%v: %+v done under the limits %d and %d", y.day, done, d.order.NewPerDay, limit)
	}
	spent := done.Reviews
	if !d.order.NewBeyond {
		spent += done.New
	}
	for i := range d.cards {
		c := &d.cards[i]
		if c.Phase == scheduler.New || !c.Due.IsZero() || c.DueDay > y.day {
			continue
		}
		sibling := false
		for k := c.From; k < c.To; k++ {
			s := &d.cards[k]
			sibling = sibling || int(k) != i && s.Reps > 0 && s.LastDay == y.day && d.order.BurySiblings
		}
		if spent < limit && !sibling {
			y.t.Fatalf("%v: card %s is overdue since %v without a reason: %d of %d done", y.day, d.names[i], c.DueDay, spent, limit)
		}
	}
}

// live goes through a year with days off, breaks and weeks before exams.
func (y *year) live() {
	rest := 0
	for k := range 365 {
		y.day = start + scheduler.Day(k)
		y.now = scheduler.DayStart(y.day, 4, time.UTC).Add(time.Duration(3+y.rnd.IntN(14)) * time.Hour)
		y.desk.nodes[0].Done, y.desk.nodes[1].Done = queue.Amount{}, queue.Amount{}
		if rest == 0 && y.rnd.IntN(60) == 0 {
			rest = 3 + y.rnd.IntN(18)
		}
		if rest > 0 {
			rest--
			continue
		}
		if y.rnd.IntN(10) == 0 {
			continue
		}
		ended := y.session(queue.Build(y.desk, y.options()), 2000)
		if exam := k % 120; exam > 112 { // review ahead in the week before
			y.ahead()
		}
		if ended {
			y.check()
		}
	}
}

// ahead studies the twenty cards that come up next.
func (y *year) ahead() {
	var list []int32
	for i := range y.desk.cards {
		if c := &y.desk.cards[i]; c.Phase == scheduler.Review && c.DueDay > y.day && c.LastDay < y.day && len(list) < 20 {
			list = append(list, int32(i))
		}
	}
	y.session(queue.FromList(y.desk, y.options(), list, queue.Scheduled), 500)
}

// Two hundred students live for a year with the queue of the program: no card
// is overdue without a reason, no limit is passed, and easy days stay easy.
func TestStudentsLiveForAYear(t *testing.T) {
	students := 200
	if testing.Short() {
		students = 6
	}
	type sum struct {
		planned [7]int
		answers int
	}
	sums := make(chan sum, students)
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	t.Run("students", func(t *testing.T) {
		for n := range students {
			t.Run(fmt.Sprint(n), func(t *testing.T) {
				t.Parallel()
				slots <- struct{}{}
				defer func() { <-slots }()
				y := newYear(t, n)
				y.live()
				s := sum{answers: y.answers}
				if y.desk.order.EasyDays != [7]scheduler.Ease{} {
					s.planned = y.planned
				}
				sums <- s
			})
		}
	})
	close(sums)
	var planned [7]int
	answers := 0
	for s := range sums {
		answers += s.answers
		for d, n := range s.planned {
			planned[d] += n
		}
	}
	normal := 0
	for d := time.Monday; d <= time.Friday; d++ {
		normal += planned[d]
	}
	usual := float64(normal) / 5
	reduced, least := float64(planned[time.Saturday])/usual, float64(planned[time.Sunday])/usual
	t.Logf("%d answers; of a usual day's load a reduced one takes %.2f, a minimal one %.3f", answers, reduced, least)
	if !(reduced > 0.35 && reduced < 0.65) || least > 0.02 {
		t.Errorf("of a usual day's load a reduced one takes %.2f, a minimal one %.3f", reduced, least)
	}
}
