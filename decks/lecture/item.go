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
	f.open = &Item{Kind: kind, Difficulty: d, PromptBlocks: []int{i}}
	f.prompt.set(text)
	f.answer.set("")
	f.shape, f.answering, f.answered = s, false, false
}

func (f *finder) addPrompt(i int, b *Block) {
	f.prompt.add(markdown(b))
	f.open.PromptBlocks = append(f.open.PromptBlocks, i)
}

func (f *finder) addAnswer(i int, b *Block) {
	f.answer.add(markdown(b))
	f.open.AnswerBlocks = append(f.open.AnswerBlocks, i)
}

// Markdown writes blocks of the page, in this order, as one text.
func (p *Page) Markdown(blocks []int) string {
	var text joined
	for _, i := range blocks {
		text.add(markdown(&p.Blocks[i]))
	}
	return text.String()
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

// joined is a text put together of blocks: list entries on lines of their own,
// the rest apart.
type joined struct {
	strings.Builder
	entry bool // its last line is a list's entry
	asks  bool
}

func (j *joined) set(s string) {
	*j = joined{}
	j.add(s)
}

func (j *joined) add(s string) {
	switch {
	case j.Len() == 0:
		s = strings.TrimLeft(s, " ")
	case j.entry && entryLine.MatchString(s):
		j.WriteByte('\n')
	default:
		j.WriteString("\n\n")
	}
	j.WriteString(s)
	j.entry = entryLine.MatchString(s[strings.LastIndexByte(s, '\n')+1:])
	j.asks = j.asks || asks(s)
}

var entryLine = regexp.MustCompile(`^ *(?:-|\d{1,3}\.) `)

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
	return letterMark.MatchString(b.Mark) && (b.Level > 0 || f.shape != entry) && f.prompt.asks
}

func (f *finder) addOption(i int, b *Block) {
	f.open.Choices = append(f.open.Choices, decks.Option{Text: b.Text, Right: b.Box == TickedBox})
	f.open.PromptBlocks = append(f.open.PromptBlocks, i)
}

// close ends the open item and puts it into its group, unless it is empty or a
// repeat.
func (f *finder) close() {
	it := f.open
	f.open, f.answering = nil, false
	if it == nil {
		return
	}
	it.Prompt, it.Answer = strings.TrimSpace(f.prompt.String()), strings.TrimSpace(f.answer.String())
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
