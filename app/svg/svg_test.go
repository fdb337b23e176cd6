package svg

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lectern/assets/courses"
	"lectern/assets/fonts"
)

func testFonts(t testing.TB) *Fonts {
	t.Helper()
	f, err := NewFonts(
		Faces{fonts.Sans, fonts.SansItalic, fonts.SansBold, fonts.SansBoldItalic},
		Faces{fonts.Literata, fonts.LiterataItalic, fonts.LiterataBold, fonts.LiterataBoldItalic},
		Faces{Regular: fonts.Mono},
	)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func drawn(t *testing.T, body string) *image.RGBA {
	t.Helper()
	p, err := Parse([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100">` + body + `</svg>`))
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return p.Draw(100, Options{Ink: color.Black, Fonts: testFonts(t), Palette: func(name string) (color.Color, bool) {
		return color.NRGBA{0, 200, 0, 255}, name == "accent"
	}})
}

func TestShapesCoverWhatTheyShould(t *testing.T) {
	for _, c := range []struct {
		name, body string
		in, out    [][2]int
	}{
		{"rect", `<rect x="10" y="20" width="30" height="40"/>`, [][2]int{{11, 21}, {39, 59}}, [][2]int{{8, 21}, {41, 59}, {20, 61}}},
		{"rounded", `<rect width="100" height="100" rx="40"/>`, [][2]int{{50, 1}, {1, 50}, {50, 50}}, [][2]int{{2, 2}, {97, 97}}},
		{"circle", `<circle cx="50" cy="50" r="40"/>`, [][2]int{{50, 12}, {88, 50}}, [][2]int{{15, 15}, {95, 50}}},
		{"relative path", `<path d="m10 10h20v20h-20z m40 40 l10 0 0 10 -10 0z"/>`, [][2]int{{20, 20}, {55, 55}}, [][2]int{{40, 40}, {35, 15}}},
		{"compact arc flags", `<path d="M10 50a40 40 0 0180 0z"/>`, [][2]int{{50, 20}, {20, 45}}, [][2]int{{50, 60}, {12, 12}}},
		{"curves", `<path d="M0 100C0 0 100 0 100 100z"/>`, [][2]int{{50, 40}, {50, 90}}, [][2]int{{50, 10}, {2, 20}}},
		{"smooth curves", `<path d="M0 50Q25 0 50 50T100 50V100H0z"/>`, [][2]int{{25, 30}, {75, 80}, {50, 90}}, [][2]int{{75, 60}, {25, 10}}},
		{"a hole", `<path d="M0 0H100V100H0z M25 25V75H75V25z"/>`, [][2]int{{10, 10}, {90, 50}}, [][2]int{{50, 50}}},
		{"transforms", `<g transform="translate(50,50) scale(2)"><rect width="10" height="10" transform="rotate(180)"/></g>`, [][2]int{{35, 35}, {48, 48}}, [][2]int{{52, 52}, {28, 28}}},
		{"line", `<line x1="10" y1="50" x2="90" y2="50" stroke="black" stroke-width="6"/>`, [][2]int{{50, 48}, {50, 51}}, [][2]int{{50, 45}, {50, 54}, {5, 50}}},
		{"outline only", `<rect x="20" y="20" width="60" height="60" fill="none" stroke="#000" stroke-width="4"/>`, [][2]int{{20, 50}, {79, 50}, {50, 21}}, [][2]int{{50, 50}, {25, 25}}},
		{"dashes", `<path d="M0 50H100" stroke="black" stroke-width="10" stroke-dasharray="20 20" fill="none"/>`, [][2]int{{10, 50}, {50, 50}, {90, 50}}, [][2]int{{30, 50}, {70, 50}}},
		{"nested and clipped", `<svg x="20" y="20" width="20" height="20" viewBox="0 0 10 10"><rect width="100" height="100"/></svg>`, [][2]int{{30, 30}, {38, 38}}, [][2]int{{45, 45}, {10, 10}}},
		{"text", `<text x="50" y="80" font-size="90" text-anchor="middle">■</text><text x="0" y="60" font-size="60" font-weight="700">Ж</text>`, [][2]int{{24, 40}}, [][2]int{{97, 5}}},
		{"text follows text", `<text y="60" font-size="40">ЖЖ<tspan fill="black">Ж</tspan></text>`, nil, [][2]int{{2, 10}}},
		{"even-odd", `<path fill-rule="evenodd" d="M0 0H100V100H0zM25 25H75V75H25z"/>`, [][2]int{{10, 10}}, [][2]int{{50, 50}}},
		{"nonzero", `<path d="M0 0H100V100H0zM25 25H75V75H25z"/>`, [][2]int{{10, 10}, {50, 50}}, nil},
		{"sharp joint", `<path d="M20 80V20H80" fill="none" stroke="#000" stroke-width="20"/>`, [][2]int{{11, 11}, {50, 20}}, [][2]int{{8, 8}, {50, 50}}},
		{"round joint", `<path d="M20 80V20H80" fill="none" stroke="#000" stroke-width="20" stroke-linejoin="round"/>`, [][2]int{{14, 14}}, [][2]int{{11, 11}}},
		{"cut joint", `<path d="M20 80V20H80" fill="none" stroke="#000" stroke-width="20" stroke-linejoin="bevel"/>`, [][2]int{{17, 17}}, [][2]int{{13, 13}}},
		{"too sharp a joint", `<path d="M10 50H60L10 54" fill="none" stroke="#000" stroke-width="8"/>`, [][2]int{{58, 50}}, [][2]int{{75, 52}}},
		{"square ends", `<path d="M20 50H80" stroke="#000" stroke-width="20" stroke-linecap="square"/>`, [][2]int{{12, 42}, {88, 58}}, [][2]int{{8, 50}}},
		{"flat ends", `<path d="M20 50H80" stroke="#000" stroke-width="20"/>`, [][2]int{{21, 50}}, [][2]int{{18, 50}, {82, 50}}},
		{"a flattened pen", `<path transform="scale(1,.1)" d="M10 500H90" stroke="#000" stroke-width="100"/>`, [][2]int{{50, 46}, {50, 53}}, [][2]int{{50, 42}}},
		{"odd dashes", `<path d="M0 50H100" stroke="black" stroke-width="10" stroke-dasharray="20"/>`, [][2]int{{10, 50}, {50, 50}}, [][2]int{{30, 50}, {70, 50}}},
		{"dots", `<path d="M0 50H100" stroke="black" stroke-width="10" stroke-linecap="round" stroke-dasharray="0,40"/>`, [][2]int{{40, 50}, {80, 50}}, [][2]int{{20, 50}, {60, 50}}},
		{"percent", `<rect x="50%" width="50%" height="100%"/>`, [][2]int{{55, 5}, {99, 99}}, [][2]int{{45, 50}}},
		{"points without spaces", `<polygon points="0,0,50-0,50,50"/>`, [][2]int{{45, 30}}, [][2]int{{10, 40}}},
		{"no display", `<g display="none"><rect width="100" height="100"/></g><rect width="10" height="10"/>`, [][2]int{{5, 5}}, [][2]int{{50, 50}}},
		{"a script draws nothing", `<script>alert(1)</script><style>rect{fill:red}</style><image href="file:///etc/passwd" width="100" height="100"/><use href="#a"/>`, nil, [][2]int{{50, 50}}},
	} {
		img := drawn(t, c.body)
		for _, q := range c.in {
			if img.RGBAAt(q[0], q[1]).A < 200 {
				t.Errorf("%s: nothing at %v", c.name, q)
			}
		}
		for _, q := range c.out {
			if img.RGBAAt(q[0], q[1]).A > 40 {
				t.Errorf("%s: paint at %v", c.name, q)
			}
		}
	}
}

func TestColours(t *testing.T) {
	for fill, want := range map[string]color.RGBA{
		"#f00": {255, 0, 0, 255}, "cornflowerblue": {100, 149, 237, 255}, "#00ff00": {0, 255, 0, 255}, "rgb(1, 2, 3)": {1, 2, 3, 255}, "currentColor": {0, 0, 0, 255},
		"var(--accent, #123456)": {0, 200, 0, 255}, "var(--unknown, #123456)": {0x12, 0x34, 0x56, 255}, "none": {}, "url(#a)": {}, "nonsense": {},
	} {
		if got := drawn(t, `<rect width="100" height="100" fill="`+fill+`"/>`).RGBAAt(50, 50); got != want {
			t.Errorf("%s: %v, want %v", fill, got, want)
		}
	}
	if got := drawn(t, `<g fill="#f00" opacity=".5"><rect style="fill-opacity:0.5" width="100" height="100"/></g>`).RGBAAt(50, 50).A; got < 60 || got > 67 {
		t.Errorf("opacity: %d", got)
	}
}

// Two boxes that meet within a pixel show no seam: each covers its part of it.
func TestPartsOfAPixel(t *testing.T) {
	img := drawn(t, `<svg width="50.5" height="100" viewBox="0 0 50.5 100"><rect width="100" height="100"/></svg>`)
	if a := img.RGBAAt(50, 50).A; a < 126 || a > 130 {
		t.Errorf("half a pixel is covered with %d", a)
	}
}

func TestTextIsSetAsWhole(t *testing.T) {
	f := testFonts(t)
	apart := f.Width("A", false, false) + f.Width("V", false, false)
	if both := f.Width("AV", false, false); both >= apart {
		t.Errorf("AV is %g em wide and its letters %g: no kerning", both, apart)
	}
	if f.Width("\u00a0a", false, false) <= f.Width("a", false, false) {
		t.Error("a no-break space has no width")
	}
	right := func(body string) int {
		img := drawn(t, body)
		for x := 99; x >= 0; x-- {
			for y := range 100 {
				if img.RGBAAt(x, y).A > 100 {
					return x
				}
			}
		}
		return -1
	}
	whole := right(`<text y="50" font-size="20">abcd</text>`)
	if parts := right(`<text y="50" font-size="20">ab<tspan>cd</tspan></text>`); parts < whole-1 || parts > whole+1 {
		t.Errorf("text in two runs ends at %d, in one at %d", parts, whole)
	}
	if at := right(`<text x="90" y="50" font-size="20" text-anchor="end">ab<tspan>cd</tspan></text>`); at < 86 || at > 91 {
		t.Errorf("text that ends at 90 ends at %d", at)
	}
}

// A picture whose drawing would take minutes is refused when it is read,
// whatever its size.
func TestWorkIsBounded(t *testing.T) {
	coat := `<rect width="1000" height="1000"/>`
	for name, c := range map[string]struct {
		body    string
		refused bool
	}{
		"a few coats":       {strings.Repeat(coat, 100), false},
		"many coats":        {strings.Repeat(coat, 10_000), true},
		"a long zigzag":     {`<path stroke="red" d="M0 0` + strings.Repeat("L1000 1000L0 1", 60_000) + `"/>`, true},
		"a thousand waves":  {`<path fill="none" stroke="red" d="M0 500` + strings.Repeat("q1 9 2 0t2 0", 1000) + `"/>`, false},
		"wild curves":       {`<path d="M0 0` + strings.Repeat("C9e5 0 0 9e5 -9e5 0", 100_000) + `"/>`, true},
		"a broad wild line": {`<path stroke="red" stroke-width="1e5" d="M0 0` + strings.Repeat("l1 1-1 1", 100_000) + `"/>`, true},
		"many dashed lines": {strings.Repeat(`<path d="M0 0H1000" stroke="red" stroke-dasharray=".2"/>`, 1000), true},
		"huge letters":      {`<text font-size="5000">` + strings.Repeat("ж", 10_000) + `</text>`, true},
		"far away":          {strings.Repeat(`<rect x="5000" width="1000" height="1000"/>`, 10_000), false},
		"fine dashes":       {strings.Repeat(`<path d="M0 0H1000" stroke="red" stroke-dasharray=".0001"/>`, 10), false},
	} {
		p, err := Parse([]byte(`<svg viewBox="0 0 1000 1000">` + c.body + `</svg>`))
		if refused := err != nil; refused != c.refused {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			p.Draw(200, Options{Fonts: testFonts(t)})
		}
	}
	p, err := Parse([]byte(`<svg viewBox="0 0 15000 15000"><rect width="9" height="9"/></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	if b := p.Draw(15_000, Options{}).Bounds(); b.Dx()*b.Dy() > maxPixels {
		t.Errorf("drawn at %v", b)
	}
}

func TestSizes(t *testing.T) {
	for _, c := range []struct {
		head string
		w, h float64
	}{
		{`viewBox="0 0 200 100"`, 200, 100},
		{`viewBox="0 0 200 100" width="50"`, 50, 25},
		{`width="10ex" height="2ex" viewBox="0 -1 2 2" style="vertical-align: -0.5ex;"`, 80, 16},
	} {
		p, err := Parse([]byte(`<svg ` + c.head + `></svg>`))
		if err != nil {
			t.Errorf("%s: %v", c.head, err)
			continue
		}
		if w, h := p.Size(); w != c.w || h != c.h {
			t.Errorf("%s: %g × %g", c.head, w, h)
		}
		if strings.Contains(c.head, "vertical") && (p.Depth != 0.5 || p.WidthEx != 10) {
			t.Errorf("depth %g, width %g ex", p.Depth, p.WidthEx)
		}
	}
}

func TestHostileFilesAreRefused(t *testing.T) {
	for name, file := range map[string]string{
		"nothing":        "",
		"html":           "<html></html>",
		"no size":        "<svg></svg>",
		"huge":           `<svg width="1000000" height="1"></svg>`,
		"not a number":   `<svg width="NaN" height="NaN"></svg>`,
		"deep":           `<svg viewBox="0 0 1 1">` + strings.Repeat("<g>", 1000),
		"many":           `<svg viewBox="0 0 1 1">` + strings.Repeat("<g/>", 30_000),
		"broken path":    `<svg viewBox="0 0 1 1"><path d="M0 0 L"/></svg>`,
		"endless path":   `<svg viewBox="0 0 1 1"><path d="M0 0` + strings.Repeat("h1", 500_000) + `"/></svg>`,
		"entities":       `<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg viewBox="0 0 1 1"><text>&b;</text><path d="Q"/></svg>`,
		"too many bytes": `<svg viewBox="0 0 1 1"><!--` + strings.Repeat("x", maxBytes) + `--></svg>`,
	} {
		if _, err := Parse([]byte(file)); err == nil {
			t.Errorf("%s: read without an error", name)
		}
	}
}

// TestCoursePictures holds that every picture of the founding course can be
// drawn and is not empty; with LECTERN_SHOTS the drawings are written there.
func TestCoursePictures(t *testing.T) {
	f := testFonts(t)
	light := map[string]color.Color{}
	dark := map[string]color.Color{"ink": color.NRGBA{0xE3, 0xE8, 0xE3, 255}, "muted": color.NRGBA{0xA0, 0xAB, 0xA4, 255}, "accent": color.NRGBA{0x86, 0xCD, 0xB2, 255},
		"line": color.NRGBA{0x34, 0x3D, 0x38, 255}, "wash": color.NRGBA{0x23, 0x38, 0x2F, 255}, "sunk": color.NRGBA{0x17, 0x1C, 0x1A, 255}, "edge": color.NRGBA{0x77, 0x83, 0x7C, 255}}
	for _, lang := range []string{"ru", "en"} {
		names, err := fs.Glob(courses.Founding(lang), "*.svg")
		if err != nil || len(names) == 0 {
			t.Fatalf("%s has no pictures: %v", lang, err)
		}
		for _, name := range names {
			data, err := fs.ReadFile(courses.Founding(lang), name)
			if err != nil {
				t.Fatal(err)
			}
			p, err := Parse(data)
			if err != nil {
				t.Errorf("%s %s: %v", lang, name, err)
				continue
			}
			for mode, palette := range map[string]map[string]color.Color{"light": light, "dark": dark} {
				img := p.Draw(1248, Options{Ink: color.Black, Fonts: f, Palette: func(n string) (color.Color, bool) { c, ok := palette[n]; return c, ok }})
				painted := 0
				for i := 3; i < len(img.Pix); i += 4 {
					if img.Pix[i] > 0 {
						painted++
					}
				}
				if painted < len(img.Pix)/4/100 {
					t.Errorf("%s %s is empty", lang, name)
				}
				if dir := os.Getenv("LECTERN_SHOTS"); dir != "" {
					save(t, filepath.Join(dir, fmt.Sprintf("course-%s-%s-%s.png", name[:len(name)-4], lang, mode)), img, mode == "dark")
				}
			}
		}
	}
}

func save(t *testing.T, path string, img *image.RGBA, dark bool) {
	t.Helper()
	ground := color.NRGBA{0xFC, 0xFC, 0xFA, 255}
	if dark {
		ground = color.NRGBA{0x1C, 0x22, 0x1F, 255}
	}
	b := img.Bounds()
	out := image.NewRGBA(b)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			p := img.RGBAAt(x, y)
			mix := func(c, g uint8) uint8 { return uint8(int(c) + int(g)*(255-int(p.A))/255) }
			out.SetRGBA(x, y, color.RGBA{mix(p.R, ground.R), mix(p.G, ground.G), mix(p.B, ground.B), 255})
		}
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, out); err != nil {
		t.Fatal(err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`<svg viewBox="0 0 10 10"><g transform="rotate(45 1 1)"><path d="M0 0a1 1 0 01 2 2q1 1 2 2t3 3z"/><text x="1">a<tspan dy="1">b</tspan></text></g></svg>`))
	f.Add([]byte(`<svg width="1ex" height="1ex" viewBox="0 0 1 1"><svg x="1" width="1" height="1" viewBox="0 0 2 2"><rect width="1" height="1" stroke="red" stroke-dasharray="1 0"/></svg></svg>`))
	f.Add([]byte(`<svg viewBox="0 0 9 9"><path fill-rule="evenodd" d="M1 1C3 3 4 4 5 5S1 2 3 4H2V8z" stroke="red" stroke-width="2" stroke-linecap="round" stroke-linejoin="bevel" stroke-dasharray="0,1,2"/></svg>`))
	fonts := testFonts(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := Parse(data); err == nil {
			p.Draw(64, Options{Fonts: fonts})
		}
	})
}

func BenchmarkCoursePicture(b *testing.B) {
	data, err := os.ReadFile("../../assets/courses/understanding-llm.ru/stages.svg")
	if err != nil {
		b.Fatal(err)
	}
	f := testFonts(b)
	p, err := Parse(data)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p.Draw(1248, Options{Fonts: f})
	}
}
