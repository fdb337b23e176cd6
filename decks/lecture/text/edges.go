package text

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// What stands around the text of a copied page is furniture only at its edges: a
// date in the text is one.

const (
	footMost = 30 // blocks of a foot, those in lists not counted
	headMost = 120
)

// feet hides the foot of a page: from the first line that a foot has, where nothing
// but short lines follows. One of them at least has to be a line that stands
// nowhere else.
func feet(p *page.Page) {
	from, sure := len(p.Blocks), false
	for i, n := len(p.Blocks)-1, 0; i >= 0 && n < footMost; n++ {
		for p.Blocks[i].Parent >= 0 {
			i = int(p.Blocks[i].Parent)
		}
		b := &p.Blocks[i]
		switch {
		case b.Kind == page.List && brief(p, i):
		case b.Kind != page.Paragraph && b.Kind != page.Heading:
			i = 0
			continue
		case footLine.MatchString(b.Plain()):
			from, sure = i, true
		case footWord.MatchString(b.Plain()):
			from = i
		case !label(b.Plain()):
			i = 0
		}
		i--
	}
	for ; sure && from < len(p.Blocks); from++ {
		p.Blocks[from].Hidden = true
	}
}

// footLine matches the lines that only a site ends with, footWord those that may
// stand in a text as well.
var (
	footLine = regexp.MustCompile(`(?i)^(?:footer(?: navigation)?|©.{0,120}|copyright\s.{0,120}|[<«‹❮◄←\s]*(?:previous|next|prev)\s(?:chapter|page|lesson|section|unit|module|topic)[>»›❯►→\s]*|上一章节|下一章节|powered by .{1,60})$`)
	footWord = regexp.MustCompile(`(?i)^(?:faq|faq license.{0,60}|licen[sc]e|terms(?: of (?:use|service))?|privacy(?: policy)?|cookies|impressum(?:\s+datenschutz)?|datenschutz|mentions légales|aviso legal` +
		`|seite bearbeiten|modifier cette page|edit(?:ar)? (?:this page|esta página)|` + dates + `)$`)
)

const dates = `(?:\p{L}{3,9}\.? \d{1,2}, \d{4}|\d{1,2}\.? \p{L}{3,9}\.?,? \d{4}(?:\s?г\.?)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}年\d{1,2}月\d{1,2}日)`

// month matches a month with its year.
const month = `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|januar|februar|märz|mai|juni|juli|okt|dez|ene|abr|ago|janv|févr|avr|juin|juil|août|déc)\p{L}{0,7}\.? \d{4}`

// headLine matches what stands by a page's title: when it was written and how long
// it takes to read.
var headLine = regexp.MustCompile(`(?i)^(?:(?:(?:last )?(?:updated|modified)|published|posted|обновлено|опубликовано|veröffentlicht|aktualisiert|publié le|publicado)?[\s:]*(?:on )?(?:` + dates + `|` + month + `))?[\s·•|,—–-]*(?:(?:~|about )?\d{1,3}[- ]?min(?:ute)?s?\.?(?: read(?:ing)?(?: time)?)?|(?:время чтения|lesezeit|temps de lecture|tiempo de lectura|reading time|read time)[\s:~]*\d{1,3}\s\p{L}{1,8}\.?|\d{1,3} (?:мин\.?|минут\p{L}?) (?:чтения|на чтение)|\d{1,3} min(?:uten)? lesezeit|阅读(?:时间)?[:：\s]*约?\s*\d+\s*分钟)?$`)

// dated hides such lines between the top of a page and its first text.
func dated(p *page.Page) {
	for i := 0; i < len(p.Blocks) && i < headMost; i++ {
		b := &p.Blocks[i]
		if b.Kind == page.Paragraph && long(b) {
			return
		}
		if s := b.Plain(); b.Parent < 0 && (b.Kind == page.Paragraph || b.Kind == page.Heading) && len(s) < 80 && strings.ContainsAny(s, "0123456789") && headLine.MatchString(s) {
			b.Kind, b.Level, b.Hidden = page.Paragraph, 0, true
		}
	}
}

var (
	hostLine = regexp.MustCompile(`^\d{1,6} lines? \(\d{1,6} s?loc\)(?: · [\d.,]+ ?(?:Bytes|[KM]?B))?$`)
	hostTabs = regexp.MustCompile(`^(?:Preview|Code|Blame|Raw|History|Outline|Preview\s+Code\s+Blame(?:\s+Raw)?|Code\s+Blame)$`)
)

// hosted finds where a file begins that a site of repositories shows: behind the
// line that counts its lines. What stands above is the site's.
func hosted(p *page.Page) int {
	for i := 0; i < len(p.Blocks) && i < headMost; i++ {
		b := &p.Blocks[i]
		if b.Parent >= 0 || !hostLine.MatchString(b.Plain()) {
			continue
		}
		for i++; i < len(p.Blocks) && hostTabs.MatchString(p.Blocks[i].Plain()); i++ {
		}
		for j := range i {
			p.Blocks[j].Hidden = true
		}
		return i
	}
	return 0
}

// brief tells whether a list has only entries as a menu has them.
func brief(p *page.Page, list int) bool {
	for i := list + 1; i < int(p.Blocks[list].End); i++ {
		if b := &p.Blocks[i]; !b.Kind.Holds() && !(b.Kind == page.Paragraph && label(b.Plain())) {
			return false
		}
	}
	return true
}

// label tells a few words that name something from a sentence.
func label(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return utf8.RuneCountInString(s) <= 60 && len(strings.Fields(s)) <= 8 && !strings.ContainsRune(".!?:;…。？！：", last)
}
