package collection_test

import (
	"bytes"
	"fmt"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/merge"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
)

// signedDeck is the one of these students' decks that an author signs.
const signedDeck = "d3"

// ship has the author ship a release, which the student may install, with decisions of
// all kinds; now and then it is one that he has had.
func (s *student) ship(t *rapid.T) {
	s.sit(t)
	if s.author == nil {
		s.author = releasetest.New(t, "А. П. Иванова", signedDeck)
	}
	kept, err := s.kept()
	s.ok(err)
	var shipment collection.Shipment
	if len(kept) > 0 && rapid.IntRange(0, 3).Draw(t, "back") == 0 {
		k := rapid.SampledFrom(kept).Draw(t, "release").Statement
		shipment, err = s.Kept(ctx, signedDeck, k.Epoch, k.Seq)
		s.ok(err)
	} else {
		s.seq++
		file := s.author.Package(t, s.seq, s.drawLineage(t), nil, nil)
		pinned, err := s.Pinned(ctx, signedDeck)
		s.ok(err)
		p, err := pack.Open(ctx, bytes.NewReader(file), int64(len(file)), pinned)
		s.ok(err)
		shipment = collection.Opened(p, "d3.lectern")
	}
	o, err := s.Offer(ctx, shipment)
	s.ok(err)
	d := collection.Decisions{AsNew: rapid.Bool().Draw(t, "as new"), Leave: map[string]bool{}, Follow: map[string]bool{},
		Undecided: rapid.SampledFrom([]merge.Choice{"", merge.ChooseMine, merge.ChooseTheirs, merge.ChooseBoth}).Draw(t, "undecided")}
	for _, r := range o.Update.Rows {
		switch rapid.IntRange(0, 5).Draw(t, "row") {
		case 0:
			d.Leave[r.Note] = true
		case 1:
			d.Follow[r.Note] = true
		}
	}
	s.must("ship", func() error {
		_, err := s.Accept(ctx, o, d, nil)
		return err
	})
	if o.Update.Yours.Asks > 0 && d.Undecided != "" && len(d.Leave) == 0 && len(d.Follow) == 0 {
		again, err := s.Offer(ctx, shipment)
		s.ok(err)
		if again.Update.Yours.Asks > 0 {
			t.Fatalf("what was decided is asked again: %+v", again.Update.Rows)
		}
	}
}

// drawLineage draws a release in which notes are split from others, joined and changed in
// substance.
func (s *student) drawLineage(t *rapid.T) decks.Deck {
	d := s.drawDeck(t, 3)
	id := rapid.Map(rapid.IntRange(0, 4), func(i int) string { return fmt.Sprint(signedDeck, "n", i) })
	for i := range d.Notes {
		n := &d.Notes[i]
		n.Major = rapid.IntRange(0, 2).Draw(t, "major")
		switch rapid.IntRange(0, 3).Draw(t, "lineage") {
		case 0:
			if n.From = id.Draw(t, "from"); n.From == n.ID {
				n.From = ""
			}
		case 1:
			for _, m := range []string{id.Draw(t, "one"), id.Draw(t, "other")} {
				if m != n.ID {
					n.Merges = append(n.Merges, m)
				}
			}
		}
	}
	return d
}

// kept are the signed releases that are here; none while the deck is put away.
func (s *student) kept() ([]collection.KeptRelease, error) {
	kept, err := s.Releases(ctx, signedDeck)
	if fault.Is(err, fault.NoSuchDeck) {
		return nil, nil
	}
	return kept, err
}

// keep lets a note stay as it is, or follow its author again.
func (s *student) keep(t *rapid.T) {
	s.sit(t)
	rows := s.rows(rapid.Bool().Draw(t, "withdrawn"))
	if len(rows) == 0 {
		return
	}
	row, on := rapid.SampledFrom(rows).Draw(t, "card"), rapid.Bool().Draw(t, "on")
	s.must("keep", func() error { return s.Keep(ctx, []string{row.Note}, on) })
}

// undoUpdate takes back the update of the author's deck. What was done since is not told
// by the model, so it is asked for only when nothing was.
func (s *student) undoUpdate(t *rapid.T) {
	s.sit(t)
	info, err := s.CanUndoUpdate(ctx, signedDeck)
	if fault.Is(err, fault.NoSuchDeck) || err == nil && info == nil {
		return
	}
	s.ok(err)
	if n := len(s.done); n == 0 || s.done[n-1].id != info.ID {
		return
	}
	st := s.done[len(s.done)-1]
	s.done, s.undone = s.done[:len(s.done)-1], append(s.undone, st)
	if _, err := s.UndoUpdate(ctx, signedDeck); err != nil {
		t.Fatal(err)
	}
	if now := s.dump(state); now != st.before {
		t.Fatalf("undoing the update left a difference: %s", difference(st.before, now))
	}
}
