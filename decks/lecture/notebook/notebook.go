// Package notebook reads Jupyter notebooks, nbformat 3 and 4: cells of Markdown as
// the Markdown reader has them, cells of code as code. What cells have put out is
// left out.
//
// A block's line is that of the notebook's file: the lines of a cell's source stand
// in it one by one. In a file that was written without line ends all is line 1.
package notebook

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"lectern/decks/lecture/markdown"
	"lectern/decks/lecture/page"
)

// Sniff tells whether a text is a notebook.
func Sniff(text string) bool {
	if !strings.HasPrefix(strings.TrimLeft(text, " \t\n\ufeff"), "{") {
		return false
	}
	head, tail := text[:min(len(text), 64<<10)], text[max(0, len(text)-64<<10):]
	cells := func(s string) bool { return strings.Contains(s, `"cells"`) || strings.Contains(s, `"worksheets"`) }
	return strings.Contains(head+tail, `"nbformat"`) && (cells(head) || cells(tail))
}

// errNoNotebook tells that a text is JSON but no notebook.
var errNoNotebook = errors.New("it has no cells")

// Read reads a notebook. Besides those of the context an error tells that the text
// is no notebook, with the line where that is seen, or is page.ErrTooLarge.
func Read(ctx context.Context, text string) (*page.Page, error) {
	r := &reader{ctx: ctx, in: newScanner(text), b: page.NewBuilder(ctx, "notebook")}
	r.p = r.b.Page()
	if err := r.notebook(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("reading a notebook, line %d: %w", r.in.line(), err)
	}
	for _, i := range r.code {
		r.p.Blocks[i].Mark = r.lang
	}
	if r.p.Title == "" {
		r.p.Title = page.FirstHeading(r.p)
	}
	return r.b.Finish()
}

type reader struct {
	ctx  context.Context
	in   *scanner
	b    *page.Builder
	p    *page.Page
	lang string // of the kernel; often told after the cells
	code []int  // blocks of code in it

	waiting  *cell // of Markdown: what follows may say that it asks for something
	cells    bool  // there were some
	pictures int   // bytes
}

func (r *reader) notebook() error {
	err := r.in.object(func(key string) error {
		switch key {
		case "cells":
			r.cells = true
			return r.in.array(r.cell)
		case "worksheets": // nbformat 3
			return r.in.array(func() error {
				return r.in.object(func(key string) error {
					if key == "cells" {
						r.cells = true
						return r.in.array(r.cell)
					}
					return r.in.skip()
				})
			})
		case "metadata":
			return r.metadata()
		}
		return r.in.skip()
	})
	r.flush()
	if err == nil && !r.cells {
		err = errNoNotebook
	}
	if err == nil {
		err = r.in.end()
	}
	return err
}

// metadata tells the language of the kernel and, seldom, a title.
func (r *reader) metadata() error {
	return r.in.object(func(key string) error {
		switch key {
		case "kernelspec", "language_info":
			return r.in.object(func(in string) error {
				if in == "language" || in == "name" && key == "language_info" {
					s, err := r.in.text()
					if s != "" {
						r.lang = strings.ToLower(s)
					}
					return err
				}
				return r.in.skip()
			})
		case "title":
			s, err := r.in.text()
			r.p.Title = strings.TrimSpace(s)
			return err
		}
		return r.in.skip()
	})
}

// cell is a cell as the file has it.
type cell struct {
	kind     string
	level    int // of a heading, nbformat 3
	source   source
	language string // nbformat 3
	tags     []string
	solution bool // to be solved, says nbgrader
	folded   bool
	asks     bool // a cell to be filled in follows
	pictures []attachment
}

// attachment is a picture within a cell.
type attachment struct{ name, kind, data string }

// cell reads a cell and adds it to the page.
func (r *reader) cell() error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	c := cell{source: source{line: r.in.line()}}
	err := r.in.object(func(key string) (err error) {
		switch key {
		case "cell_type":
			c.kind, err = r.in.text()
		case "level":
			c.level, err = r.in.number()
		case "source", "input":
			c.source, err = r.in.source()
		case "language":
			c.language, err = r.in.text()
		case "metadata":
			err = r.cellMetadata(&c)
		case "attachments":
			err = r.in.object(func(name string) error {
				return r.in.object(func(kind string) error {
					data, err := r.in.joined()
					c.pictures = append(c.pictures, attachment{name, kind, data})
					return err
				})
			})
		default:
			err = r.in.skip()
		}
		return err
	})
	if err == nil {
		r.take(&c)
		err = r.b.Err()
	}
	return err
}

// take adds the cell that waits, and a cell to the page unless it has to wait for
// the next one.
func (r *reader) take(c *cell) {
	if r.waiting != nil {
		r.waiting.asks = c.kind == "code" && (c.toFill() || c.solves())
		if r.waiting.asks && c.solves() {
			c.tags = append(c.tags, "solution")
		}
	}
	r.flush()
	if c.kind == "markdown" {
		r.waiting = c
		return
	}
	r.add(c)
}

// flush adds the cell that waits.
func (r *reader) flush() {
	if c := r.waiting; c != nil {
		r.waiting = nil
		r.add(c)
	}
}

func (r *reader) cellMetadata(c *cell) error {
	return r.in.object(func(key string) (err error) {
		switch key {
		case "tags":
			return r.in.array(func() error {
				s, err := r.in.text()
				c.tags = append(c.tags, strings.ReplaceAll(strings.ToLower(s), "_", "-"))
				return err
			})
		case "nbgrader":
			return r.in.object(func(key string) (err error) {
				if key == "solution" {
					c.solution, err = r.in.boolean()
					return err
				}
				return r.in.skip()
			})
		case "jupyter":
			return r.in.object(func(key string) error {
				if key != "source_hidden" {
					return r.in.skip()
				}
				on, err := r.in.boolean()
				c.folded = c.folded || on
				return err
			})
		case "solution", "solution2": // of the extension exercise2: "hidden", "shown"
			s, err := r.in.text()
			if s != "" {
				c.tags = append(c.tags, "solution")
			}
			return err
		}
		return r.in.skip()
	})
}

// add adds a cell to the page.
func (r *reader) add(c *cell) {
	depth, from := r.b.Depth(), len(r.p.Blocks)
	if mark := c.box(); mark != "" && strings.TrimSpace(c.source.text) != "" {
		r.b.Open(page.Block{Kind: page.Box, Mark: mark, Line: int32(c.source.line)})
	}
	switch c.kind {
	case "markdown", "html":
		r.markdown(c)
	case "heading":
		text := strings.Join(strings.Fields(c.source.text), " ")
		r.b.Add(page.Block{Kind: page.Heading, Level: uint8(min(max(c.level, 1), 6)), Text: text, Line: int32(c.source.line)})
	case "code":
		r.addCode(c)
	default: // raw
		r.b.AddCode(c.source.line, "", c.source.text)
	}
	r.b.CloseTo(depth)
	for i := from; i < len(r.p.Blocks); i++ {
		b := &r.p.Blocks[i]
		if !c.source.spread {
			b.Line = int32(c.source.line)
		}
		b.Hidden = b.Hidden || c.has("remove-cell")
	}
}

func (r *reader) markdown(c *cell) {
	text := c.source.text
	for _, a := range c.pictures {
		if !strings.Contains(text, "attachment:") {
			break
		}
		if name := r.picture(a); name != "" {
			text = strings.NewReplacer("attachment:"+a.name, name, "attachment:"+strings.ReplaceAll(a.name, " ", "%20"), name).Replace(text)
		}
	}
	if head, task, ok := c.task(text); ok {
		markdown.Append(r.b, head, c.source.line)
		line := c.source.line + strings.Count(head, "\n")
		r.b.Open(page.Block{Kind: page.Box, Mark: "exercise", Line: int32(line)})
		markdown.Append(r.b, task, line)
		r.b.Close()
		return
	}
	if c.room(text) {
		r.b.Open(page.Block{Kind: page.Box, Mark: "room", Line: int32(c.source.line)})
		markdown.Append(r.b, text, c.source.line)
		r.b.Close()
		return
	}
	markdown.Append(r.b, text, c.source.line)
}

// addCode adds the code of a cell. A cell without any is a place to be filled in:
// a rule stands for it.
func (r *reader) addCode(c *cell) {
	lang := strings.ToLower(c.language)
	if m := cellMagic.FindStringSubmatch(c.source.text); m != nil {
		if l, ok := magics[m[1]]; ok {
			lang = l
		}
	}
	i := r.b.AddCode(c.source.line, lang, c.source.text)
	switch {
	case i < 0:
		r.b.Add(page.Block{Kind: page.Rule, Line: int32(c.source.line)})
	case lang == "":
		r.code = append(r.code, i)
	}
}
