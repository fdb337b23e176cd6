package release

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func at(epoch int, seq int64, hash string) Statement {
	s := statement()
	s.Epoch, s.Seq, s.Delta = epoch, seq, From{}
	s.Content.Hash = strings.Repeat(hash, 32)
	return s
}

func TestFollows(t *testing.T) {
	installed := at(2, 42, "aa")
	for _, c := range []struct {
		name string
		next Statement
		want error
	}{
		{"the next one", at(2, 43, "bb"), nil},
		{"one after a few", at(2, 47, "bb"), nil},
		{"the farthest", at(2, 42+MaxSkip, "bb"), nil},
		{"one too far", at(2, 43+MaxSkip, "bb"), ErrTooFar},
		{"the last of all", at(2, MaxSeq, "bb"), ErrTooFar},
		{"the same", at(2, 42, "aa"), ErrInstalled},
		{"another of its number", at(2, 42, "bb"), ErrTwins},
		{"an older one", at(2, 41, "bb"), ErrOlder},
		{"an older epoch with a larger number", at(1, 900, "bb"), ErrOlder},
		{"a new epoch counts anew", at(3, 1, "bb"), nil},
		{"a new epoch that does not", at(3, MaxSkip+1, "bb"), ErrTooFar},
	} {
		if err := c.next.Follows(installed); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	other := at(2, 43, "bb")
	other.Deck = "another"
	if err := other.Follows(installed); err == nil {
		t.Error("another deck's release follows")
	}
}

// Of two releases at most one follows the other, so no way leads back.
func TestFollowsIsAnOrder(t *testing.T) {
	draw := rapid.Custom(func(t *rapid.T) Statement {
		return at(rapid.IntRange(1, 3).Draw(t, "epoch"), rapid.Int64Range(1, 5).Draw(t, "seq"), rapid.SampledFrom([]string{"aa", "bb"}).Draw(t, "hash"))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := draw.Draw(t, "a"), draw.Draw(t, "b"), draw.Draw(t, "c")
		if a.Follows(b) == nil && b.Follows(a) == nil {
			t.Fatal("each follows the other")
		}
		if b.Follows(a) == nil && c.Follows(b) == nil && c.Follows(a) != nil {
			t.Fatal("what follows the next does not follow the first")
		}
	})
}

func TestCommentIsOneLine(t *testing.T) {
	want := "deck=dk4m9x7c2k epoch=1 seq=42 sha256=" + strings.Repeat("9e", 32)
	if got := statement().Comment(); got != want {
		t.Errorf("%q", got)
	}
}
