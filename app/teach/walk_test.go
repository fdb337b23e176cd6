package teach_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/teach/launch"
	"lectern/decks/course/ship"
	"lectern/decks/release/sign"
)

// The whole way of a teacher: a new course, a mistake that is found and mended, keys, a
// first release, a change, a second release, both verified.
func TestFromAnEmptyFolderToTheSecondRelease(t *testing.T) {
	d := at(t)
	d.begin()

	// A mistake is found, with its place and what to do; a press on it opens the file.
	d.add("Вопрос: Сколько слоёв у модели?\nОтвт: Двенадцать.\n")
	page := d.workshop()
	page.Key(keys.F5)
	d.says(page, "Исправьте 1 ошибку", "course.md:", "«Отвт»")
	if page.Bar().Actions[1].(*kit.Button).Enabled() {
		t.Error("a course with a mistake can be released")
	}
	walk(page.Object(), func(o fyne.CanvasObject) {
		if item, ok := o.(*kit.Item); ok && item.OnTapped != nil {
			item.OnTapped()
		}
	})
	if len(d.opened) == 0 || d.opened[0] != d.file() {
		t.Errorf("a press on a mistake opened %v", d.opened)
	}
	d.swap("Отвт:", "Ответ:")
	d.tap(page, "Проверить")
	d.says(page, "Всё готово к первому выпуску", "1 новая карточка получила код", "Ошибок нет")

	// The keys come first; their page does not go into the course.
	d.tap(page, "Выпустить…")
	out := d.launch()
	d.says(out, "Прежде чем выпускать: ключи курса")
	d.fill(out.Object(), 1, filepath.Join(d.dir, "key.html"))
	d.tap(out, "Создать ключи")
	d.says(out, "Секретный ключ не должен лежать в папке курса", "Прежде чем выпускать")
	paper := filepath.Join(d.home, "лист.html")
	d.fill(out.Object(), 1, paper)
	d.tap(out, "Создать ключи")
	if b, err := os.ReadFile(paper); err != nil || !strings.Contains(string(b), "Языковые модели: весна") {
		t.Fatalf("the page with the root key: %v", err)
	}
	d.says(out, "Что прочтут студенты", "Распечатайте его и удалите файл", "Выпуск 1")

	// What will be written is told, and then written.
	d.fill(out.Object(), 3, "example.org/llm")
	site := filepath.Join(d.home, "public")
	if _, err := os.Stat(site); err == nil {
		t.Error("the folder is there before anything was released")
	}
	d.tap(out, "Выпустить")
	d.says(out, "Выпуск 1 записан и проверен", "lectern:https://example.org/llm/feed.json#RW", "Положите эту папку на сайт")
	d.tap(out, "Скопировать")
	if !strings.HasPrefix(d.copied, "lectern:https://example.org/llm/feed.json#") {
		t.Errorf("copied %q", d.copied)
	}
	d.verified(site, 1)

	// A change that may be in substance is asked about, and the answer can be taken back.
	d.swap("Ответ: Двенадцать.", "Ответ: Двадцать четыре.")
	d.now = d.now.Add(24 * time.Hour)
	page = d.workshop()
	d.says(page, "Скажите о 1 карточке", "решите")
	if page.Bar().Actions[1].(*kit.Button).Enabled() {
		t.Error("a course about which the author is asked can be released")
	}
	d.tap(page, "Опечатка")
	d.says(page, "Можно делать выпуск 2", "мелкая правка")
	d.nav.Offered[len(d.nav.Offered)-1].Do()
	d.says(page, "Скажите о 1 карточке")
	d.tap(page, "По существу")
	d.says(page, "Можно делать выпуск 2: 1 ответ исправлен", "по существу")

	d.tap(page, "Выпустить…")
	out = d.launch()
	d.fill(out.Object(), 0, "Лекция 7")
	d.tap(out, "Выпустить")
	d.says(out, "Выпуск 2 записан и проверен")
	d.verified(site, 2)
	d.says(d.workshop(), "После выпуска 2 ничего не изменилось")
}

func (d *desk) verified(site string, releases int) {
	d.t.Helper()
	v, err := ship.Verify(context.Background(), site, sign.Public{}, nil, nil)
	if err != nil || v.Releases != releases || int(v.Statement.Seq) != releases {
		d.t.Fatalf("%d releases, the last %d: %v", v.Releases, v.Statement.Seq, err)
	}
}

// released makes a course of some cards with a first release, in simple mode.
func (d *desk) released() {
	d.t.Helper()
	d.begin()
	for i := range 20 {
		d.add(fmt.Sprintf("Вопрос: Что такое понятие номер %d из лекции?\nОтвет: Определение %d.\n", i, i))
	}
	page := d.workshop()
	page.Key(keys.F5)
	d.tap(page, "Выпустить…")
	out := d.launch()
	var simple *kit.Choice
	walk(out.Object(), func(o fyne.CanvasObject) {
		if c, ok := o.(*kit.Choice); ok {
			simple = c
		}
	})
	test.Tap(simple)
	d.tap(out, "Создать ключи")
	d.tap(out, "Выпустить")
	d.says(out, "Выпуск 1 записан и проверен")
}

// Many cards that are gone at once are listed, and go only when the author says so: when
// the course is tidied, and when it is released.
func TestManyCardsAreNotRetiredWithoutAWord(t *testing.T) {
	d := at(t)
	d.released()
	d.write(func(s string) string {
		return s[:strings.Index(s, "Вопрос: Что такое понятие номер 5 ")]
	})
	page := d.workshop()
	page.Key(keys.F5)
	d.says(page, "Из курса разом исчезли карточки", "Что такое понятие номер 5 из лекции?\n— Что такое понятие номер 6 из лекции?")
	d.tap(page, "Убрать их из курса…")
	q := d.nav.Questions[len(d.nav.Questions)-1]
	if !strings.Contains(q.Title, "15 карточек") || !q.Yes.Danger {
		t.Fatalf("asked %q", q.Title)
	}
	q.Yes.Do()
	d.says(page, "15 карточек убрано из курса", "больше 5 %")
	d.tap(page, "Выпустить…")
	out := d.launch()
	d.says(out, "Что прочтут студенты")
	if act := out.Bar().Actions[0].(*kit.Button); act.Enabled() {
		t.Error("they are released without a word")
	}
	walk(out.Object(), func(o fyne.CanvasObject) {
		if c, ok := o.(*kit.Check); ok {
			test.Tap(c)
		}
	})
	d.tap(out, "Выпустить")
	d.says(out, "Выпуск 2 записан и проверен")
}

// A page with the root key that could not be written is not lost: the author chooses
// another place, and is warned before he leaves without it.
func TestAPageThatCannotBeWrittenIsKept(t *testing.T) {
	d := at(t)
	d.begin()
	d.tap(d.workshop(), "Выпустить…")
	out := d.launch()
	d.fill(out.Object(), 1, filepath.Join(d.home, "no", "such", "folder", "key.html"))
	d.tap(out, "Создать ключи")
	d.says(out, "Лист с корневым ключом не записан")
	if ok, q := out.CanLeave(); ok || !q.Yes.Danger {
		t.Error("the root key can be left behind without a word")
	}
	paper := filepath.Join(d.home, "key.html")
	d.fill(out.Object(), 0, paper)
	d.tap(out, "Сохранить лист")
	if _, err := os.Stat(paper); err != nil {
		t.Fatal(err)
	}
	d.says(out, "Что прочтут студенты")
	if ok, _ := out.CanLeave(); !ok {
		t.Error("nothing would be lost, and yet it is asked")
	}
}

// A release that is stopped changes nothing for students.
func TestAStoppedReleaseIsNone(t *testing.T) {
	d := at(t)
	d.released()
	d.add("Вопрос: Новый вопрос?\nОтвет: Новый ответ.\n")
	page := d.workshop()
	page.Key(keys.F5)
	d.tap(page, "Выпустить…")
	var later []func()
	out := launch.New(d.launching(func(f func()) { later = append(later, f) }))
	d.window(out)
	later[0]()
	d.tap(out, "Выпустить")
	d.nav.Waits[len(d.nav.Waits)-1]()
	later[1]()
	if n := len(d.nav.Toasts); n == 0 || !strings.Contains(d.nav.Toasts[n-1], "Остановлено") {
		t.Errorf("said %q", d.nav.Toasts)
	}
	d.verified(d.site(), 1)
}

// The list remembers courses, forgets one with a way back, and takes a folder that is
// dropped; a folder without a course is told.
func TestTheListOfCourses(t *testing.T) {
	d := at(t)
	d.begin()
	list := d.list()
	d.says(list, "Языковые модели: весна", d.dir)
	list.Key(keys.Delete)
	if strings.Contains(text(list), "Языковые модели: весна") {
		t.Error("the course is still in the list")
	}
	d.nav.Offered[len(d.nav.Offered)-1].Do()
	d.says(list, "Языковые модели: весна")
	list.Key(keys.Delete)
	dir := d.dir
	d.dir = ""
	if !list.Open([]string{dir}) || d.dir != dir {
		t.Errorf("dropped, %q is opened", d.dir)
	}
	if empty := t.TempDir(); !list.Open([]string{empty}) || len(d.nav.Errors) == 0 {
		t.Error("a folder without a course is not told")
	}
}
