package docx

import (
	"path"
	"slices"
	"strings"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/runs"
	"lectern/decks/unzip"
)

// pictures are those that the text shows, each taken out of the archive once.
type pictures struct {
	archive *unzip.Archive
	names   map[string]string // by part; "" for one that cannot be shown
	used    map[string]bool   // names
	list    []page.Picture
	left    int64 // bytes still to spend
}

// shown are the formats that a card can show; Word also keeps metafiles.
var shown = []string{".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".tif", ".tiff"}

// run shows a picture by its relation, or its description where it cannot be
// shown.
func (p *pictures) run(rel relation, alt string) (runs.Run, bool) {
	name := ""
	if !rel.external && slices.Contains(shown, strings.ToLower(path.Ext(rel.target))) {
		name = p.take(rel.target)
	}
	if name == "" {
		return runs.Run{Text: strings.Join(strings.Fields(alt), " ")}, alt != ""
	}
	return runs.Picture(name, alt), true
}

func (p *pictures) take(part string) string {
	if name, ok := p.names[part]; ok {
		return name
	}
	p.names[part] = ""
	if size := p.archive.Size(part); size == 0 || size > maxPicture || size > p.left {
		return ""
	}
	data, err := p.archive.ReadFile(part)
	if err != nil || int64(len(data)) > maxPicture {
		return "" // the words are worth having without it
	}
	p.left -= int64(len(data))
	name := path.Base(part)
	if p.used[name] {
		name = strings.ReplaceAll(part, "/", "-")
	}
	p.used[name] = true
	p.names[part] = name
	p.list = append(p.list, page.Picture{Name: name, Data: data})
	return name
}
