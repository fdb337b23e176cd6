package find

import (
	"strings"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

var (
	letteredLine = mustCompile(`^([\s*_]*)\(?([A-Ha-hА-Еа-е])\s*(?:[.)、．:]|\s[–—-])[\s*_]+\S`)
	letterWithin = mustCompile(`(?:^|[\s*_])\(?([A-Ha-h])[.)、．]\s*`)
	blankEnd     = mustCompile(`(?:[(（]\s*[)）]|_{2,}|\.{3}|…)\s*[.。:：?？]?\s*$`)
	rightMark    = mustCompile(`(?i)^(?:✅|✔️?|☑️?|✓|(?:\*\*|__)?(?:correct answer|correct|правильный ответ|верный ответ|richtig|correcto|correcte)\s*[:：](?:\*\*|__)?)\s*|\s*(?:✓|✔️?|✅|☑️?|[*_]*[(\[](?:correct|correct answer|right|правильно|верно|правильный ответ|richtig|correcto|correcta|correcte|正确|正确答案)[)\]][*_]*|(?:<--|←|⬅️?)\s*(?:correct|верно|правильно)?)\s*$`)
	wrongMark    = mustCompile(`^(?:❌|✗|✘|☐|◻️?)\s*`)
)

// judged takes the sign of a right or a wrong option off its text.
func judged(text string) (rest string, right bool) {
	if m := rightMark.FindStringIndex(text); m != nil && m[1]-m[0] < len(text) {
		return strings.TrimSpace(text[:m[0]] + text[m[1]:]), true
	}
	return wrongMark.ReplaceAllString(text, ""), false
}

// asksOrBlank tells whether a text can be the stem of a quiz: it asks, or leaves a
// blank to fill.
func asksOrBlank(s string) bool {
	return endsAsking(s) || strings.Contains(s, "___") || blankEnd.MatchString(s)
}

// letteredRun counts the paragraphs from place k on that are marked A, B, C in turn.
func (f *finder) letteredRun(nodes []int, k int) int {
	first := rune(0)
	n := 0
	for k+n < len(nodes) && n < 9 {
		b := &f.p.Blocks[nodes[k+n]]
		if b.Kind != page.Paragraph {
			break
		}
		m := letteredLine.FindStringSubmatchIndex(b.Text)
		if m == nil {
			break
		}
		r, _ := utf8.DecodeRuneInString(b.Text[m[4]:])
		if n == 0 {
			first = r
			if !strings.ContainsRune("AaАа", r) {
				return 0
			}
		}
		if r != first+rune(n) || utf8.RuneCountInString(b.Text) > 240 || endsAsking(f.text(nodes[k+n])) {
			return 0
		}
		n++
	}
	return n
}

// paragraphChoices reads choices that stand as a paragraph each; it tells how many
// blocks they take.
func (f *finder) paragraphChoices(ps *parts, nodes []int, k int, said string, c scope) int {
	n := f.letteredRun(nodes, k)
	if n < 2 {
		return 0
	}
	quiz := asksOrBlank(said) || c.quiz || chooseWords.MatchString(fold.Fold(said)) || c.place == decks.Question && said != ""
	if !quiz {
		return 0
	}
	for _, i := range nodes[k : k+n] {
		text := f.p.Blocks[i].Text
		m := letteredLine.FindStringIndex(text)
		_, size := utf8.DecodeLastRuneInString(text[:m[1]])
		opt, right := judged(cut(text, m[1]-size))
		ps.choices = append(ps.choices, decks.Option{Text: unbold(opt), Right: right})
		ps.options = append(ps.options, i)
	}
	return n
}

// stemAndChoices divides a paragraph that holds a question and its choices: "What is
// it? A) one B) two C) three".
func stemAndChoices(text string) (stem string, choices []decks.Option) {
	m := letterWithin.FindAllStringSubmatchIndex(text, 40)
	for from := range m {
		if r := text[m[from][2]]; r != 'A' && r != 'a' {
			continue
		}
		stem = strings.TrimSpace(text[:m[from][0]])
		if stem == "" || !asksOrBlank(page.Plain(stem)) && !endsInColon(stem) && !chooseWords.MatchString(fold.Fold(stem)) {
			continue
		}
		first := text[m[from][2]]
		at := from
		var all []decks.Option
		for k := 0; at < len(m) && k < 8; k++ {
			for at < len(m) && text[m[at][2]] != first+byte(k) {
				at++
			}
			if at == len(m) {
				break
			}
			end := len(text)
			for next := at + 1; next < len(m); next++ {
				if text[m[next][2]] == first+byte(k)+1 {
					end = m[next][0]
					break
				}
			}
			opt, right := judged(strings.TrimSpace(text[m[at][1]:end]))
			if opt == "" {
				return "", nil
			}
			all = append(all, decks.Option{Text: opt, Right: right})
			at++
		}
		if len(all) >= 3 || len(all) == 2 && twoWays[fold.Fold(trimTitle(all[0].Text))] {
			return stem, all
		}
	}
	return "", nil
}
