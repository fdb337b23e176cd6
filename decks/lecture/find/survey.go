package find

import (
	"strings"
	"unicode"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// furnish hides what every site carries: lines of menus, footers, buttons.
func (f *finder) furnish() {
	for i := range f.p.Blocks {
		b := &f.p.Blocks[i]
		if b.Hidden {
			if b.Kind != page.Code && endsAsking(b.Text) {
				f.out.Skipped = append(f.out.Skipped, Skip{Block: i, Reason: Furniture})
			}
			continue
		}
		if b.Kind == page.Code || b.Kind.Holds() || len(b.Text) > 300 {
			continue
		}
		if t := fold.Fold(trimTitle(f.text(i))); !furnitureLine.MatchString(t) && !goodBye.MatchString(t) {
			continue
		}
		b.Hidden = true
		if asks(b.Text) {
			f.out.Skipped = append(f.out.Skipped, Skip{Block: i, Reason: Furniture})
		}
		if list := i + 1; f.p.Format == "text" && onThisPage.MatchString(fold.Fold(trimTitle(f.text(i)))) && list < len(f.p.Blocks) && f.p.Blocks[list].Kind == page.List {
			for j := list; j < int(f.p.Blocks[list].End); j++ {
				f.p.Blocks[j].Hidden = true
			}
		}
	}
	if f.p.Format == "text" {
		f.endnotes()
	}
}

// onThisPage stands above a list of what a page holds.
var onThisPage = mustCompile(`^(?:` + anyOf(`on_this_page in_this_(?:article|page) на_этой_странице auf_dieser_seite dans_cette_page sur_cette_page en_esta_página nesta_página`) + `|本页内容|本页目录)$`)

// endnotes hides what follows the last furniture at the end of a copied page, where
// it is no more than short lines.
func (f *finder) endnotes() {
	n := len(f.p.Blocks)
	from := n
	for i := n - 1; i >= 0 && i >= n-25; i-- {
		b := &f.p.Blocks[i]
		if b.Hidden {
			from = i
			continue
		}
		if b.Kind.Holds() || b.Kind == page.Code || b.Parent >= 0 || !short(b.Text, 160) || asks(b.Text) {
			break
		}
	}
	for i := from; i < n; i++ {
		f.p.Blocks[i].Hidden = true
	}
}

var furnitureLine = mustCompile(`^(?:` + anyOf(`перейти_к_(?:основному_)?содерж.* skip_to_.* jump_to_.* (?:edit|improve)_this_page.* edit_on_github.* update_on_github.* редактировать_(?:страницу|на).* was_this_.{0,20}(?:helpful|useful).* did_you_find_this.* была_ли_.*полезн.* остались_вопросы.* есть_вопросы.* still_have_questions.* have_(?:a_)?questions\?.* got_questions\?.* any_questions\?
	(?:on_this_page|на_этой_странице|in_this_article) previous next back далее назад вперед следующая предыдущая (?:предыдущая|следующая)_(?:страница|лекция|глава).* (?:previous|next|prev):.* ←.* .*→ copyright.* ©.* (?:we_use_)?cookies?(?:_.*)? мы_используем_cookie.* войти войдите.* log_in_to_.* you_are_logged_in.* get_the_mobile_app data_retention_summary sign_in sign_up log_in поделиться share(?:_this.*)? last_updated.* обновлено.* menu меню search поиск
	[⬆↑].{0,24} back_to_top наверх discussions? \[?discuss(?:ion)?s?\]? materials?_licensed.* licensed_under.* this_lesson_is_subject.* built_with.* cite_\|.* view_(?:on|source).* собрано_(?:при_помощи|с_помощью).* created_using_.* powered_by_.* сделано_(?:на|в|с)_.{0,30} open_in_colab.* сообщить_об_ошибке.* report_an?_(?:issue|error).* printable_version`) + `)$`)

// fore is how many blocks a page has to say what it is.
const fore = 60

// survey looks at the page as a whole before it is walked.
func (f *finder) survey() {
	f.titles = map[string]bool{}
	var levels, asking, telling [7]int
	first := ""
	var rooms [7]int
	labelled, labelAsks, entriesTold, asksRoom := 0, 0, 0, 0
	top := true   // no heading yet
	told := false // that questions and answers stand here
	numbered, followed, boldAsks, headAsks, heads, entries, entriesCoded := 0, 0, 0, 0, 0, 0, 0
	for i := range f.p.Blocks {
		b := &f.p.Blocks[i]
		if b.Hidden {
			continue
		}
		switch b.Kind {
		case page.Heading:
			t := f.text(i)
			f.titles[fold.Fold(trimTitle(leadingNumber.ReplaceAllString(t, "")))] = true
			if isPlace(t) && !top {
				f.traits.places++
			}
			top = false
			if b.Level == 1 && first == "" {
				first = t
			}
			levels[b.Level]++
			if i+1 < len(f.p.Blocks) && numberHead.MatchString(b.Text) && f.states([]int{i + 1}) {
				f.traits.quoted++
			}
			if l, ok := labelOf(b.Text); ok {
				if l.kind == "" && strings.Contains(l.number, ".") {
					f.traits.counted[b.Level]++
				}
				if l.kind != "" && i+1 < len(f.p.Blocks) && f.states([]int{i + 1}) {
					f.traits.quotedTasks++
				}
			}
			if sheetHead.MatchString(b.Text) {
				f.traits.sheet[b.Level]++
			}
			if pointed.MatchString(fold.Fold(t)) {
				f.traits.pointed[b.Level]++
			}
			if f.p.Format == "notebook" && orderAfterStep(t) && f.roomBelow(i) {
				rooms[b.Level]++
			}
			if l, ok := labelOf(b.Text); ok && l.kind == decks.Question && l.number != "" && !f.emptySection(i) {
				heads++
				if t := page.Plain(cut(b.Text, l.end)); (endsAsking(t) || commands(t)) && !f.asksBelow(i) {
					headAsks++
				}
			}
			if (endsAsking(t) || commands(t)) && !f.emptySection(i) {
				telling[b.Level]++
			}
			if endsAsking(t) && !f.emptySection(i) {
				asking[b.Level]++
			}
		case page.Code:
			t := &f.traits
			t.open = t.open || b.Mark != "" && !f.wholeCode(i)
		case page.Rule:
			f.traits.open = f.traits.open || f.p.Format == "notebook"
		case page.Entry:
			if list := &f.p.Blocks[b.Parent]; list.Parent < 0 && b.Mark != "" && b.Mark[0] >= '0' && b.Mark[0] <= '9' {
				entries++
				if inner := f.children(i); len(inner) > 1 && f.p.Blocks[inner[0]].Kind == page.Paragraph && endsAsking(f.text(inner[0])) && !f.asking(inner[1:]) && f.wordsOnly(inner[1:]) {
					entriesTold++
				}
				if n := int(b.End); n < len(f.p.Blocks) && f.p.Blocks[n].Kind == page.Code && f.wholeCode(n) {
					entriesCoded++
				}
			}
		case page.Table:
			told = told || i < fore && tellsQA.MatchString(fold.Fold(f.text(i)))
		case page.Paragraph:
			told = told || i < fore && tellsQA.MatchString(fold.Fold(f.text(i)))
			if t := f.text(i); f.traits.legend == nil && short(t, 160) && legendLine.MatchString(fold.Fold(t)) {
				f.traits.legend = readLegend(t)
				b.Hidden = len(f.traits.legend) > 0
			}
			if f.p.Format == "notebook" && f.bold(i) {
				if _, ok := labelOf(b.Text); !ok {
					numbered++
					if f.codeSoon(i) {
						followed++
					}
				}
			}
			if f.beforeRoom(i) {
				asksRoom++
			}
			if l, ok := labelOf(b.Text); ok && l.kind == decks.Question && l.number != "" && b.Parent < 0 {
				labelled++
				if t := page.Plain(cut(b.Text, l.end)); tellsOrAsks(t) && f.answeredBelow(i) {
					labelAsks++
				}
			}
			if f.bold(i) && endsAsking(f.text(i)) && f.toldBelow(i) {
				boldAsks++
			}
			if l, ok := labelOf(b.Text); ok && l.kind != "" && short(b.Text, 120) {
				f.titles[fold.Fold(trimTitle(f.text(i)))] = true
			}
			if l, ok := labelOf(b.Text); ok && l.number != "" && b.Parent < 0 && (l.kind != "" || boldStart(b.Text)) {
				numbered++
				if f.codeSoon(i) {
					followed++
				}
			}
		}
	}
	title := fold.Fold(firstOf(f.p.Title, first))
	if first != "" && f.p.Title != "" {
		title += " · " + fold.Fold(first)
	}
	t := &f.traits
	t.title = title
	t.qa = qaTitle.MatchString(title)
	for l := range levels {
		t.rooms[l] = rooms[l] >= 3 && rooms[l]*2 >= levels[l]
		t.asks[l] = telling[l] >= 2 && telling[l]*3 >= levels[l]
	}
	t.topics = t.qa && qaTitle.MatchString(title)
	t.faq = faqTitle.MatchString(title) && !t.qa
	t.coded = numbered >= 5 && followed*10 >= numbered*8
	t.codedLists = entriesCoded >= 3 && entriesCoded*10 >= entries*7
	t.emptyRooms = asksRoom >= 3
	t.toldEntries = entriesTold >= 5 && entriesTold*10 >= entries*7
	t.labelAsks = labelAsks >= 3 && labelAsks*10 >= labelled*7
	if !t.faq && (t.toldEntries || boldAsks >= 5 || boldAsks > 0 && told || headAsks >= 3 && headAsks*10 >= heads*6) {
		t.qa = true
	}
	if !t.faq && !t.qa {
		for l := range levels {
			if levels[l] >= 5 && asking[l]*10 >= levels[l]*7 {
				t.qa = true
			}
		}
	}
}

// tellsQA is what a page of questions with their answers may say of itself.
var tellsQA = mustCompile(notLetterBefore + `(?:` + anyOf(`both_questions_and_answers (?:these|the_following|some|common)_(?:interview_)?questions_and_answers questions_and_answers_(?:here|below|are) (?:собраны|приведены|ниже)_.{0,20}вопросы_(?:и|с)_ответ\p{L}+`) + `)` + notLetterAfter)

var legendLine = mustCompile(`^(?:` + anyOf(`legend difficulty levels? легенда сложность обозначения условные_обозначения legende leyenda légende`) + `|图例|难度)\s*[:：]`)

// readLegend reads which signs of a page mean which difficulty: "👶 easy, ⭐ medium".
func readLegend(text string) map[string]decks.Difficulty {
	signs := map[string]decks.Difficulty{}
	sign := ""
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:|=–—-", r) }) {
		if s := strings.Trim(w, "\u200d\ufe0f"); s != "" && strings.TrimFunc(s, picture) == "" {
			sign = s
		} else if d, ok := difficultyOf(w); ok && sign != "" {
			signs[sign], sign = d, ""
		}
	}
	return signs
}

// asksBelow tells whether the text under a heading asks, offers choices or has its
// answer marked.
func (f *finder) asksBelow(i int) bool {
	for j := i + 1; j < len(f.p.Blocks) && j < i+40; j++ {
		b := &f.p.Blocks[j]
		switch b.Kind {
		case page.Heading:
			return answersTitle.MatchString(foldTitle(f.text(j)))
		case page.Box:
			if r := f.roleOf(j); r == solution || r == choiceBox {
				return true
			}
		case page.Entry:
			if b.Tick != page.NoTick {
				return true
			}
		case page.Paragraph:
			if b.Parent < 0 && endsAsking(f.text(j)) {
				return true
			}
		}
	}
	return false
}

// toldBelow tells whether text that is no question follows a block.
func (f *finder) toldBelow(i int) bool {
	for j := i + 1; j < len(f.p.Blocks) && j < i+5; j++ {
		switch b := &f.p.Blocks[j]; b.Kind {
		case page.Heading, page.Box:
			return false
		case page.Paragraph:
			return !endsAsking(f.text(j)) && !f.saysAnswer(j, f.text(j), "")
		case page.Code:
			return true
		}
	}
	return false
}

// beforeRoom tells whether a paragraph of a notebook wants something and an empty cell
// follows.
func (f *finder) beforeRoom(i int) bool {
	return f.p.Format == "notebook" && f.p.Blocks[i].Parent < 0 && i+1 < len(f.p.Blocks) && f.p.Blocks[i+1].Kind == page.Rule &&
		(asks(f.text(i)) || f.orders(f.text(i)))
}

// answeredBelow tells whether words or code stand below a paragraph that neither ask
// nor command, up to the next label or heading.
func (f *finder) answeredBelow(i int) bool {
	said := false
	for j := int(f.p.Blocks[i].End); j < len(f.p.Blocks) && j < i+30; j = int(f.p.Blocks[j].End) {
		b := &f.p.Blocks[j]
		if (b.Kind == page.Paragraph || b.Kind == page.Heading) && goodBye.MatchString(fold.Fold(trimTitle(f.text(j)))) {
			return false // the button of a quiz
		}
		switch b.Kind {
		case page.Heading:
			return said
		case page.Box:
			return false
		case page.Paragraph:
			if l, ok := labelOf(b.Text); ok && l.kind == decks.Question && l.number != "" {
				return said
			}
			if t := f.text(j); endsAsking(t) || commands(t) || f.saysAnswer(j, t, fold.Fold(trimTitle(t))) {
				return false
			}
			said = said || wordsIn(b.Text) > 5
		case page.List:
			if all := f.children(j); f.ticked(all) || f.lettered(all) {
				return false
			}
		case page.Code:
			said = true
		}
	}
	return said
}

func (f *finder) emptySection(i int) bool {
	next := int(f.p.Blocks[i].End)
	return next >= len(f.p.Blocks) || f.p.Blocks[next].Kind == page.Heading
}

// codeSoon tells whether code stands between a numbered paragraph and the next.
func (f *finder) codeSoon(i int) bool {
	for j := i + 1; j < len(f.p.Blocks) && j < i+30; j++ {
		b := &f.p.Blocks[j]
		switch b.Kind {
		case page.Code:
			return f.wholeCode(j)
		case page.Heading:
			return false
		case page.Paragraph:
			if l, ok := labelOf(b.Text); ok && l.number != "" && b.Parent < 0 || f.p.Format == "notebook" && f.bold(j) && startsUpper(f.text(j)) {
				return false
			}
		}
	}
	return false
}

// roomBelow tells whether nothing but an empty cell stands under a heading.
func (f *finder) roomBelow(i int) bool {
	if i+1 >= len(f.p.Blocks) {
		return false
	}
	b := &f.p.Blocks[i+1]
	return b.Kind == page.Rule || b.Kind == page.Code && b.Mark != "" && f.blankCode(i+1)
}

func startsUpper(s string) bool {
	r := firstRune(strings.TrimLeft(s, "*_ \"«"))
	return !unicode.IsLower(r)
}

// beganBelow tells whether the page's title is only the first of several headings
// below the highest level.
func (f *finder) beganBelow() bool {
	first := -1
	for i := range f.p.Blocks {
		b := &f.p.Blocks[i]
		if b.Kind != page.Heading || b.Hidden {
			continue
		}
		if first < 0 {
			if b.Level < 2 || trimTitle(f.text(i)) != trimTitle(f.p.Title) {
				return false
			}
			first = i
			continue
		}
		if b.Level <= f.p.Blocks[first].Level {
			return true
		}
	}
	return false
}

// titledLater tells whether the heading that gives the page its title stands below
// another one, so that it is none for what stands between.
func (f *finder) titledLater() bool {
	title := trimTitle(f.p.Title)
	for i := range f.p.Blocks {
		if b := &f.p.Blocks[i]; b.Kind == page.Heading && !b.Hidden {
			if trimTitle(f.text(i)) == title {
				return false
			}
			if f.titles[fold.Fold(title)] {
				return true
			}
		}
	}
	return false
}

// outset is the scope of the whole page.
func (f *finder) outset() scope {
	c := scope{group: trimTitle(f.p.Title), answer: f.traits.qa}
	if f.traits.faq {
		return c
	}
	p, ok := place(fold.Fold(f.p.Title))
	if ok && f.titledLater() {
		return c
	}
	if !ok && f.traits.qa && qaTitle.MatchString(f.traits.title) {
		p, ok = placement{kind: decks.Question}, true
	}
	if ok && (!p.weak || p.loose) {
		if f.beganBelow() {
			return c
		}
		c = c.enter(p)
		c.single, c.strict = false, p.strict || p.single
	}
	return c
}
