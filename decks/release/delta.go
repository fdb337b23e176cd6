package release

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sort"

	"lectern/decks"
)

// DeltaFormat is the name of the form of a delta in its first line.
const DeltaFormat = "lectern-delta/1"

// maxDelta bounds the lines of a delta: each note may be gone, written, placed and withdrawn.
const maxDelta = 4*MaxNotes + 2

// Delta says how the content of one release becomes that of the next. Like content
// it is lines of JSON, which a reader understands without a program:
//
//	{"format":"lectern-delta/1","from":"9e90…","kind":"delta","to":"4f1c…"}
//	{"format":"lectern-content/1","id":"dk4m9x7c2k","kind":"deck",…}      when the deck itself changed
//	{"kind":"gone","note":"7f3k2m9qa1"}
//	{"fields":{…},"id":"z9x5c3v1b7","kind":"note",…}                      a new or changed note, whole
//	{"after":"q4w8e2r7t1","kind":"place","note":"z9x5c3v1b7"}             where it stands, when that is new
//	{"id":"7f3k2m9qa1","into":["z9x5c3v1b7"],"kind":"retired"}            a note that was withdrawn, new or changed
//	{"kind":"unretired","note":"m2n8b4v6c1"}                              one that is withdrawn no more
//
// Notes are placed in the order of the new release, each behind the note before it.
// Few are: those that keep their order among each other are not named.
func Delta(old, next Release) ([]byte, error) {
	if old.Deck.ID != next.Deck.ID {
		return nil, fmt.Errorf("make a delta: deck %q is not deck %q", next.Deck.ID, old.Deck.ID)
	}
	var w writer
	w.open()
	w.key("format", DeltaFormat)
	w.key("from", old.Hash)
	w.key("kind", "delta")
	w.key("to", next.Hash)
	w.close()
	w.b = append(w.b, '\n')
	if head := headLine(next.Deck); !bytes.Equal(head, headLine(old.Deck)) {
		w.b = append(w.b, head...)
	}
	before := make(map[string]int, len(old.Deck.Notes))
	for i, n := range old.Deck.Notes {
		before[n.ID] = i
	}
	kept := make(map[string]bool, len(next.Deck.Notes))
	for _, n := range next.Deck.Notes {
		kept[n.ID] = true
	}
	for _, n := range old.Deck.Notes {
		if !kept[n.ID] {
			w.open()
			w.key("kind", "gone")
			w.key("note", n.ID)
			w.close()
			w.b = append(w.b, '\n')
		}
	}
	still := inOrder(next.Deck.Notes, before)
	last := ""
	for _, n := range next.Deck.Notes {
		at, known := before[n.ID]
		if !known || !bytes.Equal(noteLine(n), noteLine(old.Deck.Notes[at])) {
			w.note(n)
		}
		if !known || !still[n.ID] {
			w.open()
			w.key("after", last)
			w.key("kind", "place")
			w.key("note", n.ID)
			w.close()
			w.b = append(w.b, '\n')
		}
		last = n.ID
	}
	w.withdrawn(old.Deck.Retired, next.Deck.Retired)
	return w.b, nil
}

// withdrawn writes what changes among the notes that were withdrawn.
func (w *writer) withdrawn(old, next []decks.Retired) {
	before := make(map[string]decks.Retired, len(old))
	for _, r := range old {
		before[r.ID] = r
	}
	for _, r := range next {
		if was, known := before[r.ID]; !known || !reflect.DeepEqual(was, r) {
			w.retired(r)
		}
		delete(before, r.ID)
	}
	for _, r := range old {
		if _, left := before[r.ID]; left {
			w.open()
			w.key("kind", "unretired")
			w.key("note", r.ID)
			w.close()
			w.b = append(w.b, '\n')
		}
	}
}

func headLine(d decks.Deck) []byte {
	var w writer
	w.deck(d)
	return w.b
}

func noteLine(n decks.Note) []byte {
	var w writer
	w.note(n)
	return w.b
}

// inOrder finds the most notes that stand in the same order as before: a longest
// increasing subsequence of their old places.
func inOrder(notes []decks.Note, before map[string]int) map[string]bool {
	type link struct{ place, note, prev int }
	var links []link
	var ends []int // in links, by length: the one with the smallest place
	for i, n := range notes {
		place, known := before[n.ID]
		if !known {
			continue
		}
		at := sort.Search(len(ends), func(k int) bool { return links[ends[k]].place >= place })
		prev := -1
		if at > 0 {
			prev = ends[at-1]
		}
		links = append(links, link{place, i, prev})
		if at == len(ends) {
			ends = append(ends, 0)
		}
		ends[at] = len(links) - 1
	}
	still := make(map[string]bool, len(ends))
	if len(ends) > 0 {
		for k := ends[len(ends)-1]; k >= 0; k = links[k].prev {
			still[notes[links[k].note].ID] = true
		}
	}
	return still
}

// ErrWrongBase tells that a delta begins at another release.
var ErrWrongBase = errors.New("the delta is for another release")

// ErrNoFit tells that a delta does not lead where it says.
var ErrNoFit = errors.New("the delta does not lead to the release that it names")

// Apply makes the release that a delta leads to, with its content. It takes nothing
// on trust: the result has to have the hash that the delta names, which the caller
// compares with the one that was signed. Errors: ErrWrongBase, ErrNoFit, or what is
// wrong with a line.
func Apply(old Release, delta []byte) (Release, []byte, error) {
	next, content, err := apply(old, delta)
	if err != nil {
		return Release{}, nil, fmt.Errorf("apply delta: %w", err)
	}
	return next, content, nil
}

// change is what a delta says.
type change struct {
	from, to string
	deck     *decks.Deck // the deck without notes, when it changed
	notes    map[string]decks.Note
	gone     map[string]bool
	places   []place
	retired  map[string]decks.Retired
	back     map[string]bool // withdrawn no more
}

// place is where a note stands: behind another, or first.
type place struct{ note, after string }

func apply(old Release, delta []byte) (Release, []byte, error) {
	c, err := readDelta(delta)
	if err != nil {
		return Release{}, nil, err
	}
	if c.from != old.Hash {
		return Release{}, nil, ErrWrongBase
	}
	d := old.Deck
	d.Notes, d.Retired = nil, nil
	if c.deck != nil {
		if d = Canonical(*c.deck); d.ID != old.Deck.ID {
			return Release{}, nil, fmt.Errorf("it names deck %q", d.ID)
		}
	}
	if d.Notes, err = c.arrange(old.Deck.Notes); err != nil {
		return Release{}, nil, err
	}
	if d.Retired, err = c.withdraw(old.Deck.Retired); err != nil {
		return Release{}, nil, err
	}
	group(d) // each note is canonical already
	content, err := encode(d)
	if err != nil {
		return Release{}, nil, err
	}
	next := Release{Deck: d, Hash: Hash(content)}
	if next.Hash != c.to {
		return Release{}, nil, ErrNoFit
	}
	return next, content, nil
}

// withdraw returns the notes that are withdrawn in the new release.
func (c *change) withdraw(old []decks.Retired) ([]decks.Retired, error) {
	var out []decks.Retired
	for _, r := range old {
		if _, again := c.retired[r.ID]; !again && !c.back[r.ID] {
			out = append(out, r)
		}
		delete(c.back, r.ID)
	}
	for id := range c.back {
		return nil, fmt.Errorf("note %q is withdrawn no more but was not", id)
	}
	for _, r := range c.retired {
		out = append(out, r)
	}
	return Canonical(decks.Deck{Retired: out}).Retired, nil
}

// arrange returns the notes of the new release in their order.
func (c *change) arrange(notes []decks.Note) ([]decks.Note, error) {
	placed := make(map[string]bool, len(c.places))
	for _, p := range c.places {
		if placed[p.note] {
			return nil, fmt.Errorf("note %q is placed twice", p.note)
		}
		placed[p.note] = true
	}
	// The notes as a list of who follows whom; "" is before the first.
	behind := make(map[string]string, len(notes)+len(c.places)+1)
	all := make(map[string]decks.Note, len(notes)+len(c.notes))
	last := ""
	for _, n := range notes {
		all[n.ID] = n
		if !c.gone[n.ID] && !placed[n.ID] {
			behind[last], last = n.ID, n.ID
		}
	}
	for id := range c.gone {
		if _, ok := all[id]; !ok {
			return nil, fmt.Errorf("note %q is gone but was not there", id)
		}
		if _, ok := c.notes[id]; ok || placed[id] {
			return nil, fmt.Errorf("note %q is gone and there", id)
		}
		delete(all, id)
	}
	for id, n := range c.notes {
		if _, known := all[id]; !known && !placed[id] {
			return nil, fmt.Errorf("note %q has no place", id)
		}
		all[id] = n
	}
	there := make(map[string]bool, len(all))
	for at := behind[""]; at != ""; at = behind[at] {
		there[at] = true
	}
	for _, p := range c.places {
		if _, ok := all[p.note]; !ok || p.after != "" && !there[p.after] {
			return nil, fmt.Errorf("note %q cannot stand behind %q", p.note, p.after)
		}
		if next := behind[p.after]; next != "" {
			behind[p.note] = next
		}
		behind[p.after] = p.note
		there[p.note] = true
	}
	if len(all) == 0 {
		return nil, nil
	}
	list := make([]decks.Note, 0, len(all))
	for at := behind[""]; at != ""; at = behind[at] {
		list = append(list, all[at])
	}
	return list, nil
}

type deltaHeader struct {
	Format string `json:"format"`
	From   string `json:"from"`
	Kind   string `json:"kind"`
	To     string `json:"to"`
}

type deltaStep struct {
	After string `json:"after"`
	Kind  string `json:"kind"`
	Note  string `json:"note"`
}

func (h *deltaHeader) kind() string { return h.Kind }
func (s *deltaStep) kind() string   { return s.Kind }

func readDelta(delta []byte) (*change, error) {
	switch {
	case len(delta) > MaxContent:
		return nil, tooLarge("%d bytes, at most %d", len(delta), MaxContent)
	case len(delta) == 0 || delta[len(delta)-1] != '\n':
		return nil, errors.New("it is cut off")
	case bytes.Count(delta, []byte{'\n'}) > maxDelta:
		return nil, tooLarge("over %d lines", maxDelta)
	}
	c := &change{notes: map[string]decks.Note{}, gone: map[string]bool{}, retired: map[string]decks.Retired{}, back: map[string]bool{}}
	number := 0
	for line := range bytes.Lines(delta) {
		number++
		if err := c.line(number, bytes.TrimSuffix(line, []byte{'\n'})); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
	}
	return c, nil
}

// line takes a line of a delta, the first of which is number 1.
func (c *change) line(number int, line []byte) error {
	if number == 1 {
		var h deltaHeader
		if err := read(line, "delta", &h); err != nil {
			return err
		}
		if h.Format != DeltaFormat {
			return fmt.Errorf("unknown format %.40q, expected %q", h.Format, DeltaFormat)
		}
		c.from, c.to = h.From, h.To
		return nil
	}
	switch kind := kindOf(line); kind {
	case "deck":
		if number != 2 {
			return errors.New("the deck does not stand first")
		}
		c.deck = new(decks.Deck)
		return readHeader(line, c.deck)
	case "note":
		var d decks.Deck
		if err := readNote(line, &d); err != nil {
			return err
		}
		n := CanonicalNote(d.Notes[0])
		if _, twice := c.notes[n.ID]; twice {
			return fmt.Errorf("note %q is written twice", n.ID)
		}
		c.notes[n.ID] = n
		return nil
	case "retired":
		var d decks.Deck
		if err := readRetired(line, &d); err != nil {
			return err
		}
		if _, twice := c.retired[d.Retired[0].ID]; twice {
			return fmt.Errorf("note %q is withdrawn twice", d.Retired[0].ID)
		}
		c.retired[d.Retired[0].ID] = d.Retired[0]
		return nil
	default:
		var s deltaStep
		if err := read(line, kind, &s); err != nil {
			return err
		}
		switch {
		case kind == "gone" && s.After == "":
			if c.gone[s.Note] {
				return fmt.Errorf("note %q is gone twice", s.Note)
			}
			c.gone[s.Note] = true
		case kind == "unretired" && s.After == "":
			if c.back[s.Note] {
				return fmt.Errorf("note %q is withdrawn no more, twice", s.Note)
			}
			c.back[s.Note] = true
		case kind == "place" && s.Note != "" && s.Note != s.After:
			c.places = append(c.places, place{s.Note, s.After})
		default:
			return fmt.Errorf("record of kind %.40q", kind)
		}
		return nil
	}
}

// kindOf reads the kind of a record, "" when it is none.
func kindOf(line []byte) string {
	var k struct {
		Kind string `json:"kind"`
	}
	if len(line) > maxHeader || json.Unmarshal(line, &k) != nil {
		return ""
	}
	return k.Kind
}
