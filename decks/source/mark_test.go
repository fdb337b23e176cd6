package source

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/fault"
)

func TestMark(t *testing.T) {
	src := fmtHead + "Вопрос: q?\r\n<!--  ^a   from=x keep -->  \r\nВопрос: p?\n<!-- ^b major=2 -->\nВопрос: r?\n<!-- ^c -->\n"
	out, err := Mark([]File{{"a.md", []byte(src)}}, []string{"b", "a"})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("<!--  ^a   from=x keep -->  ", "<!-- ^a major=1 from=x keep -->", "major=2", "major=3").Replace(src)
	if got := string(out[0].Data); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, err := Mark([]File{{"a.md", []byte(src)}}, []string{"a", "z"}); !fault.Is(err, fault.NoSuchCard) || fault.Of(err).Args["card"] != "z" {
		t.Errorf("%v", err)
	}
	if _, err := Mark([]File{{"a.md", []byte(src + "Q:\n")}}, []string{"a"}); !fault.Is(err, fault.BadSource) {
		t.Errorf("%v", err)
	}
}

func TestSettle(t *testing.T) {
	lock, d := lockOf(t, lecture), mustParse(t, []byte(lecture))
	lock, err := Settle(d, lock, []string{"ice"})
	if err != nil || lock.Cards["ice"].Minor != Sum(d.Notes[0]) || lock.Cards["gaps"].Minor != "" {
		t.Errorf("%v %+v", err, lock.Cards)
	}
	if _, err := Settle(d, lock, []string{"z"}); !fault.Is(err, fault.NoSuchCard) {
		t.Errorf("%v", err)
	}
}

func TestSumIsOfWhatIsSaid(t *testing.T) {
	n := decks.Note{Kind: decks.Choice, Fields: map[decks.Field]string{decks.Front: "q"}, Choices: []decks.Option{{Text: "a", Right: true}, {Text: "b"}}}
	other := n
	other.Choices = []decks.Option{{Text: "a"}, {Text: "b", Right: true}}
	if Sum(n) == Sum(other) {
		t.Error("another option is right")
	}
	other = n
	other.Tags, other.Section, other.Major = []string{"t"}, "s", 3
	if Sum(n) != Sum(other) {
		t.Error("it says the same")
	}
}

const someKey = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"

func TestSetHead(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		head []Head
		want string
	}{
		"added behind the last": {"---\ntitle: T\n# c\nlang: ru\n\n---\nx\n", []Head{{"key", someKey}, {"author", "А. Б."}}, "---\ntitle: T\n# c\nlang: ru\nkey: " + someKey + "\nauthor: А. Б.\n\n---\nx\n"},
		"replaced":              {"---\r\ntitle: T # c\r\nfeed: https://a\r\n---\r\n", []Head{{"feed", "https://b"}, {"title", "U"}}, "---\r\ntitle: U\r\nfeed: \"https://b\"\r\n---\r\n"},
		"taken out":             {"---\ntitle: T\nfeed: https://a\n---\n", []Head{{"feed", ""}, {"key", ""}}, "---\ntitle: T\n---\n"},
		"no head":               {"# T\n\n## S\n", []Head{{"author", "A"}}, "---\nlectern: 1\nauthor: A\n---\n\n# T\n\n## S\n"},
	} {
		out, err := SetHead([]File{{"a.md", []byte(c.src)}, {"b.md", []byte("# S\n")}}, c.head...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := string(out[0].Data); got != c.want || string(out[1].Data) != "# S\n" {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
	if _, err := SetHead([]File{{"a.md", []byte("---\ntitle: T\n---\n")}}, Head{"key", "no key"}); err == nil {
		t.Error("what is no key was written")
	}
}

// What its author said of changes is not said of a fork's.
func TestForkKeepsNothing(t *testing.T) {
	out, _, err := Fork([]File{{"a.md", []byte(fmtHead + "Вопрос: q?\n<!-- ^a major=2 from=b keep -->\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if text := string(out[0].Data); strings.Contains(text, "keep") || strings.Contains(text, "major") || strings.Contains(text, "from") {
		t.Error(text)
	}
}

// A fork says the same and shares no id.
func TestLawFork(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was := Course{Deck: deckGen().Draw(t, "deck"), Key: someKey}
		files := []File{{"a.md", was.Write()}}
		before, err := ParseFiles(files)
		if err != nil {
			t.Fatal(err)
		}
		if before.Key != someKey {
			t.Fatalf("key %q", before.Key)
		}
		out, lock, err := Fork(files, Head{"author", "Другой"})
		if err != nil {
			t.Fatal(err)
		}
		after, err := ParseFiles(out)
		if err != nil {
			t.Fatal(err)
		}
		ids := func(d decks.Deck) map[string]bool {
			out := map[string]bool{d.ID: true}
			for _, s := range d.Sections {
				out[s.ID] = true
			}
			for _, n := range d.Notes {
				out[n.ID] = true
			}
			return out
		}
		old := ids(before.Deck)
		for id := range ids(after.Deck) {
			if old[id] {
				t.Fatalf("the id %s is in both", id)
			}
		}
		var want, got []string
		for _, n := range before.Deck.Notes {
			want = append(want, before.Deck.ID+"/"+n.ID)
		}
		for _, n := range after.Deck.Notes {
			got = append(got, lock.Cards[n.ID].Origin)
		}
		if !slices.Equal(got, want) || lock.Deck != after.Deck.ID || len(lock.Cards) != len(want) {
			t.Fatalf("origins %v, want %v", got, want)
		}
		if after.Deck.Author != "Другой" || after.Deck.License != before.Deck.License || after.Deck.Feed != "" || after.Key != "" {
			t.Fatalf("%+v", after.Deck)
		}
		a, b := bare(before.Deck), bare(after.Deck)
		for i := range a.Notes {
			a.Notes[i].Major, a.Notes[i].From, a.Notes[i].Merges = 0, "", nil
		}
		if !reflect.DeepEqual(a.Notes, b.Notes) || a.Title != b.Title {
			t.Fatalf("the fork says something else:\n%+v\n%+v", a, b)
		}
	})
}
