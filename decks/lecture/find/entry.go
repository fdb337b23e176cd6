package find

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

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
		if boldQuestion.MatchString(text) {
			continue // says itself where it ends
		}
		q := strings.IndexAny(text, "?？")
		if q < 10 || q > 300 {
			continue
		}
		_, size := utf8.DecodeRuneInString(text[q:])
		rest := strings.TrimLeft(text[q+size:], " \t—–-：:")
		if (wordsIn(rest) >= 4 || hanText.MatchString(rest) && wordsIn(rest) >= 2) && !asks(rest) && !commands(rest) && !strings.HasPrefix(rest, "(") && !hintTitle.MatchString(fold.Fold(rest)) {
			at[j] = len(text) - len(rest)
		}
	}
	if len(at) < 3 || len(at)*10 < len(all)*6 {
		return
	}
	for j, q := range at {
		f.behind[j] = q
	}
}

// outside handles a list that stands in no place: entries with a label of their
// own, or on pages of answers a question in bold with its answer.
func (s *strand) outside(k int, all []int, c scope) {
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
		case c.answer && boldQuestion.MatchString(text), c.answer && f.traits.toldEntries && endsAsking(f.text(first)) && len(f.children(e)) > 1, c.answer && f.bold(first) && (endsAsking(text) || commands(f.text(first))):
			s.close()
			s.last = s.entry(e, c)
		default:
			if m := pointsHead.FindStringIndex(text); m != nil && tellsOrAsks(sentenceWith(page.Plain(cut(text, m[1])))) {
				s.close()
				s.last = s.entry(e, scope{place: decks.Exercise, group: c.group, path: c.path})
				continue
			}
			r := []rune(strings.TrimSpace(text))
			if len(r) > 0 && strings.ContainsRune("✅❓✏", r[0]) && tellsOrAsks(string(r[1:])) {
				s.last = s.entry(e, scope{place: decks.Exercise, group: c.group, path: c.path})
				continue
			}
			if d, rest := chipOf(text); d != "" && strings.ContainsAny(text, "★⭐🌟") && (tellsOrAsks(page.Plain(rest)) || f.codeFollows(e)) {
				s.close()
				in := scope{place: decks.Exercise, group: c.group, path: c.path}
				if strings.TrimSpace(rest) == "" && e == all[len(all)-1] && k+1 < len(s.seq) && f.p.Blocks[s.seq[k+1]].Kind == page.Code {
					// only how hard it is; the code says what to do
					s.last = f.emit(&draft{head: e, label: label{kind: decks.Exercise}, kind: decks.Exercise, level: d, nodes: s.seq[k+1 : k+2], entry: -1}, in)
					continue
				}
				s.last = s.entry(e, in)
				if s.last != nil {
					s.goesOnBelow(k, e, s.last, c)
					if k+1 < len(s.seq) && e == all[len(all)-1] && f.p.Blocks[s.seq[k+1]].Kind == page.Code && s.last.end() < s.seq[k+1] {
						f.extend(s.last, s.seq[k+1:k+2], c)
					}
				}
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

// pointsHead is what a task is worth, before it: "[4+ bonus points] Implement …".
var pointsHead = mustCompile(`(?i)^[*_]*[\[(]\s*\d+\+*(?:[.,]\d+)?\s*(?:bonus\s+|дополнительн\S+\s+)?(?:points?|pts?|marks?|балл\p{L}*|punkte?|puntos|pontos|分)\s*[\])][*_]*[:.]?\s+`)

// sentenceWith is the first sentence of a text that asks or commands, or "".
func sentenceWith(text string) string {
	for _, t := range sentences.Split(text, 20) {
		if tellsOrAsks(t) {
			return t
		}
	}
	if asks(text) {
		return text
	}
	return ""
}

// codeFollows tells whether code stands in an entry or right after it.
func (f *finder) codeFollows(e int) bool {
	for j := e; j < int(f.p.Blocks[e].End); j++ {
		if f.p.Blocks[j].Kind == page.Code {
			return true
		}
	}
	next := int(f.p.Blocks[e].End)
	return next < len(f.p.Blocks) && f.p.Blocks[next].Kind == page.Code
}

var linkPart = mustCompile(`!?\[([^\]]*)\]\([^)]*\)`)

// dueBy says when a task that stands elsewhere is due.
var dueBy = mustCompile(notLetterBefore + `(?:` + anyOf(`due deadline due_(?:date|by) срок(?:_сдачи)? дедлайн сдать_до сдача abgabe(?:termin)? fällig à_rendre_(?:pour|avant) fecha_(?:límite|de_entrega) entrega`) + `)` + notLetterAfter + `|截止`)

// pathOf is the path of a page or a notebook.
var pathOf = mustCompile("`((?:\\./)?[\\w/.-]+\\.(?:ipynb|md|rmd|qmd|html|pdf|py))`")

// namesLink tells whether an entry only names where a task is: a link and hardly a
// word beside it.
func namesLink(text string) bool {
	text = pathOf.ReplaceAllString(text, "[$1]($1)")
	m := linkPart.FindStringSubmatch(text)
	if m == nil {
		return linkLine.MatchString(strings.TrimSpace(text))
	}
	rest := strings.Fields(page.Plain(linkPart.ReplaceAllString(text, " ")))
	if len(rest) <= 14 && dueBy.MatchString(fold.Fold(strings.Join(rest, " "))) && !tellsOrAsks(m[1]) {
		return true // and when it is due
	}
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
	if l, ok := labelOf(text); ok && l.kind == "" && l.number != "" && strings.Trim(f.p.Blocks[e].Mark, "-*+•") == "" {
		d.label.number, text = l.number, cut(text, l.end) // numbers within bullets
	}
	if m := pointsHead.FindStringIndex(text); m != nil {
		text = cut(text, m[1])
	}
	lvl, text := chipOf(text)
	d.level = firstLevel(lvl, d.level)
	if namesLink(text) && (len(inner) == 1 || dueBy.MatchString(fold.Fold(text))) {
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
		d.text, f.tail[first] = strings.TrimRight(whole[:q], " \t—–-：:"), strings.TrimSpace(whole[q:])
		ps := f.sortOut(d.nodes, c, page.Plain(d.text))
		return f.finish(d, c, parts{answer: append([]int{first}, append(ps.prompt, ps.answer...)...)})
	}
	if m := answerBehind.FindStringIndex(text); m != nil && m[0] > 0 && len(d.nodes) > 0 {
		d.text = strings.TrimSpace(text[:m[0]])
		ps := f.sortOut(d.nodes, c, page.Plain(d.text))
		return f.finish(d, c, parts{answer: append(ps.prompt, ps.answer...), why: ps.why})
	}
	if q, rest, ok := leadingQuestion(text); ok && rest != "" {
		if !asks(rest) && !commands(rest) {
			d.text, f.tail[first] = q, rest
			ps := f.sortOut(d.nodes, c, page.Plain(d.text))
			return f.finish(d, c, parts{answer: append([]int{first}, append(ps.prompt, ps.answer...)...)})
		}
	}
	if m := bareURL.FindStringIndex(text); m != nil && m[0] > 0 && c.answer {
		d.text = strings.TrimRight(strings.TrimSpace(text[:m[0]]), ":")
		text = d.text
	}
	asked := asks(page.Plain(text))
	if len(d.nodes) > 0 && !f.asking(d.nodes) && !endsInColon(page.Plain(text)) &&
		(c.answer || c.place == decks.Question && asked && f.wordsOnly(d.nodes) && !f.isChoicesIn(d.nodes, text, c)) {
		ps := f.sortOut(d.nodes, c, page.Plain(text))
		if len(ps.choices) == 0 {
			return f.finish(d, c, parts{answer: append(ps.prompt, ps.answer...), why: ps.why})
		}
	}
	return f.emit(d, c)
}

// answerBehind is the label of an answer at the end of a question's line.
var answerBehind = mustCompile(`[\s*_]*(?:(?i:answer|solution|ответ|решение|antwort|lösung|respuesta|solución|réponse|resposta)|参考答案|答案|解答)\s*[:：][\s*_]*$`)

var bareURL = mustCompile(`\s+<?https?://\S+$`)

// wordsOnly tells whether blocks hold words and no code to ask about.
func (f *finder) wordsOnly(nodes []int) bool {
	for _, n := range nodes {
		if f.p.Blocks[n].Kind == page.List && f.links(f.children(n)) {
			return false // what to read
		}
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

// followUp is a question that goes on, with a remark behind it: "Which one? (And why.)"
var followUp = mustCompile(`^[^.!?]{8,120}\?\s+[^?]{1,60}$`)

// asking tells whether blocks ask or command.
func (f *finder) asking(nodes []int) bool {
	for _, n := range nodes {
		for _, l := range f.leaves(n) {
			if b := &f.p.Blocks[l]; b.Kind != page.Code && (endsAsking(f.text(l)) || followUp.MatchString(f.text(l))) {
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
	if err != nil || c.place == decks.Question && k+1 < len(s.seq) && f.p.Blocks[s.seq[k+1]].Kind == page.Quote {
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
	if f.traits.codedLists && len(ps.answer) == 0 && f.coded(ps.prompt) {
		ps.answer, ps.prompt = ps.prompt, nil
	}
	if len(ps.prompt) > 0 {
		more := f.p.MarkdownWith(ps.prompt, f.trim, -1)
		it.Prompt = strings.TrimSpace(it.Prompt + "\n\n" + more)
		it.stands(ps.prompt)
	}
	if len(ps.choices) > 0 && len(it.Choices) == 0 {
		it.Choices, it.Kind = ps.choices, decks.Choice
		it.stands(ps.options)
	}
	if len(ps.answer) > 0 && it.Answer == "" {
		f.answerWith(it, ps.answer)
	}
}
