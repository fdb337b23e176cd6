package kit

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/theme"
)

func rows(n int) (*List, *int) {
	made := 0
	l := NewList(40, func(i int) fyne.CanvasObject {
		made++
		return NewText(fmt.Sprint("строка ", i), Body, theme.Ink)
	})
	l.Set(n, 0)
	return l, &made
}

// A list of any length makes the rows in sight and no others.
func TestListMakesWhatIsSeen(t *testing.T) {
	l, made := rows(100_000)
	show(t, l, 300, 400)
	if *made > 12 {
		t.Errorf("%d rows made for 10 in sight", *made)
	}
	*made = 0
	l.Press(keys.End)
	if l.At() != 99_999 || l.shown[99_999] == nil || !l.shown[99_999].item.Selected || *made > 12 {
		t.Errorf("at %d, %d rows made", l.At(), *made)
	}
	if len(l.shown) > 12 {
		t.Errorf("%d rows are kept", len(l.shown))
	}
	last := l.shown[99_999].item
	if y := last.Position().Y - l.inner.Offset.Y; y+last.Size().Height > 400.5 {
		t.Errorf("the last row ends at %v of 400", y+last.Size().Height)
	}
	l.Set(3, 1)
	if l.inner.Offset.Y != 0 || len(l.shown) != 3 {
		t.Errorf("with 3 rows: moved by %v, %d shown", l.inner.Offset.Y, len(l.shown))
	}
	l.Set(0, -1)
	for _, k := range []keys.Key{keys.Up, keys.Down, keys.Home, keys.End, keys.PageDown, keys.Enter} {
		l.Press(k)
	}
	if l.At() != -1 {
		t.Errorf("an empty list chose row %d", l.At())
	}
}

func TestListMovesAndOpens(t *testing.T) {
	l, _ := rows(50)
	var moved, opened []int
	l.Moved = func(i int) { moved = append(moved, i) }
	l.Opened = func(i int) { opened = append(opened, i) }
	show(t, l, 300, 400)
	for _, k := range []keys.Key{keys.Down, keys.PageDown, keys.Up, keys.Home, keys.Up} {
		l.Press(k)
	}
	if got := fmt.Sprint(moved); got != "[1 10 9 0]" {
		t.Errorf("moved to %s", got)
	}
	if l.Press(keys.P) {
		t.Error("a letter is taken")
	}
	test.Tap(l.shown[2].item)
	test.Tap(l.shown[2].item)
	l.AtOnce = true
	test.Tap(l.shown[4].item)
	if got := fmt.Sprint(opened); got != "[2 4]" {
		t.Errorf("opened %s", got)
	}
}

func TestTextKnowsWhenItIsCut(t *testing.T) {
	x := NewText("очень длинная строка", Body, theme.Ink)
	x.Elide = true
	show(t, x, 80, 24)
	if !x.Cut() {
		t.Error("a cut line says it is whole")
	}
	x.Resize(fyne.NewSize(400, 24))
	if x.Cut() {
		t.Error("a whole line says it is cut")
	}
}

func TestListOfManyChoosesARange(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	moved := 0
	l := NewList(20, func(int) fyne.CanvasObject { return NewText("x", Body, theme.Ink) })
	l.Many, l.Moved = true, func(int) { moved++ }
	test.NewTempWindow(t, l).Resize(fyne.NewSize(200, 200))
	l.Resize(fyne.NewSize(200, 200))
	l.Set(50, -1)
	for _, c := range []struct {
		key      keys.Key
		from, to int
	}{
		{keys.Down, 0, 1}, {keys.Down, 1, 2}, {keys.ShiftDown, 1, 3}, {keys.ShiftDown, 1, 4}, {keys.ShiftUp, 1, 3}, {keys.ShiftUp, 1, 2},
		{keys.ShiftUp, 0, 2}, {keys.ShiftUp, 0, 2}, {keys.Down, 1, 2}, {keys.CtrlA, 0, 50}, {keys.Up, 48, 49}, {keys.CtrlA, 0, 50}, {keys.End, 49, 50},
	} {
		if !l.Press(c.key) {
			t.Fatalf("%s is not taken", c.key)
		}
		if from, to := l.Range(); from != c.from || to != c.to {
			t.Errorf("after %s rows %d to %d, want %d to %d", c.key, from, to, c.from, c.to)
		}
	}
	l.Press(keys.CtrlA)
	l.Renew()
	if from, to := l.Range(); from != 0 || to != 50 {
		t.Error("made anew, the choice is lost")
	}
	for i, r := range l.shown {
		if !r.item.Selected {
			t.Errorf("row %d is not marked", i)
		}
	}
	if l.Set(50, 3); moved != 13 {
		t.Errorf("said %d moves", moved)
	}
	if from, to := l.Range(); from != 3 || to != 4 {
		t.Errorf("set anew it has %d to %d", from, to)
	}
	l.Many = false
	if l.Press(keys.ShiftDown) || l.Press(keys.CtrlA) {
		t.Error("a list of one choice takes a range")
	}
}
