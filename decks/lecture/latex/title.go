package latex

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// Sheets of exercises and exams often have no \title: what they are stands in a
// line in the middle or in large type that opens them, or at the head of each page.

// heads are the commands that set the head of a page, with the places that their
// arguments take: left, middle, right.
var heads = map[string][]int{
	"lhead": {0}, "chead": {1}, "rhead": {2}, "ihead": {0}, "ohead": {2}, "header": {0, 1, 2}, "firstpageheader": {0, 1, 2}, "runningheader": {0, 1, 2},
}

// head reads such a command; false means that it is none.
func (r *reader) head(name string) bool {
	if name == "fancyhead" || name == "fancyhf" {
		at, _ := r.option()
		tex := r.arg()
		for i, c := range "LCR" {
			if tex != "" && (strings.ContainsRune(strings.ToUpper(at), c) || at == "" && i == 0) {
				r.heads[i] = tex
			}
		}
		return true
	}
	places, ok := heads[name]
	if !ok {
		return false
	}
	if len(places) == 1 {
		r.option()
	}
	for _, i := range places {
		if tex := r.arg(); name != "runningheader" || r.heads[i] == "" {
			r.heads[i] = tex
		}
	}
	return true
}

// headTitle is the title that the head of the pages tells, "" for none.
func (r *reader) headTitle() string {
	var parts []string
	for _, tex := range r.heads {
		if s := page.Plain(r.titleOf(tex)); telling(s) && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " — ")
}

// telling tells whether words name something: they are no number of a page, no
// date and no line for a name.
func telling(s string) bool {
	return len(s) < 200 && wordIn.MatchString(s) && !forNames.MatchString(s)
}

var (
	wordIn   = regexp.MustCompile(`\p{L}{2}`)
	forNames = regexp.MustCompile(`(?i)^(?:name|student|id|page|date|имя|фио|фамилия|группа|страница|дата|seite|nom|nombre)(?:[^\p{L}]|$)|_{3}|[:：]\s*$|^(?:lastpage|\d.*\d{4}(?:\s*г\.?)?)$`)
)

// setOff handles a paragraph that stands in the middle or in large type: opening
// the page it is the title, and the name of a variant or a sheet is a heading.
// What is left of it is the paragraph.
func (r *reader) setOff(text string) string {
	blocks := len(r.b.Page().Blocks)
	opening := r.opener == "" && blocks == r.opening
	centered := r.centered()
	if !centered && !r.large(text) && !(opening && bold(text)) {
		return text
	}
	lines := strings.Split(text, "\\\n")
	if opening {
		r.opener, r.opening = opened(lines), blocks+1
	}
	if opening && r.opener != "" && len(lines) == 1 && r.b.Depth() == 0 && !variant.MatchString(r.opener) {
		r.b.Add(page.Block{Kind: page.Heading, Level: 1, Line: int32(r.parLine), Text: r.opener})
		return ""
	}
	for i, l := range lines {
		name := page.Plain(l)
		if len(r.envs) > 0 && r.envs[len(r.envs)-1].depth > 0 || !variant.MatchString(name) {
			continue
		}
		if before := strings.Join(lines[:i], "\\\n"); before != "" {
			r.b.Add(page.Block{Kind: page.Paragraph, Line: int32(r.parLine), Text: before})
		}
		r.b.Add(page.Block{Kind: page.Heading, Level: 2, Line: int32(r.parLine), Text: name})
		return strings.Join(lines[i+1:], "\\\n")
	}
	return text
}

// variant matches the name of one of several sheets or tickets.
var variant = regexp.MustCompile(`(?i)^(?:вариант|листок|билет|коллоквиум|variant|version|variante)\s*(?:№\s*)?(?:\d+|[ivx]+)(?:\.\s.{0,60}|\.)?$`)

// oneOfSeveral matches the first of them, which does not name the page.
var oneOfSeveral = regexp.MustCompile(`(?i)^(?:вариант|билет|variant|version|variante)[\s№]*[\divx]*\.?$`)

// templateLine matches the lines of a homework's template in which who hands it in
// writes who that is.
var templateLine = regexp.MustCompile(`(?i)^(?:(?:your|full|student(?:'s)?)\s+)?(?:name|e-?mail|net\s?id|student\s+(?:id|number)|collaborators?|matrikelnummer|matr\.-?nr\.?|имя|фио|ф\.\s?и\.\s?о\.?|фамилия(?:,? имя)?|группа|nom(?: et prénom)?|prénom|nombre|apellidos?|matrícula)\s*[:：]`)

// ofTemplate tells whether a paragraph has no more than such lines.
func ofTemplate(text string) bool {
	if len(text) > 400 {
		return false
	}
	for l := range strings.SplitSeq(text, "\\\n") {
		if s := page.Plain(l); utf8.RuneCountInString(s) > 80 || !templateLine.MatchString(s) {
			return false
		}
	}
	return true
}

// opened is the title in the lines that open a page: those in bold when there are
// some, else all that name something.
func opened(lines []string) string {
	var all, strong []string
	for _, l := range lines {
		s := page.Plain(l)
		if !telling(s) || oneOfSeveral.MatchString(s) {
			continue
		}
		all = append(all, s)
		if bold(l) {
			strong = append(strong, s)
		}
	}
	if len(strong) > 0 {
		all = strong
	}
	if t := strings.Join(all[:min(len(all), 3)], " — "); len(t) < 240 && !strings.HasSuffix(t, ".") {
		return t
	}
	return ""
}

func bold(line string) bool {
	s := strings.TrimSpace(line)
	return len(s) > 4 && strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") && strings.Count(s, "**") == 2
}

// centered tells whether the middle of the line is where the text stands.
func (r *reader) centered() bool {
	for _, e := range r.envs {
		if inMiddle[e.name] {
			return true
		}
	}
	return false
}

var inMiddle = set("center Center large Large LARGE huge Huge")

// bigger is the sign of large type, which Markdown does not show.
const bigger = "+"

// size reads a command of the size of type.
func (r *reader) size(name string) {
	big := inMiddle[name]
	for i := range r.marks {
		if r.marks[i].sign == bigger {
			if big {
				return
			}
			r.marks[i].sign = ""
		}
	}
	if big {
		r.mark(bigger)
	}
}

// large tells whether a paragraph is in large type, or its first line.
func (r *reader) large(text string) bool {
	first, _, _ := strings.Cut(text, "\\\n")
	for _, m := range r.marks {
		if m.sign == bigger && m.start == 0 {
			return true
		}
	}
	return r.bigTo > 0 && r.bigTo+len("****") >= len(first) // signs of fonts may stand behind it
}
