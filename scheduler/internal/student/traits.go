package student

import (
	"math"
	"math/rand/v2"
	"slices"
)

// traits are what a student is born with.
type traits struct {
	weights [21]float64 // of the hidden memory

	// Standard deviations.
	cardFirst, cardDifficulty, cardGrowth, cardRecall float64 // between cards
	answerNoise                                       float64 // log of stability after an answer
	recallNoise                                       float64 // logit of recall at an answer

	slip, guess float64
	drift       float64 // log of growth, a year times ten

	twoButtons           bool
	hardForAgain         float64 // how often Hard is pressed for what was forgotten
	hardHabit, easyHabit float64
	firstGrades          [4]float64
	speed                float64 // of an answer, 1 is usual, 2 takes twice as long

	skipDay, weekend float64 // probability of a day off, and its factor on weekends
	breaksYear       float64
	hour             float64 // of the session, hours after the rollover
}

// hidden is one weight of the hidden memory: drawn around the published
// FSRS-6 weight with a standard deviation (of the first four, of the logarithm)
// and kept within bounds.
type hidden struct{ mean, sd, lo, hi float64 }

var hiddenWeights = [21]hidden{
	{0.212, 0.7, 0.02, 5}, {1.2931, 0.6, 0.05, 15}, {2.3065, 0.5, 0.1, 30}, {8.2956, 0.45, 0.5, 80},
	{6.4133, 0.5, 3, 9}, {0.8334, 0.15, 0.1, 2}, {3.0194, 0.4, 0.5, 4}, {0.001, 0.01, 0.001, 0.3},
	{1.8722, 0.25, 0.8, 3}, {0.1666, 0.05, 0.02, 0.5}, {0.796, 0.2, 0.2, 2},
	{1.4835, 0.25, 0.5, 3.5}, {0.0614, 0.02, 0.01, 0.2}, {0.2629, 0.05, 0.08, 0.6}, {1.6483, 0.3, 0.3, 3.5},
	{0.6014, 0.15, 0.1, 1}, {1.8729, 0.4, 1, 4},
	{0.5425, 0.12, 0.05, 1.2}, {0.0912, 0.08, 0, 0.6}, {0.0658, 0.03, 0.01, 0.3}, {0.1542, 0.06, 0.1, 0.6},
}

func drawTraits(r *rand.Rand) traits {
	t := traits{
		cardFirst:      0.3 + 0.5*r.Float64(),
		cardDifficulty: 0.8 + 1.4*r.Float64(),
		cardGrowth:     0.03 + 0.12*r.Float64(),
		cardRecall:     0.25 + 0.5*r.Float64(),
		answerNoise:    0.05 + 0.15*r.Float64(),
		recallNoise:    0.1 + 0.3*r.Float64(),
		slip:           0.002 + 0.02*r.Float64(),
		guess:          0.005 + 0.03*r.Float64(),
		drift:          0.1 * r.NormFloat64(),
		twoButtons:     r.Float64() < 0.2,
		hardHabit:      0.5 * r.Float64(),
		easyHabit:      0.4 * r.Float64(),
		speed:          math.Exp(0.35 * r.NormFloat64()),
		skipDay:        0.02 + 0.4*r.Float64()*r.Float64(),
		weekend:        0.5 + 2*r.Float64(),
		breaksYear:     6 * r.Float64(),
		hour:           2 + 16*r.Float64(),
	}
	if r.Float64() < 0.15 {
		t.hardForAgain = 0.3 * r.Float64()
	}
	again, easy, hard := 0.1+0.35*r.Float64(), 0.02+0.25*r.Float64(), 0.02+0.15*r.Float64()
	t.firstGrades = [4]float64{again, hard, 1 - again - easy - hard, easy}
	for i, h := range hiddenWeights {
		w := h.mean + h.sd*r.NormFloat64()
		if i < 4 {
			w = h.mean * math.Exp(h.sd*r.NormFloat64())
		}
		t.weights[i] = clamp(w, h.lo, h.hi)
	}
	slices.Sort(t.weights[:4])
	return t
}

// curve is the forgetting curve over fractional days.
func (t *traits) curve(days, stability float64) float64 {
	decay := -t.weights[20]
	factor := math.Pow(0.9, 1/decay) - 1
	return math.Pow(1+factor*days/stability, decay)
}

func (t *traits) firstDifficulty(grade int) float64 {
	return t.weights[4] - math.Exp(t.weights[5]*float64(grade-1)) + 1
}

// next is the hidden memory after an answer: the formulas of FSRS-6, but with
// fractions of days.
func (t *traits) next(m memory, days float64, sameDay bool, grade int) (stability, difficulty float64) {
	w, s, d, g := &t.weights, m.stability, m.difficulty, float64(grade)
	forgot := 1 - t.curve(days, s)
	switch {
	case sameDay:
		growth := math.Exp(w[17]*(g-3+w[18])) * math.Pow(s, -w[19])
		if grade > 1 {
			growth = max(growth, 1)
		}
		stability = s * growth
	case grade == 1:
		stability = min(s/math.Exp(w[17]*w[18]),
			w[11]*math.Pow(d, -w[12])*(math.Pow(s+1, w[13])-1)*math.Exp(w[14]*forgot))
	default:
		factor := [5]float64{2: w[15], 3: 1, 4: w[16]}[grade]
		stability = s * (1 + math.Exp(w[8])*(11-d)*math.Pow(s, -w[9])*(math.Exp(w[10]*forgot)-1)*factor)
	}
	difficulty = d - w[6]*(g-3)*(10-d)/9
	difficulty = w[7]*t.firstDifficulty(4) + (1-w[7])*difficulty
	return stability, clamp(difficulty, 1, 10)
}
