// Package lecture finds the questions and exercises of a lecture page.
//
// A page goes through three steps, each of its own:
//
//   - [Decode] turns bytes of any encoding into text;
//   - a reader (plain text, Markdown, HTML, notebook) turns text into a [Page]:
//     headings, labels, list entries, paragraphs, code, in the page's order and
//     with their place in the source;
//   - the rules turn the page's blocks into an [Extraction]: groups of items
//     with kind, difficulty, choices and the answer where the page gives one.
//
// [Extract] does all three. A new format is a new reader in [Readers]; a new
// habit of course pages is a new rule or a word in the tables of words.go. The
// rules are those of pages in general: an item is a text by which the page asks
// the learner to answer or to do something, in a place made for that. A
// question that the text itself goes on to answer is none.
package lecture
