package exam

// Kind is what a stretch of days is for.
type Kind int

// The kinds, in the order in which they come.
const (
	Learn  Kind = iota // new cards are begun, others reviewed
	Review             // no new cards any more
	Last               // a last look at what is weak
)

// Stage is a stretch of days of one kind.
type Stage struct {
	Kind     Kind
	From, To int     // days, the last one too
	Cards    float64 // begun and reviewed, in all
	Minutes  float64 // a day, the mean
}

// Stages are the days of the plan by what they are for. A kind without days is
// left out.
func (p *Plan) Stages() []Stage {
	days := len(p.Days)
	last := min(max(p.LastLook, p.NewUntil+1), days)
	ends := [...]int{Learn: p.NewUntil + 1, Review: last, Last: days}
	var list []Stage
	from := 0
	for kind, end := range ends {
		if from >= end {
			continue
		}
		s := Stage{Kind: Kind(kind), From: from, To: end - 1}
		for _, d := range p.Days[from:end] {
			s.Cards += d.New + d.Reviews
			s.Minutes += d.Minutes / float64(end-from)
		}
		list = append(list, s)
		from = end
	}
	return list
}
