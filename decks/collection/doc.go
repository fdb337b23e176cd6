// Package collection keeps everything one student has: one SQLite file and one
// folder of media. Every read and write of the program goes through it.
//
// The file has three layers that never write into each other:
//
//	1 releases   what an author made      immutable, by hash
//	2 overlay    what the student wrote   append-only edits, marks, choices
//	3 log        what the student did     append-only reviews
//
// An install moves the pointer of a deck to a release. What is on the screen is
// merge(release at the pointer, overlay); when a card is due is replay(reviews
// of the card, parameters). Both are pure functions, so everything else in the
// file is a cache: the shown notes, the texts that search looks in, the state
// of the cards, the counters of the days. [Collection.Rebuild] drops and recomputes them, and
// nothing may change.
//
// Every change is an operation: one transaction that appends events and
// refreshes the caches they touch. Undo is an event too: it voids an operation,
// and voided events are passed over when the state is computed. Nothing is
// erased.
//
// Events carry the moment, the device and their causal parents: the events of
// the same register (a card's reviews, a note's field, a card's flag) that were
// known when they were made. Their order follows the parents; time and id only
// decide between events that did not know each other. A clock that jumps can
// neither lose nor reorder anything.
package collection
