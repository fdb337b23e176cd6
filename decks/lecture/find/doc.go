// Package find is the rules: which blocks of a lecture page are questions and
// exercises, where each begins and ends, what answers it.
//
// The page is walked as a tree. A heading opens a section, up to the next heading
// of its level; a section, a box or a label line ("Questions to lecture 2:") can be
// a place of questions or of exercises. In a place the entries of a list, numbered
// paragraphs, headings with a number and boxes are items; elsewhere only what the
// page marks as one, or answers at once. What belongs to an item (its code, its
// parts, its choices, its solution) is what stands in it or follows it.
//
// The words by which pages in several languages say all this are in words.go;
// everything else is grammar of pages, not of languages.
package find
