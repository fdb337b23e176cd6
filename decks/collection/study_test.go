package collection_test

import (
	"slices"
	"testing"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
)

func inDeck(id string) collection.Scope { return collection.Scope{Deck: id} }

// A deck shows as many new cards a day as the preset says, in course order, and
// the next day as many again. Each deck has a limit of its own.
func TestNewCardsPerDay(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 9))
	d.install(course("b", 2))
	d.preset(func(p *scheduler.Preset) { p.NewPerDay, p.LearningSteps = 4, nil })

	if h := d.home(); h.Due.New != 6 || h.Rest.MoreNew != 5 {
		t.Fatalf("due %+v, %d more new", h.Due, h.Rest.MoreNew)
	}
	if got, want := d.study(inDeck("a")), []decks.CardID{"a-q1/f", "a-q2/f", "a-q3/f", "a-q4/f"}; !slices.Equal(got, want) {
		t.Fatalf("asked %v, want %v", got, want)
	}
	if got := d.study(collection.Scope{}); !slices.Equal(got, []decks.CardID{"b-q1/f", "b-q2/f"}) {
		t.Fatalf("the other deck asked %v", got)
	}
	if card, err := d.Next(ctx, collection.Scope{}); err != nil || card != nil {
		t.Fatalf("after the limit comes %v, %v", card, err)
	}
	d.now = d.now.AddDate(0, 0, 1)
	if h := d.home(); h.Decks[0].Due.New != 4 {
		t.Fatalf("the day after has %d new cards", h.Decks[0].Due.New)
	}
}

// Reviews over the limit of the day wait; those that are due the longest come
// first.
func TestReviewsPerDay(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 6))
	d.preset(func(p *scheduler.Preset) { p.NewPerDay, p.NewBeyond, p.LearningSteps, p.Fuzz = 3, true, nil, false })
	first := d.study(collection.Scope{})
	d.now = d.now.AddDate(0, 0, 1)
	d.preset(func(p *scheduler.Preset) { p.ReviewsPerDay = 0 })
	d.study(collection.Scope{})

	d.now = d.now.AddDate(0, 1, 0)
	d.preset(func(p *scheduler.Preset) { p.ReviewsPerDay = 4 })
	if h := d.home(); h.Due.Review != 4 {
		t.Fatalf("%d reviews are due, the limit is 4", h.Due.Review)
	}
	asked := d.study(collection.Scope{})
	if len(asked) != 4 {
		t.Fatalf("asked %v, the limit is 4", asked)
	}
	oldest := slices.Clone(asked[:3])
	slices.Sort(oldest)
	if !slices.Equal(oldest, first) {
		t.Errorf("asked %v, %v are due the longest", asked, first)
	}
	if rest, err := d.Rest(ctx, collection.Scope{}); err != nil || rest.Tomorrow.Review != 2 {
		t.Errorf("tomorrow %+v, %v: two were left over", rest.Tomorrow, err)
	}
}

// Of the cards of a note one is asked a day, unless the student wants them all.
func TestSiblingsAreBuried(t *testing.T) {
	deck := decks.Deck{ID: "a", Title: "Курс", Notes: []decks.Note{
		cloze("n", "{{c1::раз}}, {{c2::два}}, {{c3::три}}"), question("q", "Вопрос?", "Ответ."),
	}}
	for _, tc := range []struct {
		bury bool
		days [][]decks.CardID
	}{
		{true, [][]decks.CardID{{"n/c1", "q/f"}, {"n/c2"}, {"n/c3"}}},
		{false, [][]decks.CardID{{"n/c1", "n/c2", "n/c3", "q/f"}}},
	} {
		d := newDesk(t)
		d.install(deck)
		d.preset(func(p *scheduler.Preset) {
			p.BurySiblings, p.LearningSteps, p.ReviewsPerDay, p.NewBeyond = tc.bury, nil, 0, true
		})
		for i, want := range tc.days {
			if h := d.home(); h.Due.New != len(want) {
				t.Errorf("bury %v, day %d: %d new cards are counted, want %d", tc.bury, i, h.Due.New, len(want))
			}
			if got := d.study(collection.Scope{}); !slices.Equal(got, want) {
				t.Errorf("bury %v, day %d: asked %v, want %v", tc.bury, i, got, want)
			}
			d.now = d.now.AddDate(0, 0, 1)
		}
	}
}

// A step waits for its minutes, may be shown a little early when nothing else
// is left, and comes first once it has ended.
func TestStepsAndLearnAhead(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 2))
	d.preset(func(p *scheduler.Preset) {
		p.LearningSteps, p.LearnAhead = []time.Duration{time.Minute, 30 * time.Minute}, 20*time.Minute
	})

	d.answer("a-q1/f", scheduler.Again)
	if card := d.next(collection.Scope{}); card.Card != "a-q2/f" {
		t.Fatalf("%s comes although a new card is left", card.Card)
	}
	d.now = d.now.Add(time.Minute)
	if card := d.next(collection.Scope{}); card.Card != "a-q2/f" {
		t.Fatalf("while a card is looked at, %s jumps in", card.Card)
	}
	if card, err := d.Begin(ctx, collection.Scope{}); err != nil || card.Card != "a-q1/f" || card.Phase != scheduler.Learning {
		t.Fatalf("the step has ended, %+v comes (%v)", card, err)
	}
	a := d.answer("a-q1/f", scheduler.Good) // half an hour now
	if !a.Due.Equal(d.now.Add(30 * time.Minute)) {
		t.Fatalf("due %v", a.Due)
	}
	d.answer("a-q2/f", scheduler.Good)
	if card, err := d.Next(ctx, collection.Scope{}); card != nil || err != nil {
		t.Fatalf("%+v comes half an hour early", card)
	}
	rest, err := d.Rest(ctx, collection.Scope{})
	if err != nil || rest.Waiting != 2 || !rest.NextDue.Equal(a.Due) {
		t.Fatalf("rest %+v, %v", rest, err)
	}
	d.now = d.now.Add(11 * time.Minute)
	if card := d.next(collection.Scope{}); card.Card != "a-q1/f" {
		t.Fatalf("within the learn-ahead time comes %s", card.Card)
	}
}

// A step of hours that ends on the next study day is waited for to its end.
func TestStepOverTheNight(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 1))
	d.preset(func(p *scheduler.Preset) { p.LearningSteps = []time.Duration{8 * time.Hour} })
	d.now = time.Date(2026, 3, 2, 23, 0, 0, 0, d.now.Location())
	a := d.answer("a-q1/f", scheduler.Again)
	rest, err := d.Rest(ctx, collection.Scope{})
	if err != nil || !rest.NextDue.Equal(a.Due) || rest.Waiting != 0 || rest.Tomorrow.Learning != 1 {
		t.Fatalf("rest %+v, %v; the step ends at %v", rest, err, a.Due)
	}
}

// The study day turns at four in the morning where the student is.
func TestRollover(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skipf("no time zone data: %v", err)
	}
	for _, tc := range []struct {
		name             string
		evening          time.Time
		stillOn, nextDay time.Time
	}{
		{"a usual night", time.Date(2026, 3, 10, 22, 0, 0, 0, berlin),
			time.Date(2026, 3, 11, 3, 59, 59, 0, berlin), time.Date(2026, 3, 11, 4, 0, 0, 0, berlin)},
		{"the night the clock jumps", time.Date(2026, 3, 28, 22, 0, 0, 0, berlin),
			time.Date(2026, 3, 29, 3, 59, 59, 0, berlin), time.Date(2026, 3, 29, 4, 0, 0, 0, berlin)},
		{"the night an hour comes twice", time.Date(2026, 10, 24, 22, 0, 0, 0, berlin),
			time.Date(2026, 10, 25, 3, 59, 59, 0, berlin), time.Date(2026, 10, 25, 4, 0, 0, 0, berlin)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := newDesk(t)
			d.now = tc.evening
			d.install(course("a", 2))
			d.preset(func(p *scheduler.Preset) { p.NewPerDay, p.LearningSteps = 1, nil })
			d.study(collection.Scope{})
			today := d.home().Today
			if rest, err := d.Rest(ctx, collection.Scope{}); err != nil || !rest.NextDue.Equal(tc.nextDay) {
				t.Errorf("the next card comes at %v, %v; want %v", rest.NextDue, err, tc.nextDay)
			}
			d.now = tc.stillOn
			if h := d.home(); h.Today != today || h.Due.Total() != 0 {
				t.Errorf("at %v: day %v, due %+v", d.now, h.Today, h.Due)
			}
			d.now = tc.nextDay
			if h := d.home(); h.Today != today+1 || h.Due.New != 1 {
				t.Errorf("at %v: day %v, due %+v", d.now, h.Today, h.Due)
			}
			d.sound()
		})
	}
}

// An answer belongs to the day it was on where it was given, wherever the
// student is later; travel neither loses a day nor gives the same one twice.
func TestTravel(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 3))
	d.preset(func(p *scheduler.Preset) { p.NewPerDay, p.LearningSteps, p.Fuzz = 1, nil, false })
	vladivostok, lisbon := time.FixedZone("", 10*3600), time.FixedZone("", 0)

	d.now = time.Date(2026, 3, 3, 9, 0, 0, 0, vladivostok)
	d.study(collection.Scope{})
	day := d.home().Today
	d.now = d.now.Add(14 * time.Hour).In(lisbon) // 13:00 of the same date
	if h := d.home(); h.Today != day || h.Due.New != 0 {
		t.Fatalf("after flying west: day %v, due %+v", h.Today, h.Due)
	}
	d.now = time.Date(2026, 3, 4, 3, 59, 59, 0, lisbon)
	if h := d.home(); h.Today != day || h.Due.New != 0 {
		t.Fatalf("before four in Lisbon: day %v, due %+v", h.Today, h.Due)
	}
	d.now = d.now.Add(time.Second)
	if h := d.home(); h.Today != day+1 || h.Due.New != 1 {
		t.Fatalf("at four in Lisbon: day %v, due %+v", h.Today, h.Due)
	}
	d.study(collection.Scope{})
	stats, err := d.Stats(ctx)
	d.ok(err)
	if len(stats.Days) != 2 || stats.Days[0].Date != "2026-03-03" || stats.Days[1].Date != "2026-03-04" {
		t.Errorf("days studied: %+v", stats.Days)
	}
	history, err := d.History(ctx, "a-q1/f")
	d.ok(err)
	if got := history[0].At.Format(time.RFC3339); got != "2026-03-03T09:00:05+10:00" {
		t.Errorf("the answer was given at %s", got)
	}
	d.sound()
}

func TestSkipIsForToday(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 2))
	d.ok(d.Skip(ctx, "a-q1/f"))
	if card := d.next(collection.Scope{}); card.Card != "a-q2/f" {
		t.Fatalf("%s comes", card.Card)
	}
	if h := d.home(); h.Due.New != 1 {
		t.Fatalf("due %+v", h.Due)
	}
	d.ok(d.Skip(ctx, "a-q1/f")) // again: nothing
	if info, err := d.CanUndo(ctx); err != nil || info.Kind != collection.OpSkip {
		t.Fatalf("%+v, %v", info, err)
	}
	d.now = d.now.AddDate(0, 0, 1)
	if card := d.next(collection.Scope{}); card.Card != "a-q1/f" {
		t.Fatalf("the day after comes %s", card.Card)
	}
}

func TestSuspend(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 3))
	cards := []decks.CardID{"a-q1/f", "a-q2/f", "a-q1/f"}
	d.ok(d.Suspend(ctx, cards, true))
	if got := d.study(collection.Scope{}); slices.Contains(got, "a-q1/f") || slices.Contains(got, "a-q2/f") || len(got) == 0 {
		t.Fatalf("asked %v", got)
	}
	_, err := d.Answer(ctx, collection.AnswerRequest{Card: "a-q1/f", Grade: scheduler.Good})
	wantFault(t, err, fault.BadArgument)
	if _, err := d.Undo(ctx); err != nil { // the last answer
		t.Fatal(err)
	}
	d.ok(d.Suspend(ctx, cards, false))
	if h := d.home(); h.Due.New != 2 {
		t.Fatalf("due %+v", h.Due)
	}
	wantFault(t, d.Suspend(ctx, []decks.CardID{"a-q1/f", "nobody/f"}, true), fault.NoSuchCard)
	if f := d.search(collection.Query{Suspended: true}); f.Total != 0 {
		t.Errorf("half of a failed operation stayed: %+v", f)
	}
}

// What a button said is what is kept: an answer given to a card that has changed
// since it was shown is not, and the card can be graded by what it says now.
func TestOutdatedAnswer(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 1))
	d.preset(func(p *scheduler.Preset) { p.LearningSteps = nil })
	d.answer("a-q1/f", scheduler.Good)
	d.now = d.now.AddDate(0, 0, 10)
	shown := d.card("a-q1/f")
	said := func(c *collection.StudyCard, g scheduler.Grade) collection.AnswerRequest {
		return collection.AnswerRequest{Card: c.Card, Grade: g, Said: c.Outcomes[g-1].Wait}
	}

	d.now = d.now.AddDate(0, 0, 20) // the window stood open
	_, err := d.Answer(ctx, said(shown, scheduler.Good))
	wantFault(t, err, fault.Outdated)
	if h, err := d.History(ctx, "a-q1/f"); err != nil || len(h) != 1 {
		t.Fatalf("history %+v, %v", h, err)
	}

	shown = d.card("a-q1/f")
	other, err := collection.Open(ctx, d.dir, collection.Options{Clock: func() time.Time { return d.now }})
	d.ok(err)
	defer other.Close()
	if _, err := other.Answer(ctx, said(shown, scheduler.Easy)); err != nil {
		t.Fatal(err)
	}
	_, err = d.Answer(ctx, said(shown, scheduler.Good))
	wantFault(t, err, fault.Outdated)
	now := d.card("a-q1/f")
	a, err := d.Answer(ctx, said(now, scheduler.Good))
	d.ok(err)
	if want := now.Outcomes[scheduler.Good-1].Card.DueDay.String(); a.Due.Format(time.DateOnly) != want {
		t.Errorf("due %v, the button said %s", a.Due, want)
	}
	if h, err := d.History(ctx, "a-q1/f"); err != nil || len(h) != 3 {
		t.Fatalf("history %+v, %v", h, err)
	}
}

// Cards the author withdrew are not asked; their history is kept and goes on
// when they return.
func TestRetired(t *testing.T) {
	d := newDesk(t)
	full := course("a", 3)
	d.install(full)
	d.preset(func(p *scheduler.Preset) { p.LearningSteps = nil })
	d.study(collection.Scope{})
	less := full
	less.Notes = full.Notes[1:]
	if r := d.install(less); r.Retired != 1 || r.Same != 2 {
		t.Fatalf("%+v", r)
	}
	d.now = d.now.AddDate(0, 2, 0)
	if got := d.study(collection.Scope{}); slices.Contains(got, "a-q1/f") {
		t.Fatalf("asked %v", got)
	}
	_, err := d.Answer(ctx, collection.AnswerRequest{Card: "a-q1/f", Grade: scheduler.Good})
	wantFault(t, err, fault.BadArgument)
	if f := d.search(collection.Query{Retired: true}); f.Total != 1 || f.Rows[0].Card != "a-q1/f" {
		t.Fatalf("retired: %+v", f)
	}
	if h, err := d.History(ctx, "a-q1/f"); err != nil || len(h) != 1 {
		t.Fatalf("history %+v, %v", h, err)
	}
	d.install(full)
	if card := d.card("a-q1/f"); card.Phase != scheduler.Review {
		t.Fatalf("it returned as %v", card.Phase)
	}
	if got := d.study(collection.Scope{}); !slices.Equal(got, []decks.CardID{"a-q1/f"}) {
		t.Fatalf("asked %v", got)
	}
}

func TestMoreNew(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 5))
	d.install(course("b", 5))
	d.preset(func(p *scheduler.Preset) { p.NewPerDay, p.LearningSteps = 2, nil })
	d.study(collection.Scope{})

	d.ok(d.MoreNew(ctx, collection.Scope{}, 4)) // three of the first deck, one of the second
	if h := d.home(); h.Decks[0].Due.New != 3 || h.Decks[1].Due.New != 1 || h.Rest.MoreNew != 2 {
		t.Fatalf("due %+v and %+v, %d more", h.Decks[0].Due, h.Decks[1].Due, h.Rest.MoreNew)
	}
	if _, err := d.Undo(ctx); err != nil || d.home().Due.New != 0 {
		t.Fatalf("undone, %+v are due (%v)", d.home().Due, err)
	}
	if _, err := d.Redo(ctx); err != nil || d.home().Due.New != 4 {
		t.Fatalf("redone, %+v are due (%v)", d.home().Due, err)
	}
	d.now = d.now.AddDate(0, 0, 1)
	if h := d.home(); h.Decks[0].Due.New != 2 {
		t.Fatalf("more new cards of yesterday count today: %+v", h.Decks[0].Due)
	}
	wantFault(t, d.MoreNew(ctx, inDeck("nowhere"), 1), fault.NoSuchDeck)
}

// New cards beyond the limit, started in another way or under another limit,
// do not swallow the ones that are let in.
func TestMoreNewBeyondTheLimit(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 9))
	d.preset(func(p *scheduler.Preset) { p.NewPerDay, p.LearningSteps = 4, nil })
	d.study(collection.Scope{})
	d.preset(func(p *scheduler.Preset) { p.NewPerDay = 1 })
	d.ok(d.MoreNew(ctx, inDeck("a"), 2))
	if h := d.home(); h.Due.New != 2 {
		t.Fatalf("two more were asked for, %d are due", h.Due.New)
	}
}

func TestScopes(t *testing.T) {
	d := newDesk(t)
	deck := course("a", 4)
	deck.Sections = []decks.Section{{ID: "s1", Title: "Лекция 1"}, {ID: "s2", Title: "Лекция 2"}}
	for i := range deck.Notes {
		deck.Notes[i].Section = deck.Sections[i/2].ID
	}
	d.install(deck)
	d.install(course("b", 1))
	d.preset(func(p *scheduler.Preset) { p.NewPerDay, p.LearningSteps = 3, nil })
	if got := d.study(collection.Scope{Deck: "a", Section: "s2"}); !slices.Equal(got, []decks.CardID{"a-q3/f", "a-q4/f"}) {
		t.Fatalf("the section asked %v", got)
	}
	card := d.next(inDeck("a"))
	if card.Section.Title != "Лекция 1" || card.DeckTitle != deck.Title || card.Left.New != 1 {
		t.Fatalf("%+v", card)
	}
	row := d.home().Decks[0]
	if row.Sections[0].Due.New != 1 || row.Sections[1].Due.New != 0 || row.Studied != 2 || row.Cards != 4 || row.Recall != 0.5 {
		t.Errorf("%+v", row)
	}
	for _, s := range []collection.Scope{{Section: "s1"}, {Deck: "a", Section: "s3"}} {
		_, err := d.Next(ctx, s)
		wantFault(t, err, fault.BadArgument)
	}
	_, err := d.Next(ctx, inDeck("nowhere"))
	wantFault(t, err, fault.NoSuchDeck)
}

func TestAnswerRefuses(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 1))
	for _, g := range []scheduler.Grade{0, 5, -1} {
		_, err := d.Answer(ctx, collection.AnswerRequest{Card: "a-q1/f", Grade: g})
		wantFault(t, err, fault.BadArgument)
	}
	_, err := d.Answer(ctx, collection.AnswerRequest{Card: "a-q2/f", Grade: scheduler.Good})
	wantFault(t, err, fault.NoSuchCard)
	if a, err := d.Answer(ctx, collection.AnswerRequest{Card: "a-q1/f", Grade: scheduler.Good, Took: -time.Hour}); err != nil || a.Next != nil && a.Next.Card != "a-q1/f" {
		t.Fatalf("%+v, %v", a, err)
	}
	if h, err := d.History(ctx, "a-q1/f"); err != nil || len(h) != 1 || h[0].TookMS != 0 {
		t.Fatalf("%+v, %v", h, err)
	}
}

// A card that is forgotten again and again is called a leech at the answer
// that makes it one.
func TestLeech(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 1))
	d.preset(func(p *scheduler.Preset) { p.LearningSteps, p.RelearningSteps, p.LeechLapses = nil, nil, 3 })
	d.answer("a-q1/f", scheduler.Good)
	var leech []int
	for i := range 5 {
		d.now = d.now.AddDate(0, 1, 0)
		if d.answer("a-q1/f", scheduler.Again).Leech {
			leech = append(leech, i+1)
		}
		d.now = d.now.AddDate(0, 1, 0)
		if d.answer("a-q1/f", scheduler.Good).Leech {
			t.Errorf("remembered after %d lapses, it is called a leech again", i+1)
		}
	}
	if !slices.Equal(leech, []int{3, 5}) {
		t.Errorf("a leech at lapses %v, want 3 and every two after", leech)
	}
}

// What is expected of an answer is at first a guess, then the student's own
// time, in which nobody thinks for an hour.
func TestMinutes(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 30))
	d.preset(func(p *scheduler.Preset) { p.NewPerDay, p.LearningSteps = 30, nil })
	if got := d.home().Due.Minutes; got != 10 {
		t.Errorf("30 new cards take %v minutes, by the guess of 20 s", got)
	}
	for range 10 {
		card := d.next(collection.Scope{})
		_, err := d.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: scheduler.Good, Took: time.Hour})
		d.ok(err)
	}
	if got := d.home().Due.Minutes; got != 40 {
		t.Errorf("20 new cards take %v minutes, at most two each", got)
	}
}

func TestWeek(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 5))
	d.preset(func(p *scheduler.Preset) { p.NewPerDay, p.LearningSteps, p.Fuzz = 2, nil, false })
	if got := d.home().Week; got != [7]int{2, 2, 1} {
		t.Errorf("week %v", got)
	}
	d.study(collection.Scope{}) // Good on a new card: back in three days
	if got := d.home().Week; got != [7]int{0, 2, 1, 2} {
		t.Errorf("week %v after a day", got)
	}
}
