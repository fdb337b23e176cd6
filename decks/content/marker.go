package content

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

var kindMarker = ast.NewNodeKind("Highlight")

// markerNode is ==highlighted== text.
type markerNode struct{ ast.BaseInline }

func (*markerNode) Kind() ast.NodeKind        { return kindMarker }
func (n *markerNode) Dump(src []byte, lv int) { ast.DumpHelper(n, src, lv, nil, nil) }

type markerDelimiter struct{}

func (markerDelimiter) IsDelimiter(b byte) bool { return b == '=' }
func (markerDelimiter) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}
func (markerDelimiter) OnMatch(int) ast.Node { return &markerNode{} }

type markerParser struct{}

func (markerParser) Trigger() []byte { return []byte{'='} }

func (markerParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	if before == '=' {
		return nil // the middle of a run, which was looked at from its start
	}
	line, segment := block.PeekLine()
	node := parser.ScanDelimiter(line, before, 2, markerDelimiter{})
	if node == nil || node.OriginalLength != 2 {
		return nil
	}
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

func (markerParser) CloseBlock(ast.Node, parser.Context) {}
