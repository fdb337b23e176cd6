// Package pdf reads PDF files that have text.
//
// A PDF says where letters stand and in which font; what they are is seen by
// their places. PDFium gives the letters; here words become lines, lines of
// columns are put in the order of reading, running heads and page numbers are
// dropped, and lines become paragraphs, headings, entries of lists, tables and
// code by their distances, indents and fonts.
//
// PDFium runs as WebAssembly, so a damaged or hostile file reaches nothing and
// takes no more memory than it is given. It is started when the first file is
// read; see [Cache].
//
// A block's line is the number of its page.
package pdf

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"lectern/decks/fault"
	"lectern/decks/lecture/page"
)

const (
	maxPages = 5_000
	maxText  = 24 << 20 // bytes of all words
)

// Sniff tells whether bytes are a PDF: its sign stands at the beginning, or
// after what a mail program put there.
func Sniff(raw []byte) bool {
	return bytes.Contains(raw[:min(len(raw), 1024)], []byte("%PDF-"))
}

// Read reads a PDF; progress, if not nil, is told how many pages of how many
// are read. Faults: NoTextInPDF for one that consists of pictures, LockedFile
// for one that wants a password, TooLarge.
func Read(ctx context.Context, raw []byte, progress func(done, total int)) (*page.Page, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	e, err := open(ctx, raw)
	if locked(err) {
		return nil, fault.New(fault.LockedFile, err)
	}
	if err != nil {
		return nil, err
	}
	defer e.close()
	n, err := e.pages()
	if err != nil {
		return nil, err
	}
	if n > maxPages {
		return nil, fault.New(fault.TooLarge, fmt.Errorf("%d pages", n), "limit", maxText)
	}
	pages, size := make([][]line, n), 0
	var damaged error
	for i := range n {
		progress(i, n)
		words, err := e.words(i)
		if noPage(err) {
			damaged = err
			continue // the other pages are worth having without it
		}
		if err != nil {
			return nil, err
		}
		for _, w := range words {
			size += len(w.text)
		}
		if size > maxText {
			return nil, fault.New(fault.TooLarge, nil, "limit", maxText)
		}
		pages[i] = linesOf(i+1, words)
	}
	progress(n, n)
	if size == 0 && damaged != nil {
		return nil, damaged
	}
	if size == 0 {
		return nil, fault.New(fault.NoTextInPDF, nil)
	}
	return compose(ctx, pages, e.title())
}

// compose makes a page of lines; title is the document's own.
func compose(ctx context.Context, pages [][]line, title string) (*page.Page, error) {
	withoutFurniture(pages)
	margins(pages)
	b := page.NewBuilder(ctx, "pdf")
	l := layoutOf(pages)
	l.write(b)
	p, err := b.Finish()
	if err != nil {
		return nil, err
	}
	if p.Title = ownTitle(title); p.Title == "" {
		p.Title = l.largest()
	}
	return p, nil
}

// ownTitle is a title from the properties, unless a program made it up.
func ownTitle(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	low := strings.ToLower(s)
	for _, made := range []string{"microsoft word", "microsoft powerpoint", "untitled", "без названия", "powerpoint presentation", "презентация powerpoint", "slide 1", "(anonymous)", "(unspecified)"} {
		if strings.HasPrefix(low, made) {
			return ""
		}
	}
	switch strings.ToLower(path.Ext(low)) {
	case ".doc", ".docx", ".dvi", ".tex", ".pdf", ".ps", ".odt", ".rtf", ".indd", ".md", ".html", ".ppt", ".pptx", ".key", ".qxd":
		return ""
	}
	if n := utf8.RuneCountInString(s); n < 3 || n > 200 || strings.Contains(s, "://") || !utf8.ValidString(s) {
		return ""
	}
	return s
}

// largest is the title by its letters: the largest on the first page with text.
func (l *layout) largest() string {
	best := -1
	for i := range l.paras {
		p := &l.paras[i]
		if p.page != l.paras[0].page {
			break
		}
		if len(p.lines) == 0 || !l.isTitle(p) || !l.large(p.lines[0]) {
			continue
		}
		if best < 0 || p.lines[0].size > l.paras[best].lines[0].size+0.3 {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	return plainText(&l.paras[best])
}
