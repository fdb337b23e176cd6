package source

import (
	"strings"

	"lectern/decks"
)

// keyword is what a word at the start of a line means.
type keyword struct {
	kind  decks.Kind  // begins a card
	field decks.Field // begins a text of it
	mark  mark        // a mark of the card, one line
}

type mark int

const (
	noMark mark = iota
	tagsMark
	difficultyMark
)

var (
	question    = keyword{kind: decks.Question, field: decks.Front}
	exercise    = keyword{kind: decks.Exercise, field: decks.Front}
	cloze       = keyword{kind: decks.Cloze, field: decks.Front}
	choice      = keyword{kind: decks.Choice, field: decks.Front}
	answer      = keyword{field: decks.Back}
	hint        = keyword{field: decks.Hint}
	explanation = keyword{field: decks.Explanation}
	source      = keyword{field: decks.Source}
	tags        = keyword{mark: tagsMark}
	difficulty  = keyword{mark: difficultyMark}
)

// keywordWords are the full words. The first of each language is written.
var keywordWords = map[string]keyword{
	"Question": question, "Вопрос": question,
	"Exercise": exercise, "Упражнение": exercise, "Задача": exercise, "Задание": exercise,
	"Cloze": cloze, "Gaps": cloze, "Пропуски": cloze,
	"Choice": choice, "Test": choice, "Тест": choice,
	"Answer": answer, "Ответ": answer,
	"Hint": hint, "Подсказка": hint,
	"Explanation": explanation, "Пояснение": explanation,
	"Source": source, "Источник": source,
	"Tags": tags, "Теги": tags, "Метки": tags,
	"Difficulty": difficulty, "Сложность": difficulty,
}

// keywordLetters are the single letters. A Cyrillic letter that looks like a
// Latin one means the same; where the two alphabets would differ, as for С, the
// Latin meaning holds.
var keywordLetters = map[string]keyword{
	"Q": question, "В": question, "B": question,
	"E": exercise, "Е": exercise, "У": exercise, "Y": exercise,
	"C": cloze, "С": cloze, "П": cloze,
	"M": choice, "М": choice, "T": choice, "Т": choice,
	"A": answer, "А": answer, "О": answer, "O": answer,
	"H": hint, "Н": hint,
	"X": explanation, "Х": explanation,
	"S": source,
}

// names are the words written, by language.
type names struct {
	kinds            map[decks.Kind]string
	fields           map[decks.Field]string
	tags, difficulty string
	difficulties     map[decks.Difficulty]string
}

var english = names{
	kinds:  map[decks.Kind]string{decks.Question: "Question", decks.Exercise: "Exercise", decks.Cloze: "Cloze", decks.Choice: "Choice"},
	fields: map[decks.Field]string{decks.Back: "Answer", decks.Hint: "Hint", decks.Explanation: "Explanation", decks.Source: "Source"},
	tags:   "Tags", difficulty: "Difficulty",
	difficulties: map[decks.Difficulty]string{decks.Easy: "easy", decks.Medium: "medium", decks.Hard: "hard"},
}

var russian = names{
	kinds:  map[decks.Kind]string{decks.Question: "Вопрос", decks.Exercise: "Упражнение", decks.Cloze: "Пропуски", decks.Choice: "Тест"},
	fields: map[decks.Field]string{decks.Back: "Ответ", decks.Hint: "Подсказка", decks.Explanation: "Пояснение", decks.Source: "Источник"},
	tags:   "Теги", difficulty: "Сложность",
	difficulties: map[decks.Difficulty]string{decks.Easy: "легко", decks.Medium: "средне", decks.Hard: "сложно"},
}

// of is the full word of a keyword.
func (w names) of(k keyword) string {
	switch {
	case k.kind != "":
		return w.kinds[k.kind]
	case k.mark == tagsMark:
		return w.tags
	case k.mark == difficultyMark:
		return w.difficulty
	}
	return w.fields[k.field]
}

func namesFor(lang string) names {
	if lang == "ru" || strings.HasPrefix(lang, "ru-") {
		return russian
	}
	return english
}

var difficultyWords = map[string]decks.Difficulty{
	"easy": decks.Easy, "легко": decks.Easy, "лёгкая": decks.Easy, "легкая": decks.Easy, "лёгкий": decks.Easy, "легкий": decks.Easy,
	"medium": decks.Medium, "средне": decks.Medium, "средняя": decks.Medium, "средний": decks.Medium,
	"hard": decks.Hard, "сложно": decks.Hard, "сложная": decks.Hard, "сложный": decks.Hard,
	"трудно": decks.Hard, "трудная": decks.Hard, "трудный": decks.Hard,
}

// keywordAt reads a keyword from the start of a line: the word as it stands and
// what follows the colon. A letter needs a space after its colon, so that a path
// such as C:\x stays text.
func keywordAt(line string) (k keyword, word, rest string, ok bool) {
	head, rest, found := strings.Cut(line, ":")
	if !found || len(head) > 40 {
		return keyword{}, "", "", false
	}
	word = strings.TrimRight(head, " \t")
	if k, ok = keywordWords[word]; ok {
		return k, word, strings.TrimLeft(rest, " \t"), true
	}
	if k, ok = keywordLetters[head]; ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
		return k, head, strings.TrimLeft(rest, " \t"), true
	}
	return keyword{}, "", "", false
}

// nearKeyword reports a word before a colon at the start of a line that is a
// keyword but for one letter or its case.
func nearKeyword(line string) (word string, near bool) {
	head, _, found := strings.Cut(line, ":")
	head = strings.TrimRight(head, " \t")
	if !found || len(head) > 40 || head == "" || strings.ContainsAny(head, " \t\\") {
		return "", false
	}
	if _, exact := keywordWords[head]; exact {
		return "", false
	}
	const shortest = 5
	got := []rune(head)
	for k := range keywordWords {
		want := []rune(k)
		if strings.EqualFold(k, head) || len(want) >= shortest && oneApart(got, want) {
			return head, true
		}
	}
	return "", false
}

// oneApart reports whether one letter lost, added, replaced or swapped with its
// neighbour makes a into b.
func oneApart(a, b []rune) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return max(len(a), len(b)) == 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}
