package home

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"lectern/app/exam/standing"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks/collection"
	"lectern/decks/subscribe"
)

// deckList is the sheet with the decks; one of them shows its sections.
type deckList struct {
	s     *Screen
	sheet *kit.Sheet
	body  *fyne.Container
	roll  *kit.Scroll
	decks []collection.DeckRow
	exams map[string]*standing.Standing // by deck; those worked out so far
	news  map[string]*subscribe.News    // by deck; of those that authors sign
	lines []fyne.CanvasObject           // all that is listed
	rows  []entry                       // the lines that can be chosen
	at    int                           // index of the chosen row, -1 for none
	wide  string                        // id of the deck that shows its sections; "" for none
	seen  bool                          // was shown before: what is closed stays closed
	small bool
	tight bool // too narrow for the words of a chip
}

// entry is a row one can choose.
type entry struct {
	row   *row
	scope collection.Scope
	deck  collection.DeckRow
}

func newDeckList(s *Screen) *deckList {
	l := &deckList{s: s, at: -1, body: kit.Column(0)}
	l.roll = kit.NewScroll(l.body)
	l.roll.Ground = theme.Paper
	l.sheet = kit.NewSheet(kit.Insets{}, l.roll)
	return l
}

func (l *deckList) fit(small bool) {
	if l.small != small {
		l.small = small
		l.rebuild()
	}
}

// narrow leaves out the words of chips in sections.
func (l *deckList) narrow(on bool) {
	if l.tight != on {
		l.tight = on
		l.rebuild()
	}
}

// show lists decks with something to do before those that are done for today.
func (l *deckList) show(decks []collection.DeckRow, news map[string]*subscribe.News) {
	l.decks, l.news = slices.Clone(decks), news
	slices.SortStableFunc(l.decks, func(a, b collection.DeckRow) int {
		return cmp.Compare(min(b.Due.Total(), 1), min(a.Due.Total(), 1))
	})
	if _, ok := l.deck(l.wide); !ok && len(decks) > 0 && (!l.seen || l.wide != "") {
		l.wide = l.decks[0].ID
	}
	l.seen = true
	l.rebuild()
}

// stand says how decks stand for their exams.
func (l *deckList) stand(exams map[string]*standing.Standing) {
	if len(exams) > 0 || len(l.exams) > 0 {
		l.exams = exams
		l.rebuild()
	}
}

func (l *deckList) deck(id string) (collection.DeckRow, bool) {
	for _, d := range l.decks {
		if d.ID == id {
			return d, true
		}
	}
	return collection.DeckRow{}, false
}

func (l *deckList) rebuild() {
	var chosen collection.Scope
	if l.at >= 0 && l.at < len(l.rows) {
		chosen = l.rows[l.at].scope
	}
	l.rows, l.at, l.lines = nil, -1, nil
	for i, d := range l.decks {
		if i > 0 {
			l.lines = append(l.lines, kit.Rule())
		}
		l.addDeck(d)
	}
	for i, e := range l.rows {
		if chosen != (collection.Scope{}) && e.scope == chosen {
			l.at = i
			e.row.choose(true)
		}
	}
	if n := len(l.rows); n > 0 {
		l.rows[0].row.first = true
		l.rows[n-1].row.last = l.lines[len(l.lines)-1] == fyne.CanvasObject(l.rows[n-1].row)
	}
	l.body.Objects = l.lines // all at once: a container lays out with each Add
	l.body.Refresh()
	l.sheet.Refresh()
}

func (l *deckList) addDeck(d collection.DeckRow) {
	open := d.ID == l.wide && len(d.Sections) > 0
	scope := collection.Scope{Deck: d.ID}
	title := kit.NewText(d.Title, kit.Sub, theme.Ink)
	title.Elide = true
	if !open {
		l.add(scope, d, 64, title, l.deckLine(d, title, open))
		l.addLate(d.ID)
		return
	}
	l.add(scope, d, 60, title, kit.Pad(kit.Insets{Top: 8}, l.deckLine(d, title, open)))
	l.addLate(d.ID)
	l.lines = append(l.lines, kit.Pad(kit.Insets{Top: 5, Right: 24, Bottom: 4, Left: 24}, l.captions()))
	height := float32(48)
	if l.small {
		height = 42
	}
	for _, sec := range d.Sections {
		name := kit.NewText(sec.Title, kit.Body, theme.Ink)
		name.Elide = true
		l.add(collection.Scope{Deck: d.ID, Section: sec.ID}, d, height, name, l.sectionLine(d, sec, name))
	}
	l.lines = append(l.lines, kit.Gap(0, 9))
}

func (l *deckList) add(scope collection.Scope, d collection.DeckRow, height float32, name *kit.Text, line fyne.CanvasObject) {
	e := entry{scope: scope, deck: d}
	e.row = newRow(height, kit.Pad(kit.Sides(0, 24), line), func() { l.press(scope) }, func(at fyne.CanvasObject) { l.menu(at, scope, d) })
	e.row.name = name
	l.rows = append(l.rows, e)
	l.lines = append(l.lines, e.row)
}

// press studies a section; a deck that is closed opens first.
func (l *deckList) press(scope collection.Scope) {
	if scope.Section == "" && scope.Deck != l.wide {
		l.wide = scope.Deck
		l.rebuild()
		return
	}
	l.s.o.Study(scope)
}

func (l *deckList) deckLine(d collection.DeckRow, title *kit.Text, open bool) fyne.CanvasObject {
	p := l.s.o.Printer
	parts := []fyne.CanvasObject{kit.Flex(title)}
	if d.Unanswered > 0 && !open {
		parts = append(parts, l.needsChip(d.Unanswered, collection.Scope{Deck: d.ID}))
	}
	if chip := l.newsChip(d.ID); chip != nil {
		parts = append(parts, chip)
	}
	if e := l.exams[d.ID]; e != nil {
		parts = append(parts, l.examChip(d.ID, e))
	}
	if d.Due.Total() == 0 {
		parts = append(parts, kit.NewChip(p.T("home.deck_done"), "check", kit.Good))
	}
	var dots *kit.IconButton
	dots = kit.NewIconButton("dots-three", p.T("home.deck_menu"), "", func() { l.menu(dots, collection.Scope{Deck: d.ID}, d) }).Tool()
	if !open && d.Due.Total() > 0 {
		parts = append(parts, number(d.Due.Total()))
	}
	parts = append(parts, dots)
	return kit.Row(12, kit.Middle, parts...)
}

func (l *deckList) captions() fyne.CanvasObject {
	p := l.s.o.Printer
	name, meter := l.widths()
	due := kit.NewText(p.T("home.today"), kit.Caption, theme.Muted)
	due.Align = fyne.TextAlignTrailing
	return kit.Row(l.gap(), kit.Middle,
		kit.Fixed(name, 0, kit.NewText(p.T("home.sections"), kit.Caption, theme.Muted)),
		kit.Fixed(meter+60, 0, kit.NewText(p.T("home.recall"), kit.Caption, theme.Muted)),
		kit.Spring(),
		kit.Fixed(60, 0, due),
	)
}

func (l *deckList) sectionLine(d collection.DeckRow, sec collection.SectionRow, name *kit.Text) fyne.CanvasObject {
	p := l.s.o.Printer
	nameW, meterW := l.widths()
	share := kit.NewText(p.Percent(sec.Recall), kit.Body, theme.Ink)
	share.Align = fyne.TextAlignTrailing
	parts := []fyne.CanvasObject{
		kit.Fixed(nameW, 0, name),
		kit.Fixed(meterW, 0, kit.NewMeter(sec.Recall)),
		kit.Fixed(44, 0, share),
	}
	rest := kit.Spring()
	if sec.Unanswered > 0 {
		rest = kit.Flex(kit.Row(0, kit.Middle, l.needsChip(sec.Unanswered, collection.Scope{Deck: d.ID, Section: sec.ID}), kit.Spring()))
	}
	parts = append(parts, rest, number(sec.Due.Total()))
	return kit.Row(l.gap(), kit.Middle, parts...)
}

// needsChip says how many cards have no answer, and lists them.
func (l *deckList) needsChip(n int, scope collection.Scope) fyne.CanvasObject {
	text := l.s.o.Printer.T("home.needs_answer", "N", n)
	if l.tight {
		text = l.s.o.Printer.Int(n)
	}
	chip := kit.NewFilter(text, "pencil-simple-line", false, func() {
		l.s.o.Cards(collection.Query{Scope: scope, Unanswered: true})
	})
	chip.Tone = kit.Warning
	chip.SetTip(l.s.o.Printer.T("home.list_unanswered"), keys.None)
	return chip
}

// examChip says when the exam is and whether the plan reaches what is wanted; it
// opens the plan.
func (l *deckList) examChip(deck string, e *standing.Standing) fyne.CanvasObject {
	p := l.s.o.Printer
	text, icon, tone := e.When(p), "calendar-check", kit.Active
	if e.Left > 0 {
		if l.small {
			text = p.Date(standing.DateOf(e.Day))
		}
		text += ": " + e.Verdict(p)
		icon, tone = "trend-down", kit.Warning
		if e.OnTrack {
			icon, tone = "check", kit.Good
		}
	}
	chip := kit.NewFilter(text, icon, false, func() { l.s.o.Exam(deck) })
	chip.Tone = tone
	tip := p.T("home.open_exam")
	if e.Left > 0 {
		tip = p.N("exam.left", e.Left) + ", " + p.T("exam.gives", "Of", e.Of100)
	}
	chip.SetTip(tip, keys.None)
	return chip
}

func (l *deckList) widths() (name, meter float32) {
	if l.small {
		return 140, 100
	}
	return 170, 180
}

func (l *deckList) gap() float32 {
	if l.small {
		return 12
	}
	return 16
}

func number(n int) fyne.CanvasObject {
	s := "—"
	if n > 0 {
		s = strconv.Itoa(n)
	}
	t := kit.NewText(s, kit.Body, theme.Ink)
	t.Align = fyne.TextAlignTrailing
	return kit.Fixed(32, 0, t)
}

// chosen is the scope of the chosen row.
func (l *deckList) chosen() (collection.Scope, bool) {
	if l.at < 0 || l.at >= len(l.rows) {
		return collection.Scope{}, false
	}
	return l.rows[l.at].scope, true
}

func (l *deckList) move(by int) {
	if len(l.rows) == 0 {
		return
	}
	if l.at >= 0 {
		l.rows[l.at].row.choose(false)
	}
	l.at += by
	if l.at < -1 || l.at >= len(l.rows) {
		l.at = min(max(l.at, 0), len(l.rows)-1)
	}
	if l.at >= 0 {
		l.rows[l.at].row.choose(true)
		y := l.rows[l.at].row.Position().Y
		l.roll.Reveal(y, y+l.rows[l.at].row.Size().Height)
	}
}

// open shows or hides the sections of the chosen deck.
func (l *deckList) open(on bool) {
	scope, ok := l.chosen()
	if !ok {
		return
	}
	if on {
		l.wide = scope.Deck
	} else {
		l.wide = ""
		for i, e := range l.rows {
			if e.scope == (collection.Scope{Deck: scope.Deck}) {
				l.at = i
			}
		}
	}
	l.rebuild()
}

func (l *deckList) remove() {
	if l.at >= 0 && l.at < len(l.rows) {
		l.putAway(l.rows[l.at].deck)
	}
}

// menuOfChosen opens the menu of the chosen row.
func (l *deckList) menuOfChosen() {
	if l.at >= 0 && l.at < len(l.rows) {
		e := l.rows[l.at]
		l.menu(e.row, e.scope, e.deck)
	}
}

func (l *deckList) menu(at fyne.CanvasObject, scope collection.Scope, d collection.DeckRow) {
	p := l.s.o.Printer
	items := []nav.Action{
		{Text: p.T("home.study"), Icon: "play", Do: func() { l.s.o.Study(scope) }},
		{Text: p.T("home.list_cards"), Icon: "list-bullets", Do: func() { l.s.o.Cards(collection.Query{Scope: scope}) }},
	}
	if d.Unanswered > 0 {
		items = append(items, nav.Action{Text: p.T("home.list_unanswered"), Icon: "pencil-simple-line",
			Do: func() { l.s.o.Cards(collection.Query{Scope: scope, Unanswered: true}) }},
			nav.Action{Text: p.T("home.drafts"), Icon: "file-text", Do: func() { l.s.o.Drafts(scope) }})
	}
	title := d.Title
	for _, sec := range d.Sections {
		if sec.ID == scope.Section && sec.ID != "" {
			title = sec.Title
		}
	}
	items = append(items, nav.Action{Text: p.T("home.custom"), Icon: "sliders-horizontal", Divider: true, Do: func() { l.s.o.Custom(scope, title) }})
	if list := l.s.list; list != nil {
		items = append(items, nav.Action{Text: p.T("home.go_on", "N", p.Int(list.Left)), Icon: "clock-counter-clockwise",
			Do: func() { l.s.o.Study(collection.Scope{List: true}) }})
	}
	if scope.Section == "" && l.news[d.ID] != nil {
		items = append(items, l.ofAuthor(d.ID)...)
	}
	if scope.Section == "" {
		items = append(items, nav.Action{Text: p.T("home.exam"), Icon: "calendar-check", Do: func() { l.s.o.Exam(d.ID) }})
		items = append(items, nav.Action{Text: p.T("home.load"), Icon: "gauge", Do: func() { l.s.o.Load(d.ID) }})
		items = append(items, l.giving(d)...)
		items = append(items, nav.Action{Text: p.T("home.remove"), Icon: "archive", Divider: true, Do: func() { l.putAway(d) }})
	}
	l.s.o.Nav.Menu(at, items)
}

// putAway removes a deck from sight; its history stays and undo brings it back.
func (l *deckList) putAway(d collection.DeckRow) {
	p := l.s.o.Printer
	l.s.o.Nav.Ask(nav.Question{
		Title: p.T("home.remove_title", "Deck", d.Title),
		Text:  p.T("home.remove_text"),
		Yes: nav.Action{Text: p.T("home.remove"), Danger: true, Do: func() {
			if err := l.s.o.Collection.RemoveDeck(context.Background(), d.ID); err != nil {
				l.s.o.Nav.Error(err)
				return
			}
			l.s.o.Nav.Toast(p.T("home.removed", "Deck", d.Title), nav.Action{Text: p.T("home.bring_back"), Do: l.s.o.Nav.Undo})
		}},
	})
}
