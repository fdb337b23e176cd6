// Package trust decides whose releases of a deck are taken.
//
// An author has two kinds of keys. The root key lies in a drawer; it signs nothing but
// statements of trust, each of which names the keys that sign releases every day. When
// an everyday key is lost or stolen, the root signs the next statement, without that
// key. The statements of an author are a [Chain]: each one is signed by a root key that
// it names itself and by one that the statement before names, so a root can be replaced
// too, and nobody else can go on with the chain. The idea is that of The Update
// Framework's root role (https://theupdateframework.github.io/specification/latest/).
//
// The chain travels in every package, so a change of keys reaches a student by whatever
// way a release does. What he has once accepted is pinned: a chain that does not go on
// from it is another author's, and never replaces it ([Chain.Join]).
package trust
