package custom

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks"
	"lectern/decks/collection"
)

// way is a line of the screen: a way to choose cards, how far it reaches, and
// how many cards it finds.
type way struct {
	s     *Screen
	at    int
	kind  string
	most  int // cards taken; 0: all
	reach []int
	days  int        // index of reach
	field *kit.Field // words and tags; nil for the other ways

	cards []decks.CardID
	item  *kit.Item
	span  *kit.Text // "3 days"
	found *kit.Text
}

// weakest is how many of the least known cards are taken.
const weakest = 20

// makeWays fills the list of ways.
func (s *Screen) makeWays() {
	for _, w := range []way{
		{kind: collection.SelectAll},
		{kind: collection.SelectForgotten, reach: []int{1, 2, 3, 7, 14, 30}},
		{kind: collection.SelectWeak, most: weakest},
		{kind: collection.SelectAhead, reach: []int{1, 2, 3, 5, 7, 14, 30}, days: 2},
		{kind: collection.SelectNew},
	} {
		s.add(&w, true)
	}
	words := &way{kind: collection.SelectAll}
	words.field = kit.NewField("", s.o.Printer.T("custom.words_hint"), func(string) { s.count() })
	words.field.Submitted = func(string) { s.start() }
	words.field.Moved = func(k keys.Key) { s.Key(k) }
	s.add(words, false)
	for i, w := range s.ways {
		w.item.Select(i == s.on)
	}
}

func (s *Screen) add(w *way, canBeAsked bool) {
	p := s.o.Printer
	w.s, w.at = s, len(s.ways)
	if canBeAsked && w.kind == s.o.Ask.Kind {
		s.on = w.at
	}
	w.found = kit.NewText("…", kit.Body, theme.Muted)
	w.found.Align = fyne.TextAlignTrailing
	title, why := p.T("custom."+w.key()), p.T("custom.why_"+w.key())
	line := kit.Row(12, kit.Middle,
		kit.Fixed(24, 0, kit.Icon(w.icon(), 20, theme.Muted)),
		kit.Flex(kit.Column(0, kit.NewText(title, kit.Body, theme.Ink), kit.NewText(why, kit.Caption, theme.Muted))))
	switch {
	case w.field != nil:
		line.Add(kit.Fixed(240, 0, w.field))
	case len(w.reach) > 0:
		w.span = kit.NewText(w.far(), kit.Body, theme.Ink)
		w.span.Align = fyne.TextAlignCenter
		step := func(icon, tip string, k keys.Key, by int) fyne.CanvasObject {
			return kit.NewIconButton(icon, p.T(tip), k, func() { s.choose(w.at); w.step(by) }).Tool()
		}
		line.Add(kit.Row(0, kit.Middle, step("caret-left", "custom.less", keys.Left, -1),
			kit.Fixed(84, 0, w.span), step("caret-right", "custom.more", keys.Right, 1)))
	}
	line.Add(kit.Fixed(56, 0, w.found))
	w.item = kit.NewItem(kit.Sides(0, edge), kit.Fixed(0, 58, line), func() { s.choose(w.at) })
	s.ways = append(s.ways, w)
	s.list.Add(w.item)
}

// key names the way in the catalogue.
func (w *way) key() string {
	if w.field != nil {
		return "words"
	}
	return w.kind
}

func (w *way) name() string { return w.s.o.Printer.T("custom." + w.key()) }

func (w *way) icon() string {
	return map[string]string{
		collection.SelectAll: "book-open", collection.SelectForgotten: "arrow-counter-clockwise", collection.SelectWeak: "trend-down",
		collection.SelectAhead: "calendar-blank", collection.SelectNew: "plus", "words": "magnifying-glass",
	}[w.key()]
}

// far says how far the way reaches.
func (w *way) far() string {
	n := w.reach[w.days]
	if w.kind == collection.SelectForgotten && n == 1 {
		return w.s.o.Printer.T("custom.today")
	}
	return w.s.o.Printer.N("custom.days", n)
}

// step reaches further, or less far.
func (w *way) step(by int) {
	to := min(max(w.days+by, 0), len(w.reach)-1)
	if len(w.reach) == 0 || to == w.days {
		return
	}
	w.days = to
	w.span.Set(w.far())
	w.s.count()
}

// selection is what the way asks the collection for. Words that begin with #
// are tags.
func (w *way) selection() collection.Selection {
	out := collection.Selection{Scope: w.s.o.Ask.Scope, Kind: w.kind, Limit: w.most}
	if len(w.reach) > 0 {
		out.Days = w.reach[w.days]
	}
	if w.field != nil {
		words := strings.Fields(w.field.Text())
		for _, word := range words {
			if tag, ok := strings.CutPrefix(word, "#"); ok && tag != "" {
				out.Tags = append(out.Tags, tag)
			}
		}
		out.Text = strings.Join(slices.DeleteFunc(words, func(word string) bool { return strings.HasPrefix(word, "#") }), " ")
	}
	return out
}

// show says how many cards the way finds.
func (w *way) show(cards []decks.CardID) {
	w.cards = cards
	text := w.s.o.Printer.Int(len(cards))
	if w.field != nil && strings.TrimSpace(w.field.Text()) == "" {
		text = ""
	}
	w.found.Set(text)
}
