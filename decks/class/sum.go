package class

import (
	"cmp"
	"math"
	"slices"

	"lectern/decks"
)

// Fewest is how many students have to report a card before it is listed, and how
// many more before its numbers change.
const Fewest = 5

// Trouble is how a card went for a class.
type Trouble struct {
	Card    decks.CardID `json:"card"`
	Reports int          `json:"reports"` // students counted: a multiple of Fewest
	Lapses  float64      `json:"lapses"`  // share of answers at which it was forgotten, 0 to 1; each student counts alike
	Seconds int          `json:"seconds"` // to answer it, on average
	Unclear int          `json:"unclear"` // students who flagged it
	Wrong   int          `json:"wrong"`
}

// Hurt orders cards by what a class suffers from them: that something is wrong comes
// before that it is unclear, and either before that it is forgotten.
func (t Trouble) Hurt() float64 {
	n := float64(max(1, t.Reports))
	return 3*float64(t.Wrong)/n + 2*float64(t.Unclear)/n + t.Lapses
}

// Sum adds up reports about one deck, in the order in which they came: the card that
// hurts most first. See the package for what five means. When a student reports a card
// in several files, the numbers with more answers count, in the place of the first; no
// other card has a say in that.
func Sum(reports []Report) []Trouble {
	type place struct {
		card     decks.CardID
		reporter string
	}
	by := map[decks.CardID][]Card{} // in the order of the reporters
	at := map[place]int{}
	for _, r := range reports {
		for _, c := range r.Cards {
			key := place{c.ID, r.Reporter}
			i, twice := at[key]
			if !twice {
				at[key] = len(by[c.ID])
				by[c.ID] = append(by[c.ID], c)
			} else if c.Reviews >= by[c.ID][i].Reviews {
				by[c.ID][i] = c
			}
		}
	}
	var out []Trouble
	for id, cards := range by {
		if n := len(cards) - len(cards)%Fewest; n > 0 {
			out = append(out, sum(id, cards[:n]))
		}
	}
	slices.SortFunc(out, func(a, b Trouble) int {
		return cmp.Or(cmp.Compare(b.Hurt(), a.Hurt()), cmp.Compare(b.Seconds, a.Seconds), cmp.Compare(a.Card, b.Card))
	})
	return out
}

func sum(id decks.CardID, cards []Card) Trouble {
	t := Trouble{Card: id, Reports: len(cards)}
	asked, lapses, seconds := 0, 0.0, 0
	for _, c := range cards {
		if c.Reviews > 0 {
			asked++
			lapses += float64(c.Lapses) / float64(c.Reviews)
			seconds += c.Seconds
		}
		if c.Unclear {
			t.Unclear++
		}
		if c.Wrong {
			t.Wrong++
		}
	}
	if asked > 0 {
		t.Lapses = math.Round(100*lapses/float64(asked)) / 100
		t.Seconds = int(math.Round(float64(seconds) / float64(asked)))
	}
	return t
}
