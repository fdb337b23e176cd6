package class

import (
	"cmp"
	"maps"
	"slices"
	"unicode/utf8"

	"lectern/decks/content"
	"lectern/decks/fold"
	"lectern/decks/twins"
)

// Question is what a class answered to a note.
type Question struct {
	Note     string    `json:"note"`
	Students int       `json:"students"`
	Variants []Variant `json:"variants"` // that of most students first
}

// Variant is what several students say in much the same words.
type Variant struct {
	Text     string    `json:"text"` // the wording of most of them, the longest of several
	Students int       `json:"students"`
	Wordings []Wording `json:"wordings"` // that of most students first
}

// Wording is an answer as it was written.
type Wording struct {
	Text     string `json:"text"`
	Students int    `json:"students"`
}

// Gather groups the answers to one deck by question, by note. Of two files of a
// student the later one in the list counts. But for that the order of the files
// makes no difference.
func Gather(files []Answers) []Question {
	by := map[string]Answers{}
	for _, f := range files {
		by[f.Reporter] = f
	}
	texts := map[string]map[string]int{} // by note and wording: how many wrote it
	for _, f := range by {
		for _, a := range f.Answers {
			if texts[a.Note] == nil {
				texts[a.Note] = map[string]int{}
			}
			texts[a.Note][a.Text]++
		}
	}
	var out []Question
	for _, note := range slices.Sorted(maps.Keys(texts)) {
		q := Question{Note: note, Variants: variants(texts[note])}
		for _, v := range q.Variants {
			q.Students += v.Students
		}
		out = append(out, q)
	}
	return out
}

// variants puts wordings that say the same together.
func variants(texts map[string]int) []Variant {
	var words []Wording
	for text, n := range texts {
		words = append(words, Wording{text, n})
	}
	slices.SortFunc(words, func(a, b Wording) int {
		return cmp.Or(cmp.Compare(b.Students, a.Students), cmp.Compare(utf8.RuneCountInString(b.Text), utf8.RuneCountInString(a.Text)), cmp.Compare(a.Text, b.Text))
	})
	var folded []string // the same but for case, ё and space, each once
	at := map[string]int{}
	of := make([]int, len(words))
	for i, w := range words {
		key := fold.Fold(content.Plain(content.Parse(w.Text)))
		k, known := at[key]
		if !known {
			k = len(folded)
			at[key] = k
			folded = append(folded, key)
		}
		of[i] = k
	}
	leads := alike(folded)
	var out []Variant
	place := map[int]int{}
	for i, w := range words {
		lead := leads[of[i]]
		k, known := place[lead]
		if !known {
			k = len(out)
			place[lead] = k
			out = append(out, Variant{Text: w.Text})
		}
		out[k].Students += w.Students
		out[k].Wordings = append(out[k].Wordings, w)
	}
	slices.SortStableFunc(out, func(a, b Variant) int { return cmp.Compare(b.Students, a.Students) })
	return out
}

const (
	longest    = 2000 // runes of a text that is compared; a longer one is like no other
	mostAlike  = 3000 // texts of a question that are compared
	mostRounds = 8
)

// alike finds for each text the one that leads its group: itself, or one before it
// that says the same. Each is like its lead, not only like one that is like it.
func alike(texts []string) []int {
	lead := make([]int, len(texts))
	var rest []int
	for i, s := range texts {
		lead[i] = i
		if utf8.RuneCountInString(s) <= longest && len(rest) < mostAlike {
			rest = append(rest, i)
		}
	}
	for range mostRounds {
		if len(rest) < 2 {
			break
		}
		var leads, others []int
		for k, m := range twins.Repeats(pick(texts, rest)) {
			if m.At < 0 {
				leads = append(leads, rest[k])
			} else {
				others = append(others, rest[k])
			}
		}
		rest = rest[:0]
		for k, m := range twins.Build(pick(texts, leads)).Nearest(pick(texts, others)) {
			if m.At < 0 {
				rest = append(rest, others[k])
			} else {
				lead[others[k]] = leads[m.At]
			}
		}
	}
	return lead
}

func pick(texts []string, at []int) []string {
	out := make([]string, len(at))
	for i, k := range at {
		out[i] = texts[k]
	}
	return out
}
