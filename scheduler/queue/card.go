package queue

import (
	"time"

	"lectern/scheduler"
)

// Card is what the queue knows of a card.
type Card struct {
	scheduler.Card
	Seed     uint64        // of its id: equal cards are mixed by it
	Node     int32         // the limits it is under: an index of [Options.Nodes]
	From, To int32         // the cards of its note, itself among them, stand at From to To-1
	Skip     scheduler.Day // put off on this day
	Off      bool          // paused, or withdrawn by the author: never shown
	Needs    bool          // its answer has still to be written
}

// Cards are all cards of a collection in course order, deck by deck, those of a
// note together. At must give the card as it is now.
type Cards interface {
	Len() int
	At(i int32) *Card
}

// Node is a part of the collection that has limits of its own: all of it, a
// deck, or a section of one. Cards belong to the innermost.
type Node struct {
	Parent int32 // -1: the root
	Limit  Amount
	Done   Amount // today, in it and all that it holds
	// Beyond says that new cards come however many reviews there are. Else a new
	// card counts as a review too.
	Beyond bool
	Rules  *scheduler.Scheduler // of its cards
}

// Amount is a number of new cards and of reviews a day.
type Amount struct{ New, Reviews int }

// NoLimit is a limit that does not limit.
const NoLimit = 1 << 30

// Options say what the queue is about.
type Options struct {
	Now time.Time
	Day scheduler.Day
	End time.Time // of the day
	// From and To are the cards to look at, Under the node they must lie in.
	From, To int32
	Under    int32
	Nodes    []Node // parents before children
	// Order is the preset whose orders, mixes and learn-ahead hold: that of the
	// part that is studied. The other settings are those of each card's own.
	Order scheduler.Preset
	// Planned holds for each card what a plan wants of it today, nil where there
	// is none: 0 the plan is not about the card, k > 0 ask it as the k'th, due or
	// not and whatever the limits, below 0 do not ask it. Steps go on as always.
	Planned []int32
	// Kin are for a card the cards of other notes that ask the same: they are its
	// siblings as the cards of its own note are.
	Kin map[int32][]int32
	// CountOnly leaves out what only the order needs.
	CountOnly bool
}

// place is where a card stands in the day's queue.
type place uint8

const (
	none    place = iota
	step          // on a step within the day, which ends before the day does
	dayStep       // on a step of a day or more, due
	review        // due
	fresh         // new
)

// placeOf says where a card stands, siblings and limits left aside.
func placeOf(c *Card, day scheduler.Day, end time.Time) place {
	if c.Off || c.Skip == day {
		return none
	}
	switch {
	case c.Phase == scheduler.New:
		return fresh
	case !c.Due.IsZero():
		if c.Due.Before(end) {
			return step
		}
		return none
	case c.DueDay > day:
		return none
	case c.Phase == scheduler.Review:
		return review
	default:
		return dayStep
	}
}
