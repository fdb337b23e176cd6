// Package content reads a card's or a page's text into a [Document] and writes
// it out again.
//
// Markdown comes in through [Parse] (CommonMark with tables, task lists,
// strikethrough, ==marks== and TeX), HTML through [ParseHTML]. Plain text,
// search text, HTML and Markdown go out through [Plain], [Search], [HTML] and
// [Markdown]; the window draws the tree itself. No input makes a parser panic,
// run long or nest deeper than 64 levels, and nothing that is read can name a
// file outside the media folder or a link other than http, https and mailto.
package content
