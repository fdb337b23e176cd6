package forecast

import (
	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// trust is how many answers weigh as much as what is known of students at
// large.
const trust = 50

// tally counts the grades of one kind of answer.
type tally [4]float64

// into moves p, which holds the last of the four grades, towards what was
// counted, by n/(n+50).
func (t *tally) into(p []float64) {
	counts := t[len(t)-len(p):]
	total := 0.0
	for _, n := range counts {
		total += n
	}
	for i := range p {
		p[i] = (counts[i] + trust*p[i]) / (total + trust)
	}
}

// HabitsOf reads a student's habits from his log, which must be in time order.
// What there are few answers for stays near prior, such as DefaultHabits.
func HabitsOf(log *revlog.Log, rolloverHour int, prior Habits) Habits {
	h := prior.Sane()
	h.Answers = len(log.Answers)
	var first, recalled tally
	var learn, relearn [4]tally
	var seconds [3][4]struct{ sum, n float64 }
	last := make([]int32, log.Cards()) // of each card the place of its last answer, counted from 1

	for i := range log.Answers {
		a := &log.Answers[i]
		before := last[a.Card]
		last[a.Card] = int32(i + 1)
		if a.State > revlog.Relearning {
			continue
		}
		grade := a.Grade - 1
		switch {
		case a.State == revlog.New:
			first[grade]++
		case a.State == revlog.Review:
			recalled[grade]++ // Again is not looked at
		case before == 0 || log.Answers[before-1].Day(rolloverHour) != a.Day(rolloverHour):
		case a.State == revlog.Learning:
			learn[log.Answers[before-1].Grade-1][grade]++
		default:
			relearn[log.Answers[before-1].Grade-1][grade]++
		}
		if took := float64(a.Took) / 1000; took > 0 && took < maxSeconds {
			s := &seconds[max(0, int(a.State)-1)][grade]
			s.sum += took
			s.n++
		}
	}

	first.into(h.First[:])
	recalled.into(h.Recalled[:])
	for i := range learn {
		learn[i].into(h.Learning[i][:])
		relearn[i].into(h.Relearning[i][:])
	}
	for i := range seconds {
		for j, s := range seconds[i] {
			h.Seconds[i][j] = (s.sum + trust*h.Seconds[i][j]) / (s.n + trust)
		}
	}
	return h
}

// CardsOf replays a log, which must be in time order, to the cards as they
// stand on a study day, counted from 1970: by the number that the log has for
// them, due when the model says that recall falls to retention. Answers out of
// schedule and after that day change nothing; a card that was reset starts over.
func CardsOf(log *revlog.Log, rolloverHour int, m kernel.Model, today int, retention float64, s Settings) []Card {
	cards := make([]Card, log.Cards())
	log.Replay(m, rolloverHour, func(i int, mem revlog.Memory) {
		a := &log.Answers[i]
		if day := a.Day(rolloverHour); a.State <= revlog.Relearning && day <= today {
			cards[a.Card] = Card{State: mem.State, Last: day - today}
		}
	})
	for i := range cards {
		if c := &cards[i]; !c.New() {
			c.Interval = s.Interval(m.Interval(c.State, retention))
			c.Due = c.Last + c.Interval
		}
	}
	return cards
}
