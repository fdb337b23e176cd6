package first

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
)

func options(p *i18n.Printer, n nav.Navigator) Options {
	return Options{
		Printer: p, Nav: n, Sample: func() {}, Open: func() {}, Speak: func(string) {},
		Undone: func(func()) func() { return func() {} }, Today: func() {},
		Preview: Preview{
			Deck: "Понимание LLM", Section: "Лекция 1",
			Question: "Какую задачу решают LLM, подобные ChatGPT, на одном шаге? Что такое токен?",
			Answer:   kit.NewLabel("По уже написанному тексту угадывают следующий токен — кусочек слова из словаря модели. Потом ещё один, и ещё.", kit.RowText, theme.Ink),
			Cards:    20, Minutes: 6,
		},
	}
}

func TestPictures(t *testing.T) {
	shelltest.Each(t, "first", func(w shelltest.Window) nav.Screen { return New(options(w.Printer, w.Shell)) }, nil)
}

func TestEnterBeginsTheSample(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	began := 0
	o := options(i18n.New("ru"), &navtest.Navigator{})
	o.Sample = func() { began++ }
	s := New(o)
	if !s.Key(keys.Enter) || began != 1 {
		t.Errorf("Enter began the course %d times", began)
	}
	if s.Key(keys.Space) {
		t.Error("Space is no key of this screen")
	}
}

func TestLanguageMenu(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	n := &navtest.Navigator{}
	o := options(i18n.New("ru"), n)
	var spoken string
	o.Speak = func(lang string) { spoken = lang }
	s := New(o)
	s.languages()
	if len(n.Menus) != 1 || len(n.Menus[0]) != len(i18n.Languages) {
		t.Fatalf("menus: %v", n.Menus)
	}
	for _, item := range n.Menus[0] {
		if item.Text == "English" {
			item.Do()
		}
	}
	if spoken != "en" {
		t.Errorf("the program speaks %q", spoken)
	}
}

func TestADeckThatComesBackIsShown(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	o := options(i18n.New("ru"), &navtest.Navigator{})
	var undone func()
	cancelled, home := 0, 0
	o.Undone = func(f func()) func() { undone = f; return func() { cancelled++ } }
	o.Today = func() { home++ }
	s := New(o)
	s.Shown()
	undone()
	s.Hidden()
	undone()
	if home != 1 || cancelled != 1 {
		t.Errorf("shown %d times, cancelled %d times", home, cancelled)
	}
}
