package poll

import (
	"cmp"
	"net/url"
	"slices"
	"time"

	"lectern/decks/feed"
	"lectern/decks/release"
	"lectern/decks/release/trust"
)

// Source is a feed that somebody follows.
type Source struct {
	Link  feed.Link
	Typed bool // the student typed this address himself, so that it may be in his own network
	// What he has of the deck; the zero values at first contact.
	Trust     trust.Chain
	Installed release.Statement
}

// State is what is remembered of a feed between two checks. It is a plain value, to be
// kept as JSON; the zero value has seen nothing.
type State struct {
	Tags     map[string]string `json:"tags,omitempty"` // by address, as its host named the last answer
	At       string            `json:"at,omitempty"`   // the address that answered last
	Checked  time.Time         `json:"checked"`        // when one last did
	Next     time.Time         `json:"next"`           // when to ask again
	Wait     time.Time         `json:"wait"`           // a host asked not to be asked before
	Failures int               `json:"failures,omitempty"`
	Epoch    int               `json:"epoch,omitempty"` // of the highest release ever seen
	Seq      int64             `json:"seq,omitempty"`
	Content  string            `json:"content,omitempty"`
	File     []byte            `json:"feed,omitempty"` // as it came last, verified
	Trust    []trust.Signed    `json:"trust,omitempty"`
}

// Due tells whether it is time to ask.
func (s State) Due(now time.Time) bool { return !now.Before(s.Next) }

// News is what a feed says.
type News struct {
	Feed  feed.Feed      // verified; no releases when none has ever come
	Trust trust.Chain    // the author's, by which it is
	From  string         // the address that the feed came from
	Fresh []feed.Release // that lie beyond the installed one, the newest first
	// Late is the time since when another release was to be expected; zero while none is.
	Late time.Time
	// Unreached is a fault that tells why no host answered; the rest is from before.
	Unreached error
}

const (
	perDay     = 24 * time.Hour
	spread     = perDay // the time of a check is a day later, half of this earlier or later
	firstRetry = time.Hour
	longest    = 7 * perDay // of what a host may ask for
	patience   = 30 * perDay
)

// seen takes an answer into the state.
func (c *Client) seen(st *State, now time.Time, maxAge time.Duration) {
	st.Checked, st.Failures, st.Wait = now, 0, time.Time{}
	wait := perDay - spread/2 + time.Duration(c.jitter()*float64(spread))
	st.Next = now.Add(max(wait, min(maxAge, longest)))
}

// failed takes a failure into the state: the waits double from an hour to a day.
func (c *Client) failed(st *State, now time.Time, retry time.Duration) {
	st.Failures = min(st.Failures+1, 30)
	wait := perDay
	if st.Failures <= 5 {
		wait = min(firstRetry<<(st.Failures-1), perDay)
	}
	// A host that was down is not asked by all at once when it is back.
	wait += time.Duration(c.jitter() * float64(wait) / 4)
	st.Next = now.Add(wait)
	if retry > 0 {
		st.Wait = now.Add(min(retry, longest))
		if st.Next.Before(st.Wait) {
			st.Next = st.Wait
		}
	}
}

// late tells since when another release was to be expected of an author: since the day
// that he promised, or else since three times as long as he usually takes, a month at
// least.
func late(f feed.Feed, now time.Time) time.Time {
	if len(f.Releases) == 0 {
		return time.Time{}
	}
	last, err := time.Parse(time.RFC3339, f.Latest().Time)
	if err != nil {
		return time.Time{}
	}
	due := last.Add(max(patience, 3*usual(f)))
	if day, err := time.Parse(time.DateOnly, f.NextBy); err == nil {
		due = day.Add(perDay)
	}
	if now.After(due) {
		return due
	}
	return time.Time{}
}

// usual is how long an author usually takes: the median of his times, 0 when unknown.
func usual(f feed.Feed) time.Duration {
	var waits []time.Duration
	for i := 1; i < len(f.Releases); i++ {
		a, errA := time.Parse(time.RFC3339, f.Releases[i].Time)
		b, errB := time.Parse(time.RFC3339, f.Releases[i-1].Time)
		if errA == nil && errB == nil && b.After(a) {
			waits = append(waits, b.Sub(a))
		}
	}
	if len(waits) == 0 {
		return 0
	}
	slices.Sort(waits)
	return waits[len(waits)/2]
}

// fresh are the releases beyond an installed one.
func fresh(f feed.Feed, installed release.Statement) []feed.Release {
	for i, r := range f.Releases {
		if installed.Seq > 0 && compare(f.Epoch, r.Seq, installed.Epoch, installed.Seq) <= 0 {
			return f.Releases[:i:i]
		}
	}
	return f.Releases
}

// compare tells which of two releases is the later one.
func compare(epoch int, seq int64, otherEpoch int, other int64) int {
	return cmp.Or(cmp.Compare(epoch, otherEpoch), cmp.Compare(seq, other))
}

// hostOf is how a message names the place of a feed.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if u.Scheme == "file" {
		return u.Path
	}
	return u.Hostname()
}
