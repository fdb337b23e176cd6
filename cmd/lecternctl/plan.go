package main

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
	"lectern/scheduler/exam"
)

// planAnswer is what `plan --json` prints. Shares are 0 to 1.
type planAnswer struct {
	Exam         string        `json:"exam"`
	Minutes      int           `json:"minutes"`
	Cards        int           `json:"cards"`
	Goal         *float64      `json:"goal"`
	Now          float64       `json:"now"`
	Expected     float64       `json:"expected"`
	Without      float64       `json:"without"`
	Feasible     bool          `json:"feasible"`
	NeedMinutes  *int          `json:"need_minutes"`
	Best         *float64      `json:"best"`
	Unbegun      int           `json:"unbegun"`
	Curve        []float64     `json:"curve"`
	CurveWithout []float64     `json:"curve_without"`
	Sections     []planSection `json:"sections"`
	Stages       []planStage   `json:"stages"`
	Today        []string      `json:"today"`
	TodayMinutes float64       `json:"today_minutes"`
	Seconds      float64       `json:"seconds"`
}

type planSection struct {
	Title    string  `json:"title"`
	Cards    int     `json:"cards"`
	Unseen   int     `json:"unseen"`
	Now      float64 `json:"now"`
	Expected float64 `json:"expected"`
	Start    *string `json:"start"`
	Until    *string `json:"until"`
}

type planStage struct {
	Kind    string  `json:"kind"`
	From    string  `json:"from"`
	To      string  `json:"to"`
	Cards   int     `json:"cards"`
	Minutes float64 `json:"minutes"`
}

// planFlags are the exam that is asked about.
type planFlags struct {
	from            *aheadFrom
	deck, date      string
	day             int // of date, counted from 1970
	minutes         int
	goal, retention float64
}

// check refuses values that flags cannot have, and reads the date.
func (f *planFlags) check(c *cli, cmd *cobra.Command) error {
	t, err := time.Parse(time.DateOnly, f.date)
	f.day = int(t.Unix() / (24 * 60 * 60))
	switch {
	case f.date == "":
		return c.usage(cmd, c.p.T("ctl.flag_missing", "Name", "--exam"))
	case err != nil:
		return c.badValue(cmd, "exam")
	case f.minutes < 0 || f.minutes > 24*60:
		return c.badValue(cmd, "minutes")
	case !(f.goal >= 0 && f.goal < 1):
		return c.badValue(cmd, "goal")
	case !(f.retention > 0 && f.retention < 1):
		return c.badValue(cmd, "retention")
	}
	return f.from.check(c, cmd)
}

// plan says how to study for an exam and what to expect of it. Nothing is
// changed.
func (c *cli) plan() *cobra.Command {
	f := &planFlags{}
	var cmd *cobra.Command
	cmd = c.command("plan", c.noArgs, func(ctx context.Context, _ []string) error {
		if err := f.check(c, cmd); err != nil {
			return err
		}
		start := time.Now() // not the program's clock, which --now may have stopped
		make := c.planCollection
		if f.from.reviews.log != "" {
			make = c.planLog
		}
		answer, err := make(ctx, f)
		if err != nil {
			return cancelled(ctx, err)
		}
		answer.Seconds = time.Since(start).Seconds()
		return c.show(answer, func() { c.printPlan(answer) })
	})
	f.from = c.aheadFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.date, "exam", "", c.p.T("ctl.flag_exam"))
	flags.IntVar(&f.minutes, "minutes", 15, c.p.T("ctl.flag_minutes"))
	flags.Float64Var(&f.goal, "goal", 0, c.p.T("ctl.flag_goal"))
	flags.Float64Var(&f.retention, "retention", 0.9, c.p.T("ctl.flag_retention"))
	flags.StringVar(&f.deck, "deck", "", c.p.T("ctl.flag_deck_exam"))
	return cmd
}

// past is the fault of an exam that is not after today.
func (c *cli) past(day int) error {
	return fault.New(fault.BadArgument, exam.ErrPast, "what", c.p.T("ctl.exam_past", "Date", date(day)))
}

func (f *planFlags) answer() planAnswer {
	a := planAnswer{Exam: date(f.day), Minutes: f.minutes, Sections: []planSection{}, Stages: []planStage{}, Today: []string{}}
	if f.goal > 0 {
		a.Goal = &f.goal
	}
	return a
}

func (c *cli) planCollection(ctx context.Context, f *planFlags) (answer planAnswer, err error) {
	answer = f.answer()
	err = c.with(ctx, func(col *collection.Collection) error {
		preset, err := col.Preset(ctx)
		if err != nil {
			return err
		}
		if f.day <= int(scheduler.DayOf(col.Now(), preset.RolloverHour)) {
			return c.past(f.day)
		}
		deck, err := c.onlyDeck(ctx, col, f.deck)
		if err != nil {
			return err
		}
		p, err := col.PlanExam(ctx, collection.Exam{Deck: deck, Day: scheduler.Day(f.day), Minutes: f.minutes, Goal: f.goal}, nil)
		if err != nil {
			return err
		}
		answer.Now, answer.Expected, answer.Without = p.Now, p.Expected, p.Without
		answer.Feasible, answer.Unbegun = p.Feasible, p.Unbegun
		if !p.Feasible {
			answer.Best = &p.Best
			if p.NeedMinutes > 0 {
				answer.NeedMinutes, answer.Best = &p.NeedMinutes, nil
			}
		}
		answer.Curve, answer.CurveWithout, answer.TodayMinutes = p.Curve, p.CurveWithout, p.TodayMinutes
		for _, s := range p.Sections {
			answer.Cards += s.Cards
			answer.Sections = append(answer.Sections, planSection{
				s.Title, s.Cards, s.Unseen, s.Now, s.Expected, dayOrNone(int(s.Start)), dayOrNone(int(s.Until)),
			})
		}
		for _, s := range p.Stages {
			answer.Stages = append(answer.Stages, planStage{s.Kind, s.From.String(), s.To.String(), s.Cards, s.Minutes})
		}
		for _, card := range p.List {
			answer.Today = append(answer.Today, string(card))
		}
		return nil
	})
	return answer, err
}

// onlyDeck finds a deck by its name; without a name there has to be one only.
func (c *cli) onlyDeck(ctx context.Context, col *collection.Collection, name string) (string, error) {
	if name != "" {
		return c.deck(ctx, col, name)
	}
	rows, err := col.Decks(ctx)
	if err != nil {
		return "", err
	}
	if len(rows) != 1 {
		return "", fault.New(fault.BadArgument, nil, "what", c.p.T("ctl.which_deck"))
	}
	return rows[0].ID, nil
}

func dayOrNone(day int) *string {
	if day == 0 {
		return nil
	}
	s := date(day)
	return &s
}

// stageNames are the words for stages in --json, those of the collection.
var stageNames = map[exam.Kind]string{exam.Learn: "learn", exam.Review: "review", exam.Last: "last"}

// planLog plans for all cards of a log, from the study day after its last answer.
func (c *cli) planLog(ctx context.Context, f *planFlags) (answer planAnswer, err error) {
	answer = f.answer()
	a, err := f.from.read(ctx, c, f.retention)
	if err != nil {
		return answer, err
	}
	if f.day <= a.today {
		return answer, c.past(f.day)
	}
	req := exam.Request{
		Cards: make([]exam.Card, len(a.cards)), Days: f.day - a.today, Minutes: float64(f.minutes), Model: a.model,
		Habits: a.habits, Settings: a.settings, Retention: f.retention,
	}
	for i, card := range a.cards {
		req.Cards[i].Card = card
	}
	p, err := exam.Make(ctx, req)
	if err != nil {
		return answer, c.unplannable(err)
	}
	answer.Cards, answer.Now, answer.Expected, answer.Without = len(a.cards), p.Now, p.Expected, p.Usual[len(p.Usual)-1]
	answer.Unbegun, answer.CurveWithout, answer.TodayMinutes = int(math.Round(p.Unbegun)), p.Usual, p.Days[0].Minutes
	for _, d := range p.Days {
		answer.Curve = append(answer.Curve, d.Known)
	}
	answer.Curve = append(answer.Curve, p.Expected)
	for _, s := range p.Stages() {
		answer.Stages = append(answer.Stages, planStage{
			stageNames[s.Kind], date(a.today + s.From), date(a.today + s.To), int(math.Round(s.Cards)), s.Minutes,
		})
	}
	for _, card := range p.Today {
		answer.Today = append(answer.Today, a.log.ID(int32(card)))
	}
	answer.Feasible = p.Expected >= f.goal
	if !answer.Feasible {
		minutes, best, ok, err := exam.Needed(ctx, req, f.goal)
		if err != nil {
			return answer, err
		}
		if answer.Best = &best; ok {
			answer.NeedMinutes, answer.Best = &minutes, nil
		}
	}
	return answer, nil
}

// unplannable is the fault of an exam that is too large or too far away.
func (c *cli) unplannable(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fault.New(fault.BadArgument, err, "what", c.p.T("ctl.exam_too_much", "Cards", c.p.Int(exam.MaxCards), "Days", c.p.Int(exam.MaxDays)))
}

func (c *cli) printPlan(a planAnswer) {
	if a.Cards == 0 {
		c.line(c.p.T("ctl.ahead_no_cards"))
		return
	}
	of100 := func(share float64) string {
		n := math.Round(100 * share)
		if share < 1 {
			n = min(n, 99) // everything is promised to nobody
		}
		return c.p.Int(int(n))
	}
	c.line(c.p.T("ctl.plan_expected", "Date", c.dayWords(a.Exam), "Expected", of100(a.Expected), "Now", of100(a.Now), "Without", of100(a.Without)))
	switch {
	case a.Feasible:
	case a.NeedMinutes != nil:
		c.line(c.p.N("ctl.plan_needs", *a.NeedMinutes, "Goal", of100(*a.Goal)))
	default:
		c.line(c.p.T("ctl.plan_beyond", "Goal", of100(*a.Goal), "Best", of100(*a.Best)))
	}
	if a.Unbegun > 0 {
		c.line(c.p.N("ctl.plan_unbegun", a.Unbegun))
	}
	c.line(c.p.N("ctl.plan_today", len(a.Today), "Minutes", c.minutes(a.TodayMinutes)))
	if len(a.Stages) > 0 {
		c.line("")
	}
	table := [][]string{}
	for _, s := range a.Stages {
		table = append(table, []string{c.p.T("ctl.stage_" + s.Kind), c.dayWords(s.From), "–", c.dayWords(s.To), c.p.T("ctl.minutes_a_day", "Minutes", c.p.Decimal(s.Minutes))})
	}
	c.table(table)
	if len(a.Sections) == 0 {
		return
	}
	c.line("")
	table = [][]string{{c.p.T("ctl.col_section"), c.p.T("ctl.col_cards"), c.p.T("ctl.col_now"), c.p.T("ctl.col_then"), c.p.T("ctl.col_begin")}}
	for _, s := range a.Sections {
		begin := "–"
		if s.Start != nil {
			begin = c.dayWords(*s.Start)
		}
		table = append(table, []string{c.clip(s.Title, 48), c.p.Int(s.Cards), of100(s.Now), of100(s.Expected), begin})
	}
	c.table(table, 1, 2, 3)
}

// dayWords writes a date as people do.
func (c *cli) dayWords(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return c.p.DateFrom(c.clock(), t)
}
