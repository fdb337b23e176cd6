package collection

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/scheduler"
	"lectern/scheduler/exam"
)

// Exam is a date on which a deck, or some of its sections, are to be known.
type Exam struct {
	Deck     string        `json:"deck"`
	Day      scheduler.Day `json:"day"`                // it is on the morning of this study day
	Minutes  int           `json:"minutes"`            // a day at most
	Goal     float64       `json:"goal,omitempty"`     // wanted recall, 0 to 1; 0: none
	Sections []string      `json:"sections,omitempty"` // ids; nil: all
}

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

const choiceExam = "exam/" // + deck

// Exam returns the exam that is set for a deck, nil when none is. One that is
// past is still returned: the student is asked about it.
func (c *Collection) Exam(ctx context.Context, deck string) (e *Exam, err error) {
	err = c.read(ctx, func(_ querier, m *memory) error {
		if found, ok := m.rules.exams[deck]; ok {
			e = &found
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the exam: %w", err)
	}
	return e, nil
}

// SetExam makes a deck be studied by the plan to an exam: until that day its
// queue is the plan's. Fault: BadArgument for a deck or section that is not
// there, for a day that is past, for minutes or a goal out of range.
func (c *Collection) SetExam(ctx context.Context, e Exam) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		if err := m.checkExam(&e, m.sched.Day(c.Now())); err != nil {
			return Change{}, err
		}
		return c.choose(ctx, t, m, OpExam, e.Deck, m.changed(nil, choiceExam+e.Deck, e, m.rules.exams[e.Deck]))
	})
	if err != nil {
		return fmt.Errorf("set the exam: %w", err)
	}
	return nil
}

// RemoveExam makes a deck be studied as usual again.
func (c *Collection) RemoveExam(ctx context.Context, deck string) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		if _, ok := m.rules.exams[deck]; !ok {
			return Change{}, nil
		}
		return c.choose(ctx, t, m, OpExam, deck, []choice{{choiceExam + deck, ""}})
	})
	if err != nil {
		return fmt.Errorf("remove the exam: %w", err)
	}
	return nil
}

func (m *memory) checkExam(e *Exam, today scheduler.Day) error {
	d, err := m.deck(e.Deck)
	if err != nil {
		return err
	}
	for _, id := range e.Sections {
		if _, ok := d.sectionAt[id]; !ok {
			return fault.New(fault.BadArgument, nil, "what", "section "+id)
		}
	}
	switch {
	case e.Day <= today, e.Day-today > exam.MaxDays:
		return fault.New(fault.BadArgument, nil, "what", "day "+e.Day.String())
	case e.Minutes < 0 || e.Minutes > 24*60:
		return fault.New(fault.BadArgument, nil, "what", fmt.Sprintf("%d minutes", e.Minutes))
	case !(e.Goal >= 0 && e.Goal < 1):
		return fault.New(fault.BadArgument, nil, "what", fmt.Sprintf("goal %v", e.Goal))
	}
	return nil
}

// PlanExam works out the way to an exam; it changes nothing. Faults are those
// of SetExam.
func (c *Collection) PlanExam(ctx context.Context, e Exam, p Progress) (plan ExamPlan, err error) {
	plan, err = c.planExam(ctx, e, 0, true)
	if err != nil {
		return ExamPlan{}, fmt.Errorf("plan the exam: %w", faulty(err))
	}
	if p != nil {
		p(1, 1)
	}
	return plan, nil
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
	err = c.read(ctx, func(q querier, m *memory) error {
		v, err := c.viewAt(q, m, c.clock(), Scope{})
		if err != nil {
			return err
		}
		if err := m.checkExam(&e, v.day); err != nil {
			return err
		}
		d := &m.decks[m.deckAt[e.Deck]]
		preset = d.rules.id
		if err := r.start(d.rules, v.day); err != nil {
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
			r.gather(v, i, i+1, nil)
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

// plans are the lists of the day for the decks that have an exam.
type plans struct {
	mu   sync.Mutex
	made map[string]*dayPlan // by deck
}

// dayPlan is what a plan wants asked on a day.
type dayPlan struct {
	day   scheduler.Day
	exam  string // as it was set
	cards int    // of the deck
	list  map[decks.CardID]int32
}

// planToday makes the lists of the day that are not made yet. It is called
// before the queue is looked at, without a lock: a plan takes a while.
func (c *Collection) planToday(ctx context.Context) error {
	var todo []Exam
	spent := map[string]float64{}
	var today scheduler.Day
	sizes := map[string]int{}
	err := c.read(ctx, func(q querier, m *memory) error {
		if len(m.rules.exams) == 0 {
			return nil
		}
		today = m.sched.Day(c.Now())
		for deck, e := range m.rules.exams {
			i, ok := m.deckAt[deck]
			if !ok || e.Day <= today || c.plans.of(m, i, today) != nil {
				continue
			}
			var ms int64
			err := q.row(`SELECT coalesce(sum(ms), 0) FROM days WHERE day = ? AND deck = ?`, int(today), deck).Scan(&ms)
			if err != nil {
				return fmt.Errorf("read the day's minutes: %w", err)
			}
			spent[deck] = float64(ms) / 60_000
			sizes[deck] = m.decks[i].to - m.decks[i].from
			todo = append(todo, e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, e := range todo {
		plan, err := c.planExam(ctx, e, spent[e.Deck], false)
		if errors.Is(err, exam.ErrPast) {
			continue
		}
		if err != nil {
			return fmt.Errorf("plan the day for the exam: %w", err)
		}
		list := make(map[decks.CardID]int32, len(plan.List))
		for k, id := range plan.List {
			list[id] = int32(k + 1)
		}
		c.plans.keep(e.Deck, &dayPlan{today, e.key(), sizes[e.Deck], list})
	}
	return nil
}

func (e Exam) key() string {
	text, err := json.Marshal(e)
	if err != nil {
		return "" // a goal that is not a number, which checkExam refuses
	}
	return string(text)
}

func (p *plans) keep(deck string, made *dayPlan) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.made == nil {
		p.made = map[string]*dayPlan{}
	}
	p.made[deck] = made
}

// of returns the list of a deck for today, nil when it has to be made.
func (p *plans) of(m *memory, deck int, today scheduler.Day) *dayPlan {
	p.mu.Lock()
	defer p.mu.Unlock()
	d := &m.decks[deck]
	made := p.made[d.id]
	if made == nil || made.day != today || made.cards != d.to-d.from || made.exam != m.rules.exams[d.id].key() {
		return nil
	}
	return made
}

// planned is what the plans want of each card today; nil: there are none.
func (p *plans) planned(m *memory, today scheduler.Day) []int32 {
	var out []int32
	for deck, e := range m.rules.exams {
		i, ok := m.deckAt[deck]
		if !ok {
			continue
		}
		made := p.of(m, i, today)
		if made == nil {
			continue
		}
		if out == nil {
			out = make([]int32, len(m.cards))
		}
		d := &m.decks[i]
		for k := d.from; k < d.to; k++ {
			if !e.covers(d, &m.cards[k]) {
				continue
			}
			out[k] = -1
			if n, ok := made.list[m.cards[k].id]; ok {
				out[k] = n
			}
		}
	}
	return out
}
