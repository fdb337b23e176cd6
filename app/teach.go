package app

import (
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/choose"
	"lectern/app/nav"
	"lectern/app/teach"
	"lectern/app/teach/bench"
	"lectern/app/teach/classroom"
	"lectern/app/teach/launch"
	"lectern/app/teach/workshop"
	"lectern/decks/content"
	"lectern/decks/course/ship"
	"lectern/decks/fault"
	"lectern/decks/feed/poll"
)

// teach is the list of an instructor's courses.
func (w *wiring) teach() nav.Screen {
	p := w.p
	return teach.New(teach.Options{
		Settings: p.Collection, Nav: p.Nav, Printer: p.words, Reveal: w.system,
		Work: func(dir string, made bool) { p.Nav.Go(w.workshop(dir, made)) },
	})
}

// bench is a course in its folder, published in another.
func (w *wiring) bench(dir, site string) bench.Course {
	store, err := ship.UserStore()
	if err != nil {
		w.p.Nav.Error(err) // without it nothing can be signed, which is said where it matters
	}
	return bench.Course{Dir: dir, Site: site, Store: store, Now: w.now, Live: &poll.Client{Clock: w.now}}
}

// workshop is the page of a course.
func (w *wiring) workshop(dir string, made bool) nav.Screen {
	p := w.p
	return workshop.New(workshop.Options{
		Course: func() workshop.Course { return w.bench(dir, w.site(dir)) }, Nav: p.Nav, Printer: p.words, Dir: dir, Made: made, Edit: w.system, Reveal: w.system, Copy: w.copied, Now: w.now,
		Release: func(s bench.State) { p.Nav.Go(w.launch(dir, s)) },
		Class:   func(s bench.State) { p.Nav.Go(w.classroom(dir, s)) },
		Seen: func(title string) {
			if err := bench.Keep(context.Background(), p.Collection, bench.Place{Dir: dir, Title: title}); err != nil {
				p.Nav.Error(err)
			}
		},
	})
}

// launch is a release of a course.
func (w *wiring) launch(dir string, s bench.State) nav.Screen {
	p := w.p
	site := w.site(dir)
	if site == "" {
		site = dir + "-site"
	}
	return launch.New(launch.Options{
		Course: func(site string) launch.Course { return w.bench(dir, site) }, Site: site, Papers: choose.Start(), State: s,
		KeepSite: func(site string) {
			if err := bench.Keep(context.Background(), p.Collection, bench.Place{Dir: dir, Site: site}); err != nil {
				p.Nav.Error(err)
			}
		},
		Nav: p.Nav, Printer: p.words, Now: w.now, Open: w.system, Copy: w.copied,
	})
}

// site is the folder that a course was published in, "" when that is not known.
func (w *wiring) site(dir string) string {
	at, err := bench.Find(context.Background(), w.p.Collection, dir)
	if err != nil {
		return ""
	}
	return at.Site
}

// classroom is what students handed in about a course.
func (w *wiring) classroom(dir string, s bench.State) nav.Screen {
	p := w.p
	return classroom.New(classroom.Options{
		Course: w.bench(dir, ""), State: s, Nav: p.Nav, Printer: p.words, Edit: w.system,
		Draw: func(doc content.Document, style cardview.Style) fyne.CanvasObject {
			v := w.view()
			v.SetDocument(doc, style)
			return v
		},
	})
}

// system opens a file or a folder as the system does.
func (w *wiring) system(path string) error {
	if _, err := os.Stat(path); err != nil {
		return fault.New(fault.UnreadableFile, err, "name", filepath.Base(path))
	}
	return w.p.app.OpenURL(fileURL(path))
}

func (w *wiring) copied(text string) { w.p.app.Clipboard().SetContent(text) }
