package merge

import (
	"lectern/decks"
	"lectern/decks/release"
)

// Mark says where a shown text comes from.
type Mark string

// The marks. Those that ask are conflicts: mine is shown, theirs is offered.
const (
	None       Mark = ""        // nobody changed anything
	New        Mark = "new"     // the author wrote in an empty field
	Theirs     Mark = "theirs"  // only the author changed it
	Mine       Mark = "mine"    // only the student changed it
	Same       Mark = "same"    // both made the same change
	Merged     Mark = "merged"  // both changed different words of it
	Both       Mark = "both"    // both explained: one below the other
	Ask        Mark = "ask"     // both changed the same words
	AskQuietly Mark = "ask_low" // the author changed what the student cleared
)

// Asks reports whether the student is to choose.
func (m Mark) Asks() bool { return m == Ask || m == AskQuietly }

// Edit is what a student wrote in a field. An empty Value is a text too: the
// student cleared the field.
type Edit struct {
	Value string // what stands there for the student
	Base  string // the released text the student saw
}

// Text merges one text by the table above. Texts are compared as
// [release.Text], so a different end of line or Unicode form is not a change;
// what is shown is the text as it was written.
func Text(base, theirs, mine string) (shown string, mark Mark) {
	b, t, m := release.Text(base), release.Text(theirs), release.Text(mine)
	switch {
	case m == b && t == b:
		return theirs, None
	case m == b && b == "":
		return theirs, New
	case m == b:
		return theirs, Theirs
	case t == b:
		return mine, Mine
	case t == m:
		return theirs, Same
	case m == "":
		return mine, AskQuietly
	case b == "" || t == "":
		return mine, Ask
	}
	if merged, ok := diff3(b, t, m); ok {
		return merged, Merged
	}
	return mine, Ask
}

// Conflict is a field that both the author and the student changed. The student
// sees Mine until they choose.
type Conflict struct {
	Field  decks.Field
	Base   string
	Theirs string
	Mine   string
	Quiet  bool // the student cleared the field: list it, do not ask
}

// Note returns the note as the student sees it, and the fields in which both
// wrote, in the order of decks.Fields. The released note is not changed.
func Note(released decks.Note, overlay map[decks.Field]Edit) (shown decks.Note, conflicts []Conflict) {
	shown, _, conflicts = note(released, overlay)
	return shown, conflicts
}

// Marks says for each field of the overlay where the shown text comes from.
func Marks(released decks.Note, overlay map[decks.Field]Edit) map[decks.Field]Mark {
	_, marks, _ := note(released, overlay)
	return marks
}

func note(released decks.Note, overlay map[decks.Field]Edit) (decks.Note, map[decks.Field]Mark, []Conflict) {
	shown := released
	shown.Fields = make(map[decks.Field]string, len(released.Fields)+len(overlay))
	for f, v := range released.Fields {
		if v != "" {
			shown.Fields[f] = v
		}
	}
	marks := make(map[decks.Field]Mark, len(overlay))
	var conflicts []Conflict
	for _, f := range decks.Fields {
		e, ok := overlay[f]
		if !ok {
			continue
		}
		theirs := released.Fields[f]
		text, mark := Text(e.Base, theirs, e.Value)
		if f == decks.Explanation && mark == Ask && release.Text(e.Base) == "" {
			text, mark = e.Value+"\n\n"+theirs, Both
		}
		marks[f] = mark
		if text == "" {
			delete(shown.Fields, f)
		} else {
			shown.Fields[f] = text
		}
		if mark.Asks() {
			conflicts = append(conflicts, Conflict{Field: f, Base: e.Base, Theirs: theirs, Mine: e.Value, Quiet: mark == AskQuietly})
		}
	}
	return shown, marks, conflicts
}

// Tags merges sets of tags: theirs without those I removed, with those I added.
// The result is sorted as [release.Tags].
func Tags(base, theirs, mine []string) []string {
	was, have := set(base), set(mine)
	var out []string
	for _, t := range release.Tags(theirs) {
		if !was[t] || have[t] {
			out = append(out, t)
		}
	}
	for t := range have {
		if !was[t] {
			out = append(out, t)
		}
	}
	return release.Tags(out)
}

func set(tags []string) map[string]bool {
	m := make(map[string]bool, len(tags))
	for _, t := range release.Tags(tags) {
		m[t] = true
	}
	return m
}
