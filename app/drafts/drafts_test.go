package drafts

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/content"
	"lectern/decks/draft"
	"lectern/decks/lecture/page"
)

var ctx = context.Background()

const course = "deckdeckde"

var questions = []string{
	"Что такое **токен**?",
	"Почему модели тяжело считать буквы в слове, если слово приходит к ней в виде номеров токенов?",
	"Как выбирают следующий токен?",
	"Сколько планет в Солнечной системе?",
}

var lectureText = []string{
	"Токен — кусочек текста из словаря модели: целое слово, часть слова или знак препинания. В словаре обычно от десятков до сотен тысяч токенов.",
	"Модель не видит букв: слово приходит к ней в виде номеров токенов. Чтобы посчитать буквы в слове, ей пришлось бы помнить, сколько их в каждом токене.",
	"На каждом шаге модель даёт вероятность каждому токену словаря, и следующий токен выбирают случайно по этим вероятностям.",
}

// open makes a collection of a deck whose questions lack answers, but one.
func open(t *testing.T) *collection.Collection {
	t.Helper()
	c, err := collection.Open(ctx, t.TempDir(), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	d := decks.Deck{ID: course, Title: "Понимание LLM", Lang: "ru", Sections: []decks.Section{{ID: "secsecseco", Title: "Лекция 1"}}}
	for i, q := range questions {
		d.Notes = append(d.Notes, decks.Note{ID: "note" + string(rune('a'+i)), Kind: decks.Question, Section: "secsecseco", Fields: map[decks.Field]string{decks.Front: q}})
	}
	d.Notes = append(d.Notes, decks.Note{ID: "noteanswer", Kind: decks.Question, Section: "secsecseco",
		Fields: map[decks.Field]string{decks.Front: "Что такое модель?", decks.Back: "Нейросеть."}})
	if _, err := c.Install(ctx, d, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: "p.md"}}); err != nil {
		t.Fatal(err)
	}
	return c
}

func read(_ context.Context, deck string) (draft.Lecture, bool, error) {
	b := page.NewBuilder(ctx, "text")
	for i, text := range lectureText {
		b.Add(page.Block{Kind: page.Paragraph, Text: text, Line: int32(i + 1)})
	}
	p, err := b.Finish()
	if err != nil {
		return draft.Lecture{}, false, err
	}
	p.Lang, p.Title = "ru", "Понимание LLM"
	return draft.NewLecture(p, nil), deck == course, nil
}

// service is an endpoint that answers each question with its first passage.
type service struct {
	*httptest.Server
	got    []string // the texts that were sent
	status int
	wait   chan struct{} // holds answers back; nil does not
}

func newService(t *testing.T) *service {
	s := &service{status: http.StatusOK}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var sent struct {
			Messages []struct{ Content string }
		}
		if json.Unmarshal(body, &sent) == nil {
			for _, m := range sent.Messages {
				s.got = append(s.got, m.Content)
			}
		}
		if s.wait != nil {
			select {
			case <-s.wait:
			case <-r.Context().Done():
			}
		}
		if s.status != http.StatusOK {
			w.WriteHeader(s.status)
			return
		}
		type quote struct {
			Passage int    `json:"passage"`
			Text    string `json:"text"`
		}
		type answer struct {
			Question  int     `json:"question"`
			InLecture bool    `json:"in_lecture"`
			Answer    string  `json:"answer"`
			Quotes    []quote `json:"quotes"`
		}
		answers := []answer{}
		for number, line := range asked(sent.Messages[len(sent.Messages)-1].Content) {
			switch {
			case strings.Contains(line, "Что такое"):
				answers = append(answers, answer{number, true, "**Токен** — кусочек текста из словаря модели.", []quote{{1, "кусочек текста из словаря модели"}}})
			case strings.Contains(line, "буквы"):
				answers = append(answers, answer{number, true, "Букв она не видит, только номера.", []quote{{2, "этого в лекции нет"}}})
			default:
				answers = append(answers, answer{number, false, "", nil})
			}
		}
		reply, _ := json.Marshal(map[string]any{"answers": answers})
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{
			"id": "1", "object": "chat.completion", "model": "m", "created": 1,
			"choices": []any{map[string]any{"index": 0, "finish_reason": "stop", "message": map[string]any{"role": "assistant", "content": string(reply)}}},
			"usage":   map[string]any{"prompt_tokens": 1234, "completion_tokens": 99, "total_tokens": 1333},
		})
	}))
	t.Cleanup(s.Close)
	return s
}

// asked are the questions of a request by their numbers.
func asked(user string) map[int]string {
	_, list, _ := strings.Cut(user, "Questions:\n")
	out := map[int]string{}
	for _, line := range strings.Split(list, "\n") {
		number, text, _ := strings.Cut(line, ". ")
		if n, err := strconv.Atoi(number); err == nil {
			out[n] = text
		}
	}
	return out
}

type rig struct {
	s     *Screen
	c     *collection.Collection
	nav   *navtest.Navigator
	setUp int
}

// newRig shows the screen; with an endpoint drafts are set up.
func newRig(t *testing.T, endpoint string, change func(*Options)) *rig {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	r := &rig{c: open(t), nav: &navtest.Navigator{}}
	if endpoint != "" {
		if err := (draft.Config{Endpoint: endpoint, Model: "m"}).Save(ctx, r.c); err != nil {
			t.Fatal(err)
		}
	}
	o := Options{Collection: r.c, Nav: r.nav, Printer: i18n.New("ru"), Deck: course, Lecture: read,
		Key:        func(context.Context, draft.Config) (string, error) { return "", nil },
		SetUp:      func() { r.setUp++ },
		Background: func(f func()) { f() },
	}
	if change != nil {
		change(&o)
	}
	r.s = New(o)
	test.NewTempWindow(t, r.s.Object()).Resize(test.NewTempWindow(t, nil).Canvas().Size().AddWidthHeight(1200, 700))
	r.s.Shown()
	return r
}

func (r *rig) press(ks ...keys.Key) {
	for _, k := range ks {
		r.s.Key(k)
	}
}

func TestOffSaysSoAndLeadsToTheSettings(t *testing.T) {
	r := newRig(t, "", nil)
	if r.s.view != said {
		t.Fatalf("view %d", r.s.view)
	}
	r.press(keys.CtrlEnter)
	if r.setUp != 0 {
		t.Error("another key leads to the settings")
	}
	r.press(keys.Enter)
	if r.setUp != 1 {
		t.Error("Enter does not lead to the settings")
	}
}

func TestNothingIsSentBeforeTheButton(t *testing.T) {
	service := newService(t)
	r := newRig(t, service.URL, nil)
	if r.s.view != offering || r.s.offer.plan == nil || len(r.s.open) != len(questions) {
		t.Fatalf("view %d, %d questions, err %v", r.s.view, len(r.s.open), r.s.err)
	}
	before := strings.Join(r.s.offer.parts, "\n\n")
	r.press(keys.Space) // the first question is left out
	if n := r.s.offer.plan.Questions(); n != 3 {
		t.Errorf("%d questions would be sent", n)
	}
	r.press(keys.Space)
	if len(service.got) != 0 {
		t.Fatal("something was sent without a yes")
	}
	if strings.Join(r.s.offer.parts, "\n\n") != before || r.s.offer.send.Text != "Отправить 4 вопроса" {
		t.Errorf("the button says %q", r.s.offer.send.Text)
	}
	r.press(keys.CtrlEnter)
	if sent := strings.Join(service.got, "\n\n"); sent != before {
		t.Errorf("sent\n%s\nshown\n%s", sent, before)
	}
}

func TestDraftsAreReviewed(t *testing.T) {
	r := newRig(t, newService(t).URL, nil)
	r.press(keys.CtrlEnter)
	if r.s.view != reviewing || len(r.s.rows) != 2 || r.s.err != nil {
		t.Fatalf("view %d, %d drafts, err %v", r.s.view, len(r.s.rows), r.s.err)
	}
	if want := "Готовы 2 черновика. На 2 вопроса ответа в лекции нет."; !strings.HasPrefix(r.s.brought, want) {
		t.Errorf("it says %q", r.s.brought)
	}
	if first, second := r.s.rows[0], r.s.rows[1]; !first.Supported || second.Supported {
		t.Errorf("%+v, %+v", first, second)
	}
	for _, n := range []string{"notea", "noteb"} {
		card, err := r.c.Card(ctx, decks.NewCardID(n, "f"))
		if err != nil || !card.Note.NeedsAnswer() {
			t.Errorf("a draft is the answer of %s: %v", n, err)
		}
	}
	r.press(keys.Enter)
	card, err := r.c.Card(ctx, "notea/f")
	if err != nil || card.Note.Text(decks.Back) != "**Токен** — кусочек текста из словаря модели." {
		t.Errorf("accepted %q, %v", card.Note.Text(decks.Back), err)
	}
	if len(r.nav.Toasts) != 1 || r.nav.Offered[0].Key != keys.CtrlZ || len(r.s.rows) != 1 {
		t.Errorf("said %q, %d drafts are left", r.nav.Toasts, len(r.s.rows))
	}
	// Changed before it is accepted.
	r.press(keys.E)
	form := r.nav.Forms[0]
	if form.Dirty() {
		t.Error("nothing was changed yet")
	}
	if err := form.Keep(); err != nil {
		t.Fatal(err)
	}
	if r.s.view != offering || len(r.s.rows) != 0 {
		t.Errorf("view %d with %d drafts", r.s.view, len(r.s.rows))
	}
	// Undone, the draft waits again.
	if _, err := r.c.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if r.s.view != reviewing || len(r.s.rows) != 1 {
		t.Fatalf("view %d with %d drafts", r.s.view, len(r.s.rows))
	}
	r.press(keys.Delete)
	if len(r.s.rows) != 0 {
		t.Error("a rejected draft waits")
	}
}

func TestMoreIsAskedWhileDraftsWait(t *testing.T) {
	r := newRig(t, newService(t).URL, nil)
	r.press(keys.Down, keys.Space, keys.CtrlEnter) // without the second question
	if r.s.view != reviewing {
		t.Fatalf("view %d", r.s.view)
	}
	r.s.more = true
	r.s.show()
	if r.s.view != offering {
		t.Fatalf("view %d", r.s.view)
	}
	bar := r.s.Bar()
	if len(bar.Actions) != 2 {
		t.Errorf("%d actions in the bar", len(bar.Actions))
	}
}

func TestTroubleLosesNothing(t *testing.T) {
	service := newService(t)
	r := newRig(t, service.URL, nil)
	r.press(keys.CtrlEnter)
	service.status = http.StatusUnauthorized
	r.s.more = true
	r.s.show()
	r.press(keys.CtrlEnter)
	if r.s.err == nil || len(r.s.rows) != 2 {
		t.Errorf("err %v, %d drafts", r.s.err, len(r.s.rows))
	}
	if r.s.view != reviewing {
		t.Errorf("view %d", r.s.view)
	}
}

func TestStopping(t *testing.T) {
	service := newService(t)
	service.wait = make(chan struct{})
	var work []func()
	r := newRig(t, service.URL, nil)
	r.s.o.Background = func(f func()) { work = append(work, f) }
	r.press(keys.CtrlEnter)
	if r.s.view != running {
		t.Fatalf("view %d", r.s.view)
	}
	if ok, q := r.s.CanLeave(); ok || q.Yes.Text == "" {
		t.Error("it leaves without a question")
	}
	ended := make(chan struct{})
	go func() { work[0](); close(ended) }()
	r.press(keys.Esc)
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		t.Fatal("it does not stop")
	}
	if r.s.err != nil || r.s.view == running {
		t.Errorf("err %v, view %d", r.s.err, r.s.view)
	}
}

func TestNoLecture(t *testing.T) {
	r := newRig(t, "http://localhost:9", func(o *Options) {
		o.Lecture = func(context.Context, string) (draft.Lecture, bool, error) { return draft.Lecture{}, false, nil }
	})
	if r.s.view != said || r.s.Key(keys.Enter) {
		t.Errorf("view %d", r.s.view)
	}
}

func TestQuotationsAreMarked(t *testing.T) {
	docs := places([]decks.Quote{
		{Text: "b c", Passage: "a b c d"}, {Text: "d", Passage: "a b c d"}, {Text: "", Passage: "x\ny"}, {Text: "not there", Passage: "x\ny"}, {Text: "alone"},
	})
	var got []string
	for _, d := range docs {
		var b strings.Builder
		for _, in := range d.Blocks[0].(*content.Quote).Blocks[0].(*content.Paragraph).Inlines {
			switch in := in.(type) {
			case content.Text:
				b.WriteString(string(in))
			case *content.Span:
				b.WriteString("[" + string(in.Inlines[0].(content.Text)) + "]")
			case content.Break:
				b.WriteString("/")
			}
		}
		got = append(got, b.String())
	}
	if want := "a [b c] [d]|x/y|[alone]"; strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", strings.Join(got, "|"), want)
	}
}

func TestLongTextsAreShownWhole(t *testing.T) {
	long := strings.Repeat("слово за словом.\n\n", 2000)
	plan := &draft.Plan{Requests: []draft.Request{{System: "s", User: long + strings.Repeat("x", 3*partSize)}, {System: "t", User: "u"}}}
	parts := textOf(plan)
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	if squeeze(strings.Join(parts, "")) != squeeze("s"+long+strings.Repeat("x", 3*partSize)+"tu") {
		t.Error("something of the text is not shown")
	}
}

func TestPictures(t *testing.T) {
	make := func(t *testing.T, w shelltest.Window, c *collection.Collection, endpoint string) nav.Screen {
		if endpoint != "" {
			if err := (draft.Config{Endpoint: endpoint, Model: "qwen3:8b"}).Save(ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		return New(Options{Collection: c, Nav: w.Shell, Printer: w.Printer, Deck: course, Lecture: read, SetUp: func() {},
			Key: func(context.Context, draft.Config) (string, error) { return "", nil }, Background: func(f func()) { f() }})
	}
	shelltest.Each(t, "drafts-offer", func(w shelltest.Window) nav.Screen { return make(t, w, open(t), "https://api.example.org/v1") }, nil)
	kept := func(t *testing.T) *collection.Collection {
		c := open(t)
		err := c.KeepDrafts(ctx, []decks.Draft{
			{Note: "notea", Text: "**Токен** — кусочек текста из словаря модели: целое слово, часть слова или знак препинания.", Supported: true, Model: "qwen3:8b",
				Quotes: []decks.Quote{{Text: "кусочек текста из словаря модели: целое слово, часть слова или знак препинания", Passage: lectureText[0]},
					{Text: "слово приходит к ней в виде номеров токенов", Passage: lectureText[1]}}},
			{Note: "noteb", Text: "Буквы модели не видны, она видит номера.", Model: "qwen3:8b"},
		})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	review := func(w shelltest.Window) nav.Screen { return make(t, w, kept(t), "http://localhost:11434/v1") }
	shelltest.Each(t, "drafts-review", review, nil)
	if os.Getenv("LECTERN_SHOTS") == "" {
		return // the others are drawn of the same parts
	}
	shelltest.Each(t, "drafts-off", func(w shelltest.Window) nav.Screen { return make(t, w, open(t), "") }, nil)
	shelltest.Each(t, "drafts-offer-list", func(w shelltest.Window) nav.Screen { return make(t, w, open(t), "http://llm.school.local:8080/v1") },
		func(_ *testing.T, _ shelltest.Window, s nav.Screen) {
			s.(*Screen).offer.panes.Changed(0)
		})
	shelltest.Each(t, "drafts-unsupported", review,
		func(_ *testing.T, _ shelltest.Window, s nav.Screen) { s.Key(keys.Down) })
	shelltest.Each(t, "drafts-running", func(w shelltest.Window) nav.Screen { return make(t, w, open(t), "http://localhost:11434/v1") },
		func(_ *testing.T, _ shelltest.Window, s nav.Screen) {
			d := s.(*Screen)
			d.o.Background = func(func()) {}
			d.Key(keys.CtrlEnter)
			d.work.tell(2, 5, 9)
		})
}
