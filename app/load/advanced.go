package load

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/scheduler"
)

// advanced is what most people never need, in groups.
func (s *Screen) advanced() fyne.CanvasObject {
	p := s.o.Printer
	col := kit.Column(0)
	group := func(title string, rows ...fyne.CanvasObject) {
		top := float32(20)
		if len(col.Objects) == 0 {
			top = 0
		}
		col.Add(kit.Pad(kit.Insets{Top: top, Bottom: 4}, kit.NewText(title, kit.Caption.Strong(), theme.Muted)))
		for i, r := range rows {
			if i > 0 {
				col.Add(kit.Rule())
			}
			col.Add(r)
		}
	}
	group(p.T("load.group_steps"),
		kit.Column(0, s.row("load.steps", s.steps(func(pr *scheduler.Preset) *[]time.Duration { return &pr.LearningSteps })), s.advice.learning),
		kit.Column(0, s.row("load.resteps", s.steps(func(pr *scheduler.Preset) *[]time.Duration { return &pr.RelearningSteps })), s.advice.relearning),
		s.row("load.ahead", s.ahead()),
	)
	mixes := []string{p.T("load.mixed"), p.T("load.after"), p.T("load.before")}
	group(p.T("load.group_order"),
		s.row("load.new_order", s.newOrder()),
		s.row("load.review_order", s.reviewOrder()),
		s.row("load.new_mix", s.segment(mixes,
			func(pr *scheduler.Preset) int { return slices.Index(scheduler.Mixes, pr.NewMix) },
			func(pr *scheduler.Preset, i int) { pr.NewMix = scheduler.Mixes[i] })),
		s.row("load.step_mix", s.segment(mixes,
			func(pr *scheduler.Preset) int { return slices.Index(scheduler.Mixes, pr.StepMix) },
			func(pr *scheduler.Preset, i int) { pr.StepMix = scheduler.Mixes[i] })),
		s.row("load.beyond", s.check(func(pr *scheduler.Preset) *bool { return &pr.NewBeyond })),
		s.row("load.siblings", s.check(func(pr *scheduler.Preset) *bool { return &pr.BurySiblings })),
	)
	group(p.T("load.group_leech"),
		s.row("load.leech", s.number("load.times", 0, 1000, func(pr *scheduler.Preset) *int { return &pr.LeechLapses })),
		s.row("load.leech_act", s.segment([]string{p.T("load.leech_mark"), p.T("load.leech_pause")},
			func(pr *scheduler.Preset) int {
				if pr.LeechPause {
					return 1
				}
				return 0
			}, func(pr *scheduler.Preset, i int) { pr.LeechPause = i == 1 })),
	)
	group(p.T("load.group_days"),
		s.row("load.hour", s.hour()),
		s.row("load.longest", s.number("load.unit_days", 1, 36500, func(pr *scheduler.Preset) *int { return &pr.MaxInterval })),
		s.row("load.spread", s.check(func(pr *scheduler.Preset) *bool { return &pr.Fuzz })),
		s.week(),
	)
	group(p.T("load.group_model"), s.row("load.model", s.model()))
	group(p.T("load.group_limits"), s.limits.rows()...)
	col.Add(kit.Gap(0, 16))
	return col
}

// ahead is how early a waiting step may come, in minutes.
func (s *Screen) ahead() *entry {
	p := s.o.Printer
	return s.field(numberWide, p.T("load.unit_minutes"), func(pr scheduler.Preset) string { return p.Int(int(pr.LearnAhead / time.Minute)) },
		func(text string) (func(*scheduler.Preset), string) {
			n, err := parseInt(text)
			if err != nil || n < 0 || n > 1440 {
				return nil, p.T("load.want_number", "Low", p.Int(0), "High", p.Int(1440))
			}
			return func(pr *scheduler.Preset) { pr.LearnAhead = time.Duration(n) * time.Minute }, ""
		})
}

func (s *Screen) newOrder() *entry {
	p := s.o.Printer
	words := map[scheduler.NewOrder]string{
		scheduler.NewByCourse: p.T("load.new_course"), scheduler.NewReversed: p.T("load.new_reversed"), scheduler.NewByPart: p.T("load.new_part"),
		scheduler.NewRandomNote: p.T("load.new_random_notes"), scheduler.NewRandomCard: p.T("load.new_random_cards"),
	}
	var list []string
	for _, o := range scheduler.NewOrders {
		list = append(list, words[o])
	}
	return s.picker(list, func(pr *scheduler.Preset) int { return slices.Index(scheduler.NewOrders, pr.NewOrder) },
		func(pr *scheduler.Preset, i int) { pr.NewOrder = scheduler.NewOrders[i] })
}

func (s *Screen) reviewOrder() *entry {
	p := s.o.Printer
	words := map[scheduler.ReviewOrder]string{
		scheduler.ReviewsByDay: p.T("load.by_day"), scheduler.ReviewsDayDeck: p.T("load.by_day_deck"), scheduler.ReviewsDeckDay: p.T("load.by_deck_day"),
		scheduler.ReviewsShortest: p.T("load.by_shortest"), scheduler.ReviewsLongest: p.T("load.by_longest"),
		scheduler.ReviewsEasiest: p.T("load.by_easiest"), scheduler.ReviewsHardest: p.T("load.by_hardest"),
		scheduler.ReviewsLeastKnown: p.T("load.by_least_known"), scheduler.ReviewsBestKnown: p.T("load.by_best_known"),
		scheduler.ReviewsOverdue: p.T("load.by_overdue"), scheduler.ReviewsRandom: p.T("load.by_random"),
		scheduler.ReviewsByCourse: p.T("load.by_course"), scheduler.ReviewsReversed: p.T("load.by_reversed"),
	}
	var list []string
	for _, o := range scheduler.ReviewOrders {
		list = append(list, words[o])
	}
	return s.picker(list, func(pr *scheduler.Preset) int { return slices.Index(scheduler.ReviewOrders, pr.ReviewOrder) },
		func(pr *scheduler.Preset, i int) { pr.ReviewOrder = scheduler.ReviewOrders[i] })
}

// models are the memory models by what a user chooses; the first is Auto.
var models = []string{"", "fsrs5", "fsrs6", "fsrs7"}

func (s *Screen) model() *entry {
	p := s.o.Printer
	return s.picker([]string{p.T("load.auto"), p.T("load.fsrs5"), p.T("load.fsrs6"), p.T("load.fsrs7")},
		func(pr *scheduler.Preset) int {
			if pr.Auto {
				return 0
			}
			return slices.Index(models, pr.Model)
		},
		func(pr *scheduler.Preset, i int) {
			if pr.Auto = i == 0; pr.Auto {
				return
			}
			if pr.Model != models[i] {
				pr.Model, pr.Weights = models[i], nil // the weights are another model's
			}
		})
}

// week is how much is to come back on each day of the week, from Monday.
func (s *Screen) week() fyne.CanvasObject {
	p := s.o.Printer
	words := [3]string{p.T("load.ease_normal"), p.T("load.ease_reduced"), p.T("load.ease_minimum")}
	days := kit.Row(8, kit.Top)
	for i := range 7 {
		day := time.Weekday((i + 1) % 7)
		var l *kit.Level
		l = kit.NewLevel(p.Weekday(day), words, 0, func(on int) {
			if !s.change(func(pr *scheduler.Preset) { pr.EasyDays[day] = scheduler.Ease(on) }) {
				l.Set(int(s.preset.EasyDays[day]))
			}
		})
		s.shows = append(s.shows, func(pr scheduler.Preset) {
			l.Set(int(pr.EasyDays[day]))
			why := ""
			if !pr.Fuzz {
				why = p.T("load.ease_needs_spread")
			}
			l.SetDisabled(why)
		})
		days.Add(kit.Share(1, l))
	}
	return kit.Pad(kit.Sides(12, 0), kit.Column(12, kit.Column(0,
		kit.NewLabel(p.T("load.easy"), kit.Body, theme.Ink), kit.NewLabel(p.T("load.easy_why"), kit.Caption, theme.Muted)), days))
}
