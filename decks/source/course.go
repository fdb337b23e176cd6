package source

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
)

// ParseFS reads a course from a folder: its .md files, the one with the head
// first and the others in the order of their names with numbers as numbers (2
// before 10); a README is not read. Pictures must lie in the folder or below it:
// fs.Sub(fsys, dir) is where a text's paths begin.
func ParseFS(fsys fs.FS, dir string) (decks.Deck, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return decks.Deck{}, fault.New(fault.UnreadableFile, err, "name", path.Base(dir))
	}
	type file struct {
		name string
		src  []byte
		head bool
	}
	var files []file
	size := 0
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || !strings.EqualFold(path.Ext(name), ".md") || strings.HasPrefix(strings.ToLower(name), "readme") {
			continue
		}
		src, err := fs.ReadFile(fsys, path.Join(dir, name))
		if err != nil {
			return decks.Deck{}, fault.New(fault.UnreadableFile, err, "name", name)
		}
		size += len(src)
		if err := checkSize(size); err != nil {
			return decks.Deck{}, fmt.Errorf("read course %s: %w", dir, err)
		}
		lines := splitLines(strings.TrimPrefix(string(src), "\uFEFF"))
		files = append(files, file{name, src, len(lines) > 0 && dashes.MatchString(lines[0].text)})
	}
	if len(files) == 0 {
		return decks.Deck{}, fault.New(fault.NoCourse, nil, "name", path.Base(dir))
	}
	slices.SortFunc(files, func(a, b file) int {
		if a.head != b.head {
			if a.head {
				return -1
			}
			return 1
		}
		return NaturalOrder(a.name, b.name)
	})
	if len(files) > 1 && files[1].head {
		return decks.Deck{}, Errors{mistake(files[1].name, 1, "two_heads", files[0].name)}
	}
	var parsers []*parser
	for i, f := range files {
		p := newParser(f.name, f.src, i > 0)
		p.run()
		p.pictures(fsys, dir)
		parsers = append(parsers, p)
	}
	return assemble(parsers)
}

// NaturalOrder compares names with runs of digits as numbers.
func NaturalOrder(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		dx, dy := digits(x), digits(y)
		if dx > 0 && dy > 0 {
			m, n := strings.TrimLeft(x[:dx], "0"), strings.TrimLeft(y[:dy], "0")
			if c := cmp.Or(cmp.Compare(len(m), len(n)), strings.Compare(m, n)); c != 0 {
				return c
			}
			x, y = x[dx:], y[dy:]
			continue
		}
		if x[0] != y[0] {
			return cmp.Compare(x[0], y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(a, b))
}

func digits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }

// picture matches ![text](path) with an optional title, or <path>.
var picture = regexp.MustCompile(`!\[[^\]\n]*\]\((?:<([^>\n]+)>|([^)\s]+))[^)\n]*\)`)

// Pictures returns the paths of the pictures that the deck's texts show, in
// order, each once. Addresses on the web are not among them.
func Pictures(d decks.Deck) []string {
	var out []string
	seen := map[string]bool{}
	for _, n := range d.Notes {
		for _, p := range notePictures(n) {
			if !seen[p] {
				seen[p] = true
				out = append(out, p)
			}
		}
	}
	return out
}

func notePictures(n decks.Note) []string {
	var out []string
	look := func(text string) {
		eachPicture(text, func(_, _ int, target string) { out = append(out, target) })
	}
	for _, f := range decks.Fields {
		look(n.Text(f))
	}
	for _, o := range n.Choices {
		look(o.Text)
	}
	return out
}

// eachPicture calls found with every picture's path and where it is written.
func eachPicture(text string, found func(from, to int, target string)) {
	for _, m := range picture.FindAllStringSubmatchIndex(text, -1) {
		from, to := m[2], m[3]
		if from < 0 {
			from, to = m[4], m[5]
		}
		target := text[from:to]
		if u, err := url.Parse(target); err == nil {
			if u.Scheme != "" || u.Host != "" {
				continue
			}
			target = u.Path
		}
		found(from, to, target)
	}
}

// RenamePictures makes the deck's texts show pictures under other paths; names
// has the new ones by the old.
func RenamePictures(d decks.Deck, names map[string]string) decks.Deck {
	d.Notes = slices.Clone(d.Notes)
	for i := range d.Notes {
		n := &d.Notes[i]
		n.Fields = maps.Clone(n.Fields)
		for f, text := range n.Fields {
			n.Fields[f] = rename(text, names)
		}
		n.Choices = slices.Clone(n.Choices)
		for k := range n.Choices {
			n.Choices[k].Text = rename(n.Choices[k].Text, names)
		}
	}
	return d
}

func rename(text string, names map[string]string) string {
	var b strings.Builder
	at := 0
	eachPicture(text, func(from, to int, target string) {
		name, known := names[target]
		if !known || name == target {
			return
		}
		if text[from:to] != target { // written as an address is
			name = (&url.URL{Path: name}).EscapedPath()
		}
		b.WriteString(text[at:from] + name)
		at = to
	})
	return b.String() + text[at:]
}

// pictures reports the pictures of a file that are not there.
func (p *parser) pictures(fsys fs.FS, dir string) {
	for _, n := range p.notes {
		for _, pic := range notePictures(release.CanonicalNote(n.Note)) {
			if !fs.ValidPath(pic) {
				p.wrong(n.line-1, "picture_path", excerpt(pic))
				continue
			}
			if info, err := fs.Stat(fsys, path.Join(dir, pic)); errors.Is(err, fs.ErrNotExist) || err == nil && info.IsDir() {
				p.wrong(n.line-1, "picture_missing", excerpt(pic))
			}
		}
	}
}
