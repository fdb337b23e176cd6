// Package tex turns TeX into pictures: MathJax, running in a JavaScript engine
// of its own, makes SVG, and package svg draws it in the colour of the text.
//
// An [Engine] answers at once for a formula it has seen, in memory or in its
// folder on disk, and otherwise works in the background; the JavaScript engine
// is started by the first formula that needs it and takes about half a second.
// One goroutine owns it. A formula that does not end is stopped after two
// seconds and the engine begins anew; a wrong one gives an [Error] with
// MathJax's own words.
package tex
