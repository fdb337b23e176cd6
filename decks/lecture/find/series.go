package find

import (
	"strconv"
	"strings"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// series makes items of the numbered tasks of a page that has no place for them: a
// sheet of programs to write, or a lab whose text leads from one numbered question
// to the next.
func (f *finder) series(top []int) {
	units := f.units(top)
	series, sheet := f.isSeries(units)
	if !series {
		return
	}
	for k, u := range units {
		if !u.wants && !sheet {
			continue
		}
		until := len(top)
		if k+1 < len(units) {
			until = units[k+1].at
		}
		more := f.follow(top[min(u.at+1, until):until], sheet)
		kind := decks.Exercise
		if endsAsking(f.text(u.first)) && !commands(f.text(u.first)) {
			kind = decks.Question
		}
		c := scope{place: kind, group: f.label(top, u.at)}
		if u.entry < 0 {
			d, rest := chipOf(cut(f.p.Blocks[u.first].Text, u.label.end))
			f.emit(&draft{head: u.first, text: rest, label: u.label, kind: kind, level: d, nodes: more, entry: -1}, c)
		} else if it := (&strand{f: f, c: c}).entry(u.entry, c); it != nil && len(more) > 0 {
			f.extend(it, more, c)
		}
	}
}

// unit is what a number stands before: an entry of a list or a paragraph.
type unit struct {
	at       int // in top
	first    int // the block with its first words
	entry    int // -1 for a paragraph
	label    label
	wants    bool
	section  int  // how many headings stand above
	onHeaded bool // its number goes on from a section before
}

// units are the numbered entries and paragraphs of a page, those that stand in
// nothing else.
func (f *finder) units(top []int) []unit {
	var all []unit
	last, heads, at := 0, 0, 0 // the last number, headings so far, and at the last number
	add := func(u unit, number string) {
		text := f.text(u.first)
		n, err := strconv.Atoi(strings.Trim(number, ".): "))
		u.wants = tellsOrAsks(text) || f.orders(text) || makes.MatchString(fold.Fold(text)) || needs.MatchString(fold.Fold(text))
		u.wants = u.wants || u.entry >= 0 && f.wants(f.children(u.entry))
		u.section, u.onHeaded = heads, err == nil && n == last+1 && n > 1 && heads > at
		last, at = n, heads
		all = append(all, u)
	}
	for k, i := range top {
		switch b := &f.p.Blocks[i]; b.Kind {
		case page.Heading:
			heads++
		case page.List:
			for _, e := range f.children(i) {
				if first := f.firstLeaf(e); first >= 0 && b.Text == "" && f.numberMarked(e) {
					add(unit{at: k, first: first, entry: e}, f.p.Blocks[e].Mark)
				}
			}
		case page.Paragraph:
			if l, ok := labelOf(b.Text); ok && l.kind == "" && l.number != "" {
				add(unit{at: k, first: i, entry: -1, label: l}, l.number)
			}
		}
	}
	return all
}

// isSeries tells whether numbered texts are tasks: nearly all want something, and
// what they want is to be made, or they are questions between sections, or the title
// says that it is practice.
// A page of things to make is a sheet, which holds little else.
func (f *finder) isSeries(units []unit) (series, sheet bool) {
	wants, asked, made, on, words := 0, 0, 0, 0, 0
	asking := map[int]bool{} // sections with questions
	for _, u := range units {
		text := f.text(u.first)
		words += wordsIn(text)
		if u.wants {
			wants++
		}
		if asks(text) {
			asked++
			asking[u.section] = true
		}
		if makes.MatchString(fold.Fold(text)) {
			made++
		}
		if u.onHeaded {
			on++
		}
	}
	n := len(units)
	if n < 4 || wants*10 < n*7 {
		return false, false
	}
	sheet = made*2 >= n && n >= 5
	if asked*4 >= n*3 && wants == n && words > 20*n { // long questions, as no summary has them
		return true, sheet
	}
	return sheet || (on > 0 || len(asking) > 1) && asked*2 >= n || on > 1 && practised.MatchString(f.traits.title), sheet
}

// practised is in the title of a page of which the numbers are tasks.
var practised = mustCompile(notLetterBefore + `(?:` + anyOf(`practice practise exercises? homework assignments? worksheet problem_set lab práctica ejercicios tarea exercices travaux übung(?:en)? übungsblatt практи\p{L}+ упражнени\p{L}+ задани\p{L}+ лабораторн\p{L}+ exercícios lista_de_exercícios esercizi`) + `)` + notLetterAfter)

// follow are the blocks behind a numbered text that belong to it: all up to a heading
// on a page of nothing else, code, tables and what asks or lists more on others.
func (f *finder) follow(rest []int, all bool) []int {
	for k, i := range rest {
		b := &f.p.Blocks[i]
		text := f.text(i)
		switch {
		case b.Kind == page.Heading, b.Kind == page.Rule, b.Kind == page.Paragraph && f.labelLine(i):
			return rest[:k]
		case all, b.Kind == page.Code, b.Kind == page.Table, b.Kind == page.Formula:
		case b.Kind == page.Paragraph && endsInColon(text) && tellsOrAsks(text):
		case b.Kind == page.List && k > 0 && endsInColon(f.text(rest[k-1])):
		default:
			return rest[:k]
		}
	}
	return rest
}

// labelLine tells whether a paragraph is a short line in bold or italics.
func (f *finder) labelLine(i int) bool {
	s := strings.TrimSpace(f.p.Blocks[i].Text)
	return f.p.Blocks[i].Kind == page.Paragraph && len(s) > 2 && short(s, 50) && strings.ContainsAny(s[:1], "*_") && strings.ContainsAny(s[len(s)-1:], "*_")
}

// label names the group at a place of the page: the nearest heading above or line
// that serves as one.
func (f *finder) label(top []int, at int) string {
	for k := at; k >= 0; k-- {
		if f.p.Blocks[top[k]].Kind == page.Heading || f.labelLine(top[k]) {
			return trimTitle(f.text(top[k]))
		}
	}
	return ""
}
