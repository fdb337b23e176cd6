package webpage_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/page/pagetest"
	"lectern/decks/lecture/webpage"
)

// tags that keep the words in them, each with attributes that mean something.
var tags = []string{
	"p", "div", "section", "span", "b", "i", "code", "sup", "a href=#x", "a href=y", "h1", "h2", "h3", "ul", "ol", "ol type=a", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "caption", "pre", "blockquote",
	"details", "summary", "main", "article", "header", "footer", "nav", "aside", "form", "fieldset", "legend", "label", "figure", "figcaption", "center", "font",
	"div class=exercise", "div class=solution", "div class='admonition note'", "p class=admonition-title", "div class=sidebar", "li class=correct", "div class=content id=content", "div role=radio", "div style='display:none'",
	"div class=accordion", "div class=answer", "span class=math", "div class=math", "td class=menu", "div role=heading", "x-question", "math", "mi", "mfrac", "span onclick=x", "a href=javascript:x", "div class=quiz-option", "div class=quiz", "p class=title",
}

var endless = []string{"<br>", "<hr>", "<input type=radio>", "<input type=checkbox checked>", "<img src=a alt=>", "<!-- c -->", "</p>", "</div>", "</li>", "</b>", "</table>", "</td>", "\n", "<p/>", "<div/>"}

// drawPage draws a page out of tags and words, with ends left out and crossed.
func drawPage(t *rapid.T) (html string, words []string) {
	var b strings.Builder
	var open []string
	for range rapid.IntRange(1, 60).Draw(t, "parts") {
		switch rapid.IntRange(0, 9).Draw(t, "what") {
		case 0, 1, 2:
			tag := rapid.SampledFrom(tags).Draw(t, "tag")
			name, _, _ := strings.Cut(tag, " ")
			open = append(open, name)
			b.WriteString("<" + tag + ">")
		case 3, 4:
			if n := len(open); n > 0 {
				i := rapid.IntRange(max(0, n-3), n-1).Draw(t, "end")
				b.WriteString("</" + open[i] + ">")
				open = append(open[:i], open[i+1:]...)
			}
		case 5:
			b.WriteString(rapid.SampledFrom(endless).Draw(t, "void"))
		default:
			w := fmt.Sprintf("word%02d", len(words))
			words = append(words, w)
			b.WriteString(w + rapid.SampledFrom([]string{" ", "", "\n", ". "}).Draw(t, "after"))
		}
	}
	return b.String(), words
}

var wordInText = regexp.MustCompile(`word\d\d`)

// Whatever a page looks like, it becomes a tree, and no word of it is lost or
// turns up twice; words stay in their order, but for titles of boxes.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		html, words := drawPage(t)
		p, err := webpage.Read(context.Background(), html)
		if err != nil {
			t.Fatal(err)
		}
		if why := pagetest.Check(p); why != "" {
			t.Fatalf("%s\n%s\n%s", html, why, pagetest.Outline(p))
		}
		var got []string
		for i := range p.Blocks {
			if b := &p.Blocks[i]; b.Kind == page.Code || b.Kind == page.Formula {
				got = append(got, wordInText.FindAllString(b.Text, -1)...)
			} else {
				got = append(got, wordInText.FindAllString(b.Plain(), -1)...)
			}
		}
		if strings.Join(got, " ") != strings.Join(words, " ") {
			t.Fatalf("%s\nhas %v, not %v\n%s", html, got, words, pagetest.Outline(p))
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, tag := range tags {
		f.Add("<" + tag + ">a<" + tag + ">b</p>")
	}
	f.Add(`<p>$a_1$ \(b\) \[c\] $$d$$ \begin{x}y\end{x}<script type="math/tex">e`)
	f.Add(`<img src="data:image/png;base64,` + strings.Repeat("QUJD", 40) + `"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x`)
	f.Fuzz(func(t *testing.T, html string) {
		if len(html) > 1<<16 {
			return
		}
		p, err := webpage.Read(context.Background(), html)
		if err != nil {
			t.Fatal(err)
		}
		if why := pagetest.Check(p); why != "" {
			t.Fatal(why)
		}
		size := 0
		for i := range p.Blocks {
			b := &p.Blocks[i]
			size += len(b.Text)
			if !utf8.ValidString(b.Text) && utf8.ValidString(html) {
				t.Fatalf("%q", b.Text)
			}
		}
		if size > 20*len(html)+1000 {
			t.Fatalf("%d bytes of text from %d", size, len(html))
		}
	})
}
