package draft

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lectern/decks"
	"lectern/decks/release"
)

func TestParseReply(t *testing.T) {
	one := answer{question: 1, text: "Часть слова.", quotes: []quoted{{2, "Токен — часть слова"}}}
	for name, c := range map[string]struct {
		reply string
		want  []answer
		cut   bool
	}{
		"as asked": {reply: `{"answers": [{"question": 1, "in_lecture": true, "answer": "Часть слова.", "quotes": [{"passage": 2, "text": "Токен — часть слова"}]}]}`,
			want: []answer{one}},
		"in a fence, with words": {reply: "Sure! Here {is} the answer:\n```json\n" +
			`{"answers": [{"question": 1, "answer": "Часть слова.", "quotes": [{"passage": 2, "text": "Токен — часть слова"}]}]}` + "\n```\nAnything [else]?", want: []answer{one}},
		"after thoughts": {reply: `<think>{"answers": [{"question": 1, "answer": "no"}]} hmm</think>` +
			`{"answers": [{"question": 1, "answer": "Часть слова.", "quotes": [{"passage": 2, "text": "Токен — часть слова"}]}]}`, want: []answer{one}},
		"numbers in texts": {reply: `{"answers": [{"question": "1.", "answer": "Часть слова.", "quotes": [{"passage": "[2]", "text": "Токен — часть слова"}]}]}`,
			want: []answer{one}},
		"the list alone": {reply: `[{"question": 1, "answer": "Часть слова.", "quotes": [{"passage": 2, "text": "Токен — часть слова"}]}]`,
			want: []answer{one}},
		"other fields first": {reply: `{"note": {"a": [1, 2]}, "answers": [{"extra": 1, "question": 1, "answer": "Часть слова.", "quotes": [{"passage": 2, "text": "Токен — часть слова"}]}]}`,
			want: []answer{one}},
		"quotations without numbers": {reply: `{"answers": [{"question": 1, "answer": "x", "quotes": ["a b c", {"text": "d e f"}, 7, null]}]}`,
			want: []answer{{question: 1, text: "x", quotes: []quoted{{0, "a b c"}, {0, "d e f"}, {0, ""}}}}},
		"not in the lecture": {reply: `{"answers": [{"question": 1, "in_lecture": false, "answer": "but I know", "quotes": []}, {"question": 2, "in_lecture": true, "answer": " ", "quotes": null}]}`,
			want: []answer{{question: 1, text: "but I know", absent: true}, {question: 2, absent: true}}},
		"cut in the second answer": {reply: `{"answers": [{"question": 1, "answer": "Часть слова.", "quotes": [{"passage": 2, "text": "Токен — часть слова"}]}, {"question": 2, "answer": "Пол`,
			want: []answer{one}, cut: true},
		"cut after the first": {reply: `{"answers": [{"question": 1, "answer": "Часть слова.", "quotes": [{"passage": 2, "text": "Токен — часть слова"}]}`,
			want: []answer{one}, cut: true},
		"one of another form": {reply: `{"answers": ["words", {"question": 1, "answer": ["a"]}, {"answer": "of what?"}, {"question": 1, "answer": "Часть слова.", "quotes": [{"passage": 2, "text": "Токен — часть слова"}]}]}`,
			want: []answer{one}},
		"none": {reply: `{"answers": []}`},
	} {
		got, cut, err := parseReply(c.reply)
		if err != nil || cut != c.cut || len(got) != len(c.want) || len(got) > 0 && !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, cut %v, %v; want %+v", name, got, cut, err, c.want)
		}
	}
	if got, _, err := parseReply(`{"answers": [{"question": 1, "answer": "` + strings.Repeat("x", mostAnswer+1) + `"}, {"question": 2, "answer": "\u0000\n "}, {"question": 3, "answer": "a\u0000b\ud800"}]}`); err != nil ||
		len(got) != 2 || got[0].question != 2 || !got[0].absent || got[1].text != release.Text(got[1].text) {
		t.Errorf("%+v, %v", got, err)
	}
	for name, reply := range map[string]string{
		"nothing": "", "prose": "I cannot answer that.", "another schema": `{"result": "Часть слова."}`, "a list of texts": `["a", "b"]`,
		"only thoughts": `{"answers": [{"question": 1, "answer": "x"}]}</think>`, "HTML": "<html>[not] {json}</html>",
		"deep": strings.Repeat("[", 100_000), "deep objects": strings.Repeat(`{"a":`, 100_000), "many braces": strings.Repeat("{x", 100_000),
	} {
		if got, _, err := parseReply(reply); err == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
	many := `{"answers": [` + strings.Repeat(`{"question": 1, "answer": "x"},`, 10_000) + `{"question": 1, "answer": "x"}]}`
	if got, _, err := parseReply(many); err != nil || len(got) != mostAnswers {
		t.Errorf("%d answers, %v", len(got), err)
	}
	quotes := `{"answers": [{"question": 1, "answer": "x", "quotes": [` + strings.Repeat(`"q",`, 1000) + `"q"]}]}`
	if got, _, err := parseReply(quotes); err != nil || len(got[0].quotes) != mostQuotes {
		t.Errorf("%+v, %v", got, err)
	}
}

// quoting is a request with some passages.
func quoting() *Request {
	texts := []string{
		"Токен — часть слова, которую «модель» видит целиком; ёлка — тоже слово.",
		"Словарь бывает таких размеров:\n• маленький, 30 тысяч;\n• большой, 200 тысяч.",
		"enc.encode('x')  # [17, 4]",
		"注意力机制让每个词元都能看到其他词元。",
		"Да.",
	}
	r := &Request{Questions: []Question{{"n1", "Что такое токен?"}, {"n2", "Зачем?"}}}
	for i, s := range texts {
		p := Passage{Number: i + 1, Text: s, parts: []part{{0, 10 * (i + 1)}}}
		if i == 1 {
			p.parts = append(p.parts, part{strings.Index(s, "• маленький") + len("• "), 21}, part{strings.Index(s, "• большой") + len("• "), 23})
		}
		r.Passages = append(r.Passages, p)
	}
	return r
}

func TestQuotes(t *testing.T) {
	r := quoting()
	for _, c := range []struct {
		quoted quoted
		text   string // "" when it is not there
		block  int
	}{
		{quoted{1, "Токен — часть слова"}, "Токен — часть слова", 10},
		{quoted{1, "токен - ЧАСТЬ слова, которую \"модель\" видит"}, "Токен — часть слова, которую «модель» видит", 10}, // signs and case
		{quoted{1, "елка — тоже слово"}, "ёлка — тоже слово", 10},                                                       // ё
		{quoted{1, "**Токен** — часть _слова_"}, "Токен — часть слова", 10},                                             // its Markdown
		{quoted{3, "Токен — часть слова"}, "Токен — часть слова", 10},                                                   // miscounted
		{quoted{0, "Токен — часть слова"}, "Токен — часть слова", 10},
		{quoted{99, "Токен — часть слова"}, "Токен — часть слова", 10},
		{quoted{1, "Токен … видит целиком"}, "Токен — часть слова, которую «модель» видит целиком", 10}, // left out
		{quoted{1, "Токен ... видит целиком"}, "Токен — часть слова, которую «модель» видит целиком", 10},
		{quoted{1, "видит целиком … Токен — часть"}, "", 0}, // in another order
		{quoted{1, "Токен — это часть слова"}, "", 0},       // a word more
		{quoted{1, "Токен — часть слов"}, "", 0},            // another word
		{quoted{1, "часть слова"}, "", 0},                   // too little to prove anything
		{quoted{1, "… и ..."}, "", 0},
		{quoted{1, ""}, "", 0},
		{quoted{1, " — , ."}, "", 0},
		{quoted{5, "Да"}, "Да", 50}, // all of a passage
		{quoted{2, "большой, 200 тысяч"}, "большой, 200 тысяч", 23},
		{quoted{2, "маленький, 30 тысяч; большой"}, "маленький, 30 тысяч;\n• большой", 21},
		{quoted{3, "encode('x')  # [17, 4]"}, "encode('x')  # [17, 4", 30},
		{quoted{4, "每个词元都能看到"}, "每个词元都能看到", 40},
		{quoted{4, "每个词元不能看到"}, "", 0},
		{quoted{1, strings.Repeat("слово ", 10_000)}, "", 0},
	} {
		q, ok := r.find(c.quoted)
		if ok != (c.text != "") || q.Text != c.text || q.Block != c.block {
			t.Errorf("%+v: %+v, %v", c.quoted, q, ok)
		}
		if ok && !strings.Contains(q.Passage, q.Text) {
			t.Errorf("%q does not stand in %q", q.Text, q.Passage)
		}
	}
}

func TestResults(t *testing.T) {
	r := quoting()
	good, bad := quoted{1, "Токен — часть слова"}, quoted{1, "Токен — это слог"}
	for name, c := range map[string]struct {
		answers   []answer
		outcomes  []Outcome
		supported bool
		quotes    int
	}{
		"nothing":                  {nil, []Outcome{Missing, Missing}, false, 0},
		"supported":                {[]answer{{question: 1, text: "a", quotes: []quoted{good}}}, []Outcome{Drafted, Missing}, true, 1},
		"one quotation is made up": {[]answer{{question: 1, text: "a", quotes: []quoted{good, bad}}}, []Outcome{Drafted, Missing}, false, 1},
		"all are made up":          {[]answer{{question: 1, text: "a", quotes: []quoted{bad}}}, []Outcome{Drafted, Missing}, false, 0},
		"without quotations":       {[]answer{{question: 1, text: "a"}}, []Outcome{Drafted, Missing}, false, 0},
		"not in the lecture":       {[]answer{{question: 1, absent: true}, {question: 2, absent: true}}, []Outcome{NotInLecture, NotInLecture}, false, 0},
		"a question twice":         {[]answer{{question: 1, text: "a", quotes: []quoted{good}}, {question: 1, text: "b"}}, []Outcome{Drafted, Missing}, true, 1},
		"questions nobody asked":   {[]answer{{question: 3, text: "a"}, {question: -1, text: "b"}, {question: 1 << 40, text: "c"}}, []Outcome{Missing, Missing}, false, 0},
	} {
		got := r.results(c.answers, "m1")
		if len(got) != 2 || got[0].Outcome != c.outcomes[0] || got[1].Outcome != c.outcomes[1] || got[0].Question != r.Questions[0] {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		d := got[0].Draft
		if d.Supported != c.supported || len(d.Quotes) != c.quotes {
			t.Errorf("%s: %+v", name, d)
		}
		if got[0].Outcome == Drafted && (d.Note != "n1" || d.Text != "a" || d.Model != "m1") {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

// FuzzReply: whatever a service says, no answer comes to a question that was not
// asked, and every quotation that is kept stands in a passage that was sent.
func FuzzReply(f *testing.F) {
	for _, s := range []string{
		`{"answers": [{"question": 1, "in_lecture": true, "answer": "a", "quotes": [{"passage": 1, "text": "Токен — часть слова"}]}]}`,
		"```json\n" + `[{"question": "2", "answer": "a", "quotes": ["большой, 200 тысяч"]}]`,
		`<think>x</think>{"a": 1, "answers": [{"question": 1}`, `{"answers": [{"question": 1e9, "answer": "\ud800"}]}`, "[[[[", `{"answers": {"question": 1}}`,
		`{"answers": [{"question": 1, "answer": "a", "quotes": [{"passage": -1, "text": "… … 每个词元 …"}]}]}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		answers, _, err := parseReply(s)
		if err != nil && len(answers) > 0 {
			t.Fatal("answers beside an error")
		}
		r := quoting()
		for i, res := range r.results(answers, "m") {
			if res.Question != r.Questions[i] || (res.Outcome == Drafted) != (res.Draft.Text != "") {
				t.Fatalf("%+v", res)
			}
			if res.Draft.Text != strings.TrimSpace(release.Text(res.Draft.Text)) {
				t.Fatalf("no answer can hold %q", res.Draft.Text)
			}
			if res.Draft.Supported && len(res.Draft.Quotes) == 0 {
				t.Fatal("supported by nothing")
			}
			for _, q := range res.Draft.Quotes {
				if q.Text == "" || !strings.Contains(q.Passage, q.Text) ||
					!slices.ContainsFunc(r.Passages, func(p Passage) bool { return p.Text == q.Passage }) {
					t.Fatalf("%+v", q)
				}
			}
		}
	})
}

// FuzzWords: words lie in the text one after the other, and are folded.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"Ёж и ЁЖ", "a\u0301b", "x_1 — y\u00adz", "注意力 mix", "\xff\xfe", "ﬁ Ω"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, w := range words(s) {
			if w.from < at || w.to <= w.from || w.to > len(s) || w.text == "" {
				t.Fatalf("%+v in %q", w, s)
			}
			at = w.to
			if stem(w.text) == "" {
				t.Fatalf("nothing is left of %q", w.text)
			}
		}
	})
}

// A draft of a reply is what the collection keeps.
func ExampleReport_Drafts() {
	r := Report{Results: []Result{
		{Outcome: Drafted, Draft: decks.Draft{Note: "n1", Text: "A part of a word."}},
		{Outcome: NotInLecture},
	}}
	fmt.Println(len(r.Drafts()), r.Count(NotInLecture))
	// Output: 1 1
}
