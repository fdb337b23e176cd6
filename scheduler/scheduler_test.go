package scheduler_test

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"lectern/scheduler"
)

const day24 = 24 * time.Hour

func steps(d ...time.Duration) []time.Duration { return d }

func TestSteps(t *testing.T) {
	for _, c := range []struct {
		name  string
		steps []time.Duration
		step  int
		want  [4]time.Duration // 0: graduates
	}{
		{"default, first", steps(time.Minute, 10*time.Minute), 0, [4]time.Duration{time.Minute, 330 * time.Second, 10 * time.Minute, 0}},
		{"default, last", steps(time.Minute, 10*time.Minute), 1, [4]time.Duration{time.Minute, 10 * time.Minute, 0, 0}},
		{"one step: Hard is half as long again", steps(10 * time.Minute), 0, [4]time.Duration{10 * time.Minute, 15 * time.Minute, 0, 0}},
		{"one odd step", steps(15 * time.Second), 0, [4]time.Duration{15 * time.Second, 23 * time.Second, 0, 0}},
		{"one long step: by a day at most", steps(10 * day24), 0, [4]time.Duration{10 * day24, 11 * day24, 0, 0}},
		{"a day and more is whole days", steps(20*time.Hour, 40*time.Hour), 0, [4]time.Duration{20 * time.Hour, day24, 2 * day24, 0}},
		{"a day is a day, a day and a half two", steps(day24, 36*time.Hour), 0, [4]time.Duration{day24, day24, 2 * day24, 0}},
		{"a shade less is one", steps(time.Hour, 36*time.Hour-time.Second), 1, [4]time.Duration{time.Hour, day24, 0, 0}},
		{"beyond the last, after a change of settings", steps(time.Minute, 10*time.Minute), 7, [4]time.Duration{time.Minute, 10 * time.Minute, 0, 0}},
		{"before the first", steps(time.Minute, 10*time.Minute), -1, [4]time.Duration{time.Minute, 330 * time.Second, 10 * time.Minute, 0}},
		{"three steps, the middle", steps(time.Minute, time.Hour, 3*day24), 1, [4]time.Duration{time.Minute, time.Hour, 3 * day24, 0}},
	} {
		for _, phase := range []scheduler.Phase{scheduler.Learning, scheduler.Relearning} {
			s := plain(t, func(p *scheduler.Preset) { p.LearningSteps, p.RelearningSteps = c.steps, c.steps })
			card := review(s, 3, 5, 0, at(1, 9, 0))
			card.Phase, card.Step = phase, c.step
			for i, o := range s.Outcomes(card, at(1, 9, 30), 0, nil) {
				if c.want[i] == 0 {
					if o.Card.Phase != scheduler.Review || o.Card.Days < 1 {
						t.Errorf("%s, grade %d: does not graduate: %+v", c.name, i+1, o.Card)
					}
					continue
				}
				if o.Wait != c.want[i] || o.Card.Phase != phase || o.Card.Lapses != 0 {
					t.Errorf("%s, grade %d: %v in phase %d, want %v in %d", c.name, i+1, o.Wait, o.Card.Phase, c.want[i], phase)
				}
				if long := o.Wait >= day24; long != o.Card.Due.IsZero() || long != (o.Card.DueDay > card.LastDay) {
					t.Errorf("%s, grade %d: due %v, day %v", c.name, i+1, o.Card.Due, o.Card.DueDay)
				}
			}
		}
	}
}

func TestStepsWithinTheDayKeepTheExactTime(t *testing.T) {
	s := plain(t, nil)
	// Seven minutes before rollover: the step ends in the next study day, at its own time.
	c := apply(s, scheduler.Card{}, at(2, 3, 53), good)
	if !c.Due.Equal(at(2, 4, 3).Time) || c.DueDay != 0 {
		t.Errorf("%+v", c)
	}
	// And answering it then counts as the day after.
	next := apply(s, c, at(2, 4, 3), good)
	if want := s.Model().Next(c.State, 1, good); next.State != want {
		t.Errorf("%+v, want %+v", next.State, want)
	}
}

func TestEmptySteps(t *testing.T) {
	none := func(p *scheduler.Preset) { p.LearningSteps, p.RelearningSteps = nil, nil }
	s := plain(t, none)
	out := s.Outcomes(scheduler.Card{}, at(1, 9, 0), 0, nil)
	// S = 0.40 days after Again: soon, by the model; the other grades go straight to review.
	if o := out[again-1]; o.Card.Phase != scheduler.Learning || o.Wait != time.Duration(math.Round(0.40255*86400))*time.Second {
		t.Errorf("Again: %+v, %v", o.Card, o.Wait)
	}
	for i, days := range []int{1, 3, 16} {
		if o := out[i+1]; o.Card.Phase != scheduler.Review || o.Card.Days != days || o.Wait != time.Duration(days)*day24 {
			t.Errorf("grade %d: %+v, want %d days", i+2, o.Card, days)
		}
	}
	// A lapse with nothing to relearn stays in review, and counts.
	lapse := apply(s, review(s, 100, 5, 100, at(1, 9, 0)), scheduler.MomentOf(at(1, 9, 0).Time.AddDate(0, 0, 100)), again)
	if lapse.Phase != scheduler.Review || lapse.Lapses != 1 || lapse.Days != max(1, int(math.Round(lapse.State.S))) {
		t.Errorf("lapse: %+v", lapse)
	}
	// A weak one comes back the same day, relearning.
	weak := apply(s, review(s, 0.2, 9, 1, at(1, 9, 0)), at(2, 9, 0), again)
	if weak.Phase != scheduler.Relearning || weak.Lapses != 1 || !weak.Due.After(at(2, 9, 0).Time) {
		t.Errorf("weak lapse: %+v", weak)
	}
	// A model that knows nothing of the day within counts days only.
	dull := plain(t, func(p *scheduler.Preset) {
		none(p)
		p.Weights = model(t, "fsrs5", func(w []float64) { w[17] = 0 }).Weights()
	})
	if c := apply(dull, scheduler.Card{}, at(1, 9, 0), again); c.Phase != scheduler.Review || c.Days != 1 {
		t.Errorf("without a same-day model: %+v", c)
	}
}

func TestALifeOfACard(t *testing.T) {
	s := plain(t, nil)
	var c scheduler.Card
	for i, step := range []struct {
		day, hour int
		grade     scheduler.Grade
		phase     scheduler.Phase
		days      int
		lapses    int
	}{
		{1, 9, good, scheduler.Learning, 0, 0},
		{1, 10, good, scheduler.Review, 4, 0},
		{5, 9, good, scheduler.Review, 14, 0},
		{20, 9, again, scheduler.Relearning, 0, 1},
		{20, 10, hard, scheduler.Relearning, 0, 1},
		{20, 11, again, scheduler.Relearning, 0, 1}, // one lapse is one lapse
		{20, 12, good, scheduler.Review, 2, 1},
		{22, 9, easy, scheduler.Review, 9, 1},
	} {
		c = apply(s, c, at(step.day, step.hour, 0), step.grade)
		if c.Phase != step.phase || c.Days != step.days || c.Lapses != step.lapses || c.Reps != i+1 {
			t.Fatalf("answer %d: %+v, want %+v", i+1, c, step)
		}
		if !c.Last.Equal(at(step.day, step.hour, 0).Time) || c.LastDay != s.Day(at(step.day, 12, 0)) {
			t.Errorf("answer %d: last answered at %v, day %v", i+1, c.Last, c.LastDay)
		}
		if c.Phase == scheduler.Review && c.DueDay != s.Day(at(step.day+step.days, 12, 0)) {
			t.Errorf("answer %d: due on %v", i+1, c.DueDay)
		}
	}
}

func TestLongestIntervalWinsOverEverything(t *testing.T) {
	s := plain(t, func(p *scheduler.Preset) {
		p.MaxInterval = 7
		p.RelearningSteps = steps(10 * day24)
		p.Fuzz = true
	})
	for i, o := range s.Outcomes(review(s, 300, 3, 7, at(1, 9, 0)), at(8, 9, 0), 5, nil) {
		if o.Wait != 7*day24 {
			t.Errorf("grade %d: %v", i+1, o.Wait)
		}
	}
}

func TestPresetValidate(t *testing.T) {
	if err := scheduler.DefaultPreset().Validate(); err != nil {
		t.Errorf("the default preset: %v", err)
	}
	for _, c := range []struct {
		change func(*scheduler.Preset)
		want   string
	}{
		{func(p *scheduler.Preset) { p.Model = "fsrs9" }, `model cannot be used: memory model "fsrs9" is not known; known are fsrs5, fsrs6 and fsrs7`},
		{func(p *scheduler.Preset) { p.Weights = []float64{1} }, "model cannot be used: memory model fsrs5 takes 19 weights, not 1"},
		{func(p *scheduler.Preset) { p.Retention = 0.995 }, "retention must be between 0.70 and 0.99, not 0.995"},
		{func(p *scheduler.Preset) { p.Retention = math.NaN() }, "retention must be between 0.70 and 0.99, not NaN"},
		{func(p *scheduler.Preset) { p.LearningSteps = steps(0) }, "learning_steps must each be between 1s and 365 days, not 0s"},
		{func(p *scheduler.Preset) { p.RelearningSteps = steps(-time.Hour) }, "relearning_steps must each be between 1s and 365 days, not -1h0m0s"},
		{func(p *scheduler.Preset) { p.LearningSteps = steps(time.Hour, time.Minute) }, "learning_steps must not become shorter: 1h0m0s is followed by 1m0s"},
		{func(p *scheduler.Preset) { p.LearningSteps = make([]time.Duration, 21) }, "learning_steps must be at most 20 steps, not 21"},
		{func(p *scheduler.Preset) { p.LearningSteps = steps(366 * day24) }, "learning_steps must each be between 1s and 365 days, not 8784h0m0s"},
		{func(p *scheduler.Preset) { p.LearningSteps = steps(1600 * time.Millisecond) }, "learning_steps must each be whole seconds, not 1.6s"},
		{func(p *scheduler.Preset) { p.MaxInterval = 0 }, "max_interval must be between 1 and 36500, not 0"},
		{func(p *scheduler.Preset) { p.NewPerDay = -1 }, "new_per_day must be between 0 and 100000, not -1"},
		{func(p *scheduler.Preset) { p.ReviewsPerDay = 1 << 40 }, "reviews_per_day must be between 0 and 100000, not 1099511627776"},
		{func(p *scheduler.Preset) { p.LeechLapses = -8 }, "leech_lapses must be between 0 and 1000, not -8"},
		{func(p *scheduler.Preset) { p.RolloverHour = 24 }, "rollover_hour must be between 0 and 23, not 24"},
		{func(p *scheduler.Preset) { p.LearnAhead = -time.Second }, "learn_ahead must be between 0 and 24h0m0s, not -1s"},
		{func(p *scheduler.Preset) { p.LearnAhead = day24 + time.Second }, "learn_ahead must be between 0 and 24h0m0s, not 24h0m1s"},
	} {
		p := scheduler.DefaultPreset()
		c.change(&p)
		_, err := scheduler.NewScheduler(p)
		var setting *scheduler.SettingError
		if !errors.As(err, &setting) || err.Error() != c.want {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
	for i, change := range []func(*scheduler.Preset){
		func(p *scheduler.Preset) { p.Retention = 0.7 },
		func(p *scheduler.Preset) { p.Retention = 0.99 },
		func(p *scheduler.Preset) { p.LearningSteps, p.RelearningSteps = nil, nil },
		func(p *scheduler.Preset) { p.LearningSteps = slices.Repeat(steps(365*day24), 20) },
		func(p *scheduler.Preset) { p.LearningSteps = steps(time.Second) },
		func(p *scheduler.Preset) { p.MaxInterval, p.NewPerDay, p.ReviewsPerDay, p.LeechLapses = 1, 0, 0, 0 },
		func(p *scheduler.Preset) {
			p.MaxInterval, p.NewPerDay, p.ReviewsPerDay, p.LeechLapses = 36500, 1e5, 1e5, 1000
		},
		func(p *scheduler.Preset) { p.RolloverHour, p.LearnAhead = 0, 0 },
		func(p *scheduler.Preset) { p.RolloverHour, p.LearnAhead = 23, day24 },
	} {
		p := scheduler.DefaultPreset()
		change(&p)
		if err := p.Validate(); err != nil {
			t.Errorf("change %d: %v", i, err)
		}
	}
}

func TestDefaultPreset(t *testing.T) {
	want := scheduler.Preset{
		Model: "fsrs5", Auto: true, Retention: 0.9, LearningSteps: steps(time.Minute, 10*time.Minute), RelearningSteps: steps(10 * time.Minute),
		MaxInterval: 36500, NewPerDay: 10, ReviewsPerDay: 200, BurySiblings: true, LeechLapses: 8,
		RolloverHour: 4, LearnAhead: 20 * time.Minute, Fuzz: true, FourButtons: false,
	}
	if got := scheduler.DefaultPreset(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestSchedulerKeepsItsOwnPreset(t *testing.T) {
	p := scheduler.DefaultPreset()
	p.Weights = model(t, p.Model, nil).Weights()
	s, err := scheduler.NewScheduler(p)
	if err != nil {
		t.Fatal(err)
	}
	want := scheduler.DefaultPreset()
	want.Weights = model(t, p.Model, nil).Weights()
	for _, shared := range []scheduler.Preset{p, s.Preset()} {
		shared.LearningSteps[0], shared.RelearningSteps[0], shared.Weights[0] = time.Hour, time.Hour, 50
	}
	if got := s.Preset(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := s.Outcomes(scheduler.Card{}, at(1, 9, 0), 0, nil)[again-1].Wait; got != time.Minute {
		t.Errorf("a step became %v", got)
	}
}

func TestLeech(t *testing.T) {
	for _, c := range []struct {
		threshold int
		want      []int
	}{
		{8, []int{8, 12, 16, 20}},
		{5, []int{5, 8, 11, 14, 17, 20}},
		{3, []int{3, 5, 7, 9, 11, 13, 15, 17, 19}},
		{1, []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}},
		{0, nil},
	} {
		var got []int
		for lapses := range 21 {
			if scheduler.Leech(scheduler.Card{Lapses: lapses}, scheduler.Preset{LeechLapses: c.threshold}) {
				got = append(got, lapses)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("threshold %d: %v, want %v", c.threshold, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("threshold %d: %v, want %v", c.threshold, got, c.want)
				break
			}
		}
	}
}

// Schedules are rebuilt from answers on every computer and by every later
// version: these numbers may not change.
func TestSeedNeverChanges(t *testing.T) {
	for _, c := range []struct {
		id   string
		reps int
		want uint64
	}{
		{"", 0, 0xf52a15e9a9b5e89b},
		{"a1b2c3d4e5/f", 0, 0x6f7007d1150c0efd},
		{"a1b2c3d4e5/f", 1, 0x2e0dfdcd5d03f2c5},
		{"вопрос/r", 7, 0x220cc8ae2f4178b0},
	} {
		if got := scheduler.Seed(c.id, c.reps); got != c.want {
			t.Errorf("Seed(%q, %d) = %#x, want %#x", c.id, c.reps, got, c.want)
		}
	}
	s := plain(t, func(p *scheduler.Preset) { p.Fuzz = true })
	c := review(s, 100, 5, 100, at(1, 9, 0))
	now := scheduler.MomentOf(at(1, 9, 0).Time.AddDate(0, 0, 100))
	for i, want := range []int{274, 286, 265, 276} {
		if got := s.Outcomes(c, now, scheduler.Seed("a1b2c3d4e5/f", i), nil)[good-1].Card.Days; got != want {
			t.Errorf("fuzz %d: %d days, want %d", i, got, want)
		}
	}
}

// A stored time has milliseconds; so has the card of a live answer.
func TestCardsKeepMilliseconds(t *testing.T) {
	s := plain(t, nil)
	now := scheduler.Moment{Time: time.Date(2025, 3, 1, 9, 0, 0, 123456789, time.FixedZone("", 3600)), Zone: 60}
	want := time.Date(2025, 3, 1, 8, 0, 0, 123e6, time.UTC)
	if c := apply(s, scheduler.Card{}, now, again); c.Last != want || c.Due != want.Add(time.Minute) {
		t.Errorf("last %v, due %v", c.Last, c.Due)
	}
}
