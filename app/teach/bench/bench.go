// Package bench is an instructor's work on one course as the window does it, without the
// window: the course's folder is looked at, tidied, released and given answers of the
// class.
//
// Each step is one of decks/course and decks/course/ship, as on the command line. Here
// is only what a window wants at once: how things stand as a whole.
package bench

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"lectern/decks"
	"lectern/decks/changes"
	"lectern/decks/course"
	"lectern/decks/course/ship"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/poll"
	"lectern/decks/feed/site"
	"lectern/decks/release"
	"lectern/decks/release/trust"
	"lectern/decks/source"
)

// Course is a course in its folder.
type Course struct {
	Dir   string
	Site  string // the folder that it is published in, "" while none was chosen
	Store ship.Store
	Now   func() time.Time
	Live  *poll.Client // looks at what is published; nil not to
}

// State is how a course stands.
type State struct {
	Deck     decks.Deck // as far as it can be read; without a title when it cannot
	Files    []string   // with cards, the one with the head first
	Mistakes source.Errors
	Advice   []course.Advice
	Places   map[string]source.Place
	Vanished []course.Vanished // cards that were deleted since it was tidied

	Trust   trust.Statement // the zero value while there are no keys
	CanSign bool            // the key that signs is on this computer
	Root    bool            // so is the root key, as in simple mode

	Last    *ship.Last // the release that the next one follows
	LastSeq int64      // of the release that the course remembers, though it may not be at hand
	LastErr error      // why it is not
	Changes changes.Changes
	Known   bool // Changes are known: there are no mistakes
}

// Number is that of the release that comes next.
func (s *State) Number() int64 {
	if s.Last != nil {
		return s.Last.Statement.Seq + 1
	}
	return s.LastSeq + 1
}

// Lost tells of a course that was released before, and whose last release is not at hand.
func (s *State) Lost() bool { return s.Last == nil && s.LastSeq > 0 }

// mostFading is the share of the cards, one in so many, above which it looks like a file
// that is lost.
const mostFading = 20

// Fading is how many cards of the last release would be retired by the next, when they
// are too many to go without a word; 0 otherwise.
func (s *State) Fading() int {
	if s.Last == nil {
		return 0
	}
	n := s.Changes.Retired + len(s.Changes.Forgotten)
	if n < 2 || n*mostFading <= len(s.Last.Release.Deck.Notes) {
		return 0
	}
	return n
}

// Look says how the course stands. Nothing is written.
func (c Course) Look(ctx context.Context) (State, error) {
	var s State
	r, err := course.Check(ctx, c.Dir)
	if err != nil {
		return s, err
	}
	s.Mistakes, s.Advice = r.Mistakes, r.Advice
	files, err := source.Load(os.DirFS(c.Dir), ".")
	if err != nil {
		return s, err
	}
	for _, f := range files {
		s.Files = append(s.Files, f.Name)
	}
	// With mistakes there may be nothing that can be read; they say why.
	if here, err := source.ParseFiles(files); err == nil {
		s.Deck, s.Places = here.Deck, here.Places
		if s.Vanished, err = course.FindVanished(c.Dir); err != nil {
			s.Vanished = nil // the lock has a mistake, and is among them
		}
	}
	if err := c.keys(&s); err != nil {
		return s, err
	}
	if s.LastSeq, s.LastErr = ship.LastSeq(c.Dir); s.LastErr == nil {
		s.Last, s.LastErr = c.last(ctx)
	}
	s.inOrder()
	if len(s.Mistakes) > 0 {
		return s, ctx.Err()
	}
	return s, c.changes(ctx, &s)
}

// inOrder puts the cards that vanished as they stood in the last release: by their ids
// alone they stand anyhow.
func (s *State) inOrder() {
	if s.Last == nil {
		return
	}
	at := map[string]int{}
	for i, n := range s.Last.Release.Deck.Notes {
		at[n.ID] = i
	}
	slices.SortStableFunc(s.Vanished, func(a, b course.Vanished) int { return cmp.Compare(at[a.ID], at[b.ID]) })
}

func (c Course) keys(s *State) error {
	chain, err := ship.Trust(c.Dir)
	if err != nil {
		return err
	}
	s.Trust = chain.Last()
	if s.Trust.N == 0 {
		return nil
	}
	_, _, err = c.Store.Find(s.Trust.Sign)
	s.CanSign = err == nil
	_, err = ship.RootKey(chain, c.Store)
	s.Root = err == nil
	return nil
}

// last reads the latest release in the folder that the course is published in; nil when
// there is none.
func (c Course) last(ctx context.Context) (*ship.Last, error) {
	if c.Site == "" {
		return nil, nil
	}
	if _, err := os.Stat(c.Site); errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	disk, err := site.ReadDisk(c.Site)
	if err != nil {
		return nil, fault.New(fault.UnreadableFile, err, "name", filepath.Base(c.Site))
	}
	defer disk.Close()
	there, err := site.Read(disk)
	if err != nil {
		return nil, fault.New(fault.UnreadableFile, err, "name", feed.Name)
	}
	if !there.Published() {
		return nil, nil
	}
	return ship.ReadLast(ctx, filepath.Join(c.Site, filepath.FromSlash(there.Feed.Latest().Package.Path)), c.Dir)
}

func (c Course) changes(ctx context.Context, s *State) error {
	here, err := course.Read(ctx, c.Dir)
	var mistakes source.Errors
	switch {
	case errors.As(err, &mistakes): // somebody is typing
		s.Mistakes = mistakes
		return nil
	case err != nil:
		return err
	}
	var last *release.Release
	if s.Last != nil {
		last = &s.Last.Release
	}
	s.Changes, err = here.Changes(last)
	if err != nil {
		s.LastErr, s.Last = err, nil // it is of another course
		s.Changes, err = here.Changes(nil)
	}
	s.Deck, s.Places, s.Known = here.Deck, here.Places, err == nil
	return err
}

// Tidy formats the course: ids, numbers of gaps, the lock.
func (c Course) Tidy(ctx context.Context, o source.Options) (source.Formatted, error) {
	return course.Fmt(ctx, c.Dir, o)
}

// Settle keeps whether a card changed in substance; Unsettle takes that back.
func (c Course) Settle(ctx context.Context, note string, substance bool) error {
	return course.Mark(ctx, c.Dir, []string{note}, substance)
}

// Unsettle takes back what Settle has kept.
func (c Course) Unsettle(ctx context.Context, note string, substance bool) error {
	return course.Unmark(ctx, c.Dir, []string{note}, substance)
}

// SetAnswer writes the answer of a card into the course.
func (c Course) SetAnswer(ctx context.Context, note, text string) error {
	return course.SetAnswer(ctx, c.Dir, note, text)
}

// Path is where a file of the course lies.
func (c Course) Path(name string) string { return filepath.Join(c.Dir, filepath.FromSlash(name)) }
