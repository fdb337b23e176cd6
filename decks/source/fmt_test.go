package source

import (
	"errors"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
)

// one formats a course of one file and fails on an error.
func one(t testing.TB, src string, lock Lock, o Options) (string, Formatted) {
	t.Helper()
	f, err := Fmt([]File{{"a.md", []byte(src)}}, lock, o)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return string(f.Files[0].Data), f
}

// refused formats a course that is not to be changed, and gives the problem.
func refused(t testing.TB, files []File, lock Lock, o Options) (what, word string, line int) {
	t.Helper()
	f, err := Fmt(files, lock, o)
	var all Errors
	if !errors.As(err, &all) || !reflect.DeepEqual(f, Formatted{}) {
		t.Fatalf("%v, %+v", err, f)
	}
	args := fault.Of(err).Args
	return args["problem"].(string), args["word"].(string), args["line"].(int)
}

const fmtHead = "---\nlectern: 1\ndeck: d\ntitle: T\nlang: ru\n---\n# S\n<!-- section: s -->\n"

func TestFmtWrites(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"letters": {
			fmtHead + "Q: q?\nA: a\nH: h\nX: x\nS: s\nTags: t\nDifficulty: hard\n<!-- ^a -->\n",
			fmtHead + "Вопрос: q?\nОтвет: a\nПодсказка: h\nПояснение: x\nИсточник: s\nТеги: t\nСложность: hard\n<!-- ^a -->\n"},
		"letters of other kinds": {
			fmtHead + "Exercise : e\n<!-- ^a -->\nС: {{c1::c}}\n<!-- ^b -->\nМ:\tm?\n- [x] a\n- [ ] b\n<!-- ^c -->\n",
			fmtHead + "Упражнение : e\n<!-- ^a -->\nПропуски: {{c1::c}}\n<!-- ^b -->\nТест:\tm?\n- [x] a\n- [ ] b\n<!-- ^c -->\n"},
		"other words of the language stay": {
			fmtHead + "Задача: q?\nМетки: t\n<!-- ^a -->\n", fmtHead + "Задача: q?\nМетки: t\n<!-- ^a -->\n"},
		"source of a section": {
			fmtHead + "Source: x\n\nQ: q?\n<!-- ^a -->\n", fmtHead + "Источник: x\n\nВопрос: q?\n<!-- ^a -->\n"},
		"no keyword": {
			fmtHead + "Вопрос: q?\nОтвет:\n```\nQ: code\nA: code\n```\n\\Q: text\n    A: code\n<!-- ^a -->\n\n<!--\nQ: away\n-->\n",
			fmtHead + "Вопрос: q?\nОтвет:\n```\nQ: code\nA: code\n```\n\\Q: text\n    A: code\n<!-- ^a -->\n\n<!--\nQ: away\n-->\n"},
		"English": {
			"---\ndeck: d\ntitle: T\nlang: en-GB\n---\nВ: q?\nОтвет: a\n<!-- ^a -->\n", "---\ndeck: d\ntitle: T\nlang: en-GB\n---\nQuestion: q?\nAnswer: a\n<!-- ^a -->\n"},
		"another language, as most of it is": {
			"---\ndeck: d\ntitle: T\nlang: kk\n---\nВ: q?\nОтвет: a\nS: s\n<!-- ^a -->\n", "---\ndeck: d\ntitle: T\nlang: kk\n---\nВопрос: q?\nОтвет: a\nИсточник: s\n<!-- ^a -->\n"},
		"gaps": {
			fmtHead + "Пропуски: {{a}} и {{c2::b}},\n{{c::подсказка}} $\\frac{{x}}{y}$ `{{z}}` {{c2::d}}\nПояснение: {{e}}\n<!-- ^a -->\n",
			fmtHead + "Пропуски: {{c3::a}} и {{c2::b}},\n{{c4::c::подсказка}} $\\frac{{x}}{y}$ `{{z}}` {{c2::d}}\nПояснение: {{e}}\n<!-- ^a -->\n"},
		"the highest number is not the last": {
			fmtHead + "Пропуски: {{c3::a}} {{c1::b}} {{c}}\n<!-- ^a -->\n", fmtHead + "Пропуски: {{c3::a}} {{c1::b}} {{c4::c}}\n<!-- ^a -->\n"},
		"a gap behind a comment": {
			fmtHead + "П: {{a}}\n<!-- {{b}} -->\n\n{{c}}\n<!-- ^a -->\n", fmtHead + "Пропуски: {{c1::a}}\n<!-- {{b}} -->\n\n{{c2::c}}\n<!-- ^a -->\n"},
		"a gap on the line below": {
			fmtHead + "П:\n- {{a}}\n<!-- ^a -->\n", fmtHead + "Пропуски:\n- {{c1::a}}\n<!-- ^a -->\n"},
		"Windows": {
			"\uFEFF---\r\ndeck: d\r\ntitle: T\r\n---\r\nQ: q?\r\n<!-- ^a -->\r\nC: {{a}}\r\n<!-- ^b -->", "\uFEFF---\r\ndeck: d\r\ntitle: T\r\n---\r\nQuestion: q?\r\n<!-- ^a -->\r\nCloze: {{c1::a}}\r\n<!-- ^b -->"},
		"nothing to do": {
			fmtHead + "Вопрос :  q?  \n\n\n  Ответ: a\n\n<!--   ^a  keep  major=2 -->  \n\n\n", fmtHead + "Вопрос :  q?  \n\n\n  Ответ: a\n\n<!--   ^a  keep  major=2 -->  \n\n\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, f := one(t, c.src, Lock{}, Options{})
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if changed := len(f.Changed) > 0; changed != (c.src != c.want) || f.Given != 0 {
				t.Errorf("%+v", f)
			}
		})
	}
}

func TestFmtGivesIDs(t *testing.T) {
	src := "---\r\ntitle: T\r\n---\r\nQ: first?\r\nA: a\r\n\r\n# S\r\nM: m?\r\n- [x] a\r\n\r\n  b\r\n- [ ] c\r\n\r\nQ: last?"
	got, f := one(t, src, Lock{}, Options{})
	ids := regexp.MustCompile(`[0-9a-z]{10}`).FindAllString(got, -1)
	want := "---\r\ndeck: %\r\ntitle: T\r\n---\r\nQuestion: first?\r\nAnswer: a\r\n<!-- ^% -->\r\n\r\n# S\r\n<!-- section: % -->\r\nChoice: m?\r\n- [x] a\r\n\r\n  b\r\n- [ ] c\r\n<!-- ^% -->\r\n\r\nQuestion: last?\r\n<!-- ^% -->"
	if len(ids) != 5 {
		t.Fatalf("ids %v in\n%s", ids, got)
	}
	for _, id := range ids {
		want = strings.Replace(want, "%", id, 1)
	}
	if got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if f.Given != 3 || f.Lock.Deck != ids[0] || !reflect.DeepEqual(slices.Sorted(maps.Keys(f.Lock.Cards)), sorted([]string{ids[1], ids[3], ids[4]})) {
		t.Errorf("%+v", f)
	}
}

// A course in several files is one course: with one deck id, in the first.
func TestFmtFiles(t *testing.T) {
	files := []File{{"course.md", []byte("---\ntitle: T\nlang: ru\n---\n")}, {"2.md", []byte("# A\nQ: a?\n")}, {"10.md", []byte("# B\nВопрос: b?\n<!-- ^b -->\n")}}
	f, err := Fmt(files, Lock{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(f.Changed, []string{"course.md", "2.md", "10.md"}) || strings.Contains(string(f.Files[1].Data), "deck") || f.Lock.Cards["b"].File != "10.md" {
		t.Errorf("%+v", f)
	}
	again, err := Fmt(f.Files, f.Lock, Options{})
	if err != nil || len(again.Changed) > 0 || !reflect.DeepEqual(again.Lock, f.Lock) {
		t.Errorf("%v, %+v", err, again)
	}
	_, err = Fmt([]File{files[0], {"2.md", []byte("# A\nQ: a?\n<!-- ^a -->\nA: b\n")}}, Lock{}, Options{})
	if f := fault.Of(err); f.Args["file"] != "2.md" || f.Args["line"] != 4 {
		t.Errorf("%v", err)
	}
}

// A gap never gets a number that the card had, not even one that is gone.
func TestFmtNumbersOnce(t *testing.T) {
	got, f := one(t, fmtHead+"Пропуски: {{a}} {{b}} {{c}}\n<!-- ^a -->\n", Lock{}, Options{})
	if f.Lock.Cards["a"].Gaps != 3 {
		t.Fatalf("%+v", f.Lock)
	}
	got, f = one(t, strings.Replace(got, "{{c3::c}}", "c", 1), f.Lock, Options{})
	if f.Lock.Cards["a"].Gaps != 3 {
		t.Fatalf("%+v", f.Lock)
	}
	got, f = one(t, strings.Replace(got, " c\n", " {{d}} и {{e}}\n", 1), f.Lock, Options{})
	if !strings.Contains(got, "{{c1::a}} {{c2::b}} {{c4::d}} и {{c5::e}}") || f.Lock.Cards["a"].Gaps != 5 {
		t.Errorf("%s%+v", got, f.Lock)
	}
	// The number belongs to the card, also when its id was lost meanwhile.
	got, _ = one(t, fmtHead+"Пропуски: {{c1::a}} {{c2::b}} {{d}} и {{c5::e}}\n", Lock{Deck: "d", Cards: map[string]Entry{"a": {File: "a.md", Text: f.Lock.Cards["a"].Text, Gaps: 7}}}, Options{})
	if !strings.Contains(got, "{{c8::d}}") || !strings.Contains(got, "<!-- ^a -->") {
		t.Error(got)
	}
	if what, _, line := refused(t, []File{{"a.md", []byte(fmtHead + "П: {{c998::a}} {{b}} {{c}}\n")}}, Lock{}, Options{}); what != "many_gaps" || line != 9 {
		t.Errorf("%s in line %d", what, line)
	}
}

// Mistakes are told where they stand before anything is written.
func TestFmtChangesNothingWithMistakes(t *testing.T) {
	for src, want := range map[string]string{
		fmtHead + "Q: q?\n\nQ: p?\nAnwser: a\n":       "near_keyword",
		fmtHead + "C: {{}} {{a}}\n":                   "gap_number",
		fmtHead + "C: {\x01{a}} {{b}}\n":              "gap_number",
		fmtHead + "# S\n<!-- section: s -->\nQ: q\n":  "id_twice",
		"---\nlang: ru\n---\nQ: q?\n":                 "no_title",
		"---\ntitle: T\nlang: ру\n---\nQ: q?\n":       "bad_lang",
		fmtHead + "Q: q?\n<!-- ^new -->\n<!-- ^a -->": "stray_id",
	} {
		if what, _, _ := refused(t, []File{{"a.md", []byte(src)}}, Lock{}, Options{}); what != want {
			t.Errorf("%s, want %s, of\n%s", what, want, src)
		}
	}
	if what, _, line := refused(t, []File{{"a.md", []byte(fmtHead + "Q: q?\n")}}, Lock{Deck: "other"}, Options{}); what != "lock_deck" || line != 3 {
		t.Errorf("%s in line %d", what, line)
	}
	// A deck without an id is the one of its lock.
	if got, _ := one(t, "---\ntitle: T\n---\n", Lock{Deck: "other"}, Options{}); !strings.Contains(got, "deck: other\n") {
		t.Error(got)
	}
}

var comment = regexp.MustCompile(`(?m)^<!-- (\^|section).* -->\n`)

// rough makes of a written course one as a person might leave it.
func rough(t *rapid.T, text string) string {
	full := regexp.MustCompile(`^(\pL+):`)
	letters := map[string][]string{
		"Question": {"Q", "В", "Вопрос"}, "Вопрос": {"Q", "В", "Question"}, "Exercise": {"E", "У", "Задача"}, "Упражнение": {"Е", "Exercise"},
		"Cloze": {"C", "С", "П"}, "Пропуски": {"C", "Gaps"}, "Choice": {"M", "Т", "Test"}, "Тест": {"М", "Choice"}, "Answer": {"A", "О"}, "Ответ": {"А", "Answer"},
		"Hint": {"H", "Подсказка"}, "Подсказка": {"Н", "Hint"}, "Explanation": {"X"}, "Пояснение": {"Х", "Explanation"}, "Source": {"S"}, "Источник": {"S", "Source"},
		"Tags": {"Теги", "Метки"}, "Теги": {"Tags"}, "Difficulty": {"Сложность"}, "Сложность": {"Difficulty"},
	}
	eol := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "eol")
	var out []string
	var code fence
	for _, l := range strings.Split(text, "\n") {
		isCode := code.read(strings.TrimLeft(full.ReplaceAllString(l, ""), " "), 0) // code may begin behind a keyword
		switch m := full.FindStringSubmatch(l); {
		case isCode && (m == nil || code.mark == ""):
		case comment.MatchString(l+"\n") && rapid.Bool().Draw(t, "lost"):
			continue
		case m != nil && letters[m[1]] != nil && rapid.Bool().Draw(t, "other word"):
			word := rapid.SampledFrom(letters[m[1]]).Draw(t, "word")
			if rest := l[len(m[0]):]; len([]rune(word)) > 1 || rest == "" || rest[0] == ' ' {
				l = word + l[len(m[1]):]
			}
		}
		out = append(out, l)
	}
	return strings.Join(out, eol)
}

// bare takes away what Fmt gives: ids.
func bare(d decks.Deck) decks.Deck {
	index := map[string]string{}
	for i := range d.Sections {
		index[d.Sections[i].ID] = string(rune('a' + i))
		d.Sections[i].ID = index[d.Sections[i].ID]
	}
	for i := range d.Notes {
		d.Notes[i].ID, d.Notes[i].Section = "", index[d.Notes[i].Section]
	}
	return d
}

func TestLawFmt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := rough(t, string(Write(deckGen().Draw(t, "deck"))))
		before, err := Parse("a.md", []byte(src))
		if err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		f, err := Fmt([]File{{"a.md", []byte(src)}}, Lock{}, Options{})
		if err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		text := string(f.Files[0].Data)
		after, err := Parse("a.md", f.Files[0].Data)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if again, err := Parse("a.md", f.Files[0].Data); err != nil || !reflect.DeepEqual(again, after) {
			t.Fatalf("ids are not all in the file: %v\n%s", err, text)
		}
		for _, n := range after.Notes {
			if e, known := f.Lock.Cards[n.ID]; !known || e.Text != Text(n) || e.Gaps != highestGap(n) || e.Retired {
				t.Fatalf("the lock does not know %+v: %+v", n, e)
			}
		}
		if len(f.Lock.Cards) != len(after.Notes) || f.Lock.Deck != after.ID {
			t.Fatalf("lock %+v", f.Lock)
		}
		if !reflect.DeepEqual(bare(after), bare(before)) {
			t.Fatalf("the course means something else:\n%s\n%s", src, text)
		}
		twice, err := Fmt(f.Files, f.Lock, Options{})
		if err != nil || len(twice.Changed) > 0 || !reflect.DeepEqual(twice.Lock, f.Lock) || twice.Given+twice.Healed+twice.Copies+twice.Returned+len(twice.Retired) > 0 {
			t.Fatalf("a second pass changes something: %v\n%s\n%+v", err, text, twice)
		}
		if strings.Contains(src, "\r\n") && strings.Count(text, "\n") != strings.Count(text, "\r\n") {
			t.Fatal("ends of line are mixed")
		}
	})
}

func FuzzFmt(f *testing.F) {
	f.Add(fmtHead+"Q: q?\n\nC: {{a}} {{c2::b}}\n", "")
	f.Add(fmtHead+"Q: q?\n<!-- ^new from=b -->\nQ: q?\n<!-- ^a -->", string(Lock{Deck: "d", Cards: map[string]Entry{"a": {Text: "q?"}, "b": {Text: "q?"}}}.Bytes()))
	f.Add("# T\r\nТ: m\r\n- [x] a\r\n- [ ] b\rQ: q", "")
	f.Fuzz(func(t *testing.T, src, known string) {
		lock, err := ParseLock([]byte(known))
		if err != nil {
			lock = Lock{}
		}
		out, err := Fmt([]File{{"a.md", []byte(src)}}, lock, Options{})
		if err != nil {
			if fault.Of(err).Code == fault.Unknown {
				t.Fatalf("an error without a sentence: %v", err)
			}
			return
		}
		if _, err := release.Encode(Released(mustParse(t, out.Files[0].Data), out.Lock)); err != nil {
			t.Fatalf("a course was formatted that cannot be released: %v", err)
		}
		again, err := Fmt(out.Files, out.Lock, Options{})
		if err != nil || len(again.Changed) > 0 || !reflect.DeepEqual(again.Lock, out.Lock) {
			t.Fatalf("a second pass changes something: %v\n%q\n%+v\n%+v", err, out.Files[0].Data, out.Lock, again.Lock)
		}
	})
}

func mustParse(t *testing.T, src []byte) decks.Deck {
	d, err := Parse("a.md", src)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
