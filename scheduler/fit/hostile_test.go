package fit_test

import (
	"context"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"lectern/scheduler/fit"
	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// Whatever the log, a fit ends, and its weights can be used.
func TestHostileLogs(t *testing.T) {
	const million = 1_000_000
	rng := rand.New(rand.NewPCG(1, 1))
	grade := func() uint8 { return uint8(1 + rng.IntN(4)) }
	for name, next := range map[string]func(i int) (card int, a revlog.Answer){
		"one card": func(i int) (int, revlog.Answer) {
			return 0, revlog.Answer{Time: int64(i) * 43_200_000, Grade: grade(), State: revlog.State(min(i, 2))}
		},
		"one card, one day": func(i int) (int, revlog.Answer) {
			return 0, revlog.Answer{Time: int64(i), Grade: grade(), State: revlog.State(min(i, 1))}
		},
		"one answer each": func(i int) (int, revlog.Answer) {
			return i, revlog.Answer{Time: int64(i) * 1000, Grade: grade()}
		},
		"one moment": func(i int) (int, revlog.Answer) {
			return i % 1000, revlog.Answer{Time: 1e12, Grade: grade(), State: revlog.State(i % 4)}
		},
		"always Again": func(i int) (int, revlog.Answer) {
			return i % 5000, revlog.Answer{Time: int64(i/5000) * 86_400_000, Grade: 1, State: revlog.State(min(i/5000, 2))}
		},
		"always Easy": func(i int) (int, revlog.Answer) {
			return i % 5000, revlog.Answer{Time: int64(i/5000) * 864_000_000, Grade: 4, State: revlog.State(min(i/5000, 2))}
		},
		"a clock that jumps by centuries": func(i int) (int, revlog.Answer) {
			return i % 5000, revlog.Answer{Time: rng.Int64N(revlog.MaxTime), Grade: grade(), State: revlog.State(rng.IntN(4))}
		},
		"zones all over": func(i int) (int, revlog.Answer) {
			zone := int16(rng.IntN(2*revlog.MaxZone+1) - revlog.MaxZone)
			return i % 5000, revlog.Answer{Time: int64(i) * 1_000_000, Zone: zone, Grade: grade(), State: revlog.State(min(i/5000, 2))}
		},
		"recall the wrong way round": func(i int) (int, revlog.Answer) {
			round := i / 5000
			return i % 5000, revlog.Answer{Time: int64(round*round) * 86_400_000, Grade: uint8(1 + 3*(round%2)), State: revlog.State(min(round, 2))}
		},
		"some first days of a thousand answers": func(i int) (int, revlog.Answer) {
			card, n := i/1103, i%1103
			day := card + max(0, n-1100)
			if card%3 > 0 {
				day = card + n
			}
			return card, revlog.Answer{Time: int64(day)*86_400_000 + int64(n), Grade: uint8(3 - n%2), State: revlog.State(min(n, 1+n/1101))}
		},
		"steps that never end": func(i int) (int, revlog.Answer) {
			round := i / 40
			return i % 40, revlog.Answer{Time: int64(round) * 60_000 * 30, Grade: grade(), State: revlog.State(min(round, 1))}
		},
	} {
		t.Run(name, func(t *testing.T) {
			many := million / 10
			switch {
			case testing.Short():
				many = 8000 // enough for two answers of each card
			case strings.HasPrefix(name, "one "):
				many = million
			}
			var l revlog.Log
			for i := range many {
				card, a := next(i)
				if err := l.Add(strconv.Itoa(card), a); err != nil {
					t.Fatal(err)
				}
			}
			l.Sort()
			for _, model := range kernel.Names {
				r := mustFit(t, &l, model)
				for _, x := range []float64{r.Before.LogLoss, r.After.LogLoss, r.Before.RMSE, r.After.RMSE} {
					if math.IsNaN(x) || math.IsInf(x, 0) || x < 0 {
						t.Errorf("%s: %+v", model, r)
					}
				}
				if r.Extent == fit.Full && r.After.LogLoss > r.Before.LogLoss+0.01 {
					t.Errorf("%s: worse than before: %+v, %+v", model, r.Before, r.After)
				}
			}
			if _, err := fit.Choose(context.Background(), l.Until(0.1), fit.Options{Model: kernel.FSRS5}); err != nil {
				t.Error(err)
			}
		})
	}
}
