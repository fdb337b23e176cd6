package i18n

import (
	"slices"
	"strings"

	"lectern/decks/export"
)

// Print are the words on a page to print: in the language of what is printed, when
// it is one of the program's.
func (p *Printer) Print(lang string) export.Words {
	if base, _, _ := strings.Cut(lang, "-"); slices.Contains(Languages, base) {
		p = New(base)
	}
	return export.Words{
		Answer: p.T("print.answer"), Hint: p.T("print.hint"), Explanation: p.T("print.explanation"), Source: p.T("print.source"),
		NoAnswer: p.T("print.no_answer"), Long: p.T("print.long"), Lang: p.Lang(),
	}
}
