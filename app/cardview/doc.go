// Package cardview draws the text of a card: paragraphs with formulas and code
// in the line, lists, tables, pictures, program text. It never hands a card's
// text to Fyne's own Markdown, which cannot place a formula and falls over some
// valid input.
//
// A [View] lays its document out for the width it gets: words stand on a common
// baseline, lines break where Russian typography allows it, and what cannot be
// drawn at once (a formula on its first showing) stands as its source until it
// is there. Text is selected with the pointer.
package cardview
