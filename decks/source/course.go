package source

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/fault"
)

// File is a file of a course.
type File struct {
	Name string // as errors call it
	Data []byte
}

// Place is where something stands in a course.
type Place struct {
	File string
	Line int // from 1
}

// Course is a course as its files say it.
type Course struct {
	Deck   decks.Deck // canonical; nothing in it is retired: see [Released]
	Key    string     // the author's public key from the head, "" for none
	Keep   map[string]bool
	Places map[string]Place // of the cards, by id
}

// Write returns the course in one file: as [Write], with the public key.
func (c Course) Write() []byte { return write(c.Deck, c.Key) }

// Load reads the files of a course from a folder: its .md files, the one with the
// head first and the others in the order of their names with numbers as numbers (2
// before 10). A README is not read.
func Load(fsys fs.FS, dir string) ([]File, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, fault.New(fault.UnreadableFile, err, "name", path.Base(dir))
	}
	var files []File
	heads := map[string]bool{}
	size := 0
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || !strings.EqualFold(path.Ext(name), ".md") || strings.HasPrefix(strings.ToLower(name), "readme") {
			continue
		}
		if info, err := e.Info(); err == nil {
			if err := checkSize(size + int(min(info.Size(), 1<<40))); err != nil {
				return nil, fmt.Errorf("read course %s: %w", dir, err)
			}
		}
		src, err := fs.ReadFile(fsys, path.Join(dir, name))
		if err != nil {
			return nil, fault.New(fault.UnreadableFile, err, "name", name)
		}
		size += len(src)
		if err := checkSize(size); err != nil {
			return nil, fmt.Errorf("read course %s: %w", dir, err)
		}
		files = append(files, File{name, src})
		heads[name] = startsWithHead(src)
	}
	if len(files) == 0 {
		return nil, fault.New(fault.NoCourse, nil, "name", path.Base(dir))
	}
	slices.SortFunc(files, func(a, b File) int {
		if heads[a.Name] != heads[b.Name] {
			if heads[a.Name] {
				return -1
			}
			return 1
		}
		return NaturalOrder(a.Name, b.Name)
	})
	return files, nil
}

func startsWithHead(src []byte) bool {
	first := strings.TrimPrefix(string(src[:min(len(src), 1024)]), "\uFEFF")
	lines := splitLines(first)
	return len(lines) > 0 && dashes.MatchString(lines[0].text)
}

// DeckID is the id of the deck as it stands in the head of a course, "" when none does.
func DeckID(files []File) string {
	if len(files) == 0 {
		return ""
	}
	p := newParser(files[0].Name, files[0].Data, false)
	p.head()
	return p.deck.ID
}

// ParseFiles reads a course from its files, given as [Load] gives them. What has no
// id gets a random one.
func ParseFiles(files []File) (Course, error) {
	parsers, err := parseFiles(files, false)
	if err != nil {
		return Course{}, err
	}
	return assembleCourse(parsers)
}

// OpenFS reads a course from a folder. Pictures must lie in the folder or below it.
func OpenFS(fsys fs.FS, dir string) (Course, error) {
	files, err := Load(fsys, dir)
	if err != nil {
		return Course{}, err
	}
	parsers, err := parseFiles(files, false)
	if err != nil {
		return Course{}, err
	}
	for _, p := range parsers {
		p.pictures(fsys, dir)
	}
	return assembleCourse(parsers)
}

// ParseFS is the deck of [OpenFS]: fs.Sub(fsys, dir) is where a text's paths begin.
func ParseFS(fsys fs.FS, dir string) (decks.Deck, error) {
	c, err := OpenFS(fsys, dir)
	return c.Deck, err
}

// parseFiles reads files; mistakes within a file stay with its parser.
func parseFiles(files []File, number bool) ([]*parser, error) {
	size := 0
	for _, f := range files {
		size += len(f.Data)
	}
	if err := checkSize(size); err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fault.New(fault.NoCourse, nil, "name", "")
	}
	if len(files) > 1 && startsWithHead(files[1].Data) {
		return nil, Errors{mistake(files[1].Name, 1, "two_heads", files[0].Name)}
	}
	parsers := make([]*parser, len(files))
	for i, f := range files {
		p := newParser(f.Name, f.Data, i > 0)
		p.number = number
		p.run()
		parsers[i] = p
	}
	return parsers, nil
}

func assembleCourse(parsers []*parser) (Course, error) {
	d, places, err := assemble(parsers)
	if err != nil {
		return Course{}, err
	}
	c := Course{Deck: d, Key: parsers[0].key, Keep: map[string]bool{}, Places: places}
	for _, p := range parsers {
		for _, n := range p.notes {
			if n.keep && n.ID != "" {
				c.Keep[n.ID] = true
			}
		}
	}
	return c, nil
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
