package draft

import (
	"cmp"
	"math"
	"slices"
)

// index finds the pieces that speak of a question, by the words they share: BM25
// (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, with its
// usual k1 and b).
type index struct {
	pieces []piece
	in     map[string][]hit // by stem, ascending
	length []float64        // words of each piece
	mean   float64
}

type hit struct {
	piece int
	times float64
}

func newIndex(pieces []piece) *index {
	x := &index{pieces: pieces, in: map[string][]hit{}, length: make([]float64, len(pieces))}
	total := 0.0
	for i, p := range pieces {
		for _, text := range []string{p.heading, p.text} {
			for _, w := range words(text) {
				s := stem(w.text)
				list := x.in[s]
				if n := len(list); n > 0 && list[n-1].piece == i {
					list[n-1].times++
				} else {
					x.in[s] = append(list, hit{i, 1})
				}
				x.length[i]++
			}
		}
		total += x.length[i]
	}
	x.mean = max(1, total/float64(max(1, len(pieces))))
	return x
}

// rank orders the pieces that share a word with the question, the best first.
func (x *index) rank(question string) []int {
	const k1, b = 1.2, 0.75
	score := map[int]float64{}
	seen := map[string]bool{}
	n := float64(len(x.pieces))
	for _, w := range words(question) {
		s := stem(w.text)
		list := x.in[s]
		if seen[s] || len(list) == 0 || frame[w.text] {
			continue
		}
		seen[s] = true
		df := float64(len(list))
		idf := math.Log(1 + (n-df+0.5)/(df+0.5))
		for _, h := range list {
			score[h.piece] += idf * h.times * (k1 + 1) / (h.times + k1*(1-b+b*x.length[h.piece]/x.mean))
		}
	}
	// What stands beside a good passage belongs to it in part.
	beside := map[int]float64{}
	for i, s := range score {
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < len(x.pieces) && x.pieces[j].heading == x.pieces[i].heading {
				beside[j] = max(beside[j], 0.4*s)
			}
		}
	}
	for j, s := range beside {
		score[j] = max(score[j], s)
	}
	order := make([]int, 0, len(score))
	for i := range score {
		order = append(order, i)
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(score[j], score[i]), i-j) })
	return order
}
