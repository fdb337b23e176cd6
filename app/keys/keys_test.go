package keys

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestLettersInBothAlphabets(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range []struct {
		runes string
		want  Key
	}{
		{"eEуУ", E}, {"pPзЗ", P}, {"fFаА", F}, {"rRкК", R}, {"aAфФ", A}, {"mMьЬ", M}, {"uUгГ", U}, {"kKлЛ", K}, {"gGпП", G},
	} {
		for _, r := range c.runes {
			if got := FromRune(r); got != c.want {
				t.Errorf("%c is %q, want %q", r, got, c.want)
			}
		}
	}
	if E.Cyrillic() != "У" || M.Cyrillic() != "Ь" || Space.Cyrillic() != "" || Key("1").Cyrillic() != "" {
		t.Error("the letter on the same key is wrong")
	}
}

func TestEveryLatinLetterHasARussianOne(t *testing.T) {
	seen := map[string]bool{}
	for r := 'A'; r <= 'Z'; r++ {
		c := Key(string(r)).Cyrillic()
		if c == "" || seen[c] {
			t.Errorf("%c has %q", r, c)
		}
		seen[c] = true
		if got := FromRune([]rune(c)[0]); got != Key(string(r)) {
			t.Errorf("%s goes back to %s, want %c", c, got, r)
		}
	}
}

func TestRunesAreNeverDigitsOrSpace(t *testing.T) {
	for _, r := range " 0123456789\n\t.,?хъжэюбё" {
		if got := FromRune(r); got != None {
			t.Errorf("rune %q acts as %q", r, got)
		}
	}
}

func TestEvents(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range []struct {
		name fyne.KeyName
		want Key
	}{
		{fyne.Key1, "1"}, {fyne.Key0, "0"}, {fyne.KeySpace, Space}, {fyne.KeyReturn, Enter}, {fyne.KeyEnter, Enter},
		{fyne.KeyEscape, Esc}, {fyne.KeyF1, F1}, {fyne.KeyF11, F11}, {fyne.KeyUp, Up}, {fyne.KeyDelete, Delete},
		{fyne.KeyF, None}, {fyne.KeyE, None}, {"", None}, {fyne.KeyComma, None}, {"LeftShift", None},
	} {
		if got := FromEvent(&fyne.KeyEvent{Name: c.name}); got != c.want {
			t.Errorf("%q is %q, want %q", c.name, got, c.want)
		}
	}
}

func TestChordsGoThereAndBack(t *testing.T) {
	for _, k := range Chords {
		for _, s := range Shortcuts(k) {
			if got := FromShortcut(s); got != k {
				t.Errorf("%s becomes %s (%s)", k, got, s.ShortcutName())
			}
		}
	}
	if len(Shortcuts(CtrlEnter)) != 2 {
		t.Error("Ctrl Enter does not listen to the keypad")
	}
}

func TestLabels(t *testing.T) {
	for k, want := range map[Key]string{
		Space: "Пробел", Enter: "Enter", CtrlEnter: "Ctrl Enter", CtrlShiftC: "Ctrl Shift C", Up: "↑",
		ShiftDown: "Shift ↓", "3": "3", Delete: "Del", AltLeft: "Alt ←", "Ctrl+Space": "Ctrl Пробел",
	} {
		if got := k.Label("Пробел"); got != want {
			t.Errorf("%s reads %q, want %q", k, got, want)
		}
	}
}

func TestDigit(t *testing.T) {
	if d, ok := Key("3").Digit(); !ok || d != 3 {
		t.Error("3 is not three")
	}
	for _, k := range []Key{Space, "Shift+3", F1, None, A} {
		if _, ok := k.Digit(); ok {
			t.Errorf("%s is a digit", k)
		}
	}
}
