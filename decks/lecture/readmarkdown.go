package lecture

import (
	"regexp"
	"strings"
)

var (
	atxHeading = regexp.MustCompile(`^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$`)
	fence      = regexp.MustCompile("^ {0,3}(```+|~~~+)[ \t]*([\\w+#.-]*)")
	details    = regexp.MustCompile(`(?i)^\s*</?(details|summary)[^>]*>`)
	summary    = regexp.MustCompile(`(?is)<summary[^>]*>(.*?)</summary>`)
	anyTag     = regexp.MustCompile(`<[^<>]{1,200}>`)
	comment    = regexp.MustCompile(`(?s)<!--.*?-->`)
	admonition = regexp.MustCompile(`^\s*(?::::*|!!!|\?\?\?\+?)\s*\{?([\w-]+)\}?\s*(?:\[([^\]]*)\]|"([^"]*)")?\s*(.*)$`)
	frontTitle = regexp.MustCompile(`(?m)^title:\s*["']?(.+?)["']?\s*$`)
	attributes = regexp.MustCompile(`\s*\{[:#.][^{}]*\}\s*$`)
)

func sniffMarkdown(text string) bool {
	head := text[:min(len(text), 20000)]
	score := 0
	for line := range strings.SplitSeq(head, "\n") {
		switch {
		case atxHeading.MatchString(line), fence.MatchString(line):
			score += 2
		case strings.HasPrefix(line, "- ["), strings.Contains(line, "**"), strings.Contains(line, "]("):
			score++
		}
	}
	return score >= 3
}

// readMarkdown reads Markdown by lines, as course pages write it: also inside
// <details>, in admonitions and with front matter.
func readMarkdown(text string) (*Page, error) {
	p := &Page{Format: "markdown"}
	text = blankOut(comment, text)
	lines := strings.Split(text, "\n")
	at := 0
	if strings.TrimSpace(lines[0]) == "---" {
		for j := 1; j < len(lines) && j < 200; j++ {
			if s := strings.TrimSpace(lines[j]); s == "---" || s == "..." {
				if m := frontTitle.FindStringSubmatch(strings.Join(lines[1:j], "\n")); m != nil {
					p.Title = m[1]
				}
				at = j + 1
				break
			}
		}
	}
	r := markdownReader{page: p, lines: lines, at: at}
	r.read()
	for _, b := range p.Blocks {
		if p.Title == "" && b.Kind == Heading && b.Level == 1 {
			p.Title = b.Plain()
		}
	}
	return p, nil
}

// blankOut removes matches and keeps their line ends, so that places stay.
func blankOut(re *regexp.Regexp, s string) string {
	return re.ReplaceAllStringFunc(s, func(m string) string { return strings.Repeat("\n", strings.Count(m, "\n")) })
}

type markdownReader struct {
	page  *Page
	lines []string
	at    int
	nest  depths
	open  bool            // the last block may go on in the next line
	more  strings.Builder // the last block's text with the lines it went on with
}

// goOn adds a line to the last block.
func (r *markdownReader) goOn(sep, text string) {
	if r.more.Len() == 0 {
		r.more.WriteString(r.last().Text)
	}
	r.more.WriteString(sep)
	r.more.WriteString(text)
}

// finish gives the last block its whole text.
func (r *markdownReader) finish() {
	if r.more.Len() > 0 {
		r.last().Text = r.more.String()
		r.more.Reset()
	}
}

func (r *markdownReader) add(b Block) {
	r.finish()
	b.Text = strings.TrimSpace(attributes.ReplaceAllString(b.Text, ""))
	if b.Text == "" && b.Kind != Code {
		return
	}
	r.page.Blocks = append(r.page.Blocks, b)
}

func (r *markdownReader) last() *Block {
	if n := len(r.page.Blocks); n > 0 {
		return &r.page.Blocks[n-1]
	}
	return nil
}

func (r *markdownReader) read() {
	for ; r.at < len(r.lines); r.at++ {
		line := strings.TrimRight(r.lines[r.at], " \t")
		bare := strings.TrimSpace(line)
		no := r.at + 1
		if bare == "" {
			r.open = false
			continue
		}
		if m := fence.FindStringSubmatch(strings.TrimLeft(line, " \t")); m != nil {
			r.code(m[1], m[2])
			continue
		}
		if m := atxHeading.FindStringSubmatch(line); m != nil {
			r.nest.reset()
			r.open = false
			r.add(Block{Kind: Heading, Level: len(m[1]), Text: m[2], Line: no})
			continue
		}
		if r.open && r.underlined(bare) {
			continue
		}
		if details.MatchString(line) || strings.Contains(line, "</summary>") {
			if m := summary.FindStringSubmatch(line); m != nil {
				r.add(Block{Kind: Fold, Text: strings.TrimSpace(anyTag.ReplaceAllString(m[1], "")), Line: no})
			}
			if rest := strings.TrimSpace(anyTag.ReplaceAllString(summary.ReplaceAllString(line, ""), "")); rest != "" {
				r.add(Block{Text: rest, Line: no})
			}
			r.open = false
			continue
		}
		if m := admonition.FindStringSubmatch(line); m != nil && (strings.HasPrefix(bare, ":::") || strings.HasPrefix(bare, "!!!") || strings.HasPrefix(bare, "???")) {
			if title := firstOf(m[2], m[3], m[4], m[1]); title != "" {
				r.add(Block{Kind: Fold, Text: title, Line: no})
			}
			r.open = false
			continue
		}
		if strings.HasPrefix(bare, ":::") || strings.Trim(bare, "-*_= ") == "" {
			r.open = false
			r.nest.reset()
			continue
		}
		if q, ok := strings.CutPrefix(bare, ">"); ok {
			r.quote(strings.TrimSpace(q), no)
			continue
		}
		if strings.HasPrefix(bare, "|") && strings.Count(bare, "|") > 1 {
			r.table(bare, no)
			continue
		}
		if indent, mark, rest, ok := entryOf(line); ok {
			box, rest := boxOf(rest)
			r.add(Block{Kind: Entry, Mark: mark, Level: r.nest.of(indent), Text: stripTags(rest), Box: box, Line: no})
			r.open = true
			continue
		}
		if strings.HasPrefix(bare, "import ") && strings.Contains(bare, " from ") || strings.HasPrefix(bare, "export ") {
			continue
		}
		text := stripTags(bare)
		if text == "" {
			continue
		}
		if l := r.last(); r.open && l != nil && (l.Kind == Paragraph || l.Kind == Entry) {
			r.goOn(" ", text)
			continue
		}
		b := Block{Text: text, Line: no}
		if line == bare || len(line)-len(strings.TrimLeft(line, " \t")) < 2 {
			r.nest.reset()
		} else {
			b.Level = max(1, len(r.nest.stack)) // belongs to the entry above
		}
		r.add(b)
		r.open = true
	}
	r.finish()
}

// underlined turns the paragraph above into a heading.
func (r *markdownReader) underlined(bare string) bool {
	l := r.last()
	if l == nil || l.Kind != Paragraph || len(bare) < 3 {
		return false
	}
	switch {
	case strings.Trim(bare, "=") == "":
		l.Kind, l.Level = Heading, 1
	case strings.Trim(bare, "-") == "":
		l.Kind, l.Level = Heading, 2
	default:
		return false
	}
	r.open = false
	return true
}

func (r *markdownReader) code(mark, lang string) {
	no := r.at + 1
	indent := len(r.lines[r.at]) - len(strings.TrimLeft(r.lines[r.at], " \t"))
	var body []string
	for r.at++; r.at < len(r.lines); r.at++ {
		if s := strings.TrimSpace(r.lines[r.at]); strings.HasPrefix(s, mark) && strings.Trim(s, mark[:1]) == "" {
			break
		}
		line := r.lines[r.at]
		cut := min(indent, len(line)-len(strings.TrimLeft(line, " \t")))
		body = append(body, line[cut:])
	}
	b := Block{Kind: Code, Text: strings.Join(body, "\n"), Lang: lang, Line: no}
	if len(r.nest.stack) > 0 && indent > 1 {
		b.Level = 1
	}
	r.finish()
	if strings.TrimSpace(b.Text) != "" {
		r.page.Blocks = append(r.page.Blocks, b)
	}
	r.open = false
}

func (r *markdownReader) quote(text string, no int) {
	if text == "" {
		r.open = false
		return
	}
	text = stripTags(text)
	if l := r.last(); r.open && l != nil && l.Kind == Quote {
		r.goOn(" ", text)
		return
	}
	r.add(Block{Kind: Quote, Text: text, Line: no})
	r.open = true
}

func (r *markdownReader) table(line string, no int) {
	if l := r.last(); l != nil && l.Kind == Table && r.open {
		r.goOn("\n", line)
		return
	}
	r.add(Block{Kind: Table, Text: line, Line: no})
	r.open = true
}

// stripTags drops HTML tags that carry no text; pictures go too.
var pictureMark = regexp.MustCompile(`!\[[^\]]*\]\([^)]*\)`)

func stripTags(s string) string {
	s = pictureMark.ReplaceAllString(s, "")
	if strings.Contains(s, "<") && !strings.Contains(s, "`") {
		s = anyTag.ReplaceAllStringFunc(s, func(tag string) string {
			if strings.Contains(tag, "://") || strings.HasPrefix(strings.ToLower(tag), "<br") {
				return " "
			}
			if c := tag[1]; c == '/' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
				return ""
			}
			return tag
		})
	}
	return strings.TrimSpace(s)
}

func firstOf(ss ...string) string {
	for _, s := range ss {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}
