package collection

import (
	"context"
	"fmt"

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
