package teach_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/teach"
	"lectern/app/teach/bench"
	"lectern/app/teach/launch"
	"lectern/app/teach/workshop"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/course/ship"
)

// settings keep what a collection would.
type settings map[string]string

func (s settings) Setting(_ context.Context, key string) (string, error) { return s[key], nil }

func (s settings) SetSetting(_ context.Context, key, value string) error {
	s[key] = value
	return nil
}

// desk is an instructor at a computer: his home, the screens, what he does on them.
type desk struct {
	t     *testing.T
	home  string
	set   settings
	nav   *navtest.Navigator
	p     *i18n.Printer
	now   time.Time
	store ship.Store

	dir    string // of the course that is worked on
	copied string
	opened []string
	state  bench.State // with which another screen was asked for
}

func at(t *testing.T) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	return sitting(t)
}

// sitting is a desk in a window that is there.
func sitting(t *testing.T) *desk {
	t.Helper()
	home := t.TempDir()
	return &desk{
		t: t, home: home, set: settings{}, nav: &navtest.Navigator{}, p: i18n.New("ru"),
		now: time.Date(2027, 2, 3, 10, 0, 0, 0, time.UTC), store: ship.Store{Dir: filepath.Join(home, "keys")},
	}
}

func (d *desk) bench(site string) bench.Course {
	return bench.Course{Dir: d.dir, Site: site, Store: d.store, Now: func() time.Time { return d.now }}
}

func (d *desk) site() string {
	at, err := bench.Find(context.Background(), d.set, d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	return at.Site
}

func (d *desk) open(path string) error {
	d.opened = append(d.opened, path)
	return nil
}

func atOnce(f func()) { f() }

func (d *desk) list() *teach.Screen {
	s := teach.New(teach.Options{
		Settings: d.set, Nav: d.nav, Printer: d.p, Reveal: d.open, Background: atOnce,
		Work: func(dir string, _ bool) { d.dir = dir },
	})
	d.window(s)
	return s
}

func (d *desk) workshop() *workshop.Screen {
	s := workshop.New(workshop.Options{
		Course: func() workshop.Course { return d.bench(d.site()) }, Nav: d.nav, Printer: d.p, Dir: d.dir, Background: atOnce,
		Edit: d.open, Reveal: d.open, Copy: func(text string) { d.copied = text },
		Release: func(s bench.State) { d.state = s }, Class: func(s bench.State) { d.state = s },
	})
	d.window(s)
	return s
}

func (d *desk) launch() *launch.Screen {
	s := launch.New(d.launching(atOnce))
	d.window(s)
	return s
}

func (d *desk) launching(background func(func())) launch.Options {
	return launch.Options{
		Course: func(site string) launch.Course { return d.bench(site) }, Site: filepath.Join(d.home, "public"), Papers: d.home, State: d.state,
		KeepSite: func(site string) {
			if err := bench.Keep(context.Background(), d.set, bench.Place{Dir: d.dir, Site: site}); err != nil {
				d.t.Error(err)
			}
		},
		Nav: d.nav, Printer: d.p, Now: func() time.Time { return d.now }, Open: d.open, Copy: func(text string) { d.copied = text }, Background: background,
	}
}

// window lays a screen out, so high that all of it is in sight.
func (d *desk) window(s nav.Screen) {
	d.t.Helper()
	test.NewTempWindow(d.t, s.Object()).Resize(fyne.NewSize(theme.StartWidth, 6000))
	s.Shown()
}

// walk calls f for every object that is shown.
func walk(o fyne.CanvasObject, f func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	f(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			walk(c, f)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			walk(c, f)
		}
	}
}

// text is what a screen says.
func text(s nav.Screen) string {
	var b strings.Builder
	walk(s.Object(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *kit.Text:
			b.WriteString(o.Text + "\n")
		case *kit.Label:
			b.WriteString(o.Text + "\n")
		case *kit.Chip:
			b.WriteString(o.Text + "\n")
		}
	})
	return strings.ReplaceAll(b.String(), "\u00a0", " ")
}

func (d *desk) says(s nav.Screen, parts ...string) {
	d.t.Helper()
	got := text(s)
	for _, want := range parts {
		if !strings.Contains(got, want) {
			d.t.Fatalf("the screen does not say %q but\n%s", want, got)
		}
	}
}

// tap presses the button with a word, on the screen or in its bar.
func (d *desk) tap(s nav.Screen, word string) {
	d.t.Helper()
	var found *kit.Button
	look := func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.Button); ok && b.Text == word && found == nil {
			found = b
		}
	}
	walk(s.Object(), look)
	for _, o := range s.Bar().Actions {
		walk(o, look)
	}
	switch {
	case found == nil:
		d.t.Fatalf("there is no button %q in\n%s", word, text(s))
	case !found.Enabled():
		d.t.Fatalf("the button %q cannot be pressed on\n%s", word, text(s))
	}
	test.Tap(found)
}

// fill types into the n-th field that is shown, and leaves it.
func (d *desk) fill(o fyne.CanvasObject, n int, value string) {
	d.t.Helper()
	var fields []*kit.Field
	walk(o, func(o fyne.CanvasObject) {
		if f, ok := o.(*kit.Field); ok {
			fields = append(fields, f)
		}
	})
	if n >= len(fields) {
		d.t.Fatalf("there are %d fields", len(fields))
	}
	f := fields[n]
	f.SetText(value)
	if f.Changed != nil {
		f.Changed(value)
	}
	if f.Left != nil {
		f.Left(value)
	}
}

func (d *desk) file() string { return filepath.Join(d.dir, "course.md") }

// write changes the course as an editor does.
func (d *desk) write(change func(string) string) {
	d.t.Helper()
	b, err := os.ReadFile(d.file())
	if err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(d.file(), []byte(change(string(b))), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) swap(old, now string) {
	d.write(func(s string) string {
		if !strings.Contains(s, old) {
			d.t.Fatalf("%q is not in\n%s", old, s)
		}
		return strings.Replace(s, old, now, 1)
	})
}

func (d *desk) add(card string) { d.write(func(s string) string { return s + "\n" + card }) }

// begin makes a course from the window.
func (d *desk) begin() {
	d.t.Helper()
	list := d.list()
	d.says(list, "Здесь будут курсы")
	list.Key(keys.CtrlN)
	form := d.nav.Forms[len(d.nav.Forms)-1]
	test.NewTempWindow(d.t, form.Content)
	if err := form.Keep(); err == nil {
		d.t.Fatal("a course without a title was made")
	}
	d.fill(form.Content, 0, "Языковые модели: весна")
	d.fill(form.Content, 1, filepath.Join(d.home, "Языковые модели"))
	d.fill(form.Content, 2, "А. П. Иванова")
	if err := form.Keep(); err != nil {
		d.t.Fatal(err)
	}
	if d.dir != filepath.Join(d.home, "Языковые модели") {
		d.t.Fatalf("the course is shown in %q", d.dir)
	}
}
