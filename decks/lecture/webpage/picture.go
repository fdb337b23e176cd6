package webpage

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"

	"lectern/decks/lecture/page"
)

const (
	maxPicture  = 5 << 20  // bytes of one picture within the page
	maxPictures = 64 << 20 // … of all
	maxAddress  = 2000
)

func (r *reader) image() {
	a := &r.a
	if a.class.rendered || a.class.vanish || a.silent && a.alt == "" {
		return
	}
	if a.class.emoji {
		r.run.words([]byte(a.alt), 0, r.line)
		return
	}
	if a.class.math || a.class.texImage { // TeX drawn by the site's builder
		tex := strings.Trim(strings.TrimSpace(a.alt), "$")
		if tex != "" {
			r.formula(tex, false, r.line)
			return
		}
	}
	src := bytes.TrimSpace(a.src)
	if lazy := bytes.TrimSpace(a.lazy); len(lazy) > 0 && (len(src) == 0 || bytes.HasPrefix(src, []byte("data:"))) {
		src = lazy
	}
	alt := strings.Join(strings.Fields(a.alt), " ")
	if bytes.HasPrefix(src, []byte("data:")) {
		if name := r.picture(src); name != "" {
			r.run.put(page.ImageRef(alt, name), r.lineStyle(), r.line)
			return
		}
		src = nil
	}
	if len(src) == 0 || len(src) > maxAddress {
		r.run.words([]byte(alt), 0, r.line)
		return
	}
	r.run.put(page.ImageRef(alt, strings.ToValidUTF8(string(src), "")), r.lineStyle(), r.line)
}

// pictureTypes are those that are kept when they come within the page.
var pictureTypes = map[string]string{"image/png": "png", "image/jpeg": "jpg", "image/jpg": "jpg", "image/gif": "gif", "image/webp": "webp"}

// picture keeps one that stands in its address and gives its name; "" when it is
// none that can be kept. Tiny ones hold the place of one that a script would load.
func (r *reader) picture(src []byte) string {
	head, data, ok := bytes.Cut(src, []byte(","))
	kind, coding, _ := strings.Cut(strings.TrimPrefix(string(head[:min(len(head), 100)]), "data:"), ";")
	ext := pictureTypes[strings.ToLower(kind)]
	if !ok || ext == "" || !strings.Contains(coding, "base64") || len(data) < 120 || len(data) > maxPicture*4/3 || r.pictures+len(data) > maxPictures {
		return ""
	}
	data = bytes.Map(func(c rune) rune {
		if c == ' ' || c == '\n' || c == '\r' || c == '\t' {
			return -1
		}
		return c
	}, data)
	out := make([]byte, base64.StdEncoding.DecodedLen(len(data)))
	n, err := base64.StdEncoding.Decode(out, data)
	if err != nil {
		return ""
	}
	r.pictures += len(data)
	name := fmt.Sprintf("picture-%d.%s", len(r.p.Pictures)+1, ext)
	r.p.Pictures = append(r.p.Pictures, page.Picture{Name: name, Data: out[:n:n]})
	return name
}
