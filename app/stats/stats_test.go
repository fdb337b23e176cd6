package stats

import (
	"context"
	"testing"
	"time"

	"lectern/app/nav"
	"lectern/app/shell/shelltest"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// fake gives a year of study without a collection.
type fake struct{ reviews int }

func (f fake) Stats(context.Context) (collection.Stats, error) {
	s := collection.Stats{Reviews: f.reviews, Cards: 20, Studied: 18, Asked: 410, Recalled: 371, Minutes: 96}
	for d := range 200 {
		if d%3 != 1 && f.reviews > 0 {
			s.Days = append(s.Days, collection.DayStat{Day: today - scheduler.Day(200-d), Reviews: 3 + d*7%50})
		}
	}
	return s, nil
}

func (fake) Home(context.Context) (collection.Home, error) {
	return collection.Home{Today: today, Week: [7]int{34, 21, 18, 26, 15, 19, 12}}, nil
}

func (fake) Subscribe(func(collection.Change)) func() { return func() {} }

var today = scheduler.DayOf(scheduler.MomentOf(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)), 4)

func TestPictures(t *testing.T) {
	for name, reviews := range map[string]int{"stats": 640, "stats-few": 12} {
		shelltest.Each(t, name, func(w shelltest.Window) nav.Screen {
			return New(Options{Collection: fake{reviews}, Nav: w.Shell, Printer: w.Printer, Background: func(f func()) { f() }})
		}, func(t *testing.T, _ shelltest.Window, s nav.Screen) {
			if len(s.(*Screen).body.Objects) < 2 {
				t.Error("nothing is shown")
			}
		})
	}
}
