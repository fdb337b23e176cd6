package export

import (
	"fmt"
	"html"
	"strings"

	"lectern/decks"
	"lectern/decks/content"
)

// card is a card to cut out: two sides with the same number.
type card struct {
	number      string
	section     string
	front, back side
}

// side is one side of a card: what is written and how many lines it may take.
type side struct {
	html string
	docs []content.Document
}

// size is a size of cards: so many stand on a sheet, and at each size of letters
// a side holds so many lines of so many letters. The figures are on the safe side,
// since what does not fit would be cut off.
type size struct {
	class   string
	columns int
	rows    int
	width   [3]int // letters a line, large to small
	lines   [3]int
	picture float64 // height that a picture takes at most, in mm
}

var sizes = []size{
	{"small", 2, 4, [3]int{34, 41, 50}, [3]int{7, 9, 11}, 28},
	{"medium", 2, 2, [3]int{34, 41, 50}, [3]int{18, 22, 26}, 45},
	{"big", 1, 2, [3]int{74, 90, 108}, [3]int{18, 22, 26}, 55},
}

// lineHeight is the height of a line at each size of letters, in mm.
var lineHeight = [3]float64{5.9, 4.9, 4.2}

// cards writes sheets to print on both sides and to cut: fronts, and behind them
// the backs, mirrored as the sheet is turned about its long edge. A text too long
// for a small card gets a larger one; one too long for any is printed as in a booklet.
func (w *page) cards() {
	bySize := make([][]card, len(sizes))
	var long []numbered
	for i, n := range w.deck.Notes {
		all := w.cardsOf(i+1, n)
		at := 0
		for at < len(sizes) && !fit(all, sizes[at]) {
			at++
		}
		if at == len(sizes) {
			long = append(long, numbered{i + 1, n})
			continue
		}
		bySize[at] = append(bySize[at], all...)
	}
	for i, s := range sizes {
		w.sheets(s, bySize[i])
	}
	if len(long) > 0 {
		fmt.Fprintf(&w.b, "<section class=\"long\">\n<h1>%s</h1>\n", html.EscapeString(w.Words.Long))
		w.entries(long)
		w.b.WriteString("</section>\n")
	}
}

// cardsOf makes the cards of a note: one for each part of a cloze.
func (w *page) cardsOf(number int, n decks.Note) []card {
	front, back := n.Text(decks.Front), n.Text(decks.Back)
	more := n.Text(decks.Explanation)
	if n.Kind != decks.Cloze {
		c := card{fmt.Sprint(number), w.titles[n.Section], w.side(front, w.options(n, false), n.Choices), side{}}
		var right []decks.Option
		for _, o := range n.Choices {
			if o.Right {
				right = append(right, o)
			}
		}
		c.back = w.side(joined(back, more), w.options(n, true), right)
		return []card{c}
	}
	var out []card
	for _, part := range content.Gaps(front) {
		out = append(out, card{
			fmt.Sprint(number, ".", part[1:]), w.titles[n.Section],
			w.side(content.FillGaps(front, part, true), "", nil), w.side(joined(filled(front, part, back), more), "", nil),
		})
	}
	return out
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n\n" + b
}

func (w *page) side(text, options string, choices []decks.Option) side {
	d := content.Parse(text)
	s := side{html: w.text.HTML(d) + options, docs: []content.Document{d}}
	for _, o := range choices {
		s.docs = append(s.docs, content.Parse(o.Text))
	}
	return s
}

// fit tells whether all sides of cards have room.
func fit(all []card, s size) bool {
	for _, c := range all {
		if letters(c.front, s) < 0 || letters(c.back, s) < 0 {
			return false
		}
	}
	return true
}

// letters is the largest size of letters at which a side has room, 0 to 2; -1: none.
func letters(s side, z size) int {
	for i := range z.width {
		need := 0.0
		for _, d := range s.docs {
			need += room(d.Blocks, z.width[i], z.picture/lineHeight[i])
		}
		if need <= float64(z.lines[i]) {
			return i
		}
	}
	return -1
}

// room is how many lines blocks may take; a picture takes so many.
func room(blocks []content.Block, width int, picture float64) float64 {
	lines := 0.0
	count := func(in []content.Inline) float64 {
		n := 0.0
		for _, part := range strings.Split(content.PlainInline(in), "\n") {
			n += float64(1 + len([]rune(part))*16/(15*width)) // long words leave lines short
		}
		content.Walk(content.Document{Blocks: []content.Block{&content.Paragraph{Inlines: in}}}, nil, func(x content.Inline) {
			switch x := x.(type) {
			case *content.Image:
				n += picture
			case content.MathSpan:
				n += 0.6 * float64(strings.Count(string(x), `\frac`)+2*strings.Count(string(x), `\begin`)+strings.Count(string(x), `\\`))
			}
		})
		return n
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case *content.Paragraph:
			lines += count(b.Inlines) + 0.4
		case *content.Heading:
			lines += 1.3*count(b.Inlines) + 0.5
		case *content.List:
			for _, it := range b.Items {
				lines += room(it.Blocks, max(8, width-4), picture)
			}
		case *content.Quote:
			lines += room(b.Blocks, max(8, width-4), picture)
		case *content.Code:
			for _, l := range strings.Split(b.Text, "\n") {
				lines += float64(1 + len([]rune(l))*10/(9*width))
			}
			lines += 0.8
		case *content.Math:
			if signs(b.TeX) > width { // no browser breaks a formula
				return never
			}
			lines += 2.4 + 1.4*float64(strings.Count(b.TeX, `\\`))
		case *content.Table:
			cell := max(4, width/max(1, len(b.Align))-3)
			for _, r := range append([][][]content.Inline{b.Head}, b.Rows...) {
				most := 1.0
				for _, c := range r {
					n := 0.0
					for _, part := range strings.Split(content.PlainInline(c), "\n") {
						n += float64(1 + len([]rune(part))*6/(5*cell)) // words do not fill a narrow line
					}
					most = max(most, n)
				}
				lines += most + 0.3
			}
		case *content.Picture:
			lines += picture + 0.5
		case *content.Rule:
			lines++
		}
	}
	return lines
}

// never is more lines than any card has.
const never = 1e6

// signs is about how many letters wide a formula is.
func signs(tex string) int {
	widest := 0
	for _, row := range strings.Split(tex, `\\`) {
		n, word := 0, false
		for _, r := range row {
			switch {
			case r == '\\':
				word, n = true, n+1
			case word && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'):
			case strings.ContainsRune("{}^_& ", r):
				word = false
			default:
				word, n = false, n+1
			}
		}
		widest = max(widest, n)
	}
	return widest
}

// sheets writes the fronts and backs of cards of one size.
func (w *page) sheets(s size, all []card) {
	on := s.columns * s.rows
	for from := 0; from < len(all); from += on {
		sheet := all[from:min(len(all), from+on)]
		for _, back := range []bool{false, true} {
			fmt.Fprintf(&w.b, "<section class=\"sheet %s\">\n", s.class)
			for cell := range on {
				at := cell
				if back { // the columns change places
					at = cell - cell%s.columns + s.columns - 1 - cell%s.columns
				}
				if at >= len(sheet) {
					w.b.WriteString("<div class=\"card empty\"></div>\n")
					continue
				}
				w.card(sheet[at], back, s)
			}
			w.b.WriteString("</section>\n")
		}
	}
}

func (w *page) card(c card, back bool, s size) {
	side := c.front
	if back {
		side = c.back
	}
	body := side.html
	if body == "" {
		body = w.blank()
	}
	fmt.Fprintf(&w.b, "<div class=\"card\"><div class=\"side size%d\">\n%s</div><footer><span>%s</span><span>%s</span></footer></div>\n",
		letters(side, s), body, html.EscapeString(c.section), html.EscapeString(c.number))
}
