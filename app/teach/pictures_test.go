package teach_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/shell/shelltest"
	"lectern/app/teach"
	"lectern/app/teach/bench"
	"lectern/app/teach/classroom"
	"lectern/app/teach/launch"
	"lectern/app/teach/workshop"
)

// shown makes a screen in a window of its own.
func (d *desk) shown(w shelltest.Window, name string) nav.Screen {
	d.p = w.Printer
	switch name {
	case "courses", "courses-new":
		return teach.New(teach.Options{Settings: d.set, Nav: w.Shell, Printer: d.p, Reveal: d.open, Background: atOnce, Work: func(string, bool) {}})
	case "launch", "launch-keys":
		o := d.launching(atOnce)
		o.Nav = w.Shell
		return launch.New(o)
	case "class", "class-report":
		return classroom.New(classroom.Options{Course: d.bench(""), State: d.state, Nav: w.Shell, Printer: d.p, Background: atOnce, Edit: d.open})
	}
	return workshop.New(workshop.Options{
		Course: func() workshop.Course { return d.bench(d.site()) }, Nav: w.Shell, Printer: d.p, Dir: d.dir, Background: atOnce, Made: name == "course-new",
		Edit: d.open, Reveal: d.open, Copy: func(string) {}, Release: func(bench.State) {}, Class: func(bench.State) {},
	})
}

// Every screen of an instructor can be drawn at each size, in both languages, with what
// it shows on the way from a new course to its second release.
func TestPictures(t *testing.T) {
	for name, prepare := range map[string]func(*desk){
		"courses":      func(d *desk) { d.begin() },
		"courses-none": nil,
		"courses-new":  nil,
		"course-new":   func(d *desk) { d.begin() },
		"course-wrong": func(d *desk) {
			d.begin()
			d.add("Вопрос: Что на схеме?\nОтвт: Кэш.\n\nВопрос: Чей ключ?\nОтвет: Мой. ![Схема](media/нет.svg)\n\nТест: Что хранит KV-кэш?\n- [ ] Градиенты\n- [ ] Логиты\n")
		},
		"course-changed": func(d *desk) {
			d.released()
			d.swap("Ответ: Определение 3.", "Ответ: Вероятность следующего токена при данном начале текста.")
			d.swap("Что такое понятие номер 5 из лекции?", "Что такое понятие № 5 из второй лекции?")
			d.add("Вопрос: Зачем в scaled dot-product attention делят на $\\sqrt{d_k}$?\nОтвет: Чтобы дисперсия не росла с размерностью.\n")
			d.workshop().Key(keys.F5)
		},
		"launch-keys": func(d *desk) { d.begin(); d.tap(d.workshop(), "Выпустить…") },
		"launch": func(d *desk) {
			d.released()
			d.swap("# ", "# Новое: ")
			d.tap(d.workshop(), "Выпустить…")
		},
		"launch-done": func(d *desk) { d.begin(); d.tap(d.workshop(), "Выпустить…") },
		"class":       func(d *desk) { d.begin(); d.tap(d.workshop(), "От студентов…"); d.handIn(7) },
		"class-report": func(d *desk) {
			d.begin()
			d.tap(d.workshop(), "От студентов…")
			d.handIn(7)
		},
	} {
		if os.Getenv("LECTERN_SHOTS") == "" && !strings.HasPrefix(name, "course-") {
			continue // the other tests draw them
		}
		once := at(t)
		if prepare != nil && name != "launch-done" {
			prepare(once)
		}
		shelltest.Each(t, name, func(w shelltest.Window) nav.Screen {
			d := once
			if name == "launch-done" { // it releases
				d = sitting(t)
				prepare(d)
			}
			as := name
			switch name {
			case "courses-none":
				as = "courses"
			case "launch-done":
				as = "launch"
			}
			s := d.shown(w, as)
			if strings.HasPrefix(name, "class") {
				s.(*classroom.Screen).Open([]string{filepath.Join(d.home, "сдали")})
			}
			return s
		}, func(t *testing.T, w shelltest.Window, s nav.Screen) {
			switch name {
			case "courses-new":
				s.Key(keys.CtrlN)
			case "class-report":
				s.(*classroom.Screen).ShowReport()
			case "launch-done":
				var field *kit.Field
				n := 0
				s.Key(keys.CtrlEnter)
				walk(s.Object(), func(o fyne.CanvasObject) {
					if f, ok := o.(*kit.Field); ok {
						if n++; n == 4 {
							field = f
						}
					}
				})
				field.SetText("https://llm-course.example.org/2027")
				field.Left(field.Text())
				s.Key(keys.CtrlEnter)
			}
		})
	}
}
