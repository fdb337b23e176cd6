package notebook_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lectern/decks/lecture/notebook"
	"lectern/decks/lecture/page"
	"lectern/decks/lecture/page/pagetest"
)

func read(t testing.TB, text string) *page.Page {
	t.Helper()
	p, err := notebook.Read(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	if why := pagetest.Check(p); why != "" {
		t.Fatal(why)
	}
	return p
}

const lab = `{
 "cells": [
  {
   "cell_type": "markdown",
   "metadata": {},
   "source": [
    "# Лаба\n",
    "\n",
    "**1.** Сколько?"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 1,
   "metadata": {},
   "outputs": [
    {"data": {"image/png": "AAAA", "text/plain": ["<Figure>"]}, "output_type": "display_data"}
   ],
   "source": [
    "%matplotlib inline\n",
    "x = 1"
   ]
  },
  {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": []},
  {
   "cell_type": "code",
   "metadata": {},
   "outputs": [],
   "source": [
    "%%bash\n",
    "ls"
   ]
  },
  {
   "cell_type": "raw",
   "metadata": {},
   "source": "raw\ntext"
  },
  {
   "cell_type": "markdown",
   "metadata": {},
   "source": "- [ ] one\n- [x] two"
  }
 ],
 "metadata": {"kernelspec": {"display_name": "R", "language": "R", "name": "ir"}},
 "nbformat": 4, "nbformat_minor": 5
}
`

func TestRead(t *testing.T) {
	p := read(t, lab)
	want := `  7 # Лаба
  9 p **1.** Сколько?
 20 code r %matplotlib inline⏎x = 1
 24 rule
 30 code bash %%bash⏎ls
 37 code  raw⏎text
 42 list
 42   - [ ]
 42     p one
 42   - [x]
 42     p two
`
	if got := pagetest.Numbered(p); got != want {
		t.Errorf("got\n%s", got)
	}
	if p.Title != "Лаба" || p.Format != "notebook" {
		t.Errorf("%q, %s", p.Title, p.Format)
	}
}

// Lines that do not stand in the file one by one are all where the cell begins.
func TestLinesInOne(t *testing.T) {
	p := read(t, "{\"cells\":[\n{\"cell_type\":\"markdown\",\"source\":[\"# a\\n\\nb\",\n\"c\"]},\n{\"cell_type\":\"code\",\"source\":\"d\"}]}")
	if got := pagetest.Numbered(p); got != "  2 # a\n  2 p bc\n  4 code  d\n" {
		t.Errorf("got\n%s", got)
	}
}

// cells makes a notebook of cells in short: kind, metadata, source.
func cells(list ...[3]string) string {
	var b strings.Builder
	for i, c := range list {
		if i > 0 {
			b.WriteString(",")
		}
		source, _ := json.Marshal(c[2])
		if c[1] == "" {
			c[1] = "{}"
		}
		fmt.Fprintf(&b, `{"cell_type":%q,"metadata":%s,"source":%s}`, c[0], c[1], source)
	}
	return `{"cells":[` + b.String() + `],"metadata":{"language_info":{"name":"python"}},"nbformat":4}`
}

func TestTags(t *testing.T) {
	for _, c := range []struct {
		name string
		cell [3]string
		want string
	}{
		{"solution", [3]string{"code", `{"tags":["solution"]}`, "x = 1"}, "box solution \"\"\n  code python x = 1\n"},
		{"room for a solution", [3]string{"code", `{"tags":["solution"]}`, "# Ваш код здесь\n"}, "code python # Ваш код здесь\n"},
		{"solution in words", [3]string{"markdown", `{"tags":["Solution"]}`, "It is *one*."}, "box solution \"\"\n  p It is *one*.\n"},
		{"exercise", [3]string{"markdown", `{"tags":["hide_output","exercise"]}`, "Do it."}, "box exercise \"\"\n  p Do it.\n"},
		{"given out by nbgrader", [3]string{"code", `{"nbgrader":{"solution":true,"grade":true}}`, "def f(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"}, "code python def f(x):⏎    # YOUR CODE HERE⏎    raise NotImplementedError()\n"},
		{"solved for nbgrader", [3]string{"code", `{"nbgrader":{"solution":true}}`, "### BEGIN SOLUTION\nx\n### END SOLUTION"}, "box solution \"\"\n  code python ### BEGIN SOLUTION⏎x⏎### END SOLUTION\n"},
		{"a test of nbgrader", [3]string{"code", `{"nbgrader":{"solution":false,"grade":true}}`, "assert x"}, "code python assert x\n"},
		{"folded", [3]string{"code", `{"jupyter":{"source_hidden":true}}`, "x"}, "box details \"\"\n  code python x\n"},
		{"not shown", [3]string{"code", `{"tags":["remove_cell"]}`, "x"}, "~ code python x\n"},
		{"empty", [3]string{"code", `{"tags":["solution"]}`, " \n"}, "rule\n"},
		{"other metadata", [3]string{"code", `{"tags":"solution","nbgrader":[true],"jupyter":null,"solution":{"a":1}}`, "x"}, "code python x\n"},
	} {
		if got := pagetest.Outline(read(t, cells(c.cell))); got != c.want {
			t.Errorf("%s: got\n%s", c.name, got)
		}
	}
}

func TestFormat3(t *testing.T) {
	p := read(t, `{"metadata":{"name":"x"},"nbformat":3,"worksheets":[{"cells":[
{"cell_type":"heading","level":2,"metadata":{},"source":["Loops"]},
{"cell_type":"markdown","source":["Why?"]},
{"cell_type":"code","collapsed":false,"input":["print 1"],"language":"python","outputs":[{"text":["1"]}],"prompt_number":1}],"metadata":{}}]}`)
	if got := pagetest.Numbered(p); got != "  2 ## Loops\n  3 p Why?\n  4 code python print 1\n" {
		t.Errorf("got\n%s", got)
	}
}

func TestAttachments(t *testing.T) {
	data := base64.StdEncoding.EncodeToString([]byte("picture"))
	cell := `{"attachments":{"a b.png":{"image/png":"` + data + `"},"c.exe":{"application/x":"AAAA"}},"cell_type":"markdown","source":"![x](attachment:a%20b.png) ![y](attachment:c.exe)"}`
	p := read(t, `{"cells":[`+cell+","+cell+`],"nbformat":4}`)
	if got := pagetest.Outline(p); got != "p ![x](picture-1.png) ![y](attachment:c.exe)\np ![x](picture-2.png) ![y](attachment:c.exe)\n" {
		t.Errorf("got\n%s", got)
	}
	if len(p.Pictures) != 2 || p.Pictures[1].Name != "picture-2.png" || string(p.Pictures[1].Data) != "picture" {
		t.Errorf("%v", p.Pictures)
	}
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                                       "line 1: unexpected EOF",
		"[]":                                     "it has no cells",
		`{"nbformat":4}`:                         "it has no cells",
		lab[:300]:                                "line 17: unexpected EOF",
		lab + "x":                                "something follows its end",
		"{\n\"cells\":[\n{\"a\" 1}]":             "line 3: invalid character '1'",
		`{"cells":[` + strings.Repeat("[", 5000): "it is nested too deep",
	} {
		_, err := notebook.Read(context.Background(), text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, not %s", text, err, want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := notebook.Read(ctx, lab); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		lab: true, "\ufeff\n" + cells(): true, `{"worksheets":[],"nbformat":3}`: true,
		"": false, "# a": false, `{"cells":[]}`: false, `[{"nbformat":4,"cells":[]}]`: false,
	} {
		if notebook.Sniff(text) != want {
			t.Errorf("%.40q", text)
		}
	}
}

// The cells of a notebook come one after the other, whatever is in them.
func TestLaws(t *testing.T) {
	source := rapid.StringMatching("[a-z*#`\\n >$|-]{0,20}")
	rapid.Check(t, func(t *rapid.T) {
		var list []map[string]any
		var codes []string
		for range rapid.IntRange(1, 8).Draw(t, "cells") {
			kind := rapid.SampledFrom([]string{"markdown", "code", "raw"}).Draw(t, "kind")
			text := source.Draw(t, "source")
			var src any = text
			if rapid.Bool().Draw(t, "lines") {
				src = strings.SplitAfter(text, "\n")
			}
			list = append(list, map[string]any{"cell_type": kind, "source": src, "metadata": map[string]any{}})
			if kind == "code" && strings.TrimSpace(text) != "" {
				codes = append(codes, strings.TrimSpace(text))
			}
		}
		raw, err := json.MarshalIndent(map[string]any{"cells": list, "nbformat": 4, "metadata": map[string]any{"language_info": map[string]string{"name": "zig"}}}, "", strings.Repeat(" ", rapid.IntRange(0, 1).Draw(t, "indent")))
		if err != nil {
			t.Fatal(err)
		}
		p, err := notebook.Read(context.Background(), string(raw))
		if err != nil {
			t.Fatal(err)
		}
		if why := pagetest.Check(p); why != "" {
			t.Fatalf("%s\n%s", why, pagetest.Numbered(p))
		}
		var got []string
		for i := range p.Blocks {
			if b := &p.Blocks[i]; b.Kind == page.Code && b.Mark == "zig" {
				got = append(got, strings.TrimSpace(b.Text))
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(codes) {
			t.Fatalf("code %q, not %q", got, codes)
		}
	})
}

// The words of each labelled item stand in the page. The corpus is not part of the
// repository.
func TestCorpus(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/lectures/dev/*.ipynb")
	if len(files) == 0 {
		t.Skip("there is no corpus of labelled pages beside the repository")
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p := read(t, string(raw))
		var all strings.Builder
		for i := range p.Blocks {
			all.WriteString(letters(p.Blocks[i].Plain()))
		}
		goldRaw, err := os.ReadFile(strings.TrimSuffix(name, ".ipynb") + ".gold.json")
		if err != nil {
			t.Fatal(err)
		}
		var gold struct {
			Groups []struct {
				Items []struct{ Prompt, Answer string }
			}
		}
		if err := json.Unmarshal(goldRaw, &gold); err != nil {
			t.Fatal(err)
		}
		for _, g := range gold.Groups {
			for _, it := range g.Items {
				for _, want := range []string{it.Prompt, it.Answer} {
					if !strings.Contains(all.String(), letters(want)) {
						t.Errorf("%s: not in one piece: %s", filepath.Base(name), want)
					}
				}
			}
		}
	}
}

func letters(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" \n\t*_`#>$\\|:.,()-–—?!\"'«»", r) }), "")
}

func FuzzRead(f *testing.F) {
	f.Add(lab)
	f.Add(cells([3]string{"markdown", `{"tags":["solution"]}`, "# a"}, [3]string{"code", "", "%%bash"}))
	f.Add(`{"worksheets":[{"cells":[{"cell_type":"heading","level":9,"source":[1,"a",[]]}]}]}`)
	f.Add(`{"cells":[{"attachments":{"a":{"image/png":["QUJD"]}},"source":"![](attachment:a)"}],"metadata":{"title":3}}`)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			return
		}
		p, err := notebook.Read(context.Background(), text)
		if err != nil {
			return
		}
		if why := pagetest.Check(p); why != "" {
			t.Fatal(why)
		}
	})
}

// BenchmarkRead reads a notebook of 10 and of 50 MB, nine tenths of which are
// pictures that its cells have put out. peak-MB is the most memory in use beside it.
func BenchmarkRead(b *testing.B) {
	picture := strings.Repeat("iVBORw0KGgo", 100_000)
	cell := `{"cell_type":"code","metadata":{},"outputs":[{"data":{"image/png":"` + picture + `"}}],"source":["x = 1\n","plot(x)"]},` + "\n" +
		strings.Repeat(`{"cell_type":"markdown","metadata":{},"source":["## Question\n","Why is **this** so?\n"]},`+"\n", 1200)
	for _, size := range []int{10, 50} {
		n := size << 20 / len(cell)
		text := `{"cells":[` + strings.TrimSuffix(strings.Repeat(cell, n), ",\n") + `],"nbformat":4}`
		b.Run(fmt.Sprintf("%dMB", size), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			var peak uint64
			for b.Loop() {
				peak = max(peak, mostMemory(func() {
					if _, err := notebook.Read(context.Background(), text); err != nil {
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
