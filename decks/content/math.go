package content

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// TeX is taken out before emphasis is looked for, so that the stars and
// underscores of a formula stay its own.

var (
	kindMathSpan  = ast.NewNodeKind("MathSpan")
	kindMathBlock = ast.NewNodeKind("MathBlock")
)

type mathSpanNode struct {
	ast.BaseInline
	tex     string
	display bool
}

func (*mathSpanNode) Kind() ast.NodeKind        { return kindMathSpan }
func (n *mathSpanNode) Dump(src []byte, lv int) { ast.DumpHelper(n, src, lv, nil, nil) }

type mathBlockNode struct {
	ast.BaseBlock
	end    string
	closed bool
}

func (*mathBlockNode) Kind() ast.NodeKind        { return kindMathBlock }
func (*mathBlockNode) IsRaw() bool               { return true }
func (n *mathBlockNode) Dump(src []byte, lv int) { ast.DumpHelper(n, src, lv, nil, nil) }

// mathSpans reads $…$, $$…$$, \(…\) and \[…\] within a line of text.
type mathSpans struct{}

func (mathSpans) Trigger() []byte { return []byte{'$', '\\'} }

// fuel bounds the search for the ends of formulas in one text, in bytes: a
// text of nothing but beginnings would be searched to its end for each.
const fuel = 32 << 20

var fuelKey = parser.NewContextKey()

func (mathSpans) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	before := block.PrecendingCharacter()
	var open, end string
	switch {
	case bytes.HasPrefix(line, []byte(`\(`)):
		open, end = `\(`, `\)`
	case bytes.HasPrefix(line, []byte(`\[`)):
		open, end = `\[`, `\]`
	case bytes.HasPrefix(line, []byte(`$$`)):
		open, end = `$$`, `$$`
	case bytes.HasPrefix(line, []byte(`$`)):
		open, end = `$`, `$`
	default:
		return nil
	}
	if open == "$" && !opensDollar(line, before) {
		return nil
	}
	left := pc.ComputeIfAbsent(fuelKey, func() any { n := fuel; return &n }).(*int)
	start, startPos := block.Position()
	var tex bytes.Buffer
	block.Advance(len(open))
	for lines := 0; lines < 40; lines++ {
		line, _ := block.PeekLine()
		if line == nil || *left < 0 {
			break
		}
		at := closing(line, end)
		if at >= 0 {
			tex.Write(line[:at])
			s := strings.TrimSpace(tex.String())
			if s == "" {
				break
			}
			block.Advance(at + len(end))
			return &mathSpanNode{tex: s, display: end == `$$` || end == `\]`}
		}
		*left -= len(line)
		tex.Write(line)
		if open == "$" && lines > 0 {
			break
		}
		block.AdvanceLine()
	}
	block.SetPosition(start, startPos)
	return nil
}

// opensDollar follows the usual rule that keeps money apart from mathematics:
// no space after the opening dollar, no space before the closing one, and no
// digit behind that.
func opensDollar(line []byte, before rune) bool {
	if len(line) < 3 || isSpace(line[1]) || before == '\\' || before == '$' {
		return false
	}
	return true
}

// closing finds the end of a formula that is not escaped.
func closing(line []byte, end string) int {
	for i := 0; i < len(line); i++ {
		switch {
		case len(end) == 2:
			if line[i] == end[0] && i+1 < len(line) && line[i+1] == end[1] {
				return i
			}
		case line[i] == end[0]:
			if i > 0 && !isSpace(line[i-1]) && (i+1 == len(line) || line[i+1] < '0' || line[i+1] > '9') {
				return i
			}
			continue
		}
		if line[i] == '\\' {
			i++
		}
	}
	return -1
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' }

// mathBlocks reads display TeX that begins a line: $$ or \[ to its end.
type mathBlocks struct{}

func (mathBlocks) Trigger() []byte { return []byte{'$', '\\'} }

func (mathBlocks) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 {
		return nil, parser.NoChildren
	}
	rest := line[pos:]
	if !bytes.HasPrefix(rest, []byte("$$")) && !bytes.HasPrefix(rest, []byte(`\[`)) {
		return nil, parser.NoChildren
	}
	body := bytes.TrimSpace(rest[2:])
	end := "$$"
	if rest[0] == '\\' {
		end = `\]`
	}
	n := &mathBlockNode{end: end}
	if at := closing(rest[2:], end); at >= 0 {
		if len(bytes.TrimSpace(rest[2+at+2:])) > 0 || at == 0 {
			return nil, parser.NoChildren // text follows: a formula within a paragraph
		}
		n.closed = true
		n.Lines().Append(text.NewSegment(seg.Start+pos+2, seg.Start+pos+2+at))
		reader.AdvanceToEOL()
		return n, parser.NoChildren
	}
	if !endsLater(reader, end) {
		return nil, parser.NoChildren
	}
	if len(body) > 0 {
		n.Lines().Append(text.NewSegment(seg.Start+pos+2, seg.Stop))
	}
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

// endsLater looks for the end of a formula ahead, not farther than a formula
// is long and not past an empty line. Nothing may follow it on its line.
func endsLater(reader text.Reader, end string) bool {
	start, pos := reader.Position()
	defer reader.SetPosition(start, pos)
	for range 60 {
		reader.AdvanceLine()
		line, _ := reader.PeekLine()
		if line == nil || len(bytes.TrimSpace(line)) == 0 {
			return false
		}
		if at := closing(line, end); at >= 0 {
			return len(bytes.TrimSpace(line[at+len(end):])) == 0
		}
	}
	return false
}

func (mathBlocks) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n := node.(*mathBlockNode)
	if n.closed {
		return parser.Close
	}
	line, seg := reader.PeekLine()
	if at := closing(line, n.end); at >= 0 {
		if len(bytes.TrimSpace(line[:at])) > 0 {
			n.Lines().Append(text.NewSegment(seg.Start, seg.Start+at))
		}
		reader.AdvanceToEOL()
		n.closed = true
		return parser.Close
	}
	n.Lines().Append(seg)
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (mathBlocks) Close(ast.Node, text.Reader, parser.Context) {}
func (mathBlocks) CanInterruptParagraph() bool                 { return true }
func (mathBlocks) CanAcceptIndentedLine() bool                 { return false }
