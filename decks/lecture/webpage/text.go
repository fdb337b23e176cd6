package webpage

import (
	"bytes"
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

func (r *reader) textToken(s []byte) {
	switch {
	case r.drop > 0:
		if t := r.top(); t != nil && t.flags&isDocTitle != 0 {
			r.docTitle += string(s)
		}
	case r.math != nil:
		r.math.text(s)
	case r.tex != nil:
		r.tex.text = append(r.tex.text, s...)
	case r.pre > 0:
		r.preText(s)
	case r.hidden > 0:
		r.run.words(s, 0, r.line)
		r.cut()
	default:
		r.words(s)
	}
}

// entryMark is what a line begins with that was written as an entry of a list.
var entryMark = regexp.MustCompile(`^(?:\(?(?:\d{1,3}|[a-zA-Zа-яА-Я])[.)](?:\s|$)|[•·–—*-]\s)`)

// words reads text of a line. A line break before what begins as an entry does, and
// two of them, end the paragraph.
func (r *reader) words(s []byte) {
	if r.run.breaks > 0 && r.solid == 0 {
		if t := bytes.TrimSpace(s); len(t) > 0 && (r.run.breaks > 1 || entryMark.Match(t)) {
			r.flush()
		}
	}
	style := r.lineStyle()
	if style&coded != 0 || !bytes.ContainsAny(s, `$\`) {
		r.run.words(s, style, r.line)
	} else {
		r.mixed(s, style)
	}
	r.cut()
}

// lineStyle is the style of what comes. A heading is bold by itself, and code has
// no style but that in which it stands.
func (r *reader) lineStyle() style {
	st := r.style.style()
	if st&coded != 0 {
		st = r.around | coded
	}
	if r.solid > 0 {
		st &^= bold
	}
	return st
}

// cut ends paragraphs that do not end.
func (r *reader) cut() {
	u := r.run
	if u.size > maxRun && (u.space || u.size > 16*maxRun && u.whole()) || len(u.done) > maxRuns {
		if r.solid > 0 {
			for i := range r.stack {
				if r.stack[i].flags&isSolid != 0 {
					r.popTo(i)
					break
				}
			}
		}
		r.flush()
	}
}

// flush ends the paragraph.
func (r *reader) flush() {
	if r.pre > 0 {
		if n := len(r.code); n > 0 && r.code[n-1] != '\n' {
			r.code = append(r.code, '\n')
		}
		return
	}
	if r.solid > 0 {
		r.run.gap()
		return
	}
	if r.run.size == 0 {
		r.run.space, r.run.breaks = false, 0
		return
	}
	text, line, linked := r.run.take()
	if text == "" || len(text) < 40 && cellPrompt.MatchString(text) {
		return
	}
	if i := r.entryBegins(); i >= 0 && len(text) < 20 && markAlone.MatchString(text) {
		r.p.Blocks[i].Mark = strings.Trim(text, "*")
		return
	}
	if i := r.quoteBegins(); i >= 0 {
		if m := alertMark.FindStringSubmatch(text); m != nil {
			q := &r.p.Blocks[i]
			q.Kind, q.Mark = page.Box, strings.ToLower(m[1])
			if text = text[len(m[0]):]; text == "" {
				return
			}
		}
	}
	i := r.add(page.Block{Text: text, Line: line})
	if i >= 0 && linked {
		r.linked = append(r.linked, int32(i))
	}
	if len(text) < 60 {
		r.toggle = toggle{text: text, at: len(r.p.Blocks), words: true}
	}
}

var (
	// cellPrompt stands before the code of a notebook's cell: "In [3]:".
	cellPrompt = regexp.MustCompile(`^(?:In|Out)?\s*&#91;[\s\d*\\]*&#93;:?$`)
	// markAlone is the number of an entry that stands apart from its words.
	markAlone = regexp.MustCompile(`^(?:\*\*)?\(?(?:\d{1,3}|[A-Za-zА-Яа-я]|[ivx]{1,4})[.)]+(?:\*\*)?$`)
	// alertMark begins a quote that is a note: "[!TIP]".
	alertMark = regexp.MustCompile(`^&#91;!(\w+)&#93;\s*`)
)

// entryBegins is the block of the entry whose first words come next; -1 for none.
func (r *reader) entryBegins() int32 {
	last := int32(len(r.p.Blocks)) - 1
	if c := &r.choice; c.open && c.entry && c.at == last {
		return last
	}
	for i := len(r.stack) - 1; i >= 0; i-- {
		if e := &r.stack[i]; e.kind == list || e.kind == defs {
			if e.entry == last {
				return last
			}
			break
		}
	}
	return -1
}

// quoteBegins is the block of the quote whose first words come next; -1 for none.
func (r *reader) quoteBegins() int32 {
	for i := len(r.stack) - 1; i >= 0; i-- {
		e := &r.stack[i]
		if e.box < 0 {
			continue
		}
		if e.kind == quote && int(e.box) == len(r.p.Blocks)-1 && r.p.Blocks[e.box].Kind == page.Quote {
			return e.box
		}
		break
	}
	return -1
}
