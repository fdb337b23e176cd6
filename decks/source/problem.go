package source

import (
	"errors"
	"fmt"
	"strings"

	"lectern/decks/fault"
)

// Errors are the mistakes found in a course, in the order of its lines. Each is
// a fault BadSource with the arguments file, line, what (in English) and problem,
// a code for which the translations have the sentence "source." + code; the
// argument word is what that sentence names.
type Errors []*fault.Fault

// mostErrors is how many mistakes are listed: more are rarely mistakes of their
// own.
const mostErrors = 50

// Error lists the mistakes, one a line.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, f := range e {
		lines[i] = f.Err.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the mistakes to errors.As.
func (e Errors) Unwrap() []error {
	errs := make([]error, len(e))
	for i, f := range e {
		errs[i] = f
	}
	return errs
}

// problem is a kind of mistake.
type problem string

// sentences say what is wrong and what to do. %s is the word.
var sentences = map[problem]string{
	"not_utf8":        "the file is not UTF-8 text: save it as UTF-8",
	"open_head":       "the head that begins with --- has no end: close it with ---",
	"head_line":       "a line of the head must read “key: value”, this is “%s”",
	"head_key":        "unknown key “%s” in the head",
	"head_twice":      "the key “%s” stands twice in the head",
	"head_version":    "lectern: %s is not a version this program reads: write 1",
	"two_heads":       "two files have a head: keep it in one, the other is “%s”",
	"no_title":        "the course has no title: write “title:” in the head",
	"empty_heading":   "the heading is empty",
	"bad_id":          "“%s” is not an id: remove the comment and a new id will be given",
	"id_twice":        "the id “%s” is used twice: remove the comment under the copy and a new id will be given",
	"stray_id":        "the id “%s” belongs to no card",
	"id_note":         "“%s” beside the id is not understood: write major=2, from=ID, merges=ID,ID or keep",
	"id_note_twice":   "“%s” stands twice beside the id",
	"stray_text":      "text between cards: move it under a heading, into a card or into a comment: “%s”",
	"stray_keyword":   "“%s” belongs to a card, and no card begins before it",
	"near_keyword":    "“%s” looks like a keyword: correct it, or write a backslash before it if it is text",
	"far_keyword":     "the keyword “%s” must stand at the very start of its line",
	"field_twice":     "“%s” stands twice in one card",
	"empty_question":  "the card has no question",
	"open_code":       "the block of code has no end: close it with %s",
	"open_comment":    "the comment has no end: close it with -->",
	"difficulty":      "unknown difficulty “%s”: write easy, medium or hard",
	"options":         "a choice needs two options, lines that begin with - [ ] or - [x]",
	"no_right":        "no option is right: mark it with - [x]",
	"empty_option":    "an option is empty",
	"after_options":   "text after the options: indent it by two spaces if it belongs to the option: “%s”",
	"no_gap":          "the text has no gap: write %s",
	"gap_number":      "a gap without a number: write %s, or let “lecternctl course fmt” number it",
	"open_gap":        "a gap has no end: close it with %s",
	"before_section":  "in a course of several files a card stands under a heading",
	"picture_missing": "there is no picture “%s” beside the course",
	"picture_path":    "the picture “%s” must lie in the folder of the course",
	"many_gaps":       "over %s gaps in one card: cut it",
	"lost_id":         "this card has no id and looks like one that lost it: write %s under it if it is that card, or <!-- ^new --> if it is a new one",
	"retire_stop":     "cards are gone at once (%s): put them back, or run “lecternctl course fmt --retire-all” if they are to be retired",
	"lock_deck":       "deck.lock.jsonl is of another course, %s: put the right one there, or make a course of your own with “lecternctl course fork”",
	"lock_head":       "the file does not begin as a lock does: take it from your last commit, or run “lecternctl course lock”",
	"lock_version":    "the lock was written by a newer program: %s",
	"lock_line":       "the line is not one of a lock: take the file from your last commit, or run “lecternctl course lock”: %s",
	"conflict":        "a merge was left open: choose the lines that stay, and remove the lines <<<, === and >>>",
	"lock_conflict":   "a merge was left open: keep the lines of both sides and remove the lines <<<, === and >>>",
	"secret_key":      "the file holds a secret key: move it out of the folder of the course, and make a new key if anybody may have seen it",
	"unformatted":     "ids, numbers of gaps or keywords are missing here: run “lecternctl course fmt”",
	"lock_stale":      "the lock does not know the cards as they are: run “lecternctl course fmt”",
	"picture_kind":    "“%s” is of a kind that is not shown: use svg, png, jpg, gif or webp, for sound mp3, ogg, opus, m4a or wav",
	"picture_large":   "“%s” is over 50 MB: make it smaller",
	"picture_not":     "“%s” does not hold what its name says: save it anew",
	"unknown_card":    "the course never had a card “%s”: correct the id in from= or merges=",
	"merged_here":     "the card “%s” is still in the course: remove it, or take it out of merges=",
	"forgotten":       "the last release has the card “%s”, which the lock does not know: run “lecternctl course lock” with that release",
	"too_large":       "there is too much here: a text of over 256 KB, over 256 tags or options, or over 200,000 cards",
	"bad_key":         "“%s” is not a public key: write the line that begins with RW",
	"bad_feed":        "“%s” is not an address of a feed: write one that begins with https://",
	"bad_lang":        "“%s” is not a language code: write ru or en",
	"release":         "%s",
}

// Mistake makes the fault of a mistake that another room found in a course: one of the
// problems for which there is a sentence.
func Mistake(file string, line int, what, word string) *fault.Fault {
	return mistake(file, line, problem(what), word)
}

// mistake makes the fault of a mistake at a line.
func mistake(file string, line int, p problem, word string) *fault.Fault {
	what := sentences[p]
	if strings.Contains(what, "%s") {
		what = fmt.Sprintf(what, word)
	}
	err := errors.New(what)
	if line > 0 {
		err = fmt.Errorf("%s:%d: %s", file, line, what)
	} else if file != "" {
		err = fmt.Errorf("%s: %s", file, what)
	}
	return fault.New(fault.BadSource, err, "file", file, "line", line, "what", what, "problem", string(p), "word", word)
}

// excerpt shortens a line for an error.
func excerpt(s string) string {
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}
