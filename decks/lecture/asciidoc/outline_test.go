package asciidoc

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"lectern/decks/lecture/page"
)

var kindNames = map[page.Kind]string{page.Paragraph: "p", page.Heading: "h", page.List: "list", page.Entry: "entry", page.Code: "code",
	page.Formula: "formula", page.Quote: "quote", page.Table: "table", page.Box: "box", page.Rule: "rule"}

// outline writes a page as a tree: a line a block with its kind, its line in the
// source, its mark and its text.
func outline(p *page.Page) string {
	var b strings.Builder
	depth := func(i int32) (n int) {
		for i = p.Blocks[i].Parent; i >= 0; i = p.Blocks[i].Parent {
			n++
		}
		return n
	}
	for i := range p.Blocks {
		x := &p.Blocks[i]
		fmt.Fprintf(&b, "%s%s", strings.Repeat("  ", depth(int32(i))), kindNames[x.Kind])
		if x.Kind == page.Heading {
			fmt.Fprintf(&b, "%d", x.Level)
		}
		fmt.Fprintf(&b, ":%d", x.Line)
		if x.Mark != "" {
			fmt.Fprintf(&b, " {%s}", x.Mark)
		}
		b.WriteString(map[page.Tick]string{page.NoTick: "", page.Unticked: " [ ]", page.Ticked: " [x]"}[x.Tick])
		if x.Text != "" {
			b.WriteString(" " + strings.ReplaceAll(x.Text, "\n", "⏎"))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func read(t testing.TB, text string) *page.Page {
	t.Helper()
	p, err := Read(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// unsound tells what is wrong with a page as a tree, "" when nothing is.
func unsound(p *page.Page, lines int) string {
	var open []int32
	last := int32(1)
	for i := range p.Blocks {
		x := &p.Blocks[i]
		for len(open) > 0 && p.Blocks[open[len(open)-1]].End <= int32(i) {
			open = open[:len(open)-1]
		}
		parent, end := int32(-1), int32(len(p.Blocks))
		if len(open) > 0 {
			parent = open[len(open)-1]
			end = p.Blocks[parent].End
		}
		switch {
		case x.Parent != parent:
			return fmt.Sprintf("block %d has parent %d, not %d", i, x.Parent, parent)
		case parent >= 0 && !p.Blocks[parent].Kind.Holds():
			return fmt.Sprintf("block %d lies in a block that holds none", i)
		case x.End <= int32(i) || x.End > end:
			return fmt.Sprintf("block %d ends at %d, its parent at %d", i, x.End, end)
		case !x.Kind.Holds() && x.End != int32(i)+1:
			return fmt.Sprintf("block %d holds others", i)
		case x.Kind == page.Entry != (parent >= 0 && p.Blocks[parent].Kind == page.List):
			return fmt.Sprintf("block %d: entries lie in lists, and nothing else does", i)
		case x.Line < 1 || x.Line < last && !reordered(p, open) || int(x.Line) > lines:
			return fmt.Sprintf("block %d is in line %d, behind %d of %d", i, x.Line, last, lines)
		case x.Kind == page.Heading && (x.Level < 1 || x.Level > 6):
			return fmt.Sprintf("block %d has level %d", i, x.Level)
		case x.Text == "" && !x.Kind.Holds() && x.Kind != page.Rule:
			return fmt.Sprintf("block %d is empty", i)
		}
		last = max(last, x.Line)
		if x.Kind.Holds() {
			open = append(open, int32(i))
		}
	}
	return ""
}

// reordered tells whether a block lies in a task whose options stand above its
// question in the source and below it on the page.
func reordered(p *page.Page, open []int32) bool {
	for _, i := range open {
		switch p.Blocks[i].Mark {
		case "mchoice", "fillintheblank", "dragndrop":
			return true
		}
	}
	return false
}
