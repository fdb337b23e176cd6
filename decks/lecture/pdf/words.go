package pdf

import (
	"math"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/responses"
	"golang.org/x/text/unicode/norm"

	"lectern/decks/lecture/runs"
)

// word is a run of letters without white space in one font. Lengths are points;
// the origin is the lower left corner of the page as it is read.
type word struct {
	text           string
	x0, x1, y0, y1 float64 // its box
	origin, base   float64 // where the pen began: x, and y of the baseline
	size           float64 // of its letters
	style          runs.Style
	space          bool // white space stands before it
}

// box is where a letter stands, on the page as it is read.
type box struct{ x0, x1, y0, y1 float64 }

// turn is by how many quarters, clockwise, the text of a page is turned against
// its axes: landscape pages are often portrait ones turned.
type turn int

func (t turn) point(x, y float64) (float64, float64) {
	switch t {
	case 1:
		return -y, x
	case 2:
		return -x, -y
	case 3:
		return y, -x
	}
	return x, y
}

func (t turn) box(p responses.CharPosition) box {
	ax, ay := t.point(p.Left, p.Bottom)
	bx, by := t.point(p.Right, p.Top)
	return box{min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)}
}

// quarters is the turn of a letter, -1 when it stands askew.
func quarters(c *responses.GetPageTextStructuredChar) turn {
	q := c.Angle / (math.Pi / 2)
	if n := math.Round(q); math.Abs(q-n) < 0.1 {
		return turn(int(n)&3) % 4
	}
	return -1
}

// turnOf is the turn of most letters; the others are stamps and labels.
func turnOf(letters []*responses.GetPageTextStructuredChar) turn {
	var count [4]int
	for _, c := range letters {
		if q := quarters(c); q >= 0 && !blank(c.Text) {
			count[q]++
		}
	}
	best := 0
	for q := range count {
		if count[q] > count[best] {
			best = q
		}
	}
	return turn(best)
}

func blank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && r != 0 && r != '\u200b' && r != '\ufeff' {
			return false
		}
	}
	return true
}

// speller makes words of letters.
type speller struct {
	turn  turn
	text  strings.Builder
	word  word
	open  bool
	last  box // of the word's last letter
	space bool
	words []word
}

// goesOn tells whether a letter goes on with the word that is open: it stands
// next to its last letter, and on its line.
func (w *speller) goesOn(text string, b box) bool {
	if !w.open {
		return false
	}
	size := w.word.size
	gap := b.x0 - w.last.x1
	if gap > 0.25*size || gap < -0.7*size {
		return false
	}
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) { // a raised or lowered one begins a word
			return b.y0 < w.word.base+0.2*size && b.y1 > w.word.base+0.1*size
		}
	}
	return b.y0 < w.word.base+1.2*size && b.y1 > w.word.base-0.6*size
}

func (w *speller) add(text string, b box) {
	w.text.WriteString(text)
	w.last = b
	w.word.x0, w.word.x1 = min(w.word.x0, b.x0), max(w.word.x1, b.x1)
	w.word.y0, w.word.y1 = min(w.word.y0, b.y0), max(w.word.y1, b.y1)
}

func (w *speller) begin(text string, b box, f glyph) {
	x, base := w.turn.point(f.x, f.y)
	w.word = word{x0: b.x0, x1: b.x1, y0: b.y0, y1: b.y1, origin: x, base: base, size: f.size, style: f.style(), space: w.space}
	if f.size <= 0 || math.IsNaN(f.size) || math.IsInf(f.size, 0) {
		w.word.size = max(b.y1-b.y0, 1)
	}
	w.open, w.space = true, false
	w.add(text, b)
}

func (w *speller) end() {
	if w.open {
		w.word.text = tidy(w.text.String())
		w.words = append(w.words, w.word)
	}
	w.text.Reset()
	w.open = false
}

// style tells bold, italic and a program's letters by a font's name and flags.
func (f glyph) style() runs.Style {
	const fixed, italic, forceBold = 1 << 0, 1 << 6, 1 << 18
	var s runs.Style
	name := strings.ToLower(f.name)
	if f.flags&fixed != 0 || runs.Monospaced(name) {
		s |= runs.Code
	}
	if f.flags&italic != 0 || strings.Contains(name, "italic") || strings.Contains(name, "oblique") {
		s |= runs.Italic
	}
	if f.flags&forceBold != 0 || strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy") ||
		boldTeX(name) {
		s |= runs.Bold
	}
	return s
}

// boldTeX tells the bold fonts of TeX, whose names are short.
func boldTeX(name string) bool {
	if i := strings.IndexByte(name, '+'); i >= 0 {
		name = name[i+1:]
	}
	for _, p := range []string{"cmbx", "cmssbx", "sfbx", "sfsx", "lmbx", "ecbx", "labx", "larm-b"} {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// tidy writes letters as they are read: ligatures apart, accents on their
// letters, signs of private fonts as what they look like.
func tidy(s string) string {
	plain := true
	for i := range len(s) {
		plain = plain && s[i] < 0x80 && s[i] >= ' '
	}
	if plain {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\u00ad' || r == 2 || r == '\ufffe': // how PDFium gives a hyphen at a line's end
			b.WriteByte('-')
		case r < ' ' || r == '\ufeff' || r == '\u200b' || r == '\ufffd':
		case r >= 0xFB00 && r <= 0xFB06:
			b.WriteString(norm.NFKC.String(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}
