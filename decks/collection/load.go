package collection

import "lectern/scheduler"

// planned counts the cards of a preset that come back on a day.
type planned map[scheduler.Day]int

// plan counts a card in or out, once the counts are made.
func (m *memory) plan(e *cardEntry, by int) {
	if m.planned == nil || !e.comesBack() {
		return
	}
	m.planned[m.decks[e.deck].rules][e.q.DueDay] += by
}

// comesBack says whether the card has a day on which it is due.
func (e *cardEntry) comesBack() bool {
	return !e.retired && e.q.Phase != scheduler.New && e.q.Due.IsZero()
}

// load is what an interval of the card is chosen by. The counts are made when
// first needed and kept from then on.
func (m *memory) load(e *cardEntry) *scheduler.Load {
	m.plannedOnce.Do(func() {
		m.planned = map[*ruleSet]planned{}
		for _, s := range m.rules.all {
			m.planned[s] = planned{}
		}
		for i := range m.cards {
			m.plan(&m.cards[i], 1)
		}
	})
	days := m.planned[m.decks[e.deck].rules]
	l := &scheduler.Load{Due: func(d scheduler.Day) int { return days[d] }}
	for k := e.q.From; k < e.q.To; k++ {
		if s := &m.cards[k]; s != e && s.comesBack() {
			l.Siblings = append(l.Siblings, s.q.DueDay)
		}
	}
	if len(m.kin) > 0 {
		for _, k := range m.kin[m.cardAt[e.id]] {
			if s := &m.cards[k]; s.comesBack() {
				l.Siblings = append(l.Siblings, s.q.DueDay)
			}
		}
	}
	return l
}
