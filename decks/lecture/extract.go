package lecture

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"lectern/decks/fault"
	"lectern/decks/lecture/find"
	"lectern/decks/lecture/page"
)

// Progress is told how many steps of how many are done; of a PDF file they are its
// pages.
type Progress func(done, total int)

// Extract reads a page and finds its items. Name is a file name or an address
// and helps to tell the format. A page without questions is no error: its
// extraction has no groups. Errors carry the faults EmptyPage, NotText, TooLarge,
// UnreadableFile or Cancelled.
func Extract(ctx context.Context, raw []byte, name string, progress Progress) (*page.Page, *find.Extraction, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	progress(0, 3)
	p, err := read(ctx, raw, name, progress)
	if err != nil {
		return nil, nil, readFault(ctx, err, name)
	}
	if len(p.Words()) == 0 {
		return nil, nil, fault.New(fault.EmptyPage, nil)
	}
	if p.Lang == "" {
		p.Lang = language(p)
	}
	progress(2, 3)
	x, err := find.Find(ctx, p)
	if err != nil {
		return nil, nil, readFault(ctx, err, name)
	}
	progress(3, 3)
	return p, x, nil
}

// read decodes a file and reads it by its format.
func read(ctx context.Context, raw []byte, name string, progress Progress) (*page.Page, error) {
	if len(raw) > MaxSize {
		return nil, fault.New(fault.TooLarge, nil, "limit", MaxSize)
	}
	for _, f := range Formats {
		if f.readBytes != nil && f.sniffBytes(raw) {
			return f.readBytes(ctx, raw, progress)
		}
	}
	text, _, err := Decode(raw)
	if err != nil {
		return nil, err
	}
	if strings.Contains(text, "\r") {
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return formatOf(name, text).read(ctx, text)
}

// readFault gives an error of reading the code by which a user is told of it.
func readFault(ctx context.Context, err error, name string) error {
	switch {
	case ctx.Err() != nil:
		return fault.New(fault.Cancelled, err)
	case errors.Is(err, page.ErrTooLarge):
		return fault.New(fault.TooLarge, err, "limit", MaxSize)
	}
	var known *fault.Fault
	if errors.As(err, &known) {
		return err
	}
	return fault.New(fault.UnreadableFile, err, "name", filepath.Base(name))
}

// language tells Russian from English by the letters.
func language(p *page.Page) string {
	cyrillic, latin := 0, 0
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Kind == page.Code || b.Hidden {
			continue
		}
		for _, r := range b.Text {
			switch {
			case r >= 'а' && r <= 'я' || r == 'ё':
				cyrillic++
			case r >= 'a' && r <= 'z':
				latin++
			}
		}
		if cyrillic+latin > 50_000 {
			break
		}
	}
	switch {
	case cyrillic > latin/2 && cyrillic > 0:
		return "ru"
	case latin > 0:
		return "en"
	}
	return ""
}

// Source is a page as a text that can be kept beside its deck and read again: the
// file itself where it is text, else what was read in it.
func Source(raw []byte, p *page.Page) string {
	for _, f := range Formats {
		if f.Name == p.Format && f.readBytes == nil {
			if text, _, err := Decode(raw); err == nil {
				return text
			}
		}
	}
	var blocks []int
	for i := range p.Blocks {
		if !p.Blocks[i].Hidden && p.Blocks[i].Text != "" {
			blocks = append(blocks, i)
		}
	}
	return p.Markdown(blocks)
}
