package collection_test

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
)

func TestValidMediaName(t *testing.T) {
	for _, name := range []string{"a.png", "кривая softmax.svg", "a", "a..b", "ё-1_2 (3).jpg", strings.Repeat("a", 200)} {
		if !collection.ValidMediaName(name) {
			t.Errorf("%q is a name", name)
		}
	}
	for _, name := range []string{
		"", ".", "..", ".hidden", "a/b", `a\b`, "../a", "/a", "a.", "a ", "a:b", "C:", "a*", "a?", `a"`, "<a>", "a|b",
		"a\nb", "a\x00b", "a\x7f", "\xff", strings.Repeat("a", 201),
	} {
		if collection.ValidMediaName(name) {
			t.Errorf("%q is not a name", name)
		}
	}
}

// The deck's pictures come with it. A name that another picture has is changed,
// and the notes follow; the same picture is kept once.
func TestInstallMedia(t *testing.T) {
	d := newDesk(t)
	deck := func(id string) decks.Deck {
		n := decks.Note{ID: id + "-q", Kind: decks.Choice, Choices: []decks.Option{{Text: "![](a.png)", Right: true}, {Text: "нет"}},
			Fields: map[decks.Field]string{
				decks.Front: "![](a.png) ![](<b c.png>) a.png",
				decks.Back:  `![](a.png "Подпись") ![](b%20c.png) <img src="a.png">`,
			}}
		return decks.Deck{ID: id, Title: id, Notes: []decks.Note{n}}
	}
	install := func(id string, files fstest.MapFS) decks.Note {
		t.Helper()
		_, err := d.Install(ctx, deck(id), collection.InstallOptions{Media: files})
		d.ok(err)
		return d.shown(id + "-q")
	}
	first := install("d1", fstest.MapFS{
		"a.png": {Data: []byte("A")}, "b c.png": {Data: []byte("B")}, ".hidden": {Data: []byte("H")}, "folder/c.png": {Data: []byte("C")},
	})
	if first.Text(decks.Front) != deck("d1").Notes[0].Text(decks.Front) || d.media("a.png") != "A" || d.media("b c.png") != "B" {
		t.Errorf("%v", first.Fields)
	}
	again := install("d2", fstest.MapFS{"a.png": {Data: []byte("A")}})
	if again.Text(decks.Front) != first.Text(decks.Front) {
		t.Errorf("the same picture got another name: %v", again.Fields)
	}
	other := install("d3", fstest.MapFS{"a.png": {Data: []byte("другая")}, "b c.png": {Data: []byte("B2")}})
	for f, text := range other.Fields {
		if strings.Contains(text, "(a.png") || strings.Contains(text, `"a.png`) || strings.Contains(text, "(<b c.png") || strings.Contains(text, "(b%20c") {
			t.Errorf("the %s shows another deck's picture: %s", f, text)
		}
	}
	if !strings.HasSuffix(other.Text(decks.Front), " a.png") || strings.Contains(other.Choices[0].Text, "(a.png)") {
		t.Errorf("%v %v", other.Fields, other.Choices)
	}
	files, err := os.ReadDir(d.MediaDir())
	d.ok(err)
	if len(files) != 4 {
		t.Errorf("media: %v", files)
	}
	if d.media("a.png") != "A" {
		t.Error("another deck's picture was overwritten")
	}
	if problems, err := d.Doctor(ctx, false, nil); err != nil || len(problems) > 0 && strings.Contains(problems[0].Detail, "d1-q") {
		t.Errorf("%+v, %v", problems, err)
	}
	if again := install("d3", fstest.MapFS{"a.png": {Data: []byte("другая")}, "b c.png": {Data: []byte("B2")}}); again.Text(decks.Front) != other.Text(decks.Front) {
		t.Error("installed again, the pictures have other names")
	}
}

// zeros is a file of a size.
type zeros struct{ size int64 }

func (z zeros) Open(name string) (fs.File, error) {
	if name == "." {
		return fstest.MapFS{"big.png": {}}.Open(name)
	}
	return &zeroFile{left: z.size}, nil
}

type zeroFile struct{ left int64 }

func (f *zeroFile) Stat() (fs.FileInfo, error) { return nil, fs.ErrInvalid }
func (f *zeroFile) Close() error               { return nil }
func (f *zeroFile) Read(p []byte) (int, error) {
	if f.left <= 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), f.left)
	f.left -= n
	return int(n), nil
}

func TestInstallRefusesMedia(t *testing.T) {
	d := newDesk(t)
	bad := course("a", 1)
	bad.Notes[0].Fields = nil
	for _, tc := range []struct {
		name  string
		deck  decks.Deck
		media fs.FS
		code  fault.Code
	}{
		{"a bad name", course("a", 1), fstest.MapFS{"a:b.png": {}}, fault.BadArgument},
		{"a file that is too large", course("a", 1), zeros{64<<20 + 1}, fault.MissingMedia},
		{"a deck that cannot be released", bad, fstest.MapFS{"a.png": {}}, fault.EmptyQuestion},
	} {
		_, err := d.Install(ctx, tc.deck, collection.InstallOptions{Media: tc.media})
		if !fault.Is(err, tc.code) {
			t.Errorf("%s: %v, want %s", tc.name, err, tc.code)
		}
	}
	if files, err := os.ReadDir(d.MediaDir()); err != nil || len(files) > 0 {
		t.Errorf("media: %v, %v", files, err)
	}
	if rows, err := d.Decks(ctx); err != nil || len(rows) > 0 {
		t.Errorf("decks: %v, %v", rows, err)
	}
}

// A link in the media folder leads nowhere: nothing is written through it.
func TestMediaThroughALink(t *testing.T) {
	d := newDesk(t)
	outside := filepath.Join(tempDir(t), "a.png")
	d.ok(os.WriteFile(outside, []byte("A"), 0o600))
	if err := os.Symlink(outside, filepath.Join(d.MediaDir(), "a.png")); err != nil {
		t.Skipf("no links here: %v", err)
	}
	_, err := d.Install(ctx, course("a", 1), collection.InstallOptions{Media: fstest.MapFS{"a.png": {Data: []byte("B")}}})
	d.ok(err)
	if p, err := os.ReadFile(outside); err != nil || string(p) != "A" {
		t.Errorf("outside is %q now, %v", p, err)
	}
}

// The doctor misses the pictures that are shown and not there, and no others.
func TestMissingMedia(t *testing.T) {
	d := newDesk(t)
	n := question("q", "![](lost.png) ![](here.png \"Заголовок\") ![](<and here.png>) `![](code.png)` ![](https://example.org/net.png) ![](../../etc/passwd)", "")
	n.Kind, n.Choices = decks.Choice, []decks.Option{{Text: "![](lost2.png)", Right: true}, {Text: "нет"}}
	_, err := d.Install(ctx, decks.Deck{ID: "a", Title: "Курс", Notes: []decks.Note{n}}, collection.InstallOptions{
		Media: fstest.MapFS{"here.png": {Data: []byte("A")}, "and here.png": {Data: []byte("B")}},
	})
	d.ok(err)
	problems, err := d.Doctor(ctx, true, nil)
	d.ok(err)
	if len(problems) != 2 || problems[0] != (collection.Problem{Code: "missing_media", Detail: "lost.png, in note q"}) || problems[1].Detail != "lost2.png, in note q" {
		t.Errorf("%+v", problems)
	}
}

// Files of writes that were interrupted long ago are named, and deleted with
// repair; those of a write that may be going on are left.
func TestLeftovers(t *testing.T) {
	d := newDesk(t)
	old, young := filepath.Join(d.MediaDir(), ".lectern-tmp-1"), filepath.Join(d.dir, "backups", fmt.Sprintf(".lectern-tmp-%d-x", os.Getpid()))
	for _, path := range []string{old, young} {
		d.ok(os.WriteFile(path, []byte("x"), 0o600))
	}
	d.ok(os.Chtimes(old, time.Now(), time.Now().Add(-2*time.Hour)))
	for _, repair := range []bool{false, true} {
		problems, err := d.Doctor(ctx, repair, nil)
		if err != nil || len(problems) != 1 || problems[0] != (collection.Problem{Code: "leftover_files", Detail: "1 files", Repaired: repair}) {
			t.Errorf("%+v, %v", problems, err)
		}
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("the leftover is there")
	}
	if _, err := os.Stat(young); err != nil {
		t.Error(err)
	}
	d.sound()
}
