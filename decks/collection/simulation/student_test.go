package simulation_test

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // to look into the file

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/merge"
	"lectern/decks/release"
	"lectern/scheduler"
)

var ctx = context.Background()

// student lives with a course, and remembers what he may expect of it.
type student struct {
	*collection.Collection
	t     *testing.T
	r     *rand.Rand
	a     *author
	dir   string
	now   time.Time
	db    *sql.DB // the file, beside the collection
	step  int
	doing string

	there  bool
	shown  int // the edition that is shown
	latest int // the latest that was ever installed, -1 for none
	taken  map[int]bool
	words  []word
	voided map[decks.EventID]bool
	ops    map[decks.EventID]point // what the operation that shows an edition led away from
	log    string
	total  *totals
}

// point is what is shown, to go back to.
type point struct {
	there bool
	shown int
}

// word is what became of a text, or a set of tags: the last one counts that is not undone.
type word struct {
	op      decks.EventID
	at      collection.TextOf
	token   string // is to be read there
	cleared bool   // nothing is to be read there
	tags    []string
}

const tagsOf decks.Field = "tags"

func newStudent(t *testing.T, r *rand.Rand, a *author, dir string, total *totals) *student {
	s := &student{t: t, r: r, a: a, dir: dir, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 3*3600)),
		shown: -1, latest: -1, taken: map[int]bool{}, voided: map[decks.EventID]bool{}, ops: map[decks.EventID]point{}, total: total}
	s.open()
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(dir, "lectern.db"))+"?_pragma=busy_timeout(5000)")
	s.ok(err)
	s.db = db
	p, err := s.Preset(ctx)
	s.ok(err)
	p.NewPerDay = 5 + r.IntN(30)
	s.ok(s.SetPreset(ctx, p))
	return s
}

func (s *student) open() {
	c, err := collection.Open(ctx, s.dir, collection.Options{Clock: func() time.Time { return s.now }})
	s.ok(err)
	s.Collection = c
}

func (s *student) close() {
	s.db.Close()
	s.Close()
}

func (s *student) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("step %d, %s: %v", s.step, s.doing, err)
	}
}

func (s *student) fail(format string, args ...any) {
	s.t.Helper()
	s.t.Fatalf("step %d, %s: %s", s.step, s.doing, fmt.Sprintf(format, args...))
}

// last is the operation that undo would take back.
func (s *student) last() decks.EventID {
	info, err := s.CanUndo(ctx)
	s.ok(err)
	if info == nil {
		return decks.EventID{}
	}
	return info.ID
}

// says notes what an operation, if there was one, wrote.
func (s *student) says(do func() error, w word) {
	before := s.last()
	s.ok(do())
	if w.op = s.last(); w.op != before {
		s.words = append(s.words, w)
	}
}

// live does one thing.
func (s *student) live(step int) {
	s.step = step
	s.now = s.now.Add(time.Duration(1+s.r.IntN(600)) * time.Second)
	if !s.there {
		switch s.r.IntN(4) {
		case 0:
			s.do("undo", s.undo)
		case 1:
			s.do("author", s.author)
		default:
			s.do("take", s.update)
		}
		return
	}
	switch n := s.r.IntN(100); {
	case n < 26:
		s.do("answer", s.answer)
	case n < 31:
		s.now = s.now.AddDate(0, 0, 1+s.r.IntN(6))
	case n < 50:
		s.do("edit", s.edit)
	case n < 52:
		s.do("revert", s.revert)
	case n < 56:
		s.do("tag", s.tag)
	case n < 60:
		s.do("mark", s.mark)
	case n < 64:
		s.do("keep", s.keep)
	case n < 74:
		s.do("author", s.author)
	case n < 88:
		s.do("update", s.update)
	case n < 90:
		s.do("roll back", s.rollBack)
	case n < 92:
		s.do("undo the update", s.undoUpdate)
	case n < 95:
		s.do("undo", s.undo)
	case n < 97:
		s.do("redo", s.redo)
	case n < 98:
		s.do("an old release", s.refused)
	case n < 99:
		s.do("restart", func() { s.ok(s.Close()); s.open() })
	default:
		s.do("go", s.leave)
	}
}

func (s *student) do(what string, f func()) { s.doing = what; f() }

func (s *student) author() {
	for range 1 + s.r.IntN(8) {
		s.a.change()
	}
	s.a.release()
	s.total.releases++
}

func (s *student) answer() {
	for range 1 + s.r.IntN(4) {
		card, err := s.Next(ctx, collection.Scope{Deck: "course"})
		s.ok(err)
		if card == nil {
			return
		}
		s.now = s.now.Add(5 * time.Second)
		_, err = s.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: scheduler.Grades[s.r.IntN(4)], Took: 5 * time.Second})
		s.ok(err)
		s.total.reviews++
	}
}

// draw takes one of the notes that are there, shown or resting.
func (s *student) draw() (decks.Note, bool) {
	var all []decks.Note
	for _, n := range s.notes() {
		all = append(all, n.shown)
	}
	if len(all) == 0 {
		return decks.Note{}, false
	}
	return drawn(s.r, all), true
}

func (s *student) edit() {
	n, ok := s.draw()
	if !ok {
		return
	}
	f := []decks.Field{decks.Front, decks.Back, decks.Back, decks.Back, decks.Explanation, decks.Hint, decks.Source}[s.r.IntN(7)]
	w := word{at: collection.TextOf{Note: n.ID, Field: f}, token: fmt.Sprint("моё", s.step)}
	text := n.Fields[f]
	switch s.r.IntN(5) {
	case 0:
		text += " Ещё " + w.token + " сюда."
	case 1:
		if f != decks.Front {
			// Where the author has nothing, nothing is kept from being shown later.
			text, w.token, w.cleared = "", "", s.released(n.ID).Fields[f] != ""
			break
		}
		fallthrough
	default:
		text = replaceWord(s.r, text, w.token)
	}
	s.says(func() error { return s.Edit(ctx, n.ID, f, text) }, w)
}

func (s *student) released(note string) decks.Note {
	all := s.notes()
	return all[slices.IndexFunc(all, func(r row) bool { return r.shown.ID == note })].released
}

func (s *student) revert() {
	if n, ok := s.draw(); ok {
		f := decks.Fields[s.r.IntN(len(decks.Fields))]
		s.says(func() error { return s.Revert(ctx, n.ID, f) }, word{at: collection.TextOf{Note: n.ID, Field: f}})
	}
}

func (s *student) tag() {
	if n, ok := s.draw(); ok {
		tags := append(slices.DeleteFunc(slices.Clone(n.Tags), func(string) bool { return s.r.IntN(2) == 0 }), "моё "+fmt.Sprint(s.r.IntN(3)))
		s.says(func() error { return s.SetTags(ctx, n.ID, tags) }, word{at: collection.TextOf{Note: n.ID, Field: tagsOf}, tags: tags})
	}
}

func (s *student) mark() {
	cards := s.cards()
	if len(cards) == 0 {
		return
	}
	card := cards[s.r.IntN(len(cards))]
	switch s.r.IntN(3) {
	case 0:
		s.ok(s.Flag(ctx, card.id, s.r.IntN(5)))
	default:
		s.ok(s.Suspend(ctx, []decks.CardID{card.id}, s.r.IntN(3) > 0))
	}
}

func (s *student) keep() {
	if n, ok := s.draw(); ok {
		s.ok(s.Keep(ctx, []string{n.ID}, s.r.IntN(3) > 0))
	}
}

// offer asks what a release would do.
func (s *student) offer(to int) (collection.Offer, error) {
	from := -1
	if s.there {
		from = s.shown
	}
	if s.r.IntN(4) > 0 {
		return s.Offer(ctx, s.a.ship(from, to))
	}
	before := s.dump(tables)
	o, err := s.Offer(ctx, s.a.ship(from, to))
	if now := s.dump(tables); now != before {
		s.fail("an offer changed something: %s", difference(before, now))
	}
	return o, err
}

// update takes one of the releases that are out, if the student wants any.
func (s *student) update() {
	to := len(s.a.out) - 1
	if s.r.IntN(4) == 0 && to > s.latest+1 { // others are skipped
		to = s.latest + 1 + s.r.IntN(to-s.latest)
	}
	if s.there && s.r.IntN(8) == 0 { // "not this one"
		e := s.a.out[to].statement
		s.ok(s.Follow(ctx, "course", collection.Following{Mode: collection.Asking, SkipEpoch: e.Epoch, Skip: e.Seq}))
		if f, err := s.Subscription(ctx, "course"); err != nil || !f.Following.Skips(e) {
			s.fail("release %d is not skipped: %v", to, err)
		}
		s.total.skipped++
		return
	}
	if !s.there || to != s.shown {
		s.install(to)
	}
}

func (s *student) rollBack() {
	to := slices.Sorted(maps.Keys(s.taken))
	if at := to[s.r.IntN(len(to))]; at != s.shown {
		s.install(at)
	}
}

// install accepts an edition, undoes that at once, does it again, and leaves it at one of
// the two.
func (s *student) install(to int) {
	o, err := s.offer(to)
	s.ok(err)
	if o.First == s.there || o.Back && !s.taken[to] {
		s.fail("first %v, back %v, but the deck is there: %v, the release was taken: %v", o.First, o.Back, s.there, s.taken[to])
	}
	s.counts(&o)
	d := s.decide(&o.Update)
	before, cards, asleep := s.dump(state), s.schedules(), s.asleep()
	res, err := s.Accept(ctx, o, d, nil)
	s.ok(err)
	was := point{s.there, s.shown}
	s.ops[res.Op] = was
	s.decided(&o.Update, d, res.Op)
	s.there, s.shown = true, to
	s.latest = max(s.latest, to)
	s.taken[to] = true
	s.total.updates++
	s.asPromised(&o, d)
	s.undisturbed(&o.Update, cards)
	still, there := s.asleep(), s.schedules()
	for id := range asleep {
		if _, ok := there[id]; ok && !still[id] {
			s.fail("an update woke card %s", id)
		}
	}
	s.check()
	if was.there && s.r.IntN(2) == 0 {
		return
	}
	after := s.dump(state)
	s.undo()
	if now := s.dump(state); now != before {
		s.fail("undoing release %d left a difference: %s", to, difference(before, now))
	}
	if s.there {
		s.check()
	}
	if s.r.IntN(4) == 0 {
		return
	}
	if s.r.IntN(2) == 0 { // installed once more, with the same decisions
		o, err := s.offer(to)
		s.ok(err)
		res, err := s.Accept(ctx, o, d, nil)
		s.ok(err)
		s.ops[res.Op] = was
		s.decided(&o.Update, d, res.Op)
		s.there, s.shown = true, to
	} else {
		s.redo()
	}
	if now := s.dump(state); now != after {
		s.fail("release %d once more is another: %s", to, difference(after, now))
	}
}

// decide draws what the student says to an offer; half of the time nothing.
func (s *student) decide(u *merge.Update) collection.Decisions {
	d := collection.Decisions{Texts: map[collection.TextOf]merge.Choice{}, Leave: map[string]bool{}, Follow: map[string]bool{}}
	if s.r.IntN(2) == 0 {
		return d
	}
	choices := []merge.Choice{"", merge.ChooseMine, merge.ChooseTheirs, merge.ChooseBoth}
	d.Undecided, d.AsNew = choices[s.r.IntN(4)], s.r.IntN(4) == 0
	for i := range u.Rows {
		r := &u.Rows[i]
		d.Leave[r.Note], d.Follow[r.Note] = s.r.IntN(8) == 0, s.r.IntN(3) == 0
		for _, t := range r.Texts {
			if c := choices[s.r.IntN(4)]; c != "" && t.Edit != nil {
				d.Texts[collection.TextOf{Note: r.Note, Field: t.Field}] = c
			}
		}
	}
	return d
}

// decided notes what the decisions make of the student's words.
func (s *student) decided(u *merge.Update, d collection.Decisions, op decks.EventID) {
	for i := range u.Rows {
		r := &u.Rows[i]
		follow := d.Follow[r.Note]
		if r.Kept && !follow || r.Frozen && !follow || d.Leave[r.Note] && r.Old.ID != "" && !(r.Kept && follow) {
			continue
		}
		for _, t := range r.Texts {
			at := collection.TextOf{Note: r.Note, Field: t.Field}
			choice, chosen := d.Texts[at]
			if !chosen && t.Mark.Asks() {
				choice = d.Undecided
			}
			if t.Edit == nil || choice == "" {
				continue
			}
			s.total.decided++
			switch e := s.expected()[at]; {
			case choice == merge.ChooseTheirs:
				s.words = append(s.words, word{op: op, at: at})
			case e.cleared && (choice == merge.ChooseBoth || t.New == ""): // nor does the author have any more
				s.words = append(s.words, word{op: op, at: at})
			}
		}
	}
}

// expected is what is to be read where the student wrote.
func (s *student) expected() map[collection.TextOf]word {
	out := map[collection.TextOf]word{}
	for _, w := range s.words {
		if !s.voided[w.op] {
			out[w.at] = w
		}
	}
	return out
}

// undone notes that an operation was taken back, or done again.
func (s *student) undone(op decks.EventID, gone bool) {
	s.voided[op] = gone
	p, ok := s.ops[op]
	if !ok {
		return
	}
	s.ops[op] = point{s.there, s.shown}
	s.there, s.shown = p.there, p.shown
}

func (s *student) undo() {
	info, err := s.Undo(ctx)
	if fault.Is(err, fault.NothingToUndo) {
		return
	}
	s.ok(err)
	s.undone(info.ID, true)
	s.pointer()
}

func (s *student) redo() {
	info, err := s.Redo(ctx)
	if fault.Is(err, fault.NothingToRedo) {
		return
	}
	s.ok(err)
	s.undone(info.ID, false)
	s.pointer()
}

// undoUpdate takes back the update, whatever was done since.
func (s *student) undoUpdate() {
	info, err := s.UndoUpdate(ctx, "course")
	if fault.Is(err, fault.NothingToUndo) {
		return
	}
	s.ok(err)
	s.undone(info.ID, true)
	s.total.late++
	s.pointer()
}

// pointer reads which edition is shown: an operation that is undone out of turn leads to
// what was before it then.
func (s *student) pointer() {
	all, err := s.Subscriptions(ctx)
	s.ok(err)
	s.there, s.shown = false, -1
	for _, x := range all {
		s.there = true
		s.shown = slices.IndexFunc(s.a.out, func(e edition) bool {
			return e.statement.Epoch == x.Shown.Epoch && e.statement.Seq == x.Shown.Seq
		})
	}
}

// refused offers what may not be installed any more.
func (s *student) refused() {
	for to := range s.a.out {
		if to < s.latest && !s.taken[to] {
			if _, err := s.offer(to); !fault.Is(err, fault.OlderRelease) {
				s.fail("release %d is offered over %d: %v", to, s.latest, err)
			}
			s.total.refused++
			return
		}
	}
}

func (s *student) leave() {
	before := s.last()
	s.ok(s.RemoveDeck(ctx, "course"))
	if op := s.last(); op != before {
		s.ops[op] = point{s.there, s.shown}
		s.there = false
	}
}

// reads reports whether a text is to be read in another.
func reads(token, text string) bool { return strings.Contains(release.Text(text), token) }
