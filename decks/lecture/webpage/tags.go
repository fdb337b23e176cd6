package webpage

// kind says how an element is read.
type kind uint8

const (
	inline kind = iota // within a line: what has no other kind
	void               // has no end tag
	root               // html, head, body
	block
	para
	heading
	list
	item
	defs // dl
	term
	detail // dd
	quote
	details
	summary
	table
	rows // thead, tbody, tfoot
	row
	cell
	caption
	pre
	mark // emphasis and the like
	code
	link
	button
	dropped // its text is no text of the page
	formula
)

var kinds = map[string]kind{
	"html": root, "head": root, "body": root, "frameset": root,
	"p": para, "h1": heading, "h2": heading, "h3": heading, "h4": heading, "h5": heading, "h6": heading,
	"ul": list, "ol": list, "menu": list, "dir": list, "li": item, "dl": defs, "dt": term, "dd": detail,
	"blockquote": quote, "details": details, "summary": summary,
	"table": table, "thead": rows, "tbody": rows, "tfoot": rows, "tr": row, "td": cell, "th": cell, "caption": caption,
	"pre": pre, "listing": pre, "xmp": pre, "plaintext": pre,
	"b": mark, "strong": mark, "i": mark, "em": mark, "cite": mark, "dfn": mark, "var": mark, "s": mark, "del": mark, "strike": mark, "sup": mark, "sub": mark,
	"code": code, "kbd": code, "samp": code, "tt": code,
	"a": link, "button": button, "math": formula,
}

func init() {
	for name := range set(`area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr`) {
		kinds[name] = void
	}
	for name := range set(`address article aside center dialog div fieldset figcaption figure footer form header hgroup legend main nav search section optgroup picture-caption`) {
		kinds[name] = block
	}
	for name := range set(`script style template noscript noembed noframes iframe object svg canvas audio video select datalist textarea title map rp rt applet`) {
		kinds[name] = dropped
	}
}

// blockLike tells whether an element of this kind ends the line that it stands in.
func (k kind) blockLike() bool {
	switch k {
	case inline, void, root, mark, code, link, button, dropped, formula:
		return false
	}
	return true
}

// repeats tells whether a tag of this kind ends an open one of the same kind, so
// that pages leave out end tags.
func (k kind) repeats() bool {
	switch k {
	case para, item, term, detail, row, cell, rows:
		return true
	}
	return false
}

// Where the search for an open element ends.
var (
	cellBounds  = set(`td th table caption`)
	paraBounds  = set(`td th table caption button li dd dt`)
	listBounds  = set(`ul ol menu dir td th table`)
	defsBounds  = set(`dl td th table`)
	tableBounds = set(`table`)
	rowBounds   = set(`tr table`)
)
