package webpage

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

var (
	anchorSigns    = map[string]bool{"¶": true, "§": true, "#": true, "🔗": true, "⇡": true, "↑": true, "↩": true, "↩︎": true, "^": true, "[edit]": true, "link": true, "": true}
	footnoteNumber = regexp.MustCompile(`^\[?(?:\d{1,3}|[a-z*†‡])\]?$`)
)

// region is a part of the page that may be its content, or furniture.
type region struct {
	rank     int // the lower the surer
	from, to int32
}

// The ranks of regions.
const (
	rankText = 1 + iota // a file that a site shows among its own things
	rankMain
	rankArticle
	rankContent
)

var hiddenRoles = set(`navigation banner contentinfo search complementary menu menubar toolbar tablist dialog alertdialog doc-toc doc-pagelist`)

// furnitureStart tells whether an element is what surrounds the content, and marks
// it so.
func (r *reader) furnitureStart(e *element, box string) bool {
	a, c := &r.a, r.a.class
	if e.name == "main" || a.role == "main" || a.role == "tabpanel" {
		return false
	}
	boxed := r.inBox("")
	hide := false
	switch {
	case e.name == "nav", e.name == "dialog", e.name == "search", hiddenRoles[a.role] && box == "":
		hide = true
	case e.name == "footer":
		hide = !boxed
	case e.name == "aside":
		hide = box == "" && (!r.inContent() || c.furniture) || c.furniture && !boxed && !asksOrAnswers(box)
	case r.trusting && c.furniture && e.kind != details:
		hide = !asksOrAnswers(box)
	case r.trusting && a.id != "" && box == "" && e.kind != heading && e.name != "section" && furnitureID(a.id):
		hide = true
	case box == "feedback":
		hide = !boxed && !r.choice.open
	case r.trusting && a.silent && !c.slide:
		hide = box == ""
	case r.trusting && a.unseen():
		hide = box == ""
	}
	if hide {
		e.flags |= isHidden
		return true
	}
	if e.name == "aside" && box == "" {
		r.openBox(e, "aside")
	}
	if e.name == "header" || c.header && e.kind == block && !c.title && !boxed {
		e.flags |= isFurnitureIf
	}
	return false
}

func asksOrAnswers(box string) bool {
	for _, w := range strings.Fields(box) {
		if asks[w] || answers[w] || pairs[w] {
			return true
		}
	}
	return false
}

// reveal takes back that what holds the main content is furniture.
func (r *reader) reveal() {
	if r.hidden == 0 {
		return
	}
	r.flush()
	for i := range r.stack {
		r.stack[i].flags &^= isHidden
	}
	r.hidden = 0
}

// inContent tells whether the page is in what is its content for sure.
func (r *reader) inContent() bool {
	for i := range r.stack {
		if n := r.stack[i].region; n > 0 && r.regions[n-1].rank <= rankArticle {
			return true
		}
	}
	return false
}

// maxRegions is how many are noted; a page has a few.
const maxRegions = 10_000

func (r *reader) regionStart(e *element) {
	a, rank := &r.a, 0
	switch {
	case e.name == "article" && a.class.file:
		rank = rankText
	case e.name == "main" || a.role == "main":
		rank = rankMain
	case e.name == "article":
		rank = rankArticle
	case a.class.content || contentID(a.id):
		rank = rankContent
	}
	if rank > 0 && len(r.regions) < maxRegions {
		r.regions = append(r.regions, region{rank: rank, from: int32(len(r.p.Blocks))})
		e.region = int32(len(r.regions))
	}
}

func contentID(id string) bool {
	switch strings.ToLower(id) {
	case "content", "main", "main-content", "maincontent", "article", "post", "page-content", "bodycontent", "mw-content-text", "content-wrapper", "primary", "notebook", "notebook-container":
		return true
	}
	return false
}

func (r *reader) regionEnd(e *element) {
	if e.region > 0 {
		r.regions[e.region-1].to = int32(len(r.p.Blocks))
	}
	if e.flags&isFurnitureIf != 0 {
		r.maybeFurniture(e)
	}
}

// maybeFurniture hides a header that has no heading of the page, and a form that
// only asks for data. What stands before the content is hidden later.
func (r *reader) maybeFurniture(e *element) {
	if int(e.block) > len(r.p.Blocks) {
		return
	}
	blocks := r.p.Blocks[e.block:]
	size := 0
	for i := range blocks {
		b := &blocks[i]
		size += len(b.Text)
		if e.name == "form" && (b.Tick != page.NoTick || b.Kind == page.Box || b.Kind == page.Code || b.Kind == page.Heading && r.inContent() || says(b.Text)) ||
			e.name != "form" && (b.Kind == page.Heading && (r.inContent() || b.Level == 1) || b.Kind == page.Box || b.Kind == page.Code) {
			return
		}
	}
	if e.name != "form" && size > 2000 {
		return
	}
	hide(blocks)
}

// says tells whether a text is more than the name of a field.
func says(s string) bool { return strings.Contains(s, "?") || strings.Count(s, " ") > 5 }

func hide(blocks []page.Block) {
	for i := range blocks {
		blocks[i].Hidden = true
	}
}

// swallowed tells whether hardly anything was left of a page that has text.
func (r *reader) swallowed() bool {
	seen, hidden := 0, 0
	for i := range r.p.Blocks {
		if b := &r.p.Blocks[i]; b.Hidden {
			hidden += len(b.Text)
		} else {
			seen += len(b.Text)
		}
	}
	return hidden > 2000 && seen*20 < hidden
}

// trim hides what stands outside of the content, and takes their names from boxes
// that are no more than its frame.
func (r *reader) trim() {
	r.findContent()
	blocks := r.p.Blocks
	total := textSize(blocks)
	for i := range blocks {
		b := &blocks[i]
		if b.Kind != page.Box || b.Text != "" || textSize(blocks[i:b.End])*10 < total*6 {
			continue
		}
		inner := 0
		for j := i + 1; j < int(b.End); j++ {
			if blocks[j].Kind == page.Box && hasAny(strings.Fields(blocks[j].Mark), asks) {
				inner++
			}
		}
		if inner > 1 || !asksOrAnswers(b.Mark) && int(b.End)-i > 20 {
			b.Mark = "" // it was left open, or is the name of the kind of page
		}
	}
}

func (r *reader) findContent() {
	blocks := r.p.Blocks
	total := textSize(blocks)
	for rank := rankText; rank <= rankContent; rank++ {
		best, size := region{}, 0
		for _, g := range r.regions {
			g.to = min(g.to, int32(len(blocks)))
			if g.rank != rank || g.from >= g.to {
				continue
			}
			if s := textSize(blocks[g.from:g.to]); s > size {
				best, size = g, s
			}
		}
		if size == 0 || rank <= rankMain && size*5 < total || rank > rankMain && size*2 < total {
			continue
		}
		r.hideOutside(best, rank > rankMain)
		return
	}
	r.hideEdges()
}

func textSize(blocks []page.Block) (n int) {
	for i := range blocks {
		if !blocks[i].Hidden {
			n += len(blocks[i].Text)
		}
	}
	return n
}

// hideOutside hides all that is not in a region, but for what that lies in and,
// where the region is not sure, what the page marks as a task.
func (r *reader) hideOutside(g region, unsure bool) {
	blocks := r.p.Blocks
	titled := !unsure
	for i := g.from; i < g.to; i++ {
		titled = titled || blocks[i].Kind == page.Heading && blocks[i].Level == 1 && !blocks[i].Hidden
	}
	for i := int32(0); i < int32(len(blocks)); i++ {
		b := &blocks[i]
		switch {
		case i == g.from:
			i = g.to - 1
		case i < g.from && !titled && b.Kind == page.Heading && b.Level == 1: // the title stands above the content
		case unsure && b.Kind == page.Box && asksOrAnswers(b.Mark):
			i = b.End - 1
		case !(b.Kind.Holds() && i < g.from && b.End >= g.to):
			b.Hidden = true
		}
	}
}

// hideEdges hides links at the beginning and at the end of a page that does not
// say where its content is.
func (r *reader) hideEdges() {
	blocks := r.p.Blocks
	links := map[int32]bool{}
	for _, i := range r.linked {
		links[i] = true
	}
	furniture := func(i int32) bool {
		b := &blocks[i]
		return b.Hidden || b.Kind == page.List || b.Kind == page.Entry || b.Kind == page.Rule || links[i] && b.Kind != page.Heading
	}
	last := int32(len(blocks)) - 1
	from := int32(0)
	for from <= last && furniture(from) {
		from++
	}
	for last > from && furniture(last) {
		last--
	}
	if from > last {
		return // nothing but links: that is its content
	}
	// Lists are hidden whole or not at all.
	for i := int32(0); i < from; i = blocks[i].End {
		if blocks[i].End <= from {
			hide(blocks[i:blocks[i].End])
		}
	}
	for i := last + 1; i < int32(len(blocks)); i++ {
		if p := blocks[i].Parent; p < 0 || p > last || blocks[p].Hidden {
			hide(blocks[i:blocks[i].End])
			i = blocks[i].End - 1
		}
	}
}
