package forecast

// Habits are how a student answers, apart from what he remembers. Grades stand
// in order: Again, Hard, Good, Easy; phases too: learning, review, relearning.
type Habits struct {
	First      [4]float64    // probability of each first grade of a new card
	Recalled   [3]float64    // of Hard, Good, Easy in a review that was recalled
	Learning   [4][4]float64 // of the next grade the same day after a grade, while learning
	Relearning [4][4]float64 // the same, while relearning
	Seconds    [3][4]float64 // mean time of an answer by phase and grade
	Answers    int           // answers of his own that this comes from
}

// phases of an answer, as rows of Habits.Seconds.
const (
	learning = iota
	review
	relearning
)

// DefaultHabits are those of the mean student of a large public collection of
// logs, as fsrs-rs 6.6 has them: what is assumed of somebody unknown.
func DefaultHabits() Habits {
	return Habits{
		First:    [4]float64{0.24, 0.094, 0.495, 0.171},
		Recalled: [3]float64{0.224, 0.631, 0.145},
		Learning: [4][4]float64{
			{0.3686, 0.0628, 0.5108, 0.0577}, {0.0442, 0.4553, 0.4457, 0.0549},
			{0.0519, 0.047, 0.8462, 0.055}, {0.0519, 0.047, 0.8462, 0.055},
		},
		Relearning: [4][4]float64{
			{0.2157, 0.0643, 0.6595, 0.0604}, {0.05, 0.4638, 0.4475, 0.0387},
			{0.1057, 0.1434, 0.7266, 0.0244}, {0.1057, 0.1434, 0.7266, 0.0244},
		},
		Seconds: [3][4]float64{
			{19.58, 18.79, 13.78, 10.71}, {19.38, 17.59, 12.38, 8.94}, {16.44, 15.25, 12.32, 8.03},
		},
	}
}

// TwoButtons returns the habits of a student who has only Again and Good: what
// would have been Hard or Easy is Good.
func (h Habits) TwoButtons() Habits {
	merge := func(p *[4]float64) { *p = [4]float64{p[0], 0, p[1] + p[2] + p[3], 0} }
	merge(&h.First)
	h.Recalled = [3]float64{0, 1, 0}
	for i := range h.Learning {
		merge(&h.Learning[i])
		merge(&h.Relearning[i])
	}
	return h
}

// Sane returns habits that can be drawn from: what is no number or below zero
// counts as zero, and a row that is empty is that of DefaultHabits.
func (h Habits) Sane() Habits {
	d := DefaultHabits()
	mend(h.First[:], d.First[:])
	mend(h.Recalled[:], d.Recalled[:])
	for i := range h.Learning {
		mend(h.Learning[i][:], d.Learning[i][:])
		mend(h.Relearning[i][:], d.Relearning[i][:])
	}
	for i := range h.Seconds {
		for j, s := range h.Seconds[i] {
			if !(s > 0 && s <= maxSeconds) {
				h.Seconds[i][j] = d.Seconds[i][j]
			}
		}
	}
	return h
}

// mend makes p sum to 1.
func mend(p, fallback []float64) {
	sum := 0.0
	for i, x := range p {
		if !(x > 0 && x <= 1e9) {
			p[i] = 0
		}
		sum += p[i]
	}
	if sum == 0 {
		copy(p, fallback)
		return
	}
	for i := range p {
		p[i] /= sum
	}
}

// maxSeconds bounds the time of an answer that is counted: beyond it (20
// minutes) the student was away.
const maxSeconds = 1200

// ReviewSeconds is the mean time of a card that is reviewed once, with what
// relearning it takes when it is forgotten, by how probably it is recalled.
func (h *Habits) ReviewSeconds(recall float64, relearningSteps int) float64 {
	ok := 0.0
	for i, p := range h.Recalled {
		ok += p * h.Seconds[review][i+1]
	}
	return recall*ok + (1-recall)*(h.Seconds[review][0]+h.stepSeconds(relearning, &h.Relearning, 0, relearningSteps, relearningSteps))
}

// NewSeconds is the mean time a new card takes on its first day.
func (h *Habits) NewSeconds(learningSteps int) float64 {
	sum := 0.0
	for g, p := range h.First {
		sum += p * (h.Seconds[learning][g] + h.stepSeconds(learning, &h.Learning, g, stepsLeft(learningSteps, learningSteps, g), learningSteps))
	}
	return sum
}

// stepSeconds is the mean time from a grade until the steps that are left are
// passed, within the same day.
func (h *Habits) stepSeconds(phase int, next *[4][4]float64, grade, left, steps int) float64 {
	var from func(grade, left, asked int) float64
	from = func(grade, left, asked int) float64 {
		if left <= 0 || asked == mostSteps {
			return 0
		}
		sum := 0.0
		for g, p := range next[grade] {
			if p > 0 {
				sum += p * (h.Seconds[phase][g] + from(g, stepsLeft(left, steps, g), asked+1))
			}
		}
		return sum
	}
	return from(grade, left, 0)
}

// mostSteps is how often a card is asked again on one day: then it goes on
// tomorrow, in life as in the simulation.
const mostSteps = 5

// stepsLeft is what is left of the steps after a grade (0 Again … 3 Easy).
func stepsLeft(left, steps, grade int) int {
	switch grade {
	case 0:
		return steps
	case 1:
		return left
	case 2:
		return left - 1
	default:
		return 0
	}
}
