package scheduler

// Bucket is a kind of card to show next.
type Bucket int

// The buckets.
const (
	Nothing   Bucket = iota // the session is over
	StepDue                 // a card whose step has ended, the longest waiting first
	ReviewDue               // a card due today
	Unseen                  // a new card
	StepAhead               // a card whose step ends soon, shown early since nothing else is left
)

// Pool counts what could be shown now, in the part of the collection that is
// studied.
type Pool struct {
	StepsDue    int // steps that have ended
	StepsAhead  int // steps that end within Preset.LearnAhead
	ReviewsLeft int // reviews, and steps of whole days, due today or before; within today's limit
	NewLeft     int // new cards, within today's limit
	DoneNew     int // new cards started today
	DoneReview  int // reviews answered today; answers on steps within the day do not count
}

// Pick chooses what comes next, from counts alone: the same counts give the
// same choice after a restart.
//
// Steps that have ended come first, since waiting spoils them. Then reviews
// and new cards are mixed so that both run out together: over a day of R
// reviews and N new cards, a new card comes as soon as its share of the
// reviews is done. When a batch of new cards arrives late in a day of many
// reviews, they are not served in one run to catch up but spread over the
// reviews left. Last come steps that end soon. A bucket is chosen only if the
// pool holds a card of it.
func Pick(p Pool) Bucket {
	switch {
	case p.StepsDue > 0:
		return StepDue
	case p.ReviewsLeft > 0 && p.NewLeft > 0:
		if newTurn(p.ReviewsLeft, p.NewLeft, p.DoneReview, p.DoneNew) {
			return Unseen
		}
		return ReviewDue
	case p.ReviewsLeft > 0:
		return ReviewDue
	case p.NewLeft > 0:
		return Unseen
	case p.StepsAhead > 0:
		return StepAhead
	default:
		return Nothing
	}
}

// newTurn says whether the next of the two queues is the new one.
func newTurn(reviews, fresh, doneReviews, doneNew int) bool {
	// With d of R reviews and n of N new cards done, the next new card stands
	// at (n+1)/(N+1) of the way and the next review at (d+1)/(R+1).
	allReviews, allNew := reviews+doneReviews+1, fresh+doneNew+1
	turn := (doneNew + 1) * allReviews
	if turn >= doneReviews*allNew {
		return turn < (doneReviews+1)*allNew
	}
	// Its turn was before the last review already: new cards came late. Every
	// so many answers there is one; a power of two, so that the beat does not
	// shift as the counts fall.
	beat := 1
	for beat*2 <= reviews/fresh+1 {
		beat *= 2
	}
	return (doneReviews+doneNew)%beat == 0
}
