package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lectern/decks"
	"lectern/decks/content"
	"lectern/decks/fault"
	"lectern/decks/lecture"
	"lectern/decks/lecture/page"
	"lectern/decks/release"
)

var png = "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 20)

// files are what a folder or an archive holds.
type files map[string]string

func (f files) dir(t testing.TB) string {
	dir := filepath.Join(t.TempDir(), "Course")
	for name, text := range f {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	return dir
}

func (f files) zip(t testing.TB, top string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range f {
		w, err := z.Create(top + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asks(title string, questions ...string) string {
	return "# " + title + "\n\n## Questions\n\n- " + strings.Join(questions, "\n- ") + "\n"
}

func names(p *Pages) []string {
	var out []string
	for _, f := range p.Pages {
		out = append(out, f.Name)
	}
	return out
}

func TestOrder(t *testing.T) {
	q := asks("T", "Why?")
	for _, c := range []struct {
		name  string
		files files
		want  string
	}{
		{"numbers as numbers, files before folders", files{"10.md": q, "2.md": q, "1.md": q, "b/1.md": q, "a/1.md": q}, "1.md 2.md 10.md a/1.md b/1.md"},
		{"the page about a folder first", files{"a.md": q, "README.md": q, "ch/a.md": q, "ch/index.md": q}, "README.md a.md ch/index.md ch/a.md"},
		{"no pages", files{"a.md": q, "LICENSE.md": q, "CHANGELOG.md": q, "requirements.txt": "x", "main.py": "x", ".hidden.md": q, ".git/x.md": q, "node_modules/a/README.md": q}, "a.md"},
		{"what was made of a page beside it", files{"a.md": q, "a.html": "<h1>x</h1>", "b.html": "<h1>x</h1>"}, "a.md b.html"},
		{"MkDocs", files{"mkdocs.yml": "site_name: X\nnav:\n  - Home: index.md\n  - Second: 'b.md'\n  - ch/a.md\n  - web: https://e.org/a.md\n", "docs/index.md": q, "docs/a.md": q, "docs/b.md": q, "docs/ch/a.md": q},
			"docs/index.md docs/b.md docs/ch/a.md docs/a.md"},
		{"Jupyter Book", files{"_toc.yml": "format: jb-book\nroot: intro\nchapters:\n- file: z\n- file: a.md\n", "intro.md": q, "a.md": q, "z.md": q}, "intro.md z.md a.md"},
		{"mdBook", files{"src/SUMMARY.md": "- [Two](two.md)\n  - [One](./one.md#part)\n", "src/one.md": q, "src/two.md": q}, "src/two.md src/one.md"},
		{"Sphinx", files{"index.rst": "Title\n=====\n\n.. toctree::\n   :maxdepth: 2\n\n   second\n   The first <first>\n", "first.rst": q, "second.rst": q}, "index.rst second.rst first.rst"},
		{"a README that lists", files{"README.md": "# Course\n\n1. [B](b.md)\n2. [A](a.md)\n", "a.md": q, "b.md": q}, "README.md b.md a.md"},
		{"a README that mentions", files{"README.md": "# Course\n\nSee [C](c.md).\n", "a.md": q, "b.md": q, "c.md": q}, "README.md a.md b.md c.md"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Folder(context.Background(), c.files.dir(t), nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(names(p), " "); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			z, err := Archive(context.Background(), "Course.zip", c.files.zip(t, "top/"), nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(names(z), " "); got != c.want {
				t.Errorf("zip: got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestPagesBecomeACourse(t *testing.T) {
	f := files{
		"README.md":  "# Языковые модели\n\nКурс из двух лекций.\n",
		"1.md":       asks("Токены", "Что такое токен?", "Зачем нужен BPE?"),
		"2.md":       "# Внимание\n\n## Вопросы\n\n- Что такое запрос?\n\n## Упражнения\n\n- Посчитайте веса.\n",
		"3/1.md":     asks("Токены", "Чем слово отличается от токена?"),
		"quiet.md":   "# Ничего\n\nТекст без вопросов.\n",
		"broken.zip": "x",
		"bad.docx":   "\x00\x01\x02",
		"empty.md":   "  \n",
	}
	var told []string
	p, err := Folder(context.Background(), f.dir(t), func(done, total int) { told = append(told, fmt.Sprintf("%d/%d", done, total)) })
	if err != nil {
		t.Fatal(err)
	}
	var unread []string
	for _, u := range p.Unread {
		unread = append(unread, u.Name+" "+string(fault.Of(u.Err).Code))
	}
	if want := []string{"bad.docx not_text", "empty.md empty_page"}; !slices.Equal(unread, want) {
		t.Errorf("unread %q, want %q", unread, want)
	}
	if got := strings.Join(told, " "); got != "0/7 1/7 2/7 3/7 4/7 5/7 6/7 7/7" {
		t.Errorf("told %s", got)
	}
	r, _ := p.Ready()
	var sections []string
	for _, s := range r.Deck.Sections {
		sections = append(sections, s.Title)
	}
	if want := []string{"Токены", "Внимание › Вопросы", "Внимание › Упражнения", "Токены (3/1)"}; !slices.Equal(sections, want) {
		t.Errorf("sections %q, want %q", sections, want)
	}
	if r.Deck.Title != "Языковые модели" || r.Deck.Lang != "ru" || len(r.Deck.Notes) != 5 || p.Count() != 5 || !r.New {
		t.Errorf("deck %q in %q with %d notes", r.Deck.Title, r.Deck.Lang, len(r.Deck.Notes))
	}
	if _, _, err := release.New(r.Deck); err != nil {
		t.Errorf("it cannot be released: %v", err)
	}
	if !strings.Contains(r.Options.PageText, "Что такое запрос?") || r.Options.Origin.Name != "Course" {
		t.Errorf("options %+v", r.Options)
	}
}

// A folder read again updates its deck.
func TestPagesAgain(t *testing.T) {
	f := files{"1.md": asks("Tokens", "What is a token?"), "2.md": asks("Attention", "What is attention?")}
	dir := f.dir(t)
	read := func() Ready {
		p, err := Folder(context.Background(), dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		r, _ := p.Ready()
		return r
	}
	before := read().Deck
	write(t, filepath.Join(dir, "1.md"), asks("Tokens", "What is a token here?", "What is BPE?"))
	after := Adopt(before, read().Deck)
	if after.ID != before.ID || after.Notes[0].ID != before.Notes[0].ID || after.Notes[2].ID != before.Notes[1].ID || after.Sections[1].ID != before.Sections[1].ID {
		t.Errorf("before %+v\nafter %+v", before, after)
	}
}

func TestFolderRefuses(t *testing.T) {
	if _, err := Folder(context.Background(), files{"a.py": "x"}.dir(t), nil); !fault.Is(err, fault.NoCourse) {
		t.Errorf("a folder without pages: %v", err)
	}
	if _, err := Folder(context.Background(), filepath.Join(t.TempDir(), "nowhere"), nil); !fault.Is(err, fault.UnreadableFile) {
		t.Errorf("no folder: %v", err)
	}
	many := files{}
	for i := range maxPages + 2 {
		many[fmt.Sprintf("%d.md", i)] = "x"
	}
	if _, err := Archive(context.Background(), "x.zip", many.zip(t, ""), nil); !fault.Is(err, fault.TooManyFiles) {
		t.Errorf("too many pages: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	two := files{"1.md": asks("T", "Why?"), "2.md": asks("T", "Why?")}
	_, err := Folder(ctx, two.dir(t), func(done, _ int) {
		if done == 1 {
			cancel()
		}
	})
	if !fault.Is(err, fault.Cancelled) {
		t.Errorf("cancelled: %v", err)
	}
}

// Nothing outside the folder or the archive is read.
func TestStaysWithin(t *testing.T) {
	top := t.TempDir()
	write(t, filepath.Join(top, "secret.md"), asks("Secret", "Why?"))
	write(t, filepath.Join(top, "secret.png"), png)
	write(t, filepath.Join(top, "course", "1.md"), asks("T", "What is ![a](../secret.png) and ![b](link.png) and ![c](../../../../etc/hosts)?"))
	for from, to := range map[string]string{"linked.md": "../secret.md", "link.png": "../secret.png", "dir": "..", "ring": "."} {
		if err := os.Symlink(to, filepath.Join(top, "course", from)); err != nil {
			t.Skip("no symbolic links here")
		}
	}
	p, err := Folder(context.Background(), filepath.Join(top, "course"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := names(p); !slices.Equal(got, []string{"1.md"}) {
		t.Errorf("pages %q", got)
	}
	r, pictures := p.Ready()
	if pictures.Missing != 3 || r.Options.Media != nil {
		t.Errorf("%+v, media %v", pictures, r.Options.Media)
	}
	if got := r.Deck.Notes[0].Text(decks.Front); got != "What is a and b and c?" {
		t.Errorf("text %q", got)
	}
	z, err := Archive(context.Background(), "x.zip", files{"../1.md": asks("Up", "Why?"), "/2.md": asks("Root", "Why?"), "3.md": asks("T", "Why?")}.zip(t, ""), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := names(z); !slices.Equal(got, []string{"3.md"}) {
		t.Errorf("zip: pages %q", got)
	}
}

func TestArchiveRefuses(t *testing.T) {
	good := files{"1.md": asks("T", "Why?")}.zip(t, "")
	for name, raw := range map[string][]byte{"cut": good[:len(good)-10], "none": []byte("PK\x03\x04")} {
		if _, err := Archive(context.Background(), "x.zip", raw, nil); !fault.Is(err, fault.UnreadableFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A page that unpacks to more than it may stops no other.
	bomb := files{"1.md": asks("T", "Why?"), "2.md": "# B\n\n" + strings.Repeat("b", 16<<20)}.zip(t, "")
	p, err := Archive(context.Background(), "x.zip", bomb, nil)
	if err != nil || len(p.Pages) != 1 || len(p.Unread) != 1 || !fault.Is(p.Unread[0].Err, fault.TooLarge) {
		t.Errorf("a bomb: %v, %+v", err, p)
	}
	if !IsArchive(good) || IsArchive([]byte("# text")) || IsArchive([]byte("PK\x03\x04")) {
		t.Error("an archive is told wrongly")
	}
}

func TestIllustrate(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "docs", "ch")
	for _, name := range []string{"docs/ch/near.png", "docs/img/my plot.png", "docs/ch/fig.png", "docs/ch/sub/near.png", "docs/ch/50%.png"} {
		write(t, filepath.Join(top, filepath.FromSlash(name)), png+name)
	}
	write(t, filepath.Join(dir, "text.png"), "no picture")
	text := func(s string) Ready {
		return Ready{Deck: decks.Deck{Notes: []decks.Note{{
			Fields: map[decks.Field]string{decks.Front: s}, Choices: []decks.Option{{Text: s}},
		}}}}
	}
	p := &page.Page{Pictures: []page.Picture{{Name: "image1.png", Data: []byte(png + "own")}, {Name: "near.png", Data: []byte(png + "own near")}}}
	for _, c := range []struct {
		in, want string
		media    string
		pictures Pictures
	}{
		{"![](fig.png) and ![](../img/my%20plot.png \"a title\")", "![](fig.png) and ![](my%20plot.png)", "docs/ch/fig.png docs/img/my plot.png", Pictures{}},
		{"![own](image1.png), ![a](attachment:image1.png)", "![own](image1.png), ![a](image1.png)", "own", Pictures{}},
		{"![](near.png) ![](sub/near.png)", "![](near.png) ![](near-2.png)", "own near docs/ch/sub/near.png", Pictures{}},
		{"![TeX](fig)", "![TeX](fig.png)", "docs/ch/fig.png", Pictures{}},
		{"![](50%.png)", "![](50%25.png)", "docs/ch/50%.png", Pictures{}},
		{"a ![схема](nowhere.png) b", "a схема b", "", Pictures{Missing: 1}},
		{"![t](text.png) ![r](/etc/hosts) ![d](.)", "t r d", "", Pictures{Missing: 3}},
		{"![q](?) ![f](fig.png?raw=true#x)", "q ![f](fig.png)", "docs/ch/fig.png", Pictures{Missing: 1}},
		{"![logo](http://e.org/a.png) ![](//e.org/b.png)", "[logo](http://e.org/a.png) <https://e.org/b.png>", "", Pictures{Linked: 2}},
		{"![d](data:image/png;base64,iVBORw0KGgo=)", "![d](picture.png)", "\x89PNG\r\n\x1a\n", Pictures{}},
		{"![d](data:text/html;base64,aGVsbG8=)", "d", "", Pictures{Missing: 1}},
		{"`![](no.png)` and\n```\n![](no.png)\n```\n![](fig.png)", "`![](no.png)` and\n```\n![](no.png)\n```\n![](fig.png)", "docs/ch/fig.png", Pictures{}},
	} {
		r, pictures := Illustrate(text(c.in), p, dir)
		if got := r.Deck.Notes[0].Text(decks.Front); got != c.want || r.Deck.Notes[0].Choices[0].Text != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.in, got, c.want)
		}
		pictures.Missing, pictures.Linked = pictures.Missing/2, pictures.Linked/2 // question and option
		if pictures != c.pictures {
			t.Errorf("%s: %+v", c.in, pictures)
		}
		var media []string
		for _, name := range content.Pictures(content.Parse(c.want)) {
			data, err := fs.ReadFile(r.Options.Media, name)
			if err != nil {
				t.Fatal(err)
			}
			media = append(media, strings.TrimPrefix(string(data), png))
		}
		if got := strings.Join(media, " "); got != c.media {
			t.Errorf("%s: shows %q, want %q", c.in, got, c.media)
		}
	}
	if r, pictures := Illustrate(text("![x](near2.png)"), p, ""); pictures.Missing != 2 || r.Options.Media != nil {
		t.Errorf("a page from nowhere: %+v", pictures)
	}
}

// A note without what is missing is a note still, or none.
func TestSoundNotes(t *testing.T) {
	q := func(front string, options ...string) decks.Note {
		n := decks.Note{ID: decks.NewID(), Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: front}}
		for _, o := range options {
			n.Kind = decks.Choice
			n.Choices = append(n.Choices, decks.Option{Text: o})
		}
		return n
	}
	deck := decks.Deck{ID: decks.NewID(), Title: "T", Notes: []decks.Note{
		q("![](lost.png)"), q("Why?"), q("Which?", "![](lost.png)", "this", "that"), q("Which one?", "![](lost.png)", "this"),
	}}
	r, pictures := Illustrate(Ready{Deck: deck}, &page.Page{}, "")
	var got []string
	for _, n := range r.Deck.Notes {
		got = append(got, fmt.Sprintf("%s %s %d", n.Kind, n.Text(decks.Front), len(n.Choices)))
	}
	if want := []string{"question Why? 0", "choice Which? 2", "question Which one? 0"}; !slices.Equal(got, want) || pictures.Missing != 3 {
		t.Errorf("got %q, %+v", got, pictures)
	}
	if found := release.Check(r.Deck); found != nil {
		t.Error(found)
	}
}

// Titles that nobody sees are none: the names of files stand in for them.
func TestTitles(t *testing.T) {
	f := files{"\x01.md": asks("\x7f", "Why?"), "a.md": asks("\x7f \x7f", "How?"), "b.md": asks("B \t\x7f b", "Who?")}
	p, err := Archive(context.Background(), "\x05.zip", f.zip(t, ""), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, _ := p.Ready()
	if found := release.Check(r.Deck); found != nil || r.Deck.Title != "1" || r.Deck.Sections[1].Title != "a" || r.Deck.Sections[2].Title != "B b" {
		t.Errorf("%v in %q %+v", found, r.Deck.Title, r.Deck.Sections)
	}
	one := Ready{Deck: lecture.Deck(p.Pages[0].Found, "")}
	one.Options.Origin = PageOrigin("lecture.md")
	if one, _ = Illustrate(one, p.Pages[0].Page, ""); release.Check(one.Deck) != nil || one.Deck.Title != "lecture" {
		t.Errorf("one page: %v in %+v", release.Check(one.Deck), one.Deck)
	}
}

// A page with a text that no card can have keeps no other out.
func TestTooLongPage(t *testing.T) {
	f := files{"1.md": asks("Short", "Why?"), "2.md": asks("Long", strings.Repeat("Why is it so long? ", release.MaxText/10))}
	p, err := Folder(context.Background(), f.dir(t), nil)
	if err != nil || len(p.Pages) != 1 || len(p.Unread) != 1 || !fault.Is(p.Unread[0].Err, fault.DeckTooLarge) {
		t.Fatalf("%v, %+v", err, p)
	}
	r, _ := p.Ready()
	if found := release.Check(r.Deck); found != nil {
		t.Error(found)
	}
}

// FuzzArchive: whatever an archive holds, it is a deck that can be released, or
// an error with a sentence.
func FuzzArchive(f *testing.F) {
	f.Add(files{"1.md": asks("T", "What is ![](a.png)?"), "a.png": png}.zip(f, "top/"))
	f.Add(files{"mkdocs.yml": "nav:\n - a.md\n", "docs/a.md": "x"}.zip(f, ""))
	f.Fuzz(func(t *testing.T, raw []byte) { deckOrFault(t, raw) })
}

// FuzzFiles is FuzzArchive behind the archive's own form.
func FuzzFiles(f *testing.F) {
	f.Add("mkdocs.yml", "nav:\n - b.md\n - a.md\n", "docs/b.md", asks("T", "What is ![](../x.png)?", "![d](data:image/png;base64,iVBORw0KGgo=)"))
	f.Add("SUMMARY.md", "[x](a.md)", "a.md", "# T\n\n1. Why? `![](b)`\n")
	f.Fuzz(func(t *testing.T, a, textA, b, textB string) {
		if len(a) > 1000 || len(b) > 1000 || strings.HasSuffix(a, "/") || strings.HasSuffix(b, "/") {
			return // a folder cannot be written as a file
		}
		deckOrFault(t, files{a: textA, b: textB, "x.png": png, "c.md": asks("C", "Why?")}.zip(t, ""))
	})
}

func deckOrFault(t *testing.T, raw []byte) {
	p, err := Archive(context.Background(), "x.zip", raw, nil)
	if err != nil {
		var known *fault.Fault
		if !errors.As(err, &known) {
			t.Fatalf("no sentence: %v", err)
		}
		return
	}
	r, _ := p.Ready()
	if p.Count() == 0 {
		return
	}
	if _, _, err := release.New(r.Deck); err != nil {
		t.Fatalf("it cannot be released: %v", err)
	}
	for _, n := range r.Deck.Notes {
		for _, name := range content.Pictures(content.Parse(n.Text(decks.Front))) {
			if r.Options.Media == nil {
				continue // a picture that the page has written otherwise than in Markdown
			}
			if _, err := fs.ReadFile(r.Options.Media, name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
		}
	}
}
