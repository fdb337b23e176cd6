package course

import (
	"os"
	"path/filepath"
	"testing"

	"lectern/decks/fault"
)

// What another program wrote meanwhile is not overwritten, and nothing is left beside it.
func TestReplaceLooksAgain(t *testing.T) {
	dir := t.TempDir()
	f, err := open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := filepath.Join(dir, "a.md")
	for _, c := range []struct {
		there, was []byte
		want       fault.Code
	}{
		{[]byte("new"), []byte("old"), fault.FileChanged},
		{[]byte("new"), nil, fault.FileChanged},
		{[]byte("old"), []byte("old"), ""},
		{nil, nil, ""},
		{nil, []byte("old"), fault.UnwritableFile}, // it was removed
	} {
		os.Remove(name)
		if c.there != nil {
			if err := os.WriteFile(name, c.there, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		err := f.write(t.Context(), []change{{"a.md", c.was, []byte("ours")}})
		now, _ := os.ReadFile(name)
		switch {
		case c.want == "" && (err != nil || string(now) != "ours"):
			t.Errorf("%q over %q: %v, %q", c.was, c.there, err, now)
		case c.want != "" && (!fault.Is(err, c.want) || string(now) != string(c.there)):
			t.Errorf("%q over %q: %v, %q", c.was, c.there, err, now)
		}
		if list, _ := filepath.Glob(filepath.Join(dir, ".lectern-*")); len(list) > 0 {
			t.Errorf("left: %v", list)
		}
	}
}
