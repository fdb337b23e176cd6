package scheduler

import "math"

// Load is what is planned for the days ahead. Among the days that fuzz allows
// for a card, the scheduler takes one by chance, a quiet day rather than a full
// one, an easy day of the week more seldom, a day far from the card's siblings
// rather than a near one. nil leaves it to fuzz alone.
type Load struct {
	Due      func(Day) int // cards due on a study day, of those that share a preset
	Siblings []Day         // when the other cards of the note come back
}

// How a day is weighed. The first two exponents are those of Anki's load
// balancer; the easiness of a day differs: see pick.
const (
	crowdExponent = 2.15
	delayExponent = 3.0
)

// siblingWeight is by the distance in days to a sibling; 1 further off.
var siblingWeight = [...]float64{1e-6, 0.2, 0.4, 0.6, 0.8}

// pick chooses one of the days lo to hi after today, by u in [0, 1).
//
// A day with n cards that is to take the share e of a normal day weighs
//
//	e² · (1 + n/e)^-2.15 · (1/interval)^3 · siblings
//
// so that an easy day settles near its share of the others, among few cards and
// among many, and an empty easy day is no exception.
func (l *Load) pick(today Day, lo, hi int, easy *[7]Ease, u float64) int {
	var few [64]float64
	weights := few[:0]
	sum := 0.0
	for days := lo; days <= hi; days++ {
		w := l.weight(today, days, easy) * math.Pow(float64(lo)/float64(days), delayExponent)
		sum += w
		weights = append(weights, w)
	}
	left := u * sum
	for i, w := range weights {
		if left -= w; left < 0 {
			return lo + i
		}
	}
	return hi
}

func (l *Load) weight(today Day, days int, easy *[7]Ease) float64 {
	day := today + Day(days)
	share := easy[day.Weekday()].Share()
	n := 0.0
	if l.Due != nil {
		n = float64(max(0, l.Due(day)))
	}
	w := share * share * math.Pow(1+n/share, -crowdExponent)
	for _, s := range l.Siblings {
		if gap := max(day-s, s-day); int(gap) < len(siblingWeight) {
			w *= siblingWeight[gap]
		}
	}
	return w
}
