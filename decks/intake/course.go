package intake

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/source"
)

// IsCourse tells a course in Markdown from a lecture page: it begins with a
// head that says so.
func IsCourse(data []byte) bool {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	head, rest, found := bytes.Cut(data, []byte("\n"))
	if !found || strings.TrimSpace(string(head)) != "---" {
		return false
	}
	for line := range bytes.Lines(rest) {
		text := strings.TrimSpace(string(line))
		switch {
		case text == "---":
			return false
		case strings.HasPrefix(text, "lectern:"):
			return true
		}
	}
	return false
}

// HasCourse tells a folder with a course in Markdown from one with pages.
func HasCourse(dir string) bool {
	files, err := fs.Glob(os.DirFS(dir), "*.md")
	if err != nil {
		return false
	}
	for _, name := range files {
		head, err := folder(dir).read(name, maxHead)
		if (err == nil || errors.Is(err, errLong)) && IsCourse(head) {
			return true
		}
	}
	return false
}

const maxHead = 64 << 10 // bytes in which a course says that it is one

// readCourse reads a course from a file with its bytes, or from a folder when
// data is nil, with the pictures its texts show. It is whole when the deck and
// every section and card in it have an id.
func readCourse(name string, data []byte) (deck decks.Deck, media fs.FS, whole bool, err error) {
	dir := os.DirFS(name)
	if data == nil {
		deck, err = source.ParseFS(dir, ".")
	} else {
		dir = os.DirFS(filepath.Dir(name))
		deck, err = source.Parse(filepath.Base(name), data)
	}
	if fault.Is(err, fault.NoCourse) {
		err = fault.New(fault.NoCourse, err, "name", folderName(name)) // source knows it as "."
	}
	if err != nil {
		return deck, nil, false, err
	}
	if data == nil {
		whole, err = wholeFolder(dir)
	} else {
		whole, err = hasIDs(name, data, false)
	}
	if err != nil {
		return deck, nil, false, err
	}
	deck, media, err = pictures(deck, dir)
	return deck, media, whole, err
}

// folderName is what a folder is called, also one given as ".".
func folderName(name string) string {
	if whole, err := filepath.Abs(name); err == nil {
		name = whole
	}
	return filepath.Base(name)
}

func hasIDs(name string, data []byte, part bool) (bool, error) {
	_, missing, err := source.AssignIDs(name, data, part)
	return missing == 0, err
}

func wholeFolder(dir fs.FS) (bool, error) {
	files, err := fs.Glob(dir, "*.md")
	if err != nil {
		return false, err
	}
	for _, name := range files {
		if strings.HasPrefix(strings.ToLower(name), "readme") {
			continue
		}
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			return false, err
		}
		if whole, err := hasIDs(name, data, !IsCourse(data)); err != nil || !whole {
			return false, err
		}
	}
	return true, nil
}

// flat is a course's pictures without their folders, as the collection keeps
// them.
type flat struct {
	dir   fs.FS
	paths map[string]string // by name: where it lies in dir
}

// Open opens a picture by its name.
func (f flat) Open(name string) (fs.File, error) {
	p, ok := f.paths[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return f.dir.Open(p)
}

// ReadDir lists the pictures.
func (f flat) ReadDir(string) ([]fs.DirEntry, error) {
	var list []fs.DirEntry
	for _, name := range slices.Sorted(maps.Keys(f.paths)) {
		info, err := fs.Stat(f.dir, f.paths[name])
		if err != nil {
			return nil, err
		}
		list = append(list, entry{fs.FileInfoToDirEntry(info), name})
	}
	return list, nil
}

type entry struct {
	fs.DirEntry
	name string
}

// Name is the picture's name without its folder.
func (e entry) Name() string { return e.name }

// pictures finds what the deck shows in the course's folder and lays it flat;
// the deck's texts follow.
func pictures(deck decks.Deck, dir fs.FS) (decks.Deck, fs.FS, error) {
	files := flat{dir, map[string]string{}}
	names := map[string]string{}
	for _, p := range source.Pictures(deck) {
		if !fs.ValidPath(p) {
			return deck, nil, fault.New(fault.MissingMedia, nil, "name", p)
		}
		if info, err := fs.Stat(dir, p); err != nil || !info.Mode().IsRegular() {
			return deck, nil, fault.New(fault.MissingMedia, err, "name", p)
		}
		name := path.Base(p)
		for n := 1; files.paths[name] != ""; n++ { // two folders have a picture of this name
			name = strings.ReplaceAll(p, "/", "-")
			if n > 1 {
				name = strconv.Itoa(n) + "-" + name
			}
		}
		files.paths[name] = p
		names[p] = name
	}
	return source.RenamePictures(deck, names), files, nil
}
