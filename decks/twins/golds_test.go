package twins_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lectern/decks/fold"
	"lectern/decks/twins"
)

// golds reads the questions of the labelled pages, each once, in order of their
// pages; none when the pages are not there.
func golds(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../../shared/lectures/dev/*.gold.json")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	seen := map[string]bool{}
	for _, file := range files {
		if strings.Contains(file, "--") {
			continue // another rendering of a page
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var page struct {
			Groups []struct {
				Items []struct {
					Prompt  string
					Choices []string
				}
			}
		}
		if err := json.Unmarshal(data, &page); err != nil {
			t.Fatal(err)
		}
		for _, g := range page.Groups {
			for _, it := range g.Items {
				q := strings.Join(append([]string{it.Prompt}, it.Choices...), "\n")
				if !seen[fold.Fold(q)] {
					seen[fold.Fold(q)] = true
					out = append(out, q)
				}
			}
		}
	}
	return out
}

// changes make of a question one that a reader takes for the same, or "" where
// they do not apply.
var changes = map[string]func(q string, r *rand.Rand) string{
	"case and marks": func(q string, _ *rand.Rand) string {
		return strings.ToUpper(strings.TrimRight(q, "?.")) + " ?"
	},
	"typo": func(q string, r *rand.Rand) string { return changeWord(q, r, 6, swapLetters) },
	"form": func(q string, r *rand.Rand) string {
		return changeWord(q, r, 5, func(w []rune) []rune {
			switch last := w[len(w)-1]; {
			case strings.ContainsRune("аяыие", last):
				return append(w[:len(w)-1:len(w)-1], 'у')
			case last >= 'а' && last <= 'я':
				return append(slices.Clone(w), 'а')
			case last == 's':
				return w[:len(w)-1]
			default:
				return append(slices.Clone(w), 's')
			}
		})
	},
	"a word less": func(q string, r *rand.Rand) string {
		words := strings.Fields(q)
		if len(words) < 8 {
			return ""
		}
		at := 1 + r.IntN(len(words)-2)
		if strings.ContainsAny(words[at], "0123456789=<>+-*/()[]{}$\\_^") || len([]rune(words[at])) < 4 {
			return ""
		}
		return strings.Join(slices.Delete(slices.Clone(words), at, at+1), " ")
	},
	"politely": func(q string, _ *rand.Rand) string {
		if strings.ContainsAny(q, "абвгдеиоу") {
			return "Пожалуйста, кратко: " + q
		}
		return "Please answer briefly: " + q
	},
	"order": func(q string, r *rand.Rand) string {
		words := strings.Fields(strings.TrimRight(q, "?."))
		if len(words) < 5 || len(words) > 40 {
			return ""
		}
		at := 1 + r.IntN(len(words)-2)
		return strings.Join(append(slices.Clone(words[at:]), words[:at]...), " ") + "?"
	},
	"explain": func(q string, _ *rand.Rand) string {
		if rest, ok := strings.CutPrefix(q, "Что такое "); ok {
			return "Объясните, что такое " + strings.TrimRight(rest, "?") + "."
		}
		if rest, ok := strings.CutPrefix(q, "Объясните, "); ok {
			return strings.TrimRight(rest, ".") + "?"
		}
		if rest, ok := strings.CutPrefix(q, "What is "); ok {
			return "Explain what is " + rest
		}
		return ""
	},
}

func changeWord(q string, r *rand.Rand, least int, change func([]rune) []rune) string {
	words := strings.Fields(q)
	for range 20 {
		at := r.IntN(len(words))
		w := []rune(words[at])
		if len(w) < least || strings.ContainsFunc(words[at], func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= 'а' && r <= 'я')
		}) {
			continue
		}
		words[at] = string(change(w))
		return strings.Join(words, " ")
	}
	return ""
}

func swapLetters(w []rune) []rune {
	w = slices.Clone(w)
	i := 1 + len(w)/2%(len(w)-2)
	if w[i] == w[i+1] {
		return append(w[:i], w[i+1:]...)
	}
	w[i], w[i+1] = w[i+1], w[i]
	return w
}

// Of the questions of public courses hardly one is like another, and what is
// changed as people change questions finds the one it was made of, and never
// another.
func TestGolds(t *testing.T) {
	questions := golds(t)
	if len(questions) == 0 {
		t.Skip("the labelled pages are not here")
	}
	alike := 0
	for i, m := range twins.Repeats(questions) {
		if m.At >= 0 {
			alike++
			t.Logf("%.2f\n   %.200s\n   %.200s", m.Alike, questions[m.At], questions[i])
		}
	}
	t.Logf("%d questions, %d are like another", len(questions), alike)
	if alike > 2 { // of these one asks the same in other words
		t.Errorf("%d questions are taken for another", alike)
	}
	x := twins.Build(questions)
	r := rand.New(rand.NewPCG(1, 2))
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		var changed []string
		var of []int
		for i, q := range questions {
			if c := changes[name](q, r); c != "" {
				changed, of = append(changed, c), append(of, i)
			}
		}
		found, wrong := 0, 0
		for k, m := range x.Nearest(changed) {
			switch {
			case m.At == of[k]:
				found++
			case m.At >= 0:
				wrong++
				t.Errorf("%s: taken for another, %.2f\n   %.200s\n   %.200s", name, m.Alike, changed[k], questions[m.At])
			}
		}
		t.Logf("%s: %d of %d found, %d wrong", name, found, len(changed), wrong)
		if share := float64(found) / float64(len(changed)); share < 0.9 {
			t.Errorf("%s: only %.2f are found", name, share)
		}
	}
}
