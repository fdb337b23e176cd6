package chance_test

import (
	"math"
	"testing"

	"lectern/scheduler/internal/chance"
)

func TestSameCardSameLuck(t *testing.T) {
	a, b := chance.New(1, 2, 3), chance.New(1, 2, 3)
	for range 10 {
		if x, y := a.Next(), b.Next(); x != y {
			t.Fatalf("%v and %v", x, y)
		}
	}
	seen := map[chance.Chance]bool{}
	for seed := range uint64(20) {
		for card := range 20 {
			for answers := range 20 {
				seen[chance.New(seed, card, answers)] = true
			}
		}
	}
	if len(seen) != 8000 {
		t.Errorf("%d sources of 8000 differ", len(seen))
	}
}

func TestDraw(t *testing.T) {
	p := []float64{0, 0.25, 0, 0.75, 0}
	var n [5]float64
	sum := 0.0
	for card := range 40000 {
		luck := chance.New(9, card, 1)
		n[luck.Draw(p)]++
		sum += luck.Next()
	}
	for i := range p {
		if math.Abs(n[i]/40000-p[i]) > 0.01 || p[i] == 0 && n[i] > 0 {
			t.Errorf("index %d came %v times of 40000, want a share of %v", i, n[i], p[i])
		}
	}
	if math.Abs(sum/40000-0.5) > 0.01 {
		t.Errorf("the mean of numbers is %v", sum/40000)
	}
	luck := chance.New(1, 1, 1)
	if i := luck.Draw([]float64{0.1, 0}); i != 0 { // rounding must not lead to what has no chance
		t.Errorf("drew %d", i)
	}
}
