package kit

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/assets/i18n"
)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 15, 30, 0, 0, time.Local) }

func newCalendar(t *testing.T, chosen time.Time) (*Calendar, *[]string) {
	t.Helper()
	var got []string
	c := NewCalendar(chosen, day(2026, 11, 23), day(2027, 2, 10), func(m time.Time) string { return m.Format("2006-01") },
		i18n.New("ru").Weekday, func(d time.Time) { got = append(got, d.Format(time.DateOnly)) })
	test.NewTempWindow(t, c).Resize(fyne.NewSize(280, 300))
	c.Resize(fyne.NewSize(280, 280))
	return c, &got
}

func TestCalendarKeysStayWithinTheDays(t *testing.T) {
	c, got := newCalendar(t, time.Time{})
	for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyRight, fyne.KeyDown, fyne.KeyUp, fyne.KeyUp, fyne.KeyLeft} {
		c.TypedKey(&fyne.KeyEvent{Name: k})
	}
	want := []string{"2026-11-23", "2026-11-24", "2026-12-01", "2026-11-24", "2026-11-23"}
	if len(*got) != len(want) {
		t.Fatalf("chose %v, want %v", *got, want)
	}
	for i := range want {
		if (*got)[i] != want[i] {
			t.Errorf("chose %v, want %v", *got, want)
		}
	}
	c.Step(1000)
	if c.Day.Format(time.DateOnly) != "2027-02-10" || c.page.Month() != time.February {
		t.Errorf("far ahead it is %s", c.Day)
	}
}

func TestCalendarTurnsAndIsTapped(t *testing.T) {
	c, got := newCalendar(t, day(2026, 12, 14))
	picked := 0
	c.Picked = func() { picked++ }
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	if c.page.Month() != time.January || len(*got) != 0 {
		t.Fatalf("turned to %s, chose %v", c.page, *got)
	}
	for range 5 { // not before the first page
		c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(10, 10)})
	}
	if c.page.Month() != time.November {
		t.Fatalf("turned back to %s", c.page)
	}
	// November 2026 begins on a Sunday: the 26th is a Thursday in the fifth row.
	at := fyne.NewPos(3.5*40, calendarHead+calendarNames+4.5*calendarWeek)
	c.Tapped(&fyne.PointEvent{Position: at})
	if len(*got) != 1 || (*got)[0] != "2026-11-26" {
		t.Errorf("tapped %v", *got)
	}
	c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(6.5*40, calendarHead+calendarNames+0.5*calendarWeek)}) // the 1st: past
	if len(*got) != 1 {
		t.Errorf("a past day was chosen: %v", *got)
	}
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if picked != 2 {
		t.Errorf("done %d times, want after the tap and after Enter", picked)
	}
}
