// Package advise recommends settings of study from the student's own answers.
package advise

import (
	"math"
	"slices"
	"time"

	"lectern/scheduler/revlog"
)

// Steps are learning and relearning steps that fit a student.
type Steps struct {
	Learning   []time.Duration // nil: too few answers to say
	Relearning []time.Duration // nil: too few answers to say
	Points     int             // answers on steps that this comes from
	Missing    int             // so many more answers after a first Again until there is something to say
}

const (
	// enough is from how many pairs of answers on a step's time can be told.
	enough = 100
	// cleaned is from how many on pairs with unusual delays are left out.
	cleaned = 250
	// longest is the longest wait that is looked at.
	longest = 30 * 24 * time.Hour
	// tooLong is from where a second step is better a day.
	tooLong = 12 * time.Hour
)

// pair is an answer on a step: how long after the answer before, and whether
// the card was recalled.
type pair struct {
	after    float64 // seconds
	recalled bool
}

// The pairs that steps are told from, by what was answered before.
type pairs struct {
	again, hard, good []pair // first answer of a new card
	againGood         []pair // Good after a first Again
	lapse             []pair // Again in review
}

// RecommendSteps says after how long this student still recalls with the wanted
// probability what he has just seen: after a first Again, Hard or Good, after
// Good that followed Again, and after forgetting a card in review. The log is
// in time order; retention lies between 0 and 1.
//
// For each kind of pair the stability of a power law of forgetting is found by
// likelihood. The first step is the interval after Again; the second the least
// of those after Good, after Again and Good, and of twice that after Hard less
// the first, since Hard on the first step waits half-way to the second. This is
// the procedure of fsrs-rs (compute optimal steps).
func RecommendSteps(log *revlog.Log, retention float64) Steps {
	if !(retention > 0 && retention < 1) {
		return Steps{}
	}
	p := collect(log)
	s := Steps{Points: len(p.again) + len(p.hard) + len(p.good) + len(p.againGood) + len(p.lapse)}
	s.Missing = max(0, enough-len(p.again))
	if first, ok := wait(p.again, retention); ok {
		s.Learning = []time.Duration{first}
		if second, ok := p.second(first, retention); ok {
			s.Learning = append(s.Learning, second)
		}
	}
	if first, ok := wait(p.lapse, retention); ok {
		s.Relearning = []time.Duration{first}
	}
	return s
}

// second is the second step, if there is one worth its name.
func (p *pairs) second(first time.Duration, retention float64) (time.Duration, bool) {
	var least time.Duration
	consider := func(d time.Duration, ok bool) {
		if ok && (least == 0 || d < least) {
			least = d
		}
	}
	consider(wait(p.good, retention))
	consider(wait(p.againGood, retention))
	hard, ok := wait(p.hard, retention)
	consider(2*hard-first, ok && 2*hard > first)
	least = max(least, first)
	return least, least > first && least < tooLong
}

// collect finds the pairs: an answer and the next one, on a step, with the
// delay between the end of one and the beginning of the other.
func collect(log *revlog.Log) (p pairs) {
	by := log.ByCard()
	for n := range log.Cards() {
		answers := by.Card(n)
		learning := 0 // answers since the card was new; 0: not being learnt
		for k, at := range answers {
			a := log.Answers[at]
			switch {
			case a.State == revlog.New:
				learning = 1
			case a.State == revlog.Learning && learning > 0:
				learning++
			default:
				learning = 0
			}
			if k+1 == len(answers) {
				continue
			}
			next := log.Answers[answers[k+1]]
			gap := time.Duration(next.Time-int64(next.Took)-a.Time) * time.Millisecond
			onStep := next.State == revlog.Learning || next.State == revlog.Relearning
			if !onStep || gap < 0 || gap > longest {
				continue
			}
			to := p.of(learning, a, log, answers[:k])
			if to != nil {
				*to = append(*to, pair{gap.Seconds(), next.Grade > 1})
			}
		}
	}
	return p
}

// of says which pairs an answer begins one of; nil: none.
func (p *pairs) of(learning int, a revlog.Answer, log *revlog.Log, before []int32) *[]pair {
	switch {
	case a.State == revlog.Review && a.Grade == 1:
		return &p.lapse
	case learning == 1 && a.Grade == 1:
		return &p.again
	case learning == 1 && a.Grade == 2:
		return &p.hard
	case learning == 1 && a.Grade == 3:
		return &p.good
	case learning == 2 && a.Grade == 3 && len(before) > 0 && log.Answers[before[len(before)-1]].Grade == 1:
		return &p.againGood
	default:
		return nil
	}
}

// wait is after how long recall has fallen to retention; ok is false when there
// are too few pairs to say.
func wait(pairs []pair, retention float64) (d time.Duration, ok bool) {
	if len(pairs) < enough {
		return 0, false
	}
	if len(pairs) >= cleaned {
		pairs = usual(pairs)
	}
	s := stability(pairs)
	seconds := s / factor * (math.Pow(retention, 1/decay) - 1)
	return rounded(seconds), true
}

// The power law of FSRS-5: recall is 0.9 when as much time has passed as the
// stability.
const (
	decay  = -0.5
	factor = 19.0 / 81
)

// usual leaves out delays that lie beyond one and a half times the distance of
// the quartiles.
func usual(pairs []pair) []pair {
	delays := make([]float64, len(pairs))
	for i, p := range pairs {
		delays[i] = p.after
	}
	slices.Sort(delays)
	low, high := delays[len(delays)/4], delays[len(delays)*3/4]
	reach := 1.5 * (high - low)
	var out []pair
	for _, p := range pairs {
		if p.after >= low-reach && p.after <= high+reach {
			out = append(out, p)
		}
	}
	return out
}

// stability is the most likely one, in seconds, up to longest: golden section
// over its logarithm.
func stability(pairs []pair) float64 {
	loss := func(ln float64) float64 {
		s, sum := math.Exp(ln), 0.0
		for _, p := range pairs {
			r := math.Min(math.Max(math.Pow(1+factor*p.after/s, decay), 1e-6), 1-1e-6)
			if p.recalled {
				sum -= math.Log(r)
			} else {
				sum -= math.Log(1 - r)
			}
		}
		return sum
	}
	const ratio = 0.6180339887498949
	lo, hi := 0.0, math.Log(longest.Seconds())
	a, b := hi-ratio*(hi-lo), lo+ratio*(hi-lo)
	fa, fb := loss(a), loss(b)
	for hi-lo > 1e-4 {
		if fa < fb {
			hi, b, fb = b, a, fa
			a = hi - ratio*(hi-lo)
			fa = loss(a)
		} else {
			lo, a, fa = a, b, fb
			b = lo + ratio*(hi-lo)
			fb = loss(b)
		}
	}
	return math.Exp((lo + hi) / 2)
}

// rounded is a wait as people set it: seconds to a minute, minutes to an hour.
func rounded(seconds float64) time.Duration {
	d := time.Duration(seconds * float64(time.Second))
	switch {
	case d < time.Minute:
		return max(time.Second, d.Round(5*time.Second))
	case d < time.Hour:
		return d.Round(time.Minute)
	default:
		return d.Round(10 * time.Minute)
	}
}
