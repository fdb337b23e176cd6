package webpage_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/webpage"
)

// corpus is a folder of lecture pages with NAME.gold.json beside each, which say
// what is to be found. It is not part of the repository.
const corpus = "../../../../shared/lectures/dev"

func corpusPages(t testing.TB) map[string]string {
	t.Helper()
	files, _ := filepath.Glob(corpus + "/*html")
	if len(files) == 0 {
		t.Skip("there is no corpus of labelled pages beside the repository")
	}
	pages := map[string]string{}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pages[strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))] = string(raw)
	}
	return pages
}

// letters are the letters and numbers of a text.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// seen is the text that is not hidden.
func seen(p *page.Page) string {
	var all strings.Builder
	for i := range p.Blocks {
		if b := &p.Blocks[i]; !b.Hidden {
			all.WriteString(letters(b.Plain()))
		}
	}
	return all.String()
}

// The text of each question, exercise and choice that people found on a page
// stands in it as it is read, and in one piece; what surrounds the content does not.
func TestCorpus(t *testing.T) {
	for name, html := range corpusPages(t) {
		raw, err := os.ReadFile(filepath.Join(corpus, name+".gold.json"))
		if err != nil {
			t.Fatal(err)
		}
		var gold struct {
			Title  string
			Groups []struct {
				Items []struct {
					Prompt, Answer string
					Choices        []string
				}
			}
		}
		if err := json.Unmarshal(raw, &gold); err != nil {
			t.Fatal(err)
		}
		p := read(t, html)
		text := seen(p)
		for _, g := range gold.Groups {
			for _, it := range g.Items {
				for _, want := range append([]string{it.Prompt, it.Answer}, it.Choices...) {
					want = strings.Replace(want, "its input.136", "its input.", 1) // the number of a footnote
					if !strings.Contains(text, letters(want)) {
						t.Errorf("%s: not in one piece: %s", name, want)
					}
				}
			}
		}
		if !strings.Contains(letters(p.Title), letters(gold.Title)) {
			t.Errorf("%s: title %q, not %q", name, p.Title, gold.Title)
		}
		for _, furniture := range []string{"Skip to main content", "Перейти к основному содержимому", "Остались вопросы?", "Privacy"} {
			if strings.Contains(text, letters(furniture)) {
				t.Errorf("%s: %s", name, furniture)
			}
		}
	}
}

// BenchmarkRead reads saved pages of 10 and 50 MB, and pages that are nothing but
// entries or tags. peak-MB is the most memory in use beside the page's text.
func BenchmarkRead(b *testing.B) {
	var pages strings.Builder
	for pages.Len() < 50<<20 {
		for _, html := range corpusPages(b) {
			pages.WriteString(html)
		}
	}
	for _, c := range []struct{ name, html string }{
		{"10MB", pages.String()[:10<<20]}, {"50MB", pages.String()[:50<<20]},
		{"entries", strings.Repeat("<li>one question?", 1_000_000)},
		{"divs", strings.Repeat("<div class=a><span>x</span>", 1_000_000)},
		{"text", strings.Repeat("слово ", 4_000_000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.html)))
			var peak uint64
			for b.Loop() {
				peak = max(peak, mostMemory(func() {
					if _, err := webpage.Read(context.Background(), c.html); err != nil {
						b.Fatal(err)
					}
				}))
			}
			b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
		})
	}
}

// mostMemory is how much the heap grows at most while do runs, in bytes.
func mostMemory(do func()) uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before, most := m.HeapAlloc, m.HeapAlloc
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
	}()
	do()
	close(stop)
	<-stopped
	return most - before
}
