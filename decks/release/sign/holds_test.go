package sign_test

import (
	"testing"

	"lectern/decks/release/sign"
)

// A secret key is known among the sources of a course by whatever program wrote it, and in
// whatever it was pasted.
func TestHoldsSecret(t *testing.T) {
	k, err := sign.New()
	if err != nil {
		t.Fatal(err)
	}
	ours, err := k.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	for text, holds := range map[string]bool{
		string(ours): true,
		"untrusted comment: minisign encrypted secret key\nRWRT": true,
		"Untrusted comment: rsign encrypted SECRET KEY\r\nRWRT":  true,
		"# Лекция\n\n```\n  " + string(ours) + "```\n":           true,
		"": false,
		"untrusted comment: minisign public key A1B2\nRWQ":              false,
		"В курсе рассказано, что такое secret key и untrusted comment.": false,
		k.Public().String(): false,
	} {
		if sign.HoldsSecret([]byte(text)) != holds {
			t.Errorf("%.60q: %v", text, !holds)
		}
	}
}
