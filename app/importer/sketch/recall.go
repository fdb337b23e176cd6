package sketch

import (
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/intake"
	"lectern/decks/lecture/find"
	"lectern/decks/merge"
)

// Recall does again what the student did when a deck was made of these pages:
// what he joined, split, added, left out and wrote himself. Before is what was
// found on the pages as they were then, nil where that is not known.
func (s *Sketch) Recall(old decks.Deck, before *Sketch) *Sketch {
	if before == nil {
		return s.rejoin(old).resplit(old).rewrite(old, decks.Deck{}, nil)
	}
	p := past{old: old, before: before, then: before.rejoin(old).resplit(old)}
	var base decks.Deck
	base, p.of = p.then.Deck(old.Title)
	if p.base = intake.Adopt(old, base); p.base.ID != old.ID {
		return s.Recall(old, nil) // another page
	}
	edited := reworded(old, p.base)
	t, was := s.follow(before, p.then)
	t, became := t.leave(p, was, edited)
	t = t.rewrite(old, p.base, became)
	return t.rescue(t.Against(old), p.base).readd(old, p.gone(was))
}

// past is how a deck was made of pages.
type past struct {
	old    decks.Deck
	before *Sketch    // what was found on the pages then
	then   *Sketch    // the same, joined and split as it was
	base   decks.Deck // the deck that this alone would have made, with the ids of old
	of     []int      // by note of base: the card of then
}

// gone are the notes, by id, whose cards the page has no more. Was names the card
// of before that one of now is.
func (p past) gone(was map[int]int) map[string]bool {
	here := map[int]bool{}
	for _, id := range was {
		here[id] = true
	}
	out := map[string]bool{}
	whole, next := 0, 0
	for i := range p.then.Cards {
		if id := p.then.Cards[i].ID; p.before.At(id) >= 0 {
			whole = id // the parts of a card that was split follow it
		}
		if next < len(p.of) && p.of[next] == i {
			if !here[whole] {
				out[p.base.Notes[next].ID] = true
			}
			next++
		}
	}
	return out
}

// leave leaves out what was left out then, and asks again what was asked in words
// of the student's own; became are the notes of those, by number of the card.
func (s *Sketch) leave(p past, was map[int]int, edited map[string]bool) (t *Sketch, became map[int]string) {
	had := byID(p.old)
	left, words := map[int]bool{}, map[string]bool{}
	note := map[int]string{} // by card of then
	for i, n := range p.base.Notes {
		id := p.then.Cards[p.of[i]].ID
		if _, ok := had[n.ID]; ok {
			note[id] = n.ID
		} else {
			left[id], words[asks(n.Text(decks.Front))] = true, true
		}
	}
	t, became = s.copy(), map[int]string{}
	for i := range t.Cards {
		c := &t.Cards[i]
		if left[was[c.ID]] || words[asks(c.Item.Prompt)] {
			c.On = false
		}
		if id := note[was[c.ID]]; edited[id] {
			became[c.ID], c.Item.Prompt = id, had[id].Text(decks.Front)
		}
	}
	return t, became
}

// rescue keeps the answers that an update would take away although no page has
// taken them back.
func (s *Sketch) rescue(u *Update, base decks.Deck) *Sketch {
	page := byID(base)
	t := s.copy()
	for i := range t.Cards {
		c := &t.Cards[i]
		ch, ok := u.Changes[c.ID]
		had := ch.Old.Text(decks.Back)
		if ok && had != "" && c.Item.Answer == "" && page[ch.Old.ID].Text(decks.Back) != had {
			c.Item.Answer, c.Wrote = had, true
		}
	}
	return t
}

// reworded finds notes of old whose question the student wrote so anew that the
// page's own is not like it: they stand in the same place between notes that are
// alike. It gives the notes of base their ids and tells which.
func reworded(old, base decks.Deck) map[string]bool {
	at := map[string]int{}
	for i, n := range old.Notes {
		at[n.ID] = i
	}
	taken := map[string]bool{}
	for _, n := range base.Notes {
		taken[n.ID] = true
	}
	out := map[string]bool{}
	for i := 0; i < len(base.Notes); {
		if _, known := at[base.Notes[i].ID]; known {
			i++
			continue
		}
		from := i // a stretch of the page without notes of old
		for i < len(base.Notes) {
			if _, known := at[base.Notes[i].ID]; known {
				break
			}
			i++
		}
		first, end := 0, len(old.Notes)
		if from > 0 {
			first = at[base.Notes[from-1].ID] + 1
		}
		if i < len(base.Notes) {
			end = at[base.Notes[i].ID]
		}
		var free []int
		for k := first; k < end; k++ {
			if !taken[old.Notes[k].ID] {
				free = append(free, k)
			}
		}
		if len(free) == i-from {
			for k, o := range free {
				base.Notes[from+k].ID = old.Notes[o].ID
				out[old.Notes[o].ID] = true
			}
		}
	}
	return out
}

// readd brings back the notes of old that would be lost, though the page has not
// dropped what they were made of: those the student made himself, above all. A
// line that still stands on the page is the card's again.
func (s *Sketch) readd(old decks.Deck, gone map[string]bool) *Sketch {
	u := s.Against(old)
	here := map[string]int{} // sections of old: those of the sketch
	for i, n := range u.Deck.Notes {
		here[n.Section] = s.Cards[u.Cards[i]].Section
	}
	t := s
	for _, n := range u.Gone {
		if gone[n.ID] {
			continue
		}
		t = t.without(u, n.Text(decks.Front))
		var i int
		if block := t.line(n.Text(decks.Front)); block >= 0 {
			t, i = t.Add(block)
		} else {
			t = t.copy()
			t.Cards = append(t.Cards, Card{ID: t.number(), Section: t.last(), On: true})
			i = len(t.Cards) - 1
		}
		c := &t.Cards[i]
		c.Wrote = true
		c.Item.Prompt, c.Item.Answer, c.Item.Explanation = n.Text(decks.Front), n.Text(decks.Back), n.Text(decks.Explanation)
		c.Item.Kind, c.Item.Difficulty, c.Item.Choices = n.Kind, n.Difficulty, n.Choices
		sec, ok := old.Section(n.Section)
		switch to, there := here[sec.ID]; {
		case there && to != c.Section:
			t, _ = t.Move(i, to)
		case !there && ok:
			if t.Section(c.Section).Title != sec.Title {
				t, i = t.MoveNew(i, sec.Title)
			}
			here[sec.ID] = t.Cards[i].Section
		}
	}
	return t
}

// without leaves out cards that are new and that a note asks already.
func (s *Sketch) without(u *Update, question string) *Sketch {
	said := asks(question)
	t := s.copy()
	for i := range t.Cards {
		c := &t.Cards[i]
		if ch, ok := u.Changes[c.ID]; ok && ch.Kind == merge.NoteNew && strings.Contains(said, asks(c.Item.Prompt)) {
			c.On = false
		}
	}
	return t
}

// line is a line of the pages that says a question and belongs to no card, -1 for
// none.
func (s *Sketch) line(question string) int {
	want := asks(question)
	for i := range s.Book.Len() {
		if b := s.Book.Block(i); b.Text != "" && s.Owner(i) < 0 && asks(b.Text) == want {
			return i
		}
	}
	return -1
}

// last is the last section; there is one then.
func (s *Sketch) last() int {
	if n := len(s.Sections); n > 0 {
		return s.Sections[n-1].ID
	}
	s.Sections = append(s.Sections, Section{ID: s.number(), Title: s.Book.Pages[0].title()})
	return s.Sections[0].ID
}

// follow joins and splits as it was done to the cards of before, which then are
// those of then. Was names the card of before that a card is, by numbers.
func (s *Sketch) follow(before, then *Sketch) (t *Sketch, was map[int]int) {
	base, baseOf := before.Deck("")
	fresh, of := s.Deck("")
	card := map[string]int{} // of before, by id of the note
	for i, n := range base.Notes {
		card[n.ID] = before.Cards[baseOf[i]].ID
	}
	was = map[int]int{}
	for i, n := range intake.Adopt(base, fresh).Notes {
		if id, ok := card[n.ID]; ok {
			was[s.Cards[of[i]].ID] = id
		}
	}
	into := map[int]int{} // a card that became part of another: that one
	for _, c := range before.Cards {
		if then.At(c.ID) < 0 {
			into[c.ID] = into[0]
		} else {
			into[0] = c.ID // numbers begin with 1
		}
	}
	known := map[int]bool{}
	for _, c := range before.Cards {
		known[c.ID] = true
	}
	parts, whole := map[int]int{}, 0
	for _, c := range then.Cards {
		if known[c.ID] {
			whole = c.ID
		}
		parts[whole]++
	}
	t = s
	for i := len(t.Cards) - 1; i > 0; i-- {
		mine, up := was[t.Cards[i].ID], was[t.Cards[i-1].ID]
		if to := into[mine]; mine > 0 && to > 0 && (up == to || up > 0 && into[up] == to) {
			t = t.Join(i)
		}
	}
	for i := len(t.Cards) - 1; i >= 0; i-- {
		if n := parts[was[t.Cards[i].ID]]; n > 1 {
			if items := Parts(t.Cards[i].Item); len(items) == n {
				t = t.Become(i, items)
			}
		}
	}
	return t, was
}

// asks is a question as questions are compared.
func asks(markdown string) string { return fold.Fold(strings.Join(Pieces(markdown), " ")) }

// rejoin joins cards that are one in a deck: its question is theirs, one after
// another.
func (s *Sketch) rejoin(old decks.Deck) *Sketch {
	known := map[string]bool{}
	for i := range s.Cards {
		known[asks(s.Cards[i].Item.Prompt)] = true
	}
	t := s
	for _, n := range old.Notes {
		front := asks(n.Text(decks.Front))
		if known[front] {
			continue
		}
		for i := range t.Cards {
			if k := t.run(i, front); k > i {
				for ; k > i; k-- {
					t = t.Join(i + 1)
				}
				break
			}
		}
	}
	return t
}

// run is the last of the cards from i on whose questions make up another one
// together; i when they do not.
func (s *Sketch) run(i int, front string) int {
	text := asks(s.Cards[i].Item.Prompt)
	for k := i; text != "" && strings.HasPrefix(front, text); {
		if text == front {
			return k
		}
		if k++; k == len(s.Cards) {
			break
		}
		text += " " + asks(s.Cards[k].Item.Prompt)
	}
	return i
}

// resplit splits cards that are several in a deck.
func (s *Sketch) resplit(old decks.Deck) *Sketch {
	fronts := map[string]bool{}
	for _, n := range old.Notes {
		fronts[asks(n.Text(decks.Front))] = true
	}
	t := s
	for i := len(t.Cards) - 1; i >= 0; i-- {
		if fronts[asks(t.Cards[i].Item.Prompt)] {
			continue
		}
		parts := Parts(t.Cards[i].Item)
		if len(parts) > 1 && !slices.ContainsFunc(parts, func(p find.Item) bool { return !fronts[asks(p.Prompt)] }) {
			t = t.Become(i, parts)
		}
	}
	return t
}

// rewrite gives cards what the student wrote in their place when the deck was
// made, where the page says the same as it did then. Base is the deck that the
// page alone would have made, with the ids of old; became are the notes of cards
// that are known otherwise, by number of the card.
func (s *Sketch) rewrite(old, base decks.Deck, became map[int]string) *Sketch {
	fresh, of := s.Deck(old.Title)
	fresh = intake.Adopt(old, fresh)
	if fresh.ID != old.ID {
		return s
	}
	for i := range fresh.Notes {
		if id := became[s.Cards[of[i]].ID]; id != "" {
			fresh.Notes[i].ID = id
		}
	}
	was, page := byID(old), byID(base)
	t := s.copy()
	for i, n := range fresh.Notes {
		mine, ok := was[n.ID]
		if !ok {
			continue
		}
		c := &t.Cards[of[i]]
		then, known := page[n.ID]
		same := func(f decks.Field) bool {
			if !known && len(page) == 0 {
				return n.Text(f) == "" // nothing that was written is lost
			}
			return !known || then.Text(f) == n.Text(f) // what no page said is the student's
		}
		if same(decks.Front) {
			c.Item.Prompt = mine.Text(decks.Front)
		}
		if same(decks.Back) && mine.Text(decks.Back) != n.Text(decks.Back) {
			c.Item.Answer, c.Wrote = mine.Text(decks.Back), true
		}
		if same(decks.Explanation) {
			c.Item.Explanation = mine.Text(decks.Explanation)
		}
		if known && then.Kind == n.Kind && slices.Equal(then.Choices, n.Choices) {
			c.Item.Kind, c.Item.Choices = mine.Kind, mine.Choices
		}
		if known && then.Difficulty == n.Difficulty {
			c.Item.Difficulty = mine.Difficulty
		}
		c.Item = whole(c.Item)
	}
	return t.resection(old, base, fresh, of)
}

// resection calls sections what the student called them and puts cards into the
// ones he moved them to. Fresh is the sketch as a deck with the ids of old, of
// says which card each of its notes was made of.
func (s *Sketch) resection(old, base, fresh decks.Deck, of []int) *Sketch {
	was, page := byID(old), byID(base)
	here := map[string]int{}   // sections of old: those of the sketch
	card := map[string]int{}   // notes: numbers of cards
	place := map[int]string{}  // sections of the sketch: those of old
	title := map[string]bool{} // sections of the page then and now, by id and title
	for _, sec := range base.Sections {
		title[sec.ID+"/"+sec.Title] = true
	}
	for i, n := range fresh.Notes {
		c := s.Cards[of[i]]
		here[n.Section], place[c.Section], card[n.ID] = c.Section, n.Section, c.ID
	}
	t := s
	for id, to := range place {
		sec, ok := old.Section(to)
		if now := t.Section(id).Title; ok && sec.Title != now && title[to+"/"+now] {
			t = t.Rename(id, sec.Title)
		}
	}
	for _, n := range fresh.Notes {
		mine, had := was[n.ID]
		then, known := page[n.ID]
		if !had || !known || mine.Section == then.Section || then.Section != n.Section {
			continue
		}
		i := t.At(card[n.ID])
		sec, ok := old.Section(mine.Section)
		if to, there := here[sec.ID]; there {
			t, _ = t.Move(i, to)
		} else if ok {
			t, i = t.MoveNew(i, sec.Title)
			here[sec.ID] = t.Cards[i].Section
		}
	}
	return t
}

func byID(d decks.Deck) map[string]decks.Note {
	out := make(map[string]decks.Note, len(d.Notes))
	for _, n := range d.Notes {
		out[n.ID] = n
	}
	return out
}
