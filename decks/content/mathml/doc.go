// Package mathml writes formulas in TeX as MathML, which browsers and printers
// set without a script.
//
// It knows the TeX that courses are written in: letters of all alphabets, scripts,
// fractions, roots, accents, fences, sums with limits, matrices, cases and aligned
// lines. A formula with anything else is not guessed at: [Convert] says so, and the
// caller shows its TeX. Whatever is given, the result holds no markup but MathML's
// presentation elements, and none of the input stands in it unescaped.
package mathml
