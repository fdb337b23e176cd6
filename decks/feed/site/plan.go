package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"time"

	"lectern/decks/feed"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

// Course is what a folder is published as.
type Course struct {
	Title, Author, Lang string
	Link                feed.Link // where the folder will be found; the zero value when that is not known
	URLs                []string  // other addresses of the feed
	NextBy              string
}

// Addition is a release to publish.
type Addition struct {
	Package *pack.Package
	File    Blob   // the file that it was opened from
	Delta   []byte // from the release before, nil for none
}

// Blob is a file that is read more than once.
type Blob struct {
	Size int64
	Open func() (io.ReadCloser, error)
}

// Bytes is a file in memory.
func Bytes(b []byte) Blob {
	return Blob{int64(len(b)), func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
}

// Planned is a file of a folder.
type Planned struct {
	Name string
	hash string
	blob Blob
}

// Plan is what a folder should hold, in the order in which it is written: what the feed
// names, then the pages for people, then the feed.
type Plan struct {
	Feed  feed.Feed
	Files []Planned
	Now   time.Time
}

// ErrNotNext tells that a release does not follow the one that is published.
var ErrNotNext = errors.New("the release does not follow the published one")

// Next plans a folder: what it holds with a release added, or, when there is none to add,
// what changes with the course and the keys alone. The key has to be one that the chain
// knows.
func Next(ctx context.Context, was State, add *Addition, c Course, chain trust.Chain, key sign.Secret, now time.Time) (Plan, error) {
	p := Plan{Now: now}
	if err := p.next(ctx, was, add, c, chain, key); err != nil {
		return Plan{}, fmt.Errorf("plan what to publish: %w", err)
	}
	return p, nil
}

func (p *Plan) next(ctx context.Context, was State, add *Addition, c Course, chain trust.Chain, key sign.Secret) error {
	if add == nil && !was.Published() {
		return errors.New("there is no release")
	}
	p.constants()
	p.trust(chain)
	p.Feed = was.Feed
	statements := was.Statements
	if add != nil {
		var err error
		if statements, err = p.add(ctx, was, *add); err != nil {
			return err
		}
	}
	f := &p.Feed
	f.Title, f.Author, f.Lang, f.URLs, f.NextBy, f.Trust = c.Title, c.Author, c.Lang, c.URLs, c.NextBy, chain.Last().N
	f.Releases = p.kept(f.Releases)
	file, err := p.seal(was, chain, key)
	if err != nil {
		return err
	}
	if err := p.pages(c, chain, statements); err != nil {
		return err
	}
	p.put(feed.Name, file)
	return nil
}

// seal signs the feed, unless what is published says the same.
func (p *Plan) seal(was State, chain trust.Chain, key sign.Secret) ([]byte, error) {
	payload, err := p.Feed.Encode()
	if err != nil {
		return nil, err
	}
	if was.Published() {
		before, err := was.Feed.Encode()
		if err != nil {
			return nil, err
		}
		if _, _, err := feed.Open(was.File, chain); err == nil && bytes.Equal(before, payload) {
			return was.File, nil
		}
	}
	file, err := feed.Seal(p.Feed, key)
	if err != nil {
		return nil, err
	}
	if _, _, err := feed.Open(file, chain); err != nil {
		return nil, fmt.Errorf("the key does not sign for the author: %w", err)
	}
	return file, nil
}

// kept leaves out the releases that were succeeded long ago and those for which there is
// no room.
func (p *Plan) kept(all []feed.Release) []feed.Release {
	for i := 1; i < len(all); i++ {
		if i == feed.MaxReleases || old(release.Statement{Time: all[i-1].Time}, p.Now) {
			return all[:i:i]
		}
	}
	return all
}

func (p *Plan) put(name string, b []byte) { p.blob(name, release.Hash(b), Bytes(b)) }

func (p *Plan) blob(name, hash string, b Blob) {
	p.Files = append(p.Files, Planned{name, hash, b})
}

// constants are files for hosts that would change others: GitHub Pages runs a program
// over a folder, git turns ends of lines.
func (p *Plan) constants() {
	p.put(".nojekyll", nil)
	p.put(".gitattributes", []byte("* -text\n"))
}

func (p *Plan) trust(chain trust.Chain) {
	for i, x := range chain.Signed() {
		name := feed.TrustPath(i + 1)
		p.put(name, x.Payload)
		p.put(feed.SignatureOf(name), x.Own)
		if len(x.Before) > 0 {
			p.put(feed.BeforeOf(name), x.Before)
		}
	}
}

// add plans the files of a release and puts it before the others.
func (p *Plan) add(ctx context.Context, was State, a Addition) ([]release.Statement, error) {
	s := a.Package.Statement
	epoch := 0
	if was.Published() {
		latest := was.Feed.Latest()
		epoch = was.Feed.Epoch
		if was.Feed.Deck != s.Deck || s.Epoch < epoch || s.Epoch == epoch && s.Seq <= latest.Seq {
			return nil, fmt.Errorf("%w: release %d of %s over %d of %s", ErrNotNext, s.Seq, s.Deck, latest.Seq, was.Feed.Deck)
		}
	}
	r := feed.Release{Seq: s.Seq, Label: s.Label, Time: s.Time, Content: s.Content.Hash}
	r.Statement = fileOf(feed.StatementPath(s.Epoch, s.Seq), a.Package.Signed.Statement)
	p.put(r.Statement.Path, a.Package.Signed.Statement)
	p.put(feed.SignatureOf(r.Statement.Path), a.Package.Signed.Signature)
	for _, hash := range a.Package.Media {
		p.blob(feed.MediaPath(hash), hash, Blob{a.Package.MediaSize(hash), func() (io.ReadCloser, error) {
			b, err := a.Package.ReadMedia(hash)
			return io.NopCloser(bytes.NewReader(b)), err
		}})
	}
	if s.Delta.Seq > 0 && a.Delta != nil && was.Published() && s.Epoch == epoch {
		if release.Hash(a.Delta) != s.Delta.Hash {
			return nil, errors.New("the delta is not the one that was signed")
		}
		packed, err := squeeze(a.Delta)
		if err != nil {
			return nil, err
		}
		r.Delta = feed.Delta{From: s.Delta.Seq, File: fileOf(feed.DeltaPath(s.Epoch, s.Delta.Seq, s.Seq), packed)}
		p.put(r.Delta.Path, packed)
	}
	hash, err := hashOf(ctx, a.File)
	if err != nil {
		return nil, err
	}
	r.Package = feed.File{Path: feed.PackagePath(s.Epoch, s.Seq), Bytes: a.File.Size, Hash: hash}
	p.blob(r.Package.Path, hash, a.File)
	if s.Epoch != epoch {
		p.Feed.Releases = nil // their numbers are of another time
	}
	p.Feed.Deck, p.Feed.Epoch, p.Feed.Releases = s.Deck, s.Epoch, slices.Insert(slices.Clone(p.Feed.Releases), 0, r)
	return slices.Insert(slices.Clone(was.Statements), 0, s), nil
}

func fileOf(name string, b []byte) feed.File {
	return feed.File{Path: path.Clean(name), Bytes: int64(len(b)), Hash: release.Hash(b)}
}

// squeeze packs a delta. The same delta gives the same bytes.
func squeeze(b []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// hashOf names a file.
func hashOf(ctx context.Context, b Blob) (string, error) {
	r, err := b.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, &reader{ctx, r})
	if err == nil && n != b.Size {
		err = fmt.Errorf("%d bytes of %d", n, b.Size)
	}
	return hex.EncodeToString(sum.Sum(nil)), err
}
