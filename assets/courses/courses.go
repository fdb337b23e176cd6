// Package courses holds the founding course, in Russian and in English, as the
// Markdown source that decks/source reads, with its pictures beside it.
package courses

import (
	"embed"
	"io/fs"
)

//go:embed */*
var all embed.FS

// Founding is the folder of the founding course in a language: "ru", or
// English for every other one.
func Founding(lang string) fs.FS {
	if lang != "ru" {
		lang = "en"
	}
	dir, err := fs.Sub(all, "understanding-llm."+lang)
	if err != nil {
		panic(err) // the name is a valid path
	}
	return dir
}
