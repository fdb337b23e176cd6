// Package exam plans the way to an exam: which cards to ask on each day, within
// so many minutes, so that as much as possible is known on the day that counts
// ([Make]), and how many minutes a wanted result takes ([Needed]).
//
// Days are study days counted from today, which is day 0; the exam is on the
// morning of day Days, and what is asked of a card is its recall then. A plan is
// made anew every day: what holds is its list for today, the rest is what to
// expect.
//
// # Method
//
// What a card is worth is known backwards from the exam, for every day on which
// it may have been answered and every state in which it may have been left
// (worth.go): never asked again, its recall on the day of the exam; asked on the
// best later day, what that leaves, recalled or forgotten, less what the time
// costs. The time of a day costs what the best card left out would have brought
// there, so days on which much is wanted are dear and cards that can wait move
// to others. These prices are found by going through the days with a simulated
// student, a few rounds (exam.go).
//
// A day's list are the cards that gain most, a second, by being asked now rather
// than on their best later day (simulate.go). Early reviews that bring little,
// the spacing that makes stability grow, new cards that need several days, and
// a last look before the exam all follow from that; none of it is a rule.
package exam
