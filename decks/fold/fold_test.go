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
