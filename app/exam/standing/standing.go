// Package standing tells how a deck stands for its exam, in the few words that
// other screens have room for.
package standing

import (
	"context"
	"math"
	"time"

	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// Collection is what the standing is read from.
type Collection interface {
	Exam(ctx context.Context, deck string) (*collection.Exam, error)
	PlanExam(context.Context, collection.Exam, collection.Progress) (collection.ExamPlan, error)
}

// Standing is how a deck stands for its exam.
type Standing struct {
	Day     scheduler.Day
	Left    int // days to study, the present one among them; 0: it is today, below: it was
	OnTrack bool
	Of100   int // how many of 100 will be recalled on the day
}

// Read plans the exam of a deck as of today; nil when it has none. Before an exam
// of today or earlier there is nothing left to plan.
func Read(ctx context.Context, c Collection, deck string, today scheduler.Day) (*Standing, error) {
	e, err := c.Exam(ctx, deck)
	if err != nil || e == nil {
		return nil, err
	}
	s := &Standing{Day: e.Day, Left: int(e.Day - today)}
	if s.Left <= 0 {
		return s, nil
	}
	plan, err := c.PlanExam(ctx, *e, nil)
	if err != nil {
		return nil, err
	}
	s.OnTrack, s.Of100 = plan.Feasible, Of100(plan.Expected)
	return s, nil
}

// Of100 is a share from 0 to 1 as so many of 100. Nearly all is not all: 100 is
// promised only where nothing can be forgotten.
func Of100(share float64) int {
	n := int(math.Round(100 * share))
	if share < 1 {
		n = min(n, 99)
	}
	return n
}

// When says when the exam is: «Экзамен 14 декабря».
func (s *Standing) When(p *i18n.Printer) string {
	switch {
	case s.Left < 0:
		return p.T("exam.was")
	case s.Left == 0:
		return p.T("exam.today")
	}
	return p.T("exam.on", "Date", p.Date(DateOf(s.Day)))
}

// Verdict says in a word whether the plan reaches what is wanted.
func (s *Standing) Verdict(p *i18n.Printer) string {
	if s.OnTrack {
		return p.T("exam.on_track")
	}
	return p.T("exam.off_track")
}

// DateOf is the date a study day bears.
func DateOf(day scheduler.Day) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
}
