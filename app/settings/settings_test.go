package settings

import (
	"context"
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
	"lectern/scheduler"
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
		Collection: c, Nav: n, Printer: p, Mode: theme.LightMode,
		SetTheme: func(theme.Mode) error { return nil }, SetScale: func(int) error { return nil }, Speak: func(string) error { return nil },
		Restore: func(path string) { *restored = append(*restored, path) }, Background: func(f func()) { f() },
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

func TestChangesHoldAtOnce(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	c := open(t)
	n := &navtest.Navigator{}
	s := screen(c, n, i18n.New("ru"), new([]string))
	s.change(func(p *scheduler.Preset) { p.NewPerDay, p.FourButtons, p.Retention = 25, true, 0.95 })
	got, err := c.Preset(context.Background())
	if err != nil || got.NewPerDay != 25 || !got.FourButtons || got.Retention != 0.95 {
		t.Fatalf("%+v, %v", got, err)
	}
	s.change(func(p *scheduler.Preset) { p.Retention = 2 })
	if len(n.Errors) != 1 || s.preset.Retention != 0.95 {
		t.Errorf("a wrong value: %d errors, retention %v", len(n.Errors), s.preset.Retention)
	}
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

func TestWhatIsNoNumberIsNotKept(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	c := open(t)
	s := screen(c, &navtest.Navigator{}, i18n.New("ru"), new([]string))
	var field *kit.Field
	for _, o := range s.number(10, 30, func(p *scheduler.Preset, n int) { p.NewPerDay = n }).(*fyne.Container).Objects {
		field = o.(*kit.Field)
	}
	for text, want := range map[string]int{"12": 12, "x": 12, "-3": 12, "31": 12, "": 12} {
		field.Changed("12")
		field.Changed(text)
		field.Left(text)
		if got, err := c.Preset(context.Background()); err != nil || got.NewPerDay != want || field.Text() != "12" && text != "12" {
			t.Errorf("%q: %d kept, the field says %q (%v)", text, got.NewPerDay, field.Text(), err)
		}
	}
}
