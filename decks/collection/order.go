package collection

import (
	"bytes"
	"slices"

	"lectern/decks"
)

// event is what all rows of the append-only tables have in common.
type event struct {
	seq     int64
	id      decks.EventID
	op      int64
	atMS    int64
	zoneMin int
	parents []byte // ids, 16 bytes each
	gone    bool   // its operation is undone
}

func (e *event) base() *event { return e }

// eventRow is a row of an append-only table: a struct that embeds event.
type eventRow interface{ base() *event }

// before decides between events that did not know each other.
func (e *event) before(o *event) int {
	if e.atMS != o.atMS {
		if e.atMS < o.atMS {
			return -1
		}
		return 1
	}
	return bytes.Compare(e.id[:], o.id[:])
}

// inOrder returns the events of one register in their causal order: parents
// first, and between events that did not know each other by time and id. The
// order is the same whatever the order in which they arrived.
func inOrder[E eventRow](events []E) []E {
	if isChain(events) {
		return events
	}
	index := make(map[decks.EventID]int, len(events))
	for i, e := range events {
		index[e.base().id] = i
	}
	waits := make([]int, len(events)) // parents not placed yet
	children := make([][]int, len(events))
	for i, e := range events {
		for p := range parentsOf(e.base()) {
			if j, ok := index[p]; ok && j != i {
				waits[i]++
				children[j] = append(children[j], i)
			}
		}
	}
	byTime := func(i, j int) int { return events[i].base().before(events[j].base()) }
	var ready []int
	for i, n := range waits {
		if n == 0 {
			ready = append(ready, i)
		}
	}
	out := make([]E, 0, len(events))
	placed := make([]bool, len(events))
	for len(out) < len(events) {
		if len(ready) == 0 { // a circle of parents: only a damaged file has one
			for i := range events {
				if !placed[i] {
					ready = append(ready, i)
				}
			}
			ready = []int{slices.MinFunc(ready, byTime)}
			waits[ready[0]] = 0
		}
		at := 0
		for k := range ready {
			if byTime(ready[k], ready[at]) < 0 {
				at = k
			}
		}
		i := ready[at]
		ready = slices.Delete(ready, at, at+1)
		if placed[i] {
			continue
		}
		placed[i] = true
		out = append(out, events[i])
		for _, c := range children[i] {
			if waits[c]--; waits[c] == 0 {
				ready = append(ready, c)
			}
		}
	}
	return out
}

// isChain reports whether every event has the one before it as its only
// parent, so that no other order is possible. That is the case of one computer.
func isChain[E eventRow](events []E) bool {
	for i, e := range events {
		p := e.base().parents
		if i == 0 {
			if len(p) != 0 {
				return false
			}
			continue
		}
		prev := events[i-1].base()
		if len(p) != 16 || !bytes.Equal(p, prev.id[:]) {
			return false
		}
	}
	return true
}

// heads returns the ids, 16 bytes each, of the events that no other names as
// its parent: what a new event of the register has to name.
func heads[E eventRow](events []E) []byte {
	if n := len(events); n > 0 && isChain(events) {
		id := events[n-1].base().id
		return id[:]
	}
	named := map[decks.EventID]bool{}
	for _, e := range events {
		for p := range parentsOf(e.base()) {
			named[p] = true
		}
	}
	out := []byte{}
	for _, e := range inOrder(events) {
		if id := e.base().id; !named[id] {
			out = append(out, id[:]...)
		}
	}
	return out
}

// last returns the event that decides a register: the last in causal order
// whose operation is not undone.
func last[E eventRow](events []E) (e E, ok bool) {
	ordered := inOrder(events)
	for i := len(ordered) - 1; i >= 0; i-- {
		if !ordered[i].base().gone {
			return ordered[i], true
		}
	}
	return e, false
}

func parentsOf(e *event) func(yield func(decks.EventID) bool) {
	return func(yield func(decks.EventID) bool) {
		for p := e.parents; len(p) >= 16; p = p[16:] {
			if !yield(decks.EventID(p[:16])) {
				return
			}
		}
	}
}
