package releases

import (
	"context"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks/collection"
	"lectern/decks/feed"
)

// modes are the ways to follow, in the order in which they are offered.
var modes = []collection.Mode{collection.Asking, collection.Automatic, collection.PinnedAt}

// following says where new releases are looked for, what is known of them, and what
// happens to them.
func (s *Screen) following() fyne.CanvasObject {
	p, n := s.o.Printer, &s.data.news
	where, why := p.T("releases.nowhere"), p.T("releases.nowhere_why")
	acts := []fyne.CanvasObject{}
	if n.Subscription.Feed != "" {
		where, why = s.host(), p.T("releases.feed_why")
		copied := kit.NewIconButton("copy", p.T("releases.copy"), keys.None, func() {
			s.o.Copy(n.Subscription.Feed)
			s.o.Nav.Toast(p.T("releases.copied"))
		}).Tool()
		acts = append(acts, copied)
	}
	acts = append(acts, small(p.T("releases.change"), kit.Quiet, s.change))
	rows := []fyne.CanvasObject{}
	if notice := s.notice(); notice != nil {
		rows = append(rows, notice)
	}
	rows = append(rows, row(where, why, acts...))
	if n.Subscription.Feed != "" {
		rows = append(rows, row(s.checked(), s.late(), small(p.T("releases.check"), kit.Secondary, s.o.Check).WithIcon("arrows-clockwise")))
	}
	on, names := 0, make([]string, len(modes))
	for i, m := range modes {
		names[i] = p.T("releases.mode_" + string(m))
		if m == n.Following.Mode {
			on = i
		}
	}
	rows = append(rows, kit.Column(8,
		kit.NewLabel(p.T("releases.mode"), kit.Body, theme.Ink),
		kit.Row(0, kit.Middle, kit.NewSegment(names, on, func(i int) {
			f := n.Following
			f.Mode = modes[i]
			s.set(f)
		}), kit.Spring()),
		kit.NewLabel(p.T("releases.why_"+string(modes[on])), kit.Caption, theme.Muted)))
	if n.Following.Skip > 0 {
		rows = append(rows, row(p.T("releases.skips", "N", p.Int(int(n.Following.Skip))), "", small(p.T("releases.unskip"), kit.Quiet, func() {
			f := n.Following
			f.Skip, f.SkipEpoch = 0, 0
			s.set(f)
		})))
	}
	return sheet(p.T("releases.news"), rows...)
}

// notice tells of a release that waits, or of an answer that is not believed.
func (s *Screen) notice() fyne.CanvasObject {
	p, n := s.o.Printer, &s.data.news
	switch {
	case n.Alarm != nil:
		return kit.NewNotice(kit.Warning, "shield-warning", p.T("releases.alarm"), p.Fault(n.Alarm), nil)
	case n.Offer != nil:
		return kit.NewNotice(kit.Active, "package", s.name(n.Offer.Seq, n.Offer.Label), p.T("releases.offered_on", "Date", s.day(n.Offer.Time)),
			small(p.T("releases.look"), kit.Primary, s.o.Newer))
	}
	return nil
}

// host is where the feed lies, for people.
func (s *Screen) host() string {
	link, err := feed.ParseLink(s.data.news.Subscription.Feed)
	if err != nil {
		return s.data.news.Subscription.Feed
	}
	if link.IsFile() {
		return strings.TrimSuffix(link.File(), feed.Name)
	}
	u, err := url.Parse(link.Address)
	if err != nil {
		return link.Address
	}
	return u.Host + strings.TrimSuffix(u.Path, feed.Name)
}

// checked says when the feed answered last, and what is new.
func (s *Screen) checked() string {
	p, n := s.o.Printer, &s.data.news
	if n.Checked.IsZero() {
		return p.T("releases.never_checked")
	}
	at := n.Checked.In(s.o.Now().Location())
	when := p.DateFrom(s.o.Now(), at) + ", " + p.Clock(at)
	switch {
	case n.Offer != nil || len(n.Fresh) > 0:
		return p.T("releases.checked", "When", when)
	}
	return p.T("releases.checked_none", "When", when)
}

// late says that nothing has been heard of the author for long.
func (s *Screen) late() string {
	if s.data.news.Late.IsZero() {
		return ""
	}
	return s.o.Printer.T("releases.late", "Date", s.o.Printer.DateFrom(s.o.Now(), s.data.news.Late.In(s.o.Now().Location())))
}

// set says how the deck follows its author.
func (s *Screen) set(f collection.Following) {
	if err := s.o.Collection.Follow(context.Background(), s.o.Deck, f); err != nil {
		s.o.Nav.Error(err)
	}
	s.Reload()
}

// change asks for another address.
func (s *Screen) change() {
	p := s.o.Printer
	was := s.data.news.Subscription.Feed
	address := kit.NewField(was, p.T("releases.address_hint"), nil)
	var closeForm func()
	form := nav.Form{
		Title: p.T("releases.address_title"),
		Content: kit.Column(8,
			kit.NewLabel(p.T("releases.address_why"), kit.Caption, theme.Muted), address),
		First: address.Focusable(), Save: p.T("releases.address_save"),
		Dirty: func() bool { return strings.TrimSpace(address.Text()) != was },
		Keep:  func() error { return s.setFeed(strings.TrimSpace(address.Text())) },
	}
	address.Submitted = func(string) {
		if form.Keep() == nil {
			closeForm()
		}
	}
	closeForm = s.o.Nav.Form(form)
}

func (s *Screen) setFeed(text string) error {
	ctx := context.Background()
	if text == "" {
		return s.o.Collection.SetFeed(ctx, s.o.Deck, "")
	}
	link, err := feed.ParseLink(text)
	if err != nil {
		return err
	}
	if roots := s.data.news.Author.Root; link.Key.IsZero() && len(roots) > 0 {
		link.Key = roots[0].Public
	}
	if err := s.o.Typed(ctx, s.o.Deck, link); err != nil {
		return err
	}
	return s.o.Collection.SetFeed(ctx, s.o.Deck, link.String())
}
