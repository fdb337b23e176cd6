package fit

import (
	"cmp"
	"slices"

	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// history is a log as the models see it: every card's answers since it was
// last begun, one after another. An answer on a later study day than the one
// before is an item: something to predict from the answers before it. Answers
// of the same day are no items, but they move the memory.
type history struct {
	starts  []int32   // where each card begins, and the end
	days    []float32 // since the card's answer before: study days
	spans   []float32 // the same as time elapsed, for models that count within the day
	grades  []uint8
	rows    []int32 // where in the log the answer is, which is in time order
	answers int     // of the log
}

// read takes a log, in time order, apart into cards.
//
// A card starts at the first answer of its last run of learning answers, since
// a reset begins it anew; a card without a learning answer is left out, since
// its beginning is not known. Cramming is left out.
func read(l *revlog.Log, rolloverHour int) *history {
	cards := l.ByCard()
	n := len(l.Answers)
	h := &history{
		days: make([]float32, 0, n), spans: make([]float32, 0, n), grades: make([]uint8, 0, n), rows: make([]int32, 0, n),
		starts: make([]int32, 1, l.Cards()+1), answers: n,
	}
	for c := range l.Cards() {
		day, at := 0, int64(0)
		for i, row := range begun(l, cards.Card(c)) {
			a := &l.Answers[row]
			today := a.Day(rolloverHour)
			if i == 0 {
				day, at = today, a.Time
			}
			h.days = append(h.days, float32(min(max(0, today-day), kernel.MaxDays)))
			h.spans = append(h.spans, float32(min(float64(a.Time-at)/msPerDay, kernel.MaxDays)))
			h.grades = append(h.grades, a.Grade)
			h.rows = append(h.rows, row)
			day, at = today, a.Time
		}
		if end := int32(len(h.days)); end > h.starts[len(h.starts)-1] {
			h.starts = append(h.starts, end)
		}
	}
	return h
}

const msPerDay = 24 * 60 * 60 * 1000

// begun returns a card's answers from where it was last begun, none when that
// is not in the log.
func begun(l *revlog.Log, rows []int32) []int32 {
	kept := rows[:0:0]
	if !slices.ContainsFunc(rows, func(r int32) bool { return l.Answers[r].State == revlog.Cram }) {
		kept = rows
	} else {
		for _, r := range rows {
			if l.Answers[r].State != revlog.Cram {
				kept = append(kept, r)
			}
		}
	}
	start := -1
	for i := len(kept) - 1; i >= 0; i-- {
		if l.Answers[kept[i]].State <= revlog.Learning {
			start = i
		} else if start >= 0 {
			break
		}
	}
	if start < 0 {
		return nil
	}
	return kept[start:]
}

// cards returns the number of cards.
func (h *history) cards() int { return len(h.starts) - 1 }

// card returns where a card's answers are.
func (h *history) card(c int) (from, to int) { return int(h.starts[c]), int(h.starts[c+1]) }

// items counts the items.
func (h *history) items() int {
	n := 0
	for c := range h.cards() {
		from, to := h.card(c)
		for _, d := range h.days[from+1 : to] {
			if d > 0 {
				n++
			}
		}
	}
	return n
}

// firstItem returns the first item of a card.
func (h *history) firstItem(c int) (at int, ok bool) {
	from, to := h.card(c)
	for i := from + 1; i < to; i++ {
		if h.days[i] > 0 {
			return i, true
		}
	}
	return 0, false
}

// first is what cards with the same first grade and the same days until their
// first item have in common.
type first struct {
	grade    uint8
	days     float32
	cards    int
	recalled int
}

// firsts counts cards by first grade and days until the first item, in that
// order.
func (h *history) firsts() []first {
	type key struct {
		grade uint8
		days  float32
	}
	groups := map[key]*first{}
	for c := range h.cards() {
		at, ok := h.firstItem(c)
		if !ok {
			continue
		}
		from, _ := h.card(c)
		k := key{h.grades[from], h.days[at]}
		g := groups[k]
		if g == nil {
			g = &first{grade: k.grade, days: k.days}
			groups[k] = g
		}
		g.cards++
		if h.grades[at] > 1 {
			g.recalled++
		}
	}
	out := make([]first, 0, len(groups))
	for _, g := range groups {
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b first) int {
		return cmp.Or(cmp.Compare(a.grade, b.grade), cmp.Compare(a.days, b.days))
	})
	return out
}

// usual drops the groups of cards whose first interval is an exception: rare
// for the first grade, or long. Whoever studies by a schedule has few of them,
// and they are what breaks and clocks did, not memory.
func usual(groups []first) []first {
	var kept []first
	for grade := uint8(1); grade <= 4; grade++ {
		var same []first
		total := 0
		for _, g := range groups {
			if g.grade == grade {
				same = append(same, g)
				total += g.cards
			}
		}
		slices.SortStableFunc(same, func(a, b first) int {
			return cmp.Or(cmp.Compare(a.cards, b.cards), cmp.Compare(a.days, b.days))
		})
		most := float32(100) // days
		if grade == 4 {
			most = 365
		}
		removed := 0
		for _, g := range same {
			switch {
			case removed+g.cards < max(20, total/20):
				removed += g.cards
			case g.cards >= 6 && g.days <= most:
				kept = append(kept, g)
			}
		}
	}
	return kept
}

// longest is how many answers of a card are trained on: more than a student
// gives, and few enough to keep what each was made of.
const longest = 1024

// sample is what is trained on: the kept cards of a history, with what each of
// their answers weighs.
type sample struct {
	*history
	weights  []float32 // by answer; 0 for one that is not predicted
	kept     []piece
	items    int     // of the kept cards
	later    int     // items trained on that are not their card's first
	recalled float64 // share of the items
}

// piece is the part of a card that is trained on.
type piece struct{ from, to, weighed int32 }

// choose takes the cards whose first interval is a usual one. An item weighs by
// its position in time, and an answer of the same day sameDay times as much as
// an item then.
func (h *history) choose(groups []first, sameDay float64) *sample {
	type key struct {
		grade uint8
		days  float32
	}
	keep := map[key]bool{}
	for _, g := range groups {
		keep[key{g.grade, g.days}] = true
	}
	s := &sample{history: h, weights: make([]float32, len(h.days))}
	before := make([]int32, h.answers+1) // items before each row
	recalled := 0
	for c := range h.cards() {
		at, ok := h.firstItem(c)
		from, to := h.card(c)
		if !ok || !keep[key{h.grades[from], h.days[at]}] {
			continue
		}
		p := piece{from: int32(from), to: int32(from)}
		for i := from + 1; i < to; i++ {
			item := h.days[i] > 0
			if item {
				before[h.rows[i]+1] = 1
				if h.grades[i] > 1 {
					recalled++
				}
			}
			if i-from < longest && (item || sameDay > 0) {
				p.weighed++
				p.to = int32(i + 1)
				if item && i > at {
					s.later++
				}
			}
		}
		if p.weighed > 0 {
			s.kept = append(s.kept, p)
		}
	}
	for row := range h.answers {
		before[row+1] += before[row]
	}
	s.items = int(before[h.answers])
	s.recalled = float64(recalled) / float64(max(1, s.items))
	for _, p := range s.kept {
		for i := p.from + 1; i < p.to; i++ {
			weight := recency(float64(before[h.rows[i]]) / float64(max(1, s.items-1)))
			if h.days[i] == 0 {
				weight *= sameDay
			}
			s.weights[i] = float32(weight)
		}
	}
	return s
}

// recency is what an item weighs by its position in time, 0 to 1: the latest
// tell most about the memory that is there now.
func recency(position float64) float64 { return 0.5 + 0.5*position*position*position }
