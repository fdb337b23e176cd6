package merge

import (
	"strings"
	"unicode/utf8"

	"lectern/decks/release"
)

// Choice is what a student decides about a text that both wrote.
type Choice string

// The choices.
const (
	ChooseMine   Choice = "mine"
	ChooseTheirs Choice = "theirs"
	ChooseBoth   Choice = "both"
)

// Resolve gives the edit that a choice leaves over the author's new text; false when it
// leaves none and the author's text stands alone. Afterwards nothing is asked, until the
// author writes there again.
func Resolve(e Edit, theirs string, c Choice) (Edit, bool) {
	switch c {
	case ChooseTheirs:
		return Edit{}, false
	case ChooseBoth:
		return Edit{Value: Joined(e.Base, theirs, e.Value), Base: theirs}, true
	}
	return Edit{Value: e.Value, Base: theirs}, true
}

// Joined puts the student's words below the author's, as a quotation. Of a text to which
// the student only added, the addition is quoted, else all of it.
func Joined(base, theirs, mine string) string {
	theirs, quote := release.Text(theirs), strings.TrimSpace(release.Text(mine))
	if added, ok := addition(base, mine); ok {
		quote = added
	}
	switch {
	case quote == "" || theirs == quote:
		return theirs
	case theirs == "":
		return release.Text(mine)
	}
	return theirs + "\n\n> " + strings.ReplaceAll(quote, "\n", "\n> ")
}

// fewest is how many words make a note of its own out of what was added.
const fewest = 3

// addition returns what a student added to a text in one place, when he did nothing else.
func addition(base, mine string) (string, bool) {
	b, m := release.Text(base), release.Text(mine)
	head := 0
	for head < len(b) && head < len(m) && b[head] == m[head] {
		head++
	}
	if len(m) <= len(b) || b[head:] != m[len(m)-(len(b)-head):] {
		return "", false
	}
	// What came may as well have begun earlier, where it ends with the same signs: it is
	// told in whole words.
	size := len(m) - len(b)
	for !startsWord(m, head) || !startsWord(m, head+size) {
		if head == 0 || m[head-1] != m[head-1+size] {
			return "", false
		}
		head--
	}
	added := strings.TrimSpace(m[head : head+size])
	return added, len(strings.Fields(added)) >= fewest
}

// startsWord reports whether a word or a line may begin at a byte of a text.
func startsWord(s string, at int) bool {
	return at == 0 || at == len(s) || strings.ContainsRune(" \n\t", rune(s[at-1])) || strings.ContainsRune(" \n\t", rune(s[at]))
}

// Run is a stretch of a text that stayed, went or came.
type Run struct {
	Text string
	Kind RunKind
}

// RunKind says what became of a stretch of text.
type RunKind int

// What became of a stretch of text.
const (
	Stayed RunKind = iota
	Went
	Came
)

// Runs says how a text became another, word by word; spaces and signs are told too, so
// that what stayed and came, joined, is the new text. Texts too large to compare are one
// that went and one that came.
func Runs(was, now string) []Run {
	a, b := words(was, nil), words(now, nil)
	partner, ok := common(a, b, letters)
	if !ok {
		return []Run{{was, Went}, {now, Came}}
	}
	var out []Run
	add := func(kind RunKind, s string) {
		if n := len(out); n > 0 && out[n-1].Kind == kind {
			out[n-1].Text += s
			return
		}
		out = append(out, Run{s, kind})
	}
	j := 0
	for i := 0; i < len(a); i++ {
		if partner[i] < 0 {
			add(Went, a[i])
			continue
		}
		for ; j < partner[i]; j++ {
			add(Came, b[j])
		}
		add(Stayed, a[i])
		j++
	}
	for ; j < len(b); j++ {
		add(Came, b[j])
	}
	return tidy(out)
}

// letters weighs a token by what a reader holds on to: a long word tells where a text goes
// on, a space does not.
func letters(token string) int32 {
	if signKind(token) == word {
		return int32(1 + utf8.RuneCountInString(token))
	}
	return 1
}

// tidy joins changes that only a space parts, so that a sentence that came is one run.
func tidy(runs []Run) []Run {
	var out []Run
	for i := 0; i < len(runs); {
		j := i
		var went, came strings.Builder
		changed := false
		for ; j < len(runs); j++ {
			r := runs[j]
			between := r.Kind == Stayed && changed && strings.TrimSpace(r.Text) == "" && j+1 < len(runs)
			if r.Kind == Stayed && !between {
				break
			}
			if r.Kind != Came {
				went.WriteString(r.Text)
			}
			if r.Kind != Went {
				came.WriteString(r.Text)
			}
			changed = changed || r.Kind != Stayed
		}
		if changed {
			w, c := went.String(), came.String()
			if w != "" && strings.TrimSpace(w) == "" && strings.TrimSpace(c) != "" && strings.HasPrefix(c, w) {
				out, c, w = append(out, Run{w, Stayed}), c[len(w):], ""
			}
			if w != "" {
				out = append(out, Run{w, Went})
			}
			if c != "" {
				out = append(out, Run{c, Came})
			}
			i = j
			continue
		}
		out = append(out, runs[i])
		i++
	}
	return out
}
