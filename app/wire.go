package app

import (
	"context"
	"fmt"
	"image"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/cards"
	"lectern/app/cardview"
	"lectern/app/custom"
	"lectern/app/drafts"
	"lectern/app/drawing"
	"lectern/app/exam"
	"lectern/app/finish"
	"lectern/app/first"
	"lectern/app/home"
	"lectern/app/importer"
	"lectern/app/importer/sketch"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/opening"
	"lectern/app/saving"
	"lectern/app/settings"
	"lectern/app/stats"
	"lectern/app/study"
	"lectern/app/study/place"
	"lectern/app/study/session"
	"lectern/app/theme"
	"lectern/assets/courses"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/content"
	"lectern/decks/draft"
	keyring "lectern/decks/draft/keys"
	"lectern/decks/intake"
	"lectern/decks/lecture/pdf"
	"lectern/scheduler"
)

// wiring ties the screens to each other. Screens do not know one another; each
// is made here when its place is shown.
type wiring struct {
	p     *Program
	draw  *drawing.Drawer
	texts cardview.Options
	open  *opening.Opener
	save  *saving.Saver

	authors *authors
}

// Wire makes the screens of a program.
func Wire(p *Program) Screens {
	w := &wiring{p: p}
	cache, err := os.UserCacheDir()
	if err == nil {
		pdf.Cache(filepath.Join(cache, "lectern", "pdfium"))
		cache = filepath.Join(cache, "lectern", "formulas")
	}
	w.draw, err = drawing.New(p.Collection.MediaDir(), cache, p.scale)
	if err != nil {
		fyne.LogError("read the fonts", err) // texts are then shown without formulas
	} else {
		w.texts = cardview.Options{Math: w.draw, Pictures: w.draw}
	}
	w.texts.Link, w.texts.Enlarge = w.follow, w.enlarge
	w.save = w.saver()
	w.authors = newAuthors(w)
	w.open = opening.New(opening.Options{
		Collection: p.Collection, Nav: func() nav.Navigator { return p.Nav }, Printer: p.Words,
		Clipboard: func() string { return p.app.Clipboard().Content() },
		Import:    w.importPages, Installed: w.installed,
		Decks: w.authors.reader, Arrived: w.authors.arrived,
		Refused: func(err error, name string, again func()) { w.authors.refused(err, name, "", again) },
	})
	return Screens{
		Today: w.home, Cards: func() nav.Screen { return w.cards(collection.Query{}) },
		Statistics: w.stats, Settings: w.settings, Open: w.open.Open, Paste: w.open.Paste, Shots: w.shots,
		Meanwhile: w.meanwhile,
	}
}

func (w *wiring) now() time.Time {
	if w.p.Config.Clock != nil {
		return w.p.Config.Clock()
	}
	return time.Now()
}

func (w *wiring) view() *cardview.View { return cardview.New(w.texts) }

func (w *wiring) first() nav.Screen {
	p := w.p
	preview := first.Preview{}
	ready, err := intake.Founding(courses.Founding(p.words.Lang()))
	if err == nil && len(ready.Deck.Notes) > 2 {
		n := ready.Deck.Notes[2]
		sec, _ := ready.Deck.Section(n.Section)
		answer := w.view()
		doc := content.Parse(n.Text(decks.Back))
		if len(doc.Blocks) > 1 {
			doc.Blocks = doc.Blocks[:1]
		}
		answer.SetDocument(doc, cardview.Style{Type: kit.RowText, Colour: theme.Ink})
		preview = first.Preview{
			Deck: ready.Deck.Title, Section: sec.Title, Question: content.Plain(content.Parse(n.Text(decks.Front))),
			Answer: answer, Cards: len(ready.Deck.Notes), Minutes: (len(ready.Deck.Notes) + 2) / 3,
		}
	}
	var restore func()
	if all, err := p.Collection.Backups(context.Background()); err == nil && len(all) > 0 {
		restore = func() { p.Nav.Go(w.settings()) }
	}
	return first.New(first.Options{
		Printer: p.words, Nav: p.Nav, Preview: preview, Sample: w.sample, Open: func() { w.open.Open(nil) }, Restore: restore,
		Undone: func(f func()) func() {
			return p.Collection.Subscribe(func(ch collection.Change) {
				if ch.Op == collection.OpUndo || ch.Op == collection.OpRedo {
					fyne.Do(f)
				}
			})
		},
		Today: p.Nav.Home,
		Teach: func() { p.Nav.Go(w.teach()) },
		Speak: func(lang string) {
			if err := p.SetLanguage(lang); err != nil {
				p.Nav.Error(err)
				return
			}
			p.Nav.Replace(w.first())
		},
	})
}

// sample installs the founding course and begins at once.
func (w *wiring) sample() {
	p := w.p
	ready, err := intake.Founding(courses.Founding(p.words.Lang()))
	if err == nil {
		_, err = intake.Install(context.Background(), p.Collection, ready)
	}
	if err != nil {
		p.Nav.Error(err)
		return
	}
	p.Nav.Home()
	w.study(collection.Scope{Deck: ready.Deck.ID})
}

func (w *wiring) home() nav.Screen {
	p := w.p
	if p.deckless() {
		return w.first()
	}
	return home.New(home.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Now: w.now,
		Study: w.study,
		Cards: func(q collection.Query) { p.Nav.Go(w.cards(q)) },
		Empty: func() { p.Nav.Replace(w.first()) },
		Exam:  func(deck string) { p.Nav.Go(w.exam(deck)) },
		Load:  func(deck string) { p.Nav.Go(w.load(deck)) },
		Custom: func(s collection.Scope, title string) {
			p.Nav.Go(w.custom(custom.Ask{Scope: s, Title: title}))
		},
		Drafts: func(s collection.Scope) { p.Nav.Go(w.drafts(s)) },
		Share:  func(deck string) { p.Nav.Go(w.share(deck)) },
		HandIn: func(deck string) { p.Nav.Go(w.handIn(deck)) },
		Authors: home.Authors{
			News: w.authors.reader.All, Offered: w.authors.offered, Check: w.authors.check,
			Releases: func(deck string) { p.Nav.Go(w.authors.releases(deck)) },
		},
	})
}

func (w *wiring) study(scope collection.Scope) {
	w.p.Nav.Go(w.studyScreen(session.Session{Scope: scope}, ""))
}

func (w *wiring) studyScreen(s session.Session, from decks.CardID) nav.Screen {
	p := w.p
	return study.New(study.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Now: w.now,
		Session: s, First: from, Texts: w.texts, Before: w.authors.reader.Before,
		Done: func(s session.Session) { p.Nav.Replace(w.finish(s)) },
	})
}

func (w *wiring) finish(s session.Session) nav.Screen {
	p := w.p
	return finish.New(finish.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Now: w.now, Session: s,
		Study: func(s session.Session, from decks.CardID) { p.Nav.Replace(w.studyScreen(s, from)) },
		Place: w.placeOrCards,
		Today: w.today,
		Custom: func(of collection.Scope) {
			kind := collection.SelectAll
			if len(s.Forgotten()) > 0 {
				kind = collection.SelectForgotten
			}
			p.Nav.Replace(w.custom(custom.Ask{Scope: of, Title: w.title(of), Kind: kind}))
		},
	})
}

// custom is the choice of a custom study; begun, it takes the choice's place.
func (w *wiring) custom(ask custom.Ask) nav.Screen {
	p := w.p
	return custom.New(custom.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Ask: ask,
		Study: func() { p.Nav.Replace(w.studyScreen(session.Session{Scope: collection.Scope{List: true}}, "")) },
	})
}

// drafts are those of the missing answers of a deck or a section.
func (w *wiring) drafts(s collection.Scope) nav.Screen {
	p := w.p
	return drafts.New(drafts.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Deck: s.Deck, Section: s.Section, Lecture: w.lecture,
		Key: func(ctx context.Context, c draft.Config) (string, error) {
			return keyring.Find(ctx, keyring.System(), os.Getenv, c)
		},
		SetUp: func() {
			choices := w.choices()
			p.Nav.Go(choices)
			choices.ShowDrafts()
		},
		Draw: func(doc content.Document, style cardview.Style) fyne.CanvasObject {
			v := w.view()
			v.SetDocument(doc, style)
			return v
		},
	})
}

// lecture reads the page that a deck was made of; kept is false when there is
// none.
func (w *wiring) lecture(ctx context.Context, deck string) (l draft.Lecture, kept bool, err error) {
	text, kept, err := w.p.Collection.Page(ctx, deck)
	if err != nil || !kept || text == "" {
		return l, false, err
	}
	rows, err := w.p.Collection.Decks(ctx)
	if err != nil {
		return l, false, err
	}
	name := ""
	for _, d := range rows {
		if d.ID == deck {
			name = d.Origin.Name
		}
	}
	l, err = draft.ReadLecture(ctx, text, name)
	return l, err == nil, err
}

// exam is the plan to a deck's exam.
func (w *wiring) exam(deck string) nav.Screen {
	p := w.p
	scope := collection.Scope{Deck: deck}
	return exam.New(exam.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Today: w.today, Deck: deck,
		Cards: func(q collection.Query) { p.Nav.Go(w.cards(q)) },
		Weak: func() {
			p.Nav.Go(w.custom(custom.Ask{Scope: scope, Title: w.title(scope), Kind: collection.SelectWeak}))
		},
	})
}

// title is what a part of the collection is called; "" for all of it.
func (w *wiring) title(s collection.Scope) string {
	d, err := w.p.Collection.Deck(context.Background(), s.Deck)
	if s.Deck == "" || err != nil {
		return ""
	}
	if sec, ok := d.Section(s.Section); ok && s.Section != "" {
		return sec.Title
	}
	return d.Title
}

// today is the present study day.
func (w *wiring) today() scheduler.Day {
	preset, err := w.p.Collection.Preset(context.Background())
	if err != nil {
		preset = scheduler.DefaultPreset()
	}
	return scheduler.DayOf(scheduler.MomentOf(w.now()), preset.RolloverHour)
}

// placeOrCards opens the lecture of a card, or, for a course without a page,
// the cards of its section.
func (w *wiring) placeOrCards(a session.Answer) {
	p := w.p
	shown := place.Show(place.Options{Collection: p.Collection, Nav: p.Nav, Printer: p.words},
		place.Of{Deck: a.Deck, Section: a.Section.Title, Question: a.Question})
	if !shown {
		p.Nav.Go(w.cards(collection.Query{Scope: collection.Scope{Deck: a.Deck, Section: a.Section.ID}}))
	}
}

func (w *wiring) cards(q collection.Query) nav.Screen {
	p := w.p
	return cards.New(cards.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Now: w.now, Query: q,
		Custom: func(ids []decks.CardID) { p.Nav.Go(w.custom(custom.Ask{Cards: ids})) },
		Drafts: func(deck string) { p.Nav.Go(w.drafts(collection.Scope{Deck: deck})) },
		Render: func(markdown string, question bool) fyne.CanvasObject {
			v := w.view()
			style := cardview.Style{Type: kit.Answer, Colour: theme.Ink}
			if question {
				style = cardview.Style{Type: kit.Question.At(22, 28), Colour: theme.Ink}
			}
			v.SetDocument(content.Parse(markdown), style)
			return v
		},
	})
}

func (w *wiring) stats() nav.Screen {
	return stats.New(stats.Options{
		Collection: w.p.Collection, Nav: w.p.Nav, Printer: w.p.words,
		Forecast: func() { w.p.Nav.Go(w.forecast("")) }, Fitting: func() { w.p.Nav.Go(w.fitting("")) },
	})
}

func (w *wiring) settings() nav.Screen { return w.choices() }

// choices is the screen of settings.
func (w *wiring) choices() *settings.Screen {
	p := w.p
	mode, err := p.Collection.Setting(context.Background(), "theme")
	if err != nil {
		mode = ""
	}
	return settings.New(settings.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Mode: theme.ParseMode(mode), SetTheme: p.SetTheme,
		Load:  func() { p.Nav.Go(w.load("")) },
		Teach: func() { p.Nav.Go(w.teach()) },
		Scale: p.percent(), SetScale: p.SetScale,
		Speak: func(lang string) error {
			if err := p.SetLanguage(lang); err != nil {
				return err
			}
			p.Nav.Home()
			p.Nav.Go(w.settings())
			return nil
		},
		Restore: p.restore,
		Drafts:  settings.Drafts{Settings: p.Collection, Ring: keyring.System(), Getenv: os.Getenv},
	})
}

// importPages shows the import of pages, once it is known what was made of them
// before.
func (w *wiring) importPages(pages *intake.Pages) {
	p := w.p
	o := w.imports(pages)
	ctx, cancel := context.WithCancel(context.Background())
	_, done := p.Nav.Wait(p.words.T("open.reading", "Name", o.Name), cancel)
	go func() {
		past := importer.Remember(ctx, o)
		fyne.Do(func() {
			defer cancel()
			done()
			if ctx.Err() == nil {
				o.Past = &past
				p.Nav.Go(importer.New(o))
			}
		})
	}()
}

func (w *wiring) importScreen(pages *intake.Pages) nav.Screen { return importer.New(w.imports(pages)) }

// imports is what the import of pages needs.
func (w *wiring) imports(pages *intake.Pages) importer.Options {
	p := w.p
	name, read := pages.Title, make([]sketch.Page, len(pages.Pages))
	for i, f := range pages.Pages {
		read[i] = sketch.Page{Page: f.Page, Name: f.Name, Title: f.Title, Found: f.Found}
	}
	if len(read) == 1 {
		name = pages.Origin().Name
	}
	var pictures func(int) cardview.Pictures
	if w.draw != nil {
		pictures = func(page int) cardview.Pictures {
			where := fmt.Sprintf("%p %d", pages, page)
			return w.draw.Elsewhere(where, func(src string) (string, []byte, error) { return pages.Picture(page, src) })
		}
	}
	return importer.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words,
		Texts: w.texts, Pictures: pictures, Name: name, Title: pages.Title, Pages: read, Unread: pages.Unread,
		Origin: pages.Origin(), Text: pages.Text(), Illustrate: pages.Illustrate,
		Done: func(r collection.InstallResult) { w.installed(r, "") },
	}
}

// installed says that a deck is there and shows today.
func (w *wiring) installed(r collection.InstallResult, title string) {
	p := w.p
	if title == "" {
		if d, err := p.Collection.Deck(context.Background(), r.Deck); err == nil {
			title = d.Title
		}
	}
	p.Nav.Home()
	if r.Update {
		p.Nav.Toast(p.words.T("open.updated", "Deck", title), nav.Action{Text: p.words.T("shell.undo"), Key: keys.CtrlZ, Do: p.Nav.Undo})
		return
	}
	next := nav.Action{Text: p.words.T("home.study"), Do: func() { w.study(collection.Scope{Deck: r.Deck}) }}
	if w.wantsDrafts(r.Deck) {
		next = nav.Action{Text: p.words.T("home.drafts"), Do: func() { p.Nav.Go(w.drafts(collection.Scope{Deck: r.Deck})) }}
	}
	p.Nav.Toast(p.words.T("open.installed", "Deck", title), next)
}

// wantsDrafts tells whether a deck has questions without an answer and the user
// has set drafts up.
func (w *wiring) wantsDrafts(deck string) bool {
	ctx := context.Background()
	config, err := draft.Load(ctx, w.p.Collection)
	if err != nil || config.Off() {
		return false
	}
	d, err := w.p.Collection.Deck(ctx, deck)
	return err == nil && len(draft.Open(d, nil)) > 0
}

// enlarge shows a picture of a card as large as the window lets it be.
func (w *wiring) enlarge(src string) {
	kit.ShowPicture(w.p.win.Canvas(), func(room fyne.Size) (image.Image, fyne.Size, error) { return w.draw.Large(src, room) })
}

// follow opens a link of a card in the browser.
func (w *wiring) follow(address string) {
	u, err := url.Parse(address)
	if err == nil {
		err = w.p.app.OpenURL(u)
	}
	if err != nil {
		w.p.Nav.Error(err)
	}
}
