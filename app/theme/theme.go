// Package theme is the look of the window: a calm reading desk in two
// variants. It answers Fyne's questions about colours, sizes and fonts, and
// adds the names that only this program uses: the paper of a sheet, the four
// grades, the marks of a diff.
//
// Three rules decide doubts. The student's text is the largest and darkest
// thing in the window. Things stay where they are. Colour is rare, so it means
// something, and never means it alone: a word, an icon or a line goes with it.
package theme

import (
	"fmt"
	"image/color"
	"sync"

	"fyne.io/fyne/v2"
	ftheme "fyne.io/fyne/v2/theme"

	"lectern/assets/fonts"
)

// Mode is the user's wish for light or dark.
type Mode string

// The modes a user can choose. The names are what the settings store.
const (
	System    Mode = "system"
	LightMode Mode = "light"
	DarkMode  Mode = "dark"
)

// ParseMode reads a stored mode; anything unknown is System.
func ParseMode(s string) Mode {
	switch m := Mode(s); m {
	case LightMode, DarkMode:
		return m
	}
	return System
}

// Theme implements fyne.Theme. Make one with New and give it to the app's
// settings; to change the mode at run time give it another.
type Theme struct {
	fyne.Theme
	mode Mode
}

// New returns the theme in a mode.
func New(mode Mode) *Theme { return &Theme{Theme: ftheme.DefaultTheme(), mode: mode} }

// Mode is the user's wish this theme was made for.
func (t *Theme) Mode() Mode { return t.mode }

// Dark tells whether the dark table is in use when the desktop asks for v.
func (t *Theme) Dark(v fyne.ThemeVariant) bool {
	switch t.mode {
	case LightMode:
		return false
	case DarkMode:
		return true
	}
	return v == ftheme.VariantDark
}

// Color returns a colour of the palette or, for names Lectern does not set,
// Fyne's.
func (t *Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	set, shown := light, ftheme.VariantLight
	if t.Dark(v) {
		set, shown = dark, ftheme.VariantDark
	}
	if c, ok := set[name]; ok {
		return c
	}
	return t.Theme.Color(name, shown)
}

// Font gives Source Sans 3, with 600 as bold, and JetBrains Mono for code.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Symbol:
		return t.Theme.Font(s)
	case s.TabWidth == readingTab:
		return Literata(s.Bold, s.Italic)
	case s.Monospace:
		return mono()
	}
	return Sans(s.Bold, s.Italic)
}

var resources sync.Map

func resource(name string, data []byte) fyne.Resource {
	r, _ := resources.LoadOrStore(name, fyne.NewStaticResource(name, data))
	return r.(fyne.Resource)
}

// Sans returns a face of Source Sans 3, the letter of the interface.
func Sans(bold, italic bool) fyne.Resource {
	switch {
	case bold && italic:
		return resource("SourceSans3-600-italic.ttf", fonts.SansBoldItalic)
	case bold:
		return resource("SourceSans3-600.ttf", fonts.SansBold)
	case italic:
		return resource("SourceSans3-400-italic.ttf", fonts.SansItalic)
	}
	return resource("SourceSans3-400.ttf", fonts.Sans)
}

// readingTab is a tab width that nothing else uses: it marks a style as one of
// Literata. A face given as canvas.Text.FontSource loses Fyne's bundled
// fallbacks (a letter it lacks becomes a box) and is not known to text fields,
// which measure by style alone; a style keeps both.
const readingTab = 7

// ReadingStyle is the style of the lecture's letter, Literata, for canvas.Text
// and for fields. It falls back to the bundled fonts for what Literata lacks.
func ReadingStyle(bold, italic bool) fyne.TextStyle {
	return fyne.TextStyle{Bold: bold, Italic: italic, TabWidth: readingTab}
}

// Literata returns a face of Literata as a resource. Prefer ReadingStyle.
func Literata(bold, italic bool) fyne.Resource {
	switch {
	case bold && italic:
		return resource("Literata-600-italic.ttf", fonts.LiterataBoldItalic)
	case bold:
		return resource("Literata-600.ttf", fonts.LiterataBold)
	case italic:
		return resource("Literata-400-italic.ttf", fonts.LiterataItalic)
	}
	return resource("Literata-400.ttf", fonts.Literata)
}

func mono() fyne.Resource { return resource("JetBrainsMono-400.ttf", fonts.Mono) }

// Color returns a colour of the theme in use now. It is the one way in which
// the program's widgets come to their colours.
func Color(name fyne.ThemeColorName) color.Color { return ftheme.Color(name) }

// IsDark tells whether the theme in use now is dark.
func IsDark() bool {
	set := fyne.CurrentApp().Settings()
	t, ok := set.Theme().(*Theme)
	return ok && t.Dark(set.ThemeVariant())
}

// Palette gives every token of the variant as "#RRGGBB", for pictures that
// are drawn from text, such as SVG with named colours.
func Palette(darkVariant bool) map[string]string {
	set := light
	if darkVariant {
		set = dark
	}
	names := map[string]fyne.ThemeColorName{
		"desk": Desk, "paper": Paper, "sunk": Sunk, "ink": Ink, "muted": Muted, "line": Line, "edge": Edge,
		"accent": Accent, "accenthover": AccentHover, "onaccent": OnAccent, "wash": Wash,
		"again": GradeAgain, "againwash": GradeAgainWash, "hard": GradeHard, "hardwash": GradeHardWash,
		"good": GradeGood, "goodwash": GradeGoodWash, "easy": GradeEasy, "easywash": GradeEasyWash,
		"success": Success, "warn": Warn, "error": Error, "errorwash": ErrorWash,
		"mark": Mark, "ins": Ins, "insink": InsInk, "dele": Dele, "delink": DeleInk,
	}
	out := make(map[string]string, len(names))
	for token, name := range names {
		c := set[name]
		out[token] = fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B)
	}
	return out
}
