package load

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/collection"
)

// limits are the numbers that hold for one day alone, for a deck or for all of
// them together, and those of all decks together for every day. An empty field
// is no such limit.
type limits struct {
	s      *Screen
	pick   *kit.Picker
	decks  []string // by the picker: "" is all decks together
	deck   string   // the one whose day is shown
	today  pair
	always pair
	gen    int
}

// pair is a limit of new cards and one of reviews.
type pair struct {
	fresh, reviews *limit
	entry          *entry
}

// limit is a field of a number that may be empty.
type limit struct {
	field *kit.Field
	holds *int
}

func newLimits(s *Screen) *limits {
	p := s.o.Printer
	l := &limits{s: s, decks: []string{""}}
	l.pick = kit.NewPicker([]string{p.T("load.all_decks")}, 0, func(i int) { l.choose(l.decks[i]) })
	l.today = l.pair(p.T("load.as_usual"), true)
	l.always = l.pair(p.T("load.no_limit"), false)
	return l
}

func (l *limits) rows() []fyne.CanvasObject {
	p := l.s.o.Printer
	why := func(key string) fyne.CanvasObject { return kit.NewLabel(p.T(key), kit.Caption, theme.Muted) }
	return []fyne.CanvasObject{
		row(p.T("load.today_for"), why("load.today_for_why"), &entry{control: kit.Fixed(pickerWide, 0, l.pick)}),
		row(p.T("load.today"), why("load.today_why"), l.today.entry),
		row(p.T("load.always"), why("load.always_why"), l.always.entry),
	}
}

// pair makes two fields; what is typed is kept when a field is left.
func (l *limits) pair(placeholder string, today bool) pair {
	p := l.s.o.Printer
	wrong := kit.NewLabel("", kit.Caption, theme.Error)
	wrong.Align = fyne.TextAlignTrailing
	wrong.Hide()
	e := &entry{wrong: wrong}
	var both pair
	make := func(unit string) *limit {
		f := &limit{}
		f.field = kit.NewField("", placeholder, func(text string) {
			_, bad := l.read(text)
			e.fail(bad)
		})
		f.field.After = kit.NewText(p.T(unit), kit.Caption, theme.Muted)
		keep := func() { l.keep(&both, f, today) }
		f.field.Left = func(string) { keep() }
		f.field.Submitted = f.field.Left
		l.s.flushes = append(l.s.flushes, keep)
		return f
	}
	both = pair{fresh: make("load.unit_new"), reviews: make("load.unit_reviews"), entry: e}
	e.control = kit.Row(8, kit.Middle, kit.Fixed(limitWide, 0, both.fresh.field), kit.Fixed(limitWide, 0, both.reviews.field))
	return both
}

const limitWide = 176

// read takes a limit: nil for an empty field; bad says what is wrong.
func (l *limits) read(text string) (n *int, bad string) {
	p := l.s.o.Printer
	if text == "" {
		return nil, ""
	}
	v, err := parseInt(text)
	if err != nil || v < 0 || v > 99999 {
		return nil, p.T("load.want_limit", "High", p.Int(99999))
	}
	return &v, ""
}

func write(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func (f *limit) show(n *int) {
	if write(n) != write(f.holds) {
		f.holds = n
		f.field.SetText(write(n))
	}
}

// keep keeps a field that was left; what is wrong goes back to what holds.
func (l *limits) keep(both *pair, f *limit, today bool) {
	text := f.field.Text()
	if text == write(f.holds) {
		return
	}
	n, bad := l.read(text)
	if bad != "" {
		f.field.SetText(write(f.holds))
		holds := write(f.holds)
		if holds == "" {
			holds = l.s.o.Printer.T("load.nothing")
		}
		both.entry.fail(l.s.o.Printer.T("load.kept", "Text", text, "Why", bad, "Holds", holds))
		return
	}
	was := f.holds
	f.holds = n
	both.entry.fail("")
	deck := ""
	if today {
		deck = l.deck
	}
	set := collection.Limits{New: both.fresh.holds, Reviews: both.reviews.holds}
	if err := l.s.o.Collection.SetLimits(context.Background(), deck, set, today); err != nil {
		l.s.o.Nav.Error(err)
		f.holds = was
		f.field.SetText(write(was))
	}
}

// choose shows the day of another deck.
func (l *limits) choose(deck string) {
	l.keep(&l.today, l.today.fresh, true) // what still stands in the fields is the other's
	l.keep(&l.today, l.today.reviews, true)
	l.deck = deck
	l.load()
}

// load reads the limits, and the decks they can be for.
func (l *limits) load() {
	p := l.s.o.Printer
	if len(l.decks) == 1 && l.s.o.Deck != "" {
		l.deck = l.s.o.Deck
	}
	names, ids, on := []string{p.T("load.all_decks")}, []string{""}, 0
	for _, d := range l.s.decks {
		if d.ID == l.deck {
			on = len(ids)
		}
		names, ids = append(names, d.Title), append(ids, d.ID)
	}
	l.decks, l.deck, l.pick.Items, l.pick.On = ids, ids[on], names, on
	l.pick.Refresh()
	l.gen++
	gen, deck := l.gen, l.deck
	l.s.o.Background(func() {
		day, err := l.s.o.Collection.Limits(context.Background(), deck)
		all := day
		if err == nil && deck != "" {
			all, err = l.s.o.Collection.Limits(context.Background(), "")
		}
		fyne.Do(func() {
			if gen != l.gen {
				return
			}
			if err != nil {
				l.s.o.Nav.Error(err)
				return
			}
			l.today.fresh.show(day.Today.New)
			l.today.reviews.show(day.Today.Reviews)
			l.always.fresh.show(all.Always.New)
			l.always.reviews.show(all.Always.Reviews)
		})
	})
}
