package fetch

import (
	"testing"

	"lectern/decks/fault"
)

func TestHost(t *testing.T) {
	for address, want := range map[string]string{
		"example.org/a": "example.org", "http://127.0.0.1:8000/": "127.0.0.1", "https://anna:pw@example.org/": "example.org",
		"https://github.com/o/r/blob/main/a.md": "raw.githubusercontent.com",
	} {
		if got, err := Host(address); got != want || err != nil {
			t.Errorf("%s is asked of %q, %v; want %q", address, got, err, want)
		}
	}
	if _, err := Host("ftp://example.org/"); !fault.Is(err, fault.WrongScheme) {
		t.Errorf("ftp: %v", err)
	}
}
