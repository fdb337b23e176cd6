package find

import (
	"strconv"
	"strings"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// paragraph handles words: a label, a question, an answer, or text.
func (s *strand) paragraph(k, i int) {
	f, c := s.f, s.c
	b := &f.p.Blocks[i]
	text := f.text(i)
	word := fold.Fold(trimTitle(text))
	if word == "" {
		return
	}
	// An answer to what stands above.
	if f.saysAnswer(i, text, word) {
		if s.open == nil {
			s.before(k, false)
		}
		if s.open != nil {
			s.open.nodes = append(s.open.nodes, i)
			return
		}
		if s.last != nil && s.last.Answer == "" {
			s.reopen(i)
			return
		}
	}
	if c.place != "" || s.open != nil {
		if d, ok := difficultyOf(text); ok && short(text, 50) && (endsInColon(text) || f.bold(i) || f.p.Format == "text") {
			s.close()
			s.c.level = d
			s.list = nil
			return
		}
	}
	if l, ok := labelOf(b.Text); ok && s.labelled(k, i, l) {
		return
	}
	if l, ok := s.labelWithin(i); ok && s.labelled(k, i, l) {
		return
	}
	if s.announces(k, i, text, word) {
		return
	}
	if s.invites(i, text) {
		return
	}
	if yourTask.MatchString(fold.Fold(text)) && c.place == "" && s.open == nil && !f.traits.faq {
		s.start(&draft{head: i, text: b.Text, kind: decks.Exercise, level: c.level, entry: -1})
		if endsInColon(text) && f.nextIsList(s.seq, k) {
			s.open.nodes = s.seq[k+1 : k+2 : k+2]
		}
		s.close()
		return
	}
	if f.traits.emptyRooms && s.open == nil && f.beforeRoom(i) {
		s.start(&draft{head: i, text: b.Text, kind: firstKind(c.place, decks.Exercise), level: c.level, entry: -1})
		s.close()
		return
	}
	if d := s.open; s.bolds && d != nil && d.bold && len(d.nodes) > 0 && f.bold(i) {
		if last := &f.p.Blocks[d.nodes[len(d.nodes)-1]]; last.Kind == page.Code && last.Mark == "" { // within the cell
			d.nodes = append(d.nodes, i)
			return
		}
	}
	if s.bolds && boldStart(b.Text) && f.bold(i) && startsUpper(text) && (tellsOrAsks(text) || k+1 < len(s.seq) && f.p.Blocks[s.seq[k+1]].Kind == page.Code) {
		s.start(&draft{head: i, text: unbold(b.Text), kind: c.place, level: c.level, entry: -1, strong: true, bold: true})
		return
	}
	if s.open != nil && c.place != "" && f.bold(i) && endsAsking(text) && f.answering(s.open) {
		s.close()
	}
	if c.answer && s.open != nil && s.open.strong && f.bold(s.open.head) && f.bold(i) && endsAsking(text) {
		s.close() // the next question of the page
	}
	if s.open != nil && (s.open.strong || f.wanted(s.open)) {
		s.open.nodes = append(s.open.nodes, i)
		return
	}
	if c.answer && f.bold(i) && endsAsking(text) || c.place != "" && !c.single && f.bold(i) && endsAsking(text) && (c.strict || f.listThenAnswer(s.seq, k)) {
		s.close()
		s.start(&draft{head: i, text: unbold(b.Text), kind: firstKind(c.place, decks.Question), level: c.level, entry: -1, strong: c.answer})
		return
	}
	if q, rest, ok := leadingQuestion(b.Text); ok && c.answer {
		s.close()
		f.tail[i] = rest
		dr := &draft{head: i, text: q, kind: firstKind(c.place, decks.Question), level: c.level, entry: -1}
		s.last = f.finish(dr, c, parts{answer: []int{i}})
		return
	}
	if c.place == decks.Question && !c.single && (!c.strict || c.loose) && endsAsking(text) && s.list == nil {
		s.close()
		s.start(&draft{head: i, text: b.Text, kind: decks.Question, level: c.level, entry: -1})
		return
	}
	s.close()
	s.list = nil
	if s.stems && endsAsking(text) && (k+1 == len(s.seq) || f.p.Blocks[s.seq[k+1]].Kind == page.Paragraph || f.p.Blocks[s.seq[k+1]].Kind == page.Heading) {
		s.start(&draft{head: i, text: b.Text, kind: c.place, level: c.level, entry: -1})
		return
	}
	if c.place == "" && endsAsking(text) && !f.answeredNext(s.seq, k) {
		f.skip(s.seq[k:k+1], Rhetorical)
	}
}

var boldQuestion = mustCompile(`^(?:Q\s*[:.]\s*)?(?:\*\*([^*]{4,300}[?？])\s*\*\*|__([^_]{4,300}[?？])\s*__)[:.]?\s+(?:[—–-]\s+)?`)

// leadingQuestion divides a text that begins with a question in bold.
func leadingQuestion(text string) (question, rest string, ok bool) {
	m := boldQuestion.FindStringSubmatch(text)
	if m == nil {
		return "", "", false
	}
	return firstOf(m[1], m[2]), strings.TrimSpace(text[len(m[0]):]), true
}

// boldStart tells whether a text begins in bold.
func boldStart(text string) bool {
	return strings.HasPrefix(text, "**") || strings.HasPrefix(text, "<strong>") || strings.HasPrefix(text, "__")
}

// listThenAnswer tells whether a list follows a paragraph, and an answer the list.
func (f *finder) listThenAnswer(seq []int, k int) bool {
	if k+2 >= len(seq) || f.p.Blocks[seq[k+1]].Kind != page.List || f.p.Blocks[seq[k+2]].Kind != page.Paragraph {
		return false
	}
	_, ok := f.answerLine(seq[k+2])
	return ok
}

// answering tells whether the open item's answer has begun.
func (f *finder) answering(d *draft) bool {
	for _, n := range d.nodes {
		if f.p.Blocks[n].Kind == page.Paragraph {
			if _, ok := f.answerLine(n); ok {
				return true
			}
		}
	}
	return false
}

func unbold(s string) string { return strings.TrimSpace(strings.Trim(strings.TrimSpace(s), "*_")) }

// saysAnswer tells whether a paragraph is an answer or announces one.
func (f *finder) saysAnswer(i int, text, word string) bool {
	if _, ok := f.answerLine(i); ok {
		return true
	}
	return short(word, 60) && answersTitle.MatchString(word) && (endsInColon(text) || f.bold(i) || f.p.Format == "text" && len(strings.Fields(word)) > 1)
}

// labelled opens an item that begins with its own label: "**Exercise 3.1:** …",
// "Q4. …", in places also "1) …".
func (s *strand) labelled(k, i int, l label) bool {
	f, c := s.f, s.c
	rest := cut(f.p.Blocks[i].Text, l.end)
	plainRest := page.Plain(rest)
	wordy := len(strings.Fields(plainRest)) >= 2 || len([]rune(plainRest)) > 8
	switch {
	case l.kind == "" && (c.place == "" && !c.answer || c.single && !c.strict || !wordy):
		return false
	case l.kind == "" && s.open != nil && s.open.label.kind != "": // numbered within an exercise
		return false
	case l.kind == "" && !(f.bold(i) || boldStart(f.p.Blocks[i].Text) || tellsOrAsks(plainRest) || s.open != nil && s.open.label.number != "" || f.traits.coded):
		return false
	case l.kind != "" && l.number == "" && !(c.place != "" || endsAsking(plainRest) || holdsAnswer(plainRest) || trySign.MatchString(fold.Fold(trimMarks(f.text(i)))) || s.c.answer || f.bold(i) && !wordy || boldStart(f.p.Blocks[i].Text) && commands(plainRest)):
		return false
	case l.kind != "" && l.number == "" && !wordy && !endsAsking(plainRest):
		// "Exercise:" alone: what stands under it.
		if place, ok := place(foldTitle(f.text(i))); ok && f.nextIsList(s.seq, k) {
			in := c.enter(place)
			in.single = false
			in.group = trimTitle(f.text(i))
			s.close()
			s.list = &in
			return true
		}
	case l.kind != "" && l.number != "" && mention.MatchString(strings.TrimSpace(plainRest)):
		return false // "Exercise 3.1 shows that …"
	}
	code := -1
	if s.codes && k > 0 && f.p.Blocks[s.seq[k-1]].Kind == page.Code {
		code = s.seq[k-1]
		if d := s.open; d != nil && len(d.nodes) > 0 && d.nodes[len(d.nodes)-1] == code {
			d.nodes = d.nodes[:len(d.nodes)-1]
		}
	}
	s.close()
	s.list = nil
	d, rest := chipOf(rest)
	if d == "" {
		d = c.level
	}
	dr := &draft{head: i, label: l, text: rest, kind: firstKind(l.kind, c.place), level: d, entry: -1, strong: true}
	if dr.kind == "" {
		dr.kind = decks.Question
	}
	if l.kind == "" && c.place != "" {
		dr.kind = c.place
	}
	if l.kind != "" && l.number == "" && c.place == "" {
		dr.strong = !wordy
	}
	if code >= 0 {
		dr.nodes = []int{code}
	}
	s.start(dr)
	return true
}

// labelWithin finds the label of the next item behind words that lead to it: "**Now
// we fit it. Question 5: What is the best score?**"
func (s *strand) labelWithin(i int) (label, bool) {
	if text := strings.TrimSpace(s.f.p.Blocks[i].Text); s.open == nil || s.open.label.kind == "" || !strings.HasPrefix(text, "**") || !strings.HasSuffix(text, "**") {
		return label{}, false
	}
	now, err := strconv.Atoi(s.open.label.number)
	if err != nil {
		return label{}, false
	}
	text := s.f.p.Blocks[i].Text
	for _, at := range sentenceEnd.FindAllStringSubmatchIndex(text, 20) {
		l, ok := labelOf(text[at[1]:])
		if !ok || l.kind != s.open.label.kind || l.number != strconv.Itoa(now+1) {
			continue
		}
		before := strings.Trim(text[:at[1]], "* ")
		if !tellsOrAsks(before) {
			l.end += at[1]
			return l, true
		}
		// What leads to the question is a part of it.
		s.f.p.Blocks[i].Text = strings.TrimSpace(before + " " + strings.Trim(cut(text[at[1]:], l.end), "* "))
		delete(s.f.plain, i)
		l.end = 0
		return l, true
	}
	return label{}, false
}

// sentenceEnd is where a sentence in bold may end and a label begin.
var sentenceEnd = mustCompile(`[.!?:][*\s]+`)

func holdsAnswer(text string) bool {
	_, _, ok := inlineAnswer(text)
	return ok
}

var mention = mustCompile(`^(?:shows?|asks?|is|was|are|in|of|from|and|or|above|below|demonstrates|illustrates|показыва|из|выше|ниже|и|на|zeigt|aus)(?:\s|$|[,.;])`)

// nextIsList tells whether the next block of a strand is a list.
func (f *finder) nextIsList(seq []int, k int) bool {
	return k+1 < len(seq) && f.p.Blocks[seq[k+1]].Kind == page.List
}

// announces handles a short line that says what follows: "Questions to lecture 2:".
func (s *strand) announces(k, i int, text, word string) bool {
	f := s.f
	ended := endsInColon(text)
	if !short(text, 110) && ended && s.c.place == "" && f.nextIsList(s.seq, k) {
		all := sentences.Split(strings.TrimRight(text, " :："), 20)
		text = all[len(all)-1] + ":" // only its last sentence announces
		word = fold.Fold(trimTitle(text))
	}
	if !short(text, 110) || !ended && !f.bold(i) {
		return false
	}
	p, ok := place(word)
	if !ok && ended && f.nextIsList(s.seq, k) && labelPlace.MatchString(word) {
		p, ok = placement{kind: decks.Question}, true
	}
	if !ok && ended && f.nextIsList(s.seq, k) && namesExercises.MatchString(word) && s.open == nil && f.evident(f.children(s.seq[k+1]), false) {
		p, ok = placement{kind: decks.Exercise}, true
	}
	if !ok || p.single && !f.nextIsList(s.seq, k) && !ended {
		return false
	}
	if endsAsking(text) {
		return false
	}
	s.close()
	if p.single && !p.strict && ended && !f.nextIsList(s.seq, k) && s.c.place == "" && k+1 < len(s.seq) && f.p.Blocks[s.seq[k+1]].Kind == page.Paragraph && commands(f.text(s.seq[k+1])) {
		s.c.group = trimTitle(text) // "The challenge:", and what it is
		s.start(&draft{head: s.seq[k+1], kind: p.kind, level: s.c.level, entry: -1, strong: true})
		return true
	}
	in := s.c.enter(p)
	if wordsIn(text) < 9 || in.group == "" {
		in.group = trimTitle(text)
	}
	if f.nextIsList(s.seq, k) {
		in.single = false
	}
	s.list = &in
	return true
}

var namesExercises = mustCompile(notLetterBefore + `(?:` + anyOf(`exercises упражнени[яй] ejercicios exercices übungen exercícios esercizi following_(?:tasks|problems|challenges) следующие_(?:задачи|задания)`) + `)` + notLetterAfter + `|练习|习题`)

var labelPlace = mustCompile(notLetterBefore + `(?:` + anyOf(`(?:answer|consider|discuss|think_about)_(?:these|the|each_of_the)_?(?:following)?_questions? (?:following|these)_questions ответьте_на_(?:следующие_)?вопросы ответы_на_следующие_вопросы следующие_вопросы знаете_ответы(?:_на)?.* beantworten_sie.*fragen folgende_fragen (?:responda|responde|responder|contesta|contestar)_(?:a_)?(?:estas|las|las_siguientes)_(?:preguntas|cuestiones) répondez_aux_questions`) + `)`)

// invites opens an item that a sign sets off from the text: "✅ Try …".
func (s *strand) invites(i int, text string) bool {
	f := s.f
	bare := strings.TrimSpace(text)
	signed := false
	for _, r := range bare {
		signed = strings.ContainsRune(tryMarks, r)
		break
	}
	rest := trimMarks(bare)
	at := trySign.FindStringIndex(fold.Fold(rest))
	if !signed && (at == nil || !strings.HasPrefix(strings.TrimLeft(f.p.Blocks[i].Text, " "), "**") && !strings.HasPrefix(f.p.Blocks[i].Text, "*")) {
		return false
	}
	if signed && didYouKnow.MatchString(fold.Fold(rest)) {
		return false
	}
	if signed && at == nil && !tellsOrAsks(rest) && !(strings.HasPrefix(bare, "✅") && f.orders(rest)) || wordsIn(rest) < 4 {
		return false
	}
	s.close()
	md := f.p.Blocks[i].Text
	if at != nil {
		if m := tryHead.FindStringIndex(md); m != nil {
			md = cut(md, m[1])
		}
	}
	md = strings.TrimLeft(md, tryMarks+"\ufe0f \u00a0")
	kind := decks.Exercise
	if (at == nil || questionWord.MatchString(fold.Fold(rest[:min(at[1], len(rest))]))) && endsAsking(text) && !commands(rest) {
		kind = decks.Question
	}
	s.start(&draft{head: i, text: md, kind: kind, level: s.c.level, entry: -1})
	return true
}

var didYouKnow = mustCompile(`^[*_]*(?:` + anyOf(`did_you_know le_saviez-vous wussten_sie wusstest_du ¿?sabías а_вы_знали знаете_ли_вы você_sabia lo_sapevi`) + `|你知道吗)`)

var tryHead = mustCompile(`^[^\p{L}]*(?:\*\*|__|\*|_)[^*_]{2,40}[:.!?]*\s*(?:\*\*|__|\*|_)\s*[:.!]?\s*`)

func trimMarks(s string) string { return strings.TrimLeft(s, tryMarks+"*_\ufe0f \u00a0") }

// wanted tells whether an open item that is a paragraph goes on in the next one.
func (f *finder) wanted(d *draft) bool {
	if len(d.nodes) == 0 {
		return false
	}
	last := d.nodes[len(d.nodes)-1]
	text := f.text(last) // "Answer:", and what follows it
	return f.p.Blocks[last].Kind == page.Paragraph && !f.isAnswerLine(last) && f.saysAnswer(last, text, fold.Fold(trimTitle(text)))
}

// buttonBetween tells whether the button that ends a quiz's question was copied
// between two blocks.
func (f *finder) buttonBetween(a, b int) bool {
	for i := int(f.p.Blocks[a].End); i < b; i++ {
		if f.p.Blocks[i].Hidden && goodBye.MatchString(fold.Fold(trimTitle(f.text(i)))) {
			return true
		}
	}
	return false
}
