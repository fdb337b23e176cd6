package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"lectern/decks/feed"
	"lectern/decks/release"
)

// Progress is told how many bytes of how many have been written.
type Progress func(done, total int64)

// partial begins the names of files that are being written.
const partial = ".lectern-part-"

// Write puts a plan into its folder and then drops what is old. It may be stopped at any
// point and called again. It tells how many files it wrote: none when the folder was
// as planned.
func Write(ctx context.Context, f FS, p Plan, progress Progress) (wrote int, err error) {
	if err := ctx.Err(); err != nil {
		return 0, fmt.Errorf("publish: %w", err)
	}
	if err := leftovers(f); err != nil {
		return 0, fmt.Errorf("publish: %w", err)
	}
	var total, done int64
	for _, x := range p.Files {
		total += x.blob.Size
	}
	for _, x := range p.Files {
		changed, err := put(ctx, f, x)
		if err != nil {
			return wrote, fmt.Errorf("publish %s: %w", x.Name, err)
		}
		if changed {
			wrote++
		}
		if done += x.blob.Size; progress != nil {
			progress(done, total)
		}
	}
	// The feed stands: what follows may fail and be done the next time.
	if err := prune(f, p); err != nil {
		return wrote, fmt.Errorf("publish: drop what is old: %w", err)
	}
	return wrote, nil
}

// put writes a file unless it is there.
func put(ctx context.Context, f FS, x Planned) (changed bool, err error) {
	same, err := equal(f, x)
	if err != nil || same {
		return false, err
	}
	dir := parent(x.Name)
	if err := f.MkdirAll(dir); err != nil {
		return false, err
	}
	name := partial + strings.ReplaceAll(x.Name, "/", "-")
	if dir != "." {
		name = dir + "/" + name
	}
	if err := copyTo(ctx, f, name, x); err != nil {
		return false, errors.Join(err, f.Remove(name))
	}
	if err := f.Rename(name, x.Name); err != nil {
		return false, errors.Join(err, f.Remove(name))
	}
	return true, f.Sync(dir)
}

func copyTo(ctx context.Context, f FS, name string, x Planned) error {
	r, err := x.blob.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := f.Create(name)
	if err != nil {
		return err
	}
	n, err := io.Copy(w, &reader{ctx, r})
	if err == nil && n != x.blob.Size {
		err = fmt.Errorf("%d bytes of %d", n, x.blob.Size)
	}
	if err == nil {
		err = w.Sync()
	}
	return errors.Join(err, w.Close())
}

// equal tells whether the folder has the file already.
func equal(f FS, x Planned) (bool, error) {
	have, err := f.Open(x.Name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer have.Close()
	if have.Size() != x.blob.Size {
		return false, nil
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, have); err != nil {
		return false, err
	}
	return hex.EncodeToString(sum.Sum(nil)) == x.hash, nil
}

// reader stops when its context ends.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// leftovers removes what an earlier run left half-written.
func leftovers(f FS) error {
	dirs := []string{".", "d", "p", "m", "trust"}
	names, err := f.List("r")
	if err != nil {
		return err
	}
	for _, n := range names {
		dirs = append(dirs, "r/"+n)
	}
	for _, dir := range dirs {
		names, err := f.List(dir)
		if err != nil {
			return err
		}
		for _, n := range names {
			if !strings.HasPrefix(n, partial) {
				continue
			}
			if err := f.Remove(dir + "/" + n); err != nil {
				return err
			}
		}
	}
	return nil
}

// Keep is how long the files of a release stay after the next one has come.
const Keep = 90 * 24 * time.Hour

// prune removes the files of releases that were succeeded long ago, and the media that
// no release shows any more.
func prune(f FS, p Plan) error {
	state, err := Read(f)
	if err != nil {
		return err
	}
	listed := map[string]bool{}
	for _, r := range p.Feed.Releases {
		listed[feed.StatementPath(p.Feed.Epoch, r.Seq)] = true
	}
	dropped := false
	for i, s := range state.Statements {
		if i == 0 || listed[feed.StatementPath(s.Epoch, s.Seq)] || !old(state.Statements[i-1], p.Now) {
			continue
		}
		dropped = true
		// The statement goes last: it tells what else there is to remove.
		names := []string{feed.PackagePath(s.Epoch, s.Seq)}
		if s.Delta.Seq > 0 {
			names = append(names, feed.DeltaPath(s.Epoch, s.Delta.Seq, s.Seq))
		}
		statement := feed.StatementPath(s.Epoch, s.Seq)
		for _, n := range append(names, feed.SignatureOf(statement), statement, parent(statement)) {
			if err := f.Remove(n); err != nil {
				return err
			}
		}
	}
	if !dropped {
		return nil
	}
	return pruneMedia(f)
}

// old tells whether a release came so long ago that the one before it may go.
func old(s release.Statement, now time.Time) bool {
	t, err := time.Parse(time.RFC3339, s.Time)
	return err == nil && now.Sub(t) > Keep
}

// pruneMedia removes the media that no package in the folder holds.
func pruneMedia(f FS) error {
	names, err := f.List("m")
	if err != nil || len(names) == 0 {
		return err
	}
	packages, err := f.List("p")
	if err != nil {
		return err
	}
	used := map[string]bool{}
	for _, p := range packages {
		if err := mediaOf(f, "p/"+p, used); err != nil {
			return err
		}
	}
	for _, n := range names {
		if release.IsHash(n) && !used[n] {
			if err := f.Remove(feed.MediaPath(n)); err != nil {
				return err
			}
		}
	}
	return nil
}
