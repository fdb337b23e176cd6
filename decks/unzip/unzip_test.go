package unzip

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

type member struct{ name, text string }

func archive(t *testing.T, files ...member) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		h.SetMode(0o644)
		if f.text == "link" {
			h.SetMode(fs.ModeSymlink | 0o777)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var roomy = Limits{Files: 100, File: 1 << 30, Total: 1 << 30}

func TestNames(t *testing.T) {
	a, err := Open(archive(t, member{"a/1.md", "x"}, member{"a/./2.md", "x"}, member{`b\3.md`, "x"}, member{"../up.md", "x"}, member{"a/../../up.md", "x"},
		member{"/root.md", "x"}, member{"c:/x.md", "x"}, member{"dir/", ""}, member{"away", "link"}, member{"\x8b\xa5\xaa\xe6\xa8\xef.md", "x"}), roomy)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"a/1.md", "a/2.md", "b/3.md", "Лекция.md"}; !slices.Equal(a.Names, want) {
		t.Errorf("got %q, want %q", a.Names, want)
	}
}

func TestReadFile(t *testing.T) {
	a, err := Open(archive(t, member{"a", "first"}, member{"b", "text"}, member{"a", "second"}), roomy)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := a.ReadFile("a"); err != nil || string(got) != "second" {
		t.Errorf("got %q, %v", got, err)
	}
	if !a.Has("b") || a.Size("b") != 4 || a.Has("c") || a.Size("c") != 0 {
		t.Error("what it has is not told")
	}
	if _, err := a.ReadFile("c"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestLimits(t *testing.T) {
	zeros := strings.Repeat("0", 1000)
	for _, c := range []struct {
		name   string
		files  []member
		limits Limits
	}{
		{"files", []member{{"a", ""}, {"b", ""}}, Limits{Files: 1, File: 1000, Total: 1000}},
		{"one file", []member{{"a", zeros}}, Limits{Files: 9, File: 999, Total: 9999}},
		{"all files", []member{{"a", zeros}, {"b", zeros}}, Limits{Files: 9, File: 1000, Total: 1999}},
		{"packed too well", []member{{"a", strings.Repeat(zeros, 10_000)}}, roomy},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Open(archive(t, c.files...), c.limits)
			for _, f := range c.files {
				if err == nil {
					_, err = a.ReadFile(f.name)
				}
			}
			if !errors.Is(err, ErrLimits) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestDamaged(t *testing.T) {
	raw := archive(t, member{"a", strings.Repeat("some text ", 50)})
	if _, err := Open(raw[:len(raw)-5], roomy); !errors.Is(err, ErrFormat) {
		t.Errorf("cut short: %v", err)
	}
	spoilt := bytes.Clone(raw)
	spoilt[40] ^= 0xff
	a, err := Open(spoilt, roomy)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.ReadFile("a"); !errors.Is(err, ErrFormat) {
		t.Errorf("spoilt: %v", err)
	}
}
