// Package shelltest shows a screen in the window's real frame, off screen, in
// both languages, light and dark, at the sizes of the design. With
// LECTERN_SHOTS set to a folder the pictures are written there, to be looked at
// beside the design; without it the test holds that the screen can be drawn.
package shelltest

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/nav"
	"lectern/app/shell"
	"lectern/app/theme"
	"lectern/assets/i18n"
)

// Window is one way to show a screen.
type Window struct {
	Shell   *shell.Shell
	Canvas  fyne.Canvas
	Printer *i18n.Printer
	Small   bool
}

// The sizes of the design, and the first of them at 150 %.
var sizes = []fyne.Size{
	fyne.NewSize(theme.StartWidth, theme.StartHeight), fyne.NewSize(theme.MinWidth, theme.MinHeight), fyne.NewSize(853, 533),
}

// Each makes the screen for each way and shows it. Then, which may be nil, acts
// on it before the picture is taken; it must wait for what it starts.
func Each(t *testing.T, name string, screen func(Window) nav.Screen, then func(*testing.T, Window, nav.Screen)) {
	t.Helper()
	dir := os.Getenv("LECTERN_SHOTS")
	for _, lang := range i18n.Languages {
		for _, mode := range []theme.Mode{theme.LightMode, theme.DarkMode} {
			for _, size := range sizes {
				if dir == "" && size == sizes[2] {
					continue
				}
				if dir == "" && (mode == theme.DarkMode || lang == "en") && size.Width != theme.MinWidth {
					continue // without pictures, half of the ways tells as much
				}
				if dir == "" && testing.Short() && (mode == theme.DarkMode) != (lang == "en") {
					continue // and two of them what the race detector is to see
				}
				file := fmt.Sprintf("%s-%s-%s-%dx%d.png", name, lang, mode, int(size.Width), int(size.Height))
				t.Run(file, func(t *testing.T) { one(t, dir, file, lang, mode, size, screen, then) })
			}
		}
	}
}

func one(t *testing.T, dir, file, lang string, mode theme.Mode, size fyne.Size, screen func(Window) nav.Screen, then func(*testing.T, Window, nav.Screen)) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
	p := i18n.New(lang)
	win := test.NewTempWindow(t, nil)
	var s nav.Screen
	get := func() nav.Screen { return s }
	frame := shell.New(win, shell.Options{
		Words: func() *i18n.Printer { return p }, Today: get, Cards: get, Statistics: get, Settings: get,
		Open: func([]string) {}, Paste: func() {}, Undo: func(shell.Step) {}, Redo: func(shell.Step) {}, Quit: func() {},
	})
	win.Resize(size)
	w := Window{Shell: frame, Canvas: win.Canvas(), Printer: p, Small: theme.Small(size)}
	s = screen(w)
	frame.Start(s)
	win.Resize(size)
	if then != nil {
		then(t, w, s)
	}
	picture := win.Canvas().Capture()
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, picture); err != nil {
		t.Fatal(err)
	}
}
