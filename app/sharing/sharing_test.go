package sharing

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/saving"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
	"lectern/decks/release/trust"
	"lectern/decks/share"
	"lectern/scheduler"
)

var start = time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("MSK", 3*3600))

const course = "deckdeckde"

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func deck() decks.Deck {
	d := decks.Deck{ID: course, Title: "Понимание LLM", Lang: "ru"}
	for _, text := range []string{"Что такое токен? ![схема](a.svg)", "Что такое модель?", "Что такое слой? ![нет](gone.png)"} {
		d.Notes = append(d.Notes, decks.Note{ID: decks.NewID(), Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: text}})
	}
	return d
}

func empty(t *testing.T) *collection.Collection {
	t.Helper()
	c, err := collection.Open(context.Background(), t.TempDir(), collection.Options{Clock: func() time.Time { return start }})
	check(t, err)
	t.Cleanup(func() { c.Close() })
	return c
}

// own makes a collection with an own deck, an answer of the student's in it and two
// reviews.
func own(t *testing.T) *collection.Collection {
	t.Helper()
	ctx, c, d := context.Background(), empty(t), deck()
	_, err := c.Install(ctx, d, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: "p"}, Media: fstest.MapFS{"a.svg": {Data: []byte("<svg/>")}}})
	check(t, err)
	check(t, c.Edit(ctx, d.Notes[1].ID, decks.Back, "Программа с весами."))
	for _, n := range d.Notes[:2] {
		_, err := c.Answer(ctx, collection.AnswerRequest{Card: decks.NewCardID(n.ID, "f"), Grade: scheduler.Good, Took: 4 * time.Second})
		check(t, err)
	}
	return c
}

// signed makes a collection with an author's deck and an answer of the student's.
func signed(t *testing.T) *collection.Collection {
	t.Helper()
	c, d := empty(t), deck()
	for i := range d.Notes {
		d.Notes[i].Fields[decks.Front], _, _ = strings.Cut(d.Notes[i].Fields[decks.Front], " ![")
	}
	a := releasetest.New(t, "А. П. Иванова", course)
	take(t, c, a.Package(t, 3, d, releasetest.Files{}, nil))
	check(t, c.Edit(context.Background(), d.Notes[1].ID, decks.Back, "Тайна."))
	return c
}

func take(t *testing.T, c *collection.Collection, file []byte) collection.Offer {
	t.Helper()
	ctx := context.Background()
	p, err := pack.Open(ctx, bytes.NewReader(file), int64(len(file)), trust.Chain{})
	check(t, err)
	o, err := c.Offer(ctx, collection.Opened(p, "a.lectern"))
	check(t, err)
	_, err = c.Accept(ctx, o, collection.Decisions{}, nil)
	check(t, err)
	return o
}

type rig struct {
	*Screen
	c     *collection.Collection
	nav   *navtest.Navigator
	asked []saving.Ask
}

func newRig(t *testing.T, c *collection.Collection) *rig {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	r := &rig{c: c, nav: &navtest.Navigator{}}
	r.Screen = r.open(t)
	return r
}

func (r *rig) open(t *testing.T) *Screen {
	s := New(Options{Collection: r.c, Nav: r.nav, Printer: i18n.New("ru"), Background: func(f func()) { f() }, Now: func() time.Time { return start },
		Deck: course, Save: func(a saving.Ask) { r.asked = append(r.asked, a) }})
	w := test.NewTempWindow(t, s.Object())
	w.Resize(fyne.NewSize(900, 600))
	s.Shown()
	return s
}

// saved is what was asked to be saved last.
func (r *rig) saved(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	check(t, r.asked[len(r.asked)-1].Write(context.Background(), &b))
	return b.Bytes()
}

func TestAnOwnDeckIsSharedUnderAName(t *testing.T) {
	r := newRig(t, own(t))
	if got := r.title.Text; got != "3 вопроса, 1 картинка" {
		t.Errorf("it says %q", got)
	}
	if r.nav.Focused != r.name.Focusable() || r.save.Enabled() {
		t.Error("the name is not asked for")
	}
	if r.Key(keys.CtrlEnter); len(r.asked) != 0 {
		t.Fatal("shared by nobody")
	}
	test.Type(r.name.Focusable(), " Аня  Котова ")
	if got := r.says.Text; got != "Ваши правки и ответы в файле будут, а истории повторений не будет." || !r.save.Enabled() {
		t.Errorf("it says %q", got)
	}
	r.Key(keys.CtrlEnter)
	if a := r.asked[0]; a.Name != "Понимание LLM" || a.Ext != ".lectern" {
		t.Fatalf("%+v", a)
	}
	friend := empty(t)
	o := take(t, friend, r.saved(t))
	if o.Shipment.Trust.Last().Author != "Аня Котова" || o.Shipment.Statement.History.Reviews != 0 {
		t.Errorf("%+v", o.Shipment.Statement)
	}
	d, err := friend.Deck(context.Background(), course)
	check(t, err)
	if got := d.Notes[1].Text(decks.Back); got != "Программа с весами." {
		t.Errorf("the friend has %q", got)
	}
	// The name is remembered.
	if s := r.open(t); s.name.Text() != "Аня Котова" || s.past.On || r.nav.Focused != nil {
		t.Errorf("the name is %q", s.name.Text())
	}
}

func TestWhatIsSharedIsChosen(t *testing.T) {
	r := newRig(t, own(t))
	r.name.SetText("Аня")
	for _, c := range []struct {
		mine, past bool
		says       string
	}{
		{false, false, "Ваших правок, ответов и истории повторений в файле не будет."},
		{false, true, "История повторений в файле будет, а ваших правок и ответов не будет."},
		{true, true, "В файле будут и ваши правки с ответами, и ваша история повторений."},
	} {
		r.mine.Set(c.mine)
		r.past.Set(c.past)
		r.refresh()
		if r.says.Text != c.says {
			t.Errorf("it says %q, want %q", r.says.Text, c.says)
		}
		r.keep()
		friend := empty(t)
		o := take(t, friend, r.saved(t))
		d, err := friend.Deck(context.Background(), course)
		check(t, err)
		if got := d.Notes[1].Text(decks.Back) != ""; got != c.mine {
			t.Errorf("%+v: his answer is there: %v", c, got)
		}
		if got := o.Shipment.Statement.History.Reviews == 2; got != c.past {
			t.Errorf("%+v: %d answers", c, o.Shipment.Statement.History.Reviews)
		}
	}
}

func TestAnAuthorsDeckIsPassedOn(t *testing.T) {
	r := newRig(t, signed(t))
	if r.named() || !strings.Contains(r.says.Text, "А. П. Иванова") || !r.save.Enabled() {
		t.Fatalf("it says %q", r.says.Text)
	}
	r.Key(keys.Enter)
	friend := empty(t)
	take(t, friend, r.saved(t))
	d, err := friend.Deck(context.Background(), course)
	check(t, err)
	if got := d.Notes[1].Text(decks.Back); got != "" {
		t.Errorf("his answer was passed on: %q", got)
	}
	// In another form his words are his to give.
	r.Key(keys.Down)
	r.keep()
	if got := string(r.saved(t)); !strings.Contains(got, "Тайна.") {
		t.Errorf("%s", got)
	}
}

// A deck that came with a friend's history stays here, in this form.
func TestADeckWithAHistoryIsNotPassedOn(t *testing.T) {
	var b bytes.Buffer
	_, err := share.Own(context.Background(), own(t), course, share.Options{Author: "Аня", Past: true, Now: start}, &b)
	check(t, err)
	c := empty(t)
	take(t, c, b.Bytes())
	r := newRig(t, c)
	if r.save.Enabled() || len(r.notes.Objects) != 1 {
		t.Error("it can be saved")
	}
	if r.keep(); len(r.asked) != 0 {
		t.Error("it is saved")
	}
	r.Key(keys.Down)
	if !r.save.Enabled() {
		t.Error("a table of it cannot be saved")
	}
}

func TestOtherForms(t *testing.T) {
	r := newRig(t, own(t))
	r.Key(keys.Down)
	r.keep()
	if got := string(r.saved(t)); r.asked[0].Ext != ".csv" || !strings.HasPrefix(got, "\ufeffid,") || !strings.Contains(got, "Программа с весами.") {
		t.Errorf("%s: %q", r.asked[0].Ext, got)
	}
	r.mine.Set(false)
	r.refresh()
	r.keep()
	if got := string(r.saved(t)); strings.Contains(got, "Программа с весами.") {
		t.Error("his answer is in the table")
	}
	r.mine.Set(true)
	r.Key(keys.Down)
	r.keep()
	files, err := r.asked[2].Files(context.Background())
	check(t, err)
	if len(files) != 2 || !strings.Contains(string(files["course.md"]), "Программа с весами.") {
		t.Errorf("%q", files)
	}
	r.Key(keys.Down)
	for _, k := range []keys.Key{keys.Left, keys.Right} {
		r.Key(k)
		r.keep()
		if got := string(r.saved(t)); !strings.Contains(got, "data:image/svg+xml") || !strings.Contains(got, "Ответ") {
			t.Errorf("%.200s", got)
		}
	}
	if a, b := r.asked[3], r.asked[4]; a.Name == b.Name || a.Ext != ".html" {
		t.Errorf("%q, %q", a.Name, b.Name)
	}
	if r.Key(keys.Down); r.on != 3 {
		t.Error("the choice left the list")
	}
}

// What fails is said where the file is spoken of, and goes when it works.
func TestAFailureIsSaid(t *testing.T) {
	r := newRig(t, own(t))
	r.name.SetText("Аня")
	check(t, os.WriteFile(filepath.Join(r.c.Dir(), "share.json"), []byte("{"), 0o600))
	r.refresh()
	r.keep()
	var b bytes.Buffer
	err := r.asked[0].Write(context.Background(), &b)
	if err == nil || b.Len() > 0 {
		t.Fatalf("%v, %d bytes", err, b.Len())
	}
	before := len(r.notes.Objects)
	r.asked[0].Failed(fault.New(fault.DiskFull, err))
	if len(r.notes.Objects) != 1 {
		t.Error("it is not said")
	}
	r.asked[0].Done()
	if len(r.notes.Objects) != before {
		t.Error("it is still said")
	}
	lost := New(Options{Collection: r.c, Nav: r.nav, Printer: i18n.New("ru"), Background: func(f func()) { f() }, Deck: "nowhere"})
	lost.Shown()
	if len(lost.notes.Objects) != 1 || lost.save.Enabled() {
		t.Error("a deck that is not there can be shared")
	}
}

func TestPictures(t *testing.T) {
	show := func(c *collection.Collection) func(shelltest.Window) nav.Screen {
		return func(w shelltest.Window) nav.Screen {
			return New(Options{Collection: c, Nav: w.Shell, Printer: w.Printer, Background: func(f func()) { f() }, Now: func() time.Time { return start }, Deck: course})
		}
	}
	shelltest.Each(t, "share-own", show(own(t)), nil)
	shelltest.Each(t, "share-signed", show(signed(t)), nil)
	shelltest.Each(t, "share-print", show(own(t)), func(_ *testing.T, _ shelltest.Window, s nav.Screen) {
		for range 3 {
			s.Key(keys.Down)
		}
	})
}
