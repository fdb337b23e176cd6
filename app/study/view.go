package study

import (
	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/decks/content"
)

// View draws a text of a card; package cardview has the real one.
type View interface {
	fyne.CanvasObject
	kit.Flowing
	// SetDocument shows a text in a type.
	SetDocument(doc content.Document, style Style)
	// Selected is the text the student has selected, "" for none.
	Selected() string
}

// Style is how a text is set.
type Style struct {
	Type     kit.Type
	Colour   fyne.ThemeColorName
	Balanced bool // evens out two or three lines
}
