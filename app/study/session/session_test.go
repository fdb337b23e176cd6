package session

import (
	"testing"
	"time"

	"lectern/scheduler"
)

func TestSession(t *testing.T) {
	var s Session
	s.Add(Answer{Card: "a/f", Grade: scheduler.Again, Known: true, Took: 10 * time.Second})
	s.Add(Answer{Card: "b/f", Grade: scheduler.Good, Known: true, Took: 5 * time.Second})
	s.Add(Answer{Card: "a/f", Grade: scheduler.Good, Took: 3 * time.Second})
	s.Add(Answer{Card: "c/f", Grade: scheduler.Again})
	asked, recalled := s.Known()
	if s.Cards() != 3 || s.Time() != 18*time.Second || asked != 2 || recalled != 1 {
		t.Errorf("%d cards in %s, %d of %d recalled", s.Cards(), s.Time(), recalled, asked)
	}
	if f := s.Forgotten(); len(f) != 2 || f[0].Card != "a/f" || f[1].Card != "c/f" {
		t.Errorf("forgotten: %v", f)
	}

	if s.Redo("c/f") {
		t.Error("redo of what was not undone")
	}
	if !s.Undo("c/f") || !s.Undo("a/f") || len(s.Answers) != 2 || s.Answers[0].Grade != scheduler.Again {
		t.Fatalf("after two undos: %v", s.Answers)
	}
	if s.Undo("z/f") {
		t.Error("an answer of another session was in this one")
	}
	if s.Redo("c/f") || !s.Redo("a/f") || len(s.Answers) != 3 {
		t.Errorf("after redo: %v", s.Answers)
	}
	s.Add(Answer{Card: "d/f"})
	if s.Redo("c/f") {
		t.Error("a new answer leaves nothing to redo")
	}
}
