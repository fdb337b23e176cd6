package course_test

import (
	"os"
	"path/filepath"
	"testing"

	"lectern/decks/course"
	"lectern/decks/source"
)

// The courses that ship with the program are kept as an author keeps his: formatted,
// with their locks, and without a mistake. (Their questions are those of a lecture, so
// advice about them is no mistake.)
func TestSampleCourses(t *testing.T) {
	for _, name := range []string{"understanding-llm.en", "understanding-llm.ru"} {
		dir := filepath.Join(t.TempDir(), name)
		if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "assets", "courses", name))); err != nil {
			t.Fatal(err)
		}
		if got := mistakes(t, dir); got != nil {
			t.Errorf("%s: %v", name, got)
		}
		before := tree(t, dir)
		if _, there := before[source.LockName]; !there {
			t.Errorf("%s has no lock", name)
		}
		f, err := course.Fmt(t.Context(), dir, source.Options{})
		if err != nil || len(f.Changed) > 0 {
			t.Errorf("%s: fmt changes %v, %v", name, f.Changed, err)
		}
		after := tree(t, dir)
		for file, text := range after {
			if before[file] != text {
				t.Errorf("%s: fmt changes %s", name, file)
			}
		}
		c, err := course.Read(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Deck.Notes) != 20 || len(c.Media.Names()) != 5 || len(c.Deck.Retired) > 0 {
			t.Errorf("%s: %d cards, %d pictures, %v", name, len(c.Deck.Notes), len(c.Media.Names()), c.Deck.Retired)
		}
	}
}
