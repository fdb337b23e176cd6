// Package chance gives the simulations their luck. A number depends only on the
// seed, the card and how many answers it had: whatever else is simulated
// differently, the same card has the same luck, and a comparison shows what
// differs and not the noise.
package chance

// Chance is a source of random numbers. It is small and is copied with what it
// serves.
type Chance uint64

// New returns the luck of a card's next answer.
func New(seed uint64, card, answers int) Chance {
	return Chance(Mix(Mix(seed+uint64(card)*0x9e3779b97f4a7c15) + uint64(answers)))
}

// Next returns a number in [0, 1).
func (c *Chance) Next() float64 {
	*c += 0x9e3779b97f4a7c15
	return float64(Mix(uint64(*c))>>11) / (1 << 53)
}

// Draw returns an index with the probabilities p, which sum to 1.
func (c *Chance) Draw(p []float64) int {
	u := c.Next()
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

// Mix is the finaliser of SplitMix64: it makes seeds of numbers that are alike.
func Mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
