package collection

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
	"lectern/decks/release/trust"
)

// Mode is how a deck follows its author.
type Mode string

// The modes.
const (
	Asking    Mode = "ask"    // updates are offered
	Automatic Mode = "auto"   // safe ones are installed at once, the others offered
	PinnedAt  Mode = "pinned" // none are offered
)

// Following is how a deck follows its author. The zero value asks for each update.
type Following struct {
	Mode Mode `json:"mode,omitempty"`
	// Skip is the latest release that the student does not want: it is not offered, a
	// later one is.
	SkipEpoch int   `json:"skip_epoch,omitempty"`
	Skip      int64 `json:"skip,omitempty"`
}

// Skips reports whether a release is not to be offered.
func (f Following) Skips(s release.Statement) bool {
	return f.Mode == PinnedAt || s.Epoch < f.SkipEpoch || s.Epoch == f.SkipEpoch && s.Seq <= f.Skip
}

// The names of choices about following.
const (
	choiceFollow = "follow/" // + deck: Following
	choiceFeed   = "feed/"   // + deck: the address of the feed with its key, "" for none
)

// Subscription is what there is to know about a deck that an author signs.
type Subscription struct {
	Deck, Title string
	Author      trust.Statement
	Signer      trust.Key         // of the release that is shown
	Shown       release.Statement // the release that is shown
	Latest      release.Statement // the latest that was installed
	Following   Following
	Feed        string // address with its key, "" when it came by a file and names none
	Lang        string
}

// Subscriptions returns the decks that authors sign, in the order of the home screen.
func (c *Collection) Subscriptions(ctx context.Context) (out []Subscription, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		for i := range m.decks {
			s, err := subscription(q, &m.decks[i])
			if err != nil {
				return err
			}
			if s != nil {
				out = append(out, *s)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the decks of authors: %w", err)
	}
	return out, nil
}

// Subscription returns how a deck is subscribed to; nil for one that no author signs.
func (c *Collection) Subscription(ctx context.Context, deck string) (s *Subscription, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		e, err := m.deck(deck)
		if err == nil {
			s, err = subscription(q, e)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the subscription of deck %s: %w", deck, err)
	}
	return s, nil
}

func subscription(q querier, e *deckEntry) (*Subscription, error) {
	if e.origin.Kind != originAuthor {
		return nil, nil
	}
	all, err := readStatements(q, e.id)
	if err != nil {
		return nil, err
	}
	shown := find(all, e.origin.Epoch, e.origin.Seq)
	if shown == nil {
		return nil, fault.New(fault.CorruptFile, fmt.Errorf("release %d of deck %s has no statement", e.origin.Seq, e.id))
	}
	s := &Subscription{Deck: e.id, Title: e.title, Shown: shown.statement, Latest: all[0].statement}
	chain, err := pinned(q, e.id)
	if err != nil {
		return nil, err
	}
	s.Author = chain.Last()
	if _, s.Signer, err = chain.Verify(shown.signed.Statement, shown.signed.Signature); err != nil {
		s.Signer = trust.Key{} // it was taken back since; what it signed stays
	}
	if err := q.row(`SELECT lang FROM decks WHERE id = ?`, e.id).Scan(&s.Lang); err != nil {
		return nil, err
	}
	if s.Following, err = following(q, e.id); err != nil {
		return nil, err
	}
	s.Feed, err = feedOf(q, e.id)
	return s, err
}

const originAuthor = "author" // Origin.Kind

func following(q querier, deck string) (f Following, err error) {
	events, err := readChoices(q, choiceFollow+deck)
	if err != nil {
		return f, err
	}
	if e, ok := last(events); ok {
		if err := json.Unmarshal([]byte(e.value), &f); err != nil {
			return f, damaged("choices", e.seq, err)
		}
	}
	return f, nil
}

func feedOf(q querier, deck string) (string, error) {
	events, err := readChoices(q, choiceFeed+deck)
	if err != nil {
		return "", err
	}
	if e, ok := last(events); ok {
		return e.value, nil
	}
	return "", nil
}

// subscribe appends where a deck's releases are looked for.
func (o *op) subscribe(deck, feed string) error {
	now, err := feedOf(o.t, deck)
	if err != nil || now == feed {
		return err
	}
	return o.choose(choiceFeed+deck, feed)
}

// Follow says how a deck follows its author.
func (c *Collection) Follow(ctx context.Context, deck string, f Following) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		if _, err := m.deck(deck); err != nil {
			return Change{}, err
		}
		now, err := following(t, deck)
		if err != nil || now == f {
			return Change{}, err
		}
		text, err := json.Marshal(f)
		if err != nil {
			return Change{}, err
		}
		o, err := c.begin(t, OpFollow, deck)
		if err != nil {
			return Change{}, err
		}
		return Change{Op: OpFollow, Decks: true}, o.choose(choiceFollow+deck, string(text))
	})
	if err != nil {
		return fmt.Errorf("follow deck %s: %w", deck, err)
	}
	return nil
}

// SetFeed says where a deck's releases are looked for; "" for nowhere.
func (c *Collection) SetFeed(ctx context.Context, deck, address string) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		if _, err := m.deck(deck); err != nil {
			return Change{}, err
		}
		now, err := feedOf(t, deck)
		if err != nil || now == address {
			return Change{}, err
		}
		o, err := c.begin(t, OpFollow, deck)
		if err != nil {
			return Change{}, err
		}
		return Change{Op: OpFollow, Decks: true}, o.choose(choiceFeed+deck, address)
	})
	if err != nil {
		return fmt.Errorf("set the feed of deck %s: %w", deck, err)
	}
	return nil
}

// KeptRelease is a signed release that is kept here.
type KeptRelease struct {
	Statement release.Statement
	Shown     bool
	At        time.Time // when it was installed first
}

// Releases returns the signed releases of a deck that are kept, the latest first: each of
// them can be gone back to.
func (c *Collection) Releases(ctx context.Context, deck string) (out []KeptRelease, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		e, err := m.deck(deck)
		if err != nil {
			return err
		}
		all, err := readStatements(q, deck)
		if err != nil {
			return err
		}
		for _, s := range all {
			out = append(out, KeptRelease{Statement: s.statement, At: time.UnixMilli(s.atMS),
				Shown: s.statement.Epoch == e.origin.Epoch && s.statement.Seq == e.origin.Seq})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the releases of deck %s: %w", deck, err)
	}
	return out, nil
}

// Kept returns a signed release that is kept as a shipment, to be offered again or passed
// on. Fault: NoRelease. Its media are those of the media folder and not part of it.
func (c *Collection) Kept(ctx context.Context, deck string, epoch int, seq int64) (s Shipment, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		all, err := readStatements(q, deck)
		if err != nil {
			return err
		}
		at := find(all, epoch, seq)
		if at == nil {
			return fault.New(fault.NoRelease, nil, "release", seq)
		}
		s = Shipment{Statement: at.statement, Signed: at.signed, Way: []release.Statement{at.statement}}
		if s.Trust, err = pinned(q, deck); err != nil {
			return err
		}
		if _, s.Signer, err = s.Trust.Verify(s.Signed.Statement, s.Signed.Signature); err != nil {
			return untrusted(err)
		}
		content, err := readContent(q, at.hash)
		if err != nil {
			return err
		}
		s.Release, err = release.Open(content)
		return err
	})
	if err != nil {
		return Shipment{}, fmt.Errorf("read release %d of deck %s: %w", seq, deck, faulty(err))
	}
	return s, nil
}

// UndoUpdate takes back the update or the rollback that brought the release which a deck
// shows, whatever was done since: answers and edits made after it stay. Fault:
// NothingToUndo for a deck whose release came with its install.
func (c *Collection) UndoUpdate(ctx context.Context, deck string) (OpInfo, error) {
	var info OpInfo
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		if _, err := m.deck(deck); err != nil {
			return Change{}, err
		}
		target, err := updateOf(t, deck)
		if err != nil {
			return Change{}, err
		}
		if target == nil {
			return Change{}, fault.New(fault.NothingToUndo, nil)
		}
		ch, err := c.undoOp(ctx, t, m, OpUndo, target)
		info = target.info
		return ch, err
	})
	if err != nil {
		return OpInfo{}, fmt.Errorf("undo the update of deck %s: %w", deck, err)
	}
	return info, nil
}

// CanUndoUpdate tells which update UndoUpdate would take back, nil for none.
func (c *Collection) CanUndoUpdate(ctx context.Context, deck string) (info *OpInfo, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		if _, err := m.deck(deck); err != nil {
			return err
		}
		target, err := updateOf(q, deck)
		if err != nil || target == nil {
			return err
		}
		info = &target.info
		return describe(q, target)
	})
	if err != nil {
		return nil, fmt.Errorf("look for an update of deck %s: %w", deck, err)
	}
	return info, nil
}

// updateOf finds the operation that brought the release which a deck shows, nil when that
// is its install.
func updateOf(q querier, deck string) (*targetOp, error) {
	installs, err := readInstalls(q, deck)
	if err != nil {
		return nil, err
	}
	s := stateOf(installs)
	if s.pointer == nil {
		return nil, nil
	}
	var t targetOp
	var at int64
	var zone int
	err = q.row(`SELECT seq, id, kind, subject, at_ms, zone_min FROM ops WHERE seq = ?`, s.pointer.op).
		Scan(&t.seq, (*idBlob)(&t.info.ID), &t.info.Kind, &t.subject, &at, &zone)
	if err != nil {
		return nil, fmt.Errorf("read the operation: %w", err)
	}
	if t.info.Kind != OpUpdate && t.info.Kind != OpRollback {
		return nil, nil
	}
	t.info.At = time.UnixMilli(at).In(time.FixedZone("", zone*60))
	return &t, nil
}

// Keep makes notes stay as they are released now, whatever the author does to them, or
// follow the author again.
func (c *Collection) Keep(ctx context.Context, notes []string, on bool) error {
	kind := OpUnkeep
	if on {
		kind = OpKeep
	}
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		var o *op
		of := map[string]bool{}
		for _, note := range notes {
			old, err := cachedNoteOf(t, note)
			if err != nil {
				return Change{}, err
			}
			if old.n == 0 {
				return Change{}, fault.New(fault.NoSuchCard, nil, "card", note)
			}
			edits, err := readEdits(t, note)
			if err != nil {
				return Change{}, err
			}
			mine, err := overlay(edits)
			if err != nil {
				return Change{}, err
			}
			if (mine.Keep != nil) == on {
				continue
			}
			if o == nil {
				if o, err = c.begin(t, kind, note); err != nil {
					return Change{}, err
				}
			}
			if on {
				var n decks.Note
				if n, err = old.releasedNote(); err == nil {
					err = o.keepNote(n)
				}
			} else {
				err = o.edit(note, keepField, sql.NullString{}, "")
			}
			if err != nil {
				return Change{}, err
			}
			of[old.row.deck] = true
		}
		for deck := range of {
			if err := c.refreshDeck(ctx, t, m, deck, nil); err != nil {
				return Change{}, err
			}
		}
		if o == nil {
			return Change{}, nil
		}
		m.stale = true
		return Change{Op: kind, Queue: true, Texts: true, All: true}, nil
	})
	if err != nil {
		return fmt.Errorf("%s %d notes: %w", kind, len(notes), err)
	}
	return nil
}
