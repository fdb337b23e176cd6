package lecture

import (
	"encoding/json"
	"fmt"
	"strings"
)

func sniffNotebook(text string) bool {
	head := strings.TrimSpace(text[:min(len(text), 64<<10)])
	return strings.HasPrefix(head, "{") && strings.Contains(text, `"cells"`) && strings.Contains(text, `"cell_type"`)
}

// source is a cell's text: one string or a list of lines.
type source string

func (s *source) UnmarshalJSON(raw []byte) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		*s = source(one)
		return nil
	}
	var many []string
	if err := json.Unmarshal(raw, &many); err != nil {
		return err
	}
	*s = source(strings.Join(many, ""))
	return nil
}

// readNotebook reads a Jupyter notebook: the Markdown of its cells, code as code.
func readNotebook(text string) (*Page, error) {
	var book struct {
		Cells []struct {
			Type   string `json:"cell_type"`
			Source source `json:"source"`
		} `json:"cells"`
		Metadata struct {
			Language struct {
				Name string `json:"name"`
			} `json:"language_info"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal([]byte(text), &book); err != nil {
		return nil, fmt.Errorf("read the notebook: %w", err)
	}
	p := &Page{Format: "notebook"}
	line := 0
	for _, c := range book.Cells {
		s := string(c.Source)
		switch c.Type {
		case "markdown":
			sub, err := readMarkdown(s)
			if err != nil {
				return nil, err
			}
			for _, b := range sub.Blocks {
				b.Line += line
				p.Blocks = append(p.Blocks, b)
			}
			if p.Title == "" {
				p.Title = sub.Title
			}
		case "code":
			if strings.TrimSpace(s) != "" {
				p.Blocks = append(p.Blocks, Block{Kind: Code, Text: strings.TrimRight(s, "\n"), Lang: book.Metadata.Language.Name, Line: line + 1})
			}
		}
		line += strings.Count(s, "\n") + 1
	}
	return p, nil
}
