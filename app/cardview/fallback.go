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

// A letter that a face lacks, such as ∈, is drawn in one of Fyne's own fonts.
// Within one text Fyne puts it as far below the top as that font is high, so
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
	ascents map[asked]float32
}{of: map[string]face{}, ascents: map[asked]float32{}}

// foreign is the height above the baseline of the font that a letter of a type
// is drawn in, for a size of one; 0 means the type's own font, or one of the
// desktop's, whose height is not known.
func foreign(t kit.Type, r rune) float32 {
	if r < 0x250 || r >= 0x400 && r < 0x460 || r >= 0x2010 && r < 0x2030 {
		return 0 // every face has these
	}
	key := asked{t.Set("", theme.Ink).TextStyle, r}
	faces.Lock()
	defer faces.Unlock()
	if a, ok := faces.ascents[key]; ok {
		return a
	}
	a := float32(0)
	for i, res := range chain(key.style) {
		f := load(res)
		if f.font == nil {
			continue
		}
		if _, ok := f.font.NominalGlyph(r); ok {
			if i > 0 {
				a = f.ascent
			}
			break
		}
	}
	if len(faces.ascents) >= maxMeasured {
		clear(faces.ascents)
	}
	faces.ascents[key] = a
	return a
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
	ascent := make([]float32, len(letters))
	mixed := false
	for i, r := range letters {
		if i > 0 && (unicode.IsMark(r) || r == 0x200d) {
			ascent[i] = ascent[i-1]
		} else {
			ascent[i] = foreign(p.kind, r)
		}
		mixed = mixed || ascent[i] > 0
	}
	if !mixed {
		p.width = measure(p.kind, p.text)
		return []piece{p}
	}
	var out []piece
	for a := 0; a < len(letters); {
		b := a + 1
		for b < len(letters) && ascent[b] == ascent[a] {
			b++
		}
		q := p
		q.text, q.ascent = string(letters[a:b]), ascent[a]
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
