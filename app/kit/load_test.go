package kit

import (
	"image/color"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
)

func TestSliderMovesByKeysAndPointerWithinItsEnds(t *testing.T) {
	var got []int
	s := NewSlider(70, 99, 90, func(v int) { got = append(got, v) })
	show(t, s, 324, 60)
	for _, k := range []keys.Key{keys.Left, keys.ShiftRight, keys.ShiftRight, keys.Right, keys.Home, keys.Left, keys.End} {
		s.Press(k)
	}
	test.TapAt(s, fyne.NewPos(knob, 10))
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(knob+100, 10)}})
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(-50, 10)}})
	want := []int{89, 94, 99, 70, 99, 70, 80, 70}
	if len(got) != len(want) {
		t.Fatalf("moved %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("moved %v, want %v", got, want)
		}
	}
	s.Set(85)
	if len(got) != len(want) || s.Value != 85 || s.Press(keys.Up) {
		t.Error("Set calls Changed, or a strange key is taken")
	}
}

// Numbers and costs never stand on one another, wherever the knob is, and the
// present number is always to be read.
func TestSliderWordsDoNotMeet(t *testing.T) {
	s := NewSlider(70, 99, 70, nil)
	s.Ticks = []int{70, 75, 80, 85, 90, 95, 97, 99}
	s.Cost = func(v int) string { return strconv.Itoa(v) + " минут" }
	for i := range 28 {
		s.Curve = append(s.Curve, 4+0.001*float64(i*i*i))
	}
	show(t, s, 500, sliderHigh)
	d := &sliderDraw{s: s, ring: newRing(knob), track: box(3), fill: box(3), knob: canvas.NewCircle(clear), dot: canvas.NewCircle(clear)}
	d.curve = canvas.NewRaster(d.paint)
	for v := 70; v <= 99; v++ {
		s.Set(v)
		d.make()
		d.layout(s.Size())
		if d.ticks[0].Hidden || v <= 97 && (d.costs[0].Hidden || d.costs[0].Text == "") || v > 97 && d.costs[0].Text != "" {
			t.Errorf("at %d the number is %q, its cost %q", v, d.ticks[0].Text, d.costs[0].Text)
		}
		for i, a := range d.costs {
			for _, b := range d.costs[:i] {
				apart := a.Hidden || b.Hidden || a.Text == "" || b.Text == "" ||
					a.Position().X >= b.Position().X+b.Size().Width || b.Position().X >= a.Position().X+a.Size().Width ||
					a.Position().Y >= b.Position().Y+Caption.Line || b.Position().Y >= a.Position().Y+Caption.Line
				if !apart {
					t.Errorf("at %d %q stands on %q", v, a.Text, b.Text)
				}
			}
		}
	}
}

func TestChartChoosesByPointerAndKeys(t *testing.T) {
	var got []int
	c := NewChart(func(v float64) string { return strconv.Itoa(int(v)) })
	c.Set(Line{Values: []float64{1, 5, 3, 8, 2}, Name: "a", Strong: true}, Line{Values: []float64{2, 2, 2, 2, 2}, Name: "b"})
	c.Picked = func(i int) { got = append(got, i) }
	c.Chosen = 2
	show(t, c, 400, 220)
	test.TapAt(c, fyne.NewPos(399, 100))
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	test.TapAt(c, fyne.NewPos(2, 100))
	if len(got) != 3 || got[0] != 4 || got[1] != 3 || got[2] != 0 || c.Chosen != 0 {
		t.Errorf("picked %v, %d is marked", got, c.Chosen)
	}
	said := 0
	c.Tip = func(i int) string { said = i; return "x" }
	c.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(399, 100)}})
	if said != 4 {
		t.Errorf("the end answers for step %d", said)
	}
	c.Picked = nil
	test.TapAt(c, fyne.NewPos(300, 100))
	if c.Chosen != 0 {
		t.Error("a chart without a choice was moved")
	}
}

// Whatever the values, they lie within the chart and its scale has a few lines.
func TestChartScaleHoldsItsValues(t *testing.T) {
	for _, v := range [][]float64{{0, 0}, {0.2, 0.7}, {3, 3}, {12, 97}, {1e-9, 1}, {4, 15000}} {
		c := NewChart(func(v float64) string { return strconv.FormatFloat(v, 'g', 3, 64) })
		c.Set(Line{Values: v})
		show(t, c, 500, 222)
		p := c.plot(fyne.NewSize(500, 222))
		if len(p.grid) < 2 || len(p.grid) > 8 {
			t.Errorf("%v: %d lines in the scale", v, len(p.grid))
		}
		for _, x := range v {
			if y := p.y(x); y < p.top-0.5 || y > p.floor+0.5 {
				t.Errorf("%v: %v lies at %v, not between %v and %v", v, x, y, p.top, p.floor)
			}
		}
	}
}

// The names of two lines never stand on one another nor under the axis, however
// near the lines are to each other or to it.
func TestChartNamesDoNotMeet(t *testing.T) {
	for _, ends := range [][2]float64{{90, 10}, {10, 90}, {1, 0}, {0, 0}, {50, 50}, {100, 99}} {
		c := NewChart(func(v float64) string { return strconv.Itoa(int(v)) })
		c.Top = 100
		c.Set(Line{Values: []float64{50, ends[0]}, Name: "одна", Strong: true}, Line{Values: []float64{50, ends[1]}, Name: "другая"})
		show(t, c, 400, 220)
		var names []*canvas.Text
		for _, o := range test.WidgetRenderer(c).Objects() {
			if text, ok := o.(*canvas.Text); ok && (text.Text == "одна" || text.Text == "другая") {
				names = append(names, text)
			}
		}
		if len(names) != 2 {
			t.Fatalf("%v: %d names", ends, len(names))
		}
		apart := names[0].Position().Y - names[1].Position().Y
		floor := c.plot(c.Size()).floor
		if max(apart, -apart) < Caption.Line-2 || names[0].Position().Y > floor-Caption.Line+2 || names[1].Position().Y > floor-Caption.Line+2 {
			t.Errorf("%v: the names stand at %v and %v, the axis at %v", ends, names[0].Position().Y, names[1].Position().Y, floor)
		}
	}
}

func TestFoldTakesRoomOnlyWhenOpen(t *testing.T) {
	f := NewFold("Дополнительно", "шаги", Gap(10, 200))
	show(t, Column(0, f), 400, 400)
	closed := f.HeightFor(400)
	test.Tap(f.head)
	if got := f.HeightFor(400); got != closed+200 || !f.Opened() {
		t.Errorf("open it is %v high, closed %v", got, closed)
	}
	f.head.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if f.HeightFor(400) != closed || f.Content.Visible() {
		t.Error("it does not close by the arrow")
	}
}

func TestPickerTakesByArrowsAndMenu(t *testing.T) {
	var got []int
	p := NewPicker([]string{"по порядку", "наоборот", "вперемешку"}, 0, func(i int) { got = append(got, i) })
	c := show(t, Pad(All(8), p), 400, 400)
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	menu := TopOverlay(c)
	if menu == nil {
		t.Fatal("Enter opens no menu")
	}
	menu.Key(keys.Up)
	menu.Key(keys.Enter)
	if len(got) != 2 || got[0] != 1 || got[1] != 2 {
		t.Errorf("took %v", got)
	}
}

func TestLevelGoesRoundByPressAndStopsByArrows(t *testing.T) {
	var got []int
	l := NewLevel("Пн", [3]string{"все", "меньше", "почти ничего"}, 0, func(i int) { got = append(got, i) })
	show(t, l, 100, 130)
	test.Tap(l)
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	test.Tap(l)
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if len(got) != 3 || got[0] != 1 || got[1] != 2 || got[2] != 0 {
		t.Errorf("moved %v", got)
	}
}

func TestPairedBarsShareTheirScale(t *testing.T) {
	b := NewBars([]Bar{{Value: 10, Was: 40}, {Value: 20, Was: 5}}, nil)
	b.Paired = true
	show(t, b, 200, 112)
	if b.MinSize().Width > 100 {
		t.Errorf("thirty days are at least %v wide", 15*b.MinSize().Width)
	}
	r := test.WidgetRenderer(b)
	tallest := float32(0)
	for _, o := range r.Objects() {
		if w := o.Size().Width; w > 5 && w < 30 && o.Size().Height < 100 {
			tallest = max(tallest, o.Size().Height)
		}
	}
	if tallest != 112-25-22 {
		t.Errorf("the day with most is %v high", tallest)
	}
}

// A stroke covers what lies under it and leaves its dashes' gaps free, at any
// scale of the screen.
func TestStrokeCoversItsLine(t *testing.T) {
	for _, scale := range []int{1, 2} {
		img := paintStrokes(100*scale, 20*scale, fyne.NewSize(100, 20), []stroke{
			{points: []fyne.Position{{X: 0, Y: 10}, {X: 7, Y: 10}, {X: 100, Y: 10}}, width: 4, colour: color.NRGBA{R: 9, A: 255}, dash: 10, gap: 10},
		})
		for x, want := range map[int]uint8{5: 255, 15: 0, 25: 255, 35: 0, 85: 255} {
			if got := img.NRGBAAt(x*scale, 10*scale).A; got != want {
				t.Errorf("scale %d: cover %d at %d, want %d", scale, got, x, want)
			}
		}
		if img.NRGBAAt(5*scale, 4*scale).A != 0 {
			t.Errorf("scale %d: the stroke is too wide", scale)
		}
	}
}

// Whoever walks by Tab sees where he is.
func TestFocusComesIntoSight(t *testing.T) {
	col := Column(8)
	var last *Button
	for range 30 {
		last = NewButton("Строка", Secondary, nil)
		col.Add(last)
	}
	field := NewField("", "", nil)
	col.Add(field)
	s := NewScroll(col)
	c := show(t, s, 300, 200)
	c.Focus(last)
	if y := last.Position().Y; s.Offset()+200 < y+44 || s.Offset() > y {
		t.Errorf("the row lies at %v, shown is %v and below", y, s.Offset())
	}
	s.ScrollTo(0)
	c.Focus(field.Focusable())
	if !s.AtEnd() {
		t.Error("a field stays out of sight")
	}
	FocusQuietly(c, col.Objects[0].(*Button))
	if !s.AtEnd() {
		t.Error("a focus the program sets itself scrolls")
	}
}
