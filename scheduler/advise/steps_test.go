package advise_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"lectern/scheduler/advise"
	"lectern/scheduler/revlog"
)

// student answers new cards on steps, forgetting with a given stability after
// Again and after Good, and forgets known cards with that after a lapse.
func student(t *testing.T, cards int, again, good, lapse time.Duration) *revlog.Log {
	t.Helper()
	rnd := rand.New(rand.NewPCG(1, 2))
	log := &revlog.Log{}
	recalled := func(after, stability time.Duration) uint8 {
		if rnd.Float64() < math.Pow(1+19.0/81*after.Seconds()/stability.Seconds(), -0.5) {
			return 3
		}
		return 1
	}
	add := func(card string, at int64, grade uint8, state revlog.State) {
		if err := log.Add(card, revlog.Answer{Time: at, Took: 5000, Grade: grade, State: state}); err != nil {
			t.Fatal(err)
		}
	}
	const day = 24 * 3600_000
	for n := range cards {
		card, at := fmt.Sprint(n), int64(n)*60_000+day*20_000
		first, stability := uint8(1), again
		if n%2 == 1 {
			first, stability = 3, good
		}
		add(card, at, first, revlog.New)
		wait := time.Duration(30+rnd.IntN(3600)) * time.Second
		at += wait.Milliseconds() + 5000
		add(card, at, recalled(wait, stability), revlog.Learning)
		at += 5 * day
		add(card, at, 1, revlog.Review)
		wait = time.Duration(30+rnd.IntN(7200)) * time.Second
		at += wait.Milliseconds() + 5000
		add(card, at, recalled(wait, lapse), revlog.Relearning)
	}
	log.Sort()
	return log
}

func TestStepsFollowTheStudent(t *testing.T) {
	log := student(t, 6000, 10*time.Minute, time.Hour, 40*time.Minute)
	got := advise.RecommendSteps(log, 0.9)
	near := func(what string, got, want time.Duration) {
		if r := got.Seconds() / want.Seconds(); r < 0.8 || r > 1.25 {
			t.Errorf("%s: %v, the student's is %v", what, got, want)
		}
	}
	if len(got.Learning) != 2 || len(got.Relearning) != 1 || got.Missing != 0 {
		t.Fatalf("%+v", got)
	}
	near("after Again", got.Learning[0], 10*time.Minute)
	near("after Good", got.Learning[1], time.Hour)
	near("after a lapse", got.Relearning[0], 40*time.Minute)
	longer := advise.RecommendSteps(log, 0.8)
	if longer.Learning[0] <= got.Learning[0] {
		t.Errorf("to recall less, %v waits less than %v", longer.Learning[0], got.Learning[0])
	}
}

func TestStepsNeedAnswers(t *testing.T) {
	got := advise.RecommendSteps(student(t, 60, time.Minute, time.Hour, time.Hour), 0.9)
	if got.Learning != nil || got.Relearning != nil || got.Missing != 70 {
		t.Errorf("%+v", got)
	}
	for _, retention := range []float64{0, 1, math.NaN(), -3} {
		if got := advise.RecommendSteps(&revlog.Log{}, retention); got.Learning != nil {
			t.Errorf("%v: %+v", retention, got)
		}
	}
}

// Steps never become shorter, are whole seconds, and a second one of half a day
// is left out, whatever the student.
func TestStepsAreSteps(t *testing.T) {
	for _, again := range []time.Duration{time.Second, time.Minute, time.Hour, 300 * time.Hour} {
		for _, good := range []time.Duration{time.Second, time.Hour, 20 * time.Hour, 9000 * time.Hour} {
			got := advise.RecommendSteps(student(t, 600, again, good, good), 0.9)
			for i, d := range got.Learning {
				if d%time.Second != 0 || d < time.Second || i > 0 && (d < got.Learning[i-1] || d >= 12*time.Hour) {
					t.Errorf("%v and %v: %v", again, good, got.Learning)
				}
			}
			if !slices.IsSorted(got.Relearning) {
				t.Errorf("%v", got.Relearning)
			}
		}
	}
}
