package importer

import (
	"context"
	"reflect"
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

	asked []askedCard // whose twins are known
	found []collection.Twin
}

// askedCard is a card as it was asked about.
type askedCard struct {
	id   int
	note decks.Note
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

// question asks in the background: for twins only where something reads
// differently.
func (s *Screen) question(ctx context.Context, turn int) {
	asked := make([]askedCard, len(s.now.Cards))
	notes := make([]decks.Note, len(asked))
	for i := range asked {
		notes[i] = s.now.Cards[i].Note()
		asked[i] = askedCard{s.now.Cards[i].ID, notes[i]}
	}
	same := reflect.DeepEqual(asked, s.aside.asked)
	except := ""
	if s.old != nil {
		except = s.old.ID
	}
	n := s.costly()
	perDay, ok := s.right.newPerDay()
	s.o.Background(func() {
		var twins []collection.Twin
		var err, costErr error
		if !same {
			twins, err = s.o.Collection.Twins(ctx, notes, except)
		}
		cost := collection.Cost{}
		if ok && n > 0 && ctx.Err() == nil {
			cost, costErr = s.o.Collection.Cost(ctx, n, perDay)
		}
		fyne.Do(func() {
			if turn != s.aside.turn || s.made {
				return
			}
			if !same && err == nil { // without them the cards are as good as before
				s.aside.asked, s.aside.found = asked, twins
				if s.relate() {
					s.compare()
					s.left.tick()
					s.right.show()
					s.button()
					s.ask() // others are taken now, and cost something else
					return
				}
			}
			s.right.cost(cost, costErr == nil)
		})
	})
}

// costly is how many cards will be new to the student.
func (s *Screen) costly() int {
	if s.update != nil {
		return s.update.Added
	}
	n, _ := s.now.Count()
	return n
}

// relate tells the cards of their twins, as far as they are known, and whether
// that is news. A card repeats another one only while that is taken.
func (s *Screen) relate() (news bool) {
	known := map[int]*sketch.Twin{}
	for _, t := range s.aside.found {
		w := &sketch.Twin{Exact: t.Exact, Note: t.Note, Deck: t.DeckTitle}
		if t.Same >= 0 {
			w.Card = s.aside.asked[t.Same].id
			if i := s.now.At(w.Card); i < 0 || !s.now.Cards[i].On {
				continue
			}
		}
		known[s.aside.asked[t.At].id] = w
	}
	for i := range s.now.Cards {
		c := &s.now.Cards[i]
		news = news || !sameTwin(c.Twin, known[c.ID])
	}
	if news {
		s.now.Duplicates(known)
	}
	return news
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
