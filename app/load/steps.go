package load

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"lectern/assets/i18n"
)

// units are the words a step may be written with, by their first letters, in
// both languages.
var units = []struct {
	starts []string
	length time.Duration
	key    string // of the word it is shown with
}{
	{[]string{"s", "с"}, time.Second, "seconds"},
	{[]string{"m", "м"}, time.Minute, "minutes"},
	{[]string{"h", "ч"}, time.Hour, "hours"},
	{[]string{"d", "д", "сут"}, 24 * time.Hour, "days"},
	{[]string{"w", "н"}, 7 * 24 * time.Hour, "weeks"},
}

// unitOf finds the unit of a word; none is a minute, the longest match wins.
func unitOf(word string) (length time.Duration, ok bool) {
	if word == "" {
		return time.Minute, true
	}
	long := 0
	for _, u := range units {
		for _, start := range u.starts {
			if strings.HasPrefix(word, start) && len(start) > long {
				length, ok, long = u.length, true, len(start)
			}
		}
	}
	return length, ok
}

// stepError says what of the typed steps is wrong: a key of the catalogue and
// the word it is about.
type stepError struct{ key, word string }

func (e *stepError) Error() string { return e.key + " " + e.word }

// The bounds of steps; see scheduler.Preset.Validate.
const (
	mostSteps = 20
	leastStep = time.Second
	mostStep  = 365 * 24 * time.Hour
)

// parseSteps reads steps as people write them: "1 мин 10 мин", "1m 10m",
// "1, 10", "1,5 ч". A number without a unit counts minutes. Nothing at all is no
// steps. The error is a *stepError.
func parseSteps(text string) ([]time.Duration, error) {
	var steps []time.Duration
	rest := strings.ToLower(strings.TrimSpace(text))
	for rest != "" {
		number, tail := cutNumber(rest)
		if number == "" {
			word, _ := cutWord(rest)
			if word == "" {
				word = rest
			}
			return nil, &stepError{"load.step_unknown", word}
		}
		word, tail := cutWord(strings.TrimLeft(tail, " \u00a0"))
		unit, ok := unitOf(word)
		if !ok {
			return nil, &stepError{"load.step_unknown", word}
		}
		n, err := strconv.ParseFloat(number, 64)
		if err != nil || n*float64(unit) > float64(mostStep) {
			return nil, &stepError{"load.step_long", strings.TrimSpace(number + " " + word)}
		}
		d := time.Duration(n * float64(unit)).Round(time.Second)
		switch {
		case d < leastStep:
			return nil, &stepError{"load.step_short", strings.TrimSpace(number + " " + word)}
		case len(steps) > 0 && d < steps[len(steps)-1]:
			return nil, &stepError{"load.step_order", strings.TrimSpace(number + " " + word)}
		case len(steps) == mostSteps:
			return nil, &stepError{"load.step_many", strconv.Itoa(mostSteps)}
		}
		steps = append(steps, d)
		rest = strings.TrimLeft(tail, " \u00a0\t,;/.+")
	}
	return steps, nil
}

// cutNumber takes digits with at most one point or comma. A comma with two or
// more digits behind it parts two numbers: "1,10" is a minute and ten.
func cutNumber(s string) (number, rest string) {
	digits := func(s string) int {
		n := 0
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		return n
	}
	n := digits(s)
	if n == 0 {
		return "", s
	}
	if n+1 < len(s) && (s[n] == '.' || s[n] == ',') {
		if m := digits(s[n+1:]); m == 1 || m > 1 && s[n] == '.' {
			return s[:n] + "." + s[n+1:n+1+m], s[n+1+m:]
		}
	}
	return s[:n], s[n:]
}

// cutWord takes letters.
func cutWord(s string) (word, rest string) {
	n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if n < 0 {
		n = len(s)
	}
	return s[:n], s[n:]
}

// formatSteps writes steps so that parseSteps reads them again.
func formatSteps(p *i18n.Printer, steps []time.Duration) string {
	var parts []string
	for _, d := range steps {
		u := units[0]
		for _, longer := range units[1:4] { // a week reads better as 7 days
			if d%longer.length == 0 {
				u = longer
			}
		}
		parts = append(parts, strconv.FormatInt(int64(d/u.length), 10)+" "+p.T("load.unit_"+u.key))
	}
	return strings.Join(parts, " ")
}
