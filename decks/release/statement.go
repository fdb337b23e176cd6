package release

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// StatementFormat is the name of the form of a statement.
const StatementFormat = "lectern-release/1"

// Bounds of a statement and of what it names, in bytes.
const (
	MaxStatement    = 32 << 10
	MaxReleaseNotes = 8 << 10
	MaxHistory      = 256 << 20
)

// MaxSeq bounds the number of a release within its epoch.
const MaxSeq = 1 << 40

// Statement is what an author signs about a release: it binds everything that belongs
// to it by hash and size, so that nothing can be exchanged or mixed with another
// release. It is canonical JSON in one line, like content.
type Statement struct {
	Deck   string // its id
	Label  string // the release in a few words, "" for none
	Epoch  int    // counts the times that its root key has begun to count anew; 1 at first
	Seq    int64  // counts the releases of an epoch, from 1
	Trust  int    // the number of the trust statement by which the key that signs is known
	Time   string // when it was made, RFC 3339 in UTC; only shown
	NextBy string // the day by which the author promises another one, "" for no promise
	MinApp string // the oldest program that can read it, "" for any
	Prev   string // hash of the content before, "" for the first release
	Notes  string // what is new, Markdown for people; "" for nothing to say

	Content Content
	Media   Media
	Delta   From // the way from the release before; the zero value for none
	History History
}

// History is what somebody who shares his own deck did with it; the zero value when he
// keeps that to himself.
type History struct {
	Hash    string
	Bytes   int64
	Reviews int
}

// Content is what the notes of a release are.
type Content struct {
	Hash  string // as [Hash] gives it
	Bytes int64
	Notes int
	Cards int
}

// Media are the pictures and sounds of a release.
type Media struct {
	Count int
	Bytes int64  // of all of them
	List  string // hash of their sorted hashes, one a line; "" when there is none
}

// From is a delta.
type From struct {
	Seq   int64 // of the release that it begins at
	Hash  string
	Bytes int64
}

// Encode writes the statement as it is signed. A statement that ParseStatement would
// refuse is an error.
func (s Statement) Encode() ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("write a statement: %w", err)
	}
	var w writer
	w.open()
	w.name("content")
	w.open()
	w.number("bytes", s.Content.Bytes)
	w.number("cards", int64(s.Content.Cards))
	w.number("notes", int64(s.Content.Notes))
	w.key("sha256", s.Content.Hash)
	w.close()
	w.key("deck", s.Deck)
	if s.Delta != (From{}) {
		w.name("delta")
		w.open()
		w.number("bytes", s.Delta.Bytes)
		w.number("from", s.Delta.Seq)
		w.key("sha256", s.Delta.Hash)
		w.close()
	}
	w.number("epoch", int64(s.Epoch))
	w.key("format", StatementFormat)
	if s.History != (History{}) {
		w.name("history")
		w.open()
		w.number("bytes", s.History.Bytes)
		w.number("reviews", int64(s.History.Reviews))
		w.key("sha256", s.History.Hash)
		w.close()
	}
	w.key("label", s.Label)
	if s.Media != (Media{}) {
		w.name("media")
		w.open()
		w.number("bytes", s.Media.Bytes)
		w.number("count", int64(s.Media.Count))
		w.key("list", s.Media.List)
		w.close()
	}
	w.key("min_app", s.MinApp)
	w.key("next_by", s.NextBy)
	w.key("notes", s.Notes)
	w.key("prev", s.Prev)
	w.number("seq", s.Seq)
	w.key("time", s.Time)
	w.number("trust", int64(s.Trust))
	w.close()
	return append(w.b, '\n'), nil
}

// number writes a member that is a whole number.
func (w *writer) number(name string, n int64) {
	w.name(name)
	w.b = strconv.AppendInt(w.b, n, 10)
}

type statementRecord struct {
	Content struct {
		Bytes int64  `json:"bytes"`
		Cards int    `json:"cards"`
		Notes int    `json:"notes"`
		Hash  string `json:"sha256"`
	} `json:"content"`
	Deck  string `json:"deck"`
	Delta struct {
		Bytes int64  `json:"bytes"`
		From  int64  `json:"from"`
		Hash  string `json:"sha256"`
	} `json:"delta"`
	Epoch   int    `json:"epoch"`
	Format  string `json:"format"`
	History struct {
		Bytes   int64  `json:"bytes"`
		Reviews int    `json:"reviews"`
		Hash    string `json:"sha256"`
	} `json:"history"`
	Label string `json:"label"`
	Media struct {
		Bytes int64  `json:"bytes"`
		Count int    `json:"count"`
		List  string `json:"list"`
	} `json:"media"`
	MinApp string `json:"min_app"`
	NextBy string `json:"next_by"`
	Notes  string `json:"notes"`
	Prev   string `json:"prev"`
	Seq    int64  `json:"seq"`
	Time   string `json:"time"`
	Trust  int    `json:"trust"`
}

// ParseStatement reads what Encode wrote, and nothing else: whoever signed another form
// of the same statement signed another statement.
func ParseStatement(b []byte) (Statement, error) {
	s, err := parseStatement(b)
	if err != nil {
		return Statement{}, fmt.Errorf("read a statement: %w", err)
	}
	return s, nil
}

func parseStatement(b []byte) (Statement, error) {
	if len(b) > MaxStatement {
		return Statement{}, fmt.Errorf("%d bytes, at most %d", len(b), MaxStatement)
	}
	var r statementRecord
	if err := ReadStrict(b, &r); err != nil {
		return Statement{}, err
	}
	if r.Format != StatementFormat {
		return Statement{}, fmt.Errorf("unknown format %.40q, expected %q", r.Format, StatementFormat)
	}
	s := Statement{
		Deck: r.Deck, Label: r.Label, Epoch: r.Epoch, Seq: r.Seq, Trust: r.Trust, Time: r.Time, NextBy: r.NextBy, MinApp: r.MinApp, Prev: r.Prev, Notes: r.Notes,
		Content: Content{Hash: r.Content.Hash, Bytes: r.Content.Bytes, Notes: r.Content.Notes, Cards: r.Content.Cards},
		Media:   Media{Count: r.Media.Count, Bytes: r.Media.Bytes, List: r.Media.List},
		Delta:   From{Seq: r.Delta.From, Hash: r.Delta.Hash, Bytes: r.Delta.Bytes},
		History: History{Hash: r.History.Hash, Bytes: r.History.Bytes, Reviews: r.History.Reviews},
	}
	again, err := s.Encode()
	if err != nil {
		return Statement{}, errors.Unwrap(err)
	}
	if !bytes.Equal(again, b) {
		return Statement{}, errors.New("the form is not canonical")
	}
	return s, nil
}

var appVersion = regexp.MustCompile(`^\d{1,4}(?:\.\d{1,4}){0,2}$`)

func (s Statement) check() error {
	switch {
	case !ValidID(s.Deck):
		return fmt.Errorf("%.80q is not a deck's id", s.Deck)
	case s.Label != Line(s.Label) || len(s.Label) > 200:
		return errors.New("the label is not one short line")
	case s.Notes != Text(s.Notes) || len(s.Notes) > MaxReleaseNotes:
		return fmt.Errorf("the release notes are not a text of at most %d bytes", MaxReleaseNotes)
	case s.Epoch < 1 || s.Epoch > 1<<20 || s.Seq < 1 || s.Seq > MaxSeq || s.Trust < 0 || s.Trust > 1<<20:
		return fmt.Errorf("epoch %d, release %d, trust %d", s.Epoch, s.Seq, s.Trust)
	case !isTime(s.Time, time.RFC3339):
		return fmt.Errorf("%.40q is not a time", s.Time)
	case s.NextBy != "" && !isTime(s.NextBy, time.DateOnly):
		return fmt.Errorf("%.40q is not a day", s.NextBy)
	case s.MinApp != "" && !appVersion.MatchString(s.MinApp):
		return fmt.Errorf("%.40q is not a version", s.MinApp)
	case s.Prev != "" && !IsHash(s.Prev), s.Prev == "" && s.Delta != (From{}):
		return errors.New("the release before is not named")
	case !IsHash(s.Content.Hash) || s.Content.Bytes < 1 || s.Content.Bytes > MaxContent || s.Content.Notes < 0 || s.Content.Notes > MaxNotes || s.Content.Cards < 0 || s.Content.Cards > 1<<30:
		return errors.New("the content is not what content can be")
	case s.Media != (Media{}) && (!IsHash(s.Media.List) || s.Media.Count < 1 || s.Media.Count > MaxMedia || s.Media.Bytes < 0 || s.Media.Bytes > MaxMediaBytes):
		return errors.New("the media are not what media can be")
	case s.Delta != (From{}) && (!IsHash(s.Delta.Hash) || s.Delta.Bytes < 1 || s.Delta.Bytes > MaxContent || s.Delta.Seq < 1 || s.Delta.Seq >= s.Seq):
		return errors.New("the delta does not begin at an earlier release")
	case s.History != (History{}) && (!IsHash(s.History.Hash) || s.History.Bytes < 1 || s.History.Bytes > MaxHistory || s.History.Reviews < 1):
		return errors.New("the history is not what a history can be")
	}
	return nil
}

// What the media of a release may be.
const (
	MaxMedia      = 20_000
	MaxMediaBytes = 2 << 30 // of all of them
	MaxMediaFile  = 50 << 20
)

// IsHash tells whether a text can be what [Hash] gives.
func IsHash(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 32 && hex.EncodeToString(b) == s
}

// isTime tells whether a text is a time in UTC as a layout writes it.
func isTime(s, layout string) bool {
	t, err := time.Parse(layout, s)
	return err == nil && t.UTC().Format(layout) == s
}
