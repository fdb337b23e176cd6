package collection

import (
	"context"
	"fmt"
	"math"
	"slices"

	"lectern/decks"
	"lectern/scheduler"
	"lectern/scheduler/exam"
)

// ExamSection is a section on the way to an exam.
type ExamSection struct {
	ID       string        `json:"id"` // "" for cards without a section
	Title    string        `json:"title"`
	Cards    int           `json:"cards"`
	Unseen   int           `json:"unseen"`
	Now      float64       `json:"now"`      // mean recall, new cards count as 0
	Expected float64       `json:"expected"` // on the day of the exam
	Start    scheduler.Day `json:"start"`    // when its first new card is begun; 0: none is
	Until    scheduler.Day `json:"until"`    // by when the last one is
}

// ExamStage is a stretch of days of the same kind.
type ExamStage struct {
	Kind    string        `json:"kind"` // "learn": new cards too, "review", "last": a last look
	From    scheduler.Day `json:"from"`
	To      scheduler.Day `json:"to"` // that day too
	Cards   int           `json:"cards"`
	Minutes float64       `json:"minutes"` // a day, the mean
}

// ExamPlan is the way to an exam and what to expect of it.
type ExamPlan struct {
	Exam         Exam          `json:"exam"`
	Now          float64       `json:"now"`           // mean recall today
	Expected     float64       `json:"expected"`      // on the day of the exam, by the plan
	Without      float64       `json:"without"`       // going on as now
	Feasible     bool          `json:"feasible"`      // the goal is reached within the minutes
	NeedMinutes  int           `json:"need_minutes"`  // a day, for the goal; 0: no time is enough
	Best         float64       `json:"best"`          // recall that can be reached at all, when no time is enough
	Unbegun      int           `json:"unbegun"`       // new cards for which there is no time
	Curve        []float64     `json:"curve"`         // mean recall as each day begins, the day of the exam last
	CurveWithout []float64     `json:"curve_without"` // the same, going on as now
	Sections     []ExamSection `json:"sections"`
	Stages       []ExamStage   `json:"stages"`
	Today        int           `json:"today"` // cards to ask today
	TodayMinutes float64       `json:"today_minutes"`
	NeedAnswers  int           `json:"need_answers"` // cards whose answer has still to be written

	List []decks.CardID `json:"list"` // those cards, the most valuable first
}

// PlanExam works out the way to an exam; it changes nothing. Faults are those
// of SetExam.
func (c *Collection) PlanExam(ctx context.Context, e Exam, p Progress) (plan ExamPlan, err error) {
	state, err := c.state(ctx) // what changes meanwhile makes the plan one of before
	if err != nil {
		return ExamPlan{}, fmt.Errorf("plan the exam: %w", err)
	}
	plan, kept := c.known.plan(e, state)
	if !kept {
		if plan, err = c.planExam(ctx, e, 0, true); err != nil {
			return ExamPlan{}, fmt.Errorf("plan the exam: %w", faulty(err))
		}
		c.known.keepPlan(e, state, plan)
	}
	if p != nil {
		p(1, 1)
	}
	return plan, nil
}

// keptPlan is the plan that was looked at last for a deck: screens ask for it
// again and again.
type keptPlan struct {
	exam, state string
	plan        ExamPlan
}

// state tells what a plan depends on besides the exam: what is in the file, and
// the day.
func (c *Collection) state(ctx context.Context) (state string, err error) {
	err = c.read(ctx, func(_ querier, m *memory) error {
		state = fmt.Sprintf("%d %v", m.generation, m.sched.Day(c.Now()))
		return nil
	})
	return state, err
}

func (k *known) plan(e Exam, state string) (ExamPlan, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	kept, ok := k.plans[e.Deck]
	return kept.plan, ok && kept.exam == e.key() && kept.state == state
}

func (k *known) keepPlan(e Exam, state string, p ExamPlan) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.plans == nil {
		k.plans = map[string]keptPlan{}
	}
	k.plans[e.Deck] = keptPlan{e.key(), state, p}
}

// examRequest is an exam as the planner takes it, with what its words are about.
type examRequest struct {
	ahead
	exam     Exam
	cards    []exam.Card
	sections []decks.Section // by number
	needs    int
}

// planExam plans; spent are the minutes of today that are used up. goal says
// whether to work out what the goal takes.
func (c *Collection) planExam(ctx context.Context, e Exam, spent float64, goal bool) (plan ExamPlan, err error) {
	r, err := c.examRequest(ctx, e)
	if err != nil {
		return plan, err
	}
	s := &r.rules.preset
	req := exam.Request{
		Cards: r.cards, Days: int(e.Day - r.today), Minutes: max(0, float64(e.Minutes)-spent), Model: r.request.Model, Habits: r.request.Habits,
		Settings: r.request.Settings, Retention: s.Retention,
	}
	made, err := exam.Make(ctx, req)
	if err != nil {
		return plan, err
	}
	plan = r.words(made)
	plan.Feasible = e.Goal == 0 || plan.Expected >= e.Goal
	plan.NeedMinutes = e.Minutes
	if !goal || plan.Feasible {
		return plan, nil
	}
	minutes, best, ok, err := exam.Needed(ctx, req, e.Goal)
	if err != nil {
		return plan, err
	}
	if plan.NeedMinutes, plan.Best = minutes, best; !ok {
		plan.NeedMinutes = 0
	}
	return plan, nil
}

func (c *Collection) examRequest(ctx context.Context, e Exam) (r examRequest, err error) {
	r.exam = e
	preset := ""
	err = c.read(ctx, func(_ querier, m *memory) error {
		today := m.sched.Day(c.Now())
		if err := m.checkExam(&e, today); err != nil {
			return err
		}
		d := &m.decks[m.deckAt[e.Deck]]
		preset = d.rules.id
		if err := r.start(d.rules, today); err != nil {
			return err
		}
		number := map[int32]int{}
		for i := d.from; i < d.to; i++ {
			k := &m.cards[i]
			if k.q.Off || !e.covers(d, k) {
				continue
			}
			n, ok := number[k.section]
			if !ok {
				n = len(r.sections)
				number[k.section] = n
				r.sections = append(r.sections, m.section(k))
			}
			r.gather(m, i, i+1)
			r.cards = append(r.cards, exam.Card{Card: r.request.Cards[len(r.request.Cards)-1], Section: n})
			if k.q.Needs {
				r.needs++
			}
		}
		return nil
	})
	if err == nil {
		r.request.Habits, err = c.habits(ctx, preset)
	}
	return r, err
}

// covers says whether a card may be asked in the exam.
func (e *Exam) covers(d *deckEntry, k *cardEntry) bool {
	if e.Sections == nil {
		return true
	}
	return k.section >= 0 && slices.Contains(e.Sections, d.sections[k.section].ID)
}

// words turns what was planned into what is said of it.
func (r *examRequest) words(made *exam.Plan) ExamPlan {
	p := ExamPlan{
		Exam: r.exam, Now: made.Now, Expected: made.Expected, Unbegun: int(math.Round(made.Unbegun)), CurveWithout: made.Usual,
		Today: len(made.Today), NeedAnswers: r.needs, Sections: []ExamSection{}, Stages: []ExamStage{}, List: []decks.CardID{},
	}
	if n := len(made.Usual); n > 0 {
		p.Without = made.Usual[n-1]
	}
	for _, d := range made.Days {
		p.Curve = append(p.Curve, d.Known)
	}
	p.Curve = append(p.Curve, made.Expected)
	if len(made.Days) > 0 {
		p.TodayMinutes = made.Days[0].Minutes
	}
	for _, i := range made.Today {
		p.List = append(p.List, r.ids[i])
	}
	day := func(k int) scheduler.Day {
		if k < 0 {
			return 0
		}
		return r.today + scheduler.Day(k)
	}
	for n, s := range made.Sections {
		if n >= len(r.sections) {
			break
		}
		p.Sections = append(p.Sections, ExamSection{
			ID: r.sections[n].ID, Title: r.sections[n].Title, Cards: s.Cards, Unseen: s.New, Now: s.Now, Expected: s.Expected,
			Start: day(s.Start), Until: day(s.Until),
		})
	}
	for _, s := range made.Stages() {
		p.Stages = append(p.Stages, ExamStage{
			Kind: stageKinds[s.Kind], From: day(s.From), To: day(s.To), Cards: int(math.Round(s.Cards)), Minutes: s.Minutes,
		})
	}
	return p
}

// stageKinds are the words for stages.
var stageKinds = map[exam.Kind]string{exam.Learn: "learn", exam.Review: "review", exam.Last: "last"}
