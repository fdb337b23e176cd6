package lecture

import (
	"context"
	"path/filepath"
	"strings"

	"lectern/decks"
	"lectern/decks/fault"
)

// Extraction is what the rules found on a page.
type Extraction struct {
	Title   string
	Lang    string
	Groups  []Group
	Skipped []Skip
}

// Group is a set of items under one heading or label.
type Group struct {
	Title string
	Items []Item
}

// Item is a question or an exercise. Blocks name its place on the page.
type Item struct {
	Prompt     string // Markdown
	Kind       decks.Kind
	Difficulty decks.Difficulty
	Answer     string // Markdown; "" when the page gives none
	Choices    []decks.Option

	PromptBlocks []int // indexes into Page.Blocks, ascending
	AnswerBlocks []int
}

// Skip is a block that looked like a question and is none.
type Skip struct {
	Block  int
	Reason Reason
}

// Reason says why a block is no item.
type Reason string

// The reasons.
const (
	SkipFurniture  Reason = "furniture"  // navigation, footers
	SkipRhetorical Reason = "rhetorical" // the text itself goes on to answer it
	SkipRepeat     Reason = "repeat"     // stands on the page already
)

// Count is the number of items.
func (e *Extraction) Count() int {
	n := 0
	for _, g := range e.Groups {
		n += len(g.Items)
	}
	return n
}

// Answers is the number of items whose answer the page gives.
func (e *Extraction) Answers() int {
	n := 0
	for _, g := range e.Groups {
		for _, it := range g.Items {
			if it.Answer != "" {
				n++
			}
		}
	}
	return n
}

// Progress is told how many steps of how many are done.
type Progress func(done, total int)

// Extract reads a page and finds its items. Name is a file name or an address
// and helps to tell the format. A page without questions is no error: its
// extraction has no groups. Errors carry the faults EmptyPage, NotText, TooLarge,
// UnreadableFile or Cancelled.
func Extract(ctx context.Context, raw []byte, name string, progress Progress) (*Page, *Extraction, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	progress(0, 3)
	text, _, err := Decode(raw)
	if err != nil {
		return nil, nil, err
	}
	if strings.Contains(text, "\r") {
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, fault.New(fault.Cancelled, err)
	}
	progress(1, 3)
	page, err := readerFor(name, text).Read(text)
	if err != nil {
		return nil, nil, fault.New(fault.UnreadableFile, err, "name", filepath.Base(name))
	}
	if page.Lang == "" {
		page.Lang = language(text)
	}
	progress(2, 3)
	x, err := Find(ctx, page)
	if err != nil {
		return nil, nil, err
	}
	progress(3, 3)
	return page, x, nil
}

// Find applies the rules to a page.
func Find(ctx context.Context, page *Page) (*Extraction, error) {
	f := finder{page: page, seen: map[string]bool{}}
	f.out.Title, f.out.Lang = page.Title, page.Lang
	for i := range page.Blocks {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, fault.New(fault.Cancelled, ctx.Err())
		}
		f.block(i)
	}
	f.close()
	return f.result(), nil
}

// language tells Russian from English by the letters.
func language(text string) string {
	cyrillic, latin := 0, 0
	for i, r := range text {
		if i > 50_000 {
			break
		}
		switch {
		case r >= 'а' && r <= 'я' || r == 'ё':
			cyrillic++
		case r >= 'a' && r <= 'z':
			latin++
		}
	}
	switch {
	case cyrillic > latin/2 && cyrillic > 0:
		return "ru"
	case latin > 0:
		return "en"
	}
	return ""
}
