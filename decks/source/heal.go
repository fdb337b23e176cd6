package source

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"lectern/decks"
)

// How alike a card without an id and a lost one have to be.
const (
	surely = 0.7 // it is that card …
	doubt  = 0.5 // … unless another one is more alike than this
)

// A lost file must not retire a chapter: more cards than this, gone at once, are
// taken for a mistake.
const (
	mostGoneShare = 20 // one in so many
	mostGone      = 2
)

// healer gives the cards of a course their ids.
type healer struct {
	lock   Lock
	cards  []*found
	owner  map[string]*found // by id
	copies int
	healed int
	fresh  int
	back   int
}

// found is a card of the course.
type found struct {
	*note
	file    string
	text    string
	written string // the id that stands under it
}

func newHealer(files []*parser, lock Lock) *healer {
	h := &healer{lock: lock, owner: map[string]*found{}}
	for _, p := range files {
		for i := range p.notes {
			n := &p.notes[i]
			h.cards = append(h.cards, &found{note: n, file: p.name, text: Text(n.Note), written: n.ID})
		}
	}
	return h
}

// heal gives every card an id of its own. What it cannot decide it asks.
func (h *healer) heal(takeAsNew bool) Errors {
	h.keepWritten()
	h.sameText()
	h.alikeText()
	if !takeAsNew {
		if asked := h.questions(); len(asked) > 0 {
			return asked
		}
	}
	for _, c := range h.cards {
		if c.ID == "" {
			h.give(c, decks.NewID())
			if c.written == "" {
				h.fresh++
			}
		}
	}
	return nil
}

func (h *healer) give(c *found, id string) {
	c.ID = id
	h.owner[id] = c
}

// keepWritten keeps the ids that stand in the course. Of a card and its copy the one
// that is nearer to what the lock remembers keeps the id; the other is a new card,
// whatever the author said of the first.
func (h *healer) keepWritten() {
	for _, c := range h.cards {
		if c.written == "" {
			continue
		}
		first := h.owner[c.written]
		if first == nil {
			h.give(c, c.written)
			continue
		}
		h.copies++
		loser := c
		if text := h.lock.Cards[c.written].Text; nearness(text, c.text) > nearness(text, first.text) {
			h.give(c, c.written)
			loser = first
		}
		loser.ID, loser.Major, loser.From, loser.Merges, loser.keep = "", 0, "", nil, false
	}
}

// nearness is 2 for equal texts, else how alike they are.
func nearness(a, b string) float64 {
	if a == b {
		return 2
	}
	return alike(trigrams(a), trigrams(b))
}

// lost lists the cards of the lock that have no card in the course, those that are
// retired last.
func (h *healer) lost(retired bool) []string {
	var out []string
	for id, e := range h.lock.Cards {
		if h.owner[id] == nil && e.Retired == retired {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// homeless lists the cards that may be one of the lock.
func (h *healer) homeless() []*found {
	var out []*found
	for _, c := range h.cards {
		if c.ID == "" && !c.fresh && c.text != "" {
			out = append(out, c)
		}
	}
	return out
}

// sameText gives back the ids of cards that say what they said, first within a file.
func (h *healer) sameText() {
	byText := map[string][]string{}
	for _, id := range slices.Concat(h.lost(false), h.lost(true)) {
		text := h.lock.Cards[id].Text
		byText[text] = append(byText[text], id)
	}
	for _, anywhere := range []bool{false, true} {
		for _, c := range h.homeless() {
			ids := byText[c.text]
			at := slices.IndexFunc(ids, func(id string) bool { return anywhere || h.lock.Cards[id].File == c.file })
			if at < 0 {
				continue
			}
			h.give(c, ids[at])
			h.healed++
			byText[c.text] = slices.Delete(ids, at, at+1)
		}
	}
}

// alikeText gives back the ids of cards that say nearly what they said, when there is
// no second one that they could be.
func (h *healer) alikeText() {
	for again := true; again; {
		again = false
		for _, anywhere := range []bool{false, true} {
			cards, lost, likely := h.likely(anywhere)
			ofCard, ofLost := map[int]int{}, map[int]int{}
			for _, p := range likely {
				ofCard[p.card]++
				ofLost[p.lost]++
			}
			for _, p := range likely {
				if p.alike >= surely && ofCard[p.card] == 1 && ofLost[p.lost] == 1 {
					h.give(cards[p.card], lost[p.lost])
					h.healed++
					again = true
				}
			}
		}
	}
}

// likely pairs the cards without an id with the lost ones that they could be.
func (h *healer) likely(anywhere bool) (cards []*found, lost []string, likely []pair) {
	cards, lost = h.homeless(), h.lost(false)
	if len(cards) == 0 || len(lost) == 0 {
		return nil, nil, nil
	}
	texts := make([]string, len(cards))
	for i, c := range cards {
		texts[i] = c.text
	}
	were := make([]string, len(lost))
	for k, id := range lost {
		were[k] = h.lock.Cards[id].Text
	}
	likely = slices.DeleteFunc(pairs(texts, were), func(p pair) bool {
		return !anywhere && h.lock.Cards[lost[p.lost]].File != cards[p.card].file
	})
	return cards, lost, likely
}

// questions are what the author has to settle: cards that could be lost ones.
func (h *healer) questions() Errors {
	cards, lost, likely := h.likely(true)
	candidates := map[int][]string{}
	for _, p := range likely {
		if len(candidates[p.card]) < 3 {
			candidates[p.card] = append(candidates[p.card], "<!-- ^"+lost[p.lost]+" -->")
		}
	}
	var asked Errors
	for _, i := range slices.Sorted(maps.Keys(candidates)) {
		asked = append(asked, mistake(cards[i].file, cards[i].line, "lost_id", strings.Join(candidates[i], ", ")))
	}
	return asked[:min(len(asked), mostErrors)]
}

// gone are the cards that are in the course no more, without those that are retired.
func (h *healer) gone(files []*parser, retireAll bool) ([]string, Errors) {
	gone := h.lost(false)
	active := 0
	for _, e := range h.lock.Cards {
		if !e.Retired {
			active++
		}
	}
	if !retireAll && len(gone) > mostGone && len(gone)*mostGoneShare > active {
		return nil, Errors{mistake(files[0].name, 1, "retire_stop", strconv.Itoa(len(gone)))}
	}
	return gone, nil
}

// remember makes the lock of the course as it is now.
func (h *healer) remember(deck string, gone []string, why string) Lock {
	now := make(map[string]bool, len(gone))
	for _, id := range gone {
		now[id] = true
	}
	l := Lock{Deck: deck, Cards: make(map[string]Entry, len(h.lock.Cards)+len(h.cards))}
	into := map[string][]string{}
	for _, c := range h.cards {
		if c.From != "" {
			into[c.From] = append(into[c.From], c.ID)
		}
		for _, id := range c.Merges {
			into[id] = append(into[id], c.ID)
		}
	}
	for id, e := range h.lock.Cards {
		if c := h.owner[id]; c == nil {
			if now[id] {
				e.Retired, e.Why = true, why
			}
			e.Minor, e.Into = "", sorted(slices.Concat(e.Into, into[id]))
			l.Cards[id] = e
		}
	}
	for _, c := range h.cards {
		e := h.lock.Cards[c.ID]
		if e.Retired {
			h.back++
		}
		e.File, e.Text, e.Gaps = c.file, c.text, max(e.Gaps, c.gaps)
		e.Retired, e.Into, e.Why = false, nil, ""
		if e.Minor != "" && e.Minor != Sum(c.Note) {
			e.Minor = ""
		}
		l.Cards[c.ID] = e
	}
	return l
}
