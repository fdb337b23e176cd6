package fit

import (
	"math"
	"slices"

	"lectern/scheduler/kernel"
)

// maxInitial is the largest first stability, days.
const maxInitial = 100

// initial fits the stability after a first answer, for each grade, to what was
// recalled at the first item, by the default forgetting curve of FSRS-5 or
// FSRS-6. recalled is the share of all items that were, which steadies small
// groups. The result rises with the grade; grades that were never given are
// filled in from the others. Where nothing is known it is the default.
func initial(model string, groups []first, recalled float64) [4]float64 {
	defaults := kernel.Defaults(model)
	curve, err := kernel.New(model, nil)
	if err != nil {
		panic(err) // the published weights are within bounds
	}
	var s [4]float64
	for i := range s {
		var same []first
		for _, g := range groups {
			if int(g.grade) == i+1 {
				same = append(same, g)
			}
		}
		if len(same) > 0 {
			s[i] = stability(curve, same, recalled, defaults[i])
		}
	}
	return rising(model, s, groups)
}

// rising puts first stabilities in order and fills in those of grades that no
// card in the groups began with.
func rising(model string, s [4]float64, groups []first) [4]float64 {
	var cards [4]int
	for _, g := range groups {
		cards[g.grade-1] += g.cards
	}
	for i := range s {
		if cards[i] == 0 {
			s[i] = 0
		}
	}
	return complete(s, cards, [4]float64(kernel.Defaults(model)[:4]), kernel.MinStability(model))
}

// stability is the one under which the answers of the groups are likeliest,
// pulled towards what is usual.
func stability(curve kernel.Model, groups []first, recalled, usual float64) float64 {
	state := curve.Next(kernel.State{}, 0, int(groups[0].grade))
	loss := func(s float64) float64 {
		sum := math.Abs(s-usual) / 16
		for _, g := range groups {
			n := float64(g.cards)
			p := (float64(g.recalled) + recalled) / (n + 1)
			r := within(curve.Recall(kernel.State{S: s, D: state.D}, float64(g.days)), minRecall, maxRecall)
			sum -= n * (p*math.Log(r) + (1-p)*math.Log(1-r))
		}
		return sum
	}
	lo, hi := kernel.MinStability(curve.Name()), float64(maxInitial)
	for range 1000 {
		third := (hi - lo) / 3
		if third <= 2.2e-16*hi {
			break
		}
		if a, b := lo+third, hi-third; loss(a) < loss(b) {
			hi = b
		} else {
			lo = a
		}
	}
	return (lo + hi) / 2
}

// complete puts first stabilities in order, the grade with more cards being
// the one that is right, and fills in those that are 0.
func complete(s [4]float64, cards [4]int, usual [4]float64, least float64) [4]float64 {
	for _, pair := range [][2]int{{0, 1}, {1, 2}, {2, 3}, {0, 2}, {1, 3}, {0, 3}} {
		i, j := pair[0], pair[1]
		if s[i] == 0 || s[j] == 0 || s[i] <= s[j] {
			continue
		}
		if cards[i] > cards[j] {
			s[j] = s[i]
		} else {
			s[i] = s[j]
		}
	}
	var have []int
	for i := range s {
		if s[i] > 0 {
			have = append(have, i)
		}
	}
	switch len(have) {
	case 0:
		s = usual
	case 1:
		scale := s[have[0]] / usual[have[0]]
		for i := range s {
			s[i] = usual[i] * scale
		}
		slices.Sort(s[:])
	default:
		fillIn(&s)
	}
	for i := range s {
		s[i] = within(s[i], least, maxInitial)
	}
	return s
}

// fillIn guesses first stabilities that are 0 from two or three others. On a
// logarithmic scale Hard lies between Again and Good, Good between Hard and
// Easy, at shares that hold for most students.
func fillIn(s *[4]float64) {
	const a, b = 0.41, 0.54
	const k = a + b - a*b
	between := func(x, y, share float64) float64 { return math.Pow(x, share) * math.Pow(y, 1-share) }
	if s[1] == 0 && s[2] == 0 { // Again and Easy are known, or one of them and nothing beside
		s[1], s[2] = between(s[0], s[3], a/k), between(s[0], s[3], 1-b/k)
		return
	}
	// Hard and Good come first: what lacks outside follows from both.
	switch {
	case s[1] == 0 && s[0] > 0:
		s[1] = between(s[0], s[2], a)
	case s[1] == 0:
		s[1] = between(s[2], s[3], 1/(1-b))
	case s[2] == 0 && s[3] > 0:
		s[2] = between(s[1], s[3], 1-b)
	case s[2] == 0:
		s[2] = between(s[0], s[1], 1-1/(1-a))
	}
	if s[0] == 0 {
		s[0] = between(s[1], s[2], 1/a)
	}
	if s[3] == 0 {
		s[3] = between(s[1], s[2], 1-1/b)
	}
}

func within(x, lo, hi float64) float64 { return min(max(x, lo), hi) }
