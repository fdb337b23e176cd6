package opening

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"golang.org/x/text/encoding/charmap"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/fetch"
	"lectern/decks/intake"
	"lectern/decks/lecture"
)

type opened struct {
	*Opener
	nav       *navtest.Navigator
	pages     []*intake.Pages
	installed []collection.InstallResult
	clipboard string
	web       func(address string, typed bool) (*fetch.Page, error)
	later     []func() // background work that was put off
}

func start(t *testing.T, putOff bool) *opened {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	c, err := collection.Open(context.Background(), t.TempDir(), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	o := &opened{nav: &navtest.Navigator{}}
	p := i18n.New("ru")
	o.Opener = New(Options{
		Collection: c, Nav: func() nav.Navigator { return o.nav }, Printer: func() *i18n.Printer { return p },
		Clipboard: func() string { return o.clipboard },
		Import:    func(p *intake.Pages) { o.pages = append(o.pages, p) },
		Fetch: func(_ context.Context, address string, f fetch.Options) (*fetch.Page, error) {
			return o.web(address, f.Typed)
		},
		Installed: func(r collection.InstallResult, _ string) { o.installed = append(o.installed, r) },
		Decks:     &desk{},
		Background: func(f func()) {
			if putOff {
				o.later = append(o.later, f)
				return
			}
			f()
		},
	})
	return o
}

func utf16LE(s string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

const lesson = "Лекция о токенах\n\nВопросы:\n\n• Что такое токен и зачем он нужен?\n"

// Each file that cannot be used is one fault, and none leaves a trace.
func TestFiles(t *testing.T) {
	cp1251, err := charmap.Windows1251.NewEncoder().String(lesson)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, data string
		want       fault.Code // "" opens the page
		questions  int
	}{
		{"page.txt", lesson, "", 1},
		{"windows.txt", cp1251, "", 1},
		{"utf16.txt", string(utf16LE(lesson)), "", 1},
		{"quiet.txt", "Сегодня дождь. Завтра солнце.\n", "", 0},
		{"empty.txt", "", fault.EmptyPage, 0},
		{"blank.txt", " \n\t\n", fault.EmptyPage, 0},
		{"binary.txt", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00>\x00\x01\x00\x00\x00", fault.NotText, 0},
		{"deck.apkg", "PK\x03\x04", fault.UnknownFormat, 0},
		{"course.md", "---\nlectern: 1\ntitle: Курс\n---\n\n# Раздел\n\n## Вопрос без решётки", "", -1},
	} {
		o := start(t, false)
		path := filepath.Join(t.TempDir(), c.name)
		if err := os.WriteFile(path, []byte(c.data), 0o600); err != nil {
			t.Fatal(err)
		}
		o.Open([]string{path})
		switch {
		case c.questions < 0:
			if len(o.pages) != 0 || len(o.installed)+len(o.nav.Errors) != 1 {
				t.Errorf("%s: a course is taken for a page", c.name)
			}
		case c.want != "":
			if len(o.nav.Errors) != 1 || !fault.Is(o.nav.Errors[0], c.want) || len(o.pages) != 0 {
				t.Errorf("%s: errors %v, %d pages; want one %s", c.name, o.nav.Errors, len(o.pages), c.want)
			}
		case len(o.pages) != 1 || o.pages[0].Count() != c.questions || len(o.nav.Errors) != 0:
			t.Errorf("%s: %d pages, errors %v", c.name, len(o.pages), o.nav.Errors)
		}
	}
	o := start(t, false)
	o.Open([]string{"/no/such/file.txt"})
	if len(o.nav.Errors) != 1 || !fault.Is(o.nav.Errors[0], fault.UnreadableFile) {
		t.Errorf("a file that is not there: %v", o.nav.Errors)
	}
}

// What is read after it was stopped is dropped, whatever it is.
func TestStoppedReadingOpensNothing(t *testing.T) {
	for _, text := range []string{lesson, ""} {
		o := start(t, true)
		o.Text(text)
		o.nav.Waits[0]()
		o.later[0]()
		if len(o.pages)+len(o.nav.Errors) != 0 {
			t.Errorf("%q: %d pages, errors %v", text, len(o.pages), o.nav.Errors)
		}
	}
}

func TestPaste(t *testing.T) {
	o := start(t, false)
	o.clipboard = " \n"
	o.Paste()
	if len(o.pages) != 0 || len(o.nav.Toasts) != 1 {
		t.Errorf("an empty clipboard: %d pages, %d words", len(o.pages), len(o.nav.Toasts))
	}
	o.clipboard = lesson
	o.Paste()
	if len(o.pages) != 1 || o.pages[0].Origin().Name != "Лекция о токенах" || o.pages[0].Text() != lesson {
		t.Errorf("pasted: %+v", o.pages)
	}
	o.Open(nil)
	form := o.nav.Forms[0]
	if form.Dirty() || !fault.Is(form.Keep(), fault.EmptyPage) {
		t.Error("an empty form is taken for a page")
	}
}

func tree(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range []string{"б.txt", "А.md", "photo.jpg", ".hidden.txt", "курс/page.html", "Архив/x.ipynb"} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(lesson), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// Several pages, a folder and an archive are one course each; files of other
// sorts go their own ways.
func TestManyPages(t *testing.T) {
	root := t.TempDir()
	put := func(name, text string) string {
		path := filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
		return path
	}
	a, b := put("course/1.md", "# Один\n\n## Вопросы\n\n- Что такое один?\n"), put("course/2.md", "# Два\n\n## Вопросы\n\n- Что такое два?\n")
	bad := put("course/3.txt", "")
	var z bytes.Buffer
	zw := zip.NewWriter(&z)
	for _, name := range []string{a, b} {
		w, err := zw.Create(filepath.Base(name))
		if err != nil {
			t.Fatal(err)
		}
		data, _ := os.ReadFile(name)
		w.Write(data)
	}
	zw.Close()
	archive := put("course.zip", z.String())
	for what, paths := range map[string][]string{
		"two files": {b, a}, "a folder": {filepath.Dir(a)}, "an archive": {archive}, "with one that cannot be read": {bad, a, b},
	} {
		o := start(t, false)
		o.Open(paths)
		if len(o.pages) != 1 || len(o.nav.Errors) != 0 {
			t.Fatalf("%s: %d imports, errors %v", what, len(o.pages), o.nav.Errors)
		}
		var titles []string
		for _, p := range o.pages[0].Pages {
			titles = append(titles, p.Title)
		}
		if !slices.Equal(titles, []string{"Один", "Два"}) || o.pages[0].Count() != 2 {
			t.Errorf("%s: pages %q", what, titles)
		}
	}
	o := start(t, false)
	o.Open([]string{a, filepath.Join(root, "deck.apkg"), b})
	if len(o.pages) != 1 || len(o.nav.Errors) != 1 {
		t.Errorf("%d imports, errors %v", len(o.pages), o.nav.Errors)
	}
	o = start(t, false)
	o.Open([]string{t.TempDir()})
	if len(o.pages) != 0 || len(o.nav.Errors) != 1 || !fault.Is(o.nav.Errors[0], fault.NoCourse) {
		t.Errorf("an empty folder: %v", o.nav.Errors)
	}
}

// The host of an address is named before anything is fetched from it; a host of
// one's own network is asked about, and only it is then allowed.
func TestAddress(t *testing.T) {
	o := start(t, false)
	var asked []string
	o.web = func(address string, typed bool) (*fetch.Page, error) {
		asked = append(asked, address)
		if strings.Contains(address, "192.168.") && !typed {
			return nil, fault.New(fault.PrivateAddress, nil, "host", "192.168.0.5")
		}
		if strings.Contains(address, "moved") {
			return nil, fault.New(fault.PrivateAddress, nil, "host", "10.0.0.7")
		}
		if strings.Contains(address, "gone") {
			return nil, fault.New(fault.PageNotFound, nil, "host", "example.org")
		}
		return &fetch.Page{Address: address, Name: "lecture.md", Data: []byte("# Лекция\n\n## Вопросы\n\n- Что такое токен?\n")}, nil
	}
	o.clipboard = " https://github.com/o/r/blob/main/a.md\n"
	o.Paste()
	form := o.nav.Forms[0]
	if said := labels(t, form); !strings.Contains(said, "raw.githubusercontent.com") || len(asked) != 0 {
		t.Fatalf("asked of %v before it was said: %s", asked, said)
	}
	if err := form.Keep(); err != nil || len(o.pages) != 1 || o.pages[0].Origin().Name != "https://github.com/o/r/blob/main/a.md" {
		t.Fatalf("%v, %+v", err, o.pages)
	}
	o.address("http://192.168.0.5/l.html", false)
	if len(o.nav.Questions) != 1 || len(o.pages) != 1 {
		t.Fatalf("%d questions, %d pages", len(o.nav.Questions), len(o.pages))
	}
	o.nav.Questions[0].Yes.Do()
	if len(o.pages) != 2 || len(o.nav.Errors) != 0 {
		t.Errorf("allowed: %d pages, errors %v", len(o.pages), o.nav.Errors)
	}
	o.address("https://example.org/moved", false) // into the network of its reader
	if len(o.nav.Questions) != 1 || len(o.nav.Errors) != 1 || !fault.Is(o.nav.Errors[0], fault.PrivateAddress) {
		t.Errorf("%d questions, errors %v", len(o.nav.Questions), o.nav.Errors)
	}
	o.nav.Errors = nil
	o.address("https://example.org/gone", false)
	if len(o.nav.Errors) != 1 || !fault.Is(o.nav.Errors[0], fault.PageNotFound) {
		t.Errorf("errors %v", o.nav.Errors)
	}
	o.Open(nil) // what was typed is not lost
	if said := fields(t, o.nav.Forms[1]); !slices.Contains(said, "https://example.org/gone") {
		t.Errorf("the form begins with %q", said)
	}
	before := len(asked)
	o.address("ftp://example.org/", false)
	if len(asked) != before || len(o.nav.Errors) != 2 {
		t.Error("an address of another kind is fetched")
	}
}

// labels is what a form says.
func labels(t *testing.T, f nav.Form) string {
	test.NewTempWindow(t, f.Content).Resize(fyne.NewSize(600, 600))
	var b strings.Builder
	for _, o := range test.LaidOutObjects(f.Content) {
		if l, ok := o.(*kit.Label); ok {
			b.WriteString(l.Text + "\n")
		}
	}
	return b.String()
}

// fields are the texts of a form.
func fields(t *testing.T, f nav.Form) (out []string) {
	test.NewTempWindow(t, f.Content).Resize(fyne.NewSize(600, 600))
	for _, o := range test.LaidOutObjects(f.Content) {
		if l, ok := o.(*kit.Field); ok {
			out = append(out, l.Text())
		}
	}
	return out
}

// Every format that is read has a name.
func TestFormatsAreNamed(t *testing.T) {
	for _, lang := range i18n.Languages {
		said := formats(i18n.New(lang))
		for _, f := range lecture.Formats {
			if strings.Contains(said, "open.format_") {
				t.Errorf("%s: %s has no name: %s", lang, f.Name, said)
			}
		}
	}
}

func TestPictures(t *testing.T) {
	root := tree(t)
	for name, show := range map[string]func(*Opener){
		"open":    func(w *Opener) { w.Open(nil) },
		"choose":  func(w *Opener) { w.dir = root; w.choose() },
		"address": func(w *Opener) { w.ask("https://github.com/course/lectures/blob/main/01.md") },
	} {
		if name != "open" && os.Getenv("LECTERN_SHOTS") == "" {
			continue // the other tests draw them
		}
		shelltest.Each(t, name, func(w shelltest.Window) nav.Screen { return blank{} }, func(t *testing.T, w shelltest.Window, _ nav.Screen) {
			o := New(Options{Nav: func() nav.Navigator { return w.Shell }, Printer: func() *i18n.Printer { return w.Printer }, Background: func(f func()) { f() }})
			show(o)
		})
	}
}

// blank is a screen under a sheet.
type blank struct{}

func (blank) Object() fyne.CanvasObject      { return &fyne.Container{} }
func (blank) Key(keys.Key) bool              { return false }
func (blank) Help() []nav.Hint               { return nil }
func (blank) Bar() nav.Bar                   { return nav.Bar{Tab: nav.Today} }
func (blank) Shown()                         {}
func (blank) Hidden()                        {}
func (blank) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
