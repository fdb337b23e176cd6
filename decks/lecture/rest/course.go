package rest

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

// The directives of Runestone and its relatives, of A+ and of glossaries: their
// arguments are identifiers, and what they ask stands in options or between
// lines of signs. https://runestone.academy/authorguide
//
// Tasks that a reader solves in place become boxes with the directive's name;
// options become lists with boxes to tick, what is said about a chosen one a box
// "feedback", what is right a box "answer".

// course reads such a directive; false means that it is none.
func (r *reader) course(d *directive) bool {
	switch d.name {
	case "mchoice", "multiplechoice", "mchoicemf", "mchoicema", "poll":
		r.task(d, func() { r.choices(d) })
	case "fillintheblank", "fitb", "shortanswer", "dragndrop", "clickablearea", "question", "journal", "quizly":
		r.task(d, func() { r.blanks(d) })
	case "activecode", "codelens", "actex", "parsonsprob", "hparsons", "pyturtle", "karel", "pyblock":
		r.task(d, func() { r.program(d) })
	case "reveal":
		r.task(d, func() { r.body(d.content) })
	case "tabbed", "timed", "tabs", "tab-set", "group", "showhide":
		r.open(d.line, d.name, "")
		r.body(d.content)
		r.b.Close()
	case "eqt": // of French courses: :eqt:`C` and :eqt:`I` say of options what they are
		r.open(d.line, "quiz", "")
		r.body(d.content)
		r.b.Close()
	case "pick-one", "pick-any":
		r.task(d, func() { r.pick(d.content) })
	case "freetext", "questionnaire", "submit", "agree-group", "agree-item":
		r.task(d, func() { r.body(d.content) })
	default:
		return false
	}
	return true
}

// task opens a box whose argument is an identifier, not a title.
func (r *reader) task(d *directive, read func()) {
	title := d.option("title")
	if title == "" {
		title = d.option("caption")
	}
	if title == "" {
		title = d.option("showtitle")
	}
	r.open(d.line, d.name, r.inline(title))
	if q := d.named("question"); q.value != "" {
		r.paragraph(r.below(q.line), r.inline(q.value))
	}
	read()
	r.b.Close()
}

// choices reads a question with options: in the directive's options (:answer_a:,
// :feedback_a:, :correct: a,c; a poll's :option_1:), or as a list in its content,
// where a list within an entry tells by its sign whether it is right ("+").
func (r *reader) choices(d *directive) {
	entries := r.answerList(d.content)
	if entries < d.content.hi {
		r.body(view{d.content.lo, entries, d.content.col, d.content.col})
		r.answers(view{entries, d.content.hi, d.content.col, d.content.col})
		return
	}
	r.body(d.content)
	right := strings.ToLower(d.option("correct"))
	opened := false
	for _, o := range d.options {
		letter, ok := strings.CutPrefix(o.name, "answer_")
		tick := page.Unticked
		if !ok {
			if letter, ok = strings.CutPrefix(o.name, "option_"); !ok {
				continue
			}
			tick = page.NoTick
		}
		if strings.Contains(" "+strings.ReplaceAll(right, ",", " ")+" ", " "+letter+" ") || len(right) > 1 && !strings.ContainsAny(right, ", ") && strings.Contains(right, letter) {
			tick = page.Ticked
		}
		if !opened {
			r.b.Open(page.Block{Kind: page.List, Line: int32(r.below(o.line) + 1)})
			opened = true
		}
		line := r.below(o.line)
		r.b.Open(page.Block{Kind: page.Entry, Line: int32(line + 1), Mark: letter + ".", Tick: tick})
		r.paragraph(line, r.inline(literal(o.value)))
		f := d.named("feedback_" + letter)
		r.feedback(r.below(f.line), literal(f.value))
		r.b.Close()
	}
	if opened {
		r.b.Close()
	}
}

// judge ticks the entry that begins here, or leaves its box empty.
func (r *reader) judge(right bool) {
	blocks := r.b.Page().Blocks
	if len(blocks) == 0 || blocks[len(blocks)-1].Kind != page.Entry {
		return
	}
	x := &blocks[len(blocks)-1]
	if x.Tick = page.Unticked; right {
		x.Tick = page.Ticked
	}
}

// literal keeps the backslashes of an option's value, which is no text with
// escapes: `\n`. Within backquotes they are kept anyway.
func literal(s string) string {
	if strings.IndexByte(s, '`') >= 0 {
		return s
	}
	return backslash.ReplaceAllString(s, `\\$1`)
}

var backslash = regexp.MustCompile(`\\([\w'"])`)

// below is a line for what stands above in the source and below on the page: a
// page's blocks come in the order of their lines.
func (r *reader) below(line int) int {
	blocks := r.b.Page().Blocks
	if len(blocks) == 0 {
		return line
	}
	return max(line, int(blocks[len(blocks)-1].Line)-1)
}

func (r *reader) feedback(line int, text string) {
	if text == "" {
		return
	}
	r.open(line, "feedback", "")
	r.paragraph(line, r.inline(text))
	r.b.Close()
}

// answerList finds the line at which the last list of a view begins when entries
// of it hold lists themselves; v.hi when there is none.
func (r *reader) answerList(v view) int {
	start, nested := v.hi, false
	for i := v.lo; i < v.hi; i++ {
		s := r.text(v, i)
		if s == "" {
			continue
		}
		m, ok := bulletOf(s)
		switch {
		case ok && m.width > 0:
			if start == v.hi {
				start = i
			}
		case s[0] == ' ':
			if t := strings.TrimLeft(s, " "); start < v.hi && (strings.HasPrefix(t, "+ ") || strings.HasPrefix(t, "- ") || t == "-" || t == "+") {
				nested = true
			}
		default:
			start, nested = v.hi, false
		}
	}
	if !nested {
		return v.hi
	}
	return start
}

// answers reads the entries of such a list.
func (r *reader) answers(v view) {
	r.b.Open(page.Block{Kind: page.List, Line: int32(v.lo + 1)})
	n := 0
	for i := v.lo; i < v.hi; {
		m, ok := bulletOf(r.text(v, i))
		if !ok {
			i++
			continue
		}
		end := max(r.within(v, i+1), i+1)
		inner := i + 1
		tick := page.Unticked
		for ; inner < end; inner++ {
			t := strings.TrimLeft(r.lines[inner], " ")
			if b, ok := bulletOf(t); ok && (b.text == "+" || b.text == "-") {
				if b.text == "+" {
					tick = page.Ticked
				}
				break
			}
		}
		r.b.Open(page.Block{Kind: page.Entry, Line: int32(i + 1), Mark: numeral('a', n+1) + ".", Tick: tick})
		col := v.col + m.width
		r.body(view{i, inner, col, col})
		if inner < end {
			in := int(r.indents[inner])
			b, _ := bulletOf(strings.TrimLeft(r.lines[inner], " "))
			r.open(inner, "feedback", "")
			r.body(view{inner, end, in + b.width, in + b.width})
			r.b.Close()
		}
		r.b.Close()
		n++
		i = end
	}
	r.b.Close()
}

// blanks reads what is to be filled in. The right answers stand in :correct:, in
// :answer:, in pairs (:match_1: a|||b), or as the first field of each entry of a
// list at the end, one entry a blank.
func (r *reader) blanks(d *directive) {
	end := d.content.hi
	var right []option
	for i := d.content.lo; i < d.content.hi; i++ {
		s := r.text(d.content, i)
		m, ok := bulletOf(s)
		if !ok {
			continue
		}
		if name, _, ok := fieldOf(s[m.width:]); ok {
			end = min(end, i)
			right = append(right, option{value: name, line: i})
		}
	}
	if d.arg != "" && strings.Contains(d.arg, " ") {
		r.paragraph(d.line, r.inline(d.arg)) // some write the question here
	}
	r.body(view{d.content.lo, end, d.content.col, d.content.col})
	for _, o := range d.options {
		switch {
		case o.name == "correct" || o.name == "answer" || strings.HasPrefix(o.name, "match_"):
			o.value = strings.ReplaceAll(o.value, "|||", " — ")
			right = append(right, o)
		}
	}
	opened := false
	for _, a := range right {
		var spans []string
		for _, s := range accepted(a.value) {
			spans = append(spans, page.CodeSpan(s))
		}
		if len(spans) == 0 {
			continue // whatever one writes is right
		}
		if !opened {
			r.open(r.below(a.line), "answer", "")
			opened = true
		}
		r.paragraph(r.below(a.line), strings.Join(spans, " / "))
	}
	if opened {
		r.b.Close()
	}
}

// program reads words, a line of tildes or dashes, the program, and a line of
// equals signs with tests behind it, which are not shown to readers either.
// Without a line of tildes all is program.
func (r *reader) program(d *directive) {
	v := d.content
	words, hi := v.lo, v.hi
	for i := v.lo; i < v.hi; i++ {
		s := r.text(v, i)
		if len(s) < 4 || !adornment(s) {
			continue
		}
		if s[0] == '=' && d.name != "parsonsprob" && d.name != "hparsons" {
			hi = i
			break
		}
		if words == v.lo && (s[0] == '~' || s[0] == '-' && d.name != "activecode") {
			words = i
		}
	}
	if words > v.lo {
		r.body(view{v.lo, words, v.col, v.col})
		words++
	}
	lang := d.option("language")
	if lang == "" && (d.name == "activecode" || d.name == "codelens" || d.name == "actex") {
		lang = "python"
	}
	if words < hi {
		r.b.AddCode(words+1, lang, r.code(view{words, hi, v.col, v.col}))
	}
}

// pick reads a question with options as A+ writes them.
func (r *reader) pick(v view) {
	for i := v.lo; i < v.hi; {
		s := r.text(v, i)
		if _, _, _, ok := looseChoice(s); ok {
			i = r.looseChoices(v, i)
			continue
		}
		if letters, text, ok := strings.Cut(s, "§"); ok && len(letters) < 12 {
			r.feedback(i, strings.TrimSpace(text))
			i++
			continue
		}
		j := i + 1
		for j < v.hi {
			t := r.text(v, j)
			if _, _, _, ok := looseChoice(t); ok || strings.Contains(t, "§") {
				break
			}
			j++
		}
		r.body(view{i, j, v.col, v.col})
		i = j
	}
}
