package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// crown finds the page's title and hides what stands before it: a copied page
// begins with the site's menus. The title is a heading with something to read
// under it: one that a menu above repeats, or else the first.
func crown(p *page.Page) {
	menu := map[string]bool{}
	first, named, text := -1, -1, -1 // headings; where the text begins
	for i := 0; i < len(p.Blocks) && i < 600 && text < 0; i++ {
		b := &p.Blocks[i]
		switch {
		case b.Kind == page.Paragraph && b.Parent >= 0:
			menu[bare(b.Plain())] = true
		case b.Kind == page.Paragraph && menu[bare(b.Plain())] && !long(b): // a title that is a question
			named = i
		case b.Kind == page.Paragraph && long(b):
			text = i
		case b.Kind == page.Heading && !skipLink(b.Plain()):
			if first < 0 {
				first = i
			}
			if menu[bare(b.Plain())] {
				named = i
			}
		}
	}
	at := named
	if at < 0 {
		at = first
		for i := max(text, 0); i > first && first >= 0; i-- {
			if p.Blocks[i].Kind == page.Heading {
				at = i
			} else if i < text {
				break
			}
		}
	}
	if at < 0 {
		return
	}
	p.Title = p.Blocks[at].Plain()
	p.Blocks[at].Kind, p.Blocks[at].Level = page.Heading, 1
	if at > first && at < 400 {
		for i := range at {
			p.Blocks[i].Hidden = true
		}
	}
}

// bare is a title without its number, as it is compared.
func bare(s string) string {
	return fold.Fold(strings.TrimLeft(s, "0123456789. "))
}

// long tells a paragraph that is text and no line of a menu.
func long(b *page.Block) bool {
	n := utf8.RuneCountInString(b.Text)
	last, _ := utf8.DecodeLastRuneInString(b.Text)
	ended := strings.ContainsRune(".!?:;…»)。！？：", last)
	return n >= 120 || n >= 60 && ended || n >= 20 && ended && strings.ContainsFunc(b.Text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// skipLink tells the first line of many copied pages.
func skipLink(s string) bool {
	f := fold.Fold(s)
	return strings.HasPrefix(f, "skip to") || strings.HasPrefix(f, "перейти к ") || strings.HasPrefix(f, "jump to")
}
