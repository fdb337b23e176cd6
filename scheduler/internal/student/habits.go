package student

import "math/rand/v2"

// Session says whether the student studies on a day, and from when: the time
// as Answer takes it. Days off come by chance, on weekends more or less often,
// and whole breaks of up to six weeks.
func (s *Student) Session(day int) (at float64, studies bool) {
	t := &s.traits
	r := s.day(day, streamDays)
	hour := clamp(t.hour+1.5*r.NormFloat64(), 0, 22)
	skip := t.skipDay
	if day%7 >= 5 {
		skip *= t.weekend
	}
	return float64(day) + hour/24, r.Float64() >= skip && !s.away(day)
}

// away says whether a break that began some days ago still lasts.
func (s *Student) away(day int) bool {
	const longest = 42
	for began := max(0, day-longest); began <= day; began++ {
		r := s.day(began, streamBreaks)
		begins := r.Float64() < s.traits.breaksYear/365
		if begins && day-began < 2+int((longest-2)*r.Float64()*r.Float64()) {
			return true
		}
	}
	return false
}

func (s *Student) day(day int, stream uint64) *rand.Rand {
	return rand.New(rand.NewPCG(s.seed^uint64(day+1)*0xbf58476d1ce4e5b9, stream))
}
