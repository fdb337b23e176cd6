package collection_test

import (
	"time"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// What the student of the laws does with days, presets and plans.

func (s *student) someCards(t *rapid.T) []decks.CardID {
	var out []decks.CardID
	for _, row := range s.rows(false) {
		if rapid.IntRange(0, 2).Draw(t, "take") == 0 {
			out = append(out, row.Card)
		}
	}
	return out
}

func (s *student) setDue(t *rapid.T) {
	s.sit(t)
	from := rapid.IntRange(0, 20).Draw(t, "from")
	to := from + rapid.IntRange(0, 5).Draw(t, "more")
	cards := s.someCards(t)
	s.must("set due", func() error { return s.SetDue(ctx, cards, from, to) })
}

func (s *student) makeNew(t *rapid.T) {
	s.sit(t)
	cards := s.someCards(t)
	s.must("reset", func() error { return s.Reset(ctx, cards) })
}

func (s *student) shift(t *rapid.T) {
	s.sit(t)
	kind := rapid.SampledFrom([]string{
		collection.ShiftPostpone, collection.ShiftAdvance, collection.ShiftSpread, collection.ShiftBreak,
	}).Draw(t, "kind")
	scope := s.scope(t)
	n := rapid.IntRange(1, 6).Draw(t, "number")
	plan, err := s.PlanShift(ctx, scope, kind, n)
	s.ok(err)
	st := s.must("shift", func() error { return s.Shift(ctx, scope, kind, n) })
	if st == nil && len(plan.Cards) > 0 {
		t.Fatalf("%d cards were to move, none did", len(plan.Cards))
	}
}

func (s *student) recover(t *rapid.T) {
	s.sit(t)
	days := rapid.SampledFrom([]int{3, 7, 14}).Draw(t, "days")
	s.must("recover", func() error { return s.Recover(ctx, days) })
}

func (s *student) reschedule(t *rapid.T) {
	s.sit(t)
	w, err := s.ReschedulePreview(ctx, "")
	s.ok(err)
	moved := 0
	s.must("reschedule", func() (err error) {
		moved, err = s.Reschedule(ctx, "", nil)
		return err
	})
	if moved != w.Moved {
		t.Fatalf("%d cards were to move, %d did", w.Moved, moved)
	}
}

func (s *student) useFit(t *rapid.T) {
	s.sit(t)
	name := rapid.SampledFrom([]string{"fsrs5", "fsrs6", "fsrs7"}).Draw(t, "model")
	m, err := scheduler.NewModel(name, nil)
	s.ok(err)
	w := m.Weights()
	w[2] *= rapid.Float64Range(0.5, 2).Draw(t, "longer")
	s.must("fit", func() error {
		return s.UseFit(ctx, collection.FitResult{Model: name, Weights: w, Answers: 10, OffAfter: 0.1})
	})
}

func (s *student) presets(t *rapid.T) {
	s.sit(t)
	all, err := s.Presets(ctx)
	s.ok(err)
	some := rapid.SampledFrom(all).Draw(t, "preset")
	switch act := rapid.SampledFrom([]string{"add", "use", "change", "remove"}).Draw(t, "act"); {
	case act == "add":
		s.must("add a preset", func() error {
			_, err := s.AddPreset(ctx, "Другой", some.ID)
			return err
		})
	case act == "use":
		rows, err := s.Decks(ctx)
		s.ok(err)
		if len(rows) > 0 {
			deck := rapid.SampledFrom(rows).Draw(t, "deck").ID
			s.must("use a preset", func() error { return s.UsePreset(ctx, deck, some.ID) })
		}
	case act == "change":
		p := some.Preset
		p.Retention = rapid.SampledFrom([]float64{0.75, 0.9}).Draw(t, "retention")
		p.NewBeyond = rapid.Bool().Draw(t, "beyond")
		p.ReviewOrder = rapid.SampledFrom(scheduler.ReviewOrders).Draw(t, "order")
		p.NewOrder = rapid.SampledFrom(scheduler.NewOrders).Draw(t, "new order")
		p.LeechLapses, p.LeechPause = 2, rapid.Bool().Draw(t, "pause")
		p.EasyDays[time.Sunday] = rapid.SampledFrom([]scheduler.Ease{0, 1, 2}).Draw(t, "sunday")
		s.must("change a preset", func() error { return s.ChangePreset(ctx, some.ID, p) })
	case some.ID != "":
		s.must("remove a preset", func() error { return s.RemovePreset(ctx, some.ID) })
	}
}

func (s *student) limits(t *rapid.T) {
	s.sit(t)
	deck, today := "", rapid.Bool().Draw(t, "today")
	if rows, err := s.Decks(ctx); err == nil && today && len(rows) > 0 {
		deck = rapid.SampledFrom(rows).Draw(t, "deck").ID
	}
	n := rapid.IntRange(0, 9).Draw(t, "limit")
	l := rapid.SampledFrom([]collection.Limits{{}, {New: &n}, {Reviews: &n}, {New: &n, Reviews: &n}}).Draw(t, "limits")
	s.must("limits", func() error { return s.SetLimits(ctx, deck, l, today) })
}
