package courses_test

import (
	"context"
	"io/fs"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"lectern/assets/courses"
	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture"
	"lectern/decks/source"
)

func founding(t *testing.T, lang string) decks.Deck {
	t.Helper()
	d, err := source.ParseFS(courses.Founding(lang), ".")
	if err != nil {
		t.Fatalf("%s: %v", lang, err)
	}
	return d
}

// The Russian course asks what its page asks, in the page's order and words.
func TestAsksWhatThePageAsks(t *testing.T) {
	raw, err := os.ReadFile("../../decks/lecture/testdata/understanding-llm.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, page, err := lecture.Extract(context.Background(), raw, "understanding-llm.txt", nil)
	if err != nil {
		t.Fatal(err)
	}
	misspelt := strings.NewReplacer("помощбю", "помощью")
	notes := founding(t, "ru").Notes
	i := 0
	for _, g := range page.Groups {
		for _, it := range g.Items {
			if i == len(notes) {
				t.Fatalf("the course ends before %q", it.Prompt)
			}
			n := notes[i]
			if want, got := misspelt.Replace(it.Prompt), n.Text(decks.Front); fold.Fold(got) != fold.Fold(want) {
				t.Errorf("the course asks %q, the page %q", got, want)
			}
			if n.Kind != it.Kind || n.Difficulty != it.Difficulty {
				t.Errorf("%q is %s %q, on the page %s %q", it.Prompt, n.Kind, n.Difficulty, it.Kind, it.Difficulty)
			}
			i++
		}
	}
	if i != len(notes) {
		t.Errorf("the page has %d questions, the course %d", i, len(notes))
	}
}

// Both languages are one course: section by section, note by note.
func TestLanguagesAgree(t *testing.T) {
	ru, en := founding(t, "ru"), founding(t, "en")
	if len(ru.Sections) != len(en.Sections) || len(ru.Notes) != len(en.Notes) {
		t.Fatalf("%d sections and %d notes in ru, %d and %d in en", len(ru.Sections), len(ru.Notes), len(en.Sections), len(en.Notes))
	}
	place := map[string]int{}
	for i := range ru.Sections {
		place[ru.Sections[i].ID], place[en.Sections[i].ID] = i, i
		if ru.Sections[i].Source == "" || en.Sections[i].Source == "" {
			t.Errorf("section %d does not say where it comes from", i+1)
		}
	}
	for i, a := range ru.Notes {
		b := en.Notes[i]
		if place[a.Section] != place[b.Section] || a.Kind != b.Kind || a.Difficulty != b.Difficulty {
			t.Errorf("note %d differs: %q, %q", i+1, a.Text(decks.Front), b.Text(decks.Front))
		}
		for _, f := range decks.Fields {
			if (a.Text(f) == "") != (b.Text(f) == "") {
				t.Errorf("note %d has its %s in one language only", i+1, f)
			}
		}
	}
}

var (
	picture = regexp.MustCompile(`\]\(([\w-]+\.svg)`)
	label   = regexp.MustCompile(`>(&lt;)?\x{a0}?(\d+)\x{a0}?%<`)
	degree  = regexp.MustCompile(`>T = ([\d.,]+)<`)
)

// Every picture that lies beside a course is shown by one of its cards.
func TestPicturesAreShown(t *testing.T) {
	for _, lang := range []string{"ru", "en"} {
		shown := map[string]bool{}
		for _, n := range founding(t, lang).Notes {
			for _, text := range n.Fields {
				for _, m := range picture.FindAllStringSubmatch(text, -1) {
					shown[m[1]] = true
				}
			}
		}
		names, err := fs.Glob(courses.Founding(lang), "*.svg")
		if err != nil || len(names) == 0 {
			t.Fatalf("%s has no pictures: %v", lang, err)
		}
		for _, name := range names {
			if !shown[name] {
				t.Errorf("%s: no card shows %s", lang, name)
			}
		}
	}
}

// The chart of temperatures is softmax: each of its panels follows from the one
// at T = 1, where dividing the logits by T is raising p to the power 1/T.
func TestTemperaturesAreSoftmax(t *testing.T) {
	for _, lang := range []string{"ru", "en"} {
		data, err := fs.ReadFile(courses.Founding(lang), "temperature.svg")
		if err != nil {
			t.Fatal(err)
		}
		panels := map[float64][]string{}
		var base []float64
		at := degree.FindAllSubmatchIndex(data, -1)
		for i, m := range at {
			end := len(data)
			if i+1 < len(at) {
				end = at[i+1][0]
			}
			temp, err := strconv.ParseFloat(strings.Replace(string(data[m[2]:m[3]]), ",", ".", 1), 64)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range label.FindAllSubmatch(data[m[1]:end], -1) {
				panels[temp] = append(panels[temp], string(v[1])+string(v[2]))
				if temp == 1 {
					p, err := strconv.ParseFloat(string(v[2]), 64)
					if err != nil {
						t.Fatal(err)
					}
					base = append(base, p/100)
				}
			}
		}
		if len(panels) < 3 || len(base) == 0 {
			t.Fatalf("%s: panels %v", lang, panels)
		}
		for temp, got := range panels {
			sum := 0.0
			for _, p := range base {
				sum += math.Pow(p, 1/temp)
			}
			var want []string
			for _, p := range base {
				share := math.Round(100 * math.Pow(p, 1/temp) / sum)
				text := strconv.Itoa(int(share))
				if share < 1 {
					text = "&lt;1"
				}
				want = append(want, text)
			}
			if strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("%s: at T = %v the chart says %v, softmax %v", lang, temp, got, want)
			}
		}
	}
}
