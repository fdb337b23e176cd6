package merge

import "lectern/decks"

// Overlay is what a student wrote over a released note. The zero value is nothing.
type Overlay struct {
	Fields map[decks.Field]Edit
	Tags   *TagEdit    // nil for none
	Keep   *decks.Note // the note as it was released when the student chose to keep it so; nil for none
}

// TagEdit is a set of tags as the author released and the student changed them.
type TagEdit struct{ Base, Mine []string }

// Released is the author's note that the student's edits lie over: the one that was kept,
// or the one given.
func (o Overlay) Released(now decks.Note) decks.Note {
	if o.Keep == nil {
		return now
	}
	kept := *o.Keep
	kept.Section = now.Section // its place is the author's
	return kept
}

// Shown is the note as the student sees it. The released note is not changed.
func (o Overlay) Shown(released decks.Note) decks.Note {
	n := o.Released(released)
	tags := n.Tags
	if len(o.Fields) > 0 {
		n, _ = Note(n, o.Fields)
	}
	if o.Tags != nil {
		n.Tags = Tags(o.Tags.Base, tags, o.Tags.Mine)
	}
	return n
}

// Asks says in which fields of a released note the student is to choose.
func (o Overlay) Asks(released decks.Note) []Conflict {
	_, conflicts := Note(o.Released(released), o.Fields)
	return conflicts
}

// wrote reports whether the student wrote over what a card asks and answers.
func (o Overlay) wrote() bool {
	_, front := o.Fields[decks.Front]
	_, back := o.Fields[decks.Back]
	return front || back
}
