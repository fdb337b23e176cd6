package docx

import (
	"encoding/xml"
	"net/url"
	"strings"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/runs"
)

// paragraph is one paragraph as it was read.
type paragraph struct {
	line   int
	props  properties
	look   look // of its style
	kind   kind
	pieces []piece
	tick   page.Tick
	hidden bool
	letter int // letters
	size   int // half points of its largest letters
}

// piece is a line of a paragraph, or a formula that is set apart in it.
type piece struct {
	runs    []runs.Run
	formula string
}

// add appends a run; a line break in it begins a line.
func (p *paragraph) add(r runs.Run) {
	if r.Style&(runs.Math|runs.Raw) != 0 {
		p.put(r)
		return
	}
	for i, line := range strings.Split(r.Text, "\n") {
		if i > 0 {
			p.pieces = append(p.pieces, piece{})
		}
		if line != "" {
			r.Text = line
			p.put(r)
		}
	}
}

func (p *paragraph) put(r runs.Run) {
	if n := len(p.pieces); n == 0 || p.pieces[n-1].formula != "" {
		p.pieces = append(p.pieces, piece{})
	}
	last := &p.pieces[len(p.pieces)-1]
	last.runs = append(last.runs, r)
}

// words tells whether a paragraph has said anything yet.
func (p *paragraph) words() bool {
	for _, x := range p.pieces {
		if x.formula != "" {
			return true
		}
		for _, r := range x.runs {
			if strings.TrimSpace(r.Text) != "" {
				return true
			}
		}
	}
	return false
}

// field is a place in the text that Word fills: between its beginning and its
// separator stands what it is, between that and its end what is shown.
type field struct {
	code  strings.Builder
	shown bool
	link  string
	toc   bool
}

// readParagraph reads the open w:p.
func (r *reader) readParagraph(w *walker) (*paragraph, error) {
	r.line++
	p := &paragraph{line: r.line}
	begun := r.line
	r.dress(p, properties{})
	err := w.each(func(e xml.StartElement) error {
		if w.tag(e) == "w:pPr" {
			props, err := readProperties(w, nil)
			r.dress(p, props)
			return err
		}
		return r.inline(w, e, p, "")
	})
	p.hidden = p.hidden || r.hidden || p.kind == contents
	if r.line > begun { // a text box within was told before
		p.line = r.line
	}
	return p, err
}

// dress gives a paragraph what its style says.
func (r *reader) dress(p *paragraph, props properties) {
	st := r.styles.get(props.style)
	p.props = props.over(st.props)
	if !props.leveled && st.props.list != "" && props.list == "" {
		id := props.style
		if id == "" {
			id = r.styles.normal
		}
		if n, ok := r.lists.levelOf(st.props.list, id, &r.styles); ok {
			p.props.level = n
		}
	}
	p.kind = st.kind
	p.look = r.styles.look.with(st.change)
	if p.kind == plain && p.props.outline > 0 {
		p.kind = heading
	}
}

// inline reads an element of a paragraph; link is the address it leads to.
func (r *reader) inline(w *walker, e xml.StartElement, p *paragraph, link string) error {
	into := func(link string) error {
		return w.each(func(e xml.StartElement) error { return r.inline(w, e, p, link) })
	}
	switch w.tag(e) {
	case "w:r":
		return r.run(w, p, link)
	case "w:hyperlink":
		if rel := r.rels[attr(e, "id")]; rel.external {
			link = address(rel.target)
		}
		return into(link)
	case "w:fldSimple":
		f := &field{}
		f.code.WriteString(attr(e, "instr"))
		f.begin()
		if f.link != "" {
			link = f.link
		}
		return into(link)
	case "w:sdt":
		return r.control(w, p, link)
	case "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdtContent", "w:dir", "w:bdo":
		return into(link)
	case "m:oMath":
		s, err := tex(w)
		p.add(runs.Run{Text: s, Style: runs.Math})
		return err
	case "m:oMathPara":
		return w.each(func(e xml.StartElement) error {
			if w.tag(e) != "m:oMath" {
				return nil
			}
			s, err := tex(w)
			if s = strings.TrimSpace(s); s != "" {
				p.pieces = append(p.pieces, piece{formula: s})
			}
			return err
		})
	case "mc:AlternateContent":
		return w.each(func(e xml.StartElement) error {
			if w.tag(e) != "mc:Choice" {
				return nil
			}
			return into(link)
		})
	}
	return nil
}

// control reads the open w:sdt within a paragraph: a box to tick, or a place
// for text.
func (r *reader) control(w *walker, p *paragraph, link string) error {
	box, ticked := false, false
	return w.each(func(e xml.StartElement) error {
		switch w.tag(e) {
		case "w:sdtPr":
			return w.each(func(e xml.StartElement) error {
				if w.tag(e) != "w14:checkbox" {
					return nil
				}
				box = true
				return w.each(func(e xml.StartElement) error {
					if w.tag(e) == "w14:checked" {
						ticked = on(e)
					}
					return nil
				})
			})
		case "w:sdtContent":
			if box {
				r.box(p, ticked)
				return nil
			}
			return w.each(func(e xml.StartElement) error { return r.inline(w, e, p, link) })
		}
		return nil
	})
}

// box puts a box to tick: before the words it is the paragraph's own, elsewhere
// a sign.
func (r *reader) box(p *paragraph, ticked bool) {
	sign, tick := "☐", page.Unticked
	if ticked {
		sign, tick = "☑", page.Ticked
	}
	if p.tick == page.NoTick && !p.words() {
		p.tick = tick
		return
	}
	p.add(runs.Run{Text: sign})
}

// run reads the open w:r.
func (r *reader) run(w *walker, p *paragraph, link string) error {
	l := p.look
	if p.kind == heading || p.kind == title {
		l.style &^= runs.Bold | runs.Italic // what its style gives all of it says nothing
	}
	for _, f := range r.fields {
		if f.link != "" {
			link = f.link
		}
	}
	text := func(s string) {
		if l.hidden || s == "" {
			return
		}
		for _, f := range r.fields {
			if !f.shown {
				return
			}
			p.hidden = p.hidden || f.toc
		}
		p.letter += len(s)
		p.size = max(p.size, l.size)
		p.add(runs.Run{Text: s, Style: l.style, Link: link})
	}
	return w.each(func(e xml.StartElement) error { return r.piece(w, e, p, &l, text) })
}

func (r *reader) piece(w *walker, e xml.StartElement, p *paragraph, l *look, text func(string)) error {
	switch w.tag(e) {
	case "w:rPr":
		c, err := readLook(w)
		if st := r.styles.byID[c.char]; st != nil {
			r.styles.resolve(st, 0)
			*l = l.with(st.change)
			if codeName.MatchString(st.name) {
				l.style |= runs.Code
			}
		}
		*l = l.with(c)
		return err
	case "w:t":
		s, err := w.text()
		text(strings.ReplaceAll(s, "\n", " "))
		return err
	case "w:tab", "w:ptab":
		text("\t")
	case "w:br", "w:cr":
		if t := attr(e, "type"); t != "page" && t != "column" {
			text("\n")
		}
	case "w:noBreakHyphen":
		text("-")
	case "w:sym":
		if code := hex(attr(e, "char")); code > 0 {
			text(runs.Symbol(code, attr(e, "font")))
		}
	case "w:drawing", "w:pict", "w:object":
		alt := ""
		return r.drawing(w, p, &alt)
	case "mc:AlternateContent":
		return w.each(func(e xml.StartElement) error {
			if w.tag(e) != "mc:Choice" {
				return nil
			}
			return w.each(func(e xml.StartElement) error { return r.piece(w, e, p, l, text) })
		})
	case "w:instrText":
		s, err := w.text()
		if n := len(r.fields); n > 0 && !r.fields[n-1].shown && r.fields[n-1].code.Len() < 4000 {
			r.fields[n-1].code.WriteString(s)
		}
		return err
	case "w:fldChar":
		return r.fieldMark(w, e, p)
	}
	return nil
}

// fieldMark reads a beginning, a separator or an end of a field.
func (r *reader) fieldMark(w *walker, e xml.StartElement, p *paragraph) error {
	switch attr(e, "fldCharType") {
	case "begin":
		if len(r.fields) < 50 {
			r.fields = append(r.fields, &field{})
		}
		return w.each(func(e xml.StartElement) error {
			if w.tag(e) != "w:ffData" {
				return nil
			}
			return w.each(func(e xml.StartElement) error {
				if w.tag(e) != "w:checkBox" {
					return nil
				}
				ticked := false
				err := w.each(func(e xml.StartElement) error {
					if name := w.tag(e); name == "w:default" || name == "w:checked" {
						ticked = on(e)
					}
					return nil
				})
				r.box(p, ticked)
				return err
			})
		})
	case "separate":
		if n := len(r.fields); n > 0 {
			r.fields[n-1].begin()
		}
	case "end":
		if n := len(r.fields); n > 0 {
			r.fields = r.fields[:n-1]
		}
	}
	return nil
}

// begin reads what a field is, before what it shows.
func (f *field) begin() {
	f.shown = true
	name, rest, _ := strings.Cut(strings.TrimSpace(f.code.String()), " ")
	switch strings.ToUpper(name) {
	case "TOC", "INDEX":
		f.toc = true
	case "HYPERLINK":
		rest = strings.TrimSpace(rest)
		if inner, ok := strings.CutPrefix(rest, `"`); ok {
			target, _, _ := strings.Cut(inner, `"`)
			f.link = address(target)
		}
	}
}

// address keeps what a card may link to.
func address(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
		return ""
	}
	return u.String()
}

func hex(s string) rune {
	n := rune(0)
	for _, c := range strings.ToLower(s) {
		i := strings.IndexRune("0123456789abcdef", c)
		if i < 0 || n > 0xFFFF {
			return 0
		}
		n = n<<4 | rune(i)
	}
	return n
}

// drawing reads what is drawn: pictures, and text in boxes, which is told
// before the paragraph that they hang on.
func (r *reader) drawing(w *walker, p *paragraph, alt *string) error {
	return w.each(func(e xml.StartElement) error {
		id := ""
		switch w.tag(e) {
		case "w:txbxContent":
			return r.blocks(w)
		case "wp:docPr":
			*alt = attr(e, "descr")
		case "a:blip":
			id = attr(e, "embed")
		case "v:imagedata":
			id = attr(e, "id")
			if t := attr(e, "title"); t != "" {
				*alt = t
			}
		case "mc:Fallback":
			return nil
		}
		if rel, ok := r.rels[id]; ok && id != "" {
			if run, ok := r.shots.run(rel, *alt); ok {
				p.add(run)
			}
		}
		return r.drawing(w, p, alt)
	})
}
