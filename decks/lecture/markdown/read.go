// Package markdown reads a lecture page in Markdown, as course pages write it:
// CommonMark and what the builders of course sites add to it (front matter,
// fenced divs, directives, admonitions, <details>, MDX components, chunks of R
// Markdown, tabs, Liquid tags).
//
// The reader works on lines. What ends by a line of its own (fences, tags) is a
// stack of open boxes; what ends by its indent or its mark (lists, quotes,
// admonitions) is cut out and read by itself. So each line is read once for each
// level that it lies in, and there are at most page.MaxDepth levels.
package markdown

import (
	"context"
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

// Sniff tells whether a text looks like Markdown.
func Sniff(text string) bool {
	score := 0
	for line := range strings.SplitSeq(text[:min(len(text), 20_000)], "\n") {
		switch {
		case atxHeading.MatchString(line), isFence(line):
			score += 2
		case strings.HasPrefix(line, "- ["), strings.Contains(line, "**"), strings.Contains(line, "]("):
			score++
		}
	}
	return score >= 3
}

// Read reads a page of UTF-8 text with LF line ends.
func Read(ctx context.Context, text string) (*page.Page, error) {
	b := page.NewBuilder(ctx, "markdown")
	p := b.Page()
	front, skip := frontMatter(text)
	p.Title, p.Lang = front["title"], front["lang"]
	Append(b, text[skip:], 1+strings.Count(text[:skip], "\n"))
	if p.Title == "" {
		p.Title = page.FirstHeading(p)
	}
	return b.Finish()
}

// Append reads a text that is part of a larger page; it begins at a line of that.
func Append(b *page.Builder, text string, first int) {
	depth := b.Depth()
	(&reader{b: b, exercises: map[string]bool{}, isLia: liaPage.MatchString(text)}).blocks(split(text, first), false)
	b.CloseTo(depth)
}

// line is a line of the source with its number, without its end.
type line struct {
	text string
	no   int
	hard bool // the line before it ends with a break
}

// split divides a text into lines, without its comments; comments in code stay.
func split(text string, first int) []line {
	lines := make([]line, 0, strings.Count(text, "\n")+1)
	c, hard := comments{}, false
	for s := range strings.SplitSeq(text, "\n") {
		text := c.strip(strings.TrimRight(s, " \t"))
		lines = append(lines, line{text, first + len(lines), hard})
		hard = strings.HasSuffix(s, "  ") || strings.HasSuffix(text, "\\")
	}
	return lines
}

// comments takes HTML's comments, and those of MDX and Liquid, out of lines.
type comments struct {
	closer string // of the comment that is open
	fence  string // of the code that is open
	since  int    // lines that the comment has gone on for
}

// longest is how many lines a comment may have: one that never ends would swallow
// the page.
const longest = 400

func (c *comments) strip(s string) string {
	if c.closer != "" {
		c.since++
		at := strings.Index(s, c.closer)
		switch {
		case at >= 0:
			s, c.closer = s[at+len(c.closer):], ""
		case c.since > longest:
			c.closer = ""
		default:
			return ""
		}
	}
	if _, mark, info, ok := fenceMark(s); ok {
		switch {
		case c.fence == "" && !strings.HasPrefix(info, "{"): // what stands in a directive is text
			c.fence = mark
		case c.fence != "" && strings.HasPrefix(mark, c.fence) && info == "":
			c.fence = ""
		}
	}
	if c.fence != "" {
		return s
	}
	for {
		at, closer := strings.Index(s, "<!--"), "-->"
		if at < 0 {
			at, closer = strings.Index(s, "{/*"), "*/}"
		}
		if at < 0 {
			at, closer = strings.Index(s, "{% comment %}"), "{% endcomment %}" // of Liquid
		}
		if at < 0 {
			return s
		}
		stop := strings.Index(s[at:], closer)
		if stop < 0 {
			c.closer, c.since = closer, 0
			return strings.TrimRight(s[:at], " \t")
		}
		s = s[:at] + s[at+stop+len(closer):]
	}
}

var frontField = regexp.MustCompile(`(?m)^(title|lang|language):[ \t]*["']?(.+?)["']?[ \t]*$`)

// frontMatter reads the head of a page and tells where it ends.
func frontMatter(text string) (map[string]string, int) {
	mark := ""
	for _, m := range []string{"---\n", "+++\n"} {
		if strings.HasPrefix(text, m) {
			mark = m[:3]
		}
	}
	if mark == "" {
		return nil, 0
	}
	head := text[:min(len(text), 20_000)]
	end := strings.Index(head, "\n"+mark+"\n")
	if end < 0 {
		return nil, 0
	}
	fields := map[string]string{}
	body := text[4:max(4, end)]
	if mark == "+++" {
		body = strings.ReplaceAll(body, " = ", ": ")
	}
	for _, m := range frontField.FindAllStringSubmatch(body, -1) {
		if m[1] == "language" {
			m[1] = "lang"
		}
		fields[m[1]] = m[2]
	}
	if strings.ContainsAny(fields["title"], "{`") {
		delete(fields, "title")
	}
	return fields, end + 5
}
