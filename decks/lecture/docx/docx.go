// Package docx reads Word documents.
//
// A document is a zip archive of XML: the text, the styles that say which
// paragraphs are headings or code, the numbering that lists count by, and the
// pictures. They are read as a stream, so that a document costs little more
// memory than its words; an archive or XML made to burst is refused.
//
// A block's line is the number of its paragraph, as Word counts them.
package docx

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"lectern/decks/fault"
	"lectern/decks/lecture/page"
	"lectern/decks/unzip"
)

// Limits of a document.
const (
	maxPart     = 64 << 20  // bytes of the text's XML
	maxSide     = 8 << 20   // bytes of the XML beside it: styles, numbering, references
	maxPicture  = 32 << 20  // bytes of one picture
	maxPictures = 128 << 20 // bytes of all pictures
	maxTotal    = 384 << 20
	maxFiles    = 20_000
	maxDepth    = 500 // of XML
)

var limits = unzip.Limits{Files: maxFiles, File: maxPart, Total: maxTotal}

// Sniff tells whether bytes are a Word document.
func Sniff(raw []byte) bool {
	if !bytes.HasPrefix(raw, []byte("PK\x03\x04")) || !bytes.Contains(raw, []byte("word/")) {
		return false
	}
	a, err := unzip.Open(raw, limits)
	return err == nil && mainPart(a) != ""
}

// Read reads a document. Faults: TooLarge for one that unpacks to more than it
// may; what is damaged is an error of its own.
func Read(ctx context.Context, raw []byte) (*page.Page, error) {
	a, err := unzip.Open(raw, limits)
	if err != nil {
		return nil, faulty(err)
	}
	r := &reader{ctx: ctx, archive: a, out: newEmitter(page.NewBuilder(ctx, "docx"))}
	p, err := r.document()
	return p, faulty(err)
}

func faulty(err error) error {
	if errors.Is(err, unzip.ErrLimits) {
		return fault.New(fault.TooLarge, err, "limit", maxPart)
	}
	return err
}

// reader reads one document.
type reader struct {
	ctx     context.Context
	archive *unzip.Archive
	styles  styles
	lists   *numbering
	rels    map[string]relation
	shots   pictures
	out     *emitter
	line    int     // paragraphs begun
	cells   []*cell // that are being read, the innermost last
	fields  []*field
	hidden  bool // in a table of contents
	title   string
}

func (r *reader) document() (*page.Page, error) {
	main := mainPart(r.archive)
	if main == "" {
		return nil, errors.New("the archive has no document")
	}
	var err error
	if r.rels, err = r.relations(main); err != nil {
		return nil, err
	}
	r.shots = pictures{archive: r.archive, names: map[string]string{}, used: map[string]bool{}, left: maxPictures}
	if r.styles, err = r.readStyles(r.part(main, "styles", "styles.xml")); err != nil {
		return nil, err
	}
	if r.lists, err = r.readNumbering(r.part(main, "numbering", "numbering.xml")); err != nil {
		return nil, err
	}
	r.out.bodySize = r.styles.size
	err = r.parse(main, maxPart, func(w *walker) error {
		return w.each(func(e xml.StartElement) error {
			if w.tag(e) == "w:body" {
				return r.blocks(w)
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	p, err := r.out.finish()
	if err != nil {
		return nil, err
	}
	p.Pictures = r.shots.list
	p.Title = r.title
	if p.Title == "" {
		p.Title = r.coreTitle()
	}
	return p, nil
}

// parse walks a part of XML; begin is called with its outermost element open.
func (r *reader) parse(name string, limit int64, begin func(*walker) error) error {
	f, err := r.archive.Open(name)
	if err != nil {
		return fmt.Errorf("open %s: %w", name, err)
	}
	defer f.Close()
	w := newWalker(r.ctx, io.LimitReader(f, limit))
	if err := w.root(begin); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

// parseIf is parse for a part that a document need not have. What is damaged in
// it takes away its styles, not the text.
func (r *reader) parseIf(name string, begin func(*walker) error) error {
	err := r.parse(name, maxSide, begin)
	var syntax *xml.SyntaxError
	if errors.Is(err, fs.ErrNotExist) || errors.As(err, &syntax) || errors.Is(err, unzip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// mainPart is the name of the part with the text, "" when the archive is no
// document.
func mainPart(a *unzip.Archive) string {
	r := &reader{ctx: context.Background(), archive: a}
	if list, err := r.relations(""); err == nil {
		for _, id := range slices.Sorted(maps.Keys(list)) {
			if rel := list[id]; rel.kind == "officeDocument" && strings.HasSuffix(rel.target, ".xml") && a.Has(rel.target) &&
				strings.HasPrefix(rel.target, "word/") {
				return rel.target
			}
		}
	}
	if a.Has("word/document.xml") {
		return "word/document.xml"
	}
	return ""
}

// relation is what an id in a part refers to.
type relation struct {
	kind     string // the last word of its type
	target   string // a part's name, or an address
	external bool
}

// relations reads what a part refers to; of "", what the archive does.
func (r *reader) relations(part string) (map[string]relation, error) {
	dir, file := path.Split(part)
	list := map[string]relation{}
	err := r.parseIf(dir+"_rels/"+file+".rels", func(w *walker) error {
		return w.each(func(e xml.StartElement) error {
			if e.Name.Local != "Relationship" {
				return nil
			}
			var id string
			var rel relation
			for _, a := range e.Attr {
				switch a.Name.Local {
				case "Id":
					id = a.Value
				case "Type":
					rel.kind = path.Base(a.Value)
				case "Target":
					rel.target = a.Value
				case "TargetMode":
					rel.external = strings.EqualFold(a.Value, "External")
				}
			}
			if !rel.external {
				if !strings.HasPrefix(rel.target, "/") {
					rel.target = dir + rel.target
				}
				rel.target = strings.TrimPrefix(path.Clean("/"+rel.target), "/")
			}
			list[id] = rel
			return nil
		})
	})
	return list, err
}

// part is the name of a part that the text refers to, by its kind.
func (r *reader) part(main, kind, file string) string {
	for _, id := range slices.Sorted(maps.Keys(r.rels)) {
		if rel := r.rels[id]; rel.kind == kind && !rel.external {
			return rel.target
		}
	}
	return path.Join(path.Dir(main), file)
}

// coreTitle is the title in the document's properties, unless Word made it up.
func (r *reader) coreTitle() string {
	title := ""
	// A title is not worth an error.
	_ = r.parseIf("docProps/core.xml", func(w *walker) error {
		return w.each(func(e xml.StartElement) error {
			if e.Name.Local == "title" {
				s, err := w.text()
				title = s
				return err
			}
			return nil
		})
	})
	title = strings.Join(strings.Fields(title), " ")
	for _, madeUp := range []string{"Microsoft Word", "Document", "Документ", "Untitled", "Без названия", "PowerPoint"} {
		if rest, ok := strings.CutPrefix(title, madeUp); ok && strings.Trim(rest, " 0123456789") == "" || ok && strings.HasPrefix(rest, " - ") {
			return ""
		}
	}
	return title
}
