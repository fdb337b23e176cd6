package class

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/release"
)

var hash = strings.Repeat("0a", 32)

func reporter(i int) string { return Reporter([]byte(fmt.Sprint("secret", i)), ReportFormat, "d") }

// A student is the same in two files of a kind about a deck, and nobody anywhere else.
func TestReporter(t *testing.T) {
	secret := []byte("a secret")
	r := Reporter(secret, ReportFormat, "d")
	if r != Reporter(secret, ReportFormat, "d") {
		t.Error("two reports of a student about a deck have two names")
	}
	for what, other := range map[string]string{
		"another deck": Reporter(secret, ReportFormat, "e"), "answers": Reporter(secret, AnswersFormat, "d"), "another student": Reporter([]byte("b secret"), ReportFormat, "d"),
	} {
		if r == other {
			t.Errorf("%s has the same name", what)
		}
	}
	if len(r) != 32 || strings.Contains(r, "secret") {
		t.Errorf("reporter %q", r)
	}
}

// The files hold just what they promise.
func TestFiles(t *testing.T) {
	a := Answers{Deck: "d", Release: hash, Reporter: reporter(1), Answers: []Answer{{"n2", "<b> & «два»"}, {"n1", "one\ntwo"}}}
	got, err := a.Write()
	want := "{\n \"format\": \"lectern-answers/1\",\n \"deck\": \"d\",\n \"release\": \"" + hash + "\",\n \"reporter\": \"" + reporter(1) +
		"\",\n \"answers\": [\n  {\n   \"note\": \"n1\",\n   \"text\": \"one\\ntwo\"\n  },\n  {\n   \"note\": \"n2\",\n   \"text\": \"<b> & «два»\"\n  }\n ]\n}\n"
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
	r := Report{Deck: "d", Release: hash, Reporter: reporter(1), Cards: []Card{{ID: "n1/f", Reviews: 9, Lapses: 2, Seconds: 5000, Wrong: true}}}
	got, err = r.Write()
	want = "{\n \"format\": \"lectern-report/1\",\n \"deck\": \"d\",\n \"release\": \"" + hash + "\",\n \"reporter\": \"" + reporter(1) +
		"\",\n \"cards\": [\n  {\n   \"card\": \"n1/f\",\n   \"reviews\": 9,\n   \"lapses\": 2,\n   \"seconds\": 600,\n   \"unclear\": false,\n   \"wrong\": true\n  }\n ]\n}\n"
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

func TestRefused(t *testing.T) {
	good := `{"format":"lectern-report/1","deck":"d","release":"` + hash + `","reporter":"` + reporter(1) + `","cards":[{"card":"n/f","reviews":2,"lapses":1,"seconds":3,"unclear":false,"wrong":false}]}`
	if _, err := ReadReport([]byte("\uFEFF" + strings.ReplaceAll(good, ",", ",\r\n  "))); err != nil {
		t.Fatalf("space is refused: %v", err)
	}
	for what, c := range map[string][2]string{
		"another format": {"report/1", "report/2"}, "answers": {"lectern-report/1", "lectern-answers/1"}, "a date": {`"deck"`, `"at":"2027-01-01","deck"`},
		"a name": {`"reviews"`, `"name":"x","reviews"`}, "no deck": {`"d"`, `"Д"`}, "no release": {hash, "0a"}, "no reporter": {reporter(1), "me"},
		"a reporter in capitals": {reporter(1), strings.ToUpper(reporter(1))}, "fewer than none": {`"reviews":2`, `"reviews":-2`}, "more lapses than answers": {`"lapses":1`, `"lapses":3`},
		"too many": {`"reviews":2`, `"reviews":10001`}, "a key twice": {`"lapses":1`, `"lapses":1,"lapses":1`}, "another order": {`"reviews":2,"lapses":1`, `"lapses":1,"reviews":2`},
		"keys in capitals": {`"lapses"`, `"Lapses"`}, "no number": {`"lapses":1`, `"lapses":"1"`}, "a fraction": {`"lapses":1`, `"lapses":1.5`}, "no card": {`n/f`, `n`},
		"a card twice": {`[`, `[{"card":"n/f","reviews":2,"lapses":1,"seconds":3,"unclear":false,"wrong":false},`}, "more behind": {`]}`, `]}{}`}, "no cards": {`[{`, `{`}, "nothing": {good, ""},
		"null": {good, "null"}, "too long": {good, strings.Repeat(" ", MaxFile+1)},
	} {
		bad := strings.Replace(good, c[0], c[1], 1)
		if bad == good {
			t.Fatalf("%s changes nothing", what)
		}
		if _, err := ReadReport([]byte(bad)); err == nil {
			t.Errorf("a report with %s is taken", what)
		}
	}
	answers := `{"format":"lectern-answers/1","deck":"d","release":"` + hash + `","reporter":"` + reporter(1) + `","answers":[{"note":"a","text":"x"},{"note":"b","text":"y"}]}`
	if _, err := ReadAnswers([]byte(answers)); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string][2]string{
		"a note twice": {`"b"`, `"a"`}, "notes out of order": {`"a"`, `"c"`}, "no note": {`"a"`, `"../a"`}, "a hint": {`"text"`, `"hint":"h","text"`},
		"a text too long": {`"x"`, `"` + strings.Repeat("x", release.MaxText+1) + `"`},
	} {
		if _, err := ReadAnswers([]byte(strings.Replace(answers, c[0], c[1], 1))); err == nil {
			t.Errorf("answers with %s are taken", what)
		}
	}
}

// A stranger's text neither turns the direction of writing nor steers a terminal.
func TestClean(t *testing.T) {
	for s, want := range map[string]string{
		"a\u202eb\u2066c\u200fd\u061ce": "abcde", "a\x1b[31mb\u009b2J": "a[31mb2J", "z\u200bero\u00ad": "zero", "\U000e0041tag": "tag", "line\u2028two": "linetwo",
		"👩\u200d🏫": "👩\u200d🏫", "tab\tand\r\nline": "tab\tand\nline", "\u202e": "", "е\u0308": "ё",
	} {
		if got := Clean(s); got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
	a := Answers{Deck: "d", Release: hash, Reporter: reporter(1), Answers: []Answer{{"a", "\u202eevil"}, {"b", "\u202e"}}}
	data, err := a.Write()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ReadAnswers(data); err != nil || !reflect.DeepEqual(got.Answers, []Answer{{"a", "evil"}}) {
		t.Errorf("%q, %v", got.Answers, err)
	}
}

func TestLawFiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := reportGen(rapid.IntRange(0, 9).Draw(t, "student")).Draw(t, "report")
		data, err := r.Write()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ReadReport(data); err != nil || !reflect.DeepEqual(got, r) || Format(data) != ReportFormat {
			t.Fatalf("%v: got %+v, want %+v", err, got, r)
		}
		a := Answers{Deck: "d", Release: hash, Reporter: reporter(1)}
		for i := range rapid.IntRange(0, 4).Draw(t, "answers") {
			if text := Clean(rapid.String().Draw(t, "text")); text != "" {
				a.Answers = append(a.Answers, Answer{fmt.Sprint("n", i), text})
			}
		}
		if data, err = a.Write(); err != nil {
			t.Fatal(err)
		}
		if got, err := ReadAnswers(data); err != nil || !reflect.DeepEqual(got, a) || Format(data) != AnswersFormat {
			t.Fatalf("%v: got %+v, want %+v", err, got, a)
		}
	})
}

func reportGen(student int) *rapid.Generator[Report] {
	return rapid.Custom(func(t *rapid.T) Report {
		r := Report{Deck: "d", Release: hash, Reporter: reporter(student)}
		for i := range 4 {
			if !rapid.Bool().Draw(t, "has") {
				continue
			}
			c := Card{ID: decks.NewCardID(fmt.Sprint("n", i), "f"), Reviews: rapid.IntRange(0, 20).Draw(t, "reviews"), Seconds: rapid.IntRange(0, 60).Draw(t, "seconds"),
				Unclear: rapid.Bool().Draw(t, "unclear"), Wrong: rapid.Bool().Draw(t, "wrong")}
			c.Lapses = rapid.IntRange(0, c.Reviews).Draw(t, "lapses")
			r.Cards = append(r.Cards, c)
		}
		return r
	})
}

// reportersOf counts the students who reported a card.
func reportersOf(reports []Report, id decks.CardID) int {
	who := map[string]bool{}
	for _, r := range reports {
		if slices.ContainsFunc(r.Cards, func(c Card) bool { return c.ID == id }) {
			who[r.Reporter] = true
		}
	}
	return len(who)
}

func reportsGen(t *rapid.T) []Report {
	var out []Report
	for range rapid.IntRange(0, 14).Draw(t, "reports") {
		out = append(out, reportGen(rapid.IntRange(0, 11).Draw(t, "student")).Draw(t, "report"))
	}
	return out
}

// TestLawFewest: what is listed does not depend on a card that fewer than five
// students reported: with such cards changed or gone it is the same.
func TestLawFewest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reports := reportsGen(t)
		list := Sum(reports)
		for _, row := range list {
			if n := reportersOf(reports, row.Card); n < Fewest || row.Reports > n || row.Reports%Fewest != 0 {
				t.Fatalf("%s is listed with %d of %d reports", row.Card, row.Reports, n)
			}
		}
		for i := range 4 {
			id := decks.NewCardID(fmt.Sprint("n", i), "f")
			if reportersOf(reports, id) >= Fewest {
				if !slices.ContainsFunc(list, func(row Trouble) bool { return row.Card == id }) {
					t.Fatalf("%s is not listed", id)
				}
				continue
			}
			other := slices.Clone(reports)
			for k := range other {
				other[k].Cards = slices.Clone(other[k].Cards)
				for c := range other[k].Cards {
					if other[k].Cards[c].ID == id {
						other[k].Cards[c] = Card{ID: id, Reviews: 10_000, Lapses: 10_000, Seconds: 600, Unclear: true, Wrong: true}
					}
				}
			}
			if got := Sum(other); !reflect.DeepEqual(got, list) {
				t.Fatalf("with other numbers of %s: %+v, was %+v", id, got, list)
			}
			for k := range other {
				other[k].Cards = slices.DeleteFunc(other[k].Cards, func(c Card) bool { return c.ID == id })
			}
			if got := Sum(other); !reflect.DeepEqual(got, list) {
				t.Fatalf("without %s: %+v, was %+v", id, got, list)
			}
		}
	})
}

// TestLawOneByOne: while reports of more students are added at the end, a card's
// numbers change only when five more of them stand behind the change.
func TestLawOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var reports []Report
		before := map[decks.CardID]Trouble{}
		for student := range rapid.IntRange(1, 17).Draw(t, "students") {
			reports = append(reports, reportGen(student).Draw(t, "report"))
			for _, row := range Sum(reports) {
				old := before[row.Card]
				if row != old && row.Reports-old.Reports != Fewest {
					t.Fatalf("from %+v to %+v", old, row)
				}
				before[row.Card] = row
			}
		}
	})
}

// A student counts once, however often he reports.
func TestLawOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reports := reportsGen(t)
		again := append(slices.Clone(reports), reports...)
		if got, want := Sum(again), Sum(reports); !reflect.DeepEqual(got, want) {
			t.Fatalf("given twice: %+v, want %+v", got, want)
		}
	})
}

func TestSum(t *testing.T) {
	var reports []Report
	for i := range 6 {
		reports = append(reports, Report{Deck: "d", Release: hash, Reporter: reporter(i), Cards: []Card{
			{ID: "a/f", Reviews: 10, Lapses: 5, Seconds: 10 + i},
			{ID: "b/f", Reviews: 10, Lapses: 0, Seconds: 5, Wrong: i == 0},
			{ID: "c/f", Reviews: 10, Lapses: 0, Seconds: 7, Unclear: i < 2},
			{ID: "e/f", Unclear: i == 0},
		}})
	}
	// What is reported again with more answers takes the place of what was; an old
	// report that comes late does not.
	second := reports[2]
	second.Cards = []Card{{ID: "a/f", Reviews: 100, Lapses: 0, Seconds: 12}, {ID: "b/f", Reviews: 10, Seconds: 5}, {ID: "c/f", Reviews: 10, Seconds: 7}, {ID: "e/f"}}
	got := Sum(append(reports, second, reports[2]))
	want := []Trouble{
		{Card: "c/f", Reports: 5, Seconds: 7, Unclear: 2},
		{Card: "b/f", Reports: 5, Seconds: 5, Wrong: 1},
		{Card: "a/f", Reports: 5, Lapses: 0.4, Seconds: 12},
		{Card: "e/f", Reports: 5, Unclear: 1},
	}
	// 0.8, 0.6, 0.4, 0.4: of the last two the one that takes longer is first.
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func answersOf(student int, pairs ...string) Answers {
	a := Answers{Deck: "d", Release: hash, Reporter: reporter(student)}
	for i := 0; i+1 < len(pairs); i += 2 {
		a.Answers = append(a.Answers, Answer{pairs[i], pairs[i+1]})
	}
	return a
}

func TestGather(t *testing.T) {
	files := []Answers{
		answersOf(1, "n1", "Токен — это кусок слова.", "n2", "Нет"),
		answersOf(2, "n1", "токен — это кусок слова"),
		answersOf(3, "n1", "Кусок слова - это  токен."),
		answersOf(4, "n1", "Единица словаря модели: слово, его часть или знак.", "n2", "Да"),
		answersOf(5, "n1", "Токен — это не кусок слова."),
		answersOf(6, "n1", "**Токен** — это кусок слова."),
		answersOf(6, "n1", "Токен — это кусок слова."), // his second file
	}
	got := Gather(files)
	if len(got) != 2 || got[0].Note != "n1" || got[0].Students != 6 || got[1].Students != 2 || len(got[1].Variants) != 2 {
		t.Fatalf("%+v", got)
	}
	v := got[0].Variants
	if len(v) != 3 || v[0].Text != "Токен — это кусок слова." || v[0].Students != 4 || v[0].Wordings[0].Students != 2 {
		t.Errorf("variants %+v", v)
	}
	for _, x := range v {
		if strings.Contains(x.Text, "не кусок") && x.Students != 1 {
			t.Errorf("what one denies is put with what another says: %+v", x)
		}
	}
	slices.Reverse(files[:5])
	if again := Gather(files); !reflect.DeepEqual(again, got) {
		t.Errorf("in another order: %+v", again)
	}
}

// Every answer is in one variant, once.
func TestLawGather(t *testing.T) {
	words := []string{"токен", "слово", "часть", "не", "модель", "2", "$x^2$", "**x**", "читает", "Ёлка", "елка"}
	rapid.Check(t, func(t *rapid.T) {
		var files []Answers
		want := map[string]int{}
		for i := range rapid.IntRange(0, 20).Draw(t, "students") {
			text := Clean(strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 5).Draw(t, "words"), " "))
			files = append(files, answersOf(i, "n", text))
			want[text]++
		}
		got := map[string]int{}
		for _, q := range Gather(files) {
			most := q.Students
			for _, v := range q.Variants {
				if v.Students > most {
					t.Fatalf("not in order: %+v", q.Variants)
				}
				most = v.Students
				sum := 0
				for _, w := range v.Wordings {
					got[w.Text] += w.Students
					sum += w.Students
				}
				if sum != v.Students || v.Text != v.Wordings[0].Text {
					t.Fatalf("variant %+v", v)
				}
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
		var flat [][]Question
		for range 2 {
			flat = append(flat, Gather(files))
			slices.Reverse(files)
		}
		if !reflect.DeepEqual(flat[0], flat[1]) {
			t.Fatalf("order matters: %+v, %+v", flat[0], flat[1])
		}
	})
}

func FuzzReadAnswers(f *testing.F) {
	data, err := answersOf(1, "a", "x\u2028<b>", "b", "y").Write()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"format":"lectern-answers/1"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := ReadAnswers(data)
		if err != nil {
			return
		}
		for _, x := range a.Answers {
			if Clean(x.Text) != x.Text || x.Text == "" {
				t.Fatalf("%q was read", x.Text)
			}
		}
		again, err := a.Write()
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		if b, err := ReadAnswers(again); err != nil || !reflect.DeepEqual(a, b) {
			t.Fatalf("%v: %+v, %+v", err, a, b)
		}
	})
}

func FuzzReadReport(f *testing.F) {
	data, err := Report{Deck: "d", Release: hash, Reporter: reporter(1), Cards: []Card{{ID: "a/f", Reviews: 3, Lapses: 1, Seconds: 4, Wrong: true}}}.Write()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ReadReport(data)
		if err != nil {
			return
		}
		again, err := r.Write()
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		if b, err := ReadReport(again); err != nil || len(b.Cards) != len(r.Cards) {
			t.Fatalf("%v: %+v, %+v", err, r, b)
		}
		Sum([]Report{r, r})
	})
}
