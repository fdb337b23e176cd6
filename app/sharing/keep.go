package sharing

import (
	"context"
	"io"

	"lectern/app/saving"
	"lectern/decks/export"
	"lectern/decks/share"
)

// unready is why nothing can be saved yet, "" when it can.
func (s *Screen) unready() string {
	p := s.o.Printer
	switch {
	case !s.known:
		return p.T("share.reading")
	case s.form().kind == asPackage && s.has.Held != nil:
		return p.T("share.held")
	case s.named() && share.Name(s.name.Text()) == "":
		return p.T("share.no_name")
	}
	return ""
}

// keep asks where to save and saves.
func (s *Screen) keep() {
	if s.unready() != "" {
		s.focus()
		return
	}
	f, p := s.form(), s.o.Printer
	title := p.T("share.save_" + string(f.kind))
	ask := saving.Ask{Title: title, Name: s.has.Title, Ext: f.ext, Failed: s.fail, Done: func() { s.notes.Objects = s.warnings() }}
	if f.kind == toPrint && s.layout.On == 1 {
		ask.Name += ", " + p.T("share.cards_name")
	}
	mine := s.withMine()
	switch f.kind {
	case asPackage:
		ask.Write = s.packaged()
	case asTable:
		ask.Write = func(ctx context.Context, w io.Writer) error {
			d, err := share.As(ctx, s.o.Collection, s.o.Deck, mine)
			if err == nil {
				_, err = w.Write(export.CSV(d, true))
			}
			return err
		}
	case asCourse:
		ask.Files = func(ctx context.Context) (map[string][]byte, error) { return s.course(ctx, mine) }
	case toPrint:
		layout := export.Booklet
		if s.layout.On == 1 {
			layout = export.Cards
		}
		ask.Write = func(ctx context.Context, w io.Writer) error { return s.printed(ctx, w, layout, mine) }
	}
	s.o.Save(ask)
}

// packaged writes a package of the deck.
func (s *Screen) packaged() func(context.Context, io.Writer) error {
	c := s.o.Collection
	if s.has.Signed != nil {
		return func(ctx context.Context, w io.Writer) error {
			_, err := share.PassOn(ctx, c, s.o.Deck, w)
			return err
		}
	}
	o := share.Options{Author: share.Name(s.name.Text()), Mine: s.withMine(), Past: s.withPast(), Now: s.o.Now()}
	return func(ctx context.Context, w io.Writer) error {
		if err := c.SetSetting(ctx, share.SettingAuthor, o.Author); err != nil {
			return err
		}
		_, err := share.Own(ctx, c, s.o.Deck, o, w)
		return err
	}
}

// course is the deck as the folder of a course.
func (s *Screen) course(ctx context.Context, mine bool) (map[string][]byte, error) {
	d, err := share.As(ctx, s.o.Collection, s.o.Deck, mine)
	if err != nil {
		return nil, err
	}
	pictures, _, err := share.Pictures(ctx, s.o.Collection, d)
	if err != nil {
		return nil, err
	}
	text, paths := export.Course(d)
	files := map[string][]byte{export.CourseFile: text}
	for name, data := range pictures {
		files[paths[name]] = data
	}
	return files, nil
}

// printed writes the deck as a page to print.
func (s *Screen) printed(ctx context.Context, w io.Writer, layout export.Layout, mine bool) error {
	d, err := share.As(ctx, s.o.Collection, s.o.Deck, mine)
	if err != nil {
		return err
	}
	pictures, _, err := share.Pictures(ctx, s.o.Collection, d)
	if err != nil {
		return err
	}
	_, err = w.Write(export.HTML(d, export.Print{Layout: layout, Words: s.o.Printer.Print(d.Lang), Picture: func(name string) ([]byte, bool) {
		data, ok := pictures[name]
		return data, ok
	}}))
	return err
}
