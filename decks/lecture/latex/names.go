package latex

import (
	"regexp"
	"strings"
)

// itemWords are names of tasks and what belongs to them: commands with these
// names that a page does not explain are boxes.
var itemWords = set(`exercise problem task question solution answer hint exo miniexo exercice activite activité aufgabe uebung übung tarea loesung lösung ejercicio esercizio soluzione solucion
	homework assignment challenge ex exer prob sol ans quest zadanie zadacha problempart
	задача задание упражнение вопрос решение ответ указание подсказка пример 习题 练习 解答`)

// solutionWords are those of them that answer.
var solutionWords = set("solution answer hint loesung lösung soluzione solucion sol ans решение ответ указание подсказка 解答")

// abbreviations are names of environments that pages use without declaring them.
var abbreviations = map[string]string{
	"ques": "question", "qn": "question", "ex": "exercise", "exer": "exercise", "exr": "exercise", "exo": "exercise", "prob": "problem", "sol": "solution", "soln": "solution",
	"ans": "answer", "thm": "theorem", "lem": "lemma", "defn": "definition", "prop": "proposition", "cor": "corollary", "rmk": "remark", "pf": "proof", "eg": "example",
	"eoce":    "exercise", // of OpenIntro: end of chapter exercise
	"miniexo": "exercise", "problempart": "problem",
	"freeresponse": "solution", // of Ximera: what the teacher would answer
}

// foreign are the names of tasks and solutions in languages whose words for them
// the rules do not all know, as environments have them and as pages print them.
var foreign = func() map[string]string {
	m := map[string]string{}
	for word, names := range map[string]string{
		"exercise": `activite activité tarea actividad esercizio exercício exercicio atividade uebung uebungsaufgabe übungsaufgabe hausaufgabe uprazhnenie upraznenie zadanie zadatak
			cviceni cvičení uloha úloha ukol úkol feladat opgave oppgave uppgift ovning övning harjoitus tehtava tehtävä oefening вправа завдання 練習 演習 연습문제 alistirma alıştırma`,
		"problem":  `problema probleme problème`,
		"question": `frage pregunta domanda pergunta vopros kysymys otazka otázka pytanie`,
		"solution": `loesung solucion soluzione solução solucao solucion corrige correction reshenie reponse réponse antwort otvet reseni řešení rozwiazanie rozwiązanie
			megoldas megoldás uitwerking løsning losning lösning ratkaisu`,
		"hint": `indication astuce hinweis tipp pista aiuto ukazanie podskazka`,
	} {
		for _, name := range strings.Fields(names) {
			m[name] = word
		}
	}
	return m
}()

// plainName is what a box is by the name of its environment or command: the word
// that an abbreviation stands for, or that a name of the page's own is made of
// (probtag, homeworkProblem).
func plainName(name string) string {
	if long := abbreviations[name]; long != "" {
		return long
	}
	if word := foreign[name]; word != "" {
		return word
	}
	for _, n := range compounds {
		if !strings.HasPrefix(name, n.part) && (len(n.part) < 6 || !strings.HasSuffix(name, n.part)) {
			continue
		}
		if severalTasks.MatchString(name) {
			return name
		}
		if m := answering.FindString(name[len(n.part):]); m != "" {
			return plainName(m)
		}
		return n.word
	}
	return name
}

var (
	severalTasks = regexp.MustCompile(`(?:s|set|list|sheet|section|group|naire)$|^probab|enum`)
	answering    = regexp.MustCompile(`sol|ans|hint`)
)

// compounds are the parts of names that say what an environment is.
var compounds = []struct{ part, word string }{
	{"problem", "problem"}, {"prob", "problem"}, {"exercise", "exercise"}, {"exer", "exercise"}, {"task", "task"}, {"question", "question"}, {"quest", "question"}, {"zadach", "problem"},
	{"exo", "exercise"}, {"exercice", "exercise"}, {"ejercicio", "exercise"}, {"aufgabe", "exercise"}, {"uebung", "exercise"}, {"activite", "exercise"}, {"activité", "exercise"},
}

// withoutPoints takes off a title what the task is worth: "Sums [2 pts]", "Sums, 7pts".
func withoutPoints(title string) string {
	return strings.TrimSpace(points.ReplaceAllString(title, ""))
}

var points = regexp.MustCompile(`(?i)(?:^|\s*(?:,\s*|\(|\[|&#91;))\s*\+?\d{1,3}(?:[.,]\d)?\s*(?:pts?\.?|points?|marks?|punkte?|puntos?|punti|балл(?:а|ов)?)(?:\s*\([^()]*\))?\s*(?:\)|\]|&#93;)?$`)
