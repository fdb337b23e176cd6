package source

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
)

// Four cards of an everyday course.
const lecture = fmtHead + `Вопрос: Почему лёд не тонет в воде, хотя это та же вода?
Ответ: При замерзании вода расширяется, поэтому лёд легче воды того же объёма.
<!-- ^ice -->

Вопрос: Зачем в scaled dot-product attention произведение запросов и ключей делят на корень из размерности?
Ответ: Чтобы дисперсия произведений не росла с размерностью и softmax не насыщался.
<!-- ^scale -->

Пропуски: Запрос сравнивается с {{c1::ключами}}, а результат складывается из {{c2::значений}}.
<!-- ^gaps -->

Тест: Что хранит кэш модели, когда она пишет ответ?
- [x] Ключи и значения прочитанных токенов
- [ ] Градиенты последнего шага обучения
<!-- ^cache -->
`

func lockOf(t testing.TB, src string) Lock {
	t.Helper()
	_, f := one(t, src, Lock{}, Options{})
	return f.Lock
}

// replaced changes a text and fails when it is not there.
func replaced(t testing.TB, s string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(s, pairs[i]) != 1 {
			t.Fatalf("%q stands %d times", pairs[i], strings.Count(s, pairs[i]))
		}
		s = strings.Replace(s, pairs[i], pairs[i+1], 1)
	}
	return s
}

// cardIDs are the ids under the cards of a course, in order.
func cardIDs(src string) []string {
	var ids []string
	for _, m := range regexp.MustCompile(`<!-- \^(\S+)`).FindAllStringSubmatch(src, -1) {
		ids = append(ids, m[1])
	}
	return ids
}

func TestLostIDsComeBack(t *testing.T) {
	lock := lockOf(t, lecture)
	nothing := regexp.MustCompile(`(?m)^<!-- \^.*\n`).ReplaceAllString(lecture, "")
	for name, src := range map[string]string{
		"all lost": nothing,
		"edited too": replaced(t, nothing, "объёма.", "объёма!", "дисперсия произведений", "дисперсия всех произведений",
			"{{c1::ключами}}", "{{c1::ключами::чем}}", "Градиенты последнего шага обучения", "Градиенты последнего шага"),
		"answered otherwise": replaced(t, nothing, "При замерзании вода расширяется, поэтому лёд легче воды того же объёма.", "Он легче."),
		"capitals and ё":     replaced(t, nothing, "лёд не тонет в воде", "Лед Не Тонет  в воде"),
		"numbers lost":       replaced(t, nothing, "c1::", "", "c2::", ""),
	} {
		got, f := one(t, src, lock, Options{})
		if want := []string{"ice", "scale", "gaps", "cache"}; !reflect.DeepEqual(cardIDs(got), want) || f.Healed != 4 || f.Given+f.Copies != 0 || len(f.Retired) > 0 {
			t.Errorf("%s: %v, %+v", name, cardIDs(got), f)
		}
	}
	// In another order, and in another file.
	parts := strings.Split(strings.TrimPrefix(nothing, fmtHead), "\n\n")
	slices.Reverse(parts)
	out, err := Fmt([]File{{"course.md", []byte(fmtHead)}, {"2.md", []byte("# B\n" + strings.Join(parts, "\n\n"))}}, lock, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := cardIDs(string(out.Files[1].Data)); !reflect.DeepEqual(got, []string{"cache", "gaps", "scale", "ice"}) {
		t.Errorf("%v", got)
	}
}

// Only cards that lost their ids are looked for: a new card that says what another
// says is a new card.
func TestNewCardIsNew(t *testing.T) {
	lock := lockOf(t, lecture)
	twin := lecture + "\nВопрос: Почему лёд не тонет в воде, хотя это та же вода?\nОтвет: При замерзании вода расширяется, поэтому лёд легче воды того же объёма.\n"
	got, f := one(t, twin, lock, Options{})
	if ids := cardIDs(got); len(ids) != 5 || f.Given != 1 || f.Healed != 0 || slices.Contains(ids[:4], ids[4]) {
		t.Errorf("%v, %+v", ids, f)
	}
	// What is gone, and what came and looks nothing like it.
	other := replaced(t, lecture, "Почему лёд не тонет в воде, хотя это та же вода?", "Что тяжелее?", "При замерзании вода расширяется, поэтому лёд легче воды того же объёма.", "Свинец.", "<!-- ^ice -->\n", "")
	got, f = one(t, other, lock, Options{})
	if ids := cardIDs(got); ids[0] == "ice" || f.Given != 1 || !reflect.DeepEqual(f.Retired, []string{"ice"}) {
		t.Errorf("%v, %+v", ids, f)
	}
}

// Cards of one pattern: nobody can tell which of them is which.
func TestDoubtIsAsked(t *testing.T) {
	pattern := func(what, id string) string {
		return fmt.Sprintf("Вопрос: В каком году, по мнению авторов учебника, был основан город %s на этой реке?\nОтвет: Никто не знает точно.\n%s\n", what, id)
	}
	src := fmtHead + pattern("Псков", "<!-- ^a -->") + pattern("Ржев", "<!-- ^b -->")
	lock := lockOf(t, src)
	lost := fmtHead + pattern("Псков Великий", "") + pattern("Ржев Старый", "")
	what, word, line := refused(t, []File{{"a.md", []byte(lost)}}, lock, Options{})
	if what != "lost_id" || line != 9 || word != "<!-- ^a -->, <!-- ^b -->" {
		t.Errorf("%s in line %d: %s", what, line, word)
	}
	// The author settles one, and the other follows.
	got, f := one(t, fmtHead+pattern("Псков Великий", "<!-- ^a -->")+pattern("Ржев Старый", ""), lock, Options{})
	if !reflect.DeepEqual(cardIDs(got), []string{"a", "b"}) || f.Healed != 1 {
		t.Errorf("%v", cardIDs(got))
	}
	// He says that one is new.
	got, f = one(t, fmtHead+pattern("Псков Великий", "<!-- ^new from=b -->")+pattern("Ржев Старый", "<!-- ^a -->"), lock, Options{})
	if ids := cardIDs(got); ids[0] == "new" || ids[0] == "b" || ids[1] != "a" || f.Given != 1 || !strings.Contains(got, ids[0]+" from=b -->") {
		t.Errorf("%v\n%s", ids, got)
	}
	if e := f.Lock.Cards["b"]; !e.Retired || !reflect.DeepEqual(e.Into, []string{cardIDs(got)[0]}) {
		t.Errorf("%+v", e)
	}
	// Or that all are.
	got, f = one(t, lost, lock, Options{New: true})
	if ids := cardIDs(got); f.Given != 2 || slices.Contains(ids, "a") || slices.Contains(ids, "b") {
		t.Errorf("%v", ids)
	}
	// One card is like two that are gone, and two cards are like one.
	if what, word, _ := refused(t, []File{{"a.md", []byte(fmtHead + pattern("Псков Великий", ""))}}, lock, Options{}); what != "lost_id" || word != "<!-- ^a -->, <!-- ^b -->" {
		t.Errorf("%s %s", what, word)
	}
	if what, word, line := refused(t, []File{{"a.md", []byte(lost)}}, lockOf(t, fmtHead+pattern("Псков", "<!-- ^a -->")), Options{}); what != "lost_id" || word != "<!-- ^a -->" || line != 9 {
		t.Errorf("%s %s in line %d", what, word, line)
	}
	// One card, like one that is gone but not enough: it is asked too.
	one := fmtHead + "Вопрос: В каком году, по мнению авторов учебника, был основан завод на этой реке?\nОтвет: В тысяча девятисотом.\n"
	if what, word, _ := refused(t, []File{{"a.md", []byte(one)}}, lockOf(t, fmtHead+pattern("Псков", "<!-- ^a -->")), Options{}); what != "lost_id" || word != "<!-- ^a -->" {
		t.Errorf("%s %s", what, word)
	}
}

// A card is looked for in its own file first.
func TestOwnFileFirst(t *testing.T) {
	text := "Вопрос: Сколько всего слов должно быть в одной хорошей карточке этого курса?\nОтвет: Чем меньше, тем лучше%s.\n%s\n"
	files := func(a, b string) []File {
		return []File{{"course.md", []byte(fmtHead)}, {"1.md", []byte("# A\n<!-- section: a -->\n" + a)}, {"2.md", []byte("# B\n<!-- section: b -->\n" + b)}}
	}
	before, err := Fmt(files(fmt.Sprintf(text, "", "<!-- ^a -->"), fmt.Sprintf(text, " всегда", "<!-- ^b -->")), Lock{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	after, err := Fmt(files(fmt.Sprintf(text, " обычно", ""), fmt.Sprintf(text, " навсегда", "")), before.Lock, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := cardIDs(string(after.Files[1].Data)), cardIDs(string(after.Files[2].Data)); !reflect.DeepEqual(append(a, b...), []string{"a", "b"}) {
		t.Errorf("%v %v", a, b)
	}
	// Equal texts go by file as well.
	before.Lock.Cards["b"] = Entry{File: "2.md", Text: before.Lock.Cards["a"].Text}
	after, err = Fmt(files("", fmt.Sprintf(text, "", "")), before.Lock, Options{})
	if err != nil || !reflect.DeepEqual(cardIDs(string(after.Files[2].Data)), []string{"b"}) {
		t.Errorf("%v, %+v", err, after)
	}
}

// Texts are equal that a reader takes for the same, numbers of gaps aside.
func TestTextIsWhatAReaderSees(t *testing.T) {
	card := func(front, back string) decks.Note {
		return decks.Note{Kind: decks.Cloze, Fields: map[decks.Field]string{decks.Front: front, decks.Back: back}}
	}
	a, b := Text(card("Лёд {{c2::легче}}\nводы", "Ответ")), Text(card("лед  {{легче}} ВОДЫ", "ответ "))
	if a != b || a != "лед {{легче}} воды\nответ" {
		t.Errorf("%q, %q", a, b)
	}
	long := Text(card("начало "+strings.Repeat("слово ", 5000), ""))
	if len(long) > mostText || !strings.HasSuffix(long, " слово") {
		t.Errorf("%d bytes, ending %q", len(long), long[len(long)-20:])
	}
}

func TestCopies(t *testing.T) {
	lock := lockOf(t, lecture)
	original := "Вопрос: Почему лёд не тонет в воде, хотя это та же вода?\nОтвет: При замерзании вода расширяется, поэтому лёд легче воды того же объёма.\n<!-- ^ice -->\n"
	changed := "Вопрос: Почему пробка не тонет в воде?\nОтвет: Она легче воды того же объёма.\n<!-- ^ice major=3 from=scale keep -->\n"
	for name, c := range map[string]struct {
		cards string
		keeps int
		lock  Lock
	}{
		"behind":   {original + "\n" + changed, 0, lock},
		"before":   {changed + "\n" + original, 1, lock},
		"no lock":  {changed + "\n" + original, 0, Lock{}},
		"the same": {original + "\n" + original, 0, lock},
	} {
		got, f := one(t, replaced(t, lecture, original, c.cards), c.lock, Options{})
		ids := cardIDs(got)
		if len(ids) != 5 || ids[c.keeps] != "ice" || ids[1-c.keeps] == "ice" || f.Copies != 1 || f.Given+f.Healed != 0 {
			t.Errorf("%s: %v, %+v", name, ids, f)
			continue
		}
		if !strings.Contains(got, "<!-- ^"+ids[1-c.keeps]+" -->") {
			t.Errorf("%s: the copy keeps what was said of the first:\n%s", name, got)
		}
		if _, again := one(t, got, f.Lock, Options{}); len(again.Changed) > 0 {
			t.Errorf("%s: a second pass changes something", name)
		}
	}
}

func TestRetired(t *testing.T) {
	lock := lockOf(t, lecture)
	card := "Вопрос: Почему лёд не тонет в воде, хотя это та же вода?\nОтвет: При замерзании вода расширяется, поэтому лёд легче воды того же объёма.\n<!-- ^ice -->\n"
	without := replaced(t, lecture, card, "")
	got, f := one(t, without, lock, Options{Why: " устарело\nи неверно "})
	if got != without || !reflect.DeepEqual(f.Retired, []string{"ice"}) {
		t.Errorf("%+v", f)
	}
	d := Released(mustParse(t, []byte(got)), f.Lock)
	if want := []decks.Retired{{ID: "ice", Why: "устарело и неверно"}}; !reflect.DeepEqual(d.Retired, want) || len(d.Notes) != 3 {
		t.Errorf("%+v", d.Retired)
	}
	// It stays retired, whatever is said of others later, and knows what follows it.
	got, f = one(t, replaced(t, got, "<!-- ^scale -->", "<!-- ^scale merges=ice,x -->", "<!-- ^gaps -->", "<!-- ^gaps from=ice -->"), f.Lock, Options{Why: "другое"})
	if e := f.Lock.Cards["ice"]; !e.Retired || e.Why != "устарело и неверно" || !reflect.DeepEqual(e.Into, []string{"gaps", "scale"}) {
		t.Errorf("%+v", e)
	}
	if len(f.Retired) > 0 || len(f.Lock.Cards) != 4 {
		t.Errorf("%+v", f)
	}
	// What was said once stays, though its author takes the words away.
	if _, later := one(t, strings.Replace(got, " from=ice", "", 1), f.Lock, Options{}); !reflect.DeepEqual(later.Lock.Cards["ice"].Into, []string{"gaps", "scale"}) {
		t.Errorf("%+v", later.Lock.Cards["ice"])
	}
	// A card that is in the course is not retired, whatever an old lock says.
	if d := Released(mustParse(t, []byte(lecture)), f.Lock); d.Retired != nil {
		t.Errorf("%+v", d.Retired)
	}
	// It comes back by its id, or by its text.
	for _, back := range []string{card, strings.Replace(card, "<!-- ^ice -->\n", "", 1), "Вопрос: совсем другое\n<!-- ^ice -->\n"} {
		got, again := one(t, got+"\n"+back, f.Lock, Options{})
		if e := again.Lock.Cards["ice"]; e.Retired || e.Into != nil || e.Why != "" || again.Returned != 1 || cardIDs(got)[3] != "ice" {
			t.Errorf("%+v\n%s", e, got)
		}
		if d := Released(mustParse(t, []byte(got)), again.Lock); d.Retired != nil {
			t.Errorf("%+v", d.Retired)
		}
	}
	// One that is only like it is another card: it was retired for a reason.
	like := strings.Replace(strings.Replace(card, "<!-- ^ice -->\n", "", 1), "того же объёма", "такого же объёма", 1)
	got, again := one(t, got+"\n"+like, f.Lock, Options{})
	if again.Given != 1 || cardIDs(got)[3] == "ice" {
		t.Errorf("%+v", again)
	}
}

// Three cards or more that are more than a twentieth are not retired by accident.
func TestRetireStop(t *testing.T) {
	course := func(n int) string {
		var b strings.Builder
		b.WriteString(fmtHead)
		for i := range n {
			fmt.Fprintf(&b, "Вопрос: слово%d?\n<!-- ^n%d -->\n\n", i, i)
		}
		return b.String()
	}
	for _, c := range []struct {
		had, left int
		stops     bool
	}{{4, 2, false}, {4, 1, true}, {60, 57, false}, {59, 56, true}, {100, 95, false}, {100, 94, true}, {3, 0, true}} {
		lock := lockOf(t, course(c.had))
		files := []File{{"a.md", []byte(course(c.left))}}
		_, err := Fmt(files, lock, Options{})
		if (err != nil) != c.stops {
			t.Errorf("%d of %d cards left: %v", c.left, c.had, err)
		}
		if c.stops {
			if what, word, _ := refused(t, files, lock, Options{New: true}); what != "retire_stop" || word != fmt.Sprint(c.had-c.left) {
				t.Errorf("%s %s", what, word)
			}
		}
		f, err := Fmt(files, lock, Options{RetireAll: true})
		if err != nil || len(f.Retired) != c.had-c.left {
			t.Errorf("%v, %v", err, f.Retired)
		}
		if f, err = Fmt(files, f.Lock, Options{}); err != nil || len(f.Retired) > 0 {
			t.Errorf("it stops twice: %v", err)
		}
	}
}

// What the author said of a change holds for that change only.
func TestMinorIsOfOneText(t *testing.T) {
	lock := lockOf(t, lecture)
	d := mustParse(t, []byte(lecture))
	e := lock.Cards["ice"]
	e.Minor = Sum(d.Notes[0])
	lock.Cards["ice"] = e
	if _, f := one(t, lecture, lock, Options{}); f.Lock.Cards["ice"].Minor != e.Minor {
		t.Error("it is forgotten")
	}
	if _, f := one(t, replaced(t, lecture, "того же объёма", "Того же объёма"), lock, Options{}); f.Lock.Cards["ice"].Minor != "" {
		t.Error("it holds for another text")
	}
}

// Whatever ids are lost, in whatever order the cards stand then: they come back when
// the texts differ.
func TestLawLostIDs(t *testing.T) {
	words := strings.Fields("лёд вода ключ запрос значение токен модель слой шаг голова маска вес кэш ранг норма шум")
	text := rapid.Map(rapid.SliceOfN(rapid.SampledFrom(words), 3, 12), func(w []string) string { return strings.Join(w, " ") })
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfNDistinct(text, 1, 8, func(s string) string { return s }).Draw(t, "texts")
		order := rapid.Permutation(slices.Collect(maps.Keys(texts2index(texts)))).Draw(t, "order")
		lost := rapid.SliceOfN(rapid.Bool(), len(texts), len(texts)).Draw(t, "lost")
		src, shuffled := fmtHead, fmtHead
		for i, s := range texts {
			src += fmt.Sprintf("Вопрос: %s\n<!-- ^n%d -->\n\n", s, i)
		}
		for _, i := range order {
			shuffled += fmt.Sprintf("В: %s\n", texts[i])
			if !lost[i] {
				shuffled += fmt.Sprintf("<!-- ^n%d -->\n", i)
			}
		}
		first, err := Fmt([]File{{"a.md", []byte(src)}}, Lock{}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		f, err := Fmt([]File{{"a.md", []byte(shuffled)}}, first.Lock, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, i := range order {
			want = append(want, fmt.Sprint("n", i))
		}
		if got := cardIDs(string(f.Files[0].Data)); !reflect.DeepEqual(got, want) || !reflect.DeepEqual(f.Lock, first.Lock) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func texts2index(texts []string) map[int]bool {
	out := map[int]bool{}
	for i := range texts {
		out[i] = true
	}
	return out
}
