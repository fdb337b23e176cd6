package app

import (
	"path/filepath"
	"slices"
	"testing"
)

// A path holds wherever it is read; a link and an address stay what they are.
func TestAbsolute(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	links := []string{"lectern:https://example.org/feed.json#RWQ", "https://example.org/course.lectern"}
	got, err := absolute(append([]string{"лекция.md", filepath.Join(dir, "b.lectern")}, links...))
	if err != nil {
		t.Fatal(err)
	}
	if want := append([]string{filepath.Join(here, "лекция.md"), filepath.Join(dir, "b.lectern")}, links...); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
