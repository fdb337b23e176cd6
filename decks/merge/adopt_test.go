package merge

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
)

func course(questions ...string) decks.Deck {
	d := decks.Deck{ID: "deck", Title: "Course", Sections: []decks.Section{{ID: "s1", Title: "First"}, {ID: "s2", Title: "Second"}}}
	for i, q := range questions {
		q, a, _ := strings.Cut(q, " = ")
		n := decks.Note{ID: fmt.Sprint("old", i), Kind: decks.Question, Section: "s1", Fields: map[decks.Field]string{decks.Front: q}}
		if a != "" {
			n.Fields[decks.Back] = a
		}
		d.Notes = append(d.Notes, n)
	}
	return d
}

// reread is the deck as the reader of its page would make it again.
func reread(d decks.Deck, id string) decks.Deck {
	d.ID = id
	d.Notes = slices.Clone(d.Notes)
	d.Sections = slices.Clone(d.Sections)
	for i := range d.Sections {
		d.Sections[i].ID = id + d.Sections[i].ID
	}
	for i := range d.Notes {
		d.Notes[i].ID = id + d.Notes[i].ID
		d.Notes[i].Section = id + d.Notes[i].Section
	}
	return d
}

func TestAdoptExamples(t *testing.T) {
	for name, c := range map[string]struct {
		old, fresh []string
		want       []int // index of the old note, -1 new
	}{
		"nothing changed": {[]string{"What is a token?", "What is attention?"}, []string{"What is a token?", "What is attention?"}, []int{0, 1}},
		"case and ё":      {[]string{"Почему всё ещё так?"}, []string{"ПОЧЕМУ все  еще так?"}, []int{0}},
		"a typo": {
			[]string{"Как с помощбю всех текстов интернета мы получаем ChatGPT?", "Что такое токен?"},
			[]string{"Как с помощью всех текстов интернета мы получаем ChatGPT?", "Что такое токен?"}, []int{0, 1}},
		"a typo in a word alone": {[]string{"Токен?", "Слой?"}, []string{"Слой?", "Токены?"}, []int{1, 0}},
		"another term": {
			[]string{"Что такое RLHF?", "Что такое токен?"}, []string{"Что такое SFT?", "Что такое токен?"}, []int{-1, 1}},
		"a term a letter apart": {
			[]string{"Что такое ДНК?", "Что такое белок?"}, []string{"Что такое РНК?", "Что такое белок?"}, []int{-1, 1}},
		"another sign":   {[]string{"Чему равно $a+b$?", "Чему равно $a-b$?"}, []string{"Чему равно  $a - b$?", "Чему равно  $a + b$?"}, []int{1, 0}},
		"another number": {[]string{"Докажите теорему 12", "Докажите теорему 14"}, []string{"Докажите теорему 13", "Докажите теорему 14"}, []int{-1, 1}},
		"added in the middle": {
			[]string{"What is a token?", "Why does attention scale?"},
			[]string{"What is a token?", "How large is a vocabulary?", "Why does attention scale?"}, []int{0, -1, 1}},
		"removed":                      {[]string{"One question?", "Two answers?", "Three words?"}, []string{"Three words?"}, []int{2}},
		"swapped":                      {[]string{"What is a token?", "Why does attention scale?"}, []string{"Why does attention scale?", "What is a token?"}, []int{1, 0}},
		"an answer arrives":            {[]string{"What is a token?"}, []string{"What is a token? = A piece of a word."}, []int{0}},
		"same question, other answers": {[]string{"Explain. = red green blue", "Explain. = one two three"}, []string{"Explain. = one two three four", "Explain. = red green"}, []int{1, 0}},
		"same question, in order":      {[]string{"Explain.", "Explain."}, []string{"Explain.", "Explain.", "Explain."}, []int{0, 1, -1}},
		"reworded, same answer": {
			[]string{"What is a token? = A piece of a word that the model reads.", "Other thing?"},
			[]string{"Other thing?", "Explain the word token. = A piece of a word that the model reads."}, []int{1, 0}},
		"one for two": {
			[]string{"Why is the loss falling quickly?"},
			[]string{"Why is the loss falling slowly?", "Why is the loss falling quickly now?"}, []int{-1, 0}},
		"only signs": {[]string{"???", "$$$"}, []string{"$$$", "???"}, []int{1, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			old := course(c.old...)
			fresh := reread(course(c.fresh...), "new")
			got, m := Adopt(old, fresh)
			for i, n := range got.Notes {
				want := fresh.Notes[i].ID
				if c.want[i] >= 0 {
					want = old.Notes[c.want[i]].ID
				}
				if n.ID != want {
					t.Errorf("note %d %q has the id %s, want %s", i, n.Text(decks.Front), n.ID, want)
				}
			}
			if n := len(got.Notes); m.Same+m.Edited+m.New != n || len(m.Changes) != n+m.Gone {
				t.Errorf("counts %+v for %d notes", m, n)
			}
			if got.ID != old.ID || got.Sections[0].ID != "s1" || got.Notes[0].Section != "s1" {
				t.Errorf("deck %s, section %s", got.ID, got.Notes[0].Section)
			}
		})
	}
}

func TestAdoptKeepsARenamedSection(t *testing.T) {
	old := course("What is a token?", "Why does attention scale?")
	fresh := reread(old, "new")
	fresh.Sections[0].Title = "Tokens and attention"
	fresh.Sections[1].Title = "Another lecture altogether"
	got, _ := Adopt(old, fresh)
	if got.Sections[0].ID != "s1" || got.Notes[0].Section != "s1" {
		t.Errorf("section %+v, note in %s", got.Sections[0], got.Notes[0].Section)
	}
	if got.Sections[1].ID != "news2" {
		t.Errorf("an empty section took the id %s", got.Sections[1].ID)
	}
}

func TestAdoptNeverUsesAnIDTwice(t *testing.T) {
	old := course("What is a token?", "Why does attention scale?")
	fresh := course("A thing quite apart?", "What is a token?") // its ids are old's
	fresh.Notes = append(fresh.Notes, decks.Note{Fields: map[decks.Field]string{decks.Front: "No id?"}})
	got, m := Adopt(old, fresh)
	seen := map[string]bool{}
	for _, n := range got.Notes {
		if n.ID == "" || seen[n.ID] {
			t.Errorf("id %q", n.ID)
		}
		seen[n.ID] = true
	}
	if got.Notes[1].ID != "old0" || seen["old1"] || m.Same != 1 || m.New != 2 || m.Gone != 1 {
		t.Errorf("%+v %+v", got.Notes, m)
	}
}

func TestAdoptLeavesItsArgumentsAlone(t *testing.T) {
	old, fresh := course("a?", "b?"), reread(course("b?", "a?"), "new")
	Adopt(old, fresh)
	if !reflect.DeepEqual(old, course("a?", "b?")) || !reflect.DeepEqual(fresh, reread(course("b?", "a?"), "new")) {
		t.Error("Adopt changed an argument")
	}
}

var vocabulary = strings.Fields(`attention token gradient softmax embedding layer residual decoder encoder sampling temperature
	loss reward policy prompt context window cache quantisation tokenizer matrix vector query key value head batch epoch weight
	внимание токен градиент слой остаток выборка температура награда политика запрос контекст окно кэш матрица вектор ключ значение`)

// pageGen makes decks of questions that differ in several words.
func pageGen() *rapid.Generator[decks.Deck] {
	return rapid.Custom(func(t *rapid.T) decks.Deck {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		return page(r, rapid.IntRange(1, 40).Draw(t, "notes"))
	})
}

func page(r *rand.Rand, notes int) decks.Deck {
	d := course()
	for i := range notes {
		var words []string
		for range 4 + r.IntN(5) {
			words = append(words, vocabulary[r.IntN(len(vocabulary))])
		}
		n := decks.Note{ID: fmt.Sprint("old", i), Kind: decks.Question, Section: d.Sections[i*2/notes].ID,
			Fields: map[decks.Field]string{decks.Front: fmt.Sprintf("What is %s %d?", strings.Join(words, " "), i)}}
		if r.IntN(2) == 0 {
			n.Fields[decks.Back] = "It is " + strings.Join(words[1:], " and ")
		}
		d.Notes = append(d.Notes, n)
	}
	return d
}

func TestAdoptIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := pageGen().Draw(t, "deck")
		if rapid.Bool().Draw(t, "repeats") {
			for i := range d.Notes {
				d.Notes[i].Fields = d.Notes[i/2].Fields
			}
		}
		got, m := Adopt(d, reread(d, "new"))
		if !reflect.DeepEqual(got, d) {
			t.Fatalf("got %+v\nwant %+v", got, d)
		}
		if m.Same != len(d.Notes) || m.Edited+m.New+m.Gone != 0 {
			t.Fatalf("%+v", m)
		}
	})
}

func TestAdoptIsOneToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		questions := rapid.SliceOfN(rapid.StringMatching(`(a|b|aa|ab|ba)( (a|b|ab))? = (x|y)?`), 0, 12)
		old, fresh := course(questions.Draw(t, "old")...), reread(course(questions.Draw(t, "fresh")...), "new")
		got, m := Adopt(old, fresh)
		seen := map[string]bool{}
		for i, n := range got.Notes {
			if seen[n.ID] {
				t.Fatalf("two notes have the id %s", n.ID)
			}
			seen[n.ID] = true
			if n.Text(decks.Front) != fresh.Notes[i].Text(decks.Front) {
				t.Fatal("the order of fresh is lost")
			}
		}
		if m.Same+m.Edited+m.Gone != len(old.Notes) || m.Same+m.Edited+m.New != len(fresh.Notes) {
			t.Fatalf("%+v of %d and %d", m, len(old.Notes), len(fresh.Notes))
		}
		again, _ := Adopt(old, fresh)
		if !reflect.DeepEqual(again, got) {
			t.Fatal("another result from the same decks")
		}
	})
}

// Edited questions in any order keep their ids: a letter is lost, doubled or
// swapped in each.
func TestAdoptTyposAndOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := pageGen().Draw(t, "deck")
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		fresh := reread(old, "new")
		for i := range fresh.Notes {
			n := &fresh.Notes[i]
			if r.IntN(2) == 0 {
				q := []rune(n.Text(decks.Front))
				at := 8 + r.IntN(len(q)-14) // within the words, not in the number
				switch r.IntN(3) {
				case 0:
					q = slices.Delete(q, at, at+1)
				case 1:
					q = slices.Insert(q, at, q[at])
				default:
					q[at], q[at+1] = q[at+1], q[at]
				}
				n.Fields = map[decks.Field]string{decks.Front: string(q), decks.Back: n.Text(decks.Back)}
			}
		}
		if rapid.Bool().Draw(t, "shuffle") {
			r.Shuffle(len(fresh.Notes), func(i, j int) { fresh.Notes[i], fresh.Notes[j] = fresh.Notes[j], fresh.Notes[i] })
		}
		got, m := Adopt(old, fresh)
		for i, n := range got.Notes {
			if want := strings.TrimPrefix(fresh.Notes[i].ID, "new"); n.ID != want {
				t.Fatalf("%q got the id %s, want %s (%+v)", n.Text(decks.Front), n.ID, want, m)
			}
		}
		if m.New+m.Gone != 0 {
			t.Fatalf("%+v", m)
		}
	})
}

func TestDiff(t *testing.T) {
	old := course("a?", "b?", "c?", "d? = x")
	fresh := course("a?", "b2?", "c?", "d? = x\n")
	fresh.Notes[2].Section, fresh.Notes[2].Tags = "s2", []string{"hard"}
	fresh.Notes = append(fresh.Notes[1:], decks.Note{ID: "e", Section: "s1"})
	got := Diff(old, fresh)
	want := Matched{Same: 1, Edited: 2, New: 1, Gone: 1, Changes: []Change{
		{Kind: NoteEdited, Old: old.Notes[1], New: fresh.Notes[0], Fields: []decks.Field{decks.Front}},
		{Kind: NoteEdited, Old: old.Notes[2], New: fresh.Notes[1], Moved: true, Other: true},
		{Kind: NoteSame, Old: old.Notes[3], New: fresh.Notes[2]},
		{Kind: NoteNew, New: fresh.Notes[3]},
		{Kind: NoteGone, Old: old.Notes[0]},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// BenchmarkAdopt reads a page of ten thousand notes again: a tenth is edited, or
// every note is.
func BenchmarkAdopt(b *testing.B) {
	old := page(rand.New(rand.NewPCG(1, 1)), 10_000)
	for _, every := range []int{10, 1} {
		fresh := reread(old, "new")
		for i := 0; i < len(fresh.Notes); i += every {
			fresh.Notes[i].Fields = map[decks.Field]string{decks.Front: strings.Replace(fresh.Notes[i].Text(decks.Front), "is", "was", 1)}
		}
		b.Run(fmt.Sprintf("edited=%d", len(fresh.Notes)/every), func(b *testing.B) {
			for b.Loop() {
				if _, m := Adopt(old, fresh); m.New != 0 {
					b.Fatal(m.New)
				}
			}
		})
	}
}
