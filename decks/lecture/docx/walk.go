package docx

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// walker walks XML element by element.
type walker struct {
	ctx   context.Context
	d     *xml.Decoder
	level int // elements open
	seen  int // tokens
	tags  map[xml.Name]string
}

func newWalker(ctx context.Context, r io.Reader) *walker {
	return &walker{ctx: ctx, d: xml.NewDecoder(r), tags: map[xml.Name]string{}}
}

var (
	errDeep    = fmt.Errorf("the XML is nested deeper than %d", maxDepth)
	errDoctype = errors.New("the XML declares entities")
)

func (w *walker) token() (xml.Token, error) {
	if w.seen++; w.seen%1024 == 0 {
		if err := w.ctx.Err(); err != nil {
			return nil, err
		}
	}
	t, err := w.d.Token()
	if err != nil {
		return nil, err
	}
	switch t.(type) {
	case xml.StartElement:
		if w.level++; w.level > maxDepth {
			return nil, errDeep
		}
	case xml.EndElement:
		w.level--
	case xml.Directive: // Word writes none: they would be entities
		return nil, errDoctype
	}
	return t, nil
}

// root finds the outermost element and calls begin with it open.
func (w *walker) root(begin func(*walker) error) error {
	for {
		t, err := w.token()
		if err != nil {
			return unexpected(err)
		}
		if _, ok := t.(xml.StartElement); ok {
			return begin(w)
		}
	}
}

// each calls f with every element within the one that is open, until that ends.
// What f leaves of an element is passed over.
func (w *walker) each(f func(xml.StartElement) error) error {
	level := w.level
	for {
		t, err := w.token()
		if err != nil {
			return unexpected(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := f(t); err != nil {
				return err
			}
			for w.level > level {
				if _, err := w.token(); err != nil {
					return unexpected(err)
				}
			}
		case xml.EndElement:
			return nil
		}
	}
}

// text is the text within the open element, until that ends.
func (w *walker) text() (string, error) {
	level := w.level
	var b strings.Builder
	for {
		t, err := w.token()
		if err != nil {
			return "", unexpected(err)
		}
		switch t := t.(type) {
		case xml.CharData:
			if w.level == level {
				b.Write(t)
			}
		case xml.EndElement:
			if w.level < level {
				return b.String(), nil
			}
		}
	}
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// spaces are the ends of the namespaces that matter, with a short name each.
var spaces = []struct{ end, short string }{
	{"wordprocessingml/2006/main", "w:"},
	{"wordprocessingml/main", "w:"},
	{"officeDocument/2006/math", "m:"},
	{"officeDocument/math", "m:"},
	{"drawingml/2006/main", "a:"},
	{"drawingml/main", "a:"},
	{"wordprocessingDrawing", "wp:"},
	{"schemas-microsoft-com:vml", "v:"},
	{"markup-compatibility/2006", "mc:"},
	{"office/word/2010/wordml", "w14:"},
	{"relationships", "r:"},
}

// tag is an element's name with the usual prefix of its namespace, none for
// one that does not matter.
func (w *walker) tag(e xml.StartElement) string {
	if s, ok := w.tags[e.Name]; ok {
		return s
	}
	s := prefixed(e.Name)
	if len(w.tags) < 1000 {
		w.tags[e.Name] = s
	}
	return s
}

func prefixed(n xml.Name) string {
	for _, sp := range spaces {
		if strings.HasSuffix(n.Space, sp.end) {
			return sp.short + n.Local
		}
	}
	return n.Local
}

// attr is an attribute by its local name, "" when absent.
func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// val is the attribute that most elements say all with.
func val(e xml.StartElement) string { return attr(e, "val") }

// on is a switch: an element without a value says yes.
func on(e xml.StartElement) bool {
	switch val(e) {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// number reads a whole number of moderate size, 0 when it is none.
func number(s string) int {
	n, err := strconv.ParseFloat(s, 64) // some programs write 720.0
	if err != nil || n != n || n > 1e6 || n < -1e6 {
		return 0
	}
	return int(n)
}
