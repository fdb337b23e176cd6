package fit_test

import (
	"context"
	"fmt"
	"testing"

	"lectern/scheduler/fit"
	"lectern/scheduler/internal/student"
	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// studied is the log of a student after so many days.
func studied(t testing.TB, seed uint64, days int) *revlog.Log {
	t.Helper()
	m, err := kernel.New(kernel.FSRS6, nil)
	if err != nil {
		t.Fatal(err)
	}
	d := student.NewDesk(student.New(seed), m, 0.9, 10*days)
	d.Live(0, days, 10, 300)
	l, err := d.History()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func mustFit(t testing.TB, l *revlog.Log, model string) fit.Result {
	t.Helper()
	r, err := fit.Fit(context.Background(), l, fit.Options{Model: model})
	if err != nil {
		t.Fatal(err)
	}
	if err := kernel.Check(model, r.Weights); err != nil {
		t.Fatal(err)
	}
	return r
}

// answer is a row of a log made by hand.
type answer struct {
	card  int
	day   float64
	grade int
	state revlog.State
}

func logOf(t testing.TB, rows ...answer) *revlog.Log {
	t.Helper()
	var l revlog.Log
	for _, r := range rows {
		err := l.Add(fmt.Sprint(r.card), revlog.Answer{
			Time: int64((20000 + r.day) * 86400e3), Grade: uint8(r.grade), State: r.state,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	l.Sort()
	return &l
}
