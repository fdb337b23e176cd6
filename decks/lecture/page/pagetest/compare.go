package pagetest

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"

	"lectern/decks/lecture/page"
)

// Numbered is the outline of a page with the line of each block before it.
func Numbered(p *page.Page) string {
	var out strings.Builder
	i := 0
	for line := range strings.Lines(Outline(p)) {
		fmt.Fprintf(&out, "%3d %s", p.Blocks[i].Line, line)
		i++
	}
	return out.String()
}

// Compare reads the pages of a folder whose names match a pattern ("*.rst") and
// compares their numbered outlines with the files beside them that end with
// .outline. Where they differ, the log has the whole outline as it is now.
func Compare(t *testing.T, folder fs.FS, pattern string, read func(ctx context.Context, text string) (*page.Page, error)) {
	t.Helper()
	names, err := fs.Glob(folder, pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no pages match %s: %v", pattern, err)
	}
	for _, name := range names {
		source, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		want, err := fs.ReadFile(folder, strings.TrimSuffix(name, path.Ext(name))+".outline")
		if err != nil {
			t.Fatal(err)
		}
		p, err := read(context.Background(), string(source))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if why := Check(p); why != "" {
			t.Errorf("%s: %s", name, why)
		}
		difference(t, name, Numbered(p), string(want))
	}
}

// difference tells the first line in which two outlines differ.
func difference(t *testing.T, name, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Errorf("%s: line %d of the outline:\n got %q\nwant %q", name, i+1, g[min(i, len(g)-1)], w[min(i, len(w)-1)])
			t.Logf("the outline is\n%s", got)
			return
		}
	}
}
