package bench

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"lectern/assets/i18n"
	"lectern/decks/course"
	"lectern/decks/course/ship"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/site"
	"lectern/decks/release/sign"
	"lectern/decks/source"
)

// Proposal is a release as its author wants it.
type Proposal struct {
	Label  string
	Notes  string // for students, Markdown; "" for a list of what changed
	NextBy string // "2027-03-01", "" for no promise
	Retire bool   // many cards may go at once
}

// Notes are the release notes that what changed proposes, in the course's language.
func Notes(s State) string { return i18n.New(s.Deck.Lang).ReleaseNotes(s.Changes) }

// SetAddress writes into the head of the course where it will be found, "" for nowhere.
// Fault: BadAddress.
func (c Course) SetAddress(ctx context.Context, address string) (string, error) {
	if address = whole(address); address != "" {
		link, err := feed.ParseLink(address)
		if err != nil {
			return "", err
		}
		address = link.Address
	}
	return address, course.SetHead(ctx, c.Dir, source.Head{Key: "feed", Value: address})
}

// whole is an address as people type it, with what goes without saying: a site is asked
// for by https, and what does not end as a feed does is a folder.
func whole(address string) string {
	address = strings.TrimSpace(address)
	if address == "" || feed.IsLink(address) {
		return address
	}
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	if !strings.HasSuffix(address, "/") && !strings.HasSuffix(address, ".json") {
		address += "/"
	}
	return address
}

func (c Course) publication(p Proposal) ship.Publication {
	return ship.Publication{
		Options: ship.Options{Label: p.Label, Notes: p.Notes, NextBy: p.NextBy, Retire: p.Retire, Now: c.Now()},
		Live:    c.Live,
	}
}

// Foresee lists what a release would write into the folder.
func (c Course) Foresee(ctx context.Context, p Proposal) (ship.Preview, error) {
	pub := c.publication(p)
	pub.Live = nil // nothing is asked of the network before the author says so
	return ship.Foresee(ctx, c.Dir, c.Site, c.Store, pub)
}

// Launched is a release that is out.
type Launched struct {
	ship.Published
	Fingerprint string // of the author: eight signs
	Page        string // path of the page for people
}

// Launch publishes a release, and reads back what was written.
func (c Course) Launch(ctx context.Context, p Proposal, progress ship.Progress) (Launched, error) {
	pub := c.publication(p)
	pub.Progress = progress
	done, err := ship.Publish(ctx, c.Dir, c.Site, c.Store, pub)
	if err != nil {
		return Launched{}, err
	}
	v, err := ship.Verify(context.WithoutCancel(ctx), c.Site, sign.Public{}, nil, nil)
	if err != nil {
		return Launched{}, err
	}
	return Launched{done, site.Fingerprint(v.Chain), filepath.Join(c.Site, "index.html")}, nil
}

// Keys are keys that were made.
type Keys struct {
	Page []byte // with the root key, to print; nil in simple mode. Nobody else has it.
	Err  error  // why the page could not be written where it was to be, nil when it was
}

// Begin makes the keys of the course. The page with the root key is written to a file
// outside the course, or, in simple mode, there is none: name is "".
func (c Course) Begin(ctx context.Context, p *i18n.Printer, author, name string) (Keys, error) {
	if name != "" {
		if err := ship.CheckRootPage(name, c.Dir); err != nil {
			return Keys{}, err
		}
	}
	here, err := source.OpenFS(os.DirFS(c.Dir), ".")
	if err != nil {
		return Keys{}, err
	}
	if strings.TrimSpace(author) == "" {
		return Keys{}, fault.New(fault.NoAuthor, nil)
	}
	if here.Deck.Author == "" {
		if err := course.SetHead(ctx, c.Dir, source.Head{Key: "author", Value: author}); err != nil {
			return Keys{}, err
		}
	}
	root, chain, err := ship.Begin(c.Dir, ship.Author{Name: author, Deck: here.Deck.ID, Simple: name == ""}, c.Store)
	if err != nil || name == "" {
		return Keys{}, err
	}
	page, err := ship.RootPage(p, root, chain, here.Deck.Title, c.Now())
	if err != nil {
		return Keys{}, err
	}
	return Keys{page, ship.WriteRootPage(name, c.Dir, page)}, nil
}

// SavePage writes the page with the root key somewhere else.
func (c Course) SavePage(name string, page []byte) error {
	return ship.WriteRootPage(name, c.Dir, page)
}
