package latex

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

// Questions to choose from, as R/exams and the styles of courses write them: the
// options in an environment within the question's (\begin{answerlist}), what is
// right in the same place of the solution, or as digits: \exsolution{0100}.
// https://www.r-exams.org/intro/written/; Ximera's multipleChoice with
// \choice[correct]: https://go.osu.edu/ximera-manual

// optionLists are the ends of names of environments that hold options.
var optionLists = regexp.MustCompile(`(?i)(?:answerlist|choices|answers|options|alternatives|multiplechoice|selectall)$`)

// offers tells whether an environment within a question holds its options.
func (r *reader) offers(base string) bool {
	box := r.innermost()
	return box >= 0 && optionLists.MatchString(base) && asking[r.envs[box].mark]
}

// asking are boxes whose options are to choose from.
var asking = set("question exercise problem task quiz prompt вопрос задача задание упражнение frage aufgabe")

// innermost is the box that is open and not closed again, -1 for none.
func (r *reader) innermost() int {
	for i := len(r.envs) - 1; i >= 0; i-- {
		if r.envs[i].box {
			return i
		}
	}
	return -1
}

// beginChoices opens the box of a question's options; the list in it ends with it.
func (r *reader) beginChoices(name string) {
	line := r.at()
	r.option()
	r.flush()
	r.ready(line)
	if !r.push1(env{name: name, box: true, mark: "choices"}) {
		return
	}
	r.b.Open(page.Block{Kind: page.Box, Line: int32(line), Mark: "choices"})
	r.openList(line, &list{label: `(\alph*)`, options: true}, true)
}

// answered ticks the options of the question before by what its solution says of
// each, when that leaves no doubt.
func (r *reader) answered(entries []int) {
	options := r.options
	if len(options) < 2 || len(options) != len(entries) || r.innermost() < 0 || !solutionWords[r.envs[r.innermost()].mark] {
		return
	}
	right := make([]bool, len(entries))
	yes, no := 0, 0
	for i, e := range entries {
		blocks := r.b.Page().Blocks
		if e+1 >= len(blocks) || blocks[e+1].Kind != page.Paragraph {
			continue
		}
		switch s := strings.ToLower(blocks[e+1].Plain()); {
		case saysWrong.MatchString(s):
			no++
		case saysRight.MatchString(s):
			yes++
			right[i] = true
		}
	}
	// Words that are not known are not praise when one option alone is praised.
	if yes+no == len(entries) || yes == 1 && no > 0 {
		r.tick(right)
	}
}

var (
	saysRight = regexp.MustCompile(`^(?:true|correct|right|yes|верно|правильно|да|истина|отлично|молодец|richtig|wahr|korrekt|ja|vrai|correcto|verdadero)(?:[^\p{L}]|$)`)
	saysWrong = regexp.MustCompile(`^(?:false|incorrect|wrong|no|not|неверно|неправильно|нет|не|ложь|увы|falsch|nein|faux|incorrecto|falso)(?:[^\p{L}]|$)`)
)

// digits reads which options are right from "0100".
func (r *reader) digits(s string) {
	s = strings.TrimSpace(s)
	if len(s) != len(r.options) || strings.Trim(s, "01") != "" || !strings.Contains(s, "1") {
		return
	}
	right := make([]bool, len(s))
	for i := range right {
		right[i] = s[i] == '1'
	}
	r.tick(right)
}

// tick marks the options of the last question; each answers once.
func (r *reader) tick(right []bool) {
	for i, e := range r.options {
		x := &r.b.Page().Blocks[e]
		if x.Tick = page.Unticked; right[i] {
			x.Tick = page.Ticked
		}
	}
	r.options = nil
}
