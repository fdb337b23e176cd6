package webpage

import (
	"strings"

	"lectern/decks/lecture/page"
)

// ending does what is due before an element ends.
func (r *reader) ending(e *element) {
	switch {
	case e.flags&isTex != 0:
		r.endTex()
	case e.flags&isMath != 0:
		r.endMath()
	case e.flags&isLink != 0:
		r.endLink(e)
	case e.flags&isLabel != 0:
		text, _, _ := r.run.take()
		r.label = strings.ToLower(page.Plain(text))
	case e.flags&isHeading != 0:
		r.endHeading(e)
	case e.flags&isTitle != 0:
		r.endTitle()
	case e.flags&isPre != 0:
		r.endPre(e)
	}
}

// ended does what is due after an element has ended.
func (r *reader) ended(e *element) {
	if e.flags&isButton != 0 {
		r.endButton(e)
	}
	switch {
	case e.table != nil:
		r.endTable(e)
	case e.kind == list || e.kind == defs:
		r.endList(e)
	}
	if e.depth >= 0 && e.table == nil {
		r.endBox(e)
	}
	r.choiceEnded(e, len(r.stack))
	if e.flags&isApart != 0 {
		r.run.gap()
	}
	if e.flags&isNumber != 0 && r.style.code == 0 && r.pre == 0 && r.run.size > 0 {
		r.run.apart = true
	}
	r.regionEnd(e)
}

func (r *reader) endHeading(e *element) {
	text, line, linked := r.run.take()
	if text == "" {
		return
	}
	i := r.add(page.Block{Kind: page.Heading, Level: e.level, Text: text, Line: line})
	if i >= 0 && linked {
		r.linked = append(r.linked, int32(i))
	}
}

func (r *reader) startLink(e *element) {
	a := &r.a
	if r.run.inLink || r.pre > 0 {
		return
	}
	e.flags |= isLink
	e.href = a.href
	address := a.href
	low := strings.ToLower(address)
	if a.class.anchor {
		e.flags |= isAnchor
	}
	if a.class.anchor || a.class.number || strings.HasPrefix(low, "javascript:") || strings.HasPrefix(low, "data:") || address == "#" || len(address) > maxAddress {
		address = ""
	}
	r.run.openLink(strings.ToValidUTF8(address, ""), r.lineStyle())
}

// endLink ends a link. The sign of a link to the heading itself goes, and so does
// the number of a footnote.
func (r *reader) endLink(e *element) {
	if !r.run.inLink {
		return
	}
	own := strings.HasPrefix(e.href, "#")
	r.run.closeLink(func(text string) bool {
		text = page.Plain(text)
		return !own && e.flags&isAnchor == 0 || !anchorSigns[text] && !(r.style.super > 0 && footnoteNumber.MatchString(text))
	})
}
