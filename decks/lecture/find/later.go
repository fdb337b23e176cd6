package find

import (
	"strings"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// answerSet are answers that stand apart from their questions: "Quiz answers" at
// the end of a chapter.
type answerSet struct {
	title string // folded
	at    int
	list  []apart
}

// apart is one of them.
type apart struct {
	number string
	nodes  []int
}

// answersIn counts the numbered answers among blocks.
func (f *finder) answersIn(body []int) int { return len(f.split(body)) }

// split divides blocks into numbered answers: entries of a numbered list, or what
// stands under labels.
func (f *finder) split(body []int) []apart {
	var all []apart
	for _, i := range body {
		b := &f.p.Blocks[i]
		switch b.Kind {
		case page.List:
			for _, e := range f.children(i) {
				m := strings.Trim(f.p.Blocks[e].Mark, ".)")
				if m == "" || m[0] < '0' || m[0] > '9' {
					if len(all) > 0 {
						all[len(all)-1].nodes = append(all[len(all)-1].nodes, i)
					}
					break
				}
				all = append(all, apart{m, f.children(e)})
			}
			continue
		case page.Heading, page.Paragraph:
			l, ok := labelOf(b.Text)
			if m := answerNumber.FindStringSubmatchIndex(strings.ToLower(b.Text)); m != nil && len(strings.ToLower(b.Text)) == len(b.Text) {
				l, ok = label{number: b.Text[m[2]:m[3]], end: m[1]}, true
			}
			if ok && l.number != "" {
				rest := cut(b.Text, l.end)
				a := apart{number: l.number}
				if rest != "" && b.Kind == page.Paragraph {
					f.trim[i] = rest
					a.nodes = []int{i}
				}
				all = append(all, a)
				continue
			}
		}
		if len(all) > 0 {
			all[len(all)-1].nodes = append(all[len(all)-1].nodes, i)
		}
	}
	return all
}

// inOrder reads a list without numbers that answers a group above, as many as it has
// entries, one by one.
func (f *finder) inOrder(title string, body []int) bool {
	if len(body) != 1 || f.p.Blocks[body[0]].Kind != page.List {
		return false
	}
	set := answerSet{title: title, at: body[0]}
	for _, e := range f.children(body[0]) {
		set.list = append(set.list, apart{"", f.children(e)})
	}
	if len(set.list) < 3 || f.groupFor(set) == nil {
		return false
	}
	f.sets = append(f.sets, set)
	return true
}

// answerNumber is the label of an answer that stands apart: "Answer 3: Loops".
var answerNumber = mustCompile(`^[*_\s]*(?:` + anyOf(`answer solution ответ решение lösung antwort respuesta solución réponse corrigé`) + `|答案|解答)(?:\s+(?:to|for|на|к|zu|de|a))?(?:\s+(?:question|exercise|problem|вопрос\p{L}*|задани\p{L}+|задач\p{L}+|frage|aufgabe|exercice|ejercicio|pregunta))?\s*(?:№\s*|#\s*)?(\d{1,3}(?:\.\d+)*)\s*[:.)–—-]*[*_\s]*`)

// collect keeps answers for the questions that they belong to.
func (f *finder) collect(title string, body []int) bool {
	list := f.split(body)
	if len(list) == 0 {
		return false
	}
	f.sets = append(f.sets, answerSet{title: title, at: body[0], list: list})
	return true
}

// answerLater gives the answers that stand apart to their questions: by the numbers
// of their labels, or in order to the nearest group above of as many.
func (f *finder) answerLater() {
	for _, set := range f.sets {
		if group := f.groupFor(set); group != nil {
			for k, it := range group {
				if it.Answer == "" {
					f.solve(it, set.list[k].nodes, scope{})
				}
			}
			continue
		}
		numbers := map[string]*found{}
		for _, it := range f.items {
			if it.number != "" && it.order < set.at && (it.Kind != decks.Exercise || !questionWord.MatchString(set.title)) {
				if numbers[it.number] != nil && !strings.Contains(it.number, ".") {
					numbers[it.number] = nil // which one is meant is not known
					continue
				}
				numbers[it.number] = it
			}
		}
		for _, a := range set.list {
			if it := numbers[a.number]; it != nil && it.Answer == "" {
				f.solve(it, a.nodes, scope{})
			}
		}
	}
}

// groupFor is the run of items that a set answers one by one.
func (f *finder) groupFor(set answerSet) []*found {
	var best []*found
	for from := 0; from < len(f.items); {
		to := from + 1
		for to < len(f.items) && f.items[to].group == f.items[from].group {
			to++
		}
		run := f.items[from:to]
		if len(run) == len(set.list) && run[0].order < set.at {
			named := strings.Contains(set.title, fold.Fold(strings.Fields(run[0].group + " x")[0]))
			if best == nil || named || !strings.Contains(set.title, fold.Fold(strings.Fields(best[0].group + " x")[0])) {
				best = run
			}
		}
		from = to
	}
	return best
}
