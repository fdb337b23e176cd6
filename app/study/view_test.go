package study

import (
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
)

// plainView shows a text without its marks.
type plainView struct{ kit.Label }

func newPlainView() View {
	v := &plainView{}
	v.Type, v.Colour = kit.Answer, theme.Ink
	v.ExtendBaseWidget(v)
	return v
}

func (v *plainView) SetDocument(doc content.Document, style Style) {
	v.Type, v.Colour, v.Balanced = style.Type, style.Colour, style.Balanced
	v.Set(content.Plain(doc))
}

func (v *plainView) Selected() string { return "" }
