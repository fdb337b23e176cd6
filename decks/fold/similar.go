package fold

// Similar says how alike two texts are, from 0 to 1 (equal to a reader). Words
// count, weighted by length; a word with a small slip counts nearly whole. It
// is meant for questions of a few dozen words: an edited one stays above 0.6,
// another one on the same subject below.
func Similar(a, b string) float64 {
	x, y := Words(a), Words(b)
	if len(x) == 0 || len(y) == 0 {
		if len(x) == len(y) && Equal(a, b) {
			return 1
		}
		return 0
	}
	total := weigh(x) + weigh(y)
	count := map[string]int{}
	for _, w := range y {
		count[w]++
	}
	same := 0.0
	var left []string
	for _, w := range x {
		if count[w] > 0 {
			count[w]--
			same += 2 * weight(w)
		} else {
			left = append(left, w)
		}
	}
	var right []string
	for _, w := range y {
		if count[w] > 0 {
			count[w]--
			right = append(right, w)
		}
	}
	if len(left)*len(right) <= 400 {
		same += slips(left, right)
	}
	return same / total
}

// slips adds the words that differ by a slip of the keyboard or an ending,
// each used once.
func slips(left, right []string) (same float64) {
	used := make([]bool, len(right))
	for _, w := range left {
		best, at := 0.0, -1
		for i, v := range right {
			if !used[i] {
				if s := near(w, v); s > best {
					best, at = s, i
				}
			}
		}
		if at >= 0 {
			used[at] = true
			same += best * (weight(w) + weight(right[at]))
		}
	}
	return same
}

func weight(w string) float64 { return 1 + float64(min(len(w), 24))/8 }

func weigh(words []string) (sum float64) {
	for _, w := range words {
		sum += weight(w)
	}
	return sum
}

// near is the likeness of two words, 0 unless they are at most a third apart.
func near(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	longest := max(len(x), len(y))
	if longest < 4 || longest > 40 {
		return 0
	}
	d := distance(x, y)
	if 3*d > longest {
		return 0
	}
	return 1 - float64(d)/float64(longest)
}

// distance is the number of insertions, deletions, replacements and swaps of
// neighbours between two words.
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
