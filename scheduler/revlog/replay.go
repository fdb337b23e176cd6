package revlog

import "lectern/scheduler/kernel"

// Memory is what an answer found and what it left.
type Memory struct {
	First  bool    // the card had no memory: never answered, or reset
	Days   float64 // since the card's answer before, as the model counts them
	Recall float64 // the probability of recall at the answer; 0 for a first one
	State  kernel.State
}

// Replay goes over a log, which must be in time order, and calls each with the
// place of every answer and the memory of its card. Cramming leaves a memory
// as it is.
func (l *Log) Replay(m kernel.Model, rolloverHour int, each func(i int, mem Memory)) {
	type card struct {
		state kernel.State
		time  int64
		day   int
	}
	cards := make([]card, l.Cards())
	for i := range l.Answers {
		a := &l.Answers[i]
		c := &cards[a.Card]
		if a.State == New {
			*c = card{}
		}
		today := a.Day(rolloverHour)
		mem := Memory{First: c.state == kernel.State{}}
		if !mem.First {
			if m.Fractional() {
				mem.Days = float64(a.Time-c.time) / msPerDay
			} else {
				mem.Days = float64(max(0, today-c.day))
			}
		}
		if a.State == Cram {
			mem.Recall, mem.State = m.Recall(c.state, mem.Days), c.state
		} else {
			mem.Recall, mem.State = m.Step(c.state, mem.Days, int(a.Grade))
			*c = card{mem.State, a.Time, today}
		}
		each(i, mem)
	}
}
