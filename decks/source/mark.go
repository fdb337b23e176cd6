package source

import (
	"fmt"
	"strings"

	"lectern/decks"
	"lectern/decks/fault"
)

// Mark counts a change in substance for cards: major=N+1 beside their ids. A card that
// the course does not have, or that has no id there, is an error.
func Mark(files []File, ids []string) ([]File, error) { return counted(files, ids, 1) }

// Unmark takes a change in substance back that Mark has counted for cards.
func Unmark(files []File, ids []string) ([]File, error) { return counted(files, ids, -1) }

func counted(files []File, ids []string, by int) ([]File, error) {
	parsers, err := sound(files)
	if err != nil {
		return nil, err
	}
	left := map[string]bool{}
	for _, id := range ids {
		left[id] = true
	}
	return edited(files, parsers, func(_ int, e *edits) {
		for i := range e.p.notes {
			if n := &e.p.notes[i]; left[n.ID] {
				delete(left, n.ID)
				n.Major = max(0, n.Major+by)
				e.card(n)
			}
		}
	}, func() error {
		for _, id := range ids {
			if left[id] {
				return fault.New(fault.NoSuchCard, nil, "card", id)
			}
		}
		return nil
	})
}

// Settle remembers in a lock that the cards of a course changed, but not in substance.
func Settle(d decks.Deck, lock Lock, ids []string) (Lock, error) {
	notes := make(map[string]decks.Note, len(d.Notes))
	for _, n := range d.Notes {
		notes[n.ID] = n
	}
	for _, id := range ids {
		n, here := notes[id]
		e, known := lock.Cards[id]
		if !here || !known {
			return lock, fault.New(fault.NoSuchCard, nil, "card", id)
		}
		e.Minor = Sum(n)
		lock.Cards[id] = e
	}
	return lock, nil
}

// Head is a key of a file's head and its value, "" to take the key out.
type Head struct{ Key, Value string }

// SetHead writes keys into the head of a course.
func SetHead(files []File, head ...Head) ([]File, error) {
	parsers, err := sound(files)
	if err != nil {
		return nil, err
	}
	return edited(files, parsers, func(i int, e *edits) {
		if i == 0 {
			e.head(head)
		}
	}, nil)
}

// sound reads files that have to be without mistakes.
func sound(files []File) ([]*parser, error) {
	if _, err := ParseFiles(files); err != nil {
		return nil, err
	}
	return parseFiles(files, false)
}

// edited makes changes file by file and checks that the result is a course.
func edited(files []File, parsers []*parser, change func(i int, e *edits), check func() error) ([]File, error) {
	out := make([]File, len(files))
	for i, p := range parsers {
		e := edits{p: p}
		change(i, &e)
		out[i] = File{files[i].Name, files[i].Data}
		if len(e.list) > 0 {
			out[i].Data = e.apply()
		}
	}
	if check != nil {
		if err := check(); err != nil {
			return nil, err
		}
	}
	if _, err := ParseFiles(out); err != nil {
		return nil, fmt.Errorf("the changed course cannot be read: %w", err)
	}
	return out, nil
}

// head writes keys into the head of the file, which gets one if it has none.
func (e *edits) head(head []Head) {
	var added []string
	for _, h := range head {
		line := strings.TrimSuffix(headLine(h.Key, h.Value), "\n")
		switch i, there := e.p.keyLines[h.Key]; {
		case there && h.Value == "":
			l := e.p.lines[i]
			e.replace(e.p.bom+l.start, e.p.bom+l.end, "")
		case there:
			e.line(i, line)
		case h.Value != "":
			added = append(added, line)
		}
	}
	if len(added) == 0 {
		return
	}
	if !e.p.hasHead {
		text := strings.Join(append(append([]string{"---", "lectern: 1"}, added...), "---", "", ""), e.eol())
		e.replace(e.p.bom, e.p.bom, text)
		return
	}
	last := 0
	for _, i := range e.p.keyLines {
		last = max(last, i)
	}
	e.after(last, strings.Join(added, e.eol()))
}

// Fork makes another course of a course: the deck, its sections and its cards get new
// ids, and nothing is said any more of what the cards were made of, of the author's key
// and of where his releases are. The lock of the new course tells for each card which
// one it was: its origin, deck/note.
func Fork(files []File, head ...Head) ([]File, Lock, error) {
	parsers, err := sound(files)
	if err != nil {
		return nil, Lock{}, err
	}
	was, id := parsers[0].deck.ID, decks.NewID()
	origin := map[string]string{}
	head = append([]Head{{"deck", id}, {"feed", ""}, {"key", ""}}, head...)
	out, err := edited(files, parsers, func(i int, e *edits) {
		if i == 0 {
			e.head(head)
		}
		for k := range e.p.sections {
			s := &e.p.sections[k]
			if s.idLine == 0 {
				e.section(s)
				continue
			}
			e.line(s.idLine-1, "<!-- section: "+decks.NewID()+" -->")
		}
		for k := range e.p.notes {
			n := &e.p.notes[k]
			fresh := decks.NewID()
			if n.ID != "" && was != "" {
				origin[fresh] = was + "/" + n.ID
			}
			n.Note = decks.Note{ID: fresh}
			n.keep = false
			e.card(n)
		}
	}, nil)
	if err != nil {
		return nil, Lock{}, err
	}
	f, err := Fmt(out, Lock{}, Options{})
	if err != nil {
		return nil, Lock{}, err
	}
	for note, from := range origin {
		e := f.Lock.Cards[note]
		e.Origin = from
		f.Lock.Cards[note] = e
	}
	return f.Files, f.Lock, nil
}
