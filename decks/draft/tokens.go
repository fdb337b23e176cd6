package draft

import "unicode"

// tokens estimates how many tokens a text takes, on the high side: each service
// splits text in its own way, four Latin letters or two and a half Cyrillic ones
// to a token being usual.
func tokens(s string) int {
	sum := 0
	for _, r := range s {
		sum += cost(r)
	}
	return (sum + 99) / 100
}

// cost is a sign's part of a token, in hundredths.
func cost(r rune) int {
	switch {
	case r < 0x80 && (unicode.IsLetter(r) || r == ' '):
		return 27
	case r < 0x80:
		return 60
	case r < 0x530: // accented Latin, Greek, Cyrillic
		return 42
	}
	return 110
}
