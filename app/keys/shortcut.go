package keys

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Chords are the chords that the window listens to; a screen sees those that
// the window itself does not use.
var Chords = []Key{
	CtrlA, CtrlB, CtrlC, CtrlF, CtrlI, CtrlK, CtrlN, CtrlO, CtrlP, CtrlQ, CtrlS, CtrlV, CtrlX, CtrlY, CtrlZ,
	CtrlShiftC, CtrlShiftZ, CtrlEnter, AltLeft,
}

// Shortcuts gives what has to be registered for a chord. Fyne knows undo, redo,
// copy, cut, paste and "all" under names of its own; Enter exists twice.
func Shortcuts(k Key) []fyne.Shortcut {
	switch k {
	case CtrlZ:
		return []fyne.Shortcut{&fyne.ShortcutUndo{}}
	case CtrlY:
		return []fyne.Shortcut{&fyne.ShortcutRedo{}}
	case CtrlA:
		return []fyne.Shortcut{&fyne.ShortcutSelectAll{}}
	case CtrlC:
		return []fyne.Shortcut{&fyne.ShortcutCopy{}}
	case CtrlX:
		return []fyne.Shortcut{&fyne.ShortcutCut{}}
	case CtrlV:
		return []fyne.Shortcut{&fyne.ShortcutPaste{}}
	}
	mods, base := k.Split()
	var m fyne.KeyModifier
	for part, bit := range map[string]fyne.KeyModifier{
		"Ctrl+": fyne.KeyModifierShortcutDefault, "Shift+": fyne.KeyModifierShift, "Alt+": fyne.KeyModifierAlt,
	} {
		if strings.Contains(mods, part) {
			m |= bit
		}
	}
	if base == Enter {
		return []fyne.Shortcut{
			&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: m},
			&desktop.CustomShortcut{KeyName: fyne.KeyEnter, Modifier: m},
		}
	}
	for n, k := range names {
		if k == base {
			return []fyne.Shortcut{&desktop.CustomShortcut{KeyName: n, Modifier: m}}
		}
	}
	return []fyne.Shortcut{&desktop.CustomShortcut{KeyName: fyne.KeyName(base), Modifier: m}}
}

// FromShortcut names a shortcut as a key, None for one that is not a chord of
// the keyboard.
func FromShortcut(s fyne.Shortcut) Key {
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		return CtrlZ
	case *fyne.ShortcutRedo:
		return CtrlY
	case *fyne.ShortcutSelectAll:
		return CtrlA
	case *fyne.ShortcutCopy:
		return CtrlC
	case *fyne.ShortcutCut:
		return CtrlX
	case *fyne.ShortcutPaste:
		return CtrlV
	case *desktop.CustomShortcut:
		base := named(s.KeyName)
		if base == None {
			base = Key(s.KeyName)
		}
		if base == None {
			return None
		}
		var mods string
		if s.Modifier&fyne.KeyModifierShortcutDefault != 0 {
			mods += "Ctrl+"
		}
		if s.Modifier&fyne.KeyModifierShift != 0 {
			mods += "Shift+"
		}
		if s.Modifier&fyne.KeyModifierAlt != 0 {
			mods += "Alt+"
		}
		return Key(mods) + base
	}
	return None
}
