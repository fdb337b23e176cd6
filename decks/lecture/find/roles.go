package find

import (
	"slices"
	"strings"

	"lectern/decks/fold"
)

// role says what a box is for.
type role int

const (
	transparent role = iota // what stands in it counts as if it stood outside
	task                    // a question or an exercise
	quizBox
	choiceBox
	solution
	hint
	whyBox
	goals
	remark // a note, a warning: belongs to what it stands in
	opens  // something that opens; its title says what
)

var boxRoles = []struct {
	role  role
	words map[string]bool
}{
	{choiceBox, wordSet(`choices options answers-list mchoice-options`)},
	{whyBox, wordSet(`explanation rationale feedback`)},
	{solution, wordSet(`solution solutions answer answers soln sol lösung respuesta solución corrige ответ решение soln-block hint-solution answer-key solution-block spoiler-solution solutionbox`)},
	{hint, wordSet(`hint hints clue подсказка`)},
	{goals, wordSet(`objectives keypoints questions overview prereq prerequisites prerequisite objective learning-objectives learning-goals learningobjectives agenda testimonial instructor instructor-note key-points summary attachments yml
		outcomes goals toc contents references metadata tldr abstract`)},
	{quizBox, wordSet(`quiz mchoice multichoice multiple-choice multiplechoice fillintheblank shortanswer clickablearea dragndrop mcq poll checkbox-question radio-question course-question quizz quizdown selectquestion`)},
	{task, wordSet(`ejercicios exercices aufgaben übungen esercizi exercícios exercise exercises exo challenge challenges question task tasks problem problems assignment homework activity checkpoint activecode exr exr-block tryit try try-it your-turn yourturn todo-exercise practice ex selfcheck self-check knowledge-check
		knowledge prob probs assignments lab workout project exploration investigation discussion-exercise aufgabe übung задание упражнение задача вопрос ejercicio exercice activité activite tarea tâche frage pregunta esercizio domanda opgave zadanie zadacha reto practice-problem challenge-block callout-exercise callout-question conceptcheck bonus puzzle quest drill`)},
	{remark, wordSet(`note notes tip tips warning important caution danger info attention seealso see-also admonition callout remark sidebar aside example examples theorem definition lemma proof proposition corollary abstract quote blockquote success failure bug discussion
		testimonial highlight box block alert panel card margin output figure table spoiler`)},
	{opens, wordSet(`details accordion collapsible collapse dropdown toggle expander spoiler reveal foldable solution-toggle togglebutton`)},
}

// roleOf says what a box is for by its name and its title.
func (f *finder) roleOf(i int) role {
	b := &f.p.Blocks[i]
	title := fold.Fold(trimTitle(f.text(i)))
	if title != "" {
		switch {
		case teachers.MatchString(title), goalsTitle.MatchString(title) && b.Mark != "":
			return goals
		case answersTitle.MatchString(title) || showsTitle.MatchString(title) && slices.Contains(strings.Fields(b.Mark), "details"):
			return solution
		case hintTitle.MatchString(title):
			return hint
		}
	}
	if b.Mark == "room" { // text above a cell to be filled in
		if f.wants(f.children(i)) {
			return task
		}
		return transparent
	}
	words := strings.Fields(b.Mark)
	for _, r := range boxRoles {
		for _, w := range words {
			if r.role == solution && (strings.HasPrefix(w, "sol-") || strings.HasPrefix(w, "soln-")) && w != "sol-toggle" {
				return solution
			}
			if !r.words[w] && !r.words[strings.TrimPrefix(strings.TrimPrefix(w, "callout-"), "admonition-")] {
				continue
			}
			switch r.role {
			case remark, opens:
				if f.titledTask(i, title) {
					return task
				}
			case goals:
				if w == "questions" && b.Text != "" {
					return task
				}
			case solution, hint:
				if slices.Contains(words, "exercise") || slices.Contains(words, "question") && w != "answer" && w != "solution" {
					continue
				}
			}
			return r.role
		}
	}
	if f.titledTask(i, title) {
		return task
	}
	return transparent
}

// showsTitle is the title of something that opens and tells no more than that.
var showsTitle = mustCompile(`^(?:` + anyOf(`show(?:_me)? reveal click_(?:here_)?to_(?:see|show|reveal|expand|view)(?:_(?:it|the_(?:answer|solution)))? cliquez_(?:ici_)?pour_voir(?:_la)?(?:_(?:solution|réponse|correction))? показать ver mostrar clique_(?:aqui_)?para_ver.{0,20} anzeigen aufklappen mostra`) + `|点击(?:查看|展开)|展开)$`)

// titledTask tells whether a box's title makes it a task: "Exercise 1.1: Loops".
func (f *finder) titledTask(i int, folded string) bool {
	if folded == "" {
		return false
	}
	if l, ok := labelOf(f.text(i)); ok && l.kind != "" {
		return true
	}
	if m := practiceTitle.FindStringIndex(folded); m != nil && (f.wants(f.children(i)) || commands(folded[m[1]:])) {
		return true
	}
	p, ok := place(folded)
	return ok && (!p.weak || f.wants(f.children(i))) || startsExercise.MatchString(folded)
}

// practiceTitle is the title of a box in which something is tried.
var practiceTitle = mustCompile(`^(?:` + anyOf(`practice practise (?:time_to|let's)_practi[cs]e hands-on практика попрактикуемся práctica a_practicar prática pratique à_vous_de_jouer praxis`) + `)(?:\s*[:.!–—-]\s*|$)`)
