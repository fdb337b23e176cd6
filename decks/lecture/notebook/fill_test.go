package notebook

import (
	"context"
	"encoding/json"
	"testing"

	"lectern/decks/lecture/page/pagetest"
)

// A cell of code that has to be filled in tells that the text above is a task.
func TestToFill(t *testing.T) {
	type cell struct {
		Kind   string `json:"cell_type"`
		Source string `json:"source"`
	}
	const sum = "## Sums\nWrite `total(xs)`, which adds numbers.\n\nIt takes a list."
	const task = "## Sums\nbox exercise \"\"\n  p Write `total(xs)`, which adds numbers.\n  p It takes a list.\n"
	const plain = "## Sums\np Write `total(xs)`, which adds numbers.\np It takes a list.\n"
	for _, c := range []struct {
		name, text, code, want string
	}{
		{"room", sum, "# Your implementation here", task + "code python # Your implementation here\n"},
		{"blanks", sum, "for x in ____:\n    t += x", task + "code python for x in ____:⏎    t += x\n"},
		{"a stub", sum, "def total(xs):\n    # To do: add\n    pass", task + "code python def total(xs):⏎    # To do: add⏎    pass\n"},
		{"an error", sum, "def total(xs):\n    raise NotImplementedError()", task + "code python def total(xs):⏎    raise NotImplementedError()\n"},
		{"no more than a note", sum, "# To do: tidy up\nx = 1", plain + "code python # To do: tidy up⏎x = 1\n"},
		{"a line in a comment", sum, "# ________\nx = 1", plain + "code python # ________⏎x = 1\n"},
		{"an empty cell", sum, "", plain + "rule\n"},
		{"a demonstration", sum, "total([1, 2])", plain + "code python total([1, 2])\n"},
		{"a heading that says so", "## Exercise: Sums\nAdd.", "# your code", "## Exercise: Sums\np Add.\ncode python # your code\n"},
		{"a solution", "Add.", "# solution\n1 + 1", "box room \"\"\n  p Add.\nbox solution \"\"\n  code python # solution⏎1 + 1\n"},
		{"no heading", "Add.", "# your code", "box room \"\"\n  p Add.\ncode python # your code\n"},
		{"two headings", "## A\nb\n## C\nd", "# your code", "## A\np b\n## C\np d\ncode python # your code\n"},
	} {
		nb, err := json.MarshalIndent(map[string]any{
			"nbformat": 4, "metadata": map[string]any{"language_info": map[string]any{"name": "python"}},
			"cells": []cell{{"markdown", c.text}, {"code", c.code}},
		}, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		p, err := Read(context.Background(), string(nb))
		if err != nil {
			t.Fatal(err)
		}
		if why := pagetest.Check(p); why != "" {
			t.Errorf("%s: %s", c.name, why)
		}
		if got := pagetest.Outline(p); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// The task stands in the lines in which the file has it.
func TestToFillLines(t *testing.T) {
	p, err := Read(context.Background(), "{\"nbformat\": 4, \"cells\": [\n{\"cell_type\": \"markdown\", \"source\": [\n\"\\n\",\n\"# A\\n\",\n\"\\n\",\n\"Do it.\"\n]},\n{\"cell_type\": \"code\", \"source\": [\n\"# your code\"\n]}]}")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := pagetest.Numbered(p), "  4 # A\n  5 box exercise \"\"\n  6   p Do it.\n  9 code  # your code\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
