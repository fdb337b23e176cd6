package trust_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks/release"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

const deck = "dk4m9x7c2k"

func newKey(t rapidT) sign.Secret {
	k, err := sign.New()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// rapidT is what testing.T and rapid.T share.
type rapidT interface{ Fatal(...any) }

func named(keys ...sign.Secret) (all []trust.Key) {
	for _, k := range keys {
		all = append(all, trust.Key{Public: k.Public()})
	}
	return all
}

// signed makes a statement as an author does, signed by its own root and by the one
// before.
func signed(t rapidT, s trust.Statement, own, before sign.Secret) trust.Signed {
	b, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	x := trust.Signed{Payload: b}
	if x.Own, err = own.Sign(b, "trust"); err != nil {
		t.Fatal(err)
	}
	if x.Before, err = before.Sign(b, "trust"); err != nil {
		t.Fatal(err)
	}
	return x
}

func statement(n int, root, everyday []trust.Key) trust.Statement {
	return trust.Statement{Author: "А. П. Иванова", Decks: []string{deck}, Epoch: 1, N: n, Root: root, Sign: everyday}
}

func open(t rapidT, all ...trust.Signed) trust.Chain {
	c, err := trust.Open(all)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// shipped is a release as an author signs it.
func shipped(t rapidT, key sign.Secret, change func(*release.Statement)) (statement, signature []byte) {
	s := release.Statement{Deck: deck, Epoch: 1, Seq: 42, Trust: 1, Time: "2027-02-03T10:00:00Z",
		Content: release.Content{Hash: strings.Repeat("9e", 32), Bytes: 100, Notes: 1, Cards: 1}}
	if change != nil {
		change(&s)
	}
	b, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	sig, err := key.Sign(b, s.Comment())
	if err != nil {
		t.Fatal(err)
	}
	return b, sig
}

func TestVerifyTakesTheAuthorsReleases(t *testing.T) {
	root, everyday, helper := newKey(t), newKey(t), newKey(t)
	s := statement(1, named(root), []trust.Key{{Public: everyday.Public()}, {Public: helper.Public(), Name: "ассистент"}})
	c := open(t, signed(t, s, root, root))
	for _, k := range []struct {
		key  sign.Secret
		name string
	}{{everyday, ""}, {helper, "ассистент"}} {
		b, sig := shipped(t, k.key, nil)
		got, by, err := c.Verify(b, sig)
		if err != nil || got.Seq != 42 || by.Name != k.name || !by.Public.Equal(k.key.Public()) {
			t.Errorf("%+v by %q, %v", got, by.Name, err)
		}
	}
	for name, c2 := range map[string]struct {
		key    sign.Secret
		change func(*release.Statement)
	}{
		"another key":           {newKey(t), nil},
		"the root itself":       {root, nil},
		"another deck":          {everyday, func(s *release.Statement) { s.Deck = "other" }},
		"an epoch to come":      {everyday, func(s *release.Statement) { s.Epoch = 2 }},
		"a trust that is not":   {everyday, func(s *release.Statement) { s.Trust = 2 }},
		"a stranger's own deck": {newKey(t), func(s *release.Statement) { s.Deck = "other" }},
	} {
		b, sig := shipped(t, c2.key, c2.change)
		if got, _, err := c.Verify(b, sig); !errors.Is(err, trust.ErrUntrusted) || got.Deck != "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	b, _ := shipped(t, everyday, nil)
	sig, err := everyday.Sign(b, "deck=dk4m9x7c2k epoch=1 seq=99 sha256=00")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Verify(b, sig); !errors.Is(err, trust.ErrUntrusted) {
		t.Errorf("a comment about another release: %v", err)
	}
	if _, _, err := (trust.Chain{}).Verify(b, sig); !errors.Is(err, trust.ErrUntrusted) {
		t.Errorf("no chain: %v", err)
	}
}

// A stolen key: the root names another one, and up to where the old one holds.
func TestRevokedKey(t *testing.T) {
	root, stolen, next := newKey(t), newKey(t), newKey(t)
	first := signed(t, statement(1, named(root), named(stolen)), root, root)
	s := statement(2, named(root), named(next))
	s.Decks = []string{deck, "other"}
	s.Revoked = []trust.Revoked{{Public: stolen.Public(), Deck: deck, Epoch: 1, After: 41}}
	c := open(t, first, signed(t, s, root, root))
	b, sig := shipped(t, stolen, func(s *release.Statement) { s.Deck, s.Seq = "other", 1 })
	if _, _, err := c.Verify(b, sig); !errors.Is(err, trust.ErrRevoked) {
		t.Errorf("a deck that the revocation does not name: %v", err)
	}
	for seq, want := range map[int64]error{1: nil, 41: nil, 42: trust.ErrRevoked, release.MaxSeq: trust.ErrRevoked} {
		b, sig := shipped(t, stolen, func(s *release.Statement) { s.Seq = seq })
		if _, _, err := c.Verify(b, sig); !errors.Is(err, want) {
			t.Errorf("release %d: %v, want %v", seq, err, want)
		}
	}
	b, sig = shipped(t, next, nil)
	if _, _, err := c.Verify(b, sig); err != nil {
		t.Errorf("the next key: %v", err)
	}
}

// A thief has used up the numbers: the root begins a new epoch, and they count anew.
func TestRecoveryByEpoch(t *testing.T) {
	root, stolen, next := newKey(t), newKey(t), newKey(t)
	first := signed(t, statement(1, named(root), named(stolen)), root, root)
	b, sig := shipped(t, stolen, func(s *release.Statement) { s.Seq = 1040 })
	installed, _, err := open(t, first).Verify(b, sig)
	if err != nil {
		t.Fatal(err)
	}
	s := statement(2, named(root), named(next))
	s.Epoch = 2
	s.Revoked = []trust.Revoked{{Public: stolen.Public(), Deck: deck, Epoch: 1, After: 41}}
	c := open(t, first, signed(t, s, root, root))
	b, sig = shipped(t, next, func(s *release.Statement) { s.Epoch, s.Seq, s.Trust = 2, 1, 2 })
	fixed, _, err := c.Verify(b, sig)
	if err != nil {
		t.Fatal(err)
	}
	if err := fixed.Follows(installed); err != nil {
		t.Errorf("the first release of the new epoch: %v", err)
	}
	back := statement(3, named(root), named(next))
	if _, err := trust.Open(append(c.Signed(), signed(t, back, root, root))); !errors.Is(err, trust.ErrBroken) {
		t.Errorf("an epoch that goes back: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	root, other, everyday := newKey(t), newKey(t), newKey(t)
	one := signed(t, statement(1, named(root), named(everyday)), root, root)
	two := statement(2, named(other), named(everyday))
	for name, c := range map[string]struct {
		all  []trust.Signed
		want error
	}{
		"nothing":                             {nil, trust.ErrBroken},
		"a chain without its beginning":       {[]trust.Signed{signed(t, two, other, root)}, trust.ErrBroken},
		"the same twice":                      {[]trust.Signed{one, one}, trust.ErrBroken},
		"signed by another key only":          {[]trust.Signed{signed(t, statement(1, named(root), named(everyday)), other, other)}, trust.ErrBroken},
		"a new root that the old did not see": {[]trust.Signed{one, signed(t, two, other, other)}, trust.ErrBroken},
		"a new root that did not sign":        {[]trust.Signed{one, signed(t, two, root, root)}, trust.ErrBroken},
		"by an everyday key":                  {[]trust.Signed{one, signed(t, statement(2, named(root), named(everyday)), everyday, everyday)}, trust.ErrBroken},
	} {
		if _, err := trust.Open(c.all); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	open(t, one, signed(t, two, other, root))
	many := make([]trust.Signed, trust.MaxChain+1)
	if _, err := trust.Open(many); !errors.Is(err, trust.ErrBroken) {
		t.Errorf("too many: %v", err)
	}
}

// A link names a key: who only mentions the key is not its holder.
func TestRooted(t *testing.T) {
	root, thief, everyday := newKey(t), newKey(t), newKey(t)
	c := open(t, signed(t, statement(1, named(root), named(everyday)), root, root))
	if !c.Rooted(root.Public()) || c.Rooted(thief.Public()) || c.Rooted(everyday.Public()) || c.Rooted(sign.Public{}) {
		t.Error("the key of a link")
	}
	named := named(thief, root)
	c = open(t, signed(t, statement(1, named, named), thief, thief), signed(t, statement(2, named, named), thief, thief))
	if c.Rooted(root.Public()) {
		t.Error("a chain that mentions a key passes for its holder's")
	}
}

// authors draws a chain in which roots and everyday keys are replaced at will.
func authors(t *rapid.T, label string) []trust.Signed {
	root := newKey(t)
	all := []trust.Signed{signed(t, statement(1, named(root), named(newKey(t))), root, root)}
	for n := range rapid.IntRange(0, 4).Draw(t, label) {
		next := root
		if rapid.Bool().Draw(t, fmt.Sprintf("%s: a new root %d", label, n+2)) {
			next = newKey(t)
		}
		all = append(all, signed(t, statement(n+2, named(next), named(newKey(t))), next, root))
		root = next
	}
	return all
}

// What is pinned goes on only by its own author, whatever comes, and never goes back.
func TestJoinLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mine, other := authors(t, "mine"), authors(t, "other")
		k := rapid.IntRange(1, len(mine)).Draw(t, "pinned")
		m := rapid.IntRange(1, len(mine)).Draw(t, "brought")
		pinned, brought := open(t, mine[:k]...), open(t, mine[:m]...)
		joined, err := pinned.Join(brought)
		if err != nil || joined.Last().N != max(k, m) {
			t.Fatalf("%d and %d give %d, %v", k, m, joined.Last().N, err)
		}
		stays, err := pinned.Join(open(t, other...))
		if !errors.Is(err, trust.ErrAnother) || !bytes.Equal(stays.Signed()[k-1].Payload, mine[k-1].Payload) {
			t.Fatalf("another author's: %v", err)
		}
		// An author's statements with another end are another chain.
		if len(other) > 1 && k > 1 {
			if _, err := trust.Open(append(append([]trust.Signed{}, mine[:1]...), other[1:]...)); !errors.Is(err, trust.ErrBroken) {
				t.Fatalf("two chains put together: %v", err)
			}
		}
		if first, err := (trust.Chain{}).Join(brought); err != nil || first.Last().N != m {
			t.Fatalf("the first chain of all: %v", err)
		}
		if _, err := pinned.Join(trust.Chain{}); !errors.Is(err, trust.ErrAnother) {
			t.Fatalf("no chain: %v", err)
		}
	})
}

// Flip any byte of a chain, and it is refused.
func TestEveryByteCounts(t *testing.T) {
	root, next := newKey(t), newKey(t)
	all := []trust.Signed{signed(t, statement(1, named(root), named(next)), root, root)}
	for i := range all[0].Payload {
		bad := all[0]
		bad.Payload = bytes.Clone(bad.Payload)
		bad.Payload[i] ^= 1
		if _, err := trust.Open([]trust.Signed{bad}); err == nil {
			t.Fatalf("byte %d (%q) does not count", i, all[0].Payload[i])
		}
	}
}

func TestStatementIsAsDocumented(t *testing.T) {
	a, b := newKey(t), newKey(t)
	s := statement(3, named(a), []trust.Key{{Public: b.Public(), Name: "ассистент"}})
	s.Revoked = []trust.Revoked{{Public: a.Public(), Deck: deck, Epoch: 1, After: 37}}
	got, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf(`{"author":"А. П. Иванова","decks":["dk4m9x7c2k"],"epoch":1,"format":"lectern-trust/1","n":3,"revoked":[{"after":37,"deck":"dk4m9x7c2k","epoch":1,"key":%q}],"root":[{"key":%q}],"sign":[{"key":%q,"name":"ассистент"}]}
`, a.Public(), a.Public(), b.Public())
	if string(got) != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestParseRefuses(t *testing.T) {
	a, b := newKey(t), newKey(t)
	s := statement(1, named(a), named(b))
	s.Revoked = []trust.Revoked{{Public: a.Public(), Deck: deck, Epoch: 1, After: 37}}
	good, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := trust.Parse(good); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ from, to, want string }{
		"another format":        {"trust/1", "trust/2", "unknown format"},
		"an unknown member":     {`"epoch":1,"f`, `"epoch":1,"e":2,"f`, `unknown field "e"`},
		"a member twice":        {`"n":1`, `"n":1,"n":1`, "not canonical"},
		"space":                 {`"n":1`, `"n": 1`, "not canonical"},
		"something behind":      {"}]}\n", "}]}\n{}", "follows"},
		"no number":             {`"n":1`, `"n":0`, "statement 0"},
		"no deck's id":          {deck, "Дек", "not a deck's id"},
		"a name that turns":     {"Иванова", "Иван\u202eова", "name"},
		"a name with no width":  {"Иванова", "Иван\u200bова", "name"},
		"a name with a filler":  {"Иванова", "Иван\u3164ова", "name"},
		"two lines":             {"Иванова", `Иван\nова`, "name"},
		"no name":               {"А. П. Иванова", "", "name"},
		"no key":                {b.Public().String(), "RWQ", "public key"},
		"a key that is revoked": {`"key":"` + a.Public().String() + `"}],"root"`, `"key":"` + b.Public().String() + `"}],"root"`, "signs and is revoked"},
		"a release to come":     {`"after":37`, fmt.Sprintf(`"after":%d`, int64(release.MaxSeq)+1), "revoked after"},
	} {
		bad := strings.Replace(string(good), c.from, c.to, 1)
		if bad == string(good) {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := trust.Parse([]byte(bad)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if _, err := trust.Parse(bytes.Repeat([]byte(" "), trust.MaxStatement+1)); err == nil {
		t.Error("a long statement")
	}
}

func FuzzParse(f *testing.F) {
	k := newKey(f)
	s := statement(1, named(k), named(k))
	b, err := s.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := trust.Parse(b)
		if err != nil {
			return
		}
		if again, err := s.Encode(); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("%q reads as %q, %v", b, again, err)
		}
	})
}
