package content

import (
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxDepth is how deep blocks and marks may nest; what lies deeper becomes text.
const maxDepth = 64

// MaxLength is the longest text that is read as Markdown, in bytes. A longer
// one becomes plain paragraphs.
const MaxLength = 1 << 20

// Parse reads Markdown. It never fails: what is not Markdown is text.
func Parse(markdown string) Document {
	markdown = clean(markdown)
	if len(markdown) > MaxLength || hostile(markdown) {
		return plainDocument(markdown)
	}
	src := []byte(markdown)
	root := markdownParser().Parse(text.NewReader(src))
	w := walker{src: src}
	return Document{Blocks: w.blocks(root, 0)}
}

var markdownParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
			util.Prioritized(mathBlocks{}, 650))...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(mathSpans{}, 50),
			util.Prioritized(taskBoxes{extension.NewTaskCheckBoxParser()}, 0),
			util.Prioritized(strikes{extension.NewStrikethroughParser()}, 500),
			util.Prioritized(markerParser{}, 500),
			util.Prioritized(extension.NewLinkifyParser(
				extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"}),
				extension.WithLinkifyEmailRegexp(email)), 999))...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
})

// email is an address that becomes a link by itself: what people have, not all
// that is allowed. A backtick or a dollar would take code or a formula along.
var email = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9.+_-]{0,63}@[a-zA-Z0-9][a-zA-Z0-9-]{0,62}(?:\.[a-zA-Z0-9][a-zA-Z0-9-]{0,62}){1,8}`)

// strikes reads ~~struck~~ text. A run of tildes is looked at from its start
// only: the library's parser would scan it to its end from each of them.
type strikes struct{ parser.InlineParser }

func (s strikes) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if block.PrecendingCharacter() == '~' {
		return nil
	}
	return s.InlineParser.Parse(parent, block, pc)
}

// taskBoxes reads "[ ]" and "[x]" at the start of an item, when a space
// follows: "[x](…)" is a link.
type taskBoxes struct{ parser.InlineParser }

func (t taskBoxes) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if line, _ := block.PeekLine(); len(line) > 3 && !isSpace(line[3]) {
		return nil
	}
	return t.InlineParser.Parse(parent, block, pc)
}

// clean makes line ends LF and drops what no text holds: NUL and broken UTF-8.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.ContainsAny(s, "\r\x00") {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(s)
	}
	return s
}

// hostile tells whether a text would make a CommonMark parser nest or search
// without end. The bounds lie far above anything a person writes.
func hostile(s string) bool {
	if strings.Count(s, "[") > 2000 || strings.Count(s, "]:") > 1000 || strings.Count(s, "<") > 10000 {
		return true
	}
	columns, cells := 0, 0
	for line := range strings.SplitSeq(s, "\n") {
		if containers(line) > maxDepth || delimiters(line) > 2000 {
			return true
		}
		// Every line under a table's line of dashes is a row with all its columns.
		switch {
		case strings.TrimSpace(line) == "":
			columns = 0
		case strings.Contains(line, "-"):
			columns = max(columns, strings.Count(line, "|"))
		}
		if cells += columns; cells > maxCells {
			return true
		}
	}
	return false
}

// maxCells is how many cells the tables of a text may have.
const maxCells = 200_000

// containers counts the quotes, list items and indents a line begins with.
func containers(line string) int {
	if strings.Trim(line, "- \t") == "" || strings.Trim(line, "* \t") == "" {
		return 0 // a rule
	}
	depth, spaces := 0, 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '>':
			depth++
		case c == ' ':
			if spaces++; spaces%4 == 0 {
				depth++
			}
		case c == '\t':
			depth++
		case c == '-' || c == '+' || c == '*':
			if i+1 < len(line) && line[i+1] != ' ' && line[i+1] != '\t' {
				return depth
			}
			depth++
		case c >= '0' && c <= '9':
			for i < len(line) && line[i] >= '0' && line[i] <= '9' {
				i++
			}
			if i+1 >= len(line) || line[i] != '.' && line[i] != ')' || line[i+1] != ' ' && line[i+1] != '\t' {
				return depth
			}
			depth++
		default:
			return depth
		}
	}
	return depth
}

// delimiters counts the runs of marks in a line.
func delimiters(line string) (n int) {
	last := byte(0)
	for i := range len(line) {
		c := line[i]
		if c != last && strings.IndexByte("*_~`$=", c) >= 0 {
			n++
		}
		last = c
	}
	return n
}

func plainDocument(s string) Document {
	var d Document
	for part := range strings.SplitSeq(s, "\n\n") {
		if p := strings.Join(strings.Fields(part), " "); p != "" {
			d.Blocks = append(d.Blocks, &Paragraph{Inlines: []Inline{Text(p)}})
		}
	}
	return d
}
