package settings

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
)

func open(t *testing.T) *collection.Collection {
	t.Helper()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("MSK", 3*3600))
	c, err := collection.Open(context.Background(), t.TempDir(), collection.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func screen(c *collection.Collection, n nav.Navigator, p *i18n.Printer, restored *[]string) *Screen {
	return New(Options{
		Collection: c, Nav: n, Printer: p, Load: func() {}, Mode: theme.LightMode,
		SetTheme: func(theme.Mode) error { return nil }, SetScale: func(int) error { return nil }, Speak: func(string) error { return nil },
		Restore: func(path string) { *restored = append(*restored, path) }, Background: func(f func()) { f() },
		Drafts: Drafts{Settings: c, Ring: ring{}, Getenv: func(string) string { return "" }},
	})
}

func TestPictures(t *testing.T) {
	shelltest.Each(t, "settings", func(w shelltest.Window) nav.Screen {
		c := open(t)
		if _, err := c.Backup(context.Background(), "", "manual"); err != nil {
			t.Fatal(err)
		}
		return screen(c, w.Shell, w.Printer, new([]string))
	}, nil)
}

func TestBackupAndTheWayBack(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	c := open(t)
	n := &navtest.Navigator{}
	var restored []string
	s := screen(c, n, i18n.New("en"), &restored)
	s.backup()
	all, err := c.Backups(context.Background())
	if err != nil || len(all) == 0 {
		t.Fatalf("%d backups, %v", len(all), err)
	}
	s.ask(all[0])
	n.Questions[0].Yes.Do()
	if len(restored) != 1 || restored[0] != all[0].Path {
		t.Errorf("restored %v", restored)
	}
}
