package pack

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"lectern/decks/release"
	"lectern/decks/release/trust"
)

// Assemble makes a package of a release that came in pieces. It is verified as one that
// came in one file; the release has to be one that release.Open or release.Apply made.
func Assemble(chain trust.Chain, signed Signed, r release.Release, media Media) (*Package, error) {
	p := &Package{Trust: chain, Signed: signed, Release: r, media: media}
	var err error
	if p.Statement, p.Signer, err = chain.Verify(signed.Statement, signed.Signature); err != nil {
		return nil, fmt.Errorf("assemble a package: %w", err)
	}
	s := p.Statement
	if r.Hash != s.Content.Hash || r.Deck.ID != s.Deck {
		return nil, fmt.Errorf("assemble a package: %w: the notes are others", ErrContent)
	}
	if media != nil {
		p.Media = slices.Sorted(slices.Values(media.Names()))
	}
	if len(p.Media) != s.Media.Count || len(p.Media) > 0 && listOf(p.Media) != s.Media.List {
		return nil, fmt.Errorf("assemble a package: %w: the media are others", ErrContent)
	}
	if s.History != (release.History{}) {
		return nil, fmt.Errorf("assemble a package: %w", errors.New("a history comes in one file only"))
	}
	return p, nil
}

// piece reads a picture of a package that was assembled.
func (p *Package) piece(name string) ([]byte, error) {
	r, err := p.media.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open media %s: %w", name, err)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, release.MaxMediaFile+1))
	if err == nil && len(b) > release.MaxMediaFile {
		err = fmt.Errorf("%w: media %s is too large", ErrContent, name)
	}
	return b, err
}
