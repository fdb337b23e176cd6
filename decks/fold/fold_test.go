package fold

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"  Ёлка\tи\u00a0 ЁЖ ", "елка и еж"},
		{"е\u0308ж", "еж"},
		{"Й и и\u0306", "й и й"},
		{"за\u0301мок", "замок"},
		{"Straße", "strasse"},
		{"ISTANBUL", "istanbul"},
		{"про\u00adстран\u200bство", "пространство"},
		{"ﬁne-tuning", "fine-tuning"},
		{"Café", "café"},
		{"RLHF\r\nSFT", "rlhf sft"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestFoldIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Fatalf("%q folds to %q, then to %q", s, once, twice)
		}
	})
}

func FuzzFold(f *testing.F) {
	f.Add("Ёж \u0301е\u0308 ẞ")
	f.Fuzz(func(t *testing.T, s string) {
		if once := Fold(s); Fold(once) != once {
			t.Fatalf("%q: %q then %q", s, once, Fold(once))
		}
	})
}

func TestContains(t *testing.T) {
	hay := Fold("Чем отличается предобучение от тонкой настройки? Ёмко.")
	for q, want := range map[string]bool{"ОБУЧ": true, "ёмко": true, "емко предоб": true, "rlhf": false, "": true, "предоб rlhf": false} {
		if got := Contains(hay, q); got != want {
			t.Errorf("%q: %v", q, got)
		}
	}
}

func TestCompare(t *testing.T) {
	want := []string{"2 шага", "10 шагов", "Alpha", "beta", "Абак", "Елка", "ёлочка", "Енот", "Лекция 2", "Лекция 10", "Яма"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, Compare)
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestCompareIsAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		if x, y := Compare(a, b), Compare(b, a); (x < 0) != (y > 0) || (x == 0) != (a == b) {
			t.Fatalf("Compare(%q, %q) = %d, the other way %d", a, b, x, y)
		}
	})
}

func TestSimilar(t *testing.T) {
	base := "Как с помощбю всех текстов интернета и кучи GPU мы получаем ChatGPT?"
	for _, c := range []struct {
		other       string
		least, most float64
	}{
		{base, 1, 1},
		{"КАК с помощбю всех текстов  интернета и кучи gpu мы получаем ChatGPT", 1, 1},
		{"Как с помощью всех текстов интернета и кучи GPU мы получаем ChatGPT?", 0.95, 0.999},
		{"Как из всех текстов интернета и кучи GPU получается ChatGPT?", 0.6, 0.95},
		{"Какие существуют примеры задач, которые LLM могут выполнять лучше всего?", 0, 0.35},
		{"", 0, 0},
	} {
		if got := Similar(base, c.other); got < c.least || got > c.most+1e-9 {
			t.Errorf("%q: %.3f, want %.3f to %.3f", c.other, got, c.least, c.most)
		}
	}
	if got := Similar("?!", "?!"); got != 1 {
		t.Errorf("two equal texts without words: %v", got)
	}
}

func TestSimilarIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.StringOf(rapid.SampledFrom([]rune("абвг де"))).Draw(t, "a")
		b := rapid.StringOf(rapid.SampledFrom([]rune("абвг де"))).Draw(t, "b")
		if s := Similar(a, b); s < 0 || s > 1+1e-9 {
			t.Fatalf("Similar(%q, %q) = %v", a, b, s)
		}
	})
}

func TestWords(t *testing.T) {
	if got := Words("Fine-tuning, «ЁЖ»: 2 шага!"); !slices.Equal(got, []string{"fine", "tuning", "еж", "2", "шага"}) {
		t.Errorf("%q", got)
	}
}
