package arrival

import (
	"net/url"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
	"lectern/decks/feed"
	"lectern/decks/feed/site"
)

// content is what there is to know of a deck before it is taken.
func (s *Screen) content() fyne.CanvasObject {
	p, sh := s.o.Printer, &s.o.Offer.Shipment
	deck := &sh.Release.Deck
	title := kit.NewLabel(deck.Title, kit.Question, theme.Ink)
	title.Balanced, title.MaxLines = true, 4
	col := kit.Column(0)
	if from := s.from(); from != "" {
		text := kit.NewText(from, kit.Caption, theme.Muted)
		text.Elide = true
		col.Add(text)
		col.Add(kit.Gap(0, 8))
	}
	col.Add(title)
	col.Add(kit.Gap(0, 6))
	col.Add(kit.NewLabel(p.T("arrival.author", "Author", sh.Trust.Last().Author), kit.Body, theme.Muted))
	col.Add(kit.Gap(0, 20))
	if s.o.Offer.Local {
		col.Add(kit.NewNotice(kit.Warning, "warning", p.T("arrival.local_lead"), p.T("arrival.local"), nil))
		col.Add(kit.Gap(0, 12))
	}
	col.Add(s.signature())
	col.Add(kit.Gap(0, 24))
	col.Add(s.facts())
	if strings.TrimSpace(sh.Statement.Notes) != "" {
		view := cardview.New(s.o.Texts)
		view.SetDocument(content.Parse(sh.Statement.Notes), cardview.Style{Type: kit.RowText, Colour: theme.Ink, Tallest: 320})
		col.Add(kit.Gap(0, 20))
		col.Add(kit.Rule())
		col.Add(kit.NewFold(p.T("arrival.notes"), "", kit.Pad(kit.Insets{Bottom: 8}, view)))
	}
	return col
}

// from is where the deck came from.
func (s *Screen) from() string {
	sh := &s.o.Offer.Shipment
	if sh.Name != "" {
		return s.o.Printer.T("arrival.from_file", "Name", sh.Name)
	}
	if h := host(sh.Feed); h != "" {
		return s.o.Printer.T("arrival.from_host", "Host", h)
	}
	return ""
}

// host is who is asked for updates, "" for nobody.
func host(address string) string {
	link, err := feed.ParseLink(address)
	if err != nil {
		return ""
	}
	if link.IsFile() {
		return link.File()
	}
	u, err := url.Parse(link.Address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// signature says who signed, and how far that is known.
func (s *Screen) signature() fyne.CanvasObject {
	p, sh := s.o.Printer, &s.o.Offer.Shipment
	author := sh.Trust.Last().Author
	key := kit.NewText(strings.ReplaceAll(site.Fingerprint(sh.Trust), " ", "\u00a0"), kit.Code.At(22, 30), theme.Ink)
	who := ""
	if sh.Signer.Name != "" && sh.Signer.Name != author {
		who = p.T("arrival.signed_for", "Name", sh.Signer.Name) + " "
	}
	if !s.o.Key.IsZero() {
		return kit.NewNotice(kit.Good, "shield-check", p.T("arrival.key_known_lead"), who+p.T("arrival.key_known"), key)
	}
	return kit.NewNotice(kit.Warning, "shield-warning", p.T("arrival.key_new_lead"), who+p.T("arrival.key_new"), key)
}

// facts are what is in the deck.
func (s *Screen) facts() fyne.CanvasObject {
	p, o := s.o.Printer, &s.o.Offer
	sh := &o.Shipment
	deck, st := &sh.Release.Deck, sh.Statement
	col := kit.Column(12)
	line := func(icon string, body fyne.CanvasObject) {
		col.Add(kit.Row(12, kit.Top, kit.Pad(kit.Insets{Top: 2}, kit.Icon(icon, 20, theme.Muted)), kit.Flex(body)))
	}
	fact := func(icon, text string) { line(icon, kit.NewLabel(text, kit.Body, theme.Ink)) }

	cards := p.N("arrival.cards", st.Content.Cards)
	if o.PerDay > 0 && o.First {
		cards += ", " + p.N("arrival.per_day", o.PerDay)
	}
	fact("file-text", cards)
	if n := len(deck.Sections); n > 0 {
		fact("book-open", s.sections())
	}
	if st.Media.Count > 0 {
		fact("image", p.T("arrival.media", "N", p.Int(st.Media.Count), "Size", p.Bytes(st.Media.Bytes)))
	}
	fact("package", s.release())
	license := p.T("arrival.no_license")
	if deck.License != "" {
		license = p.T("arrival.license", "License", short(deck.License, 120))
	}
	fact("copy", license)
	if n := st.History.Reviews; n > 0 && o.First {
		take := kit.NewCheck(p.N("arrival.past", n), false, func(on bool) { s.past = on })
		line("clock-counter-clockwise", kit.Column(2, take, kit.Pad(kit.Insets{Left: 32},
			kit.NewLabel(p.T("arrival.past_note", "Author", sh.Trust.Last().Author), kit.Caption, theme.Muted))))
	}
	if sh.Feed == "" || host(sh.Feed) == "" {
		fact("arrows-clockwise", p.T("arrival.no_feed"))
		return col
	}
	ask := kit.NewCheck(p.T("arrival.feed"), s.asking, func(on bool) { s.asking = on })
	line("arrows-clockwise", kit.Column(2, ask, kit.Pad(kit.Insets{Left: 32}, kit.NewLabel(p.T("arrival.feed_note", "Host", host(sh.Feed)), kit.Caption, theme.Muted))))
	return col
}

// sections names the first sections and counts them all.
func (s *Screen) sections() string {
	const most = 4
	p := s.o.Printer
	all := s.o.Offer.Shipment.Release.Deck.Sections
	var names []string
	for _, sec := range all[:min(most, len(all))] {
		if t := short(sec.Title, 60); t != "" {
			names = append(names, t)
		}
	}
	text := p.N("arrival.sections", len(all))
	if len(names) == 0 {
		return text
	}
	text += ": " + strings.Join(names, "; ")
	if more := len(all) - most; more > 0 {
		text += " " + p.N("arrival.sections_more", more)
	}
	return text
}

// short is a line of somebody else's, at most so many letters of it.
func short(s string, most int) string {
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}

// release is which one it is.
func (s *Screen) release() string {
	p, st := s.o.Printer, s.o.Offer.Shipment.Statement
	text := p.T("arrival.release", "N", p.Int(int(st.Seq)))
	if st.Label != "" {
		text += " · " + short(st.Label, 120)
	}
	if t, err := time.Parse(time.RFC3339, st.Time); err == nil {
		now := s.o.Now()
		text += " · " + p.DateFrom(now, t.In(now.Location()))
	}
	return text
}
