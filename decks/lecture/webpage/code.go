package webpage

import (
	"bytes"
	"strings"

	"lectern/decks/lecture/page"
)

func (r *reader) startPre(e *element) {
	e.flags |= isPre
	r.code, r.codeAt = r.code[:0], 0
}

// inPre opens an element within code: only what is to be left out counts, and a
// <code> that tells its language.
func (r *reader) inPre(e *element) {
	a, c := &r.a, r.a.class
	switch {
	case c.lineNo, c.vanish, a.silent, e.kind == button:
		e.flags |= isDrop
	case e.kind == code && (c.lang != "" || a.codeLang != ""):
		for i := len(r.stack) - 1; i >= 0; i-- {
			if p := &r.stack[i]; p.flags&isPre != 0 {
				if p.lang == "" {
					p.lang = e.lang
				}
				break
			}
		}
	}
	if e.flags == 0 {
		e.flags |= isPlain
	}
}

func (r *reader) preText(s []byte) {
	if r.codeAt == 0 {
		if t := bytes.TrimLeft(s, "\n"); len(t) > 0 {
			r.codeAt = r.line + int32(len(s)-len(t))
		}
	}
	r.code = append(r.code, s...)
}

// endPre adds the code of a <pre>.
func (r *reader) endPre(e *element) {
	text := strings.ToValidUTF8(string(r.code), "\uFFFD")
	if strings.ContainsAny(text, "\u00a0\u200b\ufeff") {
		text = codeCleaner.Replace(text)
	}
	if r.code = r.code[:0]; cap(r.code) > maxRun {
		r.code = nil
	}
	lang, output, cell := e.lang, false, false
	for i, up := len(r.stack)-1, 0; i >= 0 && up < 12; i-- {
		p := &r.stack[i]
		if lang == "" && up < 8 && p.kind != item && p.kind != quote {
			lang = p.lang
		}
		output = output || p.flags&isOutput != 0
		cell = cell || p.flags&isCell != 0
		if p.flags&isBlock != 0 {
			up++
		}
	}
	if r.label != "" && len(strings.Fields(r.label)) == 1 && lang == "" {
		lang = r.label
	}
	r.label = ""
	if output {
		lang = "output"
	}
	r.settle()
	line := min(r.codeAt, r.limit)
	if line == 0 {
		line = r.line
	}
	if r.b.AddCode(int(line), lang, text) < 0 && cell && !output {
		r.b.Add(page.Block{Kind: page.Rule, Line: line}) // a cell to be filled in
	}
}

var codeCleaner = strings.NewReplacer("\u00a0", " ", "\u200b", "", "\ufeff", "")
