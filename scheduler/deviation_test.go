package scheduler_test

import (
	"math"
	"sync"
	"testing"
	"time"

	"lectern/scheduler"
)

// Each test here is a case in which go-fsrs v3.3.1 or v4.0.0, used as it is,
// leaves the published algorithm or what a student expects. The numbers are
// those of the published formulas.

func TestDeviation1LearningCardAnsweredDaysLater(t *testing.T) {
	for name, want := range map[string][2]float64{"fsrs5": {15.0371, 1.1831}, "fsrs6": {14.1447, math.NaN()}} {
		s := plain(t, func(p *scheduler.Preset) { p.Model = name })
		c := review(s, 3.173, 5.28, 0, at(1, 9, 0))
		c.Phase, c.Step = scheduler.Learning, 1
		near(t, name+" Good after 5 days", apply(s, c, at(6, 9, 0), good).State.S, want[0])
		if c.Phase = scheduler.Relearning; !math.IsNaN(want[1]) {
			near(t, name+" Again after 5 days", apply(s, c, at(6, 9, 0), again).State.S, want[1])
		}
	}
}

func TestDeviation2ReviewCardAnsweredAgainTheSameDay(t *testing.T) {
	s := plain(t, nil)
	c := review(s, 10, 5, 10, at(1, 9, 0))
	for g, want := range map[scheduler.Grade]float64{again: 5.0103, good: 14.0777, easy: 23.5975} {
		near(t, "same day", apply(s, c, at(1, 15, 0), g).State.S, want)
	}
}

func TestDeviation3aTwentyThreeHoursAreADay(t *testing.T) {
	s := plain(t, nil)
	near(t, "20:00, then 19:00", apply(s, review(s, 10, 5, 10, at(1, 20, 0)), at(2, 19, 0), good).State.S, 12.5280)
}

func TestDeviation3bThirtyFourHoursAreTwoDays(t *testing.T) {
	s := plain(t, nil)
	c := review(s, 10, 5, 10, at(1, 22, 0))
	want := s.Model().Next(c.State, 2, good)
	if got := apply(s, c, at(3, 8, 0), good).State; got != want {
		t.Errorf("22:00, then 08:00 two study days later: %+v, want %+v", got, want)
	}
}

func TestDeviation3cTheUTCDateIsNotTheStudyDay(t *testing.T) {
	s := plain(t, func(p *scheduler.Preset) { p.Model = "fsrs6" })
	tokyo := zone(t, "Asia/Tokyo")
	first := scheduler.MomentOf(time.Date(2025, 3, 1, 8, 50, 0, 0, tokyo))
	second := scheduler.MomentOf(time.Date(2025, 3, 1, 9, 10, 0, 0, tokyo))
	c := review(s, 2.3065, 5, 2, first)
	near(t, "Tokyo, 20 minutes over UTC midnight", apply(s, c, second, good).State.S, 2.3065)
}

func TestDeviation3dRecallCountsTheSameDaysAsTheAnswer(t *testing.T) {
	newYork := zone(t, "America/New_York")
	evening := scheduler.MomentOf(time.Date(2025, 3, 1, 22, 0, 0, 0, newYork))
	morning := scheduler.MomentOf(time.Date(2025, 3, 2, 8, 0, 0, 0, newYork))
	for name, want := range map[string]float64{"fsrs5": 0.9773, "fsrs6": 0.9728} {
		s := plain(t, func(p *scheduler.Preset) { p.Model = name })
		near(t, name+" recall ten hours on", s.Recall(review(s, 5, 5, 5, evening), s.Day(morning)), want)
	}
}

func TestDeviation4aStepsOfANewCard(t *testing.T) {
	s := plain(t, nil)
	out := s.Outcomes(scheduler.Card{}, at(1, 9, 0), seedOf(0), nil)
	for g, want := range map[scheduler.Grade]time.Duration{again: time.Minute, hard: 5*time.Minute + 30*time.Second, good: 10 * time.Minute} {
		if o := out[g-1]; o.Wait != want || o.Card.Phase != scheduler.Learning {
			t.Errorf("grade %d: %v in phase %d, want %v learning", g, o.Wait, o.Card.Phase, want)
		}
	}
	if o := out[easy-1]; o.Card.Phase != scheduler.Review || o.Card.Days != 16 {
		t.Errorf("Easy: phase %d, %d days", o.Card.Phase, o.Card.Days)
	}
	// One Good is not enough: the second step, then the interval.
	c := out[good-1].Card
	second := s.Outcomes(c, at(1, 9, 10), seedOf(1), nil)
	for g, want := range map[scheduler.Grade]time.Duration{again: time.Minute, hard: 10 * time.Minute} {
		if o := second[g-1]; o.Wait != want {
			t.Errorf("on the second step, grade %d: %v, want %v", g, o.Wait, want)
		}
	}
	if second[good-1].Card.Phase != scheduler.Review {
		t.Error("Good on the last step does not graduate")
	}
	// And a lapse waits for the relearning step.
	lapse := apply(s, review(s, 20, 5, 20, at(1, 9, 0)), at(21, 9, 0), again)
	if lapse.Phase != scheduler.Relearning || !lapse.Due.Equal(at(21, 9, 10).Time) || lapse.Lapses != 1 {
		t.Errorf("lapse: %+v", lapse)
	}
}

func TestDeviation4cHardOnALaterStepRepeatsIt(t *testing.T) {
	s := plain(t, func(p *scheduler.Preset) {
		p.LearningSteps = []time.Duration{time.Minute, 10 * time.Minute, time.Hour}
	})
	c := scheduler.Card{}
	for range 2 {
		c = apply(s, c, at(1, 9, 0), good)
	}
	if c.Step != 2 {
		t.Fatalf("stands on step %d", c.Step)
	}
	c = apply(s, c, at(1, 10, 0), hard)
	if c.Step != 2 || !c.Due.Equal(at(1, 11, 0).Time) {
		t.Errorf("Hard on the third step: step %d, due %v", c.Step, c.Due)
	}
}

func TestDeviation4dAgainInLearningNeverGraduates(t *testing.T) {
	s := plain(t, nil)
	for _, step := range []int{-1, 0, 1, 7} { // also what an old collection may hold
		c := review(s, 2, 5, 0, at(1, 9, 0))
		c.Phase, c.Step, c.DueDay, c.Due = scheduler.Learning, step, 0, at(1, 9, 10).Time
		c = apply(s, c, at(1, 9, 10), again)
		if c.Phase != scheduler.Learning || c.Step != 0 || !c.Due.Equal(at(1, 9, 11).Time) {
			t.Errorf("from step %d: %+v", step, c)
		}
	}
}

func TestDeviation5FirstStabilityHasNoFloorOfATenth(t *testing.T) {
	for _, name := range []string{"fsrs5", "fsrs6"} {
		m := model(t, name, func(w []float64) { w[0] = 0.02 })
		if got := m.Next(scheduler.State{}, 0, again).S; got != 0.02 {
			t.Errorf("%s: w0 = 0.02, first answer Again: stability %v", name, got)
		}
	}
}

func TestDeviation6StabilityStaysInBounds(t *testing.T) {
	for name, floor := range map[string]float64{"fsrs5": 0.01, "fsrs6": 0.001} {
		m := model(t, name, func(w []float64) { w[17], w[18] = 2, 0.1 })
		s := scheduler.State{S: 0.02, D: 9}
		for range 10 {
			s = m.Next(s, 0, again)
		}
		if s.S != floor {
			t.Errorf("%s: ten lapses in a day: stability %v, want %v", name, s.S, floor)
		}
		// A card in review that lost its memory starts over instead of spreading NaN.
		sched := plain(t, func(p *scheduler.Preset) { p.Model = name })
		for _, broken := range []scheduler.State{{}, {S: math.NaN(), D: 5}, {S: -1, D: 5}, {S: math.Inf(1), D: 5}, {S: 3}, {S: 3, D: math.NaN()}} {
			c := apply(sched, review(sched, broken.S, broken.D, 5, at(1, 9, 0)), at(4, 9, 0), good)
			if what := sound(c, sched.Preset()); what != "" {
				t.Errorf("%s from %+v: %s: %+v", name, broken, what, c)
			}
		}
	}
}

func TestDeviation7ClockSetBackIsTheSameDay(t *testing.T) {
	for _, name := range []string{"fsrs5", "fsrs6"} {
		s := plain(t, func(p *scheduler.Preset) { p.Model = name })
		c := review(s, 10, 5, 10, at(3, 9, 0))
		if got, want := apply(s, c, at(1, 9, 0), good).State, s.Model().Next(c.State, 0, good); got != want {
			t.Errorf("%s: %+v, want %+v as on the same day", name, got, want)
		}
		if got, want := s.Model().Next(c.State, -2, good), s.Model().Next(c.State, 0, good); got != want {
			t.Errorf("%s: minus two days: %+v, want %+v", name, got, want)
		}
		// Once the clock is right again, days count on from the last answer.
		back := apply(s, c, at(1, 9, 0), good)
		if got, want := apply(s, back, at(4, 9, 0), good).State, s.Model().Next(back.State, 3, good); got != want {
			t.Errorf("%s: after the clock was mended: %+v, want %+v", name, got, want)
		}
	}
}

func TestDeviation8DifficultyRevertsToAnUnclampedTarget(t *testing.T) {
	m := model(t, "fsrs5", func(w []float64) { w[4], w[5], w[7] = 4, 1.2, 0.5 })
	if got := m.Next(scheduler.State{S: 10, D: 6}, 5, good).D; got != 1 {
		t.Errorf("D0(Easy) = -31.6: difficulty %v, want 1", got)
	}
	// D0(Easy) = 5 - e^3.6 = -31.598234; a tenth of it, and nine of D - w6(G-3)(10-D)/9.
	m = model(t, "fsrs5", func(w []float64) { w[4], w[5], w[6], w[7] = 4, 1.2, 1.8, 0.1 })
	for g, want := range map[scheduler.Grade]float64{again: 4.760177, hard: 4.400177, good: 4.040177, easy: 3.680177} {
		near(t, "difficulty", m.Next(scheduler.State{S: 10, D: 8}, 5, g).D, want)
	}
}

func TestDeviation9FuzzIsOfTheCardNotOfTheSecond(t *testing.T) {
	s := plain(t, func(p *scheduler.Preset) { p.Fuzz = true })
	c := review(s, 60, 5, 60, at(1, 9, 0))
	shown := scheduler.MomentOf(at(1, 9, 0).Time.AddDate(0, 0, 60))
	spread := map[int]bool{}
	for i := range 50 {
		seed := scheduler.Seed(string(rune('A'+i)), c.Reps)
		label := s.Outcomes(c, shown, seed, nil)[good-1]
		later := scheduler.MomentOf(shown.Time.Add(7 * time.Second))
		if got := s.Apply(c, scheduler.Answer{At: later, Grade: good}, seed); got.Days != label.Card.Days {
			t.Fatalf("the button said %d days, the press gave %d", label.Card.Days, got.Days)
		}
		spread[label.Card.Days] = true
	}
	if len(spread) < 10 {
		t.Errorf("50 equal cards come back on only %d days", len(spread))
	}
}

func TestDeviation10SetUpIsNeverSilentlyReplaced(t *testing.T) {
	s := plain(t, nil)
	if got := apply(s, review(s, 10, 5, 10, at(1, 9, 0)), at(6, 9, 0), good).Days; got != 22 {
		t.Errorf("interval %d, want 22", got)
	}
	// Weights migrated from FSRS-5 keep w19 = 0.
	m, err := scheduler.NewModel("fsrs6", append(model(t, "fsrs5", nil).Weights(), 0, 0.5))
	if err != nil || m.Weights()[19] != 0 {
		t.Errorf("w19 = 0: %v", err)
	}
	// One bad field is an error, not a return to the defaults.
	p := scheduler.DefaultPreset()
	p.Retention = 0
	if _, err := scheduler.NewScheduler(p); err == nil {
		t.Error("retention 0 is accepted")
	}
}

func TestDeviation11OneSchedulerInManyGoroutines(t *testing.T) {
	for _, name := range []string{"fsrs5", "fsrs6"} {
		s := plain(t, func(p *scheduler.Preset) { p.Model, p.Fuzz = name, true })
		answers := history(40)
		want := s.Replay(answers, seedOf)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 20 {
					if got := s.Replay(answers, seedOf); got != want {
						t.Errorf("%s: %+v, want %+v", name, got, want)
						return
					}
					s.Outcomes(want, at(1, 9, 0), 1, nil)
					s.Model().Recall(want.State, 3)
					s.Model().Next(want.State, 1, good)
					s.Preset()
				}
			})
		}
		wg.Wait()
	}
}
