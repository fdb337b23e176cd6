package find

import (
	"strings"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// A page of one task says so by what it wants: a program, a function, a proof.
var makes = mustCompile(`(?:^|[.!:]\s+|\n)(?:` + anyOf(`(?:please_)?(?:write|implement|create|develop|build|design|complete|define)_(?:\p{L}+_){0,3}(?:function|program|script|code|class|module|method|query|algorithm|application|app|predicate|procedure|macro|solution)s?
	(?:напишите|напиши|реализуйте|реализуй|создайте|создай|разработайте|написать|реализовать|создать)_(?:\p{L}+_){0,3}(?:функци\p{L}+|программ\p{L}+|скрипт\p{L}*|код|класс\p{L}*|модул\p{L}+|метод\p{L}*|запрос\p{L}*|алгоритм\p{L}*|приложени\p{L}+)
	(?:schreibe|schreiben_sie|erstelle|erstellen_sie|implementiere|implementieren_sie|programmiere|entwickle)_(?:\p{L}+_){0,3}(?:funktion|programm|skript|klasse|methode|anwendung|\p{L}*klasse|algorithmus)
	(?:escribe|escriba|crea|cree|implementa|implemente|desarrolla)_(?:\p{L}+_){0,3}(?:función|programa|script|código|clase|método|consulta|algoritmo|aplicación)
	(?:faça|crie|escreva|desenvolva|implemente|elabore|construa)_(?:\p{L}+_){0,3}(?:programa|algoritmo|script|função|código|classe|método|calculadora)
	(?:écrivez|écrire|écris|créez|implémentez|programmez)_(?:\p{L}+_){0,3}(?:fonction|programme|script|code|classe|méthode|requête|algorithme)`) + `)` + notLetterAfter + `|编写一个?.{0,24}?(?:函数|程序|脚本|类)|实现一个?.{0,24}?(?:函数|程序|类|算法)|你的程序(?:将|会|需要|应该)|(?:your program|ваша программа|tu programa|su programa|votre programme|ton programme|dein programm|ihr programm) (?:will|should|must|takes|has to|должна|debe|deberá|doit|devra|soll|muss)`)

// youWrite says what the reader is going to make.
var youWrite = mustCompile(notLetterBefore + `(?:` + anyOf(`you(?:_will|'ll|_must|_are_to|_have_to)_(?:now_|then_|first_)?(?:write|implement|build|create|develop)_(?:\p{L}+[\s-]){0,4}(?:program|function|script|class|module|application|app|utility|server|shell|tool)`) + `)` + notLetterAfter)

// ofWork are words for what is handed in.
var ofWork = mustCompile(notLetterBefore + `(?:project|assignment|homework|exercise|lab|warm-?up)` + notLetterAfter)

// ofExercise is a page's word for itself.
var ofExercise = mustCompile(notLetterBefore + `(?:` + anyOf(`(?:in|for)_this_(?:exercise|challenge|kata),? (?:в|для)_(?:этом|этого|данном)_(?:упражнени[ия]|задани[ия]) (?:in|für)_diese[rm]?_(?:übung|aufgabe) (?:en|para)_este_(?:ejercicio|reto) (?:dans|pour)_cet_exercice neste_exercício`) + `)` + notLetterAfter + `|(?:在)?(?:这个|本)练习`)

// oneTask makes an item of a page that is a task as a whole: short, no place of
// tasks in it, and somewhere it says what is to be made.
func (f *finder) oneTask(top []int) {
	words, at := 0, -1
	for i := range f.p.Blocks {
		b := &f.p.Blocks[i]
		if b.Hidden || b.Kind != page.Paragraph {
			continue
		}
		words += wordsIn(b.Text)
		if at < 0 && (youWrite.MatchString(fold.Fold(f.text(i))) && ofWork.MatchString(fold.Fold(f.text(i))) || makes.MatchString(fold.Fold(f.text(i))) || ofExercise.MatchString(fold.Fold(f.text(i)))) {
			at = i
		}
	}
	if words > 700 || f.traits.faq {
		return
	}
	if f.sheet(top) {
		return
	}
	if at < 0 && exerciseEnds.MatchString(foldTitle(f.p.Title)) {
		at = f.firstOrder(top)
	}
	if at < 0 {
		at = f.opensWithTask(top, words)
	}
	if at < 0 && f.endsWithSteps(top) {
		return
	}
	if at < 0 {
		return
	}
	// The section that says it; before the first heading but the title, the page.
	nodes, head := f.sectionOf(top, at)
	if len(nodes) == 0 {
		return
	}
	group := trimTitle(f.p.Title)
	if f.p.Blocks[head].Kind != page.Heading && f.titles[fold.Fold(group)] {
		group = "" // the title stands below
	}
	f.emit(&draft{head: head, title: trimTitle(f.p.Title), kind: decks.Exercise, nodes: nodes, entry: -1}, scope{place: decks.Exercise, group: group})
}

// sectionOf are the blocks beside each other, between two headings, among which a
// block lies.
func (f *finder) sectionOf(top []int, at int) (nodes []int, head int) {
	head = 0
	for _, i := range top {
		b := &f.p.Blocks[i]
		if b.Kind == page.Heading {
			if i > at {
				break
			}
			nodes, head = nil, i
			continue
		}
		nodes = append(nodes, i)
	}
	return nodes, head
}

// exerciseEnds is a title that names an exercise by what it is about: "Build rules
// exercise".
var exerciseEnds = mustCompile(`\s(?:exercise|упражнение|übung|ejercicio|exercice|练习)$`)

// firstOrder is the first paragraph that commands, -1 for none.
func (f *finder) firstOrder(top []int) int {
	for _, i := range top {
		if f.p.Blocks[i].Kind == page.Paragraph && f.orders(f.text(i)) {
			return i
		}
	}
	return -1
}

// endsWithSteps makes an item of the list that ends a page when each of its entries
// commands, and one speaks of what the page shows: "Run the program above."
func (f *finder) endsWithSteps(top []int) bool {
	k := len(top) - 1
	for k >= 0 && f.p.Blocks[top[k]].Hidden {
		k--
	}
	if k < 1 || f.p.Blocks[top[k]].Kind != page.List {
		return false
	}
	all, shown := f.children(top[k]), false
	for _, e := range all {
		if !f.numberMarked(e) || !commands(f.firstText(e)) {
			return false
		}
		shown = shown || spokenOf.MatchString(fold.Fold(f.firstText(e)))
	}
	if !shown || len(all) < 2 {
		return false
	}
	return f.emit(&draft{head: top[k], title: trimTitle(f.p.Title), kind: decks.Exercise, nodes: top[k : k+1], entry: -1}, scope{place: decks.Exercise, group: trimTitle(f.p.Title)}) != nil
}

var spokenOf = mustCompile(notLetterBefore + `(?:` + anyOf(`(?:above|previous)_(?:program|code|example|function|script) (?:program|code|example|function|script)_above (?:программу|код|пример|функцию)_выше приведенн\p{L}+_выше (?:programm|code|beispiel)_oben (?:obigen?|obiges)_(?:programm|code|beispiel) (?:programme|code|exemple)_ci-dessus (?:programa|código|ejemplo)_anterior`) + `)` + notLetterAfter)

// sheet makes an item of the section that is called the statement of the task.
func (f *finder) sheet(top []int) bool {
	for k, i := range top {
		if f.p.Blocks[i].Kind != page.Heading {
			continue
		}
		t := strings.Trim(foldTitle(f.text(i)), "- ")
		if !taskSheet.MatchString(t) && !statementHead.MatchString(t) || t == "description" {
			continue
		}
		body := f.untilNext(top[k+1 : k+f.section(top[k:])])
		if !f.wants(body) || f.linksOnly(body) {
			continue
		}
		c := scope{place: decks.Exercise, group: trimTitle(f.p.Title)}
		it := f.emit(&draft{head: i, title: trimTitle(f.p.Title), kind: decks.Exercise, nodes: body, entry: -1}, c)
		if it != nil {
			f.solveBelow(it, top[k+1:], c)
		}
		return it != nil
	}
	return false
}

// solveBelow gives a page's only task the only solution below it.
func (f *finder) solveBelow(it *found, rest []int, c scope) {
	at := -1
	for _, i := range rest {
		if f.p.Blocks[i].Kind == page.Box && f.roleOf(i) == solution {
			if at >= 0 {
				return
			}
			at = i
		}
	}
	if at >= 0 && it.Answer == "" {
		f.solve(it, f.children(at), c)
	}
}

// setting are the verbs that set a task rather than show the way.
var setting = wordSet(`convert transform parse count replace compare modify write implement create build design develop define prove show calculate compute solve find explain describe draw make return print complete modify extend determine derive
	напишите реализуйте создайте разработайте докажите найдите вычислите решите постройте определите объясните опишите выведите измените дополните составьте нарисуйте
	erstelle schreibe implementiere programmiere definiere berechne zeichne bestimme entwickle löse erkläre escribe crea implementa calcula define resuelve escriba cree écrivez créez implémentez calculez définissez résolvez`)

// opensWithTask tells the first block after the title of a short page that sets a
// task: a paragraph, or a list in which each entry does; -1 for none.
func (f *finder) opensWithTask(top []int, words int) int {
	heads := 0
	for i := range f.p.Blocks {
		if b := &f.p.Blocks[i]; b.Kind == page.Heading && !b.Hidden {
			heads++
			if adminTitle.MatchString(foldTitle(f.text(i))) {
				return -1
			}
		}
	}
	if words > 350 || heads > 4 {
		return -1
	}
	sets := func(s string) bool {
		for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == ',' }) {
			return setting[fold.Fold(strings.Trim(w, "*_"))]
		}
		return false
	}
	for _, i := range top {
		switch b := &f.p.Blocks[i]; b.Kind {
		case page.Heading, page.Rule:
			continue
		case page.Paragraph:
			if sets(f.text(i)) {
				return i
			}
			if words < 250 && heads == 0 {
				for _, t := range sentences.Split(f.text(i), 20) {
					if sets(t) {
						return i
					}
				}
				continue
			}
		case page.List:
			all := f.children(i)
			n := 0
			for _, e := range all {
				if sets(f.firstText(e)) || commands(f.firstText(e)) {
					n++
				}
			}
			if len(all) > 1 && n == len(all) && sets(f.firstText(all[0])) {
				return i
			}
		}
		return -1
	}
	return -1
}
