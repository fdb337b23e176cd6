// Package export writes a deck for other programs and for paper.
//
// [CSV] is a table for spreadsheets, [Course] a folder in Markdown that reads back
// as the same deck, [HTML] one file to print: a booklet of questions and answers,
// or cards to cut out. The package does no I/O: whoever calls it writes the bytes
// and brings the pictures.
//
// What stands in a deck may come from a stranger. In a table no cell begins like a
// formula of a spreadsheet; in a page all text is escaped, nothing runs, and nothing
// is loaded from anywhere.
package export
