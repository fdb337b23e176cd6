package poll

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/fetch"
	"lectern/decks/release"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

// Client asks feeds. The zero value is ready.
type Client struct {
	Clock   func() time.Time // nil: the computer's
	Jitter  func() float64   // chance, from 0 to below 1; nil: the computer's
	Version string           // of this program, to compare with what a release needs; "" for any
	Temp    string           // folder for what is too large for memory, "" for the system's

	transport func(typed *url.URL) http.RoundTripper // nil: decks/fetch's
}

func (c *Client) now() time.Time {
	if c.Clock == nil {
		return time.Now()
	}
	return c.Clock()
}

func (c *Client) jitter() float64 {
	if c.Jitter == nil {
		return rand.Float64()
	}
	return c.Jitter()
}

// asker connects for one source; close lets the connections go.
func (c *Client) asker(s Source) (a *asker, close func(), err error) {
	u, err := url.Parse(s.Link.Address)
	if err != nil || u.Scheme == "" {
		return nil, nil, fault.New(fault.BadAddress, err, "address", s.Link.Address)
	}
	var typed *url.URL
	if s.Typed {
		typed = u
	}
	if c.transport != nil {
		return &asker{c.transport(typed), u.Scheme}, func() {}, nil
	}
	t := fetch.Transport(typed)
	return &asker{t, u.Scheme}, t.CloseIdleConnections, nil
}

// Check asks a feed what is new, by way of the other addresses that it has named when the
// first does not answer, and returns what to remember. Faults: Cancelled; NotSigned,
// OtherAuthor, RevokedKey, TwinReleases, FarRelease, StaleFeed, NewerFeed, with which the
// state is to be kept too.
func (c *Client) Check(ctx context.Context, s Source, st State) (News, State, error) {
	st.Tags = maps.Clone(st.Tags)
	k := check{Client: c, s: s, st: st, now: c.now()}
	k.recall()
	if k.now.Before(st.Wait) {
		n := k.news()
		n.Unreached = fault.New(fault.HostBusy, nil, "host", hostOf(s.Link.Address))
		return n, st, nil
	}
	a, done, err := c.asker(s)
	if err != nil {
		return News{}, st, err
	}
	defer done()
	k.asker = a
	err = k.all(ctx)
	if ctx.Err() != nil {
		return News{}, st, fault.New(fault.Cancelled, ctx.Err())
	}
	n := k.news()
	switch {
	case err == nil:
		c.seen(&k.st, k.now, k.maxAge)
	case alarming(err):
		c.failed(&k.st, k.now, k.retry)
		return n, k.st, fmt.Errorf("check a feed: %w", err)
	default:
		c.failed(&k.st, k.now, k.retry)
		n.Unreached = err
	}
	return n, k.st, nil
}

// check is one check of a feed.
type check struct {
	*Client
	*asker
	s      Source
	st     State
	now    time.Time
	chain  trust.Chain
	feed   feed.Feed // the newest that is verified
	maxAge time.Duration
	retry  time.Duration
}

// recall takes up what the state has, as far as it holds under the author's keys.
func (k *check) recall() {
	k.chain = k.s.Trust
	if c, err := trust.Open(k.st.Trust); err == nil {
		if joined, err := k.chain.Join(c); err == nil {
			k.chain = joined
		}
	}
	f, _, err := feed.Open(k.st.File, k.chain)
	if err != nil || k.belongs(f) != nil {
		k.st.File, k.st.Tags = nil, nil
		return
	}
	k.feed = f
}

func (k *check) news() News {
	return News{Feed: k.feed, Trust: k.chain, From: k.st.At, Fresh: fresh(k.feed, k.s.Installed), Late: late(k.feed, k.now)}
}

// all asks the addresses until one answers; the others too when an author seems silent,
// for it may be that host which keeps him so.
func (k *check) all(ctx context.Context) error {
	addresses := append([]string{k.s.Link.Address}, k.feed.URLs...)
	var first error
	answered := false
	for _, address := range addresses {
		if answered && late(k.feed, k.now).IsZero() {
			break
		}
		at, file := k.st.At, string(k.st.File)
		err := k.ask(ctx, address)
		if answered && file == string(k.st.File) {
			k.st.At = at // the first that says so
		}
		var status errStatus
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			answered = true
		default:
			if errors.As(err, &status) {
				k.retry = max(k.retry, status.retry)
			}
			f := trouble(ctx, address, err)
			if first == nil || alarming(f) && !alarming(first) {
				first = f
			}
		}
	}
	if answered {
		return nil
	}
	return first
}

// alarming tells of what a student has to know, as no connection that fails is.
func alarming(err error) bool {
	switch fault.Of(err).Code {
	case fault.NotSigned, fault.OtherAuthor, fault.RevokedKey, fault.TwinReleases, fault.FarRelease, fault.StaleFeed, fault.NewerFeed:
		return true
	}
	return false
}

// ask asks one address and takes what it answers.
func (k *check) ask(ctx context.Context, address string) error {
	tag := ""
	if k.st.File != nil {
		tag = k.st.Tags[address]
	}
	file, ans, err := k.read(ctx, address, tag, feed.MaxFeed)
	if err != nil {
		return err
	}
	k.maxAge = ans.maxAge
	if ans.same {
		k.st.At = ans.from
		return nil
	}
	f, chain, err := k.verify(ctx, ans.from, file)
	if err != nil {
		return err
	}
	if err := k.follows(ans.from, f); err != nil {
		return err
	}
	k.feed, k.chain = f, chain
	if k.st.Tags == nil || string(k.st.File) != string(file) {
		k.st.Tags = map[string]string{} // what they name is not what is kept
	}
	if ans.tag != "" {
		k.st.Tags[address] = ans.tag
	}
	k.st.At, k.st.File, k.st.Trust = ans.from, file, chain.Signed()
	k.st.Epoch, k.st.Seq, k.st.Content = f.Epoch, f.Latest().Seq, f.Latest().Content
	return nil
}

// verify reads a feed under the author's keys, those that it brings among them.
func (k *check) verify(ctx context.Context, from string, file []byte) (feed.Feed, trust.Chain, error) {
	host := hostOf(from)
	f, err := feed.Peek(file)
	if errors.Is(err, feed.ErrNewer) {
		return f, k.chain, fault.New(fault.NewerFeed, err)
	}
	if err != nil {
		return f, k.chain, err
	}
	chain, err := k.grow(ctx, from, f.Trust)
	if err != nil {
		return f, k.chain, err
	}
	if !k.s.Link.Key.IsZero() && !chain.Rooted(k.s.Link.Key) {
		return f, k.chain, fault.New(fault.OtherAuthor, errors.New("the key of the link is not the author's"), "host", host)
	}
	f, _, err = feed.Open(file, chain)
	switch {
	case errors.Is(err, trust.ErrRevoked):
		return f, k.chain, fault.New(fault.RevokedKey, err, "host", host)
	case err != nil:
		return f, k.chain, fault.New(fault.NotSigned, err, "host", host)
	}
	return f, chain, k.belongs(f)
}

// belongs refuses the feed of another deck.
func (k *check) belongs(f feed.Feed) error {
	if want := cmp.Or(k.s.Installed.Deck, k.feed.Deck); want != "" && f.Deck != want {
		return fault.New(fault.NotSigned, fmt.Errorf("it is the feed of deck %q, not of %q", f.Deck, want), "host", hostOf(k.s.Link.Address))
	}
	return nil
}

// grow fetches the author's statements of trust that are not here yet.
func (k *check) grow(ctx context.Context, from string, n int) (trust.Chain, error) {
	all := k.chain.Signed()
	if n <= len(all) {
		return k.chain, nil
	}
	u, err := url.Parse(from)
	if err != nil {
		return k.chain, err
	}
	for i := len(all) + 1; i <= min(n, trust.MaxChain); i++ {
		var x trust.Signed
		name := feed.TrustPath(i)
		for _, part := range []struct {
			to   *[]byte
			name string
			most int64
		}{{&x.Payload, name, trust.MaxStatement}, {&x.Own, feed.SignatureOf(name), sign.MaxSignature}, {&x.Before, feed.BeforeOf(name), sign.MaxSignature}} {
			if part.to == &x.Before && goesOn(all, x) {
				continue // there is none, and some hosts have a page for what is not there
			}
			b, _, err := k.read(ctx, feed.Resolve(u, part.name).String(), "", part.most)
			if part.to == &x.Before && missing(err) {
				continue // the chain tells
			}
			if err != nil {
				return k.chain, fmt.Errorf("fetch %s: %w", part.name, err)
			}
			*part.to = b
		}
		all = append(all, x)
	}
	chain, err := trust.Open(all)
	if err == nil {
		chain, err = k.chain.Join(chain)
	}
	if err != nil {
		// A page where a key was expected is a network that asks its guests to sign in.
		if strings.HasPrefix(strings.TrimSpace(string(all[len(all)-1].Payload)), "<") {
			return k.chain, fmt.Errorf("%w: %w", feed.ErrNoFeed, err)
		}
		return k.chain, fault.New(fault.OtherAuthor, err, "host", hostOf(from))
	}
	return chain, nil
}

// goesOn tells whether a statement of trust needs no second signature: it is the first, or
// signed as its own by a root key of the one before.
func goesOn(all []trust.Signed, x trust.Signed) bool {
	if len(all) == 0 {
		return true
	}
	before, err := trust.Parse(all[len(all)-1].Payload)
	return err != nil || slices.ContainsFunc(before.Root, func(key trust.Key) bool {
		_, err := key.Public.Verify(x.Payload, x.Own)
		return err == nil
	})
}

// follows refuses a feed that lies behind what was seen once, or too far beyond it.
func (k *check) follows(from string, f feed.Feed) error {
	latest := f.Latest()
	highest := release.Statement{Deck: f.Deck, Epoch: k.st.Epoch, Seq: k.st.Seq, Content: release.Content{Hash: k.st.Content}}
	if i := k.s.Installed; compare(i.Epoch, i.Seq, highest.Epoch, highest.Seq) > 0 {
		highest = i
	}
	if highest.Seq == 0 {
		return nil
	}
	err := release.Statement{Deck: f.Deck, Epoch: f.Epoch, Seq: latest.Seq, Content: release.Content{Hash: latest.Content}}.Follows(highest)
	switch {
	case errors.Is(err, release.ErrOlder):
		return fault.New(fault.StaleFeed, err, "host", hostOf(from))
	case errors.Is(err, release.ErrTwins):
		return fault.New(fault.TwinReleases, err, "release", latest.Seq)
	case errors.Is(err, release.ErrTooFar):
		return fault.New(fault.FarRelease, err, "release", latest.Seq, "installed", highest.Seq)
	}
	return nil // the same, or a later one
}
