// Package text reads a lecture page in plain text, as a browser copies it or a
// person types it: blank lines between blocks, bullets, and headings that are
// merely short lines standing alone.
package text

import (
	"context"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// Read reads a page of UTF-8 text with LF line ends.
func Read(ctx context.Context, text string) (*page.Page, error) {
	r := reader{b: page.NewBuilder(ctx, "text"), heads: headsOf(text)}
	no := 1
	var chunk []line
	for s := range strings.SplitSeq(text, "\n") {
		s = strings.TrimRight(s, " \t\r\u00a0")
		if s != "" {
			chunk = append(chunk, line{text: s, no: no})
		} else if len(chunk) > 0 {
			r.chunk(chunk)
			chunk = chunk[:0]
		}
		no++
	}
	if len(chunk) > 0 {
		r.chunk(chunk)
	}
	p, err := r.b.Finish()
	if err == nil {
		dated(p)
		crown(p, hosted(p))
		sentences(p)
		feet(p)
	}
	return p, err
}

type line struct {
	text   string
	no     int
	choice bool // one of several that count up: a. b. c.
}

type reader struct {
	b      *page.Builder
	lists  []int  // indents of the entries that are open
	kinds  []byte // of the marks of the lists that are open
	code   bool   // the chunk before announced code
	coding bool   // the chunk before was code
	heads  heads
}

// codeName are the lines by which sites name the language of the code below; a
// browser copies them too.
var codeName = regexp.MustCompile(`^(?:In ?\[[\d \*]*\]:?|Out ?\[[\d ]*\]:?|PYTHON|OUTPUT|BASH|R|SQL|JAVASCRIPT|JAVA|ERROR|SHELL|CODE|C\+\+|GO|RUST|Copy(?: code)?|Copied!|Копировать(?: код)?|Скопировать)$`)

// chunk reads lines between blank ones.
func (r *reader) chunk(lines []line) {
	if l := lines[0]; len(lines) == 1 && r.heads[l.no] == option {
		r.code, r.coding = false, false
		r.open(page.Block{Kind: page.Entry, Tick: page.Unticked, Line: int32(l.no)}, inEntry, strings.TrimSpace(l.text))
		return
	}
	if len(lines) == 1 && codeName.MatchString(strings.TrimSpace(lines[0].text)) {
		r.code = true
		return
	}
	announced := r.code
	r.code = false
	if tex, ok := formulaOf(lines); ok {
		r.coding = false
		r.close(indentOf(lines[0].text), false)
		r.b.Add(page.Block{Kind: page.Formula, Text: tex, Line: int32(lines[0].no)})
		return
	}
	letters(lines)
	if pieces := cut(lines); !announced && (len(pieces) > 1 || len(lines) > 1 && begins(lines[0])) {
		for _, p := range pieces {
			r.piece(p)
		}
		return
	}
	if announced || codeLike(lines, r.coding) {
		r.coding = true
		r.close(indentOf(lines[0].text), announced)
		r.addCode(lines)
		return
	}
	r.coding = false
	for i := 0; i < len(lines); {
		i += r.line(lines[i:], len(lines) == 1)
	}
}

var letterStop = regexp.MustCompile(`^\s*([a-hA-Hа-еА-Е])\. \S`)

// letters turns "a. one", "b. two" into entries: letters that count up over lines
// are no initials.
func letters(lines []line) {
	for i := 0; i+1 < len(lines); i++ {
		m, n := letterStop.FindStringSubmatch(lines[i].text), letterStop.FindStringSubmatch(lines[i+1].text)
		if m == nil || n == nil {
			continue
		}
		a, _ := utf8.DecodeRuneInString(m[1])
		b, _ := utf8.DecodeRuneInString(n[1])
		if b != a+1 {
			continue
		}
		for _, k := range []int{i, i + 1} {
			lines[k].text, lines[k].choice = strings.Replace(lines[k].text, ". ", ") ", 1), true
		}
		for k := i + 2; k < len(lines); k++ {
			b++
			m := letterStop.FindStringSubmatch(lines[k].text)
			if m == nil || m[1] != string(b) {
				break
			}
			lines[k].text, lines[k].choice = strings.Replace(lines[k].text, ". ", ") ", 1), true
		}
	}
}

// cut divides a chunk before each entry that is a sentence: what stands under it
// without a blank line may be code.
func cut(lines []line) [][]line {
	var pieces [][]line
	from := 0
	for i := range lines {
		if i > from && (begins(lines[i]) || i > 0 && formLine.MatchString(lines[i-1].text)) {
			pieces = append(pieces, lines[from:i])
			from = i
		}
	}
	return append(pieces, lines[from:])
}

// begins tells whether a line begins a piece: an entry that is a sentence, a choice,
// a line of a quiz's form.
func begins(l line) bool {
	_, rest, ok := entryOf(l.text)
	return ok && (l.choice || prose.MatchString(rest) || strings.HasSuffix(rest, ":") || strings.HasSuffix(rest, "?")) || formLine.MatchString(l.text)
}

// formLine are the lines that stand in the forms of quizzes.
var formLine = regexp.MustCompile(`^(?i:question \d+|вопрос \d+|not yet answered|answer saved|marked out of [\d.]+|flag question|question text|select one(?: or more)?:|clear my choice|пока нет ответа|ответ сохранен|балл: [\d,.]+|отметить вопрос|текст вопроса|выберите один(?: или несколько)?(?: ответ(?:ов)?)?:|очистить мой выбор)$`)

// piece reads an entry with the lines under it, or lines before the first entry.
func (r *reader) piece(lines []line) {
	if !isEntry(lines[0].text) {
		if codeLike(lines, r.coding) {
			r.addCode(lines)
			return
		}
	} else if n := r.line(lines, false); n < len(lines) {
		if lines = lines[n:]; codeLike(lines, true) {
			r.addCode(lines)
			return
		}
	} else {
		return
	}
	for i := 0; i < len(lines); {
		i += r.line(lines[i:], false)
	}
}

func (r *reader) addCode(lines []line) {
	body := make([]string, len(lines))
	for i, l := range lines {
		body[i] = l.text
	}
	r.b.AddCode(lines[0].no, "", strings.Join(body, "\n"))
}

// close ends the lists whose entries do not reach to an indent.
func (r *reader) close(indent int, all bool) {
	for len(r.lists) > 0 && (all || indent <= r.lists[len(r.lists)-1]) {
		r.lists = r.lists[:len(r.lists)-1]
		r.b.Close() // the entry
		r.b.Close() // its list
	}
}

// line reads a line and those that go on with it.
func (r *reader) line(lines []line, alone bool) int {
	l := lines[0]
	if alone {
		l.text = withoutAnchor(l.text)
	}
	if level := r.heads[l.no]; level > 0 && alone {
		r.close(0, true)
		r.b.Add(page.Block{Kind: page.Heading, Level: level, Text: words(strings.TrimSpace(l.text)), Line: int32(l.no)})
		return 1
	}
	if mark, rest, ok := entryOf(l.text); ok {
		n := 1
		indent := indentOf(l.text)
		for n < len(lines) && indentOf(lines[n].text) > indent+1 && !isEntry(lines[n].text) && wraps(lines[n-1].text, lines[n].text) {
			rest += " " + strings.TrimSpace(lines[n].text)
			n++
		}
		r.entry(l.no, indent, mark, rest)
		return n
	}
	indent := indentOf(l.text)
	r.close(indent, false)
	bare := strings.TrimSpace(l.text)
	if alone && len(r.lists) == 0 && titleLike(bare) {
		r.b.Add(page.Block{Kind: page.Heading, Level: 2, Text: words(bare), Line: int32(l.no)})
		return 1
	}
	n := 1
	for n < len(lines) && wraps(lines[n-1].text, lines[n].text) && !isEntry(lines[n].text) {
		bare += " " + strings.TrimSpace(lines[n].text)
		n++
	}
	if answerLine.MatchString(bare) {
		bare = strings.TrimSpace(formField.ReplaceAllString(bare, ""))
	}
	r.b.Add(page.Block{Text: words(bare), Line: int32(l.no)})
	return n
}

// withoutAnchor takes off a heading the sign by which sites link to it.
func withoutAnchor(s string) string {
	for _, sign := range []string{" #", "¶", " 🔗"} {
		if t, ok := strings.CutSuffix(s, sign); ok && strings.TrimSpace(t) != "" {
			return strings.TrimRight(t, " ")
		}
	}
	return s
}

func (r *reader) entry(no, indent int, mark, text string) {
	if m := letterAfter.FindStringSubmatch(text); m != nil { // "• A) one"
		mark, text = m[1]+")", text[len(m[0]):]
	}
	e := page.Block{Kind: page.Entry, Mark: mark, Line: int32(no)}
	e.Tick, text = tickOf(text)
	r.open(e, indent, text)
}

// inEntry is an indent that lies in whatever entry is open.
const inEntry = 1 << 20

// open begins an entry, and the list that it is the first of.
func (r *reader) open(e page.Block, indent int, text string) {
	for len(r.lists) > 0 && indent < r.lists[len(r.lists)-1] {
		r.lists = r.lists[:len(r.lists)-1]
		r.b.Close() // the entry
		r.b.Close() // its list
	}
	kind := markKind(e.Mark)
	switch {
	case len(r.lists) > 0 && indent == r.lists[len(r.lists)-1] && kind != r.kinds[len(r.lists)-1]: // another list
		r.close(indent, false)
		r.b.Open(page.Block{Kind: page.List, Line: e.Line})
		r.lists = append(r.lists, indent)
	case len(r.lists) > 0 && indent == r.lists[len(r.lists)-1]:
		r.b.Close()
	default:
		r.b.Open(page.Block{Kind: page.List, Line: e.Line})
		r.lists = append(r.lists, indent)
	}
	for len(r.kinds) > len(r.lists)-1 {
		r.kinds = r.kinds[:len(r.kinds)-1]
	}
	r.kinds = append(r.kinds, kind)
	r.b.Open(e)
	r.b.Add(page.Block{Text: words(text), Line: e.Line})
}

var (
	numberMark  = regexp.MustCompile(`^(?:\\?\(?(\d{1,3}|[a-zA-Zа-яА-Я])([.)]))[ \t\x{a0}]+`)
	closeMark   = regexp.MustCompile(`^(\d{1,2}[.)])\p{Lu}\p{Ll}*\s`)
	letterAfter = regexp.MustCompile(`^([A-Ha-hА-Еа-е])\)[ \t]+`)
	hanMark     = regexp.MustCompile(`^(\d{1,3})[.、）)]\s?\p{Han}`)
)

const bullets = "?•●◦▪‣·*-–—+○■□✓"

func isEntry(s string) bool {
	_, _, ok := entryOf(s)
	return ok
}

// entryOf splits an entry into its mark and its text.
func entryOf(s string) (mark, rest string, ok bool) {
	s = strings.TrimLeft(s, " \t\u00a0")
	if m := numberMark.FindStringSubmatch(s); m != nil {
		if r, _ := utf8.DecodeRuneInString(m[1]); unicode.IsLetter(r) && m[2] == "." {
			return "", "", false // an initial: "A. Karpathy"
		}
		rest = strings.TrimSpace(s[len(m[0]):])
		return m[1] + m[2], rest, rest != ""
	}
	if m := closeMark.FindStringSubmatch(s); m != nil {
		return m[1], strings.TrimSpace(s[len(m[1]):]), true
	}
	if m := hanMark.FindStringSubmatch(s); m != nil {
		_, size := utf8.DecodeRuneInString(s[len(m[1]):])
		return m[1] + ".", strings.TrimSpace(s[len(m[1])+size:]), true
	}
	r, n := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune(bullets, r) {
		return "", "", false
	}
	rest = s[n:]
	if rest == "" || rest[0] != ' ' && rest[0] != '\t' && !strings.HasPrefix(rest, "\u00a0") && r != '•' {
		return "", "", false
	}
	rest = strings.Trim(rest, " \t\u00a0")
	return string(r), rest, rest != "" && strings.Trim(s, "-*_ ") != ""
}

var ticks = []struct {
	mark string
	tick page.Tick
}{{"[ ] ", page.Unticked}, {"[x] ", page.Ticked}, {"[X] ", page.Ticked}, {"☐ ", page.Unticked}, {"☑ ", page.Ticked}, {"☒ ", page.Ticked}, {"( ) ", page.Unticked}, {"(x) ", page.Ticked}}

func tickOf(s string) (page.Tick, string) {
	for _, t := range ticks {
		if rest, ok := strings.CutPrefix(s, t.mark); ok {
			return t.tick, strings.TrimSpace(rest)
		}
	}
	return page.NoTick, s
}

func indentOf(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case ' ', '\u00a0':
			n++
		case '\t':
			n += 4
		default:
			return n
		}
	}
	return n
}

// markKind tells bullets, numbers and letters apart.
func markKind(mark string) byte {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(mark, "("))
	switch {
	case unicode.IsDigit(r):
		return '1'
	case unicode.IsLetter(r):
		return 'a'
	}
	return '-'
}

// wraps tells whether a line goes on in the next: a long line without an end.
func wraps(s, next string) bool {
	s, next = strings.TrimSpace(s), strings.TrimSpace(next)
	if utf8.RuneCountInString(s) < 45 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	first, _ := utf8.DecodeRuneInString(next)
	return !strings.ContainsRune(".!?:;", last) || unicode.IsLower(first)
}

// questionLine matches a line that begins with a question's label and goes on behind
// its question mark.
var questionLine = regexp.MustCompile(`^(?i:q|question|вопрос|frage|pregunta)\s?\d{0,3}\s*[:.].*[?？].`)

// answerLine matches a line that holds an answer.
var answerLine = regexp.MustCompile(`(?i)^(?:(?:your|my|the|correct|right|ваш|твой|правильный|deine?|ihre|richtige|votre|ta|tu|su)\s+)*(?:answers?|ответ|antwort|réponse|respuesta)\s*:\s*\S`)

// formField matches the marks between which a form takes an answer: [A2] … [/A2].
var formField = regexp.MustCompile(`\s?\[/?[A-Z]{1,6}\d{0,3}\]`)

// titleLike tells a heading from a sentence: short, begins with a capital or a
// number, ends without a stop. A question is a paragraph: whether the text goes on
// to answer it is for the rules to say.
func titleLike(s string) bool {
	n := utf8.RuneCountInString(s)
	if n > 100 || n < 2 || len(strings.Fields(s)) > 16 {
		return false
	}
	if mathLike(s) || answerLine.MatchString(s) || questionLine.MatchString(s) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "[(«\"“¿¡#"))
	if unicode.IsLower(first) || unicode.IsPunct(first) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune(".!?;,:。？！：；", last) {
		return strings.HasSuffix(s, "...") && n < 40
	}
	return true
}
