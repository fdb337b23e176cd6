package intake

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lectern/decks"
	"lectern/decks/content"
	"lectern/decks/fault"
	"lectern/decks/release"
	"lectern/decks/source"
)

const head = "---\nlectern: 1\ntitle: T\n---\n\n"

// Every picture that a course shows is found under the name its texts have after
// the course was read.
func TestPicturesLieFlat(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.png", "one/a.png", "two/a.png", "two-a.png", "one/my plot.png", "deep/one/a.png"} {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), name)
	}
	text := head + "Question: ![](one/a.png) ![](two/a.png) ![](two-a.png) ![](a.png)\n" +
		"Answer: ![](one/my%20plot.png \"a title\") ![again](<one/my plot.png>) ![](deep/one/a.png)\n"
	ready, err := Course(filepath.Join(dir, "course.md"), []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, f := range []decks.Field{decks.Front, decks.Back} {
		for _, name := range content.Pictures(content.Parse(ready.Deck.Notes[0].Text(f))) {
			data, err := fs.ReadFile(ready.Options.Media, name)
			if err != nil {
				t.Fatalf("%s: %v", ready.Deck.Notes[0].Text(f), err)
			}
			shown = append(shown, string(data))
		}
	}
	if want := []string{"one/a.png", "two/a.png", "two-a.png", "a.png", "one/my plot.png", "deep/one/a.png"}; !slices.Equal(shown, want) {
		t.Errorf("shown are %q, want %q", shown, want)
	}
}

// What is missing, or is no file, is told by name.
func TestCourseRefuses(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "folder", "a.txt"), "")
	for text, want := range map[string]fault.Code{
		"Question: ![](nowhere.png)\n":       fault.MissingMedia,
		"Question: ![](folder)\n":            fault.MissingMedia,
		"Question: ![](../course.md)\n":      fault.MissingMedia,
		"Question: ![](/etc/hostname)\n":     fault.MissingMedia,
		"Questoin: What is it?\n":            fault.BadSource,
		"Question: a\n<!-- ^x x -->\nrest\n": fault.BadSource,
	} {
		if _, err := Course(filepath.Join(dir, "course.md"), []byte(head+text)); !fault.Is(err, want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	_, err := Course(filepath.Join(dir, "folder"), nil)
	if f := fault.Of(err); f == nil || f.Code != fault.NoCourse || f.Args["name"] != "folder" {
		t.Errorf("a folder without a course: %v", err)
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// FuzzCourse: whatever a file says of itself, it is a deck that can be released,
// with every picture it shows, or an error with a sentence.
func FuzzCourse(f *testing.F) {
	dir := f.TempDir()
	for _, name := range []string{"a.png", "one/a.png", "one/b c.png"} {
		write(f, filepath.Join(dir, filepath.FromSlash(name)), name)
	}
	f.Add(head + "Q: ![](one/a.png) ![](a.png)\nA: ![](<one/b c.png>)\n")
	f.Add(head + "Q: q?\n<!-- ^7f3k2m9qa1 -->\n\n# S\n<!-- section: sk2m9qa1ab -->\nM: q\n- [x] ![](one/b%20c.png)\n- [ ] b\n")
	f.Add(head + "Q: ![](one/a.png\t ![](a.png)\nA: ![](<a.png> \"t\")\n")
	f.Add("\uFEFF---\n---\nlectern:\n")
	f.Fuzz(func(t *testing.T, text string) {
		if !IsCourse([]byte(text)) && strings.HasPrefix(text, head) {
			t.Fatal("a course is not known as one")
		}
		ready, err := Course(filepath.Join(dir, "course.md"), []byte(text))
		if err != nil {
			if fault.Is(err, fault.Unknown) {
				t.Fatalf("an error without a sentence: %v", err)
			}
			return
		}
		if _, err := release.Encode(ready.Deck); err != nil {
			t.Fatalf("the deck cannot be released: %v", err)
		}
		for _, name := range source.Pictures(ready.Deck) {
			if _, err := fs.Stat(ready.Options.Media, name); err != nil {
				t.Fatalf("a picture is missing: %v", err)
			}
		}
	})
}
