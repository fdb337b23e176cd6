package follow_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2/test"

	"lectern/app/follow"
)

// Of what is read the latest is shown, and nothing that was given up.
func TestReading(t *testing.T) {
	test.NewTempApp(t)
	var r follow.Reading
	var waiting []func()
	var shown []int
	var given []context.Context
	read := func(n int) {
		follow.Read(&r, func(f func()) { waiting = append(waiting, f) },
			func(ctx context.Context) (int, error) { given = append(given, ctx); return n, nil },
			func(n int, err error) { shown = append(shown, n) })
	}
	read(1)
	read(2)
	for _, f := range waiting {
		f()
	}
	if len(shown) != 1 || shown[0] != 2 || given[0].Err() == nil || given[1].Err() != nil {
		t.Errorf("shown %v", shown)
	}
	read(3)
	r.Stop()
	r.Stop()
	waiting[2]()
	if len(shown) != 1 || given[2].Err() == nil {
		t.Errorf("shown %v after it was given up", shown)
	}
}
