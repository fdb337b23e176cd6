package teach_test

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/shell"
	"lectern/app/teach"
	"lectern/app/theme"
	"lectern/assets/i18n"
)

// In the window the folder of a new course is chosen over the form, which is still there
// afterwards; until it is, the folder follows the title.
func TestTheFolderOfANewCourse(t *testing.T) {
	d := at(t)
	t.Setenv("HOME", d.home)
	win := test.NewTempWindow(t, nil)
	var s nav.Screen
	get := func() nav.Screen { return s }
	nothing := func(shell.Step) {}
	frame := shell.New(win, shell.Options{
		Words: func() *i18n.Printer { return d.p }, Today: get, Cards: get, Statistics: get, Settings: get,
		Open: func([]string) {}, Paste: func() {}, Undo: nothing, Redo: nothing, Quit: func() {},
	})
	s = teach.New(teach.Options{Settings: d.set, Nav: frame, Printer: d.p, Background: atOnce, Work: func(dir string, _ bool) { d.dir = dir }})
	win.Resize(fyne.NewSize(theme.StartWidth, theme.StartHeight))
	frame.Start(s)
	frame.Press(keys.CtrlN)

	top := func() fyne.CanvasObject { return win.Canvas().Overlays().Top() }
	fields := func() (all []*kit.Field) {
		walk(top(), func(o fyne.CanvasObject) {
			if f, ok := o.(*kit.Field); ok {
				all = append(all, f)
			}
		})
		return all
	}
	press := func(word string) {
		t.Helper()
		var found *kit.Button
		walk(top(), func(o fyne.CanvasObject) {
			if b, ok := o.(*kit.Button); ok && b.Text == word {
				found = b
			}
		})
		if found == nil {
			t.Fatalf("there is no button %q", word)
		}
		test.Tap(found)
	}
	form := fields()
	form[0].SetText("Токены: начало?")
	form[0].Changed(form[0].Text())
	if got := form[1].Text(); got != filepath.Join(d.home, "Токены начало") {
		t.Errorf("the folder is %q", got)
	}
	press("Выбрать…")
	press("Выбрать эту папку")
	if again := fields(); len(again) != 3 || again[0] != form[0] {
		t.Fatal("the form is gone")
	}
	frame.Press(keys.CtrlEnter)
	if top() != nil || d.dir != filepath.Join(d.home, "Токены начало") {
		t.Errorf("made in %q", d.dir)
	}
}
