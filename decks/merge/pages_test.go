package merge

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lectern/decks"
)

// lecturePages reads the questions of real lecture pages, one deck a page.
func lecturePages(t *testing.T) []decks.Deck {
	root, err := filepath.Abs("../../../shared/lectures/dev")
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(root, "*.gold.json"))
	if len(files) == 0 {
		t.Skip("no lecture pages in ../shared/lectures/dev")
	}
	var pages []decks.Deck
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var gold struct {
			Groups []struct {
				Items []struct{ Prompt string }
			}
		}
		if err := json.Unmarshal(data, &gold); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		var questions []string
		for _, g := range gold.Groups {
			for _, item := range g.Items {
				questions = append(questions, strings.ReplaceAll(item.Prompt, " = ", " is "))
			}
		}
		pages = append(pages, course(questions...))
	}
	return pages
}

// TestAdoptOnLecturePages edits every question of real pages at once.
func TestAdoptOnLecturePages(t *testing.T) {
	pages := lecturePages(t)
	for _, edit := range []struct {
		name string
		do   func(r *rand.Rand, words []string) []string
	}{
		{"a word less", func(r *rand.Rand, words []string) []string {
			at := r.IntN(len(words))
			return slices.Delete(words, at, at+1)
		}},
		{"two words more", func(r *rand.Rand, words []string) []string {
			return slices.Insert(words, r.IntN(len(words)), "совершенно", "unexpected")
		}},
		{"a letter less", func(r *rand.Rand, words []string) []string {
			at := r.IntN(len(words))
			letters := []rune(words[at])
			k := r.IntN(len(letters))
			words[at] = string(slices.Delete(letters, k, k+1))
			return words
		}},
	} {
		for _, shuffled := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, shuffled %v", edit.name, shuffled), func(t *testing.T) {
				r := rand.New(rand.NewPCG(1, 2))
				notes, wrong, lost := 0, 0, 0
				for _, old := range pages {
					fresh := reread(old, "new")
					for i := range fresh.Notes {
						if words := strings.Fields(fresh.Notes[i].Text(decks.Front)); len(words) >= 3 {
							fresh.Notes[i].Fields = map[decks.Field]string{decks.Front: strings.Join(edit.do(r, words), " ")}
						}
					}
					if shuffled {
						r.Shuffle(len(fresh.Notes), func(i, j int) { fresh.Notes[i], fresh.Notes[j] = fresh.Notes[j], fresh.Notes[i] })
					}
					got, _ := Adopt(old, fresh)
					for i, n := range got.Notes {
						notes++
						switch {
						case n.ID == fresh.Notes[i].ID:
							lost++
						case "new"+n.ID != fresh.Notes[i].ID:
							wrong++
						}
					}
				}
				t.Logf("%d notes, %d with another's id, %d without their old one", notes, wrong, lost)
				if wrong > 0 || 100*lost > notes {
					t.Errorf("of %d notes %d got another's id and %d lost theirs", notes, wrong, lost)
				}
			})
		}
	}
}

// TestAdoptTellsQuestionsApart offers half of each page's questions for the
// other half: all are new, though on the same subject.
func TestAdoptTellsQuestionsApart(t *testing.T) {
	notes, taken := 0, 0
	for _, page := range lecturePages(t) {
		old, fresh := page, reread(page, "new")
		old.Notes, fresh.Notes = nil, nil
		for i, n := range page.Notes {
			if i%2 == 0 {
				old.Notes = append(old.Notes, n)
			} else {
				fresh.Notes = append(fresh.Notes, n)
			}
		}
		_, m := Adopt(old, fresh)
		notes += len(fresh.Notes)
		taken += m.Same + m.Edited
	}
	t.Logf("%d of %d questions taken for another", taken, notes)
	if 100*taken > 2*notes {
		t.Errorf("%d of %d questions taken for another", taken, notes)
	}
}
