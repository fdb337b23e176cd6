package release

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
)

func released(t testing.TB, d decks.Deck) (Release, []byte) {
	t.Helper()
	r, content, err := New(d)
	if err != nil {
		t.Fatal(err)
	}
	return r, content
}

func TestDeltaIsAsDocumented(t *testing.T) {
	old := decks.Deck{ID: "dk", Title: "T", Sections: []decks.Section{{ID: "s", Title: "S"}}}
	for _, id := range []string{"a", "b", "c", "d"} {
		old.Notes = append(old.Notes, decks.Note{ID: id, Kind: decks.Question, Section: "s", Fields: map[decks.Field]string{decks.Front: "What is " + id + "?"}})
	}
	next := old
	next.Title = "U"
	next.Notes = []decks.Note{old.Notes[1], old.Notes[3], old.Notes[2], {ID: "e", Kind: decks.Question, Section: "s", Fields: map[decks.Field]string{decks.Front: "New?"}}}
	next.Notes[0].Fields = map[decks.Field]string{decks.Front: "What is b?", decks.Back: "A letter."}
	next.Notes[0].Major = 1
	old.Retired = []decks.Retired{{ID: "z"}}
	next.Retired = []decks.Retired{{ID: "a", Into: []string{"b"}, Why: "doubled"}}
	from, _ := released(t, old)
	to, content := released(t, next)
	got, err := Delta(from, to)
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf(`{"format":"lectern-delta/1","from":%q,"kind":"delta","to":%q}
{"format":"lectern-content/1","id":"dk","kind":"deck","sections":[{"id":"s","title":"S"}],"title":"U"}
{"kind":"gone","note":"a"}
{"fields":{"answer":"A letter.","question":"What is b?"},"id":"b","kind":"note","major":1,"section":"s","type":"question"}
{"after":"b","kind":"place","note":"d"}
{"fields":{"question":"New?"},"id":"e","kind":"note","section":"s","type":"question"}
{"after":"c","kind":"place","note":"e"}
{"id":"a","into":["b"],"kind":"retired","why":"doubled"}
{"kind":"unretired","note":"z"}
`, from.Hash, to.Hash)
	if string(got) != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	back, bytesOf, err := Apply(from, got)
	if err != nil || !reflect.DeepEqual(back, to) || !bytes.Equal(bytesOf, content) {
		t.Errorf("%v\n%+v\nwant\n%+v", err, back, to)
	}
}

// A delta is the next release, and a chain of them is the last one.
func TestDeltaLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at, _, err := New(deckGen().Draw(t, "first"))
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 4).Draw(t, "releases") {
			d := deckGen().Draw(t, "next")
			d.Notes = rapid.Permutation(d.Notes).Draw(t, "order")
			next, content, err := New(d)
			if err != nil {
				t.Fatal(err)
			}
			delta, err := Delta(at, next)
			if err != nil {
				t.Fatal(err)
			}
			got, bytesOf, err := Apply(at, delta)
			if err != nil {
				t.Fatalf("%v\n%s", err, delta)
			}
			if like, err := DecodeLike(content, at.Deck); err != nil || !reflect.DeepEqual(like, next.Deck) {
				t.Fatalf("read beside another release: %+v, %v\nwant %+v", like, err, next.Deck)
			}
			if !reflect.DeepEqual(got, next) || !bytes.Equal(bytesOf, content) {
				t.Fatalf("got %+v\nwant %+v\n%s", got, next, delta)
			}
			if next.Hash != at.Hash {
				if _, _, err := Apply(next, delta); !errors.Is(err, ErrWrongBase) {
					t.Fatalf("applied to another release: %v", err)
				}
			}
			at = got
		}
	})
}

func TestApplyRefuses(t *testing.T) {
	old, _ := released(t, sample())
	changed := sample()
	changed.Title = "Иначе"
	changed.Notes = append(changed.Notes, decks.Note{ID: "new0000001", Kind: decks.Question, Section: "s1", Fields: map[decks.Field]string{decks.Front: "Что ещё?"}})
	next, _ := released(t, changed)
	good, err := Delta(old, next)
	if err != nil {
		t.Fatal(err)
	}
	head := string(bytes.SplitAfter(good, []byte("\n"))[0])
	note := `{"fields":{"question":"Что?"},"id":"other00001","kind":"note","section":"s1","type":"question"}` + "\n"
	for name, c := range map[string]struct{ delta, want string }{
		"nothing":            {"", "cut off"},
		"half a line":        {head[:20], "cut off"},
		"no head":            {note, "line 1"},
		"another format":     {strings.Replace(head, "delta/1", "delta/2", 1), "unknown format"},
		"an unknown record":  {head + `{"kind":"burn","note":"x"}` + "\n", `kind "burn"`},
		"an unknown key":     {head + `{"kind":"gone","note":"x","why":"y"}` + "\n", "why"},
		"no record":          {head + "[]\n", "line 2"},
		"a stranger gone":    {head + `{"kind":"gone","note":"x"}` + "\n", "was not there"},
		"gone twice":         {head + strings.Repeat(`{"kind":"gone","note":"7f3k2m9qa1"}`+"\n", 2), "gone twice"},
		"gone and there":     {head + `{"kind":"gone","note":"7f3k2m9qa1"}` + "\n" + `{"kind":"place","note":"7f3k2m9qa1"}` + "\n", "gone and there"},
		"without a place":    {head + note, "has no place"},
		"back twice":         {head + strings.Repeat(`{"kind":"unretired","note":"x"}`+"\n", 2), "no more, twice"},
		"back from nowhere":  {head + `{"kind":"unretired","note":"x"}` + "\n", "but was not"},
		"withdrawn twice":    {head + strings.Repeat(`{"id":"x","kind":"retired"}`+"\n", 2), "withdrawn twice"},
		"withdrawn, there":   {head + `{"id":"7f3k2m9qa1","kind":"retired"}` + "\n", "retired note is in the deck"},
		"written twice":      {head + note + note, "written twice"},
		"behind nobody":      {head + note + `{"after":"nobody","kind":"place","note":"other00001"}` + "\n", "cannot stand behind"},
		"behind itself":      {head + note + `{"after":"other00001","kind":"place","note":"other00001"}` + "\n", "line 3"},
		"placed twice":       {head + note + strings.Repeat(`{"kind":"place","note":"other00001"}`+"\n", 2), "placed twice"},
		"another deck":       {head + strings.Replace(string(headLine(old.Deck)), old.Deck.ID, "dk9", 1), `names deck "dk9"`},
		"the deck too late":  {head + note + string(headLine(old.Deck)), "does not stand first"},
		"not what it names":  {head, ErrNoFit.Error()},
		"an unknown section": {head + strings.Replace(note, `"s1"`, `"s9"`, 1) + `{"kind":"place","note":"other00001"}` + "\n", "no section"},
	} {
		r, content, err := Apply(old, []byte(c.delta))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
		if content != nil || !reflect.DeepEqual(r, Release{}) {
			t.Errorf("%s: something came with the error", name)
		}
	}
	if _, err := Delta(old, Release{Deck: decks.Deck{ID: "dk9"}}); err == nil {
		t.Error("a delta between two decks")
	}
	// No changed byte leads anywhere but to the release that was named.
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1 << (i % 8)
		if r, _, err := Apply(old, bad); err == nil && r.Hash != next.Hash {
			t.Fatalf("byte %d: another release came out", i)
		}
	}
}

func FuzzApply(f *testing.F) {
	old, _ := released(f, sample())
	changed := sample()
	changed.Notes = changed.Notes[:1]
	next, _ := released(f, changed)
	delta, err := Delta(old, next)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(delta)
	f.Add([]byte(`{"after":"a","kind":"place","note":"b"}` + "\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, content, err := Apply(old, b)
		if err != nil {
			return
		}
		if got, err := Open(content); err != nil || !reflect.DeepEqual(got, r) {
			t.Errorf("what came out is no release: %v", err)
		}
	})
}

// large is a course of ten thousand notes in Russian, and the same with twenty of them
// changed: fifteen edited, three new, two gone.
func large(t testing.TB) (old, next Release) {
	rnd := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("токен модель внимание слой вектор градиент ошибка обучение данные выборка функция потеря вероятность распределение матрица запрос ключ значение контекст длина")
	say := func(n int) string {
		s := make([]string, n)
		for i := range s {
			s[i] = words[rnd.IntN(len(words))] + fmt.Sprint(rnd.IntN(1000))
		}
		return strings.Join(s, " ")
	}
	d := decks.Deck{ID: "big", Title: "Курс", Lang: "ru"}
	for i := range 50 {
		d.Sections = append(d.Sections, decks.Section{ID: fmt.Sprint("s", i), Title: "Лекция"})
	}
	note := func(id, section string) decks.Note {
		return decks.Note{ID: id, Kind: decks.Question, Section: section, Fields: map[decks.Field]string{decks.Front: say(8) + "?", decks.Back: say(20)}}
	}
	for i := range 10_000 {
		d.Notes = append(d.Notes, note(decks.NewID(), fmt.Sprint("s", i/200)))
	}
	old, _ = released(t, d)
	e := d
	e.Notes = append([]decks.Note(nil), old.Deck.Notes...)
	for k := range 15 {
		n := &e.Notes[k*600+7]
		*n = note(n.ID, n.Section)
	}
	e.Notes = append(e.Notes[:40], e.Notes[42:]...)
	for range 3 {
		e.Notes = append(e.Notes, note(decks.NewID(), "s9"))
	}
	next, _ = released(t, e)
	return old, next
}

func TestDeltaIsSmall(t *testing.T) {
	old, next := large(t)
	delta, err := Delta(old, next)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	z.Write(delta)
	z.Close()
	if t.Logf("%d bytes, compressed %d", len(delta), b.Len()); b.Len() > 6000 {
		t.Errorf("twenty changes of ten thousand notes take %d bytes", b.Len())
	}
}

func BenchmarkApply(b *testing.B) {
	old, next := large(b)
	delta, err := Delta(old, next)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if r, _, err := Apply(old, delta); err != nil || r.Hash != next.Hash {
			b.Fatal(err)
		}
	}
}
