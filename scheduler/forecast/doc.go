// Package forecast looks ahead: how many minutes a day a retention costs and
// how much is remembered for it, by simulating the days to come with the
// student's own cards, habits and memory model ([Simulate]); and what a change
// of settings does to the days at hand ([Reschedule], [Workload]).
//
// Days are study days counted from today, which is day 0. A simulated student
// recalls with the probability the model gives; the grades he presses, how
// often he needs a step again and how long an answer takes are those of his own
// log ([HabitsOf]). Chance is the same for every retention, so that curves over
// retention show the trend and not the noise. Same input, same output, on any
// number of cores.
package forecast
