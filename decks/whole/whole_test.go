package whole_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"lectern/decks/whole"
)

func say(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

func names(t *testing.T, dir string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "колода.csv")
	for _, text := range []string{"one", "two"} {
		if err := whole.Write(path, 0o640, say(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("%q, %v", got, err)
		}
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := whole.Write(path, 0, say("secret")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("left behind: %q", got)
	}
}

// What fails leaves the old file and nothing else.
func TestFailure(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := whole.Bytes(path, 0o644, []byte("old")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := whole.Write(path, 0o644, func(w io.Writer) error { return errors.Join(say("half")(w), broken) })
	if !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "old" {
		t.Errorf("%q, %v", got, err)
	}
	if err := os.Mkdir(filepath.Join(dir, "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "b", "c"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := whole.Bytes(filepath.Join(dir, "b"), 0o644, nil); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if err := whole.Bytes(filepath.Join(dir, "no", "d"), 0o644, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
	if got := names(t, dir); len(got) != 2 {
		t.Errorf("left behind: %q", got)
	}
}

// Whoever has a name for what is being written can find and remove what a crash left.
func TestTemporaryName(t *testing.T) {
	dir := t.TempDir()
	err := whole.WriteFrom("writing-*", filepath.Join(dir, "a"), 0, func(io.Writer) error {
		if got := names(t, dir); len(got) != 1 || !strings.HasPrefix(got[0], "writing-") {
			t.Errorf("while it is written: %q", got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "курс")
	files := map[string][]byte{"course.md": []byte("# A\n"), "media/a.svg": []byte("<svg/>")}
	if err := whole.Folder(name, files); err != nil {
		t.Fatal(err)
	}
	for path, want := range files {
		if got, err := os.ReadFile(filepath.Join(name, filepath.FromSlash(path))); err != nil || string(got) != string(want) {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
	if err := whole.Folder(name, files); err == nil {
		t.Error("a folder that was there has gone")
	}
	if err := whole.Folder(filepath.Join(dir, "b"), map[string][]byte{"a": nil, "../c": nil}); err == nil {
		t.Error("a file was written beside the folder")
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("left behind: %q", got)
	}
}
