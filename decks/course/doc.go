// Package course works on a course in its folder: it makes one, formats it, says what is
// wrong with it, and reads it as it will be released.
//
// What a course says is the work of decks/source, what changed of decks/changes; here
// are the files. Nothing outside of the folder is read or written, whatever a link or a
// path in the course says. A file is written as a whole or not at all, and not when
// another program has changed it meanwhile.
package course
