package lecture

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"lectern/decks/fault"
)

// MaxSize is the largest page that is read, in bytes.
const MaxSize = 256 << 20

// Decode turns the bytes of a page into text and names the encoding. Bytes that
// are no text give the fault NotText, none at all or only white space EmptyPage,
// more than MaxSize TooLarge.
func Decode(raw []byte) (text, name string, err error) {
	if len(raw) > MaxSize {
		return "", "", fault.New(fault.TooLarge, nil, "limit", MaxSize)
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return "", "", fault.New(fault.EmptyPage, nil)
	}
	enc, name := detect(raw)
	if name == "" {
		return "", "", fault.New(fault.NotText, nil)
	}
	if enc == nil {
		text = string(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))
	} else {
		out, err := enc.NewDecoder().Bytes(raw)
		if err != nil {
			return "", "", fault.New(fault.NotText, err)
		}
		text = string(out)
	}
	if binaryText(text) {
		return "", "", fault.New(fault.NotText, nil)
	}
	if blank(text) {
		return "", "", fault.New(fault.EmptyPage, nil)
	}
	return text, name, nil
}

func blank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) {
			return false
		}
	}
	return true
}

func detect(raw []byte) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe, 0, 0}):
		return utf32.UTF32(utf32.LittleEndian, utf32.ExpectBOM), "utf-32le"
	case bytes.HasPrefix(raw, []byte{0, 0, 0xfe, 0xff}):
		return utf32.UTF32(utf32.BigEndian, utf32.ExpectBOM), "utf-32be"
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}):
		return xunicode.UTF16(xunicode.LittleEndian, xunicode.ExpectBOM), "utf-16le"
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		return xunicode.UTF16(xunicode.BigEndian, xunicode.ExpectBOM), "utf-16be"
	}
	head := raw[:min(len(raw), 64<<10)]
	if utf8.Valid(raw) && bytes.IndexByte(head, 0) < 0 {
		return nil, "utf-8"
	}
	if order := utf16Order(head); order != nil {
		if order == binary.LittleEndian {
			return xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM), "utf-16le"
		}
		return xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM), "utf-16be"
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return nil, ""
	}
	if mostlyUTF8(head) {
		return nil, "utf-8"
	}
	return singleByte(head)
}

// mostlyUTF8 tells a UTF-8 page with a few broken bytes from another encoding.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return good > 20*bad
}

// utf16Order guesses the byte order of UTF-16 without a mark: the high bytes of
// a text in Latin or Cyrillic letters are nearly all 0 or 4.
func utf16Order(b []byte) binary.ByteOrder {
	var high [2]int
	n := len(b) / 2
	if n < 2 {
		return nil
	}
	for i := 0; i+1 < len(b); i += 2 {
		for side := range 2 {
			h, l := b[i+side], b[i+1-side]
			if h == 4 || (h == 0 && l >= ' ') || (h == 0 && (l == '\n' || l == '\r' || l == '\t')) || h == 0x20 {
				high[side]++
			}
		}
	}
	switch {
	case high[1] > n*9/10 && high[1] > high[0]:
		return binary.LittleEndian
	case high[0] > n*9/10 && high[0] > high[1]:
		return binary.BigEndian
	}
	return nil
}

// singleByte chooses among the eight-bit encodings by how plausible the words
// they give are: Cyrillic words have small letters after the first, and the
// commonest letters are common.
func singleByte(head []byte) (encoding.Encoding, string) {
	best, name, score := encoding.Encoding(nil), "", 0.0
	for _, c := range []struct {
		name string
		enc  *charmap.Charmap
	}{
		{"windows-1251", charmap.Windows1251}, {"koi8-r", charmap.KOI8R}, {"ibm866", charmap.CodePage866}, {"windows-1252", charmap.Windows1252},
	} {
		out, err := c.enc.NewDecoder().Bytes(head)
		if err != nil {
			continue
		}
		if s := plausible(string(out)); s > score {
			best, name, score = c.enc, c.name, s
		}
	}
	if score < 0.5 {
		return nil, ""
	}
	return best, name
}

// letters are the Russian letters, the commonest first.
const letters = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъ"

// plausible scores a text from 0 to 1 by its letters beyond ASCII: the common
// ones are common, capitals begin a word or fill it, and no word is written in
// two alphabets.
func plausible(s string) float64 {
	total, good := 0, 0.0
	last := ' '
	for _, r := range s {
		if r < 0x80 {
			if r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' {
				return 0
			}
			if unicode.IsLetter(r) && unicode.Is(unicode.Cyrillic, last) {
				good--
			}
			last = r
			continue
		}
		total++
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			if unicode.IsUpper(r) && unicode.IsLower(last) || unicode.Is(unicode.Latin, last) {
				break
			}
			weight := 0.2
			if i := strings.IndexRune(letters, unicode.ToLower(r)); i >= 0 {
				weight = 1 - 0.8*float64(i)/float64(len(letters)) // the logarithm falls about evenly
			}
			if unicode.IsUpper(r) {
				weight *= 0.95
			}
			good += weight
		case unicode.Is(unicode.Latin, r):
			switch {
			case !unicode.IsLetter(last):
				good += 0.5
			case last < 0x80:
				good += 0.8
			case unicode.Is(unicode.Latin, last):
				good += 0.1 // accents rarely follow each other
			}
		case strings.ContainsRune("«»—–№…•“”’¿¡\u00a0", r):
			good += 0.7
		case unicode.IsControl(r) || r == unicode.ReplacementChar:
			good--
		}
		last = r
	}
	if total == 0 {
		return 0
	}
	return good / float64(total)
}

// binaryText tells decoded rubbish: control characters that no text has.
func binaryText(s string) bool {
	control, n := 0, 0
	for _, r := range s {
		if n++; n > 1<<16 {
			break
		}
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\x1b' {
			control++
		}
	}
	return control > 0 && control*200 > n
}
