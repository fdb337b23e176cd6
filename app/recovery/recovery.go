// Package recovery offers a way back after a break: what has come together is
// spread over a few days, first what is about to be forgotten, and new cards
// wait meanwhile. It is an offer inside the first screen, never a wall: one
// press takes it, one press gives it back, and everything at once stays open.
package recovery

import (
	"context"
	"math"
	"strconv"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/assets/i18n"
	"lectern/decks/collection"
)

// Collection is what the offer reads and changes.
type Collection interface {
	Recovery(context.Context) (*collection.Recovery, error)
	Recover(ctx context.Context, days int) error
}

// Options are what the offer needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
}

// Offer is a row of plans to choose from; it is hidden while there is nothing to
// recover from.
type Offer struct {
	o    Options
	row  *fyne.Container
	what *collection.Recovery
}

// New makes an offer that is hidden.
func New(o Options) *Offer {
	f := &Offer{o: o, row: kit.Row(12, kit.Stretch)}
	f.row.Hide()
	return f
}

// Object is the row.
func (f *Offer) Object() fyne.CanvasObject { return f.row }

// Set shows the plans there are; nil hides the offer.
func (f *Offer) Set(what *collection.Recovery) {
	f.what = what
	f.row.Objects = nil
	f.row.Hidden = what == nil || len(what.Options) == 0
	if f.row.Hidden {
		return
	}
	p := f.o.Printer
	for i, w := range what.Options {
		text := p.N("recovery.per_day", w.CardsPerDay, "Minutes", p.N("recovery.minutes", whole(w.MinutesPerDay)))
		if n := int(math.Round(w.Forgotten)); n > 0 {
			text += "\n" + p.N("recovery.forgotten", n)
		} else {
			text += "\n" + p.T("recovery.none_forgotten")
		}
		f.row.Add(kit.Share(1, kit.NewTile(p.N("recovery.in_days", w.Days), text, keys.Key(strconv.Itoa(i+1)), func() { f.take(w) })))
	}
}

// Title and Detail say what has come together, and what the plans are.
func (f *Offer) Title() string { return f.o.Printer.N("recovery.title", f.what.Backlog) }

// Detail is the sentence under the title.
func (f *Offer) Detail() string { return f.o.Printer.T("recovery.detail") }

// AtOnce names the way without a plan: everything today.
func (f *Offer) AtOnce() string {
	return f.o.Printer.T("recovery.at_once", "Minutes", f.o.Printer.N("recovery.minutes", whole(f.what.Minutes)))
}

// Open tells whether there is an offer.
func (f *Offer) Open() bool { return f.row.Visible() }

// Key takes the digit of a plan.
func (f *Offer) Key(k keys.Key) bool {
	n, ok := k.Digit()
	if !ok || !f.Open() || n < 1 || n > len(f.what.Options) {
		return false
	}
	f.take(f.what.Options[n-1])
	return true
}

// take begins a plan and says so in one sentence.
func (f *Offer) take(w collection.RecoveryOption) {
	p := f.o.Printer
	if err := f.o.Collection.Recover(context.Background(), w.Days); err != nil {
		f.o.Nav.Error(err)
		return
	}
	f.o.Nav.Toast(p.N("recovery.taken", w.Days, "Cards", p.N("recovery.cards", w.CardsPerDay)),
		nav.Action{Text: p.T("recovery.undo"), Key: keys.CtrlZ, Do: f.o.Nav.Undo})
}

// whole rounds minutes; nothing takes none.
func whole(minutes float64) int { return max(1, int(math.Round(minutes))) }
