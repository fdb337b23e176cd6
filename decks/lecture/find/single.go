package find

import (
	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// leadsList tells whether the first words under a heading name one task, of which
// the list below is the steps.
func (f *finder) leadsList(body []int) bool {
	for k, n := range body {
		if f.p.Blocks[n].Kind != page.Paragraph {
			return k > 0 && f.p.Blocks[n].Kind == page.List && f.announced(body[:k])
		}
	}
	return false
}

// announced tells whether one of some paragraphs announces a task.
func (f *finder) announced(paragraphs []int) bool {
	for _, n := range paragraphs {
		if t := fold.Fold(f.text(n)); inThisTask.MatchString(t) || yourTask.MatchString(t) || needs.MatchString(t) {
			return true
		}
	}
	return false
}

// taskUnder tells whether the words right under a heading want something of the
// reader, and are no more than one task.
func (f *finder) taskUnder(body []int) bool {
	own := f.untilNext(body)
	if len(own) == 0 || len(own) > 14 || f.linksOnly(own) {
		return false
	}
	for n, i := range own {
		b := &f.p.Blocks[i]
		if n > 5 || b.Kind == page.Box {
			return false
		}
		if b.Kind != page.Paragraph {
			continue
		}
		text := f.text(i)
		if commands(text) || endsAsking(text) || yourTask.MatchString(fold.Fold(text)) || inThisTask.MatchString(fold.Fold(text)) || needs.MatchString(fold.Fold(text)) {
			return true
		}
	}
	return false
}

var inThisTask = mustCompile(`(?:` + anyOf(`in_this_(?:task|exercise|challenge|problem|assignment|lab|homework|kata),?_(?:we|you|your) the_(?:final|first|next|last)_task в_(?:этом|данном)_(?:задании|упражнении) in_dieser_(?:aufgabe|übung) en_este_(?:ejercicio|reto) dans_cet_exercice`) + `)`)

// placed walks a place. One that has no items in it is an item itself, if it is a
// single task.
func (f *finder) placed(i int, body []int, c scope, p placement) {
	before := len(f.items)
	if own := f.untilNext(body); c.single && !f.holdsItems(body) && len(own) > 0 && f.numbered(own) < 2 && yourTask.MatchString(fold.Fold(f.firstText(own[0]))) {
		f.single(i, own, c)
		return
	}
	if c.single && !c.strict && !f.structured(body) {
		f.single(i, body, c)
		return
	}
	f.walk(body, c)
	if p.strict && !f.makesSomething(body) { // a homework that only says where it is
		return
	}
	if len(f.items) == before && (c.single || c.place == decks.Exercise && !p.weak) {
		f.single(i, body, c)
	}
}

// structured tells whether a place that is called a single task holds several all
// the same.
func (f *finder) structured(body []int) bool {
	if f.holdsItems(body) {
		return true
	}
	questions := 0
	for _, i := range body {
		b := &f.p.Blocks[i]
		switch b.Kind {
		case page.Heading:
			if t := foldTitle(f.text(i)); !formatTitle.MatchString(t) && !answersTitle.MatchString(t) && !hintTitle.MatchString(t) && !answerlist.MatchString(t) {
				return true
			}
		case page.Box:
			if r := f.roleOf(i); r == task || r == quizBox {
				return true
			}
		case page.Paragraph:
			if l, ok := labelOf(b.Text); ok && l.number != "" {
				questions++
			}
		}
	}
	return questions >= 2
}

// single makes one item of all that stands under a heading.
func (f *finder) single(i int, body []int, c scope) {
	body = f.untilNext(body)
	words := 0
	for _, n := range body {
		if f.p.Blocks[n].Kind != page.Code {
			words += wordsIn(f.firstText(n))
		}
	}
	if words < 3 || !f.wants(body) && !f.hasAnswerlist(body) || f.linksOnly(body) || f.listsLinks(body) || noTask.MatchString(fold.Fold(f.firstText(body[0]))) {
		return
	}
	up := c
	if len(c.path) > 1 {
		up.group = c.path[len(c.path)-1]
	}
	f.emit(&draft{head: i, title: trimTitle(f.text(i)), kind: c.place, level: c.level, nodes: body, entry: -1}, up)
}

// listsLinks tells whether a list among blocks only names where tasks are and when
// they are due.
func (f *finder) listsLinks(body []int) bool {
	for _, n := range body {
		if f.p.Blocks[n].Kind != page.List {
			continue
		}
		all, due := f.children(n), false
		for _, e := range all {
			text := f.firstMarkdown(e)
			if !namesLink(text) {
				all = nil
				break
			}
			due = due || dueBy.MatchString(fold.Fold(text))
		}
		if due && len(all) > 1 {
			return true
		}
	}
	return false
}

// hasAnswerlist tells whether statements to judge stand among blocks.
func (f *finder) hasAnswerlist(body []int) bool {
	for _, n := range body {
		if f.p.Blocks[n].Kind == page.Heading && answerlist.MatchString(foldTitle(f.text(n))) {
			return true
		}
	}
	return false
}

// makesSomething tells whether blocks say what is to be made, or list it.
func (f *finder) makesSomething(body []int) bool {
	for _, n := range f.untilNext(body) {
		b := &f.p.Blocks[n]
		if b.Kind == page.List && f.wants([]int{n}) {
			return true
		}
		if b.Kind == page.Paragraph {
			if t := fold.Fold(f.text(n)); yourTask.MatchString(t) || needs.MatchString(t) || makes.MatchString(t) || inThisTask.MatchString(t) || commands(f.text(n)) {
				return true
			}
		}
	}
	return false
}

// wants tells whether anything among blocks asks or commands, at the beginning of
// a sentence.
func (f *finder) wants(body []int) bool {
	for _, n := range body {
		for _, l := range f.leaves(n) {
			if b := &f.p.Blocks[l]; b.Kind != page.Paragraph {
				continue
			}
			text := f.text(l)
			if asks(text) || f.orders(text) {
				return true
			}
			if t := fold.Fold(text); yourTask.MatchString(t) || needs.MatchString(t) || inThisTask.MatchString(t) {
				return true
			}
		}
	}
	return false
}

// untilNext cuts blocks at the first heading that is no answer's or hint's.
func (f *finder) untilNext(body []int) []int {
	for k, n := range body {
		if f.p.Blocks[n].Kind == page.Heading {
			t := foldTitle(f.text(n))
			if answerlist.MatchString(t) {
				continue
			}
			if !answersTitle.MatchString(t) && !hintTitle.MatchString(t) {
				return body[:k]
			}
		}
	}
	return body
}
