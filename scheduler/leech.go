package scheduler

// Leech says whether a card is forgotten so often that it should be rewritten
// or set aside: at preset.LeechLapses lapses, and again at every half of that
// after (8, 12, 16 …). It looks at the count alone: ask after an answer that
// raised Lapses, or the same card is reported at each later answer.
func Leech(c Card, p Preset) bool {
	if p.LeechLapses <= 0 || c.Lapses < p.LeechLapses {
		return false
	}
	half := (p.LeechLapses + 1) / 2
	return (c.Lapses-p.LeechLapses)%half == 0
}
