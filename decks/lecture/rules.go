package lecture

import (
	"strings"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/fold"
)

// finder walks over a page's blocks and keeps what the rules need to know: the
// headings above, the place it is in, the item that is still open.
type finder struct {
	page *Page
	out  Extraction
	seen map[string]bool // folded prompts

	path  [7]string // headings above by level; path[0] is the latest heading of all
	group string    // title for the items found now

	place      decks.Kind // "" outside a place of questions
	level      int        // heading level that opened the place; 7 for a label
	list       bool       // the place is a label's list: text ends it
	difficulty decks.Difficulty

	open      *Item // being read; nil between items
	prompt    joined
	answer    joined
	shape     shape
	answering bool // what comes belongs to the open item's answer
	answered  bool // all of it stood on one line: "Answer: …"
}

// shape is how the open item stands on the page, which decides where it ends.
type shape int

const (
	entry   shape = iota // a list entry: deeper blocks belong to it
	section              // under a heading of its own: everything up to the next
	inline               // a paragraph: only answer and options follow
)

func (f *finder) block(i int) {
	b := &f.page.Blocks[i]
	if b.Kind != Code && furniture(b.Text) {
		b.Hidden = true
		if asks(b.Text) {
			f.skip(i, SkipFurniture)
		}
		return
	}
	switch b.Kind {
	case Heading:
		f.heading(i, b)
	case Fold:
		f.fold(b)
	case Entry:
		f.entry(i, b)
	case Paragraph:
		f.paragraph(i, b)
	default:
		f.more(i, b)
	}
}

func (f *finder) skip(i int, why Reason) {
	f.out.Skipped = append(f.out.Skipped, Skip{Block: i, Reason: why})
}

func (f *finder) heading(i int, b *Block) {
	title := b.Plain()
	if answerWord.MatchString(trimLabel(title)) && f.open != nil {
		f.answering = true
		return
	}
	if d, ok := difficultyOf(title); ok && f.place != "" {
		f.close()
		f.difficulty = d
		return
	}
	f.close()
	for l := b.Level; l < len(f.path); l++ {
		f.path[l] = ""
	}
	f.path[b.Level] = title
	if kind, rest, ok := labelOf(title); ok && (f.place != "" || looksNumbered(title)) {
		if f.place == "" {
			f.group = f.above(b.Level)
		}
		f.start(i, rest, kind, section)
		if rest == "" || !asks(rest) {
			f.prompt.set(rest)
		}
		f.level = max(f.level, b.Level)
		return
	}
	f.path[0] = title
	if kind, ok := place(title); ok {
		f.enter(kind, title, b.Level)
		return
	}
	if f.place != "" && b.Level > f.level && f.level < 7 {
		// A heading below a place of exercises: its own item, or a part of it.
		f.group = title
		return
	}
	f.leave()
	f.group = title
}

// above is the nearest heading over a level.
func (f *finder) above(level int) string {
	for l := level - 1; l > 0; l-- {
		if f.path[l] != "" {
			return f.path[l]
		}
	}
	return f.page.Title
}

func (f *finder) enter(kind decks.Kind, title string, level int) {
	f.close()
	f.place, f.group, f.level, f.difficulty, f.list = kind, title, level, "", level == 7
}

func (f *finder) leave() {
	f.close()
	f.place, f.difficulty, f.list = "", "", false
}

// fold handles the title of something that opens: an answer, a hint, a task.
func (f *finder) fold(b *Block) {
	title := trimLabel(b.Plain())
	switch {
	case answerWord.MatchString(fold.Fold(title)):
		if f.open != nil {
			f.answering = true
		}
	case hintWord.MatchString(fold.Fold(title)):
		f.answering = false
	default:
		if kind, ok := place(title); ok && f.open == nil {
			f.enter(kind, firstOf(f.path[0], title), 7)
			f.list = false
		}
	}
}

func trimLabel(s string) string { return strings.TrimRight(strings.TrimSpace(s), " :.*…▶►") }

// label reads a short line that announces what follows: "Вопросы:", "Ответ:".
func (f *finder) label(b *Block) bool {
	text := b.Plain()
	if !strings.HasSuffix(text, ":") && !(isBold(b.Text) && !asks(text)) {
		return false
	}
	if utf8.RuneCountInString(text) > 80 {
		return false
	}
	title := trimLabel(text)
	if answerWord.MatchString(fold.Fold(title)) {
		if f.open != nil {
			f.answering = true
			return true
		}
		return false
	}
	if d, ok := difficultyOf(title); ok && f.place != "" {
		f.close()
		f.difficulty = d
		return true
	}
	if hintWord.MatchString(fold.Fold(title)) {
		return f.open != nil
	}
	if kind, ok := place(title); ok {
		if _, rest, item := labelOf(title); item && rest != "" {
			return false
		}
		f.enter(kind, title, 7)
		return true
	}
	return false
}

func isBold(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") && strings.Count(s, "**") == 2
}

func (f *finder) entry(i int, b *Block) {
	if f.open != nil && f.answering {
		if !f.nextEntry(b) {
			f.addAnswer(i, b)
			return
		}
		f.close()
	}
	if f.open != nil && f.option(b) {
		f.addOption(i, b)
		return
	}
	if f.open != nil && (b.Level > 0 && f.shape == entry || f.shape == section) {
		f.addPrompt(i, b)
		return
	}
	if f.place == "" {
		if kind, rest, ok := labelOf(b.Plain()); ok && asks(rest) {
			f.start(i, rest, kind, entry)
		} else {
			f.close()
		}
		return
	}
	if d, ok := difficultyOf(b.Plain()); ok {
		f.close()
		f.difficulty = d
		return
	}
	text := b.Text
	kind := f.place
	if k, rest, ok := labelOf(text); ok && rest != "" {
		kind, text = k, rest
	}
	f.start(i, text, kind, entry)
}

// nextEntry tells whether an entry that comes in an answer goes on with the list
// of questions instead: it asks, or the answer before it was a line of its own.
func (f *finder) nextEntry(b *Block) bool {
	if f.place == "" || f.shape != entry || b.Level > 0 {
		return false
	}
	return strings.HasSuffix(b.Plain(), "?") || f.answered
}

func (f *finder) paragraph(i int, b *Block) {
	text := b.Plain()
	if rest, ok := answerLine(b.Text); ok && f.open != nil {
		f.answering, f.answered = true, !strings.HasSuffix(rest, ":")
		f.answer.set(rest)
		f.open.AnswerBlocks = append(f.open.AnswerBlocks, i)
		return
	}
	if f.open != nil && b.Level > 0 && f.shape == entry {
		if f.label(b) {
			return
		}
		if f.answering {
			f.addAnswer(i, b)
		} else {
			f.addPrompt(i, b)
		}
		return
	}
	if f.label(b) {
		return
	}
	if kind, rest, ok := labelOf(text); ok && rest != "" && (f.place != "" || asks(rest)) {
		if _, marked, plainOK := labelOf(b.Text); plainOK {
			rest = marked
		}
		f.start(i, rest, kind, inline)
		return
	}
	if f.open != nil && f.shape == section {
		if f.answering {
			f.addAnswer(i, b)
		} else {
			f.addPrompt(i, b)
		}
		return
	}
	if f.open != nil && f.answering && f.answer.Len() == 0 {
		f.addAnswer(i, b)
		return
	}
	switch {
	case f.place == decks.Question && strings.HasSuffix(text, "?") && !f.list:
		f.start(i, b.Text, decks.Question, inline)
	case f.place != "" && f.list:
		f.leave()
		f.maybe(i, b, text)
	case f.place == "":
		f.maybe(i, b, text)
	default:
		f.close()
	}
}

// maybe opens a question in running text: it is an item only if the page gives
// its answer at once.
func (f *finder) maybe(i int, b *Block, text string) {
	f.close()
	if !strings.HasSuffix(text, "?") || utf8.RuneCountInString(text) > 300 {
		return
	}
	if f.answeredNext(i) {
		f.start(i, b.Text, decks.Question, inline)
		return
	}
	f.skip(i, SkipRhetorical)
}

func (f *finder) answeredNext(i int) bool {
	for j := i + 1; j < len(f.page.Blocks) && j <= i+1; j++ {
		next := f.page.Blocks[j]
		switch next.Kind {
		case Fold, Heading:
			return answerWord.MatchString(fold.Fold(trimLabel(next.Plain())))
		case Paragraph:
			text := next.Plain()
			if _, ok := answerLine(next.Text); ok {
				return true
			}
			return strings.HasSuffix(text, ":") && answerWord.MatchString(fold.Fold(trimLabel(text)))
		case Entry:
			return next.Box != NoBox
		}
	}
	return false
}

// answerLine reads "Ответ: …" with the answer on the same line.
func answerLine(text string) (string, bool) {
	bare := strings.TrimLeft(text, "*_ ")
	head, rest, ok := strings.Cut(bare, ":")
	if !ok || utf8.RuneCountInString(head) > 24 || !answerWord.MatchString(fold.Fold(strings.Trim(head, "*_ "))) {
		return "", false
	}
	rest = strings.TrimSpace(strings.TrimLeft(rest, "*_ "))
	return rest, rest != ""
}

// more adds code, quotes and tables to the open item.
func (f *finder) more(i int, b *Block) {
	if f.open == nil {
		return
	}
	if f.answering {
		f.addAnswer(i, b)
		return
	}
	if f.shape == section || b.Level > 0 || b.Kind == Code && f.shape == entry {
		f.addPrompt(i, b)
	}
}
