package forecast

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"lectern/scheduler/internal/chance"
	"lectern/scheduler/kernel"
)

// week is how often remembered knowledge is counted.
const week = 7

// Quick is the Request.Sample that answers while a slider is being moved: a
// tenth of the work for 10,000 cards.
const Quick = 1000

// enough is how many cards are simulated at least: a small collection is
// simulated several times and the mean taken, or chance would be seen.
const enough = 4000

// maxDays bounds how far ahead is simulated: ten years.
const maxDays = 3660

// Request is what is asked of Simulate.
type Request struct {
	Cards    []Card // new cards in the order in which they are begun
	Model    kernel.Model
	Habits   Habits
	Settings Settings
	Days     int    // how far ahead, 1 to 3660
	Seed     uint64 // another seed, another chance
	Sample   int    // cards to simulate, which stand for all of them; 0: every card
}

// Curve is what a retention costs and brings, day by day.
type Curve struct {
	Retention float64
	Answers   []float64 // a day, steps included
	New       []float64 // cards begun a day
	Minutes   []float64 // a day
	Known     []float64 // cards that would be recalled: as days 0, 7, 14 … begin and after the last one
}

// MinutesPerDay is the mean over the days.
func (c *Curve) MinutesPerDay() float64 { return mean(c.Minutes) }

// Weekly is the mean number of minutes a day in each week.
func (c *Curve) Weekly() []float64 {
	var list []float64
	for part := range slices.Chunk(c.Minutes, week) {
		list = append(list, mean(part))
	}
	return list
}

// Total is the number of answers.
func (c *Curve) Total() float64 { return mean(c.Answers) * float64(len(c.Answers)) }

// KnownAtEnd is the number of cards remembered after the last day.
func (c *Curve) KnownAtEnd() float64 { return c.Known[len(c.Known)-1] }

// KnownMean is the number of cards remembered on a day like any other.
func (c *Curve) KnownMean() float64 {
	days, sum := len(c.Minutes), 0.0
	for i := 1; i < len(c.Known); i++ {
		from, to := (i-1)*week, min(i*week, days)
		sum += float64(to-from) * (c.Known[i-1] + c.Known[i]) / 2
	}
	return sum / float64(days)
}

// Retentions are those a student may choose: 0.70 to 0.97.
func Retentions() []float64 {
	list := make([]float64, 28)
	for i := range list {
		list[i] = float64(70+i) / 100
	}
	return list
}

// Simulate goes through the days to come once for each retention (between 0
// and 1), on all cores. progress, which may be nil, is called with how many of
// the retentions are done, one call at a time. The error is that of ctx, or
// says what of the request makes no sense.
func Simulate(ctx context.Context, req Request, retentions []float64, progress func(done, total int)) ([]Curve, error) {
	if err := req.check(retentions); err != nil {
		return nil, err
	}
	p, runs := req.plan()
	curves := make([]Curve, len(retentions))

	var (
		group sync.WaitGroup
		next  atomic.Int64
		mu    sync.Mutex
		done  int
		first error
	)
	for range min(runtime.GOMAXPROCS(0), len(retentions)) {
		group.Go(func() {
			r := newRun(p)
			for {
				// The high retentions take longest, so they come first.
				i := len(retentions) - int(next.Add(1))
				if i < 0 {
					return
				}
				c := newCurve(retentions[i], req.Days)
				var err error
				for n := range runs {
					if err = r.simulate(ctx, retentions[i], chance.Mix(req.Seed+uint64(n)), &c); err != nil {
						break
					}
				}
				c.scale(float64(runs) * p.share)
				curves[i] = c
				mu.Lock()
				if err != nil {
					first = err
				}
				done++
				if progress != nil && first == nil {
					progress(done, len(retentions))
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if first != nil {
		return nil, fmt.Errorf("forecast %d days: %w", req.Days, first)
	}
	return curves, nil
}

func (req *Request) check(retentions []float64) error {
	if req.Model == nil {
		return errors.New("forecast without a memory model")
	}
	if req.Days < 1 || req.Days > maxDays {
		return fmt.Errorf("forecast of %d days: must be 1 to %d", req.Days, maxDays)
	}
	for _, r := range retentions {
		if !(r > 0 && r < 1) {
			return fmt.Errorf("forecast at a retention of %v: must be between 0 and 1", r)
		}
	}
	for _, e := range req.Settings.EasyDays {
		if !(e >= 0 && e <= 1) {
			return fmt.Errorf("forecast with a day's load of %v: must be 0 to 1", e)
		}
	}
	return nil
}

// plan chooses the cards that are simulated and how many times.
func (req *Request) plan() (p *plan, runs int) {
	p = &plan{Request: *req, share: 1}
	p.Habits = req.Habits.Sane()
	for _, c := range req.Cards {
		if c.New() {
			p.fresh++
		} else {
			p.studied = append(p.studied, c)
		}
	}
	want := max(enough, len(req.Cards))
	if req.Sample > 0 {
		want = req.Sample
	}
	if want < len(req.Cards) {
		p.thin(want)
	}
	// What is overdue waits in the order in which it became so.
	slices.SortStableFunc(p.studied, func(a, b Card) int { return cmp.Compare(a.Due, b.Due) })
	return p, max(1, min(want/max(1, p.size()), enough))
}

// thin leaves want of the cards, of strong and of weak ones the same share.
func (p *plan) thin(want int) {
	all := len(p.studied) + p.fresh
	p.share = float64(want) / float64(all)
	slices.SortStableFunc(p.studied, func(a, b Card) int { return cmp.Compare(a.State.S, b.State.S) })
	left := p.studied[:0]
	for i, c := range p.studied {
		if int(float64(i+1)*p.share) > int(float64(i)*p.share) {
			left = append(left, c)
		}
	}
	p.studied = left
	p.fresh = want - len(left)
}

func newCurve(retention float64, days int) Curve {
	return Curve{
		Retention: retention, Answers: make([]float64, days), New: make([]float64, days), Minutes: make([]float64, days),
		Known: make([]float64, (days-1)/week+2),
	}
}

func (c *Curve) scale(by float64) {
	for _, list := range [][]float64{c.Answers, c.New, c.Minutes, c.Known} {
		for i := range list {
			list[i] /= by
		}
	}
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, x := range list {
		sum += x
	}
	return sum / float64(max(1, len(list)))
}
