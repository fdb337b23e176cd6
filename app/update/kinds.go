package update

import (
	"fyne.io/fyne/v2"

	"lectern/app/theme"
	"lectern/decks"
	"lectern/decks/merge"
)

// kind is what became of a note, in a word with its picture.
type kind struct {
	icon string
	key  string // of the word
	ink  fyne.ThemeColorName
}

func (s *Screen) kindOf(r *merge.Row) kind {
	if k := kindOf(r); s.o.Offer.Back && !r.Asks() && !r.Kept && !r.Frozen && r.Kind != merge.RowMoved {
		return kind{k.icon, "update.kind_back_" + backwards(r), k.ink}
	}
	return kindOf(r)
}

// backwards is what the way back to an earlier release does to a note: whatever it was
// called on the way here, it is new, gone or changed.
func backwards(r *merge.Row) string {
	switch {
	case r.Old.ID == "":
		return "new"
	case r.New.ID == "":
		return "gone"
	}
	return "changed"
}

func kindOf(r *merge.Row) kind {
	switch {
	case r.Asks():
		return kind{"git-merge", "update.kind_both", theme.Warn}
	case r.Kept:
		return kind{"pause", "update.kind_kept", theme.Muted}
	case r.Frozen:
		return kind{"pause", "update.kind_frozen", theme.Warn}
	}
	switch r.Kind {
	case merge.RowNew:
		return kind{"plus", "update.kind_new", theme.Success}
	case merge.RowRetired:
		return kind{"archive", "update.kind_retired", theme.DeleInk}
	case merge.RowReturned:
		return kind{"arrow-u-up-left", "update.kind_returned", theme.Success}
	case merge.RowSplit:
		return kind{"brackets-square", "update.kind_split", theme.Success}
	case merge.RowJoined:
		return kind{"git-merge", "update.kind_joined", theme.Success}
	case merge.RowMoved:
		return kind{"folder-open", "update.kind_moved", theme.Muted}
	}
	for _, t := range r.Texts {
		if t.Mark == merge.Merged || t.Mark == merge.Both {
			return kind{"git-merge", "update.kind_merged", theme.InsInk}
		}
	}
	return kind{"pencil-simple", edited(r), theme.InsInk}
}

// edited is the word for what differs in a note that reads differently.
func edited(r *merge.Row) string {
	var question, answer, other *merge.TextChange
	for i := range r.Texts {
		switch t := &r.Texts[i]; t.Field {
		case decks.Front:
			question = t
		case decks.Back:
			answer = t
		default:
			if other == nil {
				other = t
			}
		}
	}
	switch {
	case question != nil && answer != nil:
		return "update.kind_question_answer"
	case question != nil:
		return how(question)
	case answer != nil:
		return how(answer)
	case r.Options:
		return "update.kind_options"
	case other != nil:
		return how(other)
	case r.Old.Kind != r.New.Kind:
		return "update.kind_kind"
	case r.Old.Difficulty != r.New.Difficulty:
		return "update.kind_difficulty"
	case r.Other:
		return "update.kind_tags"
	}
	return "update.kind_substance" // nothing else: the author says so
}

// how says that a text came, went or changed.
func how(t *merge.TextChange) string {
	switch {
	case t.Old == "":
		return "update.came_" + string(t.Field)
	case t.New == "":
		return "update.went_" + string(t.Field)
	}
	return "update.fixed_" + string(t.Field)
}

// noteOf is the note of a row as it is told of: the one to come, or the one that goes.
func noteOf(r *merge.Row) decks.Note {
	if r.Kind == merge.RowRetired {
		return r.Was
	}
	return r.Now
}
