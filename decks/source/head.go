package source

import (
	"regexp"
	"strconv"
	"strings"

	"lectern/decks/release"
	"lectern/decks/release/sign"
)

// headKeys are the keys of a file's head, in the order in which they are written.
var headKeys = []string{"lectern", "deck", "title", "lang", "author", "license", "feed", "key"}

// head reads the lines between two --- at the start of a file.
func (p *parser) head() {
	if len(p.lines) == 0 || !dashes.MatchString(p.lines[0].text) {
		return
	}
	p.hasHead = true
	seen := map[string]bool{}
	for i := 1; i < len(p.lines); i++ {
		s := p.lines[i].text
		if dashes.MatchString(s) {
			p.at = i + 1
			return
		}
		if blank(s) || strings.HasPrefix(strings.TrimLeft(s, " \t"), "#") {
			continue
		}
		key, value, ok := strings.Cut(s, ":")
		key = strings.TrimSpace(key)
		switch {
		case !ok:
			p.wrong(i, "head_line", excerpt(s))
			continue
		case !isHeadKey(key):
			p.wrong(i, "head_key", excerpt(key))
			continue
		case seen[key]:
			p.wrong(i, "head_twice", key)
			continue
		}
		seen[key] = true
		p.keyLines[key] = i
		p.headValue(i, key, headText(value))
	}
	p.wrong(0, "open_head", "")
	p.at = len(p.lines)
}

func (p *parser) headValue(i int, key, value string) {
	switch key {
	case "lectern":
		if value != "1" {
			p.wrong(i, "head_version", excerpt(value))
		}
	case "deck":
		p.id(i, value)
		p.deck.ID = value
	case "title":
		p.deck.Title = release.Line(value)
	case "lang":
		p.deck.Lang = value
	case "author":
		p.deck.Author = release.Line(value)
	case "license":
		p.deck.License = release.Line(value)
	case "feed":
		p.deck.Feed = value
	case "key":
		if _, err := sign.ParsePublic(value); err != nil && value != "" {
			p.wrong(i, "bad_key", excerpt(value))
		}
		p.key = value
	}
}

func isHeadKey(key string) bool {
	for _, k := range headKeys {
		if k == key {
			return true
		}
	}
	return false
}

// headText reads a value as YAML would: quotes, and a comment after a space.
func headText(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, `"`) {
		if quoted, err := strconv.QuotedPrefix(s); err == nil {
			if value, err := strconv.Unquote(quoted); err == nil {
				return value
			}
		}
	}
	if strings.HasPrefix(s, "'") {
		if end := strings.Index(s[1:], "'"); end >= 0 {
			return s[1 : end+1]
		}
	}
	if strings.HasPrefix(s, "#") {
		return ""
	}
	for i := 1; i < len(s); i++ {
		if s[i] == '#' && (s[i-1] == ' ' || s[i-1] == '\t') {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
}

// plainValue matches a value that needs no quotes in any YAML reader.
var plainValue = regexp.MustCompile(`^[\p{L}][\p{L}\p{N} _,.()«»–—!?-]*$`)

// headLine writes what headText reads.
func headLine(key, value string) string {
	if !plainValue.MatchString(value) || value == "true" || value == "null" || strings.HasSuffix(value, " ") {
		value = quote(value)
	}
	return key + ": " + value + "\n"
}

// quote is a double-quoted YAML string; letters stay as they are.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r == '"' || r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}

// id checks an id as it stands in a file.
func (p *parser) id(i int, id string) bool {
	if release.ValidID(id) {
		return true
	}
	p.wrong(i, "bad_id", excerpt(id))
	return false
}
