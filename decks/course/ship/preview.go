package ship

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"lectern/decks/course"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/site"
	"lectern/decks/release"
)

// Preview is what publishing would do.
type Preview struct {
	Statement release.Statement // of the release that would be added; the zero value for none
	Files     []string          // that would be written, in their order
	Bytes     int64
}

// Foresee says what Publish would write, and writes nothing: neither into the course nor
// into the folder, which need not be there. Faults: those of Publish.
func Foresee(ctx context.Context, dir, folder string, store Store, p Publication) (Preview, error) {
	j := job{dir: dir, store: store, p: p}
	out, err := j.foresee(ctx, folder)
	switch {
	case ctx.Err() != nil:
		return Preview{}, fault.New(fault.Cancelled, ctx.Err())
	case err != nil:
		return Preview{}, fmt.Errorf("foresee a publication: %w", err)
	}
	return out, nil
}

func (j *job) foresee(ctx context.Context, folder string) (out Preview, err error) {
	defer func() {
		for _, done := range j.done {
			done()
		}
	}()
	if j.course, err = course.Read(ctx, j.dir); err != nil {
		return out, err
	}
	if j.chain, err = Trust(j.dir); err != nil {
		return out, err
	}
	if j.chain.Last().N == 0 {
		return out, fault.New(fault.NoKeys, nil)
	}
	if _, statErr := os.Stat(folder); statErr == nil {
		if j.disk, err = site.ReadDisk(folder); err != nil {
			return out, fault.New(fault.UnreadableFile, err, "name", filepath.Base(folder))
		}
		defer j.disk.Close()
		if err := j.before(ctx); err != nil {
			return out, err
		}
	} else if !errors.Is(statErr, fs.ErrNotExist) {
		return out, fault.New(fault.UnreadableFile, statErr, "name", filepath.Base(folder))
	}
	m, err := readMemory(j.dir)
	if err != nil {
		return out, err
	}
	if err := j.agree(ctx, m); err != nil {
		return out, err
	}
	r, err := j.build(ctx, m)
	if err != nil && (!fault.Is(err, fault.NothingNew) || !j.state.Published()) {
		return out, err
	}
	return j.plan(ctx, r)
}

// plan lists what write would write.
func (j *job) plan(ctx context.Context, r *Release) (out Preview, err error) {
	key, _, err := j.store.Find(j.chain.Last().Sign)
	if err != nil {
		return out, err
	}
	var add *site.Addition
	if r != nil {
		out.Statement = r.Statement
		built, done, err := r.temporary(ctx)
		if err != nil {
			return out, err
		}
		defer done()
		add = built
	}
	plan, err := site.Next(ctx, j.state, add, j.site(r), j.chain, key, j.p.Now)
	if err != nil {
		return out, err
	}
	var there site.FS
	if j.disk != nil {
		there = j.disk
	}
	if out.Files, out.Bytes, err = plan.Missing(there); err != nil {
		return out, fault.New(fault.UnreadableFile, err, "name", feed.Name)
	}
	return out, nil
}

// LastSeq is the number of the release that a course remembers as published, 0 for none:
// also where the folder that it was published in is not at hand.
func LastSeq(dir string) (int64, error) {
	m, err := readMemory(dir)
	if err != nil || m.Last == nil {
		return 0, err
	}
	return m.Last.Seq, nil
}
