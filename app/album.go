package app

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"lectern/assets/courses"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/content"
	"lectern/decks/intake"
	"lectern/scheduler"
)

// A picture of an empty collection says little of a screen, and one of made-up
// numbers says nothing. So the camera studies first: it answers cards day after
// day, by a clock of its own, and pictures what came of it.

// The day of the pictures, and how long before it the studying began.
var pictureDay = time.Date(2026, 11, 23, 10, 0, 0, 0, time.Local)

const studied = 45

// watch is a clock that is set by hand.
type watch struct{ at atomic.Int64 }

func (w *watch) set(t time.Time)       { w.at.Store(t.UnixNano()) }
func (w *watch) now() time.Time        { return time.Unix(0, w.at.Load()) }
func (w *watch) after(d time.Duration) { w.at.Add(int64(d)) }

// album puts away what is there, installs the founding course and a second
// deck, and studies both until the day of the pictures.
func album(ctx context.Context, c *collection.Collection, watch *watch, lang string) (intake.Ready, error) {
	watch.set(pictureDay.AddDate(0, 0, -studied))
	ready, err := intake.Founding(courses.Founding(lang))
	if err != nil {
		return ready, err
	}
	rows, err := c.Decks(ctx)
	if err != nil {
		return ready, err
	}
	for _, d := range rows {
		if err := c.RemoveDeck(ctx, d.ID); err != nil {
			return ready, err
		}
	}
	if _, err := intake.Install(ctx, c, ready); err != nil {
		return ready, err
	}
	table := timesTable(lang)
	if _, err := c.Install(ctx, table, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: table.Title}}); err != nil {
		return ready, err
	}
	notes := ready.Deck.Notes
	for _, n := range notes[max(0, len(notes)-4) : len(notes)-1] {
		if err := c.Edit(ctx, n.ID, decks.Back, ""); err != nil {
			return ready, err
		}
	}
	s := student{c: c, watch: watch}
	return ready, s.study(ctx, ready.Deck, table.ID)
}

// student answers cards over weeks.
type student struct {
	c     *collection.Collection
	watch *watch
	given int // answers so far
}

// study begins a section of the course every eight days and repeats what comes
// back on most days; the last section it only touches.
func (s *student) study(ctx context.Context, course decks.Deck, table string) error {
	preset, err := s.c.Preset(ctx)
	if err != nil {
		return err
	}
	preset.NewPerDay = 3
	if err := s.c.SetPreset(ctx, preset); err != nil {
		return err
	}
	for day := range studied {
		s.watch.set(pictureDay.AddDate(0, 0, day-studied).Add(time.Duration(day*7%5) * time.Hour))
		if day%7 == 4 || day%11 == 3 || day > studied-3 {
			continue // a day off
		}
		for i, sec := range course.Sections {
			last := i == len(course.Sections)-1
			if day < 8*i || last && day != studied-4 {
				continue
			}
			most := 20
			if last {
				most = 2
			}
			if err := s.answer(ctx, collection.Scope{Deck: course.ID, Section: sec.ID}, most); err != nil {
				return err
			}
		}
		if err := s.answer(ctx, collection.Scope{Deck: table}, 14); err != nil {
			return err
		}
	}
	s.watch.set(pictureDay)
	preset.NewPerDay = 6
	return s.c.SetPreset(ctx, preset)
}

// answer answers at most so many cards of a scope.
func (s *student) answer(ctx context.Context, scope collection.Scope, most int) error {
	for range most {
		card, err := s.c.Next(ctx, scope)
		if err != nil || card == nil {
			return err
		}
		s.given++
		grade := scheduler.Good
		switch {
		case s.given%5 == 4:
			grade = scheduler.Again
		case s.given%7 == 3:
			grade = scheduler.Hard
		case s.given%17 == 2:
			grade = scheduler.Easy
		}
		took := time.Duration(8+s.given*7%19) * time.Second
		s.watch.after(took + 2*time.Second)
		if _, err := s.c.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: grade, Took: took}); err != nil {
			return err
		}
	}
	return nil
}

// timesTable is the second deck of the pictures.
func timesTable(lang string) decks.Deck {
	title, section := "Multiplication table", "From 2 to 12"
	if lang == "ru" {
		title, section = "Таблица умножения", "От 2 до 12"
	}
	d := decks.Deck{ID: decks.NewID(), Title: title, Lang: lang, Sections: []decks.Section{{ID: decks.NewID(), Title: section}}}
	for a := 2; a <= 12; a++ {
		for b := a; b <= 12; b++ {
			d.Notes = append(d.Notes, decks.Note{ID: decks.NewID(), Kind: decks.Question, Section: d.Sections[0].ID, Fields: map[decks.Field]string{
				decks.Front: fmt.Sprintf("%d × %d = ?", a, b), decks.Back: fmt.Sprint(a * b)}})
		}
	}
	return d
}

// lecturePage is the page that a course could have been made of: its sections
// and questions, and the answer of a section that has but one.
func lecturePage(d decks.Deck) string {
	head, answer := "questions", "Answer:"
	if d.Lang == "ru" {
		head, answer = "вопросы", "Ответ:"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", d.Title)
	for _, sec := range d.Sections {
		var notes []decks.Note
		for _, n := range d.Notes {
			if n.Section == sec.ID {
				notes = append(notes, n)
			}
		}
		if len(notes) == 1 {
			text, _, _ := strings.Cut(content.Plain(content.Parse(notes[0].Text(decks.Back))), "\n")
			fmt.Fprintf(&b, "\n## %s\n\n%s\n\n%s\n\n%s\n", sec.Title, content.Plain(content.Parse(notes[0].Text(decks.Front))), answer, text)
			continue
		}
		fmt.Fprintf(&b, "\n## %s: %s\n\n", sec.Title, head)
		for _, n := range notes {
			fmt.Fprintf(&b, "- %s\n", content.Plain(content.Parse(n.Text(decks.Front))))
		}
	}
	return b.String()
}
