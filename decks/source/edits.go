package source

import (
	"cmp"
	"slices"
	"strings"

	"lectern/decks"
)

// edits are changes of a file that leave every other byte as it is.
type edits struct {
	p    *parser
	list []edit
}

// edit puts a text in the place of the bytes from one offset to another.
type edit struct {
	from, to int
	text     string
}

func (e *edits) replace(from, to int, text string) { e.list = append(e.list, edit{from, to, text}) }

// eol is the end of line that the file is written with.
func (e *edits) eol() string {
	if len(e.p.lines) == 0 {
		return "\n"
	}
	first := e.p.lines[0]
	return cmp.Or(e.p.src[e.p.bom+first.stop:e.p.bom+first.end], "\n")
}

// raw is a line as it stands in the file, and the offset where it begins.
func (e *edits) raw(i int) (string, int) {
	l := e.p.lines[i]
	return e.p.src[e.p.bom+l.start : e.p.bom+l.stop], e.p.bom + l.start
}

// after puts a line behind another.
func (e *edits) after(i int, text string) {
	l := e.p.lines[i]
	if l.stop == l.end { // the last line has no end
		text = e.eol() + text
	} else {
		text += e.eol()
	}
	e.replace(e.p.bom+l.end, e.p.bom+l.end, text)
}

// line puts a text in the place of a line.
func (e *edits) line(i int, text string) {
	raw, at := e.raw(i)
	e.replace(at, at+len(raw), text)
}

func (e *edits) apply() []byte {
	slices.SortStableFunc(e.list, func(a, b edit) int { return cmp.Or(a.from-b.from, a.to-b.to) }) // what is put in comes first
	var out []byte
	at := 0
	for _, in := range e.list {
		out = append(append(out, e.p.src[at:in.from]...), in.text...)
		at = in.to
	}
	return append(out, e.p.src[at:]...)
}

// deck writes the id of a course.
func (e *edits) deck(id string) {
	if e.p.hasHead {
		e.after(0, "deck: "+id)
		return
	}
	e.replace(e.p.bom, e.p.bom, strings.Join([]string{"---", "lectern: 1", "deck: " + id, "---", "", ""}, e.eol()))
}

// section writes the id of a section that has none.
func (e *edits) section(s *section) {
	if s.ID == "" {
		s.ID = decks.NewID()
		e.after(s.last, "<!-- section: "+s.ID+" -->")
	}
}

// card writes the id of a card and what else stands in its comment.
func (e *edits) card(n *note) {
	text := idLine(n.Note, n.keep)
	if n.idLine > 0 {
		e.line(n.idLine-1, text)
		return
	}
	e.after(n.last, text)
}

// keywords writes out the keywords that are letters or of another language.
func (e *edits) keywords(names names) {
	for _, w := range e.p.words {
		full := names.of(w.keyword)
		if len([]rune(w.word)) > 1 && isRussian(w.word) == isRussian(full) {
			continue
		}
		raw, at := e.raw(w.line)
		word := strings.TrimRight(raw[:strings.IndexByte(raw, ':')], " \t")
		e.replace(at, at+len(word), full)
	}
}

// gaps numbers the gaps of a card that have no number, and reports whether it found
// them in the file as they were read.
func (e *edits) gaps(n *note, number int) bool {
	seen, left := 0, n.bare
	for i, index := range n.front {
		raw, at := e.raw(index)
		from := 0
		if i == 0 {
			from = strings.IndexByte(raw, ':') + 1
		}
		for {
			open := strings.Index(raw[from:], openGap)
			if open < 0 {
				break
			}
			from += open + len(openGap)
			if len(left) > 0 && left[0] == seen {
				e.replace(at+from, at+from, gapName(number))
				number, left = number+1, left[1:]
			}
			seen++
		}
	}
	return len(left) == 0
}
