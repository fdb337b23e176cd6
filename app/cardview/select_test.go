package cardview

import (
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
)

// window shows views one under another, 624 wide.
func window(t testing.TB, views ...*View) fyne.Window {
	t.Helper()
	var all []fyne.CanvasObject
	for _, v := range views {
		all = append(all, v)
	}
	column := kit.Column(20, all...)
	w := test.NewTempWindow(t, container.NewStack(column))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(624, kit.HeightFor(column, 624)))
	return w
}

func press(v *View, at fyne.Position, more ...func(*desktop.MouseEvent)) {
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: at}}
	for _, f := range more {
		f(e)
	}
	v.MouseDown(e)
	v.MouseUp(e)
}

// middle is the middle of where a text is drawn.
func middle(t testing.TB, v *View, text string) fyne.Position {
	t.Helper()
	for _, r := range v.current().runs {
		if i := strings.Index(r.text, text); i >= 0 {
			from := len([]rune(r.text[:i]))
			x0, x1 := r.at(from), r.at(from+len([]rune(text)))
			if r.whole {
				x0, x1 = 0, r.w
			}
			return fyne.NewPos(r.x+(x0+x1)/2, r.y+r.h/2)
		}
	}
	t.Fatalf("%q is not on the page", text)
	return fyne.Position{}
}

const sample = "Логиты делятся на $T$, и **разница** сжимается `exp(z)`: см. [статью](https://example.org/a).\n\n" +
	"- первый\n- второй\n\n| А | Б |\n|---|---|\n| 1 | 2 |\n\n```go\nif x {\n\treturn\n}\n```\n\n$$x = y$$\n\nконец"

func TestSelectedIsTheExactText(t *testing.T) {
	open(t)
	v := answerOf(sample)
	window(t, v)
	v.SelectAll()
	want := "Логиты делятся на $T$, и разница сжимается exp(z): см. статью.\n\n• первый\n• второй\n\n" +
		"А\tБ\n1\t2\n\nif x {\n\treturn\n}\n\n$$x = y$$\n\nконец"
	if got := v.Selected(); got != want {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	v.Deselect()
	if v.Selected() != "" {
		t.Error("still selected")
	}
}

func TestDragSelects(t *testing.T) {
	open(t)
	v := answerOf(sample)
	window(t, v)
	from, to := middle(t, v, "Логиты"), middle(t, v, "первый")
	v.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: from}})
	v.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: to}})
	v.DragEnd()
	if got := v.Selected(); !strings.HasPrefix(got, "иты делятся на $T$, и разница") || !strings.HasSuffix(got, "\n\n• пер") {
		t.Errorf("selected %q", got)
	}
	if len(v.boxes()) < 2 {
		t.Errorf("%d boxes", len(v.boxes()))
	}
	// Backwards it is the same.
	got := v.Selected()
	v.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: to}})
	v.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: from}})
	if v.Selected() != got {
		t.Errorf("backwards %q", v.Selected())
	}
	v.Resize(fyne.NewSize(300, v.HeightFor(300)))
	if v.Selected() != got {
		t.Errorf("in a narrow column %q", v.Selected())
	}
}

func TestClicksSelect(t *testing.T) {
	open(t)
	v := answerOf(sample)
	window(t, v)
	at := middle(t, v, "разница")
	press(v, at)
	if v.Selected() != "" {
		t.Errorf("one click selects %q", v.Selected())
	}
	press(v, at)
	if v.Selected() != "разница" {
		t.Errorf("two clicks select %q", v.Selected())
	}
	press(v, at)
	if !strings.HasPrefix(v.Selected(), "Логиты") || !strings.HasSuffix(v.Selected(), "конец") {
		t.Errorf("three clicks select %q", v.Selected())
	}
	press(v, middle(t, v, "$T$"))
	press(v, middle(t, v, "$T$"))
	if v.Selected() != "$T$" {
		t.Errorf("on a formula %q", v.Selected())
	}
	press(v, middle(t, v, "делятся"))
	press(v, middle(t, v, "конец"), func(e *desktop.MouseEvent) { e.Modifier = fyne.KeyModifierShift })
	if got := v.Selected(); !strings.HasPrefix(got, "тся на $T$") && !strings.HasPrefix(got, "ятся на $T$") || !strings.Contains(got, "$$x = y$$\n\nко") {
		t.Errorf("with Shift %q", got)
	}
}

func TestOneSelectionForAll(t *testing.T) {
	open(t)
	a, b := answerOf("первый"), answerOf("второй")
	window(t, a, b)
	a.SelectAll()
	b.SelectAll()
	if a.Selected() != "" || b.Selected() != "второй" {
		t.Errorf("%q and %q", a.Selected(), b.Selected())
	}
	b.SetDocument(content.Parse("третий"), Style{Type: kit.Answer})
	if b.Selected() != "" {
		t.Error("the selection outlives its document")
	}
}

// Keys the view has no use for go on to the screen.
func TestKeysGoOn(t *testing.T) {
	open(t)
	v := answerOf("слово за слово")
	w := window(t, v)
	c := w.Canvas()
	var typed []fyne.KeyName
	var runes []rune
	var chords []keys.Key
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { typed = append(typed, e.Name) })
	c.SetOnTypedRune(func(r rune) { runes = append(runes, r) })
	kit.OnChord(c, func(k keys.Key) { chords = append(chords, k) })

	if c.FocusNext(); c.Focused() != nil {
		t.Fatal("a view without a selection is a stop for Tab")
	}
	press(v, middle(t, v, "слово"))
	press(v, middle(t, v, "слово"))
	if c.Focused() != fyne.Focusable(v) {
		t.Fatal("the view with the selection has no keyboard")
	}
	for _, k := range []fyne.KeyName{fyne.KeySpace, fyne.Key1, fyne.KeyReturn} {
		c.Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
	c.Focused().TypedRune('г')
	v.TypedShortcut(&fyne.ShortcutUndo{})
	if len(typed) != 3 || len(runes) != 1 || len(chords) != 1 || chords[0] != keys.CtrlZ {
		t.Errorf("the screen got %v %v %v", typed, runes, chords)
	}
	v.TypedShortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "слово" {
		t.Errorf("copied %q", got)
	}
	v.TypedShortcut(&fyne.ShortcutSelectAll{})
	if v.Selected() != "слово за слово" {
		t.Errorf("selected %q", v.Selected())
	}
	v.SetDocument(content.Parse("другое"), Style{Type: kit.Answer})
	if c.Focused() != nil {
		t.Error("the keyboard stays with a view that has no selection")
	}
}

func TestLinks(t *testing.T) {
	open(t)
	var pressed string
	v := New(Options{Link: func(u string) { pressed = u }})
	v.SetDocument(content.Parse("см. [статью о моделях](https://example.org/a) и ещё"), Style{Type: kit.Answer})
	window(t, v)
	on, off := middle(t, v, "статью"), middle(t, v, "ещё")
	v.Tapped(&fyne.PointEvent{Position: off})
	if pressed != "" {
		t.Errorf("%q was pressed", pressed)
	}
	v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: on}})
	if v.Cursor() != desktop.PointerCursor || shownRules(v) != 1 {
		t.Error("the link does not answer the pointer")
	}
	v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: off}})
	if v.Cursor() != desktop.TextCursor || shownRules(v) != 0 {
		t.Error("the link answers from afar")
	}
	v.Tapped(&fyne.PointEvent{Position: on})
	if pressed != "https://example.org/a" {
		t.Errorf("pressed %q", pressed)
	}
}

func TestAPictureIsEnlarged(t *testing.T) {
	open(t)
	var pressed []string
	v := New(Options{Pictures: &blank{}, Enlarge: func(src string) { pressed = append(pressed, src) }})
	v.SetDocument(content.Parse("Схема:\n\n![этапы](stages.svg)"), Style{Type: kit.Answer, Tallest: 300})
	window(t, v)
	var at fyne.Position
	for _, r := range v.current().runs {
		if r.src != "" {
			at = fyne.NewPos(r.x+r.w/2, r.y+r.h/2)
		}
	}
	off := middle(t, v, "Схема:")
	v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: off}})
	if v.Cursor() != desktop.TextCursor {
		t.Error("text answers the pointer as a picture does")
	}
	v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	if v.Cursor() != desktop.PointerCursor {
		t.Error("the picture does not answer the pointer")
	}
	v.Tapped(&fyne.PointEvent{Position: off})
	v.Tapped(&fyne.PointEvent{Position: at})
	if len(pressed) != 1 || pressed[0] != "stages.svg" {
		t.Errorf("enlarged %q", pressed)
	}
}

func shownRules(v *View) (n int) {
	for _, o := range test.WidgetRenderer(v).Objects() {
		if r, ok := o.(*canvas.Rectangle); ok && r.Visible() && r.FillColor == theme.Color(theme.Accent) {
			n++
		}
	}
	return n
}

func TestHitFindsEveryLetter(t *testing.T) {
	open(t)
	rapid.Check(t, func(t *rapid.T) {
		v := viewOf(content.Document{Blocks: blocks(t, 1)}, Style{Type: kit.Answer})
		p := v.page(fallbackWidth)
		for i, r := range p.runs {
			n := len([]rune(r.text))
			if n == 0 || r.whole || r.pane > 0 || r.w < 2 {
				continue
			}
			k := rapid.IntRange(0, n-1).Draw(t, "letter")
			x0, x1 := r.at(k), r.at(k+1)
			if x1-x0 < 2 {
				continue
			}
			got, in := v.hit(fyne.NewPos(r.x+x0+(x1-x0)*0.25, r.y+r.h/2))
			if in != i || got != r.start+k {
				t.Fatalf("letter %d of %q (run %d) is found as %d in %d", k, r.text, i, got-r.start, in)
			}
		}
	})
}

func TestThemeRepaints(t *testing.T) {
	open(t)
	v := answerOf("слово")
	window(t, v)
	ink := func() color.Color {
		for _, o := range test.WidgetRenderer(v).Objects() {
			if x, ok := o.(*canvas.Text); ok {
				return x.Color
			}
		}
		return nil
	}
	light := ink()
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.DarkMode))
	v.Refresh()
	if dark := ink(); dark == light || dark != theme.Color(theme.Ink) {
		t.Errorf("light %v, dark %v", light, dark)
	}
}

func TestPendingFormula(t *testing.T) {
	open(t)
	b := &blank{wait: true}
	v := New(Options{Math: b})
	v.SetDocument(content.Parse("слово $x^2$ слово\n\n$$y$$"), Style{Type: kit.Answer})
	window(t, v)
	v.SelectAll()
	before := v.Selected()
	if images(v) != 0 || !strings.Contains(before, "$x^2$") {
		t.Fatalf("%d images, %q", images(v), before)
	}
	b.all()
	if images(v) != 2 {
		t.Errorf("%d formulas are drawn", images(v))
	}
	if v.Selected() != before {
		t.Errorf("selected %q", v.Selected())
	}
}

func images(v *View) (n int) {
	for _, o := range test.WidgetRenderer(v).Objects() {
		if _, ok := o.(*canvas.Image); ok {
			n++
		}
	}
	return n
}

func TestHighlight(t *testing.T) {
	open(t)
	v := answerOf("Чёрный ящик, **чёр**ная дыра")
	v.SetHighlight([]string{"черн"})
	n := 0
	for _, it := range v.page(624).back {
		if it.look.colour == theme.Mark {
			n++
		}
	}
	if n != 3 { // «Чёрн», bold «чёр», «н»
		t.Errorf("%d marks", n)
	}
	v.SetHighlight(nil)
	if len(v.page(624).back) != 0 {
		t.Error("the marks stay")
	}
}

func TestWideCodeScrolls(t *testing.T) {
	open(t)
	v := answerOf("```\n" + strings.Repeat("слово ", 40) + "\n```")
	window(t, v)
	p := v.current()
	if len(p.panes) != 1 || p.panes[0].inner <= 624 {
		t.Fatalf("panes %v", p.panes)
	}
	first, _ := v.hit(fyne.NewPos(100, 20))
	v.scroll(1, 200)
	if second, _ := v.hit(fyne.NewPos(100, 20)); second <= first {
		t.Errorf("after scrolling the letter under the pointer is %d, before %d", second, first)
	}
	v.scroll(1, 1e6)
	if got, want := v.offset(1), p.panes[0].inner-p.panes[0].w; got != want {
		t.Errorf("scrolled to %g, the end is %g", got, want)
	}
}

func TestLongestPageIsQuick(t *testing.T) {
	open(t)
	v := answerOf(strings.Repeat("слово", 20_000) + "\n\n" + strings.Repeat("в ", 20_000))
	if h := v.HeightFor(300); h < 1000 {
		t.Errorf("height %g", h)
	}
}

var long = strings.Repeat("Логиты делятся на $T$, и **разница** сжимается вдесятеро: `exp(z)` растёт *медленно*, см. статью.\n\n", 70)

// A page of 10 kB at a new width, its words known.
func BenchmarkLayout(b *testing.B) {
	open(b)
	v := answerOf(long)
	v.HeightFor(600)
	b.SetBytes(int64(len(long)))
	for i := range b.N {
		v.HeightFor(float32(400 + i%200))
	}
}

// A document of 10 kB from the beginning.
func BenchmarkDocument(b *testing.B) {
	open(b)
	doc := content.Parse(long)
	v := answerOf(long)
	v.HeightFor(624)
	b.SetBytes(int64(len(long)))
	for range b.N {
		v.SetDocument(doc, Style{Type: kit.Answer})
		v.HeightFor(624)
	}
}
