package drafts

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/draft"
	"lectern/decks/fault"
)

// work is what is being sent, with the way to stop it.
type work struct {
	s     *Screen
	title *kit.Label
	count *kit.Text
	meter *kit.Meter
}

func newWork(s *Screen) *work {
	return &work{s: s, title: kit.NewLabel("", kit.Heading, theme.Ink), count: kit.NewText("", kit.Body, theme.Muted), meter: kit.NewMeter(0)}
}

func (w *work) show() []fyne.CanvasObject {
	stop := kit.NewButton(w.s.o.Printer.T("drafts.stop"), kit.Secondary, w.s.halt).WithKey(keys.Esc)
	sheet := kit.NewSheet(kit.Sides(32, 40), kit.Column(0,
		w.title, kit.Gap(0, 8), w.count, kit.Gap(0, 20), w.meter, kit.Gap(0, 20), kit.Row(0, kit.Middle, kit.Spring(), stop)))
	return []fyne.CanvasObject{kit.Limit(theme.SheetWidth, sheet)}
}

// tell says how far the work has come.
func (w *work) tell(done, total, drafts int) {
	p := w.s.o.Printer
	w.meter.Set(float64(done) / float64(max(1, total)))
	w.count.Set(p.T("drafts.progress", "Done", p.Int(done), "All", p.Int(total)) + ", " + p.N("drafts.ready", drafts))
	w.s.object.Refresh()
}

// send sends what is shown. Pressing the button is the user's yes to exactly
// this plan.
func (s *Screen) send() {
	plan := s.offer.plan
	if s.view != offering || plan == nil || plan.Questions() == 0 {
		return
	}
	p := s.o.Printer
	consent, config := plan.Consent(), s.config
	ctx, cancel := context.WithCancel(context.Background())
	s.gen++
	s.view, s.stop, s.brought, s.err = running, cancel, "", nil
	s.work.title.Set(p.T("drafts.running", "Host", plan.Host))
	s.work.tell(0, len(plan.Requests), 0)
	s.object.Objects = s.work.show()
	s.o.Nav.Focus(nil)
	s.o.Nav.RefreshBar()
	s.object.Refresh()
	s.o.Background(func() {
		key, err := s.o.Key(ctx, config)
		var report draft.Report
		if err == nil {
			made := 0
			report, err = draft.Run(ctx, plan, draft.Options{Consent: consent, Key: key, Timeout: config.Timeout, Each: func(step draft.Step) error {
				made += len(step.Drafts())
				now := made
				fyne.Do(func() {
					if ctx.Err() == nil {
						s.work.tell(step.Done, step.Total, now)
					}
				})
				return s.o.Collection.KeepDrafts(context.WithoutCancel(ctx), step.Drafts())
			}})
		}
		fyne.Do(func() {
			stopped := ctx.Err() != nil
			cancel()
			s.ended(report, err, stopped)
		})
	})
}

// halt stops what is being sent. What was drafted until then is kept.
func (s *Screen) halt() {
	s.stop()
}

// ended shows what the run brought.
func (s *Screen) ended(r draft.Report, err error, stopped bool) {
	if s.view != running {
		return
	}
	s.view, s.more = loading, false
	s.brought = s.broughtBy(r)
	if err != nil && !(stopped && (errors.Is(err, context.Canceled) || fault.Is(err, fault.Cancelled))) {
		s.err = err
	}
	s.Reload()
}

// broughtBy says what came of a run; "" when nothing did.
func (s *Screen) broughtBy(r draft.Report) string {
	p := s.o.Printer
	var said []string
	for _, o := range []struct {
		outcome draft.Outcome
		key     string
	}{{draft.Drafted, "drafts.got"}, {draft.NotInLecture, "drafts.not_in_lecture"}, {draft.Missing, "drafts.missing"}} {
		if n := r.Count(o.outcome); n > 0 {
			said = append(said, p.N(o.key, n))
		}
	}
	if r.Usage.In+r.Usage.Out > 0 {
		key := "drafts.used"
		if r.Usage.Estimated {
			key = "drafts.used_about"
		}
		said = append(said, p.T(key, "In", p.Int(r.Usage.In), "Out", p.Int(r.Usage.Out)))
	}
	return strings.Join(said, " ")
}
