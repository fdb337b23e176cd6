package scheduler_test

import (
	"testing"
	"time"

	"lectern/scheduler"
)

// spread returns the shortest and the longest interval that chance gives.
func spread(s *scheduler.Scheduler, c scheduler.Card, now scheduler.Moment, g scheduler.Grade) (lo, hi int) {
	for seed := range uint64(600) {
		days := s.Apply(c, scheduler.Answer{At: now, Grade: g}, seed).Days
		if seed == 0 {
			lo = days
		}
		lo, hi = min(lo, days), max(hi, days)
	}
	return lo, hi
}

// firstHard is a scheduler in which Hard on a new card gives the interval.
func firstHard(t *testing.T, interval float64) *scheduler.Scheduler {
	return plain(t, func(p *scheduler.Preset) {
		p.Fuzz, p.LearningSteps = true, nil
		p.Weights = model(t, "fsrs5", func(w []float64) { w[0], w[1] = 0.01, interval }).Weights()
	})
}

// The bands are Anki's: a day, and 15 % of the days from 2.5 to 7, 10 % of
// those to 20, 5 % of the rest. The intervals are chosen where the edge of the
// range is just about to move.
func TestFuzzRange(t *testing.T) {
	for _, c := range []struct {
		interval float64
		lo, hi   int
	}{
		{1, 1, 1}, {2.3, 2, 2}, {2.49, 2, 2}, {2.51, 2, 4},
		{3.37, 2, 5}, {3.68, 3, 5}, {4.24, 3, 6}, {4.85, 3, 6}, {5.98, 4, 8}, {6.03, 5, 8}, {6.85, 5, 9},
		{7.19, 5, 9}, {7.2, 6, 9}, {8.31, 7, 10}, {9.57, 8, 12}, {13.2, 11, 15}, {13.86, 11, 16}, {19.42, 17, 22}, {19.57, 17, 23},
		{22.4, 19, 25}, {22.41, 19, 26}, {25.26, 22, 28}, {25.76, 22, 29}, {30.02, 27, 33}, {34.18, 30, 38}, {34.19, 31, 38},
		{100, 93, 107},
	} {
		lo, hi := spread(firstHard(t, c.interval), scheduler.Card{}, at(1, 9, 0), hard)
		if lo != c.lo || hi != c.hi {
			t.Errorf("%v days became %d to %d, want %d to %d", c.interval, lo, hi, c.lo, c.hi)
		}
	}
}

// Fuzz does not send a card back sooner than last time when memory says later;
// without fuzz, and where the interval shrinks by itself, nothing is raised.
func TestFuzzKeepsAGrowingInterval(t *testing.T) {
	fuzzy := plain(t, func(p *scheduler.Preset) { p.Fuzz = true })
	exact := plain(t, nil)
	day, now := at(1, 9, 0), at(21, 9, 0)
	card := func(previous int) scheduler.Card { return review(fuzzy, 40, 5, previous, day) }
	rounded := exact.Apply(card(1000), scheduler.Answer{At: now, Grade: hard}, 0).Days
	lo, hi := spread(fuzzy, card(1000), now, hard)
	if !(lo < rounded-1 && rounded+1 < hi) {
		t.Fatalf("%d days became %d to %d", rounded, lo, hi)
	}
	for _, c := range []struct{ previous, least, most int }{
		{1, lo, hi},
		{lo, lo + 1, hi},
		{rounded - 1, rounded, hi},
		{rounded, rounded, hi},
		{rounded + 1, rounded + 1, hi},
		{hi, hi, hi + 1},
		{hi + 1, lo, hi},
	} {
		if a, b := spread(fuzzy, card(c.previous), now, hard); a != c.least || b != c.most {
			t.Errorf("%d days after %d became %d to %d, want %d to %d", rounded, c.previous, a, b, c.least, c.most)
		}
		if got := exact.Apply(card(c.previous), scheduler.Answer{At: now, Grade: hard}, 0).Days; got != rounded {
			t.Errorf("without fuzz, %d days after %d became %d", rounded, c.previous, got)
		}
	}
	// A lapse may shorten.
	noSteps := plain(t, func(p *scheduler.Preset) { p.Fuzz, p.RelearningSteps = true, nil })
	lo, hi = spread(noSteps, card(1000), now, again)
	if a, b := spread(noSteps, card(hi), now, again); a != lo || b != hi || lo == hi {
		t.Errorf("a lapse after %d days: %d to %d, want %d to %d", hi, a, b, lo, hi)
	}
}

// At the longest interval cards still come apart, and none comes later.
func TestFuzzAtTheLongestInterval(t *testing.T) {
	for _, c := range []struct{ longest, lo, hi int }{{1, 1, 1}, {2, 2, 2}, {3, 2, 3}, {30, 27, 30}} {
		s := plain(t, func(p *scheduler.Preset) {
			p.Fuzz, p.LearningSteps, p.MaxInterval = true, nil, c.longest
			p.Weights = model(t, "fsrs5", func(w []float64) { w[0], w[1] = 0.01, 90 }).Weights()
		})
		if lo, hi := spread(s, scheduler.Card{}, at(1, 9, 0), hard); lo != c.lo || hi != c.hi {
			t.Errorf("cut to %d days: %d to %d, want %d to %d", c.longest, lo, hi, c.lo, c.hi)
		}
	}
}

// A grade that has to make room for the one below gains a day of chance, none
// below three days, and not the range of a memory it does not have.
func TestFuzzAboveTheGradeBelow(t *testing.T) {
	for _, c := range []struct{ step, lo, hi int }{{1, 2, 2}, {2, 3, 4}, {40, 41, 42}} {
		s := plain(t, func(p *scheduler.Preset) {
			p.Fuzz, p.LearningSteps = true, steps(time.Minute, time.Duration(c.step)*day24)
		})
		card := apply(s, apply(s, scheduler.Card{}, at(1, 9, 0), again), at(1, 9, 1), good)
		if lo, hi := spread(s, card, at(1, 9, 2), good); lo != c.lo || hi != c.hi {
			t.Errorf("after a step of %d days: %d to %d, want %d to %d", c.step, lo, hi, c.lo, c.hi)
		}
	}
}

func TestOnlyAgainLeavesReview(t *testing.T) {
	for _, relearning := range [][]time.Duration{nil, steps(10 * time.Minute), steps(time.Minute, time.Hour)} {
		s := plain(t, func(p *scheduler.Preset) { p.RelearningSteps = relearning })
		// Also a memory so weak that its interval is a fraction of a day.
		for _, stability := range []float64{0.02, 20} {
			out := s.Outcomes(review(s, stability, 9, 20, at(1, 9, 0)), at(21, 9, 0), 0, nil)
			for i, o := range out[1:] {
				if o.Card.Phase != scheduler.Review || o.Card.Days < 1 || o.Card.Lapses != 0 {
					t.Errorf("relearning %v, stability %v, grade %d: %+v", relearning, stability, i+2, o.Card)
				}
			}
		}
	}
}

// Good and Easy come a day later than the grade below; Hard may come back on
// the day of Again.
func TestGradesADayApart(t *testing.T) {
	s := plain(t, func(p *scheduler.Preset) {
		p.RelearningSteps = nil
		p.Weights = model(t, "fsrs5", func(w []float64) { w[17] = 0 }).Weights()
	})
	out := s.Outcomes(review(s, 0.1, 9.9, 1, at(1, 9, 0)), at(1, 10, 0), 0, nil)
	for i, want := range []int{1, 1, 2, 3} {
		if out[i].Card.Days != want {
			t.Errorf("grade %d: %d days, want %d", i+1, out[i].Card.Days, want)
		}
	}
	// Whatever chance says, of grades that memory does not tell apart.
	s = plain(t, func(p *scheduler.Preset) {
		p.Fuzz = true
		p.Weights = model(t, "fsrs5", func(w []float64) { w[15], w[16] = 1, 1 }).Weights()
	})
	for previous := range 70 {
		for seed := range uint64(20) {
			out := s.Outcomes(review(s, 20, 7, previous, at(1, 9, 0)), at(21, 9, 0), seed, nil)
			if h, g, e := out[hard-1].Card.Days, out[good-1].Card.Days, out[easy-1].Card.Days; h >= g || g >= e {
				t.Fatalf("after %d days: %d, %d, %d", previous, h, g, e)
			}
		}
	}
	// From a long step as from an interval.
	s = plain(t, func(p *scheduler.Preset) { p.LearningSteps = steps(time.Minute, 20*day24) })
	c := apply(s, apply(s, scheduler.Card{}, at(1, 9, 0), good), at(21, 9, 0), again)
	c.Step = 1
	out = s.Outcomes(c, at(21, 9, 1), 0, nil)
	if out[hard-1].Wait != 20*day24 || out[good-1].Card.Days != 21 || out[easy-1].Card.Days != 22 {
		t.Errorf("after a step of 20 days: %v, %v, %v", out[1].Wait, out[2].Wait, out[3].Wait)
	}
}

// With steps the first interval is a day at least, however weak the memory.
func TestGraduationIsADayAtLeast(t *testing.T) {
	for _, fuzz := range []bool{false, true} {
		s := plain(t, func(p *scheduler.Preset) {
			p.Fuzz = fuzz
			p.Weights = model(t, "fsrs5", func(w []float64) { w[2], w[3] = 0.02, 0.02 }).Weights()
		})
		c := apply(s, scheduler.Card{}, at(1, 9, 0), good)
		if got := apply(s, c, at(1, 9, 10), good); got.Phase != scheduler.Review || got.Days != 1 {
			t.Errorf("Good, Good: %+v", got)
		}
		if got := apply(s, scheduler.Card{}, at(1, 9, 0), easy); got.Phase != scheduler.Review || got.Days != 1 {
			t.Errorf("Easy: %+v", got)
		}
	}
}

// Without steps the model says when to come back within the day: from a minute
// to half a day, to the second.
func TestWaitOfTheModelWithinTheDay(t *testing.T) {
	for _, c := range []struct {
		model     string
		stability float64
		retention float64
		change    func(w []float64)
		want      time.Duration
	}{
		{"fsrs5", 0.4000099, 0.9, nil, 34561 * time.Second}, // 34560.86
		{"fsrs5", 0.499, 0.9, nil, 43114 * time.Second},     // 43113.6
		{"fsrs5", 0.501, 0.9, nil, day24},
		{"fsrs5", 0.4, 0.9, func(w []float64) { w[17] = 0 }, day24},
		{"fsrs5", 0.4, 0.9, func(w []float64) { w[18] = 0 }, day24},
		{"fsrs6", 0.001, 0.99, nil, time.Minute},
	} {
		s := plain(t, func(p *scheduler.Preset) {
			p.Model, p.Retention, p.LearningSteps = c.model, c.retention, nil
			p.Weights = model(t, c.model, func(w []float64) {
				w[0] = c.stability
				if c.change != nil {
					c.change(w)
				}
			}).Weights()
		})
		o := s.Outcomes(scheduler.Card{}, at(1, 9, 0), 0, nil)[again-1]
		if o.Wait != c.want || (o.Card.Phase == scheduler.Review) != (c.want == day24) {
			t.Errorf("%+v: %v in phase %d", c, o.Wait, o.Card.Phase)
		}
	}
}

// Without steps all grades of a new card follow the model, and none comes back
// sooner than the one below.
func TestWaitsOfANewCardInOrder(t *testing.T) {
	for _, c := range []struct {
		first [4]float64 // stability, days
		want  [4]time.Duration
	}{
		{[4]float64{0.125, 0.25, 0.375, 0.45}, [4]time.Duration{3 * time.Hour, 6 * time.Hour, 9 * time.Hour, 38880 * time.Second}},
		{[4]float64{0.25, 0.125, 0.125, 3}, [4]time.Duration{6 * time.Hour, 6 * time.Hour, 6 * time.Hour, 3 * day24}},
		{[4]float64{1, 0.25, 0.25, 0.25}, [4]time.Duration{day24, day24, 2 * day24, 3 * day24}},
		{[4]float64{20, 5, 5, 5}, [4]time.Duration{20 * day24, 20 * day24, 21 * day24, 22 * day24}},
	} {
		s := plain(t, func(p *scheduler.Preset) {
			p.LearningSteps = nil
			p.Weights = model(t, "fsrs5", func(w []float64) { copy(w, c.first[:]) }).Weights()
		})
		for i, o := range s.Outcomes(scheduler.Card{}, at(1, 9, 0), 0, nil) {
			if o.Wait != c.want[i] || (o.Card.Phase == scheduler.Learning) != (o.Wait < day24) {
				t.Errorf("%v, grade %d: %v in phase %d, want %v", c.first, i+1, o.Wait, o.Card.Phase, c.want[i])
			}
		}
	}
}

// Far past every calendar in use nothing wraps: a hundred years from the last
// year that is written with four digits.
func TestLongestIntervalAtTheEndOfTime(t *testing.T) {
	s := plain(t, func(p *scheduler.Preset) { p.Retention = 0.7 })
	now := scheduler.MomentOf(time.Date(9999, 12, 31, 23, 0, 0, 0, time.UTC))
	o := s.Outcomes(review(s, 36500, 1, 36500, now), now, 0, nil)[easy-1]
	due := scheduler.DueTime(o.Card, 4, zone(t, "Europe/Berlin"))
	if o.Card.Days != 36500 || o.Wait != 36500*day24 || due.Year() != 10099 {
		t.Errorf("%d days, %v, due %v", o.Card.Days, o.Wait, due)
	}
	later := scheduler.Moment{Time: due}
	if next := apply(s, o.Card, later, good); next.State.S < o.Card.State.S || next.Days != 36500 {
		t.Errorf("answered in %v: %+v", due.Year(), next)
	}
}

// An early answer teaches less than one in time, a late one more; none comes
// back sooner than memory says.
func TestEarlyAndLateReviews(t *testing.T) {
	s := plain(t, nil)
	c := review(s, 20, 5, 20, at(1, 9, 0))
	last := 0.0
	for _, late := range []int{1, 5, 19, 20, 21, 40, 200, 4000} {
		now := scheduler.MomentOf(at(1, 9, 0).Time.AddDate(0, 0, late))
		got := apply(s, c, now, good)
		if got.State.S <= last || got.State != s.Model().Next(c.State, float64(late), good) {
			t.Errorf("after %d days: %+v, stability before %v", late, got.State, last)
		}
		if got.DueDay != s.Day(now)+scheduler.Day(got.Days) {
			t.Errorf("after %d days: due on %v", late, got.DueDay)
		}
		last = got.State.S
	}
}
