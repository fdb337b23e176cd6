package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// What the tests' documents are made of: a small writer of PDF, with the fonts
// that every reader has and with embedded ones for Cyrillic.

// maker writes a PDF of A4 pages, 595 by 842 points.
type maker struct {
	tb      testing.TB
	objects []string // by number, from 1
	pages   []string // their content
	fonts   map[string]*face
	title   string
	turn    int // of all pages, in degrees
}

// face is a font with the glyphs that were used of it.
type face struct {
	name string // a standard font's, or "" for an embedded one
	file []byte
	sfnt *sfnt.Font
	used map[rune]sfnt.GlyphIndex
}

// The fonts of the tests.
const (
	helv  = "Helvetica"
	helvB = "Helvetica-Bold"
	cour  = "Courier"
	lit   = "Literata_400Regular.ttf"
	litB  = "Literata_600SemiBold.ttf"
	sans  = "SourceSans3_400Regular.ttf"
	mono  = "JetBrainsMono_400Regular.ttf"
)

func newMaker(tb testing.TB) *maker { return &maker{tb: tb, fonts: map[string]*face{}} }

func (m *maker) page() { m.pages = append(m.pages, "") }

func (m *maker) put(format string, args ...any) {
	if len(m.pages) == 0 {
		m.page()
	}
	m.pages[len(m.pages)-1] += fmt.Sprintf(format, args...) + "\n"
}

func (m *maker) face(name string) *face {
	f := m.fonts[name]
	if f != nil {
		return f
	}
	f = &face{name: name, used: map[rune]sfnt.GlyphIndex{}}
	if strings.HasSuffix(name, ".ttf") {
		data, err := os.ReadFile(filepath.Join("..", "..", "..", "assets", "fonts", name))
		if err != nil {
			m.tb.Fatal(err)
		}
		f.file, f.name = data, ""
		if f.sfnt, err = sfnt.Parse(data); err != nil {
			m.tb.Fatal(err)
		}
	}
	m.fonts[name] = f
	return f
}

// key is a font's name in the page's resources.
func key(font string) string {
	return "F" + strings.NewReplacer("-", "", "_", "", ".", "").Replace(font)
}

// show is the operand that shows a text.
func (m *maker) show(font, s string) string {
	f := m.face(font)
	if f.sfnt == nil {
		return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(s) + ")"
	}
	var b strings.Builder
	for _, r := range s {
		g, err := f.sfnt.GlyphIndex(nil, r)
		if err != nil || g == 0 {
			m.tb.Fatalf("%s has no %q", font, r)
		}
		f.used[r] = g
		fmt.Fprintf(&b, "%04X", g)
	}
	return "<" + b.String() + ">"
}

// text puts a text with its baseline at y points from the page's bottom.
func (m *maker) text(font string, size, x, y float64, s string) {
	m.put("BT /%s %g Tf %g %g Td %s Tj ET", key(font), size, x, y, m.show(font, s))
}

// width is how wide a text is.
func (m *maker) width(name string, size float64, s string) float64 {
	f := m.face(name)
	if f.sfnt == nil { // near enough to wrap lines
		if name == cour {
			return 0.6 * size * float64(len(s))
		}
		return 0.52 * size * float64(len(s))
	}
	sum := fixed.Int26_6(0)
	for _, r := range s {
		g, err := f.sfnt.GlyphIndex(nil, r)
		if err != nil {
			m.tb.Fatal(err)
		}
		a, err := f.sfnt.GlyphAdvance(nil, g, fixed.I(1000), font.HintingNone)
		if err != nil {
			m.tb.Fatal(err)
		}
		sum += a
	}
	return float64(sum) / 64 / 1000 * size
}

// flow writes words below each other, wrapped to a column.
type flow struct {
	m        *maker
	x, y, to float64 // the column's edges, and where the next line's baseline is
}

func (f *flow) space(points float64) { f.y -= points }

// par writes a paragraph; first is the indent of its first line, more that of the others.
func (f *flow) par(font string, size, first, more float64, s string) {
	x := f.x + first
	var line []string
	flush := func() {
		f.m.text(font, size, x, f.y, strings.Join(line, " "))
		f.y -= size * 1.25
		x, line = f.x+more, nil
	}
	for _, w := range strings.Fields(s) {
		if len(line) > 0 && x+f.m.width(font, size, strings.Join(append(line, w), " ")) > f.to {
			flush()
		}
		line = append(line, w)
	}
	flush()
}

// lines writes lines as they are, without wrapping.
func (f *flow) lines(font string, size, indent float64, lines ...string) {
	for _, s := range lines {
		if s != "" {
			bare := strings.TrimLeft(s, " ")
			f.m.text(font, size, f.x+indent+f.m.width(font, size, s[:len(s)-len(bare)]), f.y, bare)
		}
		f.y -= size * 1.25
	}
}

func (m *maker) object(s string) int {
	m.objects = append(m.objects, s)
	return len(m.objects)
}

func stream(dict, data string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(data)); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return fmt.Sprintf("<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", dict, b.Len(), b.String())
}

func (m *maker) font(f *face) int {
	if f.sfnt == nil {
		return m.object("<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /" + f.name + " >>")
	}
	name, err := f.sfnt.Name(nil, sfnt.NameIDPostScript)
	if err != nil {
		m.tb.Fatal(err)
	}
	var widths, unicodes strings.Builder
	for r, g := range f.used {
		a, err := f.sfnt.GlyphAdvance(nil, g, fixed.I(1000), font.HintingNone)
		if err != nil {
			m.tb.Fatal(err)
		}
		fmt.Fprintf(&widths, "%d [%d] ", g, a.Round())
		fmt.Fprintf(&unicodes, "1 beginbfchar <%04X> <", g)
		for _, u := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&unicodes, "%04X", u)
		}
		unicodes.WriteString("> endbfchar\n")
	}
	file := m.object(stream(fmt.Sprintf("/Length1 %d", len(f.file)), string(f.file)))
	desc := m.object(fmt.Sprintf("<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [-200 -300 1200 1000] /ItalicAngle 0 /Ascent 900 /Descent -250 /CapHeight 700 /StemV 80 /FontFile2 %d 0 R >>", name, file))
	cid := m.object(fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /CIDToGIDMap /Identity /DW 600 /W [%s] >>", name, desc, widths.String()))
	to := m.object(stream("", "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"+unicodes.String()+"endcmap end"))
	return m.object(fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", name, cid, to))
}

// bytes writes the file.
func (m *maker) bytes() []byte {
	m.objects = []string{"<< /Type /Catalog /Pages 2 0 R >>", ""}
	var fonts strings.Builder
	for name, f := range m.fonts {
		fmt.Fprintf(&fonts, "/%s %d 0 R ", key(name), m.font(f))
	}
	var kids strings.Builder
	for _, content := range m.pages {
		c := m.object(stream("", content))
		p := m.object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate %d /Resources << /Font << %s >> >> /Contents %d 0 R >>", m.turn, fonts.String(), c))
		fmt.Fprintf(&kids, "%d 0 R ", p)
	}
	m.objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(m.pages), kids.String())
	info := m.object("<< /Title " + utf16Text(m.title) + " >>")
	return file(m.objects, fmt.Sprintf("/Info %d 0 R", info))
}

func utf16Text(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}

// file puts objects into a file; the first is the catalogue.
func file(objects []string, trailer string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, xref)
	return b.Bytes()
}
