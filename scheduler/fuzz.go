package scheduler

import "math"

// Seed returns the number that fuzzes the next interval of a card: of its id
// and its answers so far, and of nothing else. Time has no part in it, so the
// button and the press agree; the id does, so cards learnt together come apart.
// The values are part of every stored schedule and never change.
func Seed(cardID string, reps int) uint64 {
	const offset, prime = 0xcbf29ce484222325, 0x100000001b3 // FNV-1a
	h := uint64(offset)
	for i := 0; i < len(cardID); i++ {
		h = (h ^ uint64(cardID[i])) * prime
	}
	return scramble(h + uint64(reps)*0x9e3779b97f4a7c15)
}

// scramble is the finaliser of SplitMix64: each bit of x moves every bit.
func scramble(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// fraction turns a seed into a number in [0, 1).
func fraction(seed uint64) float64 {
	return float64(scramble(seed)>>11) / (1 << 53)
}

// fuzzBands say how much an interval may be moved for each of its days from, to:
// the bands of Anki.
var fuzzBands = [...]struct{ from, to, share float64 }{
	{2.5, 7, 0.15},
	{7, 20, 0.1},
	{20, math.Inf(1), 0.05},
}

// fuzzRange returns the whole days among which an interval may be chosen:
// about 15 % around a week, 5 % around years, only the rounded one below 2.5 days.
func fuzzRange(interval float64) (lo, hi int) {
	delta := 0.0
	if interval >= fuzzBands[0].from {
		delta = 1
		for _, b := range fuzzBands {
			delta += b.share * math.Max(math.Min(interval, b.to)-b.from, 0)
		}
	}
	return int(math.Round(interval - delta)), int(math.Round(interval + delta))
}

// fuzzDays returns the whole days near interval, from least to most, among
// which one is chosen. most wins where the two contradict. An interval that is
// cut to most is spread below it. One that is raised to least is not spread as
// if it were memory that said so: beyond its own range it gains a day at most.
func fuzzDays(interval float64, least, most int) (lo, hi int) {
	least = min(least, most)
	lo, hi = fuzzRange(math.Min(interval, float64(most)))
	lo, hi = max(lo, least), min(hi, most)
	if lo >= hi {
		hi = lo
		if lo > 2 && lo < most {
			hi++
		}
	}
	return lo, hi
}

// fuzz picks one of the days lo to hi by u in [0, 1).
func fuzz(lo, hi int, u float64) int { return lo + int(u*float64(hi-lo+1)) }
