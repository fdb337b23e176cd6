package webpage

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

// boxName is what the page calls an element, when it is a thing of its own.
func (r *reader) boxName(e *element) string {
	switch e.kind {
	case block, para, list, item, detail, quote, details:
	default:
		return ""
	}
	switch e.name {
	case "main", "header", "footer", "nav", "legend", "figcaption", "search", "optgroup", "hgroup", "center", "address":
		return ""
	}
	a := &r.a
	found := strings.Fields(a.class.box)
	for _, names := range a.names {
		for _, n := range strings.Fields(names) {
			if n = nameOf(n); n != "" {
				found = append(found, n)
			}
		}
	}
	if n := nameOf(a.role); n != "" {
		found = append(found, n)
	}
	if n := idOf(a.id); n != "" && e.name != "section" {
		found = append(found, n)
	}
	if s := a.class.shell; s != "" && !r.inBox(s) {
		found = append(found, s)
	}
	if _, ok := r.targets[a.id]; ok && a.id != "" {
		found = append(found, "details")
	}
	if len(found) == 0 && r.opened(a.unseen()) {
		found = append(found, "details")
	}
	if len(found) > 0 && (found[0] == "answer" || found[0] == "answers") && (e.kind == list || e.kind == item || r.choice.open) {
		return "" // what to choose from
	}
	if len(found) == 1 && r.inBox(found[0]) && (r.innermost(found[0]) || folds[found[0]] || e.kind == para) {
		return ""
	}
	return joinWords(found)
}

// inBox tells whether the page is within a box, of a name if one is given.
func (r *reader) inBox(name string) bool {
	for i := range r.stack {
		e := &r.stack[i]
		if e.box < 0 || int(e.box) >= len(r.p.Blocks) {
			continue
		}
		if name == "" || strings.Contains(" "+r.p.Blocks[e.box].Mark+" ", " "+name+" ") {
			return true
		}
	}
	return false
}

// inTask tells whether the page is within a box that asks.
func (r *reader) inTask() bool {
	for i := range r.stack {
		if b := r.stack[i].box; b >= 0 && int(b) < len(r.p.Blocks) && hasAny(strings.Fields(r.p.Blocks[b].Mark), asks) {
			return true
		}
	}
	return false
}

// innermost tells whether the innermost box has a name.
func (r *reader) innermost(name string) bool {
	for i := len(r.stack) - 1; i >= 0; i-- {
		if b := r.stack[i].box; b >= 0 && int(b) < len(r.p.Blocks) {
			return strings.Contains(" "+r.p.Blocks[b].Mark+" ", " "+name+" ")
		}
	}
	return false
}

// inside tells whether an element with a flag is open.
func (r *reader) inside(f flags) bool {
	for i := range r.stack {
		if r.stack[i].flags&f != 0 {
			return true
		}
	}
	return false
}

func (r *reader) openBox(e *element, mark string) {
	if e.kind != item && e.kind != detail {
		r.settle()
	}
	title := r.targets[r.a.id]
	if w := strings.Fields(mark); title == "" && (hasAny(w, folds) || hasAny(w, answers)) && r.toggle.now(len(r.p.Blocks)) {
		title = r.toggle.text
	}
	r.toggle = toggle{}
	e.depth = int32(r.b.Depth())
	e.box = r.openBlock(page.Block{Kind: page.Box, Mark: mark, Text: title})
}

// endBox ends a box or a quote.
func (r *reader) endBox(e *element) {
	r.closeTo(e.depth)
	if e.box < 0 || int(e.box) >= len(r.p.Blocks) {
		return
	}
	b := &r.p.Blocks[e.box]
	switch {
	case b.Kind != page.Box:
	case int(e.box) == len(r.p.Blocks)-1:
		r.dropEmpty(e.box)
	case r.choicesOnly(e.box) && b.Text == "":
		b.Mark = "choices"
	case hasAny(strings.Fields(b.Mark), asks):
		r.oneTask(e.box)
	}
}

// oneTask takes its name from the only task within a task: it is a part of that.
func (r *reader) oneTask(i int32) {
	only := int32(-1)
	for j := i + 1; j < r.p.Blocks[i].End; j++ {
		b := &r.p.Blocks[j]
		if b.Kind != page.Box || !hasAny(strings.Fields(b.Mark), asks) {
			continue
		}
		if only >= 0 {
			return
		}
		only, j = j, b.End-1
	}
	if only >= 0 && r.p.Blocks[only].Text == "" {
		r.p.Blocks[only].Mark = ""
	}
}

// boxBegins tells whether nothing stands yet in the innermost box, which has no
// title.
func (r *reader) boxBegins() bool {
	for i := len(r.stack) - 1; i >= 0; i-- {
		if b := r.stack[i].box; b >= 0 {
			return int(b) == len(r.p.Blocks)-1 && r.p.Blocks[b].Kind == page.Box && r.p.Blocks[b].Text == "" && r.run.size == 0
		}
	}
	return false
}

// endTitle gives the open box its title.
func (r *reader) endTitle() {
	text, line, _ := r.run.take()
	switch {
	case text == "":
	case r.boxBegins():
		r.b.Retitle(text)
	default:
		r.add(page.Block{Text: text, Line: line})
	}
}

// toggle is a button that opens what comes after it.
type toggle struct {
	text  string
	at    int  // how many blocks there were
	level int  // of the stack where it stood
	words bool // it was no button, only words
}

// now tells whether a toggle stands right before what comes and may be its title.
func (t toggle) now(blocks int) bool {
	return t.text != "" && t.at == blocks && (!t.words || opensAnswer.MatchString(t.text))
}

// What a button says that opens an answer: "Show solution", "Ответ".
var opensAnswer = regexp.MustCompile(`(?i)^[^\p{L}\p{N}]*(?:(?:show|hide|reveal|view|see|open|display|click|toggle|expand|показать|посмотреть|открыть|скрыть|раскрыть|смотреть|zeige\p{L}*|ver|mostrar|voir|afficher|mostra)(?:[^\p{L}].{0,40})?[^\p{L}])?` +
	`(?:answers?|solutions?|hints?|explanation|ответы?|решени[ея]|подсказк[ауи]|разбор|пояснение|объяснение|lösung(?:en)?|antwort(?:en)?|hinweis|respuestas?|soluci[oó]n(?:es)?|pistas?|réponses?|corrigé|indices?|risposta|soluzione|resposta|答案|解答|提示)(?:[^\p{L}]+(?:anzeigen|zeigen))?[^\p{L}]*$`)

var opensAll = regexp.MustCompile(`(?i)(?:^|\P{L})(?:all|все|alle|todas?|todos|tous|toutes)(?:\P{L}|$)`)

func (r *reader) startButton(e *element) {
	if r.inside(isButton) {
		return
	}
	e.flags |= isButton | isSolid
	if r.a.toggles || r.a.class.toggle {
		e.flags |= isToggle
	}
	if r.a.right || r.a.class.right {
		e.flags |= isRight
	}
	if r.a.class.option && !r.a.class.toggle {
		e.flags |= isOption
	}
	e.href = r.a.opens
	if e.href == "" && strings.HasPrefix(r.a.href, "#") {
		e.href = r.a.href[1:]
	}
	e.saved, r.run = r.run, &run{}
}

// endButton keeps what a button says when it opens something or is a choice.
func (r *reader) endButton(e *element) {
	text, line, _ := r.run.take()
	r.run = e.saved
	outer := r.solid > 0 // in a heading or a title
	switch {
	case text == "":
	case e.flags&isOption != 0 && !opensAnswer.MatchString(text) && !outer:
		r.startChoice(e.flags&isRight != 0, len(r.stack)-1, line)
		r.add(page.Block{Text: text, Line: line})
		r.endChoice()
	case len(text) > 300 && !outer:
		r.flush()
		r.add(page.Block{Text: text, Line: line})
	case e.kind != button && !outer && e.flags&isToggle == 0 && !opensAnswer.MatchString(text):
		r.run.put(text, r.lineStyle(), line) // words that a script explains, or the like
	case opensAll.MatchString(text):
	case e.flags&isToggle != 0 || opensAnswer.MatchString(text):
		if !outer {
			r.flush()
			if r.boxBegins() {
				r.b.Retitle(text)
				return
			}
		}
		r.toggle = toggle{text: text, at: len(r.p.Blocks), level: len(r.stack)}
		if e.href != "" && len(r.targets) < 10_000 {
			r.targets[e.href] = text
		}
	}
}

// opened tells whether the element that comes now is what a button before it opens.
func (r *reader) opened(unseen bool) bool {
	t, level := r.toggle, len(r.stack)
	fits := level == t.level && !t.words || unseen && (level <= t.level || t.words)
	return fits && r.run.size == 0 && t.now(len(r.p.Blocks))
}
