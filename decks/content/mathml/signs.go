package mathml

// alphabet is a font of mathematics. Its letters have code points of their own.
type alphabet int

const (
	italic alphabet = iota // as mi shows a letter
	upright
	bold
	double
	script
	fraktur
	sans
	mono
)

// of puts Latin letters and digits into an alphabet.
func (a alphabet) of(s string) string {
	if a == italic || a == upright {
		return s
	}
	out := []rune(s)
	for i, r := range out {
		out[i] = a.sign(r)
	}
	return string(out)
}

// Letters that had a code point before the alphabets got theirs.
var (
	doubles  = map[rune]rune{'C': 'ℂ', 'H': 'ℍ', 'N': 'ℕ', 'P': 'ℙ', 'Q': 'ℚ', 'R': 'ℝ', 'Z': 'ℤ'}
	scripts  = map[rune]rune{'B': 'ℬ', 'E': 'ℰ', 'F': 'ℱ', 'H': 'ℋ', 'I': 'ℐ', 'L': 'ℒ', 'M': 'ℳ', 'R': 'ℛ', 'e': 'ℯ', 'g': 'ℊ', 'o': 'ℴ'}
	frakturs = map[rune]rune{'C': 'ℭ', 'H': 'ℌ', 'I': 'ℑ', 'R': 'ℜ', 'Z': 'ℨ'}
)

func (a alphabet) sign(r rune) rune {
	begin := map[alphabet][3]rune{ // of A, a and 0
		bold: {0x1d400, 0x1d41a, 0x1d7ce}, double: {0x1d538, 0x1d552, 0x1d7d8}, script: {0x1d49c, 0x1d4b6, '0'},
		fraktur: {0x1d504, 0x1d51e, '0'}, sans: {0x1d5a0, 0x1d5ba, 0x1d7e2}, mono: {0x1d670, 0x1d68a, 0x1d7f6},
	}[a]
	if old, ok := map[alphabet]map[rune]rune{double: doubles, script: scripts, fraktur: frakturs}[a][r]; ok {
		return old
	}
	switch {
	case r >= 'A' && r <= 'Z':
		return begin[0] + r - 'A'
	case r >= 'a' && r <= 'z':
		return begin[1] + r - 'a'
	case r >= '0' && r <= '9':
		return begin[2] + r - '0'
	}
	return r
}

var fonts = map[string]alphabet{
	"mathrm": upright, "mathnormal": italic, "mathit": italic, "mathbf": bold, "boldsymbol": bold, "bm": bold, "mathbb": double,
	"mathcal": script, "mathscr": script, "mathfrak": fraktur, "mathsf": sans, "mathtt": mono, "pmb": bold, "bold": bold,
}

var switches = map[string]alphabet{"rm": upright, "bf": bold, "it": italic, "cal": script, "sf": sans, "tt": mono}

// quiet are commands that change nothing that is read.
var quiet = map[string]bool{
	"displaystyle": true, "textstyle": true, "scriptstyle": true, "scriptscriptstyle": true, "nonumber": true, "notag": true,
	"hline": true, "allowbreak": true, "relax": true, "large": true, "small": true, "normalsize": true,
}

var spaces = map[string]string{
	",": "0.167em", ":": "0.222em", ">": "0.222em", ";": "0.278em", "!": "-0.167em", " ": "0.33em", "quad": "1em", "qquad": "2em",
	"thinspace": "0.167em", "enspace": "0.5em", "\n": "0.33em",
}

var sizes = map[string]string{
	"big": "1.2em", "bigl": "1.2em", "bigr": "1.2em", "bigm": "1.2em", "Big": "1.6em", "Bigl": "1.6em", "Bigr": "1.6em", "Bigm": "1.6em",
	"bigg": "2.1em", "biggl": "2.1em", "biggr": "2.1em", "biggm": "2.1em", "Bigg": "2.6em", "Biggl": "2.6em", "Biggr": "2.6em", "Biggm": "2.6em",
}

var accents = map[string]accent{
	"hat": {sign: "^"}, "check": {sign: "ˇ"}, "tilde": {sign: "~"}, "acute": {sign: "´"}, "grave": {sign: "`"}, "dot": {sign: "˙"},
	"ddot": {sign: "¨"}, "breve": {sign: "˘"}, "bar": {sign: "¯"}, "vec": {sign: "→"}, "mathring": {sign: "˚"},
	"widehat": {sign: "^", stretchy: true}, "widetilde": {sign: "~", stretchy: true}, "overline": {sign: "¯", stretchy: true},
	"overrightarrow": {sign: "→", stretchy: true}, "overleftarrow": {sign: "←", stretchy: true},
	"underline": {sign: "_", under: true, stretchy: true}, "overbrace": {sign: "⏞", stretchy: true, limits: true},
	"underbrace": {sign: "⏟", under: true, stretchy: true, limits: true},
}

// functions say whether their scripts are limits.
var functions = map[string]bool{
	"sin": false, "cos": false, "tan": false, "cot": false, "sec": false, "csc": false, "arcsin": false, "arccos": false, "arctan": false,
	"sinh": false, "cosh": false, "tanh": false, "coth": false, "tg": false, "ctg": false, "arctg": false, "log": false, "ln": false, "lg": false,
	"exp": false, "arg": false, "deg": false, "dim": false, "hom": false, "ker": false,
	"det": true, "gcd": true, "inf": true, "lim": true, "liminf": true, "limsup": true, "max": true, "min": true, "Pr": true, "sup": true,
}

var large = map[string]string{
	"sum": "∑", "prod": "∏", "coprod": "∐", "int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮", "bigcup": "⋃", "bigcap": "⋂",
	"bigoplus": "⨁", "bigotimes": "⨂", "bigodot": "⨀", "bigvee": "⋁", "bigwedge": "⋀", "bigsqcup": "⨆", "biguplus": "⨄",
}

var identifiers = map[string]string{
	"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
	"vartheta": "ϑ", "iota": "ι", "kappa": "κ", "varkappa": "ϰ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π",
	"varpi": "ϖ", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ",
	"chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
	"Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "infty": "∞", "partial": "∂", "nabla": "∇", "ell": "ℓ", "hbar": "ℏ", "hslash": "ℏ",
	"Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "beth": "ℶ", "wp": "℘", "emptyset": "∅", "varnothing": "∅", "imath": "ı", "jmath": "ȷ", "top": "⊤",
	"bot": "⊥", "angle": "∠", "triangle": "△", "square": "□", "Box": "□", "blacksquare": "■", "bigstar": "★", "checkmark": "✓", "prime": "′",
	"dagger": "†", "ddagger": "‡", "S": "§", "P": "¶", "AA": "Å", "eth": "ð", "degree": "°", "%": "%", "$": "$", "#": "#", "_": "_", "&": "&amp;",
	"ldots": "…", "dots": "…", "dotsc": "…", "cdots": "⋯", "dotsb": "⋯", "vdots": "⋮", "ddots": "⋱", "clubsuit": "♣", "diamondsuit": "♢",
	"heartsuit": "♡", "spadesuit": "♠", "flat": "♭", "natural": "♮", "sharp": "♯", "Diamond": "◊", "diamond": "⋄",
}

var operators = map[string]string{
	"pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "⋅", "ast": "∗", "star": "⋆", "circ": "∘", "bullet": "∙", "oplus": "⊕",
	"ominus": "⊖", "otimes": "⊗", "oslash": "⊘", "odot": "⊙", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "cap": "∩", "cup": "∪",
	"setminus": "∖", "backslash": "∖", "sqcap": "⊓", "sqcup": "⊔", "uplus": "⊎", "amalg": "⨿", "bowtie": "⋈",
	"le": "≤", "leq": "≤", "leqslant": "⩽", "ge": "≥", "geq": "≥", "geqslant": "⩾", "ll": "≪", "gg": "≫", "lt": "<", "gt": ">", "ne": "≠",
	"neq": "≠", "equiv": "≡", "approx": "≈", "sim": "∼", "simeq": "≃", "cong": "≅", "propto": "∝", "asymp": "≍", "doteq": "≐", "triangleq": "≜",
	"coloneqq": "≔", "prec": "≺", "succ": "≻", "preceq": "⪯", "succeq": "⪰", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂",
	"subseteq": "⊆", "subsetneq": "⊊", "supset": "⊃", "supseteq": "⊇", "supsetneq": "⊋", "perp": "⊥", "parallel": "∥", "nparallel": "∦",
	"mid": "∣", "nmid": "∤", "vdash": "⊢", "dashv": "⊣", "models": "⊨", "vDash": "⊨", "lesssim": "≲", "gtrsim": "≳",
	"to": "→", "rightarrow": "→", "longrightarrow": "⟶", "leftarrow": "←", "gets": "←", "longleftarrow": "⟵", "leftrightarrow": "↔",
	"longleftrightarrow": "⟷", "Rightarrow": "⇒", "Longrightarrow": "⟹", "implies": "⟹", "Leftarrow": "⇐", "impliedby": "⟸",
	"Leftrightarrow": "⇔", "Longleftrightarrow": "⟺", "iff": "⟺", "uparrow": "↑", "downarrow": "↓", "updownarrow": "↕", "Uparrow": "⇑",
	"Downarrow": "⇓", "mapsto": "↦", "longmapsto": "⟼", "hookrightarrow": "↪", "hookleftarrow": "↩", "nearrow": "↗", "searrow": "↘",
	"rightharpoonup": "⇀", "rightleftharpoons": "⇌", "leadsto": "⇝", "rightsquigarrow": "⇝", "twoheadrightarrow": "↠",
	"forall": "∀", "exists": "∃", "nexists": "∄", "neg": "¬", "lnot": "¬", "therefore": "∴", "because": "∵", "colon": ":", "surd": "√",
	"langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}",
	"lbrack": "[", "rbrack": "]", "|": "‖", "Vert": "‖", "lVert": "‖", "rVert": "‖", "vert": "|", "lvert": "|", "rvert": "|",
}

var delimiters = map[string]string{
	"langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}",
	"lbrack": "[", "rbrack": "]", "|": "‖", "Vert": "‖", "lVert": "‖", "rVert": "‖", "vert": "|", "lvert": "|", "rvert": "|",
	"uparrow": "↑", "downarrow": "↓", "backslash": "∖",
}
