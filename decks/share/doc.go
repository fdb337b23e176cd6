// Package share makes packages for other people: of a student's own deck, signed with a
// key of his own, and of an author's deck as the author signed it.
//
// The key and what was shared with it lie beside the collection in one file that only its
// owner reads. Who gets the deck pins that key, so a later package of the same student
// updates it, and nobody else's does.
package share
