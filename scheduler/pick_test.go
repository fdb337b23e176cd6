package scheduler_test

import (
	"strings"
	"testing"

	"lectern/scheduler"
	"pgregory.net/rapid"
)

// session answers everything and returns the order: r, n.
func session(p scheduler.Pool) string {
	out := ""
	for {
		switch scheduler.Pick(p) {
		case scheduler.ReviewDue:
			out += "r"
			p.ReviewsLeft--
			p.DoneReview++
		case scheduler.Unseen:
			out += "n"
			p.NewLeft--
			p.DoneNew++
		default:
			return out
		}
	}
}

func TestPickMixesEvenly(t *testing.T) {
	for _, c := range []struct {
		pool scheduler.Pool
		want string
	}{
		{scheduler.Pool{}, ""},
		{scheduler.Pool{ReviewsLeft: 3, NewLeft: 2}, "rnrnr"},
		{scheduler.Pool{ReviewsLeft: 3}, "rrr"},
		{scheduler.Pool{NewLeft: 3}, "nnn"},
		{scheduler.Pool{ReviewsLeft: 9, NewLeft: 2}, "rrrnrrrnrrr"},
		{scheduler.Pool{ReviewsLeft: 2, NewLeft: 5}, "nrnnrnn"},
		// A restart in the middle goes on as before.
		{scheduler.Pool{ReviewsLeft: 6, NewLeft: 1, DoneReview: 3, DoneNew: 1}, "rrrnrrr"},
		// New cards that come after two hundred reviews are not served in a run.
		{scheduler.Pool{ReviewsLeft: 20, NewLeft: 4, DoneReview: 200}, "nrrrnrrrnrrrrrrrnrrrrrrr"},
	} {
		if got := session(c.pool); got != c.want {
			t.Errorf("%+v: %s, want %s", c.pool, got, c.want)
		}
	}
}

func TestPickOrderOfKinds(t *testing.T) {
	all := scheduler.Pool{StepsDue: 1, StepsAhead: 1, ReviewsLeft: 1, NewLeft: 1}
	if got := scheduler.Pick(all); got != scheduler.StepDue {
		t.Errorf("a step that ended waits for bucket %d", got)
	}
	if got := scheduler.Pick(scheduler.Pool{StepsAhead: 1, NewLeft: 1}); got != scheduler.Unseen {
		t.Errorf("a step is shown early instead of bucket %d", got)
	}
	if got := scheduler.Pick(scheduler.Pool{StepsAhead: 1}); got != scheduler.StepAhead {
		t.Errorf("bucket %d", got)
	}
	for _, empty := range []scheduler.Pool{{}, {DoneNew: 9, DoneReview: 9}} {
		if got := scheduler.Pick(empty); got != scheduler.Nothing {
			t.Errorf("bucket %d of an empty pool", got)
		}
	}
	if got := scheduler.Pick(scheduler.Pool{NewLeft: 1, DoneNew: 9}); got != scheduler.Unseen {
		t.Errorf("bucket %d without reviews", got)
	}
}

func TestLawPickNeverChoosesAnEmptyBucket(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := func(name string) int { return rapid.OneOf(rapid.IntRange(-1, 1), rapid.IntRange(0, 300)).Draw(t, name) }
		p := scheduler.Pool{StepsDue: n("steps"), StepsAhead: n("ahead"), ReviewsLeft: n("reviews"), NewLeft: n("new"), DoneNew: n("done new"), DoneReview: n("done")}
		var have int
		switch scheduler.Pick(p) {
		case scheduler.StepDue:
			have = p.StepsDue
		case scheduler.ReviewDue:
			have = p.ReviewsLeft
		case scheduler.Unseen:
			have = p.NewLeft
		case scheduler.StepAhead:
			have = p.StepsAhead
		case scheduler.Nothing:
			have = 1
			if max(p.StepsDue, p.StepsAhead, p.ReviewsLeft, p.NewLeft) > 0 {
				t.Fatalf("%+v: nothing", p)
			}
		}
		if have <= 0 {
			t.Fatalf("%+v: an empty bucket", p)
		}
	})
}

// Over a day that starts fresh, new cards are as far apart as can be: the runs
// of reviews between them differ by one at most.
func TestLawPickSpreadsNewCards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := scheduler.Pool{ReviewsLeft: rapid.IntRange(0, 300).Draw(t, "reviews"), NewLeft: rapid.IntRange(1, 100).Draw(t, "new")}
		order := session(p)
		if len(order) != p.ReviewsLeft+p.NewLeft {
			t.Fatalf("%+v: %d answers", p, len(order))
		}
		least, most, run, seen := len(order), 0, 0, false
		for _, k := range order {
			if k == 'r' {
				run++
				continue
			}
			if seen {
				least, most = min(least, run), max(most, run)
			}
			run, seen = 0, true
		}
		if seen && most > least+1 {
			t.Fatalf("%+v: runs of %d to %d reviews in %s", p, least, most, order)
		}
	})
}

// New cards that come late wait their turn: no run of them while there are as
// many reviews.
func TestLawPickLateNewCards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fresh := rapid.IntRange(1, 40).Draw(t, "new")
		p := scheduler.Pool{NewLeft: fresh, ReviewsLeft: fresh + rapid.IntRange(0, 200).Draw(t, "more"), DoneReview: rapid.IntRange(0, 400).Draw(t, "done")}
		if order := session(p); strings.Contains(strings.TrimRight(order, "n"), "nnn") {
			t.Fatalf("%+v: %s", p, order)
		}
	})
}
