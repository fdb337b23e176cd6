package markdown

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	anyTag    = regexp.MustCompile(`</?[A-Za-z][^<>]{0,400}>`)
	autolink  = regexp.MustCompile(`<((?:https?|mailto):[^<>\s]+)>`)
	liquidURL = regexp.MustCompile(`\]\(\s*\{\{[^{}()]{0,80}\}\}`)
	imgTag    = regexp.MustCompile(`(?i)<img\b[^<>]*>`)
	srcAttr   = regexp.MustCompile(`(?i)\bsrc\s*=\s*["']([^"']+)["']`)
	altAttr   = regexp.MustCompile(`(?i)\balt\s*=\s*["']([^"']*)["']`)
	attribute = regexp.MustCompile(`\{[:#.][^{}]*\}|\{-\}|\{(?:width|height|alt)=[^{}]*\}`)
	role      = regexp.MustCompile("\\{([a-z:-]+)\\}`([^`]*)`")
	d2lRole   = regexp.MustCompile(":(?:numref|eqref|cite|citet|ref|label|eqlabel|ext):`[^`]*`")
	roleLink  = regexp.MustCompile(`\s*<[^<>]*>$`)
	anchor    = regexp.MustCompile(`\s*\[\[[\w-]+\]\]\s*$|\s*\(\\#[\w:-]+\)`)
	d2lMark   = regexp.MustCompile(`\(\*\*|\*\*\)|\[\*\*|\*\*\]`)
	codeSpan  = regexp.MustCompile("(?s)(`+)[^`].*?(`+)")
	footnote  = regexp.MustCompile(`\[\^[\w-]+\]:?`)
	display   = regexp.MustCompile(`(?s)\$\$(.+?)\$\$`)
	codeTag   = regexp.MustCompile(`(?is)<(?:code|kbd|tt|samp)(?:\s[^<>]*)?>([^<>]*)</(?:code|kbd|tt|samp)>`)
	breakTag  = regexp.MustCompile(`(?i)<br\s*/?>`)
	shortcode = regexp.MustCompile(`\{\{[<%#].*?[>%]?\}\}`)
)

// clean takes out of a paragraph what a site's builder would: attributes, roles,
// anchors, tags. Code spans stay as they are; a formula set apart within the
// paragraph is put between \x00 and marked with \x01.
func clean(s string) string {
	if !strings.ContainsAny(s, "<{[(:$\x00\x01") {
		return s
	}
	s = strings.NewReplacer("\x00", "", "\x01", "").Replace(s)
	s = role.ReplaceAllStringFunc(s, func(m string) string {
		p := role.FindStringSubmatch(m)
		switch p[1] {
		case "code", "py:func", "func", "class", "meth", "kbd", "command", "file", "mod", "attr":
			return "`" + p[2] + "`"
		case "math":
			return "$" + p[2] + "$"
		}
		return roleLink.ReplaceAllString(p[2], "")
	})
	s = d2lRole.ReplaceAllString(s, "")
	s = codeTag.ReplaceAllStringFunc(s, func(m string) string {
		if in := strings.TrimSpace(codeTag.FindStringSubmatch(m)[1]); in != "" && !strings.Contains(in, "`") {
			return "`" + unescapeHTML(in) + "`"
		}
		return m
	})
	var out strings.Builder
	last := 0
	for _, m := range codeSpan.FindAllStringSubmatchIndex(s, -1) {
		if m[3]-m[2] != m[5]-m[4] {
			continue
		}
		out.WriteString(cleanText(s[last:m[0]]))
		out.WriteString(s[m[0]:m[1]])
		last = m[1]
	}
	out.WriteString(cleanText(s[last:]))
	return out.String()
}

func cleanText(s string) string {
	if strings.Contains(s, "$$") {
		s = formulas(s)
	}
	if strings.Contains(s, "<") {
		s = imgTag.ReplaceAllStringFunc(s, func(m string) string {
			src := srcAttr.FindStringSubmatch(m)
			if src == nil {
				return ""
			}
			alt := ""
			if a := altAttr.FindStringSubmatch(m); a != nil {
				alt = strings.NewReplacer("[", "", "]", "").Replace(a[1])
			}
			return "![" + alt + "](" + strings.ReplaceAll(src[1], " ", "%20") + ")"
		})
		s = autolink.ReplaceAllString(s, "$1")
		s = breakTag.ReplaceAllString(s, " ")
		s = anyTag.ReplaceAllString(s, "")
	}
	if strings.Contains(s, "{") {
		s = liquidURL.ReplaceAllString(s, "](")
		s = shortcode.ReplaceAllString(s, "")
		s = attribute.ReplaceAllString(s, "")
	}
	if strings.Contains(s, "**") {
		s = d2lMark.ReplaceAllString(s, "")
	}
	if strings.Contains(s, "[^") {
		s = footnote.ReplaceAllString(s, "")
	}
	return s
}

// formulas sets the formulas of a paragraph apart. One among the words of its line
// stays there, as kramdown, which has no other signs, shows it.
func formulas(s string) string {
	var out strings.Builder
	last := 0
	for _, m := range display.FindAllStringIndex(s, -1) {
		body := strings.Trim(s[m[0]:m[1]], "$")
		out.WriteString(s[last:m[0]])
		if last = m[1]; !strings.Contains(body, "\n") && amongWords(s[:m[0]], s[m[1]:]) {
			out.WriteString("$" + body + "$")
			continue
		}
		out.WriteString("\x00\x01" + body + "\x00")
	}
	out.WriteString(s[last:])
	return out.String()
}

// amongWords tells whether words stand on the line on which a text ends and another
// goes on.
func amongWords(before, after string) bool {
	before = before[strings.LastIndexByte(before, '\n')+1:]
	after, _, _ = strings.Cut(after, "\n")
	return strings.ContainsFunc(before+after, unicode.IsLetter)
}

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#39;", "'", "&amp;", "&")

func unescapeHTML(s string) string { return entities.Replace(s) }

// title is the text of a heading without its anchors.
func title(s string) string {
	return oneLine(clean(anchor.ReplaceAllString(s, "")))
}

// oneLine folds white space.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\x00", " ", "\x01", "").Replace(s)), " ")
}
