package collection_test

import (
	"context"
	"testing"
	"time"

	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
	"lectern/scheduler/revlog"
)

// months studies a deck for a while: every day all that is due, each ninth
// answer wrong.
func (d *desk) months(days int) {
	d.t.Helper()
	n := 0
	for range days {
		for range 200 {
			card, err := d.Next(ctx, collection.Scope{})
			d.ok(err)
			if card == nil {
				break
			}
			d.now = d.now.Add(8 * time.Second)
			g := good
			if n++; n%9 == 4 {
				g = again
			}
			d.answer(card.Card, g)
		}
		d.now = time.Date(d.now.Year(), d.now.Month(), d.now.Day()+1, 9, 0, 0, 0, d.now.Location())
	}
}

func TestOutlookAndForecast(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 60))
	o, err := d.Outlook(ctx, "", nil)
	d.ok(err)
	if len(o.Points) != 28 || o.Own || o.Answers != 0 || o.Points[0].Retention != 0.7 {
		t.Fatalf("%d points, own %v, %d answers", len(o.Points), o.Own, o.Answers)
	}
	first, last := o.Points[0], o.Points[27]
	if !(first.MinutesPerDay < last.MinutesPerDay && first.Remembered < last.Remembered && last.Remembered <= 1 && first.MinutesPerDay > 0) {
		t.Errorf("70 %%: %+v, 97 %%: %+v", first, last)
	}
	d.months(25)
	f, err := d.Forecast(ctx, "", nil)
	d.ok(err)
	if len(f.Curves) != 28 || f.Cards != 60 || f.Known <= 0 || f.Known > 60 || f.Answers < 60 {
		t.Fatalf("%d curves of %d cards, %v known, %d answers", len(f.Curves), f.Cards, f.Known, f.Answers)
	}
	for _, c := range f.Curves {
		if len(c.Minutes) != 52 || len(c.Known) != 53 || c.Remembered > 60 {
			t.Fatalf("%+v", c)
		}
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := d.Forecast(stopped, "", nil); err == nil {
		t.Error("a forecast that was stopped goes on")
	}
	_, err = d.Outlook(ctx, "nowhere", nil)
	wantFault(t, err, fault.BadArgument)
}

func TestReviewLog(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 3))
	d.preset(func(p *scheduler.Preset) { p.LearningSteps, p.Fuzz = nil, false })
	d.answer("a-q1/f", good)
	d.now = d.now.AddDate(0, 0, 2)
	d.answer("a-q2/f", again)
	d.now = d.now.Add(time.Minute)
	d.answer("a-q1/f", good)
	d.answer("a-q3/f", good)
	_, err := d.Undo(ctx)
	d.ok(err)
	log, err := d.ReviewLog(ctx, "", 1, nil)
	d.ok(err)
	var states []revlog.State
	for i, a := range log.Answers {
		states = append(states, a.State)
		if a.Zone != 180 || a.Took != 5000 || i > 0 && a.Time < log.Answers[i-1].Time {
			t.Errorf("%+v", a)
		}
	}
	if len(states) != 3 || states[0] != revlog.New || states[1] != revlog.New || states[2] != revlog.Review || log.Cards() != 2 {
		t.Errorf("%d cards, %v", log.Cards(), states)
	}
}

// A fit changes nothing until it is used, and then memory but no date.
func TestFit(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 150))
	info, err := d.FitInfo(ctx, "")
	d.ok(err)
	if info.Model != "fsrs5" || !info.Auto || info.Fitted || info.Due {
		t.Fatalf("%+v", info)
	}
	little, err := d.Fit(ctx, "", nil)
	d.ok(err)
	if little.NeedsMore == 0 || little.Better {
		t.Fatalf("without an answer: %+v", little)
	}
	d.preset(func(p *scheduler.Preset) { p.NewPerDay = 20 })
	d.months(45)
	if info, err = d.FitInfo(ctx, ""); err != nil || !info.Due || info.Answers < 500 {
		t.Fatalf("%+v, %v", info, err)
	}
	shown := state[:4] // settings are not undone
	before, as := d.dump(caches), d.dump(shown)
	done := 0
	r, err := d.Fit(ctx, "", func(n, total int) {
		if n < done || n > total {
			t.Errorf("progress %d after %d of %d", n, done, total)
		}
		done = n
	})
	d.ok(err)
	if r.NeedsMore != 0 || len(r.Models) != 3 || len(r.Change.After) != 30 || r.OffBefore <= 0 || r.OffAfter <= 0 {
		t.Fatalf("%+v", r)
	}
	if after := d.dump(caches); after != before {
		t.Fatalf("a fit that is not used changed %s", difference(before, after))
	}
	dates := map[string]int{}
	rows := d.search(collection.Query{}).Rows
	for _, row := range rows {
		dates[string(row.Card)] = int(row.Due.Unix())
	}
	d.ok(d.UseFit(ctx, r))
	changed := false
	for i, row := range d.search(collection.Query{}).Rows {
		if int(row.Due.Unix()) != dates[string(row.Card)] {
			t.Fatalf("%s moved", row.Card)
		}
		changed = changed || row.Recall != rows[i].Recall
	}
	if !changed {
		t.Error("memory is what it was")
	}
	if info, err = d.FitInfo(ctx, ""); err != nil || info.Due || !info.Fitted || info.Model != r.Model || info.Off != r.OffAfter {
		t.Errorf("%+v, %v", info, err)
	}
	d.sound()
	w, err := d.ReschedulePreview(ctx, "")
	d.ok(err)
	moved, err := d.Reschedule(ctx, "", nil)
	d.ok(err)
	if moved != w.Moved || moved == 0 {
		t.Errorf("%d moved, %d were announced", moved, w.Moved)
	}
	d.sound()
	for _, want := range []collection.OpKind{collection.OpReplan, collection.OpFit} {
		if info, err := d.Undo(ctx); err != nil || info.Kind != want {
			t.Fatalf("%+v, %v", info, err)
		}
	}
	if after := d.dump(shown); after != as {
		t.Errorf("taken back: %s", difference(as, after))
	}
}

func TestAdviseSteps(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 260))
	d.preset(func(p *scheduler.Preset) { p.NewPerDay = 30 })
	if s, err := d.AdviseSteps(ctx, ""); err != nil || s.Learning != nil || s.Missing != 100 {
		t.Fatalf("without an answer: %+v, %v", s, err)
	}
	for range 9 {
		for range 150 { // every new card is not known at first
			card, err := d.Next(ctx, collection.Scope{})
			d.ok(err)
			if card == nil {
				break
			}
			g := good
			if card.Phase == scheduler.New {
				g = again
			}
			d.now = d.now.Add(20 * time.Second)
			d.answer(card.Card, g)
		}
		d.now = time.Date(d.now.Year(), d.now.Month(), d.now.Day()+1, 9, 0, 0, 0, d.now.Location())
	}
	s, err := d.AdviseSteps(ctx, "")
	d.ok(err)
	if len(s.Learning) == 0 || s.Missing != 0 {
		t.Fatalf("%+v", s)
	}
	d.preset(func(p *scheduler.Preset) { p.LearningSteps = s.Learning })
}
