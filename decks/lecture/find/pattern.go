package find

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first asked for: there
// are many, and a program that reads no page is to start without them.
type pattern struct {
	source string
	once   sync.Once
	re     *regexp.Regexp
}

// patterns are all of them, for the test that each compiles.
var patterns []*pattern

func mustCompile(source string) *pattern {
	p := &pattern{source: source}
	patterns = append(patterns, p)
	return p
}

func (p *pattern) get() *regexp.Regexp {
	p.once.Do(func() { p.re = regexp.MustCompile(p.source) })
	return p.re
}

func (p *pattern) MatchString(s string) bool              { return p.get().MatchString(s) }
func (p *pattern) FindString(s string) string             { return p.get().FindString(s) }
func (p *pattern) FindStringIndex(s string) []int         { return p.get().FindStringIndex(s) }
func (p *pattern) FindStringSubmatch(s string) []string   { return p.get().FindStringSubmatch(s) }
func (p *pattern) FindStringSubmatchIndex(s string) []int { return p.get().FindStringSubmatchIndex(s) }
func (p *pattern) ReplaceAllString(s, with string) string { return p.get().ReplaceAllString(s, with) }
func (p *pattern) Split(s string, n int) []string         { return p.get().Split(s, n) }
func (p *pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.get().FindAllStringSubmatchIndex(s, n)
}
