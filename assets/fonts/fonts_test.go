package fonts

import (
	"bytes"
	"testing"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// TestSourceTextHasNoLigatures holds that each sign of source text is drawn as
// itself.
func TestSourceTextHasNoLigatures(t *testing.T) {
	joined := 0
	for _, text := range []string{"<|im_end|>", "a != b", "x -> y", "===", "=>", "www", "/* */", ":="} {
		for _, c := range []struct {
			file  []byte
			plain bool
		}{{Mono, true}, {mono, false}} {
			face, err := font.ParseTTF(bytes.NewReader(c.file))
			if err != nil {
				t.Fatal(err)
			}
			letters := []rune(text)
			out := (&shaping.HarfbuzzShaper{}).Shape(shaping.Input{
				Text: letters, RunEnd: len(letters), Face: face, Size: fixed.I(16),
				Direction: di.DirectionLTR, Script: language.Latin, Language: "en",
			})
			for i, g := range out.Glyphs {
				want, _ := face.NominalGlyph(letters[i])
				if g.GlyphID == want {
					continue
				}
				joined++
				if c.plain {
					t.Errorf("%q: sign %d is drawn as another", text, i)
				}
			}
		}
	}
	if joined == 0 {
		t.Error("the font as it was shipped has no ligatures: nothing was tested")
	}
}
