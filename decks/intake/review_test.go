package intake

import (
	"context"
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"lectern/decks"
)

const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"

// Some files of a folder are one course, whatever else lies there, and the same
// files are the same course.
func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"b/10.md": "# Ten\n\n## Questions\n\n- What is ten?\n", "b/9.md": "# Nine\n\n## Questions\n\n- What is nine?\n",
		"a.md": "# A\n\n## Questions\n\n- What is a?\n", "c.txt": "", "other.md": "# Other\n",
	} {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	at := func(names ...string) (out []string) {
		for _, n := range names {
			out = append(out, filepath.Join(dir, filepath.FromSlash(n)))
		}
		return out
	}
	p, err := Files(context.Background(), at("b/10.md", "c.txt", "b/9.md", "a.md"), nil)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, f := range p.Pages {
		titles = append(titles, f.Title)
	}
	if !slices.Equal(titles, []string{"A", "Nine", "Ten"}) || p.Title != "A" || len(p.Unread) != 1 || p.Unread[0].Name != "c.txt" {
		t.Errorf("pages %q, title %q, unread %v", titles, p.Title, p.Unread)
	}
	again, err := Files(context.Background(), at("a.md", "b/9.md", "b/10.md", "c.txt"), nil)
	if err != nil || again.Origin() != p.Origin() {
		t.Errorf("the same files come from %+v and %+v, %v", p.Origin(), again.Origin(), err)
	}
	less, err := Files(context.Background(), at("a.md", "b/9.md"), nil)
	if err != nil || less.Origin() == p.Origin() {
		t.Errorf("other files come from %+v, %v", less.Origin(), err)
	}
}

// A deck put together from pages shows the pictures of the page that each of its
// notes stands on.
func TestIllustratePages(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"one", "two"} {
		write(t, filepath.Join(dir, name, "p.md"), "# "+name+"\n\n## Questions\n\n- What is ![](p.png)?\n")
		write(t, filepath.Join(dir, name, "p.png"), pixel+name)
	}
	p, err := Files(context.Background(), []string{filepath.Join(dir, "one", "p.md"), filepath.Join(dir, "two", "p.md")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	question := map[decks.Field]string{decks.Front: "What is ![](p.png)?"}
	d := decks.Deck{Notes: []decks.Note{{ID: "a", Fields: question}, {ID: "b", Fields: question}}}
	r, lost := p.Illustrate(Ready{Deck: d}, []int{1, 0})
	if lost.Missing != 0 || d.Notes[0].Text(decks.Front) != question[decks.Front] {
		t.Errorf("lost %+v; the deck that was given says %q", lost, d.Notes[0].Text(decks.Front))
	}
	for i, want := range []string{"two", "one"} {
		text := r.Deck.Notes[i].Text(decks.Front)
		name := text[len("What is ![](") : len(text)-len(")?")]
		if data, err := fs.ReadFile(r.Options.Media, name); err != nil || string(data) != pixel+want {
			t.Errorf("%q shows %q, %v; want the one of %s", text, data, err, want)
		}
	}
}

func TestSingle(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "p.png"), pixel)
	const text = "# Page\n\n## Questions\n\n- What is ![](p.png)?\n"
	p, err := Single(context.Background(), "page.md", dir, []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	if p.Text() != text || p.Origin() != PageOrigin("page.md") || p.Title != "Page" {
		t.Errorf("text %q, origin %+v, title %q", p.Text(), p.Origin(), p.Title)
	}
	d := decks.Deck{Notes: []decks.Note{{ID: "a", Fields: map[decks.Field]string{decks.Front: "What is ![](p.png)?"}}}}
	if _, lost := p.Illustrate(Ready{Deck: d}, []int{0}); lost.Missing != 0 {
		t.Error("a picture beside the page is not found")
	}
	if name, data, err := p.Picture(0, "p.png"); name != "p.png" || string(data) != pixel || err != nil {
		t.Errorf("it is %q, %v", name, err)
	}
	if _, _, err := p.Picture(0, "../page.md"); err == nil {
		t.Error("a page is taken for a picture")
	}
	p.From("https://example.org/page")
	if o := p.Origin(); o.Name != "https://example.org/page" || o.Key == "" {
		t.Errorf("origin %+v", o)
	}
}
