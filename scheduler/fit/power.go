package fit

import (
	"math"

	"lectern/scheduler/internal/fastmath"
	"lectern/scheduler/kernel"
)

// power differentiates [kernel.Power], FSRS-5 and FSRS-6, by its weights. It
// goes over a card's answers forwards, keeping what each step was made of, and
// backwards with the chain rule. The formulas stand at the kernel's type.
type power struct {
	six   bool
	least float64
	w     [21]float64

	decay, factor float64    // δ = -d, F
	slope         float64    // dF/dδ
	d0            [4]float64 // D0(G), not clamped
	growth        float64    // e^w8
	bonus         [4]float64 // what Hard and Easy change of it
	sameDay       [4]float64
	lapseCap      float64

	tape []step
}

// step is one answer, by the state before it. What is not named in a comment
// stands for a part of the formula that applied.
type step struct {
	s, d, lnS float64
	t         float64
	r         float64
	x, lnX    float64 // x = 1 + F t/S
	a         float64 // e^w8 (11-D) S^-w9
	inc       float64 // the factor that S grew by, less 1; of a same-day answer the whole factor
	e         float64 // e^(w10(1-R)); of a lapse (S+1)^w13
	lapse     float64 // stability after a lapse before it is capped
	rule      rule
	keepS     bool // the clamps let the gradient through
	keepD     bool
}

// rule is the formula that gave the stability.
type rule uint8

const (
	sameDay rule = iota
	sameDayFloor
	recalled
	lapsed
	lapsedCap
)

func newPower(model string) *power {
	return &power{six: model == kernel.FSRS6, least: kernel.MinStability(model)}
}

func (m *power) set(w []float64) {
	copy(m.w[:], w)
	m.decay, m.factor = -0.5, 19.0/81
	if m.six {
		m.decay = -w[20]
		root := math.Pow(0.9, 1/m.decay)
		m.factor = root - 1
		m.slope = -fastmath.Log(0.9) / (m.decay * m.decay) * root
	}
	for i := range m.d0 {
		m.d0[i] = w[4] - fastmath.Exp(w[5]*float64(i)) + 1
		m.sameDay[i] = fastmath.Exp(w[17] * (float64(i-2) + w[18]))
	}
	m.growth = fastmath.Exp(w[8])
	m.bonus = [4]float64{1, w[15], 1, w[16]}
	m.lapseCap = fastmath.Exp(-w[17] * w[18])
}

// forward goes over a card's answers up to the last, whose recall is predicted
// and whose grade does not matter. recall i is that at answer i; 0 is not set.
func (m *power) forward(days []float32, grades []uint8, recall []float64) {
	if cap(m.tape) < len(days) {
		m.tape = make([]step, len(days))
	}
	m.tape = m.tape[:len(days)]
	g := grades[0]
	s := within(m.w[g-1], m.least, kernel.MaxStability)
	d := within(m.d0[g-1], kernel.MinDifficulty, kernel.MaxDifficulty)
	for i := 1; i < len(days); i++ {
		st := &m.tape[i]
		st.s, st.d, st.t = s, d, float64(days[i])
		st.r = 1
		if st.t > 0 {
			st.x = 1 + m.factor*st.t/s
			if m.six {
				st.lnX = fastmath.Log(st.x)
				st.r = fastmath.Exp(m.decay * st.lnX)
			} else {
				st.r = 1 / math.Sqrt(st.x)
			}
		}
		recall[i] = st.r
		if i < len(days)-1 {
			s, d = m.next(st, grades[i])
		}
	}
}

// next is the state after a step.
func (m *power) next(st *step, g uint8) (s, d float64) {
	w := &m.w
	d = w[7]*m.d0[3] + (1-w[7])*(st.d-w[6]*float64(int(g)-3)*(10-st.d)/9)
	st.lnS = fastmath.Log(st.s)
	switch {
	case st.t == 0:
		st.rule = sameDay
		st.inc = m.sameDay[g-1]
		if m.six {
			st.inc *= fastmath.Exp(-w[19] * st.lnS)
			if g > 1 && st.inc < 1 {
				st.rule = sameDayFloor
				st.inc = 1
			}
		}
		s = st.s * st.inc
	case g == 1:
		st.rule = lapsed
		st.e = fastmath.Exp(w[13] * math.Log1p(st.s))
		st.lapse = w[11] * fastmath.Exp(w[14]*(1-st.r)-w[12]*fastmath.Log(st.d)) * (st.e - 1)
		s = st.lapse
		if most := st.s * m.lapseCap; most < s {
			st.rule = lapsedCap
			s = most
		}
	default:
		st.rule = recalled
		st.e = fastmath.Exp(w[10] * (1 - st.r))
		st.a = m.growth * (11 - st.d) * fastmath.Exp(-w[9]*st.lnS)
		st.inc = st.a * (st.e - 1) * m.bonus[g-1]
		s = st.s * (1 + st.inc)
	}
	st.keepS = s >= m.least && s <= kernel.MaxStability
	st.keepD = d >= kernel.MinDifficulty && d <= kernel.MaxDifficulty
	return within(s, m.least, kernel.MaxStability), within(d, kernel.MinDifficulty, kernel.MaxDifficulty)
}

// backward adds to grad the gradient of Σ weight·cross-entropy over the card
// that forward went over last.
func (m *power) backward(grades []uint8, weights []float32, grad []float64) {
	var g21 [21]float64
	var gs, gd float64 // by the state after the step
	for i := len(m.tape) - 1; i > 0; i-- {
		st := &m.tape[i]
		gr := crossSlope(st.r, grades[i], weights[i])
		if i < len(m.tape)-1 {
			gs, gd, gr = m.back(st, grades[i], gs, gd, gr, &g21)
		}
		if gr != 0 && st.t > 0 {
			m.backRecall(st, gr, &gs, &g21)
		}
	}
	first := int(grades[0] - 1)
	if s := m.w[first]; s >= m.least && s <= kernel.MaxStability {
		g21[first] += gs
	}
	if d := m.d0[first]; d >= kernel.MinDifficulty && d <= kernel.MaxDifficulty {
		g21[4] += gd
		g21[5] -= gd * float64(first) * fastmath.Exp(float64(first)*m.w[5])
	}
	for j := range grad {
		grad[j] += g21[j]
	}
}

// back takes the gradient by the state after an answer to that by the state
// before, with gr by the recall at it.
func (m *power) back(st *step, g uint8, gs, gd, gr float64, grad *[21]float64) (gs2, gd2, gr2 float64) {
	w := &m.w
	if !st.keepS {
		gs = 0
	}
	if !st.keepD {
		gd = 0
	}
	var bs, bd float64
	steps := float64(int(g) - 3)
	switch st.rule {
	case recalled:
		h := gs * st.s
		grad[8] += h * st.inc
		grad[9] -= h * st.inc * st.lnS
		a := st.a * m.bonus[g-1]
		grad[10] += h * a * (1 - st.r) * st.e
		if g == 2 {
			grad[15] += h * st.a * (st.e - 1)
		} else if g == 4 {
			grad[16] += h * st.a * (st.e - 1)
		}
		bs = gs * (1 + st.inc*(1-w[9]))
		bd = -h * st.inc / (11 - st.d)
		gr -= h * a * st.e * w[10]
	case lapsed:
		f := gs * st.lapse
		lnD := fastmath.Log(st.d)
		p := st.e / (st.e - 1)
		grad[11] += f / w[11]
		grad[12] -= f * lnD
		grad[13] += f * p * math.Log1p(st.s)
		grad[14] += f * (1 - st.r)
		bs = f * w[13] * p / (st.s + 1)
		bd = -f * w[12] / st.d
		gr -= f * w[14]
	case lapsedCap:
		c := gs * st.s * m.lapseCap
		grad[17] -= c * w[18]
		grad[18] -= c * w[17]
		bs = gs * m.lapseCap
	case sameDay:
		h := gs * st.s * st.inc
		grad[17] += h * (steps + w[18])
		grad[18] += h * w[17]
		bs = gs * st.inc
		if m.six {
			grad[19] -= h * st.lnS
			bs *= 1 - w[19]
		}
	case sameDayFloor:
		bs = gs
	}
	drift := st.d - w[6]*steps*(10-st.d)/9
	grad[7] += gd * (m.d0[3] - drift)
	grad[4] += gd * w[7]
	grad[5] -= 3 * gd * w[7] * fastmath.Exp(3*w[5])
	grad[6] -= gd * (1 - w[7]) * (10 - st.d) * steps / 9
	bd += gd * (1 - w[7]) * (1 + w[6]*steps/9)
	return bs, bd, gr
}

// backRecall takes the gradient by recall to that by the stability before.
func (m *power) backRecall(st *step, gr float64, gs *float64, grad *[21]float64) {
	share := st.t / st.s
	*gs -= gr * st.r * m.decay / st.x * m.factor * share / st.s
	if m.six {
		grad[20] -= gr * st.r * (st.lnX + m.decay/st.x*share*m.slope)
	}
}
