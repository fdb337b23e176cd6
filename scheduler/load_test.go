package scheduler_test

import (
	"testing"
	"time"

	"lectern/scheduler"
	"pgregory.net/rapid"
)

// days counts where many cards of one interval come back under a load that
// they fill themselves.
func days(t *testing.T, cards int, change func(*scheduler.Preset), siblings ...scheduler.Day) map[scheduler.Day]int {
	t.Helper()
	p := scheduler.DefaultPreset()
	p.LearningSteps = nil
	if change != nil {
		change(&p)
	}
	s, err := scheduler.NewScheduler(p)
	if err != nil {
		t.Fatal(err)
	}
	due := map[scheduler.Day]int{}
	load := &scheduler.Load{Due: func(d scheduler.Day) int { return due[d] }, Siblings: siblings}
	now := at(3, 9, 0) // a Monday
	for i := range cards {
		c := review(s, 30, 5, 30, at(1, 9, 0))
		seed := scheduler.Seed("card", i)
		o := s.Outcomes(c, now, seed, load)[hard-1]
		due[o.Card.DueDay]++
	}
	return due
}

// Cards that would come on one day spread over the days that fuzz allows, a
// quiet day before a full one.
func TestLoadSpreads(t *testing.T) {
	due := days(t, 500, nil)
	least, most := 500, 0
	for _, n := range due {
		least, most = min(least, n), max(most, n)
	}
	if len(due) < 4 || float64(most) > 1.6*float64(least) {
		t.Errorf("500 cards fall on %v", due)
	}
}

// An easy day takes its share of the others, and an empty one is no exception.
func TestLoadHonoursEasyDays(t *testing.T) {
	due := days(t, 700, func(p *scheduler.Preset) {
		p.EasyDays[time.Saturday], p.EasyDays[time.Sunday] = scheduler.ReducedDay, scheduler.MinimumDay
	})
	by := map[time.Weekday]int{}
	n := map[time.Weekday]int{}
	for day, k := range due {
		by[day.Weekday()] += k
		n[day.Weekday()]++
	}
	normal, normals := 0, 0
	for w := time.Monday; w <= time.Friday; w++ {
		normal += by[w]
		normals += n[w]
	}
	if by[time.Sunday] > 3 {
		t.Errorf("%d of 700 cards on the day that is to be free: %v", by[time.Sunday], due)
	}
	mean := float64(normal) / float64(normals)
	if share := float64(by[time.Saturday]) / mean / float64(max(1, n[time.Saturday])); share < 0.35 || share > 0.65 {
		t.Errorf("the reduced day has %.2f of a normal one: %v", share, due)
	}
}

func TestLoadKeepsSiblingsApart(t *testing.T) {
	apart := days(t, 300, nil)
	var middle scheduler.Day
	for d := range apart {
		if middle == 0 || apart[d] > apart[middle] {
			middle = d
		}
	}
	due := days(t, 300, nil, middle)
	if due[middle] > 2 || due[middle+1] >= due[middle+2] {
		t.Errorf("with a sibling on %v: %v, without: %v", middle, due, apart)
	}
}

// Whatever the load, an interval stays where fuzz alone may put it, the grades
// keep their order, and the same load gives the same day.
func TestLawLoadStaysInRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScheduler(t)
		c := s.Replay(drawAnswers(t, 10), seedOf)
		now := scheduler.Moment{Time: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
		counts := rapid.SliceOfN(rapid.IntRange(-1, 1000), 7, 7).Draw(t, "due")
		load := &scheduler.Load{Due: func(d scheduler.Day) int { return counts[int(d%7+7)%7] }}
		for range rapid.IntRange(0, 3).Draw(t, "siblings") {
			load.Siblings = append(load.Siblings, s.Day(now)+scheduler.Day(rapid.IntRange(-5, 60).Draw(t, "sibling")))
		}
		seed := rapid.Uint64().Draw(t, "seed")
		out, again := s.Outcomes(c, now, seed, load), s.Outcomes(c, now, seed, load)
		if out != again {
			t.Fatalf("%+v, then %+v", out, again)
		}
		for i, o := range out {
			if what := sound(o.Card, s.Preset()); what != "" {
				t.Fatalf("%s: %+v", what, o.Card)
			}
			if i > 0 && o.Wait < out[i-1].Wait {
				t.Fatalf("grade %d waits %v, grade %d %v", i+1, o.Wait, i, out[i-1].Wait)
			}
		}
	})
}

// What was promised is what happens, under whatever settings it is read again;
// memory is that of the settings in force.
func TestLawPromiseIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		then, now := drawScheduler(t), drawScheduler(t)
		var a, b scheduler.Card
		plain := scheduler.Card{}
		for _, ans := range drawAnswers(t, 12) {
			load := &scheduler.Load{Due: func(d scheduler.Day) int { return int(d%5) * 3 }}
			o := then.Outcomes(a, ans.At, seedOf(a.Reps), load)[ans.Grade-1]
			a = then.Follow(a, ans, o.Promise())
			if a != o.Card {
				t.Fatalf("followed %+v, shown %+v", a, o.Card)
			}
			b = now.Follow(b, ans, o.Promise())
			plain = now.Apply(plain, ans, seedOf(plain.Reps))
			if b.Phase != a.Phase || b.Step != a.Step || b.Due != a.Due || a.Due.IsZero() && b.DueDay-b.LastDay != a.DueDay-a.LastDay || b.Lapses != a.Lapses {
				t.Fatalf("under other settings %+v, promised %+v", b, a)
			}
			if b.State != plain.State {
				t.Fatalf("memory %+v, want %+v", b.State, plain.State)
			}
		}
	})
}

// A promise from a damaged log is brought into range.
func TestFollowBrokenPromise(t *testing.T) {
	s := plain(t, nil)
	for _, p := range []scheduler.Promise{
		{}, {Phase: -4, Step: -1, Wait: -time.Hour}, {Phase: 99, Days: 1 << 40}, {Phase: scheduler.Review, Days: -5, Wait: time.Hour},
		{Phase: scheduler.Learning, Wait: time.Hour, Days: 3},
	} {
		c := s.Follow(scheduler.Card{}, scheduler.Answer{At: at(1, 9, 0), Grade: good}, p)
		if c.Phase < scheduler.Learning || c.Phase > scheduler.Relearning || c.Step < 0 || c.DueDay > s.Day(at(1, 9, 0))+36500 ||
			c.Phase == scheduler.Review && c.DueDay <= c.LastDay || c.DueDay != 0 && !c.Due.IsZero() {
			t.Errorf("%+v: %+v", p, c)
		}
	}
}

func TestMove(t *testing.T) {
	s := plain(t, nil)
	known := review(s, 12, 5, 10, at(1, 9, 0))
	today := s.Day(at(5, 9, 0))
	for what, day := range map[string]scheduler.Day{"later": today + 20, "sooner": today + 1, "into the past": today - 30, "for ever": today + 1e6} {
		got := s.Move(known, at(5, 9, 0), day)
		if got.State != known.State || got.Phase != scheduler.Review || got.DueDay < today || got.DueDay > today+36500 ||
			got.Days != int(got.DueDay-got.LastDay) && got.Days != 36500 || got.Reps != known.Reps || got.Last != known.Last {
			t.Errorf("%s: %+v", what, got)
		}
	}
	fresh := s.Move(scheduler.Card{}, at(5, 9, 0), today+3)
	if fresh.Phase != scheduler.Review || fresh.DueDay != today+3 || fresh.Days != 3 {
		t.Errorf("a new card: %+v", fresh)
	}
	if next := apply(s, fresh, at(8, 9, 0), good); next.State.S <= 0 || next.Phase != scheduler.Review {
		t.Errorf("a new card that was moved, answered: %+v", next)
	}
	step := apply(s, scheduler.Card{}, at(5, 9, 0), good)
	if moved := s.Move(step, at(5, 9, 5), today+2); !moved.Due.IsZero() || moved.DueDay != today+2 || moved.State != step.State {
		t.Errorf("a card on its steps: %+v", moved)
	}
}
