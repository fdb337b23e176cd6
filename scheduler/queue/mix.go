package queue

// newTurn says whether a new card comes next, where reviews and new cards are
// mixed: over a day of R reviews and N new cards, a new card comes as soon as
// its share of the reviews is done. It goes by counts alone, so that a session
// that is begun again goes on as before. When a batch of new cards arrives late
// in a day of many reviews, they are not served in one run to catch up but
// spread over the reviews left.
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

// intersperse spreads the shorter list evenly over the longer one: a card of b
// comes as soon as its share of a has come.
func intersperse(a, b []int32) []int32 {
	if len(b) == 0 {
		return a
	}
	out := make([]int32, 0, len(a)+len(b))
	for i, k := 0, 0; i < len(a) || k < len(b); {
		if k < len(b) && (i == len(a) || (k+1)*(len(a)+1) < (i+1)*(len(b)+1)) {
			out = append(out, b[k])
			k++
		} else {
			out = append(out, a[i])
			i++
		}
	}
	return out
}
