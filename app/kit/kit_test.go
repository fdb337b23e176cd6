package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/theme"
	"lectern/assets/i18n"
)

// show puts an object on a canvas of the given size, in Russian and light.
func show(t *testing.T, o fyne.CanvasObject, w, h float32) fyne.Canvas {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	Speak(i18n.New("ru"))
	win := test.NewTempWindow(t, o)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	return win.Canvas()
}

func TestButtonIsPressedByPointerSpaceAndEnter(t *testing.T) {
	n := 0
	b := NewButton("Заниматься", Primary, func() { n++ })
	c := show(t, b, 300, 60)
	test.Tap(b)
	if n != 1 || c.Focused() != nil {
		t.Fatalf("a tap pressed %d times and left the focus on %v", n, c.Focused())
	}
	c.Focus(b)
	for _, k := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter} {
		b.TypedKey(&fyne.KeyEvent{Name: k})
	}
	b.TypedRune(' ')
	if n != 4 {
		t.Errorf("pressed %d times, want 4", n)
	}
	if c.Focused() != b {
		t.Error("pressing lost the focus")
	}
	b.SetDisabled("ещё рано")
	test.Tap(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if n != 4 {
		t.Error("a disabled button was pressed")
	}
}

func TestFocusedButtonHandsGradesToTheScreen(t *testing.T) {
	b := NewButton("Точнее", Quiet, func() { t.Error("pressed") })
	c := show(t, b, 300, 60)
	var got []keys.Key
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) { got = append(got, keys.FromEvent(ev)) })
	c.SetOnTypedRune(func(r rune) { got = append(got, keys.FromRune(r)) })
	c.Focus(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.Key3})
	b.TypedRune('у')
	if len(got) != 2 || got[0] != "3" || got[1] != keys.E {
		t.Errorf("the screen got %v", got)
	}
}

func TestRingOnlyFromTheKeyboard(t *testing.T) {
	b := NewButton("Готово", Primary, func() {})
	c := show(t, b, 300, 60)
	FocusQuietly(c, b)
	if b.ringed {
		t.Error("focus set by the program shows the ring")
	}
	c.Unfocus()
	c.FocusNext()
	if c.Focused() != b || !b.ringed {
		t.Error("Tab shows no ring")
	}
	c.Unfocus()
	if b.ringed {
		t.Error("the ring stays")
	}
}

func TestHoverChangesThePrimaryColour(t *testing.T) {
	b := NewButton("Готово", Primary, func() {})
	show(t, b, 300, 60)
	plain, _, _, _ := b.colours()
	b.MouseIn(&desktop.MouseEvent{})
	hovered, _, _, _ := b.colours()
	b.MouseOut()
	after, _, _, _ := b.colours()
	if plain != theme.Accent || hovered != theme.AccentHover || after != theme.Accent {
		t.Errorf("colours %s, %s, %s", plain, hovered, after)
	}
}

func TestButtonMeasures(t *testing.T) {
	show(t, NewButton("", Primary, nil), 10, 10)
	for _, c := range []struct {
		b      *Button
		height float32
	}{
		{NewButton("a", Primary, nil).Sized(theme.ControlMain, 0), 52},
		{NewButton("a", Secondary, nil), 44},
		{NewButton("a", Secondary, nil).Sized(theme.ControlSmall, 0), 36},
	} {
		if h := c.b.MinSize().Height; h != c.height {
			t.Errorf("height %v, want %v", h, c.height)
		}
	}
	plain := NewButton("Показать ответ", Primary, nil).MinSize().Width
	capped := NewButton("Показать ответ", Primary, nil).WithKey(keys.Space).MinSize().Width
	if capped <= plain+20 {
		t.Errorf("the key cap takes no room: %v and %v", plain, capped)
	}
}

func TestWrapKeepsShortWordsWithTheNext(t *testing.T) {
	show(t, NewText("", Body, theme.Ink), 10, 10)
	text := "Почему не на все workflow подействовала инъекция — и что с этим делать в итоге"
	for width := float32(90); width < 500; width += 7 {
		for _, line := range Answer.Wrap(text, width) {
			if w := Answer.Width(line); w > width {
				t.Fatalf("line %q is %v wide in %v", line, w, width)
			}
		}
	}
	for width := float32(200); width < 500; width += 7 {
		for _, line := range Answer.Wrap(text, width) {
			for _, bad := range []string{" не", " на", " и", " с", " в"} {
				if len(line) > len(bad) && line[len(line)-len(bad):] == bad {
					t.Errorf("a line of %v ends with %q", width, bad)
				}
			}
		}
	}
}

func TestWrapLosesNothing(t *testing.T) {
	show(t, NewText("", Body, theme.Ink), 10, 10)
	for _, text := range []string{"", "a", "оченьдлинноесловобезпробеловвнутри", "два\nабзаца тут", "a  b", "путь/к/файлу/и/дальше"} {
		for _, w := range []float32{1, 20, 60, 300} {
			joined := ""
			for _, l := range Body.Wrap(text, w) {
				joined += l
			}
			if strip(joined) != strip(text) {
				t.Errorf("%q in %v became %q", text, w, joined)
			}
		}
	}
}

func strip(s string) string {
	out := []rune{}
	for _, r := range s {
		if r != ' ' && r != '\n' && r != '\u00a0' {
			out = append(out, r)
		}
	}
	return string(out)
}

func TestBalanceKeepsTheNumberOfLines(t *testing.T) {
	show(t, NewText("", Body, theme.Ink), 10, 10)
	text := "Что будет, если мы установим температуру равной 10?"
	plain, even := Question.Wrap(text, 624), Question.Balance(text, 624)
	if len(plain) != 2 || len(even) != 2 {
		t.Fatalf("%d and %d lines", len(plain), len(even))
	}
	diff := func(l []string) float32 {
		d := Question.Width(l[0]) - Question.Width(l[1])
		if d < 0 {
			return -d
		}
		return d
	}
	if diff(even) > diff(plain) {
		t.Errorf("balanced lines are less even: %q", even)
	}
}

func TestLabelCutsAfterLines(t *testing.T) {
	l := NewLabel("Как с помощью всех текстов интернета и кучи GPU мы получаем ChatGPT?", RowText, theme.Ink)
	l.MaxLines = 2
	show(t, l, 180, 200)
	if h := l.HeightFor(180); h != 2*RowText.Line {
		t.Errorf("height %v, want two lines", h)
	}
	last := l.lines[1]
	if []rune(last)[len([]rune(last))-1] != '…' || RowText.Width(last) > 180 {
		t.Errorf("last line is %q", last)
	}
	if !l.Cut() {
		t.Error("a cut label does not know it")
	}
}

func TestElide(t *testing.T) {
	show(t, NewText("", Body, theme.Ink), 10, 10)
	s := "Чем отличается этап предобучения от этапа тонкой настройки"
	for w := float32(40); w < 500; w += 13 {
		if got := Body.Elide(s, w); Body.Width(got) > w {
			t.Errorf("%q is wider than %v", got, w)
		}
	}
	if Body.Elide(s, 1000) != s {
		t.Error("a text with room is cut")
	}
}

func TestRowGivesTheRestToFlex(t *testing.T) {
	a, b, c := Fixed(100, 20, Gap(0, 0)), Flex(Gap(0, 10)), Fixed(50, 30, Gap(0, 0))
	row := Row(10, Middle, a, b, c)
	show(t, row, 400, 40)
	if b.Size().Width != 230 || c.Position().X != 350 {
		t.Errorf("flex is %v wide, the last begins at %v", b.Size().Width, c.Position().X)
	}
}

func TestColumnHeightFollowsWidth(t *testing.T) {
	l := NewLabel("Распределение станет почти равномерным: модель будет выбирать следующий токен едва ли не наугад", Answer, theme.Ink)
	col := Pad(All(10), Column(12, l, Rule()))
	show(t, col, 400, 400)
	wide, narrow := HeightFor(col, 800), HeightFor(col, 200)
	if narrow <= wide {
		t.Errorf("%v at 200, %v at 800", narrow, wide)
	}
	if want := 2*Answer.Line + 12 + 1 + 20; HeightFor(col, 640) != want {
		t.Errorf("height %v, want %v", HeightFor(col, 640), want)
	}
}

func TestThemeChangeRepaints(t *testing.T) {
	x := NewText("чернила", Body, theme.Ink)
	show(t, x, 200, 40)
	before := x.drawn[0].Color
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.DarkMode))
	if x.drawn[0].Color == before {
		t.Error("the text keeps its colour")
	}
}

func TestLineIsCutWhereScriptsMeet(t *testing.T) {
	for s, want := range map[string][]string{
		"Понимание LLM › Сложные": {"Понимание ", "LLM › ", "Сложные"},
		"92 из 100": {"92 из 100"},
		"GPT":       {"GPT"},
		"":          {""},
		"1.2 → 1.3": {"1.2 → 1.3"},
	} {
		if got := scripts(s); !slices.Equal(got, want) {
			t.Errorf("%q became %q", s, got)
		}
	}
	x := NewText("Понимание LLM", Caption, theme.Muted)
	show(t, x, 200, 20)
	if at, want := x.drawn[1].Position().X, Caption.Width("Понимание "); at != want {
		t.Errorf("the Latin part begins at %v, want %v", at, want)
	}
}

// A scroll in a column that is too low has to give way, or nothing scrolls and
// what stands under it is lost.
func TestColumnTakesWhatLacksFromItsFlex(t *testing.T) {
	l := NewLabel("", Answer, theme.Ink)
	for range 40 {
		l.Text += "строка\n"
	}
	roll := NewScroll(l)
	foot := Fixed(100, 44, NewText("Сохранить", Body, theme.Ink))
	column := Column(10, NewText("Заголовок", Sub, theme.Ink), Flex(roll), foot)
	show(t, column, 300, 300)
	if got := foot.Position().Y + foot.Size().Height; got != 300 {
		t.Errorf("the foot ends at %v of 300", got)
	}
	if roll.AtEnd() || roll.Rest() == 0 {
		t.Error("the scroll cannot be scrolled")
	}
}
