package webpage

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"lectern/decks/lecture/page"
)

// startTag reads a start tag; a closed one (<x/>) is its own end tag.
func (r *reader) startTag(closed bool) {
	raw, more := r.z.TagName()
	name := atom.String(raw)
	k := kinds[name]
	r.readAttrs(r.z, more)
	if r.math != nil {
		if r.math.start(name, &r.a, closed) {
			return
		}
		r.popPast("math", nil) // it was not closed
	}
	if closed && r.xml {
		r.z.NextIsNotRawText()
	}
	switch {
	case k == root:
		r.root(name)
		return
	case k == void:
		r.void(name)
		return
	case closed && (r.xml || emptiable(name, k)):
		if k.blockLike() {
			r.popPast("p", paraBounds)
			r.flush()
		}
		return
	}
	if r.over == 0 {
		r.imply(name, k)
	}
	if r.over > 0 || len(r.stack) >= maxNest {
		if k.blockLike() {
			r.flush()
		}
		if !k.repeats() {
			r.over++
		}
		return
	}
	r.element(name, k)
}

// emptiable tells whether <x/> stands for <x></x> on pages that are no XML, too: not
// as browsers have it, but as who writes it means it.
func emptiable(name string, k kind) bool {
	switch k {
	case inline, link, mark, code, block, para:
		return true
	}
	return name == "svg" || name == "canvas" || name == "object" || name == "video" || name == "audio"
}

func (r *reader) root(name string) {
	if name != "html" && name != "body" {
		return
	}
	if r.p.Lang == "" {
		lang, _, _ := strings.Cut(strings.ReplaceAll(r.a.language, "_", "-"), "-")
		if len(lang) == 2 || len(lang) == 3 {
			r.p.Lang = strings.ToLower(lang)
		}
	}
	r.xml = r.xml || r.a.namespaced && name == "html"
}

// element opens an element.
func (r *reader) element(name string, k kind) {
	a := &r.a
	e := element{name: name, kind: k, depth: -1, box: -1, list: -1, entry: -1, lang: a.codeLang}
	if e.lang == "" {
		e.lang = a.class.lang
	}
	if r.drop == 0 {
		r.endTex() // there is mark-up in what seemed to be TeX
	}
	if k.blockLike() {
		e.flags |= isBlock
		r.flush()
	}
	e.block = int32(len(r.p.Blocks))
	switch {
	case r.drop > 0:
		r.push(e)
		return
	case k == dropped:
		r.dropped(&e)
		r.push(e)
		return
	case name == "main" || a.role == "main":
		r.reveal()
	}
	if r.hidden > 0 {
		if k == link {
			r.run.gap()
		}
		r.push(e)
		return
	}
	if r.pre > 0 {
		r.inPre(&e)
		r.push(e)
		return
	}
	if k.blockLike() {
		r.blockStart(&e)
	} else {
		r.inlineStart(&e)
	}
	r.push(e)
}

// dropped opens an element whose text is no text of the page, but for TeX that a
// script carries.
func (r *reader) dropped(e *element) {
	switch {
	case e.name == "title" && r.docTitle == "" && r.open["svg"] == 0:
		e.flags |= isDocTitle
	case e.name == "script" && strings.HasPrefix(r.a.kind, "math/tex") && r.hidden == 0 && r.drop == 0 && r.pre == 0:
		r.startTex(e, strings.Contains(r.a.kind, "display"))
		return
	}
	e.flags |= isDrop
}

func (r *reader) inlineStart(e *element) {
	a, c := &r.a, r.a.class
	switch {
	case c.lineNo, c.rendered && e.name != "mjx-container", c.vanish, a.silent, a.role == "tab", a.role == "tooltip", a.unseen() && !c.mathML:
		e.flags |= isDrop
		return
	}
	if c.skip || r.trusting && c.furniture && r.run.size == 0 && r.solid == 0 {
		r.flush()
		e.flags |= isBlock | isHidden
		return
	}
	if c.right || a.right {
		e.flags |= isRight
	}
	if c.number {
		e.flags |= isNumber
	}
	if c.display || a.display == "true" {
		e.flags |= isDisplay
	}
	if c.apart {
		r.run.gap()
		e.flags |= isApart
	}
	if c.note || c.reference && e.name == "sup" || a.role == "doc-noteref" || slices.Contains(a.names, "noteref") {
		e.flags |= isDrop
		return
	}
	if a.role == "radio" || a.role == "checkbox" {
		r.option(e)
		return
	}
	if e.kind == button || a.role == "button" || e.kind == link && a.toggles && a.role != "menuitem" || a.clicks && r.solid == 0 && (e.kind == link || e.kind == inline) {
		r.startButton(e)
		return
	}
	if c.title && r.solid == 0 && r.boxBegins() {
		e.flags |= isSolid | isTitle
		return
	}
	switch e.kind {
	case mark:
		e.style = markStyles[e.name]
	case code:
		if r.style.code == 0 {
			r.around = r.style.style()
		}
		e.style = styles{code: 1}
	case link:
		r.startLink(e)
	case formula:
		e.flags |= isMath
		r.math = newMathML(a.display == "block")
	default:
		e.style = styleOf(a.style)
		switch {
		case c.math && r.style.code == 0:
			r.startTex(e, c.display)
		case e.name == "label":
			if c.tabs || r.ofTabs() {
				e.flags |= isDrop
			}
			e.number = int32(r.run.size)
			e.flags |= isApart
			r.run.gap()
		case c.tabs:
			e.flags |= isTabs
		default:
			// An element of the page's own making: <exercise>, <quiz-question>.
			if name := r.classOf([]byte(e.name)).box; name != "" && r.solid == 0 {
				r.flush()
				e.flags |= isBlock
				r.openBox(e, name)
			}
		}
		if e.flags == 0 && e.lang == "" && e.name != "label" && e.style == (styles{}) {
			e.flags |= isPlain
		}
	}
}

func (r *reader) blockStart(e *element) {
	a, c := &r.a, r.a.class
	if c.right || a.right {
		e.flags |= isRight
	}
	if c.tabs {
		e.flags |= isTabs
	}
	if c.output {
		e.flags |= isOutput
	}
	if c.display {
		e.flags |= isDisplay
	}
	if c.cell {
		e.flags |= isCell
	}
	switch {
	case c.lineNo, c.vanish, c.rendered:
		e.flags |= isDrop
		return
	case c.label && r.solid == 0:
		e.flags |= isSolid | isLabel
		return
	case r.solid > 0:
		if e.flags == isBlock {
			e.flags |= isPlain
		}
		return
	}
	box := r.boxName(e)
	if r.furnitureStart(e, box) {
		return
	}
	r.regionStart(e)
	if (a.role == "radio" || a.role == "checkbox") && e.kind != item {
		r.option(e)
		return
	}
	if a.role == "heading" && e.kind != heading {
		e.kind, e.level = heading, 2
		if n := len(a.level); n == 1 && a.level[0] >= '1' && a.level[0] <= '6' {
			e.level = a.level[0] - '0'
		}
		e.flags |= isHeading | isSolid
		return
	}
	switch e.kind {
	case heading:
		e.level = e.name[1] - '0'
		e.flags |= isHeading | isSolid
	case list:
		if box != "" {
			r.openBox(e, box)
		}
		r.startList(e)
	case item:
		r.startItem(e, box)
	case defs:
	case term, detail:
		r.startTerm(e)
	case quote:
		if box != "" {
			r.openBox(e, box)
			break
		}
		r.settle()
		e.depth = int32(r.b.Depth())
		e.box = r.openBlock(page.Block{Kind: page.Quote})
	case details:
		r.openBox(e, joinWords(append([]string{"details"}, strings.Fields(box)...)))
	case summary:
		e.flags |= isSolid | isTitle
	case table:
		r.startTable(e)
	case rows:
	case row:
		r.startRow()
	case cell:
		r.startCell(e)
	case pre:
		r.startPre(e)
	default:
		switch {
		case c.choice && e.kind == block && !answers[box] && (r.choice.open || r.inTask()):
			r.option(e)
		case box != "":
			r.openBox(e, box)
		case c.title && r.boxBegins():
			e.flags |= isSolid | isTitle
		case c.math:
			r.startTex(e, true)
		case a.role == "button":
			r.startButton(e)
		case e.name == "form":
			e.flags |= isFurnitureIf
		case e.flags == isBlock && e.lang == "" && e.region == 0 && e.kind != para:
			e.flags |= isPlain
		}
	}
}

// void reads an element without contents.
func (r *reader) void(name string) {
	switch name {
	case "br":
		r.lineBreak()
		return
	case "meta":
		switch r.a.property {
		case "og:site_name", "application-name":
			if r.site == "" {
				r.site = strings.TrimSpace(r.a.content)
			}
		case "content-language":
			if r.p.Lang == "" && len(r.a.content) >= 2 {
				r.p.Lang = strings.ToLower(r.a.content[:2])
			}
		}
		return
	case "hr":
		if r.hidden > 0 || r.drop > 0 || r.pre > 0 {
			return
		}
		r.endTex()
		if r.over == 0 {
			r.imply(name, pre)
		}
		r.flush()
		r.add(page.Block{Kind: page.Rule, Line: r.line})
		return
	}
	if r.hidden > 0 || r.drop > 0 || r.pre > 0 {
		return
	}
	r.endTex()
	switch name {
	case "img":
		r.image()
	case "input":
		r.input()
	}
}

func (r *reader) lineBreak() {
	switch {
	case r.drop > 0:
	case r.pre > 0:
		r.code = append(r.code, '\n')
	case r.choice.open && r.choice.entry && r.run.size > 0 && r.solid == 0:
		r.flush()
		r.endChoice()
	default:
		r.run.gap()
		r.run.breaks++
	}
}
