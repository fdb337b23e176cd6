package simulation_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/merge"
	"lectern/decks/release"
)

// What of the file is compared: what is shown, and all that was ever said.
var (
	state = []string{
		"decks",
		"(SELECT id, deck, section, pos, shown, released, question, answer, search, needs, retired FROM notes)",
		`(SELECT id, deck, section, pos, needs, retired, suspended, flag, skip_day, phase, s, d, fast, step,
			due_ms, due_day, last_ms, last_day, days, reps, lapses FROM cards)`,
		"days",
		"settings",
	}
	tables = append([]string{"releases", "pages", "ops", "voids", "installs", "edits", "marks", "choices", "reviews", "trusts", "statements"}, state...)
)

// dump writes tables as text, a row a line.
func (s *student) dump(tables []string) string {
	s.t.Helper()
	var b strings.Builder
	for _, table := range tables {
		order := " ORDER BY 1, 2"
		if table == "settings" {
			order = " ORDER BY 1"
		}
		rows, err := s.db.QueryContext(ctx, "SELECT * FROM "+table+order)
		s.ok(err)
		columns, err := rows.Columns()
		s.ok(err)
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		for rows.Next() {
			s.ok(rows.Scan(values...))
			for _, v := range values {
				if p, ok := (*v.(*any)).([]byte); ok {
					fmt.Fprintf(&b, "%x|", p)
				} else {
					fmt.Fprintf(&b, "%v|", *v.(*any))
				}
			}
			b.WriteByte('\n')
		}
		s.ok(rows.Err())
		rows.Close()
	}
	return b.String()
}

// difference shows the first lines in which two dumps differ.
func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d\n- %s\n+ %s", i+1, x[i], y[i])
		}
	}
	return fmt.Sprintf("%d lines, then %d", len(x), len(y))
}

// row is a note as the collection keeps it.
type row struct {
	shown    decks.Note
	released decks.Note // the author's, over which the student wrote
	retired  bool
}

func (s *student) notes() []row {
	rows, err := s.db.QueryContext(ctx, `SELECT shown, iif(released = '', shown, released), retired FROM notes ORDER BY pos`)
	s.ok(err)
	defer rows.Close()
	var out []row
	for rows.Next() {
		var r row
		var shown, released string
		s.ok(rows.Scan(&shown, &released, &r.retired))
		s.ok(json.Unmarshal([]byte(shown), &r.shown))
		s.ok(json.Unmarshal([]byte(released), &r.released))
		out = append(out, r)
	}
	s.ok(rows.Err())
	return out
}

// card is what the collection has of a card.
type card struct {
	id       decks.CardID
	asleep   bool
	retired  bool
	schedule string
}

func (s *student) cards() []card {
	rows, err := s.db.QueryContext(ctx, `SELECT id, suspended, retired, json_array(flag, phase, s, d, fast, step, due_ms, due_day, last_ms, last_day, days, reps, lapses) FROM cards ORDER BY id`)
	s.ok(err)
	defer rows.Close()
	var out []card
	for rows.Next() {
		var c card
		s.ok(rows.Scan(&c.id, &c.asleep, &c.retired, &c.schedule))
		out = append(out, c)
	}
	s.ok(rows.Err())
	return out
}

func (s *student) schedules() map[decks.CardID]string {
	out := map[decks.CardID]string{}
	for _, c := range s.cards() {
		out[c.id] = c.schedule
	}
	return out
}

// asleep are the cards that the student put to sleep, whether they are there or not.
func (s *student) asleep() map[decks.CardID]bool {
	out := map[decks.CardID]bool{}
	for _, c := range s.cards() {
		if c.asleep {
			out[c.id] = true
		}
	}
	return out
}

// counts checks that the numbers of an offer are those of its rows.
func (s *student) counts(o *collection.Offer) {
	u := &o.Update
	s.total.conflicts += u.Yours.Asks
	s.total.merged += u.Yours.Merged
	if o.First {
		return
	}
	n := map[merge.RowKind]int{}
	for i := range u.Rows {
		n[u.Rows[i].Kind]++
	}
	next := len(o.Shipment.Release.Deck.Notes)
	if sum := u.Same + u.Fixed + u.Moved + u.New + u.Returned + n[merge.RowSplit] + n[merge.RowJoined]; sum != next ||
		u.Fixed != n[merge.RowChanged] || u.Moved != n[merge.RowMoved] || u.New != n[merge.RowNew] || u.Returned != n[merge.RowReturned] || u.Retired > n[merge.RowRetired] {
		s.fail("the numbers %+v are not those of %v and %d notes", u, n, next)
	}
}

// asPromised compares what an offer said with what came of it.
func (s *student) asPromised(o *collection.Offer, d collection.Decisions) {
	now := map[string]row{}
	for _, r := range s.notes() {
		now[r.shown.ID] = r
	}
	for _, n := range o.Shipment.Release.Deck.Notes {
		if r, ok := now[n.ID]; !ok || r.retired {
			s.fail("note %s of the release is not shown", n.ID)
		}
	}
	said := len(d.Texts) > 0 || d.Undecided != "" || len(d.Leave)+len(d.Follow) > 0
	for i := range o.Update.Rows {
		r := &o.Update.Rows[i]
		is := now[r.Note]
		if r.Kind == merge.RowRetired {
			stays := r.Kept && !d.Follow[r.Note] || !r.Kept && d.Leave[r.Note]
			if is.retired == stays {
				s.fail("note %s was to stay: %v, and is withdrawn: %v", r.Note, stays, is.retired)
			}
			continue
		}
		if !said && !same(is.shown, r.Now) {
			s.fail("note %s was to read\n%+v\nand reads\n%+v", r.Note, r.Now, is.shown)
		}
		if d.Leave[r.Note] && r.Old.ID != "" && !r.Kept && !same(is.shown, r.Was) {
			s.fail("note %s was to stay\n%+v\nand reads\n%+v", r.Note, r.Was, is.shown)
		}
	}
}

// same compares notes as they read; their place is the author's.
func same(a, b decks.Note) bool {
	a, b = release.CanonicalNote(a), release.CanonicalNote(b)
	a.Section = b.Section
	return reflect.DeepEqual(a, b)
}

// undisturbed checks that an update leaves the memory of every card alone but of those
// that changed in substance or were made of others.
func (s *student) undisturbed(u *merge.Update, before map[decks.CardID]string) {
	touched := map[string]bool{}
	for i := range u.Rows {
		if r := &u.Rows[i]; r.Substance || r.Kind == merge.RowSplit || r.Kind == merge.RowJoined {
			touched[r.Note] = true
		}
	}
	for id, now := range s.schedules() {
		if was, ok := before[id]; ok && was != now && !touched[id.Note()] {
			s.fail("card %s had the memory %s, after the update %s", id, was, now)
		}
	}
}

// check holds the laws after every step.
func (s *student) check() {
	s.t.Helper()
	log := s.dump([]string{"reviews"})
	if !strings.HasPrefix(log, s.log) {
		s.fail("a review was lost: %s", difference(s.log, log))
	}
	s.log = log
	if !s.there {
		return
	}
	var lost string
	s.ok(s.db.QueryRowContext(ctx, `SELECT coalesce(group_concat(DISTINCT card), '') FROM reviews
		WHERE kind = 'answer' AND op NOT IN undone AND card NOT IN (SELECT id FROM cards)`).Scan(&lost))
	if lost != "" {
		s.fail("reviews have no card: %s", lost)
	}
	now := map[string]row{}
	for _, r := range s.notes() {
		now[r.shown.ID] = r
	}
	words := s.expected()
	for _, at := range slices.SortedFunc(maps.Keys(words), func(a, b collection.TextOf) int {
		return strings.Compare(a.Note+string(a.Field), b.Note+string(b.Field))
	}) {
		w, r := words[at], now[at.Note]
		text := r.shown.Fields[at.Field]
		switch {
		case w.token == "" && !w.cleared && w.tags == nil:
		case r.shown.ID == "":
			s.fail("note %s, on which the student wrote, is not there", at.Note)
		case w.token != "" && !reads(w.token, text):
			s.fail("note %s, %s: %q is lost in %q", at.Note, at.Field, w.token, text)
		case w.cleared && text != "":
			s.fail("note %s, %s: it was cleared and reads %q", at.Note, at.Field, text)
		case w.tags != nil && !slices.Contains(r.shown.Tags, w.tags[len(w.tags)-1]):
			s.fail("note %s: the tag %q is lost in %q", at.Note, w.tags[len(w.tags)-1], r.shown.Tags)
		}
	}
}

// sound checks that the doctor finds nothing; whole, that a rebuild changes nothing too.
func (s *student) sound(whole bool) {
	s.t.Helper()
	problems, err := s.Doctor(ctx, false, nil)
	s.ok(err)
	if len(problems) > 0 {
		s.fail("the doctor found %+v", problems)
	}
	if !whole {
		return
	}
	before := s.dump(state)
	changed, err := s.Rebuild(ctx, nil)
	s.ok(err)
	if now := s.dump(state); changed != 0 || now != before {
		s.fail("a rebuild changed %d rows: %s", changed, difference(before, now))
	}
	// Every word that was ever typed is still in what the student wrote.
	for _, w := range s.words {
		var n int
		s.ok(s.db.QueryRowContext(ctx, `SELECT count(*) FROM edits WHERE note = ? AND instr(value, ?) > 0`, w.at.Note, w.token).Scan(&n))
		if w.token != "" && n == 0 {
			s.fail("%q is not in the edits of note %s", w.token, w.at.Note)
		}
	}
}
