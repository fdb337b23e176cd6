package find

import (
	"strings"
	"unicode/utf8"

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
	stems bool    // tasks of words and lettered parts stand here
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

// heading handles a section: its heading and all under it.
func (s *strand) heading(k, n int) {
	f, c := s.f, s.c
	i, body := s.seq[k], s.seq[k+1:k+n]
	text := f.text(i)
	title := foldTitle(text)
	switch {
	case answersTitle.MatchString(title):
		s.solution(title, body)
		return
	case goalsTitle.MatchString(title) && !selfCheck.MatchString(title):
		s.aside(body, Goals)
		return
	case contentsTitle.MatchString(title):
		s.aside(body, Contents)
		return
	case adminTitle.MatchString(title) || faqTitle.MatchString(title):
		f.inFAQ = faqTitle.MatchString(title) && f.p.Format == "text"
		s.aside(body, Admin)
		return
	case title == "questions" && s.beside("objectives", "overview", "keypoints"):
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
	}
	if taskSheet.MatchString(strings.Trim(title, "-")) && s.rubric() {
		s.close()
		in := c
		in.place = decks.Exercise
		in.group = firstOf(f.above, c.group)
		f.emit(&draft{head: i, title: in.group, kind: decks.Exercise, nodes: f.untilNext(body), entry: -1}, in)
		return
	}
	if d, ok := difficultyOf(text); ok && (c.place != "" || placeNamed(text)) {
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
	own.group = firstOf(f.above, c.group)
	if f.headed(i, body, own, s) {
		return
	}
	if !s.inner {
		f.above = trimTitle(text)
	}
	if p, ok := place(fold.Fold(text)); ok && !(asks(text) && c.place != "") {
		in := c.under(trimTitle(text)).enter(p)
		f.placed(i, body, in, p)
		return
	}
	in := c.under(trimTitle(text))
	in.single = in.single && c.strict
	in.handed = c.place != ""
	if c.place != "" && !c.answer && f.taskUnder(body) {
		before := len(f.items)
		if !f.leadsList(body) {
			f.walk(body, in)
		}
		if len(f.items) == before {
			own := c
			own.group = firstOf(f.group(i), c.group)
			f.emit(&draft{head: i, title: trimTitle(text), kind: c.place, level: c.level, nodes: f.untilNext(body), entry: -1}, own)
		}
		return
	}
	if c.place == "" {
		in.level = ""
	}
	f.walk(body, in)
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
	s.f.skip(body[:own], why)
	if own < len(body) {
		s.f.walk(body[own:], s.c)
	}
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

// beside tells whether a heading of this strand has one of some titles.
func (s *strand) beside(titles ...string) bool {
	for _, i := range s.seq {
		b := &s.f.p.Blocks[i]
		t := ""
		if b.Kind == page.Heading {
			t = foldTitle(s.f.text(i))
		} else if b.Kind == page.Box {
			t = b.Mark
		}
		for _, want := range titles {
			if t == want {
				return true
			}
		}
	}
	return false
}

// headed makes an item of a section whose heading is an item's own: "Exercise 3.1",
// "Question 2: …", and on pages of questions the question itself.
func (f *finder) headed(i int, body []int, c scope, s *strand) bool {
	b := &f.p.Blocks[i]
	text := b.Text
	l, ok := labelOf(text)
	word := false
	if !ok && startsExercise.MatchString(fold.Fold(f.text(i))) {
		at := startsExercise.FindStringIndex(strings.ToLower(text))
		if at != nil {
			l, ok = label{kind: decks.Exercise, end: at[1], strong: true}, true
			word = true
		}
	}
	rest := text
	if ok {
		rest = cut(text, l.end)
	}
	d, rest := chipOf(rest)
	ticket := strings.HasPrefix(fold.Fold(f.text(i)), "билет")
	if d == "" {
		d = c.level
	}
	plainRest := page.Plain(rest)
	numbered := ok && l.kind == "" // only a number
	switch {
	case ok && ticket && l.number != "" && plainRest == "" && len(body) > 0 && f.p.Blocks[body[0]].Kind == page.List:
		in := c.under(trimTitle(f.text(i))).enter(placement{kind: decks.Question})
		f.walk(body, in)
		return true
	case ok && ticket && l.number != "" && len(body) > 0:
		if plainRest != "" {
			f.answeredBy(i, rest, l, body, c, d)
			return true
		}
		first := body[0]
		f.finish(&draft{head: first, text: f.p.Blocks[first].Text, label: l, kind: decks.Question, level: d, entry: -1}, c, parts{answer: f.leavesOf(body[1:])})
		return true
	case ok && l.kind != "" && (l.number != "" || word || l.strong && plainRest != ""):
		if f.holdsItems(body) || f.numbered(body) >= 2 && placeHomework.MatchString(foldTitle(f.text(i))) {
			return false
		}
		if f.linksOnly(body) && plainRest == "" {
			return true
		}
		f.sectionItem(i, body, c, l, rest, d)
		return true
	case c.answer && (endsAsking(plainRest) || numbered) && len(body) > 0 && !f.holdsItems(body) && b.Level > 1:
		f.answered(i, rest, l, body, c, d)
		return true
	case c.place != "" && (endsAsking(plainRest) || numbered && f.statement(plainRest, body)):
		if f.holdsItems(body) || len(body) == 0 && !endsAsking(plainRest) {
			return false
		}
		f.answered(i, rest, l, body, c, d)
		return true
	case c.answer && f.traits.topics && b.Level > 1 && len(body) > 0 && f.prose(body):
		f.answeredBy(i, rest, l, body, c, d)
		return true
	case endsAsking(plainRest) && f.onlyRight(body):
		ps := parts{}
		for _, n := range body {
			if f.p.Blocks[n].Kind == page.List {
				ps.answer = f.leaves(f.children(n)[0])
				break
			}
		}
		f.trim[ps.answer[0]] = f.p.Blocks[ps.answer[0]].Text
		f.finish(&draft{head: i, text: rest, label: l, kind: firstKind(firstKind(l.kind, c.place), decks.Question), level: d, entry: -1}, c, ps)
		return true
	case f.choicesIn(f.untilNext(body), ok || c.place != "" || endsAsking(plainRest)):
		f.sectionItem(i, f.untilNext(body), c, l, rest, d)
		if own := len(f.untilNext(body)); own < len(body) {
			f.walk(body[own:], c)
		}
		return true
	}
	return false
}

// group is the nearest heading over a heading that is an item's own.
func (f *finder) group(i int) string {
	level := f.p.Blocks[i].Level
	for j := i - 1; j >= 0; j-- {
		if b := &f.p.Blocks[j]; b.Kind == page.Heading && b.Level < level && !b.Hidden {
			return trimTitle(f.text(j))
		}
	}
	return ""
}

// leadsList tells whether the first words under a heading name one task, of which
// the list below is the steps.
func (f *finder) leadsList(body []int) bool {
	return len(body) > 1 && f.p.Blocks[body[0]].Kind == page.Paragraph && f.p.Blocks[body[1]].Kind == page.List && strings.HasSuffix(strings.TrimSpace(f.text(body[0])), ":") &&
		(inThisTask.MatchString(fold.Fold(f.text(body[0]))) || yourTask.MatchString(fold.Fold(f.text(body[0]))))
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
		if commands(text) || endsAsking(text) || yourTask.MatchString(fold.Fold(text)) || inThisTask.MatchString(fold.Fold(text)) {
			return true
		}
	}
	return false
}

var inThisTask = mustCompile(`(?:` + anyOf(`in_this_(?:task|exercise|challenge|problem|assignment)_(?:we|you|your) the_(?:final|first|next|last)_task в_(?:этом|данном)_(?:задании|упражнении) in_dieser_(?:aufgabe|übung) en_este_(?:ejercicio|reto) dans_cet_exercice`) + `)`)

var startsExercise = mustCompile(`^(?:exercise|exercice|ejercicio|übung|упражнение)\s+`)

// ticked tells whether a list with one ticked entry, the answer, is all that stands
// to choose from among blocks.
func (f *finder) onlyRight(body []int) bool {
	for _, i := range body {
		if f.p.Blocks[i].Kind == page.List {
			all := f.children(i)
			return len(all) == 1 && f.p.Blocks[all[0]].Tick == page.Ticked
		}
	}
	return false
}

// prose tells whether what stands under a heading is a text and no list of other
// questions.
func (f *finder) prose(body []int) bool {
	for _, n := range body {
		if b := &f.p.Blocks[n]; b.Kind == page.Heading || b.Kind == page.Box && f.roleOf(n) != remark {
			return false
		}
	}
	k := f.p.Blocks[body[0]].Kind
	return (k == page.Paragraph || k == page.Code || k == page.Table) && !endsAsking(f.text(body[0])) && f.numbered(body) < 2
}

// statement tells whether a numbered heading says all of the task itself: only code
// or an answer stands under it.
func (f *finder) statement(rest string, body []int) bool {
	if len(strings.Fields(rest)) < 3 {
		return false
	}
	for _, n := range body {
		switch b := &f.p.Blocks[n]; b.Kind {
		case page.Code, page.Rule:
		case page.Box:
			if f.roleOf(n) != solution && f.roleOf(n) != hint {
				return false
			}
		case page.Paragraph:
			if _, ok := f.answerLine(n); !ok && !placeholder.MatchString(f.text(n)) {
				return false
			}
		default:
			return false
		}
	}
	return len(body) > 0 || commands(rest)
}

// holdsItems tells whether blocks hold items of their own: headings with labels,
// or boxes that are tasks.
func (f *finder) holdsItems(body []int) bool {
	n := 0
	for _, i := range body {
		for j := i; j < int(f.p.Blocks[i].End) && n < 2; j++ {
			switch b := &f.p.Blocks[j]; b.Kind {
			case page.Heading:
				if l, ok := labelOf(b.Text); ok && l.kind != "" && l.number != "" {
					n += 2
				} else if p, ok := place(fold.Fold(f.text(j))); ok && !p.weak && !p.single && !answersTitle.MatchString(foldTitle(f.text(j))) {
					n += 2
				}
			case page.Box:
				if r := f.roleOf(j); r == task || r == quizBox {
					n++
					j = int(b.End) - 1
				}
			}
		}
	}
	return n >= 2
}

// numbered counts the paragraphs and headings among blocks that have a number of
// their own.
func (f *finder) numbered(body []int) int {
	n := 0
	for _, i := range body {
		switch b := &f.p.Blocks[i]; b.Kind {
		case page.Heading:
			if _, ok := labelOf(b.Text); ok {
				n++
			}
		case page.Paragraph:
			if _, ok := labelOf(b.Text); ok && boldStart(b.Text) {
				n++
			}
		case page.List:
			if all := f.children(i); len(all) == 1 && f.evident(all, false) {
				n++
			}
		}
	}
	return n
}

// linksOnly tells whether blocks are no more than links to where the task is.
func (f *finder) linksOnly(body []int) bool {
	for _, i := range body {
		for j := i; j < int(f.p.Blocks[i].End); j++ {
			b := &f.p.Blocks[j]
			if b.Kind.Holds() || b.Kind == page.Rule || b.Hidden {
				continue
			}
			if b.Kind != page.Paragraph || !linkLine.MatchString(strings.TrimSpace(b.Text)) {
				return false
			}
		}
	}
	return true
}

var linkLine = mustCompile(`^[^\p{L}\p{N}\[<!]*(?:!?\[[^\]]*\]\([^)]*\)|<https?:[^>]*>|https?:\S+)[^\p{L}\p{N}]*$`)

// choicesIn tells whether something to choose from stands among blocks; a list is
// that only under a heading that can be the question.
func (f *finder) choicesIn(body []int, stem bool) bool {
	for _, i := range body {
		if l, ok := labelOf(f.p.Blocks[i].Text); ok && l.number != "" && f.p.Blocks[i].Kind == page.Paragraph {
			return false
		}
	}
	for _, i := range body {
		switch b := &f.p.Blocks[i]; b.Kind {
		case page.Box:
			if f.roleOf(i) == choiceBox {
				return true
			}
		case page.List:
			if all := f.children(i); stem && len(all) > 1 && (f.ticked(all) || f.lettered(all) && len(all) < 9 && !f.asking(all)) {
				return true
			}
		}
	}
	return false
}

// placed walks a place. One that has no items in it is an item itself, if it is a
// single task.
func (f *finder) placed(i int, body []int, c scope, p placement) {
	before := len(f.items)
	if c.single && !c.strict && !f.structured(body) {
		f.single(i, body, c)
		return
	}
	f.walk(body, c)
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
			return true
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
			words += len(strings.Fields(f.firstText(n)))
		}
	}
	if words < 4 || !f.wants(body) || f.linksOnly(body) || noTask.MatchString(fold.Fold(f.firstText(body[0]))) {
		return
	}
	up := c
	if len(c.path) > 1 {
		up.group = c.path[len(c.path)-1]
	}
	f.emit(&draft{head: i, title: trimTitle(f.text(i)), kind: c.place, level: c.level, nodes: body, entry: -1}, up)
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
			if asks(text) || yourTask.MatchString(fold.Fold(text)) {
				return true
			}
			for sentence := range strings.SplitSeq(text, ". ") {
				if commands(sentence) {
					return true
				}
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
			if !answersTitle.MatchString(t) && !hintTitle.MatchString(t) {
				return body[:k]
			}
		}
	}
	return body
}

// sectionItem makes an item of a labelled heading and what stands under it.
func (f *finder) sectionItem(i int, body []int, c scope, l label, rest string, d decks.Difficulty) {
	kind := l.kind
	if kind == "" {
		kind = firstKind(c.place, decks.Question)
	}
	dr := &draft{head: i, label: l, title: page.Plain(rest), kind: kind, level: d, nodes: body, entry: -1}
	if l.kind == decks.Question {
		c.place = decks.Question
	}
	ps := f.sortOut(body, c, dr.title)
	switch {
	case c.answer && (asks(dr.title) || commands(dr.title)) && !ps.solved && len(ps.choices) == 0 && !f.anyAsks(ps.prompt):
		f.answered(i, rest, l, body, c, d)
		return
	case !f.hasWords(ps.prompt) && dr.title != "", endsAsking(dr.title) && !f.anyAsks(ps.prompt) && !f.anyCommands(ps.prompt),
		len(strings.Fields(dr.title)) > 3 && (strings.HasSuffix(dr.title, ":") || strings.HasSuffix(dr.title, ".") || commands(dr.title)):
		dr.text = rest // the heading is the task, or the beginning of it
	}
	f.emit(dr, c)
}

// hasPrompt tells whether blocks hold words of a task beside its answer.
func (f *finder) hasPrompt(body []int, c scope, title string) bool {
	return len(f.sortOut(body, c, title).prompt) > 0
}

func (f *finder) anyCommands(blocks []int) bool {
	for _, i := range blocks {
		if f.p.Blocks[i].Kind == page.Paragraph && commands(f.text(i)) {
			return true
		}
	}
	return false
}

// wordy tells a title that says something from a name.
func wordy(title string) bool { return endsAsking(title) || len(strings.Fields(title)) >= 4 }

func (f *finder) leavesOf(nodes []int) []int {
	var all []int
	for _, n := range nodes {
		all = append(all, f.leaves(n)...)
	}
	return all
}

// answered makes an item of a heading that is the question itself, with the text
// under it as its answer.
func (f *finder) answered(i int, rest string, l label, body []int, c scope, d decks.Difficulty) {
	kind := l.kind
	if kind == "" {
		kind = firstKind(c.place, decks.Question)
	}
	dr := &draft{head: i, text: rest, label: l, kind: kind, level: d, entry: -1}
	if c.answer || f.coded(body) || endsAsking(page.Plain(rest)) && f.tells(body, c) {
		ps := f.sortOut(body, c, page.Plain(rest))
		if len(ps.choices) == 0 && !(ps.solved && len(ps.prompt) > 0) {
			f.answeredBy(i, rest, l, body, c, d)
			return
		}
	}
	dr.nodes = body
	f.emit(dr, c)
}

// tells tells whether blocks are words that ask for nothing.
func (f *finder) tells(body []int, c scope) bool {
	ps := f.sortOut(body, c, "")
	return len(ps.choices) == 0 && !ps.solved && f.hasWords(ps.prompt) && !f.anyAsks(ps.prompt) && !f.anyCommands(ps.prompt) && !f.listed(ps.prompt)
}

// listed tells whether the first of some blocks stands in a list.
func (f *finder) listed(blocks []int) bool {
	a := f.p.Blocks[blocks[0]].Parent
	return a >= 0 && f.p.Blocks[a].Kind == page.Entry
}

// hasWords tells whether there is more among blocks than pictures and code.
func (f *finder) hasWords(blocks []int) bool {
	for _, i := range blocks {
		b := &f.p.Blocks[i]
		if b.Kind != page.Code && b.Kind != page.Formula && strings.TrimSpace(pictures.ReplaceAllString(b.Text, "")) != "" {
			return true
		}
	}
	return false
}

var pictures = mustCompile(`!\[[^\]]*\]\([^)]*\)`)

// answeredBy makes an item of a heading whose answer is what stands under it; after
// a colon lists and words up to the first code belong to the question.
func (f *finder) answeredBy(i int, rest string, l label, body []int, c scope, d decks.Difficulty) {
	dr := &draft{head: i, text: rest, label: l, kind: firstKind(firstKind(l.kind, c.place), decks.Question), level: d, entry: -1}
	ps := f.sortOut(body, c, page.Plain(rest))
	out := parts{why: ps.why, answer: append(ps.prompt, ps.answer...)}
	if strings.HasSuffix(strings.TrimRight(page.Plain(rest), " *_"), ":") {
		n := 0
		for n < len(out.answer) && f.p.Blocks[out.answer[n]].Kind != page.Code {
			n++
		}
		if n < len(out.answer) {
			out.prompt, out.answer = out.answer[:n], out.answer[n:]
		}
	}
	f.finish(dr, c, out)
}

// coded tells whether blocks begin with code that is no mere room for an answer.
func (f *finder) coded(body []int) bool {
	for _, n := range body {
		switch b := &f.p.Blocks[n]; b.Kind {
		case page.Rule:
		case page.Code:
			return !f.blankCode(n)
		default:
			return false
		}
	}
	return false
}

func firstKind(a, b decks.Kind) decks.Kind {
	if a != "" {
		return a
	}
	return b
}

// short tells a line from a paragraph.
func short(s string, n int) bool { return utf8.RuneCountInString(s) <= n }
