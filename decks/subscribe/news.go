package subscribe

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/poll"
	"lectern/decks/release"
)

// memory is what is remembered of a deck's feed on this computer.
type memory struct {
	poll.State
	Typed string `json:"typed,omitempty"` // the address that the student gave himself
	Alarm *alarm `json:"alarm,omitempty"` // why the last answer was not believed
}

// alarm is a fault as it is kept.
type alarm struct {
	Code fault.Code     `json:"code"`
	Args map[string]any `json:"args,omitempty"`
}

func settingOf(deck string) string { return "feed/" + deck }

func (r *Reader) recall(ctx context.Context, deck string) (m memory, err error) {
	text, err := r.Collection.Setting(ctx, settingOf(deck))
	if err != nil || text == "" {
		return m, err
	}
	var got memory
	if json.Unmarshal([]byte(text), &got) == nil { // else of another program: the feed is asked anew
		m = got
	}
	return m, nil
}

func (r *Reader) remember(ctx context.Context, deck string, m memory) error {
	text, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("keep the state of the feed of deck %s: %w", deck, err)
	}
	return r.Collection.SetSetting(ctx, settingOf(deck), string(text))
}

// News is what there is to tell of a subscription.
type News struct {
	collection.Subscription
	poll.News
	Checked time.Time // when a host last answered; zero for never
	Next    time.Time // when it is to be asked again
	// Offer is the newest release that the student does not have and does not skip;
	// nil for none.
	Offer *feed.Release
	// Alarm is a fault that tells why the last answer was not believed; nil when it was.
	Alarm error
}

// Due tells whether a feed is to be asked: never one of a deck that stays as it is.
func (n *News) Due(now time.Time) bool {
	return n.Subscription.Feed != "" && n.Following.Mode != collection.PinnedAt && !now.Before(n.Next)
}

// source is the feed of a subscription; false for a deck whose author names none.
func (r *Reader) source(ctx context.Context, s *collection.Subscription, m memory) (poll.Source, bool, error) {
	if s.Feed == "" {
		return poll.Source{}, false, nil
	}
	link, err := feed.ParseLink(s.Feed)
	if err != nil {
		return poll.Source{}, false, err
	}
	chain, err := r.Collection.Pinned(ctx, s.Deck)
	return poll.Source{Link: link, Typed: m.Typed == link.Address, Trust: chain, Installed: s.Latest}, true, err
}

// Known is what the feed of a subscription said when it was asked last. Nobody is asked.
func (r *Reader) Known(ctx context.Context, s collection.Subscription) (News, error) {
	n := News{Subscription: s}
	m, err := r.recall(ctx, s.Deck)
	if err != nil {
		return n, err
	}
	src, ok, err := r.source(ctx, &s, m)
	if err != nil || !ok {
		return n, err
	}
	n.News = r.Client.Recall(src, m.State)
	n.tell(m)
	return n, nil
}

// tell fills in what follows from the answer.
func (n *News) tell(m memory) {
	n.Checked, n.Next = m.Checked, m.Next
	if m.Alarm != nil {
		n.Alarm = &fault.Fault{Code: m.Alarm.Code, Args: m.Alarm.Args}
	}
	if len(n.Fresh) > 0 {
		newest := n.Fresh[0]
		if !n.Following.Skips(release.Statement{Epoch: n.News.Feed.Epoch, Seq: newest.Seq}) {
			n.Offer = &newest
		}
	}
}

// Check asks the feed of a subscription what is new. A host that does not answer is no
// error (News.Unreached), nor is an answer that is not believed (News.Alarm). Faults:
// NoFeed for a deck without one, Cancelled, and those of the collection.
func (r *Reader) Check(ctx context.Context, s collection.Subscription) (News, error) {
	n := News{Subscription: s}
	m, err := r.recall(ctx, s.Deck)
	if err != nil {
		return n, err
	}
	src, ok, err := r.source(ctx, &s, m)
	if err != nil {
		return n, err
	}
	if !ok {
		return n, fault.New(fault.NoFeed, nil, "host", s.Title)
	}
	n.News, m.State, err = r.Client.Check(ctx, src, m.State)
	if fault.Is(err, fault.Cancelled) {
		return n, err
	}
	switch {
	case err != nil:
		f := fault.Of(err)
		m.Alarm = &alarm{f.Code, f.Args}
	case n.Unreached == nil:
		m.Alarm = nil
	}
	n.tell(m)
	return n, r.remember(ctx, s.Deck, m)
}

// Fetch gets the newest release that a check has told of.
func (r *Reader) Fetch(ctx context.Context, n News, progress poll.Progress) (*Parcel, error) {
	m, err := r.recall(ctx, n.Deck)
	if err != nil {
		return nil, err
	}
	src, ok, err := r.source(ctx, &n.Subscription, m)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fault.New(fault.NoFeed, nil, "host", n.Title)
	}
	p, err := r.fetch(ctx, src, n.News, progress)
	if err != nil {
		return nil, err
	}
	p.Feed = "" // it stays as it is
	p.state = &m
	return p, nil
}

// Feed gets the newest release of a course from the link or the address of its feed.
// Typed says that the student gave this very address. Faults: BadAddress,
// those of poll.Client's Check and Fetch, and those that tell why a host does not answer.
func (r *Reader) Feed(ctx context.Context, link feed.Link, typed bool, progress poll.Progress) (*Parcel, error) {
	src := poll.Source{Link: link, Typed: typed}
	m := memory{}
	if typed {
		m.Typed = link.Address
	}
	n, state, err := r.check(ctx, src)
	if err != nil {
		return nil, err
	}
	m.State = state
	// Of a deck that is there the author's keys are known, and what was seen of it.
	have, err := r.subscribed(ctx, n.Feed.Deck)
	if err != nil {
		return nil, err
	}
	if have != nil {
		past, err := r.recall(ctx, have.Deck)
		if err != nil {
			return nil, err
		}
		if src.Trust, err = r.Collection.Pinned(ctx, have.Deck); err != nil {
			return nil, err
		}
		src.Installed = have.Latest
		past.Tags, past.Wait, past.Next = nil, time.Time{}, time.Time{}
		if n, m.State, err = r.Client.Check(ctx, src, past.State); err != nil {
			return nil, err
		}
		if n.Unreached != nil {
			return nil, n.Unreached
		}
	}
	p, err := r.fetch(ctx, src, n, progress)
	if err != nil {
		return nil, err
	}
	p.state, p.Key = &m, link.Key
	p.Feed = keyed(link, p.Trust).String()
	if link.IsFile() {
		p.Feed = ""
		if err := r.address(ctx, &p.Shipment); err != nil {
			return nil, closed(p, err)
		}
		if p.Feed == "" && (have == nil || have.Feed == "") {
			p.Feed = keyed(link, p.Trust).String()
		}
	}
	return p, nil
}

func closed(p *Parcel, err error) error {
	if bad := p.Close(); bad != nil {
		return fmt.Errorf("%w (and %w)", err, bad)
	}
	return err
}

// check asks a feed for the first time: that no host answers is an error then.
func (r *Reader) check(ctx context.Context, src poll.Source) (poll.News, poll.State, error) {
	n, state, err := r.Client.Check(ctx, src, poll.State{})
	if err == nil {
		err = n.Unreached
	}
	return n, state, err
}

// fetch gets the newest release of a feed.
func (r *Reader) fetch(ctx context.Context, src poll.Source, n poll.News, progress poll.Progress) (*Parcel, error) {
	have := poll.Have{Media: r.media()}
	if i := src.Installed; i.Seq > 0 {
		if s, err := r.Collection.Kept(ctx, i.Deck, i.Epoch, i.Seq); err == nil {
			have.Release = s.Release // else the whole release comes
		}
	}
	d, err := r.Client.Fetch(ctx, src, n, have, progress)
	if err != nil {
		return nil, err
	}
	s := collection.Opened(d.Package, "")
	s.Way = way(d)
	return &Parcel{Shipment: s, close: d.Close}, nil
}

// way are the statements of the releases on the way, the oldest first.
func way(d *poll.Delivery) []release.Statement {
	var out []release.Statement
	for i := len(d.Notes) - 1; i >= 0; i-- {
		if n := d.Notes[i]; n.Seq != d.Statement.Seq {
			out = append(out, release.Statement{Deck: d.Statement.Deck, Epoch: d.Statement.Epoch, Seq: n.Seq, Label: n.Label, Time: n.Time, Notes: n.Text})
		}
	}
	return append(out, d.Statement)
}

// media finds the pictures that are here by the hashes of what they hold. Whoever
// asks compares.
func (r *Reader) media() func(hash string) ([]byte, bool) {
	var names map[string]string
	return func(hash string) ([]byte, bool) {
		if names == nil {
			names = map[string]string{}
			entries, err := os.ReadDir(r.Collection.MediaDir())
			if err != nil {
				return nil, false
			}
			for _, e := range entries {
				stem, _, _ := strings.Cut(e.Name(), ".")
				names[stem] = e.Name()
			}
		}
		name, ok := names[hash]
		if !ok {
			return nil, false
		}
		data, err := os.ReadFile(filepath.Join(r.Collection.MediaDir(), name))
		return data, err == nil
	}
}

// Installed remembers of a parcel that was installed what its feed said, so that the
// next check goes on from there.
func (r *Reader) Installed(ctx context.Context, p *Parcel) error {
	if p.state == nil {
		return nil
	}
	m := *p.state
	m.Alarm = nil
	return r.remember(ctx, p.Statement.Deck, m)
}

// Typed remembers that the student gave the address of a deck's feed himself, so that
// it may be in his own network.
func (r *Reader) Typed(ctx context.Context, deck string, link feed.Link) error {
	m, err := r.recall(ctx, deck)
	if err != nil {
		return err
	}
	m.Typed = link.Address
	m.Tags, m.Next, m.Wait, m.Failures, m.Alarm = nil, time.Time{}, time.Time{}, 0, nil
	return r.remember(ctx, deck, m)
}

// All is what is known of every subscription. Nobody is asked.
func (r *Reader) All(ctx context.Context) ([]News, error) {
	subs, err := r.Collection.Subscriptions(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]News, 0, len(subs))
	for _, s := range subs {
		n, err := r.Known(ctx, s)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
