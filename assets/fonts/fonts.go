// Package fonts holds the typefaces of the window: Literata for the lecture's
// words, Source Sans 3 for the interface, JetBrains Mono for code. All three
// are under the SIL Open Font License 1.1; the licences lie beside the files.
package fonts

import (
	"bytes"
	_ "embed"
	"encoding/binary"
)

// The static faces in use. Weight 600 serves as bold.
var (
	//go:embed Literata_400Regular.ttf
	Literata []byte
	//go:embed Literata_400Regular_Italic.ttf
	LiterataItalic []byte
	//go:embed Literata_600SemiBold.ttf
	LiterataBold []byte
	//go:embed Literata_600SemiBold_Italic.ttf
	LiterataBoldItalic []byte

	//go:embed SourceSans3_400Regular.ttf
	Sans []byte
	//go:embed SourceSans3_400Regular_Italic.ttf
	SansItalic []byte
	//go:embed SourceSans3_600SemiBold.ttf
	SansBold []byte
	//go:embed SourceSans3_600SemiBold_Italic.ttf
	SansBoldItalic []byte

	//go:embed JetBrainsMono_400Regular.ttf
	mono []byte
)

// Mono is JetBrains Mono without its ligatures: source text is shown as it is
// typed, so that <|, != and -> stay two signs.
var Mono = plain(mono)

// plain takes the names off the features by which a font joins letters, so that
// no shaper asks for them.
func plain(font []byte) []byte {
	at := func(i int) int { return int(binary.BigEndian.Uint16(font[i:])) }
	const directory, entry = 12, 16 // bytes
	for i := range at(4) {
		e := directory + i*entry
		if string(font[e:e+4]) != "GSUB" {
			continue
		}
		out := bytes.Clone(font)
		features := int(binary.BigEndian.Uint32(font[e+8:]))
		features += at(features + 6)
		for k := range at(features) {
			tag := out[features+2+6*k:][:4]
			switch string(tag) {
			case "calt", "clig", "liga":
				copy(tag, "none")
			}
		}
		return out
	}
	return font
}
