// Package keys turns what the keyboard says into commands that do not depend
// on the layout.
//
// A press of a letter arrives from Fyne twice: as a key event, whose name is
// empty under a Cyrillic layout, and as a rune in the layout's alphabet. Digits,
// Space, Enter and the keys without a letter arrive with the same name under
// every layout, and some of them as a rune as well. So each press is taken from
// one side only: letters from the rune, in both alphabets ([FromRune]),
// everything else from the event ([FromEvent]). A space in the runes is never a
// command: it is also what remains of a Space that a button has already used.
//
// Chords with Ctrl arrive as shortcuts; see [Chords] and [FromShortcut].
package keys

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Key is one press: the key's name after its modifiers, "1", "Enter", "E",
// "Shift+Up", "Ctrl+Enter". A letter is named by the Latin letter printed on
// the same key. Keys are compared and switched on as they are.
type Key string

// The keys with a name of their own.
const (
	None      Key = ""
	Space     Key = "Space"
	Enter     Key = "Enter" // also on the keypad
	Esc       Key = "Esc"
	Tab       Key = "Tab"
	Up        Key = "Up"
	Down      Key = "Down"
	Left      Key = "Left"
	Right     Key = "Right"
	Home      Key = "Home"
	End       Key = "End"
	PageUp    Key = "PageUp"
	PageDown  Key = "PageDown"
	Delete    Key = "Delete"
	Backspace Key = "Backspace"
	F1        Key = "F1"
	F2        Key = "F2"
	F5        Key = "F5"
	F11       Key = "F11"

	ShiftUp    Key = "Shift+Up"
	ShiftDown  Key = "Shift+Down"
	ShiftLeft  Key = "Shift+Left"
	ShiftRight Key = "Shift+Right"

	CtrlA      Key = "Ctrl+A"
	CtrlB      Key = "Ctrl+B"
	CtrlC      Key = "Ctrl+C"
	CtrlF      Key = "Ctrl+F"
	CtrlI      Key = "Ctrl+I"
	CtrlK      Key = "Ctrl+K"
	CtrlN      Key = "Ctrl+N"
	CtrlO      Key = "Ctrl+O"
	CtrlP      Key = "Ctrl+P"
	CtrlQ      Key = "Ctrl+Q"
	CtrlS      Key = "Ctrl+S"
	CtrlV      Key = "Ctrl+V"
	CtrlX      Key = "Ctrl+X"
	CtrlY      Key = "Ctrl+Y"
	CtrlZ      Key = "Ctrl+Z"
	CtrlShiftC Key = "Ctrl+Shift+C"
	CtrlShiftZ Key = "Ctrl+Shift+Z"
	CtrlEnter  Key = "Ctrl+Enter"
	AltLeft    Key = "Alt+Left"
)

// Letters that are commands somewhere.
const (
	A Key = "A"
	E Key = "E"
	F Key = "F"
	G Key = "G"
	K Key = "K"
	M Key = "M"
	P Key = "P"
	R Key = "R"
	U Key = "U"
)

// Digit returns the digit of the key, 0 to 9, and whether it is one.
func (k Key) Digit() (int, bool) {
	if len(k) == 1 && k[0] >= '0' && k[0] <= '9' {
		return int(k[0] - '0'), true
	}
	return 0, false
}

// Split gives the modifiers with their plus signs ("Ctrl+Shift+") and the bare key.
func (k Key) Split() (mods string, base Key) {
	i := strings.LastIndexByte(string(k), '+')
	if i <= 0 {
		return "", k
	}
	return string(k[:i+1]), k[i+1:]
}

// Shift tells whether Shift was held.
func (k Key) Shift() bool { m, _ := k.Split(); return strings.Contains(m, "Shift+") }

var names = map[fyne.KeyName]Key{
	fyne.KeySpace: Space, fyne.KeyReturn: Enter, fyne.KeyEnter: Enter, fyne.KeyEscape: Esc, fyne.KeyTab: Tab,
	fyne.KeyUp: Up, fyne.KeyDown: Down, fyne.KeyLeft: Left, fyne.KeyRight: Right,
	fyne.KeyHome: Home, fyne.KeyEnd: End, fyne.KeyPageUp: PageUp, fyne.KeyPageDown: PageDown,
	fyne.KeyDelete: Delete, fyne.KeyBackspace: Backspace,
}

// named gives the key of a name that every layout shares: digits, F-keys and
// the keys without a letter.
func named(n fyne.KeyName) Key {
	if k, ok := names[n]; ok {
		return k
	}
	if len(n) == 1 && n[0] >= '0' && n[0] <= '9' {
		return Key(n)
	}
	if len(n) >= 2 && n[0] == 'F' && n[1] >= '1' && n[1] <= '9' {
		return Key(n)
	}
	return None
}

// FromEvent reads a key event, with Shift if the driver says that it is held.
// Letters and unknown keys give None: a letter comes as a rune.
func FromEvent(ev *fyne.KeyEvent) Key {
	k := named(ev.Name)
	if k == None {
		return None
	}
	if ShiftHeld() {
		return "Shift+" + k
	}
	return k
}

// ShiftHeld tells whether Shift is held now, as for a click.
func ShiftHeld() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

// cyrillic are the letters of the Russian layout in the order of the keys
// beneath them; the others have no Latin letter on their key.
const (
	cyrillic = "йцукенгшщзфывапролдячсмить"
	latin    = "QWERTYUIOPASDFGHJKLZXCVBNM"
)

var letters = func() map[rune]Key {
	m := map[rune]Key{}
	for i, r := range []rune(cyrillic) {
		m[r] = Key(latin[i])
	}
	for _, r := range latin {
		m[unicode.ToLower(r)] = Key(r)
	}
	return m
}()

// FromRune reads a typed letter of either alphabet, in either case. Anything
// that is not a letter gives None: digits and Space come as events, and a
// command must not run twice.
func FromRune(r rune) Key { return letters[unicode.ToLower(r)] }

// Cyrillic gives the Russian letter on the same key as a Latin one ("E" → "У"),
// or "" for keys without one.
func (k Key) Cyrillic() string {
	if len(k) != 1 {
		return ""
	}
	i := strings.IndexByte(latin, k[0])
	if i < 0 {
		return ""
	}
	return strings.ToUpper(string([]rune(cyrillic)[i]))
}
