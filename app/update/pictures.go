package update

import (
	"fmt"
	"image"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
)

// withPictures is how texts are drawn before the release is installed: its pictures are
// taken from what came, the others from the collection.
func withPictures(o Options) cardview.Options {
	t := o.Texts
	t.Link, t.Enlarge = nil, nil
	s := o.Offer.Shipment
	if o.Elsewhere == nil || s.Media == nil {
		return t
	}
	names := s.Media.Names()
	t.Pictures = pictures{names: names, have: t.Pictures, came: o.Elsewhere("release "+s.Release.Hash, func(src string) (string, []byte, error) {
		b, err := s.Media.Read(stem(src))
		return src, b, err
	})}
	return t
}

// stem is the hash in the name of a picture.
func stem(src string) string {
	hash, _, _ := strings.Cut(src, ".")
	return hash
}

// pictures draws those that came with the release and those that are there.
type pictures struct {
	names      []string // hashes of those that came
	came, have cardview.Pictures
}

// Picture is for cardview.Pictures.
func (x pictures) Picture(src string, room fyne.Size, done func()) (image.Image, fyne.Size, error) {
	if slices.Contains(x.names, stem(src)) {
		return x.came.Picture(src, room, done)
	}
	if x.have == nil {
		return nil, fyne.Size{}, fmt.Errorf("picture %s did not come with the release", src)
	}
	return x.have.Picture(src, room, done)
}
