package ship

import (
	"bytes"
	"io"

	"lectern/decks/release/pack"
)

// packed are the media of a package that is open.
type packed struct{ *pack.Package }

// Names lists them.
func (p packed) Names() []string { return p.Media }

// Open opens one.
func (p packed) Open(name string) (io.ReadCloser, error) {
	b, err := p.ReadMedia(name)
	return io.NopCloser(bytes.NewReader(b)), err
}
