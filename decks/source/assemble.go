package source

import (
	"lectern/decks"
	"lectern/decks/release"
)

// assemble makes the deck of a course from its files, the first with the head.
// It says where each note stands.
func assemble(files []*parser) (decks.Deck, map[string]Place, error) {
	c := &files[0].deck
	all := files[0].errs
	if c.Title == "" && len(all) == 0 {
		all = append(all, mistake(files[0].name, 1, "no_title", ""))
	}
	d := decks.Deck{ID: c.ID, Title: c.Title, Lang: c.Lang, Author: c.Author, License: c.License, Feed: c.Feed}
	if d.ID == "" {
		d.ID = decks.NewID()
	}
	sections, notes := map[string]bool{}, map[string]bool{}
	take := func(seen map[string]bool, p *parser, line int, id string) string {
		if id == "" {
			return decks.NewID()
		}
		if seen[id] {
			all = append(all, mistake(p.name, line, "id_twice", id))
		}
		seen[id] = true
		return id
	}
	places := map[string]Place{}
	for k, p := range files {
		if k > 0 {
			all = append(all, p.errs...)
		}
		ids := make([]string, len(p.sections))
		for i, s := range p.sections {
			ids[i] = take(sections, p, s.line, s.ID)
			s.Section.ID = ids[i]
			d.Sections = append(d.Sections, s.Section)
		}
		for _, n := range p.notes {
			id := take(notes, p, n.idLine, n.ID)
			n.Note.ID = id
			if n.section >= 0 {
				n.Note.Section = ids[n.section]
			}
			places[id] = Place{p.name, n.line}
			d.Notes = append(d.Notes, n.Note)
		}
	}
	if len(all) == 0 {
		for _, f := range release.Check(d) {
			at := places[f.Note]
			if at.File == "" {
				at = Place{files[0].name, 1}
			}
			what, word := problem("release"), f.What
			switch f.Code {
			case "too_large":
				what, word = "too_large", ""
			case "bad_lang":
				what, word = "bad_lang", excerpt(d.Lang)
			case "bad_feed":
				what, word = "bad_feed", excerpt(d.Feed)
				at.Line = files[0].keyLines["feed"] + 1
			}
			all = append(all, mistake(at.File, at.Line, what, word))
		}
	}
	if len(all) > 0 {
		return decks.Deck{}, nil, all[:min(len(all), mostErrors)]
	}
	return release.Canonical(d), places, nil
}
