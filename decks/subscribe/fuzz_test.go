package subscribe_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/feed/feedtest"
	"lectern/decks/feed/poll"
	"lectern/decks/fetch"
	"lectern/decks/subscribe"
)

// Whatever a file or an address gives: a deck, no deck, or a fault that has a sentence;
// and the same whichever way it came.
func FuzzOpen(f *testing.F) {
	data := feedtest.NewAuthor(f).Build(1, feedtest.Notes(2, 1), nil, nil, time.Date(2027, 2, 3, 10, 0, 0, 0, time.UTC), nil).File
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte(`<a href="lectern:https://example.org/feed.json">`))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte(`{"format":"lectern-feed/9"}` + "\n"))
	dir := f.TempDir()
	r := &subscribe.Reader{Collection: nobody{}, Client: &poll.Client{}}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(dir, "some.zip")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		is := subscribe.Is(path)
		if !is {
			return
		}
		p, err := r.File(ctx, path, nil)
		if err != nil && fault.Is(err, fault.Unknown) {
			t.Errorf("%v", err)
		}
		if p != nil {
			if p.Statement.Deck != p.Release.Deck.ID {
				t.Error("the statement is of another deck")
			}
			if err := p.Close(); err != nil {
				t.Error(err)
			}
		}
		if len(data) > 0 && data[0] == 'P' {
			if _, known, _ := r.Data(ctx, &fetch.Page{Name: "some.zip", From: "https://example.org/some.zip", Data: data}, false, nil); !known {
				t.Error("the same bytes from an address are no deck")
			}
		}
	})
}

// nobody is a collection without decks.
type nobody struct{ subscribe.Collection }

func (nobody) Subscription(context.Context, string) (*collection.Subscription, error) {
	return nil, nil
}
func (nobody) MediaDir() string { return "" }
