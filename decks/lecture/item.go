package lecture

import (
	"regexp"
	"strings"
	"unicode"

	"lectern/decks"
	"lectern/decks/fold"
)

// start opens an item at a block.
func (f *finder) start(i int, text string, kind decks.Kind, s shape) {
	f.close()
	d, text := chipOf(strings.TrimSpace(text))
	if d == "" {
		d = f.difficulty
	}
	f.open = &Item{Prompt: text, Kind: kind, Difficulty: d, PromptBlocks: []int{i}}
	f.shape, f.answer = s, false
}

func (f *finder) addPrompt(i int, b *Block) {
	f.open.Prompt = join(f.open.Prompt, markdown(b))
	f.open.PromptBlocks = append(f.open.PromptBlocks, i)
}

func (f *finder) addAnswer(i int, b *Block) {
	f.open.Answer = join(f.open.Answer, markdown(b))
	f.open.AnswerBlocks = append(f.open.AnswerBlocks, i)
}

// Markdown writes blocks of the page, in this order, as one text.
func (p *Page) Markdown(blocks []int) string {
	text := ""
	for _, i := range blocks {
		text = join(text, markdown(&p.Blocks[i]))
	}
	return text
}

// markdown writes a block back as Markdown.
func markdown(b *Block) string {
	switch b.Kind {
	case Entry:
		mark := "-"
		if b.Mark != "" && unicode.IsDigit(rune(b.Mark[0])) {
			mark = strings.TrimRight(b.Mark, ".)") + "."
		}
		return strings.Repeat("  ", b.Level) + mark + " " + b.Text
	case Code:
		return "```" + b.Lang + "\n" + b.Text + "\n```"
	case Quote:
		return "> " + b.Text
	}
	return b.Text
}

// join puts blocks together: list entries on lines of their own, the rest apart.
func join(a, b string) string {
	switch {
	case strings.TrimSpace(a) == "":
		return strings.TrimLeft(b, " ")
	case isEntryLine(lastLine(a)) && isEntryLine(strings.TrimLeft(b, " ")):
		return a + "\n" + b
	}
	return a + "\n\n" + b
}

func lastLine(s string) string { return strings.TrimLeft(s[strings.LastIndexByte(s, '\n')+1:], " ") }

var entryLine = regexp.MustCompile(`^(?:-|\d{1,3}\.) `)

func isEntryLine(s string) bool { return entryLine.MatchString(s) }

var letterMark = regexp.MustCompile(`^[a-hA-Hа-еА-Е][.)]$`)

// option tells whether an entry is a choice of the open item: a box to tick, or
// a lettered entry under a question.
func (f *finder) option(b *Block) bool {
	if len(f.open.AnswerBlocks) > 0 {
		return false
	}
	if b.Box != NoBox && (f.shape != entry || b.Level > 0) {
		return true
	}
	return letterMark.MatchString(b.Mark) && (b.Level > 0 || f.shape != entry) && asks(f.open.Prompt)
}

func (f *finder) addOption(i int, b *Block) {
	f.open.Choices = append(f.open.Choices, decks.Option{Text: b.Text, Right: b.Box == TickedBox})
	f.open.PromptBlocks = append(f.open.PromptBlocks, i)
}

// close ends the open item and puts it into its group, unless it is empty or a
// repeat.
func (f *finder) close() {
	it := f.open
	f.open, f.answer = nil, false
	if it == nil {
		return
	}
	it.Prompt, it.Answer = strings.TrimSpace(it.Prompt), strings.TrimSpace(it.Answer)
	if !strings.ContainsFunc(it.Prompt, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return
	}
	key := fold.Fold(plain(it.Prompt))
	if f.seen[key] {
		f.skip(it.PromptBlocks[0], SkipRepeat)
		return
	}
	f.seen[key] = true
	if len(it.Choices) >= 2 {
		it.Kind = decks.Choice
		var right []string
		for _, c := range it.Choices {
			if c.Right {
				right = append(right, c.Text)
			}
		}
		if it.Answer == "" {
			it.Answer = strings.Join(right, "\n")
		}
	}
	title := strings.TrimRight(f.group, " :")
	if n := len(f.out.Groups); n == 0 || f.out.Groups[n-1].Title != title {
		f.out.Groups = append(f.out.Groups, Group{Title: title})
	}
	g := &f.out.Groups[len(f.out.Groups)-1]
	g.Items = append(g.Items, *it)
}

func (f *finder) result() *Extraction {
	if f.out.Title == "" && len(f.out.Groups) > 0 {
		f.out.Title = f.out.Groups[0].Title
	}
	return &f.out
}

func looksNumbered(title string) bool {
	for _, r := range title {
		if unicode.IsDigit(r) {
			return true
		}
	}
	return false
}
