package docx

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"

	"lectern/decks/lecture/runs"
)

const levels = 9 // of a list

// listLevel says how one level of a list is marked.
type listLevel struct {
	format string // "decimal", "bullet", …
	text   string // of the mark: "%1.", "•"
	font   string
	start  int
	legal  bool // all numbers in it are decimal
	keep   bool // goes on counting below a new entry of a level above
	indent int  // of its text, twentieths of a point
	style  string
}

// scheme is a list's definition; several lists may count by one.
type scheme struct {
	levels [levels]*listLevel
	link   string // the style whose list this one is
	count  [levels]int
	begun  [levels]bool
}

// list is a use of a scheme, perhaps with levels and starts of its own.
type list struct {
	scheme string
	own    [levels]*listLevel
	start  [levels]int
	starts [levels]bool // start was said and is still to come
}

// numbering counts the entries of a document's lists.
type numbering struct {
	schemes map[string]*scheme
	lists   map[string]*list
}

// mark is what stands before an entry.
type mark struct {
	text   string // "3.", "•"; "" for none
	box    bool   // it is a box to tick
	words  bool   // it has words: "Question 3."
	indent int
	scheme *scheme
}

// find gives the scheme of a list, through the style that a scheme may name.
func (n *numbering) find(id string, s *styles) (*list, *scheme) {
	for range 4 {
		l := n.lists[id]
		if l == nil {
			return nil, nil
		}
		sc := n.schemes[l.scheme]
		if sc == nil {
			return nil, nil
		}
		if sc.link == "" {
			return l, sc
		}
		id = s.get(sc.link).props.list
	}
	return nil, nil
}

// next counts an entry of a list and gives its mark; false when there is no
// such list.
func (n *numbering) next(id string, level int, s *styles) (mark, bool) {
	l, sc := n.find(id, s)
	if l == nil {
		return mark{}, false
	}
	lv := l.level(sc, level)
	if l.starts[level] {
		l.starts[level] = false
		sc.begun[level], sc.count[level] = true, l.start[level]
	} else if sc.begun[level] {
		sc.count[level]++
	} else {
		sc.begun[level], sc.count[level] = true, lv.start
	}
	for i := range level { // an entry may come without those above it
		if !sc.begun[i] {
			sc.begun[i], sc.count[i] = true, l.level(sc, i).start
		}
	}
	for i := level + 1; i < levels; i++ {
		if !l.level(sc, i).keep {
			sc.begun[i] = false
		}
	}
	m := mark{indent: lv.indent, scheme: sc}
	if lv.format == "bullet" {
		m.text, m.box = bullet(lv.text, lv.font)
		return m, true
	}
	m.text = strings.TrimSpace(plainSpaces.Replace(lv.text))
	for i := range levels {
		if key := "%" + strconv.Itoa(i+1); strings.Contains(m.text, key) {
			format := l.level(sc, i).format
			if lv.legal {
				format = "decimal"
			}
			m.text = strings.ReplaceAll(m.text, key, count(sc.count[i], format))
		}
	}
	m.words = strings.IndexByte(strings.TrimSpace(lv.text), ' ') > 0 || utf8.RuneCountInString(strings.TrimLeft(lv.text, " (")) > 8
	return m, true
}

// plainSpaces makes plain ones of spaces that hold words together.
var plainSpaces = strings.NewReplacer("\u00a0", " ", "\t", " ")

func (l *list) level(sc *scheme, i int) *listLevel {
	if l.own[i] != nil {
		return l.own[i]
	}
	if sc.levels[i] != nil {
		return sc.levels[i]
	}
	return &listLevel{format: "decimal", text: "%" + strconv.Itoa(i+1) + ".", start: 1, indent: 360 * (i + 1)}
}

// bullet is a bullet as it looks; the fonts of signs keep theirs in a private
// range. Box tells of one that is a box to tick.
func bullet(text, font string) (sign string, box bool) {
	r, _ := utf8.DecodeRuneInString(text)
	if text == "" {
		return "•", false
	}
	s := runs.Symbol(r, font)
	switch s {
	case "□", "☐", "❑", "❏", "◻":
		return s, true
	case "o":
		return "○", false
	}
	if rest := text[utf8.RuneLen(r):]; rest != "" && s == string(r) {
		return strings.TrimSpace(text), false
	}
	return s, false
}

const russian = "абвгдежзиклмнопрстуфхцчшщыэюя"

// count writes a number in a format of Word.
func count(n int, format string) string {
	switch format {
	case "lowerLetter":
		return letters(n, "abcdefghijklmnopqrstuvwxyz")
	case "upperLetter":
		return letters(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	case "russianLower":
		return letters(n, russian)
	case "russianUpper":
		return letters(n, strings.ToUpper(russian))
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "none":
		return ""
	}
	return strconv.Itoa(n)
}

// letters counts a, b, …, z, aa, bb, …, as Word does.
func letters(n int, alphabet string) string {
	set := []rune(alphabet)
	if n < 1 || n > 10*len(set) {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(set[(n-1)%len(set)]), (n-1)/len(set)+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= d.value {
			b.WriteString(d.sign)
			n -= d.value
		}
	}
	return b.String()
}

func (r *reader) readNumbering(part string) (*numbering, error) {
	n := &numbering{schemes: map[string]*scheme{}, lists: map[string]*list{}}
	err := r.parseIf(part, func(w *walker) error {
		return w.each(func(e xml.StartElement) error {
			switch w.tag(e) {
			case "w:abstractNum":
				return n.readScheme(w, attr(e, "abstractNumId"))
			case "w:num":
				return n.readList(w, attr(e, "numId"))
			}
			return nil
		})
	})
	return n, err
}

func (n *numbering) readScheme(w *walker, id string) error {
	sc := &scheme{}
	n.schemes[id] = sc
	return w.each(func(e xml.StartElement) error {
		switch w.tag(e) {
		case "w:numStyleLink":
			sc.link = val(e)
		case "w:lvl":
			i := number(attr(e, "ilvl"))
			lv, err := readLevel(w, i)
			if i >= 0 && i < levels {
				sc.levels[i] = lv
			}
			return err
		}
		return nil
	})
}

func readLevel(w *walker, i int) (*listLevel, error) {
	lv := &listLevel{format: "decimal", start: 1, indent: 360 * (i + 1)}
	err := w.each(func(e xml.StartElement) error {
		switch w.tag(e) {
		case "w:start":
			lv.start = number(val(e))
		case "w:numFmt":
			lv.format = val(e)
		case "w:lvlText":
			lv.text = val(e)
		case "w:isLgl":
			lv.legal = on(e)
		case "w:lvlRestart":
			lv.keep = val(e) == "0"
		case "w:pStyle":
			lv.style = val(e)
		case "w:pPr":
			p, err := readProperties(w, nil)
			if p.indents {
				lv.indent = p.indent
			}
			return err
		case "w:rPr":
			c, err := readLook(w)
			lv.font = c.font
			return err
		}
		return nil
	})
	return lv, err
}

func (n *numbering) readList(w *walker, id string) error {
	l := &list{}
	n.lists[id] = l
	return w.each(func(e xml.StartElement) error {
		switch w.tag(e) {
		case "w:abstractNumId":
			l.scheme = val(e)
		case "w:lvlOverride":
			i := number(attr(e, "ilvl"))
			if i < 0 || i >= levels {
				return nil
			}
			return w.each(func(e xml.StartElement) error {
				switch w.tag(e) {
				case "w:startOverride":
					l.start[i], l.starts[i] = number(val(e)), true
				case "w:lvl":
					lv, err := readLevel(w, i)
					l.own[i] = lv
					return err
				}
				return nil
			})
		}
		return nil
	})
}

// levelOf is the level of a scheme that a style's paragraphs take.
func (n *numbering) levelOf(id, style string, s *styles) (int, bool) {
	if l, sc := n.find(id, s); l != nil {
		for i := range levels {
			if l.level(sc, i).style == style {
				return i, true
			}
		}
	}
	return 0, false
}
