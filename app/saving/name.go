package saving

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// longest is how long a name may be, in runes, without its ending: with four bytes each
// and an ending it is still one that file systems take.
const longest = 60

// reserved are names that Windows keeps for devices, whatever follows a dot.
var reserved = []string{"CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
	"LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"}

// Clean makes the name of a file of a text: one that every system takes, and in which
// nothing is hidden. It is "" when nothing is left.
func Clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"/\|?*`, r), unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	runes := []rune(strings.Join(strings.Fields(s), " "))
	s = strings.Trim(string(runes[:min(len(runes), longest)]), " .")
	stem, _, _ := strings.Cut(s, ".")
	if slices.Contains(reserved, strings.ToUpper(strings.TrimSpace(stem))) {
		s = "_" + s
	}
	return s
}

// free is a name that is not taken in a folder: the wanted one, or it with a number.
func free(dir, name, ext string) string {
	if name == "" {
		name = "Lectern"
	}
	for n := 1; n < 1000; n++ {
		try := name
		if n > 1 {
			try = fmt.Sprintf("%s %d", name, n)
		}
		if _, err := os.Lstat(filepath.Join(dir, try+ext)); err != nil {
			return try
		}
	}
	return name
}

// short is a folder as people call it.
func (s *Saver) short(dir string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return dir
	}
	rest, ok := strings.CutPrefix(dir, home)
	switch {
	case ok && rest == "":
		return s.o.Printer().T("open.home")
	case ok && rest[0] == '/':
		return "~" + rest
	}
	return dir
}
