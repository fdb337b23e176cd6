package kernel

import (
	"math"
	"slices"

	"lectern/scheduler/internal/fastmath"
)

// Power is FSRS-5 or FSRS-6: one stability, one power law of forgetting, whole
// study days. With G the grade, S and D the state before the answer and R the
// recall at that moment,
//
//	R(t, S) = (1 + F t/S)^-d,  F = 0.9^(-1/d) - 1,  d = 1/2 in FSRS-5, w20 in FSRS-6
//
//	first answer     S = w[G-1],  D = D0(G) = w4 - e^(w5(G-1)) + 1
//	same study day   S e^(w17(G-3+w18));  FSRS-6: S inc, inc = e^(w17(G-3+w18)) S^-w19, 1 at least from Hard up
//	later, recalled  S (1 + e^w8 (11-D) S^-w9 (e^(w10(1-R)) - 1) [w15 if Hard] [w16 if Easy])
//	later, forgotten min(w11 D^-w12 ((S+1)^w13 - 1) e^(w14(1-R)), S / e^(w17 w18))
//	difficulty       w7 D0(4) + (1-w7) (D - w6(G-3)(10-D)/9)
//
// in which S stays within [MinStability] and [MaxStability], D within 1 and 10,
// but for D0(4), which is used as it is.
type Power struct {
	w     [21]float64 // of FSRS-5 the first 19
	six   bool
	least float64 // of stability

	decay, factor float64 // -d and F
	first         [4]State
	growth        [4]float64 // e^w8 with what Hard and Easy change
	sameDay       [4]float64 // e^(w17(G-3+w18))
	lapseCap      float64    // e^-(w17 w18)
	pull          float64    // w7 D0(4)
}

// NewPower5 returns FSRS-5. The weights are those that [Check] lets through.
func NewPower5(w [19]float64) *Power { return newPower(FSRS5, w[:]) }

// NewPower6 returns FSRS-6. The weights are those that [Check] lets through.
func NewPower6(w [21]float64) *Power { return newPower(FSRS6, w[:]) }

func newPower(name string, w []float64) *Power {
	m := &Power{six: name == FSRS6, least: MinStability(name), decay: -0.5, factor: 19.0 / 81}
	copy(m.w[:], w)
	if m.six {
		m.decay = -w[20]
		m.factor = math.Pow(0.9, 1/m.decay) - 1
	}
	for i := range m.first {
		m.first[i] = State{
			S: within(w[i], m.least, MaxStability),
			D: within(w[4]-math.Exp(w[5]*float64(i))+1, MinDifficulty, MaxDifficulty),
		}
		m.growth[i] = math.Exp(w[8])
		m.sameDay[i] = math.Exp(w[17] * (float64(i-2) + w[18]))
	}
	m.growth[1] *= w[15]
	m.growth[3] *= w[16]
	m.lapseCap = math.Exp(-w[17] * w[18])
	m.pull = w[7] * (w[4] - math.Exp(w[5]*3) + 1)
	return m
}

// Name implements [Model].
func (m *Power) Name() string {
	if m.six {
		return FSRS6
	}
	return FSRS5
}

// Weights implements [Model].
func (m *Power) Weights() []float64 { return slices.Clone(m.w[:len(Bounds(m.Name()))]) }

// Fractional implements [Model]: days are whole.
func (m *Power) Fractional() bool { return false }

// Next implements [Model].
func (m *Power) Next(s State, days float64, grade int) State {
	_, next := m.Step(s, days, grade)
	return next
}

// Step implements [Model].
func (m *Power) Step(s State, days float64, grade int) (recall float64, next State) {
	if !validGrade(grade) {
		return m.Recall(s, wholeDays(days)), s
	}
	if !known(s) {
		return 0, m.first[grade-1]
	}
	s = m.tidy(s)
	w := &m.w
	next.D = m.pull + (1-w[7])*(s.D-w[6]*float64(grade-3)*(MaxDifficulty-s.D)/9)
	t := wholeDays(days)
	if t == 0 {
		inc := m.sameDay[grade-1]
		if m.six {
			inc *= pow(s.S, -w[19])
			if grade > 1 {
				inc = max(inc, 1)
			}
		}
		next.S = s.S * inc
		return 1, m.tidy(next)
	}
	recall = m.recall(s.S, t)
	if grade == 1 {
		next.S = min(s.S*m.lapseCap, w[11]*pow(s.D, -w[12])*math.Expm1(w[13]*math.Log1p(s.S))*fastmath.Exp(w[14]*(1-recall)))
	} else {
		next.S = s.S * (1 + m.growth[grade-1]*(11-s.D)*pow(s.S, -w[9])*math.Expm1(w[10]*(1-recall)))
	}
	return recall, m.tidy(next)
}

// Recall implements [Model]. Fractions of a day count here: the curve itself
// knows no days.
func (m *Power) Recall(s State, days float64) float64 {
	if !known(s) {
		return 0
	}
	if !(days > 0) {
		return 1
	}
	return m.recall(within(s.S, m.least, MaxStability), min(days, MaxDays))
}

// Interval implements [Model]:
//
//	I(r, S) = S/F (r^(-1/d) - 1)
func (m *Power) Interval(s State, retention float64) float64 {
	if !known(s) || !(retention > 0 && retention < 1) {
		return 0
	}
	return within(s.S, m.least, MaxStability) / m.factor * math.Expm1(math.Log(retention)/m.decay)
}

func (m *Power) recall(s, t float64) float64 {
	x := 1 + m.factor*t/s
	if !m.six {
		return 1 / math.Sqrt(x)
	}
	return min(1, pow(x, m.decay))
}

func (m *Power) tidy(s State) State {
	return State{S: within(s.S, m.least, MaxStability), D: within(s.D, MinDifficulty, MaxDifficulty)}
}
