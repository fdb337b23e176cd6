package class

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"lectern/decks/release"
)

// The kinds of file.
const (
	AnswersFormat = "lectern-answers/1"
	ReportFormat  = "lectern-report/1"
)

// MaxFile is the longest file that is read, in bytes.
const MaxFile = 8 << 20

const maxEntries = 20_000 // notes or cards in a file

// Reporter is the pseudonym of a student in the files of one kind about one deck.
// Secret is the student's own, random, and never leaves the collection.
func Reporter(secret []byte, format, deck string) string {
	mac := hmac.New(sha256.New, secret)
	fmt.Fprintf(mac, "lectern-reporter/1\x00%s\x00%s", format, deck)
	return hex.EncodeToString(mac.Sum(nil)[:reporterSize])
}

const reporterSize = 16 // bytes

// head is what both kinds of file begin with.
type head struct {
	Format   string `json:"format"`
	Deck     string `json:"deck"`
	Release  string `json:"release"`
	Reporter string `json:"reporter"`
}

func (h head) check(format string) error {
	switch {
	case h.Format != format:
		return fmt.Errorf("the format is %.40q, not %s", h.Format, format)
	case !release.ValidID(h.Deck):
		return fmt.Errorf("%.40q is no id of a deck", h.Deck)
	case !release.IsHash(h.Release):
		return fmt.Errorf("%.80q is no release", h.Release)
	case len(h.Reporter) != 2*reporterSize || strings.Trim(h.Reporter, "0123456789abcdef") != "":
		return fmt.Errorf("%.40q is no reporter", h.Reporter)
	}
	return nil
}

// write is a file as a person can read it, too.
func write(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// read takes only what write could have written, but for space between the tokens,
// which mail may change.
func read(data []byte, v any) error {
	if len(data) > MaxFile {
		return fmt.Errorf("%d bytes, at most %d", len(data), MaxFile)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if err := release.ReadStrict(data, v); err != nil {
		return err
	}
	again, err := write(v)
	if err != nil {
		return err
	}
	var got, want bytes.Buffer
	if err := json.Compact(&got, data); err != nil {
		return err
	}
	if err := json.Compact(&want, again); err != nil {
		return err
	}
	if !bytes.Equal(got.Bytes(), want.Bytes()) {
		return errors.New("it is not as the program writes it")
	}
	return nil
}

// Format tells what kind of file data is, "" for neither.
func Format(data []byte) string {
	if len(data) > MaxFile {
		return ""
	}
	var h head
	if json.Unmarshal(bytes.TrimPrefix(data, []byte("\uFEFF")), &h) != nil {
		return ""
	}
	if h.Format == AnswersFormat || h.Format == ReportFormat {
		return h.Format
	}
	return ""
}
