package pack_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
	"lectern/decks/unzip"
)

// rapidT is what testing.T, testing.F and rapid.T share.
type rapidT interface{ Fatal(...any) }

// author holds the keys of one, and what he trusts.
type author struct {
	root, everyday sign.Secret
	chain          trust.Chain
}

func newAuthor(t rapidT) author {
	a := author{root: newKey(t), everyday: newKey(t)}
	a.chain = open(t, a.says(t, trust.Statement{N: 1, Sign: []trust.Key{{Public: a.everyday.Public()}}}))
	return a
}

func newKey(t rapidT) sign.Secret {
	k, err := sign.New()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// says makes a statement of trust signed by the author's root.
func (a author) says(t rapidT, s trust.Statement) trust.Signed {
	s.Author, s.Decks, s.Epoch, s.Root = "А. П. Иванова", []string{"dk4m9x7c2k"}, 1, []trust.Key{{Public: a.root.Public()}}
	b, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	sig, err := a.root.Sign(b, "trust")
	if err != nil {
		t.Fatal(err)
	}
	return trust.Signed{Payload: b, Own: sig}
}

func open(t rapidT, all ...trust.Signed) trust.Chain {
	c, err := trust.Open(all)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// files are media in memory.
type files map[string][]byte

func (f files) add(data string) string {
	sum := sha256.Sum256([]byte(data))
	name := hex.EncodeToString(sum[:])
	f[name] = []byte(data)
	return name
}

func (f files) Names() []string { return slices.Sorted(maps.Keys(f)) }

func (f files) Open(name string) (io.ReadCloser, error) {
	return io.NopCloser(bytes.NewReader(f[name])), nil
}

func deck(notes ...string) decks.Deck {
	d := decks.Deck{ID: "dk4m9x7c2k", Title: "Языковые модели", Lang: "ru", Sections: []decks.Section{{ID: "s1", Title: "Внимание"}}}
	for i, text := range notes {
		d.Notes = append(d.Notes, decks.Note{ID: "n" + string(rune('a'+i)), Section: "s1", Kind: decks.Question,
			Fields: map[decks.Field]string{decks.Front: text, decks.Back: "Ответ."}})
	}
	return d
}

// ships makes the parts of a package.
func (a author) ships(t rapidT, seq int64, d decks.Deck, media files) pack.Parts {
	return a.shipsAs(t, seq, d, media, func(*release.Statement) {})
}

func (a author) shipsAs(t rapidT, seq int64, d decks.Deck, media files, change func(*release.Statement)) pack.Parts {
	r, content, err := release.New(d)
	if err != nil {
		t.Fatal(err)
	}
	s := release.Statement{Deck: d.ID, Epoch: 1, Seq: seq, Trust: a.chain.Last().N, Time: "2027-02-03T10:00:00Z",
		Content: release.Content{Hash: r.Hash, Bytes: int64(len(content)), Notes: len(r.Deck.Notes), Cards: len(r.Deck.Notes)},
		Media:   pack.MediaOf(media.Names(), func(name string) int64 { return int64(len(media[name])) })}
	change(&s)
	b, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	sig, err := a.everyday.Sign(b, s.Comment())
	if err != nil {
		t.Fatal(err)
	}
	return pack.Parts{Trust: a.chain, Statement: b, Signature: sig, Content: content, Media: media}
}

func write(t rapidT, p pack.Parts) []byte {
	var b bytes.Buffer
	if err := pack.Write(context.Background(), &b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read opens a package and reads all that it holds.
func read(raw []byte, pinned trust.Chain) (*pack.Package, files, error) {
	p, err := pack.Open(context.Background(), bytes.NewReader(raw), int64(len(raw)), pinned)
	if err != nil {
		return nil, nil, err
	}
	all := files{}
	for _, name := range p.Media {
		if all[name], err = p.ReadMedia(name); err != nil {
			return nil, nil, err
		}
	}
	return p, all, nil
}

func TestThereAndBack(t *testing.T) {
	a := newAuthor(t)
	rapid.Check(t, func(t *rapid.T) {
		media := files{}
		for _, s := range rapid.SliceOfN(rapid.String(), 0, 4).Draw(t, "media") {
			media.add(s)
		}
		d := deck(rapid.SliceOfN(rapid.StringMatching(`[а-яa-z?]{1,40}`), 0, 6).Draw(t, "notes")...)
		parts := a.ships(t, rapid.Int64Range(1, 1000).Draw(t, "seq"), d, media)
		raw := write(t, parts)
		if !bytes.Equal(raw, write(t, parts)) {
			t.Fatal("the same release gives other bytes")
		}
		p, got, err := read(raw, trust.Chain{})
		if err != nil {
			t.Fatal(err)
		}
		want, _, err := release.New(d)
		if err != nil {
			t.Fatal(err)
		}
		if p.Release.Hash != want.Hash || !p.Signer.Public.Equal(a.everyday.Public()) || p.Trust.Last().Author != "А. П. Иванова" {
			t.Fatalf("%+v", p)
		}
		if !maps.EqualFunc(got, media, bytes.Equal) {
			t.Fatal("the media are others")
		}
		if _, _, err := read(raw, a.chain); err != nil {
			t.Fatalf("under its own author's chain: %v", err)
		}
	})
}

// A1: flip any byte of a package, and it does not open.
func TestEveryByteCounts(t *testing.T) {
	a := newAuthor(t)
	media := files{}
	media.add("a picture")
	raw := write(t, a.ships(t, 42, deck("Что такое токен?"), media))
	for i := range raw {
		for _, flip := range []byte{1, 0x20, 0xff} {
			bad := bytes.Clone(raw)
			bad[i] ^= flip
			if _, _, err := read(bad, trust.Chain{}); err == nil {
				t.Fatalf("byte %d of %d does not count", i, len(raw))
			}
		}
	}
	for n := range raw {
		if _, _, err := read(raw[:n], trust.Chain{}); err == nil {
			t.Fatalf("the first %d of %d bytes open", n, len(raw))
		}
	}
	if _, _, err := read(append(bytes.Clone(raw), 0), trust.Chain{}); err == nil {
		t.Fatal("a byte behind the package does not count")
	}
}

func filesOf(t rapidT, raw []byte) []*zip.File {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return z.File
}

// repacked packs the files of a package anew, as a mail server does, and changes some.
func repacked(t rapidT, raw []byte, method uint16, change func(name string, data []byte) (string, []byte)) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range filesOf(t, raw) {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		name := f.Name
		if change != nil {
			name, data = change(name, data)
		}
		if name == "" {
			continue
		}
		to, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRepackedOpens(t *testing.T) {
	a := newAuthor(t)
	media := files{}
	media.add("a picture")
	raw := write(t, a.ships(t, 42, deck("Что такое токен?"), media))
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		if p, got, err := read(repacked(t, raw, method, nil), trust.Chain{}); err != nil || p.Statement.Seq != 42 || len(got) != 1 {
			t.Errorf("method %d: %v", method, err)
		}
	}
}

// A4: parts of two releases, or of two authors, do not go together. The archive is made
// anew, so that no seal tells of it.
func TestMixedParts(t *testing.T) {
	a, thief := newAuthor(t), newAuthor(t)
	media, other := files{}, files{}
	media.add("a picture")
	picture := other.add("b picture")
	mine := write(t, a.ships(t, 42, deck("Что такое токен?"), media))
	next := a.ships(t, 43, deck("Что такое слово?"), other)
	theirs := thief.ships(t, 44, deck("Отдай пароль!"), media)
	for name, c := range map[string]struct {
		change func(name string, data []byte) (string, []byte)
		want   error
	}{
		"the notes of the next release": {replace("content.jsonl", next.Content), pack.ErrContent},
		"the next statement":            {replace("release.json", next.Statement), trust.ErrUntrusted},
		"a stranger's signature":        {replace("release.json.minisig", theirs.Signature), trust.ErrUntrusted},
		"a stranger's trust":            {replace("trust/1.json", theirs.Trust.Signed()[0].Payload), trust.ErrBroken},
		"another picture": {func(name string, data []byte) (string, []byte) {
			if strings.HasPrefix(name, "media/") {
				return "media/" + picture, other[picture]
			}
			return name, data
		}, pack.ErrContent},
		"another picture by the name of the first": {func(name string, data []byte) (string, []byte) {
			if strings.HasPrefix(name, "media/") {
				return name, other[picture]
			}
			return name, data
		}, pack.ErrContent},
		"no picture": {func(name string, data []byte) (string, []byte) {
			if strings.HasPrefix(name, "media/") {
				return "", nil
			}
			return name, data
		}, pack.ErrContent},
		"a file that is no part of it": {rename("release.json.minisig", "setup.exe"), pack.ErrContent},
		"a path that leads out":        {rename("mimetype", "../mimetype"), pack.ErrNoPackage},
		"a trust of no number":         {rename("trust/1.json", "trust/01.json"), pack.ErrContent},
		"no trust":                     {rename("trust/1.json", ""), pack.ErrContent},
		"no signature":                 {rename("release.json.minisig", ""), trust.ErrUntrusted},
		"no statement":                 {rename("release.json", ""), pack.ErrNoPackage},
		"no notes":                     {rename("content.jsonl", ""), pack.ErrNoPackage},
		"another program's file":       {replace("mimetype", []byte("application/epub+zip")), pack.ErrNoPackage},
		"notes without an end":         {replace("content.jsonl", bytes.Repeat([]byte(" "), 8<<20)), pack.ErrContent},
	} {
		if _, _, err := read(repacked(t, mine, zip.Deflate, c.change), trust.Chain{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// A statement that its own author made wrongly is refused too.
func TestWrongStatement(t *testing.T) {
	a := newAuthor(t)
	for name, change := range map[string]func(*release.Statement){
		"more notes":  func(s *release.Statement) { s.Content.Notes++ },
		"fewer bytes": func(s *release.Statement) { s.Content.Bytes-- },
		"more bytes":  func(s *release.Statement) { s.Content.Bytes++ },
	} {
		if _, _, err := read(write(t, a.shipsAs(t, 1, deck("Что?"), nil, change)), trust.Chain{}); !errors.Is(err, pack.ErrContent) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func replace(name string, data []byte) func(string, []byte) (string, []byte) {
	return func(n string, d []byte) (string, []byte) {
		if n == name {
			return n, data
		}
		return n, d
	}
}

func rename(from, to string) func(string, []byte) (string, []byte) {
	return func(n string, d []byte) (string, []byte) {
		if n == from {
			return to, d
		}
		return n, d
	}
}

// A8: under a pinned author nobody else's package opens, and his own next keys do.
func TestPinnedAuthor(t *testing.T) {
	a, thief := newAuthor(t), newAuthor(t)
	if _, _, err := read(write(t, thief.ships(t, 43, deck("Что?"), nil)), a.chain); !errors.Is(err, trust.ErrAnother) {
		t.Errorf("another author: %v", err)
	}
	old := a
	next := newKey(t)
	a.chain = open(t, append(a.chain.Signed(), a.says(t, trust.Statement{N: 2, Sign: []trust.Key{{Public: next.Public(), Name: "ассистент"}},
		Revoked: []trust.Revoked{{Public: a.everyday.Public(), Deck: "dk4m9x7c2k", Epoch: 1, After: 42}}}))...)
	a.everyday = next
	p, _, err := read(write(t, a.ships(t, 43, deck("Что?"), nil)), old.chain)
	if err != nil || p.Trust.Last().N != 2 || p.Signer.Name != "ассистент" {
		t.Fatalf("the author's next key, by file only: %v", err)
	}
	if _, _, err := read(write(t, old.ships(t, 42, deck("Что?"), nil)), p.Trust); err != nil {
		t.Errorf("a release that the old key signed in time: %v", err)
	}
	if _, _, err := read(write(t, old.ships(t, 43, deck("Что?"), nil)), p.Trust); !errors.Is(err, trust.ErrRevoked) {
		t.Errorf("a release that it signed later: %v", err)
	}
}

// A9: what a stranger's archive claims is not believed.
func TestHostileArchives(t *testing.T) {
	a := newAuthor(t)
	raw := write(t, a.ships(t, 42, deck("Что такое токен?"), nil))
	for name, c := range map[string]struct {
		raw  []byte
		want error
	}{
		"nothing":                 {nil, unzip.ErrFormat},
		"no archive":              {[]byte("Вопрос: это архив?"), unzip.ErrFormat},
		"an archive of something": {repacked(t, raw, zip.Store, func(n string, d []byte) (string, []byte) { return "x/" + n, d }), pack.ErrNoPackage},
		"a million entries":       {bytes.Repeat([]byte("PK\x01\x02"), 1_000_000), unzip.ErrLimits},
		"a statement of megabytes": {repacked(t, raw, zip.Deflate, replace("release.json", bytes.Repeat([]byte("1"), 4<<20))),
			pack.ErrContent},
		"a comment that is no seal": {commented(t, raw), pack.ErrDamaged},
	} {
		if _, _, err := read(c.raw, trust.Chain{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// commented packs a package anew with a comment of its own.
func commented(t rapidT, raw []byte) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range filesOf(t, raw) {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.SetComment("made by hand"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCancel(t *testing.T) {
	a := newAuthor(t)
	parts := a.ships(t, 42, deck("Что?"), nil)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := pack.Write(ctx, io.Discard, parts); !errors.Is(err, context.Canceled) {
		t.Errorf("write: %v", err)
	}
	raw := write(t, parts)
	if _, err := pack.Open(ctx, bytes.NewReader(raw), int64(len(raw)), trust.Chain{}); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v", err)
	}
}

func TestWriteRefusesMediaByAWrongName(t *testing.T) {
	a := newAuthor(t)
	media := files{strings.Repeat("0", 64): []byte("a picture")}
	if err := pack.Write(context.Background(), io.Discard, a.ships(t, 1, deck("Что?"), media)); err == nil {
		t.Error("a picture by a wrong name is packed")
	}
}

func FuzzOpen(f *testing.F) {
	a := newAuthor(f)
	media := files{}
	media.add("a picture")
	raw := write(f, a.ships(f, 42, deck("Что такое токен?"), media))
	f.Add(raw)
	f.Add(repacked(f, raw, zip.Store, nil))
	f.Add(repacked(f, raw, zip.Deflate, nil))
	want, _, err := release.New(deck("Что такое токен?"))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, _, err := read(b, a.chain)
		if err == nil && p.Release.Hash != want.Hash {
			t.Fatalf("a package of other notes opens")
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	a := newAuthor(b)
	d := decks.Deck{ID: "dk4m9x7c2k", Title: "T", Lang: "ru"}
	for i := range 10_000 {
		d.Notes = append(d.Notes, decks.Note{ID: strings.Repeat("n", 1+i%3) + hex.EncodeToString([]byte{byte(i >> 8), byte(i)}), Kind: decks.Question,
			Fields: map[decks.Field]string{decks.Front: strings.Repeat("Что такое токен? ", 8), decks.Back: strings.Repeat("Часть слова. ", 20)}})
	}
	raw := write(b, a.ships(b, 1, d, nil))
	b.ResetTimer()
	for b.Loop() {
		if _, _, err := read(raw, trust.Chain{}); err != nil {
			b.Fatal(err)
		}
	}
}
