package scheduler_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"lectern/scheduler"
	"pgregory.net/rapid"
)

// The button says what happens: the outcome shown is the card applied, and a
// press later on the same study day gives the same interval and memory.
func TestLawButtonIsApplied(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScheduler(t)
		c := s.Replay(drawAnswers(t, 12), seedOf)
		shown := scheduler.Moment{
			Time: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.Int64Range(0, int64(20000*time.Hour)).Draw(t, "shown"))),
			Zone: rapid.IntRange(-12*60, 14*60).Draw(t, "zone"),
		}
		seed := rapid.Uint64().Draw(t, "seed")
		out := s.Outcomes(c, shown, seed, nil)
		for i, g := range scheduler.Grades {
			if out[i].Grade != g {
				t.Fatalf("outcome %d is for grade %d", i, out[i].Grade)
			}
			if got := s.Apply(c, scheduler.Answer{At: shown, Grade: g}, seed); got != out[i].Card {
				t.Fatalf("grade %d: applied %+v, shown %+v", g, got, out[i].Card)
			}
		}
		later := shown
		thinking := time.Duration(rapid.Int64Range(0, int64(6*time.Hour)).Draw(t, "thinking"))
		later.Time = shown.Time.Add(thinking)
		if s.Day(later) != s.Day(shown) {
			return
		}
		for i, g := range scheduler.Grades { // what was promised is kept, whatever the model counts in
			a := scheduler.Answer{At: later, Grade: g, Took: thinking.Truncate(time.Millisecond)}
			got, was := s.Follow(c, a, out[i].Promise()), out[i].Card
			if got.Days != was.Days || got.DueDay != was.DueDay || got.Phase != was.Phase || got.Step != was.Step {
				t.Fatalf("grade %d: promised %+v, followed %+v", g, was, got)
			}
		}
		if s.Preset().Model == "fsrs7" {
			return // it counts the time spent thinking
		}
		for i, o := range s.Outcomes(c, later, seed, nil) {
			was := out[i]
			if o.Wait != was.Wait || o.Card.Days != was.Card.Days || o.Card.State != was.Card.State ||
				o.Card.DueDay != was.Card.DueDay || o.Card.Phase != was.Card.Phase || o.Card.Step != was.Card.Step {
				t.Fatalf("grade %d: %+v when shown, %+v when pressed", i+1, was, o)
			}
		}
	})
}

// What a wait says is when the card comes back.
func TestLawWaitIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScheduler(t)
		answers := drawAnswers(t, 8)
		now := scheduler.Moment{Time: time.Date(2026, 5, 4, 9, 8, 7, 6e6, time.UTC)}
		for _, o := range s.Outcomes(s.Replay(answers, seedOf), now, 7, nil) {
			if !o.Card.Due.IsZero() {
				if got := o.Card.Due.Sub(now.Time); got != o.Wait {
					t.Fatalf("step of %v, wait of %v", got, o.Wait)
				}
			} else if got := time.Duration(o.Card.DueDay-o.Card.LastDay) * 24 * time.Hour; got != o.Wait {
				t.Fatalf("back after %v, wait of %v", got, o.Wait)
			}
		}
	})
}

// Replaying stored answers gives the card that answering left: the store keeps
// milliseconds and the zone offset, the student had a wall clock.
func TestLawReplayIsLive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScheduler(t)
		answers := drawAnswers(t, 25)
		var live scheduler.Card
		stored := make([]scheduler.Answer, 0, len(answers))
		for _, a := range answers {
			wall := a.At.Time.In(time.FixedZone("", a.At.Zone*60))
			a.At = scheduler.MomentOf(wall)
			live = s.Outcomes(live, a.At, seedOf(live.Reps), nil)[a.Grade-1].Card
			a.At.Time = time.UnixMilli(a.At.Time.UnixMilli())
			stored = append(stored, a)
		}
		if got := s.Replay(stored, seedOf); got != live {
			t.Fatalf("replay %+v, live %+v", got, live)
		}
		// A second scheduler of the same settings is the same.
		twin, err := scheduler.NewScheduler(s.Preset())
		if err != nil {
			t.Fatal(err)
		}
		if got := twin.Replay(stored, seedOf); got != live {
			t.Fatalf("another scheduler: %+v, want %+v", got, live)
		}
	})
}

// A better grade never comes back sooner, and review intervals differ by a day
// at least until the longest interval.
func TestLawGradesInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScheduler(t)
		p := s.Preset()
		answers := drawAnswers(t, 12)
		c := s.Replay(answers, seedOf)
		now := scheduler.Moment{Time: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
		if len(answers) > 0 {
			now = answers[len(answers)-1].At
		}
		now.Time = now.Time.Add(time.Duration(rapid.Int64Range(0, int64(5000*time.Hour)).Draw(t, "gap")))
		out := s.Outcomes(c, now, rapid.Uint64().Draw(t, "seed"), nil)
		for i, o := range out {
			if what := sound(o.Card, p); what != "" {
				t.Fatalf("%s: %+v", what, o.Card)
			}
			if i == 0 {
				continue
			}
			below := out[i-1]
			if o.Wait < below.Wait {
				t.Fatalf("grade %d waits %v, grade %d %v", i+1, o.Wait, i, below.Wait)
			}
			if i >= 2 && o.Card.Days > 0 && below.Card.Days > 0 && o.Card.Days <= below.Card.Days && o.Card.Days < p.MaxInterval {
				t.Fatalf("grade %d: %d days, grade %d: %d", i+1, o.Card.Days, i, below.Card.Days)
			}
		}
	})
}

// No history brings a card out of bounds, for any weights in theirs.
func TestLawCardsStaySound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScheduler(t)
		p := s.Preset()
		var c scheduler.Card
		for _, a := range drawAnswers(t, 40) {
			c = s.Apply(c, a, seedOf(c.Reps))
			if what := sound(c, p); what != "" {
				t.Fatalf("%s: %+v", what, c)
			}
			if r := s.Recall(c, s.Day(a.At)+scheduler.Day(c.Days)); !(r >= 0 && r <= 1) {
				t.Fatalf("recall %v", r)
			}
		}
	})
}

// Recall falls with time; a later Good teaches more; an interval ends at the
// recall it was asked for, and asking for more recall shortens it.
func TestLawMemoryIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"fsrs5", "fsrs6"}).Draw(t, "model")
		m, err := scheduler.NewModel(name, drawWeights(t, name))
		if err != nil {
			t.Fatal(err)
		}
		s := scheduler.State{
			S: math.Exp(rapid.Float64Range(math.Log(0.01), math.Log(36500)).Draw(t, "ln S")),
			D: rapid.Float64Range(1, 10).Draw(t, "D"),
		}
		days := rapid.IntRange(1, 5000).Draw(t, "days")
		early, late := float64(days), float64(days+rapid.IntRange(1, 5000).Draw(t, "more"))
		if r0, r1, r2 := m.Recall(s, 0), m.Recall(s, early), m.Recall(s, late); !(r0 == 1 && r1 <= r0 && r2 <= r1 && r2 >= 0) {
			t.Fatalf("recall %v, %v, %v", r0, r1, r2)
		}
		for _, g := range []scheduler.Grade{hard, good, easy} {
			a, b := m.Next(s, early, g), m.Next(s, late, g)
			if a.S < s.S*(1-1e-9) || b.S < a.S*(1-1e-9) {
				t.Fatalf("grade %d: stability %v, after %v days %v, after %v days %v", g, s.S, early, a.S, late, b.S)
			}
		}
		if f := m.Next(s, early, again); f.S > s.S*(1+1e-9) {
			t.Fatalf("forgetting raised stability from %v to %v", s.S, f.S)
		}
		r := rapid.Float64Range(0.70, 0.98).Draw(t, "retention")
		i := m.Interval(s, r)
		if i < 1e5 && math.Abs(m.Recall(s, i)-r) > 1e-9 {
			t.Fatalf("after the interval of %v recall is %v, not %v", i, m.Recall(s, i), r)
		}
		if m.Interval(s, r+0.01) > i {
			t.Fatal("more retention, longer interval")
		}
	})
}

// Fuzz moves an interval by no more than it may.
func TestLawFuzzIsSmall(t *testing.T) {
	p := scheduler.DefaultPreset()
	p.Fuzz = false
	exact, err := scheduler.NewScheduler(p)
	if err != nil {
		t.Fatal(err)
	}
	p.Fuzz = true
	fuzzed, err := scheduler.NewScheduler(p)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(1, 2000).Draw(t, "days")
		c := review(exact, float64(days), 5, days, at(1, 9, 0))
		now := scheduler.MomentOf(at(1, 9, 0).Time.AddDate(0, 0, days))
		seed := rapid.Uint64().Draw(t, "seed")
		a, b := exact.Outcomes(c, now, seed, nil)[good-1].Card.Days, fuzzed.Outcomes(c, now, seed, nil)[good-1].Card.Days
		if most := 2 + int(0.15*float64(min(a, 20))+0.05*float64(a)); b < a-most || b > a+most {
			t.Fatalf("%d days became %d", a, b)
		}
		if b <= c.Days {
			t.Fatalf("fuzz turned %d days, up from %d, into %d", a, c.Days, b)
		}
	})
}

// A clock set back by a year counts as the same day, one set forward as a year,
// and when it is right again nothing absurd stays behind.
func TestLawClockJumps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScheduler(t)
		p := s.Preset()
		answers := drawAnswers(t, 8)
		c := s.Replay(answers, seedOf)
		now := scheduler.Moment{Time: time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)}
		if len(answers) > 0 {
			now = answers[len(answers)-1].At
		}
		seed := rapid.Uint64().Draw(t, "seed")
		shift := func(years int) scheduler.Moment {
			return scheduler.Moment{Time: now.Time.AddDate(years, 0, 0), Zone: now.Zone}
		}
		here, back := s.Outcomes(c, now, seed, nil), s.Outcomes(c, shift(-1), seed, nil)
		for i := range back {
			if back[i].Wait != here[i].Wait {
				t.Fatalf("grade %d: a year back it waits %v, the same day %v", i+1, back[i].Wait, here[i].Wait)
			}
		}
		g := scheduler.Grade(rapid.IntRange(1, 4).Draw(t, "grade"))
		ahead := s.Apply(c, scheduler.Answer{At: shift(1), Grade: g}, seed)
		if what := sound(ahead, p); what != "" {
			t.Fatalf("a year ahead: %s: %+v", what, ahead)
		}
		for i, o := range s.Outcomes(ahead, now, seed, nil) { // the clock is right again
			same := s.Outcomes(ahead, shift(1), seed, nil)[i]
			if o.Wait != same.Wait || sound(o.Card, p) != "" {
				t.Fatalf("grade %d: the clock right again it waits %v, else %v: %+v", i+1, o.Wait, same.Wait, o.Card)
			}
			if o.Card.DueDay > s.Day(now)+scheduler.Day(p.MaxInterval) {
				t.Fatalf("grade %d: due on %v", i+1, o.Card.DueDay)
			}
		}
	})
}

// A card that is planned anew comes back within fuzz of what memory says, never
// in the past, and at the same day when asked twice.
func TestLawReplan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScheduler(t)
		p := s.Preset()
		c := s.Replay(drawAnswers(t, 12), seedOf)
		if c.Phase != scheduler.Review {
			return
		}
		today := c.LastDay + scheduler.Day(rapid.IntRange(-3, 500).Draw(t, "passed"))
		load := &scheduler.Load{Due: func(d scheduler.Day) int { return int(d % 7) }}
		day := s.Replan(c, today, seedOf(c.Reps-1), load)
		if day != s.Replan(c, today, seedOf(c.Reps-1), load) {
			t.Fatal("another day when asked again")
		}
		interval := math.Min(s.Model().Interval(c.State, p.Retention), float64(p.MaxInterval))
		slack := 2 + 0.15*math.Min(interval, 20) + 0.05*interval
		wanted := float64(c.LastDay) + math.Max(1, interval)
		if day < today || day > max(today, c.LastDay+scheduler.Day(p.MaxInterval)) || float64(day) > math.Max(float64(today), wanted+slack) ||
			day > today && float64(day) < wanted-slack {
			t.Fatalf("last on %v, interval %v, today %v: planned for %v", c.LastDay, interval, today, day)
		}
	})
}

func FuzzReplay(f *testing.F) {
	f.Add([]byte{}, uint16(0))
	f.Add([]byte{3, 0, 1, 3, 1, 1, 1, 90, 2, 4, 255, 3}, uint16(3))
	f.Add([]byte{0, 10, 1, 3, 10, 1, 5, 10, 1, 255, 10, 1}, uint16(1))
	f.Add([]byte{1, 0, 200, 2, 255, 255, 3, 128, 128, 4, 7, 7}, uint16(0xffff))
	f.Fuzz(func(t *testing.T, data []byte, settings uint16) {
		p := scheduler.DefaultPreset()
		if settings&1 != 0 {
			p.Model = "fsrs6"
		}
		if settings&2 != 0 {
			p.LearningSteps, p.RelearningSteps = nil, nil
		}
		p.Fuzz = settings&4 != 0
		p.RolloverHour = int(settings>>3) % 24
		p.MaxInterval = []int{36500, 1, 7, 365}[settings>>14]
		s, err := scheduler.NewScheduler(p)
		if err != nil {
			t.Fatal(err)
		}
		data = data[:min(len(data), 600)]
		var answers []scheduler.Answer
		now := time.Date(2024, 2, 29, 3, 59, 0, 0, time.UTC)
		for chunk := range slices.Chunk(data, 3) {
			if len(chunk) < 3 {
				break
			}
			gap := int64(int8(chunk[1]))
			now = now.Add(time.Duration(gap*gap*gap) * time.Duration(1+chunk[2]) * time.Second)
			answers = append(answers, scheduler.Answer{
				At:    scheduler.Moment{Time: now, Zone: (int(chunk[2]) - 128) * 6},
				Grade: scheduler.Grade(int8(chunk[0]) % 6), // some are no grades
			})
		}
		var live scheduler.Card
		for _, a := range answers {
			before := live
			live = s.Apply(live, a, seedOf(live.Reps))
			if what := sound(live, p); what != "" {
				t.Fatalf("%s: %+v", what, live)
			}
			switch {
			case a.Grade < again || a.Grade > easy:
				if live != before {
					t.Fatalf("grade %d changed the card", a.Grade)
				}
			case s.Outcomes(before, a.At, seedOf(before.Reps), nil)[a.Grade-1].Card != live:
				t.Fatal("the button is not what happened")
			}
		}
		if got := s.Replay(answers, seedOf); got != live {
			t.Fatalf("replay %+v, live %+v", got, live)
		}
	})
}
