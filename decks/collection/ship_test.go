package collection_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/merge"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
	"lectern/decks/release/trust"
	"lectern/scheduler"
)

// reader is a student who gets decks from authors.
type reader struct{ *desk }

func newReader(t testing.TB) *reader { return &reader{newDesk(t)} }

// opens reads a package as the program does: under the keys that are pinned.
func (r *reader) opens(file []byte) (collection.Shipment, error) {
	r.t.Helper()
	pinned, err := r.Pinned(ctx, "llm")
	r.ok(err)
	p, err := pack.Open(ctx, bytes.NewReader(file), int64(len(file)), pinned)
	if err != nil {
		return collection.Shipment{}, err
	}
	return collection.Opened(p, "course.lectern"), nil
}

func (r *reader) offered(file []byte) collection.Offer {
	r.t.Helper()
	s, err := r.opens(file)
	r.ok(err)
	o, err := r.Offer(ctx, s)
	r.ok(err)
	return o
}

// takes installs a package with decisions.
func (r *reader) takes(file []byte, d collection.Decisions) collection.InstallResult {
	r.t.Helper()
	res, err := r.Accept(ctx, r.offered(file), d, nil)
	r.ok(err)
	return res
}

func (r *reader) refuses(file []byte, code fault.Code) {
	r.t.Helper()
	s, err := r.opens(file)
	r.ok(err)
	_, err = r.Offer(ctx, s)
	wantFault(r.t, err, code)
}

func (r *reader) front(id decks.CardID) string {
	r.t.Helper()
	return r.card(id).Note.Text(decks.Front)
}
func (r *reader) back(id decks.CardID) string { r.t.Helper(); return r.card(id).Note.Text(decks.Back) }

// llm is the course that is shipped: change makes the next edition.
func llm(change func(*decks.Deck)) decks.Deck {
	d := decks.Deck{ID: "llm", Title: "Понимание LLM", Lang: "ru", Sections: []decks.Section{{ID: "s", Title: "Лекция 1"}}}
	for _, n := range []decks.Note{
		question("token", "Что такое токен?", "Кусок слова, из которого модель складывает текст."),
		question("model", "Что такое модель?", "Программа с весами."),
		question("cache", "Что хранит кэш?", "Ключи и значения прочитанных токенов."),
		cloze("softmax", "Это {{c1::softmax}} от {{c2::логитов}}."),
	} {
		n.Section = "s"
		d.Notes = append(d.Notes, n)
	}
	if change != nil {
		change(&d)
	}
	return d
}

func note(d *decks.Deck, id string) *decks.Note {
	for i := range d.Notes {
		if d.Notes[i].ID == id {
			return &d.Notes[i]
		}
	}
	return nil
}

func drop(d *decks.Deck, id string) {
	for i := range d.Notes {
		if d.Notes[i].ID == id {
			d.Notes = append(d.Notes[:i:i], d.Notes[i+1:]...)
			return
		}
	}
}

// A student studies and edits; an update keeps both, and undoing it leaves what it found.
func TestShippedUpdate(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	first := r.offered(a.Package(t, 1, llm(nil), nil, nil))
	if !first.First || first.Fresh != 5 || first.Shipment.Trust.Last().Author != "А. П. Иванова" {
		t.Fatalf("%+v", first)
	}
	res, err := r.Accept(ctx, first, collection.Decisions{}, nil)
	r.ok(err)
	if res.Added != 4 || res.Update {
		t.Errorf("%+v", res)
	}
	for range 12 {
		r.study(collection.Scope{})
		r.now = r.now.AddDate(0, 0, 3)
	}
	r.ok(r.Edit(ctx, "model", decks.Back, "Программа с весами. Веса она получает, когда учится."))
	r.ok(r.Edit(ctx, "token", decks.Back, "Обрывок слова, из которого модель складывает текст."))
	r.ok(r.SetTags(ctx, "cache", []string{"к экзамену"}))
	known := r.card("token/f")
	before := r.dump(state)

	next := llm(func(d *decks.Deck) {
		note(d, "token").Fields[decks.Back] = "Часть слова, из которой модель складывает ответ."
		note(d, "model").Fields[decks.Back] = "Программа с весами: миллиарды чисел."
		note(d, "cache").Fields[decks.Front] = "Что хранит KV-кэш?"
		note(d, "cache").Major = 1
		drop(d, "softmax")
		d.Notes = append(d.Notes, question("head", "Что такое голова внимания?", "Одна из параллельных сумм."))
		d.Retired = []decks.Retired{{ID: "softmax", Why: "переехало в лекцию 2"}}
	})
	o := r.offered(a.Package(t, 2, next, nil, nil))
	u := o.Update
	if u.New != 1 || u.Fixed != 3 || u.Substance != 1 || u.Retired != 1 || u.Yours.Asks != 2 || u.Safe() || o.Sooner != 1 || o.Fresh != 1 || o.Reviews == 0 {
		t.Fatalf("%+v\nsooner %d, fresh %d, reviews %d", u, o.Sooner, o.Fresh, o.Reviews)
	}
	if r.dump(state) != before {
		t.Fatal("an offer changed something")
	}
	r.wantResult(o, collection.Decisions{Undecided: merge.ChooseBoth}, collection.InstallResult{Added: 1, Changed: 3, Retired: 1})
	for id, want := range map[decks.CardID]string{
		"model/f": "Программа с весами: миллиарды чисел.\n\n> Веса она получает, когда учится.",
		"token/f": "Часть слова, из которой модель складывает ответ.\n\n> Обрывок слова, из которого модель складывает текст.",
		"head/f":  "Одна из параллельных сумм.",
	} {
		if got := r.back(id); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	if got := r.card("cache/f"); got.Note.Text(decks.Front) != "Что хранит KV-кэш?" || strings.Join(got.Note.Tags, " ") != "к экзамену" || !got.Changed {
		t.Errorf("%+v", got)
	}
	if now := r.card("token/f"); now.Phase != known.Phase || now.Changed || now.Outcomes != known.Outcomes {
		t.Errorf("an update changed when a card comes back: %+v, before %+v", now.Outcomes, known.Outcomes)
	}
	if due := r.search(collection.Query{Due: true, Text: "KV-кэш"}); due.Total != 1 {
		t.Errorf("the card that changed in substance is not asked today")
	}
	if gone := r.search(collection.Query{Retired: true}); gone.Total != 2 {
		t.Errorf("%d cards rest", gone.Total)
	}
	r.sound()
	after := r.dump(state)

	_, err = r.UndoUpdate(ctx, "llm")
	r.ok(err)
	if now := r.dump(state); now != before {
		t.Fatal("undoing the update left a difference: " + difference(before, now))
	}
	r.sound()
	_, err = r.Redo(ctx)
	r.ok(err)
	if now := r.dump(state); now != after {
		t.Fatal("doing it again left a difference: " + difference(after, now))
	}
	// Undone later, after more was done: only the update goes.
	r.answer("cache/f", scheduler.Again)
	r.ok(r.Edit(ctx, "head", decks.Back, "Своё."))
	r.reopen()
	_, err = r.UndoUpdate(ctx, "llm")
	r.ok(err)
	if got := r.front("cache/f"); got != "Что хранит кэш?" {
		t.Errorf("%q", got)
	}
	if h, err := r.History(ctx, "cache/f"); err != nil || h[len(h)-1].Grade != scheduler.Again {
		t.Errorf("the answer is gone: %+v, %v", h, err)
	}
	r.sound()
	if _, err := r.UndoUpdate(ctx, "llm"); !fault.Is(err, fault.NothingToUndo) {
		t.Errorf("an install was undone as an update: %v", err)
	}
	// Installed once more, the student's own words are there again.
	r.takes(a.Package(t, 2, next, nil, nil), collection.Decisions{})
	if got := r.back("head/f"); got != "Своё." {
		t.Errorf("%q", got)
	}
	r.sound()
}

func (r *reader) wantResult(o collection.Offer, d collection.Decisions, want collection.InstallResult) {
	r.t.Helper()
	got, err := r.Accept(ctx, o, d, nil)
	r.ok(err)
	if got.Added != want.Added || got.Changed != want.Changed || got.Retired != want.Retired || !got.Update {
		r.t.Fatalf("%+v, want %+v", got, want)
	}
}

// What is decided in an offer: one's own, the author's, a note that stays, one that rests.
func TestDecisions(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 1, llm(nil), nil, nil), collection.Decisions{})
	r.ok(r.Edit(ctx, "token", decks.Back, "Моё."))
	r.ok(r.Edit(ctx, "model", decks.Back, "Моё тоже."))
	next := llm(func(d *decks.Deck) {
		note(d, "token").Fields[decks.Back] = "Его."
		note(d, "model").Fields[decks.Back] = "Его тоже."
		note(d, "cache").Fields[decks.Back] = "Всё."
		drop(d, "softmax")
		d.Notes = append(d.Notes, question("head", "Что такое голова?", "Сумма."))
	})
	r.takes(a.Package(t, 2, next, nil, nil), collection.Decisions{
		Texts: map[collection.TextOf]merge.Choice{{Note: "token", Field: decks.Back}: merge.ChooseMine, {Note: "model", Field: decks.Back}: merge.ChooseTheirs},
		Leave: map[string]bool{"cache": true, "softmax": true, "head": true},
	})
	for id, want := range map[decks.CardID]string{"token/f": "Моё.", "model/f": "Его тоже.", "cache/f": "Ключи и значения прочитанных токенов."} {
		if got := r.back(id); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	if got := r.search(collection.Query{Suspended: true}); got.Total != 1 || got.Rows[0].Card != "head/f" {
		t.Errorf("a new note that was left does not rest: %+v", got.Rows)
	}
	if got := r.search(collection.Query{Retired: true}); got.Total != 0 {
		t.Errorf("a note that the student keeps was withdrawn: %+v", got.Rows)
	}
	r.sound()
	// What was chosen is not asked again, and a note that stays stays.
	third := next
	third.Notes = append([]decks.Note(nil), next.Notes...)
	note(&third, "cache").Fields = map[decks.Field]string{decks.Front: "Что хранит кэш?", decks.Back: "Совсем всё."}
	o := r.offered(a.Package(t, 3, third, nil, nil))
	if o.Update.Yours.Asks != 0 || len(o.Update.Rows) != 1 || !o.Update.Rows[0].Kept {
		t.Errorf("%+v", o.Update)
	}
	res, err := r.Accept(ctx, o, collection.Decisions{Follow: map[string]bool{"cache": true}}, nil)
	r.ok(err)
	if got := r.back("cache/f"); got != "Совсем всё." || !res.Update {
		t.Errorf("%q", got)
	}
	r.sound()
	r.ok(r.Keep(ctx, []string{"softmax"}, false))
	if got := r.search(collection.Query{Retired: true}); got.Total != 2 {
		t.Errorf("a note that is kept no more is not withdrawn: %+v", got.Rows)
	}
	r.sound()
}

// Cards that are made of others begin with their memory.
func TestLineage(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 1, llm(nil), nil, nil), collection.Decisions{})
	for range 10 {
		r.study(collection.Scope{})
		r.now = r.now.AddDate(0, 0, 2)
	}
	token, model := r.last("token/f"), r.last("model/f")
	next := llm(func(d *decks.Deck) {
		drop(d, "cache")
		drop(d, "token")
		drop(d, "model")
		keys, values := question("keys", "Что такое ключи?", "Одно."), question("values", "Что такое значения?", "Другое.")
		keys.From, values.From = "cache", "cache"
		both := question("both", "Что такое модель и токен?", "Вместе.")
		both.Merges = []string{"model", "token"}
		note(d, "softmax").Fields[decks.Front] = "Это {{c1::softmax}} от {{c3::оценок}}."
		d.Notes = append(d.Notes, keys, values, both)
	})
	cache := r.last("cache/f")
	file := a.Package(t, 2, next, nil, nil)
	o := r.offered(file)
	if u := o.Update; u.Split != 1 || u.Joined != 1 || u.Retired != 0 || u.New != 0 || o.Fresh != 3 {
		t.Fatalf("%+v", u)
	}
	before := r.dump(state)
	_, err := r.Accept(ctx, o, collection.Decisions{}, nil)
	r.ok(err)
	for _, id := range []decks.CardID{"keys/f", "values/f"} {
		if got := r.state(id); got.S < cache.S*0.69 || got.S > cache.S*0.71 || got.D != cache.D {
			t.Errorf("%s begins with %+v, its source has %+v", id, got, cache)
		}
	}
	if got := r.state("both/f"); got.S != min(token.S, model.S) || got.D != max(token.D, model.D) {
		t.Errorf("%+v of %+v and %+v", got, token, model)
	}
	if h, err := r.History(ctx, "cache/f"); err != nil || len(h) == 0 {
		t.Errorf("the history of what was split is gone: %v", err)
	}
	if got := r.search(collection.Query{Retired: true, Text: "softmax"}); got.Total != 1 || got.Rows[0].Card != "softmax/c2" {
		t.Errorf("the gap that was closed does not rest: %+v", got.Rows)
	}
	r.sound()
	_, err = r.Undo(ctx)
	r.ok(err)
	if now := r.dump(state); now != before {
		t.Fatal(difference(before, now))
	}
	r.sound()
	r.takes(file, collection.Decisions{AsNew: true})
	if got := r.card("keys/f"); got.Phase != scheduler.New {
		t.Errorf("%+v", got.Phase)
	}
	r.sound()
}

// last is the memory of a card after its last answer.
func (r *reader) last(id decks.CardID) scheduler.State {
	r.t.Helper()
	h, err := r.History(ctx, id)
	r.ok(err)
	if len(h) == 0 {
		r.t.Fatalf("%s was never answered", id)
	}
	return scheduler.State{S: h[len(h)-1].S, D: h[len(h)-1].D}
}

// state is the memory of a card, as the cache has it.
func (r *reader) state(id decks.CardID) (s scheduler.State) {
	r.t.Helper()
	db := r.raw()
	defer db.Close()
	r.ok(db.QueryRowContext(ctx, `SELECT s, d FROM cards WHERE id = ?`, string(id)).Scan(&s.S, &s.D))
	return s
}

// A note that is a cloze now and over whose question the student wrote stays what it was.
func TestKindChanges(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 1, llm(nil), nil, nil), collection.Decisions{})
	r.study(collection.Scope{})
	r.ok(r.Edit(ctx, "token", decks.Back, "Моё."))
	next := llm(func(d *decks.Deck) {
		for _, id := range []string{"token", "model"} {
			*note(d, id) = cloze(id, "Это {{c1::слово}}.")
			note(d, id).Section = "s"
		}
	})
	o := r.offered(a.Package(t, 2, next, nil, nil))
	if o.Update.Safe() {
		t.Error("it is installed without a word")
	}
	_, err := r.Accept(ctx, o, collection.Decisions{}, nil)
	r.ok(err)
	if got := r.card("token/f"); got.Note.Kind != decks.Question || got.Note.Text(decks.Back) != "Моё." {
		t.Errorf("%+v", got.Note)
	}
	if got := r.search(collection.Query{Retired: true}); got.Total != 1 || got.Rows[0].Card != "model/f" {
		t.Errorf("the card that is asked no more does not rest: %+v", got.Rows)
	}
	r.card("model/c1")
	r.sound()
	r.ok(r.Keep(ctx, []string{"token"}, false))
	if got := r.card("token/c1"); got.Note.Kind != decks.Cloze {
		t.Errorf("%+v", got.Note)
	}
	r.sound()
}

// A part that the author adds to a note that the student put to sleep does not wake it.
func TestSleepingSiblings(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 1, llm(nil), nil, nil), collection.Decisions{})
	r.ok(r.Suspend(ctx, []decks.CardID{"softmax/c1", "softmax/c2"}, true))
	next := llm(func(d *decks.Deck) { note(d, "softmax").Fields[decks.Front] += " И {{c3::ещё}}." })
	r.takes(a.Package(t, 2, next, nil, nil), collection.Decisions{})
	if got := r.search(collection.Query{Suspended: true}); got.Total != 3 {
		t.Errorf("%d cards sleep", got.Total)
	}
	r.sound()
	_, err := r.Undo(ctx)
	r.ok(err)
	if got := r.search(collection.Query{Suspended: true}); got.Total != 2 {
		t.Errorf("%d cards sleep", got.Total)
	}
	r.sound()
}

// Of a note of which only some cards sleep the author's new part is asked.
func TestWakingSiblings(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 1, llm(nil), nil, nil), collection.Decisions{})
	r.ok(r.Suspend(ctx, []decks.CardID{"softmax/c1"}, true))
	next := llm(func(d *decks.Deck) { note(d, "softmax").Fields[decks.Front] += " И {{c3::ещё}}." })
	r.takes(a.Package(t, 2, next, nil, nil), collection.Decisions{})
	if got := r.search(collection.Query{Suspended: true}); got.Total != 1 || got.Rows[0].Card != "softmax/c1" {
		t.Errorf("%+v sleep", got.Rows)
	}
	r.sound()
}

// Who is not the author of a deck never changes it, and what is older never comes by itself.
func TestNobodyElse(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	first := a.Package(t, 1, llm(nil), nil, nil)
	r.takes(first, collection.Decisions{})
	second := a.Package(t, 2, llm(func(d *decks.Deck) { d.Title = "Второй" }), nil, nil)
	late := a.Package(t, 2, llm(func(d *decks.Deck) { d.Title = "Другой второй" }), nil, nil)
	skipped := a.Package(t, 3, llm(nil), nil, nil)
	r.takes(a.Package(t, 5, llm(func(d *decks.Deck) { d.Title = "Пятый" }), nil, nil), collection.Decisions{})
	before := r.dump(state) + r.dump(layers)

	r.refuses(second, fault.OlderRelease)
	r.refuses(skipped, fault.OlderRelease)
	r.refuses(a.Package(t, 5, llm(nil), nil, nil), fault.TwinReleases)
	r.refuses(a.Package(t, 5+release.MaxSkip+1, llm(nil), nil, nil), fault.FarRelease)
	impostor := releasetest.New(t, "А. П. Иванова", "llm")
	if _, err := r.opens(impostor.Package(t, 6, llm(nil), nil, nil)); err == nil {
		t.Error("another author's package opens")
	}
	// A value that was made by hand is verified all the same.
	forged, err := pack.Open(ctx, bytes.NewReader(impostor.Package(t, 6, llm(nil), nil, nil)), int64(len(impostor.Package(t, 6, llm(nil), nil, nil))), trust.Chain{})
	r.ok(err)
	for _, s := range []collection.Shipment{
		collection.Opened(forged, ""),
		{Release: forged.Release, Statement: forged.Statement, Signed: forged.Signed, Trust: a.Chain},
	} {
		if _, err := r.Offer(ctx, s); !fault.Is(err, fault.OtherAuthor) && !fault.Is(err, fault.NotSigned) {
			t.Errorf("%v", err)
		}
	}
	s, err := r.opens(first)
	r.ok(err)
	s.Release.Deck.Title, s.Release.Hash = "Подмена", strings.Repeat("0", 64)
	_, err = r.Offer(ctx, s)
	wantFault(t, err, fault.DamagedPackage)
	_, err = r.Install(ctx, llm(func(d *decks.Deck) { d.Title = "Без подписи" }), collection.InstallOptions{})
	wantFault(t, err, fault.SignedDeck)
	if r.dump(state)+r.dump(layers) != before {
		t.Fatal("something that was refused changed something")
	}
	// The student goes back to what is kept, and forth.
	kept, err := r.Releases(ctx, "llm")
	r.ok(err)
	if len(kept) != 2 || !kept[0].Shown || kept[1].Statement.Seq != 1 {
		t.Fatalf("%+v", kept)
	}
	r.takes(first, collection.Decisions{})
	back, err := r.Kept(ctx, "llm", 1, 5)
	r.ok(err)
	o, err := r.Offer(ctx, back)
	r.ok(err)
	if o.Back || o.Installed.Seq != 1 {
		t.Errorf("%+v", o)
	}
	_, err = r.Accept(ctx, o, collection.Decisions{}, nil)
	r.ok(err)
	r.refuses(late, fault.OlderRelease)
	r.sound()
	if _, err := r.Kept(ctx, "llm", 1, 4); !fault.Is(err, fault.NoRelease) {
		t.Errorf("%v", err)
	}
}

// A key that was taken back stays so, though the update that said it is undone.
func TestKeysAreNotUndone(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 1, llm(nil), nil, nil), collection.Decisions{})
	thief := *a
	a.Rotate(t, 1)
	r.takes(a.Package(t, 2, llm(func(d *decks.Deck) { d.Title = "Второй" }), nil, nil), collection.Decisions{})
	_, err := r.Undo(ctx)
	r.ok(err)
	r.reopen()
	if _, err := r.opens(thief.Package(t, 3, llm(nil), nil, nil)); err == nil {
		t.Error("a key that was taken back signs again")
	}
	if s, err := r.Subscription(ctx, "llm"); err != nil || s.Author.N != 2 || s.Shown.Seq != 1 || s.Latest.Seq != 2 {
		t.Errorf("%+v, %v", s, err)
	}
	r.sound()
}

// Pictures come with a release under the names of what they hold; one that does not come
// about leaves none.
func TestShippedMedia(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	files := releasetest.Files{}
	name := files.Add([]byte("<svg/>")) + ".svg"
	withPicture := func(id string) decks.Deck {
		return llm(func(d *decks.Deck) { note(d, id).Fields[decks.Back] += "\n\n![Схема](" + name + ")" })
	}
	r.takes(a.Package(t, 1, withPicture("token"), files, nil), collection.Decisions{})
	if b, err := os.ReadFile(filepath.Join(r.MediaDir(), name)); err != nil || string(b) != "<svg/>" {
		t.Errorf("%q, %v", b, err)
	}
	r.sound()

	other := releasetest.Files{}
	lost := other.Add([]byte("<svg id='2'/>")) + ".svg"
	o := r.offered(a.Package(t, 2, llm(func(d *decks.Deck) {
		note(d, "token").Fields[decks.Back] = "![Схема](" + lost + ")"
		d.Notes = append(d.Notes, question("d0-q1", "Чужой?", "Да."))
	}), other, nil))
	r.install(course("d0", 1)) // it owns the note that the release brings, by chance
	if _, err := r.Accept(ctx, o, collection.Decisions{}, nil); err == nil {
		t.Fatal("a note of another deck was taken")
	}
	left, err := filepath.Glob(filepath.Join(r.dir, ".lectern-install-*"))
	if _, serr := os.Stat(filepath.Join(r.MediaDir(), lost)); serr == nil || err != nil || len(left) > 0 {
		t.Errorf("an install that failed left its picture: %v, %v", left, err)
	}
	r.sound()

	// A process that died in the middle: the next start ends what it began.
	dead := filepath.Join(r.dir, ".lectern-install-999999999-1")
	r.ok(os.WriteFile(dead, []byte(`{"release":"`+strings.Repeat("0", 64)+`","files":["`+lost+`","`+name+`","../lectern.db"]}`), 0o600))
	r.ok(os.WriteFile(filepath.Join(r.MediaDir(), lost), []byte("half"), 0o600))
	r.reopen()
	if _, err := os.Stat(filepath.Join(r.MediaDir(), lost)); err == nil {
		t.Error("a picture of an install that never was is there")
	}
	for _, path := range []string{filepath.Join(r.MediaDir(), name), r.file()} {
		if _, err := os.Stat(path); err != nil {
			t.Errorf("a file that is needed was deleted: %v", err)
		}
	}
	if _, err := os.Stat(dead); err == nil {
		t.Error("the list is there")
	}
	r.sound()
}

// How a deck follows its author is a choice, and can be undone.
func TestFollowing(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	s, err := r.opens(a.Package(t, 1, llm(nil), nil, nil))
	r.ok(err)
	s.Feed = "https://llm.example.org/feed.json"
	o, err := r.Offer(ctx, s)
	r.ok(err)
	_, err = r.Accept(ctx, o, collection.Decisions{}, nil)
	r.ok(err)
	r.now = r.now.Add(time.Hour)
	r.ok(r.Follow(ctx, "llm", collection.Following{Skip: 2, SkipEpoch: 1}))
	all, err := r.Subscriptions(ctx)
	r.ok(err)
	if len(all) != 1 || all[0].Feed != s.Feed || all[0].Title != "Понимание LLM" || all[0].Lang != "ru" {
		t.Fatalf("%+v", all)
	}
	f := all[0].Following
	for seq, want := range map[int64]bool{1: true, 2: true, 3: false} {
		if f.Skips(release.Statement{Epoch: 1, Seq: seq}) != want {
			t.Errorf("release %d: %v", seq, !want)
		}
	}
	if f.Skips(release.Statement{Epoch: 2, Seq: 1}) || !(collection.Following{Mode: collection.PinnedAt}).Skips(release.Statement{Epoch: 9, Seq: 9}) {
		t.Error("an epoch is not skipped with the one before; nothing is offered to a deck that is pinned")
	}
	_, err = r.Undo(ctx)
	r.ok(err)
	if s, err := r.Subscription(ctx, "llm"); err != nil || s.Following != (collection.Following{}) || s.Feed == "" {
		t.Errorf("%+v, %v", s, err)
	}
	r.ok(r.SetFeed(ctx, "llm", ""))
	r.install(course("d0", 1))
	if s, err := r.Subscription(ctx, "d0"); err != nil || s != nil {
		t.Errorf("%+v, %v", s, err)
	}
	r.sound()
}
