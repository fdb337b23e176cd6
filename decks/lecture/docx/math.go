package docx

import (
	"encoding/xml"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tex writes what stands within the open element of a formula as TeX.
func tex(w *walker) (string, error) {
	var b strings.Builder
	err := w.each(func(e xml.StartElement) error {
		s, err := texOf(w, e)
		b.WriteString(s)
		return err
	})
	return b.String(), err
}

func texOf(w *walker, e xml.StartElement) (string, error) {
	name := w.tag(e)
	switch name {
	case "m:r":
		return mathRun(w)
	case "m:m":
		return matrix(w)
	case "w:del", "w:moveFrom", "w:rPr":
		return "", nil
	}
	if strings.HasPrefix(name, "m:") && strings.HasSuffix(name, "Pr") {
		return "", nil
	}
	build, known := builders[name]
	if !known { // m:oMath within m:oMathPara, m:box, w:ins, …
		return tex(w)
	}
	n, err := readNode(w)
	if err != nil {
		return "", err
	}
	return build(n), nil
}

// node is a structure of a formula: its arguments by name, as TeX, and what its
// properties say.
type node struct {
	args  map[string][]string
	props map[string]string
}

func readNode(w *walker) (node, error) {
	n := node{map[string][]string{}, map[string]string{}}
	err := w.each(func(e xml.StartElement) error {
		if strings.HasSuffix(e.Name.Local, "Pr") {
			return w.each(func(e xml.StartElement) error {
				value := val(e)
				if len(e.Attr) == 0 {
					value = "1"
				}
				n.props[e.Name.Local] = value
				return nil
			})
		}
		s, err := tex(w)
		n.args[e.Name.Local] = append(n.args[e.Name.Local], strings.TrimSpace(s))
		return err
	})
	return n, err
}

func (n node) arg(name string) string {
	if len(n.args[name]) == 0 {
		return ""
	}
	return n.args[name][0]
}

func (n node) is(prop string) bool {
	v, ok := n.props[prop]
	return ok && v != "0" && v != "off" && v != "false"
}

// prop is a property's value, or what it is when nothing is said.
func (n node) prop(name, unsaid string) string {
	if v, ok := n.props[name]; ok {
		return v
	}
	return unsaid
}

func group(s string) string { return "{" + s + "}" }

// tight is a group around what is more than one sign.
func tight(s string) string {
	if len(s) == 1 {
		return s
	}
	return group(s)
}

func scripts(n node) string {
	s := tight(n.arg("e"))
	if sub, ok := n.args["sub"]; ok {
		s += "_" + tight(sub[0])
	}
	if sup, ok := n.args["sup"]; ok {
		s += "^" + tight(sup[0])
	}
	return s
}

var builders = map[string]func(node) string{
	"m:f": func(n node) string {
		switch n.props["type"] {
		case "lin", "skw":
			return tight(n.arg("num")) + "/" + tight(n.arg("den"))
		case "noBar":
			return `\genfrac{}{}{0pt}{}` + group(n.arg("num")) + group(n.arg("den"))
		}
		return `\frac` + group(n.arg("num")) + group(n.arg("den"))
	},
	"m:sSub":    scripts,
	"m:sSup":    scripts,
	"m:sSubSup": scripts,
	"m:sPre": func(n node) string {
		return "{}_" + tight(n.arg("sub")) + "^" + tight(n.arg("sup")) + n.arg("e")
	},
	"m:rad": func(n node) string {
		if n.is("degHide") || n.arg("deg") == "" {
			return `\sqrt` + group(n.arg("e"))
		}
		return `\sqrt[` + n.arg("deg") + "]" + group(n.arg("e"))
	},
	"m:nary": func(n node) string {
		s := strings.TrimSpace(command(n.prop("chr", "∫")))
		if !n.is("subHide") && n.arg("sub") != "" {
			s += "_" + tight(n.arg("sub"))
		}
		if !n.is("supHide") && n.arg("sup") != "" {
			s += "^" + tight(n.arg("sup"))
		}
		return s + " " + n.arg("e")
	},
	"m:d": delimited,
	"m:func": func(n node) string {
		return operator(n.arg("fName")) + " " + n.arg("e")
	},
	"m:acc": func(n node) string {
		if a := accents[n.prop("chr", "\u0302")]; a != "" {
			return a + group(n.arg("e"))
		}
		return n.arg("e")
	},
	"m:bar": func(n node) string {
		if n.props["pos"] == "top" {
			return `\overline` + group(n.arg("e"))
		}
		return `\underline` + group(n.arg("e"))
	},
	"m:groupChr": func(n node) string {
		over := n.props["pos"] == "top"
		switch chr := n.prop("chr", "⏟"); {
		case chr == "⏞":
			return `\overbrace` + group(n.arg("e"))
		case chr == "⏟":
			return `\underbrace` + group(n.arg("e"))
		case over:
			return `\overset` + group(command(chr)) + group(n.arg("e"))
		default:
			return `\underset` + group(command(chr)) + group(n.arg("e"))
		}
	},
	"m:limLow": func(n node) string { return limit(n, "_", `\underset`) },
	"m:limUpp": func(n node) string { return limit(n, "^", `\overset`) },
	"m:eqArr": func(n node) string {
		for i, row := range n.args["e"] { // an ampersand says where rows are aligned
			n.args["e"][i] = strings.ReplaceAll(row, `\&`, "&")
		}
		return `\begin{aligned}` + strings.Join(n.args["e"], ` \\ `) + `\end{aligned}`
	},
	"m:borderBox": func(n node) string { return `\boxed` + group(n.arg("e")) },
}

func limit(n node, sign, set string) string {
	e := operator(n.arg("e"))
	if strings.HasPrefix(e, `\`) && !strings.HasPrefix(e, `\mathrm`) {
		return e + sign + group(n.arg("lim"))
	}
	return set + group(n.arg("lim")) + group(e)
}

func delimited(n node) string {
	open, end := n.prop("begChr", "("), n.prop("endChr", ")")
	inner := strings.Join(n.args["e"], " "+command(n.prop("sepChr", "|"))+" ")
	if open == "{" && end == "" && strings.HasPrefix(inner, `\begin{aligned}`) {
		inner = strings.TrimSuffix(strings.TrimPrefix(inner, `\begin{aligned}`), `\end{aligned}`)
		return `\begin{cases}` + inner + `\end{cases}`
	}
	tall := open == "" || end == ""
	for _, s := range []string{`\frac`, `\begin`, `\sum`, `\int`, `\prod`, `\over`, `\under`} {
		tall = tall || strings.Contains(inner, s)
	}
	if !tall {
		return fence(open) + inner + fence(end)
	}
	if open == "" {
		open = "."
	}
	if end == "" {
		end = "."
	}
	return `\left` + fence(open) + " " + inner + ` \right` + fence(end)
}

func fence(s string) string {
	switch s {
	case "{", "}":
		return `\` + s
	case "⟨", "〈", "⟩", "〉", "‖", "⌊", "⌋", "⌈", "⌉":
		return command(s)
	}
	return s
}

func matrix(w *walker) (string, error) {
	var rows []string
	err := w.each(func(e xml.StartElement) error {
		if w.tag(e) != "m:mr" {
			return nil
		}
		n, err := readNode(w)
		rows = append(rows, strings.Join(n.args["e"], " & "))
		return err
	})
	return `\begin{matrix}` + strings.Join(rows, ` \\ `) + `\end{matrix}`, err
}

// mathRun writes the letters of a formula.
func mathRun(w *walker) (string, error) {
	var text, style, script string
	words := false
	err := w.each(func(e xml.StartElement) error {
		switch w.tag(e) {
		case "m:rPr":
			return w.each(func(e xml.StartElement) error {
				switch e.Name.Local {
				case "nor":
					words = on(e)
				case "sty":
					style = val(e)
				case "scr":
					script = val(e)
				}
				return nil
			})
		case "m:t", "w:t":
			s, err := w.text()
			text += s
			return err
		}
		return nil
	})
	bare := strings.TrimSpace(text)
	switch {
	case words && bare != "":
		return `\text{` + textEscaper.Replace(text) + "}", err
	case style == "p" && functions[bare]:
		return `\` + bare + " ", err
	case bare == "" || !isWord(bare):
		return command(text), err
	case script == "double-struck":
		return `\mathbb{` + bare + "}", err
	case script == "script":
		return `\mathcal{` + bare + "}", err
	case script == "fraktur":
		return `\mathfrak{` + bare + "}", err
	case style == "b" || style == "bi":
		return `\mathbf{` + command(bare) + "}", err
	case style == "p" && len([]rune(bare)) > 1:
		return `\mathrm{` + bare + "}", err
	}
	return command(text), err
}

func isWord(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// operator writes a function's name.
func operator(name string) string {
	bare := strings.TrimSpace(name)
	if inner, ok := strings.CutPrefix(bare, `\mathrm{`); ok {
		bare = strings.TrimSuffix(inner, "}")
	}
	switch {
	case functions[bare]:
		return `\` + bare
	case len(bare) > 1 && isWord(bare):
		return `\operatorname{` + bare + "}"
	}
	return strings.TrimSpace(name)
}

var functions = set("sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth log ln lg exp lim max min sup inf det dim gcd arg deg ker Pr hom limsup liminf")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// command writes plain signs as TeX.
func command(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch c := commands[r]; {
		case c != "":
			b.WriteString(c)
			if last := c[len(c)-1]; last >= 'a' && last <= 'z' || last >= 'A' && last <= 'Z' {
				b.WriteByte(' ')
			}
		case r >= 0x1D400 && r <= 0x1D7FF: // letters in a style of their own
			b.WriteString(norm.NFKC.String(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

var accents = map[string]string{
	"\u0302": `\hat`, "\u0303": `\tilde`, "\u0304": `\bar`, "\u0305": `\overline`, "\u20D7": `\vec`, "\u0307": `\dot`, "\u0308": `\ddot`,
	"\u030C": `\check`, "\u0306": `\breve`, "\u0301": `\acute`, "\u0300": `\grave`, "\u0332": `\underline`, "¯": `\bar`, "^": `\hat`, "~": `\tilde`, "→": `\vec`,
}

var textEscaper = strings.NewReplacer(`\`, `\backslash `, "{", `\{`, "}", `\}`, "$", `\$`, "%", `\%`, "#", `\#`, "&", `\&`, "_", `\_`)

var commands = map[rune]string{
	'\\': `\backslash`, '{': `\{`, '}': `\}`, '$': `\$`, '%': `\%`, '#': `\#`, '&': `\&`, '_': `\_`, '~': `\sim`, '^': `\hat{}`, '\u00a0': " ",
	'\u2061': "", '\u2062': "", '\u2063': "", '\u200b': "",
	'α': `\alpha`, 'β': `\beta`, 'γ': `\gamma`, 'δ': `\delta`, 'ε': `\varepsilon`, 'ϵ': `\epsilon`, 'ζ': `\zeta`, 'η': `\eta`, 'θ': `\theta`,
	'ϑ': `\vartheta`, 'ι': `\iota`, 'κ': `\kappa`, 'λ': `\lambda`, 'μ': `\mu`, 'ν': `\nu`, 'ξ': `\xi`, 'π': `\pi`, 'ρ': `\rho`, 'σ': `\sigma`,
	'ς': `\varsigma`, 'τ': `\tau`, 'υ': `\upsilon`, 'φ': `\varphi`, 'ϕ': `\phi`, 'χ': `\chi`, 'ψ': `\psi`, 'ω': `\omega`,
	'Γ': `\Gamma`, 'Δ': `\Delta`, 'Θ': `\Theta`, 'Λ': `\Lambda`, 'Ξ': `\Xi`, 'Π': `\Pi`, 'Σ': `\Sigma`, 'Φ': `\Phi`, 'Ψ': `\Psi`, 'Ω': `\Omega`, '∆': `\Delta`,
	'±': `\pm`, '∓': `\mp`, '×': `\times`, '÷': `\div`, '·': `\cdot`, '⋅': `\cdot`, '∙': `\cdot`, '∗': `*`, '∘': `\circ`, '⊕': `\oplus`, '⊗': `\otimes`, '⊙': `\odot`,
	'≤': `\le`, '≥': `\ge`, '≠': `\ne`, '≈': `\approx`, '≡': `\equiv`, '∼': `\sim`, '≃': `\simeq`, '≅': `\cong`, '∝': `\propto`, '≪': `\ll`, '≫': `\gg`,
	'→': `\to`, '←': `\leftarrow`, '↔': `\leftrightarrow`, '⇒': `\Rightarrow`, '⇐': `\Leftarrow`, '⇔': `\Leftrightarrow`, '↦': `\mapsto`, '⟶': `\longrightarrow`,
	'∞': `\infty`, '∂': `\partial`, '∇': `\nabla`, '∅': `\emptyset`, '∀': `\forall`, '∃': `\exists`, '¬': `\neg`, '∧': `\wedge`, '∨': `\vee`,
	'∈': `\in`, '∉': `\notin`, '∋': `\ni`, '⊂': `\subset`, '⊃': `\supset`, '⊆': `\subseteq`, '⊇': `\supseteq`, '∪': `\cup`, '∩': `\cap`, '∖': `\setminus`,
	'∑': `\sum`, '∏': `\prod`, '∐': `\coprod`, '∫': `\int`, '∬': `\iint`, '∭': `\iiint`, '∮': `\oint`, '⋃': `\bigcup`, '⋂': `\bigcap`, '⋁': `\bigvee`, '⋀': `\bigwedge`,
	'√': `\surd`, '…': `\ldots`, '⋯': `\cdots`, '⋮': `\vdots`, '⋱': `\ddots`, '⊥': `\perp`, '∥': `\parallel`, '∠': `\angle`, '°': `^\circ`,
	'⟨': `\langle`, '⟩': `\rangle`, '〈': `\langle`, '〉': `\rangle`, '‖': `\|`, '⌊': `\lfloor`, '⌋': `\rfloor`, '⌈': `\lceil`, '⌉': `\rceil`,
	'ℝ': `\mathbb{R}`, 'ℕ': `\mathbb{N}`, 'ℤ': `\mathbb{Z}`, 'ℚ': `\mathbb{Q}`, 'ℂ': `\mathbb{C}`, 'ℙ': `\mathbb{P}`, 'ℓ': `\ell`, 'ℏ': `\hbar`, 'ℒ': `\mathcal{L}`,
	'−': "-", '′': "'", '″': "''", '∣': `\mid`, '∴': `\therefore`, '∵': `\because`, '†': `\dagger`, '⊤': `\top`, '⊢': `\vdash`, '⊨': `\models`,
}
