package find

import (
	"strings"
	"unicode"

	"lectern/decks"
	"lectern/decks/fold"
)

var (
	easyWords   = mustCompile(`^(?:` + anyOf(`e easy easier basic beginner fundamentals? warm-?up introductory simple легки[ейх]\p{L}* легк\p{L}+ легко прост\p{L}+ просто базов\p{L}+ начальн\p{L}+ leicht einfach fácil fáciles básico facile basique débutant junior 简单 容易 基础 入门 👶`) + `)$`)
	mediumWords = mustCompile(`^(?:` + anyOf(`m medium intermediate moderate a_bit_spicy средн\p{L}+ средне mittel medio media intermedio moyen intermédiaire middle 中等 普通 一般`) + `)$`)
	hardWords   = mustCompile(`^(?:` + anyOf(`h hard harder difficult advanced? stretch challenging expert tricky very_hard сложн\p{L}+ сложно трудн\p{L}+ трудно продвинут\p{L}+ повышенн\p{L}+_сложност\p{L}+ со_зв[её]здочкой schwer schwierig fortgeschritten difícil difíciles avanzado difficile avancé senior 困难 难 较难 进阶 高级 🚀`) + `)$`)
	levelWord   = mustCompile(`^(?:level|уровень|niveau|nivel|stufe|tier)\s*([1-5])$|^第?([一二三])(?:层级|级|关)$`)
	nounAfter   = mustCompile(`\s+(?:` + anyOf(`questions? exercises? problems? tasks? level difficulty вопросы вопрос задани[яе] задач[аи] упражнени[яе] уровень fragen aufgaben preguntas ejercicios exercices`) + `)$`)
	nounBefore  = mustCompile(`^(?:` + anyOf(`difficulty level сложность уровень_сложности уровень schwierigkeit dificultad difficulté exercises? questions? упражнения задания вопросы练习`) + `)\s*[:—–-]\s*`)
	chip        = mustCompile(`\s*(?:\[([^\[\]]{1,30})\]|\(([^()]{1,30})\)|【[^【】]{1,12}】|（[^（）]{1,12}）|\x{200d}?[👶🚀]️?|((?:★|⭐|🌟|☆){1,5}️?|🌶+️?))\s*`)
)

// difficultyOf reads a mark of difficulty that stands alone: "Hard:", "★★☆",
// "Level 3", "[H]", "Exercises: Level 1".
func difficultyOf(s string) (decks.Difficulty, bool) {
	f := strings.Trim(fold.Fold(s), " :.()[]*_—-\u00a0")
	if len(f) > 60 {
		return "", false
	}
	f = nounBefore.ReplaceAllString(f, "")
	f = strings.TrimSpace(nounAfter.ReplaceAllString(f, ""))
	if m := starWords.FindStringSubmatch(f); m != nil {
		return [...]decks.Difficulty{decks.Easy, decks.Easy, decks.Medium, decks.Hard, decks.Hard}[m[1][0]-'1'], true
	}
	if d, ok := stars(f); ok {
		return d, true
	}
	if m := levelWord.FindStringSubmatch(f); m != nil {
		switch m[1] + m[2] {
		case "1", "一":
			return decks.Easy, true
		case "2", "二":
			return decks.Medium, true
		}
		return decks.Hard, true
	}
	switch {
	case easyWords.MatchString(f):
		return decks.Easy, true
	case mediumWords.MatchString(f):
		return decks.Medium, true
	case hardWords.MatchString(f):
		return decks.Hard, true
	}
	return "", false
}

// starWords are the marks of Software Foundations: "2 stars, standard, optional".
var starWords = mustCompile(`^([1-5]) stars?(?:, .{0,40})?$`)

var difficultyTail = mustCompile(`(?i)[\s:—–(-]+(?:level|уровень|niveau|nivel)\s*\d\)?\s*$`)

// placeNamed tells whether a mark of difficulty is the heading of tasks too:
// "Exercises: Level 1".
func placeNamed(text string) bool {
	_, ok := place(fold.Fold(difficultyTail.ReplaceAllString(text, "")))
	return ok
}

// stars reads "★★☆", and of five "★★★★☆".
func stars(f string) (decks.Difficulty, bool) {
	full := strings.Count(f, "★") + strings.Count(f, "⭐") + strings.Count(f, "🌟") + strings.Count(f, "🌶")
	empty := strings.Count(f, "☆")
	if full == 0 || strings.Trim(f, "★⭐🌟☆🌶\ufe0f ") != "" {
		return "", false
	}
	if full+empty > 3 {
		full = (full + 1) / 2
		if full > 3 {
			full = 3
		}
	}
	return [...]decks.Difficulty{decks.Easy, decks.Medium, decks.Hard}[min(full, 3)-1], true
}

// codeStars are stars that a page keeps from being marks: "`**` Explain …".
var codeStars = mustCompile("^\\s*`(\\*{1,5})`\\s+")

// chipOf takes a mark of difficulty out of an item's text, and what else stands in
// brackets about the item and not of it: points, time, "optional".
func chipOf(s string) (d decks.Difficulty, rest string) {
	rest = s
	if m := codeStars.FindStringSubmatchIndex(s); m != nil {
		return [...]decks.Difficulty{decks.Easy, decks.Medium, decks.Hard}[min(m[3]-m[2], 3)-1], s[m[1]:]
	}
	for range 3 {
		var cutAt []int
		for _, m := range chip.FindAllStringSubmatchIndex(rest, 40) {
			if within := m[1] < len(rest) && m[0] > 24; within && (!strings.ContainsAny(rest[m[0]:m[1]], "★⭐🌟☆🌶👶🚀") || unicode.IsLower(firstRune(rest[m[1]:]))) {
				continue // within the sentence
			}
			in := strings.TrimSpace(strings.Trim(strings.TrimSpace(rest[m[0]:m[1]]), "()[]（）【】\u200d\ufe0f"))
			if got, ok := chipWords(in); ok {
				if got != "" && d == "" {
					d = got
				}
				cutAt = m[:2]
				break
			}
		}
		if cutAt == nil {
			break
		}
		before, after := strings.TrimRight(rest[:cutAt[0]], " "), strings.TrimLeft(rest[cutAt[1]:], " ")
		sep := " "
		if before == "" || after == "" || strings.HasPrefix(after, "*") || strings.ContainsAny(after[:1], ".,:;?!") {
			sep = ""
		}
		rest = before + sep + after
	}
	return d, rest
}

var about = mustCompile(`^(?:` + anyOf(`optional bonus recommended practice extra (?:\d+|one|two)_?(?:points?|pts?|marks?|%)(?:_.{0,15})? \d+(?:\.\d+)?_?(?:балл\p{L}*|очк\p{L}+) ~?\d+(?:-\d+)?_?(?:min|mins|minutes|мин|минут\p{L}*|minuten)\.? по_желанию необязательн\p{L}+ бонус freiwillig opcional facultatif`) + `)$`)

func chipWords(in string) (decks.Difficulty, bool) {
	var d decks.Difficulty
	for w := range strings.SplitSeq(in, ",") {
		got, ok := difficultyOf(w)
		if !ok && !about.MatchString(fold.Fold(strings.TrimSpace(w))) {
			return "", false
		}
		if got != "" {
			d = got
		}
	}
	return d, true
}
