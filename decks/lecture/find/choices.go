package find

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// isChoices tells whether a list under a text is what to choose from: boxes to
// tick, letters, or short entries of which the text says so. In a quiz any short
// list under a question is.
func (f *finder) isChoices(list int, before string, c scope) bool {
	entries := f.children(list)
	if len(entries) < 2 || len(entries) > 12 {
		return false
	}
	ticks, letters, short, asking, two, marked := 0, 0, 0, 0, 0, 0
	for _, e := range entries {
		b := &f.p.Blocks[e]
		if b.Tick != page.NoTick {
			ticks++
		}
		if r, _ := utf8.DecodeRuneInString(b.Mark); unicode.IsLetter(r) {
			letters++
		}
		text := f.firstText(e)
		if m := rightMark.FindStringIndex(text); m != nil {
			marked++
		}
		if utf8.RuneCountInString(text) <= 160 {
			short++
		}
		if endsAsking(text) {
			asking++
		}
		if twoWays[fold.Fold(trimTitle(text))] {
			two++
		}
	}
	n := len(entries)
	said := fold.Fold(before)
	choose := chooseWords.MatchString(said)
	switch {
	case asking*2 > n && !(letters == n && n >= 3 && n <= 6 && endsAsking(before) && f.enclosed(list)):
		return false
	case two == n && before != "":
		return true
	case f.links(entries):
		return false
	case asksOrBlank(before) && f.answeredByMark(list):
		return true
	case marked == 1 && asksOrBlank(before):
		return true
	case ticks == n:
		return strings.TrimSpace(before) != ""
	case letters == n && f.ordersIn(entries)*2 >= n && !marksAsk(before):
		return false // parts of a task
	case letters == n && n > 2 && n < 6 && endsInColon(before) && !commands(before) && f.capitals(entries):
		return true
	case letters == n:
		return before == "" || asks(before) || asksOrBlank(before) || endsInColon(before) && c.place == decks.Question || choose || c.quiz || c.place == decks.Question && commands(before)
	case choose:
		return true
	case c.stem && asks(before) && n >= 3 && n <= 6 && f.brief(entries) && !f.lists(entries):
		return true
	case c.quiz:
		return endsAsking(before) && short == n
	}
	return endsAsking(before) && short == n && n >= 3 && n <= 6 && f.lastIn(list) && f.brief(entries) && f.enclosed(list)
}

// links tells whether entries begin with a link each: they say where to look.
func (f *finder) links(entries []int) bool {
	for _, e := range entries {
		if !linkStart.MatchString(f.firstMarkdown(e)) {
			return false
		}
	}
	return len(entries) > 1
}

var linkStart = mustCompile(`^[*_\s]*\[[^\]]+\]\(https?:`)

// ordersIn counts the entries that command.
func (f *finder) ordersIn(entries []int) int {
	n := 0
	for _, e := range entries {
		if commands(f.firstText(e)) {
			n++
		}
	}
	return n
}

// marksAsk tells whether a text says that letters are to choose from.
func marksAsk(before string) bool {
	return chooseWords.MatchString(fold.Fold(before)) || endsAsking(before)
}

// capitals tells whether entries are marked A., B., C., as choices more than parts are.
func (f *finder) capitals(entries []int) bool {
	for k, e := range entries {
		if m := strings.Trim(f.p.Blocks[e].Mark, "().: "); m != string(rune('A'+k)) {
			return false
		}
	}
	return true
}

// bare tells whether the entries of a list are a word or a number each.
func (f *finder) bare(list int) bool {
	all := f.children(list)
	if len(all) < 3 || len(all) > 6 || f.lists(all) {
		return false
	}
	for _, e := range all {
		if t := f.firstText(e); wordsIn(t) > 4 || tellsOrAsks(t) {
			return false
		}
	}
	return true
}

// lists tells whether entries hold more than a line each.
func (f *finder) lists(entries []int) bool {
	for _, e := range entries {
		if len(f.children(e)) > 1 {
			return true
		}
	}
	return false
}

// lastIn tells whether only a solution or nothing follows a list in its place.
func (f *finder) lastIn(list int) bool {
	parent := int(f.p.Blocks[list].Parent)
	end := int32(len(f.p.Blocks))
	if parent >= 0 {
		end = f.p.Blocks[parent].End
	}
	for j := f.p.Blocks[list].End; j < end; j = f.p.Blocks[j].End {
		b := &f.p.Blocks[j]
		switch {
		case b.Hidden || b.Kind == page.Rule:
		case b.Kind == page.Heading:
			return true
		case b.Kind == page.Box:
			r := f.roleOf(int(j))
			return r == solution || r == hint || r == whyBox
		case b.Kind == page.Paragraph:
			w := fold.Fold(trimTitle(f.text(int(j))))
			if answersTitle.MatchString(w) {
				return true
			}
			if parent < 0 || f.p.Blocks[parent].Kind != page.Box || tellsOrAsks(w) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// brief tells whether entries are so short that they name things.
func (f *finder) brief(entries []int) bool {
	for _, e := range entries {
		if longWords(f.firstText(e)) > 12 || f.p.Blocks[e].End > int32(e)+2 || commands(f.firstText(e)) {
			return false
		}
	}
	return true
}

// longWords counts words, but no single letters, digits and signs: "p = 3, q = 1".
func longWords(s string) int {
	n := wordsIn(s)
	for w := range strings.FieldsSeq(s) {
		if r, size := utf8.DecodeRuneInString(w); len(strings.TrimRight(w, ",.;")) <= size && r < 0x2e80 {
			n--
		}
	}
	return n
}

// enclosed tells whether a list stands in a box that is a task, or right before an
// answer.
func (f *finder) enclosed(list int) bool {
	for a := f.p.Blocks[list].Parent; a >= 0; a = f.p.Blocks[a].Parent {
		if f.p.Blocks[a].Kind == page.Box {
			if r := f.roleOf(int(a)); r == task || r == quizBox {
				return true
			}
		}
	}
	if next := f.p.Blocks[list].End; int(next) < len(f.p.Blocks) {
		switch b := &f.p.Blocks[next]; b.Kind {
		case page.Box:
			return f.roleOf(int(next)) == solution
		case page.Paragraph, page.Heading:
			return answersTitle.MatchString(fold.Fold(trimTitle(f.text(int(next)))))
		}
	}
	return false
}

// addChoices reads the entries of a list, or of the lists in a box, as choices.
func (f *finder) addChoices(ps *parts, n int) {
	for j := n; j < int(f.p.Blocks[n].End); j++ {
		e := &f.p.Blocks[j]
		if e.Kind != page.Entry {
			continue
		}
		var words []int
		for _, k := range f.children(j) {
			if f.p.Blocks[k].Kind == page.Box && f.roleOf(k) == whyBox {
				if e.Tick == page.Ticked {
					ps.why = append(ps.why, f.leaves(k)...)
				}
				continue
			}
			words = append(words, f.leaves(k)...)
		}
		text := f.p.MarkdownWith(words, f.trim, j)
		right := e.Tick == page.Ticked
		if t, ok := judged(text); ok || t != text {
			text, right = t, right || ok
		}
		ps.choices = append(ps.choices, decks.Option{Text: text, Right: right})
		ps.options = append(ps.options, f.leaves(j)...)
		j = int(e.End) - 1
	}
	boldIsRight(ps.choices)
}

// answeredByMark tells whether an answer follows a list that names one of its entries
// by letter or number.
func (f *finder) answeredByMark(list int) bool {
	next := int(f.p.Blocks[list].End)
	if next >= len(f.p.Blocks) || f.p.Blocks[next].Parent != f.p.Blocks[list].Parent {
		return false
	}
	rest, ok := f.answerLine(next)
	return ok && (answerLetters(rest) != "" || leadingLetter.MatchString(rest))
}

// verdicts reads a list that says of each option whether it is right, as letters.
func (f *finder) verdicts(list int) (given string, ok bool) {
	var all []string
	for k, e := range f.children(list) {
		w := fold.Fold(trimTitle(f.firstText(e)))
		if at := strings.IndexAny(w, " .,:;"); at > 0 {
			w = w[:at]
		}
		if !twoWays[w] {
			return "", false
		}
		if rightWords[w] && k < 26 {
			all = append(all, string(rune('a'+k)))
		}
	}
	return strings.Join(all, ", "), len(all) > 0
}

var rightWords = wordSet(`true wahr richtig верно правда да yes ja vrai verdadero correct`)

// boldIsRight ticks the only option in bold, where none is ticked.
func boldIsRight(choices []decks.Option) {
	at := -1
	for k, c := range choices {
		bold := len(c.Text) > 4 && strings.HasPrefix(c.Text, "**") && strings.HasSuffix(c.Text, "**") && strings.Count(c.Text, "**") == 2
		if c.Right || bold && at >= 0 {
			return
		}
		if bold {
			at = k
		}
	}
	if at >= 0 && len(choices) > 2 {
		choices[at].Text, choices[at].Right = strings.Trim(choices[at].Text, "*"), true
	}
}

// sameChoices adds the choices of another variant of the same question that the
// first does not have.
func (f *finder) sameChoices(ps *parts, n int) {
	var more parts
	f.addChoices(&more, n)
	seen := map[string]bool{}
	for _, c := range ps.choices {
		seen[fold.Fold(page.Plain(c.Text))] = true
	}
	for _, c := range more.choices {
		if key := fold.Fold(page.Plain(c.Text)); !seen[key] {
			seen[key] = true
			ps.choices = append(ps.choices, c)
		}
	}
	ps.options = append(ps.options, more.options...)
}

// mark ticks the choices that an answer names by letter or number.
func mark(choices []decks.Option, given string) {
	for w := range strings.FieldsFuncSeq(strings.ToLower(given), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		r, size := utf8.DecodeRuneInString(w)
		if size < len(w) {
			continue // "and"
		}
		at := -1
		switch {
		case r >= 'a' && r <= 'z':
			at = int(r - 'a')
		case r >= 'а' && r <= 'е':
			at = int(r - 'а')
		case r >= '1' && r <= '9':
			at = int(r - '1')
		}
		if at >= 0 && at < len(choices) {
			choices[at].Right = true
		}
	}
}
