package text

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A copied page does not say which of its lines are headings. A short line alone is
// one by its look; a number before it, or a question mark behind, looks like a list or
// a sentence, and only the page as a whole tells. So it is with the options of a quiz,
// which are lines alone between a question and a button.

// heads are the lines, by number, that are headings all the same, with their levels,
// or an option.
type heads map[int]uint8

const (
	option     = 255
	optionMost = 10 // to choose from
)

// headsOf looks for them: numbers that count up over lines that stand alone with text
// below, and questions that stand alone with their answers below.
func headsOf(text string) heads {
	s := headScan{options: heads{}}
	var first, last string
	no, from, lines := 1, 0, 0
	end := func() {
		if lines > 0 {
			s.chunk(first, from, lines)
			s.choice(last, from, lines)
		}
		lines = 0
	}
	for l := range strings.SplitSeq(text, "\n") {
		l = strings.TrimRight(l, " \t\r\u00a0")
		switch {
		case l == "":
			end()
		case lines == 0:
			first, from, lines = l, no, 1
		default:
			lines++
		}
		last = l
		no++
	}
	end()
	s.chunk("", 0, 0)
	return s.heads()
}

// headScan goes over the chunks of a page.
type headScan struct {
	last      loneLine // the chunk before, when it may be a heading
	numbers   []loneLine
	questions []loneLine
	told      int  // questions with prose below
	others    int  // questions with none
	form      bool // lines of a quiz's form stand here
	asked     bool // a question stands above, and only lines alone below it
	run       []int
	options   heads
}

// loneLine is a line that stands alone.
type loneLine struct {
	no, number int // number 0: a question
}

var numberedLine = regexp.MustCompile(`^(\d{1,3})[.)]\s+(\S.*)$`)

// labelled are lines that say themselves that they are questions.
var labelled = regexp.MustCompile(`^(?i:q|question|вопрос|frage|pregunta|exercise|задание|задача|问题?)[\s\d.:№#]`)

// button is the line of a button of a quiz.
var button = regexp.MustCompile(`^(?i:submit|check(?: answers?)?|show answer|отправить|проверить(?: ответ)?|ответить|soumettre|vérifier|enviar|comprobar|absenden|prüfen|提交)$`)

// chunk takes lines between blank ones by the first of them; it decides about the
// chunk before.
func (s *headScan) chunk(first string, no, lines int) {
	if s.last.no > 0 {
		s.decide(first, lines)
	}
	s.last = loneLine{}
	if line := strings.TrimSpace(first); lines > 0 {
		s.form = s.form || formLine.MatchString(line) || button.MatchString(line)
	}
	if lines != 1 || first[0] == ' ' || first[0] == '\t' {
		return
	}
	n := utf8.RuneCountInString(first)
	if m := numberedLine.FindStringSubmatch(first); m != nil {
		if number, err := strconv.Atoi(m[1]); err == nil && titleLike(m[2]) {
			s.last = loneLine{no, number}
		}
		return
	}
	if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(first, "¿«\"“")); endsAsking(first) && n <= 120 && n > 5 && !unicode.IsLower(r) && !isEntry(first) && !labelled.MatchString(first) {
		s.last = loneLine{no, 0}
	}
}

// choice takes the last of some lines between blank ones, and the number of the first:
// lines alone below a question are options once a button comes.
func (s *headScan) choice(last string, no, lines int) {
	last = strings.TrimSpace(last)
	switch {
	case button.MatchString(last):
		if s.asked && len(s.run) > 1 && len(s.run) <= optionMost {
			for _, no := range s.run {
				s.options[no] = option
			}
		}
		s.asked, s.run = false, nil
	case endsAsking(last) || strings.HasSuffix(last, ":"):
		s.asked, s.run = true, nil
	case lines > 1 || isEntry(last):
		s.asked, s.run = false, nil
	case s.asked:
		s.run = append(s.run, no)
	}
}

// decide keeps the line before when what follows is a text and no other line of its
// kind.
func (s *headScan) decide(next string, lines int) {
	switch {
	case s.last.number > 0:
		if lines > 0 && !numberedLine.MatchString(strings.TrimSpace(next)) {
			s.numbers = append(s.numbers, s.last)
		}
	case lines == 0 || lines == 1 && (endsAsking(next) || short(next)):
		s.others++
	default:
		if !isEntry(next) {
			s.told++
		}
		s.questions = append(s.questions, s.last)
	}
}

func endsAsking(s string) bool { return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？") }

// short tells a line that says too little to be an answer.
func short(s string) bool {
	n, least := utf8.RuneCountInString(s), 40
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		least = 16
	}
	return n < least
}

func (s *headScan) heads() heads {
	found := s.options
	for k, l := range s.numbers {
		before := k > 0 && s.numbers[k-1].number+1 == l.number
		after := k+1 < len(s.numbers) && s.numbers[k+1].number == l.number+1
		if before || after {
			found[l.no] = 3
		}
	}
	if !s.form && s.told >= 3 && s.told*2 >= len(s.questions) && len(s.questions) >= 2*s.others {
		for _, l := range s.questions {
			found[l.no] = 2
		}
	}
	return found
}
