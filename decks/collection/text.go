package collection

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lectern/decks"
	"lectern/decks/fold"
)

var gap = regexp.MustCompile(`\{\{c(\d{1,3})::`)

// partsOf names the cards of a note.
func partsOf(n decks.Note) []string {
	switch n.Kind {
	case decks.Choice:
		return []string{"m"}
	case decks.Cloze:
		var numbers []int
		for _, m := range gap.FindAllStringSubmatch(n.Fields[decks.Front], -1) {
			if k, err := strconv.Atoi(m[1]); err == nil && k > 0 && !slices.Contains(numbers, k) {
				numbers = append(numbers, k)
			}
		}
		slices.Sort(numbers)
		var parts []string
		for _, k := range numbers {
			parts = append(parts, "c"+strconv.Itoa(k))
		}
		if parts != nil {
			return parts
		}
	}
	return []string{"f"}
}

// noteTexts returns what lists show of a note and what search looks in.
func noteTexts(n decks.Note) (question, answer, search string) {
	question, answer = plainText(n.Fields[decks.Front]), plainText(n.Fields[decks.Back])
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
	return question, answer, foldText(strings.Join(texts, "\n"))
}

func plainText(markdown string) string { return strings.Join(strings.Fields(markdown), " ") }

func foldText(s string) string { return fold.Fold(s) }

var picture = regexp.MustCompile(`!\[[^\]]*\]\(<?([^)\s>]+)`)

// mediaOf returns the names of the files in the media folder that a note shows.
func mediaOf(n decks.Note) []string {
	var names []string
	for _, text := range n.Fields {
		for _, m := range picture.FindAllStringSubmatch(text, -1) {
			if ValidMediaName(m[1]) && !slices.Contains(names, m[1]) {
				names = append(names, m[1])
			}
		}
	}
	return names
}
