// Package fit finds the weights of a memory model that suit a student's own
// answers, and says how well a model predicts them.
//
// [Fit] is the optimiser of FSRS: first stabilities by maximum likelihood, then
// all weights by gradient descent on the cross-entropy of what was recalled,
// held to the published weights by how far students are known to differ from
// them. It follows the published description
// (https://github.com/open-spaced-repetition/fsrs-rs) in what it counts and
// where it starts, and goes its own way in how it descends: each card is gone
// over once a pass, in batches of whole cards drawn at random, with gradients
// worked out by hand. The same log gives the same weights, on any number of
// cores.
//
// [Evaluate] measures predictions, [Choose] lets models compete on the latest
// answers of a student.
package fit
