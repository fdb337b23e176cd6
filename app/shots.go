package app

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"

	"lectern/app/custom"
	"lectern/app/finish"
	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/prefs"
	"lectern/app/study/session"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/content"
	"lectern/decks/intake"
	"lectern/scheduler"
)

// shots walks the path of a new student through the real window and draws
// every screen on it: in both languages, light and dark, at both sizes. It runs
// beside Fyne's goroutine and does everything on it.
func (w *wiring) shots(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	k := &camera{w: w, dir: dir}
	if w.p.Config.Walk {
		return k.firstRun()
	}
	for _, lang := range i18n.Languages {
		if err := k.prepare(lang); err != nil {
			return err
		}
		if err := k.each(lang, k.all); err != nil {
			return err
		}
		course := k.ship(lang)
		if k.err != nil {
			return k.err
		}
		if err := k.each(lang, func() error {
			k.shipped(lang, course)
			k.given(lang)
			k.teaching(lang)
			return k.err
		}); err != nil {
			return err
		}
	}
	return nil
}

// each sets the window to every mode and size, and takes pictures of it.
func (k *camera) each(lang string, take func() error) error {
	for _, mode := range []theme.Mode{theme.LightMode, theme.DarkMode} {
		for _, size := range []fyne.Size{fyne.NewSize(theme.StartWidth, theme.StartHeight), fyne.NewSize(theme.MinWidth, theme.MinHeight)} {
			k.pose(lang, mode, size)
			if err := take(); err != nil {
				return err
			}
		}
	}
	return nil
}

// firstRun goes the way of a new student by the keys alone: the sample course,
// a first question, its answer, two grades, and home.
func (k *camera) firstRun() error {
	k.tail = k.w.p.words.Lang()
	k.shoot("1-first-run")
	k.press(keys.Enter)
	k.shoot("2-question")
	k.press(keys.Space)
	k.shoot("3-answer")
	k.press("3", keys.Space)
	k.shoot("4-next-answer")
	k.press("1", keys.Esc)
	k.shoot("5-home")
	stats, err := k.w.p.Collection.Stats(context.Background())
	k.keep(err)
	if k.err == nil && stats.Reviews != 2 {
		return fmt.Errorf("the first run kept %d answers, not 2", stats.Reviews)
	}
	return k.err
}

// camera takes the pictures.
type camera struct {
	w    *wiring
	dir  string
	tail string // of file names: "ru-light-1280x800"
	err  error
}

// on runs f on Fyne's goroutine and waits.
func on(f func()) { fyne.DoAndWait(f) }

// prepare fills the collection with what the pictures show.
func (k *camera) prepare(lang string) error {
	ready, err := album(context.Background(), k.w.p.Collection, k.w.p.watch, lang)
	if err != nil {
		return err
	}
	err = k.w.p.Collection.SetExam(context.Background(), collection.Exam{Deck: ready.Deck.ID, Day: k.w.today() + 21, Minutes: 15, Goal: 0.9})
	if err != nil {
		return err
	}
	// The formulas of the course are drawn before they are looked at.
	for _, n := range ready.Deck.Notes {
		for _, text := range n.Fields {
			k.warm(content.Parse(text))
		}
	}
	on(func() { err = k.w.p.SetLanguage(lang) })
	return err
}

// warm waits for the formulas of a text.
func (k *camera) warm(doc content.Document) {
	if k.w.draw == nil {
		return
	}
	wait := func(tex string, display bool) {
		for range 200 {
			if _, state := k.w.draw.Formula(tex, display, 16, theme.Color(theme.Ink), nil); state != 1 {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	content.Walk(doc, func(b content.Block) {
		if m, ok := b.(*content.Math); ok {
			wait(m.TeX, true)
		}
	}, func(x content.Inline) {
		if m, ok := x.(content.MathSpan); ok {
			wait(string(m), false)
		}
	})
}

// pose gives the window its colours and its size.
func (k *camera) pose(lang string, mode theme.Mode, size fyne.Size) {
	p := k.w.p
	k.tail = fmt.Sprintf("%s-%s-%dx%d", lang, mode, int(size.Width), int(size.Height))
	on(func() {
		k.keep(p.Collection.SetSetting(context.Background(), prefs.Theme, string(mode)))
		p.app.Settings().SetTheme(theme.New(mode))
		p.win.Resize(size)
	})
	time.Sleep(400 * time.Millisecond)
}

// all takes every screen once.
func (k *camera) all() error {
	w := k.w
	course, err := k.course()
	if err != nil {
		return err
	}
	deck := course.ID
	hard := ""
	if n := len(course.Sections); n > 0 {
		hard = course.Sections[n-1].ID
	}
	k.screen("01-first-run", w.first)
	k.planned("02-home", w.home)
	k.press(keys.F1)
	k.shoot("02b-keys")
	k.press(keys.Esc, keys.CtrlO)
	k.shoot("02c-open")
	k.press(keys.Esc)
	w.p.watch.set(pictureDay.AddDate(0, 0, 20))
	k.screen("02d-home-after-a-break", w.home)
	w.p.watch.set(pictureDay)
	k.screen("14-custom", func() nav.Screen {
		return w.custom(custom.Ask{Scope: collection.Scope{Deck: deck}, Title: course.Title, Kind: collection.SelectWeak})
	})
	study := func(first decks.CardID) func() nav.Screen {
		return func() nav.Screen { return w.studyScreen(session.Session{Scope: collection.Scope{Deck: deck}}, first) }
	}
	k.screen("03-question", study(k.due(deck)))
	k.press(keys.Space)
	k.shoot("04-answer")
	k.grades(true)
	on(func() { w.p.Nav.Replace(study(k.due(deck))()) })
	k.press(keys.Space)
	k.shoot("04b-answer-four")
	k.grades(false)
	on(func() { w.p.Nav.Replace(study(k.last(deck, hard))()) })
	k.press(keys.Space)
	k.shoot("04c-answer-formula")
	k.screen("06-import", k.lecture)
	k.press(keys.Down, keys.Down)
	k.shoot("06b-import-chosen")
	k.press(keys.Enter)
	k.shoot("06c-import-edit")
	k.press(keys.Esc)
	k.screen("08-cards", func() nav.Screen { return w.cards(collection.Query{}) })
	k.screen("10-statistics", w.stats)
	k.planned("11-load", func() nav.Screen { return w.load("") })
	k.screen("11b-settings", w.settings)
	k.worked("15-forecast", func() { w.p.Nav.Replace(w.forecast("")) })
	k.press(keys.ShiftLeft, keys.ShiftLeft)
	k.shoot("15b-forecast-compared")
	k.screen("16-fitting", func() nav.Screen { return w.fitting("") })
	k.worked("16b-fitting-tried", func() { w.p.shell.Press(keys.Enter) })
	k.planned("12-end", func() nav.Screen { return k.ended(deck) })
	k.planned("13-exam", func() nav.Screen { return w.exam(deck) })
	k.answerless(deck)
	k.drafts(deck)
	return k.err
}

// drafts is the review of drafts, and what stands there before they are set up.
func (k *camera) drafts(deck string) {
	c := k.w.p.Collection
	ctx := context.Background()
	screen := func() nav.Screen { return k.w.drafts(collection.Scope{Deck: deck}) }
	k.screen("17-drafts-off", screen)
	found, err := c.Search(ctx, collection.Query{Scope: collection.Scope{Deck: deck}, Unanswered: true})
	k.keep(err)
	var made []decks.Draft
	for _, r := range found.Rows {
		full, err := c.Card(ctx, r.Card)
		k.keep(err)
		if err != nil {
			return
		}
		passage := content.Plain(content.Parse(full.Note.Text(decks.Explanation)))
		first, _, _ := strings.Cut(passage, ". ")
		made = append(made, decks.Draft{Note: r.Note, Text: strings.TrimSuffix(first, ".") + ".", Supported: true, Model: "qwen3:8b",
			Quotes: []decks.Quote{{Text: first, Passage: passage}}})
	}
	k.keep(c.KeepDrafts(ctx, made))
	k.screen("17b-drafts", screen)
	for _, d := range made {
		k.keep(c.RejectDraft(ctx, d.Note))
	}
}

func (k *camera) keep(err error) {
	if err != nil && k.err == nil {
		k.err = err
	}
}

// screen shows a screen and takes it.
func (k *camera) screen(name string, make func() nav.Screen) {
	on(func() { k.w.p.Nav.Replace(make()) })
	k.shoot(name)
}

// planned takes a screen that works out an exam plan, which takes a while.
func (k *camera) planned(name string, make func() nav.Screen) {
	on(func() { k.w.p.Nav.Replace(make()) })
	time.Sleep(time.Second)
	k.shoot(name)
}

// worked takes what a while of work has come to.
func (k *camera) worked(name string, begin func()) {
	on(begin)
	time.Sleep(3 * time.Second)
	k.shoot(name)
}

func (k *camera) press(ks ...keys.Key) {
	on(func() {
		for _, key := range ks {
			k.w.p.shell.Press(key)
		}
	})
}

// shoot waits for what a screen reads and draws, and takes the picture.
func (k *camera) shoot(name string) {
	time.Sleep(350 * time.Millisecond)
	on(func() {
		f, err := os.Create(filepath.Join(k.dir, name+"-"+k.tail+".png"))
		if err != nil {
			k.keep(err)
			return
		}
		k.keep(png.Encode(f, k.picture()))
		k.keep(f.Close())
	})
}

// picture draws the window's content with the painter that needs no graphics
// hardware: reading back what the window shows gives black under some drivers.
func (k *camera) picture() image.Image {
	win := k.w.p.win
	size := win.Canvas().Size()
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(win.Content())
	for _, over := range win.Canvas().Overlays().List() {
		c.Overlays().Add(over)
	}
	c.Resize(size)
	return c.Capture()
}

// grades sets how many grades are offered: two, or all four.
func (k *camera) grades(four bool) {
	ctx := context.Background()
	p, err := k.w.p.Collection.Preset(ctx)
	k.keep(err)
	p.FourButtons = four
	k.keep(k.w.p.Collection.SetPreset(ctx, p))
}

// due is a card of the deck whose turn it is and which has an answer.
func (k *camera) due(deck string) decks.CardID {
	found, err := k.w.p.Collection.Search(context.Background(), collection.Query{Scope: collection.Scope{Deck: deck}, Due: true})
	k.keep(err)
	for _, r := range found.Rows {
		if !r.NeedsAnswer {
			return r.Card
		}
	}
	return ""
}

// course is the founding course among the decks.
func (k *camera) course() (collection.DeckRow, error) {
	rows, err := k.w.p.Collection.Decks(context.Background())
	if err != nil {
		return collection.DeckRow{}, err
	}
	for _, r := range rows {
		if r.Origin.Kind == "sample" {
			return r, nil
		}
	}
	return collection.DeckRow{}, errors.New("the founding course is not there")
}

// last is the last card of a section.
func (k *camera) last(deck, section string) decks.CardID {
	found, err := k.w.p.Collection.Search(context.Background(), collection.Query{Scope: collection.Scope{Deck: deck, Section: section}})
	k.keep(err)
	if n := len(found.Rows); n > 0 {
		return found.Rows[n-1].Card
	}
	return ""
}

// lecture is the import of a page that the first deck could have been made of.
func (k *camera) lecture() nav.Screen {
	const name = "understanding-llm.md"
	ctx := context.Background()
	course, err := k.course()
	k.keep(err)
	full, err := k.w.p.Collection.Deck(ctx, course.ID)
	k.keep(err)
	text := lecturePage(full)
	pages, err := intake.Single(ctx, name, "", []byte(text), nil)
	k.keep(err)
	if err != nil {
		return k.w.home()
	}
	return k.w.importScreen(pages)
}

// ended is the end of a session in which three cards were not recalled.
func (k *camera) ended(deck string) nav.Screen {
	s := session.Session{Scope: collection.Scope{Deck: deck}}
	found, err := k.w.p.Collection.Search(context.Background(), collection.Query{Scope: s.Scope})
	k.keep(err)
	full, err := k.w.p.Collection.Deck(context.Background(), deck)
	k.keep(err)
	for i, r := range found.Rows {
		grade := scheduler.Good
		if i%6 == 2 {
			grade = scheduler.Again
		}
		var sec decks.Section
		for _, x := range full.Sections {
			if x.Title == r.Section {
				sec = x
			}
		}
		s.Add(session.Answer{Card: r.Card, Question: r.Question, Deck: deck, Section: sec, Grade: grade, Known: true, Took: 19 * time.Second})
	}
	p := k.w.p
	return finish.New(finish.Options{Collection: p.Collection, Nav: p.Nav, Printer: p.words, Now: k.w.now, Session: s,
		Study: func(session.Session, decks.CardID) {}, Place: func(session.Answer) {}, Today: k.w.today, Custom: func(collection.Scope) {}})
}

// answerless takes the screen of a card without an answer and puts the answer
// back.
func (k *camera) answerless(deck string) {
	c := k.w.p.Collection
	ctx := context.Background()
	card := k.last(deck, "")
	k.keep(c.Edit(ctx, card.Note(), decks.Back, ""))
	k.screen("05-no-answer", func() nav.Screen {
		return k.w.studyScreen(session.Session{Scope: collection.Scope{Deck: deck}}, card)
	})
	k.press(keys.Space)
	k.shoot("05b-no-answer-writing")
	k.keep(c.Revert(ctx, card.Note(), decks.Back))
}
