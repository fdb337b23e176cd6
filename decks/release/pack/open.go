package pack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"lectern/decks/release"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
	"lectern/decks/unzip"
)

// Names of files in a package.
const (
	statementName = "release.json"
	contentName   = "content.jsonl"
	historyName   = "history.jsonl"
	mediaDir      = "media/"
	signature     = ".minisig"
	before        = ".before.minisig"
)

func trustName(n int) string { return "trust/" + strconv.Itoa(n) + ".json" }

// Why a package is refused, beside the reasons of trust and unzip.
var (
	ErrNoPackage = errors.New("this is not a package of a deck")
	ErrContent   = errors.New("the package does not hold what its statement says")
)

var limits = unzip.Limits{
	Files: release.MaxMedia + 3*trust.MaxChain + 10,
	File:  max(release.MaxContent, release.MaxMediaFile, release.MaxHistory) + 1,
	Total: release.MaxContent + release.MaxMediaBytes + release.MaxHistory + 64<<20,
}

// Signed is the statement of a release as it was signed, for whoever passes it on.
type Signed struct {
	Statement, Signature []byte
}

// Package is an open package. What it holds is verified: its chain of trust, the
// signature of its statement, its notes; a picture when it is read.
type Package struct {
	Trust     trust.Chain // the pinned chain, with what the package adds to it
	Statement release.Statement
	Signed    Signed
	Signer    trust.Key
	Release   release.Release
	Media     []string // hashes, sorted

	archive *unzip.Archive
	media   Media // of a package that was assembled, which has no archive
}

// Open reads and verifies a package of size bytes. Pinned is the chain that the student
// has accepted for the deck, the zero value for none: a package of another author, of
// which the error is trust.ErrAnother, never opens under it.
func Open(ctx context.Context, r io.ReaderAt, size int64, pinned trust.Chain) (*Package, error) {
	p, err := open(ctx, r, size, pinned)
	if err != nil {
		return nil, fmt.Errorf("open a package: %w", err)
	}
	return p, nil
}

func open(ctx context.Context, r io.ReaderAt, size int64, pinned trust.Chain) (*Package, error) {
	a, err := unzip.OpenAt(r, size, limits)
	if err != nil {
		return nil, err
	}
	if !a.Has(statementName) || !a.Has(contentName) {
		return nil, ErrNoPackage
	}
	if err := checkSeal(ctx, r, size); err != nil {
		return nil, err
	}
	p := &Package{archive: a}
	if err := p.names(); err != nil {
		return nil, err
	}
	if p.Trust, err = p.chain(); err != nil {
		return nil, err
	}
	if p.Trust, err = pinned.Join(p.Trust); err != nil {
		return nil, err
	}
	if err := p.statement(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return p, p.content()
}

// names tells the files of a package apart; there are no others.
func (p *Package) names() error {
	for _, name := range p.archive.Names {
		media, isMedia := strings.CutPrefix(name, mediaDir)
		switch {
		case isMedia && release.IsHash(media):
			p.Media = append(p.Media, media)
		case name == "mimetype", name == statementName, name == statementName+signature, name == contentName, name == historyName, strings.HasPrefix(name, "trust/"):
		default:
			return fmt.Errorf("%w: %.80q does not belong to it", ErrContent, name)
		}
	}
	kind, err := p.read("mimetype", int64(len(MediaType)))
	if err != nil || string(kind) != MediaType {
		return ErrNoPackage
	}
	return nil
}

// read reads a whole file that has no more than some bytes.
func (p *Package) read(name string, most int64) ([]byte, error) {
	r, err := p.archive.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", name, err)
	case int64(len(b)) > most:
		return nil, fmt.Errorf("%w: %s is longer than %d bytes", ErrContent, name, most)
	}
	return b, nil
}

// chain verifies the author's statements of trust.
func (p *Package) chain() (trust.Chain, error) {
	var all []trust.Signed
	read := 0
	for n := 1; n <= trust.MaxChain && p.archive.Has(trustName(n)); n++ {
		var x trust.Signed
		var err error
		name := trustName(n)
		if x.Payload, err = p.read(name, trust.MaxStatement); err != nil {
			return trust.Chain{}, err
		}
		if x.Own, err = p.read(name+signature, sign.MaxSignature); err != nil {
			return trust.Chain{}, fmt.Errorf("%w: %w", trust.ErrBroken, err)
		}
		read += 2
		if p.archive.Has(name + before) {
			if x.Before, err = p.read(name+before, sign.MaxSignature); err != nil {
				return trust.Chain{}, err
			}
			read++
		}
		all = append(all, x)
	}
	for _, name := range p.archive.Names {
		if strings.HasPrefix(name, "trust/") {
			read--
		}
	}
	if read != 0 {
		return trust.Chain{}, fmt.Errorf("%w: a file of trust does not belong to it", ErrContent)
	}
	return trust.Open(all)
}

func (p *Package) statement() error {
	b, err := p.read(statementName, release.MaxStatement)
	if err != nil {
		return err
	}
	sig, err := p.read(statementName+signature, sign.MaxSignature)
	if err != nil {
		return fmt.Errorf("%w: %w", trust.ErrUntrusted, err)
	}
	p.Signed = Signed{Statement: b, Signature: sig}
	p.Statement, p.Signer, err = p.Trust.Verify(b, sig)
	return err
}

// content compares what the package holds with its statement.
func (p *Package) content() error {
	s := p.Statement
	b, err := p.read(contentName, s.Content.Bytes)
	if err != nil {
		return err
	}
	if int64(len(b)) != s.Content.Bytes || release.Hash(b) != s.Content.Hash {
		return fmt.Errorf("%w: the notes are others", ErrContent)
	}
	if p.Release, err = release.Open(b); err != nil {
		return err
	}
	if p.Release.Deck.ID != s.Deck || len(p.Release.Deck.Notes) != s.Content.Notes {
		return fmt.Errorf("%w: the deck is another", ErrContent)
	}
	if m := MediaOf(p.Media, func(name string) int64 { return p.archive.Size(mediaDir + name) }); m != s.Media {
		return fmt.Errorf("%w: the media are others", ErrContent)
	}
	if p.archive.Has(historyName) != (s.History != (release.History{})) {
		return fmt.Errorf("%w: the history is another", ErrContent)
	}
	return nil
}

// ReadHistory reads what somebody who shared his own deck did with it, and verifies it;
// nil when the package has none.
func (p *Package) ReadHistory() ([]byte, error) {
	h := p.Statement.History
	if h == (release.History{}) {
		return nil, nil
	}
	b, err := p.read(historyName, h.Bytes)
	if err != nil {
		return nil, fmt.Errorf("read the history of a package: %w", err)
	}
	if int64(len(b)) != h.Bytes || release.Hash(b) != h.Hash {
		return nil, fmt.Errorf("read the history of a package: %w: it is another", ErrContent)
	}
	return b, nil
}

// MediaSize is the size of a picture or a sound in bytes.
func (p *Package) MediaSize(name string) int64 {
	if p.archive == nil {
		b, err := p.piece(name)
		if err != nil {
			return 0
		}
		return int64(len(b))
	}
	return p.archive.Size(mediaDir + name)
}

// ReadMedia reads a picture or a sound by its hash, and verifies it.
func (p *Package) ReadMedia(name string) ([]byte, error) {
	var b []byte
	var err error
	if p.archive == nil {
		b, err = p.piece(name)
	} else {
		b, err = p.read(mediaDir+name, release.MaxMediaFile)
	}
	if err != nil {
		return nil, fmt.Errorf("read media of a package: %w", err)
	}
	if release.Hash(b) != name {
		return nil, fmt.Errorf("read media of a package: %w: %s is another", ErrContent, name)
	}
	return b, nil
}
