// Package queue decides which card is shown next.
//
// A [Queue] is built once for a study day and a part of the collection. It
// gathers what is due in a fixed order (steps within the day, steps of days,
// reviews, new cards), under a tree of daily limits and with the siblings of a
// note kept apart; then it is asked for the next card and told of each answer.
// Building looks at every card once and sorts what is due; asking and telling
// do not depend on how many cards there are.
//
// The package is pure: the cards, the day, the clock's reading and what was
// done already come from the caller. The same day gives the same order again,
// so that a session that was broken off goes on where it was.
package queue
