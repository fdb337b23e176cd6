package collection

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"lectern/decks"
	"lectern/scheduler"
	"lectern/scheduler/fit"
)

// FitInfo says how well a preset's memory model is fitted to the student.
type FitInfo struct {
	Model     string    `json:"model"` // in use
	Auto      bool      `json:"auto"`
	Fitted    bool      `json:"fitted"`
	At        time.Time `json:"at"`         // of the fit in use
	Answers   int       `json:"answers"`    // in the preset's decks, counted at the last try
	NeedsMore int       `json:"needs_more"` // answers that the last try would have needed besides
	Off       float64   `json:"off"`        // root mean square error of predictions, 0.031: off by 3.1 %
	Due       bool      `json:"due"`        // time to fit again
}

// ModelScore is how a model did on the student's latest fifth of answers.
type ModelScore struct {
	Model   string  `json:"model"`
	Off     float64 `json:"off"`
	LogLoss float64 `json:"log_loss"`
}

// FitResult is a fit that is not in use yet.
type FitResult struct {
	Preset    string       `json:"preset"`
	Was       string       `json:"was"` // the model in use
	Model     string       `json:"model"`
	Weights   []float64    `json:"weights"`
	OffBefore float64      `json:"off_before"` // on the latest fifth: as it is
	OffAfter  float64      `json:"off_after"`  // and fitted to what came before
	Answers   int          `json:"answers"`
	Items     int          `json:"items"`      // answers that can be learnt from
	NeedsMore int          `json:"needs_more"` // so many more of them until all can be fitted; 0: enough
	Better    bool         `json:"better"`     // the latest fifth is predicted better than as it is
	Models    []ModelScore `json:"models"`
	Change    Workload     `json:"change"` // if cards were rescheduled by it
}

// fitNote is the value of choiceFit.
type fitNote struct {
	AtMS    int64   `json:"at_ms"`
	Answers int     `json:"answers"`
	Off     float64 `json:"off"`
}

// tryNote is the value of settingTry: the last fit, used or not.
type tryNote struct {
	AtMS    int64 `json:"at_ms"`
	Answers int   `json:"answers"`
	Missing int   `json:"missing"`
}

const (
	choiceFit  = "fit/"     // + preset: of the fit in use
	settingTry = "fit_try/" // + preset
)

// When a fit is due: a month after the last, or when the log has grown by a
// quarter; and the first when there may be enough to learn from.
const (
	fitEvery    = 30 * 24 * time.Hour
	fitGrowth   = 1.25
	fitFirst    = 100
	fitAtLeast  = 20 // new answers, for a month to count
	changedDays = 30 // of Workload
)

// FitInfo says how a preset's memory model is fitted.
func (c *Collection) FitInfo(ctx context.Context, preset string) (f FitInfo, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		s, err := m.ruleSet(preset)
		if err != nil {
			return err
		}
		f = FitInfo{Model: s.preset.Model, Auto: s.preset.Auto, Fitted: s.preset.Weights != nil}
		answers, err := m.answersOf(q, s)
		if err != nil {
			return err
		}
		f.Answers = answers
		if note := s.fit; note != nil && f.Fitted {
			f.At, f.Off = time.UnixMilli(note.AtMS).In(c.clock().Location()), note.Off
		}
		try, err := readTry(q, preset)
		if err != nil {
			return err
		}
		f.NeedsMore = try.Missing
		f.Due = due(answers, try, c.clock())
		return nil
	})
	if err != nil {
		return f, fmt.Errorf("read the fit: %w", err)
	}
	return f, nil
}

func due(answers int, last tryNote, now time.Time) bool {
	if last.AtMS == 0 {
		return answers >= fitFirst
	}
	grown := float64(answers) >= fitGrowth*float64(last.Answers) && answers > last.Answers+fitAtLeast
	return grown || answers >= last.Answers+fitAtLeast && now.Sub(time.UnixMilli(last.AtMS)) >= fitEvery
}

// answersOf counts the answers in a preset's decks that are there.
func (m *memory) answersOf(q querier, s *ruleSet) (n int, err error) {
	rows, err := q.query(`SELECT deck, sum(answers) FROM days GROUP BY deck`)
	err = each(rows, err, func(row scanner) error {
		var deck string
		var k int
		err := row.Scan(&deck, &k)
		if i, ok := m.deckAt[deck]; ok && m.decks[i].rules == s {
			n += k
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("count the answers: %w", err)
	}
	return n, nil
}

func readTry(q querier, preset string) (t tryNote, err error) {
	var text string
	err = q.row(`SELECT value FROM settings WHERE key = ?`, settingTry+preset).Scan(&text)
	if isNoRows(err) {
		return t, nil
	}
	if err != nil {
		return t, fmt.Errorf("read the last fit: %w", err)
	}
	if json.Unmarshal([]byte(text), &t) != nil {
		t = tryNote{} // as if there had been none
	}
	return t, nil
}

// Fit fits the memory model of a preset to the student's answers and, when the
// preset says Auto, lets the models compete on the latest fifth of them. It
// changes nothing: UseFit does. The collection can be studied meanwhile.
func (c *Collection) Fit(ctx context.Context, preset string, p Progress) (r FitResult, err error) {
	if p == nil {
		p = func(int, int) {}
	}
	r, err = c.fit(ctx, preset, p)
	if err != nil {
		return FitResult{}, fmt.Errorf("fit the memory model: %w", faulty(err))
	}
	return r, nil
}

// The parts of a fit's progress, in hundredths.
const (
	partRead = 15
	partFit  = 90
)

func (c *Collection) fit(ctx context.Context, preset string, p Progress) (r FitResult, err error) {
	part := func(from, to int) Progress {
		return func(done, total int) { p(from+(to-from)*done/max(1, total), 100) }
	}
	var was scheduler.Preset
	var answers int
	err = c.read(ctx, func(q querier, m *memory) error {
		s, err := m.ruleSet(preset)
		if err != nil {
			return err
		}
		was = s.sched.Preset()
		answers, err = m.answersOf(q, s)
		return err
	})
	if err != nil {
		return r, err
	}
	log, err := c.ReviewLog(ctx, preset, 1, part(0, partRead))
	if err != nil {
		return r, err
	}
	o := fit.Options{Model: was.Model, RolloverHour: was.RolloverHour, Weights: was.Weights, Progress: part(partRead, partFit)}
	choice, err := fit.Choose(ctx, log, o)
	if err != nil {
		return r, err
	}
	if !was.Auto && choice.Model != was.Model {
		if choice.Result, err = fit.Fit(ctx, log, o); err != nil {
			return r, err
		}
	}
	r = FitResult{
		Preset: preset, Was: was.Model, Model: choice.Model, Weights: choice.Weights, Answers: answers, Items: choice.Items, NeedsMore: choice.Missing,
		OffBefore: choice.Current.RMSE,
	}
	for _, held := range choice.Candidates {
		r.Models = append(r.Models, ModelScore{held.Model, held.RMSE, held.LogLoss})
		if held.Model == r.Model {
			r.OffAfter = held.RMSE
			r.Better = choice.Extent != fit.Nothing && held.LogLoss < choice.Current.LogLoss
		}
	}
	note, err := json.Marshal(tryNote{c.clock().UnixMilli(), answers, choice.Missing})
	if err != nil {
		return r, err
	}
	if err := c.SetSetting(ctx, settingTry+preset, string(note)); err != nil {
		return r, err
	}
	next := was
	next.Model, next.Weights = r.Model, r.Weights
	r.Change, err = c.replanned(ctx, preset, next, part(partFit, 100))
	return r, err
}

// UseFit puts a fit to use: one operation. Memory is computed anew; when cards
// come back stays as it was promised, until Reschedule.
func (c *Collection) UseFit(ctx context.Context, r FitResult) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		s, err := m.ruleSet(r.Preset)
		if err != nil {
			return Change{}, err
		}
		changes, err := m.changePreset(s, func(o *otherPreset) { o.Preset.Model, o.Preset.Weights = r.Model, r.Weights })
		if err != nil {
			return Change{}, err
		}
		note, err := json.Marshal(fitNote{c.clock().UnixMilli(), r.Answers, r.OffAfter})
		if err != nil {
			return Change{}, err
		}
		changes = append(changes, choice{choiceFit + r.Preset, string(note)})
		return c.choose(ctx, t, m, OpFit, r.Preset, changes)
	})
	if err != nil {
		return fmt.Errorf("use the fit: %w", err)
	}
	return nil
}

// Workload compares the days to come as they stand with how they would be.
type Workload struct {
	Before []int `json:"before"` // cards due on each of the next 30 days; what is overdue is due today
	After  []int `json:"after"`
	Moved  int   `json:"moved"` // cards whose day changes
	Today  int   `json:"today"` // cards due today, after
}

// ReschedulePreview says what Reschedule would do.
func (c *Collection) ReschedulePreview(ctx context.Context, preset string) (w Workload, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		s, err := m.ruleSet(preset)
		if err != nil {
			return err
		}
		w, _ = m.replan(m.sched.Day(c.Now()), s, s.sched, nil)
		return nil
	})
	if err != nil {
		return w, fmt.Errorf("preview a reschedule: %w", err)
	}
	return w, nil
}

// Reschedule makes the cards of a preset's decks come back when memory and
// retention say now, and tells how many that moved: one operation. Paused
// cards, and those on their steps, stay.
func (c *Collection) Reschedule(ctx context.Context, preset string, p Progress) (moved int, err error) {
	err = c.write(ctx, func(t *tx, m *memory) (Change, error) {
		s, err := m.ruleSet(preset)
		if err != nil {
			return Change{}, err
		}
		_, moves := m.replan(m.sched.Day(c.Now()), s, s.sched, nil)
		moved = len(moves)
		return c.moveCards(t, m, OpReplan, preset, moves)
	})
	if err != nil {
		return 0, fmt.Errorf("reschedule: %w", err)
	}
	return moved, nil
}

// countDue counts a card that is due on a day among days from today on; what is
// overdue is due today.
func countDue(days []int, today, day scheduler.Day) {
	if k := max(0, int(day-today)); k < len(days) {
		days[k]++
	}
}

// replan works out when the cards of a preset would come back under a
// scheduler. states holds their memory under it; nil: as it is.
func (m *memory) replan(today scheduler.Day, s *ruleSet, by *scheduler.Scheduler, states map[decks.CardID]scheduler.State) (w Workload, moves []move) {
	w.Before, w.After = make([]int, changedDays), make([]int, changedDays)
	due := map[scheduler.Day]int{}
	load := &scheduler.Load{Due: func(d scheduler.Day) int { return due[d] }}
	for i := range m.cards {
		e := &m.cards[i]
		if e.q.Off || m.decks[e.deck].rules != s || !e.comesBack() {
			continue
		}
		day := e.q.DueDay
		countDue(w.Before, today, day)
		if e.q.Phase == scheduler.Review && e.q.State.S > 0 {
			card := e.q.Card
			if states != nil {
				card.State = states[e.id]
			}
			if card.State.S > 0 {
				day = by.Replan(card, today, seedOf(e.id)(max(0, e.q.Reps-1)), load)
			}
		}
		due[day]++
		countDue(w.After, today, day)
		if day != max(today, e.q.DueDay) {
			moves = append(moves, move{e.id, day})
		}
	}
	w.Moved, w.Today = len(moves), w.After[0]
	return w, moves
}

// replanned says what rescheduling under another preset would do.
func (c *Collection) replanned(ctx context.Context, preset string, next scheduler.Preset, p Progress) (w Workload, err error) {
	by := &ruleSet{preset: next}
	if err := by.schedule(); err != nil {
		return w, fmt.Errorf("use the fit: %w", err)
	}
	var cards []decks.CardID
	err = c.read(ctx, func(_ querier, m *memory) error {
		s, err := m.ruleSet(preset)
		for i := range m.cards {
			if e := &m.cards[i]; !e.q.Off && m.decks[e.deck].rules == s && e.q.State.S > 0 {
				cards = append(cards, e.id)
			}
		}
		return err
	})
	if err != nil {
		return w, err
	}
	states := map[decks.CardID]scheduler.State{}
	err = c.snapshot(ctx, func(q querier) error {
		for i, id := range cards {
			if i%256 == 0 {
				if err := ctx.Err(); err != nil {
					return err
				}
				p(i, len(cards))
			}
			reviews, err := readReviews(q, id)
			if err != nil {
				return err
			}
			states[id] = walk(by, id, reviews, nil).State
		}
		return nil
	})
	if err != nil {
		return w, err
	}
	err = c.read(ctx, func(_ querier, m *memory) error {
		s, err := m.ruleSet(preset)
		if err == nil {
			w, _ = m.replan(m.sched.Day(c.Now()), s, by.sched, states)
		}
		return err
	})
	return w, err
}
