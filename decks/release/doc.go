// Package release turns a deck into bytes that are the same for ever and back.
//
// A release is an immutable snapshot of a deck. Its content is a text of lines,
// each one JSON object:
//
//	{"format":"lectern-content/1","id":"dk4m9x7c2k","kind":"deck","lang":"en","sections":[{"id":"s1","title":"Attention"}],"title":"Language models"}
//	{"fields":{"answer":"A piece of a word.","question":"What is a token?"},"id":"7f3k2m9qa1","kind":"note","section":"s1","type":"question"}
//
//	{"id":"q4w8e2r7t1","into":["7f3k2m9qa1"],"kind":"retired"}
//
// The first line is the deck with its sections. Notes follow in the order of the
// course, and then what was withdrawn, by id. The form is canonical: keys are sorted, nothing
// empty is written, there is no space between tokens, strings are NFC with LF
// ends of line and carry only the escapes that RFC 8785 asks for. So two decks
// are equal exactly when their contents are the same bytes, and the SHA-256 of
// those bytes ([Hash]) names the release.
//
// What changes between two releases travels as a delta ([Delta], [Apply]): whole
// records, checked by the hash of the result.
//
// [Encode] writes only what [Check] finds no fault with, and [Decode] takes only
// what [Encode] could have written. What comes from a stranger is held to the
// same limits as what is made here.
package release
