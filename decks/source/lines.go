package source

import (
	"regexp"
	"strings"

	"lectern/decks/release"
)

// line is a line of a file.
type line struct {
	text  string // as a release keeps it, so that what it means stays
	start int    // offset of its first byte
	stop  int    // offset behind its text
	end   int    // offset behind its end-of-line bytes
}

// splitLines cuts a text at LF, CRLF and CR.
func splitLines(s string) []line {
	var out []line
	for at := 0; at < len(s); {
		i := strings.IndexAny(s[at:], "\r\n")
		if i < 0 {
			out = append(out, line{release.Clean(s[at:]), at, len(s), len(s)})
			break
		}
		end := at + i + 1
		if s[at+i] == '\r' && end < len(s) && s[end] == '\n' {
			end++
		}
		out = append(out, line{release.Clean(s[at : at+i]), at, at + i, end})
		at = end
	}
	return out
}

func blank(s string) bool { return strings.Trim(s, " \t") == "" }

// conflict begins a place that git could not merge.
const conflict = "<<<<<<< "

// dashes matches the line that ends a card.
var dashes = regexp.MustCompile(`^---+[ \t]*$`)

// heading reads a heading of level 1 or 2.
func heading(s string) (level int, title string, ok bool) {
	switch {
	case strings.HasPrefix(s, "# ") || s == "#" || strings.HasPrefix(s, "#\t"):
		level = 1
	case strings.HasPrefix(s, "## ") || s == "##" || strings.HasPrefix(s, "##\t"):
		level = 2
	default:
		return 0, "", false
	}
	title = strings.Trim(s[level:], " \t")
	if open := strings.TrimRight(title, "#"); open == "" || open != title && strings.HasSuffix(open, " ") {
		title = strings.TrimRight(open, " \t")
	}
	if cut, escaped := strings.CutSuffix(title, `\#`); escaped {
		title = cut + "#"
	}
	return level, title, true
}

// headingLine writes what heading reads.
func headingLine(title string) string {
	if cut, ends := strings.CutSuffix(title, "#"); ends {
		title = cut + `\#`
	}
	return "# " + title
}

var optionLine = regexp.MustCompile(`^[-*+] \[([ xX])\](?:[ \t]+(.*))?$`)

// structural reports whether a line at the left margin, outside code, means
// something of its own within a card.
func structural(s string, inChoice bool) bool {
	if _, _, _, ok := keywordAt(s); ok {
		return true
	}
	if _, near := nearKeyword(s); near {
		return true
	}
	if _, _, ok := heading(s); ok {
		return true
	}
	return strings.HasPrefix(s, "<!--") || strings.HasPrefix(s, conflict) || dashes.MatchString(s) || inChoice && optionLine.MatchString(s)
}

// unescape takes one backslash from a line that would mean something without
// its backslashes; escape puts it there.
func unescape(s string, inChoice bool) string {
	if strings.HasPrefix(s, `\`) && structural(strings.TrimLeft(s, `\`), inChoice) {
		return s[1:]
	}
	return s
}

func escape(s string, inChoice bool) string {
	if structural(strings.TrimLeft(s, `\`), inChoice) {
		return `\` + s
	}
	return s
}

// fence follows blocks of code between lines of ``` or ~~~.
type fence struct {
	mark string // of the open block, "" outside
	line int    // where it was opened
}

// read takes the next line of a text and reports whether it is code or a fence.
func (f *fence) read(s string, number int) bool {
	t := strings.TrimLeft(s, " \t")
	if f.mark != "" {
		run := t[:len(t)-len(strings.TrimLeft(t, f.mark[:1]))]
		if len(run) >= len(f.mark) && blank(t[len(run):]) {
			f.mark = ""
		}
		return true
	}
	for _, c := range []string{"`", "~"} {
		run := t[:len(t)-len(strings.TrimLeft(t, c))]
		if len(run) >= 3 && (c == "~" || !strings.Contains(t[len(run):], "`")) {
			f.mark, f.line = run, number
			return true
		}
	}
	return false
}
