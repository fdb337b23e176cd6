// Package house holds the rules of the repository as tests: which room may
// import which, that every package says what it is for, that the translations
// are whole, and that no mark of unfinished work stays. It has no code of its
// own. A rule that a linter knows as well (.golangci.yml) stands here too, so
// that `go test` alone tells.
package house
