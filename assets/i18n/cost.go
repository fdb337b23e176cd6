package i18n

import "math"

// Cost says what new cards take from a student's days: so many minutes a day
// for so many days, then fewer: "≈ 12 minutes a day for 3 weeks, then ≈ 4
// minutes". Without days no card is ever begun.
func (p *Printer) Cost(minutes float64, days int, later float64) string {
	if days < 1 {
		return p.T("importcost.never")
	}
	first, then := p.minutes(minutes), p.minutes(later)
	text := p.T("importcost.adds", "Minutes", first, "While", p.while(days))
	if days == 1 {
		text = p.T("importcost.once", "Minutes", first)
	}
	if first == then || later > minutes {
		return text
	}
	return p.T("importcost.then", "First", text, "Minutes", then)
}

// minutes is a time of a day.
func (p *Printer) minutes(x float64) string {
	if x < 0.75 {
		return p.T("importcost.less")
	}
	return p.N("importcost.minutes", max(1, int(math.Round(x))))
}

// while is a number of days as one says it: days, weeks from two weeks on,
// months from two months on.
func (p *Printer) while(days int) string {
	round := func(unit float64) int { return int(math.Round(float64(days) / unit)) }
	switch {
	case days < 12:
		return p.N("importcost.days", days)
	case days < 60:
		return p.N("importcost.weeks", round(7))
	case days < 700:
		return p.N("importcost.months", round(30.4375))
	}
	return p.N("importcost.years", round(365.25))
}
