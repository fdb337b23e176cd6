package share_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
	"lectern/decks/release/trust"
	"lectern/decks/share"
	"lectern/scheduler"
)

var ctx = context.Background()

var now = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

func open(t *testing.T) *collection.Collection {
	t.Helper()
	c, err := collection.Open(ctx, filepath.Join(t.TempDir(), "collection"), collection.Options{Clock: func() time.Time { return now }})
	ok(t, err)
	t.Cleanup(func() { c.Close() })
	return c
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func own() decks.Deck {
	return decks.Deck{ID: "llm", Title: "Понимание LLM", Lang: "ru", Notes: []decks.Note{
		{ID: "a", Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: "Что такое токен?", decks.Back: "Кусок слова.\n\n![Схема](cхема.svg)"}},
		{ID: "b", Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: "Что такое модель?"}},
	}}
}

// mine has a deck with an own answer and two reviews.
func mine(t *testing.T) *collection.Collection {
	t.Helper()
	c := open(t)
	media := fstest.MapFS{"cхема.svg": {Data: []byte("<svg/>")}}
	_, err := c.Install(ctx, own(), collection.InstallOptions{Media: media})
	ok(t, err)
	ok(t, c.Edit(ctx, "b", decks.Back, "Программа с весами."))
	for _, card := range []decks.CardID{"a/f", "b/f"} {
		_, err := c.Answer(ctx, collection.AnswerRequest{Card: card, Grade: scheduler.Good, Took: 4 * time.Second})
		ok(t, err)
	}
	return c
}

func shared(t *testing.T, c *collection.Collection, o share.Options) ([]byte, share.Result) {
	t.Helper()
	o.Author, o.Now = "Аня", now
	var b bytes.Buffer
	r, err := share.Own(ctx, c, "llm", o, &b)
	ok(t, err)
	return b.Bytes(), r
}

// take installs a package as a friend does.
func take(t *testing.T, c *collection.Collection, file []byte, d collection.Decisions) collection.InstallResult {
	t.Helper()
	pinned, err := c.Pinned(ctx, "llm")
	ok(t, err)
	p, err := pack.Open(ctx, bytes.NewReader(file), int64(len(file)), pinned)
	ok(t, err)
	o, err := c.Offer(ctx, collection.Opened(p, "llm.lectern"))
	ok(t, err)
	r, err := c.Accept(ctx, o, d, nil)
	ok(t, err)
	problems, err := c.Doctor(ctx, false, nil)
	ok(t, err)
	if len(problems) > 0 {
		t.Fatalf("%+v", problems)
	}
	return r
}

func back(t *testing.T, c *collection.Collection, id decks.CardID) string {
	t.Helper()
	card, err := c.Card(ctx, id)
	ok(t, err)
	return card.Note.Text(decks.Back)
}

func TestOwn(t *testing.T) {
	c, friend := mine(t), open(t)
	file, r := shared(t, c, share.Options{})
	if r.Seq != 1 || r.Notes != 2 || r.Media != 1 || r.Reviews != 0 || len(r.Missing) > 0 {
		t.Errorf("%+v", r)
	}
	take(t, friend, file, collection.Decisions{Past: true})
	if got := back(t, friend, "b/f"); got != "" {
		t.Errorf("an own answer was shared: %q", got)
	}
	s, err := friend.Subscription(ctx, "llm")
	ok(t, err)
	if s.Author.Author != "Аня" || s.Shown.Seq != 1 {
		t.Errorf("%+v", s)
	}
	name := strings.TrimSuffix(strings.TrimPrefix(back(t, friend, "a/f"), "Кусок слова.\n\n![Схема]("), ")")
	if b, err := os.ReadFile(filepath.Join(friend.MediaDir(), name)); err != nil || string(b) != "<svg/>" {
		t.Errorf("the picture %q: %q, %v", name, b, err)
	}
	if again, r := shared(t, c, share.Options{}); r.Seq != 1 || !bytes.Equal(again, file) {
		t.Errorf("shared again it is another package, release %d", r.Seq)
	}
	// With his own answer it is the next release, and what the friend wrote stays.
	ok(t, friend.Edit(ctx, "b", decks.Hint, "Подсказка друга."))
	file, r = shared(t, c, share.Options{Mine: true})
	if r.Seq != 2 {
		t.Errorf("%+v", r)
	}
	if res := take(t, friend, file, collection.Decisions{}); !res.Update || res.Changed != 1 {
		t.Errorf("%+v", res)
	}
	if got := back(t, friend, "b/f"); got != "Программа с весами." {
		t.Errorf("%q", got)
	}
	info, err := os.Stat(filepath.Join(c.Dir(), "share.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v, %v", info, err)
	}
}

// The history comes along when both want it, once, and is taken back with the install.
func TestPast(t *testing.T) {
	c, friend := mine(t), open(t)
	file, r := shared(t, c, share.Options{Mine: true, Past: true})
	if r.Reviews != 2 {
		t.Errorf("%+v", r)
	}
	reviews := func() int {
		s, err := friend.Stats(ctx)
		ok(t, err)
		return s.Reviews
	}
	take(t, friend, file, collection.Decisions{})
	if n := reviews(); n != 0 {
		t.Errorf("%d answers came uninvited", n)
	}
	for range 2 {
		take(t, friend, file, collection.Decisions{Past: true})
		if n := reviews(); n != 2 {
			t.Errorf("%d answers", n)
		}
	}
	for _, id := range []decks.CardID{"a/f", "b/f"} {
		a, err := c.Card(ctx, id)
		ok(t, err)
		b, err := friend.Card(ctx, id)
		ok(t, err)
		if a.Phase != b.Phase || a.Outcomes != b.Outcomes {
			t.Errorf("%s: %+v, with the friend %+v", id, a.Outcomes, b.Outcomes)
		}
		x, err := c.History(ctx, id)
		ok(t, err)
		y, err := friend.History(ctx, id)
		ok(t, err)
		if len(x) != 1 || len(y) != 1 || x[0].ID != y[0].ID || !x[0].At.Equal(y[0].At) {
			t.Errorf("%+v, with the friend %+v", x, y)
		}
	}
	if n, err := friend.Rebuild(ctx, nil); err != nil || n != 0 {
		t.Errorf("rebuild changed %d rows, %v", n, err)
	}
	_, err := friend.Undo(ctx)
	ok(t, err)
	if n := reviews(); n != 0 {
		t.Errorf("%d answers are left", n)
	}
	if n, err := friend.Rebuild(ctx, nil); err != nil || n != 0 {
		t.Errorf("rebuild changed %d rows, %v", n, err)
	}
	take(t, friend, file, collection.Decisions{Past: true})
	if n := reviews(); n != 2 {
		t.Errorf("%d answers, taken again after they were undone", n)
	}
	// Who gets it passes on neither the history nor his own words.
	if _, err := share.PassOn(ctx, friend, "llm", &bytes.Buffer{}); !fault.Is(err, fault.SharedPast) {
		t.Errorf("%v", err)
	}
}

// Whatever is typed for a name can be shared under, unless there is nothing to see in it.
func TestName(t *testing.T) {
	for given, want := range map[string]string{
		"  Аня \n Котова ": "Аня Котова", "": "", " \t": "", "\u202e\u200b": "", "А\u202eня": "Аня",
		strings.Repeat("ё", 100): strings.Repeat("ё", 60),
	} {
		name := share.Name(given)
		if name != want {
			t.Errorf("%q is %q, want %q", given, name, want)
		}
		if _, err := share.Own(ctx, mine(t), "llm", share.Options{Author: name, Now: now}, &bytes.Buffer{}); (err == nil) != (name != "") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// An author's release is passed on as he signed it, without a word of the student's.
func TestPassOn(t *testing.T) {
	c, friend := open(t), open(t)
	a := releasetest.New(t, "А. П. Иванова", "llm")
	d := own()
	files := releasetest.Files{}
	d.Notes[0].Fields[decks.Back] = "![Схема](" + files.Add([]byte("<svg/>")) + ".svg)"
	file := a.Package(t, 7, d, files, nil)
	take(t, c, file, collection.Decisions{})
	ok(t, c.Edit(ctx, "b", decks.Back, "Тайна."))
	var b bytes.Buffer
	r, err := share.PassOn(ctx, c, "llm", &b)
	ok(t, err)
	if r.Seq != 7 || r.Author != "А. П. Иванова" || !bytes.Equal(b.Bytes(), file) {
		t.Errorf("%+v; the package is another", r)
	}
	take(t, friend, b.Bytes(), collection.Decisions{})
	if _, err := share.Own(ctx, c, "llm", share.Options{Author: "Аня", Now: now}, &b); !fault.Is(err, fault.SignedDeck) {
		t.Errorf("a student signs the author's deck: %v", err)
	}
	if _, err := share.PassOn(ctx, mine(t), "llm", &b); !fault.Is(err, fault.NoRelease) {
		t.Errorf("%v", err)
	}
	ok(t, os.Remove(filepath.Join(c.MediaDir(), files.Names()[0]+".svg")))
	if _, err := share.PassOn(ctx, c, "llm", &b); !fault.Is(err, fault.MissingMedia) {
		t.Errorf("%v", err)
	}
}

// Another student of the same name, and one who lost his key, are others.
func TestAnotherStudent(t *testing.T) {
	c, friend := mine(t), open(t)
	file, _ := shared(t, c, share.Options{})
	take(t, friend, file, collection.Decisions{})
	ok(t, os.Remove(filepath.Join(c.Dir(), "share.json")))
	file, _ = shared(t, c, share.Options{Mine: true})
	pinned, err := friend.Pinned(ctx, "llm")
	ok(t, err)
	if _, err := pack.Open(ctx, bytes.NewReader(file), int64(len(file)), pinned); !errors.Is(err, trust.ErrAnother) {
		t.Errorf("%v", err)
	}
	ok(t, os.WriteFile(filepath.Join(c.Dir(), "share.json"), []byte("{"), 0o600))
	if _, err := share.Own(ctx, c, "llm", share.Options{Author: "Аня", Now: now}, &bytes.Buffer{}); err == nil {
		t.Error("a damaged key was replaced in silence")
	}
	if _, err := share.Own(ctx, mine(t), "llm", share.Options{Now: now}, &bytes.Buffer{}); !fault.Is(err, fault.BadArgument) {
		t.Errorf("shared by nobody: %v", err)
	}
}

// What there is to share is known before anything is written.
func TestLook(t *testing.T) {
	c := mine(t)
	look := func() share.Contents {
		x, err := share.Look(ctx, c, "llm")
		ok(t, err)
		return x
	}
	x := look()
	if x.Title != "Понимание LLM" || x.Signed != nil || x.Notes != 2 || x.Pictures != 1 || len(x.Missing) > 0 || x.Mine != 1 || x.Reviews != 2 {
		t.Errorf("%+v", x)
	}
	ok(t, c.Revert(ctx, "b", decks.Back))
	ok(t, os.Remove(filepath.Join(c.MediaDir(), "cхема.svg")))
	if x := look(); x.Mine != 0 || x.Pictures != 0 || len(x.Missing) != 1 {
		t.Errorf("%+v", x)
	}
	if _, err := os.Stat(filepath.Join(c.Dir(), "share.json")); err == nil {
		t.Error("looking made a key")
	}

	// Of an author's deck it is known whether it can be passed on.
	c = open(t)
	a := releasetest.New(t, "А. П. Иванова", "llm")
	d := own()
	files := releasetest.Files{}
	picture := files.Add([]byte("<svg/>")) + ".svg"
	d.Notes[0].Fields[decks.Back] = "![Схема](" + picture + ")"
	take(t, c, a.Package(t, 7, d, files, nil), collection.Decisions{})
	if x := look(); x.Signed == nil || x.Held != nil || x.Mine != 0 {
		t.Errorf("%+v", x)
	}
	ok(t, os.Remove(filepath.Join(c.MediaDir(), picture)))
	if x := look(); !fault.Is(x.Held, fault.MissingMedia) {
		t.Errorf("%+v", x)
	}
	file, _ := shared(t, mine(t), share.Options{Past: true})
	c = open(t)
	take(t, c, file, collection.Decisions{})
	if x := look(); !fault.Is(x.Held, fault.SharedPast) {
		t.Errorf("%+v", x)
	}
	if _, err := share.Look(ctx, c, "nowhere"); !fault.Is(err, fault.NoSuchDeck) {
		t.Errorf("%v", err)
	}
}
