package importer

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/importer/sketch"
	"lectern/app/keys"
	"lectern/app/nav/navtest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/lecture"
)

// large is a page with so many questions, each under a few paragraphs.
func large(questions int) string {
	var b strings.Builder
	b.WriteString("# Курс\n\n")
	for i := range questions {
		if i%20 == 0 {
			fmt.Fprintf(&b, "## Вопросы к лекции %d\n\n", i/20+1)
		}
		fmt.Fprintf(&b, "- Что такое понятие номер %d и зачем оно нужно в главе %d?\n\n  Ответ: понятие %d нужно, чтобы **считать** `x%d`.\n\n", i, i%7, i, i)
		if i%20 == 19 {
			b.WriteString(strings.Repeat("Абзац лекции, в котором рассказано о том, что было и чего не было, подробно и с примерами.\n\n", 60))
		}
	}
	return b.String()
}

func BenchmarkLarge(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New(theme.LightMode))
	c, err := collection.Open(context.Background(), b.TempDir(), collection.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	text := large(1000)
	page, x, err := lecture.Extract(context.Background(), []byte(text), "a.md", nil)
	if err != nil {
		b.Fatal(err)
	}
	make := func(text string) *Screen {
		o := Options{
			Collection: c, Nav: &navtest.Navigator{}, Printer: i18n.New("ru"), Name: "a.md", Text: text,
			Pages: []sketch.Page{{Page: page, Name: "a.md", Found: x}}, Origin: collection.Origin{Kind: "page", Name: "a.md"},
			Done: func(collection.InstallResult) {}, Later: func(time.Duration, func()) func() { return func() {} },
		}
		s := New(o)
		test.NewTempWindow(b, s.object).Resize(fyne.NewSize(1280, 736))
		return s
	}
	acts := func(b *testing.B, s *Screen) {
		b.Logf("%d blocks, %d cards", len(page.Blocks), len(s.now.Cards))
		b.Run("walk", func(b *testing.B) {
			for b.Loop() {
				s.Key(keys.Down)
			}
		})
		b.Run("tick", func(b *testing.B) {
			for b.Loop() {
				s.Key(keys.Space)
			}
		})
		b.Run("join and undo", func(b *testing.B) {
			s.walk(1)
			for b.Loop() {
				s.Key(keys.M)
				s.Key(keys.CtrlZ)
			}
		})
		b.Run("scroll", func(b *testing.B) {
			y := float32(0)
			for b.Loop() {
				y += 60
				if y > s.left.strip.end()-1000 {
					y = 0
				}
				s.left.strip.scrollTo(y)
				s.follow(y, s.left, s.right, s.left.strip, s.right.strip)
			}
		})
	}
	b.Run("new", func(b *testing.B) {
		b.Run("open", func(b *testing.B) {
			for b.Loop() {
				make(text)
			}
		})
		acts(b, make(text))
	})
	s := make(text)
	s.finish()
	b.Run("again", func(b *testing.B) {
		b.Run("open", func(b *testing.B) {
			for b.Loop() {
				make(text)
			}
		})
		acts(b, make(text))
	})
}
