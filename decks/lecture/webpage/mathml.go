package webpage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mathML reads a <math> element: its TeX where it carries that, else its
// characters on a line: x_1, a/b, √(x + 1).
type mathML struct {
	display bool
	nodes   []mathNode // open elements; the first is <math> itself
	over    int        // … that are too deep to be kept
	tex     []byte
	inTeX   bool
	size    int // bytes of parts
	skip    int // open annotations that are not read
}

type mathNode struct {
	name  string
	parts []string
}

func newMathML(display bool) *mathML {
	return &mathML{display: display, nodes: []mathNode{{name: "math"}}}
}

const (
	maxMath    = 60       // how deep elements of a formula are kept
	maxFormula = 64 << 10 // how long one is, in bytes
)

// start tells whether an element belongs to a formula; any other means that the
// formula was left open.
func (m *mathML) start(name string, a *attrs, closed bool) bool {
	switch {
	case m.skip > 0:
		if !closed && kinds[name] != void {
			m.skip++
		}
	case name == "annotation" && strings.Contains(a.encoding, "tex"):
		m.inTeX = !closed
	case name == "annotation", name == "annotation-xml":
		if !closed {
			m.skip = 1
		}
	case name != "semantics" && name != "none" && (len(name) < 2 || name[0] != 'm' || kinds[name] != inline || name == "main" || name == "mark"):
		return false
	case closed:
		m.part("")
	case len(m.nodes) > maxMath:
		m.over++
	default:
		m.nodes = append(m.nodes, mathNode{name: name})
	}
	return true
}

func (m *mathML) end(name string) {
	switch {
	case m.skip > 0:
		m.skip--
	case name == "annotation":
		m.inTeX = false
	case m.over > 0:
		m.over--
	case len(m.nodes) > 1 && m.nodes[len(m.nodes)-1].name == name:
		n := m.nodes[len(m.nodes)-1]
		m.nodes = m.nodes[:len(m.nodes)-1]
		m.part(n.String())
	}
}

func (m *mathML) part(s string) {
	if m.size += 1 + len(s); m.size > maxFormula {
		return
	}
	n := &m.nodes[len(m.nodes)-1]
	n.parts = append(n.parts, s)
}

func (m *mathML) text(s []byte) {
	switch {
	case m.skip > 0:
	case m.inTeX:
		if len(m.tex) < maxFormula {
			m.tex = append(m.tex, s...)
		}
	default:
		if t := strings.Join(strings.Fields(string(visible(s))), " "); t != "" {
			m.part(t)
		}
	}
}

// String is the whole formula.
func (m *mathML) String() string {
	for len(m.nodes) > 1 {
		n := m.nodes[len(m.nodes)-1]
		m.nodes = m.nodes[:len(m.nodes)-1]
		m.part(n.String())
	}
	return m.nodes[0].String()
}

func (n mathNode) String() string {
	p := n.parts
	script := func(sign, s string) string {
		if s == "" {
			return ""
		}
		return sign + group(s)
	}
	switch n.name {
	case "msqrt":
		return "√" + group(beside(p))
	case "mfenced":
		return "(" + strings.Join(p, ", ") + ")"
	case "mtable":
		return "[" + strings.Join(p, "; ") + "]"
	case "mtr":
		return strings.Join(p, ", ")
	}
	switch len(p) {
	case 2:
		switch n.name {
		case "msub", "munder":
			return p[0] + script("_", p[1])
		case "msup", "mover":
			return p[0] + script("^", p[1])
		case "mfrac":
			return group(p[0]) + "/" + group(p[1])
		case "mroot":
			return group(p[1]) + "√" + group(p[0])
		}
	case 3:
		if n.name == "msubsup" || n.name == "munderover" {
			return p[0] + script("_", p[1]) + script("^", p[2])
		}
	}
	return beside(p)
}

// beside puts parts together so that words and numbers stay apart.
func beside(parts []string) string {
	var b strings.Builder
	last := rune(0)
	for _, s := range parts {
		if s == "" {
			continue
		}
		if first, _ := utf8.DecodeRuneInString(s); wordRune(last) && wordRune(first) {
			b.WriteByte(' ')
		}
		b.WriteString(s)
		last, _ = utf8.DecodeLastRuneInString(s)
	}
	return b.String()
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// group puts what is more than a word between brackets.
func group(s string) string {
	for _, r := range s {
		if !wordRune(r) && r != '.' && r != '∞' {
			return "(" + s + ")"
		}
	}
	return s
}

// endMath ends the open formula.
func (r *reader) endMath() {
	m := r.math
	r.math = nil
	if m == nil {
		return
	}
	if tex := strings.TrimSpace(strings.ToValidUTF8(string(m.tex), "")); tex != "" {
		if in, ok := strings.CutPrefix(tex, `{\displaystyle `); ok { // as Wikipedia writes them
			tex = strings.TrimSuffix(in, "}")
		}
		r.formula(tex, m.display || r.inside(isDisplay), r.line)
		return
	}
	r.run.words([]byte(m.String()), r.lineStyle(), r.line)
}
