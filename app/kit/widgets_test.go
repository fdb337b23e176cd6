package kit

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/theme"
)

func TestCheckTicksWithSpaceAndLeavesEnter(t *testing.T) {
	var got []bool
	c := NewCheck("Лекция 2", false, func(on bool) { got = append(got, on) })
	canvas := show(t, c, 200, 40)
	entered := 0
	canvas.SetOnTypedKey(func(ev *fyne.KeyEvent) { entered++ })
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	test.Tap(c)
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(got) != 2 || !got[0] || got[1] || entered != 1 {
		t.Errorf("ticked %v, Enter went on %d times", got, entered)
	}
	c.Set(true)
	if len(got) != 2 || !c.On {
		t.Error("Set calls Changed or does not set")
	}
}

func TestSegmentMovesByArrowsAndPointer(t *testing.T) {
	var got []int
	s := NewSegment([]string{"Вопрос", "Пропуски", "Выбор"}, 0, func(i int) { got = append(got, i) })
	show(t, s, 400, 60)
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	test.TapAt(s, fyne.NewPos(s.MinSize().Width-10, 20))
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if len(got) != 2 || got[0] != 1 || got[1] != 2 || s.On != 2 {
		t.Errorf("moved %v, is on %d", got, s.On)
	}
}

func TestMenuWalksPastWhatCannotBeDone(t *testing.T) {
	at := NewIconButton("dots-three", "Ещё", "", nil)
	c := show(t, at, 600, 400)
	var did []string
	open := func() *Overlay {
		return ShowMenu(at, []MenuItem{
			{Text: "нельзя", Disabled: "рано", Do: func() { did = append(did, "нельзя") }},
			{Text: "пауза", Key: keys.P, Do: func() { did = append(did, "пауза") }},
			{Text: "убрать", Do: func() { did = append(did, "убрать") }},
		}, nil)
	}
	o := open()
	o.Key(keys.Down)
	o.Key(keys.Down)
	o.Key(keys.Up)
	o.Key(keys.Enter)
	if TopOverlay(c) != nil {
		t.Error("the menu stays after a choice")
	}
	open().Key(keys.P)
	o = open()
	o.Key("3")
	if TopOverlay(c) != o {
		t.Error("a strange key closes the menu")
	}
	o.Key(keys.Esc)
	if TopOverlay(c) != nil || len(did) != 2 || did[0] != "пауза" || did[1] != "пауза" {
		t.Errorf("did %v", did)
	}
}

func TestDialogEnterPressesItsButtonAndATapBesideCloses(t *testing.T) {
	c := show(t, NewText("", Body, theme.Ink), 900, 600)
	pressed, closed := 0, 0
	open := func() *Overlay {
		return ShowSheet(c, "Удалить?", 480, NewLabel("Можно вернуть.", Body, theme.Muted), func() { closed++ },
			NewButton("Отмена", Quiet, nil), NewButton("Удалить", Destructive, func() { pressed++ }))
	}
	o := open()
	o.Key(keys.Enter)
	o.Tapped(&fyne.PointEvent{Position: fyne.NewPos(450, 300)})
	if pressed != 1 || closed != 0 {
		t.Errorf("pressed %d, closed %d", pressed, closed)
	}
	o.Tapped(&fyne.PointEvent{Position: fyne.NewPos(4, 4)})
	o.Close()
	if closed != 1 || TopOverlay(c) != nil {
		t.Errorf("closed %d times", closed)
	}
}

func TestGradesKeepTheirPlacesAndDropCapsWhenNarrow(t *testing.T) {
	grade := func(level int) *Grade {
		return NewGrade(level, "Хорошо", "через 12 дней", "", keys.Space, nil)
	}
	bar := NewActionBar(false)
	two := []*Grade{grade(1), grade(3)}
	bar.Set(two[0], two[1], NewButton("Точнее", Quiet, nil).Sized(44, 96))
	show(t, bar.Object(), 1280, theme.ActionBar)
	if x := two[0].Position().X; x != 386 || two[0].Size() != fyne.NewSize(248, 64) || two[1].Position().X != 646 {
		t.Errorf("two grades at %v and %v, %v", x, two[1].Position().X, two[0].Size())
	}
	if two[1].bare {
		t.Error("no key cap although there is room")
	}
	bar.Set(grade(1), grade(2), grade(3), grade(4))
	four := bar.Object().Objects
	if four[0].Position().X != 264 || four[3].Position().X+four[3].Size().Width != 1016 {
		t.Errorf("four grades from %v to %v", four[0].Position().X, four[3].Position().X+179)
	}
	bar.Set(two[0], two[1])
	bar.Layout(bar.Object().Objects, fyne.NewSize(380, 96))
	if !two[0].bare || two[1].Position().X+two[1].Size().Width > 380 {
		t.Error("narrow grades keep their caps or leave the window")
	}
}

func TestBarsAnswerPointerAndKeys(t *testing.T) {
	opened := -1
	b := NewBars([]Bar{{Value: 3, Tip: "a"}, {Value: 0, Tip: "b"}, {Value: 5, Tip: "c"}}, func(i int) { opened = i })
	show(t, b, 300, 112)
	test.TapAt(b, fyne.NewPos(250, 50))
	if opened != 2 {
		t.Errorf("a tap opened %d", opened)
	}
	b.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(10, 50)}})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if opened != 1 {
		t.Errorf("the keys opened %d", opened)
	}
}

func TestHeatmapFindsTheDayUnderThePointer(t *testing.T) {
	var days []Day
	start := time.Date(2025, 11, 26, 0, 0, 0, 0, time.UTC) // a Wednesday
	for i := range 360 {
		days = append(days, Day{Date: start.AddDate(0, 0, i)})
	}
	h := NewHeatmap(days, nil, nil, nil)
	show(t, h, 1024, 118)
	for i := range days {
		x, y, w := h.cell(i)
		if got := h.at(fyne.NewPos(x+w/2, y+heatHigh/2)); got != i {
			t.Fatalf("day %d is found as %d", i, got)
		}
	}
	for _, p := range []fyne.Position{{X: 3, Y: 20}, {X: 35, Y: 3}, {X: 500, Y: 110}, {X: 1023, Y: 97}, {X: 40, Y: -1}} {
		if got := h.at(p); got != -1 {
			t.Errorf("%v is day %d", p, got)
		}
	}
	if x, _, w := h.cell(len(days) - 1); x+w > 1024 {
		t.Errorf("the last day ends at %v", x+w)
	}
}

func TestScrollTellsItsEndAndReveals(t *testing.T) {
	l := NewLabel("", Answer, theme.Ink)
	for range 40 {
		l.Text += "строка\n"
	}
	s := NewScroll(l)
	show(t, s, 300, 200)
	if s.AtEnd() || s.Offset() != 0 {
		t.Fatal("a long text begins at its end")
	}
	for range 20 {
		if !s.ScrollBy(0.9) {
			break
		}
	}
	if !s.AtEnd() || s.ScrollBy(0.9) {
		t.Error("the end is not reached")
	}
	s.Reveal(0, 30)
	if s.Offset() != 0 {
		t.Errorf("the top is at %v", s.Offset())
	}
	s.Reveal(600, 630)
	if y := s.Offset(); y != 430 {
		t.Errorf("scrolled to %v, want 430", y)
	}
}

func TestToastActsOnceAndGoes(t *testing.T) {
	acts, gone := 0, 0
	toast := NewToast("Хорошо → отменено", "Вернуть", keys.CtrlZ, func() { acts++ }, func(*Toast) { gone++ })
	show(t, toast, 500, 60)
	test.Tap(toast.act)
	if acts != 1 || gone != 1 {
		t.Errorf("acted %d times, went %d times", acts, gone)
	}
}

func TestRowsOfAChosenItem(t *testing.T) {
	taps := 0
	i := NewItem(All(10), NewText("строка", Body, theme.Ink), func() { taps++ })
	show(t, i, 300, 44)
	test.Tap(i)
	i.Select(true)
	if taps != 1 || !i.Selected {
		t.Error("a row is not chosen by a tap")
	}
}

// A press of Space reaches a field as a key and as a rune; one that only led the
// keyboard there leaves its rune alone.
func TestFieldTakesNoSpaceThatLedToIt(t *testing.T) {
	f := NewField("", "", nil)
	c := show(t, f, 300, 60)
	space := &fyne.KeyEvent{Name: fyne.KeySpace}
	c.Focus(f.Focusable())
	f.entry.TypedRune(' ')
	for _, r := range "ab" {
		f.entry.TypedRune(r)
	}
	f.entry.TypedKey(space)
	f.entry.TypedRune(' ')
	c.Unfocus()
	c.Focus(f.Focusable())
	f.entry.TypedKey(space)
	f.entry.TypedRune(' ')
	if got := f.Text(); got != "ab  " {
		t.Errorf("typed %q", got)
	}
}
