package sign_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lectern/decks/release/sign"
)

func key(t testing.TB) sign.Secret {
	t.Helper()
	s, err := sign.New()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func signed(t testing.TB, s sign.Secret, message, comment string) []byte {
	t.Helper()
	sig, err := s.Sign([]byte(message), comment)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

func TestVerify(t *testing.T) {
	s := key(t)
	sig := signed(t, s, "release 42", "deck=dk seq=42")
	comment, err := s.Public().Verify([]byte("release 42"), sig)
	if err != nil || comment != "deck=dk seq=42" {
		t.Fatalf("%q, %v", comment, err)
	}
	again := signed(t, s, "release 42", "deck=dk seq=42")
	if !bytes.Equal(sig, again) {
		t.Error("the same message has another signature")
	}
	for name, c := range map[string]struct {
		key       sign.Public
		message   string
		signature []byte
	}{
		"another message":   {s.Public(), "release 43", sig},
		"another key":       {key(t).Public(), "release 42", sig},
		"no key":            {sign.Public{}, "release 42", sig},
		"no signature":      {s.Public(), "release 42", nil},
		"another comment":   {s.Public(), "release 42", bytes.Replace(sig, []byte("seq=42"), []byte("seq=43"), 1)},
		"a long signature":  {s.Public(), "release 42", append(bytes.Repeat([]byte("a"), sign.MaxSignature), sig...)},
		"half a signature":  {s.Public(), "release 42", sig[:len(sig)/2]},
		"other's signature": {s.Public(), "release 42", signed(t, key(t), "release 42", "deck=dk seq=42")},
	} {
		if comment, err := c.key.Verify([]byte(c.message), c.signature); !errors.Is(err, sign.ErrNotSigned) || comment != "" {
			t.Errorf("%s: %q, %v", name, comment, err)
		}
	}
	// No byte of a signature can be changed, but those of the comment that is not signed.
	from := bytes.IndexByte(sig, '\n')
	for i := from; i < len(sig); i++ {
		bad := bytes.Clone(sig)
		bad[i] ^= 1
		if got, err := s.Public().Verify([]byte("release 42"), bad); err == nil && got != comment {
			t.Errorf("byte %d changed: %q", i, got)
		}
	}
}

func TestKeys(t *testing.T) {
	s := key(t)
	line := s.Public().String()
	if len(line) != 56 || !strings.HasPrefix(line, "RW") {
		t.Errorf("key %q", line)
	}
	p, err := sign.ParsePublic("  " + line + "\n")
	if err != nil || p.String() != line || p.Fingerprint() != s.Public().Fingerprint() || len(p.Fingerprint()) != 8 {
		t.Errorf("%v %v", p, err)
	}
	if p, err := sign.ParsePublic("untrusted comment: minisign public key\n" + line + "\n"); err != nil || p.String() != line {
		t.Errorf("a file of minisign: %v %v", p, err)
	}
	for _, bad := range []string{"", "RWQ", line[:55], line + "A", "untrusted comment: x\n", strings.Repeat("RWQ", 1<<16)} {
		if p, err := sign.ParsePublic(bad); err == nil || p.String() != "" {
			t.Errorf("%.20q is read as a key", bad)
		}
	}
	text, err := s.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	back, err := sign.ParseSecret(text)
	if err != nil || back.Public().String() != line {
		t.Errorf("%v, %v", back.Public(), err)
	}
	if !sign.HoldsSecret(text) || !sign.HoldsSecret([]byte("# notes\nuntrusted comment: minisign encrypted secret key\nRW")) || sign.HoldsSecret([]byte("A secret key is not to be shared.\n")) || sign.HoldsSecret([]byte("untrusted comment: minisign public key\n"+line)) {
		t.Error("files with secret keys are not told from others")
	}
	for _, bad := range []string{"", "x", string(text[:40]), "untrusted comment: minisign encrypted secret key\n" + line} {
		if _, err := sign.ParseSecret([]byte(bad)); err == nil {
			t.Errorf("%.30q is read as a secret key", bad)
		}
	}
	for _, bad := range []string{"two\nlines", "tab\there", strings.Repeat("a", 2000)} {
		if _, err := s.Sign([]byte("m"), bad); err == nil {
			t.Errorf("comment %.10q is signed", bad)
		}
	}
}

// minisign is the program of that name; where there is none the test is skipped.
func minisign(t *testing.T, args ...string) (string, error) {
	t.Helper()
	program, err := exec.LookPath("minisign")
	if err != nil {
		t.Skip("minisign is not installed")
	}
	out, err := exec.Command(program, args...).CombinedOutput()
	return string(out), err
}

func TestMinisignVerifiesOurs(t *testing.T) {
	s, dir := key(t), t.TempDir()
	file := filepath.Join(dir, "release.json")
	const message = "{\"seq\":42}\n"
	write(t, file, message)
	write(t, file+".minisig", string(signed(t, s, message, "deck=dk seq=42")))
	out, err := minisign(t, "-Vm", file, "-P", s.Public().String())
	if err != nil || !strings.Contains(out, "deck=dk seq=42") {
		t.Errorf("%v: %s", err, out)
	}
	write(t, file, "{\"seq\":43}\n")
	if out, err := minisign(t, "-Vm", file, "-P", s.Public().String()); err == nil {
		t.Errorf("a changed file: %s", out)
	}
}

func TestWeVerifyMinisigns(t *testing.T) {
	dir := t.TempDir()
	pub, sec, file := filepath.Join(dir, "k.pub"), filepath.Join(dir, "k.sec"), filepath.Join(dir, "feed.json")
	if out, err := minisign(t, "-G", "-W", "-p", pub, "-s", sec); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	write(t, file, "a feed")
	p, err := sign.ParsePublic(read(t, pub))
	if err != nil {
		t.Fatal(err)
	}
	for _, how := range [][]string{nil, {"-l"}} { // hashed first, and as it was of old
		if out, err := minisign(t, append([]string{"-S", "-W", "-s", sec, "-t", "by minisign", "-m", file}, how...)...); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if comment, err := p.Verify([]byte("a feed"), []byte(read(t, file+".minisig"))); err != nil || comment != "by minisign" {
			t.Errorf("%v: %q, %v", how, comment, err)
		}
	}
	s, err := sign.ParseSecret([]byte(read(t, sec)))
	if err != nil || s.Public().String() != p.String() {
		t.Errorf("its secret key: %v, %v", s.Public(), err)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func FuzzVerify(f *testing.F) {
	s := key(f)
	sig := signed(f, s, "m", "c")
	f.Add([]byte("m"), sig, s.Public().String())
	f.Add([]byte{}, []byte("untrusted comment: \nRWQ=\ntrusted comment: \n="), "RWQ")
	f.Fuzz(func(t *testing.T, message, signature []byte, public string) {
		if p, err := sign.ParsePublic(public); err == nil {
			if q, err := sign.ParsePublic(p.String()); err != nil || q.String() != p.String() {
				t.Error("a key is not read as it is written")
			}
		}
		_, err := s.Public().Verify(message, signature)
		if err == nil && string(message) != "m" {
			t.Error("a message that nobody signed is verified")
		}
		_, _ = sign.ParseSecret(signature)
	})
}
