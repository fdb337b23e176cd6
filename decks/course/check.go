package course

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/lint"
	"lectern/decks/release"
	"lectern/decks/release/sign"
	"lectern/decks/source"
)

// Report is what [Check] found.
type Report struct {
	Cards    int           // of the course; 0 when it cannot be read
	Mistakes source.Errors // with these it cannot be released
	Advice   []Advice      // cards that are hard to learn
}

// Advice is what could be better in a card.
type Advice struct {
	Place source.Place
	Note  string
	Text  string // what is meant, as it stands there
	lint.Finding
}

// Check says what is wrong with the course in a folder. The error is of the folder: that
// it cannot be read.
func Check(ctx context.Context, dir string) (Report, error) {
	f, err := open(dir)
	if err != nil {
		return Report{}, err
	}
	defer f.Close()
	r, c, _, err := f.check(ctx)
	if err != nil {
		return Report{}, err
	}
	for _, n := range c.Deck.Notes {
		for _, found := range lint.Check(n) {
			text := n.Text(found.Field)[found.Span.From:found.Span.To]
			r.Advice = append(r.Advice, Advice{c.Places[n.ID], n.ID, text, found})
		}
	}
	return r, nil
}

// check finds the mistakes, and reads the course and its lock when there are none.
func (f *folder) check(ctx context.Context) (r Report, c source.Course, lock source.Lock, err error) {
	if err := f.secrets(ctx, &r); err != nil {
		return r, c, lock, err
	}
	files, lock, raw, err := f.sources()
	if r.take(err) != nil {
		return r, c, lock, err
	}
	c, err = source.OpenFS(f.root.FS(), ".")
	if r.take(err) != nil {
		return r, c, lock, err
	}
	r.Cards = len(c.Deck.Notes)
	if len(r.Mistakes) > 0 {
		return r, c, lock, nil
	}
	now, err := source.Fmt(files, lock, source.Options{})
	if r.take(err) != nil {
		return r, c, lock, err
	}
	if err == nil {
		r.unformatted(files, now, lock, raw)
		r.lineage(c, now.Lock)
	}
	if err := f.pictures(ctx, c, &r); err != nil {
		return r, c, lock, err
	}
	if len(r.Mistakes) == 0 {
		for _, p := range release.Check(source.Released(c.Deck, now.Lock)) {
			at := c.Places[p.Note]
			r.Mistakes = append(r.Mistakes, source.Mistake(at.File, at.Line, "release", p.What))
		}
	}
	return r, c, lock, nil
}

// take adds mistakes to the report; another error is returned.
func (r *Report) take(err error) error {
	var mistakes source.Errors
	if errors.As(err, &mistakes) {
		r.Mistakes = append(r.Mistakes, mistakes...)
		return nil
	}
	return err
}

func (r *Report) add(at source.Place, what, word string) {
	r.Mistakes = append(r.Mistakes, source.Mistake(at.File, at.Line, what, word))
}

// unformatted reports what fmt would write. That the lock has another text of a card is
// no mistake: texts change every day, and it is there to know them all the same.
func (r *Report) unformatted(files []source.File, now source.Formatted, lock source.Lock, raw []byte) {
	for i, f := range now.Files {
		if !bytes.Equal(f.Data, files[i].Data) {
			r.add(source.Place{File: f.Name, Line: firstDifference(files[i].Data, f.Data)}, "unformatted", "")
		}
	}
	if len(r.Mistakes) > 0 {
		return
	}
	same := raw != nil && len(lock.Cards) == len(now.Lock.Cards)
	for id, e := range now.Lock.Cards {
		was, known := lock.Cards[id]
		same = same && known && was.Retired == e.Retired && was.Gaps == e.Gaps && slices.Equal(was.Into, e.Into)
	}
	if !same {
		r.add(source.Place{File: source.LockName, Line: 1}, "lock_stale", "")
	}
}

// firstDifference is the number of the first line in which two texts differ.
func firstDifference(a, b []byte) int {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return 1 + bytes.Count(a[:i], []byte("\n"))
}

// lineage looks at what cards say of cards that they were made of.
func (r *Report) lineage(c source.Course, lock source.Lock) {
	here := map[string]bool{}
	for _, n := range c.Deck.Notes {
		here[n.ID] = true
	}
	for _, n := range c.Deck.Notes {
		for _, id := range append(slices.Clone(n.Merges), n.From) {
			_, known := lock.Cards[id]
			switch {
			case id == "":
			case !known:
				r.add(c.Places[n.ID], "unknown_card", id)
			case here[id] && id != n.From:
				r.add(c.Places[n.ID], "merged_here", id)
			}
		}
	}
}

// Bounds of the search for secret keys.
const (
	mostFiles = 100_000
	maxSecret = 1 << 20 // bytes of a file that may hold one
)

// secrets looks for secret keys in all files of the folder: whoever gets the sources
// would get them too, and git forgets nothing.
func (f *folder) secrets(ctx context.Context, r *Report) error {
	seen := 0
	return fs.WalkDir(f.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err := ctx.Err(); err != nil {
			return fault.New(fault.Cancelled, err)
		}
		switch {
		case err != nil:
			return fault.New(fault.UnreadableFile, err, "name", name)
		case d.IsDir() && d.Name() == ".git":
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		if seen++; seen > mostFiles {
			return fault.New(fault.TooManyFiles, nil, "n", mostFiles)
		}
		held, err := f.holdsSecret(name)
		if held {
			r.add(source.Place{File: name, Line: 1}, "secret_key", "")
		}
		return err
	})
}

func (f *folder) holdsSecret(name string) (bool, error) {
	file, err := f.root.Open(filepath.FromSlash(name))
	if err != nil {
		return false, fault.New(fault.UnreadableFile, err, "name", name)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxSecret+1))
	if err != nil {
		return false, fault.New(fault.UnreadableFile, err, "name", name)
	}
	return len(data) <= maxSecret && sign.HoldsSecret(data), nil
}

// pictures looks at the files that cards show.
func (f *folder) pictures(ctx context.Context, c source.Course, r *Report) error {
	shown := map[string]source.Place{}
	for _, n := range c.Deck.Notes {
		for _, name := range source.Pictures(decks.Deck{Notes: []decks.Note{n}}) {
			if _, again := shown[name]; !again {
				shown[name] = c.Places[n.ID]
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(shown)) {
		if err := ctx.Err(); err != nil {
			return fault.New(fault.Cancelled, err)
		}
		what := f.picture(name)
		if what != "" {
			r.add(shown[name], what, name)
		}
	}
	return nil
}

// extension is the end of a picture's name as a release has it.
func extension(name string) string { return strings.ToLower(path.Ext(name)) }

// kinds are the files that a card may show, and how they may begin.
var kinds = map[string][]string{
	".svg": {"<"}, ".png": {"\x89PNG"}, ".jpg": {"\xff\xd8\xff"}, ".jpeg": {"\xff\xd8\xff"}, ".gif": {"GIF8"}, ".webp": {"RIFF"},
	".mp3": {"ID3", "\xff\xfb", "\xff\xf3", "\xff\xf2", "\xff\xfa"}, ".ogg": {"OggS"}, ".opus": {"OggS"}, ".wav": {"RIFF"}, ".m4a": nil,
}

// picture says what is wrong with a picture, "" when nothing is.
func (f *folder) picture(name string) string {
	begins, known := kinds[extension(name)]
	if !known {
		return "picture_kind"
	}
	file, err := f.root.Open(name)
	if err != nil {
		return "picture_missing"
	}
	defer file.Close()
	info, err := file.Stat()
	switch {
	case err != nil || !info.Mode().IsRegular():
		return "picture_missing"
	case info.Size() > release.MaxMediaFile:
		return "picture_large"
	}
	head := make([]byte, 64)
	n, _ := file.Read(head)
	head = bytes.TrimLeft(bytes.TrimPrefix(head[:n], []byte("\uFEFF")), " \t\r\n")
	if n == 0 || begins != nil && !slices.ContainsFunc(begins, func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }) {
		return "picture_not"
	}
	return ""
}
