package update

import (
	"os"
	"testing"
	"time"

	"lectern/app/nav"
	"lectern/app/shell/shelltest"
	"lectern/decks"
	"lectern/decks/release"
)

// The screen in the window's frame, as it is met: what is new, a conflict, a plain change.
func TestPictures(t *testing.T) {
	d := ready(t)
	for seq := int64(43); seq < 45; seq++ {
		d.takes(seq, course(func(x *decks.Deck) { of(x, "softmax").Fields[decks.Hint] = time.Duration(seq).String() }))
	}
	offer := d.offers(45, course(next), said)
	offer.Shipment.Way = append([]release.Statement{{Seq: 44, Time: "2027-01-20T08:00:00Z", Notes: "Опечатки."}}, offer.Shipment.Way...)
	make := func(w shelltest.Window) nav.Screen {
		return New(Options{Collection: d, Nav: w.Shell, Printer: w.Printer, Offer: offer, Now: func() time.Time { return now }})
	}
	row := func(id string) func(*testing.T, shelltest.Window, nav.Screen) {
		return func(_ *testing.T, w shelltest.Window, s nav.Screen) {
			x := s.(*Screen)
			for i := range offer.Update.Rows {
				if offer.Update.Rows[i].Note == id {
					x.choose(i + 1)
				}
			}
			if x.narrow {
				x.turn(true)
			}
		}
	}
	shelltest.Each(t, "update", make, nil)
	shelltest.Each(t, "update-conflict", make, row("lies"))
	shelltest.Each(t, "update-plain", make, row("news"))
	if os.Getenv("LECTERN_SHOTS") == "" {
		return // the others are to be looked at
	}
	for _, id := range []string{"web", "window", "token", "price", "size", "special"} {
		shelltest.Each(t, "update-"+id, make, row(id))
	}
}
