package kernel

import (
	"math"
	"slices"

	"lectern/scheduler/internal/fastmath"
)

// Twin is FSRS-7: a fast and a slow stability whose forgetting curves are
// mixed, and days that are counted within the day. With Sf the fast stability
// and S the slow one,
//
//	fast     d1 = clamp(w23 Sf^(w33-0.3), 0.01, 0.95),  F1 = e^min(-ln(w25)/d1, 60) - 1,  R1 = (1 + F1 t/Sf)^-d1
//	slow     d2 = clamp(w24, 0.01, 0.95),  F2 = (w26^(-1/d2) - 1) e^((D-5)(w32-0.3)),  R2 = (1 + F2 t/S)^-d2
//	weights  a1 = w27 Sf^-w29,  a2 = w28 S^w30 e^((D-5)(w31-0.5))
//	recall   R = (a1 R1 + a2 R2)/(a1 + a2) (1 - 2e-5) + 1e-5
//
//	first answer  S = w[G-1],  Sf = 0.8 S,  D = D0(G) = w4 - e^(w5(G-1)) + 1
//	later         S = T(7, S, R),  Sf = T(15, Sf, R1), after Again at most 0.8 of the new S
//	              T(k, x, q) = L if forgotten, else max(L, G), where
//	              L = min(x, w[k+3] ((x+1)^w[k+4] - 1) e^(w[k+5](1-q)))
//	              G = x (1 + e^(w[k]-1.5) (11-D) x^-w[k+1] (e^(w[k+2](1-q)) - 1) [w[k+6] if Hard] [w[k+7] if Easy])
//	difficulty    0.01 D0(4) + 0.99 (D + (10-D)/9 dD),  dD = -w6(G-3), after Again times R + 0.1
//
// in which both stabilities stay within [MinStability] and [MaxStability], D
// within 1 and 10, but for D0(4), which is used as it is.
type Twin struct {
	w     [34]float64
	least float64 // of both stabilities

	first      [4]State
	pull       float64    // 0.01 D0(4)
	base       float64    // w26^(-1/d2) - 1
	decay      float64    // d2
	lnFast     float64    // -ln w25
	slow, fast transition // T(7, …) and T(15, …)
}

// transition is T(k, …) of [Twin] with what does not change worked out.
type transition struct {
	growth                                  [4]float64 // e^(w[k]-1.5) with what Hard and Easy change
	wane, forgot, lapse, power, lapseForgot float64    // w[k+1] to w[k+5]
}

// fastShare is the fast stability after a first answer, and at most after a
// lapse, as a share of the slow one.
const fastShare = 0.8

// floor and slope keep recall off 0 and 1.
const (
	recallFloor = 1e-5
	recallSlope = 1 - 2e-5
)

// minInterval is the shortest interval, days: far less than a second.
const minInterval = 1e-12

// NewTwin returns FSRS-7. The weights are those that [Check] lets through.
func NewTwin(w [34]float64) *Twin {
	m := &Twin{w: w, least: MinStability(FSRS7)}
	for i := range m.first {
		s := within(w[i], m.least, MaxStability)
		m.first[i] = State{
			S:    s,
			D:    within(w[4]-math.Exp(w[5]*float64(i))+1, MinDifficulty, MaxDifficulty),
			Fast: max(fastShare*s, m.least),
		}
	}
	m.pull = 0.01 * (w[4] - math.Exp(w[5]*3) + 1)
	m.decay = within(w[24], 0.01, 0.95)
	m.base = math.Expm1(-math.Log(w[26]) / m.decay)
	m.lnFast = -math.Log(w[25])
	m.slow = newTransition(w[7:15])
	m.fast = newTransition(w[15:23])
	return m
}

func newTransition(w []float64) transition {
	g := math.Exp(w[0] - 1.5)
	return transition{
		growth: [4]float64{g, g * w[6], g, g * w[7]},
		wane:   w[1], forgot: w[2], lapse: w[3], power: w[4], lapseForgot: w[5],
	}
}

// Name implements [Model].
func (m *Twin) Name() string { return FSRS7 }

// Weights implements [Model].
func (m *Twin) Weights() []float64 { return slices.Clone(m.w[:]) }

// Fractional implements [Model]: days are counted within the day.
func (m *Twin) Fractional() bool { return true }

// Next implements [Model].
func (m *Twin) Next(s State, days float64, grade int) State {
	_, next := m.Step(s, days, grade)
	return next
}

// Step implements [Model].
func (m *Twin) Step(s State, days float64, grade int) (recall float64, next State) {
	if !validGrade(grade) {
		return m.Recall(s, days), s
	}
	if !known(s) {
		return 0, m.first[grade-1]
	}
	s = m.tidy(s)
	c := m.curve(s)
	r, r1 := c.recall(elapsed(days))
	next = State{
		S:    m.slow.after(s.S, s.D, r, grade),
		Fast: m.fast.after(s.Fast, s.D, r1, grade),
	}
	delta := -m.w[6] * float64(grade-3)
	if grade == 1 {
		delta *= r + 0.1
		next.Fast = min(next.Fast, fastShare*within(next.S, m.least, MaxStability))
	}
	next.D = m.pull + 0.99*(s.D+(MaxDifficulty-s.D)/9*delta)
	return r, m.tidy(next)
}

// after is T: the stability x after an answer at recall q. Since L is at most x
// and G at least x, the greater of them is G.
func (tr *transition) after(x, d, q float64, grade int) float64 {
	if grade == 1 {
		return min(x, tr.lapse*math.Expm1(tr.power*math.Log1p(x))*fastmath.Exp(tr.lapseForgot*(1-q)))
	}
	return x * (1 + tr.growth[grade-1]*(11-d)*pow(x, -tr.wane)*math.Expm1(tr.forgot*(1-q)))
}

// Recall implements [Model].
func (m *Twin) Recall(s State, days float64) float64 {
	if !known(s) {
		return 0
	}
	c := m.curve(m.tidy(s))
	r, _ := c.recall(elapsed(days))
	return r
}

// Interval implements [Model]: the root of R(t) = retention, which falls
// steadily, by Newton's method in ln t within a bracket. It is at most
// [MaxStability], and for a retention that recall never has, just above 0.
func (m *Twin) Interval(s State, retention float64) float64 {
	if !known(s) || !(retention > 0 && retention < 1) {
		return 0
	}
	s = m.tidy(s)
	c := m.curve(s)
	lo, hi := math.Log(minInterval), math.Log(MaxStability)
	u := math.Log(max(s.S, s.Fast))
	for range 200 {
		t := math.Exp(u)
		r, slope := c.slope(t)
		if r > retention {
			lo = u
		} else {
			hi = u
		}
		step := (retention - r) / (slope * t)
		if math.Abs(step) < 1e-14 || hi-lo < 1e-14 {
			break
		}
		u += step
		if !(u > lo && u < hi) { // so, a slope of 0 is met
			u = (lo + hi) / 2
		}
	}
	return within(math.Exp(u), minInterval, MaxStability)
}

// curve is the forgetting curve of one state.
type curve struct {
	rate1, decay1, weight1 float64 // of the fast part: F1/Sf, -d1, its share of both weights
	rate2, decay2, weight2 float64
}

func (m *Twin) curve(s State) curve {
	w := &m.w
	lnFast := fastmath.Log(s.Fast)
	d1 := within(w[23]*fastmath.Exp((w[33]-0.3)*lnFast), 0.01, 0.95)
	a1 := w[27] * fastmath.Exp(-w[29]*lnFast)
	a2 := w[28] * fastmath.Exp(w[30]*fastmath.Log(s.S)+(s.D-5)*(w[31]-0.5))
	return curve{
		rate1: math.Expm1(min(m.lnFast/d1, 60)) / s.Fast, decay1: -d1, weight1: a1 / (a1 + a2),
		rate2: m.base * fastmath.Exp((s.D-5)*(w[32]-0.3)) / s.S, decay2: -m.decay, weight2: a2 / (a1 + a2),
	}
}

// recall returns R and R1 after t days.
func (c *curve) recall(t float64) (r, r1 float64) {
	r1 = min(1, pow(1+c.rate1*t, c.decay1))
	r2 := min(1, pow(1+c.rate2*t, c.decay2))
	return (c.weight1*r1+c.weight2*r2)*recallSlope + recallFloor, r1
}

// slope returns R and dR/dt after t days.
func (c *curve) slope(t float64) (r, dr float64) {
	x1, x2 := 1+c.rate1*t, 1+c.rate2*t
	r1, r2 := c.weight1*pow(x1, c.decay1), c.weight2*pow(x2, c.decay2)
	return (r1+r2)*recallSlope + recallFloor,
		(r1*c.decay1*c.rate1/x1 + r2*c.decay2*c.rate2/x2) * recallSlope
}

func (m *Twin) tidy(s State) State {
	s.S = within(s.S, m.least, MaxStability)
	if !(s.Fast > 0) { // a state of another model
		s.Fast = fastShare * s.S
	}
	s.Fast = within(s.Fast, m.least, MaxStability)
	s.D = within(s.D, MinDifficulty, MaxDifficulty)
	return s
}

// elapsed brings days into what the model takes.
func elapsed(days float64) float64 {
	if !(days > 0) {
		return 0
	}
	return min(days, MaxDays)
}
