package find

import (
	"strings"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// headed makes an item of a section whose heading is an item's own: "Exercise 3.1",
// "Question 2: …", and on pages of questions the question itself.
func (f *finder) headed(i int, body []int, c scope) bool {
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
	got, rated := difficultyOf(page.Plain(rest))
	if ok && rated {
		d, rest = got, ""
	}
	ticket := strings.HasPrefix(fold.Fold(f.text(i)), "билет")
	if d == "" {
		d = c.level
	}
	plainRest := page.Plain(rest)
	numbered := ok && l.kind == "" // only a number
	switch {
	case f.traits.quoted > 1 && numberHead.MatchString(text) && f.states(body):
		f.finish(&draft{head: i, title: page.Plain(text), label: label{number: strings.Trim(page.Plain(text), " *★⋆")}, kind: firstKind(c.place, decks.Exercise), level: c.level, entry: -1}, c,
			parts{prompt: f.leaves(body[0]), answer: f.leavesOf(f.untilNext(body)[1:])})
		return true
	case c.place != "" && numbered && strings.Contains(l.number, ".") && f.traits.counted[b.Level] > 2 && !f.listsTasks(body) && f.hasWords(f.leavesOf(f.untilNext(body))) && !f.holdsItems(body) && !f.linksOnly(body):
		f.sectionItem(i, f.untilNext(body), c, label{kind: c.place, number: l.number, end: l.end}, rest, d)
		return true
	case f.traits.sheet[b.Level] > 1 && sheetHead.MatchString(text) && len(body) > 0 && f.wants(f.untilNext(body)) && !f.holdsItems(body):
		f.sectionItem(i, f.untilNext(body), c, label{kind: firstKind(c.place, decks.Exercise), number: sheetHead.FindStringSubmatch(text)[1]}, cut(text, sheetHead.FindStringIndex(text)[1]), d)
		return true
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
	case ok && l.kind != "" && (l.number != "" || word || l.strong && (plainRest != "" || rated)):
		if f.holdsItems(body) || f.labelledIn(body) >= 2 || f.numbered(body) >= 2 && placeHomework.MatchString(foldTitle(f.text(i))) {
			return false
		}
		if f.linksOnly(body) && plainRest == "" {
			return true
		}
		if l.number == "" && placeHomework.MatchString(foldTitle(f.text(i))) && f.questionsIn(body) {
			f.walk(body, c.under(trimTitle(f.text(i))).enter(placement{kind: decks.Question, strict: true}))
			return true
		}
		if l.kind == decks.Exercise && plainRest != "" && f.onlyNames(body) && !commands(plainRest) && !asks(plainRest) {
			return true // what a course does in a week
		}
		f.sectionItem(i, body, c, l, rest, d)
		return true
	case (pointed.MatchString(fold.Fold(f.text(i))) || c.place == "" && f.traits.pointed[b.Level] > 1 && (numbered || bonusHead.MatchString(fold.Fold(f.text(i))))) && !f.anyPointed(body) && !f.holdsItems(body) && (f.wants(body) || commands(plainRest)):
		f.sectionItem(i, f.untilNext(body), c, label{kind: firstKind(c.place, decks.Exercise), number: l.number, end: l.end}, rest, d)
		f.walk(body[len(f.untilNext(body)):], c)
		return true
	case c.answer && (endsAsking(plainRest) || numbered || asks(plainRest) && f.traits.asks[b.Level]) && len(body) > 0 && !f.holdsItems(body) && b.Level > 1:
		f.answered(i, rest, l, body, c, d)
		return true
	case b.Level > 1 && c.place == "" && !f.traits.faq && tellsOrAsks(plainRest) && f.onlySolved(body):
		if l.kind == "" && commands(plainRest) && !inWords(plainRest) {
			l.kind = decks.Exercise
		}
		f.answered(i, rest, l, body, c, d)
		return true
	case f.traits.rooms[b.Level] && c.place == "" && orderAfterStep(plainRest):
		f.finish(&draft{head: i, text: stepHead.ReplaceAllString(rest, ""), label: l, kind: decks.Exercise, level: d, entry: -1}, c, f.sortOut(f.untilNext(body), c, plainRest))
		f.walk(body[len(f.untilNext(body)):], c)
		return true
	case c.place != "" && (endsAsking(plainRest) || numbered && (f.statement(plainRest, body) || f.orders(plainRest) && len(body) > 0 && f.onlyTold(body))):
		if f.holdsItems(body) || len(body) == 0 && !endsAsking(plainRest) && !commands(plainRest) {
			return false
		}
		f.answered(i, rest, l, body, c, d)
		return true
	case c.answer && f.traits.topics && b.Level > 1 && len(body) > 0 && f.traits.asks[b.Level] && f.prose(body):
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
	case !isPlace(f.text(i)) && f.choicesIn(f.untilNext(body), ok || endsAsking(plainRest) || c.place != "" && !isPlace(f.text(i))):
		f.sectionItem(i, f.untilNext(body), c, l, rest, d)
		f.walk(body[len(f.untilNext(body)):], c)
		return true
	}
	return false
}

// listsTasks tells whether a list among blocks has entries that want something each.
func (f *finder) listsTasks(body []int) bool {
	for _, i := range body {
		if f.p.Blocks[i].Kind == page.List && f.mostTell(f.children(i)) {
			return true
		}
	}
	return false
}

// questionsIn tells whether a list of questions, each with a number and a question
// mark, stands among blocks: they stand for themselves, whatever is above them.
func (f *finder) questionsIn(body []int) bool {
	asking := 0
	for _, i := range body {
		if f.p.Blocks[i].Kind != page.List {
			continue
		}
		if asking > 0 {
			return false // data of one task
		}
		for _, e := range f.children(i) {
			if !f.numberMarked(e) || !asks(f.firstText(e)) {
				return false
			}
			asking++
		}
	}
	return asking >= 4
}

// sheetHead is the heading of a task on a numbered sheet: "A3.1: Interpreter".
var sheetHead = mustCompile(`^\**[A-Z]{1,2}(\d{1,3}\.\d{1,2})\s*[:–—-]\s+`)

// numberHead is a heading that is no more than the number of a task, as in solutions
// of a book: "2.3-1", "4.1-5 ★".
var numberHead = mustCompile(`^\**\d{1,3}(?:[.-]\d{1,3}){1,3}\s*(?:\$?\\?\\?(?:star|bigstar)\$?|[*★⋆])?\**$`)

// states tells whether a quotation begins what stands under a heading.
func (f *finder) states(body []int) bool {
	return len(body) > 0 && f.p.Blocks[body[0]].Kind == page.Quote && f.hasWords(f.leaves(body[0]))
}

// onlySolved tells whether blocks are no more than a solution.
func (f *finder) onlySolved(body []int) bool {
	solved := false
	for _, i := range body {
		switch b := &f.p.Blocks[i]; {
		case b.Kind == page.Rule:
		case b.Kind == page.Box && f.roleOf(i) == solution:
			solved = true
		case b.Kind == page.Box && f.roleOf(i) == hint:
		default:
			return false
		}
	}
	return solved
}

// stepHead is the number of a task that is a step of a notebook.
var stepHead = mustCompile(`(?i)^[\s*_]*(?:step|шаг|schritt|paso|étape|passo|步骤)\s*\d{1,2}\s*[.:)–—-]*[\s*_]*`)

// orderAfterStep tells whether a heading commands, maybe behind a number of a step.
func orderAfterStep(title string) bool { return tellsOrAsks(stepHead.ReplaceAllString(title, "")) }

// pointed is a heading that says what its task is worth.
var pointed = mustCompile(`[(\[]\s*(?:\+?\d+(?:[.,]\d+)?\+*|a lot of)\s*(?:bonus\s+)?(?:points?|pts?|marks?|баллов|балла|балл|punkte?|puntos|pontos|分|pp)\.?(?:\s+(?:if|if you|за|за\s)[^()]{0,30})?\s*[)\]]\s*$`)

// bonusHead is the heading of a task beyond the others.
var bonusHead = mustCompile(`^(?:bonus|бонус|zusatz|extra|дополнительно)` + notLetterAfter)

// anyPointed tells whether headings among blocks say what their tasks are worth.
func (f *finder) anyPointed(body []int) bool {
	for _, i := range body {
		if f.p.Blocks[i].Kind == page.Heading && pointed.MatchString(fold.Fold(f.text(i))) {
			return true
		}
	}
	return false
}

// onlyNames tells whether blocks are lists of which no entry wants anything.
func (f *finder) onlyNames(body []int) bool {
	for _, i := range body {
		if f.p.Blocks[i].Kind != page.List || f.wants([]int{i}) {
			return false
		}
	}
	return len(body) > 0
}

var startsExercise = mustCompile(`^(?:exercise|exercice|ejercicio|übung|упражнение)\s+`)

// onlyRight tells whether a list with one ticked entry, the answer, is all that stands
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

// orders tells whether a sentence of a text commands.
func (f *finder) orders(text string) bool {
	for _, sentence := range sentences.Split(text, 60) {
		if commands(sentence) && wordsIn(sentence) > 1 {
			return true
		}
	}
	return false
}

var sentences = mustCompile(`[.!?:]\s+|[。！？；，]\s*`)

// onlyTold tells whether nothing among blocks asks or commands.
func (f *finder) onlyTold(body []int) bool {
	for _, n := range body {
		if k := f.p.Blocks[n].Kind; k == page.Heading || k == page.Box {
			return false
		}
	}
	all := f.leavesOf(body)
	return !f.anyAsks(all) && !f.anyCommands(all)
}

// statement tells whether a numbered heading says all of the task itself: only code
// or an answer stands under it.
func (f *finder) statement(rest string, body []int) bool {
	if wordsIn(rest) < 3 {
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

// sectionItem makes an item of a labelled heading and what stands under it.
func (f *finder) sectionItem(i int, body []int, c scope, l label, rest string, d decks.Difficulty) {
	kind := l.kind
	if kind == "" {
		kind = firstKind(c.place, decks.Question)
	}
	dr := &draft{head: i, label: l, title: page.Plain(rest), kind: kind, level: d, nodes: body, entry: -1}
	if l.kind == decks.Question {
		c.place, c.stem = decks.Question, true
	}
	ps := f.sortOut(body, c, dr.title)
	if task, solved := f.quoted(body, ps); task != nil {
		ps.prompt, ps.answer = task, solved
		f.finish(dr, c, ps)
		return
	}
	switch {
	case c.answer && (asks(dr.title) || commands(dr.title)) && !ps.solved && len(ps.choices) == 0 && !f.anyAsks(ps.prompt):
		f.answered(i, rest, l, body, c, d)
		return
	case !f.hasWords(ps.prompt) && dr.title != "", endsAsking(dr.title) && !f.anyAsks(ps.prompt) && !f.anyCommands(ps.prompt),
		wordsIn(dr.title) > 3 && (endsInColon(dr.title) || strings.HasSuffix(dr.title, ".") || commands(dr.title)):
		dr.text = rest // the heading is the task, or the beginning of it
	}
	f.emit(dr, c)
}

// quoted divides a section in which a quotation states the task and code right under
// it solves it, or whatever stands there where a page has many such.
func (f *finder) quoted(body []int, ps parts) (task, solved []int) {
	if len(body) < 2 || f.p.Blocks[body[0]].Kind != page.Quote || f.p.Blocks[body[1]].Kind == page.Quote ||
		f.p.Blocks[body[1]].Kind != page.Code && f.traits.quotedTasks < 3 || f.blankCode(body[1]) || ps.solved || len(ps.choices) > 0 || endsInColon(f.text(f.leaves(body[0])[0])) {
		return nil, nil
	}
	task, solved = f.leaves(body[0]), f.leavesOf(body[1:])
	if !f.hasWords(task) || len(solved) == 0 {
		return nil, nil
	}
	if l, ok := labelOf(f.p.Blocks[task[0]].Text); ok && l.kind != "" {
		f.trim[task[0]] = cut(f.p.Blocks[task[0]].Text, l.end)
	}
	return task, solved
}

// hasPrompt tells whether blocks hold a task beside its answer, and not only pictures
// of it.
func (f *finder) hasPrompt(body []int, c scope, title string) bool {
	prompt := f.sortOut(body, c, title).prompt
	return f.hasWords(prompt) || f.allCode(prompt)
}

func (f *finder) anyCommands(blocks []int) bool {
	for _, i := range blocks {
		if f.p.Blocks[i].Kind == page.Paragraph && commands(f.text(i)) {
			return true
		}
	}
	return false
}

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
	if c.answer || f.coded(body) || len(body) > 0 && l.kind == "" && l.number != "" && f.onlyTold(body) && f.orders(page.Plain(rest)) || endsAsking(page.Plain(rest)) && f.tells(body, c) {
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

// answeredBy makes an item of a heading whose answer is what stands under it; after
// a colon lists and words up to the first code belong to the question.
func (f *finder) answeredBy(i int, rest string, l label, body []int, c scope, d decks.Difficulty) {
	dr := &draft{head: i, text: rest, label: l, kind: firstKind(firstKind(l.kind, c.place), decks.Question), level: d, entry: -1}
	ps := f.sortOut(body, c, page.Plain(rest))
	out := parts{why: ps.why, answer: append(ps.prompt, ps.answer...)}
	if endsInColon(page.Plain(rest)) {
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
