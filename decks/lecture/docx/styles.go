package docx

import (
	"encoding/xml"
	"regexp"
	"strings"

	"lectern/decks/lecture/runs"
)

// look is how a run looks: what its style and it itself say.
type look struct {
	style  runs.Style // Bold, Italic, Strike, Super, Sub, Code
	size   int        // half points, 0 when not said
	hidden bool
}

// change is what one place says of a look; what it does not say stays.
type change struct {
	set, clear runs.Style
	size       int
	font       string
	hide, show bool
	char       string // the character style
}

func (l look) with(c change) look {
	l.style = l.style&^c.clear | c.set
	if c.font != "" {
		l.style &^= runs.Code
		if runs.Monospaced(c.font) {
			l.style |= runs.Code
		}
	}
	if c.size > 0 {
		l.size = c.size
	}
	l.hidden = (l.hidden || c.hide) && !c.show
	return l
}

// properties are those of a paragraph: what its style and it itself say.
type properties struct {
	style   string // its id
	outline int    // of a heading, from 1; 0 for none
	list    string // the id of its numbering; "0" and "" for none
	level   int    // in the list, from 0
	leveled bool   // level was said
	indent  int    // of its left edge, twentieths of a point
	indents bool   // indent was said
}

func (p properties) over(base properties) properties {
	if p.outline == 0 {
		p.outline = base.outline
	}
	if p.list == "" {
		p.list = base.list
	}
	if !p.leveled {
		p.level, p.leveled = base.level, base.leveled
	}
	if !p.indents {
		p.indent, p.indents = base.indent, base.indents
	}
	return p
}

// style is a named style, with what it takes from those it is based on.
type style struct {
	name     string
	base     string
	change   change
	props    properties
	resolved bool

	kind kind
}

// kind is what a paragraph's style makes of it.
type kind int

const (
	plain kind = iota
	heading
	title
	code
	quote
	contents // a line of a table of contents
)

// styles are a document's styles by their ids.
type styles struct {
	byID   map[string]*style
	normal string // the style of paragraphs that name none
	size   int    // half points of its letters
	look   look   // of all text, before any style
}

func (s *styles) get(id string) *style {
	if id == "" {
		id = s.normal
	}
	if st := s.byID[id]; st != nil {
		s.resolve(st, 0)
		return st
	}
	return &style{resolved: true}
}

// resolve puts into a style what its base says.
func (s *styles) resolve(st *style, depth int) {
	if st.resolved {
		return
	}
	st.resolved = true // also where styles are based on each other in a ring
	base := s.byID[st.base]
	if base == nil || depth > 20 {
		st.kind = kindOf(st.name, plain)
		return
	}
	s.resolve(base, depth+1)
	st.props = st.props.over(base.props)
	c := base.change
	c.set, c.clear = c.set&^st.change.clear|st.change.set, c.clear&^st.change.set|st.change.clear
	if st.change.size > 0 {
		c.size = st.change.size
	}
	if st.change.font != "" {
		c.font = st.change.font
	}
	c.hide, c.show = c.hide && !st.change.show || st.change.hide, c.show && !st.change.hide || st.change.show
	st.change = c
	st.kind = kindOf(st.name, base.kind)
}

var (
	// Word writes the names of its own styles in English, whatever its
	// language; other programs and converters do not.
	headingName  = regexp.MustCompile(`(?i)^(?:heading|заголовок|überschrift|titre|título|titolo|заглавие|nagłówek|rubrik|kop|标题|見出し)\s*([1-9])$`)
	titleName    = regexp.MustCompile(`(?i)^(?:title|название|заголовок документа|titel)$`)
	codeName     = regexp.MustCompile(`(?i)\bcode\b|source|preformatted|verbatim|plain text|листинг|^код|программ`)
	quoteName    = regexp.MustCompile(`(?i)quote|цитата|block text`)
	contentsName = regexp.MustCompile(`(?i)^(?:toc|оглавление|contents|table of figures)\s*(?:[1-9]|heading)?$`)
)

func kindOf(name string, base kind) kind {
	switch {
	case contentsName.MatchString(name):
		return contents
	case titleName.MatchString(name):
		return title
	case headingName.MatchString(name):
		return heading
	case codeName.MatchString(name):
		return code
	case quoteName.MatchString(name):
		return quote
	}
	return base
}

func (r *reader) readStyles(part string) (styles, error) {
	s := styles{byID: map[string]*style{}, size: 20}
	err := r.parseIf(part, func(w *walker) error {
		return w.each(func(e xml.StartElement) error {
			switch w.tag(e) {
			case "w:docDefaults":
				return s.defaults(w)
			case "w:style":
				return s.read(w, e)
			}
			return nil
		})
	})
	if st := s.get(""); st.change.size > 0 {
		s.size = st.change.size
	} else if s.look.size > 0 {
		s.size = s.look.size
	}
	return s, err
}

func (s *styles) defaults(w *walker) error {
	return w.each(func(e xml.StartElement) error { // w:rPrDefault, w:pPrDefault
		return w.each(func(e xml.StartElement) error {
			if w.tag(e) != "w:rPr" {
				return nil
			}
			c, err := readLook(w)
			s.look = s.look.with(c)
			return err
		})
	})
}

func (s *styles) read(w *walker, e xml.StartElement) error {
	st, id := &style{}, attr(e, "styleId")
	if attr(e, "type") == "paragraph" && (attr(e, "default") == "1" || attr(e, "default") == "true") {
		s.normal = id
	}
	err := w.each(func(e xml.StartElement) (err error) {
		switch w.tag(e) {
		case "w:name":
			st.name = strings.TrimSpace(val(e))
		case "w:basedOn":
			st.base = val(e)
		case "w:rPr":
			st.change, err = readLook(w)
		case "w:pPr":
			st.props, err = readProperties(w, nil)
		}
		return err
	})
	if m := headingName.FindStringSubmatch(st.name); m != nil && st.props.outline == 0 {
		st.props.outline = number(m[1])
	}
	s.byID[id] = st
	return err
}

// readLook reads the open w:rPr.
func readLook(w *walker) (c change, err error) {
	flag := func(e xml.StartElement, s runs.Style) {
		if on(e) {
			c.set |= s
		} else {
			c.clear |= s
		}
	}
	err = w.each(func(e xml.StartElement) error {
		switch w.tag(e) {
		case "w:rStyle":
			c.char = val(e)
		case "w:b":
			flag(e, runs.Bold)
		case "w:i":
			flag(e, runs.Italic)
		case "w:strike", "w:dstrike":
			flag(e, runs.Strike)
		case "w:vanish":
			c.hide, c.show = on(e), !on(e)
		case "w:sz":
			c.size = number(val(e))
		case "w:rFonts":
			if f := attr(e, "ascii"); f != "" {
				c.font = f
			}
		case "w:vertAlign":
			switch val(e) {
			case "superscript":
				c.set |= runs.Super
			case "subscript":
				c.set |= runs.Sub
			default:
				c.clear |= runs.Super | runs.Sub
			}
		}
		return nil
	})
	return c, err
}

// readProperties reads the open w:pPr; mark is told of the look of the
// paragraph's own mark.
func readProperties(w *walker, mark func(change)) (p properties, err error) {
	err = w.each(func(e xml.StartElement) error {
		switch w.tag(e) {
		case "w:pStyle":
			p.style = val(e)
		case "w:outlineLvl":
			if n := number(val(e)); n < 9 {
				p.outline = n + 1
			}
		case "w:numPr":
			return w.each(func(e xml.StartElement) error {
				switch w.tag(e) {
				case "w:ilvl":
					p.level, p.leveled = min(max(number(val(e)), 0), 8), true
				case "w:numId":
					p.list = val(e)
				}
				return nil
			})
		case "w:ind":
			for _, a := range e.Attr {
				if a.Name.Local == "left" || a.Name.Local == "start" {
					p.indent, p.indents = number(a.Value), true
				}
			}
		case "w:rPr":
			if mark != nil {
				c, err := readLook(w)
				mark(c)
				return err
			}
		}
		return nil
	})
	return p, err
}
