package saving

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/fault"
)

type rig struct {
	*Saver
	nav      *navtest.Navigator
	dir      string
	revealed string
}

func newRig(t *testing.T) *rig {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	r := &rig{nav: &navtest.Navigator{}, dir: t.TempDir()}
	p := i18n.New("ru")
	r.Saver = New(Options{
		Nav: func() nav.Navigator { return r.nav }, Printer: func() *i18n.Printer { return p }, Background: func(f func()) { f() },
		Dir: r.dir, Reveal: func(path string) { r.revealed = path },
	})
	return r
}

func says(text string) func(context.Context, io.Writer) error {
	return func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

func (r *rig) list(t *testing.T) string {
	t.Helper()
	entries, err := os.ReadDir(r.dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, ", ")
}

func (r *rig) keep(t *testing.T) {
	t.Helper()
	if err := r.nav.Forms[len(r.nav.Forms)-1].Keep(); err != nil {
		t.Fatal(err)
	}
}

func TestASavedFileIsToldAndShown(t *testing.T) {
	r := newRig(t)
	done := 0
	ask := Ask{Title: "Поделиться", Name: "Понимание: LLM", Ext: ".lectern", Write: says("первая"), Done: func() { done++ }}
	r.Save(ask)
	r.keep(t)
	if got := r.list(t); got != "Понимание LLM.lectern" || done != 1 {
		t.Fatalf("%q, told %d times", got, done)
	}
	if got := r.nav.Toasts; len(got) != 1 || got[0] != "Сохранено: Понимание LLM.lectern" {
		t.Errorf("%q", got)
	}
	r.nav.Offered[0].Do()
	if r.revealed != filepath.Join(r.dir, "Понимание LLM.lectern") {
		t.Errorf("shown: %q", r.revealed)
	}
	// The next one is offered a name of its own.
	ask.Write = says("вторая")
	r.Save(ask)
	r.keep(t)
	if got := r.list(t); got != "Понимание LLM 2.lectern, Понимание LLM.lectern" {
		t.Errorf("%q", got)
	}
}

func TestAFileThatIsThereIsReplacedOnlyAfterAQuestion(t *testing.T) {
	r := newRig(t)
	path := filepath.Join(r.dir, "a.csv")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	read := func() string {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	f := newForm(r.Saver, Ask{Name: "a", Ext: ".csv", Write: says("new")})
	if f.name.Text() != "a 2" || strings.TrimSpace(strings.ReplaceAll(f.there.Text, "\u00a0", "")) != "" {
		t.Errorf("%q, %q", f.name.Text(), f.there.Text)
	}
	f.name.SetText("a.csv") // with its ending it is the same
	f.look()
	if !strings.Contains(f.there.Text, "уже есть") {
		t.Errorf("it says %q", f.there.Text)
	}
	if err := f.keep(); err != nil || len(r.nav.Questions) != 1 || read() != "old" {
		t.Fatalf("%v, %d questions, %q", err, len(r.nav.Questions), read())
	}
	r.nav.Questions[0].Yes.Do()
	if read() != "new" {
		t.Error("it was not replaced")
	}
	if err := os.Mkdir(filepath.Join(r.dir, "b.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	f.name.SetText("b")
	if err := f.keep(); !fault.Is(err, fault.BadArgument) {
		t.Errorf("a folder in its place: %v", err)
	}
}

func TestAFolderIsSavedAndNeverReplaced(t *testing.T) {
	r := newRig(t)
	a := Ask{Name: "курс", Files: func(context.Context) (map[string][]byte, error) {
		return map[string][]byte{"course.md": []byte("# A"), "media/a.svg": []byte("<svg/>")}, nil
	}}
	r.Save(a)
	r.keep(t)
	if b, err := os.ReadFile(filepath.Join(r.dir, "курс", "media", "a.svg")); err != nil || string(b) != "<svg/>" {
		t.Errorf("%q, %v", b, err)
	}
	f := newForm(r.Saver, a)
	f.name.SetText("курс")
	if err := f.keep(); !fault.Is(err, fault.BadArgument) {
		t.Errorf("%v", err)
	}
}

func TestWhatFailsLeavesNothing(t *testing.T) {
	r := newRig(t)
	for _, c := range []struct {
		err  error
		want fault.Code
	}{
		{fault.New(fault.SharedPast, nil, "author", "Аня"), fault.SharedPast},
		{syscall.ENOSPC, fault.DiskFull},
		{errors.New("odd"), fault.UnwritableFile},
	} {
		r.Save(Ask{Name: "a", Ext: ".csv", Write: func(context.Context, io.Writer) error { return c.err }})
		r.keep(t)
		if got := r.nav.Errors[len(r.nav.Errors)-1]; !fault.Is(got, c.want) {
			t.Errorf("%v is told as %v", c.err, got)
		}
	}
	var told error
	r.Save(Ask{Name: "a", Ext: ".csv", Write: func(context.Context, io.Writer) error { return syscall.ENOSPC }, Failed: func(err error) { told = err }})
	r.keep(t)
	if !fault.Is(told, fault.DiskFull) || len(r.nav.Errors) != 3 {
		t.Errorf("told %v", told)
	}
	// Stopped while it writes, it says nothing.
	r.Save(Ask{Name: "a", Ext: ".csv", Write: func(_ context.Context, w io.Writer) error {
		r.nav.Waits[len(r.nav.Waits)-1]()
		_, err := w.Write(bytes.Repeat([]byte("x"), 100))
		return err
	}})
	r.keep(t)
	if len(r.nav.Errors) != 3 || len(r.nav.Toasts) != 0 {
		t.Errorf("%v, %q", r.nav.Errors, r.nav.Toasts)
	}
	if got := r.list(t); got != "" {
		t.Errorf("left behind: %q", got)
	}
	f := newForm(r.Saver, Ask{Name: "a", Ext: ".csv", Write: says("x")})
	f.dir = filepath.Join(r.dir, "нет")
	if err := f.keep(); err != nil {
		t.Fatal(err)
	}
	if got := r.nav.Errors[len(r.nav.Errors)-1]; !fault.Is(got, fault.UnwritableFile) {
		t.Errorf("%v", got)
	}
}

func TestNames(t *testing.T) {
	for given, want := range map[string]string{
		"Понимание LLM": "Понимание LLM", " a/b\\c: d? ": "a b c d", "..": "", "con": "_con", "NUL.txt": "_NUL.txt", "Контракт": "Контракт",
		"a\u202etxt.exe": "atxt.exe", "a\nb\x00": "a b", strings.Repeat("ё", 90): strings.Repeat("ё", 60), "...скрытый": "скрытый",
	} {
		if got := Clean(given); got != want {
			t.Errorf("%q is %q, want %q", given, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "name")
		got := Clean(s)
		if got != "" && (!filepath.IsLocal(got) || got != filepath.Base(got) || !utf8.ValidString(got) || strings.HasPrefix(got, ".")) {
			t.Fatalf("%q is %q", s, got)
		}
		if Clean(got) != got {
			t.Fatalf("%q, then %q, then %q", s, got, Clean(got))
		}
	})
}

func TestShort(t *testing.T) {
	if filepath.Separator != '/' {
		t.Skip("paths are shown as they are")
	}
	t.Setenv("HOME", "/srv/anna")
	r := newRig(t)
	for given, want := range map[string]string{"/srv/anna": "Домашняя папка", "/srv/anna/Документы": "~/Документы", "/srv/annabel": "/srv/annabel", "/": "/"} {
		if got := r.short(given); got != want {
			t.Errorf("%s is shown as %s, want %s", given, got, want)
		}
	}
}

func TestPictures(t *testing.T) {
	shelltest.Each(t, "saving", func(w shelltest.Window) nav.Screen { return &blank{} }, func(t *testing.T, w shelltest.Window, _ nav.Screen) {
		dir := filepath.Join(t.TempDir(), "Документы")
		if err := os.MkdirAll(filepath.Join(dir, "x.lectern"), 0o700); err != nil {
			t.Fatal(err)
		}
		s := New(Options{Nav: func() nav.Navigator { return w.Shell }, Printer: func() *i18n.Printer { return w.Printer }, Background: func(f func()) { f() }, Dir: dir})
		f := newForm(s, Ask{Name: "x", Ext: ".lectern"})
		f.name.SetText("x")
		f.look()
		w.Shell.Form(nav.Form{Title: w.Printer.T("saving.where_title"), Content: f.content, First: f.name.Focusable(), Save: w.Printer.T("saving.save"), Keep: f.keep})
	})
}
