package ship

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/poll"
	"lectern/decks/feed/site"
	"lectern/decks/fetch"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
	"lectern/decks/unzip"
)

// Verified is what a file, a folder or an address was found to be.
type Verified struct {
	Kind      string // "package", "folder" or "address"
	Title     string
	Statement release.Statement
	Signer    trust.Key
	Chain     trust.Chain
	Rooted    bool // a key was given, and it is the author's root
	Releases  int  // that were verified: of a folder, all that its feed names
	Media     int  // pictures and sounds that were read
	Late      time.Time
}

// Verify reads a package, a published folder or an address whole, and says who signed
// what. Key is the author's public key that the caller trusts, the zero value for none: a
// link brings one. Faults: those of OpenPackage, NothingThere, DamagedSite, and those
// of poll.
func Verify(ctx context.Context, what string, key sign.Public, client *poll.Client, progress Progress) (Verified, error) {
	var v Verified
	var err error
	info, statErr := os.Stat(what)
	switch {
	case feed.IsLink(what), fetch.IsAddress(what):
		v, err = verifyAddress(ctx, what, key, client, progress)
	case statErr == nil && info.IsDir():
		v, err = verifyFolder(ctx, what, progress)
	default:
		v, err = verifyFile(ctx, what)
	}
	if ctx.Err() != nil {
		return Verified{}, fault.New(fault.Cancelled, ctx.Err())
	}
	if err != nil {
		return Verified{}, err
	}
	if !key.IsZero() {
		if v.Rooted = v.Chain.Rooted(key); !v.Rooted {
			return Verified{}, fault.New(fault.OtherAuthor, errors.New("the key is not the author's root key"))
		}
	}
	return v, nil
}

func (v *Verified) take(p *pack.Package) error {
	v.Title, v.Statement, v.Signer, v.Chain = p.Release.Deck.Title, p.Statement, p.Signer, p.Trust
	for _, m := range p.Media {
		if _, err := p.ReadMedia(m); err != nil {
			return fault.New(fault.DamagedPackage, err)
		}
	}
	v.Media, v.Releases = len(p.Media), v.Releases+1
	return nil
}

func verifyFile(ctx context.Context, name string) (Verified, error) {
	v := Verified{Kind: "package"}
	p, done, err := openPackage(ctx, name, trust.Chain{})
	if err != nil {
		return v, err
	}
	defer done()
	return v, v.take(p)
}

// openPackage opens a package in a file. Faults: UnreadableFile, NotAPackage,
// DamagedPackage, OtherAuthor, NotSigned, RevokedKey, Cancelled.
func openPackage(ctx context.Context, name string, pinned trust.Chain) (*pack.Package, func(), error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, fault.New(fault.UnreadableFile, err, "name", filepath.Base(name))
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err != nil {
		f.Close()
		return nil, nil, fault.New(fault.UnreadableFile, err, "name", filepath.Base(name))
	}
	p, err := pack.Open(ctx, f, info.Size(), pinned)
	if err != nil {
		f.Close()
		return nil, nil, packageFault(ctx, filepath.Base(name), err)
	}
	return p, func() { f.Close() }, nil
}

// packageFault is what an error of a package means to people.
func packageFault(ctx context.Context, name string, err error) error {
	switch {
	case ctx.Err() != nil:
		return fault.New(fault.Cancelled, err)
	case errors.Is(err, pack.ErrNoPackage), errors.Is(err, unzip.ErrFormat), errors.Is(err, unzip.ErrLocked):
		return fault.New(fault.NotAPackage, err, "name", name)
	case errors.Is(err, trust.ErrAnother):
		return fault.New(fault.OtherAuthor, err)
	case errors.Is(err, trust.ErrRevoked):
		return fault.New(fault.RevokedKey, err)
	case errors.Is(err, trust.ErrUntrusted), errors.Is(err, trust.ErrBroken):
		return fault.New(fault.NotSigned, err)
	}
	return fault.New(fault.DamagedPackage, err)
}

// verifyFolder verifies all that the feed of a folder names.
func verifyFolder(ctx context.Context, dir string, progress Progress) (Verified, error) {
	v := Verified{Kind: "folder"}
	disk, err := site.ReadDisk(dir)
	if err != nil {
		return v, fault.New(fault.UnreadableFile, err, "name", filepath.Base(dir))
	}
	defer disk.Close()
	state, err := site.Read(disk)
	if err != nil {
		return v, fault.New(fault.DamagedSite, err, "host", filepath.Base(dir))
	}
	if !state.Published() {
		return v, fault.New(fault.NothingThere, nil, "name", filepath.Base(dir))
	}
	chain, err := Trust(dir)
	if err != nil {
		return v, err
	}
	f, _, err := feed.Open(state.File, chain)
	if err != nil {
		return v, packageFault(ctx, dir, err)
	}
	var done, total int64
	for _, r := range f.Releases {
		total += r.Package.Bytes
	}
	// The newest goes last: it is the one that is told.
	for _, r := range slices.Backward(f.Releases) {
		if err := verifyRelease(ctx, disk, chain, f, r, &v); err != nil {
			return v, err
		}
		if done += r.Package.Bytes; progress != nil {
			progress(done, total)
		}
	}
	return v, nil
}

func verifyRelease(ctx context.Context, disk *site.Disk, chain trust.Chain, f feed.Feed, r feed.Release, v *Verified) error {
	damaged := func(name string, err error) error { return fault.New(fault.DamagedSite, err, "host", name) }
	statement, err := readIn(disk, r.Statement)
	if err != nil {
		return damaged(r.Statement.Path, err)
	}
	if r.Delta != (feed.Delta{}) {
		if _, err := readIn(disk, r.Delta.File); err != nil {
			return damaged(r.Delta.Path, err)
		}
	}
	file, err := disk.Open(r.Package.Path)
	if err != nil {
		return damaged(r.Package.Path, err)
	}
	defer file.Close()
	p, err := pack.Open(ctx, file, file.Size(), chain)
	if err != nil {
		return packageFault(ctx, r.Package.Path, err)
	}
	if !bytes.Equal(p.Signed.Statement, statement) || p.Statement.Seq != r.Seq || p.Statement.Content.Hash != r.Content {
		return damaged(r.Package.Path, errors.New("it is of another release"))
	}
	if r.Seq == f.Latest().Seq {
		for _, m := range p.Media {
			if _, err := readIn(disk, feed.File{Path: feed.MediaPath(m), Bytes: p.MediaSize(m), Hash: m}); err != nil {
				return damaged(feed.MediaPath(m), err)
			}
		}
	}
	return v.take(p)
}

// readIn reads a file that a feed names.
func readIn(disk *site.Disk, f feed.File) ([]byte, error) {
	r, err := disk.Open(f.Path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, f.Bytes+1))
	if err == nil && (int64(len(b)) != f.Bytes || release.Hash(b) != f.Hash) {
		err = errors.New("it is not the one that was published")
	}
	return b, err
}

func verifyAddress(ctx context.Context, what string, key sign.Public, client *poll.Client, progress Progress) (Verified, error) {
	v := Verified{Kind: "address"}
	link, err := feed.ParseLink(what)
	if err != nil {
		return v, err
	}
	if link.Key.IsZero() {
		link.Key = key
	}
	s := poll.Source{Link: link, Typed: true}
	n, _, err := client.Check(ctx, s, poll.State{})
	if err == nil {
		err = n.Unreached
	}
	if err != nil {
		return v, err
	}
	d, err := client.Fetch(ctx, s, n, poll.Have{}, poll.Progress(progress))
	if err != nil {
		return v, err
	}
	defer d.Close()
	v.Rooted, v.Late = !link.Key.IsZero(), n.Late
	return v, v.take(d.Package)
}
