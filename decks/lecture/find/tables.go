package find

import (
	"strings"

	"lectern/decks"
	"lectern/decks/lecture/page"
)

var (
	questionColumn = mustCompile(`^(?:` + anyOf(`(?:interview_|typical_|sample_)?questions? (?:\p{L}+_)?вопросы? frage fragen preguntas? domanda pergunta q`) + `)$|^(?:面试问|面试题|问题?|提问)$`)
	taskColumn     = mustCompile(`^(?:` + anyOf(`exercises? tasks? problems? задани[ея] задач[аи] упражнени[ея] aufgaben? ejercicios? exercices?`) + `)$|^(?:练习|题目|任务)$`)
	answerColumn   = mustCompile(`^(?:` + anyOf(`(?:short_|sample_|correct_|model_)?answers? solutions? (?:\p{L}+_)?ответы? решени[ея] antwort antworten lösung respuestas? réponses? risposta resposta a`) + `)$|^(?:答|答案|回答|参考答案|要点)$`)
)

// table makes items of the rows of a table, when a column of it is called that of
// questions and another that of answers, or the table stands in a place.
func (s *strand) table(i int) {
	f, c := s.f, s.c
	head, rows := cells(f.p.Blocks[i].Text)
	ask, told := -1, -1
	kind := firstKind(c.place, decks.Question)
	for n, h := range head {
		switch w := foldTitle(page.Plain(h)); {
		case ask < 0 && questionColumn.MatchString(w):
			ask = n
		case ask < 0 && taskColumn.MatchString(w):
			ask, kind = n, decks.Exercise
		case told < 0 && answerColumn.MatchString(w):
			told = n
		}
	}
	if ask < 0 || len(rows) < 2 || f.traits.faq || told < 0 && (c.place == "" || s.open != nil) || s.open != nil && s.open.strong {
		s.more(i)
		return
	}
	asking := 0
	for _, r := range rows {
		if ask < len(r) && tellsOrAsks(page.Plain(r[ask])) {
			asking++
		}
	}
	if asking*10 < len(rows)*6 {
		s.more(i)
		return
	}
	s.close()
	for _, r := range rows {
		if ask >= len(r) || r[ask] == "" {
			continue
		}
		d := &draft{head: i, text: r[ask], kind: kind, level: c.level, entry: -1}
		var ps parts
		if told >= 0 && told < len(r) && r[told] != "" {
			f.tail[i], ps.answer = r[told], []int{i}
		}
		s.last = f.finish(d, c, ps)
	}
	delete(f.trim, i)
}

// cells divides the Markdown of a table.
func cells(text string) (head []string, rows [][]string) {
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), "|"), "|")
		var row []string
		for cell := range strings.SplitSeq(strings.ReplaceAll(line, `\|`, "\x00"), "|") {
			row = append(row, strings.TrimSpace(strings.ReplaceAll(cell, "\x00", "|")))
		}
		switch {
		case n == 0:
			head = row
		case n > 1 || strings.Trim(line, " :|-") != "":
			rows = append(rows, row)
		}
	}
	return head, rows
}
