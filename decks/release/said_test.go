package release

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What an author says is new, and what a friend did with his deck, is signed with the rest.
func TestStatementSays(t *testing.T) {
	s := statement()
	s.Notes = "12 новых, 3 исправлено.\n\n- «Лекция 7»: \"корень\" из <d>"
	s.History = History{Hash: strings.Repeat("ab", 32), Bytes: 4711, Reviews: 312}
	b, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`"history":{"bytes":4711,"reviews":312,"sha256":"` + s.History.Hash + `"}`,
		`"notes":"12 новых, 3 исправлено.\n\n- «Лекция 7»: \"корень\" из <d>"`,
	} {
		if !strings.Contains(string(b), part) {
			t.Errorf("%s\nis not in %s", part, b)
		}
	}
	if back, err := ParseStatement(b); err != nil || back != s {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestStatementRefusesToSay(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	for name, c := range map[string]struct {
		change func(*Statement)
		want   string
	}{
		"a novel":                 {func(s *Statement) { s.Notes = strings.Repeat("ё", MaxReleaseNotes/2+1) }, "release notes"},
		"a text that is not kept": {func(s *Statement) { s.Notes = "так \r\n" }, "release notes"},
		"a control":               {func(s *Statement) { s.Notes = "a\x1b[2Jb" }, "release notes"},
		"no UTF-8":                {func(s *Statement) { s.Notes = "a\xff" }, "release notes"},
		"a history of nothing":    {func(s *Statement) { s.History = History{Hash: hash, Bytes: 1} }, "history"},
		"a history of no bytes":   {func(s *Statement) { s.History = History{Hash: hash, Reviews: 1} }, "history"},
		"a history of no hash":    {func(s *Statement) { s.History = History{Bytes: 1, Reviews: 1} }, "history"},
		"a history in capitals":   {func(s *Statement) { s.History = History{Hash: strings.ToUpper(hash), Bytes: 1, Reviews: 1} }, "history"},
		"an endless history":      {func(s *Statement) { s.History = History{Hash: hash, Bytes: MaxHistory + 1, Reviews: 1} }, "history"},
	} {
		s := statement()
		c.change(&s)
		if _, err := s.Encode(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := statement()
	s.Notes = strings.Repeat("ё", MaxReleaseNotes/2)
	b, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Replace(string(b), `"notes":"`, `"notes":"ё`, 1)
	if _, err := ParseStatement([]byte(long)); err == nil || !strings.Contains(err.Error(), "release notes") {
		t.Errorf("%v", err)
	}
}

// Whatever notes and history a statement takes, it reads back.
func TestStatementSaysLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := statement()
		s.Notes = Text(rapid.StringN(0, 300, 2000).Draw(t, "notes"))
		if rapid.Bool().Draw(t, "history") {
			s.History = History{rapid.StringMatching(`[0-9a-f]{64}`).Draw(t, "hash"), rapid.Int64Range(1, MaxHistory).Draw(t, "bytes"), rapid.IntRange(1, 1<<30).Draw(t, "reviews")}
		}
		b, err := s.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if back, err := ParseStatement(b); err != nil || back != s {
			t.Fatalf("%+v, %v, want %+v", back, err, s)
		}
	})
}
