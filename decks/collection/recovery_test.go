package collection_test

import (
	"testing"

	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
)

// After a break the backlog is spread over days, new cards wait, and it can be
// taken back.
func TestRecovery(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 300))
	d.install(course("b", 100))
	id, err := d.AddPreset(ctx, "Другой", "")
	d.ok(err)
	d.ok(d.UsePreset(ctx, "b", id))
	if r, err := d.Recovery(ctx); r != nil || err != nil {
		t.Fatalf("on the first day: %+v, %v", r, err)
	}
	d.months(20)
	if r, err := d.Recovery(ctx); r != nil || err != nil {
		t.Fatalf("without a break: %+v, %v", r, err)
	}
	d.now = d.now.AddDate(0, 0, 12)
	r, err := d.Recovery(ctx)
	d.ok(err)
	if r == nil || r.Missed != 12 || r.Backlog < 80 || r.Minutes < 15 || len(r.Options) != 3 {
		t.Fatalf("%+v", r)
	}
	for i, o := range r.Options {
		if o.Days != []int{3, 7, 14}[i] || o.CardsPerDay == 0 || o.MinutesPerDay <= 0 || o.MinutesPerDay > r.Minutes || o.Forgotten > o.ByDue+1 ||
			i > 0 && o.MinutesPerDay > r.Options[i-1].MinutesPerDay {
			t.Errorf("%+v", r.Options)
		}
	}
	before, all := d.dump(state), d.home().Due.Review
	d.ok(d.Recover(ctx, 7))
	h := d.home()
	if h.Due.New != 0 || h.Due.Review >= all/2 || h.Due.Review == 0 {
		t.Errorf("today %+v, before %d reviews", h.Due, all)
	}
	d.sound()
	d.reopen()
	if info, err := d.Undo(ctx); err != nil || info.Kind != collection.OpRecover {
		t.Fatalf("%+v, %v", info, err)
	}
	if after := d.dump(state); after != before {
		t.Errorf("taken back: %s", difference(before, after))
	}
	_, err = d.Redo(ctx)
	d.ok(err)
	for k := range 7 {
		h := d.home()
		if h.Due.New != 0 {
			t.Errorf("day %d brings %d new cards", k, h.Due.New)
		}
		if want := r.Options[1].CardsPerDay; h.Due.Review > 2*want+10 {
			t.Errorf("day %d brings %d reviews, the plan said %d a day", k, h.Due.Review, want)
		}
		_, err := d.Begin(ctx, collection.Scope{})
		d.ok(err)
		d.study(collection.Scope{})
		d.now = d.now.AddDate(0, 0, 1)
	}
	if h := d.home(); h.Due.New == 0 {
		t.Error("after the plan no new cards come")
	}
	wantFault(t, d.Recover(ctx, 5), fault.BadArgument)
}

// A card with a preset of its own keeps its memory through a plan.
func TestRecoveryKeepsMemory(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 60))
	d.months(15)
	d.now = d.now.AddDate(0, 0, 9)
	memory := func() map[string][2]float64 {
		out := map[string][2]float64{}
		for _, row := range d.search(collection.Query{}).Rows {
			if row.Phase != scheduler.New {
				out[string(row.Card)] = [2]float64{row.Recall, float64(row.Lapses)}
			}
		}
		return out
	}
	was := memory()
	d.ok(d.Recover(ctx, 3))
	for id, m := range memory() {
		if m != was[id] {
			t.Errorf("%s: recall and lapses %v, before %v", id, m, was[id])
		}
	}
}
