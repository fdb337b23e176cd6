// Package student is a simulated student for tests: someone whose memory is
// not the model's. What the planner, the recovery plan or the queue promise is
// tried on students of this kind, who forget by rules that no memory model of
// the program can express:
//
//   - memory has the shape of FSRS-6 with hidden weights, but counts fractions
//     of days and forgets more steeply within a day;
//   - every card has offsets of its own: first stability, difficulty, growth,
//     and how well it is ever learnt;
//   - every answer is noisy, slips and guesses happen, and memory drifts over
//     the years;
//   - habits differ: hours, days off, breaks, what Hard and Easy are pressed for.
//
// Times are study days since the student began, as a fraction: day 12 lasts
// from 12.0 to 13.0, from one rollover to the next. The same seed is the same
// student, and what he answers depends only on the card, how often it was asked
// and when, not on what was asked between: two ways of studying can be compared
// without luck deciding.
package student

import (
	"maps"
	"math"
	"math/rand/v2"
	"time"
)

// Student is one simulated student. It is not for several goroutines.
type Student struct {
	seed   uint64
	traits traits
	cards  map[int]memory
}

// memory is the truth about one card.
type memory struct {
	stability, difficulty float64
	offsets               offsets
	last                  float64 // time of the last answer
	answers               int
}

// offsets are what a card has of its own.
type offsets struct {
	first      float64 // log of the first stability
	difficulty float64
	hard       float64 // the same in standard deviations
	growth     float64 // log of every growth over days
	recall     float64 // logit of recall
}

// New returns the student of a seed.
func New(seed uint64) *Student {
	return &Student{seed: seed, traits: drawTraits(rand.New(rand.NewPCG(seed, streamTraits))), cards: map[int]memory{}}
}

// Clone returns a student who has learnt the same and will answer the same.
func (s *Student) Clone() *Student {
	twin := *s
	twin.cards = maps.Clone(s.cards)
	return &twin
}

// Recall returns the true probability, 0 to 1, that the card would be answered
// at that time; 0 for a card never seen. Reading it changes nothing.
func (s *Student) Recall(card int, at float64) float64 {
	m, seen := s.cards[card]
	if !seen {
		return 0
	}
	return s.withLuck(s.recall(m, at))
}

// Answer asks a card: the grade pressed, 1 Again to 4 Easy, and the time it
// took. The first answer of a card is how new it turns out to be.
func (s *Student) Answer(card int, at float64) (grade int, took time.Duration) {
	m, seen := s.cards[card]
	r := s.luck(uint64(card), uint64(m.answers)+1)
	if !seen {
		m.offsets = s.draw(card)
		grade = s.firstGrade(m.offsets, r)
	} else {
		grade = s.grade(m, at, r)
	}
	took = s.took(!seen, grade, r)
	s.cards[card] = s.learn(m, seen, at, grade, r)
	return grade, took
}

// learn returns the memory after an answer.
func (s *Student) learn(m memory, seen bool, at float64, grade int, r *rand.Rand) memory {
	t := &s.traits
	noise := t.answerNoise * r.NormFloat64()
	if !seen {
		m.stability = clamp(t.weights[grade-1]*math.Exp(m.offsets.first+noise), 0.005, 365)
		m.difficulty = clamp(t.firstDifficulty(grade)+m.offsets.difficulty, 1, 10)
	} else {
		sameDay := math.Floor(at) == math.Floor(m.last)
		m.stability, m.difficulty = t.next(m, max(0, at-m.last), sameDay, grade)
		if !sameDay {
			noise += m.offsets.growth
			if grade > 1 {
				noise += t.drift * at / 365 * 0.1
			}
		}
		m.stability = clamp(m.stability*math.Exp(noise), 0.001, 36500)
	}
	m.last = at
	m.answers++
	return m
}

// recall is the probability before noise, slips and guesses.
func (s *Student) recall(m memory, at float64) float64 {
	r := s.traits.curve(max(0, at-m.last), m.stability)
	if math.Floor(at) == math.Floor(m.last) {
		r = math.Pow(r, 1.6) // within a day forgetting is steeper than any model says
	}
	return logistic(logit(clamp(r, 1e-4, 1-1e-4)) + m.offsets.recall)
}

// withLuck adds slips of what is known and guesses of what is not.
func (s *Student) withLuck(r float64) float64 {
	return s.traits.guess*(1-r) + (1-s.traits.slip)*r
}

// grade is what is pressed for a card seen before.
func (s *Student) grade(m memory, at float64, r *rand.Rand) int {
	t := &s.traits
	recall := s.withLuck(logistic(logit(s.recall(m, at)) + t.recallNoise*r.NormFloat64()))
	if r.Float64() >= recall {
		if r.Float64() < t.hardForAgain {
			return 2
		}
		return 1
	}
	if t.twoButtons {
		return 3
	}
	hard := t.hardHabit * (0.15 + 1.6*(1-recall)) * (0.4 + m.difficulty/10)
	easy := t.easyHabit * recall * recall * (1.2 - m.difficulty/10)
	switch x := r.Float64(); {
	case x < hard:
		return 2
	case x < hard+easy:
		return 4
	default:
		return 3
	}
}

// firstGrade is what is pressed for a new card: more often Again for the ones
// that will stay difficult.
func (s *Student) firstGrade(o offsets, r *rand.Rand) int {
	x := r.Float64() - 0.08*o.hard
	for i, p := range s.traits.firstGrades {
		if x < p {
			if s.traits.twoButtons && i != 0 {
				return 3
			}
			return i + 1
		}
		x -= p
	}
	return 3
}

// took is the time an answer takes, 0.6 to 60 seconds.
func (s *Student) took(first bool, grade int, r *rand.Rand) time.Duration {
	seconds := [4]float64{14, 13, 8, 5}[grade-1]
	if first {
		seconds *= 1.4
	}
	seconds = clamp(seconds*s.traits.speed*math.Exp(0.55*r.NormFloat64()), 0.6, 60)
	return time.Duration(seconds * float64(time.Second)).Truncate(time.Millisecond)
}

// draw gives a card its offsets.
func (s *Student) draw(card int) offsets {
	t := &s.traits
	r := s.luck(uint64(card), 0)
	hard := r.NormFloat64()
	return offsets{
		first:      t.cardFirst * r.NormFloat64(),
		difficulty: t.cardDifficulty * hard,
		hard:       hard,
		growth:     t.cardGrowth * r.NormFloat64(),
		recall:     0.3 + t.cardRecall*r.NormFloat64(),
	}
}

// The streams of random numbers: one for the traits, two for the days, one an
// answer of a card.
const (
	streamTraits = iota
	streamDays
	streamBreaks
	streamAnswers
)

func (s *Student) luck(card, answer uint64) *rand.Rand {
	return rand.New(rand.NewPCG(s.seed^(card+1)*0x9e3779b97f4a7c15, streamAnswers+answer))
}

func logit(p float64) float64    { return math.Log(p / (1 - p)) }
func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func clamp(x, lo, hi float64) float64 { return math.Min(math.Max(x, lo), hi) }
