package find

import (
	"strings"

	"lectern/decks"
	"lectern/decks/fold"
)

// placement is what a heading or a label opens.
type placement struct {
	kind   decks.Kind
	single bool // one task, not a list of them
	loose  bool // its word also names subjects: a numbered list is of items
	weak   bool // only entries that ask or command are items
	strict bool // homework: much else stands there
	quiz   bool
	topics bool // of an exam, so that each entry is one whatever its form
}

var (
	leading   = mustCompile(`^(?:[^\p{L}\p{N}]+|(?:chapter|глава|lecture|лекция|kapitel|section|раздел|unit|module|модуль|week|неделя|woche|semana|semaine|day|день|tag|día|jour|lesson|урок|lektion|part|часть|session)\s+\d[\d.]*[\s:.–—-]*|\d+(?:\.\d+)*[.):]?\s+|第.{1,3}[章节讲]\s*)+`)
	trailing  = mustCompile(`(?:\s*[(\[{][^()\[\]]{0,40}[)\]}]|[\s:.!*_…]+|\s*\d+)$`)
	quizWord  = mustCompile(notLetterBefore + `(?:quiz\p{L}*|qcm|test|тест\p{L}*|cuestionario|multiple(?:-|\s)choice|викторин\p{L}*)` + notLetterAfter + `|测验|单选题|多选题|选择题|判断题|是非题|自测|小测`)
	article   = mustCompile(`^(?:(?:the|der|die|das|el|la|los|las|le|les|il|lo|un|une|una|eine?|o|a|an)\s+|l['’])((?:challenge|exercise|assignment|homework|activit|ejercicio|reto|desafío|défi|exercice|devoir|aufgabe|übung|exercício|desafio|esercizi|sfida)\p{L}*)$`)
	startsFor = mustCompile(`^(?:` + anyOf(`for on about to in of from and by with at для по к на о об про из в и с zu zur zum für über auf de del sobre para a sur pour du des specific específicas avanzadas generales`) + `|[–—:(|,-])`)
)

// place tells what a folded title opens: questions, exercises, or nothing.
func place(title string) (placement, bool) {
	t := trimTitle(strings.Trim(leading.ReplaceAllString(title, ""), "-"))
	for range 3 {
		t = strings.TrimSpace(trailing.ReplaceAllString(t, ""))
	}
	if m := article.FindStringSubmatch(t); m != nil {
		t = m[1]
	}
	if a, b, ok := strings.Cut(t, " / "); ok { // one title in two languages
		if p, ok := place(a); ok {
			return p, true
		}
		return place(b)
	}
	if bothTitle.MatchString(t) {
		return placement{kind: decks.Question}, true
	}
	if t == "" || len([]rune(t)) > 100 || notAPlace.MatchString(t) && !selfCheck.MatchString(t) {
		return placement{}, false
	}
	if strings.HasSuffix(strings.TrimSpace(title), "?") && len(strings.Fields(t)) > 3 {
		return placement{}, false
	}
	p := placement{quiz: quizWord.MatchString(t)}
	if selfCheck.MatchString(t) {
		p.kind = decks.Question
		p.weak = !questionWord.MatchString(t)
		p.loose = p.weak
		return p, true
	}
	if examTopics.MatchString(t) {
		p.kind, p.topics = decks.Question, true
		return p, true
	}
	if placeHomework.MatchString(t) {
		p.kind, p.strict = decks.Exercise, true
		if p.quiz {
			p.kind = decks.Question
		}
		p.single = !strings.HasPrefix(t, "quizz")
		return p, true
	}
	if variantTitle.MatchString(t) && t != "version" || variantTitle.MatchString(trimTitle(title)) {
		p.kind, p.strict = decks.Exercise, true
		return p, true
	}
	if placeOne.MatchString(t) {
		p.kind, p.single = kindOfWord(t), true
		return p, true
	}
	if m := placeStarts.FindStringSubmatchIndex(t); m != nil {
		rest := strings.TrimSpace(t[m[1]:])
		words := len(strings.Fields(rest))
		if m[2] >= 0 {
			p.kind = decks.Question
		} else {
			p.kind = decks.Exercise
		}
		// "Questions on loops" is a place, "Tests pass" or "Questions matter" is not.
		if rest == "" || startsFor.MatchString(t[m[1]-boundary(t, m[1]):]) || startsFor.MatchString(rest) || words <= 2 {
			return p, true
		}
		return placement{}, false
	}
	if placeLoose.MatchString(t) {
		p.kind, p.weak, p.loose = decks.Exercise, true, true
		return p, true
	}
	if m := placeEnds.FindStringSubmatchIndex(t); m != nil && len(strings.Fields(t)) <= 8 {
		p.kind = decks.Exercise
		if m[2] >= 0 {
			p.kind = decks.Question
		}
		return p, true
	}
	if m := inHan(placeHan, t); m != "" && len([]rune(t)) <= 16 {
		p.kind = decks.Exercise
		if hanQuestions.MatchString(t) {
			p.kind = decks.Question
		}
		return p, true
	}
	if head, _, ok := strings.Cut(t, ": "); ok && head != t { // "Python exercises: functions"
		if p, ok := place(head); ok && !p.single && !p.weak {
			return p, true
		}
	}
	if weakPlace.MatchString(t) {
		return placement{kind: decks.Question, weak: true}, true
	}
	return placement{}, false
}

// bothTitle names questions with their answers.
var bothTitle = mustCompile(`^(?:` + anyOf(`q_&_a questions_(?:and|&)_answers вопросы_и_ответы fragen_und_antworten preguntas_y_respuestas questions_et_réponses perguntas_e_respostas`) + `)$`)

// isPlace tells whether a title opens a place.
func isPlace(title string) bool {
	_, ok := place(fold.Fold(title))
	return ok
}

// boundary is 1 when a match took the sign after its word with it.
func boundary(t string, at int) int {
	if at > 0 && at < len(t) {
		return 1
	}
	return 0
}

var questionWord = mustCompile(`question|frage|pregunta|вопрос|quiz|pergunta|domanda`)

func kindOfWord(t string) decks.Kind {
	if questionWord.MatchString(t) {
		return decks.Question
	}
	return decks.Exercise
}

// traits are what a page is as a whole.
type traits struct {
	title       string
	qa          bool                        // questions with their answers
	asks        [7]bool                     // by level: a good part of the headings ask or command
	toldEntries bool                        // numbered entries ask, and what stands in them answers
	labelAsks   bool                        // paragraphs labelled as questions have their answers below
	quoted      int                         // headings that are numbers with a quotation below
	open        bool                        // cells of the notebook are left to fill in
	sheet       [7]int                      // by level: headings of tasks on a numbered sheet
	counted     [7]int                      // by level: headings with a number of parts, "7.11: …"
	quotedTasks int                         // headings of tasks with a quotation below
	emptyRooms  bool                        // paragraphs of a notebook ask before empty cells
	pointed     [7]int                      // by level: headings that say what their tasks are worth
	rooms       [7]bool                     // by level: headings of a notebook command, and an empty cell follows
	topics      bool                        // its title says so, so that headings are questions in whatever form
	faq         bool                        // about the course
	legend      map[string]decks.Difficulty // what signs behind a question mean
	places      int                         // headings below the title that are places
	codedLists  bool                        // entries of numbered lists are each followed by code
	coded       bool                        // numbered items are each followed by code, which answers them
}

// enter is the scope in a place.
func (c scope) enter(p placement) scope {
	c.place, c.single, c.strict, c.loose, c.quiz, c.topics = p.kind, p.single, p.weak || p.strict, p.loose, p.quiz, p.topics
	c.level, c.handed = "", false
	return c
}

func foldTitle(s string) string { return fold.Fold(trimTitle(s)) }

// inHan matches a pattern of signs of the East, which few texts have.
func inHan(p *pattern, s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x2e80 }) {
		return ""
	}
	return p.FindString(s)
}
