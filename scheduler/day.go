package scheduler

import (
	"fmt"
	"time"
)

const secondsPerDay = 24 * 60 * 60

// DayOf returns the study day m belongs to: the local date of the moment
// after the clock is turned back by the rollover hour, so that with hour 4 an
// answer at 03:59 still counts for the evening before. The zone offset is the
// one in force at the moment, not the one of today.
func DayOf(m Moment, rolloverHour int) Day {
	local := m.Time.Unix() + int64(m.Zone)*60 - int64(rolloverHour)*3600
	day := local / secondsPerDay
	if local%secondsPerDay < 0 {
		day--
	}
	return Day(day)
}

// Date returns the calendar date the study day is named after.
func (d Day) Date() (year int, month time.Month, day int) {
	return d.midnight().Date()
}

// String returns the date as YYYY-MM-DD.
func (d Day) String() string {
	year, month, day := d.Date()
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.midnight().Weekday() }

func (d Day) midnight() time.Time {
	return time.Unix(int64(d)*secondsPerDay, 0).UTC()
}

// DayStart returns the first instant of a study day in loc (nil: UTC). Where
// daylight saving skips the rollover hour the day starts with the jump; where
// the hour comes twice it starts with the first. Days last 23 or 25 hours
// around such nights.
func DayStart(day Day, rolloverHour int, loc *time.Location) time.Time {
	if loc == nil {
		loc = time.UTC
	}
	// The wall clock reading that starts the day, written as if it were UTC.
	wall := day.midnight().Add(time.Duration(rolloverHour) * time.Hour)
	// Walk the stretches of constant offset from safely before that reading
	// to the first one in which the wall clock reaches it.
	for at := wall.Add(-26 * time.Hour).In(loc); ; {
		_, offset := at.Zone()
		begin, end := at.ZoneBounds()
		start := wall.Add(-time.Duration(offset) * time.Second)
		if !begin.IsZero() && start.Before(begin) {
			start = begin
		}
		if end.IsZero() || start.Before(end) {
			return start.In(loc)
		}
		at = end
	}
}

// DayEnd returns the instant a study day ends: the start of the next one.
func DayEnd(day Day, rolloverHour int, loc *time.Location) time.Time {
	return DayStart(day+1, rolloverHour, loc)
}

// DueTime returns when a card may be shown: the end of its step, or the start
// of its day where the student is now. It is zero for a new card.
func DueTime(c Card, rolloverHour int, loc *time.Location) time.Time {
	switch {
	case c.Phase == New:
		return time.Time{}
	case !c.Due.IsZero():
		return c.Due
	default:
		return DayStart(c.DueDay, rolloverHour, loc)
	}
}

// daysSince counts study days from the card's last answer to day. A clock that
// was set back counts as the same day. For a new card it means nothing, and no
// model looks at it.
func daysSince(c Card, day Day) int { return int(max(0, day-c.LastDay)) }
