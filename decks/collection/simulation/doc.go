// Package simulation holds the laws of shipping over whole lives: authors who edit, split,
// join, withdraw and move what they released, and students who study, write, keep, skip,
// decide, undo, go and come back, at random, on the real collection. It has no code of
// its own.
//
//	go test ./decks/collection/simulation -courses 500 -v
//	go test ./decks/collection/simulation -seed 17 -courses 1 -v
package simulation
