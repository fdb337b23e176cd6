package teach_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/teach/classroom"
	"lectern/decks"
	"lectern/decks/class"
	"lectern/decks/course"
)

// handIn writes the files of students: answers to the first question, and a report of
// the second.
func (d *desk) handIn(students int) string {
	d.t.Helper()
	deck, notes := d.state.Deck.ID, d.state.Deck.Notes
	dir := filepath.Join(d.home, "сдали")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		d.t.Fatal(err)
	}
	put := func(name string, b []byte, err error) {
		if err != nil {
			d.t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			d.t.Fatal(err)
		}
	}
	for i := range students {
		secret := []byte(fmt.Sprint("student ", i))
		said := "Модель предсказывает следующий токен."
		if i%3 == 2 {
			said = "Это программа, которая отвечает на письма."
		}
		a := class.Answers{Deck: deck, Release: hash, Reporter: class.Reporter(secret, class.AnswersFormat, deck), Answers: []class.Answer{{Note: notes[0].ID, Text: said}}}
		b, err := a.Write()
		put(fmt.Sprintf("answers %d.json", i), b, err)
		r := class.Report{Deck: deck, Release: hash, Reporter: class.Reporter(secret, class.ReportFormat, deck),
			Cards: []class.Card{{ID: decks.NewCardID(notes[1].ID, "f"), Reviews: 4, Lapses: 2, Seconds: 30, Unclear: i%2 == 0}}}
		b, err = r.Write()
		put(fmt.Sprintf("report %d.json", i), b, err)
	}
	put("чужой.json", []byte(`{"format":"something/1"}`), nil)
	return dir
}

var hash = strings.Repeat("0a", 32)

func (d *desk) classroom() *classroom.Screen {
	s := classroom.New(classroom.Options{
		Course: d.bench(""), State: d.state, Nav: d.nav, Printer: d.p, Background: atOnce, Edit: d.open,
	})
	d.window(s)
	return s
}

// What a class answered is shown by question beside the course's answer; one is picked
// and stands in the source, can be taken back, and can be edited first.
func TestAnswersOfAClass(t *testing.T) {
	d := at(t)
	d.begin()
	d.tap(d.workshop(), "От студентов…")
	note := d.state.Deck.Notes[0]
	s := d.classroom()
	d.says(s, "Студенты помогают улучшить курс")
	s.Open([]string{d.handIn(4)})
	d.says(s, "1 вопрос", "4 студента · 2 варианта", "Сейчас в курсе", "Ответили 4 студента", "чужой.json")

	s.Key("2")
	s.Key("1")
	d.tap(s, "Взять в курс")
	if got := d.answer(note.ID); got != "Модель предсказывает следующий токен." {
		t.Errorf("the course says %q", got)
	}
	d.says(s, "взято в курс")
	d.nav.Offered[len(d.nav.Offered)-1].Do()
	if got := d.answer(note.ID); got != note.Text(decks.Back) {
		t.Errorf("taken back, the course says %q, not %q", got, note.Text(decks.Back))
	}
	s.Key("2")
	s.Key(keys.E)
	form := d.nav.Forms[len(d.nav.Forms)-1]
	test.NewTempWindow(t, form.Content)
	var area *kit.Field
	walk(form.Content, func(o fyne.CanvasObject) {
		if f, ok := o.(*kit.Field); ok {
			area = f
		}
	})
	if area.Text() != "Это программа, которая отвечает на письма." {
		t.Errorf("the second variant is edited as %q", area.Text())
	}
	area.SetText("Следующий токен, и больше ничего.")
	if err := form.Keep(); err != nil {
		t.Fatal(err)
	}
	if got := d.answer(note.ID); got != "Следующий токен, и больше ничего." {
		t.Errorf("edited, the course says %q", got)
	}
}

// A card is listed only once five students reported it; a press shows the card and the
// way to its place.
func TestReportsOfAClass(t *testing.T) {
	d := at(t)
	d.begin()
	d.tap(d.workshop(), "От студентов…")
	question := "неясна"
	for _, students := range []int{4, 5} {
		listed := students >= class.Fewest
		s := d.classroom()
		s.Open([]string{d.handIn(students)})
		s.ShowReport()
		if got := strings.Contains(text(s), question); got != listed {
			t.Errorf("with %d students the card is listed: %v\n%s", students, got, text(s))
		}
		if !listed {
			d.says(s, "хотя бы пять студентов")
			continue
		}
		s.Key(keys.Enter)
		if n := len(d.nav.Sheets); n == 0 || d.nav.Sheets[n-1] != "Неясна: 3" {
			t.Errorf("a press shows %v", d.nav.Sheets)
		}
	}
}

func (d *desk) answer(note string) string {
	d.t.Helper()
	c, err := course.Read(context.Background(), d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, n := range c.Deck.Notes {
		if n.ID == note {
			return n.Text(decks.Back)
		}
	}
	d.t.Fatalf("there is no card %s", note)
	return ""
}
