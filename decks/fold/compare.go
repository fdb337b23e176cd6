package fold

import (
	"cmp"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// A collator keeps buffers and serves one goroutine at a time.
var collators = sync.Pool{New: func() any {
	return collate.New(language.Russian, collate.IgnoreCase, collate.Numeric)
}}

// Compare orders two texts for a list: Russian and English letters in their
// alphabets, digits by value ("Лекция 2" before "Лекция 10"). It is negative,
// zero or positive; zero only for equal strings, so that every sort is stable.
func Compare(a, b string) int {
	c := collators.Get().(*collate.Collator)
	n := c.CompareString(a, b)
	collators.Put(c)
	if n != 0 {
		return n
	}
	return cmp.Or(strings.Compare(Fold(a), Fold(b)), strings.Compare(a, b))
}
