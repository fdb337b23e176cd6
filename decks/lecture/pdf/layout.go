package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/runs"
)

// layout makes paragraphs of lines.
type layout struct {
	body    float64         // the size of most letters
	leading float64         // the distance of most lines, in ems
	vocab   map[string]bool // words of the text, for those parted at a line's end
	paras   []para
}

// para is a paragraph, a title, an entry of a list or lines of code.
type para struct {
	page  int
	kind  page.Kind // Paragraph, Entry, Code, Table
	lines []line
	gaps  []float64 // above each line, in ems; large on a new page
	entry runs.Entry
	inner float64    // of an entry: where its words begin
	rows  [][]string // of a table, Markdown
}

// layoutOf reads the lines of all pages.
func layoutOf(pages [][]line) *layout {
	l := &layout{vocab: map[string]bool{}}
	sizes, gaps := map[float64]int{}, map[float64]int{}
	for _, lines := range pages {
		for i, x := range lines {
			sizes[half(x.size)] += utf8.RuneCountInString(x.text)
			if i > 0 && x.size > 0 {
				if d := (lines[i-1].base - x.base) / x.size; d > 0.8 && d < 3 {
					gaps[math.Round(d*20)/20] += len(x.text)
				}
			}
			if len(l.vocab) < 200_000 {
				for _, w := range strings.Fields(x.text) {
					l.vocab[strings.ToLower(strings.TrimFunc(w, notLetter))] = true
				}
			}
		}
	}
	l.body, l.leading = most(sizes), most(gaps)
	if l.leading == 0 {
		l.leading = 1.2
	}
	plainly(pages)
	for _, lines := range pages {
		for i := 0; i < len(lines); {
			gap := farApart
			if i > 0 && lines[i-1].base > lines[i].base {
				gap = (lines[i-1].base - lines[i].base) / lines[i].size
			}
			if t, n := tableOf(lines[i:]); n > 0 {
				l.paras = append(l.paras, t)
				i += n
				continue
			}
			l.take(lines[i], gap)
			i++
		}
	}
	return l
}

const farApart = 9.0 // ems

// plainly takes away the styles that most letters have: a text that is all bold
// or written on a typewriter says nothing by it.
func plainly(pages [][]line) {
	total, count := 0, map[runs.Style]int{}
	all := []runs.Style{runs.Bold, runs.Italic, runs.Code}
	for _, lines := range pages {
		for _, x := range lines {
			for _, r := range x.runs {
				total += len(r.Text)
				for _, s := range all {
					if r.Style&s != 0 {
						count[s] += len(r.Text)
					}
				}
			}
		}
	}
	mask := runs.Style(0)
	for _, s := range all {
		if count[s]*10 > total*6 {
			mask |= s
		}
	}
	if mask == 0 {
		return
	}
	for _, lines := range pages {
		for i := range lines {
			x := &lines[i]
			x.style &^= mask
			for k := range x.runs {
				x.runs[k].Style &^= mask
			}
			for c := range x.cells {
				for k := range x.cells[c].runs {
					x.cells[c].runs[k].Style &^= mask
				}
			}
		}
	}
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// take puts a line into the paragraph before, or begins one.
func (l *layout) take(x line, gap float64) {
	if strings.TrimSpace(x.text) == "" {
		return
	}
	last := l.last()
	switch {
	case x.style&runs.Code != 0:
		if last != nil && last.kind == page.Code && (gap < 4 || last.page != x.page) {
			last.add(x, gap)
			return
		}
		l.begin(para{kind: page.Code}, x, gap)
	case l.entryLine(x, gap):
		return
	case last != nil && l.goesOn(last, x, gap):
		last.add(x, gap)
	default:
		l.begin(para{kind: page.Paragraph}, x, gap)
	}
}

func (l *layout) last() *para {
	if len(l.paras) == 0 {
		return nil
	}
	return &l.paras[len(l.paras)-1]
}

func (l *layout) begin(p para, x line, gap float64) {
	p.page = x.page
	p.add(x, gap)
	l.paras = append(l.paras, p)
}

func (p *para) add(x line, gap float64) {
	p.lines, p.gaps = append(p.lines, x), append(p.gaps, gap)
}

// entryLine begins an entry where a line begins with a mark. A line of options,
// "a) yes  b) no", begins several.
func (l *layout) entryLine(x line, gap float64) bool {
	e, ok := runs.TypedEntry(x.text)
	if !ok || !l.marks(x, gap) {
		return false
	}
	if l.title(x) && strings.HasPrefix(e.Kind, "1") && !strings.HasSuffix(strings.TrimSpace(x.text), "?") {
		return false // a numbered title
	}
	parts := optionsOf(x)
	for i, part := range parts {
		if i > 0 {
			e, _ = runs.TypedEntry(part.text)
			gap = 0
		}
		p := para{kind: page.Entry, entry: e, inner: innerOf(part, e)}
		part.runs = runs.TrimLeft(part.runs, e.Len)
		part.text = strings.TrimLeft(part.text[min(e.Len, len(part.text)):], " ")
		l.begin(p, part, gap)
	}
	return true
}

// innerOf is where the words of an entry begin.
func innerOf(x line, e runs.Entry) float64 {
	if len(x.cells) > 1 && len(x.cells[0].text) <= e.Len {
		return x.cells[1].x0
	}
	return x.x0 + max(x.first, 0.8*x.size)
}

// optionsOf parts a line whose cells all begin with marks of one kind.
func optionsOf(x line) []line {
	if len(x.cells) > maxColumns {
		return []line{x}
	}
	first, _ := runs.TypedEntry(x.text)
	var out []line
	for i, c := range x.cells {
		e, ok := runs.TypedEntry(c.text)
		if ok && i > 0 && e.Kind == first.Kind && e.Mark != first.Mark || i == 0 {
			part := x
			part.x0, part.x1, part.runs, part.text, part.cells = c.x0, c.x1, c.runs, c.text, []cell{c}
			out = append(out, part)
			continue
		}
		last := &out[len(out)-1]
		last.runs = append(append(append([]runs.Run{}, last.runs...), runs.Run{Text: " "}), c.runs...)
		last.text += " " + c.text
		last.x1 = c.x1
		last.cells = append(append([]cell{}, last.cells...), c)
	}
	return out
}

// marks tells whether a mark at a line's start begins an entry, and is not a
// number or a dash that a paragraph was wrapped at.
func (l *layout) marks(x line, gap float64) bool {
	last := l.last()
	if last == nil || len(last.lines) == 0 || l.apart(gap) || x.page != last.page {
		return true
	}
	above := last.lines[len(last.lines)-1]
	if l.short(above, x) || ends(above.text) {
		return true
	}
	if last.kind == page.Entry { // hanging to the left of an entry's words, or deeper
		return x.x0 < last.inner-0.5*x.size || x.x0 > last.inner+0.5*x.size
	}
	return x.x0 > above.x0+0.8*x.size
}

// apart tells a gap between paragraphs from one between lines.
func (l *layout) apart(gap float64) bool { return gap > 1.25*l.leading+0.1 }

// short tells whether a line ends so early that the first word of the next would
// have stood in it.
func (l *layout) short(above, x line) bool {
	return above.x1+x.first+0.3*x.size < above.right-0.5*x.size
}

// ends tells whether a line ends a sentence.
func ends(s string) bool {
	s = strings.TrimRight(s, ` "'»”)`)
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?:;…。？！：", r)
}

// goesOn tells whether a line goes on with a paragraph.
func (l *layout) goesOn(p *para, x line, gap float64) bool {
	if p.kind == page.Code || p.kind == page.Table {
		return false
	}
	above := p.lines[len(p.lines)-1]
	if math.Abs(above.size-x.size) > 0.12*x.size {
		return false
	}
	if l.title(above) != l.title(x) {
		return false
	}
	elsewhere := x.page != above.page || x.base >= above.base // a new page or column
	if elsewhere {
		if ends(above.text) || l.title(x) {
			return false
		}
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(x.text, `"«(`))
		return unicode.IsLower(first) || hyphened(above.text) || !l.short(above, x) && unicode.IsLetter(first)
	}
	if l.apart(gap) {
		return false
	}
	if l.title(x) {
		return l.alike(above, x)
	}
	if p.kind == page.Entry {
		// The words of an entry go on below its words, or below its mark.
		if math.Abs(x.x0-p.inner) <= 0.6*x.size || len(p.lines) > 1 && math.Abs(x.x0-p.lines[1].x0) <= 0.4*x.size {
			return len(p.lines) == 1 || !l.short(above, x) || !ends(above.text)
		}
		return !l.short(above, x) && !(ends(above.text) && x.x0 < p.inner-0.6*x.size && startsSentence(x.text))
	}
	if x.x0 > above.x0+0.7*x.size && len(p.lines) > 1 || x.x0 > p.lines[0].x0+0.7*x.size && len(p.lines) == 1 && !centred(above, x) {
		return false // the first line of the next is indented
	}
	if above.style&runs.Bold != x.style&runs.Bold && l.short(above, x) {
		return false
	}
	if l.short(above, x) && !centred(above, x) {
		half := above.x1 < above.left+0.7*(above.right-above.left)
		return !ends(above.text) && !(half && startsSentence(x.text))
	}
	return true
}

func startsSentence(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, `"«“([`))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

func centred(a, b line) bool {
	return math.Abs((a.x0+a.x1)-(b.x0+b.x1)) < a.size && a.x0 > a.left+a.size && b.x0 > b.left+b.size
}

// alike tells whether two lines look the same.
func (l *layout) alike(a, b line) bool {
	return half(a.size) == half(b.size) && a.style&runs.Bold == b.style&runs.Bold
}

// large tells letters of titles by their size.
func (l *layout) large(x line) bool { return x.size >= 1.12*l.body }

// title tells a line that looks like one of a title: large, or bold all of it.
func (l *layout) title(x line) bool {
	return l.large(x) || x.style&runs.Bold != 0 && x.size >= 0.9*l.body
}

func hyphened(s string) bool {
	s, ok := strings.CutSuffix(strings.TrimRight(s, " "), "-")
	r, _ := utf8.DecodeLastRuneInString(s)
	return ok && unicode.IsLetter(r)
}
