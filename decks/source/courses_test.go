package source

import (
	"io/fs"
	"os"
	"path"
	"testing"

	"lectern/decks"
)

// TestSampleCourses reads the courses that ship with the program: both languages
// hold the same twenty questions, with every id written in.
func TestSampleCourses(t *testing.T) {
	courses := os.DirFS("../../assets/courses")
	dirs, err := fs.Glob(courses, "understanding-llm.*")
	if err != nil {
		t.Fatal(err)
	}
	if len(dirs) == 0 {
		t.Skip("no courses in assets/courses")
	}
	if len(dirs) != 2 {
		t.Errorf("courses %v, want two languages", dirs)
	}
	for _, dir := range dirs {
		d, err := ParseFS(courses, dir)
		if err != nil {
			t.Errorf("%s: %v", dir, err)
			continue
		}
		hard, unanswered := 0, 0
		for _, n := range d.Notes {
			if n.Difficulty == decks.Hard {
				hard++
			}
			if n.NeedsAnswer() {
				unanswered++
			}
		}
		if len(d.Notes) != 20 || len(d.Sections) != 5 || hard != 4 || unanswered != 0 {
			t.Errorf("%s: %d notes, %d sections, %d hard, %d without an answer; want 20, 5, 4, 0", dir, len(d.Notes), len(d.Sections), hard, unanswered)
		}
		src, err := fs.ReadFile(courses, path.Join(dir, "course.md"))
		if err != nil {
			t.Fatal(err)
		}
		if _, n, err := AssignIDs("course.md", src, false); err != nil || n != 0 {
			t.Errorf("%s: %d ids are not in the file, %v", dir, n, err)
		}
	}
}
