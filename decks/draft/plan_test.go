package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks/fault"
	"lectern/decks/lecture/find"
	"lectern/decks/lecture/page"
)

var ctx = context.Background()

// build makes a page of blocks; those that hold others end with nil.
func build(t testing.TB, lang string, blocks ...*page.Block) *page.Page {
	t.Helper()
	b := page.NewBuilder(ctx, "text")
	for i, x := range blocks {
		switch {
		case x == nil:
			b.Close()
		case x.Kind.Holds():
			b.Open(*x)
		case x.Kind == page.Code:
			b.AddCode(i+1, x.Mark, x.Text)
		default:
			b.Add(*x)
		}
	}
	p, err := b.Finish()
	if err != nil {
		t.Fatal(err)
	}
	p.Lang, p.Title = lang, "Токены"
	return p
}

func heading(text string) *page.Block   { return &page.Block{Kind: page.Heading, Level: 2, Text: text} }
func paragraph(text string) *page.Block { return &page.Block{Kind: page.Paragraph, Text: text} }
func entry() *page.Block                { return &page.Block{Kind: page.Entry, Mark: "•"} }
func list() *page.Block                 { return &page.Block{Kind: page.List} }

// tokenLecture is a short lecture with two questions at its end.
func tokenLecture(t testing.TB) Lecture {
	p := build(t, "ru",
		heading("Токены"),
		paragraph("Токен — **часть слова**, которую модель видит целиком."),
		paragraph("Словарь бывает таких размеров:"),
		list(), entry(), paragraph("маленький, 30 тысяч токенов;"), nil, entry(), paragraph("большой, 200 тысяч."), nil, nil,
		&page.Block{Kind: page.Code, Mark: "python", Text: "enc.encode('ёжик')  # [17, 4]"},
		paragraph("Вероятность токена равна"),
		&page.Block{Kind: page.Formula, Text: `p = e^{x}`},
		paragraph("Так кодируют:"),
		&page.Block{Kind: page.Code, Mark: "python", Text: "enc.encode('ёж')"},
		heading("Обучение"),
		paragraph("Модель учат предсказывать следующий токен по предыдущим."),
		&page.Block{Kind: page.Paragraph, Text: "Была ли страница полезной?", Hidden: true},
		heading("Вопросы"),
		list(), entry(), paragraph("Что такое токен?"), nil, entry(), paragraph("Как учат модель?"), nil, nil,
	)
	var asked []int
	for i, b := range p.Blocks {
		if strings.HasSuffix(b.Text, "?") {
			asked = append(asked, i)
		}
	}
	return Lecture{Page: p, Asked: asked}
}

var tokenQuestions = []Question{{"n1", "Что такое токен?"}, {"n2", "Как учат модель?"}}

func remote() Config { return Config{Endpoint: "https://api.example.org/v1", Model: "m1"} }

func mustPlan(t testing.TB, c Config, l Lecture, q []Question) *Plan {
	t.Helper()
	p, err := New(ctx, c, l, q)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Of a short lecture all is sent, but for what asks and what is no content.
func TestShortLecture(t *testing.T) {
	p := mustPlan(t, remote(), tokenLecture(t), tokenQuestions)
	if p.Host != "api.example.org" || p.Local || p.Open || p.Model != "m1" || p.Questions() != 2 || len(p.Left) != 0 || len(p.Requests) != 1 {
		t.Fatalf("%+v", p)
	}
	r := p.Requests[0]
	want := `Lecture: Токены

Passages:

# Токены

[1] Токен — часть слова, которую модель видит целиком.

[2] Словарь бывает таких размеров:
• маленький, 30 тысяч токенов;
• большой, 200 тысяч.

[3] enc.encode('ёжик')  # [17, 4]

[4] Вероятность токена равна
p = e^{x}

[5] Так кодируют:
enc.encode('ёж')

# Обучение

[6] Модель учат предсказывать следующий токен по предыдущим.

Questions:

1. Что такое токен?

2. Как учат модель?
`
	if r.User != want {
		t.Errorf("what is sent:\n%s\nwant:\n%s", r.User, want)
	}
	if !strings.Contains(r.System, "Write in Russian.") {
		t.Errorf("the service is not told the language: %s", r.System)
	}
	in, out := p.Tokens()
	if in != tokens(r.System)+tokens(r.User) || out != r.Answer || in < 200 || in > 2000 {
		t.Errorf("%d tokens in, %d out", in, out)
	}
}

func TestLectureOfWhatWasFound(t *testing.T) {
	p := tokenLecture(t).Page
	l := NewLecture(p, &find.Extraction{Groups: []find.Group{{Items: []find.Item{{PromptBlocks: []int{3}}, {PromptBlocks: []int{5, 6}}}}}})
	if !slices.Equal(l.Asked, []int{3, 5, 6}) || l.Page != p || NewLecture(p, nil).Asked != nil {
		t.Errorf("%v", l.Asked)
	}
}

func TestPlansThatCannotBe(t *testing.T) {
	l := tokenLecture(t)
	only := build(t, "ru", heading("Вопросы"), paragraph("Что такое токен?"))
	for name, c := range map[string]struct {
		config  Config
		lecture Lecture
		want    fault.Code
	}{
		"not set up":         {Config{}, l, fault.DraftsOff},
		"without a model":    {Config{Endpoint: "http://localhost:1/v1"}, l, fault.DraftsOff},
		"a broken endpoint":  {Config{Endpoint: "ftp://x", Model: "m"}, l, fault.BadAddress},
		"no page":            {remote(), Lecture{}, fault.NoLecture},
		"nothing but titles": {remote(), Lecture{Page: only, Asked: []int{1}}, fault.NoLecture},
	} {
		if _, err := New(ctx, c.config, c.lecture, tokenQuestions); !fault.Is(err, c.want) || err == nil {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := New(stopped, remote(), l, tokenQuestions); !fault.Is(err, fault.Cancelled) {
		t.Error(err)
	}
}

// Whatever of a plan is another, its name is another.
func TestConsent(t *testing.T) {
	make := func() *Plan { return mustPlan(t, remote(), tokenLecture(t), tokenQuestions) }
	name := make().Consent()
	if again := make().Consent(); again != name || len(name) != 16 {
		t.Errorf("%q, again %q", name, again)
	}
	for what, change := range map[string]func(*Plan){
		"host":     func(p *Plan) { p.Host = "evil.example.org" },
		"endpoint": func(p *Plan) { p.Endpoint = "https://evil.example.org/v1" },
		"model":    func(p *Plan) { p.Model = "m2" },
		"system":   func(p *Plan) { p.Requests[0].System += " " },
		"text":     func(p *Plan) { p.Requests[0].User += " " },
		"request":  func(p *Plan) { p.Requests = append(p.Requests, p.Requests[0]) },
		"answer":   func(p *Plan) { p.Requests[0].Answer++ },
	} {
		p := make()
		change(p)
		if p.Consent() == name {
			t.Errorf("with another %s the plan has the same name", what)
		}
	}
}

// longLecture has a section for each of many things, and a question on some.
func longLecture(t testing.TB, sections int) (Lecture, []Question) {
	subjects := []string{"внимание", "словарь", "градиент", "дропаут", "эмбеддинг", "температура", "перплексия", "квантование", "дистилляция", "нормализация"}
	var blocks []*page.Block
	var questions []Question
	for i := range sections {
		subject := fmt.Sprintf("%s%c", subjects[i%len(subjects)], 'а'+rune(i/len(subjects)))
		blocks = append(blocks, heading("Раздел "+fmt.Sprint(i)),
			paragraph(strings.Repeat("Вводные слова, которые ни о чём не говорят и встречаются везде. ", 6)),
			paragraph("Здесь "+subject+" объясняется так: это способ номер "+fmt.Sprint(i)+"."),
			paragraph(strings.Repeat("Ещё немного слов про всё на свете и про погоду тоже. ", 6)))
		if i%4 == 0 {
			questions = append(questions, Question{fmt.Sprint("q", i), "Что такое " + subject + "?"})
		}
	}
	return Lecture{Page: build(t, "ru", blocks...)}, questions
}

// Of a long lecture the passages that speak of the questions are sent, in the
// page's order and within the budget.
func TestLongLecture(t *testing.T) {
	l, questions := longLecture(t, 100)
	p := mustPlan(t, Config{Endpoint: "http://localhost:11434/v1", Model: "m"}, l, questions)
	if !p.Local || len(p.Left) != 0 || p.Questions() != len(questions) {
		t.Fatalf("%+v", p.Left)
	}
	for _, r := range p.Requests {
		if all := r.Tokens + perAnswer*len(r.Questions); all > localBudget {
			t.Errorf("a request takes %d tokens of %d", all, localBudget)
		}
		if len(r.Questions) > mostLocal {
			t.Errorf("%d questions at once", len(r.Questions))
		}
		for _, q := range r.Questions {
			subject := strings.TrimSuffix(strings.TrimPrefix(q.Text, "Что такое "), "?")
			if !strings.Contains(r.User, "Здесь "+subject+" объясняется") {
				t.Errorf("the passage on %q is not sent with its question", subject)
			}
		}
	}
	// What all of it speaks of is asked with the best that fits.
	p = mustPlan(t, Config{Endpoint: "http://localhost/v1", Model: "m"}, l, []Question{{"w", "Где встречаются вводные слова, погода и способ номер?"}})
	if r := p.Requests[0]; r.Tokens+perAnswer > localBudget || r.Tokens < localBudget/2 || len(r.Passages) < 5 {
		t.Errorf("%d tokens of %d, %d passages", r.Tokens, localBudget, len(r.Passages))
	}
	// What nothing speaks of is not asked.
	p = mustPlan(t, Config{Endpoint: "http://localhost:11434/v1", Model: "m"}, l, []Question{
		{"x", "Who signed the treaty?"}, {"y", strings.Repeat("длинный вопрос ", 5000)}, questions[0],
	})
	if len(p.Left) != 2 || p.Left[0].ID != "x" || p.Left[1].ID != "y" || p.Questions() != 1 {
		t.Errorf("left are %d, asked %d", len(p.Left), p.Questions())
	}
}

// The endings of words do not matter, and the words that questions are put with
// find nothing.
func TestRank(t *testing.T) {
	pieces := func(texts ...string) []piece {
		var out []piece
		for i, s := range texts {
			out = append(out, piece{heading: fmt.Sprint(i), text: s, parts: []part{{0, 10 * i}}})
		}
		return out
	}
	for _, c := range []struct {
		question string
		texts    []string
		best     int
	}{
		{"Что такое токены?", []string{"Погода хорошая, что тут такое.", "Токеном зовут часть слова.", "Слова бывают разные."}, 1},
		{"What are embeddings?", []string{"What are these?", "An embedding is a vector.", "Vectors are long."}, 1},
		{"Зачем нужна ёлка?", []string{"Берёза растёт.", "ЕЛКА нужна к празднику."}, 1},
		{"注意力是什么？", []string{"词汇表很大。", "注意力是一种机制。"}, 1},
	} {
		order := newIndex(pieces(c.texts...)).rank(c.question)
		if len(order) == 0 || order[0] != c.best {
			t.Errorf("%q: %v", c.question, order)
		}
	}
	if order := newIndex(pieces("Погода хорошая.")).rank("Who?"); len(order) != 0 {
		t.Errorf("%v", order)
	}
}

// A long block is cut between sentences or lines, and none of it is lost.
func TestLongBlocks(t *testing.T) {
	prose := strings.Repeat("Это одно из многих предложений длинного абзаца о том о сём. ", 100)
	code := strings.Repeat("x = attention(q, k, v)  # again\n", 200)
	lump := strings.Repeat("あ", 3000)
	for name, text := range map[string]string{"prose": prose, "code": code, "without spaces": lump} {
		kind := page.Paragraph
		if name == "code" {
			kind = page.Code
		}
		l := Lecture{Page: build(t, "", &page.Block{Kind: kind, Text: text})}
		got := pieces(l)
		var all strings.Builder
		for _, p := range got {
			all.WriteString(p.text)
			if p.tokens > mostPiece+60 {
				t.Errorf("%s: a piece of %d tokens", name, p.tokens)
			}
			if name == "prose" && !strings.HasSuffix(strings.TrimSpace(p.text), ".") || name == "code" && !strings.HasSuffix(p.text, "again") {
				t.Errorf("%s: cut at %q", name, p.text[len(p.text)-20:])
			}
		}
		if len(got) < 3 || strings.Join(strings.Fields(all.String()), "") != strings.Join(strings.Fields(text), "") {
			t.Errorf("%s: %d pieces do not hold all of it", name, len(got))
		}
	}
}

// Whatever the lecture and the questions: each question is asked once or left, in
// order; passages are numbered in the page's order; the budget holds.
func TestPlanLaw(t *testing.T) {
	vocabulary := strings.Fields("токен модель слово словарь внимание вектор обучение градиент token model word attention vector the is of")
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 60).Draw(t, "words"), " ") + "."
	})
	rapid.Check(t, func(t *rapid.T) {
		b := page.NewBuilder(ctx, "text")
		for range rapid.IntRange(1, 80).Draw(t, "blocks") {
			x := page.Block{Kind: rapid.SampledFrom([]page.Kind{page.Paragraph, page.Heading, page.Code, page.List, page.Entry, page.Quote, page.Box}).Draw(t, "kind")}
			x.Hidden = rapid.IntRange(0, 9).Draw(t, "hidden") == 0
			x.Level = 2
			if !x.Kind.Holds() {
				x.Text = text.Draw(t, "text")
			}
			if rapid.Bool().Draw(t, "close") {
				b.Close()
			}
			if x.Kind.Holds() {
				b.Open(x)
			} else {
				b.Add(x)
			}
		}
		p, err := b.Finish()
		if err != nil {
			t.Fatal(err)
		}
		var asked []int
		for i := range p.Blocks {
			if rapid.IntRange(0, 5).Draw(t, "asked") == 0 {
				asked = append(asked, i)
			}
		}
		var questions []Question
		for i := range rapid.IntRange(0, 12).Draw(t, "questions") {
			questions = append(questions, Question{fmt.Sprint(i), text.Draw(t, "question")})
		}
		c := Config{Endpoint: "http://localhost/v1", Model: "m", Budget: rapid.IntRange(leastBudget, 9000).Draw(t, "budget")}
		plan, err := New(ctx, c, Lecture{Page: p, Asked: asked}, questions)
		if fault.Is(err, fault.NoLecture) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		var order []Question
		left := slices.Clone(plan.Left)
		var now []Question
		for _, r := range plan.Requests {
			now = append(now, r.Questions...)
			if all := r.Tokens + perAnswer*len(r.Questions); all > c.Budget {
				t.Fatalf("a request takes %d tokens of %d", all, c.Budget)
			}
			if len(r.Passages) == 0 {
				t.Fatal("a request without passages")
			}
			last := -1
			for i, s := range r.Passages {
				if s.Number != i+1 || s.parts[0].block < last {
					t.Fatalf("passage %+v after block %d", s, last)
				}
				for _, part := range s.parts {
					if slices.Contains(asked, part.block) || p.Blocks[part.block].Hidden {
						t.Fatalf("block %d is sent", part.block)
					}
				}
				last = s.parts[0].block
				if !strings.Contains(r.User, s.Text) {
					t.Fatal("a passage is not in the text")
				}
			}
		}
		for _, q := range questions { // both lists keep the order
			switch {
			case len(left) > 0 && left[0] == q:
				left = left[1:]
			case len(now) > 0 && now[0] == q:
				now = now[1:]
			default:
				t.Fatalf("%+v is lost, or out of order", q)
			}
			order = append(order, q)
		}
		if len(order) != len(questions) || len(left)+len(now) > 0 {
			t.Fatal("questions came that nobody asked")
		}
	})
}

// The estimate keeps to the rules of thumb: four letters of English to a token or
// fewer, two and a half of Russian, one sign of Chinese.
func TestTokens(t *testing.T) {
	for _, c := range []struct {
		text        string
		least, most float64 // letters to a token
	}{
		{"Attention lets every token look at every other token in the sequence.", 3, 4},
		{"Внимание позволяет каждому токену смотреть на любой другой токен ряда.", 2, 2.6},
		{"for i in range(10):\n    print(i ** 2)\n", 1.5, 3},
		{"注意力机制让每个词元都能看到其他词元。", 0.8, 1},
	} {
		n := len([]rune(c.text))
		if per := float64(n) / float64(tokens(c.text)); per < c.least || per > c.most {
			t.Errorf("%q: %.2f letters to a token", c.text, per)
		}
	}
	if tokens("") != 0 || tokens("a") != 1 {
		t.Error(tokens(""), tokens("a"))
	}
}

func BenchmarkPlan(b *testing.B) {
	l, questions := longLecture(b, 2000) // 1.6 MB
	size := 0
	for _, x := range l.Page.Blocks {
		size += len(x.Text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		mustPlan(b, Config{Endpoint: "http://localhost/v1", Model: "m"}, l, questions[:50])
	}
}
