package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"lectern/decks/lecture/runs"
)

// What one document may take.
const (
	maxMemory  = 128 << 20        // bytes of PDFium's memory
	maxLetters = 100_000          // of a page; one of a newspaper has twenty thousand
	maxTime    = 20 * time.Second // for one page
	wasmPage   = 64 << 10
)

// cacheDir is where compiled PDFium is kept, "" for nowhere.
var cacheDir string

// Cache names a folder in which PDFium is kept as it was compiled for this
// machine: compiling takes seconds, loading a tenth of one. It is called before
// the first Read, if at all; the folder is made when it is needed.
func Cache(dir string) { cacheDir = dir }

// pool starts PDFium when it is first needed. It runs as WebAssembly: it sees
// no file, opens no socket, and has a memory of its own with an end.
var pool = sync.OnceValues(func() (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(maxMemory / wasmPage).
		WithCloseOnContextDone(true)
	if cacheDir != "" {
		// Without it everything works as well, only later.
		if cache, err := wazero.NewCompilationCacheWithDir(cacheDir); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	return webassembly.Init(webassembly.Config{
		Context:  experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(newMemory)),
		MaxTotal: 2, MaxIdle: 0,
		FSConfig: wazero.NewFSConfig(), RuntimeConfig: config,
		Stdout: io.Discard, Stderr: io.Discard,
	})
})

// memory is PDFium's memory for one document. Most need the first twenty
// megabytes; all of it at once would make Go collect its own garbage too late.
type memory struct{ bytes []byte }

func newMemory(capacity, _ uint64) experimental.LinearMemory {
	return &memory{make([]byte, 0, min(capacity, maxMemory))}
}

// Reallocate gives the memory with another size, nil beyond its limit.
func (m *memory) Reallocate(size uint64) []byte {
	if size > maxMemory {
		return nil
	}
	if size > uint64(cap(m.bytes)) {
		grown := make([]byte, size, min(max(size, 2*uint64(cap(m.bytes))), maxMemory))
		copy(grown, m.bytes)
		m.bytes = grown
	}
	m.bytes = m.bytes[:size]
	return m.bytes
}

// Free gives it back.
func (m *memory) Free() { m.bytes = nil }

// engine is PDFium at work on one document.
type engine struct {
	ctx   context.Context
	pdf   pdfium.Pdfium
	ended func() bool
	watch *time.Timer // ends it when a page takes too long
	late  atomic.Bool // it has
	doc   references.FPDF_DOCUMENT
}

// open starts PDFium on a document; close ends it. When the context ends,
// whatever PDFium is doing ends as well.
func open(ctx context.Context, raw []byte) (*engine, error) {
	p, err := pool()
	if err != nil {
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	instance, err := p.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	e := &engine{ctx: ctx, pdf: instance}
	kill := sync.OnceFunc(func() { _ = instance.Kill() })
	e.ended = context.AfterFunc(ctx, kill)
	e.watch = time.AfterFunc(maxTime, func() { e.late.Store(true); kill() })
	doc, err := instance.OpenDocument(&requests.OpenDocument{FileReader: bytes.NewReader(raw), FileReaderSize: int64(len(raw))})
	if err != nil {
		err = e.failed("open the document", err)
		e.close()
		return nil, err
	}
	e.doc = doc.Document
	return e, nil
}

// close ends PDFium; its memory goes with it.
func (e *engine) close() {
	watched, ended := e.watch.Stop(), e.ended()
	if watched && ended {
		_ = e.pdf.Close() // what it says of a damaged document is known already
	}
}

var errSlow = errors.New("a page takes too long")

// failed says why PDFium could not do what it was asked.
func (e *engine) failed(what string, err error) error {
	switch {
	case e.ctx.Err() != nil:
		return e.ctx.Err()
	case e.late.Load():
		return errSlow
	}
	return fmt.Errorf("%s: %w", what, err)
}

// locked tells an error of a document that wants a password.
func locked(err error) bool {
	return errors.Is(err, pdferrors.ErrPassword) || errors.Is(err, pdferrors.ErrSecurity)
}

// noPage tells an error of one page only.
func noPage(err error) bool { return errors.Is(err, pdferrors.ErrPage) }

// pages is how many pages the document says it has.
func (e *engine) pages() (int, error) {
	n, err := e.pdf.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: e.doc})
	if err != nil {
		return 0, e.failed("count the pages", err)
	}
	return n.PageCount, nil
}

// title is the document's title by its properties.
func (e *engine) title() string {
	t, err := e.pdf.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: e.doc, Tag: "Title"})
	if err != nil {
		return ""
	}
	return t.Value
}

// words reads the words of page i, from 0, in the order that the file has them.
func (e *engine) words(i int) ([]word, error) {
	e.watch.Reset(maxTime)
	at := requests.Page{ByIndex: &requests.PageByIndex{Document: e.doc, Index: i}}
	text, err := e.pdf.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: at})
	if err != nil {
		return nil, e.failed("read the page", err)
	}
	t := text.TextPage
	defer func() { _, _ = e.pdf.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: t}) }()
	count, err := e.pdf.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: t})
	if err != nil || count.Count == 0 {
		return nil, e.failedIf("count the letters", err)
	}
	if count.Count > maxLetters {
		return nil, errCrowded
	}
	letters, err := e.pdf.GetPageTextStructured(&requests.GetPageTextStructured{Page: at, Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return nil, e.failed("read the letters", err)
	}
	w := speller{turn: turnOf(letters.Chars)}
	for k, c := range letters.Chars {
		if blank(c.Text) {
			w.end()
			w.space = true
			continue
		}
		if quarters(c) != w.turn {
			continue
		}
		at := w.turn.box(c.PointPosition)
		if w.goesOn(c.Text, at) {
			w.add(c.Text, at)
			continue
		}
		w.end()
		f, err := e.glyph(t, k)
		if err != nil {
			return nil, err
		}
		w.begin(symbol(c.Text, f.name), at, f)
	}
	w.end()
	return w.words, nil
}

// symbol gives a sign of a private font as it looks.
func symbol(text, font string) string {
	if r, n := utf8.DecodeRuneInString(text); n == len(text) && r >= 0xF000 && r <= 0xF0FF {
		return runs.Symbol(r, font[strings.IndexByte(font, '+')+1:])
	}
	return text
}

var errCrowded = fmt.Errorf("a page has more than %d letters", maxLetters)

func (e *engine) failedIf(what string, err error) error {
	if err == nil {
		return nil
	}
	return e.failed(what, err)
}

// glyph is what PDFium knows of a letter.
type glyph struct {
	x, y  float64 // its origin
	size  float64
	name  string
	flags int
}

// glyph looks at letter k.
func (e *engine) glyph(t references.FPDF_TEXTPAGE, k int) (glyph, error) {
	f := glyph{}
	origin, err := e.pdf.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: t, Index: k})
	if err != nil {
		return f, e.failed("read where a letter stands", err)
	}
	f.x, f.y = origin.X, origin.Y
	size, err := e.pdf.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: t, Index: k})
	if err != nil {
		return f, e.failed("read the size of a letter", err)
	}
	f.size = size.FontSize
	// The size counts before the text is scaled, if the file says how.
	if m, err := e.pdf.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: t, Index: k}); err == nil {
		f.size *= math.Hypot(float64(m.Matrix.C), float64(m.Matrix.D))
	}
	if info, err := e.pdf.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: t, Index: k}); err == nil {
		f.name, f.flags = info.FontName, info.Flags
	}
	return f, e.ctx.Err()
}
