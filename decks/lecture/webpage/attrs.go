package webpage

import (
	"strings"

	"golang.org/x/net/html"
)

// attrs are the attributes of a start tag that say something to this reader.
type attrs struct {
	class      *class
	id, role   string
	names      []string // what data-type, epub:type, data-component call the element
	href, alt  string
	src, lazy  []byte // valid until the next token
	kind       string // type
	style      string
	value      string
	start      string
	language   string // of a person; of code
	codeLang   string
	encoding   string
	display    string
	property   string
	content    string
	colspan    string
	level      string
	opens      string // the id of what a button opens
	checked    bool
	right      bool // the page says that this choice is right
	hidden     bool
	silent     bool // aria-hidden
	toggles    bool // a button that opens something
	clicks     bool // a script runs when it is clicked
	namespaced bool // xmlns of XHTML
}

// maxAttr is the longest attribute that is looked at, but for pictures.
const maxAttr = 4 << 10

func (r *reader) readAttrs(z *html.Tokenizer, more bool) {
	r.a = attrs{class: noClass, names: r.a.names[:0]}
	a := &r.a
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		switch string(k) {
		case "src":
			a.src = v
			continue
		case "data-src", "data-original":
			a.lazy = v
			continue
		}
		if len(v) > maxAttr {
			continue
		}
		switch string(k) {
		case "class":
			a.class = r.classOf(v)
		case "id":
			a.id = string(v)
		case "role":
			a.role = strings.ToLower(string(v))
		case "data-type", "epub:type", "data-component":
			a.names = append(a.names, string(v))
		case "href":
			a.href = strings.TrimSpace(string(v))
			a.clicks = a.clicks || strings.HasPrefix(strings.ToLower(a.href), "javascript:")
		case "alt":
			a.alt = string(v)
		case "type":
			a.kind = strings.ToLower(string(v))
		case "style":
			a.style = strings.ToLower(strings.ReplaceAll(string(v), " ", ""))
		case "value":
			a.value = string(v)
		case "start":
			a.start = string(v)
		case "lang", "xml:lang":
			a.language = string(v)
		case "data-lang", "data-language":
			a.codeLang = strings.ToLower(string(v))
		case "encoding":
			a.encoding = strings.ToLower(string(v))
		case "display":
			a.display = strings.ToLower(string(v))
		case "property", "name", "http-equiv":
			if a.property == "" {
				a.property = strings.ToLower(string(v))
			}
		case "content":
			a.content = string(v)
		case "colspan":
			a.colspan = string(v)
		case "aria-level":
			a.level = string(v)
		case "aria-controls", "data-target", "data-bs-target":
			a.opens = strings.TrimPrefix(strings.TrimSpace(string(v)), "#")
			a.toggles = true
		case "aria-expanded":
			a.toggles = true
		case "data-toggle", "data-bs-toggle":
			a.toggles = a.toggles || string(v) == "collapse"
		case "onclick":
			a.clicks = true
		case "checked":
			a.checked = true
		case "data-correct", "data-is-correct":
			switch strings.ToLower(string(v)) {
			case "", "true", "yes", "1", "correct": // others name the right choice
				a.right = true
			}
		case "aria-checked":
			a.checked = a.checked || string(v) == "true"
		case "hidden":
			a.hidden = true
		case "aria-hidden":
			a.silent = string(v) == "true"
		case "xmlns":
			a.namespaced = strings.Contains(string(v), "xhtml")
		}
	}
}

// unseen tells whether a browser does not show the element at first.
func (a *attrs) unseen() bool {
	return (a.hidden || a.class.unseen || strings.Contains(a.style, "display:none")) && !a.class.slide
}
