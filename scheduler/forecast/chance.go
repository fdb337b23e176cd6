package forecast

// chance gives random numbers that depend only on the seed, the card and how
// many answers it had: for every retention the same card has the same luck.
type chance uint64

func newChance(seed uint64, card, answers int) chance {
	return chance(mix(mix(seed+uint64(card)*0x9e3779b97f4a7c15) + uint64(answers)))
}

// next returns a number in [0, 1).
func (c *chance) next() float64 {
	*c += 0x9e3779b97f4a7c15
	return float64(mix(uint64(*c))>>11) / (1 << 53)
}

// draw returns an index with the probabilities p, which sum to 1.
func (c *chance) draw(p []float64) int {
	u := c.next()
	for i, q := range p {
		if u < q {
			return i
		}
		u -= q
	}
	for i := len(p) - 1; i > 0; i-- { // rounding
		if p[i] > 0 {
			return i
		}
	}
	return 0
}

// mix is the finaliser of SplitMix64.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
