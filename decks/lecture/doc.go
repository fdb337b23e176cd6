// Package lecture finds the questions and exercises of a lecture page.
//
// A page goes through three steps, each a room of its own:
//
//   - [Decode] turns bytes of any encoding into text;
//   - a reader (packages text, markdown, webpage, notebook, rest, latex, asciidoc,
//     docx, pdf) turns a file into a [page.Page]: headings, paragraphs, lists, code,
//     boxes, in the page's order and with their place in the source;
//   - the rules (package find) turn the page's blocks into an [find.Extraction]:
//     groups of items with kind, difficulty, choices and the answer where the page
//     gives one.
//
// [Extract] does all three. A new format is a new reader in [Formats]; a new habit
// of course pages is a rule in package find or a word in its tables.
package lecture
