// Package scheduler decides when a card comes back.
//
// It is pure: no clock, no files, no database, no randomness of its own. The
// same answers give the same schedule on every computer, which is what lets a
// collection throw its schedules away and rebuild them from the answers.
//
// Three parts build on one another:
//
//   - A [Model] predicts memory. It is asked only for the next stability and
//     difficulty, and is told how many study days have passed. FSRS-5 is
//     go-fsrs v3, FSRS-6 is go-fsrs v4; both are given a card made up for the
//     call, because their own calendars, steps and fuzz go wrong at the edges.
//   - A [Scheduler] turns memory into dates under a [Preset]: learning steps,
//     graduation, lapses, ordering of the four grades, fuzz, limits.
//     [Scheduler.Outcomes] is what the buttons say, [Scheduler.Apply] is what a
//     press does, [Scheduler.Replay] is a whole history; all three are one
//     computation. [Scheduler.Follow] is an answer whose outcome was promised
//     before; a [Load] spreads what is promised over the days.
//
// Time is counted in study days ([Day]): from one rollover hour to the next in
// the local time of the answer. A day is a date, never a number of hours, so
// daylight saving, travel and an earlier or later evening session cannot add
// or lose one.
package scheduler
