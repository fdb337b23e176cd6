package main

import (
	"slices"

	"lectern/assets/courses"
	"lectern/assets/i18n"
	"lectern/decks/intake"
)

// sample is the founding course in a language; false when there is none.
func (c *cli) sample(lang string) (incoming, bool, error) {
	if !slices.Contains(i18n.Languages, lang) {
		return incoming{}, false, nil
	}
	ready, err := intake.Founding(courses.Founding(lang))
	return incoming{file: lang, Ready: ready}, true, err
}
