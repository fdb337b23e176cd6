package cards

import (
	"context"
	"testing"
	"time"

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
		list.query.Text = "обуч"
		list.field.SetText("обуч")
		list.Reload()
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
	if s.found.Total != 20 {
		t.Fatalf("%d cards", s.found.Total)
	}
	for query, least := range map[string]int{"ТОКЕН": 3, "трех этапов": 1, "промпт-инъекция": 1, "нет такого слова": 0} {
		s.query.Text = query
		s.Reload()
		if (least == 0) != (s.found.Total == 0) || s.found.Total < least {
			t.Errorf("%q finds %d", query, s.found.Total)
		}
	}
	s.query.Text = ""
	s.query.Unanswered = true
	s.Reload()
	if s.found.Total != 2 {
		t.Errorf("%d cards need an answer, want 2", s.found.Total)
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
