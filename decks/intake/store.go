package intake

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"lectern/decks/fault"
	"lectern/decks/lecture"
	"lectern/decks/unzip"
)

// Limits of a folder or an archive of pages.
const (
	maxPages  = 5_000
	maxWalked = 200_000   // files and folders that are looked at
	maxRead   = 512 << 20 // bytes of all pages
	maxDeep   = 20        // folders within each other
)

// store is where files lie: a folder, or an archive. Their names have slashes and
// stay on it.
type store interface {
	list() ([]string, error)
	has(name string) bool
	read(name string, limit int64) ([]byte, error)
}

// folder is a folder on the disk. Symbolic links that lead out of it are not
// followed.
type folder string

// skipped are folders that hold no pages of the course: tools and what they made.
func skipped(name string) bool {
	switch name {
	case "node_modules", "__pycache__", "__MACOSX", "venv", "env", "site-packages", "_build", "_site", "_book", "site", "dist", "target":
		return true
	}
	return strings.HasPrefix(name, ".")
}

func (f folder) list() ([]string, error) {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	var names []string
	walked := 0
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		walked++
		switch {
		case walked > maxWalked:
			return fault.New(fault.TooManyFiles, nil, "n", maxWalked)
		case err != nil && name == ".":
			return err
		case err != nil: // a folder that may not be looked into
			return fs.SkipDir
		case d.IsDir() && name != "." && (skipped(d.Name()) || strings.Count(name, "/") >= maxDeep):
			return fs.SkipDir
		case d.Type().IsRegular() && !strings.HasPrefix(d.Name(), "."):
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

func (f folder) has(name string) bool {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return false
	}
	defer root.Close()
	info, err := root.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

func (f folder) read(name string, limit int64) ([]byte, error) {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file", name)
	}
	return readAtMost(file, limit)
}

var errLong = errors.New("the file is too long")

func readAtMost(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = errLong
	}
	return data, err
}

// archive is a zip file. The one folder that all of it lies in goes without
// saying.
type archive struct {
	*unzip.Archive
	top string
}

func openArchive(raw []byte) (*archive, error) {
	a, err := unzip.Open(raw, unzip.Limits{Files: maxWalked, File: lecture.MaxSize, Total: 2 * maxRead})
	if err != nil {
		return nil, err
	}
	return &archive{a, topOf(a.Names)}, nil
}

// topOf is the folder that all files lie in, with its slash; "" for none.
func topOf(names []string) string {
	top := ""
	for _, name := range names {
		if strings.HasPrefix(name, "__MACOSX/") {
			continue
		}
		first, _, within := strings.Cut(name, "/")
		if !within || top != "" && top != first+"/" {
			return ""
		}
		top = first + "/"
	}
	return top
}

func (a *archive) list() ([]string, error) {
	var names []string
	for _, name := range a.Names {
		name, ok := strings.CutPrefix(name, a.top)
		if !ok || strings.Count(name, "/") > maxDeep {
			continue
		}
		dir, base := path.Split(name)
		bad := strings.HasPrefix(base, ".")
		for part := range strings.SplitSeq(strings.TrimSuffix(dir, "/"), "/") {
			bad = bad || skipped(part)
		}
		if !bad {
			names = append(names, name)
		}
	}
	return names, nil
}

func (a *archive) has(name string) bool { return a.Has(a.top + name) }

func (a *archive) read(name string, limit int64) ([]byte, error) {
	r, err := a.Open(a.top + name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return readAtMost(r, limit)
}
