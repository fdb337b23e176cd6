package kit

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
)

// PassChord hands a chord that a widget outside this package has no use for to
// whoever hears the chords of its canvas; see OnChord.
func PassChord(c fyne.Canvas, s fyne.Shortcut) {
	if f, ok := chords.Load(c); ok {
		f.(func(keys.Key))(keys.FromShortcut(s))
	}
}
