package source

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
)

// Parse reads a course from one file; name is what errors call it. What has no
// id in the file gets a random one, so the deck can always be released; to keep
// ids use [AssignIDs] first. The deck is canonical. All mistakes are returned
// together as [Errors], and then no deck.
func Parse(name string, src []byte) (decks.Deck, error) {
	if err := checkSize(len(src)); err != nil {
		return decks.Deck{}, fmt.Errorf("parse %s: %w", name, err)
	}
	p := newParser(name, src, false)
	p.run()
	d, _, err := assemble([]*parser{p})
	return d, err
}

func checkSize(n int) error {
	if n > release.MaxContent {
		return fault.New(fault.TooLarge, fmt.Errorf("%d bytes, at most %d", n, release.MaxContent), "limit", release.MaxContent)
	}
	return nil
}

// zone is what a line without a keyword is.
type zone int

const (
	prose  zone = iota // after a heading: a lecturer's text, not read
	inText             // part of a card's text
	inList             // after the first option of a choice
	ended              // after a card: nothing may stand here
)

// section and note are what a file says, with the places where it says it.
type section struct {
	decks.Section
	line   int // of the heading, from 1
	idLine int // of the comment with the id, 0 without one
	last   int // index of the line after which an id is written
}

type note struct {
	decks.Note
	section int   // index in the file, -1 before the first heading
	line    int   // of the keyword, from 1
	idLine  int   // of the comment with the id, 0 without one
	last    int   // index of the card's last line
	front   []int // indices of the lines of a cloze's text
	gaps    int   // the highest number of a gap
	bare    []int // gaps without a number: which pair of opening braces of the text each is
	fresh   bool  // the author says that it is a new card
	keep    bool  // the author says that his changes are never in substance
}

// wordAt is a keyword as it stands in the file.
type wordAt struct {
	line int // index
	keyword
	word string
}

// parser reads one file.
type parser struct {
	name  string
	part  bool // a file of a course whose head is in another
	src   string
	bom   int // bytes of the byte-order mark before the first line
	lines []line
	at    int // next line
	errs  Errors

	deck     decks.Deck // its head
	key      string     // of its head
	hasHead  bool
	keyLines map[string]int // where the keys of the head stand
	number   bool           // gaps without a number will get one
	words    []wordAt
	sections []section
	notes    []note
	titled   bool // a heading of level 1 is a section

	zone  zone
	code  fence
	field decks.Field // being read
	text  []string    // its lines
	seen  map[decks.Field]bool
	marks map[mark]bool
}

func newParser(name string, src []byte, part bool) *parser {
	p := &parser{name: name, part: part, src: string(src), keyLines: map[string]int{}}
	if !utf8.Valid(src) {
		p.errs = append(p.errs, mistake(name, 1+strings.Count(string(src[:firstInvalid(src)]), "\n"), "not_utf8", ""))
		return p
	}
	p.bom = len(p.src) - len(strings.TrimPrefix(p.src, "\uFEFF"))
	p.lines = splitLines(p.src[p.bom:])
	return p
}

func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

func (p *parser) wrong(i int, what problem, word string) {
	if len(p.errs) < mostErrors {
		p.errs = append(p.errs, mistake(p.name, i+1, what, word))
	}
}

func (p *parser) run() {
	p.head()
	p.titled = p.deck.Title != "" || p.part
	for p.at < len(p.lines) {
		i := p.at
		p.at++
		p.line(i, p.lines[i].text)
	}
	if p.code.mark != "" {
		p.wrong(p.code.line-1, "open_code", p.code.mark)
		p.code = fence{}
	}
	p.endCard()
	slices.SortStableFunc(p.errs, func(a, b *fault.Fault) int { return a.Args["line"].(int) - b.Args["line"].(int) })
}

func (p *parser) line(i int, s string) {
	if p.zone == inText || p.zone == prose {
		if p.code.read(s, i+1) {
			p.add(i, s, true)
			return
		}
	}
	if k, word, rest, ok := keywordAt(s); ok {
		p.keyword(i, k, word, rest)
		return
	}
	if level, title, ok := heading(s); ok {
		p.heading(i, level, title)
		return
	}
	switch {
	case strings.HasPrefix(s, "<!--"):
		p.comment(i, s)
	case strings.HasPrefix(s, conflict):
		p.wrong(i, "conflict", "")
	case dashes.MatchString(s):
		p.endCard()
	case p.zone == inList || p.zone == inText && p.isChoice() && optionLine.MatchString(s):
		p.option(i, s)
	case blank(s):
		p.add(i, s, false)
	default:
		if word, near := nearKeyword(s); near {
			p.wrong(i, "near_keyword", word)
			return
		}
		p.add(i, s, false)
	}
}

// add takes a line that has no meaning of its own, or is code.
func (p *parser) add(i int, s string, code bool) {
	switch p.zone {
	case inText:
		if !code {
			s = unescape(s, p.isChoice())
		}
		if p.field == "" && !blank(s) {
			p.wrong(i, "stray_text", excerpt(s))
		}
		p.mayHaveGaps(i)
		p.text = append(p.text, s)
		if !blank(s) {
			p.card().last = i
		}
	case prose:
		if word, far := farKeyword(s); far && !code {
			p.wrong(i, "far_keyword", word)
		}
	case ended:
		if !blank(s) {
			p.wrong(i, "stray_text", excerpt(s))
			p.zone = prose // one report is enough
		}
	}
}

// farKeyword finds a full keyword behind signs of emphasis, lists or quotes.
func farKeyword(s string) (string, bool) {
	bare := strings.TrimLeft(s, " \t*_#>+-")
	if bare == s {
		return "", false
	}
	head, _, found := strings.Cut(bare, ":")
	head = strings.TrimRight(head, " \t*_")
	_, exact := keywordWords[head]
	return head, found && exact
}

func (p *parser) card() *note { return &p.notes[len(p.notes)-1] }

func (p *parser) open() bool { return p.zone == inText || p.zone == inList }

func (p *parser) isChoice() bool {
	return p.open() && p.field == decks.Front && p.card().Kind == decks.Choice
}

func (p *parser) keyword(i int, k keyword, word, rest string) {
	p.words = append(p.words, wordAt{i, k, word})
	if k.kind != "" {
		p.endCard()
		if p.part && len(p.sections) == 0 {
			p.wrong(i, "before_section", "")
		}
		p.notes = append(p.notes, note{section: len(p.sections) - 1, line: i + 1, last: i,
			Note: decks.Note{Kind: k.kind, Fields: map[decks.Field]string{}}})
		p.seen, p.marks = map[decks.Field]bool{}, map[mark]bool{}
		p.zone = inText
		p.begin(i, k.field, rest)
		return
	}
	if !p.open() {
		if k.field == decks.Source && p.zone == prose && len(p.sections) > 0 {
			p.sectionSource(i, word, rest)
			return
		}
		p.wrong(i, "stray_keyword", word)
		p.zone = prose
		return
	}
	p.endField()
	p.card().last = i
	if k.mark != noMark {
		if p.marks[k.mark] {
			p.wrong(i, "field_twice", word)
		}
		p.marks[k.mark] = true
		p.mark(i, k.mark, rest)
		return
	}
	if p.seen[k.field] {
		p.wrong(i, "field_twice", word)
	}
	p.begin(i, k.field, rest)
}

// begin starts a text of the open card.
func (p *parser) begin(i int, f decks.Field, rest string) {
	p.zone, p.field, p.text = inText, f, []string{rest}
	p.seen[f] = true
	p.mayHaveGaps(i)
	p.code = fence{}
	p.code.read(rest, i+1)
}

// mayHaveGaps remembers a line of the text of a cloze.
func (p *parser) mayHaveGaps(i int) {
	if n := p.card(); n.Kind == decks.Cloze && p.field == decks.Front {
		n.front = append(n.front, i)
	}
}

func (p *parser) mark(i int, m mark, rest string) {
	p.zone, p.field, p.text = inText, "", nil
	n := p.card()
	switch m {
	case tagsMark:
		n.Tags = release.Tags(splitTags(rest))
	case difficultyMark:
		d, ok := difficultyWords[strings.ToLower(strings.TrimSpace(rest))]
		if !ok {
			p.wrong(i, "difficulty", excerpt(rest))
		}
		n.Difficulty = d
	}
}

// splitTags cuts at commas; a backslash keeps a comma or a backslash.
func splitTags(s string) []string {
	var out []string
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == ',' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		case s[i] == ',':
			out = append(out, b.String())
			b.Reset()
		default:
			b.WriteByte(s[i])
		}
	}
	return append(out, b.String())
}

// endField keeps the text that was being read.
func (p *parser) endField() {
	if !p.open() {
		return
	}
	n := p.card()
	text := release.Text(strings.Join(p.text, "\n"))
	switch {
	case p.zone == inList:
		n.Choices[len(n.Choices)-1].Text = text
	case p.field != "" && text != "":
		n.Fields[p.field] = text
	}
	p.text = nil
}

// endCard closes the open card and looks at it as a whole.
func (p *parser) endCard() {
	if !p.open() {
		return
	}
	p.endField()
	p.zone = ended
	n := p.card()
	at := n.line - 1
	front := n.Fields[decks.Front]
	if front == "" {
		p.wrong(at, "empty_question", "")
		return
	}
	switch n.Kind {
	case decks.Choice:
		p.checkOptions(at, n.Choices)
	case decks.Cloze:
		p.checkGaps(at, n, front)
	}
}

func (p *parser) heading(i, level int, title string) {
	p.endCard()
	p.zone = prose
	title = release.Line(title)
	if title == "" {
		p.wrong(i, "empty_heading", "")
		return
	}
	if level == 1 && !p.titled && len(p.sections) == 0 && len(p.notes) == 0 {
		p.titled = true
		p.deck.Title = title
		return
	}
	p.sections = append(p.sections, section{Section: decks.Section{Title: title}, line: i + 1, last: i})
}

// sectionSource reads the paragraph that says where a section comes from.
func (p *parser) sectionSource(i int, word, rest string) {
	s := &p.sections[len(p.sections)-1]
	text := []string{rest}
	for p.at < len(p.lines) {
		t := p.lines[p.at].text
		if blank(t) || structural(t, false) {
			break
		}
		text = append(text, unescape(t, false))
		p.at++
	}
	if s.Source != "" {
		p.wrong(i, "field_twice", word)
	}
	s.Source = release.Text(strings.Join(text, "\n"))
}
