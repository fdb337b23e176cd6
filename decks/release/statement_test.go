package release

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func statement() Statement {
	h := strings.Repeat("9e", 32)
	return Statement{
		Deck: "dk4m9x7c2k", Label: "Лекции 7–8", Epoch: 1, Seq: 42, Trust: 3, Time: "2027-02-03T10:00:00Z", NextBy: "2027-03-01", MinApp: "1.0",
		Prev: strings.Repeat("41", 32), Content: Content{h, 6366745, 10000, 11873}, Media: Media{96, 18734221, h}, Delta: From{41, h, 12699},
	}
}

func TestStatementIsAsDocumented(t *testing.T) {
	got, err := statement().Encode()
	if err != nil {
		t.Fatal(err)
	}
	h, prev := strings.Repeat("9e", 32), strings.Repeat("41", 32)
	want := fmt.Sprintf(`{"content":{"bytes":6366745,"cards":11873,"notes":10000,"sha256":%q},"deck":"dk4m9x7c2k","delta":{"bytes":12699,"from":41,"sha256":%q},"epoch":1,"format":"lectern-release/1","label":"Лекции 7–8","media":{"bytes":18734221,"count":96,"list":%q},"min_app":"1.0","next_by":"2027-03-01","prev":%q,"seq":42,"time":"2027-02-03T10:00:00Z","trust":3}
`, h, h, h, prev)
	if string(got) != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	back, err := ParseStatement(got)
	if err != nil || back != statement() {
		t.Errorf("%+v, %v", back, err)
	}
	first := statement()
	first.Prev, first.Delta, first.Media, first.Label, first.NextBy, first.MinApp = "", From{}, Media{}, "", "", ""
	first.Seq = 1
	if got, err = first.Encode(); err != nil || bytes.Contains(got, []byte("delta")) || bytes.Contains(got, []byte(`""`)) {
		t.Errorf("%v %s", err, got)
	}
}

func TestParseStatementRefuses(t *testing.T) {
	b, err := statement().Encode()
	if err != nil {
		t.Fatal(err)
	}
	good := string(b)
	for name, c := range map[string]struct{ from, to, want string }{
		"another format":      {"release/1", "release/2", "unknown format"},
		"an unknown key":      {`"epoch"`, `"colour":"red","epoch"`, "colour"},
		"a key twice":         {`"epoch":1`, `"epoch":1,"epoch":1`, "not canonical"},
		"space":               {`"epoch":1`, `"epoch": 1`, "not canonical"},
		"keys in another way": {`"epoch"`, `"EPOCH"`, "not canonical"},
		"a number as text":    {`"seq":42`, `"seq":"42"`, "seq"},
		"a broken number":     {`"seq":42`, `"seq":42.5`, "seq"},
		"a large number":      {`"seq":42`, `"seq":9223372036854775807`, "release 9223372036854775807"},
		"no release":          {`"seq":42`, `"seq":0`, "release 0"},
		"a negative epoch":    {`"epoch":1`, `"epoch":-1`, "epoch -1"},
		"no deck":             {`"dk4m9x7c2k"`, `"../etc"`, "not a deck's id"},
		"two lines":           {"Лекции 7–8", `a\nb`, "one short line"},
		"a turned line":       {"Лекции", "Лекции  ", "one short line"},
		"a local time":        {"10:00:00Z", "10:00:00+03:00", "not a time"},
		"a day that is none":  {"2027-03-01", "2027-02-30", "not a day"},
		"a version":           {`"1.0"`, `"1.0-beta"`, "not a version"},
		"a short hash":        {strings.Repeat("41", 32), strings.Repeat("41", 31), "before is not named"},
		"a hash in capitals":  {strings.Repeat("9e", 32), strings.Repeat("9E", 32), "content"},
		"too much content":    {"6366745", fmt.Sprint(MaxContent + 1), "content"},
		"too many pictures":   {`"count":96`, `"count":20001`, "media"},
		"no pictures":         {`"count":96`, `"count":0`, "media"},
		"a delta of its own":  {`"from":41`, `"from":42`, "earlier release"},
		"something follows":   {"}\n", "}\n{}", "follows"},
		"no line end":         {"}\n", "}", "not canonical"},
	} {
		bad := strings.Replace(good, c.from, c.to, 1)
		if bad == good {
			t.Fatalf("%s: nothing was changed", name)
		}
		s, err := ParseStatement([]byte(bad))
		if err == nil || !strings.Contains(err.Error(), c.want) || s != (Statement{}) {
			t.Errorf("%s: %+v, error %v, want %q", name, s, err, c.want)
		}
	}
	if _, err := ParseStatement(bytes.Repeat([]byte(" "), MaxStatement+1)); err == nil {
		t.Error("a long statement is read")
	}
	lost := statement()
	lost.Prev = ""
	if _, err := lost.Encode(); err == nil {
		t.Error("a delta without the release before is written")
	}
}

func TestStatementLaws(t *testing.T) {
	hash := rapid.StringMatching(`[0-9a-f]{64}`)
	rapid.Check(t, func(t *rapid.T) {
		s := Statement{Deck: "d", Epoch: rapid.IntRange(1, 99).Draw(t, "epoch"), Seq: rapid.Int64Range(2, MaxSeq).Draw(t, "seq"), Trust: rapid.IntRange(0, 9).Draw(t, "trust"),
			Time: time.Unix(rapid.Int64Range(0, 1<<32).Draw(t, "time"), 0).UTC().Format(time.RFC3339), Label: Line(rapid.StringN(0, 40, 150).Draw(t, "label")),
			Content: Content{hash.Draw(t, "hash"), rapid.Int64Range(1, MaxContent).Draw(t, "bytes"), 1, 2}}
		if rapid.Bool().Draw(t, "prev") {
			s.Prev = hash.Draw(t, "prev")
			if rapid.Bool().Draw(t, "delta") {
				s.Delta = From{rapid.Int64Range(1, s.Seq-1).Draw(t, "from"), hash.Draw(t, "delta"), 1}
			}
		}
		b, err := s.Encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := ParseStatement(b)
		if err != nil || !reflect.DeepEqual(got, s) {
			t.Fatalf("%v: %+v, want %+v", err, got, s)
		}
	})
}

func FuzzParseStatement(f *testing.F) {
	b, err := statement().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := ParseStatement(b)
		if err != nil {
			return
		}
		if again, err := s.Encode(); err != nil || !bytes.Equal(again, b) {
			t.Errorf("%v: %q is written as %q", err, b, again)
		}
	})
}
