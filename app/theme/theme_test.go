package theme

import (
	"fmt"
	"image/color"
	"math"
	"regexp"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	ftheme "fyne.io/fyne/v2/theme"

	"lectern/assets/icons"
)

// contrast is the ratio of WCAG 2: (L1 + 0.05) / (L2 + 0.05) of the relative
// luminances, from 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	lum := func(c color.NRGBA) float64 {
		lin := func(v uint8) float64 {
			x := float64(v) / 255
			if x <= 0.04045 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
	}
	x, y := lum(a), lum(b)
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

// The published table: what a pair gives in light and in dark.
var pairs = []struct {
	fg, bg      fyne.ThemeColorName
	light, dark float64
}{
	{Ink, Paper, 15.78, 13.03}, {Ink, Desk, 13.38, 14.70}, {Ink, Sunk, 14.42, 13.90}, {Ink, Wash, 13.06, 10.08}, {Ink, Mark, 13.16, 7.23},
	{Muted, Paper, 6.18, 6.82}, {Muted, Desk, 5.24, 7.70}, {Muted, Sunk, 5.65, 7.27}, {Muted, Wash, 5.12, 5.28},
	{Accent, Paper, 6.72, 8.77}, {Accent, Desk, 5.70, 9.90}, {Accent, Wash, 5.56, 6.79}, {Accent, Sunk, 6.14, 9.35},
	{OnAccent, Accent, 6.90, 8.33}, {OnAccent, AccentHover, 9.12, 9.90},
	{GradeAgain, Paper, 8.47, 6.26}, {GradeAgain, GradeAgainWash, 7.15, 5.56},
	{GradeHard, Paper, 5.79, 8.90}, {GradeHard, GradeHardWash, 5.02, 7.66},
	{GradeGood, GradeGoodWash, 5.56, 6.79}, {GradeEasy, Paper, 7.53, 6.95}, {GradeEasy, GradeEasyWash, 6.33, 5.94},
	{Warn, Desk, 4.91, 10.05}, {Error, Paper, 8.47, 6.26}, {Error, ErrorWash, 7.15, 5.56}, {Error, Desk, 7.18, 7.06},
	{InsInk, Ins, 7.09, 7.70}, {DeleInk, Dele, 6.99, 6.77},
}

var edges = []struct {
	fg, bg      fyne.ThemeColorName
	light, dark float64
}{
	{Edge, Paper, 4.03, 4.10}, {Edge, Desk, 3.42, 4.63}, {Accent, Line, 4.77, 6.09},
}

func TestContrast(t *testing.T) {
	for _, set := range []struct {
		name string
		t    table
		want func(light, dark float64) float64
	}{
		{"light", light, func(l, _ float64) float64 { return l }},
		{"dark", dark, func(_, d float64) float64 { return d }},
	} {
		for _, p := range pairs {
			got := contrast(set.t[p.fg], set.t[p.bg])
			if got < 4.5 {
				t.Errorf("%s: text %s on %s is %.2f, below 4.5", set.name, p.fg, p.bg, got)
			}
			if want := set.want(p.light, p.dark); math.Abs(got-want) > 0.011 {
				t.Errorf("%s: %s on %s is %.2f, the design says %.2f", set.name, p.fg, p.bg, got, want)
			}
		}
		for _, p := range edges {
			got := contrast(set.t[p.fg], set.t[p.bg])
			if got < 3 {
				t.Errorf("%s: edge %s on %s is %.2f, below 3", set.name, p.fg, p.bg, got)
			}
			if want := set.want(p.light, p.dark); math.Abs(got-want) > 0.011 {
				t.Errorf("%s: %s on %s is %.2f, the design says %.2f", set.name, p.fg, p.bg, got, want)
			}
		}
	}
}

func TestModes(t *testing.T) {
	for _, c := range []struct {
		mode Mode
		v    fyne.ThemeVariant
		dark bool
	}{
		{System, ftheme.VariantLight, false},
		{System, ftheme.VariantDark, true},
		{LightMode, ftheme.VariantDark, false},
		{DarkMode, ftheme.VariantLight, true},
	} {
		th := New(c.mode)
		want := light[Paper]
		if c.dark {
			want = dark[Paper]
		}
		if got := th.Color(Paper, c.v); got != want {
			t.Errorf("%s asked for variant %d: paper is %v, want %v", c.mode, c.v, got, want)
		}
		if ParseMode(string(c.mode)) != c.mode {
			t.Errorf("%s is not read back", c.mode)
		}
	}
	if ParseMode("blue") != System {
		t.Error("an unknown mode is not System")
	}
}

func TestEveryColourOfFyneIsAnswered(t *testing.T) {
	for _, mode := range []Mode{LightMode, DarkMode} {
		th := New(mode)
		for _, name := range []fyne.ThemeColorName{
			ftheme.ColorNameBackground, ftheme.ColorNameForeground, ftheme.ColorNameInnerWindowBorder,
			ftheme.ColorNameScrollBarBackground, Veil, KeyEdge, Heat1, Quiet,
		} {
			if th.Color(name, ftheme.VariantLight) == nil {
				t.Errorf("%s: no colour %s", mode, name)
			}
		}
	}
}

func TestSwitchAtRunTime(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(New(LightMode))
	if IsDark() || Color(Desk) != color.Color(light[Desk]) {
		t.Error("light is not light")
	}
	app.Settings().SetTheme(New(DarkMode))
	if !IsDark() || Color(Desk) != color.Color(dark[Desk]) {
		t.Error("dark is not dark")
	}
}

func TestPaletteIsCSS(t *testing.T) {
	hex := regexp.MustCompile(`^#[0-9A-F]{6}$`)
	for _, d := range []bool{false, true} {
		p := Palette(d)
		if len(p) != 28 {
			t.Errorf("%d tokens, want 28", len(p))
		}
		for token, v := range p {
			if !hex.MatchString(v) {
				t.Errorf("%s is %q", token, v)
			}
		}
	}
	if got := Palette(false)["hardwash"]; got != "#F6EBD3" {
		t.Errorf("hardwash is %s", got)
	}
}

func TestFacesDiffer(t *testing.T) {
	seen := map[string]bool{}
	for _, bold := range []bool{false, true} {
		for _, italic := range []bool{false, true} {
			for _, f := range []fyne.Resource{Literata(bold, italic), Sans(bold, italic)} {
				if len(f.Content()) < 10_000 || seen[f.Name()] {
					t.Errorf("%s is empty or doubled", f.Name())
				}
				seen[f.Name()] = true
			}
		}
	}
	if New(System).Font(fyne.TextStyle{Bold: true}) != Sans(true, false) {
		t.Error("bold is not Source Sans 600")
	}
}

func TestIconsResolve(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(New(LightMode))
	if len(icons.Names()) < 58 {
		t.Errorf("only %d icons", len(icons.Names()))
	}
	for _, n := range icons.Names() {
		if Icon(n, Ink) == nil {
			t.Errorf("no icon %s", n)
		}
	}
	for name, own := range fyneIcons {
		if icons.SVG(own) == nil {
			t.Errorf("%s stands for %s, which is not there", own, name)
		}
	}
	if Icon("no such", Ink) != nil {
		t.Error("an unknown icon is drawn")
	}
	r := Icon("check", Accent)
	if want := fmt.Sprintf("%02x%02x%02x", light[Accent].R, light[Accent].G, light[Accent].B); !regexp.MustCompile("(?i)" + want).Match(r.Content()) {
		t.Errorf("the icon is not drawn in accent: %s", r.Content())
	}
}

func TestSmall(t *testing.T) {
	for _, c := range []struct {
		w, h float32
		want bool
	}{{1280, 800, false}, {999, 800, true}, {1000, 700, false}, {1280, 699, true}, {853, 533, true}} {
		if got := Small(fyne.NewSize(c.w, c.h)); got != c.want {
			t.Errorf("%v×%v small is %v", c.w, c.h, got)
		}
	}
}
