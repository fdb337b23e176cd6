package latex

import (
	"strconv"
	"strings"

	"lectern/decks/lecture/page"
)

// list is a list that is open.
type list struct {
	name   string // as \newlist and the class know it
	label  string // TeX with the number's style: `(\alph*)`
	n      int
	ticked bool // an entry is marked as right: the others are not
	block  int  // its index on the page
	terms  bool // a description

	options bool // of a question
}

// listKinds are the environments that are lists, with the styles of their marks
// by depth; "-" for bullets, "+" for terms, "?" for boxes to tick.
var listKinds = map[string]string{
	"itemize": "-", "compactitem": "-", "asparaitem": "-", "inparaitem": "-", "dinglist": "-", "list": "-", "itemize*": "-", "outline": "-",
	"enumerate": "1", "compactenum": "1", "asparaenum": "1", "inparaenum": "1", "dingautolist": "1", "enumerate*": "1", "exenumerate": "1", "subenumerate": "1", "enumerate1": "1",
	"description": "+", "compactdesc": "+", "description*": "+", "labeling": "+",
	"parts": "(a)", "subparts": "i.", "subsubparts": "(A)", "tasks": "a)", "answerlist": "(a)",
	"choices": "?A.", "oneparchoices": "?A.", "checkboxes": "?-", "oneparcheckboxes": "?-", "choiceshoriz": "?A.", "choicescustom": "?A.", "choicesnobreak": "?A.", "reponses": "?A.", "reponseshoriz": "?A.",
	"questions": "questions",
}

// styles of nested enumerations.
var nested = []string{`\arabic*.`, `(\alph*)`, `\roman*.`, `\Alph*.`}

// beginList opens a list.
func (r *reader) beginList(name, base string) bool {
	kind := base
	if own, ok := r.lists[name]; ok {
		kind = own
	}
	style, ok := listKinds[kind]
	if (!ok || kind == "answerlist") && r.offers(base) {
		r.beginChoices(name)
		return true
	}
	if !ok {
		return false
	}
	line := r.at()
	r.between('<', '>')
	option, given := r.option()
	l := &list{name: name}
	switch {
	case style == "questions":
		r.flush()
		r.push1(env{name: name})
		return true
	case kind == "tasks":
		r.between('(', ')')
	case kind == "list":
		r.skip("mm")
	case kind == "labeling":
		r.skip("m")
	case kind == "dinglist", kind == "dingautolist":
		r.arg()
	}
	switch {
	case style == "+":
		l.terms = true
	case style == "1":
		depth := 0
		for _, e := range r.envs {
			if e.list != nil && strings.Contains(e.list.label, "*") {
				depth++
			}
		}
		l.label = r.labelAt(min(depth, len(nested)-1))
	case strings.HasSuffix(style, "-"):
		l.label = "•"
	default:
		l.label = starred(strings.TrimPrefix(style, "?"))
	}
	if given {
		r.listOption(l, option)
	}
	r.flush()
	r.ready(line)
	r.openList(line, l, false)
	return true
}

// openList opens a list; one that runs on ends with what it stands in.
func (r *reader) openList(line int, l *list, runIn bool) bool {
	if !r.push1(env{name: l.name, list: l, runIn: runIn}) {
		return false
	}
	l.block = len(r.b.Page().Blocks)
	r.b.Open(page.Block{Kind: page.List, Line: int32(line)})
	return true
}

// labelAt is the label of an enumeration within others: LaTeX's, or what the page
// has made of it (\labelenumi, \theenumi).
func (r *reader) labelAt(depth int) string {
	level := "enum" + []string{"i", "ii", "iii", "iv"}[depth]
	label, number := r.macros["label"+level].body, r.macros["the"+level].body
	if label == "" && number != "" {
		label = number + "."
	}
	if label == "" {
		return nested[depth]
	}
	if number == "" {
		number = `\arabic*`
	}
	return strings.ReplaceAll(strings.ReplaceAll(label, `\the`+level, number), "{"+level+"}", "*")
}

// listOption reads how the entries of a list are numbered.
func (r *reader) listOption(l *list, option string) {
	if strings.Contains(option, "resume") {
		for i := len(r.counts) - 1; i >= 0; i-- {
			if r.counts[i].name == l.name {
				l.n = r.counts[i].n
				break
			}
		}
	}
	if !strings.Contains(option, "=") {
		if option != "" && !strings.Contains(option, "resume") && !strings.HasPrefix(option, "no") && len(option) < 40 && !l.terms {
			l.label = starred(option) // package enumerate: "(a)", "Q1."
		}
		return
	}
	if label, ok := key(option, "label"); ok && !l.terms {
		l.label = label
	}
	if start, ok := key(option, "start"); ok {
		if n, err := strconv.Atoi(start); err == nil {
			l.n = n - 1
		}
	}
}

// starred turns the first of A, a, I, i, 1 in a short style into its counter, as
// package enumerate does; what stands in braces is text.
func starred(style string) string {
	depth := 0
	for i := range len(style) {
		switch c := style[i]; {
		case c == '{':
			depth++
		case c == '}':
			depth--
		case depth > 0 || i > 0 && letter(style[i-1]) || i+1 < len(style) && letter(style[i+1]):
		case strings.IndexByte("AaIi1", c) >= 0:
			counter := map[byte]string{'A': `\Alph*`, 'a': `\alph*`, 'I': `\Roman*`, 'i': `\roman*`, '1': `\arabic*`}[c]
			return style[:i] + counter + style[i+1:]
		}
	}
	return style
}

// markOf is the mark of the next entry.
func (r *reader) markOf(l *list) string {
	l.n++
	label := l.label
	if !strings.Contains(label, "*") {
		if label == "•" || label == "" {
			return label
		}
		return page.Plain(r.inlineOf(label))
	}
	label = counted(label, l.n)
	if strings.ContainsAny(label, `\{$`) {
		label = page.Plain(r.inlineOf(label))
	}
	return strings.TrimSpace(label)
}

// counted puts a number in the place of its counter: "\alph*".
func counted(label string, n int) string {
	at := strings.IndexByte(label, '\\')
	for at >= 0 {
		name, size := commandName(label[at:])
		if strings.HasPrefix(label[at+size:], "*") {
			number := strconv.Itoa(n)
			switch name {
			case "alph", "Alph":
				number = alpha(n, "abcdefghijklmnopqrstuvwxyz")
			case "asbuk", "Asbuk":
				number = alpha(n, "абвгдежзиклмнопрстуфхцчшщэюя")
			case "roman", "Roman":
				number = romanOf(n)
			}
			if name[0] >= 'A' && name[0] <= 'Z' {
				number = strings.ToUpper(number)
			}
			return label[:at] + number + label[at+size+1:]
		}
		next := strings.IndexByte(label[at+size:], '\\')
		if next < 0 {
			break
		}
		at += size + next
	}
	return label
}

func alpha(n int, letters string) string {
	all := []rune(letters)
	if n < 1 || n > len(all) {
		return strconv.Itoa(n)
	}
	return string(all[n-1])
}

func romanOf(n int) string {
	if n < 1 || n > 50 {
		return strconv.Itoa(n)
	}
	return []string{"", "x", "xx", "xxx", "xl", "l"}[n/10] + []string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}[n%10]
}

// entries are the commands that begin an entry or a question.
var entries = set("item choice CorrectChoice correctchoice wrongchoice bonne mauvaise task subpart subsubpart bonuspart question titledquestion bonusquestion titledbonusquestion Question subQuestion fillin answerline")

// entryCommand reads them.
func (r *reader) entryCommand(name string) bool {
	switch name {
	case "item":
		r.item()
	case "task":
		if e := r.nearest(); e < 0 || r.envs[e].list.name != "tasks" && listKinds[r.envs[e].list.name] != "a)" {
			return false
		}
		r.item()
	case "choice", "wrongchoice", "mauvaise":
		r.choice(false)
	case "CorrectChoice", "correctchoice", "bonne":
		r.choice(true)
	case "part", "subpart", "subsubpart", "bonuspart":
		r.star()
		r.option()
		r.glue()
		r.entry("", page.NoTick, `(\alph*)`)
	case "question", "bonusquestion", "titledquestion", "titledbonusquestion", "Question":
		return r.question(name)
	case "subQuestion":
		r.option()
		r.entry("", page.NoTick, `(\alph*)`)
	case "fillin":
		r.star()
		if a, ok := r.option(); ok {
			if a = r.inlineOf(a); a != "" {
				r.given, r.givenAt = append(r.given, a), r.at()
			}
		}
		r.option()
		r.raw(`\_\_\_\_`)
	case "answerline":
		r.star()
		if a, ok := r.option(); ok && r.inline == 0 {
			r.given, r.givenAt = append(r.given, r.inlineOf(a)), r.at()
			r.flush()
		}
	default:
		return false
	}
	return true
}

// question begins a question of the exam class, which runs to the next one. With
// braces behind it, it is another package's.
func (r *reader) question(name string) bool {
	if r.inline > 0 {
		return false
	}
	in := false
	for i := len(r.envs) - 1; i >= 0 && !in; i-- {
		in = listKinds[r.envs[i].name] == "questions" || strings.HasPrefix(r.envs[i].name, "Exercise")
	}
	title, titled := "", strings.HasPrefix(name, "titled")
	if !in && !titled {
		s := strings.TrimLeft(r.rest(), " ")
		if strings.HasPrefix(s, "{") {
			return false
		}
	}
	line := r.at()
	r.star()
	if titled {
		title = r.titleOf(r.arg())
	}
	r.option()
	r.glue()
	r.flush()
	r.endQuestion()
	if r.push1(env{mark: "question", box: true, runIn: true}) {
		r.ready(line)
		r.b.Open(page.Block{Kind: page.Box, Line: int32(line), Mark: "question", Text: title})
	}
	return true
}

// endQuestion ends the question of the exam class that runs on, with its parts.
func (r *reader) endQuestion() {
	last := len(r.envs)
	for i := last - 1; i >= 0 && listKinds[r.envs[i].name] != "questions" && (r.envs[i].runIn || !r.envs[i].box); i-- {
		if r.envs[i].runIn {
			last = i
		}
	}
	r.closeEnvs(last)
}

// partsOpen tells whether \part begins a part of a question.
func (r *reader) partsOpen() bool {
	for _, e := range r.envs {
		if listKinds[e.name] == "(a)" && e.name == "parts" {
			return true
		}
	}
	return false
}

// nearest finds the list in which an entry would begin, -1 for none. Boxes end
// the search: an entry in them begins a list of their own.
func (r *reader) nearest() int {
	for i := len(r.envs) - 1; i >= 0; i-- {
		if r.envs[i].list != nil {
			return i
		}
		if r.envs[i].box {
			break
		}
	}
	return -1
}

// item reads \item.
func (r *reader) item() {
	tick := page.NoTick
	if r.star() {
		tick = page.Ticked
	}
	r.between('<', '>')
	label, given := r.option()
	r.between('<', '>')
	r.glue()
	if r.inline > 0 {
		r.raw(" • ")
		return
	}
	i := r.nearest()
	if given && i >= 0 && r.envs[i].list.terms {
		r.entry(" ", page.NoTick, "•")
		term := strings.TrimSuffix(strings.TrimSpace(r.inlineOf(label)), ":")
		if !strings.HasPrefix(term, "**") {
			term = page.Mark("**", term, 0, 0)
		}
		r.b.Add(page.Block{Kind: page.Paragraph, Line: int32(r.at()), Text: term})
		return
	}
	mark := ""
	if given {
		if t, ok := tickOf(label); ok {
			tick, mark = t, "•"
		} else if mark = page.Plain(r.inlineOf(label)); mark == "" {
			mark = " "
		}
	}
	r.entry(mark, tick, "•")
}

// tickOf reads a mark that is a box.
func tickOf(label string) (page.Tick, bool) {
	for _, name := range []string{"boxtimes", "checkmark", "CheckedBox", "XBox", "Checkbox*", "blacksquare", "CIRCLE", "done", "☑", "☒", "[x]", "✓", "✔"} {
		if strings.Contains(label, name) {
			return page.Ticked, true
		}
	}
	for _, name := range []string{"square", `\Box`, "bigcirc", "Square", `\Circle`, "fbox", "☐", "[ ]", "◯"} {
		if strings.Contains(label, name) {
			return page.Unticked, true
		}
	}
	return page.NoTick, false
}

// choice begins an option. Two classes write what is right with the same name.
func (r *reader) choice(right bool) {
	r.star()
	if s := r.rest(); strings.HasPrefix(s, "[") && !right {
		if o, ok := r.option(); ok && (strings.Contains(o, "!") || strings.TrimSpace(o) == "correct") {
			right = true
		}
	}
	r.glue()
	tick := page.Unticked
	if right {
		tick = page.Ticked
	}
	r.entry("", tick, `\Alph*.`)
}

// entry begins an entry; an empty mark is to be counted. Where no list is open,
// one with the given label begins.
func (r *reader) entry(mark string, tick page.Tick, label string) {
	if r.inline > 0 {
		r.raw(" • ")
		return
	}
	r.flush()
	i := r.nearest()
	if i < 0 {
		r.ready(r.at())
		if !r.openList(r.at(), &list{label: label}, true) {
			return
		}
		i = len(r.envs) - 1
	}
	r.closeEnvs(i + 1)
	l := r.envs[i].list
	r.b.CloseTo(r.envs[i].depth + 1)
	switch {
	case mark == "":
		mark = r.markOf(l)
	case l.terms:
		mark = ""
	}
	if tick == page.Ticked {
		l.ticked = true
	}
	r.b.Open(page.Block{Kind: page.Entry, Line: int32(r.at()), Mark: strings.TrimSpace(mark), Tick: tick})
}

// endList notes where a list ended. When one entry was marked as right, the
// others are boxes that are not ticked.
func (r *reader) endList(l *list) {
	r.counts = append(r.counts, count{l.name, l.n})
	if len(r.counts) > 64 {
		r.counts = r.counts[32:]
	}
	blocks := r.b.Page().Blocks
	if l.block >= len(blocks) || blocks[l.block].Kind != page.List {
		return
	}
	var entries []int
	for i := l.block + 1; i < len(blocks); i = max(int(blocks[i].End), i+1) {
		if x := &blocks[i]; int(x.Parent) == l.block && x.Kind == page.Entry {
			entries = append(entries, i)
			if l.ticked && x.Tick == page.NoTick {
				x.Tick = page.Unticked
			}
		}
	}
	if l.options {
		r.options = entries
	} else {
		r.answered(entries)
	}
}
