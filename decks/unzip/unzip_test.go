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

// A large archive is read where it lies, and its entries are counted wherever they
// stand.
func TestOpenAt(t *testing.T) {
	for _, size := range []int{0, 1, 256<<10 - 70, 256<<10 - 40, 256 << 10, 600 << 10} {
		long := make([]byte, size)
		for i := range long {
			long[i] = byte(i * i >> 3)
		}
		raw := archive(t, member{"a", string(long)}, member{"b", "two"})
		a, err := OpenAt(bytes.NewReader(raw), int64(len(raw)), roomy)
		if err != nil || !slices.Equal(a.Names, []string{"a", "b"}) {
			t.Fatalf("%d bytes: %v, %v", size, a, err)
		}
		if got, err := a.ReadFile("a"); err != nil || !bytes.Equal(got, long) {
			t.Errorf("%d bytes: %v", size, err)
		}
		if _, err := OpenAt(bytes.NewReader(raw), int64(len(raw)), Limits{Files: 1, File: 1 << 30, Total: 1 << 30}); !errors.Is(err, ErrLimits) {
			t.Errorf("%d bytes, one file at most: %v", size, err)
		}
		if _, err := OpenAt(bytes.NewReader(raw[:len(raw)/2]), int64(len(raw)), roomy); err == nil {
			t.Errorf("%d bytes: half of it opens", size)
		}
	}
}

func TestEntriesAcrossReads(t *testing.T) {
	for _, at := range []int{0, 1, 256<<10 - 4, 256<<10 - 3, 256<<10 - 1, 256 << 10, 256<<10 + 1, 256<<10 + 2, 256<<10 + 3, 256<<10 + 4, 512<<10 - 2, 512<<10 + 1, 512<<10 + 2, 600<<10 - 4} {
		raw := make([]byte, 600<<10)
		copy(raw[at:], "PK\x01\x02")
		if n, err := entries(bytes.NewReader(raw), int64(len(raw))); n != 1 || err != nil {
			t.Errorf("at %d: %d, %v", at, n, err)
		}
	}
}
