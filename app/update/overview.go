package update

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/feed/site"
	"lectern/decks/merge"
	"lectern/decks/release"
)

// overviewLine counts what an update does, in one line.
func (s *Screen) overviewLine() string {
	p, u := s.o.Printer, &s.o.Offer.Update
	var parts []string
	add := func(key string, n int) {
		if n > 0 {
			parts = append(parts, p.N(key, n))
		}
	}
	if s.o.Offer.Back {
		n := map[string]int{}
		for i := range u.Rows {
			if r := &u.Rows[i]; r.Kind != merge.RowMoved {
				n[backwards(r)]++
			}
		}
		for _, way := range []string{"new", "changed", "gone"} {
			add("update.count_back_"+way, n[way])
		}
		add("update.count_moved", u.Moved)
		return s.counted(parts)
	}
	add("update.count_new", u.New)
	switch {
	case u.Substance > 0:
		parts = append(parts, p.N("update.count_fixed", u.Fixed)+", "+p.N("update.count_substance", u.Substance))
	default:
		add("update.count_fixed", u.Fixed)
	}
	add("update.count_retired", u.Retired)
	add("update.count_returned", u.Returned)
	add("update.count_split", u.Split)
	add("update.count_joined", u.Joined)
	add("update.count_moved", u.Moved)
	return s.counted(parts)
}

// counted is a line of counts.
func (s *Screen) counted(parts []string) string {
	if len(parts) == 0 {
		return s.o.Printer.T("update.count_none")
	}
	return upper(strings.Join(parts, dot))
}

// assurance is what an update leaves alone.
func (s *Screen) assurance() string {
	if s.o.Offer.Back {
		return s.o.Printer.T("update.assurance_back", "N", s.had())
	}
	return s.o.Printer.T("update.assurance")
}

// dot stands between parts of a line, and not at its beginning.
const dot = "\u00a0· "

// upper begins a line with a capital.
func upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// yours is what of the student's an update touches, and that it stays.
func (s *Screen) yours() string {
	p, o := s.o.Printer, &s.o.Offer
	var parts []string
	add := func(key string, n int) {
		if n > 0 {
			parts = append(parts, p.N(key, n))
		}
	}
	y := o.Update.Yours
	add("update.yours_kept", y.Kept)
	add("update.yours_merged", y.Merged)
	add("update.yours_asks", y.Asks)
	add("update.yours_answers", o.Reviews)
	if len(parts) == 0 {
		return p.T("update.yours_none")
	}
	return p.T("update.yours", "What", strings.Join(parts, dot))
}

// days is what an update does to the coming days, "" for nothing.
func (s *Screen) days() string {
	p, o := s.o.Printer, &s.o.Offer
	var parts []string
	if o.Sooner > 0 {
		parts = append(parts, p.N("update.days_sooner", o.Sooner))
	}
	switch {
	case o.Fresh > 0 && o.PerDay > 0:
		parts = append(parts, p.N("update.days_new", o.Fresh)+" "+p.N("update.days_limit", o.PerDay))
	case o.Fresh > 0:
		parts = append(parts, p.N("update.days_new", o.Fresh)+" "+p.T("update.days_off"))
	}
	if len(parts) == 0 {
		return ""
	}
	return p.T("update.days", "What", strings.Join(parts, ", "))
}

// signer says who signed the release.
func (s *Screen) signer() string {
	p, sh := s.o.Printer, &s.o.Offer.Shipment
	author, key := sh.Trust.Last().Author, site.Fingerprint(sh.Trust)
	if sh.Signer.Name != "" && sh.Signer.Name != author {
		return p.T("update.signer_for", "Name", sh.Signer.Name, "Author", author, "Key", key)
	}
	return p.T("update.signer", "Author", author, "Key", key)
}

// overview is what is new as a whole.
func (v *pageView) overview() fyne.CanvasObject {
	s := v.s
	p, o := s.o.Printer, &s.o.Offer
	st := o.Shipment.Statement
	deck := kit.NewText(o.Shipment.Release.Deck.Title, kit.Caption, theme.Muted)
	deck.Elide = true
	head := p.T("update.head", "N", s.number())
	if o.Back {
		head = p.T("update.head_back", "N", s.number())
	}
	if st.Label != "" {
		head += " · " + st.Label
	}
	over := kit.NewLabel(head, title, theme.Ink)
	over.Balanced, over.MaxLines = true, 3
	col := kit.Column(0,
		kit.Row(12, kit.Middle, kit.Flex(deck), kit.NewText(s.date(st), kit.Caption, theme.Muted)), kit.Gap(0, 10), over, kit.Gap(0, 8),
		kit.NewLabel(s.overviewLine(), kit.Body, theme.Ink))
	if o.Back {
		col.Add(kit.Gap(0, 6))
		col.Add(kit.NewLabel(p.T("update.say_back", "N", s.number()), kit.Body, theme.Muted))
	}
	col.Add(kit.Gap(0, 20))
	facts := kit.Column(12)
	fact := func(icon, text string, ink fyne.ThemeColorName) {
		if text != "" {
			facts.Add(kit.Row(12, kit.Top, kit.Pad(kit.Insets{Top: 2}, kit.Icon(icon, 20, ink)), kit.Flex(kit.NewLabel(text, kit.Body, theme.Ink))))
		}
	}
	if o.Local {
		facts.Add(kit.NewNotice(kit.Warning, "shield-warning", p.T("update.local_lead"),
			p.T("update.local", "Author", o.Shipment.Trust.Last().Author, "Key", site.Fingerprint(o.Shipment.Trust)), nil))
	} else {
		fact("shield-check", p.T("update.signed_by", "Who", s.signer()), theme.Accent)
	}
	fact("pencil-simple-line", s.yours(), theme.Muted)
	fact("calendar-blank", s.days(), theme.Muted)
	fact("clock-counter-clockwise", s.assurance(), theme.Muted)
	col.Add(facts)
	if notes := v.notes(); notes != nil {
		col.Add(kit.Gap(0, 24))
		col.Add(kit.Rule())
		col.Add(notes)
	}
	return col
}

// date is the day of a release.
func (s *Screen) date(st release.Statement) string {
	t, err := time.Parse(time.RFC3339, st.Time)
	if err != nil {
		return ""
	}
	now := s.o.Now()
	return s.o.Printer.DateFrom(now, t.In(now.Location()))
}

// notes are what the author says of each release on the way, the newest first and
// unfolded.
func (v *pageView) notes() fyne.CanvasObject {
	p := v.s.o.Printer
	way := slices.Clone(v.s.o.Offer.Shipment.Way)
	slices.Reverse(way)
	col := kit.Column(0)
	for _, st := range way {
		if strings.TrimSpace(st.Notes) == "" {
			continue
		}
		name := p.T("update.notes_of", "N", p.Int(int(st.Seq)))
		when := v.s.date(st)
		if st.Label != "" {
			when = strings.Trim(st.Label+" · "+when, " ·")
		}
		fold := kit.NewFold(name, when, kit.Pad(kit.Insets{Bottom: 12}, v.draw(st.Notes, answered)))
		if len(col.Objects) == 0 {
			fold.Open(true)
		} else {
			col.Add(kit.Rule())
		}
		col.Add(fold)
	}
	if len(col.Objects) == 0 {
		return nil
	}
	return col
}

// nothing says that there is no change.
func (v *pageView) nothing() fyne.CanvasObject {
	s := v.s
	p := s.o.Printer
	over := kit.NewLabel(p.T("update.same"), kit.Heading, theme.Ink)
	text := p.T("update.same_note", "N", s.number())
	if when := s.date(s.o.Offer.Shipment.Statement); when != "" {
		text = p.T("update.same_note_of", "N", s.number(), "When", when)
	}
	return kit.Column(0, over, kit.Gap(0, 8), kit.NewLabel(text, kit.Body, theme.Muted), kit.Gap(0, 20),
		kit.Row(12, kit.Top, kit.Pad(kit.Insets{Top: 2}, kit.Icon("shield-check", 20, theme.Accent)),
			kit.Flex(kit.NewLabel(p.T("update.signed_by", "Who", s.signer()), kit.Body, theme.Ink))),
		kit.Gap(0, 24), kit.Row(0, kit.Middle, kit.NewButton(p.T("update.close"), kit.Secondary, s.o.Nav.Back), kit.Spring()))
}
