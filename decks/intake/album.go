package intake

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/lecture/page"
	"lectern/decks/release"
)

// Pictures counts the pictures of pages that a deck could not take along.
type Pictures struct {
	Missing int // not there, or no picture: their descriptions are left
	Linked  int // on the web: a link is left, nothing is fetched
}

// Illustrate gives a deck made of a page the pictures that it shows: those that
// came within the page, and files beside it. Dir is the folder that the page lies
// in, "" when it came from elsewhere. A picture that is not there keeps no page
// from being imported: its description stands in its place.
func Illustrate(r Ready, p *page.Page, dir string) (Ready, Pictures) {
	var near store
	at := ""
	if dir != "" {
		near, at = above(dir)
	}
	a := newAlbum()
	r.Deck.Notes = a.illustrate(r.Deck.Notes, p, near, at)
	if len(a.pictures) > 0 {
		r.Options.Media = a
	}
	r.Deck = titled(r.Deck, Stem(r.Options.Origin.Name))
	return r, a.counts
}

// titled gives a deck and its sections titles where they have none to be seen.
func titled(d decks.Deck, name string) decks.Deck {
	for _, title := range []string{d.Title, name, "…"} {
		if d.Title = oneLine(title); d.Title != "" {
			break
		}
	}
	d.Sections = slices.Clone(d.Sections)
	for i := range d.Sections {
		if s := &d.Sections[i]; oneLine(s.Title) == "" {
			s.Title = d.Title
		}
	}
	return d
}

// above is the store from which a page in a folder takes its pictures, and the
// folder's place on it: pages often keep them two folders up.
func above(dir string) (store, string) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, ""
	}
	top := filepath.Dir(filepath.Dir(dir))
	at, err := filepath.Rel(top, dir)
	if err != nil {
		return nil, ""
	}
	return folder(top), filepath.ToSlash(at)
}

// album is the pictures of a deck, under the names that its texts have.
type album struct {
	pictures map[string]func() ([]byte, error)
	names    map[string]string // by where a picture is from
	counts   Pictures
}

func newAlbum() *album {
	return &album{pictures: map[string]func() ([]byte, error){}, names: map[string]string{}}
}

const maxPicture = 64 << 20 // bytes; the collection keeps none larger

// shownPicture matches ![text](path) with an optional title, or <path>.
var shownPicture = regexp.MustCompile(`!\[((?:[^\]\\\n]|\\.)*)\]\((?:<([^>\n]+)>|([^)\s]+))[^)\n]*\)`)

// illustrate makes the notes of a page show pictures of the album. The page's
// folder is at, on a store that may be nil. Notes that are nothing without a
// picture that is missing are left out.
func (a *album) illustrate(notes []decks.Note, p *page.Page, near store, at string) []decks.Note {
	own := map[string][]byte{}
	for _, pic := range p.Pictures {
		own[pic.Name] = pic.Data
	}
	source := picturesOf{a, own, fmt.Sprintf("%p", p), near, at}
	out := make([]decks.Note, 0, len(notes))
	for _, n := range notes {
		n.Fields = maps.Clone(n.Fields)
		for f, text := range n.Fields {
			n.Fields[f] = source.rewrite(text)
		}
		n.Choices = slices.Clone(n.Choices)
		for k := range n.Choices {
			n.Choices[k].Text = source.rewrite(n.Choices[k].Text)
		}
		if sound(&n) {
			out = append(out, n)
		}
	}
	return out
}

// sound makes a note of a page one that a deck can have, without what is empty
// when its pictures are missing. False when nothing is left of it.
func sound(n *decks.Note) bool {
	n.Choices = slices.DeleteFunc(n.Choices, func(o decks.Option) bool { return release.Text(o.Text) == "" })
	if n.Kind == decks.Choice && len(n.Choices) < 2 {
		n.Kind, n.Choices = decks.Question, nil
	}
	return release.Text(n.Fields[decks.Front]) != ""
}

// picturesOf finds the pictures of one page.
type picturesOf struct {
	album *album
	own   map[string][]byte // that came within it
	page  string            // its name among pages
	near  store
	at    string
}

// rewrite makes a text show its pictures under the album's names.
func (s picturesOf) rewrite(text string) string {
	if !strings.Contains(text, "![") {
		return text
	}
	code := codeSpans(text)
	var b strings.Builder
	from := 0
	for _, m := range shownPicture.FindAllStringSubmatchIndex(text, -1) {
		if code(m[0]) {
			continue
		}
		alt := text[m[2]:m[3]]
		target := text[max(m[4], m[6]):max(m[5], m[7])]
		b.WriteString(text[from:m[0]])
		b.WriteString(s.show(alt, target))
		from = m[1]
	}
	return b.String() + text[from:]
}

// codeSpans tells which places of a text are code, where a picture is only
// spoken of.
func codeSpans(text string) func(at int) bool {
	var spans [][2]int
	fence, start, at := "", 0, 0
	for line := range strings.Lines(text) {
		bare := strings.TrimLeft(line, " >")
		switch {
		case fence != "" && strings.HasPrefix(bare, fence):
			spans = append(spans, [2]int{start, at + len(line)})
			fence = ""
		case fence == "" && (strings.HasPrefix(bare, "```") || strings.HasPrefix(bare, "~~~")):
			fence, start = bare[:3], at
		case fence == "":
			for i := 0; i < len(line); {
				open := strings.IndexByte(line[i:], '`')
				if open < 0 {
					break
				}
				open += i
				n := len(line[open:]) - len(strings.TrimLeft(line[open:], "`"))
				end := strings.Index(line[open+n:], line[open:open+n])
				if end < 0 {
					break
				}
				spans = append(spans, [2]int{at + open, at + open + n + end + n})
				i = open + n + end + n
			}
		}
		at += len(line)
	}
	if fence != "" {
		spans = append(spans, [2]int{start, len(text)})
	}
	return func(at int) bool {
		i, _ := slices.BinarySearchFunc(spans, at, func(s [2]int, at int) int { return s[1] - at - 1 })
		return i < len(spans) && spans[i][0] <= at && at < spans[i][1]
	}
}

// show writes a picture as the deck shows it.
func (s picturesOf) show(alt, target string) string {
	u, err := url.Parse(target)
	if err == nil && (u.Scheme == "http" || u.Scheme == "https" || u.Host != "") {
		if u.Scheme == "" {
			u.Scheme = "https"
		}
		s.album.counts.Linked++
		return page.Link(alt, u.String())
	}
	name := s.keep(target)
	if name == "" {
		s.album.counts.Missing++
		return alt
	}
	return "![" + alt + "](" + (&url.URL{Path: name}).EscapedPath() + ")"
}

// keep takes a picture into the album and gives its name there, "" when there is
// none.
func (s picturesOf) keep(target string) string {
	if data, ok := strings.CutPrefix(target, "data:"); ok {
		kind, body, _ := strings.Cut(data, ",")
		kind, coding, _ := strings.Cut(kind, ";")
		raw, err := base64.StdEncoding.DecodeString(body)
		ext := extensionOf[kind]
		if err != nil || coding != "base64" || ext == "" || !isPicture(raw) {
			return ""
		}
		return s.album.add("data:"+body, "picture"+ext, func() ([]byte, error) { return raw, nil })
	}
	plain := target
	if i := strings.IndexAny(plain, "?#"); i >= 0 {
		plain = plain[:i]
	}
	if p, err := url.PathUnescape(plain); err == nil {
		plain = p
	}
	if plain == "" {
		return ""
	}
	for _, name := range []string{target, plain, strings.TrimPrefix(plain, "attachment:")} {
		if data, ok := s.own[name]; ok && isPicture(data) {
			return s.album.add(s.page+"/"+name, name, func() ([]byte, error) { return data, nil })
		}
	}
	if s.near == nil || strings.Contains(plain, ":") {
		return ""
	}
	for _, name := range s.places(plain) {
		if !fs.ValidPath(name) || !s.near.has(name) {
			continue
		}
		data, err := s.near.read(name, maxPicture)
		if err != nil || !isPicture(data) {
			return ""
		}
		near := s.near
		return s.album.add("file:"+name, path.Base(name), func() ([]byte, error) { return near.read(name, maxPicture) })
	}
	return ""
}

// places are the files that a path in a page may mean: one beside it, one of the
// site's root, one whose ending TeX does without.
func (s picturesOf) places(target string) []string {
	var list []string
	if rest, ok := strings.CutPrefix(target, "/"); ok {
		for _, root := range []string{"", "static", "public", "docs", "source", "src", "_static", "assets"} {
			list = append(list, path.Join(root, rest))
		}
	} else {
		list = append(list, path.Join(s.at, target))
	}
	if path.Ext(target) != "" {
		return list
	}
	for _, name := range slices.Clone(list) {
		for _, ext := range []string{".png", ".jpg", ".jpeg", ".svg"} {
			list = append(list, name+ext)
		}
	}
	return list
}

var extensionOf = map[string]string{
	"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/svg+xml": ".svg", "image/webp": ".webp", "image/bmp": ".bmp", "image/tiff": ".tif",
}

// isPicture tells a picture by its bytes: whatever a page says, no other file
// goes into the collection.
func isPicture(data []byte) bool {
	if len(data) == 0 || len(data) > maxPicture {
		return false
	}
	head := data[:min(len(data), 1024)]
	return strings.HasPrefix(http.DetectContentType(head), "image/") || bytes.Contains(head, []byte("<svg")) ||
		bytes.HasPrefix(head, []byte("II*\x00")) || bytes.HasPrefix(head, []byte("MM\x00*"))
}

// add puts a picture into the album under a name like its own.
func (a *album) add(from, name string, read func() ([]byte, error)) string {
	if known, ok := a.names[from]; ok {
		return known
	}
	name = mediaName(name)
	ext := path.Ext(name)
	for n := 2; a.pictures[name] != nil; n++ {
		name = strings.TrimSuffix(name, ext)
		name = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, fmt.Sprintf("-%d", n-1)), n, ext)
	}
	a.names[from], a.pictures[name] = name, read
	return name
}

// mediaName is a name that the collection takes, like the one given.
func mediaName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, path.Base(name))
	ext := path.Ext(name)
	stem := strings.Trim(strings.TrimSuffix(name, ext), ". ")
	for len(stem) > 100 {
		stem = strings.ToValidUTF8(stem[:100], "")
	}
	if name = stem + ext; !collection.ValidMediaName(name) {
		return "picture" + mediaExt(ext)
	}
	return name
}

func mediaExt(ext string) string {
	if collection.ValidMediaName("x"+ext) && len(ext) < 8 {
		return ext
	}
	return ""
}

// Open opens a picture by its name.
func (a *album) Open(name string) (fs.File, error) {
	read := a.pictures[name]
	if read == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	data, err := read()
	if err != nil {
		return nil, err
	}
	return &picture{bytes.NewReader(data), name, int64(len(data))}, nil
}

// ReadDir lists the pictures.
func (a *album) ReadDir(string) ([]fs.DirEntry, error) {
	var list []fs.DirEntry
	for _, name := range slices.Sorted(maps.Keys(a.pictures)) {
		list = append(list, fs.FileInfoToDirEntry(&picture{name: name}))
	}
	return list, nil
}

// picture is an open picture, and what is known of it.
type picture struct {
	*bytes.Reader
	name string
	size int64
}

func (p *picture) Stat() (fs.FileInfo, error) { return p, nil }
func (p *picture) Close() error               { return nil }
func (p *picture) Name() string               { return p.name }
func (p *picture) Size() int64                { return p.size }
func (p *picture) Mode() fs.FileMode          { return 0o444 }
func (p *picture) ModTime() time.Time         { return time.Time{} }
func (p *picture) IsDir() bool                { return false }
func (p *picture) Sys() any                   { return nil }
