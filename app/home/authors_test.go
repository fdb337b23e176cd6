package home

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/subscribe"
)

// telling is the screen of a collection whose first deck is an author's, of whom there
// is news.
func telling(t *testing.T, n nav.Navigator, p *i18n.Printer, tell func(*subscribe.News)) (*Screen, *[]string) {
	t.Helper()
	at := now
	c := open(t, &at)
	fill(t, c)
	s, _ := screen(t, c, n, p, &at)
	asked := []string{}
	ask := func(what string) func(string) { return func(string) { asked = append(asked, what) } }
	s.o.Authors = Authors{
		News: func(ctx context.Context) ([]subscribe.News, error) {
			rows, err := c.Decks(ctx)
			if err != nil {
				return nil, err
			}
			n := subscribe.News{Subscription: collection.Subscription{Deck: rows[0].ID, Title: rows[0].Title, Feed: "lectern:https://example.org/feed.json"}}
			tell(&n)
			return []subscribe.News{n}, nil
		},
		Offered: ask("offered"), Check: ask("check"), Releases: ask("releases"),
	}
	return New(s.o), &asked
}

// chips are what the rows say of news.
func (l *deckList) chips() (out []*kit.Chip) {
	var look func(fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		switch x := o.(type) {
		case *kit.Chip:
			out = append(out, x)
		case *row:
			look(x.content)
		case *fyne.Container:
			for _, c := range x.Objects {
				look(c)
			}
		}
	}
	for _, line := range l.lines {
		look(line)
	}
	return out
}

func chipOf(s *Screen, text string) *kit.Chip {
	for _, c := range s.decks.chips() {
		if c.Text == text {
			return c
		}
	}
	return nil
}

// News is a quiet mark that opens the update; what was not believed says so.
func TestNewsOfAnAuthor(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	n := &navtest.Navigator{}
	what := func(x *subscribe.News) { x.Offer = &feed.Release{Seq: 45} }
	s, asked := telling(t, n, i18n.New("ru"), func(x *subscribe.News) { what(x) })
	s.Shown()
	chip := chipOf(s, "Выпуск 45")
	if chip == nil {
		t.Fatal("there is no mark")
	}
	test.Tap(chip)
	what = func(x *subscribe.News) { x.Alarm = fault.New(fault.StaleFeed, nil, "host", "example.org") }
	s.Reload()
	if chip = chipOf(s, "не принято"); chip == nil {
		t.Fatal("the alarm has no mark")
	}
	test.Tap(chip)
	if strings.Join(*asked, " ") != "offered releases" {
		t.Errorf("asked for %v", *asked)
	}
	before := len(s.decks.lines)
	what = func(x *subscribe.News) { x.Late = now.AddDate(0, -1, 0) }
	s.Reload()
	if len(s.decks.lines) != before+1 || chipOf(s, "не принято") != nil {
		t.Error("the silence has no line, or the alarm stays")
	}

	s.decks.menu(s.decks.sheet, collection.Scope{Deck: s.decks.decks[0].ID}, s.decks.decks[0])
	found := 0
	for _, a := range n.Menus[0] {
		if a.Text == "Проверить обновления" || a.Text == "Выпуски и автор…" {
			a.Do()
			found++
		}
	}
	if found != 2 || strings.Join(*asked, " ") != "offered releases check releases" {
		t.Errorf("%d items, asked for %v", found, *asked)
	}
}

// What cannot be read of an author keeps nobody from studying.
func TestNewsThatCannotBeRead(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	s, _ := telling(t, &navtest.Navigator{}, i18n.New("ru"), func(*subscribe.News) {})
	s.o.Authors.News = func(context.Context) ([]subscribe.News, error) { return nil, fault.New(fault.CorruptFile, nil) }
	s.Shown()
	if !s.loaded || len(s.decks.lines) == 0 {
		t.Error("the decks are not shown")
	}
}

func TestNewsPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many windows")
	}
	shelltest.Each(t, "02e-home-news", func(w shelltest.Window) nav.Screen {
		s, _ := telling(t, w.Shell, w.Printer, func(x *subscribe.News) {
			x.Offer = &feed.Release{Seq: 45}
			x.Late = now.Add(-time.Hour)
		})
		return s
	}, nil)
}
