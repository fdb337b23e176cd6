package feed_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/release"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

func newKey(t testing.TB) sign.Secret {
	t.Helper()
	k, err := sign.New()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// says signs a statement of trust.
func says(t testing.TB, s trust.Statement, root sign.Secret) trust.Chain {
	t.Helper()
	payload, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	own, err := root.Sign(payload, "trust")
	if err != nil {
		t.Fatal(err)
	}
	c, err := trust.Open([]trust.Signed{{Payload: payload, Own: own}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func statement(root, everyday sign.Secret) trust.Statement {
	return trust.Statement{Author: "А. П. Иванова", Decks: []string{"dk1"}, Epoch: 1, N: 1,
		Root: []trust.Key{{Public: root.Public()}}, Sign: []trust.Key{{Public: everyday.Public()}}}
}

func sample() feed.Feed {
	hash := func(s string) string { return release.Hash([]byte(s)) }
	return feed.Feed{
		Deck: "dk1", Title: "Большие <модели> & всё", Author: "А. П. Иванова", Lang: "ru", Epoch: 1, Trust: 1, NextBy: "2027-03-01",
		URLs: []string{"https://mirror.example.org/llm/feed.json"},
		Releases: []feed.Release{
			{Seq: 2, Label: "Лекции 7–8", Time: "2027-02-03T10:00:00Z", Content: hash("two"),
				Statement: feed.File{Path: feed.StatementPath(1, 2), Bytes: 900, Hash: hash("s2")},
				Package:   feed.File{Path: feed.PackagePath(1, 2), Bytes: 9000, Hash: hash("p2")},
				Delta:     feed.Delta{From: 1, File: feed.File{Path: feed.DeltaPath(1, 1, 2), Bytes: 90, Hash: hash("d2")}}},
			{Seq: 1, Time: "2027-01-27T10:00:00Z", Content: hash("one"),
				Statement: feed.File{Path: feed.StatementPath(1, 1), Bytes: 900, Hash: hash("s1")},
				Package:   feed.File{Path: feed.PackagePath(1, 1), Bytes: 9000, Hash: hash("p1")}},
		},
	}
}

func seal(t testing.TB, f feed.Feed, key sign.Secret) []byte {
	t.Helper()
	file, err := feed.Seal(f, key)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestThereAndBack(t *testing.T) {
	root, everyday := newKey(t), newKey(t)
	f := sample()
	file := seal(t, f, everyday)
	got, key, err := feed.Open(file, says(t, statement(root, everyday), root))
	if err != nil {
		t.Fatal(err)
	}
	if !key.Public.Equal(everyday.Public()) || got.Title != f.Title || len(got.Releases) != 2 || got.Latest() != f.Releases[0] || got.Releases[1] != f.Releases[1] || got.URLs[0] != f.URLs[0] {
		t.Errorf("%+v", got)
	}
	if len(file) > 2500 {
		t.Errorf("a feed of two releases has %d bytes", len(file))
	}
}

// A1: a byte of the file that is changed on the way is noticed, whichever it is.
func TestAttackA1EveryByteOfAFeedCounts(t *testing.T) {
	root, everyday := newKey(t), newKey(t)
	chain := says(t, statement(root, everyday), root)
	file := seal(t, sample(), everyday)
	// The unsigned comment of minisign is nobody's word.
	at := bytes.IndexByte(file, '\n') + 1
	free := at + bytes.IndexByte(file[at:], '\n')
	for i := range file {
		if i >= at && i <= free {
			continue
		}
		bad := bytes.Clone(file)
		bad[i] ^= 1
		if _, _, err := feed.Open(bad, chain); err == nil && !sameBits(bad, file) {
			t.Fatalf("byte %d of %d may be %q", i, len(file), bad[i])
		}
	}
}

// sameBits tells whether the lines of two files stand for the same bytes: the last sign
// of Base64 has some that count for nothing.
func sameBits(a, b []byte) bool {
	x, y := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range x {
		p, errP := base64.StdEncoding.DecodeString(string(x[i]))
		q, errQ := base64.StdEncoding.DecodeString(string(y[i]))
		if !bytes.Equal(x[i], y[i]) && (errP != nil || errQ != nil || !bytes.Equal(p, q)) {
			return false
		}
	}
	return true
}

// A1: only the keys that sign releases sign a feed, and only about the author's decks.
func TestAttackA1WhoMaySign(t *testing.T) {
	root, everyday, thief := newKey(t), newKey(t), newKey(t)
	s := statement(root, everyday)
	chain := says(t, s, root)
	revoked := s
	revoked.Revoked = []trust.Revoked{{Public: thief.Public(), Deck: "dk1", Epoch: 1, After: 10}}
	change := func(f func(*feed.Feed)) feed.Feed {
		x := sample()
		f(&x)
		return x
	}
	for _, c := range []struct {
		name  string
		file  []byte
		chain trust.Chain
		want  error
	}{
		{"nobody's key", seal(t, sample(), thief), chain, trust.ErrUntrusted},
		{"the root key", seal(t, sample(), root), chain, trust.ErrUntrusted},
		{"a revoked key", seal(t, sample(), thief), says(t, revoked, root), trust.ErrRevoked},
		{"another deck", seal(t, change(func(f *feed.Feed) { f.Deck = "dk2" }), everyday), chain, trust.ErrUntrusted},
		{"an epoch that has not begun", seal(t, change(func(f *feed.Feed) { f.Epoch = 2 }), everyday), chain, trust.ErrUntrusted},
		{"trust that is not there", seal(t, change(func(f *feed.Feed) { f.Trust = 2 }), everyday), chain, trust.ErrUntrusted},
		{"no chain", seal(t, sample(), everyday), trust.Chain{}, trust.ErrUntrusted},
	} {
		if _, _, err := feed.Open(c.file, c.chain); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	// A statement of a release that the same key signed is no feed.
	payload, _ := sample().Encode()
	sig, _ := everyday.Sign(payload, "deck=dk1 epoch=1 seq=2")
	if _, _, err := feed.Open(append(payload, sig...), chain); !errors.Is(err, trust.ErrUntrusted) {
		t.Errorf("another comment: %v", err)
	}
}

func TestNotAFeed(t *testing.T) {
	file := seal(t, sample(), newKey(t))
	line, rest, _ := bytes.Cut(file, []byte("\n"))
	for name, bad := range map[string][]byte{
		"nothing":          nil,
		"a page":           []byte("<!DOCTYPE html>\n<html><body>Войдите в сеть</body></html>\n"),
		"half":             file[:len(line)/2],
		"no signature":     line,
		"huge":             append(bytes.Repeat([]byte(" "), feed.MaxFeed), file...),
		"spaces":           append([]byte(" "), file...),
		"another format":   bytes.Replace(file, []byte(feed.Format), []byte("lectern-trust/1"), 1),
		"an unknown name":  append([]byte(strings.Replace(string(line), `{"author"`, `{"aaa":1,"author"`, 1)+"\n"), rest...),
		"names twice":      append([]byte(strings.Replace(string(line), `"deck":"dk1"`, `"deck":"dk1","deck":"dk1"`, 1)+"\n"), rest...),
		"a path that ends": append([]byte(strings.Replace(string(line), `"r/2/release.json"`, `"../release.json"`, 1)+"\n"), rest...),
		"an absolute path": append([]byte(strings.Replace(string(line), `"r/2/release.json"`, `"/etc/release"`, 1)+"\n"), rest...),
		"another host":     append([]byte(strings.Replace(string(line), `"r/2/release.json"`, `"https://h/r.json"`, 1)+"\n"), rest...),
	} {
		if _, err := feed.Peek(bad); !errors.Is(err, feed.ErrNoFeed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	later := bytes.Replace(file, []byte(feed.Format), []byte("lectern-feed/2"), 1)
	if _, err := feed.Peek(later); !errors.Is(err, feed.ErrNewer) {
		t.Errorf("a later form: %v", err)
	}
}

func TestWrongFeeds(t *testing.T) {
	for name, change := range map[string]func(*feed.Feed){
		"no release":         func(f *feed.Feed) { f.Releases = nil },
		"the oldest first":   func(f *feed.Feed) { f.Releases[0], f.Releases[1] = f.Releases[1], f.Releases[0] },
		"one number twice":   func(f *feed.Feed) { f.Releases[1].Seq = 2 },
		"a title of lines":   func(f *feed.Feed) { f.Title = "a\nb" },
		"no title":           func(f *feed.Feed) { f.Title = "" },
		"a mirror of files":  func(f *feed.Feed) { f.URLs = []string{"file:///etc/feed.json"} },
		"a mirror with name": func(f *feed.Feed) { f.URLs = []string{"https://a:b@h/feed.json"} },
		"a delta ahead":      func(f *feed.Feed) { f.Releases[0].Delta.From = 2 },
		"a huge package":     func(f *feed.Feed) { f.Releases[0].Package.Bytes = 1 << 40 },
		"no hash":            func(f *feed.Feed) { f.Releases[0].Statement.Hash = "" },
		"no day":             func(f *feed.Feed) { f.NextBy = "soon" },
		"too many": func(f *feed.Feed) {
			r := f.Releases[1]
			f.Releases = nil
			for i := range feed.MaxReleases + 1 {
				r.Seq = int64(1000 - i)
				f.Releases = append(f.Releases, r)
			}
		},
	} {
		f := sample()
		change(&f)
		if _, err := f.Encode(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// The most that a feed can name fits into its file.
func TestFullFeedFits(t *testing.T) {
	f := sample()
	r := f.Releases[0]
	r.Label = strings.Repeat("я", 100)
	f.Releases = nil
	for i := range feed.MaxReleases {
		r.Seq = int64(100_000 - i)
		r.Delta.From = r.Seq - 1
		r.Statement.Path, r.Package.Path, r.Delta.Path = feed.StatementPath(1, r.Seq), feed.PackagePath(1, r.Seq), feed.DeltaPath(1, r.Delta.From, r.Seq)
		f.Releases = append(f.Releases, r)
	}
	file := seal(t, f, newKey(t))
	t.Logf("%d releases: %d bytes", feed.MaxReleases, len(file))
}

func TestLinks(t *testing.T) {
	key := newKey(t).Public()
	for _, c := range []struct{ text, address string }{
		{"https://example.org/llm/feed.json", "https://example.org/llm/feed.json"},
		{"lectern:https://example.org/llm/feed.json", "https://example.org/llm/feed.json"},
		{"  LECTERN:HTTPS://Example.ORG:443/llm/feed.json ", "https://example.org/llm/feed.json"},
		{"https://example.org/llm/", "https://example.org/llm/feed.json"},
		{"https://example.org/llm/index.html", "https://example.org/llm/feed.json"},
		{"https://example.org", "https://example.org/feed.json"},
		{"https://курс.рф/модели/feed.json", "https://xn--j1amdg.xn--p1ai/%D0%BC%D0%BE%D0%B4%D0%B5%D0%BB%D0%B8/feed.json"},
		{"http://127.0.0.1:8000/feed.json", "http://127.0.0.1:8000/feed.json"},
		{"http://[::1]:8000/feed.json", "http://[::1]:8000/feed.json"},
		{"lectern:file:///media/usb/llm/feed.json", "file:///media/usb/llm/feed.json"},
		{"file:///E:/llm/", "file:///E:/llm/feed.json"},
	} {
		for _, with := range []string{"", "#" + key.String()} {
			l, err := feed.ParseLink(c.text + with)
			if strings.HasSuffix(c.text, " ") && with != "" {
				l, err = feed.ParseLink(strings.TrimSpace(c.text) + with)
			}
			if err != nil || l.Address != c.address || l.Key.IsZero() != (with == "") {
				t.Errorf("%s%s: %+v, %v", c.text, with, l, err)
				continue
			}
			again, err := feed.ParseLink(l.String())
			if err != nil || again.Address != l.Address || !again.Key.Equal(l.Key) {
				t.Errorf("%s: %+v, %v", l, again, err)
			}
		}
	}
}

func TestHostileLinks(t *testing.T) {
	key := newKey(t).Public().String()
	for _, bad := range []string{
		"", "lectern:", "lectern:lectern:https://h/feed.json", "ftp://h/feed.json", "javascript:alert(1)", "data:text/html,x",
		"https://user:password@h/feed.json", "https://user@h/feed.json", "https:///feed.json", "https://h/feed.json?student=7", "https://h/feed.json?",
		"https://h/a/../../feed.json", "https://h/%2e%2e/feed.json", "https://h/a%2ffeed.json", "https://h/a%5cfeed.json", `https://h\@evil/feed.json`,
		"https://h/fe ed.json", "https://h/feed.json\nHost: x", "https://h/\u202efeed.json", "https://h:port/feed.json", "https://h:/feed.json", "https://h..h/feed.json",
		"https://h/feed.json#", "https://h/feed.json#RWQ", "https://h/feed.json#" + key + "#" + key, "https://h/feed.json#" + key + "x",
		"file://server/share/feed.json", "file:////server/share/feed.json", `file://\\server\share`, "file:feed.json",
		"https://" + strings.Repeat("a", 3000) + "/feed.json", "https://h/%zz",
	} {
		if l, err := feed.ParseLink(bad); err == nil || !fault.Is(err, fault.BadAddress) {
			t.Errorf("%q: %+v, %v", bad, l, err)
		}
	}
}

func TestFileLinks(t *testing.T) {
	l := feed.FileLink("/media/usb/курс 1/feed.json")
	again, err := feed.ParseLink(l.String())
	if err != nil || !again.IsFile() || again.File() != "/media/usb/курс 1/feed.json" {
		t.Errorf("%s: %+v, %v", l, again, err)
	}
}

// What a parsed link says is what it says when it is written and read again.
func TestLinkLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`(lectern:)?(https?|file)://[a-z0-9.:@%-]{0,12}(/[a-zа-я0-9.%~-]{0,6}){0,4}(#[A-Za-z0-9]{0,4})?`).Draw(t, "link")
		l, err := feed.ParseLink(text)
		if err != nil {
			return
		}
		again, err := feed.ParseLink(l.String())
		if err != nil || again.Address != l.Address {
			t.Fatalf("%q: %+v, then %+v, %v", text, l, again, err)
		}
	})
}

func FuzzParseLink(f *testing.F) {
	f.Add("lectern:https://example.org/llm/feed.json#RWQnkL/I/Mvzrr9ztO4XdOBy4nYRbHkAcr6/LOXKb3ZkjP1O1vkJh4lN")
	f.Add("file:///E:/llm/")
	f.Add("https://курс.рф")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := feed.ParseLink(text)
		if err != nil {
			return
		}
		again, err := feed.ParseLink(l.String())
		if err != nil || again.Address != l.Address || !again.Key.Equal(l.Key) {
			t.Fatalf("%q: %+v, then %+v, %v", text, l, again, err)
		}
		if strings.ContainsAny(l.Address, "\\?# \n") {
			t.Fatalf("%q: %q", text, l.Address)
		}
	})
}

func FuzzParse(f *testing.F) {
	payload, err := sample().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(payload)
	f.Add([]byte(`{"format":"lectern-feed/2"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := feed.Parse(b)
		if err != nil {
			return
		}
		again, err := x.Encode()
		if err != nil || !bytes.Equal(again, b) {
			t.Fatalf("%q is read and written as %q, %v", b, again, err)
		}
	})
}
