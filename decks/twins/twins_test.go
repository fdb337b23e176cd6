package twins_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"lectern/decks/twins"
)

// others are questions that a collection may have besides.
var others = []string{
	"Почему небо голубое?", "Как устроен двигатель?", "What is photosynthesis?", "Why is the sea salty?", "Кто открыл радий?",
	"Сколько планет в Солнечной системе?", "How many bones has a hand?", "Чем кит отличается от рыбы?",
}

func TestTwins(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Что такое токен?", "Что такое токены", true},
		{"Что такое токен?", "что  такое «Токен»", true},
		{"Что такое токен?", "Объясните, что такое токен.", true},
		{"Что такое токен?", "Что такое трансформер?", false},
		{"Что такое токен?", "Что такое специальный токен?", false},
		{"Что такое специальные токены?", "Для чего нужны специальные токены?", false},
		{"Что такое токен?", "Почему токен?", false},
		{"What is a token?", "What are tokens?", true},
		{"What is a token?", "Define a token.", true},
		{"What is a token?", "What is a layer?", false},
		{"How does attention work?", "Please explain how attention works.", true},
		{"How does attention work?", "Why does attention work?", false},
		{"Чем предобучение отличается от тонкой настройки?", "Чем отличается предобучение от тонкой настройки", true},
		{"Чем предобучение отличается от тонкой настройки?", "В чём разница между предобучением и тонкой настройкой?", true},
		{"Как с помощбю всех текстов интернета мы получаем ChatGPT?", "Как с помощью всех текстов интернета мы получаем ChatGPT?", true},
		{"Ещё ёлка?", "Еще елка", true},
		{"Докажите теорему 12.", "Докажите теорему 13.", false},
		{"Create a 3x3 matrix of ones", "Create a 5x5 matrix of ones", false},
		{"В чём разница между == и ===?", "В чём разница между = и ==?", false},
		{"Чему равно a+b?", "Чему равно a-b?", false},
		{"Чему равно a/b?", "Чему равно a-b?", false},
		{"What is the derivative of f?", "What is the derivative of g?", false},
		{"Какие преимущества у Ajax?", "Какие недостатки у Ajax?", false},
		{"Когда функция непрерывна?", "Когда функция не непрерывна?", false},
		{"Which sorts are stable?", "Which sorts are not stable?", false},
		{"Что такое изменяемый объект?", "Что такое неизменяемый объект?", false},
		{"Какие методы уменьшают галлюцинации моделей?", "Какие методы применяются для уменьшения галлюцинаций моделей?", false}, // too far for words alone
		{"???", "!!!", false},
		{"Почему?", "Почему", true},
		{"", "", false},
	} {
		m := twins.Build(append([]string{c.a}, others...)).Nearest([]string{c.b})[0]
		if (m.At == 0) != c.want || m.At > 0 {
			t.Errorf("%q and %q: %+v", c.a, c.b, m)
		}
		if back := twins.Build(append([]string{c.b}, others...)).Nearest([]string{c.a})[0]; (back.At == 0) != c.want {
			t.Errorf("%q and %q the other way round: %+v", c.b, c.a, back)
		}
	}
}

func TestNearestIsTheNearest(t *testing.T) {
	questions := []string{"How does the scheduler choose the next process?", "How does the scheduler of xv6 choose the next process to run?"}
	m := twins.Build(questions).Nearest([]string{"How does the scheduler of xv6 choose the next process?", "How does the scheduler choose the next process"})
	if m[0].At != 1 || m[0].Exact || m[1].At != 0 || !m[1].Exact || m[1].Alike != 1 {
		t.Errorf("%+v", m)
	}
}

// A text that is no question is compared by its beginning, and in its turn.
func TestLongTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var b strings.Builder
	for range 200_000 {
		fmt.Fprintf(&b, "слово%c%c%c ", 'а'+rune(r.IntN(30)), 'а'+rune(r.IntN(30)), 'а'+rune(r.IntN(30)))
	}
	m := twins.Build([]string{b.String()}).Nearest([]string{b.String(), "слово " + b.String()})
	if m[0].At != 0 || !m[0].Exact || m[1].At != 0 || m[1].Exact {
		t.Errorf("%+v", m)
	}
}

func TestRepeats(t *testing.T) {
	got := twins.Repeats([]string{"What is a token?", "What is a layer?", "What are tokens?", "Why?", "What is a token"})
	for i, want := range []int{-1, -1, 0, -1, 0} {
		if got[i].At != want {
			t.Errorf("question %d: %+v", i, got[i])
		}
	}
}

var words = strings.Fields("what is a token the layer how why does attention work модель слой токен токены почему как не not 3 4 + - = x y отличается")

func question() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 8).Draw(t, "words"), " ")
	})
}

func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		questions := rapid.SliceOfN(question(), 1, 12).Draw(t, "questions")
		asked := rapid.SliceOfN(question(), 1, 4).Draw(t, "asked")
		x := twins.Build(questions)
		for i, m := range x.Nearest(append(asked, questions...)) {
			if m.At < -1 || m.At >= len(questions) || m.At >= 0 && (m.Alike < twins.Enough || m.Alike > 1) {
				t.Fatalf("%+v", m)
			}
			// A question is its own twin, or that of an equal one before it.
			if k := i - len(asked); k >= 0 && strings.ContainsFunc(questions[k], unicode.IsLetter) && (!m.Exact || m.At > k) {
				t.Fatalf("%q: %+v", questions[k], m)
			}
		}
		for i, m := range twins.Repeats(questions) {
			if m.At >= i {
				t.Fatalf("%d repeats %d", i, m.At)
			}
		}
	})
}

// bank makes so many questions of a made-up language, in which words are as
// frequent and rare as words are.
func bank(n int) []string {
	r := rand.New(rand.NewPCG(3, 4))
	zipf := rand.NewZipf(r, 1.1, 8, 40_000)
	starts := []string{"Что такое", "Почему", "Как работает", "Чем отличается", "What is the", "How does", "Which"}
	syllables := strings.Fields("ка то ре ми но ста ви ле пра со ду га тро бе лу ma te ri so lo ve ni cu")
	word := func(k uint64) string {
		var b strings.Builder
		for k += 40; k > 0; k /= uint64(len(syllables)) {
			b.WriteString(syllables[k%uint64(len(syllables))])
		}
		return b.String()
	}
	out := make([]string, n)
	for i := range out {
		parts := []string{starts[r.IntN(len(starts))]}
		for range 3 + r.IntN(8) {
			parts = append(parts, word(zipf.Uint64()))
		}
		out[i] = strings.Join(parts, " ") + "?"
	}
	return out
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		questions := bank(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				twins.Build(questions)
			}
		})
	}
}

func BenchmarkNearest300Of100000(b *testing.B) {
	questions := bank(100_300)
	x := twins.Build(questions[:100_000])
	asked := append([]string{}, questions[100_000:]...)
	for i := range 100 {
		asked[i] = questions[i*900] + " пожалуйста"
	}
	b.ResetTimer()
	for b.Loop() {
		x.Nearest(asked)
	}
}
