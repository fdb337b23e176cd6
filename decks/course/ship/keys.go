package ship

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lectern/decks/fault"
	"lectern/decks/release"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

// Author is whose keys are made.
type Author struct {
	Name   string // for students
	Deck   string // id of the course
	Simple bool   // the everyday key is the root key as well
	Root   *sign.Secret
}

// Begin makes the keys of a course that has none: the everyday key goes into the store,
// the public half into the course. The root key is returned and kept nowhere, unless it
// is the everyday key. Faults: HasKeys, NoAuthor, UnwritableFile, KeyInCourse.
func Begin(dir string, a Author, store Store) (root sign.Secret, chain trust.Chain, err error) {
	was, err := Trust(dir)
	if err != nil {
		return root, chain, err
	}
	name := release.Line(a.Name)
	switch {
	case was.Last().N > 0:
		return root, chain, fault.New(fault.HasKeys, nil)
	case name == "":
		return root, chain, fault.New(fault.NoAuthor, nil)
	case inside(store.Dir, dir):
		return root, chain, fault.New(fault.KeyInCourse, nil, "name", store.Dir)
	}
	if a.Root != nil {
		root = *a.Root
	} else if root, err = sign.New(); err != nil {
		return root, chain, err
	}
	everyday := root
	if !a.Simple {
		if everyday, err = sign.New(); err != nil {
			return root, chain, err
		}
	}
	s := trust.Statement{Author: name, Decks: []string{a.Deck}, Epoch: 1, Root: []trust.Key{{Public: root.Public()}}, Sign: []trust.Key{{Public: everyday.Public()}}}
	if chain, err = say(chain, s, root, nil); err != nil {
		return root, chain, err
	}
	// The secret first: a course that names a key nobody has could not be released.
	if err := store.Save(everyday); err != nil {
		return root, chain, err
	}
	return root, chain, addTrust(dir, chain)
}

// Change makes the next statement of trust of a course: what change does to the last one,
// signed by the root key. Faults: NoKeys, NotRootKey, and those of change.
func Change(dir string, root sign.Secret, change func(*trust.Statement) error) (trust.Chain, error) {
	return changed(dir, root, root, change)
}

func changed(dir string, root, next sign.Secret, change func(*trust.Statement) error) (trust.Chain, error) {
	chain, err := Trust(dir)
	if err != nil {
		return chain, err
	}
	s := chain.Last()
	if s.N == 0 {
		return chain, fault.New(fault.NoKeys, nil)
	}
	if !holds(s.Root, root.Public()) {
		return chain, fault.New(fault.NotRootKey, nil, "key", root.Public().Fingerprint())
	}
	s.Root, s.Sign, s.Revoked = slices.Clone(s.Root), slices.Clone(s.Sign), slices.Clone(s.Revoked)
	if err := change(&s); err != nil {
		return chain, err
	}
	var before *sign.Secret
	if !next.Public().Equal(root.Public()) {
		before = &root
	}
	grown, err := say(chain, s, next, before)
	if err != nil {
		return chain, err
	}
	return grown, addTrust(dir, grown)
}

func holds(keys []trust.Key, p sign.Public) bool {
	return slices.ContainsFunc(keys, func(k trust.Key) bool { return k.Public.Equal(p) })
}

// Rotate exchanges the everyday key of whoever has the store: a new one signs from now
// on, the old one no more; what it has signed up to the last release stays good. Keys of
// others stay.
func Rotate(dir string, root sign.Secret, store Store) (trust.Chain, error) {
	key, err := sign.New()
	if err != nil {
		return trust.Chain{}, err
	}
	if inside(store.Dir, dir) {
		return trust.Chain{}, fault.New(fault.KeyInCourse, nil, "name", store.Dir)
	}
	m, err := readMemory(dir)
	if err != nil {
		return trust.Chain{}, err
	}
	return Change(dir, root, func(s *trust.Statement) error {
		after := int64(0)
		if m.Last != nil && m.Last.Epoch == s.Epoch {
			after = m.Last.Seq
		}
		kept := []trust.Key{{Public: key.Public()}}
		for _, k := range s.Sign {
			if _, err := store.find(k.Public); err != nil && k.Name != "" {
				kept = append(kept, k)
			} else {
				s.Revoked = append(s.Revoked, revoked(*s, k, after)...)
			}
		}
		s.Sign = kept
		return store.Save(key)
	})
}

// revoked withdraws a key for each of the author's decks.
func revoked(s trust.Statement, k trust.Key, after int64) []trust.Revoked {
	var all []trust.Revoked
	for _, deck := range s.Decks {
		all = append(all, trust.Revoked{Public: k.Public, Deck: deck, Epoch: s.Epoch, After: after})
	}
	return all
}

// RotateRoot exchanges the root key. The new one is returned and kept nowhere.
func RotateRoot(dir string, root sign.Secret) (sign.Secret, trust.Chain, error) {
	next, err := sign.New()
	if err != nil {
		return next, trust.Chain{}, err
	}
	chain, err := changed(dir, root, next, func(s *trust.Statement) error {
		s.Root = []trust.Key{{Public: next.Public()}}
		return nil
	})
	return next, chain, err
}

// Revoke withdraws a key, which a text names as PickKey reads it: of what it signed, the
// releases of this epoch up to one stay good. When it was the last that signs, a new one
// is made. Faults: NoSuchKey, NotRootKey, NoKeys.
func Revoke(dir string, root sign.Secret, which string, after int64, store Store) (trust.Chain, error) {
	return Change(dir, root, func(s *trust.Statement) error {
		key, err := PickKey(s.Sign, which)
		if err != nil {
			return err
		}
		s.Sign = slices.DeleteFunc(s.Sign, func(k trust.Key) bool { return k.Public.Equal(key.Public) })
		s.Revoked = append(s.Revoked, revoked(*s, key, after)...)
		if len(s.Sign) > 0 {
			return nil
		}
		fresh, err := sign.New()
		if err != nil {
			return err
		}
		s.Sign = []trust.Key{{Public: fresh.Public()}}
		return store.Save(fresh)
	})
}

// AddKey lets somebody else sign releases too: an assistant with a key of his own.
// Faults: BadArgument, NotRootKey, NoKeys.
func AddKey(dir string, root sign.Secret, public, name string) (trust.Chain, error) {
	key, err := sign.ParsePublic(public)
	name = release.Line(name)
	if err != nil || name == "" {
		return trust.Chain{}, fault.New(fault.BadArgument, errors.Join(err, errors.New("a public key and a name are wanted")), "what", public)
	}
	return Change(dir, root, func(s *trust.Statement) error {
		if holds(s.Sign, key) {
			return fault.New(fault.BadArgument, errors.New("the key signs already"), "what", public)
		}
		s.Sign = append(s.Sign, trust.Key{Public: key, Name: name})
		return nil
	})
}

// NewEpoch begins to count releases anew, after somebody with a stolen key has used the
// numbers up.
func NewEpoch(dir string, root sign.Secret) (trust.Chain, error) {
	return Change(dir, root, func(s *trust.Statement) error {
		s.Epoch++
		return nil
	})
}

// PickKey finds a key by its line, by its fingerprint or by the name of its holder.
// Fault: NoSuchKey.
func PickKey(keys []trust.Key, which string) (trust.Key, error) {
	var found []trust.Key
	for _, k := range keys {
		if which == k.Public.String() || strings.EqualFold(strings.ReplaceAll(which, " ", ""), k.Public.Fingerprint()) || k.Name != "" && which == k.Name {
			found = append(found, k)
		}
	}
	if len(found) != 1 {
		return trust.Key{}, fault.New(fault.NoSuchKey, fmt.Errorf("%d keys", len(found)), "key", which)
	}
	return found[0], nil
}

// Own makes a key for somebody who helps the author, in his own store: the author adds
// its public half.
func Own(store Store) (sign.Public, error) {
	key, err := sign.New()
	if err != nil {
		return sign.Public{}, err
	}
	return key.Public(), store.Save(key)
}

// RootKey is the root key of a course when it lies in the store, as in simple mode.
// Fault: NoRootKey.
func RootKey(chain trust.Chain, store Store) (sign.Secret, error) {
	key, _, err := store.Find(chain.Last().Root)
	if fault.Is(err, fault.NoSigningKey) {
		return key, fault.New(fault.NoRootKey, nil)
	}
	return key, err
}
