// Package place shows where in its lecture a card comes from: the part of the
// page around the question, in a sheet over the screen.
package place

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/fold"
	"lectern/decks/lecture"
	"lectern/decks/lecture/page"
)

// Collection is what is read.
type Collection interface {
	Page(ctx context.Context, deck string) (string, bool, error)
}

// Options are what the sheet needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Background func(func()) // runs the reading; nil is a goroutine of its own
}

// Of names a place in a course.
type Of struct {
	Deck     string // id
	Section  string // title; where the page is opened when the question is not on it any more
	Question string // plain
}

// How much of the page is shown before and after the question.
const (
	before = 8
	after  = 60
)

// Show opens the sheet. Without a page it does nothing and returns false.
func Show(o Options, of Of) bool {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	ctx := context.Background()
	text, ok, err := o.Collection.Page(ctx, of.Deck)
	if err != nil {
		o.Nav.Error(err)
		return false
	}
	if !ok {
		return false
	}
	o.Background(func() {
		page, _, err := lecture.Extract(ctx, []byte(text), "", nil)
		fyne.Do(func() {
			if page == nil {
				o.Nav.Error(err)
				return
			}
			title := of.Section
			if title == "" {
				title = page.Title
			}
			o.Nav.Sheet(title, body(page, of))
		})
	})
	return true
}

// body is the part of the page around the place, the place itself marked.
func body(p *page.Page, of Of) fyne.CanvasObject {
	var blocks []page.Block
	for _, i := range p.Words() {
		if b := p.Blocks[i]; !b.Hidden && strings.TrimSpace(b.Plain()) != "" {
			b.Mark, _ = p.Bullet(i)
			blocks = append(blocks, b)
		}
	}
	at, found := find(blocks, of)
	column := kit.Column(8)
	from, to := max(0, at-before), min(len(blocks), at+after)
	if from > 0 {
		column.Add(kit.NewText("…", kit.RowText, theme.Muted))
	}
	for i := from; i < to; i++ {
		column.Add(line(blocks[i], found && i == at))
	}
	if to < len(blocks) {
		column.Add(kit.NewText("…", kit.RowText, theme.Muted))
	}
	return column
}

func line(b page.Block, here bool) fyne.CanvasObject {
	letter, text := kit.RowText, b.Plain()
	switch b.Kind {
	case page.Heading:
		letter = kit.RowText.Strong()
	case page.Code:
		letter = kit.Code
	}
	if b.Mark != "" && b.Kind == page.Paragraph {
		text = b.Mark + " " + text
	}
	item := kit.NewItem(kit.Sides(4, 12), kit.NewLabel(text, letter, theme.Ink), nil)
	item.Radius, item.Selected = theme.RadiusControl, here
	return item
}

// find looks for the block with the question, else for the section's title.
func find(blocks []page.Block, of Of) (at int, found bool) {
	key := func(s string) string { return strings.Join(strings.Fields(fold.Fold(s)), " ") }
	question, section := key(of.Question), key(of.Section)
	heading := -1
	for i, b := range blocks {
		text := key(b.Plain())
		if question != "" && (strings.Contains(text, question) || len(text) > 20 && strings.Contains(question, text)) {
			return i, true
		}
		if heading < 0 && section != "" && strings.Contains(text, section) {
			heading = i
		}
	}
	return max(heading, 0), false
}
