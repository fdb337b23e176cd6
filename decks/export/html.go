package export

import (
	"fmt"
	"html"
	"strings"

	"lectern/decks"
	"lectern/decks/content"
	"lectern/decks/content/mathml"
)

// Layout is how a page to print is laid out.
type Layout string

// The layouts.
const (
	Booklet Layout = "booklet" // questions, each with its answer
	Cards   Layout = "cards"   // to cut out, printed on both sides
)

// Words are the page's own words in the reader's language.
type Words struct {
	Answer, Hint, Explanation, Source, NoAnswer string
	Long                                        string // over what does not fit on a card
	Lang                                        string // of the words: BCP 47
}

// Print says how a deck is printed.
type Print struct {
	Layout  Layout
	Words   Words
	Picture func(name string) ([]byte, bool) // the bytes of a picture, false when it is not there
}

// HTML writes the deck as one page to print: pictures are part of it, formulas are
// MathML, or TeX where it is beyond that, letters are the system's. It runs nothing
// and loads nothing, and says so to the browser.
func HTML(d decks.Deck, p Print) []byte {
	w := &page{Print: p, deck: d, titles: map[string]string{}}
	w.text = content.Page{Formula: formula, Source: w.picture}
	for _, s := range d.Sections {
		w.titles[s.ID] = s.Title
	}
	w.open()
	if p.Layout == Cards {
		w.cards()
	} else {
		w.booklet()
	}
	w.b.WriteString("</body>\n</html>\n")
	return []byte(w.b.String())
}

type page struct {
	Print
	deck   decks.Deck
	titles map[string]string // of sections
	text   content.Page
	b      strings.Builder
}

// formula writes TeX so that it can be read without a script.
func formula(tex string, display bool) string {
	if m, ok := mathml.Convert(tex, display); ok {
		return m
	}
	return `<code class="tex">` + html.EscapeString(tex) + "</code>"
}

func (w *page) picture(name string) (string, bool) {
	if w.Picture == nil {
		return "", false
	}
	p, ok := w.Picture(name)
	if !ok {
		return "", false
	}
	return dataURL(p)
}

// policy forbids what the page does not do anyway.
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

func (w *page) open() {
	lang := w.deck.Lang
	if lang == "" {
		lang = w.Words.Lang
	}
	title := html.EscapeString(w.deck.Title)
	style := bookletStyle
	if w.Layout == Cards {
		style = cardsStyle
	}
	fmt.Fprintf(&w.b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n"+
		"<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>\n%s%s</style>\n</head>\n<body>\n",
		html.EscapeString(lang), html.EscapeString(policy), title, baseStyle, style)
}

// booklet writes questions with their answers.
func (w *page) booklet() {
	fmt.Fprintf(&w.b, "<header>\n<h1>%s</h1>\n", html.EscapeString(w.deck.Title))
	var from []string
	for _, s := range []string{w.deck.Author, w.deck.License} {
		if s != "" {
			from = append(from, html.EscapeString(s))
		}
	}
	if len(from) > 0 {
		fmt.Fprintf(&w.b, "<p class=\"from\">%s</p>\n", strings.Join(from, " · "))
	}
	w.b.WriteString("</header>\n")
	all := make([]numbered, len(w.deck.Notes))
	for i, n := range w.deck.Notes {
		all[i] = numbered{i + 1, n}
	}
	w.entries(all)
}

// numbered is a note with its number in the deck.
type numbered struct {
	number int
	decks.Note
}

// entries writes notes below the titles of their sections.
func (w *page) entries(notes []numbered) {
	section := ""
	for _, n := range notes {
		if n.Section != section {
			section = n.Section
			fmt.Fprintf(&w.b, "<h2>%s</h2>\n", html.EscapeString(w.titles[section]))
		}
		w.entry(n)
	}
}

func (w *page) entry(n numbered) {
	front, back := n.Text(decks.Front), n.Text(decks.Back)
	if n.Kind == decks.Cloze {
		front, back = content.FillGaps(front, "", true), filled(front, "", back)
	}
	fmt.Fprintf(&w.b, "<article>\n<div class=\"question\"><span class=\"number\">%d</span>\n%s%s</div>\n", n.number, w.markdown(front), w.options(n.Note, false))
	if hint := n.Text(decks.Hint); hint != "" {
		w.part("hint", w.Words.Hint, w.markdown(hint))
	}
	answer := w.options(n.Note, true) + w.markdown(back)
	if answer == "" {
		answer = w.blank()
	}
	w.part("answer", w.Words.Answer, answer)
	for _, f := range []struct {
		field decks.Field
		word  string
	}{{decks.Explanation, w.Words.Explanation}, {decks.Source, w.Words.Source}} {
		if s := n.Text(f.field); s != "" {
			w.part(string(f.field), f.word, w.markdown(s))
		}
	}
	w.b.WriteString("</article>\n")
}

func (w *page) part(class, word, body string) {
	fmt.Fprintf(&w.b, "<div class=\"%s\"><span class=\"label\">%s</span>\n%s</div>\n", class, html.EscapeString(word), body)
}

func (w *page) markdown(s string) string {
	if s == "" {
		return ""
	}
	return w.text.HTML(content.Parse(s))
}

// blank is room to write an answer by hand.
func (w *page) blank() string {
	return `<p class="none">` + html.EscapeString(w.Words.NoAnswer) + "</p>\n" + strings.Repeat("<div class=\"line\"></div>\n", 3)
}

// filled is the answer of a cloze: the text with its gaps filled, and what is said
// below it.
func filled(front, part, back string) string {
	whole := content.FillGaps(front, part, false)
	if back != "" {
		whole += "\n\n" + back
	}
	return whole
}

// options writes what there is to choose from; in the answer, what is right.
func (w *page) options(n decks.Note, answer bool) string {
	if len(n.Choices) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("<ul class=\"options\">\n")
	for i, o := range n.Choices {
		if answer && !o.Right {
			continue
		}
		fmt.Fprintf(&b, "<li><span class=\"letter\">%s</span><div>%s</div></li>\n", letter(i), w.markdown(o.Text))
	}
	b.WriteString("</ul>\n")
	return b.String()
}

// letter names an option: A, B, … Z, AA.
func letter(i int) string {
	s := string(rune('A' + i%26))
	if i >= 26 {
		return letter(i/26-1) + s
	}
	return s
}
