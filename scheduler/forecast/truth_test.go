package forecast_test

import (
	"math"
	"strconv"
	"testing"

	"lectern/scheduler/fit"
	"lectern/scheduler/forecast"
	"lectern/scheduler/internal/student"
	"lectern/scheduler/kernel"
)

// The minutes that are promised, and what will be known, are those that come:
// for students whose memory is not the model's, by weights fitted to their log.
func TestForecastComesTrue(t *testing.T) {
	const history, ahead, students = 200, 60, 12
	var promised, kept, promisedKnown, known float64
	for seed := range uint64(students) {
		d := student.NewDesk(student.New(seed), model(t, kernel.FSRS6), 0.9, 1500)
		d.Live(0, history, 5, 1000)
		log, err := d.History()
		if err != nil {
			t.Fatal(err)
		}
		result, err := fit.Fit(t.Context(), log, fit.Options{Model: kernel.FSRS6})
		if err != nil {
			t.Fatal(err)
		}
		if d.Model, err = kernel.New(result.Model, result.Weights); err != nil {
			t.Fatal(err)
		}
		s := forecast.DefaultSettings()
		s.NewPerDay, s.ReviewsPerDay = 5, 1000
		req := forecast.Request{
			Model: d.Model, Habits: forecast.HabitsOf(log, 0, forecast.DefaultHabits()), Settings: s, Days: ahead,
			Cards: forecast.CardsOf(log, 0, d.Model, student.FirstDay+history, 0.9, s),
		}
		for i, c := range req.Cards { // the student goes on with the fitted weights as well
			number, err := strconv.Atoi(log.ID(int32(i)))
			if err != nil {
				t.Fatal(err)
			}
			d.Cards[number].State, d.Cards[number].Due = c.State, history+c.Due
		}
		for range d.Fresh(5 * ahead) {
			req.Cards = append(req.Cards, forecast.Card{})
		}
		c := simulate(t, req, 0.9)[0]

		seconds := 0.0
		for day := history; day < history+ahead; day++ {
			for _, card := range append(d.Due(day), d.Fresh(5)...) {
				took, _ := d.Study(card, float64(day)+0.5)
				seconds += took
			}
		}
		all := make([]int, len(d.Cards))
		for i := range all {
			all[i] = i
		}
		really := d.Known(all, history+ahead+0.4) * float64(len(all))
		t.Logf("student %2d: %.1f minutes a day promised, %.1f came; %.0f cards known promised, %.0f came",
			seed, c.MinutesPerDay(), seconds/60/ahead, c.KnownAtEnd(), really)
		promised, kept = promised+c.MinutesPerDay(), kept+seconds/60/ahead
		promisedKnown, known = promisedKnown+c.KnownAtEnd(), known+really
	}
	t.Logf("in all %.1f and %.1f minutes, %.0f and %.0f cards", promised/students, kept/students, promisedKnown/students, known/students)
	if math.Abs(promised/kept-1) > 0.1 || math.Abs(promisedKnown/known-1) > 0.03 {
		t.Error("the forecast does not come true")
	}
}
