package bench

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lectern/decks/class"
	"lectern/decks/fault"
	"lectern/decks/intake"
	"lectern/decks/source"
)

// HandIns are what students handed in about one course.
type HandIns struct {
	Answers []class.Answers
	Reports []class.Report
	Refused []Refused
}

// Refused is a file that could not be used.
type Refused struct {
	Name  string
	Other bool  // it is about another course
	Err   error // it could not be read; nil when it holds something else
}

// Count is how many files are used.
func (h *HandIns) Count() int { return len(h.Answers) + len(h.Reports) }

// ReadHandIns reads files of students, and those of folders, about a course. One that
// cannot be used stops nothing.
func ReadHandIns(ctx context.Context, paths []string, deck string) (HandIns, error) {
	var h HandIns
	var names []string
	for _, p := range paths {
		names = append(names, listed(p)...)
	}
	for _, name := range names {
		if ctx.Err() != nil {
			return HandIns{}, fault.New(fault.Cancelled, ctx.Err())
		}
		h.read(name, deck)
	}
	return h, nil
}

// listed is a file, or the files of a folder that students may have handed in.
func listed(path string) []string {
	entries, err := os.ReadDir(path)
	if err != nil {
		return []string{path}
	}
	slices.SortFunc(entries, func(a, b os.DirEntry) int { return source.NaturalOrder(a.Name(), b.Name()) })
	var out []string
	for _, e := range entries {
		if !e.IsDir() && IsHandIn(e.Name()) {
			out = append(out, filepath.Join(path, e.Name()))
		}
	}
	return out
}

// IsHandIn tells by its name whether a file may be one that a student handed in.
func IsHandIn(name string) bool { return strings.EqualFold(filepath.Ext(name), ".json") }

func (h *HandIns) read(name, deck string) {
	short := filepath.Base(name)
	data, err := intake.Read(name)
	if err != nil {
		h.Refused = append(h.Refused, Refused{Name: short, Err: err})
		return
	}
	about := ""
	switch class.Format(data) {
	case class.AnswersFormat:
		a, err := class.ReadAnswers(data)
		if about = a.Deck; err == nil && about == deck {
			h.Answers = append(h.Answers, a)
			return
		}
	case class.ReportFormat:
		r, err := class.ReadReport(data)
		if about = r.Deck; err == nil && about == deck {
			h.Reports = append(h.Reports, r)
			return
		}
	}
	h.Refused = append(h.Refused, Refused{Name: short, Other: cmp.Or(about, deck) != deck})
}
