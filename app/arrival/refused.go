package arrival

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/fault"
)

// Refusal says what could not be taken, and why.
type Refusal struct {
	Nav     nav.Navigator
	Printer *i18n.Printer

	Err   error  // its fault decides what is said
	Name  string // of the file, or the host that it came from
	Title string // of the deck that is there and stays as it is; "" when there is none
	// Releases shows the releases of the deck that are kept here; nil when there are
	// none to show. It is offered for an older release.
	Releases func()
	// Again tries once more. It is offered where another try may end otherwise; nil
	// where that is no use.
	Again func()
}

// Refused is the page of a package that was not taken.
type Refused struct {
	o      Refusal
	enter  func() // what Enter does
	pad    *fyne.Container
	object *fyne.Container
}

// why is how a refusal looks.
type why struct {
	icon  string
	ink   fyne.ThemeColorName
	again bool // another try may end otherwise
}

// whys are the refusals with a page of their own.
var whys = map[fault.Code]why{
	fault.OtherAuthor:    {"shield-warning", theme.Error, false},
	fault.RevokedKey:     {"shield-warning", theme.Error, false},
	fault.NotSigned:      {"shield-warning", theme.Error, false},
	fault.TwinReleases:   {"shield-warning", theme.Warn, false},
	fault.FarRelease:     {"shield-warning", theme.Warn, false},
	fault.OlderRelease:   {"clock-counter-clockwise", theme.Muted, false},
	fault.DamagedPackage: {"package", theme.Warn, true},
	fault.NotAPackage:    {"package", theme.Muted, false},
	fault.NewerRelease:   {"download-simple", theme.Muted, false},
	fault.NewerFeed:      {"download-simple", theme.Muted, false},
	fault.StaleFeed:      {"warning", theme.Warn, true},
	fault.DamagedSite:    {"warning", theme.Warn, true},
}

// Refuse makes the page of a package that was not taken.
func Refuse(o Refusal) *Refused {
	r := &Refused{o: o, enter: o.Nav.Back}
	p, f := o.Printer, fault.Of(o.Err)
	if f == nil {
		f = fault.New(fault.Unknown, nil)
	}
	w, known := whys[f.Code]
	if !known {
		w = why{"warning", theme.Error, o.Again != nil}
	}
	head, means, what := p.T("arrival.refused_title"), p.Fault(f), ""
	if known {
		args := []any{"Name", o.Name}
		for k, v := range f.Args {
			args = append(args, k, v)
		}
		code := string(f.Code)
		head, means, what = p.T("arrival.refused_"+code, args...), p.T("arrival.means_"+code, args...), p.T("arrival.advice_"+code, args...)
	}
	col := kit.Column(0)
	if from := r.from(); from != "" {
		text := kit.NewText(from, kit.Caption, theme.Muted)
		text.Elide = true
		col.Add(text)
		col.Add(kit.Gap(0, 14))
	}
	ink := theme.Ink
	if w.ink == theme.Error {
		ink = theme.Error
	}
	over := kit.NewLabel(head, kit.Heading, ink)
	over.Balanced = true
	col.Add(kit.Row(14, kit.Top, kit.Pad(kit.Insets{Top: 2}, kit.Icon(w.icon, 28, w.ink)), kit.Flex(over)))
	col.Add(kit.Gap(0, 14))
	col.Add(kit.NewLabel(means, kit.Body, theme.Ink))
	if what != "" {
		col.Add(kit.Gap(0, 10))
		col.Add(kit.NewLabel(what, kit.Body, theme.Ink))
	}
	if o.Title != "" {
		col.Add(kit.Gap(0, 18))
		col.Add(kit.Row(10, kit.Top, kit.Pad(kit.Insets{Top: 1}, kit.Icon("check", 18, theme.Success)),
			kit.Flex(kit.NewLabel(p.T("arrival.safe", "Deck", o.Title), kit.Caption, theme.Muted))))
	}
	col.Add(kit.Gap(0, 26))
	col.Add(r.ways(f, w))
	if cause := o.Err; cause != nil {
		col.Add(kit.Gap(0, 12))
		col.Add(r.details(cause.Error()))
	}
	r.object, r.pad = sheet(col)
	return r
}

// from is what was not taken.
func (r *Refused) from() string { return r.o.Name }

// ways are the buttons: the way back, and another one where there is one.
func (r *Refused) ways(f *fault.Fault, w why) fyne.CanvasObject {
	p := r.o.Printer
	row := kit.Row(12, kit.Middle)
	closing := kit.NewButton(p.T("arrival.close"), kit.Secondary, r.o.Nav.Back)
	switch {
	case f.Code == fault.OlderRelease && r.o.Releases != nil:
		r.enter = r.o.Releases
		row.Add(kit.NewButton(p.T("arrival.releases"), kit.Primary, r.o.Releases).WithKey(keys.Enter))
		closing.Kind = kit.Quiet
	case w.again && r.o.Again != nil:
		r.enter = r.again
		row.Add(kit.NewButton(p.T("arrival.again"), kit.Primary, r.again).WithKey(keys.Enter))
		closing.Kind = kit.Quiet
	default:
		closing.Key = keys.Enter
	}
	row.Add(closing)
	row.Add(kit.Spring())
	return row
}

// again leaves and tries once more.
func (r *Refused) again() {
	r.o.Nav.Back()
	r.o.Again()
}

// details is the cause for who is asked for help, folded away.
func (r *Refused) details(cause string) fyne.CanvasObject {
	p := r.o.Printer
	text := kit.NewLabel(cause, kit.Code.At(13, 20), theme.Muted)
	copyIt := kit.NewButton(p.T("arrival.copy"), kit.Quiet, nil).WithIcon("copy").Sized(theme.ControlSmall, 0)
	copyIt.OnTapped(func() { fyne.CurrentApp().Clipboard().SetContent(cause) })
	return kit.NewFold(p.T("arrival.details"), "", kit.Row(12, kit.Top, kit.Flex(text), copyIt))
}

// Object is for nav.Screen.
func (r *Refused) Object() fyne.CanvasObject { return r.object }

// Key takes the only way there is.
func (r *Refused) Key(k keys.Key) bool {
	if k != keys.Enter {
		return false
	}
	r.enter()
	return true
}

// Help is for nav.Screen.
func (r *Refused) Help() []nav.Hint { return nil }

// Bar is for nav.Screen.
func (r *Refused) Bar() nav.Bar { return nav.Bar{Title: r.o.Printer.T("arrival.refused")} }

// Shown is for nav.Screen.
func (r *Refused) Shown() { r.o.Nav.Focus(nil) }

// Hidden is for nav.Screen.
func (r *Refused) Hidden() {}

// Fit is for nav.Fitter.
func (r *Refused) Fit(small bool) { fit(r.pad, small) }

// CanLeave is for nav.Screen.
func (r *Refused) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
