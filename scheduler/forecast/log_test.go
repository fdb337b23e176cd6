package forecast_test

import (
	"math"
	"strconv"
	"testing"

	"lectern/scheduler/forecast"
	"lectern/scheduler/internal/student"
	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

const dayMS = 24 * 60 * 60 * 1000

func TestHabitsOf(t *testing.T) {
	log := &revlog.Log{}
	add := func(card int, day, minute int64, grade uint8, state revlog.State, seconds int32) {
		t.Helper()
		a := revlog.Answer{Time: day*dayMS + minute*60_000, Grade: grade, State: state, Took: seconds * 1000}
		if err := log.Add(strconv.Itoa(card), a); err != nil {
			t.Fatal(err)
		}
	}
	for card := range 50 { // new: Again, then Good, then Good; a day later Hard
		add(card, 1, 0, 1, revlog.New, 2)
		add(card, 1, 1, 3, revlog.Learning, 3)
		add(card, 1, 11, 3, revlog.Learning, 3)
		add(card, 2, 0, 2, revlog.Review, 4000) // was away: the time does not count
		add(card, 3, 0, 1, revlog.Review, 6)
		add(card, 3, 10, 4, revlog.Relearning, 0) // time not known
		add(card, 4, 0, 4, revlog.Cram, 1)
		add(card, 5, 0, 1, revlog.Learning, 3) // another day: no step of the same one
	}
	log.Sort()
	prior := forecast.DefaultHabits()
	h := forecast.HabitsOf(log, 0, prior)
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"first Again", h.First[0], (50 + 50*prior.First[0]) / 100},
		{"first Good", h.First[2], prior.First[2] / 2},
		{"Hard of recalled", h.Recalled[0], (50 + 50*prior.Recalled[0]) / 100},
		{"Good after Again", h.Learning[0][2], (50 + 50*prior.Learning[0][2]) / 100},
		{"Good after Good", h.Learning[2][2], (50 + 50*prior.Learning[2][2]) / 100},
		{"Again after Hard", h.Learning[1][0], prior.Learning[1][0]},
		{"Easy after Again", h.Relearning[0][3], (50 + 50*prior.Relearning[0][3]) / 100},
		{"seconds new Again", h.Seconds[0][0], (50*2 + 50*3 + 50*prior.Seconds[0][0]) / 150},
		{"seconds Good", h.Seconds[0][2], (100*3 + 50*prior.Seconds[0][2]) / 150},
		{"seconds Hard", h.Seconds[1][1], prior.Seconds[1][1]},
		{"seconds Again", h.Seconds[1][0], (50*6 + 50*prior.Seconds[1][0]) / 100},
		{"seconds relearning", h.Seconds[2][3], prior.Seconds[2][3]},
	} {
		if math.Abs(c.got-c.want) > 1e-3 { // the prior's own rows are rounded
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}
	if h.Answers != 400 {
		t.Errorf("%d answers", h.Answers)
	}
}

func TestTwoButtons(t *testing.T) {
	h := forecast.DefaultHabits().TwoButtons()
	req := request(t, kernel.FSRS6, 500, 100)
	req.Habits = h
	if h.First[1] != 0 || h.Recalled != [3]float64{0, 1, 0} || math.Abs(h.First[0]+h.First[2]-1) > 1e-3 {
		t.Errorf("two buttons: %+v", h)
	}
	if c := simulate(t, req, 0.9)[0]; !(c.MinutesPerDay() > 0) {
		t.Error("no minutes with two buttons")
	}
}

// The mean times are those of the simulation: new cards on their first day, and
// reviews recalled and forgotten.
func TestSecondsAreThoseOfTheSimulation(t *testing.T) {
	h := forecast.DefaultHabits()
	for steps := range 4 {
		req := forecast.Request{Model: model(t, kernel.FSRS6), Habits: h, Cards: make([]forecast.Card, 20000), Days: 1}
		req.Settings = forecast.Settings{NewPerDay: 20000, LearningSteps: steps, MaxInterval: 100}
		got := simulate(t, req, 0.9)[0].Minutes[0] * 60 / 20000
		if want := h.NewSeconds(steps); math.Abs(got/want-1) > 0.02 {
			t.Errorf("%d steps: a new card takes %.1f s, simulated %.1f", steps, want, got)
		}
		recall := 0.0
		for i := range req.Cards {
			req.Cards[i] = forecast.Card{State: kernel.State{S: 3, D: 5}, Last: -20}
			recall = req.Cards[i].RecallOn(req.Model, 0)
		}
		req.Settings = forecast.Settings{ReviewsPerDay: 20000, RelearningSteps: steps, MaxInterval: 100}
		got = simulate(t, req, 0.9)[0].Minutes[0] * 60 / 20000
		if want := h.ReviewSeconds(recall, steps); math.Abs(got/want-1) > 0.02 {
			t.Errorf("%d steps: a review takes %.1f s, simulated %.1f", steps, want, got)
		}
	}
}

// A log replayed is the collection it came from.
func TestCardsOf(t *testing.T) {
	for _, name := range []string{kernel.FSRS5, kernel.FSRS6} {
		m := model(t, name)
		d := student.NewDesk(student.New(4), m, 0.9, 200)
		d.Live(0, 100, 3, 100)
		log, err := d.History()
		if err != nil {
			t.Fatal(err)
		}
		cards := forecast.CardsOf(log, 0, m, student.FirstDay+100, 0.9, forecast.DefaultSettings())
		if len(cards) < 100 {
			t.Fatalf("%d cards", len(cards))
		}
		for i, c := range cards {
			number, err := strconv.Atoi(log.ID(int32(i)))
			if err != nil {
				t.Fatal(err)
			}
			want := d.Cards[number]
			if c.State != want.State || c.Last != want.Last-100 || c.Due != want.Due-100 || c.Interval != want.Interval {
				t.Fatalf("%s: card %d is %+v, want %+v", name, number, c, want)
			}
		}
	}
}

func TestReschedule(t *testing.T) {
	m, s := model(t, kernel.FSRS6), forecast.DefaultSettings()
	cards := []forecast.Card{
		{},
		{State: kernel.State{S: 10, D: 5}, Last: -3, Due: 7, Interval: 10},
		{State: kernel.State{S: 10, D: 5}, Last: -30, Due: -20, Interval: 10},
		{State: kernel.State{S: 1e9, D: 5}, Last: 0, Due: 50, Interval: 50},
	}
	if got := forecast.Workload(cards, 10); got[0] != 1 || got[7] != 1 {
		t.Errorf("before: %v", got)
	}
	s.MaxInterval = 20
	changed := forecast.Reschedule(cards, m, 0.8, s)
	if changed[0] != cards[0] || changed[1].Due != 17 || changed[2].Due != 0 || changed[3].Due != 20 {
		t.Errorf("after: %+v", changed)
	}
	if got := forecast.Workload(changed, 21); got[0] != 1 || got[17] != 1 || got[20] != 1 {
		t.Errorf("after: %v", got)
	}
	if got := forecast.Workload(changed, -1); len(got) != 0 {
		t.Errorf("no days: %v", got)
	}
}
