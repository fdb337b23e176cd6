package text

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// crown finds the page's title and hides what stands before it: a copied page
// begins with the site's menus. The title is a heading with something to read
// under it: one that a menu above repeats, or else the first. Nothing is looked for
// before block from.
func crown(p *page.Page, from int) {
	if end := siteName(p, from); end > from {
		if p.Blocks[end].Kind == page.Heading {
			p.Title, p.Blocks[end].Level = p.Blocks[end].Plain(), 1
		}
		return
	}
	menu, lines := map[string]int32{}, map[string]bool{}
	list := int32(-1)                // that names the title
	first, named, text := -1, -1, -1 // headings; where the text begins
	for i := from; i < len(p.Blocks) && i < from+600 && text < 0; i++ {
		b := &p.Blocks[i]
		switch {
		case b.Hidden:
		case b.Kind == page.Paragraph && b.Parent >= 0:
			menu[bare(b.Plain())] = outermost(p, b)
		case b.Kind == page.Paragraph && isIn(menu, b) && !long(b): // a title that is a question
			named, list = i, menu[bare(b.Plain())]
		case b.Kind == page.Paragraph && long(b):
			text = i
		case b.Kind == page.Paragraph:
			lines[bare(b.Plain())] = true
		case b.Kind == page.Heading && !siteHead(b.Plain()):
			if first < 0 {
				first = i
			}
			// A list that names several headings is of the page's own contents.
			switch at, ok := menu[bare(b.Plain())]; {
			case ok && named < 0 && contentsOf(p, int(at), i, from):
				named, list = int(at)-1, at
			case ok && (named < 0 || at != list):
				named, list = titleAbove(p, i, int(at)), at
			case ok && at-1 >= int32(from) && named > int(at):
				if b := &p.Blocks[at-1]; b.Kind == page.Heading && !b.Hidden && !siteHead(b.Plain()) {
					named = int(at) - 1
				}
			}
		}
	}
	at := named
	if at < 0 {
		at = first
		for i := max(text, 0); i > first && first >= 0; i-- {
			if b := &p.Blocks[i]; b.Kind == page.Heading && !b.Hidden {
				if !endsAsking(b.Text) {
					at = i
				}
			} else if i < text && !b.Hidden {
				break
			}
		}
	}
	if at < 0 && text >= 0 {
		if at = below(p, text, menu, lines); at >= 0 {
			first = from - 1
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

// contentsOf tells whether a list is the contents of the page: it stands between two
// headings and names the second one first, or after the title.
func contentsOf(p *page.Page, list, next, from int) bool {
	if list <= from || int(p.Blocks[list].End) != next {
		return false
	}
	if b := &p.Blocks[list-1]; b.Kind != page.Heading || b.Hidden || siteHead(b.Plain()) {
		return false
	}
	title, first := bare(p.Blocks[list-1].Plain()), bare(p.Blocks[next].Plain())
	for i := list + 1; i < next; i++ {
		if b := &p.Blocks[i]; b.Kind == page.Paragraph {
			if name := bare(b.Plain()); name != title {
				return name == first
			}
		}
	}
	return false
}

// outermost is the list that a paragraph stands in, at whatever depth.
func outermost(p *page.Page, b *page.Block) int32 {
	i := b.Parent
	for p.Blocks[i].Parent >= 0 {
		i = p.Blocks[i].Parent
	}
	return i
}

// siteName hides the name of a site and its menu, which stand before the title: a
// short line, and a list of short ones that name nothing below. It returns where the
// page goes on.
func siteName(p *page.Page, from int) int {
	at := from
	for at < len(p.Blocks) && (p.Blocks[at].Hidden || p.Blocks[at].Kind == page.Heading && siteHead(p.Blocks[at].Plain())) {
		at++
	}
	if at+1 >= len(p.Blocks) || p.Blocks[at].Kind != page.Heading || p.Blocks[at+1].Kind != page.List {
		return from
	}
	end := int(p.Blocks[at+1].End)
	if end >= len(p.Blocks) || p.Blocks[end].Kind != page.Heading && !long(&p.Blocks[end]) {
		return from
	}
	names := map[string]bool{}
	for i := at + 1; i < end; i++ {
		b := &p.Blocks[i]
		if b.Kind != page.Paragraph {
			continue
		}
		if len(strings.Fields(b.Text)) > 3 || utf8.RuneCountInString(b.Text) > 24 || len(names) > 12 {
			return from
		}
		names[bare(b.Plain())] = true
	}
	for i := end; i < len(p.Blocks) && i < end+2000; i++ {
		if b := &p.Blocks[i]; b.Kind == page.Heading && names[bare(b.Plain())] {
			return from
		}
	}
	if len(names) < 2 {
		return from
	}
	for i := range end {
		p.Blocks[i].Hidden = true
	}
	return siteName(p, end) // another menu
}

// titleAbove is the heading that stands between the contents of a page and the
// first heading that they name; that heading itself when the list is another one
// or nothing stands between.
func titleAbove(p *page.Page, named, list int) int {
	if list < 1 || !contentsLine.MatchString(p.Blocks[list-1].Plain()) {
		return named
	}
	for i := int(p.Blocks[list].End); i < named; i++ {
		if b := &p.Blocks[i]; b.Kind == page.Heading && !b.Hidden && !siteHead(b.Plain()) {
			return i
		}
	}
	return named
}

var contentsLine = regexp.MustCompile(`(?i)^(?:(?:table of )?contents|on this page|in this (?:article|page|lesson|chapter)|inhalt(?:sverzeichnis)?|auf dieser seite|содержание|оглавление|на этой странице|dans cette page|sommaire|table des matières|en (?:este artículo|esta página)|contenido|目录|本页内容)\s*[:：]?$`)

// below finds the title of a page that has a notice above it, of its translation or
// of cookies: the first heading, when the lines above the notice name it.
func below(p *page.Page, text int, menu map[string]int32, lines map[string]bool) int {
	for i := text + 1; i < len(p.Blocks) && i < text+headMost; i++ {
		b := &p.Blocks[i]
		if b.Kind != page.Heading || b.Hidden || siteHead(b.Plain()) {
			continue
		}
		if isIn(menu, b) || lines[bare(b.Plain())] {
			return i
		}
		break
	}
	return -1
}

func isIn(menu map[string]int32, b *page.Block) bool {
	_, ok := menu[bare(b.Plain())]
	return ok
}

// siteHead tells the headings of a site's own parts.
func siteHead(s string) bool {
	return skipLink(s) || siteHeads[fold.Fold(s)]
}

var siteHeads = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range []string{"search", "menu", "navigation", "navigation menu", "main menu", "main navigation", "filter sidebar", "sidebar", "breadcrumbs", "files", "поиск", "меню", "навигация", "suche", "buscar", "recherche", "rechercher"} {
		m[fold.Fold(s)] = true
	}
	return m
}()

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
