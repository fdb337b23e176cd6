package lecture

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"lectern/decks/lecture/asciidoc"
	"lectern/decks/lecture/docx"
	"lectern/decks/lecture/latex"
	"lectern/decks/lecture/markdown"
	"lectern/decks/lecture/notebook"
	"lectern/decks/lecture/page"
	"lectern/decks/lecture/pdf"
	"lectern/decks/lecture/rest"
	"lectern/decks/lecture/text"
	"lectern/decks/lecture/webpage"
)

// Format is a format that a page can have.
type Format struct {
	Name       string   // page.Page.Format
	Extensions []string // with the dot, lower case

	sniff func(text string) bool
	read  func(ctx context.Context, text string) (*page.Page, error)

	// Of formats that are no text.
	sniffBytes func(raw []byte) bool
	readBytes  func(ctx context.Context, raw []byte, progress Progress) (*page.Page, error)
}

// Formats are the formats that are read, in the order in which they are tried.
var Formats = []Format{
	{Name: "docx", Extensions: []string{".docx"}, sniffBytes: docx.Sniff, readBytes: readDOCX},
	{Name: "pdf", Extensions: []string{".pdf"}, sniffBytes: pdf.Sniff, readBytes: readPDF},
	{Name: "notebook", Extensions: []string{".ipynb"}, sniff: notebook.Sniff, read: notebook.Read},
	{Name: "html", Extensions: []string{".html", ".htm", ".xhtml"}, sniff: webpage.Sniff, read: webpage.Read},
	{Name: "latex", Extensions: []string{".tex", ".latex", ".ltx"}, sniff: latex.Sniff, read: latex.Read},
	{Name: "rest", Extensions: []string{".rst", ".rest"}, sniff: rest.Sniff, read: rest.Read},
	{Name: "asciidoc", Extensions: []string{".adoc", ".asciidoc", ".asc"}, sniff: asciidoc.Sniff, read: asciidoc.Read},
	{Name: "markdown", Extensions: []string{".md", ".markdown", ".mdx", ".rmd", ".qmd", ".mkd"}, sniff: markdown.Sniff, read: markdown.Read},
	{Name: "text", Extensions: []string{".txt", ".text"}, sniff: func(string) bool { return true }, read: text.Read},
}

func readDOCX(ctx context.Context, raw []byte, _ Progress) (*page.Page, error) {
	return docx.Read(ctx, raw)
}

func readPDF(ctx context.Context, raw []byte, progress Progress) (*page.Page, error) {
	return pdf.Read(ctx, raw, progress)
}

// Reads tells whether files with an ending are pages that can be read.
func Reads(ext string) bool {
	return ext != "" && slices.ContainsFunc(Formats, func(f Format) bool { return slices.Contains(f.Extensions, strings.ToLower(ext)) })
}

// formatOf chooses by the name's ending, then by the look of the text. A file that
// is called .txt is a saved page all the same when it looks like one.
func formatOf(name, text string) Format {
	ext := strings.ToLower(filepath.Ext(name))
	for _, f := range Formats {
		if f.read != nil && slices.Contains(f.Extensions, ext) && (f.Name != "notebook" || strings.HasPrefix(strings.TrimSpace(text), "{")) {
			if f.Name == "text" {
				if html := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == "html" }); html >= 0 && Formats[html].sniff(text) {
					return Formats[html]
				}
			}
			return f
		}
	}
	for _, f := range Formats {
		if f.read != nil && f.sniff(text) {
			return f
		}
	}
	return Formats[len(Formats)-1]
}
