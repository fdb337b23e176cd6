package importer

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/importer/sketch"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/lecture"
)

// aside is what is found out beside the window: what the cards repeat of the
// collection, and what they will cost. Each change asks again; what was asked
// before is then dropped.
type aside struct {
	turn   int
	wait   func() // takes back the wait before the next question
	cancel context.CancelFunc
}

// pause is how long the student's hands rest before something is asked.
const pause = 200 * time.Millisecond

func (a *aside) stop() {
	a.turn++
	if a.wait != nil {
		a.wait()
	}
	if a.cancel != nil {
		a.cancel()
	}
	a.wait, a.cancel = nil, nil
}

// ask asks what follows from the sketch.
func (s *Screen) ask() {
	s.aside.stop()
	turn := s.aside.turn
	s.aside.wait = s.o.Later(pause, func() {
		if turn != s.aside.turn || s.made {
			return
		}
		ctx, cancel := context.WithCancel(context.Background())
		s.aside.cancel = cancel
		s.question(ctx, turn)
	})
}

// question asks in the background.
func (s *Screen) question(ctx context.Context, turn int) {
	cards, notes := s.asked()
	except := ""
	if s.old != nil {
		except = s.old.ID
	}
	n := s.costly()
	perDay, ok := s.right.newPerDay()
	s.o.Background(func() {
		twins, err := s.o.Collection.Twins(ctx, notes, except)
		cost := collection.Cost{}
		costErr := context.Canceled
		if ok && n > 0 && ctx.Err() == nil {
			cost, costErr = s.o.Collection.Cost(ctx, n, perDay)
		}
		fyne.Do(func() {
			if turn != s.aside.turn || s.made {
				return
			}
			if err == nil { // without them the cards are as good as before
				s.twins(cards, twins)
			}
			s.right.cost(cost, costErr == nil)
		})
	})
}

// asked are the cards that may repeat something, by number, and as notes.
func (s *Screen) asked() (cards []int, notes []decks.Note) {
	for i := range s.now.Cards {
		if c := &s.now.Cards[i]; c.On {
			cards, notes = append(cards, c.ID), append(notes, c.Note())
		}
	}
	return cards, notes
}

// costly is how many cards will be new to the student.
func (s *Screen) costly() int {
	if s.update != nil {
		return s.update.Added
	}
	n, _ := s.now.Count()
	return n
}

// twins shows what the cards repeat.
func (s *Screen) twins(cards []int, found []collection.Twin) {
	known := map[int]*sketch.Twin{}
	for _, t := range found {
		w := &sketch.Twin{Exact: t.Exact, Note: t.Note, Deck: t.DeckTitle}
		if t.Same >= 0 {
			w.Card = cards[t.Same]
		}
		known[cards[t.At]] = w
	}
	same := true
	for i := range s.now.Cards {
		c := &s.now.Cards[i]
		same = same && sameTwin(c.Twin, known[c.ID])
	}
	if same {
		return
	}
	s.now.Duplicates(known)
	s.compare()
	s.left.tick()
	s.right.show()
	s.button()
}

func sameTwin(a, b *sketch.Twin) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Exact == b.Exact && a.Card == b.Card && a.Note.ID == b.Note.ID
}

// Past is what is known of pages that were imported before.
type Past struct {
	old   *decks.Deck    // the deck made of them; nil: none was
	start *sketch.Sketch // what was found now, with what the student did then
}

// Remember looks for a deck made of the pages before, and brings back what the
// student did then. It takes a while for a large page and may run anywhere.
func Remember(ctx context.Context, o Options) Past {
	p := Past{start: sketch.New(sketch.NewBook(o.Pages))}
	old, found, err := o.Collection.FindPage(ctx, o.Origin)
	if err != nil || !found || p.start.Against(old).Deck.ID != old.ID {
		return p
	}
	p.old = &old
	var before *sketch.Sketch
	if text, kept, err := o.Collection.Page(ctx, old.ID); err == nil && kept {
		if was, x, err := lecture.Extract(ctx, []byte(text), o.Origin.Name, nil); err == nil {
			before = sketch.New(sketch.NewBook([]sketch.Page{{Page: was, Found: x}}))
		}
	}
	p.start = p.start.Recall(old, before)
	return p
}
