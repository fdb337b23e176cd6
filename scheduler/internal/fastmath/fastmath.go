// Package fastmath has an exponential and a logarithm that cost half of those
// in math, since the compiler inlines them: memory models spend most of their
// time there. They are within 1e-13 of math's, where arguments are small within
// a few times 1e-16; what they leave out are the special cases.
package fastmath

import "math"

const (
	expBits  = 7
	expSteps = 1 << expBits
	// shifter moves the integer part of a small number into the lowest bits.
	shifter = 3 << 51
)

// powers are the powers of 2 by steps of an exponent of 1/expSteps.
var powers = func() (t [expSteps]float64) {
	for i := range t {
		t[i] = math.Exp2(float64(i) / expSteps)
	}
	return t
}()

// Exp is e^x for x within -700 and 700.
func Exp(x float64) float64 {
	k := x*(expSteps/math.Ln2) + shifter
	r := x - (k-shifter)*(math.Ln2/expSteps)
	n := math.Float64bits(k)
	return math.Float64frombits(math.Float64bits(powers[n%expSteps])+n>>expBits<<52) *
		(1 + r*(1+r*(1./2+r*(1./6+r*(1./24)))))
}

const (
	logBits  = 7
	logSteps = 1 << logBits
)

// octave divides the numbers from 1 to 2 into steps, with the inverse of each
// one's middle and the logarithm of that middle. The first step has its
// beginning instead: so the logarithm of 1 is 0, and next to it all digits hold.
var octave = func() (t [logSteps]struct{ inverse, log float64 }) {
	t[0].inverse = 1
	for i := 1; i < len(t); i++ {
		c := 1 + (float64(i)+0.5)/logSteps
		t[i].inverse = 1 / c
		t[i].log = -math.Log(t[i].inverse)
	}
	return t
}()

// Log is the natural logarithm of a normal number above zero.
func Log(x float64) float64 {
	b := math.Float64bits(x)
	c := &octave[b>>(52-logBits)%logSteps]
	r := math.Float64frombits(b&(1<<52-1)|1023<<52)*c.inverse - 1
	return float64(int(b>>52)-1023)*math.Ln2 + (c.log + r*(1-r*(1./2-r*(1./3-r*(1./4-r*(1./5-r*(1./6)))))))
}
