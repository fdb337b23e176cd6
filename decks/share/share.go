package share

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/class"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/source"
)

// Collection is what is needed of one.
type Collection interface {
	Dir() string
	MediaDir() string
	Deck(ctx context.Context, id string) (decks.Deck, error)
	Released(ctx context.Context, id string) (decks.Deck, error)
	PastOf(ctx context.Context, deck string) (text []byte, answers int, err error)
	Subscription(ctx context.Context, deck string) (*collection.Subscription, error)
	Kept(ctx context.Context, deck string, epoch int, seq int64) (collection.Shipment, error)
}

// SettingAuthor is the setting of the collection that holds the name under which decks
// were shared last.
const SettingAuthor = "share_author"

// maxName is the longest name of an author, in bytes.
const maxName = 120

// Name is a name as it stands in what is shared: one short line in which nothing hides;
// "" is none.
func Name(s string) string {
	s = release.Line(class.Clean(s))
	for len(s) > maxName {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return strings.TrimSpace(s)
}

// Options say what of an own deck is shared.
type Options struct {
	Author string // who shares it, one line
	Mine   bool   // with what the student wrote over it, his answers among that
	Past   bool   // with his answers to the cards: the log
	Now    time.Time
}

// Result says what was shared.
type Result struct {
	Seq     int64
	Notes   int
	Media   int
	Reviews int
	Missing []string // pictures that the deck shows and that are not there
	Author  string
}

// Own writes a package of a deck that no author signs. The same deck shared again is the
// same release; a changed one is the next, which updates it. Faults: SignedDeck,
// NoSuchDeck, BadArgument.
func Own(ctx context.Context, c Collection, deck string, o Options, w io.Writer) (Result, error) {
	r, err := own(ctx, c, deck, o, w)
	if err != nil {
		return Result{}, fmt.Errorf("share deck %s: %w", deck, err)
	}
	return r, nil
}

func own(ctx context.Context, c Collection, deck string, o Options, w io.Writer) (res Result, err error) {
	if s, err := c.Subscription(ctx, deck); err != nil {
		return res, err
	} else if s != nil {
		return res, fault.New(fault.SignedDeck, nil, "title", s.Title)
	}
	d, err := As(ctx, c, deck, o.Mine)
	if err != nil {
		return res, err
	}
	author := Name(o.Author)
	if d.Author == "" {
		d.Author = author
	}
	d, files, missing := pictures(d, os.DirFS(c.MediaDir()))
	res.Missing = missing
	rel, content, err := release.New(d)
	if err != nil {
		return res, fault.New(fault.BadArgument, err, "what", err.Error())
	}
	p, err := open(c.Dir())
	if err != nil {
		return res, err
	}
	if err := p.signs(deck, author); err != nil {
		return res, fault.New(fault.BadArgument, err, "what", "author")
	}
	this := p.next(deck, rel.Hash, o.Now.UTC().Format(time.RFC3339))
	s := release.Statement{Deck: deck, Epoch: 1, Seq: this.Seq, Trust: p.chain.Last().N, Time: this.Time, Prev: this.Prev,
		Content: release.Content{Hash: rel.Hash, Bytes: int64(len(content)), Notes: len(rel.Deck.Notes), Cards: release.Cards(rel.Deck)},
		Media:   pack.MediaOf(files.Names(), files.size)}
	parts := pack.Parts{Trust: p.chain, Content: content, Media: files}
	if o.Past {
		text, answers, err := c.PastOf(ctx, deck)
		if err != nil {
			return res, err
		}
		if answers > 0 {
			parts.History = text
			s.History = release.History{Hash: release.Hash(text), Bytes: int64(len(text)), Reviews: answers}
		}
	}
	if parts.Statement, err = s.Encode(); err != nil {
		return res, err
	}
	if parts.Signature, err = p.secret.Sign(parts.Statement, s.Comment()); err != nil {
		return res, err
	}
	// The number is kept before the package leaves: two packages never share one.
	p.Decks[deck] = this
	if err := p.write(c.Dir()); err != nil {
		return res, err
	}
	res.Seq, res.Notes, res.Media, res.Reviews, res.Author = s.Seq, s.Content.Notes, len(files.names), s.History.Reviews, author
	return res, pack.Write(ctx, w, parts)
}

// PassOn writes the package of an author's release that a deck shows, as the author signed
// it: what the student wrote is not in it. Faults: NoRelease, SharedPast, MissingMedia.
func PassOn(ctx context.Context, c Collection, deck string, w io.Writer) (Result, error) {
	res, err := passOn(ctx, c, deck, w)
	if err != nil {
		return Result{}, fmt.Errorf("pass on deck %s: %w", deck, err)
	}
	return res, nil
}

func passOn(ctx context.Context, c Collection, deck string, w io.Writer) (res Result, err error) {
	sub, err := c.Subscription(ctx, deck)
	if err != nil {
		return res, err
	}
	if sub == nil {
		return res, fault.New(fault.NoRelease, nil, "release", 0)
	}
	s, err := c.Kept(ctx, deck, sub.Shown.Epoch, sub.Shown.Seq)
	if err != nil {
		return res, err
	}
	if s.Statement.History != (release.History{}) {
		// What is signed with the release was for whoever got it, and is not kept apart.
		return res, fault.New(fault.SharedPast, nil, "author", s.Trust.Last().Author)
	}
	content, err := release.Encode(s.Release.Deck)
	if err != nil {
		return res, err
	}
	files := media{fsys: os.DirFS(c.MediaDir()), names: map[string]string{}}
	for _, name := range collection.ShippedMedia(s.Release.Deck) {
		stem := strings.TrimSuffix(name, path.Ext(name))
		if _, err := fs.Stat(files.fsys, name); err != nil {
			return res, fault.New(fault.MissingMedia, err, "name", name)
		}
		files.names[stem] = name
	}
	if pack.MediaOf(files.Names(), files.size) != s.Statement.Media {
		return res, fault.New(fault.MissingMedia, nil, "name", filepath.Base(c.MediaDir()))
	}
	res = Result{Seq: s.Statement.Seq, Notes: s.Statement.Content.Notes, Media: len(files.names), Author: s.Trust.Last().Author}
	return res, pack.Write(ctx, w, pack.Parts{Trust: s.Trust, Statement: s.Signed.Statement, Signature: s.Signed.Signature, Content: content, Media: files})
}

// media are files of the media folder by the hash of what they hold.
type media struct {
	fsys  fs.FS
	names map[string]string // hash → name
}

// Names lists the hashes.
func (m media) Names() []string { return slices.Sorted(maps.Keys(m.names)) }

// Open opens a file by its hash.
func (m media) Open(hash string) (io.ReadCloser, error) { return m.fsys.Open(m.names[hash]) }

func (m media) size(hash string) int64 {
	info, err := fs.Stat(m.fsys, m.names[hash])
	if err != nil {
		return 0 // then Open fails
	}
	return info.Size()
}

// pictures gives the pictures that a deck shows the names that they have in a release.
func pictures(d decks.Deck, dir fs.FS) (decks.Deck, media, []string) {
	files := media{dir, map[string]string{}}
	names := map[string]string{}
	var missing []string
	for _, name := range source.Pictures(d) {
		b, err := readFile(dir, name)
		if err != nil {
			missing = append(missing, name)
			continue
		}
		hash := release.Hash(b)
		files.names[hash] = name
		names[name] = hash + strings.ToLower(path.Ext(name))
	}
	return source.RenamePictures(d, names), files, missing
}

func readFile(dir fs.FS, name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, fs.ErrInvalid
	}
	info, err := fs.Stat(dir, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > release.MaxMediaFile {
		return nil, fs.ErrInvalid
	}
	return fs.ReadFile(dir, name)
}
