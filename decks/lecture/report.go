package lecture

import (
	"regexp"
	"strings"

	"lectern/decks"
	"lectern/decks/content"
	"lectern/decks/lecture/find"
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

// NewReport gives an extraction as a Report.
func NewReport(x *find.Extraction) Report {
	r := Report{Title: x.Title, Lang: x.Lang, Groups: []ReportGroup{}}
	for _, g := range x.Groups {
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
			if a := unpictured(it.Answer); a != "" {
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

var listMark = regexp.MustCompile(`(?m)^\s*(?:(?:[•☐☑]|\d{1,3}\.)\s+)+(?:\(?[a-zа-я]\)\s+)?`)

var pictureMark = regexp.MustCompile(`!\[[^\]]*\]\([^)]*\)`)

// flat is plain text without pictures; of pictures alone, their descriptions.
func flat(markdown string) string {
	if s := unpictured(markdown); s != "" {
		return s
	}
	return plain(markdown)
}

// unpictured is plain text without pictures.
func unpictured(markdown string) string { return plain(pictureMark.ReplaceAllString(markdown, " ")) }

// plain is plain text without the marks of lists.
func plain(markdown string) string {
	return strings.Join(strings.Fields(listMark.ReplaceAllString(content.Plain(content.Parse(markdown)), "")), " ")
}
