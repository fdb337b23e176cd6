// Package pagetest helps the tests of readers: pages are compared by outlines and
// checked to be trees.
package pagetest

import (
	"fmt"
	"strings"

	"lectern/decks/lecture/page"
)

// Outline writes a page as a text, a line each block, indented by what it lies in:
//
//	# Loops
//	box exercise "Sum"
//	  p Write a loop.
//	  list
//	    1.
//	      p one
func Outline(p *page.Page) string {
	var out strings.Builder
	depth := make([]int, len(p.Blocks))
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Parent >= 0 {
			depth[i] = depth[b.Parent] + 1
		}
		out.WriteString(strings.Repeat("  ", depth[i]))
		if b.Hidden {
			out.WriteString("~ ")
		}
		text := strings.ReplaceAll(b.Text, "\n", "⏎")
		switch b.Kind {
		case page.Paragraph:
			out.WriteString("p " + text)
		case page.Heading:
			out.WriteString(strings.Repeat("#", int(b.Level)) + " " + text)
		case page.List:
			out.WriteString("list")
		case page.Entry:
			out.WriteString(b.Mark + map[page.Tick]string{page.Unticked: " [ ]", page.Ticked: " [x]"}[b.Tick])
		case page.Code:
			fmt.Fprintf(&out, "code %s %s", b.Mark, text)
		case page.Formula:
			out.WriteString("formula " + text)
		case page.Quote:
			out.WriteString("quote")
		case page.Table:
			out.WriteString("table " + text)
		case page.Box:
			fmt.Fprintf(&out, "box %s %q", b.Mark, text)
		case page.Rule:
			out.WriteString("rule")
		}
		out.WriteString("\n")
	}
	return out.String()
}

// Check tells what is wrong with a page as a tree; "" when nothing is.
func Check(p *page.Page) string {
	var open []int32
	line := int32(0)
	for i := range p.Blocks {
		b, at := &p.Blocks[i], int32(i)
		for len(open) > 0 && p.Blocks[open[len(open)-1]].End <= at {
			open = open[:len(open)-1]
		}
		parent := int32(-1)
		if len(open) > 0 {
			parent = open[len(open)-1]
		}
		switch {
		case b.Parent != parent:
			return fmt.Sprintf("block %d lies in %d, says %d", i, parent, b.Parent)
		case b.End <= at || int(b.End) > len(p.Blocks) || parent >= 0 && b.End > p.Blocks[parent].End:
			return fmt.Sprintf("block %d ends at %d", i, b.End)
		case !b.Kind.Holds() && b.End != at+1:
			return fmt.Sprintf("block %d of kind %d holds others", i, b.Kind)
		case b.Kind == page.Entry && (parent < 0 || p.Blocks[parent].Kind != page.List):
			return fmt.Sprintf("entry %d lies in no list", i)
		case parent >= 0 && p.Blocks[parent].Kind == page.List && b.Kind != page.Entry:
			return fmt.Sprintf("block %d lies in a list and is no entry", i)
		case b.Line < 1 || b.Line < line:
			return fmt.Sprintf("block %d stands at line %d after %d", i, b.Line, line)
		case b.Kind == page.Heading && (b.Level < 1 || b.Level > 6):
			return fmt.Sprintf("heading %d has level %d", i, b.Level)
		case len(open) > page.MaxDepth:
			return fmt.Sprintf("block %d lies too deep", i)
		}
		line = b.Line
		if b.Kind.Holds() {
			open = append(open, at)
		}
	}
	return ""
}
