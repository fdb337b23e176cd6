package find

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// entries handles a list: items in a place, else choices, steps or text.
func (s *strand) entries(k, i int) {
	f, c := s.f, s.c
	if s.list != nil {
		c = *s.list
	}
	if d := s.open; d != nil && d.answers != nil && f.asksInBold(i) {
		s.close()
	}
	if d := s.open; d != nil && c.place != "" && !d.strong && f.answerAwaited(d) {
		// An answer that is a list: the questions may go on in the same list.
		n := 0
		for n < len(f.children(i)) && !endsAsking(f.firstText(f.children(i)[n])) {
			n++
		}
		if all := f.children(i); n > 0 && n < len(all) {
			d.nodes = append(d.nodes, all[:n]...)
			s.close()
			for _, e := range all[n:] {
				s.last = s.entry(e, c)
			}
			return
		}
	}
	if d := s.open; d != nil && d.strong && d.label.kind == "" && f.allNumberedFrom(i, d.label.number) {
		s.close() // the numbering goes on
	}
	if d := s.open; d != nil {
		if d.strong || f.answerAwaited(d) || len(d.nodes) == 0 && f.goesOn(d, i, c) {
			d.nodes = append(d.nodes, i)
			return
		}
		s.close()
	}
	all := f.children(i)
	if len(all) == 0 {
		return
	}
	if f.contents(all, c) {
		f.skip([]int{i}, Contents)
		return
	}
	if k > 0 && f.p.Blocks[s.seq[k-1]].Kind == page.Paragraph && (c.place != "" || f.ticked(all)) && s.c.level == c.level {
		if before := f.text(s.seq[k-1]); len(all) > 1 && s.list == nil && (endsAsking(before) || chooseWords.MatchString(fold.Fold(before))) && f.isChoices(i, before, c) {
			s.quizOf(k, i)
			return
		}
	}
	if c.place == "" {
		s.outside(all, c)
		return
	}
	if s.list == nil && f.lettered(all) {
		if k > 0 && f.p.Blocks[s.seq[k-1]].Kind == page.List && s.last != nil && len(s.last.Choices) == 0 && s.last.end() < i {
			f.extend(s.last, []int{i}, c)
			return
		}
		if s.stem(k, i) {
			return
		}
	}
	if (c.strict || s.bare && s.list == nil) && !f.evident(all, c.handed) && !(c.loose && f.allNumbered(all)) || c.single && !c.strict {
		if s.list == nil {
			f.skip([]int{i}, Rhetorical)
		}
		return
	}
	f.splitAnswers(all, c)
	for n, e := range all {
		it := s.entry(e, c)
		if it != nil {
			s.last = it
		}
		if n == len(all)-1 && it != nil {
			s.goesOnBelow(k, e, it, c)
		}
	}
}

// lettered tells whether entries are marked a), b), c): parts of one task.
func (f *finder) lettered(all []int) bool {
	for _, e := range all {
		if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(f.p.Blocks[e].Mark, "(")); !unicode.IsLetter(r) {
			return false
		}
	}
	return len(all) > 1
}

// stem makes one item of a list of parts and the words before it.
func (s *strand) stem(k, i int) bool {
	f := s.f
	from := k
	for from > s.from && from > k-6 {
		n := s.seq[from-1]
		if b := &f.p.Blocks[n]; b.Kind == page.List || b.Kind == page.Box || from < k && b.Kind == page.Paragraph && endsAsking(f.text(n)) || s.last != nil && n <= s.last.end() {
			break
		}
		from--
	}
	for from < k && f.p.Blocks[s.seq[from]].Kind != page.Paragraph {
		from++
	}
	if from == k {
		return false
	}
	d := &draft{head: s.seq[from], kind: s.c.place, level: s.c.level, nodes: s.seq[from : k+1], entry: -1}
	if it := f.emit(d, s.c); it != nil {
		s.last = it
	}
	s.stems = true
	return true
}

// answerAwaited tells whether the open item's last block announces its answer.
func (f *finder) answerAwaited(d *draft) bool {
	last := d.head
	if len(d.nodes) > 0 {
		last = d.nodes[len(d.nodes)-1]
	}
	b := &f.p.Blocks[last]
	if b.Kind != page.Paragraph {
		return false
	}
	if rest, ok := f.answerLine(last); ok {
		return strings.HasSuffix(rest, ":")
	}
	return f.saysAnswer(last, f.text(last), fold.Fold(trimTitle(f.text(last))))
}

// goesOn tells whether a list right under an open item belongs to it.
func (f *finder) goesOn(d *draft, list int, c scope) bool {
	text := page.Plain(d.text)
	return strings.HasSuffix(strings.TrimRight(text, " *_"), ":") || f.lettered(f.children(list)) || f.isChoices(list, text, c) || c.place == "" && d.kind == decks.Exercise && !endsAsking(text) && f.nearby(d, list)
}

func (f *finder) nearby(d *draft, list int) bool {
	return int(f.p.Blocks[d.head].End) == list && strings.HasSuffix(strings.TrimRight(f.text(d.head), " *_"), ":")
}

func (f *finder) ticked(all []int) bool {
	for _, e := range all {
		if f.p.Blocks[e].Tick == page.NoTick {
			return false
		}
	}
	return true
}

// evident tells whether the entries of a list in a homework want something of the
// reader: all ask, or they are numbered and most ask or command.
func (f *finder) evident(all []int, handed bool) bool {
	asking, telling, numbered := 0, 0, 0
	for _, e := range all {
		text := f.firstText(e)
		if endsAsking(text) || asks(text) {
			asking++
		}
		if tellsOrAsks(text) {
			telling++
		}
		if m := f.p.Blocks[e].Mark; m != "" && m[0] >= '0' && m[0] <= '9' {
			numbered++
		}
	}
	n := len(all)
	if handed { // under a heading that names no tasks steps are steps
		return asking*2 >= n || numbered == n && telling == n
	}
	return asking == n || numbered == n && telling*2 >= n || n >= 3 && telling*10 >= n*9
}

// splitAnswers finds out whether the entries of a list are questions with their
// answers behind them, "What is X? It is Y.", as most are or none.
func (f *finder) splitAnswers(all []int, c scope) {
	if c.place != decks.Question || len(all) < 3 {
		return
	}
	at := map[int]int{}
	for _, e := range all {
		j := f.firstLeaf(e)
		if j < 0 || f.p.Blocks[j].Kind != page.Paragraph {
			continue
		}
		text := f.p.Blocks[j].Text
		q := strings.IndexAny(text, "?？")
		if q < 10 || q > 300 {
			continue
		}
		_, size := utf8.DecodeRuneInString(text[q:])
		rest := strings.TrimSpace(text[q+size:])
		if len(strings.Fields(rest)) >= 4 && !asks(rest) && !commands(rest) && !strings.HasPrefix(rest, "(") && !hintTitle.MatchString(fold.Fold(rest)) {
			at[j] = q + size
		}
	}
	if len(at) < 3 || len(at)*10 < len(all)*6 {
		return
	}
	for j, q := range at {
		f.behind[j] = q
	}
}

// asksInBold tells whether a list's first entry is a question in bold.
func (f *finder) asksInBold(list int) bool {
	all := f.children(list)
	if len(all) == 0 {
		return false
	}
	j := f.firstLeaf(all[0])
	return j >= 0 && f.bold(j) && endsAsking(f.text(j))
}

// allNumberedFrom tells whether a list takes up the numbering after a number.
func (f *finder) allNumberedFrom(list int, after string) bool {
	all := f.children(list)
	if len(all) == 0 {
		return false
	}
	_, last, _ := strings.Cut(after, "-")
	a, err := strconv.Atoi(firstOf(last, after))
	b, err2 := strconv.Atoi(strings.Trim(f.p.Blocks[all[0]].Mark, ".)"))
	return err == nil && err2 == nil && b == a+1
}

func (f *finder) allNumbered(all []int) bool {
	for _, e := range all {
		if m := f.p.Blocks[e].Mark; m == "" || m[0] < '0' || m[0] > '9' {
			return false
		}
	}
	return len(all) > 1
}

// contents tells whether a list names the parts of the page, or other pages.
func (f *finder) contents(all []int, c scope) bool {
	links, heads, asking := 0, 0, 0
	for _, e := range all {
		text := f.firstText(e)
		if endsAsking(text) {
			asking++
		}
		if j := f.firstLeaf(e); j >= 0 && linkLine.MatchString(strings.TrimSpace(f.p.Blocks[j].Text)) {
			links++
		}
		if j := f.firstLeaf(e); j >= 0 && f.p.Blocks[j].Kind != page.Heading && f.titles[fold.Fold(trimTitle(leadingNumber.ReplaceAllString(text, "")))] {
			heads++
		}
	}
	n := len(all)
	if heads*2 > n && n > 1 || heads == n && n > 0 && links == n {
		return true
	}
	return links == n && !(c.place == decks.Question && asking*2 >= n) && !(asking == n && c.place != "")
}

var leadingNumber = regexp.MustCompile(`^\d+(?:\.\d+)*[.)]?\s+`)

func (f *finder) firstLeaf(i int) int {
	for j := i; j < int(f.p.Blocks[i].End); j++ {
		if b := &f.p.Blocks[j]; b.Text != "" && !b.Hidden && b.Kind != page.Entry && b.Kind != page.List {
			return j
		}
	}
	return -1
}

// outside handles a list that stands in no place: entries with a label of their
// own, or on pages of answers a question in bold with its answer.
func (s *strand) outside(all []int, c scope) {
	f := s.f
	for _, e := range all {
		first := f.firstLeaf(e)
		if first < 0 || f.p.Blocks[first].Kind != page.Paragraph {
			continue
		}
		text := f.p.Blocks[first].Text
		l, ok := labelOf(text)
		switch {
		case ok && l.kind != "" && l.number != "" && tellsOrAsks(page.Plain(cut(text, l.end))):
			c := c
			c.place = l.kind
			s.last = s.entry(e, c)
		case c.answer && leadingQuestion.MatchString(text), c.answer && f.bold(first) && endsAsking(text):
			s.close()
			s.last = s.entry(e, c)
		default:
			r := []rune(strings.TrimSpace(text))
			if len(r) > 0 && strings.ContainsRune("✅❓✏", r[0]) && tellsOrAsks(string(r[1:])) {
				s.last = s.entry(e, scope{place: decks.Exercise, group: c.group, path: c.path})
				continue
			}
			if s.unanswered() {
				s.open = &draft{head: e, answers: s.last, nodes: []int{e}, entry: -1, strong: true}
				continue
			}
			if s.open != nil && s.open.answers != nil {
				s.open.nodes = append(s.open.nodes, e)
				continue
			}
			f.walk(f.children(e), scope{group: c.group, path: c.path, answer: c.answer})
		}
	}
}

var linkPart = regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)`)

// namesLink tells whether an entry only names where a task is: a link and hardly a
// word beside it.
func namesLink(text string) bool {
	m := linkPart.FindStringSubmatch(text)
	if m == nil {
		return linkLine.MatchString(strings.TrimSpace(text))
	}
	rest := strings.Fields(page.Plain(linkPart.ReplaceAllString(text, " ")))
	return len(rest) <= 3 && !tellsOrAsks(m[1]) && !asks(text)
}

// unanswered tells whether the text that comes answers the last question: on a page
// of answers it does.
func (s *strand) unanswered() bool {
	return s.c.answer && s.open == nil && s.last != nil && s.last.Answer == "" && s.c.place == ""
}

// entry makes an item of an entry, or several of one that only holds others.
func (s *strand) entry(e int, c scope) *found {
	f := s.f
	inner := f.children(e)
	if len(inner) == 0 {
		return nil
	}
	first := inner[0]
	d := &draft{head: e, kind: firstKind(c.place, decks.Question), level: c.level, nodes: inner, entry: e}
	d.label.number = strings.Trim(f.p.Blocks[e].Mark, ".)")
	if f.p.Blocks[first].Kind == page.Heading {
		d.head, d.text, d.nodes = first, f.p.Blocks[first].Text, inner[1:]
		if c.answer || endsAsking(page.Plain(d.text)) {
			ps := f.sortOut(d.nodes, c, page.Plain(d.text))
			if len(ps.choices) == 0 && len(d.nodes) > 0 {
				return f.finish(d, c, parts{answer: append(ps.prompt, ps.answer...), why: ps.why})
			}
		}
		return f.emit(d, c)
	}
	if f.p.Blocks[first].Kind != page.Paragraph {
		return f.emit(d, c)
	}
	text := f.p.Blocks[first].Text
	if l, ok := labelOf(text); ok && l.kind != "" {
		text = cut(text, l.end)
		d.label = l
		if c.place == "" || l.number != "" && c.place != decks.Exercise {
			d.kind = l.kind
		}
	}
	lvl, text := chipOf(text)
	d.level = firstLevel(lvl, d.level)
	if len(inner) == 1 && namesLink(text) {
		return nil
	}
	if len(inner) > 1 && f.holdsQuestions(inner, page.Plain(text)) {
		c.level = d.level
		f.walk(inner[1:], c)
		return nil
	}
	d.head, d.text, d.nodes = first, text, inner[1:]
	if q, ok := f.behind[first]; ok {
		whole := f.p.Blocks[first].Text
		d.text, f.tail[first] = strings.TrimSpace(whole[:q]), strings.TrimSpace(whole[q:])
		ps := f.sortOut(d.nodes, c, page.Plain(d.text))
		return f.finish(d, c, parts{answer: append([]int{first}, append(ps.prompt, ps.answer...)...)})
	}
	if m := leadingQuestion.FindStringSubmatch(text); m != nil && strings.TrimSpace(text[len(m[0]):]) != "" {
		rest := strings.TrimSpace(text[len(m[0]):])
		if !asks(rest) && !commands(rest) {
			d.text, f.tail[first] = m[1], rest
			ps := f.sortOut(d.nodes, c, page.Plain(d.text))
			return f.finish(d, c, parts{answer: append([]int{first}, append(ps.prompt, ps.answer...)...)})
		}
	}
	if m := bareURL.FindStringIndex(text); m != nil && m[0] > 0 && c.answer {
		d.text = strings.TrimRight(strings.TrimSpace(text[:m[0]]), ":")
		text = d.text
	}
	asked := asks(page.Plain(text))
	if len(d.nodes) > 0 && !f.asking(d.nodes) && !strings.HasSuffix(strings.TrimRight(page.Plain(text), " *_"), ":") &&
		(c.answer || c.place == decks.Question && asked && f.wordsOnly(d.nodes) && !f.isChoicesIn(d.nodes, text, c)) {
		ps := f.sortOut(d.nodes, c, page.Plain(text))
		if len(ps.choices) == 0 {
			return f.finish(d, c, parts{answer: append(ps.prompt, ps.answer...), why: ps.why})
		}
	}
	return f.emit(d, c)
}

var bareURL = regexp.MustCompile(`\s+<?https?://\S+$`)

// wordsOnly tells whether blocks hold words and no code to ask about.
func (f *finder) wordsOnly(nodes []int) bool {
	for _, n := range nodes {
		switch f.p.Blocks[n].Kind {
		case page.Paragraph, page.List, page.Quote:
		default:
			return false
		}
	}
	return true
}

func (f *finder) isChoicesIn(nodes []int, text string, c scope) bool {
	for _, n := range nodes {
		if f.p.Blocks[n].Kind == page.List && f.isChoices(n, page.Plain(text), c) {
			return true
		}
	}
	return false
}

// asking tells whether blocks ask or command.
func (f *finder) asking(nodes []int) bool {
	for _, n := range nodes {
		for _, l := range f.leaves(n) {
			if b := &f.p.Blocks[l]; b.Kind != page.Code && endsAsking(f.text(l)) {
				return true
			}
		}
	}
	return false
}

// holdsQuestions tells whether an entry is only the heading of a list of questions
// that stand for themselves: they have a mark of difficulty each, or the entry says
// "answer these questions".
func (f *finder) holdsQuestions(inner []int, text string) bool {
	if f.p.Blocks[inner[1]].Kind != page.List {
		return false
	}
	entries := f.children(inner[1])
	marked := 0
	for _, e := range entries {
		if d, rest := chipOf(f.firstText(e)); d != "" && rest != "" {
			marked++
		}
	}
	if marked*2 > len(entries) {
		return true
	}
	if !labelPlace.MatchString(fold.Fold(trimTitle(text))) {
		return false
	}
	for _, e := range entries {
		if !endsAsking(f.firstText(e)) {
			return false
		}
	}
	return true
}

// goesOnBelow gives the last entry of a list what stands under the list, when the
// numbering goes on after it.
func (s *strand) goesOnBelow(k, e int, it *found, c scope) {
	f := s.f
	number, err := strconv.Atoi(strings.Trim(f.p.Blocks[e].Mark, ".)"))
	if err != nil {
		return
	}
	for n := k + 1; n < len(s.seq) && n <= k+8; n++ {
		b := &f.p.Blocks[s.seq[n]]
		if b.Kind == page.Heading {
			return
		}
		if b.Kind != page.List {
			continue
		}
		if next := f.children(s.seq[n]); len(next) > 0 {
			if m, err := strconv.Atoi(strings.Trim(f.p.Blocks[next[0]].Mark, ".)")); err == nil && m == number+1 {
				f.extend(it, s.seq[k+1:n], c)
			}
		}
		return
	}
}

// extend adds blocks to an item that is found already.
func (f *finder) extend(it *found, nodes []int, c scope) {
	ps := f.sortOut(nodes, c, page.Plain(it.Prompt))
	if len(ps.prompt) > 0 {
		more := f.p.MarkdownWith(ps.prompt, f.trim, -1)
		it.Prompt = strings.TrimSpace(it.Prompt + "\n\n" + more)
		it.PromptBlocks = append(it.PromptBlocks, ps.prompt...)
	}
	if len(ps.choices) > 0 && len(it.Choices) == 0 {
		it.Choices, it.Kind = ps.choices, decks.Choice
		it.PromptBlocks = append(it.PromptBlocks, ps.options...)
	}
	if len(ps.answer) > 0 && it.Answer == "" {
		f.answerWith(it, ps.answer)
	}
}

// quizOf makes a question of a list of choices and the words before it.
func (s *strand) quizOf(k, i int) {
	f, c := s.f, s.c
	if s.open != nil {
		s.open.nodes = append(s.open.nodes, i)
		return
	}
	stem := -1
	for n := k - 1; n >= s.from && n >= k-3; n-- {
		if b := &f.p.Blocks[s.seq[n]]; b.Kind == page.Paragraph {
			stem = n
			break
		}
	}
	var d *draft
	switch {
	case stem >= 0 && (s.last == nil || s.last.end() < s.seq[stem]):
		d = &draft{head: s.seq[stem], text: f.p.Blocks[s.seq[stem]].Text, nodes: s.seq[stem+1 : k+1], kind: decks.Question, level: c.level, entry: -1}
		if l, ok := labelOf(d.text); ok {
			d.text, d.label = cut(d.text, l.end), l
		}
	case len(f.items) > 0 && len(f.items[len(f.items)-1].Choices) > 0 && s.last == f.items[len(f.items)-1]:
		var ps parts
		ps.choices = s.last.Choices
		f.sameChoices(&ps, i)
		s.last.Choices = ps.choices
		s.last.Answer = rightOf(ps.choices)
		return
	default:
		return
	}
	c.quiz = true
	s.last = f.emit(d, c)
}
