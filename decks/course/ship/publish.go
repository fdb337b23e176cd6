package ship

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"lectern/assets/i18n"
	"lectern/decks/changes"
	"lectern/decks/course"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/poll"
	"lectern/decks/feed/site"
	"lectern/decks/release/pack"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

// Progress is told how many bytes of how many are done.
type Progress func(done, total int64)

// Publication says how a course is published.
type Publication struct {
	Options
	Mirrors []string     // other addresses of the feed, beside that in the head of the course
	Revert  int64        // make a new release with the content of this one, 0 for none
	Anyway  bool         // though the folder and the course know of different releases
	Live    *poll.Client // looks at what is published at the course's address; nil not to

	Progress Progress
}

// Published is what was published.
type Published struct {
	Seq       int64
	New       bool   // a release was added; else only the feed or the pages may have changed
	Files     int    // that were written
	Link      string // "" when the course has no address
	Feed      feed.Feed
	Changes   changes.Changes
	Signer    trust.Key
	Unreached error // why the live feed could not be looked at, nil when it was or need not be
}

// Publish brings a folder up to date with a course: with a release when something has
// changed, with the feed and the pages when only keys or addresses have. Doing it again
// changes nothing. Faults: those of Build but NothingNew, AnotherCourse, CourseBehind,
// FolderBehind, TwoReleases, SiteAhead, BadAddress, NoRelease, DamagedPackage, UnwritableFile, DiskFull.
func Publish(ctx context.Context, dir, folder string, store Store, p Publication) (Published, error) {
	j := job{dir: dir, store: store, p: p}
	out, err := j.run(ctx, folder)
	if err != nil {
		if ctx.Err() != nil {
			return Published{}, fault.New(fault.Cancelled, err)
		}
		return Published{}, fmt.Errorf("publish a course: %w", err)
	}
	return out, nil
}

type job struct {
	dir    string
	store  Store
	p      Publication
	course course.Course
	chain  trust.Chain
	then   trust.Chain // of the time when the folder was published
	disk   *site.Disk
	state  site.State
	last   *Last
	out    Published
	done   []func() // closes what is open
}

func (j *job) run(ctx context.Context, folder string) (out Published, err error) {
	if j.course, err = course.Read(ctx, j.dir); err != nil {
		return out, err
	}
	if err := j.addresses(); err != nil {
		return out, err
	}
	if j.chain, err = Trust(j.dir); err != nil {
		return out, err
	}
	if j.chain.Last().N == 0 {
		return out, fault.New(fault.NoKeys, nil)
	}
	if j.disk, err = site.OpenDisk(folder); err != nil {
		return out, fault.New(fault.UnwritableFile, err, "name", filepath.Base(folder))
	}
	defer j.disk.Close()
	defer func() {
		for _, done := range j.done {
			done()
		}
	}()
	if err := j.before(ctx); err != nil {
		return out, err
	}
	m, err := readMemory(j.dir)
	if err != nil {
		return out, err
	}
	if err := j.agree(ctx, m); err != nil {
		return out, err
	}
	r, err := j.build(ctx, m)
	if err != nil && !fault.Is(err, fault.NothingNew) {
		return out, err
	}
	if r == nil && !j.state.Published() {
		return out, err
	}
	if err := j.write(ctx, m, r); err != nil {
		return out, err
	}
	return j.out, nil
}

// addresses refuses those at which no feed can be.
func (j *job) addresses() error {
	if j.course.Deck.Feed != "" {
		if _, err := feed.ParseLink(j.course.Deck.Feed); err != nil {
			return err
		}
	}
	var mirrors []string
	for _, m := range j.p.Mirrors {
		l, err := feed.ParseLink(m)
		if err == nil && l.IsFile() {
			err = fault.New(fault.BadAddress, nil, "address", m)
		}
		if err != nil {
			return err
		}
		mirrors = append(mirrors, l.Address)
	}
	j.p.Mirrors = mirrors
	return nil
}

// before reads what the folder holds and verifies it.
func (j *job) before(ctx context.Context) error {
	var err error
	if j.state, err = site.Read(j.disk); err != nil {
		return fault.New(fault.UnreadableFile, err, "name", feed.Name)
	}
	if !j.state.Published() {
		return nil
	}
	f := j.state.Feed
	if f.Deck != j.course.Deck.ID {
		return fault.New(fault.AnotherCourse, nil, "title", f.Title)
	}
	if f.Trust > j.chain.Last().N {
		return fault.New(fault.CourseBehind, fmt.Errorf("statement %d of trust is published, the course has %d", f.Trust, j.chain.Last().N), "release", f.Latest().Seq)
	}
	// Keys may have changed since it was signed: it is held to those of that time.
	if j.then, err = trust.Open(j.chain.Signed()[:f.Trust]); err != nil {
		return err
	}
	if _, _, err := feed.Open(j.state.File, j.then); err != nil {
		return fault.New(fault.OtherAuthor, err)
	}
	p, done, err := j.published(ctx, f.Latest())
	if err != nil {
		return err
	}
	defer done()
	j.last = &Last{p.Release, p.Statement}
	return nil
}

// published opens the package of a release in the folder.
func (j *job) published(ctx context.Context, r feed.Release) (*pack.Package, func(), error) {
	f, err := j.disk.Open(r.Package.Path)
	if err != nil {
		return nil, nil, fault.New(fault.NoRelease, err, "release", r.Seq)
	}
	p, err := pack.Open(ctx, f, f.Size(), j.then)
	if err != nil {
		return nil, nil, errors.Join(fault.New(fault.DamagedPackage, err), f.Close())
	}
	return p, func() { f.Close() }, nil
}

// agree refuses to publish over what this computer does not know.
func (j *job) agree(ctx context.Context, m memory) error {
	if j.p.Anyway {
		return nil
	}
	var there *mark
	if j.last != nil {
		x := markOf(j.last.Statement)
		there = &x
	}
	if err := m.agrees(there); err != nil {
		return err
	}
	return j.live(ctx, there, m)
}

// live looks at what is published at the course's address: somebody may have published
// from another computer.
func (j *job) live(ctx context.Context, there *mark, m memory) error {
	link := j.link()
	if j.p.Live == nil || link.Address == "" || link.IsFile() {
		return nil
	}
	link.Key = j.firstRoot() // what is published may not know of the present one yet
	n, _, err := j.p.Live.Check(ctx, poll.Source{Link: link, Typed: true}, poll.State{})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return err
	}
	j.out.Unreached = n.Unreached
	if len(n.Feed.Releases) == 0 {
		return nil
	}
	known := mark{}
	if there != nil {
		known = *there
	} else if m.Last != nil {
		known = *m.Last
	}
	r := n.Feed.Latest()
	if n.Feed.Epoch > known.Epoch || n.Feed.Epoch == known.Epoch && (r.Seq > known.Seq || r.Seq == known.Seq && r.Content != known.Content) {
		return fault.New(fault.SiteAhead, nil, "release", r.Seq)
	}
	return nil
}

// firstRoot is the root key by which the author was first known, and is for ever.
func (j *job) firstRoot() sign.Public {
	first, err := trust.Open(j.chain.Signed()[:1])
	if err != nil {
		return sign.Public{}
	}
	return rootOf(first)
}

// link is where the course says that it will be found, with the author's root key.
func (j *job) link() feed.Link { return Link(j.course.Deck.Feed, j.chain) }

// Link is the link to a course that is published at an address, with the root key of its
// author; the zero value when the address is none.
func Link(address string, chain trust.Chain) feed.Link {
	l, err := feed.ParseLink(address)
	if address == "" || err != nil {
		return feed.Link{}
	}
	l.Key = rootOf(chain)
	return l
}

// rootOf is a root key of the last statement by whose holder it is signed, or one of
// those before.
func rootOf(chain trust.Chain) sign.Public {
	for _, k := range chain.Last().Root {
		if chain.Rooted(k.Public) {
			return k.Public
		}
	}
	return sign.Public{}
}

// build makes the release to publish; NothingNew when there is none.
func (j *job) build(ctx context.Context, m memory) (*Release, error) {
	seq := int64(0)
	if j.last == nil && m.Last != nil && m.Last.Epoch == j.chain.Last().Epoch {
		seq = m.Last.Seq + 1 // the folder is new, the course is not
	}
	if j.p.Revert > 0 {
		return j.revert(ctx)
	}
	return build(j.course, j.dir, j.last, j.store, j.p.Options, seq)
}

// revert makes a release with the content of an earlier one.
func (j *job) revert(ctx context.Context) (*Release, error) {
	if j.last == nil {
		return nil, fault.New(fault.NoRelease, nil, "release", j.p.Revert)
	}
	for _, r := range j.state.Feed.Releases {
		if r.Seq != j.p.Revert {
			continue
		}
		p, done, err := j.published(ctx, r)
		if err != nil {
			return nil, err
		}
		j.done = append(j.done, done)
		d := p.Release.Deck
		list := changes.Between(&j.last.Release.Deck, d, func(string) bool { return true })
		o := j.p.Options
		say := i18n.New(d.Lang)
		if o.Label == "" {
			o.Label = say.T("site.reverted", "Seq", r.Seq)
		}
		return compose(d, packed{p}, p.MediaSize, j.last, list, j.dir, j.store, o, 0)
	}
	return nil, fault.New(fault.NoRelease, nil, "release", j.p.Revert)
}

// write puts the release and the feed into the folder. What is being published is
// remembered before, so that a run that is stopped is known for what it is.
func (j *job) write(ctx context.Context, m memory, r *Release) error {
	key, signer, err := j.store.Find(j.chain.Last().Sign)
	if err != nil {
		return err
	}
	c := j.site(r)
	var add *site.Addition
	if r != nil {
		built, done, err := r.temporary(ctx)
		if err != nil {
			return err
		}
		defer done()
		add = built
		next := markOf(r.Statement)
		m.Next = &next
		if err := m.write(j.dir); err != nil {
			return err
		}
	}
	plan, err := site.Next(ctx, j.state, add, c, j.chain, key, j.p.Now)
	if err != nil {
		return err
	}
	files, err := site.Write(ctx, j.disk, plan, site.Progress(j.p.Progress))
	if err != nil {
		return fault.New(fault.UnwritableFile, err, "name", feed.Name)
	}
	j.out.Files, j.out.Feed, j.out.Signer, j.out.New, j.out.Seq = files, plan.Feed, signer, r != nil, plan.Feed.Latest().Seq
	if c.Link.Address != "" {
		j.out.Link = c.Link.String()
	}
	last := mark{plan.Feed.Epoch, plan.Feed.Latest().Seq, plan.Feed.Latest().Content}
	if r != nil {
		j.out.Changes = r.Changes
	}
	if m.Next == nil && m.Last != nil && *m.Last == last {
		return nil
	}
	return memory{Last: &last}.write(j.dir)
}

// site is what the folder says of the course, with a release that is added; nil for none.
func (j *job) site(r *Release) site.Course {
	d := j.course.Deck
	c := site.Course{Title: d.Title, Author: j.chain.Last().Author, Lang: d.Lang, Link: j.link(), URLs: j.p.Mirrors, NextBy: j.p.NextBy}
	if r == nil && c.NextBy == "" {
		c.NextBy = j.state.Feed.NextBy
	}
	if len(c.URLs) == 0 {
		c.URLs = j.state.Feed.URLs
	}
	return c
}

// temporary writes the package of a release to a file that done removes.
func (r *Release) temporary(ctx context.Context) (a *site.Addition, done func(), err error) {
	f, err := os.CreateTemp("", "lectern-*.lectern")
	if err != nil {
		return nil, nil, fmt.Errorf("make a temporary file: %w", err)
	}
	done = func() {
		f.Close()
		os.Remove(f.Name())
	}
	defer func() {
		if err != nil {
			done()
		}
	}()
	if err := r.Write(ctx, f); err != nil {
		return nil, nil, err
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, nil, err
	}
	p, err := pack.Open(ctx, f, size, r.chain)
	if err != nil {
		return nil, nil, fmt.Errorf("verify what was built: %w", err)
	}
	file := site.Blob{Size: size, Open: func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(f, 0, size)), nil }}
	return &site.Addition{Package: p, File: file, Delta: r.Delta}, done, nil
}
