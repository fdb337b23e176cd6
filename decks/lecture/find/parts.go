package find

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// parts are the blocks of an item by what they are in it.
type parts struct {
	prompt, answer, why []int // blocks that hold no others
	choices             []decks.Option
	options             []int  // the blocks of the choices
	given               string // "B", "a, c": which choices are right
	solved              bool   // the page marks an answer
	boxed               bool   // … in a box
	closed              bool   // the choices stand in a box
	letters             int    // the block that gives them, 0 for none
	inline              int    // a block in which the answer begins, after the question; 0 for none
}

// sortOut divides blocks that stand one after another into an item's parts. The
// prompt is not empty when something of it stands before them.
func (f *finder) sortOut(nodes []int, c scope, before string) parts {
	var ps parts
	answering, hinting, dropping, dropList, explaining := false, false, false, false, false
	said := before // the text before, to tell choices from other lists
	asked := endsAsking(before)
	next := 0 // the first that is not taken yet
	for k, n := range nodes {
		if k < next {
			continue
		}
		b := &f.p.Blocks[n]
		switch b.Kind {
		case page.Heading:
			title := fold.Fold(trimTitle(f.text(n)))
			switch {
			case answerlist.MatchString(title) && k+1 < len(nodes) && f.p.Blocks[nodes[k+1]].Kind == page.List:
				if given, ok := f.verdicts(nodes[k+1]); ok {
					ps.given = given
				} else {
					f.addChoices(&ps, nodes[k+1])
				}
				next = k + 2
				continue
			case answersTitle.MatchString(title):
				answering, hinting, dropping, ps.solved = true, false, false, true
				continue
			case answerHead.MatchString(b.Text):
				rest := cut(b.Text, answerHead.FindStringIndex(b.Text)[1])
				answering, hinting, ps.solved = true, false, true
				if letters := answerLetters(rest); letters != "" {
					ps.given = letters
				} else if rest != "" {
					f.trim[n] = rest
					ps.answer = append(ps.answer, n)
				}
				continue
			case hintTitle.MatchString(title):
				hinting = true
				continue
			case goodBye.MatchString(title), statementHead.MatchString(title) && !answering:
				continue
			case criteria.MatchString(title), rubricTitle.MatchString(title), adminTitle.MatchString(title) && !answering:
				dropping = true
				continue
			}
			if !answering {
				hinting, dropping = false, false
			}
		case page.Box:
			r := f.roleOf(n)
			switch r {
			case solution:
				inner := f.sortOut(f.children(n), c, "")
				ps.answer = append(ps.answer, append(inner.prompt, inner.answer...)...)
				ps.solved, ps.boxed = true, true
				if inner.given != "" {
					ps.given, ps.letters = inner.given, inner.letters
				}
				continue
			case hint, goals:
				continue
			case whyBox:
				ps.why = append(ps.why, f.leaves(n)...)
				continue
			case choiceBox:
				ps.closed = true
				if len(ps.choices) > 0 {
					f.sameChoices(&ps, n)
				} else {
					f.addChoices(&ps, n)
				}
				continue
			case transparent, quizBox, task, opens, remark:
				if answering || hinting {
					break
				}
				if r == opens && b.Text == "" && len(ps.prompt) > 0 && !f.holdsTask(f.children(n)) {
					continue // notes that are folded away
				}
				inner := f.sortOut(f.children(n), c, said)
				if len(inner.choices) > 0 || inner.solved {
					ps.merge(inner)
					continue
				}
			}
		case page.Paragraph, page.Quote:
			text := f.text(n)
			if b.Kind == page.Quote {
				text = f.firstText(n)
			}
			word := fold.Fold(trimTitle(text))
			switch {
			case optionsLine.MatchString(word) && k+1 < len(nodes) && f.p.Blocks[nodes[k+1]].Kind == page.List && len(ps.choices) == 0 && !answering:
				f.addChoices(&ps, nodes[k+1])
				next = k + 2
				continue
			case placeholder.MatchString(text), aside.MatchString(word), goodBye.MatchString(word):
				continue
			case len(word) < 60 && answersTitle.MatchString(word) && !f.isAnswerLine(n) && (endsInColon(text) || f.bold(n) || f.p.Format == "text" || len(strings.Fields(word)) > 1):
				answering, hinting, dropping, ps.solved = true, false, false, true
				continue
			}
			if q, a, ok := inlineAnswer(b.Text); ok && !answering && b.Kind == page.Paragraph {
				f.trim[n], f.tail[n] = q, a
				ps.prompt = append(ps.prompt, n)
				ps.inline, ps.solved, answering = n, true, true
				said = page.Plain(q)
				continue
			}
			if first := f.quotedAnswer(n); first >= 0 {
				rest, _ := f.answerLine(first)
				f.trim[first], ps.solved = rest, true
				ps.answer = append(ps.answer, f.leaves(n)...)
				continue
			}
			if rest, ok := f.answerLine(n); ok {
				answering, hinting, ps.solved = true, false, true
				f.trim[n] = rest
				letters := answerLetters(rest)
				if m := leadingLetter.FindStringSubmatchIndex(rest); letters == "" && m != nil && len(ps.choices) > 1 {
					ps.given, f.trim[n] = rest[m[2]:m[3]], cut(rest, m[1])
				}
				if letters != "" {
					ps.given, ps.letters = letters, n
					if len(ps.choices) > 0 {
						continue
					}
				}
			}
			if len(ps.choices) > 0 && !answering {
				if whyTitle.MatchString(word) {
					explaining = true
					continue
				}
				if whyHead.MatchString(text) {
					ps.why = append(ps.why, f.leaves(n)...)
					continue
				}
			}
			if b.Kind == page.Quote && !answering && len(ps.choices) == 0 {
				if inner := f.sortOut(f.children(n), c, said); len(inner.choices) > 0 {
					ps.merge(inner)
					continue
				}
			}
			if b.Kind == page.Quote && len(ps.prompt) > 0 && !answering && remarkHead.MatchString(f.firstMarkdown(n)) {
				continue // "Task check: …", "Tip: …"
			}
			if explaining && !answering {
				ps.why = append(ps.why, f.leaves(n)...)
				continue
			}
			if len(ps.choices) == 0 && !answering && !hinting {
				if taken := f.paragraphChoices(&ps, nodes, k, said, c); taken > 0 {
					next = k + taken
					continue
				}
				if stem, list := stemAndChoices(b.Text); len(list) > 0 && b.Kind == page.Paragraph {
					f.trim[n] = stem
					ps.prompt, ps.choices = append(ps.prompt, n), list
					said = page.Plain(stem)
					continue
				}
			}
			if list := choicesOnLine(b.Text); len(list) > 0 && !answering && len(ps.choices) == 0 && b.Kind == page.Paragraph {
				for _, c := range list {
					ps.choices = append(ps.choices, decks.Option{Text: c})
				}
				ps.options = append(ps.options, n)
				continue
			}
			if particulars.MatchString(fold.Fold(strings.TrimLeft(text, "*_ "))) && (len(ps.prompt) > 0 || boldStart(b.Text)) && !commands(text) {
				dropList = true
				continue
			}
			if criteria.MatchString(word) {
				dropping = true
				continue
			}
			dropList = false
			if hintTitle.MatchString(strings.TrimLeft(word, "(*_")) && strings.HasPrefix(text, "(") && (len(ps.prompt) > 0 || before != "") {
				continue
			}
			if hintTitle.MatchString(word) && !answering {
				hinting = len(word) < 12 || endsInColon(text)
				continue
			}
			if dropping && !strings.HasPrefix(b.Text, "**") && !instructions.MatchString(b.Text) {
				continue
			}
			dropping = false
			if b.Kind == page.Paragraph {
				hinting = false
			}
			if at := instructions.FindStringIndex(b.Text); at != nil && b.Kind == page.Paragraph {
				f.trim[n] = cut(b.Text, at[1])
			}
		case page.List:
			if dropping || hinting || dropList {
				continue
			}
			if explaining && !answering {
				ps.why = append(ps.why, f.leaves(n)...)
				continue
			}
			if !answering && len(ps.choices) == 0 && (f.isChoices(n, said, c) || c.stem && asked && f.bare(n)) {
				f.addChoices(&ps, n)
				continue
			}
		case page.Table:
			if dropping {
				continue
			}
		case page.Code:
			if !answering && f.blankCode(n) {
				continue
			}
			if !answering && f.p.Format == "notebook" && len(ps.prompt) > 0 && fillIn.MatchString(b.Text) {
				return ps // what follows tries what is written here
			}
			if !answering && c.answer && len(ps.prompt) == 0 && before != "" && k == 0 && !aboveCode.MatchString(fold.Fold(before)) && !endsInColon(before) {
				answering = true
			}
		case page.Rule:
			if f.p.Format != "notebook" && (len(ps.prompt) > 0 || before != "") {
				return ps
			}
			continue
		}
		if ps.boxed && !answering && !hinting && (before != "" || len(ps.prompt)+len(ps.choices) > 0) && b.Kind == page.Paragraph && !tellsOrAsks(f.text(n)) {
			continue // what is said once it is solved
		}
		if len(ps.choices) > 0 && !answering && (ps.closed && b.Kind == page.Paragraph || b.Kind == page.Code || b.Kind == page.Table || b.Kind == page.Paragraph && !asks(f.text(n))) {
			continue // remarks under the choices
		}
		leaves := f.leaves(n)
		if b.Kind == page.List && !answering && !hinting && f.holdsSolution(n) {
			var solved []int
			leaves, solved = f.solvedApart(n)
			ps.answer, ps.solved = append(ps.answer, solved...), true
		}
		switch {
		case answering:
			ps.answer = append(ps.answer, leaves...)
		case hinting:
		default:
			ps.prompt = append(ps.prompt, leaves...)
			if b.Kind == page.Paragraph {
				said = f.text(n)
				asked = asked || endsAsking(said)
			} else if b.Kind != page.Code && b.Kind != page.Formula {
				said = ""
			}
		}
	}
	return ps
}

var (
	whyHead        = mustCompile(`(?i)^[\s*_]*(?:explanation|explication|пояснение|объяснение|erklärung|explicación|解析)[\s*_]*[:.：]`)
	remarkHead     = mustCompile(`^(?:\*\*|__)[^*_]{3,40}:?(?:\*\*|__)\s*:?`)
	oneLineChoices = mustCompile(`(?:^|\s)\(?([A-Fa-f])[.)、．]\s*`)
)

// choicesOnLine reads choices that stand on one line: "A. one B. two C. three".
func choicesOnLine(text string) []string {
	m := oneLineChoices.FindAllStringSubmatchIndex(text, -1)
	if len(m) < 3 || strings.TrimSpace(text[:m[0][0]]) != "" {
		return nil
	}
	var all []string
	for k := range m {
		if text[m[k][2]] != text[m[0][2]]+byte(k) || k == 0 && text[m[0][2]]|0x20 != 'a' {
			return nil
		}
		end := len(text)
		if k+1 < len(m) {
			end = m[k+1][0]
		}
		if s := strings.TrimSpace(text[m[k][1]:end]); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// firstMarkdown is the first text in block i, with its marks.
func (f *finder) firstMarkdown(i int) string {
	if j := f.firstLeaf(i); j >= 0 {
		return f.p.Blocks[j].Text
	}
	return ""
}

var instructions = mustCompile(`(?i)^[\s*_]*(?:instructions?|task|statement|problem statement|задача|условие)\s*[.:][\s*_]*`)

func (ps *parts) merge(o parts) {
	if o.inline > 0 {
		ps.inline = o.inline
	}
	ps.prompt = append(ps.prompt, o.prompt...)
	ps.answer = append(ps.answer, o.answer...)
	ps.why = append(ps.why, o.why...)
	ps.choices = append(ps.choices, o.choices...)
	ps.options = append(ps.options, o.options...)
	ps.solved, ps.closed = ps.solved || o.solved, ps.closed || o.closed
	if o.given != "" {
		ps.given, ps.letters = o.given, o.letters
	}
}

// leaves are the blocks in block i, itself included, that have text of their own.
func (f *finder) leaves(i int) []int {
	var all []int
	for j := i; j < int(f.p.Blocks[i].End); j++ {
		b := &f.p.Blocks[j]
		if b.Hidden || b.Text == "" || b.Kind == page.Rule {
			continue
		}
		all = append(all, j)
	}
	return all
}

// quotedAnswer is the first paragraph of a quotation when it says that it is the
// answer: "> Answer: …"; else -1.
func (f *finder) quotedAnswer(n int) int {
	if f.p.Blocks[n].Kind != page.Quote {
		return -1
	}
	if first := f.firstLeaf(n); first >= 0 && f.isAnswerLine(first) {
		return first
	}
	return -1
}

// holdsSolution tells whether a solution stands in block i, as behind each part of a
// task.
func (f *finder) holdsSolution(i int) bool {
	for j := i + 1; j < int(f.p.Blocks[i].End); j++ {
		if f.p.Blocks[j].Kind == page.Box && f.roleOf(j) == solution {
			return true
		}
	}
	return false
}

// solvedApart are the leaves of block i, those of its solutions apart.
func (f *finder) solvedApart(i int) (said, solved []int) {
	for j := i; j < int(f.p.Blocks[i].End); j++ {
		switch b := &f.p.Blocks[j]; {
		case b.Kind == page.Box && f.roleOf(j) == solution:
			for _, k := range f.children(j) {
				solved = append(solved, f.leaves(k)...)
			}
			j = int(b.End) - 1
		case b.Kind == page.Box && f.roleOf(j) == hint:
			j = int(b.End) - 1
		case !b.Hidden && b.Text != "" && b.Kind != page.Rule:
			said = append(said, j)
		}
	}
	return said, solved
}

// firstText is the text of the first block in block i that has one.
func (f *finder) firstText(i int) string {
	for j := i; j < int(f.p.Blocks[i].End); j++ {
		if t := f.p.Blocks[j].Text; t != "" && !f.p.Blocks[j].Hidden {
			return f.text(j)
		}
	}
	return ""
}

// bold tells whether all of a paragraph stands out.
func (f *finder) bold(i int) bool {
	s := strings.TrimSpace(f.p.Blocks[i].Text)
	if strings.HasPrefix(s, "** ") || strings.HasSuffix(s, " **") { // meant so
		return len(s) > 4 && strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") && strings.Count(s, "**") == 2
	}
	for _, m := range []string{"**", "__", "*", "_"} {
		if len(s) > 2*len(m) && strings.HasPrefix(s, m) && strings.HasSuffix(strings.TrimRight(s, ".:"), m) && strings.Count(s, m) == 2 {
			return true
		}
	}
	return false
}

func trimTitle(s string) string {
	return strings.Trim(strings.TrimSpace(s), " \u00a0:：.*_…▶►▼#¶🔗\u200b")
}

var innerAnswer = mustCompile(`\s(?:\*{1,3}|_{1,2})(?:Answer|Ans|Solution|Ответ|Решение|Antwort|Lösung|Respuesta|Réponse|Solución|Antwoord|Risposta|Resposta|Odpowiedź|Відповідь)\s*[:.]?(?:\*{1,3}|_{1,2})\s*[:.]?\s*|[?.)！？。:]\s+(?:Answer|Correct answer|Ответ|Правильный ответ|参考答案|答案)\s*[:：]\s*|[?？]\s+A\s*[:：]\s+`)

// inlineAnswer divides a paragraph that holds a question and, after a word that says
// so, its answer.
func inlineAnswer(text string) (question, answer string, ok bool) {
	m := innerAnswer.FindStringIndex(text)
	if m == nil {
		return "", "", false
	}
	at := m[0]
	if c, size := utf8.DecodeRuneInString(text[at:]); !unicode.IsSpace(c) {
		at += size // the end of the question's sentence
	}
	question, answer = strings.TrimSpace(text[:at]), strings.TrimSpace(text[m[1]:])
	if strings.HasSuffix(strings.TrimRight(text[:m[1]], " :："), " A") && strings.Contains(answer, " B") && optionB.MatchString(answer) {
		return "", "", false // "A: one B: two"
	}
	return question, answer, len(question) > 8 && answer != ""
}

var optionB = mustCompile(`\sB\s*[:：.)]`)

var answerHead = mustCompile(`(?i)^[\s*_]*(?:(?:the |correct |right |possible |sample |suggested )*(?:answers?|solution|ans\.?)|a|your answer|ваш ответ|ответ(?:ы)?|верный ответ|правильные ответы|respuesta correcta|respuestas correctas|la respuesta correcta es|bonne réponse|réponse correcte|antwoord|odpowiedź|відповідь|richtige antwort|resposta correta|правильный ответ|решение|lösung|antwort|respuesta|solución|réponse|resposta|risposta|参考答案|正确答案|答案|解答|答)[\s*_]*(?:\([^()]{1,30}\))?[:：][\s*_]*`)

// answerLine reads "Ответ: …" with the answer on the same line.
func (f *finder) answerLine(i int) (rest string, ok bool) {
	text := f.p.Blocks[i].Text
	m := answerHead.FindStringIndex(text)
	if m == nil || f.p.Blocks[i].Kind != page.Paragraph {
		return "", false
	}
	rest = cut(text, m[1])
	return rest, rest != ""
}

func (f *finder) isAnswerLine(i int) bool {
	_, ok := f.answerLine(i)
	return ok
}

var leadingLetter = mustCompile(`^[*_(]*([A-HА-Еa-hа-е]|\d)[.):]?[*_]*(?:[.):,]\s+|\s[–—-]\s+)`)

var letterList = mustCompile(`^[\s*_(]*([a-hA-Hа-еА-Е]|\d)[\s*_).:]*(?:(?:,|and|&|и|/)\s*[*_(]*([a-hA-Hа-еА-Е]|\d)[\s*_).]*)*$`)

// answerLetters reads an answer that only names choices: "B", "a and c".
func answerLetters(s string) string {
	if !letterList.MatchString(s) {
		return ""
	}
	return s
}

var optionsLine = mustCompile(`^(?:` + anyOf(`(?:answer_)?(?:options|choices) варианты(?:_ответов?|_ответа)? opciones antwortmöglichkeiten réponses_possibles opções`) + `|选项)$`)

var fillIn = mustCompile(`raise NotImplementedError|(?i:(?:your|insert|write|add) (?:your )?(?:code|solution|implementation) (?:here|below)|ваш код|начало вашего кода|你的代码)`)

var comment = mustCompile(`^\s*(?:#|//|--|%|;|"""|'''|/\*|\*)`)

// blankCode tells code that only leaves room for the reader's own.
func (f *finder) blankCode(i int) bool {
	text := f.p.Blocks[i].Text
	if len(text) > 4000 {
		return false
	}
	if f.p.Format == "notebook" && f.p.Blocks[i].Mark != "" && onlyComments(text) {
		return true
	}
	for line := range strings.SplitSeq(text, "\n") {
		s := strings.TrimSpace(line)
		if s == "" || s == "pass" || s == "..." || s == "???" || strings.Contains(s, "NotImplementedError") || placeholder.MatchString(strings.TrimLeft(s, "#/-% ")) {
			continue
		}
		if comment.MatchString(s) && len(s) < 60 && placeholderWord.MatchString(fold.Fold(s)) {
			continue
		}
		return false
	}
	return true
}

var placeholderWord = mustCompile(`your|here|todo|ваш|код|здесь|solution|answer|write`)

// blanks tells code that the reader fills in: "let p1: usize = p2 __;".
var blanks = mustCompile(`(?:^|[\s(,=])_{2,}(?:[\s);,!?]|$)|填空`)

// wholeCode tells code that leaves the reader nothing to write.
func (f *finder) wholeCode(n int) bool {
	return !f.blankCode(n) && !blanks.MatchString(f.p.Blocks[n].Text[:min(len(f.p.Blocks[n].Text), 4000)])
}

// onlyComments tells whether nothing in code runs.
func onlyComments(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		if s := strings.TrimSpace(line); s != "" && !strings.HasPrefix(s, "#") && !strings.HasPrefix(s, "//") {
			return false
		}
	}
	return true
}
