package collection_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/release/releasetest"
	"lectern/scheduler"
)

// A student does whatever comes to mind, on two windows of one collection, and
// the laws of the house hold after every step and at the end.
func TestLaws(t *testing.T) {
	checks(t, "25")
	root := tempDir(t)
	rapid.Check(t, func(t *rapid.T) {
		s := newStudent(t, root)
		defer s.leave()
		t.Repeat(map[string]func(*rapid.T){
			"":         s.check,
			"answer":   s.answerNext,
			"answer 2": s.answerNext, // the usual thing to do
			"answer 3": s.answerNext,
			"revise":   s.answerAny,
			"edit":     s.edit,
			"revert":   s.revert,
			"tag":      s.tag,
			"link":     s.link,
			"draft":    s.draft,
			"suspend":  s.suspend,
			"flag":     s.flag,
			"skip":     s.skip,
			"install":  s.installSome,
			"ship":     s.ship,
			"ship 2":   s.ship,
			"keep":     s.keep,
			"unship":   s.undoUpdate,
			"remove":   s.remove,
			"preset":   s.settings,
			"presets":  s.presets,
			"limits":   s.limits,
			"set due":  s.setDue,
			"reset":    s.makeNew,
			"shift":    s.shift,
			"recover":  s.recover,
			"replan":   s.reschedule,
			"fit":      s.useFit,
			"more new": s.moreNew,
			"undo":     s.undo,
			"undo 2":   s.undo,
			"redo":     s.redo,
			"wait":     s.wait,
			"travel":   s.travel,
			"reopen":   s.reopenOne,
		})
		s.end(t)
	})
}

// student is the model: what the collection must say.
type student struct {
	*desk
	windows [2]*collection.Collection // of the same file, as two programs have it
	done    []step                    // what undo takes back, the last first
	undone  []step                    // what redo does again
	answers map[string]*given         // by review
	author  *releasetest.Author       // of signedDeck, once he has shipped
	seq     int64
}

// step is an operation with what the file said before and after it.
type step struct {
	id            decks.EventID
	before, after string
	review        string // of an answer
}

type given struct {
	card   decks.CardID
	grade  scheduler.Grade
	at     time.Time
	undone bool
}

func newStudent(t *rapid.T, root string) *student {
	dir, err := os.MkdirTemp(root, "")
	s := &student{desk: &desk{t: t, dir: dir, now: morning}, answers: map[string]*given{}}
	s.ok(err)
	for i := range s.windows {
		s.open()
		s.windows[i] = s.Collection
	}
	s.install(s.drawDeck(t, 0))
	s.done = []step{}
	info, err := s.CanUndo(ctx)
	s.ok(err)
	s.done = append(s.done, step{id: info.ID, before: "", after: s.dump(state)})
	return s
}

func (s *student) leave() {
	for _, c := range s.windows {
		c.Close()
	}
	os.RemoveAll(s.dir)
}

// sit takes one of the windows.
func (s *student) sit(t *rapid.T) {
	s.t = t
	s.Collection = s.windows[rapid.IntRange(0, 1).Draw(t, "window")]
	s.now = s.now.Add(time.Duration(rapid.IntRange(1, 90).Draw(t, "seconds")) * time.Second)
}

// do runs an operation and compares what it did with the model: it failed and
// changed nothing, or was nothing, or is now what undo would take back.
func (s *student) do(what string, op func() error) (st *step, err error) {
	before, events := s.dump(state), s.dump(layers)
	was, werr := s.CanUndo(ctx)
	s.ok(werr)
	err = op()
	after := s.dump(state)
	is, ierr := s.CanUndo(ctx)
	s.ok(ierr)
	if err != nil || is == nil || was != nil && is.ID == was.ID {
		if after != before {
			s.t.Fatalf("%s (%v) changed something without an operation: %s", what, err, difference(before, after))
		}
		if now := s.dump(layers); now != events {
			s.t.Fatalf("%s (%v) appended without an operation: %s", what, err, difference(events, now))
		}
		return nil, err
	}
	s.done = append(s.done, step{id: is.ID, before: before, after: after})
	s.undone = nil
	return &s.done[len(s.done)-1], nil
}

// must is do for what may not fail.
func (s *student) must(what string, op func() error) *step {
	st, err := s.do(what, op)
	s.ok(err)
	return st
}

func (s *student) scope(t *rapid.T) collection.Scope {
	scopes := []collection.Scope{{}}
	rows, err := s.Decks(ctx)
	s.ok(err)
	for _, d := range rows {
		scopes = append(scopes, collection.Scope{Deck: d.ID}, collection.Scope{Deck: d.ID, Section: "a"})
	}
	return rapid.SampledFrom(scopes).Draw(t, "scope")
}

// rows are the cards that are shown; there may be none.
func (s *student) rows(retired bool) []collection.Row {
	return s.search(collection.Query{Retired: retired}).Rows
}

func (s *student) draw(t *rapid.T) (collection.Row, bool) {
	rows := s.rows(false)
	if len(rows) == 0 {
		return collection.Row{}, false
	}
	return rapid.SampledFrom(rows).Draw(t, "card"), true
}

func (s *student) answerNext(t *rapid.T) {
	s.sit(t)
	scope := s.scope(t)
	card, err := s.Next(ctx, scope)
	s.ok(err)
	if card != nil {
		s.give(t, card, scope)
	}
}

func (s *student) answerAny(t *rapid.T) {
	s.sit(t)
	row, ok := s.draw(t)
	if !ok {
		return
	}
	card := s.card(row.Card)
	if !row.Suspended {
		s.give(t, card, collection.Scope{})
		return
	}
	_, err := s.do("answer a suspended card", func() error {
		_, err := s.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: scheduler.Good})
		return err
	})
	wantFault(t, err, fault.BadArgument)
}

// give answers a card after a while: what the buttons said is what happens.
func (s *student) give(t *rapid.T, card *collection.StudyCard, scope collection.Scope) {
	grade := rapid.SampledFrom(scheduler.Grades[:]).Draw(t, "grade")
	shown := s.home().Today
	took := time.Duration(rapid.IntRange(0, 200).Draw(t, "thinking")) * time.Second
	s.now = s.now.Add(took)
	var a collection.Answered
	st := s.must("answer", func() (err error) {
		a, err = s.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: grade, Took: took, Scope: scope, Shown: card.Shown})
		return err
	})
	st.review = a.Review.String()
	s.answers[st.review] = &given{card: card.Card, grade: grade, at: s.now}

	next, err := s.Next(ctx, scope)
	s.ok(err)
	if (next == nil) != (a.Next == nil) || next != nil && (next.Card != a.Next.Card || next.Left != a.Next.Left || next.Outcomes != a.Next.Outcomes) {
		t.Fatalf("the receipt says %+v comes next, Next says %+v", a.Next, next)
	}
	if s.home().Today != shown {
		return // thought over into the next day: the buttons were of the day before
	}
	out := card.Outcomes[grade-1]
	now := s.card(card.Card)
	history, err := s.History(ctx, card.Card)
	s.ok(err)
	last := history[len(history)-1]
	due := scheduler.DueTime(out.Card, s.rollover(), s.now.Location())
	if !out.Card.Due.IsZero() {
		due = s.now.Truncate(time.Millisecond).Add(out.Wait)
	}
	if now.Phase != out.Card.Phase || last.S != out.Card.State.S || last.D != out.Card.State.D || !a.Due.Equal(due) || !last.Due.Equal(due) {
		t.Fatalf("the button said %+v (due %v), the answer made %v and %+v", out, due, a.Due, last)
	}
}

func (s *student) rollover() int {
	p, err := s.Preset(ctx)
	s.ok(err)
	return p.RolloverHour
}

func (s *student) edit(t *rapid.T) {
	s.sit(t)
	row, ok := s.draw(t)
	if !ok {
		return
	}
	f := rapid.SampledFrom(decks.Fields).Draw(t, "field")
	texts := []string{"", "Мой текст", "Ёж и ещё", "{{c1::раз}} {{c3::три}}", "Ответ 1."}
	value := rapid.SampledFrom(texts).Draw(t, "value")
	_, err := s.do("edit", func() error { return s.Edit(ctx, row.Note, f, value) })
	switch {
	case f == decks.Front && value == "":
		wantFault(t, err, fault.EmptyQuestion)
	case err != nil:
		t.Fatal(err)
	}
}

func (s *student) revert(t *rapid.T) {
	s.sit(t)
	if row, ok := s.draw(t); ok {
		f := rapid.SampledFrom(decks.Fields[:2]).Draw(t, "field")
		s.must("revert", func() error { return s.Revert(ctx, row.Note, f) })
	}
}

func (s *student) tag(t *rapid.T) {
	s.sit(t)
	if row, ok := s.draw(t); ok {
		tags := rapid.SliceOfN(rapid.SampledFrom([]string{"важно", "к экзамену", "трудно"}), 0, 3).Draw(t, "tags")
		s.must("tag", func() error { return s.SetTags(ctx, row.Note, tags) })
	}
}

func (s *student) link(t *rapid.T) {
	s.sit(t)
	a, ok := s.draw(t)
	b, _ := s.draw(t)
	if !ok || a.Note == b.Note {
		return
	}
	linked := func(a, b string) bool {
		rows, err := s.Linked(ctx, a)
		s.ok(err)
		return slices.ContainsFunc(rows, func(w collection.Twin) bool { return w.Note.ID == b })
	}
	was := linked(a.Note, b.Note)
	s.must("link", func() error {
		if was {
			return s.Unlink(ctx, a.Note, b.Note)
		}
		return s.Link(ctx, a.Note, b.Note)
	})
	if linked(a.Note, b.Note) == was || linked(b.Note, a.Note) == was {
		t.Fatalf("notes %s and %s: linked before %v, now %v and %v", a.Note, b.Note, was, linked(a.Note, b.Note), linked(b.Note, a.Note))
	}
}

// draft has an answer drafted, which changes nothing, and accepts or rejects it.
func (s *student) draft(t *rapid.T) {
	s.sit(t)
	rows := s.search(collection.Query{Unanswered: true}).Rows
	if len(rows) == 0 {
		return
	}
	note := rapid.SampledFrom(rows).Draw(t, "card").Note
	before := s.dump(state) + s.dump(layers)
	s.ok(s.KeepDrafts(ctx, []decks.Draft{{Note: note, Text: "Черновик."}}))
	if after := s.dump(state) + s.dump(layers); after != before {
		t.Fatalf("a draft that waits changes something: %s", difference(before, after))
	}
	switch rapid.SampledFrom([]string{"accept", "reject", "leave"}).Draw(t, "draft") {
	case "accept":
		s.must("accept", func() error { return s.AcceptDraft(ctx, note, "") })
	case "reject":
		s.must("reject", func() error { return s.RejectDraft(ctx, note) })
	}
}

func (s *student) suspend(t *rapid.T) {
	s.sit(t)
	rows := s.rows(false)
	if len(rows) == 0 {
		return
	}
	var cards []decks.CardID
	for range rapid.IntRange(0, 3).Draw(t, "cards") {
		cards = append(cards, rapid.SampledFrom(rows).Draw(t, "card").Card)
	}
	on := rapid.Bool().Draw(t, "on")
	s.must("suspend", func() error { return s.Suspend(ctx, cards, on) })
}

func (s *student) flag(t *rapid.T) {
	s.sit(t)
	if row, ok := s.draw(t); ok {
		flag := rapid.IntRange(0, 4).Draw(t, "flag")
		s.must("flag", func() error { return s.Flag(ctx, row.Card, flag) })
	}
}

func (s *student) skip(t *rapid.T) {
	s.sit(t)
	if row, ok := s.draw(t); ok {
		s.must("skip", func() error { return s.Skip(ctx, row.Card) })
	}
}

// drawDeck draws a release of one of three decks: some of its notes, in any
// order, with one text or another.
func (s *student) drawDeck(t *rapid.T, k int) decks.Deck {
	id := fmt.Sprintf("d%d", k)
	d := decks.Deck{
		ID: id, Title: "Курс " + id + rapid.SampledFrom([]string{"", ", второе издание"}).Draw(t, "title"),
		Sections: []decks.Section{{ID: "a", Title: "Лекция 1"}, {ID: "b", Title: "Лекция 2"}},
	}
	kinds := []string{"question", "exercise", "unanswered", "cloze", "choice"}
	numbers := rapid.Permutation([]int{0, 1, 2, 3, 4}).Draw(t, "order")
	for _, i := range numbers[:rapid.IntRange(0, len(numbers)).Draw(t, "notes")] {
		edition := rapid.SampledFrom([]string{"", " Уточнено.", " Ещё точнее."}).Draw(t, "edition")
		n := decks.Note{
			ID: fmt.Sprintf("%sn%d", id, i), Kind: decks.Question, Section: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "section"),
			Fields: map[decks.Field]string{decks.Front: fmt.Sprintf("Вопрос %d?%s", i, edition), decks.Back: "Ответ 1." + edition},
			Tags:   rapid.SliceOfN(rapid.SampledFrom([]string{"важно", "экзамен"}), 0, 2).Draw(t, "tags"),
		}
		switch kinds[i] {
		case "exercise":
			n.Kind = decks.Exercise
		case "unanswered":
			delete(n.Fields, decks.Back)
		case "cloze":
			n.Kind = decks.Cloze
			n.Fields[decks.Front] = rapid.SampledFrom([]string{"{{c1::раз}} и {{c2::два}}", "{{c2::два}}", "{{c1::один}}, {{c2::два::сколько?}}, {{c3::три}}"}).Draw(t, "gaps")
		case "choice":
			n.Kind = decks.Choice
			n.Choices = []decks.Option{{Text: "да", Right: true}, {Text: "нет"}}
		}
		d.Notes = append(d.Notes, n)
	}
	return d
}

func (s *student) installSome(t *rapid.T) {
	s.sit(t)
	deck := s.drawDeck(t, rapid.IntRange(0, 2).Draw(t, "deck"))
	s.must("install", func() error {
		_, err := s.Install(ctx, deck, collection.InstallOptions{Origin: collection.Origin{Kind: "course", Name: deck.ID}, PageText: deck.Title})
		return err
	})
}

func (s *student) remove(t *rapid.T) {
	s.sit(t)
	id := fmt.Sprintf("d%d", rapid.IntRange(0, 2).Draw(t, "deck"))
	rows, err := s.Decks(ctx)
	s.ok(err)
	there := slices.ContainsFunc(rows, func(r collection.DeckRow) bool { return r.ID == id })
	_, err = s.do("remove", func() error { return s.RemoveDeck(ctx, id) })
	if !there {
		wantFault(t, err, fault.NoSuchDeck)
	} else if err != nil {
		t.Fatal(err)
	}
}

func (s *student) settings(t *rapid.T) {
	s.sit(t)
	p, err := s.Preset(ctx)
	s.ok(err)
	p.NewPerDay = rapid.IntRange(0, 12).Draw(t, "new")
	p.ReviewsPerDay = rapid.IntRange(0, 12).Draw(t, "reviews")
	p.BurySiblings = rapid.Bool().Draw(t, "bury")
	p.Retention = rapid.SampledFrom([]float64{0.8, 0.9, 0.95}).Draw(t, "retention")
	p.Model, p.Weights = rapid.SampledFrom([]string{"fsrs5", "fsrs6"}).Draw(t, "model"), nil
	p.RolloverHour = rapid.SampledFrom([]int{0, 4, 5}).Draw(t, "rollover")
	p.LearningSteps = rapid.SampledFrom([][]time.Duration{nil, {time.Minute, 10 * time.Minute}, {time.Hour, 30 * time.Hour}}).Draw(t, "steps")
	s.must("preset", func() error { return s.SetPreset(ctx, p) })
}

func (s *student) moreNew(t *rapid.T) {
	s.sit(t)
	scope := s.scope(t)
	n := rapid.IntRange(0, 5).Draw(t, "more")
	rest, err := s.Rest(ctx, scope)
	s.ok(err)
	before, err := s.Next(ctx, scope)
	s.ok(err)
	s.must("more new", func() error { return s.MoreNew(ctx, scope, n) })
	now, err := s.Rest(ctx, scope)
	s.ok(err)
	if want := max(0, rest.MoreNew-n); now.MoreNew != want {
		t.Fatalf("%d new cards were held back, %d let in, %d are held back", rest.MoreNew, n, now.MoreNew)
	}
	if after, err := s.Next(ctx, scope); err != nil || before == nil && rest.MoreNew > 0 && n > 0 && after == nil {
		t.Fatal("new cards were let in and none comes", err)
	}
}

func (s *student) undo(t *rapid.T) {
	s.sit(t)
	info, err := s.Undo(ctx)
	if len(s.done) == 0 {
		wantFault(t, err, fault.NothingToUndo)
		return
	}
	s.ok(err)
	st := s.done[len(s.done)-1]
	s.done, s.undone = s.done[:len(s.done)-1], append(s.undone, st)
	if info.ID != st.id {
		t.Fatalf("undo took back %+v, not the last operation", info)
	}
	if now := s.dump(state); st.before != "" && now != st.before {
		t.Fatalf("undo of %s left a difference: %s", info.Kind, difference(st.before, now))
	}
	if st.review != "" {
		s.answers[st.review].undone = true
	}
}

func (s *student) redo(t *rapid.T) {
	s.sit(t)
	info, err := s.Redo(ctx)
	if len(s.undone) == 0 {
		wantFault(t, err, fault.NothingToRedo)
		return
	}
	s.ok(err)
	st := s.undone[len(s.undone)-1]
	s.undone, s.done = s.undone[:len(s.undone)-1], append(s.done, st)
	if info.ID != st.id {
		t.Fatalf("redo did %+v, not what was undone last", info)
	}
	if now := s.dump(state); now != st.after {
		t.Fatalf("redo of %s left a difference: %s", info.Kind, difference(st.after, now))
	}
	if st.review != "" {
		s.answers[st.review].undone = false
	}
}

// wait lets time pass, and now and then a clock is set back.
func (s *student) wait(t *rapid.T) {
	hours := rapid.SampledFrom([]int{-30, 1, 5, 12, 24, 24, 48, 24 * 9}).Draw(t, "hours")
	s.now = s.now.Add(time.Duration(hours) * time.Hour)
}

func (s *student) travel(t *rapid.T) {
	hours := rapid.SampledFrom([]int{-8, 0, 3, 10}).Draw(t, "zone")
	s.now = s.now.In(time.FixedZone("", hours*3600))
}

func (s *student) reopenOne(t *rapid.T) {
	i := rapid.IntRange(0, 1).Draw(t, "window")
	s.t, s.Collection = t, s.windows[i]
	before, card := s.dump(state), s.ask()
	s.reopen()
	s.windows[i] = s.Collection
	if after := s.dump(state); after != before {
		t.Fatalf("closing and opening left a difference: %s", difference(before, after))
	}
	if again := s.ask(); again != card {
		t.Fatalf("%s was to be asked, after opening %s", card, again)
	}
}

// ask says all of what is to be studied in a session that begins now.
func (s *student) ask() string {
	card, err := s.Begin(ctx, collection.Scope{})
	s.ok(err)
	return fmt.Sprintf("%+v %+v", card, s.home().Due)
}

// check is done after every step, from both windows.
func (s *student) check(t *rapid.T) {
	s.t = t
	var said [2]string
	for i, c := range s.windows {
		s.Collection = c
		said[i] = s.ask()
		if again := s.ask(); again != said[i] {
			t.Fatalf("asked twice, %s and %s", said[i], again)
		}
	}
	if said[0] != said[1] {
		t.Fatalf("one window asks %s, the other %s", said[0], said[1])
	}
	// What is listed as due is what is counted, deck by deck.
	home := s.home()
	for _, d := range home.Decks {
		if n := s.search(collection.Query{Due: true, Scope: collection.Scope{Deck: d.ID}}).Total; n != d.Due.Total() {
			t.Fatalf("deck %s: %d cards are listed as due, %d counted", d.ID, n, d.Due.Total())
		}
	}
	if home.Week[0] != home.Due.Total() {
		t.Fatalf("the week begins with %d, due are %d", home.Week[0], home.Due.Total())
	}
}

// end checks the laws over the whole history.
func (s *student) end(t *rapid.T) {
	s.t = t
	s.sound()
	s.noneLost()

	// The caches out of nothing, and the events in another order, are the same.
	said, preset := s.dump(state), s.presetText()
	s.fromNothing(said)
	s.inAnotherOrder(said, preset)

	// All the way back and all the way forth.
	before := len(s.undone)
	for len(s.done) > 0 {
		s.undo(t)
	}
	s.sound()
	for len(s.undone) > before {
		s.redo(t)
	}
	if now := s.dump(state); now != said {
		t.Fatalf("undoing and redoing everything left a difference: %s", difference(said, now))
	}
	s.noneLost()
}

// noneLost looks for every answer that was acknowledged.
func (s *student) noneLost() {
	s.t.Helper()
	counted := 0
	for id, g := range s.answers {
		if !g.undone {
			counted++
		}
		history, err := s.History(ctx, g.card)
		s.ok(err)
		i := slices.IndexFunc(history, func(r collection.Review) bool { return r.ID == id })
		if i < 0 {
			s.t.Fatalf("the answer %s to %s is lost", id, g.card)
		}
		if r := history[i]; r.Undone != g.undone || r.Grade != g.grade || !r.At.Equal(g.at.Truncate(time.Millisecond)) {
			s.t.Fatalf("the answer %+v is kept as %+v", g, r)
		}
	}
	stats, err := s.Stats(ctx)
	s.ok(err)
	if home := s.home(); stats.Reviews != counted || home.Reviews != counted {
		s.t.Fatalf("%d answers are counted, %d on the home screen, %d were given", stats.Reviews, home.Reviews, counted)
	}
}

func (s *student) presetText() string {
	p, err := s.Preset(ctx)
	s.ok(err)
	return fmt.Sprintf("%+v", p)
}

// fromNothing throws the caches away.
func (s *student) fromNothing(said string) {
	s.t.Helper()
	s.exec(
		`DELETE FROM undone`, `DELETE FROM owners`, `DELETE FROM decks`, `DELETE FROM notes`, `DELETE FROM cards`, `DELETE FROM days`)
	if _, err := s.Rebuild(ctx, nil); err != nil {
		s.t.Fatal(err)
	}
	if now := s.dump(state); now != said {
		s.t.Fatalf("caches made from nothing differ: %s", difference(said, now))
	}
	s.sound()
}

// inAnotherOrder brings the events into a new collection in the order of their
// random ids, as another computer might hand them over.
func (s *student) inAnotherOrder(said, preset string) {
	s.t.Helper()
	other := &desk{t: s.t, dir: s.dir + "-other", now: s.now}
	defer os.RemoveAll(other.dir)
	other.open()
	other.ok(other.Close())
	db := other.raw()
	db.SetMaxOpenConns(1)
	const event = `at_ms, zone_min, device + 100, parents`
	for _, q := range []string{
		`ATTACH '` + filepath.ToSlash(s.file()) + `' AS theirs`,
		`BEGIN`,
		`DELETE FROM meta WHERE key = 'stamp'`,
		`INSERT INTO devices SELECT n + 100, id FROM theirs.devices`,
		`INSERT INTO releases SELECT * FROM theirs.releases`,
		`INSERT INTO pages SELECT * FROM theirs.pages`,
		`INSERT INTO trusts SELECT * FROM theirs.trusts`,
		`INSERT INTO statements SELECT * FROM theirs.statements`,
		`CREATE TEMP TABLE moved AS SELECT seq AS was, 1000 + row_number() OVER (ORDER BY id) AS seq FROM theirs.ops`,
		`INSERT INTO ops SELECT moved.seq, id, kind, subject, at_ms, zone_min, device + 100 FROM theirs.ops JOIN moved ON was = ops.seq`,
		`INSERT INTO voids SELECT NULL, id, m.seq, o.seq, undone, ` + event + ` FROM theirs.voids e
			JOIN moved m ON m.was = e.op JOIN moved o ON o.was = e.target ORDER BY id`,
		`INSERT INTO installs SELECT NULL, id, m.seq, deck, release, origin, page, ` + event + ` FROM theirs.installs e JOIN moved m ON m.was = e.op ORDER BY id`,
		`INSERT INTO edits SELECT NULL, id, m.seq, note, field, value, base, ` + event + ` FROM theirs.edits e JOIN moved m ON m.was = e.op ORDER BY id`,
		`INSERT INTO marks SELECT NULL, id, m.seq, card, mark, value, ` + event + ` FROM theirs.marks e JOIN moved m ON m.was = e.op ORDER BY id`,
		`INSERT INTO choices SELECT NULL, id, m.seq, name, value, ` + event + ` FROM theirs.choices e JOIN moved m ON m.was = e.op ORDER BY id`,
		`INSERT INTO reviews SELECT NULL, id, m.seq, card, kind, grade, took_ms, phase, step, wait_ms, days, ` + event + `, author FROM theirs.reviews e JOIN moved m ON m.was = e.op ORDER BY id`,
		`COMMIT`,
	} {
		if _, err := db.ExecContext(ctx, q); err != nil {
			s.t.Fatalf("%s: %v", q, err)
		}
	}
	s.ok(db.Close())
	other.open()
	defer other.Close()
	if now := other.dump(state); now != said {
		s.t.Fatalf("the events in another order say something else: %s", difference(said, now))
	}
	p, err := other.Preset(ctx)
	s.ok(err)
	if now := fmt.Sprintf("%+v", p); now != preset {
		s.t.Fatalf("the events in another order have the settings %s, not %s", now, preset)
	}
	other.sound()
}
