package collection

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/content"
	"lectern/decks/fold"
)

// gap is a gap of a cloze: its number, its text, and perhaps a hint.
var gap = regexp.MustCompile(`(?s)\{\{c([1-9]\d{0,2})::(.*?)(?:::.*?)?\}\}`)

// noteTexts returns what lists show of a note and what search looks in. The
// gaps of a cloze are filled.
func noteTexts(n decks.Note) (question, answer, search string) {
	front := n.Fields[decks.Front]
	if n.Kind == decks.Cloze {
		front = gap.ReplaceAllString(front, "$2")
	}
	question, answer = plainText(front), plainText(n.Fields[decks.Back])
	texts := []string{question, answer}
	for _, f := range []decks.Field{decks.Hint, decks.Explanation, decks.Source} {
		if s := n.Fields[f]; s != "" {
			texts = append(texts, plainText(s))
		}
	}
	for _, o := range n.Choices {
		texts = append(texts, plainText(o.Text))
	}
	texts = append(texts, n.Tags...)
	return question, answer, fold.Fold(strings.Join(texts, "\n"))
}

// plainText writes Markdown as one line of plain text. A line that begins with
// a letter and has no mark in it, as most of a large collection, is not parsed.
func plainText(markdown string) string {
	first, _ := utf8.DecodeRuneInString(markdown)
	if unicode.IsLetter(first) && !strings.ContainsFunc(markdown, isMark) {
		return strings.Join(strings.Fields(markdown), " ")
	}
	return content.Line(content.Parse(markdown), 0)
}

// isMark reports signs that can mean something within a line of Markdown.
func isMark(r rune) bool {
	return r < utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(` .,:;?()-/'"%`, r)
}

// mediaOf returns the names of the files in the media folder that a note shows.
func mediaOf(n decks.Note) []string {
	var names []string
	add := func(text string) {
		if strings.Contains(text, "![") || strings.Contains(text, "<img") {
			names = append(names, content.Pictures(content.Parse(text))...)
		}
	}
	for _, f := range decks.Fields {
		add(n.Fields[f])
	}
	for _, o := range n.Choices {
		add(o.Text)
	}
	return names
}
