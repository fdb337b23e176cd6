package study

import (
	"context"
	"testing"

	"lectern/decks"
)

// A draft is offered where the answer is written. It is no answer before the
// student saves it, and then it is his.
func TestADraftIsInsertedWhereTheAnswerIsWritten(t *testing.T) {
	r := newRig(t, deck(), nil)
	ctx := context.Background()
	err := r.c.KeepDrafts(ctx, []decks.Draft{{Note: "cccccccccc", Text: "Сравнить легче.", Model: "m"}})
	if err != nil {
		t.Fatal(err)
	}
	r.press("Space")
	r.at("aaaaaaaaaa", shown)
	r.press("3", "Space", "3", "Space")
	r.at("cccccccccc", writing)
	w := r.s.writer
	if w.take.Hidden || w.text() != "" || !r.note("cccccccccc").NeedsAnswer() {
		t.Fatalf("the button is hidden: %v; the field has %q", w.take.Hidden, w.text())
	}
	w.insertDraft()
	if !w.take.Hidden || !r.note("cccccccccc").NeedsAnswer() {
		t.Error("a draft that was inserted is an answer")
	}
	r.press("Ctrl+Enter")
	if got := r.note("cccccccccc").Text(decks.Back); got != "Сравнить легче." {
		t.Errorf("saved %q", got)
	}
	if rows, err := r.c.Drafts(ctx, ""); err != nil || len(rows) != 0 {
		t.Errorf("%d drafts wait, %v", len(rows), err)
	}
}
