package collection

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"lectern/decks/release"
	"lectern/decks/whole"
)

// What a process leaves behind that dies while it writes is told by the names of its
// files, which say which process that was.
const (
	tempPrefix = ".lectern-tmp-"     // a file that is being written
	listPrefix = ".lectern-install-" // a list of media that are kept for an install
)

// pattern is a name for os.CreateTemp.
func pattern(prefix string) string { return prefix + strconv.Itoa(os.Getpid()) + "-*" }

// began is about when this process did.
var began = time.Now()

// abandoned reports whether the process that a file's name tells is gone.
func abandoned(name, prefix string, modified time.Time) bool {
	pid, err := strconv.Atoi(strings.SplitN(strings.TrimPrefix(name, prefix), "-", 2)[0])
	switch {
	case err != nil || time.Since(modified) > oldTemp:
		return time.Since(modified) > oldTemp
	case pid == os.Getpid():
		return modified.Before(began) // a number may come again
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return true
	}
	defer func() { _ = p.Release() }()
	return errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}

// leftovers are the media that an install keeps, until it is done.
type leftovers struct {
	c    *Collection
	path string // of the list
	list mediaList
}

// mediaList is a list of media as it is written beside the collection.
type mediaList struct {
	Release string   `json:"release"` // the hash of what shows them
	Files   []string `json:"files"`   // those that were not there before
}

// note writes down which media an install is going to keep, before it does. The install
// calls keep when it is done, or drop.
func (c *Collection) note(names []string, releaseHash string) (*leftovers, error) {
	l := &leftovers{c: c, list: mediaList{Release: releaseHash}}
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(c.MediaDir(), name)); errors.Is(err, fs.ErrNotExist) {
			l.list.Files = append(l.list.Files, name)
		}
	}
	if len(l.list.Files) == 0 {
		return l, nil
	}
	text, err := json.Marshal(l.list)
	if err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(c.dir, pattern(listPrefix))
	if err != nil {
		return nil, fmt.Errorf("note the media of an install: %w", err)
	}
	l.path = f.Name()
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		os.Remove(l.path)
		return nil, fmt.Errorf("note the media of an install: %w", err)
	}
	whole.SyncDir(c.dir)
	return l, nil
}

// keep forgets the list: what it names is shown now.
func (l *leftovers) keep() {
	if l != nil && l.path != "" {
		os.Remove(l.path)
	}
}

// drop deletes what was kept for an install that did not come about.
func (l *leftovers) drop(ctx context.Context) {
	if l != nil && l.path != "" {
		_ = l.c.finish(ctx, l.path) // the next start tries again
	}
}

// finish ends an install whose list of media is left: they stay when its release is
// there or another note shows them.
func (c *Collection) finish(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(f, 16<<20))
	f.Close()
	if err != nil {
		return err
	}
	var list mediaList
	if json.Unmarshal(text, &list) == nil { // else it died writing it, and kept nothing yet
		if err := c.dropMedia(ctx, list); err != nil {
			return err
		}
	}
	return os.Remove(path)
}

func (c *Collection) dropMedia(ctx context.Context, list mediaList) error {
	if !release.IsHash(list.Release) {
		return nil // not a list of ours
	}
	hash, err := hex.DecodeString(list.Release)
	if err != nil {
		return err
	}
	return c.snapshot(ctx, func(q querier) error {
		var there bool
		if err := q.row(`SELECT count(*) > 0 FROM releases WHERE hash = ?`, hash).Scan(&there); err != nil || there {
			return err
		}
		for _, name := range list.Files {
			if !ValidMediaName(name) {
				continue
			}
			var shown bool
			if err := q.row(`SELECT count(*) > 0 FROM notes WHERE instr(shown, ?) > 0`, name).Scan(&shown); err != nil {
				return err
			}
			if shown {
				continue
			}
			if err := os.Remove(filepath.Join(c.MediaDir(), name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("delete a leftover: %w", err)
			}
		}
		return nil
	})
}

// sweep counts, and deletes, what processes left that died while they wrote.
func (c *Collection) sweep(ctx context.Context, remove bool) (n int, err error) {
	for _, place := range []struct{ folder, prefix string }{
		{c.dir, tempPrefix}, {c.MediaDir(), tempPrefix}, {filepath.Join(c.dir, backupName), tempPrefix}, {c.dir, listPrefix},
	} {
		found, err := filepath.Glob(filepath.Join(globEscape(place.folder), place.prefix+"*"))
		if err != nil {
			return n, err
		}
		for _, path := range found {
			st, err := os.Lstat(path)
			if err != nil || !abandoned(filepath.Base(path), place.prefix, st.ModTime()) {
				continue
			}
			n++
			switch {
			case !remove:
			case place.prefix == listPrefix:
				err = c.finish(ctx, path)
			default:
				err = os.RemoveAll(path)
			}
			if err != nil {
				return n, fmt.Errorf("delete a leftover: %w", err)
			}
		}
	}
	return n, nil
}

// globEscape keeps the signs of a folder's name from being a pattern.
func globEscape(s string) string {
	return strings.NewReplacer(`[`, `[[]`, `*`, `[*]`, `?`, `[?]`).Replace(s)
}
