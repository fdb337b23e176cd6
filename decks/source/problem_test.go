package source

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

// Every mistake has a sentence in both languages; the English one is what the
// error says.
func TestMistakesAreTranslated(t *testing.T) {
	for _, lang := range []string{"en", "ru"} {
		data, err := os.ReadFile(fmt.Sprintf("../../assets/i18n/%s/source.json", lang))
		if err != nil {
			t.Fatal(err)
		}
		var have map[string]string
		if err := json.Unmarshal(data, &have); err != nil {
			t.Fatal(err)
		}
		if len(have) != len(sentences) {
			t.Errorf("%s: %d sentences for %d mistakes", lang, len(have), len(sentences))
		}
		for p, want := range sentences {
			got := strings.ReplaceAll(have["source."+string(p)], "{{.word}}", "%s")
			if lang == "en" && got != want+"." {
				t.Errorf("%s: %q, want %q", p, got, want+".")
			}
			if strings.Count(got, "%s") != strings.Count(want, "%s") {
				t.Errorf("%s %s: %q does not name what %q names", lang, p, got, want)
			}
		}
	}
}
