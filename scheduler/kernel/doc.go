// Package kernel holds the formulas of FSRS-5, FSRS-6 and FSRS-7 in float64,
// for whoever evaluates them by the million: replaying a log, fitting weights,
// forecasting. Cards are scheduled by the package above, with the libraries;
// its tests hold both equal.
//
// The formulas are those of fsrs-rs (https://github.com/open-spaced-repetition/fsrs-rs),
// written down at [Power] and [Twin]. Whatever goes in, what comes out is a
// number and within bounds.
package kernel
