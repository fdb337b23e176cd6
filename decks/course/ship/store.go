package ship

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lectern/decks/fault"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

// Store is a folder in which secret keys lie, readable for their owner only.
type Store struct{ Dir string }

// UserStore is the store in the user's folder for settings.
func UserStore() (Store, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return Store{}, fmt.Errorf("find the folder for keys: %w", err)
	}
	return Store{filepath.Join(dir, "lectern", "keys")}, nil
}

const keyEnding = ".key"

// maxKey bounds the file of a key.
const maxKey = 4 << 10

func (s Store) path(p sign.Public) string { return filepath.Join(s.Dir, p.Fingerprint()+keyEnding) }

// Save keeps a key. One that is there stays.
func (s Store) Save(key sign.Secret) error {
	if _, err := s.find(key.Public()); err == nil {
		return nil
	}
	text, err := key.Marshal()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return fault.New(fault.UnwritableFile, err, "name", s.Dir)
	}
	return writeFile(s.path(key.Public()), text, 0o600)
}

// find looks for the secret half of a key.
func (s Store) find(p sign.Public) (sign.Secret, error) {
	key, err := ReadKey(s.path(p))
	if err == nil && !key.Public().Equal(p) {
		err = fs.ErrNotExist
	}
	return key, err
}

// Find returns the first of some keys whose secret half is here. Fault: NoSigningKey.
func (s Store) Find(keys []trust.Key) (sign.Secret, trust.Key, error) {
	for _, k := range keys {
		key, err := s.find(k.Public)
		if err == nil {
			return key, k, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return sign.Secret{}, trust.Key{}, err
		}
	}
	return sign.Secret{}, trust.Key{}, fault.New(fault.NoSigningKey, nil, "name", s.Dir)
}

// ReadKey reads a secret key from a file: one of a store, one of minisign without a
// passphrase, or the code of a key on paper. Faults: UnreadableFile, MistypedKey, ShortKey.
func ReadKey(name string) (sign.Secret, error) {
	info, err := os.Stat(name)
	if err != nil {
		return sign.Secret{}, fault.New(fault.UnreadableFile, err, "name", filepath.Base(name))
	}
	if !info.Mode().IsRegular() || info.Size() > maxKey {
		return sign.Secret{}, fault.New(fault.UnreadableFile, errors.New("it is no key"), "name", filepath.Base(name))
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return sign.Secret{}, fault.New(fault.UnreadableFile, err, "name", filepath.Base(name))
	}
	key, err := ParseKey(text)
	if err != nil && sign.HoldsSecret(text) {
		err = fault.New(fault.UnreadableFile, err, "name", filepath.Base(name))
	}
	return key, err
}

// ParseKey reads a secret key, or its code as somebody typed it. Faults: MistypedKey, ShortKey.
func ParseKey(text []byte) (sign.Secret, error) {
	if sign.HoldsSecret(text) {
		return sign.ParseSecret(text)
	}
	key, err := sign.ParseCode(string(bytes.TrimSpace(text)))
	if err != nil {
		var at sign.ErrCode
		if errors.As(err, &at) && at.Line > 0 {
			return sign.Secret{}, fault.New(fault.MistypedKey, err, "line", at.Line)
		}
		return sign.Secret{}, fault.New(fault.ShortKey, err)
	}
	return key, nil
}

// inside tells whether a path lies in a folder.
func inside(name, dir string) bool {
	a, errA := realPath(name)
	b, errB := realPath(dir)
	if errA != nil || errB != nil {
		return true // whoever cannot tell does not write a key
	}
	rel, err := filepath.Rel(b, a)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// realPath is a path without links, of a file that need not be there.
func realPath(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real, nil
	}
	up := filepath.Dir(abs)
	if up == abs {
		return abs, nil
	}
	dir, err := realPath(up)
	return filepath.Join(dir, filepath.Base(abs)), err
}
