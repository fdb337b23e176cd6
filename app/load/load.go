// Package load is the screen of how much to study: one choice a student
// understands, how much he wants to remember, beside what it costs him a day;
// three plain settings under it; and everything else of a preset folded away.
//
// What is changed holds at once and can be undone like any other act. What is
// typed wrong is not kept: the line under the field says why, and what holds.
package load

import (
	"context"
	"reflect"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/follow"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/scheduler"
	"lectern/scheduler/advise"
)

// Collection is what the screen reads and changes.
type Collection interface {
	Presets(context.Context) ([]collection.PresetInfo, error)
	PresetOf(ctx context.Context, deck string) (collection.PresetInfo, error)
	ChangePreset(ctx context.Context, id string, p scheduler.Preset) error
	AddPreset(ctx context.Context, name, like string) (id string, err error)
	RenamePreset(ctx context.Context, id, name string) error
	RemovePreset(ctx context.Context, id string) error
	UsePreset(ctx context.Context, deck, id string) error
	Limits(ctx context.Context, deck string) (collection.LimitsInfo, error)
	SetLimits(ctx context.Context, deck string, l collection.Limits, today bool) error
	Outlook(ctx context.Context, preset string, p collection.Progress) (collection.Outlook, error)
	AdviseSteps(ctx context.Context, preset string) (advise.Steps, error)
	Decks(context.Context) ([]collection.DeckRow, error)
	Subscribe(func(collection.Change)) (cancel func())
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Deck       string // whose preset is shown; "" for that of all decks without another

	Forecast func(preset string) // shows the year ahead
	Fitting  func(preset string) // shows how the memory model fits

	Background func(func()) // runs a read; nil is a goroutine of its own

	// Later runs f after a while, unless stopped; nil is time.AfterFunc.
	Later func(d time.Duration, f func()) (stop func())
}

// settle is how long the slider rests before its number is kept, so that a walk
// of ten steps is one act to undo.
const settle = 500 * time.Millisecond

// Screen shows a preset.
type Screen struct {
	o      Options
	object *fyne.Container
	body   *fyne.Container // what lies beside or under the list of places
	places *fyne.Container
	frame  *fyne.Container
	margin *fyne.Container
	roll   *kit.Scroll
	failed *fyne.Container // why nothing could be read

	recall *recall
	limits *limits
	advice *advice
	owner  *fyne.Container // whose preset it is, when a deck was asked for
	title  *kit.Button     // the menu at the title

	id      string // of the preset that is shown
	preset  scheduler.Preset
	loaded  bool
	presets []collection.PresetInfo
	decks   []collection.DeckRow
	shows   []func(scheduler.Preset) // give each control its value
	flushes []func()                 // keep what stands in a field

	gen    int
	follow follow.Changes // while in front
}

// New makes the screen; it reads the collection when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	if o.Later == nil {
		o.Later = nav.Later
	}
	s := &Screen{o: o, owner: kit.Column(0), failed: kit.Column(0)}
	s.recall = newRecall(s)
	s.limits = newLimits(s)
	s.advice = newAdvice(s)
	s.title = kit.NewButton("", kit.Quiet, func() { s.menu(s.title) })
	s.title.After = "caret-down"
	s.owner.Hide()
	s.failed.Hide()
	s.body = kit.Column(theme.Gutter, s.failed, s.owner, s.recall.sheet, s.plain())
	s.places = s.list()
	s.frame = kit.Row(theme.Gutter, kit.Top, kit.Fixed(232, 0, s.places), kit.Flex(s.body))
	s.margin = kit.Pad(kit.Insets{Top: 8, Right: theme.Margin, Bottom: theme.Margin, Left: theme.Margin}, s.frame)
	s.roll = kit.NewScroll(kit.Limit(theme.HomeWidth+2*theme.Margin, s.margin))
	s.roll.Ground = theme.Desk
	s.object = kit.Column(0, kit.Flex(s.roll))
	return s
}

// list names the places that belong to the load.
func (s *Screen) list() *fyne.Container {
	p := s.o.Printer
	item := func(icon, text string, on bool, tapped func()) fyne.CanvasObject {
		ink, letter := theme.Muted, kit.Body
		if on {
			ink, letter = theme.Ink, kit.Body.Strong()
		}
		i := kit.NewItem(kit.Sides(10, 14), kit.Row(12, kit.Middle, kit.Icon(icon, 20, ink), kit.Flex(kit.NewText(text, letter, ink))), tapped)
		i.Radius, i.Raised = theme.RadiusControl, true
		i.Select(on)
		return i
	}
	return kit.Column(2,
		item("gauge", p.T("load.title"), true, nil),
		item("calendar-blank", p.T("load.forecast"), false, s.forecast),
		item("sliders-horizontal", p.T("load.fitting"), false, s.fitting),
	)
}

func (s *Screen) forecast() { s.flush(); s.o.Forecast(s.id) }
func (s *Screen) fitting()  { s.flush(); s.o.Fitting(s.id) }

// Fit leaves the list of places out in a small window: they are in the menu.
func (s *Screen) Fit(small bool) {
	place, margin := s.frame.Objects[0], float32(theme.Margin)
	if small {
		margin = theme.MarginSmall
		place.Hide()
	} else {
		place.Show()
	}
	kit.Repad(s.margin, kit.Insets{Top: 8, Right: margin, Bottom: margin, Left: margin})
	s.o.Nav.RefreshBar()
	s.object.Refresh()
}

// Shown reads the collection, now and after each change of it.
func (s *Screen) Shown() {
	s.follow.Hear(s.o.Collection.Subscribe, func(c collection.Change) {
		if c.Settings || c.Decks || c.All {
			s.Reload()
		}
	})
	s.Reload()
}

// Hidden keeps what was typed last.
func (s *Screen) Hidden() {
	s.flush()
	s.gen++
	s.recall.stop()
	s.follow.Stop()
}

// flush keeps what stands in the fields and on the slider.
func (s *Screen) flush() {
	if !s.loaded {
		return
	}
	s.recall.keep()
	for _, f := range s.flushes {
		f()
	}
}

// Reload reads what is shown; the present numbers stay until then.
func (s *Screen) Reload() {
	if !s.follow.On() {
		return // hidden since
	}
	s.gen++
	gen, first := s.gen, !s.loaded && s.o.Deck != ""
	s.o.Background(func() {
		ctx := context.Background()
		var rows []collection.DeckRow
		var own collection.PresetInfo
		all, err := s.o.Collection.Presets(ctx)
		if err == nil {
			rows, err = s.o.Collection.Decks(ctx)
		}
		if err == nil && first {
			own, err = s.o.Collection.PresetOf(ctx, s.o.Deck)
		}
		fyne.Do(func() {
			if gen != s.gen {
				return
			}
			if first {
				s.id = own.ID
			}
			s.show(all, rows, err)
		})
	})
}

func (s *Screen) show(all []collection.PresetInfo, rows []collection.DeckRow, err error) {
	p := s.o.Printer
	s.failed.Objects = nil
	s.failed.Hide()
	if err != nil {
		s.failed.Objects = []fyne.CanvasObject{kit.NewErrorLine(p.Fault(err), err.Error(), nil)}
		s.failed.Show()
		s.object.Refresh()
		return
	}
	at := all[0] // the common one is always there; another may have been undone
	for _, info := range all {
		if info.ID == s.id {
			at = info
		}
	}
	s.presets, s.decks = all, rows
	s.take(at)
}

// take shows a preset.
func (s *Screen) take(info collection.PresetInfo) {
	other := !s.loaded || info.ID != s.id
	before := s.preset
	s.id, s.preset, s.loaded = info.ID, info.Preset, true
	before.Retention = info.Preset.Retention
	if other || !reflect.DeepEqual(before, info.Preset) {
		s.recall.compute()
	}
	for _, show := range s.shows {
		show(s.preset)
	}
	if other {
		s.advice.ask()
	}
	s.limits.load()
	s.showOwner()
	s.o.Nav.RefreshBar()
	s.object.Refresh()
}

// change keeps a setting and tells whether it could.
func (s *Screen) change(f func(*scheduler.Preset)) bool {
	if !s.loaded {
		return false
	}
	next := s.preset
	f(&next)
	if reflect.DeepEqual(next, s.preset) {
		return true
	}
	if err := s.o.Collection.ChangePreset(context.Background(), s.id, next); err != nil {
		s.o.Nav.Error(err)
		return false
	}
	for i := range s.presets {
		if s.presets[i].ID == s.id {
			s.presets[i].Preset = next
			s.take(s.presets[i])
		}
	}
	return true
}

// do runs an act of the collection, says what went wrong, and reads again.
func (s *Screen) do(act func(context.Context) error) bool {
	err := act(context.Background())
	if err != nil {
		s.o.Nav.Error(err)
	}
	s.Reload()
	return err == nil
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen: with several presets the title has their menu.
func (s *Screen) Bar() nav.Bar {
	p := s.o.Printer
	b := nav.Bar{Title: p.T("load.title")}
	if len(s.presets) > 1 {
		s.title.Set(s.name(s.id))
		b.Beside = s.title
	}
	var dots *kit.IconButton
	dots = kit.NewIconButton("dots-three", p.T("load.more"), keys.None, func() { s.acts(dots) })
	b.Actions = []fyne.CanvasObject{dots, kit.NewButton(p.T("load.done"), kit.Primary, s.o.Nav.Back).WithKey(keys.Esc)}
	return b
}

// Key moves the slider and walks the rows.
func (s *Screen) Key(k keys.Key) bool {
	switch k {
	case keys.Up, keys.Down:
		c := fyne.CurrentApp().Driver().CanvasForObject(s.object)
		if c == nil {
			return false
		}
		switch {
		case c.Focused() == nil:
			c.Focus(s.recall.slider) // the first row, past the bar
		case k == keys.Up:
			c.FocusPrevious()
		default:
			c.FocusNext()
		}
		return true
	case keys.PageDown:
		s.roll.ScrollBy(0.9)
		return true
	case keys.PageUp:
		s.roll.ScrollBy(-0.9)
		return true
	case keys.CtrlZ:
		s.flush() // then the window undoes it
		return false
	}
	return s.recall.slider.Press(k)
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.Left, keys.Right}, Text: p.T("load.key_one")},
		{Keys: []keys.Key{keys.ShiftLeft, keys.ShiftRight}, Text: p.T("load.key_five")},
		{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("load.key_rows")},
		{Keys: []keys.Key{keys.Esc}, Text: p.T("load.done")},
	}
}

// CanLeave is for nav.Screen: every change holds at once.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
