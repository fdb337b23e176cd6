package site

import (
	"archive/zip"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lectern/decks/feed"
	"lectern/decks/release"
)

// State is what a folder holds.
type State struct {
	File       []byte              // feed.json, nil when nothing is published
	Feed       feed.Feed           // not verified
	Statements []release.Statement // of the releases whose files are there, the newest first; not verified
}

// Published tells whether there is anything.
func (s State) Published() bool { return s.File != nil }

// Read reads what is published in a folder. A feed that cannot be read is an error: what
// somebody else published there must not be written over.
func Read(f FS) (State, error) {
	var s State
	var err error
	if s.File, err = readAll(f, feed.Name, feed.MaxFeed); err != nil {
		return s, err
	}
	if s.File != nil {
		if s.Feed, err = feed.Peek(s.File); err != nil {
			return s, fmt.Errorf("read %s: %w", feed.Name, err)
		}
	}
	names, err := f.List("r")
	if err != nil {
		return s, err
	}
	for _, n := range names {
		b, err := readAll(f, "r/"+n+"/release.json", release.MaxStatement)
		if err != nil {
			return s, err
		}
		// One that was being published when the program stopped is no release.
		if x, err := release.ParseStatement(b); err == nil && feed.StatementPath(x.Epoch, x.Seq) == "r/"+n+"/release.json" && s.announced(x) {
			s.Statements = append(s.Statements, x)
		}
	}
	slices.SortFunc(s.Statements, func(a, b release.Statement) int {
		return cmp.Or(cmp.Compare(b.Epoch, a.Epoch), cmp.Compare(b.Seq, a.Seq))
	})
	return s, nil
}

// announced tells whether the feed has come as far as a release.
func (s State) announced(x release.Statement) bool {
	return s.Published() && (x.Epoch < s.Feed.Epoch || x.Epoch == s.Feed.Epoch && x.Seq <= s.Feed.Latest().Seq)
}

// mediaOf notes the media that a package holds.
func mediaOf(f FS, name string, used map[string]bool) error {
	r, err := f.Open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	z, err := zip.NewReader(r, r.Size())
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	for _, x := range z.File {
		if hash, ok := strings.CutPrefix(x.Name, "media/"); ok {
			used[hash] = true
		}
	}
	return nil
}
