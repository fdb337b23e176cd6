package collection_test

import (
	"testing"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
	"lectern/scheduler/queue"
)

// A deck with a preset of its own goes by it, and the others by the common one.
func TestPresetOfADeck(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 5))
	d.install(course("b", 5))
	id, err := d.AddPreset(ctx, "  Экзамен  скоро ", "")
	d.ok(err)
	d.ok(d.UsePreset(ctx, "b", id))
	own, err := d.PresetOf(ctx, "b")
	d.ok(err)
	if own.ID != id || own.Name != "Экзамен скоро" || len(own.Decks) != 1 || own.Decks[0] != "b" {
		t.Fatalf("%+v", own)
	}
	p := own.Preset
	p.NewPerDay, p.LearningSteps, p.FourButtons, p.Retention = 2, nil, true, 0.97
	d.ok(d.ChangePreset(ctx, id, p))
	if h := d.home(); h.Decks[0].Due.New != 5 || h.Decks[1].Due.New != 2 {
		t.Errorf("new cards %d and %d, want 5 and 2", h.Decks[0].Due.New, h.Decks[1].Due.New)
	}
	if a, b := d.card("a-q1/f"), d.card("b-q1/f"); a.Four || !b.Four || a.Outcomes[good-1].Wait >= day || b.Outcomes[good-1].Wait < day {
		t.Errorf("buttons %v and %v, waits %v and %v", a.Four, b.Four, a.Outcomes[good-1].Wait, b.Outcomes[good-1].Wait)
	}
	d.answer("b-q1/f", good)
	d.sound()
	d.reopen()
	all, err := d.Presets(ctx)
	d.ok(err)
	if len(all) != 2 || all[0].ID != "" || all[1].ID != id || all[1].Preset.NewPerDay != 2 {
		t.Fatalf("%+v", all)
	}
	d.ok(d.RenamePreset(ctx, id, "Другое имя"))
	d.ok(d.RemovePreset(ctx, id))
	if own, err := d.PresetOf(ctx, "b"); err != nil || own.ID != "" || len(own.Decks) != 2 {
		t.Errorf("after it was put away: %+v, %v", own, err)
	}
	d.sound()
	_, err = d.Undo(ctx)
	d.ok(err)
	if own, err := d.PresetOf(ctx, "b"); err != nil || own.ID != id || own.Name != "Другое имя" {
		t.Errorf("and back: %+v, %v", own, err)
	}
	d.sound()
}

const (
	again = scheduler.Again
	good  = scheduler.Good
	easy  = scheduler.Easy
	day   = 24 * time.Hour
)

// The day starts at one hour for all decks, whoever sets it.
func TestOneRolloverForAll(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 1))
	id, err := d.AddPreset(ctx, "Другой", "")
	d.ok(err)
	d.ok(d.UsePreset(ctx, "a", id))
	own, err := d.PresetOf(ctx, "a")
	d.ok(err)
	own.Preset.RolloverHour = 7
	d.ok(d.ChangePreset(ctx, id, own.Preset))
	if p, err := d.Preset(ctx); err != nil || p.RolloverHour != 7 {
		t.Errorf("the common preset has %d (%v)", p.RolloverHour, err)
	}
}

func TestPresetFaults(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 1))
	bad := scheduler.DefaultPreset()
	bad.NewOrder = "sideways"
	_, err := d.AddPreset(ctx, " \n ", "")
	wantFault(t, err, fault.BadArgument)
	_, err = d.AddPreset(ctx, "Имя", "nowhere")
	wantFault(t, err, fault.BadArgument)
	wantFault(t, d.ChangePreset(ctx, "nowhere", scheduler.DefaultPreset()), fault.BadArgument)
	wantFault(t, d.ChangePreset(ctx, "", bad), fault.BadArgument)
	wantFault(t, d.RemovePreset(ctx, ""), fault.BadArgument)
	wantFault(t, d.RenamePreset(ctx, "", "Имя"), fault.BadArgument)
	wantFault(t, d.UsePreset(ctx, "a", "nowhere"), fault.BadArgument)
	below := -1
	wantFault(t, d.SetLimits(ctx, "", collection.Limits{New: &below}, false), fault.BadArgument)
	five := 5
	wantFault(t, d.SetLimits(ctx, "a", collection.Limits{New: &five}, false), fault.BadArgument)
	_, err = d.Undo(ctx)
	d.ok(err) // the install: nothing of the above was an operation
}

// Limits: of all decks together, of a deck today, and what is done counts.
func TestLimits(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 20))
	d.install(course("b", 20))
	n := func(n int) *int { return &n }
	if h := d.home(); h.Due.New != 20 {
		t.Fatalf("%+v", h.Due)
	}
	d.ok(d.SetLimits(ctx, "", collection.Limits{New: n(12)}, false))
	if h := d.home(); h.Due.New != 12 || h.Decks[0].Due.New != 10 || h.Rest.MoreNew != 28 {
		t.Errorf("all together: %+v, %+v, %d more", h.Due, h.Decks[0].Due, h.Rest.MoreNew)
	}
	d.ok(d.SetLimits(ctx, "a", collection.Limits{New: n(1)}, true))
	if h := d.home(); h.Due.New != 11 {
		t.Errorf("one of the first deck today: %+v", h.Due)
	}
	d.reopen()
	info, err := d.Limits(ctx, "a")
	d.ok(err)
	if info.New != 1 || *info.Today.New != 1 || *info.Always.New != 10 {
		t.Errorf("%+v", info)
	}
	d.ok(d.MoreNew(ctx, collection.Scope{}, 4))
	if h := d.home(); h.Due.New != 15 {
		t.Errorf("four more: %+v", h.Due)
	}
	d.now = d.now.AddDate(0, 0, 1)
	if h := d.home(); h.Due.New != 12 {
		t.Errorf("the day after: %+v", h.Due)
	}
	if info, err := d.Limits(ctx, ""); err != nil || info.New != 12 || info.Reviews != queue.NoLimit {
		t.Errorf("%+v, %v", info, err)
	}
	d.sound()
}

// What an answer promised stays, whatever the settings become, and the button
// is what happens though other cards fill the days.
func TestPromiseIsKept(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 40))
	d.preset(func(p *scheduler.Preset) { p.LearningSteps, p.NewPerDay = nil, 100 })
	said := map[decks.CardID]time.Duration{}
	for range 40 {
		card := d.next(collection.Scope{})
		o := card.Outcomes[easy-1]
		d.now = d.now.Add(7 * time.Second)
		a, err := d.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: easy, Took: 7 * time.Second, Said: o.Wait, Shown: card.Shown})
		d.ok(err)
		said[card.Card] = a.Due.Sub(scheduler.DayStart(scheduler.DayOf(scheduler.MomentOf(d.now), 4), 4, d.now.Location()))
		if said[card.Card] != o.Wait {
			t.Fatalf("the button said %v, it comes after %v", o.Wait, said[card.Card])
		}
	}
	days := map[time.Duration]int{}
	most := 0
	for _, w := range said {
		days[w]++
		most = max(most, days[w])
	}
	if len(days) < 3 || most > 20 {
		t.Errorf("forty cards learnt together come on %v", days)
	}
	d.preset(func(p *scheduler.Preset) { p.Retention, p.Fuzz, p.MaxInterval = 0.7, false, 2 })
	for id, wait := range said {
		h, err := d.History(ctx, id)
		d.ok(err)
		if got := h[0].Due.Sub(scheduler.DayStart(scheduler.DayOf(scheduler.MomentOf(h[0].At), 4), 4, d.now.Location())); got != wait {
			t.Fatalf("%s was promised after %v and comes after %v", id, wait, got)
		}
	}
	d.sound()
}

// A leech is paused when the preset says so; undo takes both back.
func TestLeechIsPaused(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 1))
	d.preset(func(p *scheduler.Preset) {
		p.LearningSteps, p.RelearningSteps, p.LeechLapses, p.LeechPause = nil, nil, 2, true
	})
	d.answer("a-q1/f", good)
	var last collection.Answered
	for range 2 {
		d.now = d.now.AddDate(0, 0, 5)
		last = d.answer("a-q1/f", again)
	}
	if n := d.search(collection.Query{Leeches: true}).Total; n != 1 {
		t.Errorf("%d cards are listed as forgotten again and again", n)
	}
	if !last.Leech || !last.Paused || d.search(collection.Query{Suspended: true}).Total != 1 {
		t.Fatalf("%+v, %d paused", last, d.search(collection.Query{Suspended: true}).Total)
	}
	d.sound()
	_, err := d.Undo(ctx)
	d.ok(err)
	if d.search(collection.Query{Suspended: true}).Total != 0 || d.search(collection.Query{Leeches: true}).Total != 0 || d.search(collection.Query{}).Rows[0].Lapses != 1 {
		t.Errorf("after undo: %+v", d.search(collection.Query{}).Rows[0])
	}
}
