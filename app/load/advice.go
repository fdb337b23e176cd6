package load

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/scheduler"
	"lectern/scheduler/advise"
)

// advice recommends steps from the student's own answers, under the fields they
// are typed in. It is not there while there are too few answers, or when the
// steps are already the recommended ones.
type advice struct {
	s                    *Screen
	learning, relearning *fyne.Container
	steps                advise.Steps
	gen                  int
}

func newAdvice(s *Screen) *advice {
	a := &advice{s: s, learning: kit.Column(0), relearning: kit.Column(0)}
	s.shows = append(s.shows, func(scheduler.Preset) { a.show() })
	return a
}

// ask reads the recommendation for the preset that is shown.
func (a *advice) ask() {
	a.gen++
	gen, id := a.gen, a.s.id
	a.s.o.Background(func() {
		steps, err := a.s.o.Collection.AdviseSteps(context.Background(), id)
		fyne.Do(func() {
			if gen != a.gen || err != nil {
				return // the settings do without
			}
			a.steps = steps
			a.show()
			a.s.object.Refresh()
		})
	})
}

func (a *advice) show() {
	a.line(a.learning, a.steps.Learning, a.s.preset.LearningSteps, func(p *scheduler.Preset) { p.LearningSteps = a.steps.Learning })
	a.line(a.relearning, a.steps.Relearning, a.s.preset.RelearningSteps, func(p *scheduler.Preset) { p.RelearningSteps = a.steps.Relearning })
}

func (a *advice) line(at *fyne.Container, steps, now []time.Duration, take func(*scheduler.Preset)) {
	at.Objects = nil
	at.Hide()
	if len(steps) == 0 || slices.Equal(steps, now) {
		return
	}
	p := a.s.o.Printer
	text := kit.NewLabel(p.T("load.advice", "Steps", formatSteps(p, steps)), kit.Caption, theme.Ink)
	button := kit.NewButton(p.T("load.take_advice"), kit.Quiet, func() { a.s.change(take) }).Sized(theme.ControlSmall, 0)
	at.Objects = []fyne.CanvasObject{kit.Pad(kit.Insets{Bottom: 8}, kit.Row(12, kit.Middle, kit.Flex(text), button))}
	at.Show()
}
