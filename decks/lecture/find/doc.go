// Package find is the rules: which blocks of a lecture page are questions and
// exercises, where each begins and ends, what answers it.
package find
