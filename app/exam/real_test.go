package exam

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"lectern/app/exam/standing"
	"lectern/app/keys"
	"lectern/app/nav/navtest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// From an empty plan to one that holds, through the real collection: what the
// screen promised is what the deck then stands for.
func TestAPlanOfTheRealCollection(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("MSK", 3*3600))
	c, err := collection.Open(ctx, t.TempDir(), collection.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	d := decks.Deck{ID: course, Title: "Понимание LLM", Lang: "ru"}
	for _, title := range []string{"Лекция 1", "Лекция 2"} {
		sec := decks.Section{ID: decks.NewID(), Title: title}
		d.Sections = append(d.Sections, sec)
		for range 10 {
			d.Notes = append(d.Notes, decks.Note{ID: decks.NewID(), Kind: decks.Question, Section: sec.ID,
				Fields: map[decks.Field]string{decks.Front: "Что такое токен?", decks.Back: "Кусочек слова"}})
		}
	}
	if _, err := c.Install(ctx, d, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: "p"}}); err != nil {
		t.Fatal(err)
	}

	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	n := &navtest.Navigator{}
	r := &rig{}
	o := r.options(n, i18n.New("ru"))
	today := func() scheduler.Day { return scheduler.DayOf(scheduler.MomentOf(now), 4) }
	o.Collection, o.Today = c, today
	s := New(o)
	test.NewTempWindow(t, s.Object())
	s.Shown()
	if len(s.left.boxes) != 2 {
		t.Fatalf("%d sections", len(s.left.boxes))
	}
	for range 14 {
		s.Key(keys.Right)
	}
	if len(s.right.failed.Objects) != 0 || len(s.right.plan.Curve) != 15 {
		t.Fatalf("no plan: %q", s.right.number.Text)
	}
	promised := standing.Of100(s.right.plan.Expected)
	if promised < 70 || standing.Of100(s.right.plan.Without) > promised {
		t.Errorf("%d by the plan, %d without", promised, standing.Of100(s.right.plan.Without))
	}
	s.Key(keys.CtrlEnter)
	if len(n.Errors) != 0 {
		t.Fatal(n.Errors)
	}
	st, err := standing.Read(ctx, c, course, today())
	if err != nil || st == nil || st.Left != 14 || st.Of100 != promised {
		t.Errorf("it stands %+v, %v; %d was promised", st, err, promised)
	}
	if _, err := c.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if e, err := c.Exam(ctx, course); e != nil || err != nil {
		t.Errorf("after undo there is %+v, %v", e, err)
	}
}
