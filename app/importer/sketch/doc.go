// Package sketch is the deck that is being made of lecture pages, before it is
// one: what was found on them, and what the student took, left, edited, joined,
// split and moved. It has no window.
//
// A [Sketch] is never changed: each act gives another one. So the acts of a
// student are a stack of sketches, and taking one back is taking the one below.
//
// Blocks of all pages are numbered through, in a [Book].
package sketch
