package scheduler

import "time"

// Memory is what a card is remembered by, as [Scheduler.Inherit] gives it to another.
type Memory struct {
	State State
	Last  time.Time // the last answer
	Day   Day       // its study day
}

// Split is the memory of a card that asks a part of what another one asked. How much it
// owes to the other parts nobody knows: it is taken to be weaker by three tenths.
func (m Memory) Split() Memory {
	m.State.S *= splitStability
	m.State.Fast *= splitStability
	return m
}

const splitStability = 0.7

// Join is the memory of a card that asks what two others asked: both have to be recalled,
// so it is no stronger than the weaker of the two and no easier than the harder.
func (m Memory) Join(o Memory) Memory {
	out := m
	if o.State.S < m.State.S {
		out = o
	}
	out.State.D = max(m.State.D, o.State.D)
	return out
}

// Inherit returns a card that was made of others and is remembered as they were: a review
// that comes back on a study day, the moment's own at the earliest. It has not been
// answered yet: it has neither answers nor lapses of its own.
func (s *Scheduler) Inherit(at Moment, from Memory, day Day) Card {
	today := s.Day(at)
	c := Card{Phase: Review, State: from.State, Last: from.Last.UTC().Truncate(time.Millisecond), LastDay: min(from.Day, today)}
	c.DueDay = min(max(day, today), today+maxDays)
	c.Days = int(min(max(1, c.DueDay-c.LastDay), maxDays))
	return c
}
