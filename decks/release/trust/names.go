package trust

import "unicode"

// visible tells whether each sign of a name can be seen and stands where it is read: a
// name must not look like another one by signs that turn its direction or have no
// width.
func visible(s string) bool {
	for _, r := range s {
		if !unicode.IsPrint(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || unicode.Is(unicode.Variation_Selector, r) {
			return false
		}
	}
	return true
}
