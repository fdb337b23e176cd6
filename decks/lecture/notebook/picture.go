package notebook

import (
	"encoding/base64"
	"fmt"
	"strings"

	"lectern/decks/lecture/page"
)

const (
	maxPicture  = 5 << 20  // bytes of one picture
	maxPictures = 64 << 20 // … of all
)

var pictureTypes = map[string]string{"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}

// picture keeps a picture and gives its name; "" when it is none that can be kept.
func (r *reader) picture(a attachment) string {
	ext := pictureTypes[strings.ToLower(a.kind)]
	if ext == "" || len(a.data) > maxPicture*4/3+1000 || r.pictures+len(a.data) > maxPictures {
		return ""
	}
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(a.data), ""))
	if err != nil || len(data) == 0 {
		return ""
	}
	r.pictures += len(a.data)
	name := fmt.Sprintf("picture-%d.%s", len(r.p.Pictures)+1, ext)
	r.p.Pictures = append(r.p.Pictures, page.Picture{Name: name, Data: data})
	return name
}
