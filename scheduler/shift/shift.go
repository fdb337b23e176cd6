// Package shift moves due days: some cards later because there is no time today
// ([Postpone]), some earlier because there is ([Advance]), a load that is to be
// even ([Flatten]), days away that are known before ([Break]).
//
// Days are study days counted from today, which is day 0. A card is never moved
// into the past, never beyond the longest interval after its last answer, and
// none is lost: a card for which there is no such day stays where it is. New
// cards have no due day and are left alone.
package shift

import (
	"cmp"
	"math"
	"slices"

	"lectern/scheduler/forecast"
	"lectern/scheduler/internal/chance"
	"lectern/scheduler/kernel"
)

// Move is a card that gets another day.
type Move struct {
	Card int // its place in the cards given
	Day  int // 0 or later
}

// Moves are in the order in which they do least harm.
type Moves struct {
	List []Move
	Safe int // how many of the first ones lose next to nothing
}

// Of what is safe to move: how far the days since the last answer may lie beyond
// the interval that the retention allows, or before it, as a share of it.
const (
	safeLate  = 0.15
	safeEarly = 0.13
)

// Postpone moves up to n of the cards that wait today to a later day: first
// those that are least overdue, each by a twentieth to a tenth of its interval.
// The seed spreads the days of cards that are alike.
func Postpone(cards []forecast.Card, n int, m kernel.Model, retention float64, s forecast.Settings, seed uint64) Moves {
	var list []ranked
	for i, c := range cards {
		if c.New() || c.Due > 0 {
			continue
		}
		c = tidy(c)
		interval := float64(max(1, c.Interval))
		luck := chance.New(seed, i, 0)
		wait := int(math.Ceil(interval * (1.05 + 0.05*luck.Next())))
		day := max(1, c.Last+wait-c.Due)
		if !allowed(c, day, s) {
			continue
		}
		late := (float64(-c.Last)+0.075*interval)/ideal(c, m, retention) - 1
		list = append(list, ranked{Move{i, day}, late})
	}
	return choose(list, n, safeLate)
}

// Advance moves up to n cards that come later to today: first those that are
// nearest to their day, as a share of the interval. Cards answered today are not
// asked again.
func Advance(cards []forecast.Card, n int, m kernel.Model, retention float64) Moves {
	var list []ranked
	for i, c := range cards {
		if c.New() || c.Due <= 0 || c.Last >= 0 {
			continue
		}
		c = tidy(c)
		list = append(list, ranked{Move{i, 0}, 1 - float64(-c.Last)/ideal(c, m, retention)})
	}
	return choose(list, n, safeEarly)
}

// ideal is the days after which a card should be asked.
func ideal(c forecast.Card, m kernel.Model, retention float64) float64 {
	return max(1e-3, m.Interval(c.State, retention))
}

// ranked is a move and its harm.
type ranked struct {
	Move
	harm float64
}

func choose(list []ranked, n int, safe float64) Moves {
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(a.harm, b.harm) })
	var m Moves
	for _, r := range list[:min(max(0, n), len(list))] {
		m.List = append(m.List, r.Move)
		if r.harm < safe {
			m.Safe++
		}
	}
	return m
}

// far bounds the days a card may lie away, before or after today.
const far = kernel.MaxDays

// tidy bounds what is added up.
func tidy(c forecast.Card) forecast.Card {
	c.Last = max(min(c.Last, 0), -far)
	c.Due = max(min(c.Due, far), -far)
	c.Interval = max(min(c.Interval, far), 0)
	return c
}

// allowed says whether a card may come back on a day.
func allowed(c forecast.Card, day int, s forecast.Settings) bool {
	return day >= 0 && day-c.Last <= s.Longest()
}

// Flatten moves cards so that no day has more than most of them, easy days their
// share of it: where a day is too full, the strongest of its cards move on to the
// first day with room; cards that are overdue are spread over the first days with
// room, the weakest first.
func Flatten(cards []forecast.Card, most int, s forecast.Settings) []Move {
	var waiting []int // overdue
	byDay := map[int][]int{}
	for i, c := range cards {
		switch c = tidy(c); {
		case c.New():
		case c.Due < 0:
			waiting = append(waiting, i)
		default:
			byDay[c.Due] = append(byDay[c.Due], i)
		}
	}
	weaker := func(a, b int) int { return cmp.Compare(cards[a].State.S, cards[b].State.S) }
	slices.SortStableFunc(waiting, weaker)

	room := rooms{most: max(0, most), easy: s.EasyDays, used: map[int]int{}, next: map[int]int{}}
	pool := waiting
	for _, day := range sortedKeys(byDay) {
		list := byDay[day]
		slices.SortStableFunc(list, weaker)
		keep := min(len(list), room.of(day))
		room.used[day] = keep
		pool = append(pool, list[keep:]...)
	}
	var moves []Move
	for _, i := range pool {
		c := tidy(cards[i])
		day, ok := room.first(max(0, c.Due), c.Last+s.Longest())
		if !ok {
			day = max(0, c.Due)
		}
		room.used[day]++
		if day != max(0, c.Due) && allowed(c, day, s) {
			moves = append(moves, Move{i, day})
		}
	}
	return moves
}

func sortedKeys(m map[int][]int) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// rooms knows how many cards a day has room for.
type rooms struct {
	most int
	easy []float64
	used map[int]int
	next map[int]int // of a day found full, a later one that may not be
}

func (r *rooms) of(day int) int {
	most := r.most
	if len(r.easy) > 0 {
		most = int(math.Round(float64(most) * min(1, max(0, r.easy[day%len(r.easy)]))))
	}
	return most - r.used[day]
}

// first is the first day with room, from one day to another.
func (r *rooms) first(from, to int) (day int, ok bool) {
	for day = from; day <= to; day++ {
		if r.of(day) > 0 {
			break
		}
		if jump := r.next[day]; jump > day {
			day = jump - 1
		}
	}
	if day > from { // the days between are full, now and from now on
		r.next[from] = min(day, to+1)
	}
	return day, day <= to
}

// Break moves the cards that would come back in the days away, which begin on a
// day and last so many: to the days before and after it, spread of each, every one
// of which gets as many more. Cards with short intervals choose first, each the
// day nearest to its own.
func Break(cards []forecast.Card, begins, days, spread int, s forecast.Settings) []Move {
	begins, days, spread = max(0, min(begins, far)), max(0, min(days, far)), max(0, min(spread, far))
	var list []int
	for i, c := range cards {
		if c = tidy(c); !c.New() && max(0, c.Due) >= begins && c.Due < begins+days {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(cards[a].Interval, cards[b].Interval) })

	before, after := min(spread, begins), spread
	if before+after == 0 {
		return nil
	}
	quota := (len(list) + before + after - 1) / (before + after)
	used := map[int]int{}
	var moves []Move
	for _, i := range list {
		c := tidy(cards[i])
		due := max(0, c.Due)
		best, ok := 0, false
		consider := func(day int) (room bool) {
			if used[day] >= quota || day <= c.Last || !allowed(c, day, s) {
				return false
			}
			if !ok || max(day-due, due-day) < max(best-due, due-best) {
				best, ok = day, true
			}
			return true
		}
		for day := begins - 1; day >= begins-before && !consider(day); day-- {
		}
		for day := begins + days; day < begins+days+after && !consider(day); day++ {
		}
		if ok {
			used[best]++
			moves = append(moves, Move{i, best})
		}
	}
	return moves
}
