package find

import (
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
		if before := f.text(s.seq[k-1]); len(all) > 1 && s.list == nil && (endsAsking(before) || c.place == decks.Question && f.ticked(all) || chooseWords.MatchString(fold.Fold(before))) && f.isChoices(i, before, c) {
			s.quizOf(k, i)
			return
		}
	}
	if s.optionsBelow(k, i, all) {
		return
	}
	if c.place == "" {
		s.outside(k, all, c)
		return
	}
	if s.list == nil && f.lettered(all) {
		if k > 0 && f.p.Blocks[s.seq[k-1]].Kind == page.List && s.last != nil && len(s.last.Choices) == 0 && s.last.end() < i {
			f.extend(s.last, []int{i}, c)
			return
		}
		if s.stem(k) {
			return
		}
	}
	if (c.strict || s.bare && s.list == nil || c.handed && f.traits.places > 0) && !f.evident(all, c.handed) && !(c.loose && (f.allNumbered(all) || f.ticked(all) || !c.handed && f.mostTell(all))) || c.single && !c.strict {
		if s.list == nil {
			f.skip([]int{i}, Rhetorical)
		}
		return
	}
	if s.data(k, i, all) {
		return
	}
	if s.list == nil && k > 0 && s.named(s.seq[k-1], all) || f.told(all, c) {
		f.skip([]int{i}, Rhetorical)
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

// optionsBelow gives the last question the list right below it, where the question is
// a numbered entry and the list is not.
func (s *strand) optionsBelow(k, i int, all []int) bool {
	f, it := s.f, s.last
	if it == nil || k == 0 || s.c.place == "" || len(it.Choices) > 0 || it.Answer != "" || len(all) < 2 || len(all) > 9 || f.p.Blocks[s.seq[k-1]].Kind != page.List ||
		it.end() != int(f.p.Blocks[s.seq[k-1]].End)-1 || f.allNumbered(all) || strings.Trim(f.p.Blocks[all[0]].Mark, "-*+•") != "" {
		return false
	}
	before := f.children(s.seq[k-1])
	if !f.numberMarked(before[len(before)-1]) || !asksOrBlank(page.Plain(it.Prompt)) {
		return false
	}
	for _, e := range all {
		if t := f.firstText(e); endsAsking(t) || !short(t, 160) || len(f.children(e)) > 1 {
			return false
		}
	}
	var ps parts
	f.addChoices(&ps, i)
	it.Choices, it.Kind = ps.choices, decks.Choice
	it.Answer = rightOf(it.Choices)
	it.stands(ps.options)
	return true
}

// data makes one item of a task and the list under it, of which no entry wants
// anything by itself: "What are the values of these?"
func (s *strand) data(k, i int, all []int) bool {
	f := s.f
	if s.list != nil || s.c.answer || k == 0 || k != s.from+1 || len(all) < 2 || f.p.Blocks[s.seq[k-1]].Kind != page.Paragraph || s.seq[k-1] <= f.upTo() {
		return false
	}
	before := f.text(s.seq[k-1])
	if !tellsOrAsks(before) || labelPlace.MatchString(fold.Fold(trimTitle(before))) || difficultyLine(before) {
		return false
	}
	for _, e := range all {
		j := f.firstLeaf(e)
		if j < 0 || len(f.children(e)) > 1 || f.wants([]int{e}) || !f.isData(j) {
			return false
		}
	}
	d := &draft{head: s.seq[k-1], text: f.p.Blocks[s.seq[k-1]].Text, kind: s.c.place, level: s.c.level, nodes: []int{i}, entry: -1}
	if it := f.emit(d, s.c); it != nil {
		s.last = it
	}
	return true
}

func difficultyLine(s string) bool {
	_, ok := difficultyOf(s)
	return ok
}

// isData tells whether a block is code or a formula, or holds no word but names.
func (f *finder) isData(j int) bool {
	t := strings.TrimSpace(f.p.Blocks[j].Text)
	if f.p.Blocks[j].Kind != page.Paragraph || strings.HasPrefix(t, "`") && strings.HasSuffix(t, "`") || strings.HasPrefix(t, "$") && strings.HasSuffix(t, "$") {
		return true
	}
	return wordsIn(t) <= 3 && strings.ContainsAny(t, "=+<>#*[](){}|&^")
}

// named tells whether a list only names what the words before it speak of.
func (s *strand) named(before int, all []int) bool {
	f := s.f
	if f.p.Blocks[before].Kind != page.Paragraph || !endsInColon(f.text(before)) || tellsOrAsks(f.text(before)) || s.c.place != decks.Exercise || wordsIn(f.text(before)) < 5 || f.allNumbered(all) {
		return false
	}
	for _, e := range all {
		if f.wants([]int{e}) {
			return false
		}
	}
	return true
}

// told tells whether the entries of a list state things at length, so that none is a
// task whatever the heading says.
func (f *finder) told(all []int, c scope) bool {
	if c.topics {
		return false
	}
	words, wanting := 0, 0
	for _, e := range all {
		if f.wants([]int{e}) {
			wanting++
		}
		if asks(f.firstText(e)) || f.p.Blocks[e].Tick != page.NoTick {
			return false
		}
		if j := f.firstLeaf(e); j >= 0 && (boldStart(f.p.Blocks[j].Text) || f.p.Blocks[j].Kind != page.Paragraph) || len(f.children(e)) > 1 {
			return false
		}
		text := f.firstText(e)
		if c.place != decks.Question && !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, ";") {
			return false
		}
		words += wordsIn(text)
	}
	return !c.answer && words > 9*len(all) && (wanting == 0 || c.place == decks.Question && wanting*3 <= len(all))
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
func (s *strand) stem(k int) bool {
	f := s.f
	from := k
	for from > s.from && from > k-6 {
		n := s.seq[from-1]
		if b := &f.p.Blocks[n]; b.Kind == page.List || b.Kind == page.Box || from < k && b.Kind == page.Paragraph && endsAsking(f.text(n)) || n <= f.upTo() {
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
		return endsInColon(rest)
	}
	return f.saysAnswer(last, f.text(last), fold.Fold(trimTitle(f.text(last))))
}

// goesOn tells whether a list right under an open item belongs to it.
func (f *finder) goesOn(d *draft, list int, c scope) bool {
	text := page.Plain(d.text)
	return endsInColon(text) || f.lettered(f.children(list)) || f.isChoices(list, text, c) || c.place == "" && d.kind == decks.Exercise && !endsAsking(text) && f.nearby(d, list)
}

func (f *finder) nearby(d *draft, list int) bool {
	return int(f.p.Blocks[d.head].End) == list && endsInColon(f.text(d.head))
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
	asking, telling, numbered, within := 0, 0, 0, 0
	for _, e := range all {
		text := f.firstText(e)
		if f.wants(f.children(e)) {
			within++
		}
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
	return asking == n || numbered == n && (telling*2 >= n || within*10 >= n*8) || n >= 3 && telling*10 >= n*9
}

// mostTell tells whether more than half of the entries command.
func (f *finder) mostTell(all []int) bool {
	return f.ordersIn(all)*2 > len(all)
}

// asksInBold tells whether a list's first entry is a question in bold.
func (f *finder) asksInBold(list int) bool {
	all := f.children(list)
	if len(all) == 0 {
		return false
	}
	j := f.firstLeaf(all[0])
	return j >= 0 && f.bold(j) && (endsAsking(f.text(j)) || commands(f.text(j)))
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
		if !f.numberMarked(e) {
			return false
		}
	}
	return len(all) > 1
}

// numberMarked tells whether an entry is marked with a number.
func (f *finder) numberMarked(e int) bool {
	m := f.p.Blocks[e].Mark
	return m != "" && m[0] >= '0' && m[0] <= '9'
}

// contents tells whether a list names the parts of the page, or other pages.
func (f *finder) contents(all []int, c scope) bool {
	links, heads, asking, pages, places := 0, 0, 0, 0, 0
	for _, e := range all {
		text := f.firstText(e)
		if _, ok := place(fold.Fold(text)); ok && wordsIn(text) < 5 && len(f.children(e)) == 1 {
			places++
		}
		switch wants := tellsOrAsks(text); {
		case wants:
			pages = -len(all)
		case pageLink.MatchString(f.firstMarkdown(e)):
			pages++
		}
		if endsAsking(text) {
			asking++
		}
		if j := f.firstLeaf(e); j >= 0 && linkLine.MatchString(strings.TrimSpace(f.p.Blocks[j].Text)) {
			links++
		}
		if j := f.firstLeaf(e); j >= 0 && f.p.Blocks[j].Kind != page.Heading && f.namesHeading(text) {
			heads++
		}
	}
	n := len(all)
	if places == n && n > 2 || pages*2 > n && n > 1 || pages >= 0 && f.links(all) {
		return true
	}
	if n == 1 && heads == 1 && f.namesHeadings(all[0]) {
		return true
	}
	if heads*2 > n && n > 1 || heads == n && n > 0 && links == n {
		return true
	}
	return links == n && !(c.place == decks.Question && asking*2 >= n) && !(asking == n && c.place != "")
}

// pageLink is a link to another page of the course.
var pageLink = mustCompile(`\]\((?:\./)?[\w/-]+\.(?:md|ipynb|rmd|qmd|rst|html)\)`)

// namesHeadings tells whether an entry and what stands in it are mostly headings of
// the page.
func (f *finder) namesHeadings(e int) bool {
	all, heads := 0, 0
	for _, l := range f.leaves(e) {
		all++
		if f.namesHeading(f.text(l)) {
			heads++
		}
	}
	return all > 2 && heads*10 >= all*7
}

// namesHeading tells whether a text is a heading of the page, maybe with a number.
func (f *finder) namesHeading(text string) bool {
	return f.titles[fold.Fold(trimTitle(leadingNumber.ReplaceAllString(text, "")))]
}

var leadingNumber = mustCompile(`^\d+(?:\.\d+)*[.)]?\s+`)

func (f *finder) firstLeaf(i int) int {
	for j := i; j < int(f.p.Blocks[i].End); j++ {
		if b := &f.p.Blocks[j]; b.Text != "" && !b.Hidden && b.Kind != page.Entry && b.Kind != page.List {
			return j
		}
	}
	return -1
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
	case stem >= 0 && f.upTo() < s.seq[stem]:
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
