package arrival

import (
	"bytes"
	"context"
	"errors"
	"fmt"
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
	"lectern/decks/feed/site"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
)

var (
	ctx = context.Background()
	now = time.Date(2027, 2, 5, 10, 0, 0, 0, time.UTC)
)

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB) *collection.Collection {
	t.Helper()
	c, err := collection.Open(ctx, t.TempDir(), collection.Options{Clock: func() time.Time { return now }})
	ok(t, err)
	t.Cleanup(func() { ok(t, c.Close()) })
	return c
}

func course() decks.Deck {
	d := decks.Deck{ID: "llm", Title: "Понимание больших языковых моделей", Lang: "ru", Author: "А. П. Иванова", License: "CC-BY-4.0"}
	for i := range 6 {
		d.Sections = append(d.Sections, decks.Section{ID: fmt.Sprint("s", i), Title: fmt.Sprintf("Лекция %d", i+1)})
		d.Notes = append(d.Notes, decks.Note{ID: fmt.Sprint("n", i), Kind: decks.Question, Section: fmt.Sprint("s", i),
			Fields: map[decks.Field]string{decks.Front: fmt.Sprintf("Вопрос %d?", i), decks.Back: "Ответ."}})
	}
	return d
}

// offered is the deck of an author as it comes: by a file, or from a link with its key.
func offered(t testing.TB, c *collection.Collection, a *releasetest.Author, link bool) collection.Offer {
	t.Helper()
	d, media := course(), releasetest.Files{}
	picture := media.Add([]byte("not looked at here"))
	d.Notes[0].Fields[decks.Back] = "![](" + picture + ".png)"
	file := a.Package(t, 3, d, media, func(s *release.Statement) { s.Label, s.Notes = "Весна", "Первые шесть лекций." })
	p, err := pack.Open(ctx, bytes.NewReader(file), int64(len(file)), a.Chain)
	ok(t, err)
	s := collection.Opened(p, "llm.lectern")
	if link {
		s.Name, s.Feed = "", feed.Link{Address: "https://example.org/llm/feed.json", Key: a.Root.Public()}.String()
	}
	o, err := c.Offer(ctx, s)
	ok(t, err)
	return o
}

// text is all that is said below an object.
func text(o fyne.CanvasObject) string {
	var b strings.Builder
	for _, x := range test.LaidOutObjects(o) {
		switch x := x.(type) {
		case *kit.Label:
			b.WriteString(x.Text + "\n")
		case *kit.Text:
			b.WriteString(x.Text + "\n")
		case *kit.Button:
			b.WriteString("(" + x.Text + ")\n")
		case *kit.Check:
			fmt.Fprintf(&b, "{%v %s}\n", x.On, x.Text)
		}
	}
	return strings.ReplaceAll(b.String(), "\u00a0", " ")
}

func says(t *testing.T, o fyne.CanvasObject, want ...string) {
	t.Helper()
	got := text(o)
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("%q is not said in\n%s", w, got)
		}
	}
}

func show(t *testing.T, o Options) (*Screen, *navtest.Navigator) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	n := &navtest.Navigator{}
	o.Nav, o.Printer, o.Now = n, i18n.New("ru"), func() time.Time { return now }
	if o.Background == nil {
		o.Background = func(f func()) { f() }
	}
	s := New(o)
	test.NewTempWindow(t, s.object).Resize(fyne.NewSize(1280, 736))
	return s, n
}

// A deck in a file says what it is, and that nobody vouches for its key yet.
func TestArrivesByFile(t *testing.T) {
	c, a := open(t), releasetest.New(t, "А. П. Иванова", "llm")
	var done []collection.InstallResult
	s, _ := show(t, Options{Collection: c, Offer: offered(t, c, a, false), Done: func(r collection.InstallResult) { done = append(done, r) }})
	says(t, s.object, "Из файла llm.lectern", "Понимание больших языковых моделей", "Автор: А. П. Иванова", "Сверьте ключ с преподавателем", site.Fingerprint(a.Chain),
		"6 карточек, не больше 10 новых в день", "6 разделов: Лекция 1; Лекция 2; Лекция 3; Лекция 4 и ещё 2", "Картинки и звуки: 1 (18 Б)", "Выпуск 3 · Весна · 3 февраля",
		"Лицензия CC-BY-4.0", "Обновления приходят файлом")
	if !s.Key(keys.CtrlEnter) || len(done) != 1 || done[0].Added != 6 || done[0].Update {
		t.Fatalf("%+v", done)
	}
	if s.Key(keys.Enter); len(done) != 1 {
		t.Error("it was installed twice")
	}
	sub, err := c.Subscription(ctx, "llm")
	ok(t, err)
	if sub.Shown.Seq != 3 || sub.Feed != "" {
		t.Errorf("%+v", sub)
	}
}

// A link vouches for the key, and its feed is followed unless the student says no.
func TestArrivesByLink(t *testing.T) {
	for _, asked := range []bool{true, false} {
		c, a := open(t), releasetest.New(t, "А. П. Иванова", "llm")
		done := 0
		s, _ := show(t, Options{Collection: c, Offer: offered(t, c, a, true), Key: a.Root.Public(), Done: func(collection.InstallResult) { done++ }})
		says(t, s.object, "С example.org", "Ключ совпал с ключом из ссылки", "{true Проверять обновления раз в день}", "спросит example.org")
		if strings.Contains(text(s.object), "Сверьте") {
			t.Error("a key that the link named is to be compared")
		}
		for _, o := range test.LaidOutObjects(s.object) {
			if box, ok := o.(*kit.Check); ok && !asked {
				test.Tap(box)
			}
		}
		test.Tap(s.install)
		sub, err := c.Subscription(ctx, "llm")
		ok(t, err)
		if done != 1 || (sub.Feed != "") != asked {
			t.Errorf("asked %v: %+v", asked, sub)
		}
	}
}

// The same deck without a signature: the update screen goes on from here.
func TestDeckOfNobody(t *testing.T) {
	c, a := open(t), releasetest.New(t, "А. П. Иванова", "llm")
	_, err := c.Install(ctx, course(), collection.InstallOptions{Origin: collection.Origin{Kind: "page"}})
	ok(t, err)
	var looked []collection.Offer
	s, _ := show(t, Options{Collection: c, Offer: offered(t, c, a, false), Update: func(o collection.Offer) { looked = append(looked, o) }})
	says(t, s.object, "Такая колода у вас уже есть, но без подписи")
	if s.install.Text != "Посмотреть изменения" || !s.Key(keys.Enter) || len(looked) != 1 || !looked[0].Local {
		t.Errorf("%q %v", s.install.Text, looked)
	}
}

// failing is a collection that cannot install.
type failing struct{ err error }

func (f failing) Accept(ctx context.Context, _ collection.Offer, _ collection.Decisions, p collection.Progress) (collection.InstallResult, error) {
	if p != nil {
		p(1, 2)
	}
	if fault.Is(f.err, fault.Cancelled) {
		<-ctx.Done()
	}
	return collection.InstallResult{}, fmt.Errorf("install: %w", f.err)
}

func TestInstallFails(t *testing.T) {
	c, a := open(t), releasetest.New(t, "А. П. Иванова", "llm")
	o := offered(t, c, a, false)
	s, n := show(t, Options{Collection: failing{fault.New(fault.DiskFull, errors.New("no space"))}, Offer: o})
	s.Key(keys.CtrlEnter)
	if !s.wrong.Visible() || len(n.Wanted) > 0 {
		t.Fatal("nothing is said")
	}
	says(t, s.wrong, "диск полон")

	done := make(chan struct{})
	s, n = show(t, Options{Collection: failing{fault.New(fault.Cancelled, nil)}, Offer: o, Background: func(f func()) {
		go func() {
			f()
			close(done)
		}()
	}})
	s.Key(keys.CtrlEnter)
	n.Waits[0]()
	<-done
	if s.wrong.Visible() || s.busy {
		t.Error("what the student stopped is told as an error, or goes on")
	}
}

// Every refusal has its page in both languages, and no way on where there is none.
func TestRefusals(t *testing.T) {
	for code, w := range whys {
		for _, lang := range i18n.Languages {
			test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
			n, p := &navtest.Navigator{}, i18n.New(lang)
			again := 0
			err := fmt.Errorf("look: %w", fault.New(code, errors.New("cause"), "release", int64(41), "installed", int64(45), "version", "2.0", "host", "example.org", "name", "llm.lectern"))
			r := Refuse(Refusal{Nav: n, Printer: p, Err: err, Name: "llm.lectern", Title: "Понимание LLM", Again: func() { again++ }})
			test.NewTempWindow(t, r.object).Resize(fyne.NewSize(900, 600))
			said := text(r.object)
			for _, key := range []string{"arrival.refused_", "arrival.means_", "arrival.advice_"} {
				if !p.Has(key + string(code)) {
					t.Errorf("%s: no words for %s%s", lang, key, code)
				}
			}
			if strings.Contains(said, "<no value>") || strings.Contains(said, "arrival.") || strings.Contains(said, "{{") || !strings.Contains(said, "Понимание LLM") {
				t.Errorf("%s %s:\n%s", lang, code, said)
			}
			r.Key(keys.Enter)
			if strings.Join(n.Wanted, " ") != "back" || (again == 1) != w.again {
				t.Errorf("%s: Enter did %v, again %d", code, n.Wanted, again)
			}
		}
	}
}

func TestOtherAuthor(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	c, a, b := open(t), releasetest.New(t, "А. П. Иванова", "llm"), releasetest.New(t, "А. П. Иванова", "llm")
	_, err := c.Accept(ctx, offered(t, c, a, false), collection.Decisions{}, nil)
	ok(t, err)
	file := b.Package(t, 4, course(), nil, nil)
	p, err := pack.Open(ctx, bytes.NewReader(file), int64(len(file)), b.Chain)
	ok(t, err)
	_, err = c.Offer(ctx, collection.Opened(p, "llm.lectern"))
	r := Refuse(Refusal{Nav: &navtest.Navigator{}, Printer: i18n.New("ru"), Err: err, Name: "llm.lectern", Title: "Понимание LLM"})
	test.NewTempWindow(t, r.object).Resize(fyne.NewSize(900, 600))
	says(t, r.object, "Подпись не от того автора. Колода не изменилась", "Спросите преподавателя лично", "ваши ответы и правки не изменились")
	if strings.Contains(text(r.object), "ещё раз") {
		t.Error("there is a way on")
	}
}

// What is kept here is one press away from an older release, and an error without a page
// of its own says its sentence.
func TestOtherRefusals(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	shown := 0
	r := Refuse(Refusal{Nav: &navtest.Navigator{}, Printer: i18n.New("ru"), Err: fault.New(fault.OlderRelease, nil, "release", int64(41), "installed", int64(45)), Name: "a", Releases: func() { shown++ }})
	says(t, r.object, "(Выпуски на этом компьютере)", "Это выпуск 41, а у вас 45")
	if r.Key(keys.Enter); shown != 1 {
		t.Error("Enter does not show the releases")
	}
	r = Refuse(Refusal{Nav: &navtest.Navigator{}, Printer: i18n.New("ru"), Err: fault.New(fault.DiskFull, nil)})
	says(t, r.object, "Открыть не получилось", "диск полон")
}

func TestPictures(t *testing.T) {
	c, a := open(t), releasetest.New(t, "А. П. Иванова", "llm")
	byFile, byLink := offered(t, c, a, false), offered(t, c, a, true)
	for name, o := range map[string]Options{"arrival": {Offer: byFile}, "arrival-link": {Offer: byLink, Key: a.Root.Public()}} {
		shelltest.Each(t, name, func(w shelltest.Window) nav.Screen {
			o.Collection, o.Nav, o.Printer, o.Now = c, w.Shell, w.Printer, func() time.Time { return now }
			return New(o)
		}, nil)
	}
	for name, err := range map[string]error{"other-author": fault.New(fault.OtherAuthor, errors.New("the keys are another author's")),
		"older": fault.New(fault.OlderRelease, nil, "release", int64(41), "installed", int64(45))} {
		shelltest.Each(t, name, func(w shelltest.Window) nav.Screen {
			return Refuse(Refusal{Nav: w.Shell, Printer: w.Printer, Err: err, Name: "llm.lectern", Title: "Понимание LLM", Releases: func() {}})
		}, nil)
	}
}

var _ = []nav.Screen{(*Screen)(nil), (*Refused)(nil)}
