package releases

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/feedtest"
	"lectern/decks/feed/poll"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/trust"
	"lectern/decks/subscribe"
)

var ctx = context.Background()

// world is a student with two releases of a course, and what its page asked for.
type world struct {
	t *testing.T
	*feedtest.Author
	c    *collection.Collection
	r    *subscribe.Reader
	last *feedtest.Built
	now  time.Time
	news func(*subscribe.News) // what is told besides what is known

	went   []int64
	asked  []string
	copied string
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, Author: feedtest.NewAuthor(t), now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	c, err := collection.Open(ctx, t.TempDir(), collection.Options{Clock: func() time.Time { return w.now }})
	w.ok(err)
	w.c = c
	t.Cleanup(func() { w.ok(c.Close()) })
	w.r = &subscribe.Reader{Collection: c, Client: &poll.Client{Clock: func() time.Time { return w.now }}}
	w.takes(w.course(nil), "Лекция 1", "Первый выпуск.")
	w.now = w.now.AddDate(0, 0, 7)
	w.takes(w.course(func(d *decks.Deck) {
		d.Notes = d.Notes[1:]
		d.Notes[0].Fields[decks.Back] = "Программа с весами."
	}), "Лекции 1 и 2", "- Исправлена **модель**\n- Токен переехал в лекцию 2")
	return w
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) course(change func(*decks.Deck)) decks.Deck {
	d := decks.Deck{ID: feedtest.Deck, Title: "Большие языковые модели", Lang: "ru", Author: "А. П. Иванова", Sections: []decks.Section{{ID: "s1", Title: "Лекция 1"}}}
	for _, n := range [][3]string{{"token00001", "Что такое токен?", "Кусок слова."}, {"model00001", "Что такое модель?", "Программа."}, {"cache00001", "Что хранит кэш?", "Ключи и значения."}} {
		d.Notes = append(d.Notes, decks.Note{ID: n[0], Kind: decks.Question, Section: "s1", Fields: map[decks.Field]string{decks.Front: n[1], decks.Back: n[2]}})
	}
	if change != nil {
		change(&d)
	}
	return d
}

// takes installs the next release.
func (w *world) takes(d decks.Deck, label, notes string) {
	w.t.Helper()
	seq := int64(1)
	if w.last != nil {
		seq = w.last.Package.Statement.Seq + 1
	}
	w.last = w.Build(seq, d, nil, w.last, w.now, func(s *release.Statement) { s.Label, s.Notes = label, notes })
	p, err := pack.Open(ctx, bytes.NewReader(w.last.File), int64(len(w.last.File)), trust.Chain{})
	w.ok(err)
	o, err := w.c.Offer(ctx, collection.Opened(p, "course.lectern"))
	w.ok(err)
	_, err = w.c.Accept(ctx, o, collection.Decisions{}, nil)
	w.ok(err)
}

func (w *world) screen(n nav.Navigator, p *i18n.Printer) *Screen {
	return New(Options{
		Collection: w.c, Nav: n, Printer: p, Now: func() time.Time { return w.now }, Background: func(f func()) { f() }, Deck: feedtest.Deck,
		News: func(ctx context.Context, deck string) (subscribe.News, error) {
			s, err := w.c.Subscription(ctx, deck)
			if err != nil {
				return subscribe.News{}, err
			}
			known, err := w.r.Known(ctx, *s)
			if w.news != nil {
				w.news(&known)
			}
			return known, err
		},
		Typed: w.r.Typed,
		Check: func() { w.asked = append(w.asked, "check") }, Newer: func() { w.asked = append(w.asked, "newer") },
		GoTo: func(_ int, seq int64) { w.went = append(w.went, seq) }, Cards: func(collection.Query) { w.asked = append(w.asked, "cards") },
		Copy: func(text string) { w.copied = text }, Give: func() {},
	})
}

func start(t *testing.T) (*world, *Screen, *navtest.Navigator) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	w, n := newWorld(t), &navtest.Navigator{}
	s := w.screen(n, i18n.New("ru"))
	test.NewTempWindow(t, s.Object()).Resize(fyne.NewSize(1280, 800))
	s.Shown()
	return w, s, n
}

// each visits the objects of a page.
func each(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	visit(o)
	switch x := o.(type) {
	case *fyne.Container:
		for _, c := range x.Objects {
			each(c, visit)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(x).Objects() {
			each(c, visit)
		}
	}
}

// press presses the button of a name.
func press(t *testing.T, s *Screen, text string) {
	t.Helper()
	var found *kit.Button
	each(s.object, func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.Button); ok && b.Text == text {
			found = b
		}
	})
	if found == nil {
		t.Fatalf("there is no button %q", text)
	}
	test.Tap(found)
}

// says tells whether a text stands on the page.
func says(s *Screen, text string) bool {
	found := false
	each(s.object, func(o fyne.CanvasObject) {
		switch x := o.(type) {
		case *kit.Text:
			found = found || strings.Contains(x.Text, text)
		case *kit.Label:
			found = found || strings.Contains(x.Text, text)
		}
	})
	return found
}

func TestThePageOfReleases(t *testing.T) {
	w, s, n := start(t)
	print := w.Root.Public().Fingerprint()
	for _, want := range []string{"А. П. Иванова", print[:4] + "\u00a0" + print[4:], "Выпуск 2: Лекции 1 и 2", "Выпуск 1: Лекция 1", "Адрес не задан", "Что такое токен?"} {
		if !says(s, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	press(t, s, "Вернуться к нему…")
	if len(w.went) != 1 || w.went[0] != 1 {
		t.Errorf("went to %v", w.went)
	}
	press(t, s, "Отменить обновление")
	if sub, err := w.c.Subscription(ctx, feedtest.Deck); err != nil || sub.Shown.Seq != 1 || n.Toasts[0] != "Обновление отменено" {
		t.Errorf("%v, %v", n.Toasts, err)
	}
	if says(s, "Последнее обновление можно отменить") || says(s, "Убранные автором") {
		t.Error("what is undone is still offered")
	}
	press(t, s, "Перейти к нему…")
	if len(w.went) != 2 || w.went[1] != 2 {
		t.Errorf("went to %v", w.went)
	}
}

// A withdrawn card is kept by one press, and undone by one.
func TestAWithdrawnCardIsKept(t *testing.T) {
	w, s, n := start(t)
	press(t, s, "Оставить себе")
	found, err := w.c.Search(ctx, collection.Query{Text: "токен"})
	w.ok(err)
	if found.Total != 1 || says(s, "Что такое токен?") || len(n.Offered) != 1 {
		t.Errorf("%d cards, said %v", found.Total, n.Toasts)
	}
	_, err = w.c.Undo(ctx)
	w.ok(err)
	s.Reload()
	if !says(s, "Что такое токен?") {
		t.Error("undone, it is not withdrawn")
	}
}

func TestHowItFollows(t *testing.T) {
	w, s, n := start(t)
	var seg *kit.Segment
	each(s.object, func(o fyne.CanvasObject) {
		if x, ok := o.(*kit.Segment); ok {
			seg = x
		}
	})
	seg.Changed(1)
	if sub, err := w.c.Subscription(ctx, feedtest.Deck); err != nil || sub.Following.Mode != collection.Automatic || !says(s, "ставится сразу") {
		t.Errorf("%v", err)
	}
	w.ok(w.c.Follow(ctx, feedtest.Deck, collection.Following{SkipEpoch: 1, Skip: 3}))
	s.Reload()
	press(t, s, "Предлагать снова")
	if sub, err := w.c.Subscription(ctx, feedtest.Deck); err != nil || sub.Following.Skip != 0 {
		t.Errorf("%v", err)
	}
	if len(n.Errors) != 0 {
		t.Errorf("%v", n.Errors)
	}
}

// The address is changed; what is none is told in the form.
func TestTheAddress(t *testing.T) {
	w, s, n := start(t)
	press(t, s, "Изменить…")
	form := n.Forms[0]
	test.NewTempWindow(t, form.Content)
	for _, r := range "https://example.org/llm/" {
		form.First.TypedRune(r)
	}
	if !form.Dirty() {
		t.Error("it is not dirty")
	}
	w.ok(form.Keep())
	sub, err := w.c.Subscription(ctx, feedtest.Deck)
	w.ok(err)
	if want := "lectern:https://example.org/llm/feed.json#" + w.Root.Public().String(); sub.Feed != want {
		t.Errorf("%q, want %q", sub.Feed, want)
	}
	s.Reload()
	if !says(s, "example.org/llm/") || !says(s, "Ещё не проверялось") {
		t.Error("the address is not shown")
	}
	press(t, s, "Проверить")
	if len(w.asked) != 1 {
		t.Errorf("asked %v", w.asked)
	}
	each(s.object, func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.IconButton); ok {
			test.Tap(b)
		}
	})
	if w.copied != sub.Feed {
		t.Errorf("copied %q", w.copied)
	}
	press(t, s, "Изменить…")
	test.NewTempWindow(t, n.Forms[1].Content)
	n.Forms[1].First.TypedRune(' ')
	n.Forms[1].First.TypedRune('ы')
	if err := n.Forms[1].Keep(); !fault.Is(err, fault.BadAddress) {
		t.Errorf("%v", err)
	}
}

// News, an answer that is not believed, and a long silence each have their words.
func TestNews(t *testing.T) {
	w, s, _ := start(t)
	w.ok(w.c.SetFeed(ctx, feedtest.Deck, "lectern:https://example.org/feed.json"))
	w.news = func(n *subscribe.News) {
		n.Checked = w.now
		n.Offer = &feed.Release{Seq: 45, Label: "Лекция 3", Time: "2026-11-20T10:00:00Z"}
		n.Late = w.now.AddDate(0, -1, 0)
	}
	s.Reload()
	for _, want := range []string{"Выпуск 45: Лекция 3", "Издан 20", "давно нет вестей"} {
		if !says(s, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	s.Key(keys.Enter)
	press(t, s, "Посмотреть")
	if strings.Join(w.asked, " ") != "newer newer" {
		t.Errorf("asked %v", w.asked)
	}
	w.news = func(n *subscribe.News) { n.Alarm = fault.New(fault.StaleFeed, nil, "host", "example.org") }
	s.Reload()
	if !says(s, "Последнему ответу программа не поверила") || !says(s, "example.org показывает курс") {
		t.Error("the alarm is not said")
	}
	w.news = func(n *subscribe.News) { *n = subscribe.News{} }
	s.o.News = func(context.Context, string) (subscribe.News, error) {
		return subscribe.News{}, fault.New(fault.Busy, nil)
	}
	s.Reload()
	if len(s.body.Objects) != 0 {
		t.Error("what could not be read is shown")
	}
}

func TestPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many windows")
	}
	w := newWorld(t)
	w.ok(w.c.SetFeed(ctx, feedtest.Deck, "lectern:https://example.org/llm/feed.json#"+w.Root.Public().String()))
	w.news = func(n *subscribe.News) {
		n.Checked = w.now.Add(-2 * time.Hour)
		n.Offer = &feed.Release{Seq: 3, Label: "Лекция 3", Time: "2026-11-28T10:00:00Z"}
		n.Late = w.now.AddDate(0, -1, 0)
	}
	shelltest.Each(t, "18-releases", func(win shelltest.Window) nav.Screen { return w.screen(win.Shell, win.Printer) }, nil)
	shelltest.Each(t, "18-releases-below", func(win shelltest.Window) nav.Screen { return w.screen(win.Shell, win.Printer) }, func(_ *testing.T, _ shelltest.Window, s nav.Screen) {
		each(s.Object(), func(o fyne.CanvasObject) {
			if f, ok := o.(*kit.Fold); ok {
				f.Open(true)
			}
		})
		s.Key(keys.End)
	})
}
