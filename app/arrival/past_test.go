package arrival

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/shell/shelltest"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/release/pack"
	"lectern/decks/release/trust"
	"lectern/decks/share"
	"lectern/scheduler"
)

// befriended is a deck that a friend shared, with or without his history.
func befriended(t testing.TB, c *collection.Collection, past bool) collection.Offer {
	t.Helper()
	friend := open(t)
	_, err := friend.Install(ctx, course(), collection.InstallOptions{Origin: collection.Origin{Kind: "page"}})
	ok(t, err)
	for _, id := range []decks.CardID{"n0/f", "n1/f"} {
		_, err := friend.Answer(ctx, collection.AnswerRequest{Card: id, Grade: scheduler.Good, Took: 4 * time.Second})
		ok(t, err)
	}
	var b bytes.Buffer
	_, err = share.Own(ctx, friend, "llm", share.Options{Author: "Аня Котова", Past: past, Now: now}, &b)
	ok(t, err)
	p, err := pack.Open(context.Background(), bytes.NewReader(b.Bytes()), int64(b.Len()), trust.Chain{})
	ok(t, err)
	o, err := c.Offer(ctx, collection.Opened(p, "llm.lectern"))
	ok(t, err)
	return o
}

// A friend's history comes only when it is asked for, and is not spoken of where there
// is none.
func TestAFriendsHistoryIsOffered(t *testing.T) {
	for _, taken := range []bool{false, true} {
		c := open(t)
		s, _ := show(t, Options{Collection: c, Offer: befriended(t, c, true), Done: func(collection.InstallResult) {}})
		says(t, s.object, "{false Взять и историю (2 ответа)}", "Аня Котова")
		for _, o := range test.LaidOutObjects(s.object) {
			if box, ok := o.(*kit.Check); ok && taken {
				test.Tap(box)
			}
		}
		s.Key(keys.Enter)
		stats, err := c.Stats(ctx)
		ok(t, err)
		if got := stats.Reviews == 2; got != taken {
			t.Errorf("taken: %v, and %d answers came", taken, stats.Reviews)
		}
	}
	c := open(t)
	s, _ := show(t, Options{Collection: c, Offer: befriended(t, c, false)})
	if strings.Contains(text(s.object), "истори") {
		t.Error("a history is offered that is not there")
	}
}

func TestPicturesOfAFriendsDeck(t *testing.T) {
	shelltest.Each(t, "arrival-friend", func(w shelltest.Window) nav.Screen {
		c := open(t)
		return New(Options{Collection: c, Nav: w.Shell, Printer: w.Printer, Now: func() time.Time { return now }, Offer: befriended(t, c, true)})
	}, nil)
}
