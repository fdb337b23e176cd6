package ship

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

// Trust reads the statements of trust that lie with a course; the zero value when there
// are none. Faults: UnreadableFile, and DamagedTrust when one does not belong to the
// others.
func Trust(dir string) (trust.Chain, error) {
	var all []trust.Signed
	for n := 1; n <= trust.MaxChain; n++ {
		name := feed.TrustPath(n)
		payload, err := readPart(dir, name, trust.MaxStatement)
		if err != nil {
			return trust.Chain{}, err
		}
		if payload == nil {
			break
		}
		x := trust.Signed{Payload: payload}
		if x.Own, err = readPart(dir, feed.SignatureOf(name), sign.MaxSignature); err != nil {
			return trust.Chain{}, err
		}
		if x.Before, err = readPart(dir, feed.BeforeOf(name), sign.MaxSignature); err != nil {
			return trust.Chain{}, err
		}
		all = append(all, x)
	}
	if len(all) == 0 {
		return trust.Chain{}, nil
	}
	chain, err := trust.Open(all)
	if err != nil {
		return trust.Chain{}, fault.New(fault.DamagedTrust, err)
	}
	return chain, nil
}

// readPart reads a small file of a course; nil when it is not there.
func readPart(dir, name string, most int) ([]byte, error) {
	path := filepath.Join(dir, filepath.FromSlash(name))
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && (!info.Mode().IsRegular() || info.Size() > int64(most)) {
		err = errors.New("it is not what it should be")
	}
	var b []byte
	if err == nil {
		b, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fault.New(fault.UnreadableFile, err, "name", name)
	}
	return b, nil
}

// addTrust writes the last statement of a chain into a course: its signatures first, so
// that one without them is never there.
func addTrust(dir string, chain trust.Chain) error {
	n := chain.Last().N
	x := chain.Signed()[n-1]
	name := feed.TrustPath(n)
	if err := os.MkdirAll(filepath.Join(dir, "trust"), 0o755); err != nil {
		return fault.New(fault.UnwritableFile, err, "name", "trust")
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{feed.BeforeOf(name), x.Before}, {feed.SignatureOf(name), x.Own}, {name, x.Payload}} {
		if len(f.data) == 0 {
			continue
		}
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(f.name)), f.data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// say makes the next statement of a chain, signed by its root and, where that is another
// one, by the root before.
func say(chain trust.Chain, s trust.Statement, root sign.Secret, before *sign.Secret) (trust.Chain, error) {
	s.N = chain.Last().N + 1
	payload, err := s.Encode()
	if err != nil {
		return trust.Chain{}, err
	}
	x := trust.Signed{Payload: payload}
	comment := fmt.Sprintf("trust n=%d author=%s", s.N, s.Author)
	if x.Own, err = root.Sign(payload, comment); err != nil {
		return trust.Chain{}, err
	}
	if before != nil {
		if x.Before, err = before.Sign(payload, comment); err != nil {
			return trust.Chain{}, err
		}
	}
	next, err := trust.Open(append(chain.Signed(), x))
	if err != nil {
		return trust.Chain{}, fmt.Errorf("sign a statement of trust: %w", err)
	}
	return next, nil
}
