package ship

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/changes"
	"lectern/decks/content"
	"lectern/decks/course"
	"lectern/decks/fault"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

// Options say how a release is built.
type Options struct {
	Label    string
	Notes    string // for students, Markdown; "" for a list of what changed
	NextBy   string // the day by which another release is promised
	MinApp   string // the oldest program that can read it
	Now      time.Time
	AllMinor bool // changes that may be in substance are taken as minor
	Retire   bool // more than a twentieth of the cards may be retired at once
}

// Last is the release that another one follows.
type Last struct {
	Release   release.Release
	Statement release.Statement
}

// Release is what was built.
type Release struct {
	Statement release.Statement
	Signed    pack.Signed
	Release   release.Release
	Delta     []byte // from the release before, nil for none
	Changes   changes.Changes
	Signer    trust.Key

	chain   trust.Chain
	content []byte
	media   pack.Media
}

// mostRetired is the share of the cards above which it looks like a file that is lost.
const mostRetired = 20

// Build makes the release of a course that follows another one, nil for none, and signs
// it. The same course, options and key give the same release. Faults: those of
// course.Read, NoKeys, NoSigningKey, UnsettledCards, ManyRetired, AnotherCourse,
// BadArgument, NothingNew.
func Build(ctx context.Context, dir string, last *Last, store Store, o Options) (*Release, error) {
	c, err := course.Read(ctx, dir)
	if err != nil {
		return nil, err
	}
	return build(c, dir, last, store, o, 0)
}

// build is Build of a course that is read. Seq is the number of the release, 0 for that
// which follows last.
func build(c course.Course, dir string, last *Last, store Store, o Options, seq int64) (*Release, error) {
	var before *release.Release
	if last != nil {
		before = &last.Release
	}
	list, err := c.Changes(before)
	if err != nil {
		return nil, err
	}
	if n := len(list.Asked()); n > 0 && !o.AllMinor {
		return nil, fault.New(fault.UnsettledCards, nil, "n", n)
	}
	if last != nil {
		if n := list.Retired + len(list.Forgotten); n*mostRetired > len(before.Deck.Notes) && n > 1 && !o.Retire {
			return nil, fault.New(fault.ManyRetired, nil, "n", n)
		}
	}
	return compose(c.Deck, c.Media, c.Media.Size, last, list, dir, store, o, seq)
}

// compose signs a release of a deck.
func compose(d decks.Deck, media pack.Media, size func(string) int64, last *Last, list changes.Changes, dir string, store Store, o Options, seq int64) (*Release, error) {
	chain, err := Trust(dir)
	if err != nil {
		return nil, err
	}
	now := chain.Last()
	if now.N == 0 {
		return nil, fault.New(fault.NoKeys, nil)
	}
	if !slices.Contains(now.Decks, d.ID) {
		return nil, fault.New(fault.AnotherCourse, nil, "title", d.Title)
	}
	key, signer, err := store.Find(now.Sign)
	if err != nil {
		return nil, err
	}
	r := &Release{Changes: list, Signer: signer, chain: chain, media: media}
	if r.Release, r.content, err = release.New(d); err != nil {
		return nil, err
	}
	if last != nil && last.Release.Hash == r.Release.Hash {
		return nil, fault.New(fault.NothingNew, nil, "release", last.Statement.Seq)
	}
	s := release.Statement{
		Deck: d.ID, Label: release.Line(o.Label), Epoch: now.Epoch, Seq: 1, Trust: now.N, Time: o.Now.UTC().Format(time.RFC3339), NextBy: o.NextBy, MinApp: o.MinApp,
		Notes:   release.Text(o.Notes),
		Content: release.Content{Hash: r.Release.Hash, Bytes: int64(len(r.content)), Notes: len(r.Release.Deck.Notes), Cards: cards(r.Release.Deck)},
		Media:   pack.MediaOf(media.Names(), size),
	}
	if s.Notes == "" {
		s.Notes = i18n.New(d.Lang).ReleaseNotes(list)
	}
	if last != nil {
		s.Prev = last.Release.Hash
		if last.Statement.Epoch == s.Epoch {
			s.Seq = last.Statement.Seq + 1
			if r.Delta, err = release.Delta(last.Release, r.Release); err != nil {
				return nil, err
			}
			s.Delta = release.From{Seq: last.Statement.Seq, Hash: release.Hash(r.Delta), Bytes: int64(len(r.Delta))}
		}
	}
	if seq > 0 {
		s.Seq = seq
	}
	if o.NextBy != "" && o.NextBy < o.Now.UTC().Format(time.DateOnly) {
		return nil, fault.New(fault.BadArgument, errors.New("the next release is promised for the past"), "what", o.NextBy)
	}
	return r, r.sign(s, key)
}

func (r *Release) sign(s release.Statement, key sign.Secret) error {
	b, err := s.Encode()
	if err != nil {
		return fault.New(fault.BadArgument, err, "what", err.Error())
	}
	sig, err := key.Sign(b, s.Comment())
	if err != nil {
		return err
	}
	if r.Statement, _, err = r.chain.Verify(b, sig); err != nil {
		return fmt.Errorf("verify what was signed: %w", err)
	}
	r.Signed = pack.Signed{Statement: b, Signature: sig}
	return nil
}

// Write writes the package of the release.
func (r *Release) Write(ctx context.Context, w io.Writer) error {
	return pack.Write(ctx, w, pack.Parts{Trust: r.chain, Statement: r.Signed.Statement, Signature: r.Signed.Signature, Content: r.content, Media: r.media})
}

// WriteFile writes the package into a file, as a whole or not at all. Faults: DiskFull,
// UnwritableFile, Cancelled.
func (r *Release) WriteFile(ctx context.Context, name string) error {
	err := replaceFile(name, 0o644, func(w io.Writer) error { return r.Write(ctx, w) })
	if ctx.Err() != nil {
		return fault.New(fault.Cancelled, err)
	}
	return err
}

// ReadLast reads the release that another one is to follow from its package, under the
// keys of the course. Faults: those of OpenPackage.
func ReadLast(ctx context.Context, name, dir string) (*Last, error) {
	chain, err := Trust(dir)
	if err != nil {
		return nil, err
	}
	p, done, err := openPackage(ctx, name, chain)
	if err != nil {
		return nil, err
	}
	defer done()
	return &Last{p.Release, p.Statement}, nil
}

// cards counts the cards of a course.
func cards(d decks.Deck) int {
	n := 0
	for _, x := range d.Notes {
		if x.Kind == decks.Cloze {
			n += len(content.Gaps(x.Text(decks.Front)))
		} else {
			n++
		}
	}
	return n
}
