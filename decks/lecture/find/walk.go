package find

import (
	"slices"
	"strings"
	"unicode"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// strand is a walk over blocks that stand beside each other.
type strand struct {
	f     *finder
	c     scope
	seq   []int
	open  *draft  // an item whose extent is not known yet
	last  *found  // the item before, to which an answer may still belong
	list  *scope  // a label line has opened a place for the list below it
	from  int     // in seq: where the text since the last heading or item begins
	done  section // the section before
	bare  bool    // numbered paragraphs stand here, so lists are none
	inner bool    // in a box, whose headings are its own
	bolds bool    // the tasks of a notebook stand here in bold
	stems bool    // tasks of words and lettered parts stand here
	codes bool    // each labelled question stands below its code
}

// draft is an item that is being read: its first block and what follows.
type draft struct {
	head    int
	text    string // of the first block, without its label; "" when it has nothing of its own
	label   label
	title   string
	kind    decks.Kind
	level   decks.Difficulty
	nodes   []int
	bold    bool   // all in bold, in a notebook
	strong  bool   // everything up to the next item belongs to it
	entry   int    // the entry of a list that it is, -1
	answers *found // not an item, but what answers this one
}

// section is one that was walked: its place in the strand and whether items were
// found in it.
type section struct {
	at, n int
	empty bool
}

func (f *finder) walk(seq []int, c scope) {
	s := &strand{f: f, inner: len(seq) > 0 && f.p.Blocks[seq[0]].Parent >= 0, c: c, seq: seq, bare: c.place != "" && f.numbered(f.untilNext(seq)) >= 2}
	s.bolds = c.place != "" && f.p.Format == "notebook" && f.inBold(seq) >= 3
	s.codes = f.codeFirst(seq)
	if c.place != "" && !c.single && f.ruled(s) {
		return
	}
	for k := 0; k < len(seq) && f.ctx.Err() == nil; {
		if f.p.Blocks[seq[k]].Kind == page.Heading {
			n := f.section(seq[k:])
			before := len(f.items)
			s.heading(k, n)
			s.done = section{k, n, len(f.items) == before}
			k += n
			s.from = k
			continue
		}
		s.block(k)
		k++
	}
	s.close()
}

// codeFirst tells whether blocks begin with code and a labelled question about it, and
// more of both.
func (f *finder) codeFirst(seq []int) bool {
	pairs := 0
	for k := 0; k+1 < len(seq) && f.p.Blocks[seq[k]].Kind != page.Heading; k++ {
		code := f.p.Blocks[seq[k]].Kind == page.Code
		if k == 0 && !code {
			return false
		}
		if next := &f.p.Blocks[seq[k+1]]; code && next.Kind == page.Paragraph {
			if l, ok := labelOf(next.Text); ok && l.kind == decks.Question {
				pairs++
			}
		}
	}
	return pairs > 1
}

// inBold counts the paragraphs all in bold.
func (f *finder) inBold(seq []int) int {
	n := 0
	for _, i := range seq {
		if f.p.Blocks[i].Kind == page.Paragraph && boldStart(f.p.Blocks[i].Text) && f.bold(i) {
			n++
		}
	}
	return n
}

// ruled makes items of tasks that lines across the page set apart: at least three,
// each beginning with words.
func (f *finder) ruled(s *strand) bool {
	var parts [][]int
	var cur []int
	for _, i := range s.seq {
		switch f.p.Blocks[i].Kind {
		case page.Heading, page.List, page.Box:
			return false
		case page.Rule:
			if len(cur) > 0 {
				parts = append(parts, cur)
			}
			cur = nil
		default:
			cur = append(cur, i)
		}
	}
	if len(cur) > 0 {
		parts = append(parts, cur)
	}
	if len(parts) < 3 || f.p.Format == "notebook" {
		return false
	}
	for _, p := range parts {
		if f.p.Blocks[p[0]].Kind != page.Paragraph {
			return false
		}
		if l, ok := labelOf(f.p.Blocks[p[0]].Text); ok && l.number != "" {
			return false // they say themselves where they begin
		}
	}
	for _, p := range parts {
		f.emit(&draft{head: p[0], kind: s.c.place, level: s.c.level, nodes: p, entry: -1}, s.c)
	}
	return true
}

// heading handles a section: its heading and all under it.
func (s *strand) heading(k, n int) {
	f, c := s.f, s.c
	i, body := s.seq[k], s.seq[k+1:k+n]
	text := f.text(i)
	title := foldTitle(text)
	switch {
	case f.p.Blocks[i].Level == 1 && answersTitle.MatchString(strings.TrimLeftFunc(title, func(r rune) bool { return !unicode.IsLetter(r) })) && f.solvedSheet(i, body, c):
		return
	case answersTitle.MatchString(title):
		answer, rest := f.upToQuestion(body)
		s.solution(k, title, answer)
		if len(rest) > 0 {
			s.close()
			f.walk(rest, s.c)
		}
		return
	case goalsTitle.MatchString(title) && !selfCheck.MatchString(title):
		s.aside(body, Goals)
		return
	case contentsTitle.MatchString(title):
		s.aside(body, Contents)
		return
	case rubricOf.MatchString(title):
		s.close()
		f.skip(body, Admin)
		return
	case adminTitle.MatchString(title) || faqTitle.MatchString(title):
		f.inFAQ = faqTitle.MatchString(title) && f.p.Format == "text"
		s.aside(body, Admin)
		return
	case directionsTitle.MatchString(title) && s.laterPlace(k+n):
		s.aside(body, Admin)
		return
	case title == "questions" && s.beside(i, "objectives", "overview", "keypoints"):
		n := 0 // what an episode of the Carpentries is about
		for n < len(body) && n < 3 && f.p.Blocks[body[n]].Kind != page.Box {
			n++
			if f.p.Blocks[body[n-1]].Kind == page.List {
				break
			}
		}
		s.aside(body[:n], Goals)
		f.walk(body[n:], c)
		return
	case hintTitle.MatchString(title) && s.open == nil:
		return
	case formatTitle.MatchString(title) && len(f.items) > 0 && s.open == nil:
		if it := f.items[len(f.items)-1]; it.Kind == decks.Exercise && it.Answer == "" && f.follows(it, i) {
			f.extend(it, f.untilNext(body), c)
			return
		}
	}
	if taskSheet.MatchString(strings.Trim(title, "-")) && s.rubric() {
		s.close()
		in := c
		in.place = decks.Exercise
		in.group = f.groupOf(c)
		f.emit(&draft{head: i, title: in.group, kind: decks.Exercise, nodes: f.untilNext(body), entry: -1}, in)
		return
	}
	if d, ok := difficultyOf(text); ok && !strings.Contains(fold.Fold(text), " star") && (c.place != "" || placeNamed(text)) {
		s.close()
		if p, isPlace := place(fold.Fold(difficultyTail.ReplaceAllString(text, ""))); isPlace {
			c = c.under(trimTitle(text)).enter(p)
		}
		c.level = d
		f.walk(body, c)
		return
	}
	s.close()
	if l, ok := labelOf(f.p.Blocks[i].Text); f.inFAQ && (ok && l.kind == decks.Question || endsAsking(text)) {
		f.skip(body, Admin)
		return
	}
	f.inFAQ = false
	own := c
	own.group = f.groupOf(c)
	if f.headed(i, body, own) {
		return
	}
	prev := f.above
	if !s.inner {
		f.above = trimTitle(text)
	}
	if p, ok := place(fold.Fold(text)); ok && !(asks(text) && c.place != "") {
		in := c.under(trimTitle(text)).enter(p)
		in.answer = in.answer || qaTitle.MatchString(fold.Fold(text))
		if f.p.Format == "text" && n == 1 && c.place == "" && !p.single && !p.weak && k+1 < len(s.seq) && partHead.MatchString(fold.Fold(f.text(s.seq[k+1]))) {
			s.c = in // what its sections are does not show in a copied page
			s.c.handed = true
			return
		}
		f.placed(i, body, in, p)
		return
	}
	in := c.under(trimTitle(text))
	in.single = in.single && c.strict
	in.handed = c.place != ""
	if c.place != "" && c.strict && contextTitle.MatchString(title) && !f.holdsTask(body) {
		s.aside(body, Admin)
		return
	}
	if c.place != "" && !c.answer && f.taskUnder(body) {
		before := len(f.items)
		if !f.leadsList(body) {
			f.walk(body, in)
		}
		if len(f.items) == before {
			own.handed = true
			f.above = prev // the heading is the item's own
			f.emit(&draft{head: i, title: trimTitle(text), kind: c.place, level: c.level, nodes: f.untilNext(body), entry: -1}, own)
		}
		return
	}
	if c.place == "" {
		in.level = ""
	}
	f.walk(body, in)
}

// solvedSheet makes one item of a notebook that is the solution of an exercise: what
// was to be filled in, and what fills it in.
func (f *finder) solvedSheet(i int, body []int, c scope) bool {
	var ps parts
	for _, n := range body {
		b := &f.p.Blocks[n]
		switch {
		case b.Kind == page.Box && b.Mark == "room":
			ps.prompt = append(ps.prompt, f.leaves(n)...)
		case b.Kind == page.Heading:
			return false
		case len(ps.prompt) > 0:
			ps.answer = append(ps.answer, f.leaves(n)...)
		}
	}
	if len(ps.prompt) == 0 {
		return false
	}
	c.group = trimTitle(f.text(i))
	return f.finish(&draft{head: i, title: c.group, kind: decks.Exercise, entry: -1}, c, ps) != nil
}

// partHead is a heading that counts the parts of what stands above it.
var partHead = mustCompile(`^(?:\d|level|часть|уровень|тема|лекция|part|teil|niveau|partie|nivel|第)`)

// upToQuestion divides what stands under the heading of an answer on a copied page,
// where headings say nothing of their depth: the next question is not of the answer.
func (f *finder) upToQuestion(body []int) (answer, rest []int) {
	if f.p.Format != "text" {
		return body, nil
	}
	for k, i := range body {
		b := &f.p.Blocks[i]
		if k == 0 || b.Kind != page.List && b.Kind != page.Paragraph {
			continue
		}
		if l, ok := labelOf(b.Text); ok && l.kind != "" && l.number != "" || b.Kind == page.List && f.allNumbered(f.children(i)) && asks(f.firstText(i)) {
			return body[:k], body[k:]
		}
	}
	return body, nil
}

// groupOf names the group of an item that has a heading of its own: the section it
// lies in, or the nearest heading where levels say little.
func (f *finder) groupOf(c scope) string {
	if f.p.Format == "notebook" || f.p.Format == "text" {
		return firstOf(f.above, c.group)
	}
	return c.group
}

// aside passes over what stands under a heading that is none of a task; the
// sections under it are walked as if they stood beside it.
func (s *strand) aside(body []int, why Reason) {
	s.close()
	own := 0
	for own < len(body) && s.f.p.Blocks[body[own]].Kind != page.Heading && !s.f.holdsTask(body[own:own+1]) {
		own++
	}
	if why == Contents { // of which the list is all, whatever stands under it
		for n := 0; n < own; n++ {
			if k := s.f.p.Blocks[body[n]].Kind; k == page.List || k == page.Table {
				own = n + 1
			}
		}
	}
	if why == Goals && s.f.announcesTasks(body[:own]) {
		s.f.walk(body, s.c.under(trimTitle(s.f.text(body[0]-1))))
		return
	}
	s.f.skip(body[:own], why)
	if own < len(body) {
		s.f.walk(body[own:], s.c)
	}
}

// laterPlace tells whether a heading from place k on opens a place.
func (s *strand) laterPlace(k int) bool {
	for _, i := range s.seq[min(k, len(s.seq)):] {
		if s.f.p.Blocks[i].Kind == page.Heading && isPlace(s.f.text(i)) {
			return true
		}
	}
	return false
}

// follows tells whether a heading stands right after an item.
func (f *finder) follows(it *found, i int) bool {
	for j := it.end() + 1; j < i; j++ {
		if b := &f.p.Blocks[j]; b.Text != "" && !b.Hidden {
			return false
		}
	}
	return it.end() < i
}

// announcesTasks tells whether a paragraph among blocks announces exercises in a list.
func (f *finder) announcesTasks(body []int) bool {
	for k, i := range body {
		if k+1 < len(body) && f.p.Blocks[i].Kind == page.Paragraph && f.p.Blocks[body[k+1]].Kind == page.List &&
			endsInColon(f.text(i)) && namesExercises.MatchString(fold.Fold(f.text(i))) {
			return true
		}
	}
	return false
}

// rubric tells whether the strand has a heading by which the work is judged, as
// sheets of tasks have.
func (s *strand) rubric() bool {
	for _, i := range s.seq {
		if s.f.p.Blocks[i].Kind == page.Heading && rubricTitle.MatchString(foldTitle(s.f.text(i))) {
			return true
		}
	}
	return false
}

// beside tells whether the heading before or after a heading of the strand has one
// of some titles.
func (s *strand) beside(i int, titles ...string) bool {
	var heads []int
	at := 0
	for _, j := range s.seq {
		if s.f.p.Blocks[j].Kind == page.Heading {
			if j == i {
				at = len(heads)
			}
			heads = append(heads, j)
		}
	}
	for _, k := range []int{at - 1, at + 1} {
		if k >= 0 && k < len(heads) && slices.Contains(titles, foldTitle(s.f.text(heads[k]))) {
			return true
		}
	}
	return false
}
