package theme

import (
	"fyne.io/fyne/v2"
	ftheme "fyne.io/fyne/v2/theme"
)

// Measures of the window in device-independent pixels, on a grid of 4.
const (
	BarHeight      = 64  // top bar
	BarSmall       = 56  // the same in a small window
	ActionBar      = 112 // the bar with the grades
	ActionBarSmall = 96
	Margin         = 32 // from the window's edge
	MarginSmall    = 24
	Gutter         = 24 // between sheets
	GutterSmall    = 16
	SheetWidth     = 752  // reading: 64 + 624 + 64
	MeasureWidth   = 624  // the text column: about 60 characters
	HomeWidth      = 1040 // home and settings
	WideWidth      = 1088 // statistics and plan
	RadiusKey      = 4    // bars and key caps
	RadiusChip     = 6
	RadiusControl  = 8 // buttons and inputs
	RadiusNotice   = 10
	RadiusSheet    = 14
	ControlMain    = 52 // the main action
	ControlNormal  = 44
	ControlSmall   = 36 // in rows; also the smallest target
	MinWidth       = 900
	MinHeight      = 600
	StartWidth     = 1280
	StartHeight    = 800
	SmallBelowWide = 1000 // narrower than this the small measures hold
	SmallBelowHigh = 700  // lower than this too
)

// Small tells whether a window of this size uses the small measures.
func Small(window fyne.Size) bool {
	return window.Width < SmallBelowWide || window.Height < SmallBelowHigh
}

var sizes = map[fyne.ThemeSizeName]float32{
	ftheme.SizeNameText:               16,
	ftheme.SizeNameCaptionText:        14,
	ftheme.SizeNameSubHeadingText:     20,
	ftheme.SizeNameHeadingText:        24,
	ftheme.SizeNamePadding:            8,
	ftheme.SizeNameInnerPadding:       12,
	ftheme.SizeNameLineSpacing:        4,
	ftheme.SizeNameInlineIcon:         20,
	ftheme.SizeNameScrollBar:          10,
	ftheme.SizeNameScrollBarSmall:     6,
	ftheme.SizeNameScrollBarRadius:    3,
	ftheme.SizeNameInputRadius:        RadiusControl,
	ftheme.SizeNameButtonRadius:       RadiusControl,
	ftheme.SizeNameSelectionRadius:    RadiusChip,
	ftheme.SizeNameCardRadius:         RadiusSheet,
	ftheme.SizeNameDialogRadius:       RadiusSheet,
	ftheme.SizeNamePopupRadius:        RadiusNotice,
	ftheme.SizeNameMenuRadius:         RadiusNotice,
	ftheme.SizeNameInputBorder:        1,
	ftheme.SizeNameSeparatorThickness: 1,
	ftheme.SizeNameModalBlurRadius:    0,
}

// Size returns a measure by Fyne's name.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return t.Theme.Size(name)
}
