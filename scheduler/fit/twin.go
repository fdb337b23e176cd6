package fit

import (
	"math"

	"lectern/scheduler/internal/fastmath"
	"lectern/scheduler/kernel"
)

// twin differentiates [kernel.Twin], FSRS-7, by its weights, as [power] does
// its models. The formulas stand at the kernel's type.
type twin struct {
	w     [34]float64
	least float64

	d0         [4]float64 // D0(G), not clamped
	lnFast     float64    // ln w25
	decay      float64    // d2
	keepDecay  bool       // d2 is w24
	base       float64    // w26^(-1/d2) - 1
	slow, fast growth

	tape []twinStep
}

// growth is what does not change of T(k, …), whose weights start at k.
type growth struct {
	k     int
	base  float64    // e^(w[k]-1.5)
	bonus [4]float64 // what Hard and Easy change of it
}

// twinStep is one answer, by the state before it.
type twinStep struct {
	t, s, f, d, lnS, lnF float64
	d1, q, f1, u1, lnU1  float64 // q = -ln(w25)/d1, f1 = F1, u1 = 1 + F1 t/Sf
	f2, u2, lnU2, scale  float64 // scale = e^((D-5)(w32-0.3))
	r1, r2, a1, a2       float64
	mix, r               float64 // (a1 R1 + a2 R2)/(a1 + a2), and R
	slow, fast           change
	delta                float64 // dD
	keepD1, cappedQ      bool
	keepS, keepF, keepD  bool // the clamps let the gradient through
	tied                 bool // the fast stability is a share of the slow one
}

// change is how one of the stabilities changed.
type change struct {
	a, e, inc float64 // recalled: base (11-D) x^-w[k+1], e^(w[k+2](1-q)), the growth less 1
	p, lapse  float64 // forgotten: (x+1)^w[k+4], the stability before it is capped
	capped    bool
}

const fastShare, recallSlope, recallFloor = 0.8, 1 - 2e-5, 1e-5

func newTwin() *twin { return &twin{least: kernel.MinStability(kernel.FSRS7)} }

func (m *twin) set(w []float64) {
	copy(m.w[:], w)
	for i := range m.d0 {
		m.d0[i] = w[4] - fastmath.Exp(w[5]*float64(i)) + 1
	}
	m.lnFast = fastmath.Log(w[25])
	m.decay = within(w[24], 0.01, 0.95)
	m.keepDecay = m.decay == w[24]
	m.base = fastmath.Exp(-fastmath.Log(w[26])/m.decay) - 1
	for _, g := range []*growth{&m.slow, &m.fast} {
		g.k = 7
		if g == &m.fast {
			g.k = 15
		}
		g.base = fastmath.Exp(w[g.k] - 1.5)
		g.bonus = [4]float64{1, w[g.k+6], 1, w[g.k+7]}
	}
}

func (m *twin) forward(days []float32, grades []uint8, recall []float64) {
	if cap(m.tape) < len(days) {
		m.tape = make([]twinStep, len(days))
	}
	m.tape = m.tape[:len(days)]
	g := grades[0]
	s := within(m.w[g-1], m.least, kernel.MaxStability)
	f := max(fastShare*s, m.least)
	d := within(m.d0[g-1], kernel.MinDifficulty, kernel.MaxDifficulty)
	for i := 1; i < len(days); i++ {
		st := &m.tape[i]
		*st = twinStep{t: float64(days[i]), s: s, f: f, d: d, lnS: fastmath.Log(s), lnF: fastmath.Log(f)}
		m.predict(st)
		recall[i] = st.r
		if i < len(days)-1 {
			s, f, d = m.next(st, grades[i])
		}
	}
}

// predict works out the recall at a step.
func (m *twin) predict(st *twinStep) {
	w := &m.w
	raw := w[23] * fastmath.Exp((w[33]-0.3)*st.lnF)
	st.d1 = within(raw, 0.01, 0.95)
	st.keepD1 = st.d1 == raw
	st.q = -m.lnFast / st.d1
	if st.q > 60 {
		st.q, st.cappedQ = 60, true
	}
	st.f1 = fastmath.Exp(st.q) - 1
	st.u1 = 1 + st.f1*st.t/st.f
	st.lnU1 = fastmath.Log(st.u1)
	st.r1 = fastmath.Exp(-st.d1 * st.lnU1)

	st.scale = fastmath.Exp((st.d - 5) * (w[32] - 0.3))
	st.f2 = m.base * st.scale
	st.u2 = 1 + st.f2*st.t/st.s
	st.lnU2 = fastmath.Log(st.u2)
	st.r2 = fastmath.Exp(-m.decay * st.lnU2)

	st.a1 = w[27] * fastmath.Exp(-w[29]*st.lnF)
	st.a2 = w[28] * fastmath.Exp(w[30]*st.lnS+(st.d-5)*(w[31]-0.5))
	st.mix = (st.a1*st.r1 + st.a2*st.r2) / (st.a1 + st.a2)
	st.r = st.mix*recallSlope + recallFloor
}

// next is the state after a step.
func (m *twin) next(st *twinStep, g uint8) (s, f, d float64) {
	s = m.grow(&m.slow, &st.slow, st.s, st.lnS, st.d, st.r, g)
	st.keepS = s >= m.least && s <= kernel.MaxStability
	s = within(s, m.least, kernel.MaxStability)

	f = m.grow(&m.fast, &st.fast, st.f, st.lnF, st.d, st.r1, g)
	st.delta = -m.w[6] * float64(int(g)-3)
	if g == 1 {
		st.delta *= st.r + 0.1
		if most := fastShare * s; most < f {
			f, st.tied = most, true
		}
	}
	st.keepF = f >= m.least && f <= kernel.MaxStability
	f = within(f, m.least, kernel.MaxStability)

	d = 0.01*m.d0[3] + 0.99*(st.d+(10-st.d)/9*st.delta)
	st.keepD = d >= kernel.MinDifficulty && d <= kernel.MaxDifficulty
	return s, f, within(d, kernel.MinDifficulty, kernel.MaxDifficulty)
}

// grow is T(k, x, q) at difficulty d.
func (m *twin) grow(g *growth, c *change, x, lnX, d, q float64, grade uint8) float64 {
	w := m.w[g.k : g.k+8]
	if grade == 1 {
		c.p = fastmath.Exp(w[4] * math.Log1p(x))
		c.lapse = w[3] * (c.p - 1) * fastmath.Exp(w[5]*(1-q))
		if c.lapse > x {
			c.capped = true
			return x
		}
		return c.lapse
	}
	c.a = g.base * (11 - d) * fastmath.Exp(-w[1]*lnX)
	c.e = fastmath.Exp(w[2] * (1 - q))
	c.inc = c.a * (c.e - 1) * g.bonus[grade-1]
	return x * (1 + c.inc)
}

func (m *twin) backward(grades []uint8, weights []float32, grad []float64) {
	var g34 [34]float64
	var gs, gf, gd float64 // by the state after the step
	for i := len(m.tape) - 1; i > 0; i-- {
		st := &m.tape[i]
		gr := crossSlope(st.r, grades[i], weights[i])
		gr1 := 0.0
		if i < len(m.tape)-1 {
			gs, gf, gd, gr, gr1 = m.back(st, grades[i], gs, gf, gd, gr, &g34)
		}
		if gr != 0 || gr1 != 0 {
			m.backRecall(st, gr, gr1, &gs, &gf, &gd, &g34)
		}
	}
	first := int(grades[0] - 1)
	if s := m.w[first]; s >= m.least && s <= kernel.MaxStability {
		g34[first] += gs
		if fastShare*s >= m.least {
			g34[first] += fastShare * gf
		}
	}
	if d := m.d0[first]; d >= kernel.MinDifficulty && d <= kernel.MaxDifficulty {
		g34[4] += gd
		g34[5] -= gd * float64(first) * fastmath.Exp(float64(first)*m.w[5])
	}
	for j := range grad {
		grad[j] += g34[j]
	}
}

// back takes the gradient by the state after an answer to that by the state
// before, with gr by the recall at it and gr1 by its fast part.
func (m *twin) back(st *twinStep, g uint8, gs, gf, gd, gr float64, grad *[34]float64) (bs, bf, bd, r, r1 float64) {
	if !st.keepF {
		gf = 0
	}
	if st.tied {
		gs += fastShare * gf
		gf = 0
	}
	if !st.keepS {
		gs = 0
	}
	if !st.keepD {
		gd = 0
	}
	var ds, df float64
	bs, ds, r = m.backGrow(&m.slow, &st.slow, st.s, st.lnS, st.d, st.r, g, gs, grad)
	bf, df, r1 = m.backGrow(&m.fast, &st.fast, st.f, st.lnF, st.d, st.r1, g, gf, grad)
	bd = ds + df + gd*0.99*(1-st.delta/9)

	grad[4] += gd * 0.01
	grad[5] -= gd * 0.03 * fastmath.Exp(3*m.w[5])
	gDelta := gd * 0.99 * (10 - st.d) / 9
	grad[6] += gDelta * st.delta / m.w[6]
	if g == 1 {
		r += gDelta * 2 * m.w[6]
	}
	return bs, bf, bd, gr + r, r1
}

// backGrow is the gradient of T(k, x, q) times gy, by x, d and q.
func (m *twin) backGrow(g *growth, c *change, x, lnX, d, q float64, grade uint8, gy float64, grad *[34]float64) (bx, bd, bq float64) {
	if gy == 0 {
		return 0, 0, 0
	}
	w := m.w[g.k : g.k+8]
	gw := grad[g.k : g.k+8]
	switch {
	case grade > 1:
		h := gy * x
		a := c.a * g.bonus[grade-1]
		gw[0] += h * c.inc
		gw[1] -= h * c.inc * lnX
		gw[2] += h * a * (1 - q) * c.e
		if grade == 2 {
			gw[6] += h * c.a * (c.e - 1)
		} else if grade == 4 {
			gw[7] += h * c.a * (c.e - 1)
		}
		return gy * (1 + c.inc*(1-w[1])), -h * c.inc / (11 - d), -h * a * c.e * w[2]
	case c.capped:
		return gy, 0, 0
	default:
		f := gy * c.lapse
		p := c.p / (c.p - 1)
		gw[3] += f / w[3]
		gw[4] += f * p * math.Log1p(x)
		gw[5] += f * (1 - q)
		return f * w[4] * p / (x + 1), 0, -f * w[5]
	}
}

// backRecall takes the gradient by recall and by its fast part to that by the
// state before.
func (m *twin) backRecall(st *twinStep, gr, gr1 float64, gs, gf, gd *float64, grad *[34]float64) {
	w := &m.w
	gMix := gr * recallSlope
	sum := st.a1 + st.a2
	gr1 += gMix * st.a1 / sum
	gr2 := gMix * st.a2 / sum

	g1 := gMix * (st.r1 - st.mix) / sum * st.a1 // by ln a1
	grad[27] += g1 / w[27]
	grad[29] -= g1 * st.lnF
	*gf -= g1 * w[29] / st.f
	g2 := gMix * (st.r2 - st.mix) / sum * st.a2 // by ln a2
	grad[28] += g2 / w[28]
	grad[30] += g2 * st.lnS
	grad[31] += g2 * (st.d - 5)
	*gs += g2 * w[30] / st.s
	*gd += g2 * (w[31] - 0.5)

	gU := -gr1 * st.d1 * st.r1 / st.u1
	gDecay := -gr1 * st.r1 * st.lnU1
	*gf -= gU * st.f1 * st.t / (st.f * st.f)
	if !st.cappedQ {
		gQ := gU * st.t / st.f * (st.f1 + 1)
		grad[25] -= gQ / (w[25] * st.d1)
		gDecay -= gQ * st.q / st.d1
	}
	if st.keepD1 {
		grad[23] += gDecay * st.d1 / w[23]
		grad[33] += gDecay * st.d1 * st.lnF
		*gf += gDecay * st.d1 * (w[33] - 0.3) / st.f
	}

	gU = -gr2 * m.decay * st.r2 / st.u2
	*gs -= gU * st.f2 * st.t / (st.s * st.s)
	gF := gU * st.t / st.s * st.scale // by base
	q := -fastmath.Log(w[26]) / m.decay
	grad[26] -= gF * (m.base + 1) / (w[26] * m.decay)
	if m.keepDecay {
		grad[24] -= gr2*st.r2*st.lnU2 + gF*(m.base+1)*q/m.decay
	}
	gScale := gU * st.t / st.s * st.f2 // by ln scale
	grad[32] += gScale * (st.d - 5)
	*gd += gScale * (w[32] - 0.3)
}
