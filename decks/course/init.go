package course

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/source"
)

//go:embed starter
var starter embed.FS

// Starter says what a new course is called and whose it is.
type Starter struct {
	Title   string
	Lang    string // "ru", "en" or another one; the first cards are in Russian or in English
	Author  string // "" for none, as the license
	License string
}

// Init makes a course in a folder: a few cards of every kind to begin with, a picture, a
// README, and what git has to know. The folder is made when it is not there; files that
// lie in it stay as they are. One that holds a course already is an error.
func Init(ctx context.Context, dir string, s Starter) error {
	lang := "en"
	if s.Lang == "ru" || strings.HasPrefix(s.Lang, "ru-") {
		lang = "ru"
	}
	head := []source.Head{{Key: "title", Value: s.Title}, {Key: "lang", Value: s.Lang}, {Key: "author", Value: s.Author}, {Key: "license", Value: s.License}}
	if strings.TrimSpace(s.Title) == "" {
		return source.Errors{source.Mistake(courseFile, 1, "no_title", "")}
	}
	files, err := source.SetHead([]source.File{{Name: courseFile, Data: []byte("---\nlectern: 1\ndeck: " + decks.NewID() + "\ntitle: T\n---\n\n" + text(lang, "course.txt"))}}, head...)
	if err != nil {
		return err
	}
	now, err := source.Fmt(files, source.Lock{}, source.Options{})
	if err != nil {
		return err
	}
	readme := strings.ReplaceAll(text(lang, "README.txt"), "{{title}}", s.Title)
	return create(ctx, dir, now.Files, now.Lock, []change{
		{"media/forgetting.svg", nil, []byte(text(".", "forgetting.svg"))},
		{"README.md", nil, []byte(readme)},
	})
}

const courseFile = "course.md"

// text is a file of the starter.
func text(dir, name string) string {
	data, err := starter.ReadFile(path.Join("starter", dir, name))
	if err != nil {
		panic(err) // it is embedded
	}
	return string(data)
}

// create writes a new course: what git has to know, other files that are not there yet,
// and the course itself last, so that half of one is none.
func create(ctx context.Context, dir string, files []source.File, lock source.Lock, others []change) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fault.New(fault.UnwritableFile, err, "name", folderName(dir))
	}
	f, err := open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.root.Stat(source.LockName)
	if _, loaded := source.Load(f.root.FS(), "."); err == nil || !fault.Is(loaded, fault.NoCourse) {
		return fault.New(fault.CourseThere, nil, "name", f.name)
	}
	changes := []change{}
	for _, git := range []string{".gitignore", ".gitattributes"} {
		c, err := f.lines(git, text(".", strings.TrimPrefix(git, ".")))
		if err != nil {
			return err
		}
		changes = append(changes, c)
	}
	for _, c := range others {
		if err := f.root.MkdirAll(path.Dir(c.name), 0o755); err != nil {
			return fault.New(fault.UnwritableFile, err, "name", path.Dir(c.name))
		}
		if _, err := f.root.Stat(c.name); errors.Is(err, fs.ErrNotExist) {
			changes = append(changes, c)
		}
	}
	changes = append(changes, change{source.LockName, nil, lock.Bytes()})
	slices.Reverse(files) // the file with the head comes first, and is written last
	for _, c := range files {
		changes = append(changes, change{c.Name, nil, c.Data})
	}
	return f.write(ctx, changes)
}

// lines adds the lines of a text to a file that may be there.
func (f *folder) lines(name, text string) (change, error) {
	was, err := f.root.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return change{name, nil, []byte(text)}, nil
	case err != nil:
		return change{}, fault.New(fault.UnreadableFile, err, "name", name)
	}
	have := map[string]bool{}
	for line := range strings.Lines(string(was)) {
		have[strings.TrimSpace(line)] = true
	}
	now := bytes.Clone(nonNil(was))
	if len(now) > 0 && now[len(now)-1] != '\n' {
		now = append(now, '\n')
	}
	for line := range strings.Lines(text) {
		if !have[strings.TrimSpace(line)] {
			now = append(now, line...)
		}
	}
	return change{name, nonNil(was), now}, nil
}
