package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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
	eol := "\n"
	if len(p.lines) > 0 {
		first := p.lines[0]
		eol = cmp.Or(p.src[p.bom+first.stop:p.bom+first.end], "\n")
	}
	type insert struct {
		at   int
		text string
	}
	var inserts []insert
	after := func(i int, text string) {
		l := p.lines[i]
		if l.stop == l.end { // the last line has no end
			text = eol + text
		} else {
			text += eol
		}
		inserts = append(inserts, insert{p.bom + l.end, text})
	}
	switch {
	case p.deck.ID != "" || part:
	case p.hasHead:
		after(0, "deck: "+decks.NewID())
	default:
		inserts = append(inserts, insert{p.bom, strings.Join([]string{"---", "lectern: 1", "deck: " + decks.NewID(), "---", "", ""}, eol)})
	}
	for _, s := range p.sections {
		if s.ID == "" {
			after(s.last, "<!-- section: "+decks.NewID()+" -->")
		}
	}
	for _, n := range p.notes {
		if n.ID == "" {
			after(n.last, "<!-- ^"+decks.NewID()+" -->")
		}
	}
	slices.SortStableFunc(inserts, func(a, b insert) int { return a.at - b.at })
	at := 0
	for _, in := range inserts {
		out = append(append(out, p.src[at:in.at]...), in.text...)
		at = in.at
	}
	return append(out, p.src[at:]...), len(inserts), nil
}
