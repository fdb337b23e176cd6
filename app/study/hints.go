package study

import (
	"context"
	"strconv"
)

// hintCards is how many cards say what to do.
const hintCards = 5

const hintKey = "study.hinted"

// hintsLeft is how many more cards say it.
func (s *Screen) hintsLeft() int {
	text, err := s.o.Collection.Setting(context.Background(), hintKey)
	if err != nil {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		n = 0
	}
	return max(0, hintCards-n)
}

// hinted counts a card that said it. That it could not be counted only means
// that it is said once more.
func (s *Screen) hinted() {
	if s.hints == 0 {
		return
	}
	s.hints--
	_ = s.o.Collection.SetSetting(context.Background(), hintKey, strconv.Itoa(hintCards-s.hints))
}
