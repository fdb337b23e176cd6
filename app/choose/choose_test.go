package choose

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/theme"
	"lectern/assets/i18n"
)

func asked(n nav.Navigator, dir string, chosen func([]string)) Options {
	return Options{
		Printer: i18n.New("ru"), Nav: n, Background: func(f func()) { f() }, Dir: dir, Chosen: chosen,
		Takes:   func(name string) bool { return filepath.Ext(name) != ".jpg" },
		Nothing: "ничего", Whole: "Взять всю папку", Empty: "пусто",
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
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// The chooser lists folders first and only what can be opened, and is walked
// by keys alone.
func TestChooserIsWalkedByKeys(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	root := tree(t)
	n := &navtest.Navigator{}
	var chosen []string
	c := newChooser(asked(n, root, func(p []string) { chosen = append(chosen, p...) }))
	win := test.NewTempWindow(t, c.room)
	win.Resize(fyne.NewSize(600, 560))
	names := func() string {
		var out []string
		for _, x := range c.names {
			out = append(out, x.name)
		}
		return strings.Join(out, " ")
	}
	if got := names(); got != "Архив курс А.md б.txt" {
		t.Fatalf("listed %q", got)
	}
	if n.Focused != c.list {
		t.Error("the list has not the keyboard")
	}
	press := func(ks ...fyne.KeyName) {
		for _, k := range ks {
			c.list.TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	press(fyne.KeyDown, fyne.KeyReturn)
	if got := names(); got != "page.html" {
		t.Fatalf("in the folder %q", got)
	}
	press(fyne.KeyBackspace, fyne.KeyEnd, fyne.KeyReturn)
	if !slices.Equal(chosen, []string{filepath.Join(root, "б.txt")}) {
		t.Errorf("chosen %v", chosen)
	}
	c.all = true
	c.show(root)
	if got := names(); !strings.Contains(got, "photo.jpg") || strings.Contains(got, "hidden") {
		t.Errorf("with all files: %q", got)
	}
	c.show(filepath.Join(root, "нет"))
	if !c.empty.Visible() || c.empty.Text == "" {
		t.Error("a folder that cannot be read is not told")
	}
}

func TestUserDirsAreReadFromTheDesktop(t *testing.T) {
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, "user-dirs.dirs"), []byte("# made\nXDG_DOWNLOAD_DIR=\"$HOME/Загрузки\"\nXDG_DESKTOP_DIR=\"/srv/desk\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := userDirs(home, func(string) string { return home })
	if got["DOWNLOAD"] != filepath.Join(home, "Загрузки") || got["DESKTOP"] != "/srv/desk" || got["DOCUMENTS"] != filepath.Join(home, "Documents") {
		t.Errorf("%v", got)
	}
}

// Several files chosen with Shift come together, and a folder as a whole.
func TestChooserTakesSeveral(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	root := tree(t)
	var chosen []string
	c := newChooser(asked(&navtest.Navigator{}, root, func(p []string) { chosen = p }))
	test.NewTempWindow(t, c.room).Resize(fyne.NewSize(600, 560))
	if c.take.Text != "Взять всю папку" {
		t.Errorf("the button says %q", c.take.Text)
	}
	test.Tap(c.take)
	if !slices.Equal(chosen, []string{root}) {
		t.Errorf("the folder: %v", chosen)
	}
	c.list.Press(keys.End)
	c.list.Press(keys.ShiftUp)
	if c.take.Text != "Взять 2 файла" {
		t.Errorf("with two files the button says %q", c.take.Text)
	}
	c.list.Press(keys.Enter)
	if want := []string{filepath.Join(root, "А.md"), filepath.Join(root, "б.txt")}; !slices.Equal(chosen, want) {
		t.Errorf("chosen %v, want %v", chosen, want)
	}
}

// Where a folder is asked for, files are not listed, and the folder that is shown is
// taken even when it is empty.
func TestChooserOfFolders(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	root := tree(t)
	var chosen []string
	o := asked(&navtest.Navigator{}, root, func(p []string) { chosen = p })
	o.Folders, o.Empty, o.Whole = true, "", "Выбрать эту папку"
	c := newChooser(o)
	test.NewTempWindow(t, c.room).Resize(fyne.NewSize(600, 560))
	if len(c.names) != 2 || !c.names[0].dir || !c.names[1].dir {
		t.Fatalf("listed %v", c.names)
	}
	c.list.Press(keys.Down)
	c.list.Press(keys.Enter)
	test.Tap(c.take)
	if want := []string{filepath.Join(root, "курс")}; !slices.Equal(chosen, want) {
		t.Errorf("chosen %v, want %v", chosen, want)
	}
}
