package sign_test

import (
	"errors"
	"strings"
	"testing"

	"lectern/decks/release/sign"
)

func TestCode(t *testing.T) {
	for range 20 {
		key, err := sign.New()
		if err != nil {
			t.Fatal(err)
		}
		code, err := key.Code()
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Split(code, "\n"); len(lines) != 3 || len(lines[0]) != 29 {
			t.Fatalf("%q", code)
		}
		typed := strings.NewReplacer("0", "О", "1", "l", "A", "а", "B", "В", "\n", " - ", "X", "х").Replace(strings.ToLower(code))
		for _, text := range []string{code, strings.ReplaceAll(code, " ", ""), "\n" + strings.ToLower(code) + "\n", typed} {
			again, err := sign.ParseCode(text)
			if err != nil || !again.Public().Equal(key.Public()) {
				t.Fatalf("%q: %v", text, err)
			}
			sig, err := again.Sign([]byte("x"), "x")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := key.Public().Verify([]byte("x"), sig); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A mistake is told with its line.
func TestMistypedCode(t *testing.T) {
	key, err := sign.New()
	if err != nil {
		t.Fatal(err)
	}
	code, err := key.Code()
	if err != nil {
		t.Fatal(err)
	}
	missed := 0
	for i := range code {
		if code[i] == ' ' || code[i] == '\n' {
			continue
		}
		other := byte('7')
		if code[i] == '7' {
			other = '8'
		}
		var bad sign.ErrCode
		switch _, err := sign.ParseCode(code[:i] + string(other) + code[i+1:]); {
		case err == nil:
			t.Fatalf("sign %d may be another", i)
		case !errors.As(err, &bad) || bad.Line != strings.Count(code[:i], "\n")+1:
			missed++ // one sum in 256 is that of the mistake too; the last line tells
		}
	}
	if missed > 4 {
		t.Errorf("%d mistakes of 72 are told on another line", missed)
	}
	lines := strings.Split(code, "\n")
	for _, text := range []string{"", "x", code + "0", code[1:], lines[1] + lines[0] + lines[2], strings.Repeat("0", 72), "привет", strings.Repeat("!", 72)} {
		var bad sign.ErrCode
		if _, err := sign.ParseCode(text); !errors.As(err, &bad) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzParseCode(f *testing.F) {
	f.Add(strings.Repeat("0", 72))
	f.Fuzz(func(t *testing.T, text string) {
		key, err := sign.ParseCode(text)
		if err != nil {
			return
		}
		code, err := key.Code()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := sign.ParseCode(code); err != nil || !again.Public().Equal(key.Public()) {
			t.Fatalf("%q is read and written as %q, %v", text, code, err)
		}
	})
}
