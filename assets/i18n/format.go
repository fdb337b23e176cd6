package i18n

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// nbsp keeps a number and its unit on one line.
const nbsp = "\u00a0"

// Int writes a whole number as the language does: 2,840 and 2 840. Four digits
// may stay together in Russian where they stand alone; the program groups from
// four digits on in both languages, for columns to agree.
func (p *Printer) Int(n int) string { return p.number(strconv.Itoa(n)) }

// Decimal writes a number with one decimal: 2.5 and 2,5.
func (p *Printer) Decimal(x float64) string {
	return p.number(strconv.FormatFloat(math.Round(10*x)/10+0, 'f', 1, 64)) // + 0 makes -0 plain
}

// Fixed writes a number with so many digits after the point.
func (p *Printer) Fixed(x float64, digits int) string {
	return p.number(strconv.FormatFloat(x, 'f', digits, 64))
}

// number gives the digits of strconv the signs of the language.
func (p *Printer) number(s string) string {
	group, point := ",", "."
	if p.lang == "ru" {
		group, point = nbsp, ","
	}
	var b strings.Builder
	if strings.HasPrefix(s, "-") {
		b.WriteRune('\u2212')
		s = s[1:]
	}
	whole, part, broken := strings.Cut(s, ".")
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(r)
	}
	if broken {
		b.WriteString(point + part)
	}
	return b.String()
}

// Percent writes a share from 0 to 1: 92% and 92 %.
func (p *Printer) Percent(share float64) string {
	n := p.Int(int(math.Round(100 * share)))
	if p.lang == "ru" {
		return n + nbsp + "%"
	}
	return n + "%"
}

// Wait says how long until a card comes back, after "in" or «через»: minutes
// and hours as they are, days from one day on, months from two months on, years
// from one year on. What is past comes back in a minute.
func (p *Printer) Wait(d time.Duration) string {
	n, unit, tenth := waitUnit(d)
	if tenth { // without a count T takes the form of parts: «2,5 месяца»
		return p.T("time.in_"+unit, "N", p.Decimal(float64(n)/10))
	}
	return p.N("time.in_"+unit, n)
}

// Short is Wait for narrow places: "10 min", "12 d".
func (p *Printer) Short(d time.Duration) string {
	switch n, unit, tenth := waitUnit(d); {
	case tenth:
		return p.T("time.short_"+unit, "N", p.Decimal(float64(n)/10))
	case unit == "years": // «1 г.», «5 лет»; the others do not change
		return p.N("time.short_years", n)
	default:
		return p.T("time.short_"+unit, "N", p.Int(n))
	}
}

// waitUnit rounds a wait to a number of one unit; with tenth the number counts
// tenths.
func waitUnit(d time.Duration) (n int, unit string, tenth bool) {
	const day = 24 * time.Hour
	round := func(unit time.Duration) int { return int(math.Round(float64(d) / float64(unit))) }
	switch {
	case d < time.Minute:
		return 1, "minutes", false
	case d < 99*time.Minute+30*time.Second:
		return round(time.Minute), "minutes", false
	case d < 23*time.Hour+30*time.Minute:
		return round(time.Hour), "hours", false
	case d < 61*day:
		return max(1, round(day)), "days", false
	case d < 365*day:
		return tenths(float64(d)/float64(day)/30.4375, "months")
	default:
		return tenths(float64(d)/float64(day)/365.25, "years")
	}
}

// tenths keeps one decimal below ten and drops a decimal of zero.
func tenths(x float64, unit string) (int, string, bool) {
	t := int(math.Round(10 * x))
	if t >= 100 || t%10 == 0 {
		return int(math.Round(x)), unit, false
	}
	return t, unit, true
}

// Date writes a day of the year: "23 November", «23 ноября».
func (p *Printer) Date(t time.Time) string {
	return p.T("time.date", "Day", t.Day(), "Month", p.Month(t.Month()))
}

// DateFrom is Date with the year where it is not the year of now.
func (p *Printer) DateFrom(now, t time.Time) string {
	if t.Year() == now.Year() {
		return p.Date(t)
	}
	return p.Date(t) + nbsp + strconv.Itoa(t.Year())
}

// LongDate writes a day with its weekday: "Monday, 23 November".
func (p *Printer) LongDate(t time.Time) string {
	return p.T("time.long_date", "Weekday", p.T("time.weekday_"+strconv.Itoa(int(t.Weekday()))), "Date", p.Date(t))
}

// Month names a month as it stands in a date (Russian: genitive).
func (p *Printer) Month(m time.Month) string { return p.T("time.month_" + strconv.Itoa(int(m))) }

// MonthName names a month standing alone, short: "Nov", «ноя».
func (p *Printer) MonthName(m time.Month) string {
	return p.T("time.month_short_" + strconv.Itoa(int(m)))
}

// Weekday gives the short name of a weekday: "Mon", «Пн».
func (p *Printer) Weekday(d time.Weekday) string {
	return p.T("time.weekday_short_" + strconv.Itoa(int(d)))
}

// Clock writes a time of the day: 14:05 in both languages.
func (p *Printer) Clock(t time.Time) string { return t.Format("15:04") }

// Bytes writes a size: "12 MB", «12 МБ». A KB is 1024 bytes.
func (p *Printer) Bytes(n int64) string {
	units := []string{"time.bytes_b", "time.bytes_kb", "time.bytes_mb", "time.bytes_gb"}
	x, i := float64(n), 0
	for math.Round(x) >= 1024 && i < len(units)-1 {
		x, i = x/1024, i+1
	}
	s := p.Int(int(math.Round(x)))
	if tenths := math.Round(10 * x); tenths < 100 && math.Mod(tenths, 10) != 0 {
		s = p.Decimal(x)
	}
	return p.T(units[i], "N", s)
}
