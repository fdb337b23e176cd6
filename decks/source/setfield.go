package source

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
)

// SetField writes a text of the card with an id into a course, in the place of the
// one that stands there, and returns the file that is changed. Every other byte
// stays: the keyword too, when there is one. An empty text takes the field away. The
// question is not set so. Files are given as [Load] gives them.
//
// A course with mistakes is not changed. Faults: NoSuchCard, BadArgument for a field
// that cannot be set, and those of [Parse] for a text that a course cannot hold.
func SetField(files []File, id string, f decks.Field, text string) (File, error) {
	if f == decks.Front || !slices.Contains(decks.Fields, f) {
		return File{}, fault.New(fault.BadArgument, nil, "what", "field "+string(f))
	}
	before, err := parseFiles(files, false)
	if err != nil {
		return File{}, err
	}
	if _, _, err := assemble(before); err != nil {
		return File{}, err
	}
	for i, p := range before {
		at := slices.IndexFunc(p.notes, func(n note) bool { return n.ID == id })
		if id == "" || at < 0 {
			continue
		}
		text = closed(release.Text(text))
		e := &edits{p: p}
		e.field(&p.notes[at], f, text, courseNames(before))
		changed := slices.Clone(files)
		changed[i].Data = e.apply()
		if err := onlyField(before, changed, id, f, text); err != nil {
			return File{}, fmt.Errorf("set the %s of %s: %w", f, id, err)
		}
		return changed[i], nil
	}
	return File{}, fault.New(fault.NoSuchCard, nil, "card", id)
}

// closed ends a block of code that has no end, as [Write] does: in a file it would
// take in all that follows.
func closed(text string) string {
	var code fence
	for _, s := range strings.Split(text, "\n") {
		code.read(s, 0)
	}
	if code.mark != "" {
		text += "\n" + code.mark
	}
	return text
}

// field writes, changes or removes a text of a card.
func (e *edits) field(n *note, f decks.Field, text string, names names) {
	after := n.line - 1 // the line behind which a new field is written
	for k, w := range e.p.words {
		if w.line < n.line-1 || w.line > n.last {
			continue
		}
		end := n.last
		if k+1 < len(e.p.words) {
			end = min(end, e.p.words[k+1].line-1)
		}
		for end > w.line && blank(e.p.lines[end].text) {
			end--
		}
		if w.line == n.line-1 || w.mark == noMark && slices.Index(decks.Fields, w.field) < slices.Index(decks.Fields, f) {
			after = end
		}
		if w.line == n.line-1 || w.field != f {
			continue
		}
		_, from := e.raw(w.line)
		last := e.p.lines[end]
		if text == "" {
			e.replace(from, e.p.bom+last.end, "")
			return
		}
		e.replace(from, e.p.bom+last.stop, e.written(w.word, text))
		return
	}
	if text != "" {
		e.after(after, e.written(names.fields[f], text))
	}
}

// written is a field as it stands in the file, without the end of its last line.
func (e *edits) written(word, text string) string {
	var w writer
	w.text(word, text, false)
	return strings.ReplaceAll(strings.TrimSuffix(w.b.String(), "\n"), "\n", e.eol())
}

// onlyField reads the changed course and holds it to the one before: nothing differs
// but the field.
func onlyField(before []*parser, changed []File, id string, f decks.Field, text string) error {
	after, err := parseFiles(changed, false)
	if err != nil {
		return err
	}
	if _, _, err := assemble(after); err != nil {
		return err
	}
	for i, p := range before {
		q := after[i]
		same := slices.EqualFunc(p.sections, q.sections, func(a, b section) bool { return a.Section == b.Section }) &&
			slices.EqualFunc(p.notes, q.notes, func(a, b note) bool {
				x, y := release.CanonicalNote(a.Note), release.CanonicalNote(b.Note)
				if a.ID == id {
					delete(x.Fields, f)
					if y.Text(f) != text {
						return false
					}
					delete(y.Fields, f)
				}
				return a.section == b.section && equalNotes(x, y)
			})
		if !same {
			return fault.New(fault.BadArgument, errors.New("the text does not fit into the course"), "what", string(f))
		}
	}
	return nil
}

func equalNotes(a, b decks.Note) bool {
	if a.ID != b.ID || a.Kind != b.Kind || a.Difficulty != b.Difficulty || a.Major != b.Major || a.From != b.From ||
		!slices.Equal(a.Merges, b.Merges) || !slices.Equal(a.Tags, b.Tags) || !slices.Equal(a.Choices, b.Choices) {
		return false
	}
	for _, f := range decks.Fields {
		if a.Text(f) != b.Text(f) {
			return false
		}
	}
	return true
}
