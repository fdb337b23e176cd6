package merge

import (
	"maps"
	"slices"

	"lectern/decks"
)

// Update is what the next release of a deck brings a student: the releases are compared,
// and both as he sees them. Nothing is decided by it and nothing is written.
type Update struct {
	Rows []Row // those that ask first, then in course order, then what is withdrawn

	New       int // cards' notes that are there for the first time, of no other's making
	Fixed     int // notes that read differently, whoever wrote there before
	Substance int // of those: changed in substance
	Retired   int // notes that are withdrawn, of which no other is made
	Returned  int // notes that were withdrawn and are back
	Split     int // notes of which several were made
	Joined    int // notes that were made of several
	Moved     int // notes that only stand elsewhere

	Same int // the other notes of the next release

	Yours struct {
		Kept   int // fields in which only the student's text stands, as before
		Merged int // fields in which both are joined
		Asks   int // fields in which the student is to choose
	}
}

// RowKind says what an update does to a note.
type RowKind string

// What an update does to a note.
const (
	RowNew      RowKind = "new"
	RowChanged  RowKind = "changed"
	RowRetired  RowKind = "retired"
	RowReturned RowKind = "returned" // it was withdrawn, and may have changed
	RowMoved    RowKind = "moved"    // it only stands elsewhere
	RowSplit    RowKind = "split"    // it is new, and a part of another
	RowJoined   RowKind = "joined"   // it is new, and several others together
)

// Row is one note that an update changes.
type Row struct {
	Note     string
	Kind     RowKind
	Old, New decks.Note // as released: Old is zero for a note that comes, New for one that goes
	Was, Now decks.Note // as the student sees them
	Texts    []TextChange
	Options  bool // the options of a choice differ
	Other    bool // kind, tags or difficulty differ
	Section  bool // it stands in another section

	Substance bool     // the author says so
	From      []string // the notes whose memory it takes over
	Into      []string // the notes that stand for it now
	Why       string   // it was withdrawn

	Mine   bool // the student wrote over it
	Kept   bool // the student keeps it as it was: nothing changes for him
	Frozen bool // of another kind now, and the student wrote over it: it stays unless he says otherwise
}

// TextChange is a text of a note in an update.
type TextChange struct {
	Field    decks.Field
	Old, New string // the author's
	Edit     *Edit  // the student's, nil for none
	Was, Now string // as the student sees them
	Mark     Mark   // where Now comes from
}

// Asks reports whether the student is to choose a text of the note.
func (r *Row) Asks() bool {
	return !r.Kept && !r.Frozen && slices.ContainsFunc(r.Texts, func(t TextChange) bool { return t.Mark.Asks() })
}

// quietly reports whether nothing but quiet questions are asked.
func (r *Row) quietly() bool {
	return !slices.ContainsFunc(r.Texts, func(t TextChange) bool { return t.Mark == Ask })
}

// NewUpdate compares two canonical releases of a deck for a student who wrote mine over
// notes, by id. Had tells whether the student's collection has a note, in the release or
// withdrawn, and what the author said there last, nil when that is not known: a note that
// comes and was there is back, and from one that is there others take over their memory.
func NewUpdate(old, next decks.Deck, mine map[string]Overlay, had func(note string) (last *decks.Note, there bool)) Update {
	var u Update
	before := make(map[string]*decks.Note, len(old.Notes))
	for i := range old.Notes {
		before[old.Notes[i].ID] = &old.Notes[i]
	}
	parts := map[string]bool{} // notes of which others are made
	var asks, rows []Row
	for i := range next.Notes {
		n := &next.Notes[i]
		o := before[n.ID]
		delete(before, n.ID)
		if o != nil && sameNote(o, n) {
			u.Same++
			continue
		}
		r := newRow(o, n, mine[n.ID])
		if o == nil {
			u.arrives(&r, mine[n.ID], had, parts)
		} else if !u.changes(&r) {
			continue
		}
		if r.Asks() {
			asks = append(asks, r)
		} else {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(asks, func(a, b Row) int { return truth(a.quietly()) - truth(b.quietly()) })
	u.Rows = append(asks, rows...)
	u.leaves(before, old, next, mine, parts)
	return u
}

// newRow compares a note before and after; o is nil for one that comes.
func newRow(o, n *decks.Note, mine Overlay) Row {
	r := Row{Note: n.ID, New: *n, Now: mine.Shown(*n), Kept: mine.Keep != nil,
		Mine: len(mine.Fields) > 0 || mine.Tags != nil || mine.Keep != nil}
	if o == nil {
		r.Kind = RowNew
		return r
	}
	r.Kind, r.Old, r.Was = RowChanged, *o, mine.Shown(*o)
	r.Section = o.Section != n.Section
	r.Substance = n.Major > o.Major
	r.Options = !slices.Equal(o.Choices, n.Choices)
	r.Other = o.Kind != n.Kind || o.Difficulty != n.Difficulty || !slices.Equal(o.Tags, n.Tags)
	r.Frozen = o.Kind != n.Kind && mine.wrote() && !r.Kept
	if r.Frozen {
		kept := *o
		mine.Keep = &kept
		r.Now = mine.Shown(*n)
	}
	marks := Marks(mine.Released(*n), mine.Fields)
	for _, f := range decks.Fields {
		if o.Fields[f] == n.Fields[f] {
			continue
		}
		t := TextChange{Field: f, Old: o.Fields[f], New: n.Fields[f], Was: r.Was.Fields[f], Now: r.Now.Fields[f]}
		if e, ok := mine.Fields[f]; ok {
			t.Edit, t.Mark = &e, marks[f]
		} else if t.Mark = Theirs; t.Old == "" {
			t.Mark = New
		}
		r.Texts = append(r.Texts, t)
	}
	return r
}

// arrives counts a note that was not in the release before.
func (u *Update) arrives(r *Row, mine Overlay, had func(string) (*decks.Note, bool), parts map[string]bool) {
	n := &r.New
	there := func(id string) bool {
		_, there := had(id)
		return there
	}
	if last, there := had(n.ID); there {
		r.Kind = RowReturned
		u.Returned++
		if last != nil {
			before := newRow(last, n, mine)
			r.Texts, r.Substance = before.Texts, before.Substance && !r.Kept
			u.yours(r)
		}
		return
	}
	for _, id := range n.Merges {
		if there(id) {
			r.From = append(r.From, id)
			parts[id] = true
		}
	}
	if len(r.From) > 0 {
		r.Kind = RowJoined
		u.Joined++
		return
	}
	if n.From != "" && there(n.From) {
		r.Kind, r.From = RowSplit, []string{n.From}
		if !parts[n.From] {
			u.Split++
		}
		parts[n.From] = true
		return
	}
	u.New++
}

// changes counts a note that is in both releases. False: there is nothing to see.
func (u *Update) changes(r *Row) bool {
	if len(r.Texts) == 0 && !r.Options && !r.Other && !r.Substance {
		if !r.Section {
			u.Same++
			return false
		}
		r.Kind = RowMoved
		u.Moved++
		return true
	}
	u.Fixed++
	if r.Substance {
		u.Substance++
	}
	u.yours(r)
	return true
}

// yours counts what becomes of the student's texts in a note that reads differently.
func (u *Update) yours(r *Row) {
	if r.Kept || r.Frozen {
		return
	}
	for _, t := range r.Texts {
		switch t.Mark {
		case Mine:
			u.Yours.Kept++
		case Merged, Both:
			u.Yours.Merged++
		case Ask, AskQuietly:
			u.Yours.Asks++
		}
	}
}

// leaves adds the notes that are withdrawn, in the order in which they stood.
func (u *Update) leaves(gone map[string]*decks.Note, old, next decks.Deck, mine map[string]Overlay, parts map[string]bool) {
	if len(gone) == 0 {
		return
	}
	said := make(map[string]decks.Retired, len(next.Retired))
	for _, r := range next.Retired {
		said[r.ID] = r
	}
	for _, o := range old.Notes {
		if gone[o.ID] == nil {
			continue
		}
		m := mine[o.ID]
		u.Rows = append(u.Rows, Row{Note: o.ID, Kind: RowRetired, Old: o, Was: m.Shown(o), Into: said[o.ID].Into, Why: said[o.ID].Why,
			Mine: len(m.Fields) > 0 || m.Tags != nil || m.Keep != nil, Kept: m.Keep != nil})
		if !parts[o.ID] {
			u.Retired++
		}
	}
}

// Big reports whether an update changes so much that nobody should get it without
// having looked: over three tenths of the notes changed, or over a twentieth withdrawn.
func (u *Update) Big() bool {
	old := u.Same + u.Fixed + u.Moved + u.gone()
	return u.Fixed*10 > old*3 || u.gone()*20 > old
}

// gone counts the notes that are withdrawn.
func (u *Update) gone() int {
	n := 0
	for i := range u.Rows {
		if u.Rows[i].Kind == RowRetired {
			n++
		}
	}
	return n
}

// Safe reports whether an update may be installed without the student's having seen it.
func (u *Update) Safe() bool {
	return u.Yours.Asks == 0 && !u.Big() && !slices.ContainsFunc(u.Rows, func(r Row) bool { return r.Frozen })
}

func sameNote(a, b *decks.Note) bool {
	return a.Kind == b.Kind && a.Section == b.Section && a.Difficulty == b.Difficulty && a.Major == b.Major && a.From == b.From &&
		maps.Equal(a.Fields, b.Fields) && slices.Equal(a.Tags, b.Tags) && slices.Equal(a.Choices, b.Choices) && slices.Equal(a.Merges, b.Merges)
}
