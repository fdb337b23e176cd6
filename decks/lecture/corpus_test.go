package lecture

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// corpus is a folder of lecture pages with NAME.gold.json beside each, which say
// what is to be found. It is not part of the repository.
const corpus = "../../../shared/lectures/dev"

// gold is what a page holds.
type gold struct {
	File   string `json:"file"`
	Groups []struct {
		Items []struct {
			Prompt string   `json:"prompt"`
			Alt    []string `json:"alt"`
			Answer string   `json:"answer"`
		} `json:"items"`
	} `json:"groups"`
	Optional []string `json:"optional"`
}

func golds(t *testing.T) map[string]gold {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpus, "*.gold.json"))
	if err != nil || len(files) == 0 {
		t.Skip("there is no corpus of labelled pages beside the repository")
	}
	all := map[string]gold{}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var g gold
		if err := json.Unmarshal(raw, &g); err != nil {
			t.Fatal(name, err)
		}
		all[strings.TrimSuffix(filepath.Base(name), ".gold.json")] = g
	}
	return all
}

func found(t *testing.T, file string) Report {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(corpus, file))
	if err != nil {
		t.Fatal(err)
	}
	_, x, err := Extract(context.Background(), raw, file, nil)
	if err != nil {
		t.Fatal(file, err)
	}
	return NewReport(x)
}

// words are the letters and numbers of a text, as the corpus compares them.
func words(s string) []string {
	s = strings.ReplaceAll(strings.ToLower(norm.NFKC.String(s)), "ё", "е")
	var all []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			all = append(all, strings.Split(w, "")...)
			continue
		}
		all = append(all, w)
	}
	return all
}

// alike is the F1 of two bags of words.
func alike(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	both := 0
	for _, w := range b {
		if count[w] > 0 {
			count[w]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}

var itemLabel = regexp.MustCompile(`^\s*\d{1,3}[.):]\s+`)

// match gives each found prompt the index of its item, -1 for none, -2 where either
// is right.
func (g gold) match(r Report) (of []int, missed int) {
	type item struct {
		texts [][]string
		taken bool
	}
	var items []item
	for _, gr := range g.Groups {
		for _, it := range gr.Items {
			var texts [][]string
			for _, s := range append([]string{it.Prompt}, it.Alt...) {
				texts = append(texts, words(s))
			}
			items = append(items, item{texts: texts})
		}
	}
	for _, gr := range r.Groups {
		for _, it := range gr.Items {
			prompt := words(itemLabel.ReplaceAllString(it.Prompt, ""))
			at, best := -1, 0.9
			for i := range items {
				for _, text := range items[i].texts {
					if f := alike(text, prompt); !items[i].taken && f >= best && (at < 0 || f > best) {
						at, best = i, f
					}
				}
			}
			if at >= 0 {
				items[at].taken = true
			} else if slices.ContainsFunc(g.Optional, func(s string) bool { return alike(words(s), prompt) >= 0.9 }) {
				at = -2
			}
			of = append(of, at)
		}
	}
	for _, it := range items {
		if !it.taken {
			missed++
		}
	}
	return of, missed
}

// TestCorpus holds what is found on real pages of many courses.
func TestCorpus(t *testing.T) {
	hits, extra, missed, pages, sum := 0, 0, 0, 0, 0.0
	for name, g := range golds(t) {
		of, m := g.match(found(t, g.File))
		h, x := 0, 0
		for _, at := range of {
			switch {
			case at >= 0:
				h++
			case at == -1:
				x++
			}
		}
		hits, extra, missed = hits+h, extra+x, missed+m
		if h+m == 0 {
			if x > 0 {
				t.Errorf("%s has no task, %d were found", name, x)
			}
			continue
		}
		pages++
		sum += 2 * float64(h) / float64(2*h+x+m)
		if 2*h < 2*h+x+m {
			t.Logf("%s: %d found, %d wrong, %d missed", name, h, x, m)
		}
	}
	all, mean := 2*float64(hits)/float64(2*hits+extra+missed), sum/float64(pages)
	t.Logf("F1 of all items %.3f, mean of pages %.3f", all, mean)
	if all < 0.98 || mean < 0.97 {
		t.Errorf("F1 of all items %.3f, mean of pages %.3f", all, mean)
	}
}

// TestRenderingsAgree holds that a page gives the same items as a file, as a saved
// web page and as text copied from a browser.
func TestRenderingsAgree(t *testing.T) {
	all := golds(t)
	same, of := 0, 0
	for name, g := range all {
		base, _, rendered := strings.Cut(name, "--")
		if !rendered {
			continue
		}
		source, ok := all[base]
		if !ok {
			continue
		}
		var want [][]string
		for _, gr := range found(t, source.File).Groups {
			for _, it := range gr.Items {
				want = append(want, words(it.Prompt))
			}
		}
		got := found(t, g.File)
		of += len(want)
		for _, gr := range got.Groups {
			for _, it := range gr.Items {
				prompt := words(it.Prompt)
				if at := slices.IndexFunc(want, func(w []string) bool { return alike(w, prompt) >= 0.9 }); at >= 0 {
					same++
					want = slices.Delete(want, at, at+1)
				}
			}
		}
		if len(want) > 0 {
			t.Logf("%s: %d of the source's items differ", name, len(want))
		}
	}
	t.Logf("%d of %d items agree", same, of)
	if of == 0 || float64(same) < 0.95*float64(of) {
		t.Errorf("%d of %d items agree", same, of)
	}
}
