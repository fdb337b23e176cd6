package exam

import (
	"context"
	"math"
	"slices"

	"lectern/scheduler/internal/chance"
	"lectern/scheduler/internal/expect"
	"lectern/scheduler/kernel"
)

// How much is simulated. Of a larger exam a part of the cards stands for all, a
// smaller one is gone through several times.
const (
	sample = 1000 // cards for what is shown
	lean   = 300  // for the prices

	halvings = 7 // in which one price for all days is found
	rounds   = 5 // in which those of the days are corrected
)

// planner is a plan being made.
type planner struct {
	Request
	mem     *expect.Memory
	worth   *worth
	first   []prospect // of the cards as they stand
	cards   []Card     // simulated
	share   float64    // of all cards
	seconds float64    // a day that the simulated cards may take
}

func newPlanner(req Request, sample int) *planner {
	p := &planner{Request: req, mem: expect.New(req.Model, req.Habits, req.Settings), share: 1}
	p.Cards = make([]Card, len(req.Cards))
	for i, c := range req.Cards {
		if !(c.State.D >= kernel.MinDifficulty) {
			c.State.D = kernel.MinDifficulty
		}
		c.Last = max(min(c.Last, 0), -kernel.MaxDays)
		p.Cards[i] = c
	}
	if p.cards = p.Cards; len(p.Cards) > sample {
		p.cards = nil
		p.share = float64(sample) / float64(len(p.Cards))
		for i, c := range p.Cards {
			if int(float64(i+1)*p.share) > int(float64(i)*p.share) {
				p.cards = append(p.cards, c)
			}
		}
	}
	p.worth = newWorth(p.mem, p.Days, fastShare(p.Cards))
	p.first = p.learner(p.cards).prospects()
	return p
}

// fastShare is the fast stability as a share of the slow one, of the card in
// the middle; 0 for models without one.
func fastShare(cards []Card) float64 {
	var shares []float64
	for _, c := range cards {
		if share := c.State.Fast / c.State.S; !c.New() && share > 0 {
			shares = append(shares, share)
		}
	}
	if len(shares) == 0 {
		return 0
	}
	slices.Sort(shares)
	return shares[len(shares)/2]
}

func (p *planner) learner(cards []Card) *learner { return newLearner(p.mem, cards, p.Days) }

// seed is that of a way through the days.
func (p *planner) seed(run int) uint64 { return chance.Mix(p.Seed + uint64(run)) }

// runs is how many ways through the days are looked at.
func (p *planner) runs() int { return max(1, sample/max(1, len(p.cards))) }

// findPrices finds what a second is worth on each day when there are so many
// minutes: first the one price at which all days together have the time for what
// pays it, then for each day what the best card left out would have brought.
func (p *planner) findPrices(ctx context.Context, minutes float64) error {
	p.seconds = minutes * 60 * p.share
	low, high := math.Log(least), math.Log(most)
	for range halvings {
		middle := (low + high) / 2
		p.setPrice(math.Exp(middle))
		taken, err := p.paid(ctx)
		if err != nil {
			return err
		}
		if taken > p.seconds*float64(p.Days) {
			low = middle
		} else {
			high = middle
		}
	}
	p.setPrice(math.Exp(high))

	runs := max(1, lean/max(1, len(p.cards)))
	for round := range rounds {
		left := make([]float64, p.Days)
		for run := range runs {
			c, err := p.follow(ctx, way{seconds: p.seconds, seed: p.seed(round*runs + run)})
			if err != nil {
				return err
			}
			for day := range left {
				left[day] += max(least, c.left[day]) / float64(runs)
			}
		}
		for day, price := range p.worth.price {
			p.worth.price[day] = math.Sqrt(price * left[day]) // half of the way, or days would take turns at being dear
		}
		p.solve()
	}
	return nil
}

// paid is the time that is taken in all when every second has its price and the
// days have no end.
func (p *planner) paid(ctx context.Context) (seconds float64, err error) {
	c, err := p.follow(ctx, way{seconds: math.Inf(1), paid: true, seed: p.seed(-1)})
	if err != nil {
		return 0, err
	}
	for _, s := range c.seconds {
		seconds += s
	}
	return seconds, nil
}

func (p *planner) setPrice(price float64) {
	for day := range p.worth.price {
		p.worth.price[day] = price
	}
	p.solve()
}

// solve computes what everything is worth under the prices.
func (p *planner) solve() {
	p.worth.solve()
	for i := range p.first {
		p.first[i].solve(p.worth)
	}
}

// follow goes through the days with the simulated cards.
func (p *planner) follow(ctx context.Context, how way) (*course, error) {
	return p.learner(p.cards).follow(ctx, p.worth, p.first, how)
}

// plan says what to do today, and what to expect under the prices.
func (p *planner) plan(ctx context.Context) (*Plan, error) {
	plan := &Plan{
		Today: p.today(), Days: make([]Day, p.Days), Usual: make([]float64, p.Days+1),
		NewUntil: -1, LastLook: max(0, p.Days-lastLook),
	}
	sections := newSections(p)
	all, part := float64(p.runs()), float64(max(1, len(p.cards)))
	for run := range p.runs() {
		c, err := p.follow(ctx, way{seconds: p.seconds, curve: true, seed: p.seed(run)})
		if err != nil {
			return nil, err
		}
		u, err := p.learner(p.cards).usual(ctx, p.Settings, p.Retention, p.share, p.seed(run))
		if err != nil {
			return nil, err
		}
		for day := range plan.Days {
			d := &plan.Days[day]
			d.Minutes += c.seconds[day] / 60 / p.share / all
			d.Reviews += c.reviews[day] / p.share / all
			d.New += c.begun[day] / p.share / all
			d.Known += c.known[day] / part / all
		}
		plan.Expected += c.expected() / all
		for day, known := range u.known {
			plan.Usual[day] += known / part / all
		}
		sections.add(c)
	}
	plan.Sections = sections.list()
	for i, s := range plan.Sections {
		plan.Now += s.Now * float64(s.Cards) / float64(len(p.Cards))
		plan.Unbegun += sections.unbegun(i)
	}
	for day, d := range plan.Days {
		if d.New >= 0.5 {
			plan.NewUntil = day
		}
	}
	return plan, nil
}

// today lists the cards to ask today: of all cards, not of a part.
func (p *planner) today() []int {
	if p.Days == 0 {
		return nil
	}
	l, first := p.learner(p.Cards), p.first
	if len(p.cards) < len(p.Cards) {
		first = l.prospects()
		for i := range first {
			first[i].solve(p.worth)
		}
	}
	taken, _ := take(l.offers(p.worth, first, 0, least, nil), p.seconds/p.share)
	var list []int
	for _, o := range taken {
		list = append(list, o.card)
	}
	return list
}

// sections gathers what becomes of each lecture.
type sections struct {
	p     *planner
	all   []Section
	cards []float64   // simulated, by section
	known []float64   // on the day of the exam
	fresh []float64   // new cards simulated
	begun [][]float64 // of them, by section and day
}

func newSections(p *planner) *sections {
	count := 0
	for i := range p.Cards {
		count = max(count, p.Cards[i].Section+1)
	}
	s := &sections{
		p: p, all: make([]Section, count), cards: make([]float64, count), known: make([]float64, count),
		fresh: make([]float64, count), begun: make([][]float64, count),
	}
	for i := range p.Cards {
		c := &p.Cards[i]
		to := &s.all[c.Section]
		to.Cards++
		if c.New() {
			to.New++
		}
		to.Now += c.RecallOn(p.Model, 0)
	}
	for i := range s.all {
		s.all[i].Now /= float64(max(1, s.all[i].Cards))
		s.begun[i] = make([]float64, p.Days)
	}
	return s
}

func (s *sections) add(c *course) {
	for i := range s.p.cards {
		card := &s.p.cards[i]
		s.cards[card.Section]++
		s.known[card.Section] += c.cards[i]
		if card.New() {
			s.fresh[card.Section]++
		}
		if day := c.started[i]; day >= 0 {
			s.begun[card.Section][day]++
		}
	}
}

// list says of each section what is to be expected. A section of which no card
// was simulated stays as it is now.
func (s *sections) list() []Section {
	for i := range s.all {
		to := &s.all[i]
		to.Expected, to.Start, to.Until = to.Now, -1, -1
		if s.cards[i] > 0 {
			to.Expected = s.known[i] / s.cards[i]
		}
		begun, one := 0.0, s.fresh[i]/float64(max(1, to.New)) // one card, in all runs
		for day, n := range s.begun[i] {
			begun += n
			if to.Start < 0 && begun >= one/2 && begun > 0 {
				to.Start = day
			}
			if to.Until < 0 && begun > 0 && begun >= s.fresh[i]-one/2 {
				to.Until = day
			}
		}
	}
	return s.all
}

// unbegun is the number of a section's new cards that are never begun.
func (s *sections) unbegun(i int) float64 {
	if s.fresh[i] == 0 {
		return 0
	}
	begun := 0.0
	for _, n := range s.begun[i] {
		begun += n
	}
	return float64(s.all[i].New) * (1 - begun/s.fresh[i])
}
