package scheduler

import "lectern/scheduler/kernel"

// fsrs7 is FSRS-7, which no Go library has: the kernel itself, whose formulas
// stand at [kernel.Twin]. The days of Next and Recall are the time elapsed, not
// study days; see [Fractional].
type fsrs7 struct{ *kernel.Twin }

func newFSRS7(w [34]float64) fsrs7 { return fsrs7{kernel.NewTwin(w)} }

func (m fsrs7) Next(s State, days float64, g Grade) State {
	return State(m.Twin.Next(kernel.State(s), days, int(g)))
}

func (m fsrs7) Recall(s State, days float64) float64 {
	return m.Twin.Recall(kernel.State(s), days)
}

func (m fsrs7) Interval(s State, retention float64) float64 {
	return m.Twin.Interval(kernel.State(s), retention)
}
