package lecture

import (
	"strings"

	"lectern/decks"
	"lectern/decks/content"
)

// Report is an extraction as scripts read it: texts are plain.
type Report struct {
	Title  string        `json:"title"`
	Lang   string        `json:"lang"`
	Groups []ReportGroup `json:"groups"`
}

// ReportGroup is a group of a Report.
type ReportGroup struct {
	Title string       `json:"title"`
	Items []ReportItem `json:"items"`
}

// ReportItem is an item of a Report. Kind is "question", "exercise" or "quiz".
type ReportItem struct {
	Prompt     string   `json:"prompt"`
	Kind       string   `json:"kind"`
	Difficulty *string  `json:"difficulty"`
	Answer     *string  `json:"answer"`
	Choices    []string `json:"choices"`
}

// JSON gives the extraction as a Report.
func (e *Extraction) JSON() Report {
	r := Report{Title: e.Title, Lang: e.Lang, Groups: []ReportGroup{}}
	for _, g := range e.Groups {
		rg := ReportGroup{Title: g.Title, Items: []ReportItem{}}
		for _, it := range g.Items {
			ri := ReportItem{Prompt: flat(it.Prompt), Kind: string(it.Kind)}
			if it.Kind == decks.Choice {
				ri.Kind = "quiz"
			}
			if it.Difficulty != "" {
				d := string(it.Difficulty)
				ri.Difficulty = &d
			}
			if it.Answer != "" {
				a := flat(it.Answer)
				ri.Answer = &a
			}
			for _, c := range it.Choices {
				ri.Choices = append(ri.Choices, flat(c.Text))
			}
			rg.Items = append(rg.Items, ri)
		}
		r.Groups = append(r.Groups, rg)
	}
	return r
}

// flat is plain text without the bullets that Plain writes.
func flat(markdown string) string {
	s := content.Plain(content.Parse(markdown))
	return strings.Join(strings.Fields(strings.NewReplacer("• ", "", "☐ ", "", "☑ ", "").Replace(s)), " ")
}

// Deck makes a deck of an extraction: a section for each group, notes in the
// page's order with new ids. Title "" takes the page's own.
func (e *Extraction) Deck(title string) decks.Deck {
	d := decks.Deck{ID: decks.NewID(), Title: firstOf(title, e.Title), Lang: e.Lang}
	for _, g := range e.Groups {
		sec := decks.Section{ID: decks.NewID(), Title: firstOf(g.Title, d.Title)}
		d.Sections = append(d.Sections, sec)
		for _, it := range g.Items {
			n := decks.Note{
				ID: decks.NewID(), Kind: it.Kind, Section: sec.ID, Difficulty: it.Difficulty,
				Fields: map[decks.Field]string{decks.Front: it.Prompt}, Choices: it.Choices,
			}
			if it.Answer != "" {
				n.Fields[decks.Back] = it.Answer
			}
			d.Notes = append(d.Notes, n)
		}
	}
	return d
}
