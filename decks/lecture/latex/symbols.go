package latex

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// symbols are commands that stand for text.
var symbols = map[string]string{
	"ldots": "…", "dots": "…", "textellipsis": "…", "LaTeX": "LaTeX", "TeX": "TeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX",
	"textbackslash": `\`, "textasciitilde": "~", "textasciicircum": "^", "textbar": "|", "textless": "<", "textgreater": ">", "textunderscore": "_",
	"textdollar": "$", "textquotesingle": "'", "textquotedbl": `"`, "lbrace": "{", "rbrace": "}", "textbraceleft": "{", "textbraceright": "}",
	"S": "§", "P": "¶", "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "pounds": "£", "euro": "€", "texteuro": "€",
	"textdegree": "°", "degree": "°", "textmu": "µ", "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
	"textquotedblleft": "“", "textquotedblright": "”", "guillemotleft": "«", "guillemotright": "»", "og": "« ", "fg": " »", "flqq": "«", "frqq": "»", "glqq": "„", "grqq": "“",
	"rightarrow": "→", "Rightarrow": "⇒", "leftarrow": "←", "textrightarrow": "→", "to": "→", "times": "×", "texttimes": "×", "cdot": "·", "bullet": "•", "textbullet": "•",
	"checkmark": "✓", "cmark": "✓", "xmark": "✗", "star": "★", "bigstar": "★", "square": "□", "Box": "□", "ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ",
	"oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "th": "þ", "No": "№", "textnumero": "№", "numero": "№",
	"quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ", "space": " ", "nobreakspace": " ", "enskip": " ", "today": "", "cdash": "—", "slash": "/",
	"newline": " ", "dag": "†", "ddag": "‡", "textpm": "±", "pm": "±", "leq": "≤", "geq": "≥", "neq": "≠", "infty": "∞", "lt": "<", "gt": ">", "vert": "|", "backslash": `\`,
	"Cpp": "C++", "CC": "C++", "eg": "e.g.", "ie": "i.e.", "etc": "etc.",
}

var combining = map[string]rune{
	"'": '\u0301', "`": '\u0300', "^": '\u0302', `"`: '\u0308', "~": '\u0303', "=": '\u0304', ".": '\u0307',
	"c": '\u0327', "v": '\u030c', "u": '\u0306', "H": '\u030b', "k": '\u0328', "r": '\u030a', "d": '\u0323', "b": '\u0331', "t": '\u0361',
}

// accent reads an accented letter: \'e, \"{o}, \c{c}.
func (r *reader) accent(name string) bool {
	mark, ok := combining[name]
	if !ok {
		return false
	}
	a := r.arg()
	switch a {
	case `\i`:
		a = "i"
	case `\j`:
		a = "j"
	}
	if a == "" || a[0] == '\\' {
		return true
	}
	_, n := utf8.DecodeRuneInString(a)
	r.text(norm.NFC.String(a[:n] + string(mark)))
	r.push(strings.TrimSpace(a[n:]))
	return true
}
