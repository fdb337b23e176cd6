// Package merge joins what an author released with what a student wrote over
// it. It is pure: nothing here is stored, so an update cannot spoil anything.
//
// Three texts meet in a field: the base, which the student saw when they wrote;
// theirs, which the author releases now; and mine, which the student wrote.
//
//	 #  base  theirs  mine            shown     mark
//	 1  ∅     ∅       ∅               ∅         None
//	 2  ∅     t       ∅               t         New
//	 3  ∅     ∅       m               m         Mine
//	 4  ∅     t       t               t         Same
//	 5  ∅     t       m               m         Ask (in an explanation: m, then t; Both)
//	 6  b     b       b               b         None
//	 7  b     t       b               t         Theirs
//	 8  b     b       m               m         Mine
//	 9  b     t       t               t         Same
//	10  b     t       m, apart        both in   Merged
//	11  b     t       m, same words   m         Ask
//	12  b     ∅       b               ∅         Theirs
//	13  b     ∅       m               m         Ask
//	14  b     b       ∅               ∅         Mine
//	15  b     t       ∅               ∅         AskQuietly
//	16  b     ∅       ∅               ∅         Same
//
// Mine is never replaced; theirs arrives where I wrote nothing; both are offered
// where both wrote, and nothing waits for the student's decision: their own text
// is shown until they take it.
//
// [Adopt] is the other half of an update: when a page is read again, its notes
// get the ids they had before, so that history and overlay find them.
package merge
