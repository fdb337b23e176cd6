package class

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"lectern/decks/release"
)

// Answers are the answers of one student to the questions of a deck.
type Answers struct {
	Deck     string
	Release  string // hash of the release that he sees
	Reporter string
	Answers  []Answer // by note
}

// Answer is what a student wrote himself.
type Answer struct {
	Note string `json:"note"`
	Text string `json:"text"` // Markdown
}

type answersFile struct {
	head
	Answers []Answer `json:"answers"`
}

// Write is the file of the answers.
func (a Answers) Write() ([]byte, error) {
	f := answersFile{head{AnswersFormat, a.Deck, a.Release, a.Reporter}, slices.Clone(a.Answers)}
	slices.SortFunc(f.Answers, func(a, b Answer) int { return strings.Compare(a.Note, b.Note) })
	if f.Answers == nil {
		f.Answers = []Answer{}
	}
	if err := f.check(); err != nil {
		return nil, fmt.Errorf("write answers: %w", err)
	}
	return write(f)
}

// ReadAnswers reads what Write wrote. Texts come as [Clean] gives them; what is
// empty then is left out.
func ReadAnswers(data []byte) (Answers, error) {
	var f answersFile
	err := read(data, &f)
	if err == nil {
		err = f.check()
	}
	if err != nil {
		return Answers{}, fmt.Errorf("read answers: %w", err)
	}
	out := Answers{Deck: f.Deck, Release: f.Release, Reporter: f.Reporter}
	for _, a := range f.Answers {
		if a.Text = Clean(a.Text); a.Text != "" {
			out.Answers = append(out.Answers, a)
		}
	}
	return out, nil
}

func (f answersFile) check() error {
	if err := f.head.check(AnswersFormat); err != nil {
		return err
	}
	if len(f.Answers) > maxEntries {
		return fmt.Errorf("%d answers, at most %d", len(f.Answers), maxEntries)
	}
	for i, a := range f.Answers {
		switch {
		case !release.ValidID(a.Note):
			return fmt.Errorf("%.40q is no id of a note", a.Note)
		case i > 0 && f.Answers[i-1].Note >= a.Note:
			return fmt.Errorf("the answer to %s is out of order", a.Note)
		case len(a.Text) > release.MaxText:
			return fmt.Errorf("the answer to %s has %d bytes, at most %d", a.Note, len(a.Text), release.MaxText)
		}
	}
	return nil
}

// Clean is a stranger's text as release.Text, without signs that turn the direction
// of writing, that hide something, or that steer a terminal.
func Clean(s string) string {
	return release.Text(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return r
		case r == '\u200c' || r == '\u200d': // join letters and signs as their languages want
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r >= 0xfff0 && r <= 0xffff, unicode.Is(unicode.Co, r), r == 0x2028, r == 0x2029:
			return -1
		}
		return r
	}, s))
}
