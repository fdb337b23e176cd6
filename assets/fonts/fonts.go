// Package fonts holds the typefaces of the window: Literata for the lecture's
// words, Source Sans 3 for the interface, JetBrains Mono for code. All three
// are under the SIL Open Font License 1.1; the licences lie beside the files.
package fonts

import _ "embed"

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
	Mono []byte
)
