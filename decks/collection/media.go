package collection

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/whole"
)

const (
	maxMediaFile = 64 << 20 // bytes
	maxMediaName = 200      // bytes
)

// ValidMediaName reports whether a name can be that of a file in the media
// folder: one component, nothing hidden, nothing that a file system takes
// for more than a name.
func ValidMediaName(name string) bool {
	if name == "" || len(name) > maxMediaName || !utf8.ValidString(name) || strings.HasPrefix(name, ".") ||
		strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") || !filepath.IsLocal(name) {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r)
	})
}

// keepMedia copies the files at the root of fsys into the media folder. It
// returns the names it had to change because another file has them.
func (c *Collection) keepMedia(ctx context.Context, fsys fs.FS) (renamed map[string]string, err error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("list media: %w", err)
	}
	renamed = map[string]string{}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		name := e.Name()
		if e.IsDir() || strings.HasPrefix(name, ".") {
			continue
		}
		if !ValidMediaName(name) {
			return nil, fault.New(fault.BadArgument, nil, "what", fmt.Sprintf("media name %q", name))
		}
		p, err := readMedia(fsys, name)
		if err != nil {
			return nil, fault.New(fault.MissingMedia, err, "name", name)
		}
		kept, err := keepFile(c.MediaDir(), name, p)
		if err != nil {
			return nil, fmt.Errorf("keep media %s: %w", name, err)
		}
		if kept != name {
			renamed[name] = kept
		}
	}
	return renamed, nil
}

func readMedia(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p, err := io.ReadAll(io.LimitReader(f, maxMediaFile+1))
	if err == nil && len(p) > maxMediaFile {
		err = fmt.Errorf("over %d bytes", maxMediaFile)
	}
	return p, err
}

// keepFile writes a file into dir unless it is there. When its name is another
// file's, the name gets the first digits of the content's hash.
func keepFile(dir, name string, p []byte) (string, error) {
	same, exists, err := holds(filepath.Join(dir, name), p)
	if err != nil || same {
		return name, err
	}
	if exists {
		sum := sha256.Sum256(p)
		ext := path.Ext(name)
		name = strings.TrimSuffix(name, ext) + "-" + hex.EncodeToString(sum[:6]) + ext
		if same, exists, err = holds(filepath.Join(dir, name), p); err != nil || same {
			return name, err
		}
		if exists {
			return "", fmt.Errorf("another file has the name %s", name)
		}
	}
	return name, writeFile(filepath.Join(dir, name), func(w io.Writer) error {
		_, err := w.Write(p)
		return err
	})
}

func holds(path string, p []byte) (same, exists bool, err error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, false, nil
	}
	if err != nil {
		return false, true, err
	}
	if !info.Mode().IsRegular() || info.Size() != int64(len(p)) {
		return false, true, nil
	}
	old, err := os.ReadFile(path)
	return bytes.Equal(old, p), true, err
}

// writeFile writes a file as a whole or not at all, for its owner only.
func writeFile(path string, write func(io.Writer) error) error {
	return whole.WriteFrom(pattern(tempPrefix), path, 0, write)
}

// renaming makes a text name the files as they were kept.
func renaming(renamed map[string]string) *strings.Replacer {
	var pairs []string
	for old, now := range renamed {
		for _, name := range []string{old, url.PathEscape(old)} {
			pairs = append(pairs,
				"]("+name+")", "]("+now+")",
				"]("+name+" ", "]("+now+" ",
				"](<"+name+">", "](<"+now+">",
				`src="`+name+`"`, `src="`+now+`"`)
			if name == url.PathEscape(old) && name == old {
				break
			}
		}
	}
	return strings.NewReplacer(pairs...)
}

// renameMedia makes the deck's texts name the files as they were kept.
func renameMedia(d decks.Deck, r *strings.Replacer) decks.Deck {
	notes := make([]decks.Note, len(d.Notes))
	for i, n := range d.Notes {
		n.Fields = maps.Clone(n.Fields)
		for f, s := range n.Fields {
			n.Fields[f] = r.Replace(s)
		}
		options := make([]decks.Option, len(n.Choices))
		for k, o := range n.Choices {
			o.Text = r.Replace(o.Text)
			options[k] = o
		}
		n.Choices = options
		notes[i] = n
	}
	d.Notes = notes
	return d
}
