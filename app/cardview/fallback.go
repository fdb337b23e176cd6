package cardview

import (
	"bytes"
	"sync"
	"unicode"

	"fyne.io/fyne/v2"
	ftheme "fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"

	"lectern/app/kit"
	"lectern/app/theme"
)

// A letter that a face lacks, such as ∈, is drawn in another of the program's
// fonts, or in one of Fyne's own. Within one text Fyne puts it as far below the top as that font is high, so
// its baseline is not that of its neighbours. Such letters therefore become
// pieces of their own, placed by the height of the font they are drawn in.

// face is a font that letters are looked up in, and its height above the
// baseline for a size of one.
type face struct {
	font   *font.Face
	ascent float32
}

type asked struct {
	style  fyne.TextStyle
	letter rune
}

var faces = struct {
	sync.Mutex
	of      map[string]face // by the name of the font's file
	answers map[asked]standIn
}{of: map[string]face{}, answers: map[asked]standIn{}}

// standIn says what a letter is drawn in. Its zero value is the type's own
// font, or one of the desktop's, of which nothing is known.
type standIn struct {
	ascent float32 // above the baseline, for a size of one
	moved  bool    // to another face of the program
	face   kit.Face
}

// foreign finds the font for a letter that the type may lack. The interface's
// face has some signs that the reading face has not, such as ⇒ and ✓; those
// that no proportional font of the program has, such as ∈, come from the face
// of program text before the desktop is asked.
func foreign(t kit.Type, r rune) standIn {
	if r < 0x250 || r >= 0x400 && r < 0x460 || r >= 0x2010 && r < 0x2030 {
		return standIn{} // every face has these
	}
	key := asked{t.Set("", theme.Ink).TextStyle, r}
	faces.Lock()
	defer faces.Unlock()
	if a, ok := faces.answers[key]; ok {
		return a
	}
	a, place := find(key.style, r)
	if place != 0 && !key.style.Monospace {
		sans, at := find(fyne.TextStyle{Bold: t.Bold, Italic: t.Italic}, r)
		// An arrow is a sign of the text, no little picture.
		picture := place == emoji && r < 0x2600
		switch mono, in := find(fyne.TextStyle{Monospace: true}, r); {
		case at == 0:
			a = sans
			a.moved, a.face = true, kit.Sans
		case (place < 0 || picture) && in >= 0 && in != emoji:
			a = mono
			a.moved, a.face = true, kit.Mono
		}
	}
	if len(faces.answers) >= maxMeasured {
		clear(faces.answers)
	}
	faces.answers[key] = a
	return a
}

// emoji is the place of the coloured font in a chain.
const emoji = 2

// find looks a letter up in the fonts of a style; place is that of the font, or
// -1.
func find(s fyne.TextStyle, r rune) (in standIn, place int) {
	for i, res := range chain(s) {
		f := load(res)
		if f.font == nil {
			continue
		}
		if _, ok := f.font.NominalGlyph(r); !ok {
			continue
		}
		if i == 0 {
			return standIn{}, 0
		}
		return standIn{ascent: f.ascent}, i
	}
	return standIn{}, -1
}

// chain is the fonts that Fyne asks for a letter, in its order.
func chain(s fyne.TextStyle) []fyne.Resource {
	own := fyne.CurrentApp().Settings().Theme().Font(s)
	text := ftheme.DefaultTextFont()
	switch {
	case s.Monospace:
		text = ftheme.DefaultTextMonospaceFont()
	case s.Bold && s.Italic:
		text = ftheme.DefaultTextBoldItalicFont()
	case s.Bold:
		text = ftheme.DefaultTextBoldFont()
	case s.Italic:
		text = ftheme.DefaultTextItalicFont()
	}
	return []fyne.Resource{own, text, ftheme.DefaultEmojiFont(), ftheme.DefaultSymbolFont()}
}

// load reads a font once. It is called with faces locked.
func load(res fyne.Resource) face {
	if res == nil {
		return face{}
	}
	f, ok := faces.of[res.Name()]
	if ok {
		return f
	}
	if parsed, err := font.ParseTTF(bytes.NewReader(res.Content())); err == nil {
		f.font = parsed
		if ext, ok := parsed.FontHExtents(); ok {
			f.ascent = ext.Ascender / float32(parsed.Upem())
		}
	}
	faces.of[res.Name()] = f
	return f
}

// byFace cuts a piece where the font changes.
func byFace(p piece) []piece {
	letters := []rune(p.text)
	in := make([]standIn, len(letters))
	mixed := false
	for i, r := range letters {
		if i > 0 && (unicode.IsMark(r) || r == 0x200d) {
			in[i] = in[i-1]
		} else {
			in[i] = foreign(p.kind, r)
		}
		mixed = mixed || in[i] != (standIn{})
	}
	if !mixed {
		p.width = measure(p.kind, p.text)
		return []piece{p}
	}
	var out []piece
	for a := 0; a < len(letters); {
		b := a + 1
		for b < len(letters) && in[b] == in[a] {
			b++
		}
		q := p
		q.text, q.ascent = string(letters[a:b]), in[a].ascent
		if in[a].moved {
			q.kind.Face = in[a].face
			if q.kind.Face == kit.Mono { // it has one weight, upright
				q.kind.Bold, q.kind.Italic = false, false
			}
		}
		q.width = measure(q.kind, q.text)
		if a > 0 {
			q.left = 0
		}
		if b < len(letters) {
			q.right = 0
		}
		out, a = append(out, q), b
	}
	return out
}
