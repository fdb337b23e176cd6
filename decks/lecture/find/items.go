package find

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// start opens an item whose extent the next blocks decide.
func (s *strand) start(d *draft) {
	s.close()
	s.open = d
}

// close ends the open item.
func (s *strand) close() {
	d := s.open
	if d == nil {
		return
	}
	s.open = nil
	if d.answers != nil {
		s.f.solve(d.answers, d.nodes, s.c)
		return
	}
	if it := s.f.emit(d, s.c); it != nil {
		s.last = it
	}
}

// reopen gives the last item the answer that begins with a block.
func (s *strand) reopen(i int) {
	if rest, ok := s.f.answerLine(i); ok && !endsInColon(rest) {
		s.f.trim[i] = rest
		s.f.answerWith(s.last, []int{i})
		return
	}
	s.open = &draft{head: i, answers: s.last, nodes: []int{i}, entry: -1}
}

// solution gives blocks as the answer to the item above, or makes one of what
// stands above: text that a solution follows is a task.
func (s *strand) solution(k int, title string, body []int) {
	f := s.f
	if f.inFAQ || f.elsewhere(body) {
		return
	}
	if s.open == nil && manyAnswers.MatchString(title) && (f.answersIn(body) >= 2 && f.collect(title, body) || f.inOrder(title, body)) {
		return
	}
	if s.open == nil && (s.last == nil || s.last.Answer != "") {
		if s.done.n > 1 && s.done.at+s.done.n == k && s.done.empty {
			s.sectionBefore()
		} else {
			s.before(k, false)
		}
	}
	s.close()
	target := s.last
	if target == nil && len(f.items) > 0 && !manyAnswers.MatchString(title) {
		if it := f.items[len(f.items)-1]; it.Answer == "" && len(body) > 0 && body[0]-it.end() < 12 {
			target = it
		}
	}
	if n := f.answersIn(body); target == nil || n >= 2 && (manyAnswers.MatchString(title) || len(target.PromptBlocks) > 0 && !f.hasParts(target)) {
		if f.collect(title, body) {
			return
		}
	}
	if target == nil || target.Answer != "" {
		return
	}
	f.solve(target, body, s.c)
}

// elsewhere tells whether what stands under the heading of a solution only says where
// it is: "Review the [solution notebook](…)."
func (f *finder) elsewhere(body []int) bool {
	if len(body) != 1 || f.p.Blocks[body[0]].Kind != page.Paragraph {
		return false
	}
	text := f.p.Blocks[body[0]].Text
	return linkPart.MatchString(text) && wordsIn(f.text(body[0])) < 25 && seeThere.MatchString(fold.Fold(strings.TrimSpace(f.text(body[0]))))
}

var seeThere = mustCompile(`^(?:` + anyOf(`(?:please_)?(?:see|review|refer_to|check|check_out|look_at|find|available|can_be_found|the_solutions?_(?:is|are|can)) смотри(?:те)? см\. решени[ея]_(?:можно|доступн\p{L}+|наход\p{L}+) siehe voir véase ver`) + `)` + notLetterAfter)

var manyAnswers = mustCompile(`answer key|answers|solutions|ответы|решения|lösungen|antworten|respuestas|soluciones|réponses`)

// solve gives an item its answer.
func (f *finder) solve(it *found, body []int, c scope) {
	ps := f.sortOut(body, c, "")
	given := ps.given
	if given != "" && len(it.Choices) > 0 && it.Explanation == "" {
		ps.answer = slices.DeleteFunc(ps.answer, func(b int) bool { return b == ps.letters })
		it.Explanation = strings.TrimSpace(f.p.MarkdownWith(append(ps.prompt, ps.answer...), f.trim, -1))
	}
	if given == "" && len(it.Choices) > 0 && len(ps.prompt) == 1 {
		given = answerLetters(f.text(ps.prompt[0]))
	}
	if given != "" && len(it.Choices) > 0 {
		mark(it.Choices, given)
		it.Answer = rightOf(it.Choices)
		return
	}
	if len(it.Choices) == 0 && len(ps.choices) > 0 {
		ps.prompt = append(ps.prompt, ps.options...)
	}
	f.answerWith(it, append(ps.prompt, ps.answer...))
}

func (f *finder) answerWith(it *found, blocks []int) {
	blocks = ascending(blocks)
	text := strings.TrimSpace(f.p.MarkdownWith(blocks, f.trim, -1))
	if text == "" {
		return
	}
	it.Answer, it.AnswerBlocks = text, blocks
	if l := answerLetters(page.Plain(text)); l != "" && len(it.Choices) > 0 {
		mark(it.Choices, l)
		it.Answer = rightOf(it.Choices)
	}
}

// upTo is the last block of the last item found so far, -1 before the first.
func (f *finder) upTo() int {
	if len(f.items) == 0 {
		return -1
	}
	return f.items[len(f.items)-1].end()
}

// ascending are blocks in the page's order, each once.
func ascending(blocks []int) []int {
	sorted := slices.Sorted(slices.Values(blocks))
	return slices.Compact(sorted)
}

// stands adds to the places of an item.
func (it *found) stands(blocks []int) {
	it.PromptBlocks = ascending(append(it.PromptBlocks, blocks...))
}

func (it *found) end() int {
	last := it.order
	for _, b := range it.PromptBlocks {
		last = max(last, b)
	}
	for _, b := range it.AnswerBlocks {
		last = max(last, b)
	}
	return last
}

func (f *finder) hasParts(it *found) bool {
	return strings.Contains(it.Prompt, "\n- ") || strings.Contains(it.Prompt, "\n1. ")
}

// sectionBefore makes an open item of the section before, because the next one
// solves it.
func (s *strand) sectionBefore() {
	f := s.f
	head := s.seq[s.done.at]
	sub := &strand{f: f, c: s.c.under(trimTitle(f.text(head))), seq: s.seq[s.done.at+1 : s.done.at+s.done.n]}
	sub.before(len(sub.seq), true)
	if sub.open != nil {
		s.open = sub.open
	}
}

// before makes an open item of the text that ends before place k of the strand,
// because an answer follows it: the paragraph that asks, with the code that it asks
// about, or the whole section where it is short.
func (s *strand) before(k int, whole bool) {
	f := s.f
	from := s.from
	for upTo := f.upTo(); from < k && s.seq[from] <= upTo; {
		from++
	}
	if from >= k {
		return
	}
	span := s.seq[from:k]
	words := 0
	for _, i := range span {
		for _, l := range f.leaves(i) {
			if f.p.Blocks[l].Kind == page.Code {
				words += 15
			} else {
				words += wordsIn(f.p.Blocks[l].Text)
			}
		}
	}
	if words == 0 {
		return
	}
	asked := -1
	for n := len(span) - 1; n >= 0 && n >= len(span)-4; n-- {
		if b := &f.p.Blocks[span[n]]; b.Kind == page.Paragraph && tellsOrAsks(f.text(span[n])) {
			asked = n
			break
		}
	}
	h := s.above()
	if h >= 0 && hintTitle.MatchString(foldTitle(f.text(h))) {
		return
	}
	d := &draft{head: span[0], kind: firstKind(s.c.place, decks.Exercise), level: s.c.level, entry: -1}
	switch {
	case whole && h >= 0 && words <= 260 || asked < 0 && h >= 0 && words <= 60:
		d.title = trimTitle(f.text(h))
		if len(s.c.path) > 1 {
			s.c.group = s.c.path[len(s.c.path)-2] // the heading is the item's own
		}
	case asked < 0:
		return
	default:
		from := asked
		for from > 0 && f.leadsIn(span[from-1]) {
			from--
		}
		span = span[from:]
		if t := f.text(span[asked-from]); s.c.place == "" && endsAsking(t) && !commands(t) {
			d.kind = decks.Question
		}
	}
	d.head, d.nodes = span[0], span
	s.open = d
}

// leadsIn tells whether a block before a question belongs to it: code, a formula, a
// table, and the words that announce them.
func (f *finder) leadsIn(i int) bool {
	switch b := &f.p.Blocks[i]; b.Kind {
	case page.Code, page.Formula, page.Table:
		return true
	case page.Paragraph:
		return endsInColon(f.text(i))
	}
	return false
}

// above is the heading that the strand stands under, -1 for none; that of the page
// is none.
func (s *strand) above() int {
	if len(s.seq) == 0 || s.from > 0 {
		return -1
	}
	for i := s.seq[0] - 1; i >= 0 && i >= s.seq[0]-2; i-- {
		if s.f.p.Blocks[i].Kind == page.Heading && s.f.p.Blocks[i].Level > 1 {
			return i
		}
	}
	return -1
}

// answeredNext tells whether an answer follows a block at once.
func (f *finder) answeredNext(seq []int, k int) bool {
	if k+1 >= len(seq) {
		return false
	}
	i := seq[k+1]
	switch b := &f.p.Blocks[i]; b.Kind {
	case page.Box:
		return f.roleOf(i) == solution || f.roleOf(i) == choiceBox
	case page.Heading:
		return answersTitle.MatchString(foldTitle(f.text(i)))
	case page.Paragraph:
		return f.saysAnswer(i, f.text(i), fold.Fold(trimTitle(f.text(i))))
	case page.Quote:
		return f.quotedAnswer(i) >= 0
	}
	return false
}

// emit makes an item of a draft whose extent is known.
func (f *finder) emit(d *draft, c scope) *found {
	before := page.Plain(d.text)
	if q, a, ok := inlineAnswer(d.text); ok {
		ps := f.sortOut(d.nodes, c, page.Plain(q))
		d.text, f.tail[d.head] = q, a
		ps.inline, ps.answer = d.head, append(ps.prompt, ps.answer...)
		ps.prompt = nil
		return f.finish(d, c, ps)
	}
	var list []decks.Option
	if stem, all := stemAndChoices(d.text); len(all) > 0 {
		d.text, list = stem, all
		before = page.Plain(stem)
	}
	if d.label.kind == decks.Question && d.label.number != "" {
		c.stem = true
	}
	ps := f.sortOut(d.nodes, c, firstOf(before, d.title))
	if len(ps.choices) == 0 {
		ps.choices = list
	}
	if d.text != "" && d.label.kind != "" && len(ps.choices) > 0 && f.anyAsks(ps.prompt) {
		d.title, d.text = before, "" // the label has a title, the question stands under it
	}
	if f.belowAnswers(d, c, &ps, before) {
		ps.answer, ps.prompt = ps.prompt, nil
	}
	if (f.traits.coded && (d.label.number != "" || d.bold) || f.writtenBelow(d, c, &ps)) && len(ps.answer) == 0 {
		f.codeAnswers(&ps, before)
	}
	return f.finish(d, c, ps)
}

// belowAnswers tells whether the text below a draft's first block answers it: a
// numbered question, or one in bold on a page of questions.
func (f *finder) belowAnswers(d *draft, c scope, ps *parts, before string) bool {
	if f.traits.labelAsks && d.text != "" && d.label.kind == decks.Question && d.label.number != "" && tellsOrAsks(before) && !ps.solved && len(ps.choices) == 0 && len(ps.prompt) > 0 && !f.anyAsks(ps.prompt) {
		return true
	}
	if d.text == "" || d.label.kind != "" || !d.strong || ps.solved || len(ps.choices) > 0 || !f.hasWords(ps.prompt) || f.anyAsks(ps.prompt) {
		return false
	}
	if c.answer && f.bold(d.head) && endsAsking(before) {
		return true
	}
	if d.label.number == "" || f.anyCommands(ps.prompt) || f.listed(ps.prompt) {
		return false
	}
	bold := boldStart(f.p.Blocks[d.head].Text)
	wants := endsAsking(before) || c.place == decks.Question && inWords(before) || bold && asks(before)
	return wants && (c.place == decks.Question || c.answer || bold)
}

func (f *finder) anyAsks(blocks []int) bool {
	for _, i := range blocks {
		if f.p.Blocks[i].Kind == page.Paragraph && endsAsking(f.text(i)) {
			return true
		}
	}
	return false
}

// writtenBelow tells whether a cell of a solved notebook answers the task above it: a
// heading's own, words that say what to write, and one cell of code.
func (f *finder) writtenBelow(d *draft, c scope, ps *parts) bool {
	if f.p.Format != "notebook" || c.place != decks.Exercise || f.traits.open || f.p.Blocks[d.head].Kind != page.Heading || len(ps.prompt) < 2 {
		return false
	}
	last := len(ps.prompt) - 1
	for k, i := range ps.prompt {
		if kind := f.p.Blocks[i].Kind; (kind == page.Code) != (k == last) {
			return false
		}
	}
	return f.anyCommands(ps.prompt[:last]) && !ps.solved
}

// codeAnswers takes the code that ends an item as its answer: on this page it does
// for every item.
func (f *finder) codeAnswers(ps *parts, before string) {
	said := before
	for k, i := range ps.prompt {
		b := &f.p.Blocks[i]
		if b.Kind == page.Code && (f.p.Format != "notebook" || b.Mark != "") {
			if !f.wholeCode(i) {
				return
			}
			if f.p.Format != "notebook" && aboveCode.MatchString(fold.Fold(said)) {
				return
			}
			from := k
			if k > 0 && f.p.Blocks[ps.prompt[k-1]].Kind == page.Paragraph && endsInColon(f.text(ps.prompt[k-1])) && f.p.Blocks[ps.prompt[k-1]].Parent == b.Parent && k > 1 {
				from = k - 1 // "Brute force:"
			}
			ps.answer = append([]int{}, ps.prompt[from:]...)
			ps.prompt = ps.prompt[:from]
			return
		}
		if b.Kind == page.Paragraph {
			said = f.text(i)
		}
	}
}

// finish puts an item among those found, unless it says nothing or stands there
// already.
func (f *finder) finish(d *draft, c scope, ps parts) *found {
	ps.answer = ascending(ps.answer)
	blocks := ps.prompt
	if d.text != "" {
		f.trim[d.head] = d.text
		blocks = append([]int{d.head}, blocks...)
	}
	it := &found{group: c.group, number: d.label.number, order: d.head}
	it.Kind, it.Difficulty, it.Label, it.Path = d.kind, d.level, d.title, c.path
	it.PromptBlocks = slices.Clone(blocks)
	bare := d.entry
	it.Prompt = strings.TrimSpace(f.p.MarkdownWith(blocks, f.trim, bare))
	if d.text != "" && len(ps.answer) > 0 && ps.answer[0] == d.head { // question and answer in one block
		it.Prompt = strings.TrimSpace(d.text)
	}
	if it.Difficulty == c.level {
		lvl, rest := chipOf(it.Prompt)
		it.Prompt, it.Difficulty = rest, firstLevel(lvl, it.Difficulty)
	}
	for sign, level := range f.traits.legend {
		if strings.Contains(f.p.Blocks[d.head].Text, sign) {
			it.Difficulty = level
			it.Prompt = strings.TrimSpace(strings.ReplaceAll(it.Prompt, sign, ""))
			it.Prompt = strings.NewReplacer(" \u200d\ufe0f", "", "\u200d\ufe0f", "", " \u200d", "", " **", "**").Replace(it.Prompt)
		}
	}
	if c.handed && it.Kind == decks.Question && ((commands(it.Prompt) || needs.MatchString(fold.Fold(it.Prompt))) && !inWords(it.Prompt) || f.allCode(ps.answer) && !asks(it.Prompt)) {
		it.Kind = decks.Exercise
	}
	it.Choices = ps.choices
	if ps.given != "" && len(it.Choices) > 0 {
		mark(it.Choices, ps.given)
		if it.Explanation == "" {
			ps.answer = slices.DeleteFunc(ps.answer, func(b int) bool { return b == ps.letters })
			it.Explanation = strings.TrimSpace(f.p.MarkdownWith(ps.answer, f.trim, -1))
		}
		ps.answer, ps.inline = nil, 0
	}
	it.stands(ps.options)
	if ps.inline > 0 {
		it.Answer = f.tail[ps.inline]
		if len(ps.answer) > 0 {
			it.Answer = strings.TrimSpace(it.Answer + "\n\n" + f.p.MarkdownWith(ps.answer, f.trim, -1))
		}
		it.AnswerBlocks = append([]int{ps.inline}, ps.answer...)
	} else if len(ps.answer) > 0 {
		if d.text != "" && ps.answer[0] == d.head {
			it.Answer = strings.TrimSpace(f.tail[d.head])
			if len(ps.answer) > 1 {
				it.Answer = strings.TrimSpace(it.Answer + "\n\n" + f.p.MarkdownWith(ps.answer[1:], f.trim, -1))
			}
		} else {
			it.Answer = strings.TrimSpace(f.p.MarkdownWith(ps.answer, f.trim, -1))
		}
		it.AnswerBlocks = ps.answer
	}
	if len(ps.why) > 0 {
		it.Explanation = strings.TrimSpace(f.p.MarkdownWith(ps.why, f.trim, -1))
	}
	if len(it.Choices) == 0 && it.Answer != "" {
		f.choicesByAnswer(it)
	}
	if len(it.Choices) >= 2 {
		it.Kind = decks.Choice
		if it.Answer == "" {
			it.Answer = rightOf(it.Choices)
		} else if l := answerLetters(page.Plain(it.Answer)); l != "" {
			mark(it.Choices, l)
			it.Answer = rightOf(it.Choices)
		} else if rightOf(it.Choices) == "" {
			f.markRepeated(it)
		}
	}
	if !strings.ContainsFunc(it.Prompt, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) || noTask.MatchString(fold.Fold(it.Prompt)) {
		return nil
	}
	if len(blocks) > 0 && f.allCode(blocks) && d.label.kind == "" { // code to run, which asks for nothing
		return nil
	}
	key := maphash.String(f.hash, fold.Fold(page.Plain(it.Prompt)))
	if f.seen[key] {
		f.out.Skipped = append(f.out.Skipped, Skip{Block: d.head, Reason: Repeat})
		return nil
	}
	f.seen[key] = true
	f.items = append(f.items, it)
	return it
}

// choicesByAnswer makes choices of a list in the prompt when the answer is one of
// its entries.
func (f *finder) choicesByAnswer(it *found) {
	answer := fold.Fold(trimTitle(page.Plain(it.Answer)))
	if len(answer) > 200 || len(it.PromptBlocks) < 3 {
		return
	}
	list := int32(-1)
	for _, b := range it.PromptBlocks {
		e := f.p.Blocks[b].Parent
		if e >= 0 && f.p.Blocks[e].Kind == page.Entry && fold.Fold(trimTitle(f.text(b))) == answer {
			list = f.p.Blocks[e].Parent
		}
	}
	if list < 0 || f.p.Blocks[list].End <= int32(it.PromptBlocks[len(it.PromptBlocks)-1]) || int32(it.PromptBlocks[0]) > list {
		return
	}
	var ps parts
	f.addChoices(&ps, int(list))
	n := 0
	for n < len(it.PromptBlocks) && int32(it.PromptBlocks[n]) < list {
		n++
	}
	if n == 0 || len(ps.choices) < 2 {
		return
	}
	for k := range ps.choices {
		ps.choices[k].Right = fold.Fold(trimTitle(page.Plain(ps.choices[k].Text))) == answer
	}
	it.Choices = ps.choices
	it.Prompt = strings.TrimSpace(f.p.MarkdownWith(it.PromptBlocks[:n], f.trim, -1))
}

// markRepeated marks the choice that the first words of an answer repeat behind its
// letter, "**b) SQL** It is …"; the words after them explain it.
func (f *finder) markRepeated(it *found) {
	first, rest, _ := strings.Cut(it.Answer, "\n")
	m := leadingLetter.FindStringSubmatchIndex(first)
	if m == nil {
		return
	}
	choices := slices.Clone(it.Choices)
	mark(choices, first[m[2]:m[3]])
	said := fold.Fold(trimTitle(page.Plain(first[m[1]:])))
	for k := range choices {
		if choices[k].Right && said == fold.Fold(trimTitle(page.Plain(choices[k].Text))) {
			it.Choices, it.Answer = choices, choices[k].Text
			it.Explanation = firstOf(it.Explanation, strings.TrimSpace(rest))
		}
	}
}

func (f *finder) allCode(blocks []int) bool {
	for _, i := range blocks {
		if f.p.Blocks[i].Kind != page.Code {
			return false
		}
	}
	return len(blocks) > 0
}

// rightOf is the text of the right choices, one a line.
func rightOf(choices []decks.Option) string {
	var right []string
	for _, c := range choices {
		if c.Right {
			right = append(right, c.Text)
		}
	}
	return strings.Join(right, "\n\n")
}
