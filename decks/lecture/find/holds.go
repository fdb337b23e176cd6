package find

import (
	"strings"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// holdsItems tells whether blocks hold items of their own: headings with labels,
// or boxes that are tasks.
func (f *finder) holdsItems(body []int) bool {
	n := 0
	for _, i := range body {
		for j := i; j < int(f.p.Blocks[i].End) && n < 2; j++ {
			switch b := &f.p.Blocks[j]; b.Kind {
			case page.Heading:
				if l, ok := labelOf(b.Text); ok && l.kind != "" && l.number != "" {
					n += 2
				} else if p, ok := place(fold.Fold(f.text(j))); ok && !p.weak && !p.single && !answersTitle.MatchString(foldTitle(f.text(j))) {
					n += 2
				} else if ok && p.weak && p.loose && j+1 < len(f.p.Blocks) && f.p.Blocks[j+1].Kind == page.List && f.allNumbered(f.children(j+1)) && f.mostTell(f.children(j+1)) {
					n += 2
				}
			case page.Box:
				if r := f.roleOf(j); b.Mark != "room" && (r == task || r == quizBox) {
					n++
					j = int(b.End) - 1
				}
			}
		}
	}
	return n >= 2
}

// numbered counts the paragraphs and headings among blocks that have a number of
// their own.
func (f *finder) numbered(body []int) int {
	n := 0
	for _, i := range body {
		switch b := &f.p.Blocks[i]; b.Kind {
		case page.Heading:
			if _, ok := labelOf(b.Text); ok {
				n++
			}
		case page.Paragraph:
			if _, ok := labelOf(b.Text); ok && boldStart(b.Text) {
				n++
			}
		case page.List:
			if all := f.children(i); len(all) == 1 && f.evident(all, false) {
				n++
			}
		}
	}
	return n
}

// labelledIn counts the paragraphs among blocks that are questions or exercises
// with a label of their own.
func (f *finder) labelledIn(body []int) int {
	n := 0
	for _, i := range body {
		if b := &f.p.Blocks[i]; b.Kind == page.Paragraph {
			if l, ok := labelOf(b.Text); ok && l.kind != "" && l.number != "" && wordsIn(cut(b.Text, l.end)) > 1 && !mention.MatchString(strings.TrimSpace(cut(b.Text, l.end))) {
				n++
			}
		}
	}
	return n
}

// linksOnly tells whether blocks are no more than links to where the task is.
func (f *finder) linksOnly(body []int) bool {
	for _, i := range body {
		for j := i; j < int(f.p.Blocks[i].End); j++ {
			b := &f.p.Blocks[j]
			if b.Kind.Holds() || b.Kind == page.Rule || b.Hidden {
				continue
			}
			if b.Kind != page.Paragraph || !linkLine.MatchString(strings.TrimSpace(b.Text)) {
				return false
			}
		}
	}
	return true
}

var linkLine = mustCompile(`^[^\p{L}\p{N}\[<!]*(?:!?\[[^\]]*\]\([^)]*\)|<https?:[^>]*>|https?:\S+)[^\p{L}\p{N}]*$`)

// choicesIn tells whether something to choose from stands among blocks; a list is
// that only under a heading that can be the question.
func (f *finder) choicesIn(body []int, stem bool) bool {
	for _, i := range body {
		if l, ok := labelOf(f.p.Blocks[i].Text); ok && l.number != "" && f.p.Blocks[i].Kind == page.Paragraph {
			return false
		}
	}
	for _, i := range body {
		switch b := &f.p.Blocks[i]; b.Kind {
		case page.Box:
			if f.roleOf(i) == choiceBox {
				return true
			}
		case page.List:
			if all := f.children(i); stem && len(all) > 1 && (f.ticked(all) || f.lettered(all) && len(all) < 9 && !f.asking(all)) {
				return true
			}
		case page.Quote:
			if stem && f.choicesIn(f.children(i), stem) {
				return true
			}
		}
	}
	return false
}

// hasWords tells whether there is more among blocks than pictures and code.
func (f *finder) hasWords(blocks []int) bool {
	for _, i := range blocks {
		b := &f.p.Blocks[i]
		if b.Kind != page.Code && b.Kind != page.Formula && strings.TrimSpace(pictures.ReplaceAllString(b.Text, "")) != "" {
			return true
		}
	}
	return false
}

var pictures = mustCompile(`!\[[^\]]*\]\([^)]*\)`)

// coded tells whether blocks begin with code that is no mere room for an answer.
func (f *finder) coded(body []int) bool {
	for _, n := range body {
		switch b := &f.p.Blocks[n]; b.Kind {
		case page.Rule:
		case page.Code:
			return !f.blankCode(n)
		default:
			return false
		}
	}
	return false
}

func firstKind(a, b decks.Kind) decks.Kind {
	if a != "" {
		return a
	}
	return b
}

// short tells a line from a paragraph.
func short(s string, n int) bool { return utf8.RuneCountInString(s) <= n }
