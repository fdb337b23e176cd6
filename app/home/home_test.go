package home

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/scheduler"
)

var now = time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("MSK", 3*3600))

func course(title string, sections map[string]int, order ...string) decks.Deck {
	d := decks.Deck{ID: decks.NewID(), Title: title, Lang: "ru"}
	for _, name := range order {
		sec := decks.Section{ID: decks.NewID(), Title: name}
		d.Sections = append(d.Sections, sec)
		for i := range sections[name] {
			n := decks.Note{ID: decks.NewID(), Kind: decks.Question, Section: sec.ID,
				Fields: map[decks.Field]string{decks.Front: name + " вопрос " + string(rune('а'+i)) + "?"}}
			if name != "Сложные" {
				n.Fields[decks.Back] = "ответ"
			}
			d.Notes = append(d.Notes, n)
		}
	}
	return d
}

func open(t *testing.T, at *time.Time) *collection.Collection {
	t.Helper()
	ctx := context.Background()
	c, err := collection.Open(ctx, t.TempDir(), collection.Options{Clock: func() time.Time { return *at }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func fill(t *testing.T, c *collection.Collection) {
	t.Helper()
	for _, d := range []decks.Deck{
		course("Понимание LLM", map[string]int{"Лекция 1": 4, "Лекция 2": 6, "Промпт-инъекции": 1, "Упражнения": 5, "Сложные": 4}, "Лекция 1", "Лекция 2", "Промпт-инъекции", "Упражнения", "Сложные"),
		course("Английские слова", map[string]int{"Слова": 7}, "Слова"),
	} {
		if _, err := c.Install(context.Background(), d, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: d.Title}}); err != nil {
			t.Fatal(err)
		}
	}
}

func answer(t *testing.T, c *collection.Collection, n int, at *time.Time) {
	t.Helper()
	ctx := context.Background()
	for i := range n {
		card, err := c.Next(ctx, collection.Scope{})
		if err != nil {
			t.Fatal(err)
		}
		if card == nil {
			return
		}
		g := scheduler.Good
		if i%5 == 0 {
			g = scheduler.Easy
		}
		if _, err := c.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: g, Took: 9 * time.Second}); err != nil {
			t.Fatal(err)
		}
		*at = at.Add(20 * time.Second)
	}
}

type wanted struct {
	scopes  []collection.Scope
	queries []collection.Query
	empty   int
	exams   []string
	loads   []string
	customs []string
}

func screen(t *testing.T, c *collection.Collection, n nav.Navigator, p *i18n.Printer, at *time.Time) (*Screen, *wanted) {
	w := &wanted{}
	return New(Options{Collection: c, Nav: n, Printer: p, Now: func() time.Time { return *at },
		Background: func(f func()) { f() },
		Study:      func(s collection.Scope) { w.scopes = append(w.scopes, s) },
		Cards:      func(q collection.Query) { w.queries = append(w.queries, q) },
		Exam:       func(deck string) { w.exams = append(w.exams, deck) },
		Load:       func(deck string) { w.loads = append(w.loads, deck) },
		Custom:     func(s collection.Scope, title string) { w.customs = append(w.customs, title) },
		Empty:      func() { w.empty++ }}), w
}

func TestPictures(t *testing.T) {
	shelltest.Each(t, "home", func(w shelltest.Window) nav.Screen {
		at := now.AddDate(0, 0, -30)
		c := open(t, &at)
		fill(t, c)
		for range 10 {
			answer(t, c, 9, &at)
			at = at.Add(72 * time.Hour)
		}
		at = now
		s, _ := screen(t, c, w.Shell, w.Printer, &at)
		return s
	}, nil)
}

func TestEmptyAndDonePictures(t *testing.T) {
	shelltest.Each(t, "home-done", func(w shelltest.Window) nav.Screen {
		at := now
		c := open(t, &at)
		fill(t, c)
		answer(t, c, 60, &at)
		s, _ := screen(t, c, w.Shell, w.Printer, &at)
		return s
	}, nil)
}

func TestKeysChooseWhatToStudy(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	at := now
	c := open(t, &at)
	fill(t, c)
	n := &navtest.Navigator{}
	s, w := screen(t, c, n, i18n.New("ru"), &at)
	s.Shown()

	s.Key(keys.Enter)
	s.Key(keys.Down)
	s.Key(keys.Enter)
	s.Key(keys.Down)
	s.Key(keys.Enter)
	deck := s.data.Decks[0]
	want := []collection.Scope{{}, {Deck: deck.ID}, {Deck: deck.ID, Section: deck.Sections[0].ID}}
	for i, scope := range want {
		if i >= len(w.scopes) || w.scopes[i] != scope {
			t.Fatalf("studied %+v, want %+v", w.scopes, want)
		}
	}
	before := len(s.decks.rows)
	s.Key(keys.Left)
	if len(s.decks.rows) >= before {
		t.Error("Left does not close the sections")
	}
	s.Reload()
	if len(s.decks.rows) >= before {
		t.Error("a fresh look opens what was closed")
	}
	s.Key(keys.Right)
	if len(s.decks.rows) != before {
		t.Error("Right does not open the sections")
	}
}

func TestPutAwayAsksAndCanBeUndone(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	at := now
	c := open(t, &at)
	fill(t, c)
	n := &navtest.Navigator{}
	s, w := screen(t, c, n, i18n.New("en"), &at)
	s.Shown()
	for _, d := range s.data.Decks {
		s.decks.putAway(d)
	}
	if got := len(n.Questions); got != 2 {
		t.Fatalf("%d questions asked, want 2", got)
	}
	for _, q := range n.Questions {
		q.Yes.Do()
	}
	if w.empty == 0 {
		t.Error("no deck is left and the first run does not come")
	}
	if _, err := c.Undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	home, err := c.Home(context.Background())
	if err != nil || len(home.Decks) != 1 {
		t.Fatalf("after undo %d decks, %v", len(home.Decks), err)
	}
}

func TestMoreNew(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	at := now
	c := open(t, &at)
	fill(t, c)
	answer(t, c, 60, &at)
	n := &navtest.Navigator{}
	s, w := screen(t, c, n, i18n.New("ru"), &at)
	s.Shown()
	if s.data.Due.Total() != 0 || s.data.Rest.MoreNew == 0 {
		t.Fatalf("due %+v, held back %d", s.data.Due, s.data.Rest.MoreNew)
	}
	s.Key(keys.Enter)
	if len(w.scopes) != 1 {
		t.Fatal("nothing is studied")
	}
	if card, err := c.Next(context.Background(), collection.Scope{}); err != nil || card == nil {
		t.Fatalf("no new card came: %v", err)
	}
}

// With many decks the choice stays in sight, and one deck at a time is open.
func TestManyDecks(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	at := now
	c := open(t, &at)
	for i := range 30 {
		d := course("Колода "+string(rune('А'+i)), map[string]int{"Один": 1, "Два": 1}, "Один", "Два")
		if _, err := c.Install(context.Background(), d, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: d.Title}}); err != nil {
			t.Fatal(err)
		}
	}
	s, w := screen(t, c, &navtest.Navigator{}, i18n.New("ru"), &at)
	test.NewTempWindow(t, s.Object()).Resize(fyne.NewSize(900, 544))
	s.Shown()
	for range 20 {
		s.Key(keys.Down)
	}
	s.Key(keys.Right)
	if n := len(s.decks.rows); n != 32 {
		t.Errorf("%d rows: more than one deck is open", n)
	}
	for range 12 {
		s.Key(keys.Down)
	}
	row := s.decks.rows[s.decks.at].row
	roll := s.decks.roll
	if y := row.Position().Y; y < roll.Offset() || y+row.Size().Height > roll.Offset()+roll.Size().Height {
		t.Errorf("the chosen row at %v is out of sight (%v)", y, roll.Offset())
	}
	s.Key(keys.Enter)
	if len(w.scopes) != 1 {
		t.Error("Enter does not study it")
	}
}

// A card that comes back while the screen is open is offered when it does, and
// nothing is read once the screen is left.
func TestTheClockBringsCards(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	at := now
	c := open(t, &at)
	fill(t, c)
	answer(t, c, 60, &at)
	var wait time.Duration
	var come func()
	stopped := 0
	s, _ := screen(t, c, &navtest.Navigator{}, i18n.New("ru"), &at)
	s.o.Later = func(d time.Duration, f func()) func() {
		wait, come = d, f
		return func() { stopped++ }
	}
	s.Shown()
	if s.data.Due.Total() != 0 || come == nil {
		t.Fatalf("due %+v", s.data.Due)
	}
	at = at.Add(wait)
	come()
	if s.data.Due.Total() == 0 {
		t.Error("the card that came back is not offered")
	}
	s.Hidden()
	before := s.gen
	come()
	if s.gen != before || stopped == 0 {
		t.Error("a screen that was left reads on")
	}
}
