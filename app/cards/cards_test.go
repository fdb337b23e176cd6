package cards

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/courses"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/source"
	"lectern/scheduler"
)

func open(t *testing.T) (*collection.Collection, *time.Time) {
	t.Helper()
	now := time.Date(2026, 11, 10, 10, 0, 0, 0, time.FixedZone("MSK", 3*3600))
	ctx := context.Background()
	c, err := collection.Open(ctx, t.TempDir(), collection.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	deck, err := source.ParseFS(courses.Founding("ru"), ".")
	if err != nil {
		t.Fatal(err)
	}
	for i := range deck.Notes {
		if deck.Notes[i].Difficulty == decks.Hard && i%2 == 0 {
			deck.Notes[i].Fields[decks.Back] = ""
		}
	}
	if _, err := c.Install(ctx, deck, collection.InstallOptions{Origin: collection.Origin{Kind: "course"}, Media: courses.Founding("ru")}); err != nil {
		t.Fatal(err)
	}
	for day := range 5 {
		for range 12 {
			card, err := c.Next(ctx, collection.Scope{})
			if err != nil {
				t.Fatal(err)
			}
			if card == nil {
				break
			}
			g := scheduler.Good
			if day == 2 {
				g = scheduler.Again
			}
			if _, err := c.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: g, Took: 8 * time.Second}); err != nil {
				t.Fatal(err)
			}
			now = now.Add(time.Minute)
		}
		now = now.AddDate(0, 0, 2)
	}
	return c, &now
}

func screen(c *collection.Collection, n nav.Navigator, p *i18n.Printer, now *time.Time) *Screen {
	return New(Options{Collection: c, Nav: n, Printer: p, Now: func() time.Time { return *now }, Background: func(f func()) { f() }})
}

func TestPictures(t *testing.T) {
	shelltest.Each(t, "cards", func(w shelltest.Window) nav.Screen {
		c, now := open(t)
		return screen(c, w.Shell, w.Printer, now)
	}, func(t *testing.T, w shelltest.Window, s nav.Screen) {
		list := s.(*Screen)
		list.field.SetText("обуч")
		list.ask(func(q *collection.Query) { q.Text = "обуч" })
	})
}

func start(t *testing.T) (*Screen, *collection.Collection, *navtest.Navigator) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	c, now := open(t)
	n := &navtest.Navigator{}
	s := screen(c, n, i18n.New("ru"), now)
	s.Shown()
	return s, c, n
}

func TestSearchFoldsAndFilters(t *testing.T) {
	s, _, _ := start(t)
	if s.total != 20 {
		t.Fatalf("%d cards", s.total)
	}
	for query, least := range map[string]int{"ТОКЕН": 3, "трех этапов": 1, "промпт-инъекция": 1, "нет такого слова": 0} {
		s.query.Text = query
		s.Reload()
		if (least == 0) != (s.total == 0) || s.total < least {
			t.Errorf("%q finds %d", query, s.total)
		}
	}
	s.query.Text = ""
	s.query.Unanswered = true
	s.Reload()
	if s.total != 2 {
		t.Errorf("%d cards need an answer, want 2", s.total)
	}
}

func TestPauseAndFlagByKey(t *testing.T) {
	s, c, n := start(t)
	s.Key(keys.Down)
	row, _ := s.chosen()
	s.Key(keys.P)
	s.Key(keys.F)
	found, err := c.Search(context.Background(), collection.Query{Suspended: true, Flagged: true})
	if err != nil || found.Total != 1 || found.Rows[0].Card != row.Card {
		t.Fatalf("paused and flagged: %+v, %v", found, err)
	}
	if len(n.Toasts) == 0 {
		t.Error("nothing is said")
	}
	s.Key(keys.P)
	if found, err := c.Search(context.Background(), collection.Query{Suspended: true}); err != nil || found.Total != 0 {
		t.Errorf("still paused: %d, %v", found.Total, err)
	}
}

func TestHitsAreFoundFolded(t *testing.T) {
	for _, c := range []struct {
		text, query string
		want        []string
	}{
		{"Из каких трёх этапов", "ТРЕХ", []string{"трёх"}},
		{"Предобучение и обучение", "обуч", []string{"обуч", "обуч"}},
		{"токен за токеном", "ок токен", []string{"токен", "токен"}},
		{"токен", "слово", nil},
		{"токен", " ", nil},
		{"ÉTÉ", "été", []string{"ÉTÉ"}},
	} {
		var got []string
		for _, h := range hits(c.text, c.query) {
			got = append(got, c.text[h[0]:h[1]])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q in %q: %q, want %q", c.query, c.text, got, c.want)
		}
	}
}

// many is a collection of a deck of n cards.
func many(t *testing.T, n int) *collection.Collection {
	t.Helper()
	c, err := collection.Open(context.Background(), t.TempDir(), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	d := decks.Deck{ID: decks.NewID(), Title: "Много", Lang: "ru", Sections: []decks.Section{{ID: decks.NewID(), Title: "Все"}}}
	for i := range n {
		d.Notes = append(d.Notes, decks.Note{ID: decks.NewID(), Kind: decks.Question, Section: d.Sections[0].ID,
			Fields: map[decks.Field]string{decks.Front: fmt.Sprintf("Вопрос %d?", i), decks.Back: "ответ"}})
	}
	if _, err := c.Install(context.Background(), d, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: "x"}}); err != nil {
		t.Fatal(err)
	}
	return c
}

// A long list is read as far as it is looked at, and what is done to a card far
// down leaves the choice on it.
func TestLongListIsReadInPages(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	c := many(t, 1000)
	now := time.Now()
	n := &navtest.Navigator{}
	s := screen(c, n, i18n.New("ru"), &now)
	win := test.NewTempWindow(t, s.Object())
	win.Resize(fyne.NewSize(1280, 800))
	s.Shown()
	if s.total != 1000 || len(s.pages) != 1 {
		t.Fatalf("%d cards, %d pages read at once", s.total, len(s.pages))
	}
	s.Key(keys.End)
	row, ok := s.chosen()
	if !ok || row.Question != "Вопрос 999?" || len(s.pages) > 3 {
		t.Fatalf("chosen %q, %d pages read", row.Question, len(s.pages))
	}
	s.Key(keys.Up)
	s.Key(keys.F)
	if row, ok := s.chosen(); !ok || row.Question != "Вопрос 998?" || row.Flag != 1 {
		t.Errorf("after a flag the choice is at %+v", row)
	}
}

// The arrows lead from the search into the table, where letters are commands.
func TestArrowsLeadIntoTheTable(t *testing.T) {
	s, _, n := start(t)
	if n.Focused != s.field.Focusable() {
		t.Fatal("the search has not the keyboard")
	}
	s.field.Moved(keys.Down)
	if n.Focused != s.list.table || s.list.at != 1 {
		t.Errorf("row %d is chosen", s.list.at)
	}
	s.Key(keys.CtrlF)
	if n.Focused != s.field.Focusable() {
		t.Error("Ctrl F does not lead back")
	}
}

func TestEditIsOneFormThatReportsAFailure(t *testing.T) {
	s, c, n := start(t)
	row, _ := s.chosen()
	s.Key(keys.Enter)
	if len(n.Forms) != 1 || n.Forms[0].Dirty() {
		t.Fatalf("%d forms, or an untouched one is dirty", len(n.Forms))
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if n.Forms[0].Keep() != nil {
		t.Error("nothing was changed and something is written")
	}
	n.Forms[0].First.TypedRune('Ы')
	if !n.Forms[0].Dirty() || n.Forms[0].Keep() == nil {
		t.Errorf("an edit of %q that failed is not told", row.Question)
	}
}
