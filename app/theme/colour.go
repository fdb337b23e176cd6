package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	ftheme "fyne.io/fyne/v2/theme"
)

// The palette's names. Widgets ask for a colour by one of these, never by
// value, so that both variants and a change at run time come for free.
const (
	Desk        fyne.ThemeColorName = "desk"        // window background, bars
	Paper       fyne.ThemeColorName = "paper"       // sheets, inputs, menus
	Sunk        fyne.ThemeColorName = "sunk"        // code, tracks, quiet chips
	Ink         fyne.ThemeColorName = "ink"         // text
	Muted       fyne.ThemeColorName = "muted"       // context, captions, idle icons
	Line        fyne.ThemeColorName = "line"        // dividers
	Edge        fyne.ThemeColorName = "edge"        // borders of controls
	Accent      fyne.ThemeColorName = "accent"      // primary button, focus, links, progress
	AccentHover fyne.ThemeColorName = "accentHover" // the same under the pointer
	OnAccent    fyne.ThemeColorName = "onaccent"    // text on accent
	Wash        fyne.ThemeColorName = "wash"        // selected row, active chip

	GradeAgain     fyne.ThemeColorName = "gradeAgain"
	GradeHard      fyne.ThemeColorName = "gradeHard"
	GradeGood      fyne.ThemeColorName = "gradeGood"
	GradeEasy      fyne.ThemeColorName = "gradeEasy"
	GradeAgainWash fyne.ThemeColorName = "gradeAgainWash"
	GradeHardWash  fyne.ThemeColorName = "gradeHardWash"
	GradeGoodWash  fyne.ThemeColorName = "gradeGoodWash"
	GradeEasyWash  fyne.ThemeColorName = "gradeEasyWash"

	Success   fyne.ThemeColorName = "successText" // = good
	Warn      fyne.ThemeColorName = "warnText"    // = hard
	Error     fyne.ThemeColorName = "errorText"   // = again
	ErrorWash fyne.ThemeColorName = "errorWash"   // = againwash

	Mark    fyne.ThemeColorName = "mark"     // search hit: a marker pen
	Ins     fyne.ThemeColorName = "ins"      // diff: added, always underlined
	InsInk  fyne.ThemeColorName = "insink"   //
	Dele    fyne.ThemeColorName = "dele"     // diff: removed, always struck through
	DeleInk fyne.ThemeColorName = "delink"   //
	Shade   fyne.ThemeColorName = "shade"    // the one shadow; clear in the dark
	Hover   fyne.ThemeColorName = "hoverInk" // ink at 6 % over any ground
	Press   fyne.ThemeColorName = "pressInk" // ink at 12 %
	Quiet   fyne.ThemeColorName = "quietBar" // chart bars that are not today: edge at 55 %
	KeyEdge fyne.ThemeColorName = "keyEdge"  // border of a key cap on accent
	Veil    fyne.ThemeColorName = "veil"     // desk at 60 % under menus and dialogs
	Heat1   fyne.ThemeColorName = "heat1"    // accent at 25 %, the lightest day of a calendar
	Heat2   fyne.ThemeColorName = "heat2"    // 45 %
	Heat3   fyne.ThemeColorName = "heat3"    // 70 %
)

type table map[fyne.ThemeColorName]color.NRGBA

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

func alpha(c color.NRGBA, share float64) color.NRGBA {
	c.A = uint8(share*255 + 0.5)
	return c
}

// over is a at the given share laid on b, both opaque.
func over(a, b color.NRGBA, share float64) color.NRGBA {
	m := func(x, y uint8) uint8 { return uint8(float64(x)*share + float64(y)*(1-share) + 0.5) }
	return color.NRGBA{R: m(a.R, b.R), G: m(a.G, b.G), B: m(a.B, b.B), A: 0xff}
}

var light = finish(table{
	Desk: rgb(0xE8EAE5), Paper: rgb(0xFCFCFA), Sunk: rgb(0xF1F2EE),
	Ink: rgb(0x1B221F), Muted: rgb(0x57625C), Line: rgb(0xD3D8D1), Edge: rgb(0x757F79),
	Accent: rgb(0x14664F), AccentHover: rgb(0x0F5241), OnAccent: rgb(0xFFFFFF), Wash: rgb(0xDCEAE3),
	GradeAgain: rgb(0x8E2323), GradeAgainWash: rgb(0xF7E5E2),
	GradeHard: rgb(0x855C08), GradeHardWash: rgb(0xF6EBD3),
	GradeGood: rgb(0x14664F), GradeGoodWash: rgb(0xDCEAE3),
	GradeEasy: rgb(0x4340BE), GradeEasyWash: rgb(0xE7E7F8),
	Mark: rgb(0xFBE7A1), Ins: rgb(0xD9E7F8), InsInk: rgb(0x174A86), Dele: rgb(0xF7E2DD), DeleInk: rgb(0x8E2323),
	Shade: alpha(rgb(0x1B221F), 0.10),
})

var dark = finish(table{
	Desk: rgb(0x121614), Paper: rgb(0x1C221F), Sunk: rgb(0x171C1A),
	Ink: rgb(0xE3E8E3), Muted: rgb(0xA0ABA4), Line: rgb(0x343D38), Edge: rgb(0x77837C),
	Accent: rgb(0x86CDB2), AccentHover: rgb(0xA0DCC5), OnAccent: rgb(0x0C2A20), Wash: rgb(0x23382F),
	GradeAgain: rgb(0xF47F71), GradeAgainWash: rgb(0x3D2320),
	GradeHard: rgb(0xE2BC55), GradeHardWash: rgb(0x352B16),
	GradeGood: rgb(0x86CDB2), GradeGoodWash: rgb(0x23382F),
	GradeEasy: rgb(0xA5A2F0), GradeEasyWash: rgb(0x2A2A47),
	Mark: rgb(0x57480F), Ins: rgb(0x1D3350), InsInk: rgb(0xA9CCF5), Dele: rgb(0x462722), DeleInk: rgb(0xF7A398),
	Shade: {},
})

// finish adds what follows from the base tokens: the three message colours,
// the inks of states, and Fyne's own names, so that its widgets fit in.
func finish(t table) table {
	t[Success], t[Warn], t[Error], t[ErrorWash] = t[GradeGood], t[GradeHard], t[GradeAgain], t[GradeAgainWash]
	t[Hover], t[Press] = alpha(t[Ink], 0.06), alpha(t[Ink], 0.12)
	t[Quiet] = alpha(t[Edge], 0.55)
	t[KeyEdge] = over(t[OnAccent], t[Accent], 0.55)
	t[Veil] = alpha(t[Desk], 0.60)
	t[Heat1], t[Heat2], t[Heat3] = alpha(t[Accent], 0.25), alpha(t[Accent], 0.45), alpha(t[Accent], 0.70)

	for name, token := range map[fyne.ThemeColorName]fyne.ThemeColorName{
		ftheme.ColorNameBackground:          Desk,
		ftheme.ColorNameOverlayBackground:   Paper,
		ftheme.ColorNameForeground:          Ink,
		ftheme.ColorNamePlaceHolder:         Muted,
		ftheme.ColorNameDisabled:            Muted,
		ftheme.ColorNameInputBackground:     Paper,
		ftheme.ColorNameInputBorder:         Edge,
		ftheme.ColorNameButton:              Paper,
		ftheme.ColorNameDisabledButton:      Sunk,
		ftheme.ColorNameMenuBackground:      Paper,
		ftheme.ColorNameHeaderBackground:    Paper,
		ftheme.ColorNameSeparator:           Line,
		ftheme.ColorNameScrollBar:           Line,
		ftheme.ColorNameHyperlink:           Accent,
		ftheme.ColorNamePrimary:             Accent,
		ftheme.ColorNameFocus:               Accent,
		ftheme.ColorNameForegroundOnPrimary: OnAccent,
		ftheme.ColorNameSuccess:             Success,
		ftheme.ColorNameWarning:             Warn,
		ftheme.ColorNameError:               Error,
		ftheme.ColorNameSelection:           Wash,
		ftheme.ColorNameHover:               Hover,
		ftheme.ColorNamePressed:             Press,
	} {
		t[name] = t[token]
	}
	on := t[Desk]
	if t[Paper].R > 0x80 {
		on = rgb(0xFFFFFF)
	}
	t[ftheme.ColorNameForegroundOnSuccess] = on
	t[ftheme.ColorNameForegroundOnWarning] = on
	t[ftheme.ColorNameForegroundOnError] = on
	t[ftheme.ColorNameScrollBarBackground] = color.NRGBA{}
	t[ftheme.ColorNameShadow] = color.NRGBA{} // Fyne's, at the ends of a scroll; sheets draw their own
	return t
}
