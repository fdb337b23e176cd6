package first

import (
	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
)

// doors sets the words left, the card right, both in the middle of the height,
// and the foot at the lower edge. Below 860 the card goes.
type doors struct{}

const (
	wordsWidth = 464
	cardHeight = 432
	footHeight = 64
)

func (doors) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 480) }

func (doors) Layout(o []fyne.CanvasObject, size fyne.Size) {
	words, card, foot := o[0], o[1], o[2]
	width := min(float32(theme.WideWidth), size.Width-2*theme.MarginSmall)
	left := (size.Width - width) / 2
	room := size.Height - footHeight

	gap, wordsW := float32(96), float32(wordsWidth)
	cardW := width - wordsW - gap
	switch {
	case size.Width < 860:
		cardW = 0
		wordsW = min(width, 560)
	case size.Width < theme.SmallBelowWide:
		gap, cardW = 40, 360
		wordsW = min(wordsW, width-gap-cardW)
	}
	h := kit.HeightFor(words, wordsW)
	words.Move(fyne.NewPos(left, max(16, (room-h)/2)))
	words.Resize(fyne.NewSize(wordsW, h))
	if cardW <= 0 {
		card.Hide()
	} else {
		card.Show()
		ch := min(float32(cardHeight), room-48)
		card.Move(fyne.NewPos(left+width-cardW, (room-ch)/2))
		card.Resize(fyne.NewSize(cardW, ch))
	}
	foot.Move(fyne.NewPos(left, room))
	foot.Resize(fyne.NewSize(width, footHeight))
}

// stack lays the sheets of a deck over each other, the last on top.
type stack struct{}

func (stack) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 300) }

func (stack) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for i, sheet := range o {
		below := float32(len(o) - 1 - i)
		inset, up := 16*below, 14*(2-below)
		sheet.Move(fyne.NewPos(inset, 0))
		sheet.Resize(fyne.NewSize(size.Width-2*inset, size.Height-up))
	}
}
