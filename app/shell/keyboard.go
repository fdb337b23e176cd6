package shell

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
)

// listen takes over the canvas's keys: events for what every layout shares,
// runes for letters, shortcuts for chords.
func (s *Shell) listen() {
	c := s.win.Canvas()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if k := keys.FromEvent(ev); k != keys.None {
			s.key(k)
		}
	})
	c.SetOnTypedRune(func(r rune) {
		if k := keys.FromRune(r); k != keys.None {
			s.key(k)
		}
	})
	kit.OnChord(c, s.key)
	for _, k := range keys.Chords {
		for _, sc := range keys.Shortcuts(k) {
			c.AddShortcut(sc, func(fyne.Shortcut) { s.key(k) })
		}
	}
}

// Press acts as if a key was pressed; for walks through the window.
func (s *Shell) Press(k keys.Key) { s.key(k) }

// key gives a press to what lies on top: an overlay, the screen, the window.
func (s *Shell) key(k keys.Key) {
	if k == keys.F11 {
		s.FullScreen()
		return
	}
	if o := kit.TopOverlay(s.win.Canvas()); o != nil {
		o.Key(k)
		return
	}
	if s.win.Canvas().Overlays().Top() != nil {
		return // a dialog of Fyne's own has its own keys
	}
	if top := s.Top(); top != nil && k != keys.F1 && top.Key(k) {
		return
	}
	switch k {
	case keys.F1:
		s.help()
	case keys.Esc:
		if !s.closeError() {
			s.Back()
		}
	case keys.AltLeft:
		s.Back()
	case keys.CtrlO:
		s.o.Open(nil)
	case keys.CtrlV:
		s.o.Paste()
	case keys.CtrlF:
		s.tab(nav.Cards)
	case keys.CtrlZ:
		s.Undo()
	case keys.CtrlY, keys.CtrlShiftZ:
		s.Redo()
	case keys.CtrlQ:
		s.Quit()
	}
}

// Undo undoes the latest operation of the collection and says so by name.
func (s *Shell) Undo() {
	s.o.Undo(func(name string, err error) {
		if err != nil {
			s.Error(err)
			return
		}
		s.Toast(s.t("shell.undone", "What", name), nav.Action{Text: s.t("shell.redo"), Key: keys.CtrlY, Do: s.Redo})
	})
}

// Redo does the latest undone operation again.
func (s *Shell) Redo() {
	s.o.Redo(func(name string, err error) {
		if err != nil {
			s.Error(err)
			return
		}
		s.Toast(s.t("shell.redone", "What", name), nav.Action{Text: s.t("shell.undo"), Key: keys.CtrlZ, Do: s.Undo})
	})
}

// help shows the keys of the screen and, below, those that hold everywhere.
func (s *Shell) help() {
	own := s.Top().Help()
	all := []nav.Hint{
		{Keys: []keys.Key{keys.CtrlO}, Text: s.t("shell.key_open")},
		{Keys: []keys.Key{keys.CtrlV}, Text: s.t("shell.key_paste")},
		{Keys: []keys.Key{keys.CtrlF}, Text: s.t("shell.key_search")},
		{Keys: []keys.Key{keys.CtrlZ}, Text: s.t("shell.key_undo")},
		{Keys: []keys.Key{keys.CtrlY}, Text: s.t("shell.key_redo")},
		{Keys: []keys.Key{keys.Esc}, Text: s.t("shell.key_back")},
		{Keys: []keys.Key{keys.Tab}, Text: s.t("shell.key_tab")},
		{Keys: []keys.Key{keys.F11}, Text: s.t("shell.key_full")},
	}
	body := kit.Column(6)
	for _, h := range own {
		body.Add(s.hint(h))
	}
	if len(own) > 0 {
		body.Add(kit.Pad(kit.Sides(10, 0), kit.Rule()))
	}
	body.Add(kit.NewText(s.t("shell.keys_everywhere"), kit.Caption, theme.Muted))
	for _, h := range all {
		body.Add(s.hint(h))
	}
	kit.ShowSheet(s.win.Canvas(), s.t("shell.keys"), 560, body, nil)
}

func (s *Shell) hint(h nav.Hint) fyne.CanvasObject {
	caps := kit.Row(6, kit.Middle)
	for _, k := range h.Keys {
		caps.Add(kit.NewKeyCap(k))
		if other := k.Cyrillic(); other != "" && s.o.Words().Lang() == "ru" {
			c := kit.NewKeyCap(k)
			c.Text = other
			caps.Add(c)
		}
	}
	return kit.Row(16, kit.Middle, kit.Fixed(176, 28, caps), kit.Flex(kit.NewLabel(h.Text, kit.Body, theme.Ink)))
}

func (s *Shell) dropped(uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, given(u.Path()))
		}
	}
	if len(paths) == 0 {
		return
	}
	if over := kit.TopOverlay(s.win.Canvas()); over != nil && !over.Leave() {
		return
	}
	if s.win.Canvas().Overlays().Top() == nil {
		s.Open(paths...)
	}
}

// link matches what the toolkit makes of a link that is dropped: a path.
var link = regexp.MustCompile(`(?i)^((?:lectern:)?(?:https?|file)):/+(.+)$`)

// given is what was dropped: a path, or the link that was taken for one.
func given(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	rest, inside := strings.CutPrefix(filepath.ToSlash(path), strings.TrimSuffix(filepath.ToSlash(here), "/")+"/")
	m := link.FindStringSubmatch(rest)
	switch {
	case !inside || m == nil:
		return path
	case strings.HasSuffix(strings.ToLower(m[1]), "file"):
		return m[1] + ":///" + m[2]
	}
	return m[1] + "://" + m[2]
}
