package runs

import (
	"regexp"
	"strings"
)

// Monospaced tells fonts of programs by their names.
func Monospaced(font string) bool { return monoName.MatchString(font) }

var monoName = regexp.MustCompile(`(?i)mono|courier|consol|typewriter|\bmenlo|monaco|fixed|cascadia|inconsolata|\bcode\b|sourcecode|firacode|terminal|nimbusmon|\b(?:cm|lm|sf|ec|la)(?:tt|sltt|itt|stt)|lucidacon|andale`)

// Symbol is a character as it looks in the fonts Symbol and Wingdings, whose
// signs are given by codes, which Word lifts to U+F000.
func Symbol(r rune, font string) string {
	code := r
	if r >= 0xF000 && r <= 0xF0FF {
		code = r - 0xF000
	} else if font == "" || !strings.Contains(font, "ingdings") && !strings.HasPrefix(font, "Symbol") {
		return string(r)
	}
	table := wingdings
	if strings.HasPrefix(font, "Symbol") {
		table = symbols
	}
	if s := table[code]; s != "" {
		return s
	}
	if r == code {
		return string(r)
	}
	return "•"
}

var wingdings = map[rune]string{
	0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❑", 0x73: "⬧", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0xA7: "▪", 0xA8: "◻",
	0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x9F: "•", 0x4A: "☺", 0xE8: "➔", 0xF3: "⇔",
}

var symbols = map[rune]string{
	0xB7: "•", 0xAE: "→", 0xAC: "←", 0xDE: "⇒", 0xDB: "⇔", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xB1: "±", 0xB4: "×", 0xA5: "∞", 0xCE: "∈", 0xD7: "⋅",
	0xB6: "∂", 0xD1: "∇", 0xF2: "∫", 0xE5: "∑", 0xD5: "∏", 0xD6: "√", 0x22: "∀", 0x24: "∃", 0xC8: "∪", 0xC7: "∩", 0xCC: "⊂", 0xBB: "≈", 0xC6: "∅",
	0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x65: "ε", 0x7A: "ζ", 0x68: "η", 0x71: "θ", 0x6B: "κ", 0x6C: "λ", 0x6D: "μ", 0x6E: "ν", 0x78: "ξ",
	0x70: "π", 0x72: "ρ", 0x73: "σ", 0x74: "τ", 0x6A: "φ", 0x63: "χ", 0x79: "ψ", 0x77: "ω", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0x46: "Φ", 0x4C: "Λ", 0x47: "Γ",
}
