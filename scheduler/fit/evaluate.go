package fit

import (
	"context"
	"fmt"

	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// Evaluation says what to measure and how.
type Evaluation struct {
	// From leaves out the items before the moment at which this fraction of
	// the answers was given. They still make the memories.
	From float64
	// Splits measures what fitting would have foretold, not the weights given:
	// all items are cut into six parts of equal size in time order, and each
	// but the first is predicted with weights fitted to those before it. From
	// has no part in it.
	Splits bool
	// Recency lets later items weigh more, from 0.25 to 1 with the cube of
	// their position in time, as fsrs-rs does.
	Recency bool
}

// parts is how many parts a log is cut into for splits.
const parts = 6

// Evaluate measures how well a model predicts a student's answers: the model of
// o with o.Weights. All items count, those of unusual cards too.
func Evaluate(ctx context.Context, l *revlog.Log, o Options, e Evaluation) (Metrics, error) {
	sp, m, err := o.spec()
	if err != nil {
		return Metrics{}, err
	}
	if err := ctx.Err(); err != nil {
		return Metrics{}, err
	}
	l = sorted(l)
	h := read(l, o.RolloverHour)
	q := question{from: int32(len(l.Until(e.From).Answers)), to: int32(h.answers), auc: true}
	rows := h.itemRows()
	if e.Recency {
		q.weights = make([]float32, h.answers)
		for i, row := range rows {
			x := float64(i) / float64(max(1, len(rows)-1))
			q.weights[row] = float32(0.25 + 0.75*x*x*x)
		}
	}
	if !e.Splits {
		return h.measure(m, q).metrics(), nil
	}
	sum := newTally(true)
	if len(rows) < parts {
		return sum.metrics(), nil
	}
	for i := 1; i < parts; i++ {
		from := rows[len(rows)*i/parts]
		before := *l
		before.Answers = l.Answers[:from]
		fitted, err := fitWeights(ctx, read(&before, o.RolloverHour), &sp, o.share(i-1, parts-1))
		if err != nil {
			return Metrics{}, fmt.Errorf("fit %s to part %d: %w", o.Model, i, err)
		}
		m, err := kernel.New(o.Model, fitted.Weights)
		if err != nil {
			return Metrics{}, fmt.Errorf("use the weights fitted to part %d: %w", i, err)
		}
		q.from, q.to = from, int32(h.answers)
		if i+1 < parts {
			q.to = rows[len(rows)*(i+1)/parts]
		}
		sum.merge(h.measure(m, q))
	}
	return sum.metrics(), nil
}

// share turns the progress of one of several equal tasks into that of all.
func (o *Options) share(task, tasks int) func(done, total int) {
	if o.Progress == nil {
		return nil
	}
	const whole = 1000
	return func(done, total int) { o.Progress(task*whole+done*whole/max(1, total), tasks*whole) }
}

// itemRows returns the rows of all items, in time order.
func (h *history) itemRows() []int32 {
	is := make([]bool, h.answers)
	n := 0
	for c := range h.cards() {
		from, to := h.card(c)
		for i := from + 1; i < to; i++ {
			if h.days[i] > 0 {
				is[h.rows[i]] = true
				n++
			}
		}
	}
	rows := make([]int32, 0, n)
	for row, item := range is {
		if item {
			rows = append(rows, int32(row))
		}
	}
	return rows
}
