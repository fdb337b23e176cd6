package scheduler

import "time"

const day24 = 24 * time.Hour

// pause is how long a step makes a card wait: a time within the day, or whole
// study days.
type pause struct {
	short time.Duration
	days  int
}

// pauseOf makes a step of a day and more a matter of study days: "tomorrow",
// not "at twelve past five tomorrow".
func pauseOf(step time.Duration) pause {
	if step < day24 {
		return pause{short: step}
	}
	return pause{days: int((step + day24/2) / day24)}
}

// stepAfter returns the step a grade leads to and how long it lasts; ok is
// false when the grade graduates the card. at is the step the card stands on.
// A step that no longer exists, as after a change of settings, is the last one.
func stepAfter(steps []time.Duration, at int, g Grade) (next int, p pause, ok bool) {
	if len(steps) == 0 {
		return 0, pause{}, false
	}
	at = min(max(at, 0), len(steps)-1)
	switch {
	case g == Again:
		return 0, pauseOf(steps[0]), true
	case g == Hard && at == 0:
		return 0, pauseOf(hardFirst(steps)), true
	case g == Hard:
		return at, pauseOf(steps[at]), true
	case g == Good && at+1 < len(steps):
		return at + 1, pauseOf(steps[at+1]), true
	default:
		return 0, pause{}, false
	}
}

// hardFirst is Hard on the first step: half-way to the second, or half as long
// again when there is none, by a day at most.
func hardFirst(steps []time.Duration) time.Duration {
	d := steps[0] + min(steps[0]/2, day24)
	if len(steps) > 1 {
		d = steps[0]/2 + steps[1]/2
	}
	return d.Round(time.Second)
}
