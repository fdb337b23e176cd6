package source

import (
	"errors"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/release"
)

// picture matches ![text](path) with an optional title, or <path>.
var picture = regexp.MustCompile(`!\[[^\]\n]*\]\((?:<([^>\n]+)>|([^)\s]+))[^)\n]*\)`)

// Pictures returns the paths of the pictures that the deck's texts show, in
// order, each once. Addresses on the web are not among them.
func Pictures(d decks.Deck) []string {
	var out []string
	seen := map[string]bool{}
	for _, n := range d.Notes {
		for _, p := range notePictures(n) {
			if !seen[p] {
				seen[p] = true
				out = append(out, p)
			}
		}
	}
	return out
}

func notePictures(n decks.Note) []string {
	var out []string
	look := func(text string) {
		eachPicture(text, func(_, _ int, target string) { out = append(out, target) })
	}
	for _, f := range decks.Fields {
		look(n.Text(f))
	}
	for _, o := range n.Choices {
		look(o.Text)
	}
	return out
}

// eachPicture calls found with every picture's path and where it is written.
func eachPicture(text string, found func(from, to int, target string)) {
	for _, m := range picture.FindAllStringSubmatchIndex(text, -1) {
		from, to := m[2], m[3]
		if from < 0 {
			from, to = m[4], m[5]
		}
		target := text[from:to]
		if u, err := url.Parse(target); err == nil {
			if u.Scheme != "" || u.Host != "" {
				continue
			}
			target = u.Path
		}
		found(from, to, target)
	}
}

// RenamePictures makes the deck's texts show pictures under other paths; names
// has the new ones by the old.
func RenamePictures(d decks.Deck, names map[string]string) decks.Deck {
	d.Notes = slices.Clone(d.Notes)
	for i := range d.Notes {
		n := &d.Notes[i]
		n.Fields = maps.Clone(n.Fields)
		for f, text := range n.Fields {
			n.Fields[f] = rename(text, names)
		}
		n.Choices = slices.Clone(n.Choices)
		for k := range n.Choices {
			n.Choices[k].Text = rename(n.Choices[k].Text, names)
		}
	}
	return d
}

func rename(text string, names map[string]string) string {
	var b strings.Builder
	at := 0
	eachPicture(text, func(from, to int, target string) {
		name, known := names[target]
		if !known || name == target {
			return
		}
		if text[from:to] != target { // written as an address is
			name = (&url.URL{Path: name}).EscapedPath()
		}
		b.WriteString(text[at:from] + name)
		at = to
	})
	return b.String() + text[at:]
}

// pictures reports the pictures of a file that are not there.
func (p *parser) pictures(fsys fs.FS, dir string) {
	for _, n := range p.notes {
		for _, pic := range notePictures(release.CanonicalNote(n.Note)) {
			if !fs.ValidPath(pic) {
				p.wrong(n.line-1, "picture_path", excerpt(pic))
				continue
			}
			switch info, err := fs.Stat(fsys, path.Join(dir, pic)); {
			case errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular():
				p.wrong(n.line-1, "picture_missing", excerpt(pic))
			case err != nil: // a link that leads out of the folder, for one
				p.wrong(n.line-1, "picture_path", excerpt(pic))
			}
		}
	}
}
