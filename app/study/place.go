package study

import (
	"context"

	"lectern/app/study/place"
)

// hasPlace tells whether the lecture the card comes from is at hand. It is
// asked of the collection once a deck.
func (s *Screen) hasPlace() bool {
	deck := s.card.Deck
	has, known := s.pages[deck]
	if !known {
		_, ok, err := s.o.Collection.Page(context.Background(), deck)
		has = ok && err == nil
		s.pages[deck] = has
	}
	return has
}

// openPlace shows the lecture where the question stands.
func (s *Screen) openPlace() {
	if s.card != nil && s.hasPlace() {
		s.o.Place(place.Of{Deck: s.card.Deck, Section: s.card.Section.Title, Question: s.face.plain})
	}
}
