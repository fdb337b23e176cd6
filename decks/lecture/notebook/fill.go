package notebook

import (
	"regexp"
	"strings"
)

// Homework in notebooks often does not call its tasks so: a cell has a heading and
// says what to do, and the cell of code below it has places to be filled in. That
// cell is what tells, as does one with the comment "solution". One that is merely
// empty tells nothing: it may be there to play with.

var (
	fillWords = regexp.MustCompile(`(?i)(?:your|own) (?:code|answer|solution|implementation)\b|implement(?:ation)? (?:goes )?here|ваш код|ваше решение|ваша реализация|(?:hier|ihr|dein) code\b|votre code|tu código|你的代码|补全代码|raise notimplementederror`)
	blanks    = regexp.MustCompile(`(?:^|[^\w"'])_{3,}(?:[^\w"']|$)`)
	toDo      = regexp.MustCompile(`(?i)^\s*(?:#|//)\s*to\s?do\b`)
	solution  = regexp.MustCompile(`(?mi)^\s*(?:#+|//)\s*(?:the )?(?:solution|решение|lösung|solución|solução|corrigé|réponse)\s*:?\s*$`)
	stubLine  = regexp.MustCompile(`^\s*(?:pass|\.\.\.|(?:[\w.# ]+=\s*|#?\s*return\s+)?(?:\?\?\?|\.\.\.|None))\s*(?:#.*)?$`)
)

// toFill tells whether a cell of code has places that somebody has to fill in.
func (c *cell) toFill() bool {
	const most = 1 << 14
	text := c.source.text
	if len(text) > most {
		text = text[:most]
	}
	if solved.MatchString(text) {
		return false
	}
	if fillWords.MatchString(text) {
		return true
	}
	todo, stub := false, false
	for line := range strings.SplitSeq(text, "\n") {
		todo = todo || toDo.MatchString(line)
		if stub = stub || stubLine.MatchString(line); todo && stub {
			return true
		}
		if !strings.HasPrefix(strings.TrimSpace(line), "#") && blanks.MatchString(line) {
			return true
		}
	}
	return false
}

var (
	cellHead  = regexp.MustCompile(`^\s*#{1,6}[ \t]+([^\n]+)\n`)
	otherHead = regexp.MustCompile(`(?m)^ {0,3}(?:#{1,6}[ \t]|=+[ \t]*$|-+[ \t]*$)`)
	taskWord  = regexp.MustCompile(`(?i)exerci[sczt]|ejercicio|\btasks?\b|problem|question|challenge|homework|assignment|упражнени|задани|задач|вопрос|aufgabe|übung|tarea|tâche|练习|习题|作业`)
)

// solves tells whether a cell of code says that it solves what stands above.
func (c *cell) solves() bool {
	const most = 1 << 14
	return c.kind == "code" && solution.MatchString(c.source.text[:min(len(c.source.text), most)])
}

// room tells whether a cell of plain words may say what to fill in below: the rules
// know whether it does.
func (c *cell) room(text string) bool {
	text = strings.TrimSpace(text)
	return c.asks && c.box() == "" && text != "" && !strings.ContainsAny(text[:1], "*_#<>-+=`|$0123456789(") && !otherHead.MatchString(text)
}

// task divides the text of a cell that asks for something into its heading and the
// task below. A heading that has a word for tasks says all by itself.
func (c *cell) task(text string) (head, rest string, ok bool) {
	if !c.asks || c.box() != "" {
		return "", "", false
	}
	m := cellHead.FindStringSubmatchIndex(text)
	if m == nil || taskWord.MatchString(text[m[2]:m[3]]) {
		return "", "", false
	}
	head, rest = text[:m[1]], text[m[1]:]
	return head, rest, strings.TrimSpace(rest) != "" && !otherHead.MatchString(rest)
}
