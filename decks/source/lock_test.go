package source

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
)

const lockHead = `{"deck":"d","format":"lectern-lock/1"}` + "\n"

func TestParseLock(t *testing.T) {
	src := lockHead + `{"file":"a.md","gaps":2,"id":"b","text":"«да» <и> нет"}` + "\n" + `{"id":"a","into":["c","b"],"retired":true,"why":"w"}` + "\n"
	l, err := ParseLock([]byte(strings.ReplaceAll(src, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	want := Lock{Deck: "d", Cards: map[string]Entry{"a": {Retired: true, Into: []string{"b", "c"}, Why: "w"}, "b": {File: "a.md", Gaps: 2, Text: "«да» <и> нет"}}}
	if !reflect.DeepEqual(l, want) {
		t.Errorf("%+v", l)
	}
	sortedByID := lockHead + `{"id":"a","into":["b","c"],"retired":true,"why":"w"}` + "\n" + `{"file":"a.md","gaps":2,"id":"b","text":"«да» <и> нет"}` + "\n"
	if got := string(l.Bytes()); got != sortedByID {
		t.Errorf("%s", got)
	}
	if (Lock{}).Bytes() != nil {
		t.Error("no lock is written as something")
	}
}

func TestParseLockMistakes(t *testing.T) {
	for src, c := range map[string]struct {
		line int
		what problem
	}{
		"":                                       {1, "lock_head"},
		"\n\n":                                   {1, "lock_head"},
		`{"id":"a"}`:                             {1, "lock_head"},
		`{"deck":"d","format":"lectern-lock/2"}`: {1, "lock_version"},
		`{"deck":"Д","format":"lectern-lock/1"}`:              {1, "lock_line"},
		`{"deck":"d","format":"lectern-lock/1","id":"a"}`:     {1, "lock_line"},
		lockHead + `{"id":"a"`:                                {2, "lock_line"},
		lockHead + `{"id":"a"} {}`:                            {2, "lock_line"},
		lockHead + `{"id":"а"}`:                               {2, "lock_line"}, // Cyrillic
		lockHead + `{"text":"a"}`:                             {2, "lock_line"},
		lockHead + `{"id":"a","deck":"d"}`:                    {2, "lock_line"},
		lockHead + `{"id":"a","colour":1}`:                    {2, "lock_line"},
		lockHead + `{"id":"a","gaps":-1}`:                     {2, "lock_line"},
		lockHead + `{"id":"a","why":"w"}`:                     {2, "lock_line"},
		lockHead + `{"id":"a","retired":true,"into":["a"]}`:   {2, "lock_line"},
		lockHead + `{"id":"a","retired":true,"why":" a\nb "}`: {2, "lock_line"},
		lockHead + "\n{\"id\":\"a\"}\n<<<<<<< HEAD\n":         {4, "lock_conflict"},
		lockHead + "=======\n":                                {2, "lock_conflict"},
		lockHead + strings.Replace(lockHead, `"d"`, `"e"`, 1): {2, "lock_deck"},
	} {
		l, err := ParseLock([]byte(src))
		var all Errors
		if !errors.As(err, &all) || !reflect.DeepEqual(l, Lock{}) {
			t.Errorf("%q: %v", src, err)
			continue
		}
		if a := fault.Of(err).Args; a["line"] != c.line || a["problem"] != string(c.what) || a["file"] != LockName {
			t.Errorf("%q: %v", src, a)
		}
	}
}

func entryGen() *rapid.Generator[Entry] {
	text := rapid.SampledFrom([]string{"", "a", "ё <b> & c", "\u2028", `"\`})
	return rapid.Custom(func(t *rapid.T) Entry {
		e := Entry{File: text.Draw(t, "file"), Text: text.Draw(t, "text"), Gaps: rapid.IntRange(0, maxGap).Draw(t, "gaps"), Minor: text.Draw(t, "minor"), Origin: text.Draw(t, "origin")}
		if rapid.Bool().Draw(t, "retired") {
			e.Retired, e.Why = true, release.Line(text.Draw(t, "why"))
			e.Into = sorted(rapid.SliceOfN(rapid.SampledFrom([]string{"x", "y", "z"}), 0, 3).Draw(t, "into"))
		}
		return e
	})
}

func lockGen() *rapid.Generator[Lock] {
	return rapid.Custom(func(t *rapid.T) Lock {
		return Lock{Deck: "d", Cards: rapid.MapOfN(rapid.SampledFrom([]string{"a", "b", "c", "d", "0"}), entryGen(), 0, 4).Draw(t, "cards")}
	})
}

func TestLawLock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := lockGen().Draw(t, "a"), lockGen().Draw(t, "b")
		if got, err := ParseLock(a.Bytes()); err != nil || !reflect.DeepEqual(got, a) {
			t.Fatalf("%v\n%+v\n%+v", err, got, a)
		}
		// The lines of two sides of a merge mean the same in any order and number.
		ab, err := ParseLock([]byte(string(a.Bytes()) + string(b.Bytes())))
		if err != nil {
			t.Fatal(err)
		}
		ba, err := ParseLock([]byte(string(b.Bytes()) + string(a.Bytes()) + string(b.Bytes())))
		if err != nil || !reflect.DeepEqual(ab, ba) {
			t.Fatalf("%v\n%+v\n%+v", err, ab, ba)
		}
		for id, e := range a.Cards {
			if got := ab.Cards[id]; got.Gaps < e.Gaps || got.Retired && !e.Retired {
				t.Fatalf("%s was %+v, is %+v", id, e, got)
			}
		}
	})
}

func FuzzLock(f *testing.F) {
	f.Add([]byte(lockHead + `{"file":"a.md","gaps":2,"id":"b","text":"t"}` + "\n" + `{"id":"a","into":["c","b"],"retired":true,"why":"w"}`))
	f.Add([]byte(lockHead + `{"id":"b","minor":"m","origin":"o/p"}` + "\n" + `{"id":"b","retired":true}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := ParseLock(data)
		if err != nil {
			if fault.Of(err).Code == fault.Unknown {
				t.Fatalf("an error without a sentence: %v", err)
			}
			return
		}
		if again, err := ParseLock(l.Bytes()); err != nil || !reflect.DeepEqual(again, l) {
			t.Fatalf("%v\n%+v\n%+v", err, again, l)
		}
	})
}

// Two authors add, change and remove cards in two branches, and git joins them.
func TestLockMergesInGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("there is no git here")
	}
	card := func(question, id string) string { return "Вопрос: " + question + "?\n" + id + "\n" }
	middle := "\nмежду ними\n"
	base := fmtHead + card("лёд", "<!-- ^b1 -->") + "# S2\n<!-- section: s2 -->\n" + middle + "\n" + card("вода", "<!-- ^b2 -->")
	ours := strings.Replace(base, "лёд?", "лёд и снег?", 1) + ""
	ours = strings.Replace(ours, "# S2\n", card("наша", "<!-- ^a1 -->")+"# S2\n", 1)
	theirs := strings.Replace(base, "вода?", "вода и пар?", 1) + card("их", "<!-- ^c1 -->")

	dir := t.TempDir()
	run := func(args ...string) string {
		t.Helper()
		cmd := exec.Command(git, append([]string{"-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"}, args...)...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	write := func(src string, lock Lock) Lock {
		t.Helper()
		got, f := one(t, src, lock, Options{})
		for name, data := range map[string]string{"a.md": got, LockName: string(f.Lock.Bytes()), ".gitattributes": LockName + " merge=union\n"} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		run("add", "-A")
		run("commit", "-q", "-m", "x")
		return f.Lock
	}
	run("init", "-q", "-b", "main")
	lock := write(base, Lock{})
	run("checkout", "-q", "-b", "theirs")
	write(theirs, lock)
	run("checkout", "-q", "main")
	write(ours, lock)
	run("merge", "-q", "--no-edit", "theirs")

	src, err := os.ReadFile(filepath.Join(dir, "a.md"))
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, LockName))
	if err != nil {
		t.Fatal(err)
	}
	merged, err := ParseLock(data)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	got, f := one(t, string(src), merged, Options{})
	if got != string(src) || f.Given+f.Healed+f.Copies+len(f.Retired) > 0 {
		t.Errorf("a merge changes cards: %+v", f)
	}
	if want := lockOf(t, string(src)); !reflect.DeepEqual(f.Lock, want) || len(want.Cards) != 4 {
		t.Errorf("%+v, want %+v", f.Lock, want)
	}
}

// A lock that was lost is made again of a release.
func TestLockOfRelease(t *testing.T) {
	lock := lockOf(t, lecture)
	src := replaced(t, lecture, "<!-- ^cache -->", "<!-- ^cache merges=ice -->")
	src = src[:strings.Index(src, "Вопрос: Почему лёд")] + src[strings.Index(src, "Вопрос: Зачем"):]
	got, f := one(t, src, lock, Options{Why: "w"})
	rel, _, err := release.New(Released(mustParse(t, []byte(got)), f.Lock))
	if err != nil {
		t.Fatal(err)
	}
	again, err := Lock{}.Restore(LockOf(rel.Deck))
	if err != nil {
		t.Fatal(err)
	}
	nothing := strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(got, "<!-- ^cache merges=ice -->\n", ""), "<!-- ^scale -->\n", ""), "<!-- ^gaps -->\n", "")
	healed, _ := one(t, nothing, again, Options{})
	if !reflect.DeepEqual(cardIDs(healed), []string{"scale", "gaps", "cache"}) {
		t.Errorf("%v", cardIDs(healed))
	}
	if d := Released(mustParse(t, []byte(healed)), again); !reflect.DeepEqual(d.Retired, []decks.Retired{{ID: "ice", Into: []string{"cache"}, Why: "w"}}) {
		t.Errorf("%+v", d.Retired)
	}
	if again.Cards["gaps"].Gaps != 2 {
		t.Errorf("%+v", again.Cards["gaps"])
	}
	// What the present lock knows stays.
	here := Lock{Deck: "d", Cards: map[string]Entry{"gaps": {File: "a.md", Gaps: 9}, "own": {Text: "t"}}}
	both, err := here.Restore(LockOf(rel.Deck))
	if err != nil || both.Cards["gaps"].Gaps != 9 || both.Cards["own"].Text != "t" || !both.Cards["ice"].Retired || len(both.Cards) != 5 {
		t.Errorf("%v, %+v", err, both)
	}
	if _, err := (Lock{Deck: "other"}).Restore(LockOf(rel.Deck)); fault.Of(err).Args["problem"] != "lock_deck" {
		t.Errorf("%v", err)
	}
}
