package merge

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks/release"
)

func TestResolve(t *testing.T) {
	const base, theirs = "Модель дополняет текст.", "Модель правдоподобно дополняет текст."
	added := "Модель дополняет текст. Спросить второй раз."
	for _, c := range []struct {
		name        string
		mine        string
		choice      Choice
		want        string
		stays       bool
		theirsEmpty bool
	}{
		{"mine", added, ChooseMine, added, true, false},
		{"mine, a text that was cleared", "", ChooseMine, "", true, false},
		{"the author's", added, ChooseTheirs, "", false, false},
		{"both: what was added is quoted", added, ChooseBoth, theirs + "\n\n> Спросить второй раз.", true, false},
		{"both: a text of one's own is quoted whole", "Просто\nвыдумка.", ChooseBoth, theirs + "\n\n> Просто\n> выдумка.", true, false},
		{"both: a word within is no addition", "Модель языка дополняет текст.", ChooseBoth, theirs + "\n\n> Модель языка дополняет текст.", true, false},
		{"both: a text that was cleared", "", ChooseBoth, theirs, true, false},
		{"both: the author has none", added, ChooseBoth, added, true, true},
		{"both: the same", theirs, ChooseBoth, theirs, true, false},
	} {
		now := theirs
		if c.theirsEmpty {
			now = ""
		}
		got, stays := Resolve(Edit{Value: c.mine, Base: base}, now, c.choice)
		if got.Value != c.want || stays != c.stays || stays && got.Base != now {
			t.Errorf("%s: %+v, %v", c.name, got, stays)
		}
	}
}

// After a choice nothing is asked, and every word that was chosen is shown.
func TestResolveLaws(t *testing.T) {
	text := rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]string{"ключ", "запрос", "вес ", "\n", "> ", "слой, ", "ё", " ", "a"}), 0, 8), func(s []string) string { return strings.Join(s, " ") })
	rapid.Check(t, func(t *rapid.T) {
		base, theirs, mine := text.Draw(t, "base"), text.Draw(t, "theirs"), text.Draw(t, "mine")
		if rapid.Bool().Draw(t, "added") {
			at := rapid.IntRange(0, len(base)).Draw(t, "at")
			mine = strings.ToValidUTF8(base[:at], "") + " " + mine + strings.ToValidUTF8(base[at:], "")
		}
		for _, c := range []Choice{ChooseMine, ChooseTheirs, ChooseBoth} {
			e, stays := Resolve(Edit{Value: mine, Base: base}, theirs, c)
			shown := theirs
			if stays {
				var mark Mark
				if shown, mark = Text(e.Base, theirs, e.Value); mark.Asks() || mark == Theirs {
					t.Fatalf("%s of %q, %q, %q leaves %q (%s)", c, base, theirs, mine, shown, mark)
				}
			}
			if c == ChooseMine && release.Text(shown) != release.Text(mine) {
				t.Fatalf("mine %q is shown as %q", mine, shown)
			}
			if c == ChooseTheirs && shown != theirs || c == ChooseBoth && !strings.HasPrefix(release.Text(shown), release.Text(theirs)) && release.Text(theirs) != "" {
				t.Fatalf("theirs %q is shown as %q", theirs, shown)
			}
			if c != ChooseBoth {
				continue
			}
			for _, w := range strings.Fields(mine) {
				if !strings.Contains(base, w) && !strings.Contains(shown, w) {
					t.Fatalf("%q of %q, written over %q, is not in %q", w, mine, base, shown)
				}
			}
		}
	})
}

// What stayed and went is the text before, what stayed and came the text after.
func TestRunsLaws(t *testing.T) {
	text := rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]string{"ключ", "запрос", " ", "  ", "\n", ", ", ".", "$x^2$", "слой"}), 0, 20), func(s []string) string { return strings.Join(s, "") })
	rapid.Check(t, func(t *rapid.T) {
		was, now := text.Draw(t, "was"), text.Draw(t, "now")
		var a, b strings.Builder
		for i, r := range Runs(was, now) {
			if r.Text == "" {
				t.Fatalf("run %d is empty", i)
			}
			if r.Kind != Came {
				a.WriteString(r.Text)
			}
			if r.Kind != Went {
				b.WriteString(r.Text)
			}
		}
		if a.String() != was || b.String() != now {
			t.Fatalf("%q and %q come of %q and %q", a.String(), b.String(), was, now)
		}
		if was == now {
			for _, r := range Runs(was, now) {
				if r.Kind != Stayed {
					t.Fatalf("%+v of equal texts", r)
				}
			}
		}
	})
}

// A long word that stayed is what a reader goes by, not the short ones around it.
func TestRunsGoByWords(t *testing.T) {
	got := Runs("Помогают поиск и инструменты.", "Помогают поиск, инструменты и честное «не знаю».")
	want := []Run{{"Помогают поиск", Stayed}, {" и", Went}, {",", Came}, {" инструменты", Stayed}, {" и честное «не знаю»", Came}, {".", Stayed}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}
