package collection

import (
	"context"
	"fmt"
	"time"

	"lectern/scheduler"
)

// Stats returns the totals and the days studied. Undone answers do not count;
// answers of decks that were put away do.
func (c *Collection) Stats(ctx context.Context) (s Stats, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		day := m.sched.Day(c.Now())
		s = Stats{Decks: len(m.decks), Today: dayStat(day), Days: []DayStat{}}
		for i := range m.cards {
			e := &m.cards[i]
			if e.retired {
				continue
			}
			s.Cards++
			if int32(i) == e.q.From {
				s.Notes++
			}
			if e.q.Phase != scheduler.New {
				s.Studied++
			}
		}
		rows, err := q.query(`SELECT day, sum(answers), sum(ms), sum(asked), sum(recalled) FROM days GROUP BY day ORDER BY day`)
		return each(rows, err, func(row scanner) error {
			var n int
			var ms int64
			var d DayStat
			if err := row.Scan(&n, &d.Reviews, &ms, &d.Asked, &d.Recalled); err != nil {
				return err
			}
			d.Day, d.Date = scheduler.Day(n), scheduler.Day(n).String()
			d.Minutes = (time.Duration(ms) * time.Millisecond).Minutes()
			s.Reviews += d.Reviews
			s.Asked += d.Asked
			s.Recalled += d.Recalled
			s.Minutes += d.Minutes
			if d.Day == day {
				s.Today = d
			}
			s.Days = append(s.Days, d)
			return nil
		})
	})
	if err != nil {
		return Stats{}, fmt.Errorf("read the statistics: %w", err)
	}
	return s, nil
}

func dayStat(d scheduler.Day) DayStat { return DayStat{Day: d, Date: d.String()} }
