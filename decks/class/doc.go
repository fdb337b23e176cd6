// Package class is what students may hand back to the author of a course, and what
// the author makes of it.
//
// A student's files are two, each made when he asks for it, each readable as it is:
//
//	lectern-answers/1   the answers that he wrote himself ([Answers])
//	lectern-report/1    numbers and flags by card, without a name ([Report])
//
// Both carry a pseudonym, [Reporter]: a keyed hash of the deck, so that a second
// file of a student takes the place of his first, while nothing links the files of
// two decks, nor the answers of a student, which may show who he is, with his report.
// There are no dates, names or marks of a computer in them.
//
// [Gather] groups the answers of many students by question and finds those that say
// the same. [Sum] adds up reports.
//
// # What five means
//
// A card is listed only once [Fewest] students reported it, and its numbers are sums
// over whole groups of five in the order in which the reports were given: with nine
// reports of a card the list shows the first five, with ten all ten. So who sees one
// list after another, while files are added at the end one by one, sees a card's
// numbers change only when five more students stand behind the change, and the
// difference of two lists is never what one student did. Nothing that is listed
// depends on a card with fewer than five reports: not its existence, nor how many
// such cards there are.
//
// What it does not do. Who holds the files can read each of them, and could add up
// any selection: the list protects students from those who see lists, the pseudonym
// from those who hold files. When a student hands in a second report, what changes in
// a list is his doing, if nobody else's changed. Five pseudonyms are five students
// only as far as files come from students: who can slip four made-up reports in can
// subtract them from the fifth. Reports should therefore be collected where hand-ins
// carry no name, and listed when collection has ended, not file by file.
//
// The package does no I/O. What it reads may come from anyone: sizes are bounded,
// only what it could have written is read, and texts come without signs that turn the
// direction of writing, hide, or steer a terminal.
package class
