package source

import (
	"fmt"

	"lectern/decks"
)

// AssignIDs writes an id for the deck and for every section and card that has
// none, and says how many it wrote. Every other byte of the file stays. In a
// course of several files the one with the head is given with part false, the
// others with part true. A file with mistakes is returned as it is, with them.
func AssignIDs(name string, src []byte, part bool) (out []byte, added int, err error) {
	if err := checkSize(len(src)); err != nil {
		return src, 0, fmt.Errorf("give ids in %s: %w", name, err)
	}
	p := newParser(name, src, part)
	p.run()
	if len(p.errs) == 0 && !part {
		_, _, err = assemble([]*parser{p})
	} else if len(p.errs) > 0 {
		err = p.errs
	}
	if err != nil {
		return src, 0, err
	}
	e := edits{p: p}
	if p.deck.ID == "" && !part {
		e.deck(decks.NewID())
	}
	for i := range p.sections {
		e.section(&p.sections[i])
	}
	for i := range p.notes {
		if n := &p.notes[i]; n.ID == "" {
			n.ID = decks.NewID()
			e.card(n)
		}
	}
	return e.apply(), len(e.list), nil
}
