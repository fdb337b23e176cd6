package subscribe

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/poll"
	"lectern/decks/fetch"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/trust"
	"lectern/decks/unzip"
)

// Extension is how the names of packages end, unless somebody renamed them.
const Extension = ".lectern"

// Is tells by what they hold whether a file is a package or a feed, or a folder
// holds a published course. A file that is called a package is taken for one, so
// that a damaged one is refused for what it is.
func Is(path string) bool {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return false
	case info.IsDir():
		return isFeed(filepath.Join(path, feed.Name))
	case !info.Mode().IsRegular():
		return false
	}
	return strings.EqualFold(filepath.Ext(path), Extension) || isFeed(path) || isPackageFile(path)
}

func isFeed(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > feed.MaxFeed {
		return false
	}
	data, err := os.ReadFile(path)
	return err == nil && isFeedData(data)
}

func isFeedData(data []byte) bool {
	_, err := feed.Peek(data)
	return err == nil || errors.Is(err, feed.ErrNewer)
}

func isPackageFile(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	return err == nil && isPackage(f, info.Size())
}

// isPackage looks at the names in an archive and at nothing else.
func isPackage(r io.ReaderAt, size int64) bool {
	if !isZip(r) {
		return false
	}
	a, err := unzip.OpenAt(r, size, unzip.Limits{Files: 2 * release.MaxMedia, File: 1 << 10, Total: 1 << 10})
	return err == nil && a.Has("release.json") && a.Has("content.jsonl")
}

func isZip(r io.ReaderAt) bool {
	var head [4]byte
	_, err := r.ReadAt(head[:], 0)
	return err == nil && string(head[:]) == "PK\x03\x04"
}

// File opens a package, or fetches the newest release of a published course that
// lies in a folder, such as a stick. Faults: NotAPackage, DamagedPackage, NotSigned,
// RevokedKey, NewerRelease, UnreadableFile, Cancelled, and those of Feed.
func (r *Reader) File(ctx context.Context, path string, progress poll.Progress) (*Parcel, error) {
	name := filepath.Base(path)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, feed.Name)
	}
	if isFeed(path) {
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, fault.New(fault.UnreadableFile, err, "name", name)
		}
		return r.Feed(ctx, feed.FileLink(abs), true, progress)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.New(fault.UnreadableFile, err, "name", name)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, fault.New(fault.UnreadableFile, err, "name", name)
	}
	p, err := r.open(ctx, f, info.Size(), name)
	if err != nil {
		f.Close()
		return nil, err
	}
	p.close = f.Close
	return p, nil
}

// Data opens what came from an address that the user gave: a package, a feed, or the
// page that a course is shown to people by. False: it is none of them.
func (r *Reader) Data(ctx context.Context, page *fetch.Page, typed bool, progress poll.Progress) (*Parcel, bool, error) {
	switch {
	case isPackage(bytes.NewReader(page.Data), int64(len(page.Data))):
		p, err := r.open(ctx, bytes.NewReader(page.Data), int64(len(page.Data)), page.Name)
		return p, true, err
	case isFeedData(page.Data):
		link, err := feed.ParseLink(page.From)
		if err != nil {
			return nil, true, err
		}
		p, err := r.Feed(ctx, link, typed, progress)
		return p, true, err
	}
	if link, ok := linkIn(page); ok {
		p, err := r.Feed(ctx, link, typed, progress)
		return p, true, err
	}
	return nil, false, nil
}

var links = regexp.MustCompile(`href="(lectern:[^"<>\s]+)"`)

// linkIn finds the link by which the page of a published course leads to it: the
// feed lies beside the page. A lecture that only speaks of a course is a lecture.
func linkIn(page *fetch.Page) (feed.Link, bool) {
	from, err := url.Parse(page.From)
	if err != nil {
		return feed.Link{}, false
	}
	for _, m := range links.FindAllSubmatch(page.Data, 20) {
		link, err := feed.ParseLink(string(m[1]))
		if err != nil {
			continue
		}
		if at, err := url.Parse(link.Address); err == nil && at.Host == from.Host && at.Path == feed.Resolve(from, feed.Name).Path {
			return link, true
		}
	}
	return feed.Link{}, false
}

func (r *Reader) open(ctx context.Context, at io.ReaderAt, size int64, name string) (*Parcel, error) {
	got, err := pack.Open(ctx, at, size, trust.Chain{}) // the collection joins its own
	if err != nil {
		if errors.Is(err, unzip.ErrFormat) && !isZip(at) {
			err = pack.ErrNoPackage
		}
		return nil, refused(ctx, err, name)
	}
	if needs := got.Statement.MinApp; !r.Client.Reads(needs) {
		return nil, fault.New(fault.NewerRelease, nil, "version", needs)
	}
	p := &Parcel{Shipment: collection.Opened(got, name)}
	return p, r.address(ctx, &p.Shipment)
}

// address says where the author of a package tells of later ones: what he signed
// in it, unless the student has another address already.
func (r *Reader) address(ctx context.Context, s *collection.Shipment) error {
	if s.Release.Deck.Feed == "" {
		return nil
	}
	if have, err := r.subscribed(ctx, s.Statement.Deck); err != nil || have != nil && have.Feed != "" {
		return err
	}
	// An address of no use is no reason to refuse the deck.
	if link, err := feed.ParseLink(s.Release.Deck.Feed); err == nil && strings.HasPrefix(link.Address, "https:") {
		s.Feed = keyed(link, s.Trust).String()
	}
	return nil
}

// keyed adds the author's key to a link without one, for whoever it is passed on to.
func keyed(link feed.Link, chain trust.Chain) feed.Link {
	if roots := chain.Last().Root; link.Key.IsZero() && len(roots) > 0 {
		link.Key = roots[0].Public
	}
	return link
}

// subscribed is the subscription to a deck; nil for one that no author signs, or that
// is not there.
func (r *Reader) subscribed(ctx context.Context, deck string) (*collection.Subscription, error) {
	s, err := r.Collection.Subscription(ctx, deck)
	if fault.Is(err, fault.NoSuchDeck) {
		return nil, nil
	}
	return s, err
}

// refused says in a fault why a package does not open.
func refused(ctx context.Context, err error, name string) error {
	var errno syscall.Errno
	switch {
	case ctx.Err() != nil:
		return fault.New(fault.Cancelled, err)
	case errors.Is(err, pack.ErrNoPackage), errors.Is(err, unzip.ErrLocked):
		return fault.New(fault.NotAPackage, err, "name", name)
	case errors.Is(err, trust.ErrAnother):
		return fault.New(fault.OtherAuthor, err)
	case errors.Is(err, trust.ErrRevoked):
		return fault.New(fault.RevokedKey, err)
	case errors.Is(err, trust.ErrUntrusted), errors.Is(err, trust.ErrBroken):
		return fault.New(fault.NotSigned, err)
	case errors.As(err, &errno):
		return fault.New(fault.UnreadableFile, err, "name", name)
	}
	return fault.New(fault.DamagedPackage, err)
}
