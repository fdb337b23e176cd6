package standing

import (
	"context"
	"errors"
	"testing"

	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/scheduler"
)

type fake struct {
	exam    *collection.Exam
	planned int
	fail    error
}

func (f *fake) Exam(context.Context, string) (*collection.Exam, error) { return f.exam, nil }
func (f *fake) PlanExam(context.Context, collection.Exam, collection.Progress) (collection.ExamPlan, error) {
	f.planned++
	return collection.ExamPlan{Expected: 0.914, Feasible: true}, f.fail
}

func TestRead(t *testing.T) {
	today := scheduler.Day(20780) // 23 November 2026
	f := &fake{}
	if s, err := Read(context.Background(), f, "d", today); s != nil || err != nil {
		t.Fatalf("without an exam it stands %+v, %v", s, err)
	}
	for _, c := range []struct {
		left, planned int
		when          string
	}{{21, 1, "Экзамен 14\u00a0декабря"}, {0, 0, "Экзамен сегодня"}, {-3, 0, "Экзамен прошёл"}} {
		f = &fake{exam: &collection.Exam{Day: today + scheduler.Day(c.left)}}
		s, err := Read(context.Background(), f, "d", today)
		if err != nil || s.Left != c.left || f.planned != c.planned || s.When(i18n.New("ru")) != c.when {
			t.Errorf("%d days: %+v, %q, planned %d times, %v", c.left, s, s.When(i18n.New("ru")), f.planned, err)
		}
		if c.planned > 0 && (s.Of100 != 91 || s.Verdict(i18n.New("ru")) != "успеваете") {
			t.Errorf("it stands %+v", s)
		}
	}
	f = &fake{exam: &collection.Exam{Day: today + 1}, fail: errors.New("no disk")}
	if s, err := Read(context.Background(), f, "d", today); s != nil || err == nil {
		t.Errorf("a plan that failed stands %+v, %v", s, err)
	}
}

func TestOf100(t *testing.T) {
	for share, want := range map[float64]int{0: 0, 0.004: 0, 0.914: 91, 0.995: 99, 0.9999: 99, 1: 100} {
		if got := Of100(share); got != want {
			t.Errorf("%v is %d of 100, want %d", share, got, want)
		}
	}
}
