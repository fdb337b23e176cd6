package lecture

import (
	"regexp"
	"strings"

	"lectern/decks"
	"lectern/decks/fold"
)

// The words by which pages in several languages mark the places of questions.
// They are matched against folded text.

func alternatives(words string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(words, "_", `\s`)), "|")
}

var (
	questionPlace = regexp.MustCompile(`\b(` + alternatives(`questions? quiz(?:zes)? q&a self-?check self-?test review_questions check_your_(?:understanding|knowledge)
		knowledge_check comprehension fragen kontrollfragen verstandnisfragen preguntas cuestionario interview`) + `)\b|вопрос|проверь(?:те)?\sсебя|самопроверк|опрос|тест\sпо|问题|思考题|复习题|面试题|测验|質問`)
	exercisePlace = regexp.MustCompile(`\b(` + alternatives(`exercises? problems? tasks? assignments? homework practice challenges? drills? your_turn try_it(?:_yourself)? activity activities
		ubung(?:en)? übung(?:en)? aufgaben? ejercicios? tareas? practica exercice(?:s)? esercizi`) + `)\b|упражнени|задани|задач|практик|домашн|попробуйте|практическ|练习|作业|习题|挑战`)
	answerWord = regexp.MustCompile(`^(?:(?:show|see|click|view|reveal|possible|sample|model|suggested|example)\s)?(?:the\s)?(?:answers?|solutions?|key|respuestas?|solucion(?:es)?|losung(?:en)?|lösung(?:en)?|antwort(?:en)?|reponses?)(?:\s.{0,30})?$|^(?:показать\s|посмотреть\s)?(?:ответы?|решени[ея]|разбор|версии|возможны[ей]\s(?:ответы?|решени[ея])|правильный\sответ|подсказка\sс\sответом)(?:\s.{0,30})?$|^(?:答案|解答|参考答案|解析)`)
	hintWord   = regexp.MustCompile(`^(?:hints?|tips?|подсказк[аи]|hinweis|pista|提示)\b`)
	itemLabel  = regexp.MustCompile(`^(?:\*\*|__)?\s*(?:(q|question|frage|pregunta|вопрос|问题)|(exercise|exercice|ejercicio|problem|task|aufgabe|ubung|übung|challenge|задание|задача|упражнение|practice|练习|习题|activity|homework))\s*(?:№\s*)?#?\s*(\d+(?:[.\-]\d+)*\.?[a-zа-я]?)?\s*(?:[:.)\-–—]|\s|$)`)
	notAPlace  = regexp.MustCompile(`faq|часто\sзада|остались\sвопрос|есть\sвопросы|more\squestions|any\squestions|questions\?$|learning\s(?:objectives|outcomes|goals)|цел[ьи]\s|outline|overview|agenda|содержание|оглавление|table\sof\scontents|submi|grading|rubric|prerequisite|оценк|сдач|как\sчитать|задавать\sвопрос|ask\s(?:a\s)?questions?`)
)

// place tells what a heading or a label opens: questions, exercises, or nothing.
func place(title string) (decks.Kind, bool) {
	f := fold.Fold(title)
	if len([]rune(f)) > 90 || notAPlace.MatchString(f) {
		return "", false
	}
	if strings.HasSuffix(f, "?") && len(strings.Fields(f)) > 4 {
		return "", false
	}
	ex, q := exercisePlace.FindStringIndex(f), questionPlace.FindStringIndex(f)
	switch {
	case ex != nil && (q == nil || ex[0] <= q[0]):
		return decks.Exercise, true
	case q != nil:
		return decks.Question, true
	}
	return "", false
}

// difficultyOf reads a mark of difficulty that stands alone: "Сложные:", "★★☆",
// "Level 3", "[H]".
func difficultyOf(s string) (decks.Difficulty, bool) {
	f := strings.Trim(fold.Fold(s), " :.()[]*—-")
	switch f {
	case "e", "легкие", "легкий", "легкая", "просто", "простые", "easy", "easier", "fundamental", "basic", "leicht", "facil", "★", "⭐", "★☆☆", "level 1", "уровень 1":
		return decks.Easy, true
	case "m", "средние", "средний", "средняя", "medium", "intermediate", "a bit spicy", "mittel", "★★", "⭐⭐", "★★☆", "level 2", "уровень 2":
		return decks.Medium, true
	case "h", "сложные", "сложный", "сложная", "сложнее", "трудные", "трудный", "со звездочкой", "hard", "harder", "difficult", "advanced", "advance", "stretch", "challenging", "schwer", "dificil", "★★★", "⭐⭐⭐", "level 3", "уровень 3":
		return decks.Hard, true
	}
	f = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(f, " questions"), " exercises"))
	f = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(f, " вопросы"), " задания"))
	switch f {
	case "easy", "легкие", "простые":
		return decks.Easy, true
	case "medium", "средние":
		return decks.Medium, true
	case "hard", "advanced", "сложные", "трудные":
		return decks.Hard, true
	}
	return "", false
}

var chip = regexp.MustCompile(`\s*(?:\[([EMH])\]|\((easy|medium|hard|advanced|легко|средне|сложно|сложная|сложный|легкая)\)|(★+☆*|⭐+))\s*`)

// chipOf takes a mark of difficulty out of an item's text.
func chipOf(s string) (decks.Difficulty, string) {
	m := chip.FindStringSubmatchIndex(s)
	if m == nil {
		return "", s
	}
	at := strings.TrimSpace(s[m[0]:m[1]])
	d, ok := difficultyOf(at)
	if !ok {
		switch fold.Fold(strings.Trim(at, "()")) {
		case "легко", "легкая":
			d = decks.Easy
		case "средне":
			d = decks.Medium
		case "сложно", "сложная", "advanced":
			d = decks.Hard
		default:
			return "", s
		}
	}
	return d, strings.TrimSpace(s[:m[0]] + " " + s[m[1]:])
}

// labelOf splits "Exercise 3.1: Title" into what it labels and the rest. It is
// a label only with a number or an end ("Задание:").
func labelOf(text string) (kind decks.Kind, rest string, ok bool) {
	f := strings.ToLower(text)
	m := itemLabel.FindStringSubmatchIndex(f)
	if m == nil || len(f) != len(text) {
		return "", "", false
	}
	numbered := m[6] >= 0
	end := text[:m[1]]
	if !numbered && !strings.ContainsAny(end, ":–—") {
		return "", "", false
	}
	rest = strings.TrimLeft(text[m[1]:], " :.)-–—*_")
	if m[2] >= 0 {
		return decks.Question, rest, true
	}
	return decks.Exercise, rest, true
}

// furniture tells the lines every site carries.
func furniture(text string) bool {
	return furnitureLine.MatchString(fold.Fold(plain(text)))
}

var furnitureLine = regexp.MustCompile(`^(?:перейти\sк\s(?:основному\s)?содерж|skip\sto\s(?:main\s)?content|jump\sto\s|edit\sthis\spage|редактировать\sстраницу|was\sthis\s(?:page\s)?helpful|была\sли\s.*полезн|остались\sвопросы|table\sof\scontents|содержание$|оглавление$|on\sthis\spage|на\sэтой\sстранице|previous$|next$|назад$|далее$|вперед$|(?:предыдущая|следующая)\s(?:страница|лекция|глава)|copyright|©|cookie|мы\sиспользуем\scookie|we\suse\scookies|войти$|sign\sin$|log\sin$|поделиться$|share$|last\supdated|обновлено|menu$|меню$|search$|поиск$)`)

// asks tells whether a text is a question or a command to the learner.
func asks(s string) bool {
	return strings.ContainsAny(s, "?？")
}
