package collection

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"lectern/decks"
	"lectern/decks/merge"
	"lectern/decks/release"
	"lectern/decks/release/history"
	"lectern/decks/release/trust"
	"lectern/scheduler"
)

// Offer is what a shipment would do to the collection. Nothing has been done.
type Offer struct {
	Shipment  Shipment
	First     bool               // the deck is not there
	Local     bool               // the deck is there and no author has signed it: his keys would be taken with the release
	Back      bool               // an earlier release than the one shown, which was installed once
	Installed *release.Statement // the signed release that is shown, nil for none
	Update    merge.Update       // zero for a deck that is not there
	Same      bool               // the deck shows this very release

	Sooner  int // known cards that come back today because they changed in substance
	Fresh   int // cards to be learnt
	PerDay  int // of which a day brings, by the preset
	Reviews int // answers in the deck, which stay

	old     decks.Deck // as released
	oldHash string
	pinned  trust.Chain // the author's keys as they are known here
}

// Decisions are what the student says to an offer.
type Decisions struct {
	// Texts are the choices where both wrote; Undecided is the choice for the others, ""
	// to go on showing mine and asking.
	Texts     map[TextOf]merge.Choice
	Undecided merge.Choice
	Leave     map[string]bool // notes that stay as they are; of a new one: that rests
	Follow    map[string]bool // notes that were kept so far, or would be, and are no longer
	AsNew     bool            // cards made of others begin as new
	Past      bool            // what somebody who shares his own deck did with it is taken over
}

// keeps reports whether a note stays as it is: as before, for its kind changed, or because
// the student leaves what the author did to it.
func (d Decisions) keeps(r *merge.Row) bool {
	switch {
	case r.Kept:
		return !d.Follow[r.Note]
	case r.Frozen && !d.Follow[r.Note]:
		return true
	}
	return d.Leave[r.Note] && r.Old.ID != ""
}

// TextOf names a text of a note.
type TextOf struct {
	Note  string
	Field decks.Field
}

// Offer compares a shipment with what is there. Faults: OtherAuthor, RevokedKey,
// NotSigned, DamagedPackage, OlderRelease, TwinReleases, FarRelease.
func (c *Collection) Offer(ctx context.Context, s Shipment) (Offer, error) {
	o := Offer{Shipment: s}
	err := c.read(ctx, func(q querier, m *memory) error { return c.offer(q, m, &o) })
	if err != nil {
		return Offer{}, fmt.Errorf("look at a release of deck %s: %w", s.Statement.Deck, faulty(err))
	}
	return o, nil
}

// offer fills in an offer whose shipment is given. The deck it compares with is read once.
func (c *Collection) offer(q querier, m *memory, o *Offer) error {
	s := &o.Shipment
	id := s.Statement.Deck
	var err error
	if o.pinned, err = pinned(q, id); err != nil {
		return err
	}
	if s.Trust, err = o.pinned.Join(s.Trust); err != nil {
		return untrusted(err)
	}
	if err := s.verify(); err != nil {
		return err
	}
	all, err := readStatements(q, id)
	if err != nil {
		return err
	}
	at := find(all, s.Statement.Epoch, s.Statement.Seq)
	had := at != nil && at.statement.Content.Hash == s.Statement.Content.Hash
	if err := mayFollow(s.Statement, latest(all), had); err != nil {
		return err
	}
	installs, err := readInstalls(q, id)
	if err != nil {
		return err
	}
	state := stateOf(installs)
	if o.First = state.pointer == nil; o.First {
		o.Fresh = s.Statement.Content.Cards
		o.PerDay = m.rules.of(id).preset.NewPerDay
		return o.again(q, installs)
	}
	if at := statementOf(all, state.pointer.origin); at != nil {
		o.Installed = &at.statement
		o.Same = at.statement.Epoch == s.Statement.Epoch && at.statement.Seq == s.Statement.Seq
		o.Back = !o.Same && s.Statement.Follows(at.statement) != nil
	}
	o.Local = len(o.pinned.Signed()) == 0
	if hash := hex.EncodeToString(state.pointer.release); hash != o.oldHash {
		content, err := readContent(q, state.pointer.release)
		if err != nil {
			return err
		}
		if o.old, err = release.DecodeLike(content, s.Release.Deck); err != nil {
			return fmt.Errorf("read release %s: %w", hash, err)
		}
		o.oldHash = hash
	}
	mine, err := overlays(q, id)
	if err != nil {
		return err
	}
	seen, err := present(q, id)
	if err != nil {
		return err
	}
	o.Update = merge.NewUpdate(o.old, s.Release.Deck, mine, func(note string) (*decks.Note, bool) {
		if !seen[note] || err != nil {
			return nil, seen[note]
		}
		var last *decks.Note
		last, err = lastReleased(q, note)
		return last, true
	})
	if err != nil {
		return err
	}
	return o.effects(q, m, m.sched.Day(c.Now()))
}

// again compares with what a deck showed before it was put away: memory follows into what
// was made of its notes meanwhile.
func (o *Offer) again(q querier, installs []*installEvent) error {
	var content []byte
	had, read := map[string]bool{}, map[string]bool{}
	for _, e := range inOrder(installs) {
		if e.gone || e.release == nil {
			continue
		}
		var err error
		if content, err = readContent(q, e.release); err != nil {
			return err
		}
		if !read[string(e.release)] { // what only came with an install that is undone was never here
			read[string(e.release)] = true
			release.IDs(content, had)
		}
	}
	if content == nil {
		return nil
	}
	old, err := release.DecodeLike(content, o.Shipment.Release.Deck)
	if err != nil {
		return fmt.Errorf("read what deck %s showed last: %w", o.Shipment.Statement.Deck, err)
	}
	mine, err := overlays(q, o.Shipment.Statement.Deck)
	if err != nil {
		return err
	}
	o.Update = merge.NewUpdate(old, o.Shipment.Release.Deck, mine, func(note string) (*decks.Note, bool) { return nil, had[note] })
	return nil
}

// effects counts what an update does to the coming days.
func (o *Offer) effects(q querier, m *memory, today scheduler.Day) error {
	id := o.Shipment.Statement.Deck
	e, err := m.deck(id)
	if err != nil {
		return err
	}
	o.PerDay = e.rules.preset.NewPerDay
	err = q.row(`SELECT coalesce(sum(answers), 0) FROM days WHERE deck = ?`, id).Scan(&o.Reviews)
	if err != nil {
		return fmt.Errorf("count the answers of deck %s: %w", id, err)
	}
	o.Sooner, o.Fresh = 0, 0
	for i := range o.Update.Rows {
		r := &o.Update.Rows[i]
		switch r.Kind {
		case merge.RowNew, merge.RowSplit, merge.RowJoined:
			o.Fresh += len(release.Parts(r.Now))
		case merge.RowChanged, merge.RowReturned:
			if !r.Substance || r.Kept || r.Frozen {
				continue
			}
			for _, part := range release.Parts(r.Now) {
				if at, ok := m.cardAt[decks.NewCardID(r.Note, part)]; ok && sooner(&m.cards[at].q.Card, today) {
					o.Sooner++
				}
			}
		}
	}
	return nil
}

// sooner reports whether a card that changed in substance is to be shown earlier.
func sooner(c *scheduler.Card, today scheduler.Day) bool {
	return c.Phase == scheduler.Review && c.Due.IsZero() && c.DueDay > today
}

// overlays reads what the student wrote over the notes of a deck.
func overlays(q querier, deck string) (map[string]merge.Overlay, error) {
	edits, err := editsOf(q, deck)
	if err != nil {
		return nil, err
	}
	out := make(map[string]merge.Overlay, len(edits))
	for note, edits := range edits {
		if out[note], err = overlay(edits); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// lastReleased is what the author said last in a note that is there.
func lastReleased(q querier, note string) (*decks.Note, error) {
	row, err := cachedNoteOf(q, note)
	if err != nil || row.n == 0 {
		return nil, err
	}
	n, err := row.releasedNote()
	return &n, err
}

// present returns the notes of a deck that are there, asked or withdrawn. What only came with
// an update that was undone since is not, unless the student did something with it.
func present(q querier, deck string) (map[string]bool, error) {
	return noteSet(q, `SELECT id FROM notes WHERE deck = ?`, deck)
}

// brought returns the notes that a deck has ever brought.
func brought(q querier, deck string) (map[string]bool, error) {
	return noteSet(q, `SELECT note FROM owners WHERE deck = ?`, deck)
}

func noteSet(q querier, query, deck string) (map[string]bool, error) {
	out := map[string]bool{}
	rows, err := q.query(query, deck)
	err = each(rows, err, func(s scanner) error {
		var note string
		err := s.Scan(&note)
		out[note] = true
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the notes of deck %s: %w", deck, err)
	}
	return out, nil
}

// Accept installs an offered release, with the student's decisions: one operation, which
// Undo and UndoUpdate take back. Faults: those of Offer, MissingMedia, DiskFull,
// Cancelled; then nothing was installed.
func (c *Collection) Accept(ctx context.Context, o Offer, d Decisions, p Progress) (InstallResult, error) {
	r, err := c.accept(ctx, o, d, p)
	if err != nil {
		return InstallResult{}, fmt.Errorf("install release %d of deck %s: %w", o.Shipment.Statement.Seq, o.Shipment.Statement.Deck, faulty(err))
	}
	return r, nil
}

func (c *Collection) accept(ctx context.Context, o Offer, d Decisions, p Progress) (res InstallResult, err error) {
	s := &o.Shipment
	content, err := release.Encode(s.Release.Deck)
	if err != nil {
		return res, err
	}
	var past []history.Row
	if d.Past {
		if past, err = s.Past(); err != nil {
			return res, err
		}
	}
	left, err := c.keepShipped(ctx, s, p)
	defer func() {
		if err != nil {
			left.drop(context.WithoutCancel(ctx))
		} else {
			left.keep()
		}
	}()
	if err != nil {
		return res, err
	}
	id := s.Statement.Deck
	err = c.write(ctx, func(t *tx, m *memory) (Change, error) {
		// What was offered may be another thing by now: a window edits, another program installs.
		if err := c.offer(t, m, &o); err != nil {
			return Change{}, err
		}
		more, err := missing(t, past)
		if err != nil {
			return Change{}, err
		}
		if o.Same && len(d.Follow) == 0 && len(d.Texts) == 0 && !more {
			res = InstallResult{Deck: id, Release: s.Release.Hash, Update: true, Same: len(s.Release.Deck.Notes)}
			return Change{}, nil
		}
		t.decoded = map[string]decks.Deck{s.Release.Hash: s.Release.Deck}
		res = InstallResult{Deck: id, Release: s.Release.Hash, Update: !o.First}
		res.compare(nil, s.Release.Deck)
		if !o.First {
			u := &o.Update
			res.Added, res.Changed, res.Same, res.Retired = u.New+u.Returned, u.Fixed+u.Moved, u.Same, u.Retired
		}
		return c.ship(ctx, t, m, &o, d, content, past, &res, p)
	})
	return res, err
}

// ship writes what an accepted offer does.
func (c *Collection) ship(ctx context.Context, t *tx, m *memory, o *Offer, d Decisions, content []byte, past []history.Row, res *InstallResult, p Progress) (Change, error) {
	s := &o.Shipment
	id := s.Statement.Deck
	if err := c.own(t, s.Release.Deck); err != nil {
		return Change{}, err
	}
	kind := OpInstall
	switch {
	case o.Back:
		kind = OpRollback
	case !o.First:
		kind = OpUpdate
	}
	op, err := c.begin(t, kind, id)
	if err != nil {
		return Change{}, err
	}
	res.Op = op.id
	if err := op.pin(id, o.pinned, s.Trust); err != nil {
		return Change{}, err
	}
	hash, err := putRelease(t, s.Release, content, op.at.Time.UnixMilli())
	if err != nil {
		return Change{}, err
	}
	if err := op.keepStatement(s, hash); err != nil {
		return Change{}, err
	}
	origin, err := json.Marshal(s.origin())
	if err != nil {
		return Change{}, err
	}
	if err := op.point(id, hash, string(origin), nil); err != nil {
		return Change{}, err
	}
	if s.Feed != "" {
		if err := op.subscribe(id, s.Feed); err != nil {
			return Change{}, err
		}
	}
	asleep, err := asleep(t, &o.Update)
	if err != nil {
		return Change{}, err
	}
	if err := op.decide(&o.Update, d); err != nil {
		return Change{}, err
	}
	if err := c.refreshDeck(ctx, t, m, id, p); err != nil {
		return Change{}, err
	}
	if err := op.remember(m, o, d, asleep); err != nil {
		return Change{}, err
	}
	if res.Past, err = op.take(m, id, past); err != nil {
		return Change{}, err
	}
	m.stale = true
	return Change{Op: kind, Queue: true, Texts: true, Decks: true, All: true}, nil
}

// decide appends the edits that the student's decisions are.
func (o *op) decide(u *merge.Update, d Decisions) error {
	for i := range u.Rows {
		r := &u.Rows[i]
		keeps := d.keeps(r)
		var err error
		switch {
		case r.Kept && !keeps:
			err = o.edit(r.Note, keepField, sql.NullString{}, "")
		case keeps && !r.Kept:
			err = o.keepNote(r.Old)
		}
		if err != nil {
			return err
		}
		if keeps {
			continue
		}
		for _, t := range r.Texts {
			choice, chosen := d.Texts[TextOf{r.Note, t.Field}]
			if !chosen {
				if !t.Mark.Asks() || d.Undecided == "" {
					continue
				}
				choice = d.Undecided
			}
			if t.Edit == nil {
				continue
			}
			e, stays := merge.Resolve(*t.Edit, t.New, choice)
			if t.Field == decks.Front && stays && e.Value == "" {
				continue // a question cannot be empty
			}
			if err := o.edit(r.Note, string(t.Field), sql.NullString{String: e.Value, Valid: stays}, e.Base); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepNote appends that a note stays as it was released.
func (o *op) keepNote(n decks.Note) error {
	text, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("write note %s: %w", n.ID, err)
	}
	return o.edit(n.ID, keepField, sql.NullString{String: string(text), Valid: true}, "")
}

// asleep returns the changed notes of which every card is suspended: a part that the
// author adds to one is not to wake it.
func asleep(q querier, u *merge.Update) (map[string]bool, error) {
	out := map[string]bool{}
	for i := range u.Rows {
		if u.Rows[i].Kind != merge.RowChanged {
			continue
		}
		var cards, suspended int
		err := q.row(`SELECT count(*), coalesce(sum(suspended), 0) FROM cards JOIN notes ON notes.n = cards.n WHERE notes.id = ?`, u.Rows[i].Note).Scan(&cards, &suspended)
		if err != nil {
			return nil, fmt.Errorf("read the cards of note %s: %w", u.Rows[i].Note, err)
		}
		if cards > 0 && cards == suspended {
			out[u.Rows[i].Note] = true
		}
	}
	return out, nil
}
