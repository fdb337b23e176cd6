package exam

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/scheduler"
)

const course = "deckdeckde"

var today = dayOf(time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC))

// fake plans by a formula: more minutes, more recall.
type fake struct {
	exam    *collection.Exam
	asked   []collection.Exam
	set     *collection.Exam
	removed int
	fail    error
	unmet   bool // no minutes would do
}

func (f *fake) Decks(context.Context) ([]collection.DeckRow, error) {
	row := func(id, title string, cards int, recall float64) collection.SectionRow {
		return collection.SectionRow{ID: id, Title: title, Cards: cards, Recall: recall}
	}
	return []collection.DeckRow{{ID: course, Title: "Понимание LLM", Cards: 20, Sections: []collection.SectionRow{
		row("a", "Лекция 1", 4, 0.92), row("b", "Лекция 2", 6, 0.78), row("c", "Промпт-инъекции", 1, 0.88),
		row("d", "Упражнения", 5, 0.61), row("e", "Сложные", 4, 0.34),
	}}}, nil
}

func (f *fake) Exam(context.Context, string) (*collection.Exam, error) { return f.exam, nil }

func (f *fake) PlanExam(_ context.Context, e collection.Exam, _ collection.Progress) (collection.ExamPlan, error) {
	f.asked = append(f.asked, e)
	if f.fail != nil {
		return collection.ExamPlan{}, f.fail
	}
	days := int(e.Day - today)
	p := collection.ExamPlan{Exam: e, Now: 0.67, Expected: 0.67 + 0.27*(1-math.Exp(-float64(e.Minutes)/7)), Without: 0.77,
		NeedAnswers: 3, Today: 14, TodayMinutes: 11.6}
	p.Feasible, p.NeedMinutes = p.Expected >= e.Goal, e.Minutes
	switch {
	case p.Feasible:
	case f.unmet:
		p.NeedMinutes, p.Best = 0, 0.86
	default:
		p.NeedMinutes = 19
	}
	for i := range days + 1 {
		t := 1 - math.Exp(-3*float64(i)/float64(days))
		p.Curve = append(p.Curve, 0.67+(p.Expected-0.67)*t/0.95)
		p.CurveWithout = append(p.CurveWithout, 0.67+0.10*t/0.95)
	}
	for _, id := range e.Sections {
		p.Sections = append(p.Sections, collection.ExamSection{ID: id, Unseen: 1})
	}
	p.Stages = []collection.ExamStage{
		{Kind: "learn", From: today, To: today + 9}, {Kind: "review", From: today, To: e.Day - 3}, {Kind: "last", From: e.Day - 3, To: e.Day - 1},
	}
	return p, nil
}

func (f *fake) SetExam(_ context.Context, e collection.Exam) error { f.set = &e; return f.fail }
func (f *fake) RemoveExam(context.Context, string) error           { f.removed++; return f.fail }

func planned() *collection.Exam {
	return &collection.Exam{Deck: course, Day: today + 21, Minutes: 15, Goal: 0.9, Sections: []string{"a", "b", "d", "e"}}
}

type rig struct {
	*fake
	s       *Screen
	nav     *navtest.Navigator
	win     fyne.Window
	queries []collection.Query
	weak    int
}

func (r *rig) options(n nav.Navigator, p *i18n.Printer) Options {
	return Options{Collection: r.fake, Nav: n, Printer: p, Deck: course, Today: func() scheduler.Day { return today },
		Background: func(f func()) { f() },
		Later: func(d time.Duration, f func()) func() {
			if d == settle {
				f()
			}
			return func() {}
		},
		Cards: func(q collection.Query) { r.queries = append(r.queries, q) }, Weak: func() { r.weak++ }}
}

func newRig(t *testing.T, e *collection.Exam) *rig {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	r := &rig{fake: &fake{exam: e}, nav: &navtest.Navigator{}}
	r.s = New(r.options(r.nav, i18n.New("ru")))
	r.win = test.NewTempWindow(t, r.s.Object())
	r.win.Resize(fyne.NewSize(1280, 740))
	r.s.Shown()
	return r
}

func TestThePlanStandsAtTheRight(t *testing.T) {
	r := newRig(t, planned())
	if got := r.s.right.number.Text; got != "91 из 100" {
		t.Errorf("the number is %q", got)
	}
	if got := r.s.right.detail.Text; got != "Сегодня 14 карточек, около 12 минут. Без плана было бы 77." {
		t.Errorf("it says %q", got)
	}
	if f := r.s.left.date; f.Text != "Понедельник, 14\u00a0декабря" || f.Note != "21 день" {
		t.Errorf("the date is %q, %q", f.Text, f.Note)
	}
	if r.s.left.calendar.Visible() || !r.s.right.rest.Visible() {
		t.Error("the calendar is open, or the chart is not there")
	}
}

func TestEveryChangeIsPlanned(t *testing.T) {
	r := newRig(t, planned())
	r.asked = nil
	r.s.Key(keys.Right)                                                   // a day later
	r.s.left.minutes.Press(keys.Left)                                     // a minute less
	r.s.left.boxes[2].check.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) // all sections
	r.s.left.boxes[0].check.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) // but the first
	want := []collection.Exam{*planned(), *planned(), *planned(), *planned()}
	for i := range want {
		want[i].Day++
	}
	want[1].Minutes, want[2].Minutes, want[3].Minutes = 14, 14, 14
	want[2].Sections, want[3].Sections = nil, []string{"b", "c", "d", "e"}
	if !slices.EqualFunc(r.asked, want, func(a, b collection.Exam) bool {
		return a.Day == b.Day && a.Minutes == b.Minutes && slices.Equal(a.Sections, b.Sections)
	}) {
		t.Errorf("planned %+v, want %+v", r.asked, want)
	}
	if r.set != nil {
		t.Error("kept before the student accepted")
	}
}

func TestANewPlanBeginsWithTheCalendar(t *testing.T) {
	r := newRig(t, nil)
	if !r.s.left.calendar.Visible() || r.s.begin.Enabled() || r.s.right.rest.Visible() || len(r.asked) != 0 {
		t.Fatal("there is something before a date")
	}
	if r.s.Key(keys.CtrlEnter); r.set != nil {
		t.Fatal("accepted without a date")
	}
	r.s.Key(keys.Right)
	if len(r.asked) != 1 || r.asked[0].Day != today+1 || r.asked[0].Minutes != usualMinutes || r.asked[0].Sections != nil {
		t.Fatalf("planned %+v", r.asked)
	}
	r.s.left.calendar.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if r.s.left.calendar.Visible() || r.nav.Focused != fyne.Focusable(r.s.left.date) {
		t.Error("Enter does not fold the calendar away")
	}
	r.s.Key(keys.CtrlEnter)
	if r.set == nil || r.set.Day != today+1 || len(r.nav.Toasts) != 1 || r.nav.Wanted[0] != "back" {
		t.Errorf("kept %+v, said %v", r.set, r.nav.Toasts)
	}
}

func TestNotFeasibleOffersTheMinutes(t *testing.T) {
	e := planned()
	e.Minutes = 7
	r := newRig(t, e)
	if got := r.s.right.detail.Text; got != "За 7 минут в день выйдет 84. Нужно 19." || r.s.right.number.Colour != theme.GradeHard {
		t.Errorf("it says %q", got)
	}
	test.Tap(r.s.right.raise)
	if last := r.asked[len(r.asked)-1]; last.Minutes != 19 || r.s.left.minutes.Value != 19 || r.s.right.raise.Visible() {
		t.Errorf("planned with %d minutes", last.Minutes)
	}

	r = newRig(t, e)
	r.unmet = true
	r.s.changed()
	if got := r.s.right.detail.Text; r.s.right.raise.Visible() || got != "До 90 за оставшиеся дни не дойти: сколько ни заниматься, выйдет 86." {
		t.Errorf("it says %q", got)
	}
}

func TestNothingAskedIsNoPlan(t *testing.T) {
	r := newRig(t, planned())
	for _, b := range r.s.left.boxes {
		b.check.Set(false)
	}
	n := len(r.asked)
	r.s.left.ticked()
	if len(r.asked) != n || r.s.begin.Enabled() {
		t.Error("planned for nothing")
	}
}

func TestWithoutAPlan(t *testing.T) {
	r := newRig(t, nil)
	test.Tap(r.s.drop)
	if r.removed != 0 || len(r.nav.Wanted) != 1 {
		t.Error("there was no plan to take away")
	}
	r = newRig(t, planned())
	test.Tap(r.s.drop)
	if r.removed != 1 || len(r.nav.Offered) != 1 {
		t.Error("the plan stays, or the way back is missing")
	}
}

func TestAPastExamAsksAndFoldsAway(t *testing.T) {
	e := planned()
	e.Day = today - 1
	for k, weak := range map[keys.Key]bool{"1": false, "2": true, "3": false} {
		r := newRig(t, e)
		if len(r.asked) != 0 || len(r.s.Bar().Actions) != 0 {
			t.Fatal("a past exam was planned")
		}
		if !r.s.Key(k) || r.removed != 1 {
			t.Fatalf("%s does not fold the plan away", k)
		}
		if weak {
			r.nav.Offered[0].Do()
		}
		if (r.weak == 1) != weak {
			t.Errorf("%s: weak cards offered %d times", k, r.weak)
		}
	}
}

func TestWhatFailedIsSaidInItsPlace(t *testing.T) {
	r := newRig(t, planned())
	r.fail = errors.New("no disk")
	r.s.changed()
	if len(r.s.right.failed.Objects) != 1 || len(r.nav.Errors) != 0 {
		t.Error("the error is not in the place of the number")
	}
	r.fail = nil
	r.s.changed()
	if len(r.s.right.failed.Objects) != 0 || r.s.right.number.Text != "91 из 100" {
		t.Error("the error stays")
	}
}

func TestOnlyTheLatestPlanIsShown(t *testing.T) {
	r := newRig(t, planned())
	var jobs []func()
	r.s.o.Background = func(f func()) { jobs = append(jobs, f) }
	r.s.left.raise(7)
	r.s.left.raise(25)
	jobs[1]()
	was := r.s.right.number.Text
	jobs[0]()
	if got := r.s.right.number.Text; got != was || got != "93 из 100" {
		t.Errorf("the number is %q after %q", got, was)
	}
}

func TestPictures(t *testing.T) {
	past, hard := planned(), planned()
	past.Day = today - 2
	hard.Minutes = 7
	for name, e := range map[string]*collection.Exam{"exam": planned(), "exam-new": nil, "exam-hard": hard, "exam-past": past} {
		shelltest.Each(t, name, func(w shelltest.Window) nav.Screen {
			r := &rig{fake: &fake{exam: e}}
			return New(r.options(w.Shell, w.Printer))
		}, nil)
	}
}
