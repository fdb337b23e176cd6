// Package fitting is the screen on which the memory model is fitted to the
// student: how far off its expectations are, which model his own answers speak
// for, and, apart from that, what coming back on other days would change. The
// same is done in the background by a [Keeper].
package fitting

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/follow"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
)

// Collection is what the screen reads and changes.
type Collection interface {
	Presets(context.Context) ([]collection.PresetInfo, error)
	FitInfo(ctx context.Context, preset string) (collection.FitInfo, error)
	Fit(ctx context.Context, preset string, p collection.Progress) (collection.FitResult, error)
	UseFit(context.Context, collection.FitResult) error
	ReschedulePreview(ctx context.Context, preset string) (collection.Workload, error)
	Reschedule(ctx context.Context, preset string, p collection.Progress) (moved int, err error)
	Subscribe(func(collection.Change)) (cancel func())
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Now        func() time.Time
	Preset     string // whose memory model

	Background func(func()) // runs the work; nil is a goroutine of its own
}

// Screen shows how the model fits.
type Screen struct {
	o      Options
	object *fyne.Container
	margin *fyne.Container
	body   *fyne.Container
	meter  *kit.Meter

	name   string // of the preset; "" while it is the only one
	info   collection.FitInfo
	change collection.Workload
	result *collection.FitResult // of a fit that was not decided on yet
	err    error
	loaded bool
	busy   string // what is being done; "" nothing

	gen    int
	stop   func()         // ends the work
	follow follow.Changes // while in front
}

// New makes the screen; it reads the collection when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	s := &Screen{o: o, body: kit.Column(theme.Gutter), meter: kit.NewMeter(0), stop: func() {}}
	s.margin = kit.Pad(kit.Insets{}, s.body)
	scroll := kit.NewScroll(kit.Limit(784+2*theme.Margin, s.margin))
	scroll.Ground = theme.Desk
	s.object = kit.Column(0, kit.Flex(scroll))
	s.Fit(false)
	return s
}

// Fit takes the small measures in a small window.
func (s *Screen) Fit(small bool) {
	margin := float32(theme.Margin)
	if small {
		margin = theme.MarginSmall
	}
	kit.Repad(s.margin, kit.Insets{Top: 8, Right: margin, Bottom: margin, Left: margin})
	s.object.Refresh()
}

// Shown reads how the model fits, now and after each change of it.
func (s *Screen) Shown() {
	s.follow.Hear(s.o.Collection.Subscribe, func(c collection.Change) {
		if c.Settings || c.All {
			s.Reload()
		}
	})
	s.Reload()
}

// Hidden stops what is being worked out.
func (s *Screen) Hidden() {
	s.gen++
	s.halt()
	s.follow.Stop()
}

// halt ends the work that runs; nothing of it is kept.
func (s *Screen) halt() {
	s.stop()
	s.busy = ""
}

// Reload reads how the model fits; what is shown stays until then.
func (s *Screen) Reload() {
	if !s.follow.On() {
		return // hidden since
	}
	s.gen++
	gen := s.gen
	s.o.Background(func() {
		ctx := context.Background()
		all, err := s.o.Collection.Presets(ctx)
		var info collection.FitInfo
		if err == nil {
			info, err = s.o.Collection.FitInfo(ctx, s.o.Preset)
		}
		var change collection.Workload
		if err == nil {
			change, err = s.o.Collection.ReschedulePreview(ctx, s.o.Preset)
		}
		fyne.Do(func() {
			if gen != s.gen {
				return
			}
			s.name = ""
			for _, i := range all {
				if len(all) > 1 && i.ID == s.o.Preset {
					if s.name = i.Name; i.Name == "" {
						s.name = s.o.Printer.T("fitting.common")
					}
				}
			}
			s.info, s.change, s.err, s.loaded = info, change, err, true
			s.show()
		})
	})
}

// run does long work with its progress on the screen. Done gets its end on
// Fyne's goroutine, unless the work was stopped.
func (s *Screen) run(what string, work func(context.Context, collection.Progress) error, done func()) {
	if s.busy != "" {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.busy, s.stop, s.err = what, cancel, nil
	s.meter.Set(0)
	s.show()
	s.o.Background(func() {
		err := work(ctx, s.meter.Count)
		fyne.Do(func() {
			stopped := ctx.Err() != nil
			cancel()
			if stopped {
				return
			}
			s.busy = ""
			if err != nil {
				s.err = err
				s.show()
				return
			}
			done()
		})
	})
}

// try fits the model and shows what came of it.
func (s *Screen) try() {
	if !s.loaded || s.result != nil {
		return
	}
	var r collection.FitResult
	s.run(s.o.Printer.T("fitting.working"), func(ctx context.Context, p collection.Progress) (err error) {
		r, err = s.o.Collection.Fit(ctx, s.o.Preset, p)
		return err
	}, func() {
		s.result = &r
		s.Reload() // it is known now how many answers are lacking
		s.show()
	})
}

// use puts the fit to use.
func (s *Screen) use() {
	r := s.result
	if r == nil || !r.Better || s.busy != "" {
		return
	}
	if err := s.o.Collection.UseFit(context.Background(), *r); err != nil {
		s.o.Nav.Error(err)
		return
	}
	s.result = nil
	s.o.Nav.Toast(Said(s.o.Printer, *r), s.undo())
	s.Reload()
}

// leave gives the fit up.
func (s *Screen) leave() {
	s.result = nil
	s.show()
}

// move lets the cards come back when the model says now.
func (s *Screen) move() {
	moved := 0
	s.run(s.o.Printer.T("fitting.moving"), func(ctx context.Context, p collection.Progress) (err error) {
		moved, err = s.o.Collection.Reschedule(ctx, s.o.Preset, p)
		return err
	}, func() {
		s.o.Nav.Toast(s.o.Printer.N("fitting.moved", moved), s.undo())
		s.Reload()
	})
}

func (s *Screen) undo() nav.Action {
	return nav.Action{Text: s.o.Printer.T("fitting.undo"), Key: keys.CtrlZ, Do: s.o.Nav.Undo}
}

// Percent writes how far off a model is: 0.031 is "3.1%".
func Percent(p *i18n.Printer, off float64) string {
	return p.T("fitting.percent", "N", p.Decimal(100*off))
}

// Model names a memory model.
func Model(model string) string {
	return strings.ToUpper(strings.Replace(model, "fsrs", "fsrs-", 1))
}

// Said tells in a sentence what a fit that is in use has brought.
func Said(p *i18n.Printer, r collection.FitResult) string {
	key := "fitting.said"
	if r.Model != r.Was {
		key = "fitting.said_model"
	}
	return p.T(key, "Before", Percent(p, r.OffBefore), "After", Percent(p, r.OffAfter), "Model", Model(r.Model))
}

func sheet(o ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewSheet(kit.Sides(24, 40), kit.Column(0, o...))
}

func (s *Screen) show() {
	p := s.o.Printer
	s.body.Objects = nil
	if s.err != nil {
		again := kit.NewButton(p.T("fitting.again"), kit.Secondary, s.retry)
		s.body.Objects = []fyne.CanvasObject{kit.NewErrorLine(p.Fault(s.err), s.err.Error(), again)}
	}
	if s.loaded && (s.err == nil || s.info.Model != "") {
		s.body.Objects = append(s.body.Objects, s.state())
		switch {
		case s.busy != "":
			s.body.Objects = append(s.body.Objects, s.progress())
		case s.result != nil:
			s.body.Objects = append(s.body.Objects, s.outcome(*s.result))
		default:
			s.body.Objects = append(s.body.Objects, s.days())
		}
	}
	s.o.Nav.RefreshBar()
	s.object.Refresh()
}

// retry does away with an error.
func (s *Screen) retry() {
	s.err = nil
	s.Reload()
}

// state says how the model fits now.
func (s *Screen) state() fyne.CanvasObject {
	p, i := s.o.Printer, s.info
	title, detail := p.T("fitting.usual"), p.N("fitting.usual_why", i.Answers)
	if i.Fitted && i.Off > 0 {
		title = p.T("fitting.off", "Off", Percent(p, i.Off))
		detail = p.N("fitting.off_why", max(1, int(100*i.Off+0.5)))
	}
	more := ""
	switch {
	case i.NeedsMore > 0:
		more = p.N("fitting.needs", i.NeedsMore)
	case !i.At.IsZero():
		more = p.T("fitting.fitted_at", "Date", p.DateFrom(s.o.Now(), i.At))
	}
	model := p.T("fitting.model", "Model", Model(i.Model), "About", p.T("fitting.about_"+i.Model))
	if i.Auto {
		more = strings.TrimSpace(p.T("fitting.auto") + " " + more)
	}
	parts := []fyne.CanvasObject{
		kit.NewText(p.T("fitting.state"), kit.Caption, theme.Muted), kit.Gap(0, 6),
		kit.NewLabel(title, kit.Heading, theme.Ink), kit.Gap(0, 6),
		kit.NewLabel(detail, kit.Body, theme.Muted), kit.Gap(0, 12), kit.Rule(), kit.Gap(0, 12),
		kit.NewLabel(model, kit.Body, theme.Ink),
	}
	if more != "" {
		parts = append(parts, kit.Gap(0, 2), kit.NewLabel(more, kit.Caption, theme.Muted))
	}
	return sheet(parts...)
}

// progress is the work that runs, with the way to stop it.
func (s *Screen) progress() fyne.CanvasObject {
	return sheet(
		kit.NewLabel(s.busy, kit.Body, theme.Ink), kit.Gap(0, 12), s.meter, kit.Gap(0, 8),
		kit.Row(0, kit.Middle, kit.Spring(), kit.NewButton(s.o.Printer.T("fitting.stop"), kit.Quiet, s.halted).WithKey(keys.Esc)))
}

func (s *Screen) halted() {
	s.halt()
	s.show()
}

// outcome says what a fit would bring, model by model.
func (s *Screen) outcome(r collection.FitResult) fyne.CanvasObject {
	p := s.o.Printer
	title, detail := p.T("fitting.no_better"), p.T("fitting.no_better_why")
	if r.Better {
		title = p.T("fitting.better", "Before", Percent(p, r.OffBefore), "After", Percent(p, r.OffAfter))
		detail = p.T("fitting.same_model", "Model", Model(r.Model))
		if r.Model != r.Was {
			detail = p.T("fitting.won", "Model", Model(r.Model), "Was", Model(r.Was))
		}
	}
	if r.NeedsMore > 0 {
		detail = p.N("fitting.needs", r.NeedsMore)
		if r.Better {
			detail += " " + p.T("fitting.partly")
		}
	}
	parts := []fyne.CanvasObject{
		kit.NewText(p.T("fitting.outcome"), kit.Caption, theme.Muted), kit.Gap(0, 6),
		kit.NewLabel(title, kit.Heading, theme.Ink), kit.Gap(0, 6), kit.NewLabel(detail, kit.Body, theme.Muted),
	}
	if len(r.Models) > 0 {
		parts = append(parts, kit.Gap(0, 16), kit.NewText(p.T("fitting.models"), kit.Caption, theme.Muted), kit.Gap(0, 4))
		worst := r.OffBefore
		for _, m := range r.Models {
			worst = max(worst, m.Off)
		}
		for _, m := range r.Models {
			parts = append(parts, s.score(m, worst, m.Model == r.Model))
		}
	}
	if r.Better {
		parts = append(parts, kit.Gap(0, 12), kit.NewLabel(p.T("fitting.keeps_days"), kit.Caption, theme.Muted))
	}
	return sheet(parts...)
}

// score is a line of the models' match: the shorter the bar, the better.
func (s *Screen) score(m collection.ModelScore, worst float64, won bool) fyne.CanvasObject {
	p := s.o.Printer
	letter, word := kit.Body, ""
	meter := kit.NewMeter(m.Off / max(worst, 1e-9))
	meter.Colour = theme.Quiet
	if won {
		letter, word, meter.Colour = kit.Body.Strong(), p.T("fitting.best"), theme.Accent
	}
	off := kit.NewText(Percent(p, m.Off), letter, theme.Ink)
	off.Align = fyne.TextAlignTrailing
	return kit.Fixed(0, 36, kit.Row(16, kit.Middle,
		kit.Fixed(80, 0, kit.NewText(Model(m.Model), letter, theme.Ink)), kit.Flex(meter), kit.Fixed(64, 0, off),
		kit.Fixed(72, 0, kit.NewText(word, kit.Caption, theme.Muted))))
}

// days offers to let cards come back on other days, and shows first what that
// changes.
func (s *Screen) days() fyne.CanvasObject {
	p, w := s.o.Printer, s.change
	head := []fyne.CanvasObject{kit.NewText(p.T("fitting.days"), kit.Caption, theme.Muted), kit.Gap(0, 6)}
	if w.Moved == 0 || len(w.Before) == 0 {
		return sheet(append(head, kit.NewLabel(p.T("fitting.days_same"), kit.Body, theme.Muted))...)
	}
	bars := make([]kit.Bar, len(w.After))
	today := s.o.Now()
	for i := range bars {
		day := today.AddDate(0, 0, i)
		was := 0
		if i < len(w.Before) {
			was = w.Before[i]
		}
		bars[i] = kit.Bar{Value: float64(w.After[i]), Was: float64(was), Tip: p.T("fitting.bar", "Date", p.Date(day), "Before", p.Int(was), "After", p.Int(w.After[i]))}
		if i%7 == 0 {
			bars[i].Label = p.Int(day.Day()) + "\u00a0" + p.MonthName(day.Month())
		}
	}
	chart := kit.NewBars(bars, nil)
	chart.Paired, chart.High = true, 90
	swatch := func(colour fyne.ThemeColorName, key string) fyne.CanvasObject {
		m := kit.NewMeter(1)
		m.Colour = colour
		return kit.Row(8, kit.Middle, kit.Fixed(16, 0, m), kit.NewText(p.T(key), kit.Caption, theme.Muted))
	}
	return sheet(append(head,
		kit.NewLabel(p.N("fitting.days_move", w.Moved), kit.Heading, theme.Ink), kit.Gap(0, 6),
		kit.NewLabel(p.T("fitting.days_today", "Before", p.Int(w.Before[0]), "After", p.Int(w.Today)), kit.Body, theme.Muted), kit.Gap(0, 8),
		chart, kit.Gap(0, 12),
		kit.Row(24, kit.Middle, swatch(theme.Quiet, "fitting.as_is"), swatch(theme.Accent, "fitting.as_moved"), kit.Spring(),
			kit.NewButton(p.T("fitting.move"), kit.Secondary, s.move).Sized(theme.ControlSmall, 0)))...)
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	p := s.o.Printer
	b := nav.Bar{Title: p.T("fitting.title"), Subtitle: s.name}
	switch {
	case !s.loaded || s.busy != "":
	case s.result == nil:
		b.Actions = []fyne.CanvasObject{kit.NewButton(p.T("fitting.try"), kit.Primary, s.try).WithKey(keys.Enter)}
	case s.result.Better:
		b.Actions = []fyne.CanvasObject{
			kit.NewButton(p.T("fitting.leave"), kit.Quiet, s.leave), kit.NewButton(p.T("fitting.use"), kit.Primary, s.use).WithKey(keys.Enter)}
	default:
		b.Actions = []fyne.CanvasObject{kit.NewButton(p.T("fitting.fine"), kit.Primary, s.leave).WithKey(keys.Enter)}
	}
	return b
}

// Key does what the bar offers; Esc stops the work that runs.
func (s *Screen) Key(k keys.Key) bool {
	switch {
	case k == keys.Esc && s.busy != "":
		s.halted()
	case k != keys.Enter:
		return false
	case s.result == nil:
		s.try()
	case s.result.Better:
		s.use()
	default:
		s.leave()
	}
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{{Keys: []keys.Key{keys.Enter}, Text: p.T("fitting.key_try")}, {Keys: []keys.Key{keys.Esc}, Text: p.T("fitting.key_stop")}}
}

// CanLeave is for nav.Screen: a fit that is not decided on can be made again.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
