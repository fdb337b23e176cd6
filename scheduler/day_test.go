package scheduler_test

import (
	"testing"
	"time"

	"lectern/scheduler"
	"pgregory.net/rapid"
)

func TestDayOf(t *testing.T) {
	for _, c := range []struct {
		local    string // with offset
		rollover int
		want     string
	}{
		{"2025-03-01T03:59:59+00:00", 4, "2025-02-28"},
		{"2025-03-01T04:00:00+00:00", 4, "2025-03-01"},
		{"2025-03-01T00:30:00+09:00", 0, "2025-03-01"}, // still February in UTC
		{"2025-02-28T23:30:00-10:00", 4, "2025-02-28"}, // already March in UTC
		{"2025-03-01T03:59:00+05:45", 4, "2025-02-28"},
		{"2025-03-01T22:59:00+00:00", 23, "2025-02-28"},
		{"1970-01-01T00:00:00+00:00", 4, "1969-12-31"},
		{"1969-12-31T00:00:00+00:00", 0, "1969-12-31"},
		{"1969-12-30T23:59:59+00:00", 0, "1969-12-30"},
		{"1969-12-30T12:00:00+00:00", 0, "1969-12-30"},
		{"0001-01-01T12:00:00+00:00", 0, "0001-01-01"},
		{"2400-02-29T12:00:00+00:00", 4, "2400-02-29"},
	} {
		at, err := time.Parse(time.RFC3339, c.local)
		if err != nil {
			t.Fatal(err)
		}
		if got := scheduler.DayOf(scheduler.MomentOf(at), c.rollover); got.String() != c.want {
			t.Errorf("%s, rollover %d: %v, want %s", c.local, c.rollover, got, c.want)
		}
	}
	if d := scheduler.Day(0); d.String() != "1970-01-01" || d.Weekday() != time.Thursday {
		t.Errorf("day 0 is %v, %v", d, d.Weekday())
	}
	if y, m, d := scheduler.Day(20000).Date(); y != 2024 || m != time.October || d != 4 {
		t.Errorf("day 20000 is %d-%d-%d", y, m, d)
	}
}

func dayOn(y int, m time.Month, d int) scheduler.Day {
	return scheduler.DayOf(scheduler.MomentOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)), 0)
}

func TestDayLengthAcrossDaylightSaving(t *testing.T) {
	for _, c := range []struct {
		zone     string
		day      scheduler.Day
		rollover int
		start    string
		hours    float64
	}{
		// The night of the change belongs to the day before when the rollover is later.
		{"Europe/Berlin", dayOn(2025, 3, 29), 4, "2025-03-29T04:00:00+01:00", 23},
		{"Europe/Berlin", dayOn(2025, 10, 25), 4, "2025-10-25T04:00:00+02:00", 25},
		{"Europe/Berlin", dayOn(2025, 3, 30), 0, "2025-03-30T00:00:00+01:00", 23},
		// 02:00 does not exist: the day starts with the jump to 03:00.
		{"Europe/Berlin", dayOn(2025, 3, 30), 2, "2025-03-30T03:00:00+02:00", 23},
		// 02:00 comes twice: the first starts the day.
		{"Europe/Berlin", dayOn(2025, 10, 26), 2, "2025-10-26T02:00:00+02:00", 25},
		// Midnight does not exist.
		{"Africa/Cairo", dayOn(2025, 4, 25), 0, "2025-04-25T01:00:00+03:00", 23},
		// 03:00 is passed, and fifteen minutes later it is 02:45 once more.
		{"Pacific/Chatham", dayOn(2025, 4, 6), 3, "2025-04-06T03:00:00+13:45", 25},
		// Half an hour.
		{"Australia/Lord_Howe", dayOn(2025, 4, 6), 1, "2025-04-06T01:00:00+11:00", 24.5},
		// Samoa left out a whole date; four hours of it remain.
		{"Pacific/Apia", dayOn(2011, 12, 30), 4, "2011-12-31T00:00:00+14:00", 4},
		{"Asia/Kathmandu", dayOn(2025, 6, 1), 4, "2025-06-01T04:00:00+05:45", 24},
	} {
		loc := zone(t, c.zone)
		start, end := scheduler.DayStart(c.day, c.rollover, loc), scheduler.DayEnd(c.day, c.rollover, loc)
		if got := start.Format(time.RFC3339); got != c.start {
			t.Errorf("%s %v, rollover %d: starts %s, want %s", c.zone, c.day, c.rollover, got, c.start)
		}
		if got := end.Sub(start).Hours(); got != c.hours {
			t.Errorf("%s %v, rollover %d: %v hours, want %v", c.zone, c.day, c.rollover, got, c.hours)
		}
	}
	if got := scheduler.DayStart(0, 4, nil); !got.Equal(time.Unix(4*3600, 0)) {
		t.Errorf("without a location: %v", got)
	}
}

// Every instant lies in its own study day, and days follow one another, in
// all the places whose clocks jump in different ways.
func TestLawDaysCoverTime(t *testing.T) {
	names := []string{"UTC", "Europe/Moscow", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe",
		"Africa/Cairo", "Africa/Casablanca", "America/Havana", "Asia/Beirut", "Asia/Tehran", "Pacific/Apia", "Atlantic/Azores"}
	zones := map[string]*time.Location{}
	for _, n := range names {
		zones[n] = zone(t, n)
	}
	rapid.Check(t, func(t *rapid.T) {
		loc := zones[rapid.SampledFrom(names).Draw(t, "zone")]
		rollover := rapid.IntRange(0, 23).Draw(t, "rollover")
		now := time.UnixMilli(rapid.Int64Range(1.32e12, 2.2e12).Draw(t, "ms")).In(loc)
		if rapid.Bool().Draw(t, "near a change of the clock") {
			if _, end := now.ZoneBounds(); !end.IsZero() {
				now = end.Add(time.Duration(rapid.Int64Range(-26*3600e3, 26*3600e3).Draw(t, "offset")) * time.Millisecond)
			}
		}
		day := scheduler.DayOf(scheduler.MomentOf(now), rollover)
		start, end := scheduler.DayStart(day, rollover, loc), scheduler.DayEnd(day, rollover, loc)
		if now.Before(start) || !now.Before(end) {
			t.Fatalf("%v is in day %v, which lasts from %v to %v", now, day, start, end)
		}
		if got := scheduler.DayOf(scheduler.MomentOf(start), rollover); got != day {
			t.Fatalf("day %v starts in day %v", day, got)
		}
		if got := scheduler.DayOf(scheduler.MomentOf(end.Add(-time.Millisecond)), rollover); got != day {
			t.Fatalf("day %v ends in day %v", day, got)
		}
	})
}

func TestTravelCountsDates(t *testing.T) {
	s := plain(t, nil)
	tokyo, honolulu := zone(t, "Asia/Tokyo"), zone(t, "Pacific/Honolulu")
	for _, c := range []struct {
		name        string
		first, next time.Time
		days        float64
	}{
		{"west over the date line, ten hours on: the date before", time.Date(2025, 5, 10, 9, 0, 0, 0, tokyo), time.Date(2025, 5, 10, 0, 0, 0, 0, honolulu), 0},
		{"west, then two evenings", time.Date(2025, 5, 10, 21, 0, 0, 0, tokyo), time.Date(2025, 5, 12, 20, 0, 0, 0, honolulu), 2},
		{"east over the date line, eight hours on: two dates", time.Date(2025, 5, 10, 12, 0, 0, 0, honolulu), time.Date(2025, 5, 12, 4, 30, 0, 0, tokyo), 2},
	} {
		from := review(s, 10, 5, 10, scheduler.MomentOf(c.first))
		got := apply(s, from, scheduler.MomentOf(c.next), good).State
		if want := s.Model().Next(from.State, c.days, good); got != want {
			t.Errorf("%s: %+v, want %v days: %+v", c.name, got, c.days, want)
		}
	}
}

func TestDueTime(t *testing.T) {
	s := plain(t, nil)
	berlin := zone(t, "Europe/Berlin")
	if got := scheduler.DueTime(scheduler.Card{}, 4, berlin); !got.IsZero() {
		t.Errorf("a new card is due at %v", got)
	}
	c := apply(s, scheduler.Card{}, at(1, 9, 0), good)
	if got := scheduler.DueTime(c, 4, berlin); !got.Equal(at(1, 9, 10).Time) {
		t.Errorf("a step ends at %v", got)
	}
	c = review(s, 10, 5, 29, at(1, 9, 0)) // the day of the change
	if got := scheduler.DueTime(c, 4, berlin); got.Format(time.RFC3339) != "2025-03-30T04:00:00+02:00" {
		t.Errorf("a review is due at %v", got)
	}
}

func TestMomentOfKeepsMillisecondsAndZone(t *testing.T) {
	m := scheduler.MomentOf(time.Date(2025, 7, 1, 1, 2, 3, 456789123, time.FixedZone("", -(9*3600+1800))))
	if m.Zone != -570 || m.Time.Nanosecond() != 456e6 {
		t.Errorf("%+v", m)
	}
}

// A study day has the same name wherever the computer stands.
func TestDayNamesKnowNoPlace(t *testing.T) {
	here := time.Local
	defer func() { time.Local = here }()
	for _, hours := range []int{-11, 0, 14} {
		time.Local = time.FixedZone("", hours*3600)
		if d := scheduler.Day(20000); d.String() != "2024-10-04" || d.Weekday() != time.Friday {
			t.Errorf("%+d hours: day 20000 is %v, %v", hours, d, d.Weekday())
		}
	}
}
