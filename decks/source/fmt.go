package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lectern/decks"
	"lectern/decks/release"
)

// Options are what an author says to [Fmt].
type Options struct {
	RetireAll bool   // many cards may be gone at once
	New       bool   // cards that look like ones that lost their ids are new
	Why       string // why the cards that are gone now were retired, one line
}

// Formatted is what [Fmt] made of a course.
type Formatted struct {
	Files []File // all of them, in the order given
	Lock  Lock
	// What was done, for a line that tells the author.
	Changed  []string // files whose bytes changed
	Given    int      // cards that got an id
	Healed   int      // cards that got back the id they had lost
	Copies   int      // copies of cards that got an id of their own
	Returned int      // cards that were retired and are back
	Retired  []string // cards that were retired now, sorted
}

// Fmt writes into a course what its author need not: the full keywords in the course's
// language, numbers into gaps {{…}} that have none, ids under cards and headings.
// Every other byte stays. Ids that were lost come back from the lock, the zero value
// of which is that of a course without one. Files are given as [Load] gives them.
//
// A course with mistakes, or in which a question is left to its author, is not changed:
// the error says what to do.
func Fmt(files []File, lock Lock, o Options) (Formatted, error) {
	parsers, err := parseFiles(files, true)
	if err != nil {
		return Formatted{}, err
	}
	var mistakes Errors
	for _, p := range parsers {
		mistakes = append(mistakes, p.errs...)
	}
	if len(mistakes) > 0 {
		return Formatted{}, mistakes[:min(len(mistakes), mostErrors)]
	}
	head := parsers[0]
	deckLine := head.deck.ID == ""
	switch {
	case deckLine && lock.Deck != "":
		head.deck.ID = lock.Deck
	case deckLine:
		head.deck.ID = decks.NewID()
	case lock.Deck != "" && lock.Deck != head.deck.ID:
		return Formatted{}, Errors{mistake(head.name, head.keyLines["deck"]+1, "lock_deck", lock.Deck)}
	}
	h := newHealer(parsers, lock)
	if asked := h.heal(o.New); len(asked) > 0 {
		return Formatted{}, asked
	}
	gone, stop := h.gone(parsers, o.RetireAll)
	if len(stop) > 0 {
		return Formatted{}, stop
	}
	changes := make([]edits, len(parsers))
	for i, p := range parsers {
		changes[i].p = p
	}
	if deckLine {
		changes[0].deck(head.deck.ID)
	}
	words := courseNames(parsers)
	for i, p := range parsers {
		changes[i].keywords(words)
		for k := range p.sections {
			changes[i].section(&p.sections[k])
		}
	}
	if err := numberGaps(parsers, changes, h); err != nil {
		return Formatted{}, err
	}
	out := Formatted{Given: h.fresh, Healed: h.healed, Copies: h.copies, Retired: gone}
	for _, c := range h.cards {
		if c.ID != c.written {
			i := slices.IndexFunc(parsers, func(p *parser) bool { return p.name == c.file })
			changes[i].card(c.note)
		}
	}
	if _, _, err := assemble(parsers); err != nil {
		return Formatted{}, err
	}
	for i, f := range files {
		data := f.Data
		if len(changes[i].list) > 0 {
			data = changes[i].apply()
			out.Changed = append(out.Changed, f.Name)
		}
		out.Files = append(out.Files, File{f.Name, data})
	}
	if _, err := ParseFiles(out.Files); err != nil {
		return Formatted{}, fmt.Errorf("the formatted course cannot be read: %w", err)
	}
	out.Lock = h.remember(head.deck.ID, gone, release.Line(o.Why))
	out.Returned = h.back
	return out, nil
}

// courseNames are the keywords of a course: in its language, and where that is neither
// Russian nor English, in the one that most of its keywords are in.
func courseNames(files []*parser) names {
	switch lang := files[0].deck.Lang; {
	case lang == "ru" || strings.HasPrefix(lang, "ru-"):
		return russian
	case lang == "en" || strings.HasPrefix(lang, "en-"):
		return english
	}
	balance := 0
	for _, p := range files {
		for _, w := range p.words {
			if isRussian(w.word) {
				balance++
			} else {
				balance--
			}
		}
	}
	if balance > 0 {
		return russian
	}
	return english
}

func isRussian(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return r >= 'А' })
}

// numberGaps gives gaps their numbers, none of which the card ever had.
func numberGaps(files []*parser, changes []edits, h *healer) error {
	at := 0
	for i, p := range files {
		for k := range p.notes {
			n := &p.notes[k]
			last := max(n.gaps, h.lock.Cards[h.cards[at].ID].Gaps)
			at++
			if len(n.bare) == 0 {
				continue
			}
			if last+len(n.bare) > maxGap {
				return Errors{mistake(p.name, n.line, "many_gaps", strconv.Itoa(maxGap))}
			}
			if !changes[i].gaps(n, last+1) {
				return Errors{mistake(p.name, n.line, "gap_number", "{{c1::…}}")}
			}
			n.gaps = last + len(n.bare)
		}
	}
	return nil
}
