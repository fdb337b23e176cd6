package sketch

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/lecture"
	"lectern/decks/lecture/find"
)

// read makes a book of pages in Markdown.
func read(t testing.TB, pages ...string) *Book {
	t.Helper()
	var all []Page
	for _, text := range pages {
		p, x, err := lecture.Extract(context.Background(), []byte(text), "page.md", nil)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, Page{Page: p, Name: "page.md", Found: x})
	}
	return NewBook(all)
}

const tokens = `# Токены

Текст о токенах, из которого учатся.

## Вопросы

- Что такое токен и зачем он нужен?
- Почему токены короче слов?

Ответ: так словарь меньше.

## Упражнения

1. Посчитайте токены в своём имени.
2. Объясните, чем токен отличается от слога.
3. Придумайте словарь.
`

const heads = `# Головы

## Вопросы

- Что делает голова внимания?
- Зачем голов несколько?
`

// outline is a sketch in short: sections and what is asked in them.
func (s *Sketch) outline() string {
	var b strings.Builder
	section := 0
	for i := range s.Cards {
		c := &s.Cards[i]
		if c.Section != section {
			section = c.Section
			b.WriteString("# " + s.Section(section).Title + "\n")
		}
		mark := "+ "
		if !c.Taken() {
			mark = "- "
		}
		b.WriteString(mark + strings.ReplaceAll(c.Item.Prompt, "\n", "⏎") + "\n")
		if c.Item.Answer != "" {
			b.WriteString("  = " + strings.ReplaceAll(c.Item.Answer, "\n", "⏎") + "\n")
		}
	}
	return b.String()
}

func expect(t *testing.T, s *Sketch, want string) {
	t.Helper()
	if got := s.outline(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

const whole0 = `# Вопросы
+ Что такое токен и зачем он нужен?
+ Почему токены короче слов?
  = так словарь меньше.
# Упражнения
+ Посчитайте токены в своём имени.
+ Объясните, чем токен отличается от слога.
+ Придумайте словарь.
`

func TestActs(t *testing.T) {
	s := New(read(t, tokens))
	expect(t, s, whole0)
	for name, c := range map[string]struct {
		act  func() *Sketch
		want string
	}{
		"leave": {func() *Sketch { return s.Tick(false, 0, 3) }, `# Вопросы
- Что такое токен и зачем он нужен?
+ Почему токены короче слов?
  = так словарь меньше.
# Упражнения
+ Посчитайте токены в своём имени.
- Объясните, чем токен отличается от слога.
+ Придумайте словарь.
`},
		"join": {func() *Sketch { return s.Join(1) }, `# Вопросы
+ Что такое токен и зачем он нужен?⏎⏎Почему токены короче слов?
  = так словарь меньше.
# Упражнения
+ Посчитайте токены в своём имени.
+ Объясните, чем токен отличается от слога.
+ Придумайте словарь.
`},
		"join across sections": {func() *Sketch { return s.Join(2) }, `# Вопросы
+ Что такое токен и зачем он нужен?
+ Почему токены короче слов?⏎⏎Посчитайте токены в своём имени.
  = так словарь меньше.
# Упражнения
+ Объясните, чем токен отличается от слога.
+ Придумайте словарь.
`},
		"move": {func() *Sketch { t, _ := s.Move(0, s.Cards[3].Section); return t }, `# Вопросы
+ Почему токены короче слов?
  = так словарь меньше.
# Упражнения
+ Что такое токен и зачем он нужен?
+ Посчитайте токены в своём имени.
+ Объясните, чем токен отличается от слога.
+ Придумайте словарь.
`},
		"move to a new section": {func() *Sketch { t, _ := s.MoveNew(0, " Начало "); return t }, `# Вопросы
+ Почему токены короче слов?
  = так словарь меньше.
# Начало
+ Что такое токен и зачем он нужен?
# Упражнения
+ Посчитайте токены в своём имени.
+ Объясните, чем токен отличается от слога.
+ Придумайте словарь.
`},
		"rename": {func() *Sketch { return s.Rename(s.Cards[2].Section, "Дома") }, strings.Replace(whole0, "# Упражнения", "# Дома", 1)},
		"add": {func() *Sketch { t, _ := s.Add(1); return t }, `# Токены
+ Текст о токенах, из которого учатся.
` + whole0},
		"answer":            {func() *Sketch { return s.Answer(0, 1) }, strings.Replace(whole0, "нужен?\n", "нужен?\n  = Текст о токенах, из которого учатся.\n", 1)},
		"answer taken back": {func() *Sketch { return s.Answer(0, 1).Answer(0, 1) }, whole0},
		"edit": {func() *Sketch {
			it := s.Cards[0].Item
			it.Prompt, it.Answer = " Что есть токен? ", "Кусок текста."
			return s.Edit(0, it)
		}, strings.Replace(whole0, "+ Что такое токен и зачем он нужен?\n", "+ Что есть токен?\n  = Кусок текста.\n", 1)},
	} {
		t.Run(name, func(t *testing.T) {
			expect(t, c.act(), c.want)
			expect(t, s, whole0) // the sketch itself is as it was
		})
	}
}

// The student's words are added to, never written over.
func TestAnswerKeepsWhatWasWritten(t *testing.T) {
	s := New(read(t, tokens))
	it := s.Cards[1].Item
	found := it.AnswerBlocks
	it.Answer = "Моими словами."
	s = s.Edit(1, it).Answer(1, 1)
	if got := s.Cards[1].Item.Answer; got != "Моими словами.\n\nТекст о токенах, из которого учатся." {
		t.Errorf("added: %q", got)
	}
	if got := s.Answer(1, found[0]).Cards[1].Item.Answer; !strings.HasPrefix(got, "Моими словами.") {
		t.Errorf("a line of the page was taken out of it: %q", got)
	}
}

// The answer of a choice is what is right among its options; where none is marked,
// what the page says of it stays.
func TestAnswerOfAChoice(t *testing.T) {
	s := New(read(t, tokens))
	it := find.Item{Kind: decks.Choice, Prompt: "Сколько?", Answer: "Шесть раз.", Choices: []decks.Option{{Text: "5"}, {Text: "6"}}}
	s = s.Edit(0, it)
	if got := s.Cards[0].Item.Answer; got != "Шесть раз." {
		t.Errorf("none marked: %q", got)
	}
	it.Choices = []decks.Option{{Text: "5"}, {Text: "6", Right: true}}
	if got := s.Edit(0, it).Cards[0].Item.Answer; got != "6" {
		t.Errorf("one marked: %q", got)
	}
}

func TestPagesBecomeSections(t *testing.T) {
	s := New(read(t, tokens, heads))
	var titles []string
	for _, sec := range s.Sections {
		titles = append(titles, sec.Title)
	}
	if want := []string{"Токены › Вопросы", "Токены › Упражнения", "Головы"}; !slices.Equal(titles, want) {
		t.Errorf("sections %q, want %q", titles, want)
	}
	for i := range s.Book.Len() {
		if o := s.Owner(i); o >= 0 && s.Section(s.Cards[o].Section).Page != s.Book.PageOf(i) {
			t.Errorf("block %d of page %d belongs to a card of another", i, s.Book.PageOf(i))
		}
	}
	last := len(s.Cards) - 1
	if text := s.Book.Markdown(slices.Concat(s.Cards[0].Item.PromptBlocks, s.Cards[last].Item.PromptBlocks)); !strings.Contains(text, "токен") || !strings.Contains(text, "голов") {
		t.Errorf("blocks of two pages give %q", text)
	}
	joined := s.Join(5)
	if b := joined.Cards[4].Item.PromptBlocks; len(b) != 2 || s.Book.PageOf(b[0]) == s.Book.PageOf(b[1]) {
		t.Errorf("cards of two pages joined have the blocks %v", b)
	}
	added, at := s.Add(s.Book.From(1))
	if c := added.Cards[at]; added.Section(c.Section).Title != "Головы" || c.Item.Prompt != "Головы" {
		t.Errorf("a line of the second page became %q in %q", c.Item.Prompt, added.Section(c.Section).Title)
	}
}

func TestParts(t *testing.T) {
	for name, c := range map[string]struct {
		it   find.Item
		want []string // questions, with " = " and the answer
	}{
		"two questions": {find.Item{Kind: decks.Question, Prompt: "Что такое токен? Чем токен отличается от слова?", Answer: "Кусок."},
			[]string{"Что такое токен? = Кусок.", "Чем токен отличается от слова? = Кусок."}},
		"parts under a text": {find.Item{Kind: decks.Exercise, Prompt: "Пусть $x = 2$. Найдите:\n\n- a) корень\n- b) квадрат\n  и куб", Answer: "1. 1,41\n2. 4 и 8"},
			[]string{"Пусть $x = 2$. Найдите:\n\nкорень = 1,41", "Пусть $x = 2$. Найдите:\n\nквадрат\nи куб = 4 и 8"}},
		"a bare list": {find.Item{Kind: decks.Exercise, Prompt: "1. Посчитайте раз.\n2. Посчитайте два."},
			[]string{"Посчитайте раз. = ", "Посчитайте два. = "}},
		"two paragraphs": {find.Item{Kind: decks.Exercise, Prompt: "Постройте дерево.\n\nОбойдите его."},
			[]string{"Постройте дерево. = ", "Обойдите его. = "}},
		"code":             {find.Item{Kind: decks.Exercise, Prompt: "Что выведет программа:\n\n```go\nprintln(1)\n\nprintln(2)\n```"}, nil},
		"three paragraphs": {find.Item{Kind: decks.Exercise, Prompt: "Один.\n\nДва.\n\nТри."}, nil},
		"one":              {find.Item{Kind: decks.Question, Prompt: "Что такое токен?"}, nil},
		"a text with gaps": {find.Item{Kind: decks.Cloze, Prompt: "{{c1::Раз}}.\n\n{{c2::Два}}."}, nil},
	} {
		var got []string
		for _, it := range Parts(c.it) {
			got = append(got, it.Prompt+" = "+it.Answer)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestCut(t *testing.T) {
	it := find.Item{Kind: decks.Choice, Prompt: "Раз.\n\n```go\nx\n\ny\n```\n\n- a\n- b\n\nДва?", Choices: []decks.Option{{Text: "да", Right: true}, {Text: "нет"}}, Answer: "да"}
	pieces := Pieces(it.Prompt)
	if want := []string{"Раз.", "```go\nx\n\ny\n```", "- a", "- b", "Два?"}; !slices.Equal(pieces, want) {
		t.Fatalf("pieces %q", pieces)
	}
	parts := Cut(it, pieces, []int{2, 4})
	if len(parts) != 3 || parts[0].Prompt != "Раз.\n\n```go\nx\n\ny\n```" || parts[1].Prompt != "- a\n- b" || parts[2].Prompt != "Два?" {
		t.Fatalf("%+v", parts)
	}
	if parts[0].Kind != decks.Question || len(parts[0].Choices) != 0 || parts[2].Kind != decks.Choice || len(parts[2].Choices) != 2 {
		t.Errorf("the options are at %+v", parts)
	}
}

// Each part of a split card has the lines of the page that say it.
func TestPartsKeepTheirPlaces(t *testing.T) {
	s := New(read(t, "# A\n\n## Exercises\n\n1. Take a tree.\n\n   Walk it.\n2. Count.\n"))
	if len(s.Cards) != 2 || len(s.Cards[0].Item.PromptBlocks) != 2 {
		t.Fatalf("%s", s.outline())
	}
	both := s.Cards[0].Item.PromptBlocks
	s = s.Become(0, Parts(s.Cards[0].Item))
	if a, b := s.Cards[0].Item.PromptBlocks, s.Cards[1].Item.PromptBlocks; !slices.Equal(a, both[:1]) || !slices.Equal(b, both[1:]) {
		t.Errorf("the parts stand at %v and %v of %v", a, b, both)
	}
}

func TestTwins(t *testing.T) {
	s := New(read(t, tokens))
	s.Duplicates(map[int]*Twin{s.Cards[0].ID: {Exact: true}, s.Cards[1].ID: {}})
	if s.Cards[0].Taken() || !s.Cards[1].Taken() {
		t.Error("the same words are kept, or like ones are left out")
	}
	if got := s.Tick(true, 0); !got.Cards[0].Taken() || got.Cards[0].Destiny() != Keep {
		t.Error("a card ticked again stays out")
	}
	if got := s.Decide(1, Merge); got.Cards[1].Taken() || !s.Cards[1].Taken() {
		t.Error("merging keeps the card")
	}
	if got := s.Decide(0, Link); !got.Cards[0].Taken() || got.Cards[0].Destiny() != Link {
		t.Error("linking leaves the card out")
	}
}

// What is merged gives its answer to the one that stays; what is linked names it.
func TestRelations(t *testing.T) {
	s := New(read(t, tokens))
	open := decks.Note{ID: "old1", Kind: decks.Question}
	it := s.Cards[0].Item
	it.Answer = "Кусок."
	s = s.Edit(0, it)
	s.Duplicates(map[int]*Twin{
		s.Cards[0].ID: {Exact: true, Note: open}, s.Cards[1].ID: {Card: s.Cards[2].ID},
		s.Cards[3].ID: {Note: decks.Note{ID: "old2"}}, s.Cards[4].ID: {Card: s.Cards[2].ID},
	})
	s = s.Decide(1, Merge).Decide(3, Link).Decide(4, Link)
	d, of := s.Deck("Токены")
	if !slices.Equal(of, []int{2, 3, 4}) || d.Notes[0].Text(decks.Back) != "так словарь меньше." {
		t.Fatalf("cards %v, the answer %q", of, d.Notes[0].Text(decks.Back))
	}
	links, answers := s.Relations(d.Notes, of)
	if len(links) != 2 || links[d.Notes[1].ID] != "old2" || links[d.Notes[2].ID] != d.Notes[0].ID {
		t.Errorf("links %v", links)
	}
	if len(answers) != 1 || answers["old1"] != "Кусок." {
		t.Errorf("answers %v", answers)
	}
}

// install gives the deck of a sketch as it would be read from the collection.
func install(s *Sketch) decks.Deck {
	d, _ := s.Deck("Колода")
	return d
}

// A page that is read again brings what the student did the first time.
func TestRecall(t *testing.T) {
	then := New(read(t, tokens))
	mine := then.Join(1)       // the two questions are one
	mine = mine.Tick(false, 1) // no counting
	it := mine.Cards[2].Item
	it.Answer, it.Difficulty = "Слог нельзя выбрать.", decks.Hard
	mine = mine.Edit(2, it)
	mine, _ = mine.MoveNew(2, "Слоги")
	mine = mine.Rename(mine.Cards[0].Section, "Спросят")
	old := install(mine)

	changed := strings.NewReplacer(
		"Почему токены короче слов?", "Почему токены обычно короче слов?",
		"2. Объясните", "2. Разберите токен на байты.\n3. Объясните",
		"словарь меньше", "словарь намного меньше",
	).Replace(tokens)
	s := New(read(t, changed)).Recall(old, New(read(t, tokens)))
	expect(t, s, `# Спросят
+ Что такое токен и зачем он нужен?⏎⏎Почему токены обычно короче слов?
  = так словарь намного меньше.
# Упражнения
- Посчитайте токены в своём имени.
+ Разберите токен на байты.
+ Придумайте словарь.
# Слоги
+ Объясните, чем токен отличается от слога.
  = Слог нельзя выбрать.
`)
	u := s.Against(old)
	if u.Added != 1 || u.Changed != 1 || len(u.Gone) != 0 {
		t.Errorf("added %d, changed %d, gone %d", u.Added, u.Changed, len(u.Gone))
	}
	if c := u.Changes[s.Cards[0].ID]; c.Old.ID != old.Notes[0].ID {
		t.Error("the joined card has lost its history")
	}
	same := New(read(t, tokens)).Recall(old, New(read(t, tokens)))
	if u := same.Against(old); !u.Nothing() {
		t.Errorf("the same page changes %+v, gone %v", u.Changes, u.Gone)
	}
	// Without the page as it was, at least nothing that was written is lost.
	if got := New(read(t, tokens)).Recall(old, nil); !strings.Contains(got.outline(), "= Слог нельзя выбрать.") {
		t.Errorf("lost:\n%s", got.outline())
	}
}

// What was written anew is known by its place; what was added by hand comes back,
// on its line where that still stands.
func TestRecallWhatIsTheStudents(t *testing.T) {
	then := New(read(t, tokens))
	it := then.Cards[0].Item
	it.Prompt = "Из чего состоит вход модели?"
	mine := then.Edit(0, it)
	mine, at := mine.Add(1) // a line of the page
	it = mine.Cards[at].Item
	it.Answer = "Да."
	mine = mine.Edit(at, it)
	mine, at = mine.Add(0) // the title
	it = mine.Cards[at].Item
	it.Prompt = "О чём эта лекция?"
	mine = mine.Edit(at, it).Tick(false, len(mine.Cards)-1)
	old := install(mine)
	s := New(read(t, strings.Replace(tokens, "- Почему", "- Бывают ли токены длиннее слов?\n- Почему", 1))).Recall(old, New(read(t, tokens)))
	u := s.Against(old)
	if u.Added != 1 || u.Changed != 0 || len(u.Gone) != 0 {
		t.Errorf("added %d, changed %+v, gone %v\n%s", u.Added, u.Changes, u.Gone, s.outline())
	}
	for _, c := range s.Cards {
		if c.Item.Prompt == "Текст о токенах, из которого учатся." && !slices.Equal(c.Item.PromptBlocks, []int{1}) {
			t.Errorf("the added card has the lines %v", c.Item.PromptBlocks)
		}
	}
}

// What was split stays split.
func TestRecallSplits(t *testing.T) {
	const page = "# A\n\n## Exercises\n\n1. Take a tree.\n\n   Walk it.\n2. Count.\n"
	then := New(read(t, page))
	old := install(then.Become(0, Parts(then.Cards[0].Item)))
	s := New(read(t, strings.Replace(page, "Walk it.", "Walk it twice.", 1))).Recall(old, New(read(t, page)))
	if u := s.Against(old); len(s.Cards) != 3 || u.Changed != 1 || u.Added != 0 || len(u.Gone) != 0 {
		t.Errorf("%s%+v", s.outline(), u)
	}
}

// Whatever a student does, cards stand by section, their numbers are their own,
// the sketch below is as it was, and a page read again does the same again.
func TestLaws(t *testing.T) {
	book := read(t, tokens, heads)
	rapid.Check(t, func(t *rapid.T) {
		s := New(book)
		for range rapid.IntRange(0, 12).Draw(t, "acts") {
			if len(s.Cards) == 0 {
				return
			}
			before, was := s, s.outline()
			i := rapid.IntRange(0, len(s.Cards)-1).Draw(t, "card")
			switch rapid.IntRange(0, 7).Draw(t, "act") {
			case 0:
				s = s.Tick(rapid.Bool().Draw(t, "on"), i)
			case 1:
				if i > 0 {
					s = s.Join(i)
				}
			case 2:
				s, _ = s.Move(i, s.Sections[rapid.IntRange(0, len(s.Sections)-1).Draw(t, "section")].ID)
			case 3:
				s, _ = s.MoveNew(i, rapid.StringN(1, 8, -1).Draw(t, "title")+"x")
			case 4:
				if b := rapid.IntRange(0, book.Len()-1).Draw(t, "block"); s.Owner(b) < 0 && book.Block(b).Text != "" {
					s, _ = s.Add(b)
				}
			case 5:
				if parts := Parts(s.Cards[i].Item); parts != nil {
					s = s.Become(i, parts)
				}
			case 6:
				if below := s.Below(i); len(below) > 0 {
					s = s.Answer(i, below[0])
				}
			case 7:
				s = s.Rename(s.Cards[i].Section, rapid.StringN(1, 8, -1).Draw(t, "title")+"y")
			}
			if before.outline() != was {
				t.Fatal("an act changed the sketch it began with")
			}
			seen, last := map[int]bool{}, -1
			for _, c := range s.Cards {
				at := s.sectionAt(c.Section)
				if seen[c.ID] || at < last {
					t.Fatalf("out of order:\n%s", s.outline())
				}
				seen[c.ID], last = true, at
			}
		}
		old := install(s)
		if len(old.Notes) == 0 {
			return
		}
		// Read again, whether or not it is known how the page was, nothing of the
		// deck is lost and no answer of the student's.
		if New(book).Against(old).Deck.ID != old.ID {
			return // so little is left that it is another deck
		}
		again := New(book).Recall(old, New(book))
		u := again.Against(old)
		if len(u.Gone) > 0 || u.Deck.ID != old.ID {
			t.Fatalf("gone are %v; the deck was\n%sand is\n%s", u.Gone, s.outline(), again.outline())
		}
		for _, c := range u.Changes {
			if c.Old.Text(decks.Back) != "" && c.New.Text(decks.Back) == "" {
				t.Fatalf("the answer is lost: %+v", c)
			}
		}
	})
}
