package collection_test

import (
	"bytes"
	"testing"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
	"lectern/decks/release/trust"
)

func titled(title string) decks.Deck { return llm(func(d *decks.Deck) { d.Title = title }) }

// A6: keys change three times, and a student who only gets packages on a stick, and skips
// some, follows; what the keys before sign is not taken.
func TestAttackA6ByStickOnly(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 1, titled("Первый"), nil, nil), collection.Decisions{})
	var thieves []releasetest.Author
	var sticks [][]byte
	for seq := int64(2); seq <= 4; seq++ {
		thieves = append(thieves, *a)
		a.Rotate(t, seq-1)
		sticks = append(sticks, a.Package(t, seq, titled("Следующий"), nil, nil))
	}
	// The thief of the first key is believed until word of it comes.
	if _, err := r.opens(thieves[0].Package(t, 3, titled("Чужой"), nil, nil)); err != nil {
		t.Fatal(err)
	}
	r.takes(sticks[2], collection.Decisions{}) // the two between were lost
	s, err := r.Subscription(ctx, "llm")
	r.ok(err)
	if s.Author.N != 4 || len(s.Author.Revoked) != 3 || s.Shown.Seq != 4 {
		t.Fatalf("%+v", s)
	}
	before := r.dump(state) + r.dump(layers)
	for i, thief := range thieves {
		for _, seq := range []int64{4, 5, 100} {
			p, err := r.opens(thief.Package(t, seq, titled("Чужой"), nil, nil))
			if err == nil {
				_, err = r.Offer(ctx, p)
			}
			if err == nil {
				t.Errorf("key %d signs release %d", i+1, seq)
			}
		}
	}
	// What it signed in time stays good, for whoever was not there yet.
	late := newReader(t)
	late.takes(sticks[2], collection.Decisions{})
	if late.home().Decks[0].Title != "Следующий" || r.dump(state)+r.dump(layers) != before {
		t.Error("a thief changed something")
	}
	r.sound()
}

// A7: whoever lost his root key is another author. His releases never change the deck;
// his course, under an id of its own, stands beside it, and nothing of the old one goes.
func TestAttackA7LostRoot(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 1, titled("Прежний"), nil, nil), collection.Decisions{})
	r.study(collection.Scope{})
	r.ok(r.Edit(ctx, "token", decks.Back, "Моё."))
	before := r.dump(state) + r.dump(layers)

	again := releasetest.New(t, "А. П. Иванова", "llm")
	file := again.Package(t, 2, titled("Новый"), nil, nil)
	p, err := pack.Open(ctx, bytes.NewReader(file), int64(len(file)), trust.Chain{})
	r.ok(err)
	_, err = r.Offer(ctx, collection.Opened(p, "course.lectern"))
	wantFault(t, err, fault.OtherAuthor)
	// An offer that was made for somebody else is looked at once more when it is accepted.
	other := newReader(t)
	o, err := other.Offer(ctx, collection.Opened(p, "course.lectern"))
	r.ok(err)
	_, err = r.Accept(ctx, o, collection.Decisions{}, nil)
	wantFault(t, err, fault.OtherAuthor)
	if r.dump(state)+r.dump(layers) != before {
		t.Fatal("another author changed the deck")
	}

	fork := releasetest.New(t, "А. П. Иванова", "llm2")
	d := titled("Новый")
	for i := range d.Notes {
		d.Notes[i].ID += "2"
	}
	file = fork.Package(t, 1, d, nil, nil)
	p, err = pack.Open(ctx, bytes.NewReader(file), int64(len(file)), trust.Chain{})
	r.ok(err)
	o, err = r.Offer(ctx, collection.Opened(p, "course.lectern"))
	r.ok(err)
	_, err = r.Accept(ctx, o, collection.Decisions{}, nil)
	r.ok(err)
	if rows := r.home().Decks; len(rows) != 2 || r.back("token/f") != "Моё." || r.back("token2/f") == "Моё." {
		t.Errorf("%+v", rows)
	}
	r.sound()
}

// A2: a package of a release that was skipped is refused for ever, in an epoch that began
// anew too, and by every way in.
func TestAttackA2EpochsOnlyGrow(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 40, titled("Сороковой"), nil, nil), collection.Decisions{})
	stale := a.Package(t, 41, titled("Сорок первый"), nil, nil)
	a.Epoch++
	a.Say(t, trust.Statement{})
	r.takes(a.Package(t, 1, titled("Новый счёт"), nil, nil), collection.Decisions{})
	if s, err := r.Subscription(ctx, "llm"); err != nil || s.Shown.Epoch != 2 || s.Latest.Seq != 1 {
		t.Fatalf("%+v, %v", s, err)
	}
	r.refuses(stale, fault.OlderRelease)
	r.refuses(a.Package(t, release.MaxSkip+2, titled("Далёкий"), nil, nil), fault.FarRelease)
	_, err := r.UndoUpdate(ctx, "llm")
	r.ok(err)
	r.refuses(stale, fault.OlderRelease)
	r.sound()
}

// A1: what a shipment says of itself is what was signed, whoever made the value.
func TestAttackA1StatementMadeByHand(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 1, titled("Первый"), nil, nil), collection.Decisions{})
	second := a.Package(t, 2, titled("Второй"), nil, nil)
	for name, change := range map[string]func(*collection.Shipment){
		"another number":  func(s *collection.Shipment) { s.Statement.Seq = 900 },
		"another epoch":   func(s *collection.Shipment) { s.Statement.Epoch = 2 },
		"other notes":     func(s *collection.Shipment) { s.Statement.Notes = "Срочно." },
		"another content": func(s *collection.Shipment) { s.Statement.Content.Hash = s.Statement.Prev },
		"another deck":    func(s *collection.Shipment) { s.Statement.Deck = "other" },
	} {
		s, err := r.opens(second)
		r.ok(err)
		change(&s)
		if _, err := r.Offer(ctx, s); err == nil {
			t.Errorf("%s: it is offered", name)
		}
	}
	r.takes(second, collection.Decisions{})
}
