package share

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"lectern/decks/release"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
	"lectern/decks/whole"
)

// profileName is the file beside the collection.
const profileName = "share.json"

// profile is who shares, and what was shared.
type profile struct {
	Key   string            `json:"key"` // secret
	Trust []signed          `json:"trust"`
	Decks map[string]shared `json:"decks"`

	secret sign.Secret
	chain  trust.Chain
}

type signed struct {
	Payload []byte `json:"payload"`
	Own     []byte `json:"own"`
}

// shared is the last release of a deck.
type shared struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
	Prev string `json:"prev,omitempty"`
	Time string `json:"time"`
}

// open reads the profile, or makes one that is not written yet.
func open(dir string) (*profile, error) {
	p := &profile{Decks: map[string]shared{}}
	text, err := os.ReadFile(filepath.Join(dir, profileName))
	if errors.Is(err, fs.ErrNotExist) {
		if p.secret, err = sign.New(); err == nil {
			var key []byte
			key, err = p.secret.Marshal()
			p.Key = string(key)
		}
		if err != nil {
			return nil, fmt.Errorf("make a key to share with: %w", err)
		}
		return p, nil
	}
	if err == nil {
		err = p.read(text)
	}
	if err != nil {
		return nil, fmt.Errorf("read the key to share with: %w", err)
	}
	return p, nil
}

func (p *profile) read(text []byte) (err error) {
	if err := json.Unmarshal(text, p); err != nil {
		return err
	}
	if p.secret, err = sign.ParseSecret([]byte(p.Key)); err != nil {
		return err
	}
	if p.Decks == nil {
		p.Decks = map[string]shared{}
	}
	var all []trust.Signed
	for _, s := range p.Trust {
		all = append(all, trust.Signed{Payload: s.Payload, Own: s.Own})
	}
	p.chain, err = trust.Open(all)
	return err
}

// signs makes sure that the chain says that the key signs a deck under a name.
func (p *profile) signs(deck, author string) error {
	last := p.chain.Last()
	if last.N > 0 && last.Author == author && slices.Contains(last.Decks, deck) {
		return nil
	}
	key := []trust.Key{{Public: p.secret.Public()}}
	s := trust.Statement{Author: author, Epoch: 1, N: last.N + 1, Root: key, Sign: key, Decks: slices.Clone(last.Decks)}
	if !slices.Contains(s.Decks, deck) {
		s.Decks = append(s.Decks, deck)
		slices.Sort(s.Decks)
	}
	payload, err := s.Encode()
	if err != nil {
		return fmt.Errorf("say who shares: %w", err)
	}
	own, err := p.secret.Sign(payload, fmt.Sprintf("trust n=%d", s.N))
	if err != nil {
		return fmt.Errorf("say who shares: %w", err)
	}
	chain, err := trust.Open(append(slices.Clone(p.chain.Signed()), trust.Signed{Payload: payload, Own: own}))
	if err != nil {
		return fmt.Errorf("say who shares: %w", err)
	}
	p.chain, p.Trust = chain, append(p.Trust, signed{payload, own})
	return nil
}

// next gives the number of a release with some content: the last one's when it is the same.
func (p *profile) next(deck, hash, now string) shared {
	last := p.Decks[deck]
	if last.Hash == hash {
		return last
	}
	return shared{Seq: min(last.Seq+1, release.MaxSeq), Hash: hash, Prev: last.Hash, Time: now}
}

// write keeps the profile, as a whole or not at all.
func (p *profile) write(dir string) error {
	text, err := json.MarshalIndent(p, "", " ")
	if err != nil {
		return fmt.Errorf("write the key to share with: %w", err)
	}
	if err := whole.Bytes(filepath.Join(dir, profileName), 0o600, append(text, '\n')); err != nil {
		return fmt.Errorf("write the key to share with: %w", err)
	}
	return nil
}
