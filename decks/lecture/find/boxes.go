package find

import (
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// box handles a block that a page marks as a thing of its own.
func (s *strand) box(k, i int) {
	f, c := s.f, s.c
	inner := f.children(i)
	r := f.roleOf(i)
	if r == remark && c.place != "" && f.p.Blocks[i].Text != "" && strings.Contains(f.p.Blocks[i].Mark, "admonition") {
		r = task // what stands in boxes in a place of tasks
	}
	switch r {
	case solution:
		s.solution(k, foldTitle(f.text(i)), inner)
		return
	case hint, whyBox:
		if s.open != nil {
			s.open.nodes = append(s.open.nodes, i)
		}
		return
	case remark:
		if f.solvedIn(inner) && s.opening(k, i, inner) {
			return
		}
		if c.place != "" && s.open == nil && !f.holdsTask(inner) {
			return // how to work, beside the tasks
		}
	case goals:
		if !f.holdsTask(inner) && len(inner) < 40 { // else its end got lost
			f.skip([]int{i}, Goals)
			return
		}
	case choiceBox:
		s.quizOf(k, i)
		return
	case task, quizBox:
		s.close()
		f.task(i, inner, c, r == quizBox, s)
		return
	case opens:
		if s.opening(k, i, inner) {
			return
		}
	}
	if s.open != nil && s.open.strong && !f.holdsTask(inner) {
		s.open.nodes = append(s.open.nodes, i)
		return
	}
	s.close()
	if t := trimTitle(f.text(i)); t != "" && c.place == "" {
		c = c.under(t)
		c.group = s.c.group
	}
	f.walk(inner, c)
}

func (f *finder) holdsTask(inner []int) bool {
	for _, i := range inner {
		for j := i; j < int(f.p.Blocks[i].End); j++ {
			if f.p.Blocks[j].Kind != page.Box {
				continue
			}
			if r := f.roleOf(j); r == task || r == quizBox {
				return true
			}
		}
	}
	return false
}

// solvedIn tells whether a solution stands among blocks.
func (f *finder) solvedIn(body []int) bool {
	for _, i := range body {
		if f.p.Blocks[i].Kind == page.Box && f.roleOf(i) == solution {
			return true
		}
	}
	return false
}

// opening handles something that opens: a question with its answer inside.
func (s *strand) opening(k, i int, inner []int) bool {
	f, c := s.f, s.c
	b := &f.p.Blocks[i]
	title := f.text(i)
	if b.Text == "" && len(inner) > 0 && f.p.Blocks[inner[0]].Kind == page.Paragraph { // its title got lost
		if w := fold.Fold(trimTitle(f.text(inner[0]))); answersTitle.MatchString(w) {
			s.solution(k, w, inner[1:])
			return true
		}
	}
	if !endsAsking(title) && !(c.place != "" && (commands(title) || c.answer)) || len(inner) == 0 || f.holdsTask(inner) || f.traits.faq {
		return false
	}
	if c.place == "" && !c.answer && s.open != nil {
		return false
	}
	s.close()
	text := b.Text
	l, ok := labelOf(text)
	if ok {
		text = cut(text, l.end)
	}
	d, text := chipOf(text)
	dr := &draft{head: i, text: text, label: l, kind: firstKind(firstKind(l.kind, c.place), decks.Question), level: firstLevel(d, c.level), entry: -1}
	var more []int
	if f.p.Blocks[inner[0]].Kind == page.Box && f.p.Blocks[inner[0]].Mark == "summary" {
		more, inner = f.leaves(inner[0]), inner[1:]
	}
	ps := f.sortOut(inner, c, page.Plain(text))
	if len(ps.choices) == 0 {
		ps.answer, ps.prompt = append(ps.prompt, ps.answer...), nil
	}
	ps.prompt = append(more, ps.prompt...)
	s.last = f.finish(dr, c, ps)
	return true
}

func firstLevel(a, b decks.Difficulty) decks.Difficulty {
	if a != "" {
		return a
	}
	return b
}

// task makes an item of a box, or several where it is no more than a list of them.
func (f *finder) task(i int, inner []int, c scope, quiz bool, s *strand) {
	b := &f.p.Blocks[i]
	title := b.Text
	head := i
	if title == "" && len(inner) > 0 && f.p.Blocks[inner[0]].Kind == page.Heading {
		head, title, inner = inner[0], f.p.Blocks[inner[0]].Text, inner[1:]
	}
	l, ok := labelOf(title)
	rest := title
	if ok {
		rest = cut(title, l.end)
	} else if p, isPlace := place(foldTitle(page.Plain(title))); isPlace && !singleBox.MatchString(b.Mark) {
		rest = ""
		if !p.single && len(inner) > 0 || f.holdsItems(inner) {
			in := c.enter(p)
			in.group, in.strict, in.single = firstOf(trimTitle(page.Plain(title)), c.group), false, false
			before := len(f.items)
			f.walk(inner, in)
			if len(f.items) > before {
				return
			}
		}
	}
	if !ok && practiceTitle.MatchString(fold.Fold(page.Plain(rest))) {
		rest = cut(rest, min(len(rest), max(strings.IndexAny(rest, ":.!–—")+1, 0)))
	}
	d, rest := chipOf(rest)
	kind := kindOfBox(b.Mark, quiz)
	if ok && l.kind != "" {
		kind = l.kind
	}
	in := c
	in.quiz = in.quiz || quiz
	if f.holdsTask(inner) && f.holdsItems(inner) {
		f.walk(inner, in)
		return
	}
	if f.independent(inner) {
		in.place, in.single, in.strict = kind, false, false
		f.walk(inner, in)
		return
	}
	dr := &draft{head: head, label: l, title: page.Plain(rest), kind: kind, level: firstLevel(d, c.level), nodes: inner, entry: -1}
	in.place = kind
	if words := strings.Fields(b.Mark); (slices.Contains(words, "details") || slices.Contains(words, "question") || slices.Contains(words, "faq")) && wordsIn(dr.title) > 3 && len(inner) > 0 && (endsAsking(dr.title) && f.tells(inner, in) || c.answer && slices.Contains(words, "question") && !f.solvedIn(inner)) {
		f.answeredBy(head, rest, l, inner, in, dr.level)
		return
	}
	if !f.hasPrompt(inner, in, page.Plain(rest)) {
		dr.text = rest
	}
	if it := f.emit(dr, in); it != nil {
		s.last = it
	}
}

// singleBox is the name of a box that holds one task, whatever its title.
var singleBox = mustCompile(`^(?:problem|exercise|task|assignment)$`)

func kindOfBox(mark string, quiz bool) decks.Kind {
	if quiz || questionWord.MatchString(mark) || strings.Contains(mark, "check") {
		return decks.Question
	}
	return decks.Exercise
}

// independent tells whether a box is no more than a list of questions without data
// in common.
func (f *finder) independent(inner []int) bool {
	lists, words := 0, 0
	list := -1
	for _, i := range inner {
		switch b := &f.p.Blocks[i]; b.Kind {
		case page.List:
			lists++
			list = i
		case page.Paragraph:
			words++
			if endsAsking(f.text(i)) {
				return false
			}
		case page.Box:
			if f.roleOf(i) == solution {
				return false
			}
			words += 2
		default:
			return false
		}
	}
	if lists != 1 || words > 1 {
		return false
	}
	entries := f.children(list)
	if words == 1 {
		intro := fold.Fold(trimTitle(f.firstText(inner[0])))
		if f.p.Blocks[inner[0]].Kind == page.List || !labelPlace.MatchString(intro) {
			return false
		}
	}
	for _, e := range entries {
		if !endsAsking(f.firstText(e)) || f.p.Blocks[e].Tick != page.NoTick {
			return false
		}
	}
	return len(entries) >= 2
}
