// Package session is what was done in one sitting: the answers in the order
// they were given. The study screen keeps it and the end of the session reads
// it, so it belongs to neither.
package session

import (
	"slices"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// Answer is one grade given in the session.
type Answer struct {
	Card     decks.CardID
	Question string // plain text
	Deck     string // id
	Section  decks.Section
	Grade    scheduler.Grade
	Known    bool // the card was in review: it had been learnt before
	Took     time.Duration
}

// Session is one sitting. The zero value is an empty one that studies
// everything.
type Session struct {
	Scope   collection.Scope
	Answers []Answer

	undone []Answer // taken back, the latest last
}

// Add keeps an answer.
func (s *Session) Add(a Answer) {
	s.Answers = append(s.Answers, a)
	s.undone = nil
}

// Undo takes back the latest answer to a card and tells whether the session
// had one: an answer of an earlier sitting can be undone too.
func (s *Session) Undo(card decks.CardID) bool {
	for i := len(s.Answers) - 1; i >= 0; i-- {
		if s.Answers[i].Card == card {
			s.undone = append(s.undone, s.Answers[i])
			s.Answers = slices.Delete(s.Answers, i, i+1)
			return true
		}
	}
	return false
}

// Redo gives an undone answer to a card again.
func (s *Session) Redo(card decks.CardID) bool {
	if n := len(s.undone); n > 0 && s.undone[n-1].Card == card {
		s.Answers = append(s.Answers, s.undone[n-1])
		s.undone = s.undone[:n-1]
		return true
	}
	return false
}

// Cards counts the cards answered, each once.
func (s *Session) Cards() int {
	seen := map[decks.CardID]bool{}
	for _, a := range s.Answers {
		seen[a.Card] = true
	}
	return len(seen)
}

// Time is what all answers took together.
func (s *Session) Time() (sum time.Duration) {
	for _, a := range s.Answers {
		sum += a.Took
	}
	return sum
}

// Known counts the cards that had been learnt before and how many of them were
// recalled at the first try.
func (s *Session) Known() (asked, recalled int) {
	for _, a := range s.Answers {
		if !a.Known {
			continue
		}
		asked++
		if a.Grade != scheduler.Again {
			recalled++
		}
	}
	return asked, recalled
}

// Forgotten lists the cards that were answered with Again at least once, each
// once, in the order they first were.
func (s *Session) Forgotten() []Answer {
	var out []Answer
	seen := map[decks.CardID]bool{}
	for _, a := range s.Answers {
		if a.Grade == scheduler.Again && !seen[a.Card] {
			seen[a.Card] = true
			out = append(out, a)
		}
	}
	return out
}
