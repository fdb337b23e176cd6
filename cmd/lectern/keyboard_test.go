package main

import (
	"strings"
	"testing"
	"unicode"
)

// The keys of a PC keyboard by the codes X gives them. A code is a place on the
// keyboard: which letter it types is up to the layout.
const (
	keyEsc   byte = 9
	keyTab   byte = 23
	keyEnter byte = 36
	keyCtrl  byte = 37
	keyShift byte = 50
	keySpace byte = 65
	keyHome  byte = 110
	keyUp    byte = 111
	keyLeft  byte = 113
	keyRight byte = 114
	keyEnd   byte = 115
	keyDown  byte = 116
	keyDel   byte = 119
	firstOne byte = 10 // of the digits: 1 to 9, 0
)

// rows are the places that type text, as two layouts print them: first code,
// then the letters from there on. Below the line break the same with Shift.
var layouts = map[string][]struct {
	from           byte
	plain, shifted string
}{
	"us": {
		{10, "1234567890-=", "!@#$%^&*()_+"}, {24, "qwertyuiop[]", "QWERTYUIOP{}"},
		{38, "asdfghjkl;'", `ASDFGHJKL:"`}, {52, "zxcvbnm,./", "ZXCVBNM<>?"},
	},
	"ru": {
		{10, "1234567890-=", `!"№;%:?*()_+`}, {24, "йцукенгшщзхъ", "ЙЦУКЕНГШЩЗХЪ"},
		{38, "фывапролджэ", "ФЫВАПРОЛДЖЭ"}, {52, "ячсмитьбю.", "ЯЧСМИТЬБЮ,"},
	},
}

// digit is the key of a digit.
func digit(n int) byte { return firstOne + byte((n+9)%10) }

// letter is the place of a Latin letter.
func letter(r rune) byte {
	code, _, _ := place("us", unicode.ToLower(r))
	return code
}

// place finds the key that types a character.
func place(layout string, r rune) (code byte, shift, ok bool) {
	switch r {
	case ' ':
		return keySpace, false, true
	case '\n':
		return keyEnter, false, true
	}
	for _, row := range layouts[layout] {
		for _, side := range []string{row.plain, row.shifted} {
			if before, _, found := strings.Cut(side, string(r)); found {
				return row.from + byte(len([]rune(before))), side == row.shifted, true
			}
		}
	}
	return 0, false, false
}

// write types a text with the layout that is in force.
func (d *display) write(t testing.TB, layout, text string) {
	t.Helper()
	for _, r := range text {
		code, shift, ok := place(layout, r)
		switch {
		case !ok:
			t.Fatalf("the layout %s has no key for %q", layout, r)
		case shift:
			d.press(keyShift, code)
		default:
			d.press(code)
		}
	}
}
