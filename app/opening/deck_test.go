package opening

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/feedtest"
	"lectern/decks/feed/poll"
	"lectern/decks/fetch"
	"lectern/decks/subscribe"
)

// desk opens what a test says.
type desk struct {
	files []string
	feeds []string
	typed bool
	err   error
	data  bool // what lies at an address is a deck
}

func (d *desk) File(_ context.Context, path string, _ poll.Progress) (*subscribe.Parcel, error) {
	d.files = append(d.files, path)
	return &subscribe.Parcel{}, d.err
}

func (d *desk) Feed(_ context.Context, link feed.Link, typed bool, _ poll.Progress) (*subscribe.Parcel, error) {
	d.feeds, d.typed = append(d.feeds, link.String()), typed
	if d.err != nil && !typed {
		return nil, d.err
	}
	return &subscribe.Parcel{}, nil
}

func (d *desk) Data(context.Context, *fetch.Page, bool, poll.Progress) (*subscribe.Parcel, bool, error) {
	return &subscribe.Parcel{}, d.data, d.err
}

func startDecks(t *testing.T) (o *opened, d *desk, arrived *int, refused *[]error) {
	t.Helper()
	o, d, arrived, refused = start(t, false), &desk{}, new(int), new([]error)
	o.o.Decks = d
	o.o.Arrived = func(*subscribe.Parcel) { *arrived++ }
	o.o.Refused = func(err error, _ string, _ func()) { *refused = append(*refused, err) }
	return o, d, arrived, refused
}

// A package is opened as one whatever it is called; a damaged one has its page.
func TestPackages(t *testing.T) {
	o, d, arrived, refused := startDecks(t)
	data := feedtest.NewAuthor(t).Build(1, feedtest.Notes(3, 1), nil, nil, time.Now(), nil).File
	dir := t.TempDir()
	for _, name := range []string{"course.lectern", "course.zip", "deck"} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
		o.Open([]string{filepath.Join(dir, name)})
	}
	if *arrived != 3 || len(d.files) != 3 || len(o.nav.Errors)+len(o.pages) != 0 {
		t.Errorf("%d arrived of %v, errors %v", *arrived, d.files, o.nav.Errors)
	}
	d.err = fault.New(fault.DamagedPackage, nil)
	o.Open([]string{filepath.Join(dir, "deck")})
	d.err = fault.New(fault.UnreadableFile, nil, "name", "deck")
	o.Open([]string{filepath.Join(dir, "deck")})
	if len(*refused) != 1 || len(o.nav.Errors) != 1 {
		t.Errorf("refused %v, errors %v", *refused, o.nav.Errors)
	}
}

// A link says where it leads before anybody is asked, and into the own network it
// leads only those who say so.
func TestLinks(t *testing.T) {
	const link = "lectern:http://192.168.1.5/llm/feed.json"
	o, d, arrived, _ := startDecks(t)
	d.err = fault.New(fault.PrivateAddress, nil, "host", "192.168.1.5")
	o.Open([]string{link})
	if len(o.nav.Forms) != 1 || len(d.feeds) != 0 || o.nav.Forms[0].Save != "Взять колоду" {
		t.Fatalf("%d forms, asked %v", len(o.nav.Forms), d.feeds)
	}
	if err := o.nav.Forms[0].Keep(); err != nil {
		t.Fatal(err)
	}
	if len(o.nav.Questions) != 1 || *arrived != 0 || d.typed {
		t.Fatalf("questions %v, %d arrived", o.nav.Questions, *arrived)
	}
	o.nav.Questions[0].Yes.Do()
	if *arrived != 1 || !d.typed || d.feeds[1] != link {
		t.Errorf("%d arrived, asked %v", *arrived, d.feeds)
	}
	o.clipboard = " https://example.org/llm/feed.json\n"
	o.Paste()
	if len(o.nav.Forms) != 2 {
		t.Error("a pasted address of a feed is taken for text")
	}
	o.Open([]string{"lectern:javascript:alert(1)"})
	if err := o.nav.Forms[2].Keep(); !fault.Is(err, fault.BadAddress) {
		t.Errorf("%v", err)
	}
}

// What lies at an address may be a package.
func TestPackageAtAnAddress(t *testing.T) {
	o, d, arrived, refused := startDecks(t)
	o.web = func(string, bool) (*fetch.Page, error) {
		return &fetch.Page{Name: "course.lectern", Data: []byte("PK")}, nil
	}
	d.data = true
	o.address("https://example.org/course.lectern", false)
	if *arrived != 1 || len(o.pages) != 0 {
		t.Errorf("%d arrived, errors %v", *arrived, o.nav.Errors)
	}
	d.err = fault.New(fault.NotSigned, nil)
	o.address("https://example.org/course.lectern", false)
	if *arrived != 1 || len(*refused) != 1 {
		t.Errorf("%d arrived, refused %v", *arrived, *refused)
	}
}
