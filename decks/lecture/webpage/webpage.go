// Package webpage reads a lecture page in HTML, as a browser saves it or a site
// serves it: the content as blocks, what surrounds it as hidden ones.
//
// The page is read as a stream of tokens. A small stack of open elements stands
// for the tree that a browser would build: enough to tell what an element lies in
// and to end what the page leaves open. So a page of any size and nesting is read
// in one pass, and memory goes to its text alone.
package webpage

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lectern/decks/lecture/page"
)

var (
	beforeRoot = regexp.MustCompile(`^(?:\s|\x{feff}|<!--[\s\S]*?-->|<\?[^>]*>)+`)
	rootSign   = regexp.MustCompile(`(?i)^<(?:!doctype\s+html|html|head|body)[\s>]`)
	xmlSign    = regexp.MustCompile(`^(?:\s|\x{feff})*<\?xml`)
)

// Sniff tells whether a text is an HTML page: it begins as one.
func Sniff(text string) bool {
	head := text[:min(len(text), 8<<10)]
	return rootSign.MatchString(head[len(beforeRoot.FindString(head)):])
}

// Read reads a page of UTF-8 text with LF line ends. An error is that of the
// context or page.ErrTooLarge; however broken a page is, it is read.
func Read(ctx context.Context, text string) (*page.Page, error) {
	r := newReader(ctx, text)
	p, err := r.read()
	if err == nil && r.swallowed() {
		// Names of classes have led astray: nearly all seemed to be furniture.
		r = newReader(ctx, text)
		r.trusting = false
		p, err = r.read()
	}
	return p, err
}

const (
	// maxToken is the longest tag or text that is held at once, in bytes.
	maxToken = 8 << 20
	// maxRun is where a paragraph without end is cut, in bytes.
	maxRun = 1 << 20
)

// reader reads one page.
type reader struct {
	ctx context.Context
	b   *page.Builder
	p   *page.Page

	text string
	z    *html.Tokenizer
	at   int   // where in text the token begins
	line int32 // and at which line
	// No block begins behind this line. Line ends that are written as entities would
	// be counted otherwise.
	limit int32
	xml   bool // <x/> is <x></x>

	trusting bool // names of classes tell furniture

	stack []element
	open  map[string]int // how many elements of a name are open
	over  int            // elements that are too deep to be kept
	a     attrs
	seen  map[string]*class

	run    *run // the paragraph being read
	style  styles
	around style // in which the open code stands
	hidden int   // open elements that are furniture
	drop   int   // … whose text nobody reads
	solid  int   // … within which all is one line: headings, titles
	pre    int   // … that keep white space

	code    []byte // text of the open <pre>
	codeAt  int32
	label   string // what stands over the next code as its language
	tex     *tex
	math    *mathML
	choice  choice
	toggle  toggle
	targets map[string]string // ids that buttons open, and what the buttons say
	regions []region
	linked  []int32 // blocks that are links alone

	docTitle, site string
	pictures       int // bytes
}

func newReader(ctx context.Context, text string) *reader {
	r := &reader{
		ctx: ctx, b: page.NewBuilder(ctx, "html"), text: text, line: 1, trusting: true,
		xml:  xmlSign.MatchString(text[:min(len(text), 100)]),
		open: map[string]int{}, seen: map[string]*class{}, targets: map[string]string{}, run: &run{},
	}
	r.p = r.b.Page()
	return r
}

func (r *reader) read() (*page.Page, error) {
	r.tokenizer()
	comment := false // the token before was the beginning of one
	for n := 0; ; n++ {
		if n%4096 == 0 && (r.ctx.Err() != nil || r.b.Err() != nil) {
			return r.b.Finish()
		}
		kind := r.z.Next()
		if kind == html.ErrorToken {
			if r.resume(comment) {
				continue
			}
			break
		}
		raw := r.z.Raw()
		comment = kind == html.CommentToken && !bytes.HasSuffix(raw, []byte(">"))
		size, lines := len(raw), int32(bytes.Count(raw, []byte("\n")))
		r.limit = r.line
		switch kind {
		case html.TextToken:
			r.limit += lines
			r.textToken(r.z.Text())
		case html.StartTagToken:
			r.startTag(false)
		case html.SelfClosingTagToken:
			r.startTag(true)
		case html.EndTagToken:
			name, _ := r.z.TagName()
			r.endTag(atom.String(name))
		}
		r.at += size
		r.line += lines
	}
	r.limit = r.line
	r.popTo(0)
	r.flush()
	r.settle()
	r.trim()
	r.title()
	return r.b.Finish()
}

func (r *reader) tokenizer() {
	r.z = html.NewTokenizer(strings.NewReader(r.text[r.at:]))
	r.z.SetMaxBuf(maxToken)
	r.z.AllowCDATA(r.xml)
}

// resume goes on behind a token that was too long to be held, such as a picture
// of many megabytes in an attribute. It tells whether there was one. Of a comment
// the beginning is a token.
func (r *reader) resume(comment bool) bool {
	if !errors.Is(r.z.Err(), html.ErrBufferExceeded) || r.at >= len(r.text) {
		return false
	}
	rest, n := r.text[r.at:], 0
	t := r.top()
	switch {
	case t != nil && (t.kind == dropped || t.name == "xmp"):
		n = endOf(rest, t.name)
	case comment, strings.HasPrefix(rest, "<!--"):
		n = after(rest, "-->")
	case strings.HasPrefix(rest, "<"):
		n = after(rest, ">")
	}
	r.line += int32(strings.Count(rest[:n], "\n"))
	r.at += n
	r.tokenizer()
	return r.at < len(r.text)
}

// after is where a text goes on behind a mark.
func after(s, mark string) int {
	if i := strings.Index(s, mark); i >= 0 {
		return i + len(mark)
	}
	return len(s)
}

// endOf is where the end tag of an element stands whose contents are no tags.
func endOf(s, name string) int {
	at := 0
	for {
		i := strings.Index(s[at:], "</")
		if i < 0 {
			return len(s)
		}
		at += i
		if rest := s[at+2:]; len(rest) >= len(name) && strings.EqualFold(rest[:len(name)], name) {
			return at
		}
		at += 2
	}
}
