package collection

import (
	"context"
	"fmt"
	"sync"

	"lectern/decks"
	"lectern/scheduler"
	"lectern/scheduler/forecast"
	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// OutlookPoint is what a retention costs and brings.
type OutlookPoint struct {
	Retention     float64 `json:"retention"`
	MinutesPerDay float64 `json:"minutes_per_day"`
	AnswersPerDay float64 `json:"answers_per_day"`
	Remembered    float64 `json:"remembered"` // share of the cards, 0 to 1, at the end
}

// Outlook says for each retention what the coming months cost.
type Outlook struct {
	Points  []OutlookPoint `json:"points"` // ascending by retention
	Own     bool           `json:"own"`    // from this student's own answers, not from usual ones
	Answers int            `json:"answers"`
}

// ForecastCurve is a year under a retention, week by week.
type ForecastCurve struct {
	Retention     float64   `json:"retention"`
	MinutesPerDay float64   `json:"minutes_per_day"`
	Remembered    float64   `json:"remembered"` // cards, at the end
	Minutes       []float64 `json:"minutes"`    // a day, the mean of each week
	Known         []float64 `json:"known"`      // cards that would be recalled, at the start of each week and at the end
}

// Forecast is a year ahead for each retention.
type Forecast struct {
	Curves  []ForecastCurve `json:"curves"`
	Cards   int             `json:"cards"`
	Known   float64         `json:"known"` // cards that would be recalled today
	Own     bool            `json:"own"`
	Answers int             `json:"answers"`
}

const (
	outlookDays  = 90
	forecastDays = 364
	// ownAnswers is from how many answers on a student's habits are his own.
	ownAnswers = 400
	// habitAnswers is about how many answers habits are read from.
	habitAnswers = 50_000
)

// Outlook simulates the next three months of the decks that share a preset, for
// each retention from 70 to 97 %: quickly, for a slider.
func (c *Collection) Outlook(ctx context.Context, preset string, p Progress) (o Outlook, err error) {
	a, err := c.ahead(ctx, preset)
	if err != nil {
		return o, fmt.Errorf("look ahead: %w", err)
	}
	a.request.Days, a.request.Sample = outlookDays, forecast.Quick
	curves, err := forecast.Simulate(ctx, a.request, forecast.Retentions(), p)
	if err != nil {
		return o, fmt.Errorf("look ahead: %w", faulty(err))
	}
	o.Own, o.Answers = a.own(), a.request.Habits.Answers
	for i := range curves {
		k := &curves[i]
		o.Points = append(o.Points, OutlookPoint{
			Retention: k.Retention, MinutesPerDay: k.MinutesPerDay(), AnswersPerDay: k.Total() / outlookDays,
			Remembered: k.KnownAtEnd() / float64(max(1, len(a.request.Cards))),
		})
	}
	return o, nil
}

// Forecast simulates the next year of the decks that share a preset, for each
// retention from 70 to 97 %.
func (c *Collection) Forecast(ctx context.Context, preset string, p Progress) (f Forecast, err error) {
	a, err := c.ahead(ctx, preset)
	if err != nil {
		return f, fmt.Errorf("forecast: %w", err)
	}
	a.request.Days = forecastDays
	curves, err := forecast.Simulate(ctx, a.request, forecast.Retentions(), p)
	if err != nil {
		return f, fmt.Errorf("forecast: %w", faulty(err))
	}
	f = Forecast{Cards: len(a.request.Cards), Own: a.own(), Answers: a.request.Habits.Answers}
	for i := range a.request.Cards {
		f.Known += a.request.Cards[i].RecallOn(a.request.Model, 0)
	}
	for i := range curves {
		k := &curves[i]
		f.Curves = append(f.Curves, ForecastCurve{
			Retention: k.Retention, MinutesPerDay: k.MinutesPerDay(), Remembered: k.KnownAtEnd(), Minutes: k.Weekly(), Known: k.Known,
		})
	}
	return f, nil
}

// ahead is what a look into the future starts from.
type ahead struct {
	request forecast.Request
	rules   *ruleSet
	today   scheduler.Day
	ids     []decks.CardID // of request.Cards
}

func (a *ahead) own() bool { return a.request.Habits.Answers >= ownAnswers }

// ahead gathers the cards of a preset and the student's habits.
func (c *Collection) ahead(ctx context.Context, preset string) (a ahead, err error) {
	err = c.read(ctx, func(_ querier, m *memory) error {
		s, err := m.ruleSet(preset)
		if err != nil {
			return err
		}
		today := m.sched.Day(c.Now())
		if err := a.start(s, today); err != nil {
			return err
		}
		for d := range m.decks {
			if m.decks[d].rules == s {
				a.gather(m, m.decks[d].from, m.decks[d].to)
			}
		}
		all := m.rules.limit("", today)
		a.request.Settings.NewPerDay = min(max(1, m.unfinished(s))*s.preset.NewPerDay, all.New)
		a.request.Settings.ReviewsPerDay = min(max(1, len(m.presetInfo(s).Decks))*s.preset.ReviewsPerDay, all.Reviews)
		return nil
	})
	if err == nil {
		a.request.Habits, err = c.habits(ctx, preset)
	}
	return a, err
}

// start is a preset on a day.
func (a *ahead) start(s *ruleSet, today scheduler.Day) (err error) {
	a.rules, a.today = s, today
	a.request.Settings = s.outlook(today)
	a.request.Model, err = kernel.New(s.sched.Model().Name(), s.sched.Model().Weights())
	return err
}

// unfinished counts the decks of a preset that have new cards left.
func (m *memory) unfinished(s *ruleSet) (n int) {
	for d := range m.decks {
		if m.decks[d].rules != s {
			continue
		}
		for i := m.decks[d].from; i < m.decks[d].to; i++ {
			if e := &m.cards[i]; !e.q.Off && e.q.Phase == scheduler.New {
				n++
				break
			}
		}
	}
	return n
}

// gather adds cards that may be studied.
func (a *ahead) gather(m *memory, from, to int) {
	for i := from; i < to; i++ {
		e := &m.cards[i]
		if e.q.Off {
			continue
		}
		k := forecast.Card{}
		if e.q.State.S > 0 {
			due := e.q.DueDay
			if !e.q.Due.IsZero() {
				due = a.today
			}
			k = forecast.Card{
				State: kernel.State(e.q.State), Last: int(min(0, e.q.LastDay-a.today)), Due: int(due - a.today), Interval: max(1, e.q.Days),
			}
		}
		a.request.Cards = append(a.request.Cards, k)
		a.ids = append(a.ids, e.id)
	}
}

// outlook is the preset as a simulation takes it.
func (s *ruleSet) outlook(today scheduler.Day) forecast.Settings {
	p := &s.preset
	out := forecast.Settings{
		MaxInterval: p.MaxInterval, NewPerDay: p.NewPerDay, ReviewsPerDay: p.ReviewsPerDay,
		LearningSteps: len(p.LearningSteps), RelearningSteps: len(p.RelearningSteps),
	}
	if p.EasyDays != [7]scheduler.Ease{} {
		for k := range scheduler.Day(7) {
			out.EasyDays = append(out.EasyDays, p.EasyDays[(today+k).Weekday()].Share())
		}
	}
	return out
}

// habitsOf is what was read of a student's habits.
type habitsOf struct {
	preset  string
	answers int64 // of the collection at that time
	habits  forecast.Habits
}

// known is what was worked out from the log and holds for a while.
type known struct {
	mu     sync.Mutex
	habits []habitsOf
	plans  map[string]keptPlan // by deck
	life   life
}

// someLog reads the log of a preset, in a large collection (of so many answers)
// only a part of its cards.
func (c *Collection) someLog(ctx context.Context, preset string, answers int64) (*revlog.Log, error) {
	return c.ReviewLog(ctx, preset, int(answers/habitAnswers)+1, nil)
}

// habits reads how the student answers, from a part of the log when it is
// large. They are kept until a tenth more answers have come.
func (c *Collection) habits(ctx context.Context, preset string) (forecast.Habits, error) {
	var answers int64
	var hour int
	usual := forecast.DefaultHabits()
	err := c.read(ctx, func(_ querier, m *memory) error {
		s, err := m.ruleSet(preset)
		if err != nil {
			return err
		}
		if !s.preset.FourButtons {
			usual = usual.TwoButtons()
		}
		answers, hour = m.times.answers, m.preset.RolloverHour
		return nil
	})
	if err != nil {
		return forecast.Habits{}, err
	}
	c.known.mu.Lock()
	defer c.known.mu.Unlock()
	for _, h := range c.known.habits {
		if h.preset == preset && answers >= h.answers && answers <= h.answers+h.answers/10+20 {
			return h.habits, nil
		}
	}
	log, err := c.someLog(ctx, preset, answers)
	if err != nil {
		return forecast.Habits{}, err
	}
	h := habitsOf{preset, answers, forecast.HabitsOf(log, hour, usual)}
	for i := range c.known.habits {
		if c.known.habits[i].preset == preset {
			c.known.habits[i] = h
			return h.habits, nil
		}
	}
	c.known.habits = append(c.known.habits, h)
	return h.habits, nil
}
