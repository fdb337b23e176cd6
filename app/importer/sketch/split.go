package sketch

import (
	"regexp"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/find"
	"lectern/decks/lecture/page"
	"lectern/decks/lint"
)

// Pieces are the parts of a text between which it can be cut: its paragraphs,
// pieces of code, entries of its lists.
func Pieces(markdown string) []string {
	var out []string
	var now []string
	fence, list := "", false
	end := func() {
		if text := strings.Trim(strings.Join(now, "\n"), "\n"); strings.TrimSpace(text) != "" {
			out = append(out, text)
		}
		now, list = nil, false
	}
	for _, line := range strings.Split(markdown, "\n") {
		switch {
		case fence != "":
			now = append(now, line)
			if strings.HasPrefix(strings.TrimSpace(line), fence) {
				fence = ""
			}
			continue
		case strings.TrimSpace(line) == "":
			if !list {
				end()
			} else {
				now = append(now, line)
			}
			continue
		case entry.MatchString(line):
			end()
			list = true
		case list && len(now) > 0 && now[len(now)-1] == "" && !strings.HasPrefix(line, " "):
			end()
		}
		if m := fenced.FindString(strings.TrimSpace(line)); m != "" && strings.Count(line, m) == 1 {
			if !list {
				end()
			}
			fence = m
		}
		now = append(now, line)
	}
	end()
	return out
}

var (
	entry  = regexp.MustCompile(`^(?:[-*+]|\d{1,4}[.)])\s+(?:\(?[a-zа-я]\)\s+)?`)
	fenced = regexp.MustCompile("^(?:`{3,}|~{3,}|\\$\\$)")
)

// Parts are the items that one falls into where nobody has to think: questions
// in a row, the parts of an exercise under what they have in common, or two
// paragraphs. None where it takes a person.
func Parts(it find.Item) []find.Item {
	if it.Kind == decks.Cloze {
		return nil
	}
	if out := byQuestion(it); out != nil {
		return out
	}
	pieces := Pieces(it.Prompt)
	if out := byEntry(it, pieces); out != nil {
		return out
	}
	if len(pieces) == 2 && !fenced.MatchString(pieces[0]) && !fenced.MatchString(pieces[1]) {
		return Cut(it, pieces, []int{1})
	}
	return nil
}

// byQuestion splits where the linter would.
func byQuestion(it find.Item) []find.Item {
	c := Card{Item: it}
	for _, f := range lint.Check(c.Note()) {
		if f.Fix != nil && f.Fix.Kind == lint.Split {
			return FromNotes(it, f.Fix.Notes)
		}
	}
	return nil
}

// FromNotes gives the items that notes made of one are: a linter's offer.
func FromNotes(it find.Item, notes []decks.Note) []find.Item {
	var fronts []string
	for _, n := range notes {
		fronts = append(fronts, n.Text(decks.Front))
	}
	out := share(it, fronts)
	for i, n := range notes {
		out[i].Kind, out[i].Answer, out[i].Explanation, out[i].Choices = n.Kind, n.Text(decks.Back), n.Text(decks.Explanation), n.Choices
	}
	return out
}

// byEntry splits a text that ends in a list: each entry with the text above it,
// and with its part of the answer where that is a list of as many.
func byEntry(it find.Item, pieces []string) []find.Item {
	from := slices.IndexFunc(pieces, entry.MatchString)
	if from < 0 || len(pieces)-from < 2 || len(it.Choices) > 0 || slices.ContainsFunc(pieces[from:], func(p string) bool { return !entry.MatchString(p) }) {
		return nil
	}
	common := strings.Join(pieces[:from], "\n\n")
	var prompts []string
	for _, p := range pieces[from:] {
		prompts = append(prompts, both(common, bare(p)))
	}
	out := share(it, prompts)
	answers := Pieces(it.Answer)
	if len(answers) == len(out) && !slices.ContainsFunc(answers, func(p string) bool { return !entry.MatchString(p) }) {
		for i := range out {
			out[i].Answer = bare(answers[i])
		}
	}
	return out
}

// bare is an entry of a list as a text of its own.
func bare(p string) string {
	mark := entry.FindString(p)
	if mark == "" {
		return p
	}
	lines := strings.Split(p[len(mark):], "\n")
	for i, line := range lines[1:] {
		lines[i+1] = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(line, "    "), "   "), "  ")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// Cut splits an item before some of the pieces of its text, ascending. Each part
// gets the whole answer: only a reader knows what of it answers what.
func Cut(it find.Item, pieces []string, before []int) []find.Item {
	var prompts []string
	from := 0
	for _, at := range append(slices.Clone(before), len(pieces)) {
		if at <= from || at > len(pieces) {
			continue
		}
		run := pieces[from:at]
		if len(run) == 1 {
			prompts = append(prompts, bare(run[0]))
		} else {
			prompts = append(prompts, glue(run))
		}
		from = at
	}
	return share(it, prompts)
}

// glue puts pieces together; entries of a list stand line by line.
func glue(pieces []string) string {
	var b strings.Builder
	for i, p := range pieces {
		switch {
		case i == 0:
		case entry.MatchString(p) && entry.MatchString(pieces[i-1]):
			b.WriteString("\n")
		default:
			b.WriteString("\n\n")
		}
		b.WriteString(p)
	}
	return b.String()
}

// share makes an item of each text. The blocks go to the text that has their
// words, those of the answer to the first. Options stand under the last.
func share(it find.Item, prompts []string) []find.Item {
	out := make([]find.Item, len(prompts))
	for i, p := range prompts {
		out[i] = it
		out[i].Prompt, out[i].PromptBlocks, out[i].AnswerBlocks = p, nil, nil
		if i > 0 {
			out[i].Label = ""
		}
		if i < len(prompts)-1 && len(it.Choices) > 0 {
			out[i].Kind, out[i].Choices, out[i].Answer, out[i].Explanation = decks.Question, nil, "", ""
		}
	}
	if len(out) > 0 {
		out[0].AnswerBlocks = it.AnswerBlocks
	}
	return out
}

// places gives items that were one their blocks on the page: those of the
// question to the text that has their words.
func places(b *Book, was find.Item, items []find.Item) []find.Item {
	folded := make([]string, len(items))
	for i, it := range items {
		folded[i] = fold.Fold(page.Plain(it.Prompt))
	}
	out := slices.Clone(items)
	at := 0
	for _, block := range was.PromptBlocks {
		words := fold.Fold(b.Block(block).Plain())
		for i := range folded {
			if k := (at + i) % len(folded); words != "" && (strings.Contains(folded[k], words) || strings.Contains(words, folded[k])) {
				at = k
				break
			}
		}
		out[at].PromptBlocks = append(out[at].PromptBlocks, block)
	}
	return out
}
