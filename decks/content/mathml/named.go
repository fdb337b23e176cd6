package mathml

import (
	"html"
	"strings"
	"unicode/utf8"
)

// named reads what follows a command whose name was read.
func (p *parser) named(name string) atom {
	if s, ok := identifiers[name]; ok {
		if p.font == upright {
			return atom{xml: `<mi mathvariant="normal">` + s + "</mi>"}
		}
		return atom{xml: "<mi>" + s + "</mi>"}
	}
	if s, ok := operators[name]; ok {
		return atom{xml: text("mo", s)}
	}
	if s, ok := large[name]; ok {
		return atom{xml: `<mo largeop="true" movablelimits="true">` + s + "</mo>", limits: !strings.HasSuffix(name, "int")}
	}
	if limits, ok := functions[name]; ok {
		return atom{xml: "<mi>" + name + "</mi>", limits: limits}
	}
	if s, ok := spaces[name]; ok {
		return atom{xml: `<mspace width="` + s + `"></mspace>`}
	}
	if a, ok := accents[name]; ok {
		return p.accent(a)
	}
	if font, ok := fonts[name]; ok {
		return p.inFont(font)
	}
	if font, ok := switches[name]; ok {
		p.font = font
		return atom{}
	}
	if quiet[name] {
		return atom{}
	}
	if _, ok := sizes[name]; ok {
		return p.sized(sizes[name])
	}
	switch name {
	case "frac", "dfrac", "tfrac", "cfrac":
		return p.fraction(`<mfrac>`, "</mfrac>")
	case "binom", "dbinom", "tbinom":
		return p.fraction(`<mrow><mo>(</mo><mfrac linethickness="0">`, "</mfrac><mo>)</mo></mrow>")
	case "sqrt":
		return p.root()
	case "left":
		return p.fenced()
	case "text", "textrm", "textnormal", "mbox", "hbox", "textsf", "texttt", "textit", "textup":
		return p.plain("")
	case "textbf":
		return p.plain(` style="font-weight:bold"`)
	case "operatorname":
		star := p.take("*")
		return atom{xml: "<mi>" + html.EscapeString(plainText(p.words())) + "</mi>", limits: star}
	case "begin":
		return p.environment()
	case "overset", "stackrel":
		over := p.argument()
		return atom{xml: tag("mover", group(p.argument())+group(over))}
	case "underset":
		under := p.argument()
		return atom{xml: tag("munder", group(p.argument())+group(under))}
	case "substack":
		return p.substack()
	case "mathop":
		return atom{xml: p.argument(), limits: true}
	case "mathbin", "mathrel", "mathord", "mathopen", "mathclose", "mathpunct", "mathinner", "boxed", "mathstrut", "smash":
		return atom{xml: p.argument()}
	case "phantom", "hphantom", "vphantom":
		return atom{xml: tag("mphantom", p.argument())}
	case "color", "label":
		p.words()
		return atom{}
	case "textcolor":
		p.words()
		return atom{xml: p.argument()}
	case "tag":
		return atom{xml: `<mspace width="2em"></mspace><mtext>(` + html.EscapeString(plainText(p.words())) + ")</mtext>"}
	case "bmod":
		return atom{xml: `<mo lspace="0.3em" rspace="0.3em">mod</mo>`}
	case "pmod":
		return atom{xml: `<mspace width="1em"></mspace><mrow><mo>(</mo><mi>mod</mi><mspace width="0.33em"></mspace>` + p.argument() + "<mo>)</mo></mrow>"}
	case "not":
		return p.negated()
	case "middle":
		s, ok := p.delimiter()
		if !ok {
			return p.fail()
		}
		return atom{xml: text("mo", s)}
	}
	return p.fail()
}

// accent is a sign over or under a formula.
type accent struct {
	sign     string
	under    bool
	stretchy bool
	limits   bool // a brace, which takes words
}

func (p *parser) accent(a accent) atom {
	body := p.argument()
	name, kind := "mover", `accent="true"`
	if a.under {
		name, kind = "munder", `accentunder="true"`
	}
	mo := `<mo stretchy="false">`
	if a.stretchy {
		mo = `<mo stretchy="true">`
	}
	return atom{xml: "<" + name + " " + kind + ">" + group(body) + mo + html.EscapeString(a.sign) + "</mo></" + name + ">", limits: a.limits}
}

func (p *parser) inFont(font alphabet) atom {
	old := p.font
	p.font = font
	defer func() { p.font = old }()
	p.space()
	if font != upright || !p.has("{") {
		return atom{xml: group(p.argument())}
	}
	// \mathrm{softmax} is one word
	if at := p.at; !p.wrong {
		if s := p.words(); !p.wrong && len(s) > 1 && strings.Trim(s, letters) == "" {
			return atom{xml: "<mi>" + s + "</mi>"}
		}
		p.at, p.wrong = at, false
	}
	return atom{xml: group(p.argument())}
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

func (p *parser) fraction(open, end string) atom {
	over := p.argument()
	under := p.argument()
	return atom{xml: open + group(over) + group(under) + end}
}

func (p *parser) root() atom {
	p.space()
	if !p.take("[") {
		return atom{xml: tag("msqrt", p.argument())}
	}
	index := p.row(func() bool { return p.has("]") })
	p.take("]")
	return atom{xml: tag("mroot", group(p.argument())+group(index))}
}

// fenced reads \left( … \right).
func (p *parser) fenced() atom {
	open, ok := p.delimiter()
	if !ok {
		return p.fail()
	}
	body := p.row(func() bool {
		name, _ := p.command()
		return name == "right"
	})
	_, p.at = p.command()
	end, ok := p.delimiter()
	if !ok || p.wrong {
		return p.fail()
	}
	fence := func(s string) string {
		if s == "" {
			return ""
		}
		return `<mo fence="true" stretchy="true">` + html.EscapeString(s) + "</mo>"
	}
	return atom{xml: group(fence(open) + body + fence(end))}
}

// sized reads a delimiter of a given size.
func (p *parser) sized(em string) atom {
	s, ok := p.delimiter()
	if !ok {
		return p.fail()
	}
	return atom{xml: `<mo stretchy="true" minsize="` + em + `" maxsize="` + em + `">` + html.EscapeString(s) + "</mo>"}
}

// delimiter reads a fence; "" is the dot that stands for none.
func (p *parser) delimiter() (string, bool) {
	p.space()
	if name, end := p.command(); name != "" {
		p.at = end
		s, ok := delimiters[name]
		return s, ok
	}
	if p.at == len(p.s) {
		return "", false
	}
	r, size := utf8.DecodeRuneInString(p.s[p.at:])
	if !strings.ContainsRune("()[]|/.<>", r) {
		return "", false
	}
	p.at += size
	switch r {
	case '.':
		return "", true
	case '<':
		return "⟨", true
	case '>':
		return "⟩", true
	}
	return string(r), true
}

// plain reads a text in words, in which formulas may stand between dollars.
func (p *parser) plain(style string) atom {
	parts := strings.Split(p.words(), "$")
	if len(parts)%2 == 0 {
		return p.fail()
	}
	var b strings.Builder
	for i, s := range parts {
		if i%2 == 0 {
			if s = plainText(s); s != "" {
				b.WriteString("<mtext" + style + ">" + html.EscapeString(s) + "</mtext>")
			}
			continue
		}
		q := &parser{s: s, depth: p.depth}
		b.WriteString(q.row(func() bool { return q.at == len(q.s) }))
		p.wrong = p.wrong || q.wrong
	}
	return atom{xml: group(b.String())}
}

var escapes = strings.NewReplacer(`\ `, "\u00a0", `\,`, "\u2009", `\_`, "_", `\%`, "%", `\&`, "&", `\#`, "#", `\{`, "{", `\}`, "}", "~", "\u00a0", "{", "", "}", "", "---", "—", "--", "–")

// plainText is text as it is read. Its ends keep their space, which HTML would
// drop.
func plainText(s string) string {
	s = escapes.Replace(s)
	if strings.HasPrefix(s, " ") {
		s = "\u00a0" + s[1:]
	}
	if strings.HasSuffix(s, " ") {
		s = s[:len(s)-1] + "\u00a0"
	}
	return s
}

// negated strikes the relation that follows.
func (p *parser) negated() atom {
	p.space()
	a := p.atom()
	cut, ok := strings.CutSuffix(a.xml, "</mo>")
	if !ok {
		return p.fail()
	}
	return atom{xml: cut + "\u0338</mo>"}
}
