package importer

import (
	"context"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/lecture"
	"lectern/scheduler"
)

var now = time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("MSK", 3*3600))

func open(t *testing.T) *collection.Collection {
	t.Helper()
	c, err := collection.Open(context.Background(), t.TempDir(), collection.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func founding(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile("../../decks/lecture/testdata/understanding-llm.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func screen(t *testing.T, c *collection.Collection, n nav.Navigator, p *i18n.Printer, text string) (*Screen, *[]collection.InstallResult) {
	t.Helper()
	page, x, err := lecture.Extract(context.Background(), []byte(text), "understanding-llm.txt", nil)
	if err != nil {
		t.Fatal(err)
	}
	var done []collection.InstallResult
	return New(Options{
		Collection: c, Nav: n, Printer: p, Page: page, Found: x, Text: text,
		Origin: collection.Origin{Kind: "page", Name: "understanding-llm.txt"},
		Done:   func(r collection.InstallResult) { done = append(done, r) },
	}), &done
}

func TestPictures(t *testing.T) {
	text := founding(t)
	shelltest.Each(t, "import", func(w shelltest.Window) nav.Screen {
		s, _ := screen(t, open(t), w.Shell, w.Printer, text)
		return s
	}, func(t *testing.T, w shelltest.Window, s nav.Screen) {
		for range 10 {
			s.Key(keys.Down)
		}
	})
}

func TestNothingFoundPictures(t *testing.T) {
	shelltest.Each(t, "import-empty", func(w shelltest.Window) nav.Screen {
		s, _ := screen(t, open(t), w.Shell, w.Printer, "Лекция о погоде\n\nСегодня идёт дождь. Завтра будет солнце.\n\nПогода меняется.")
		return s
	}, nil)
}

func start(t *testing.T, text string) (*Screen, *collection.Collection, *navtest.Navigator, *[]collection.InstallResult) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	n := &navtest.Navigator{}
	c := open(t)
	s, done := screen(t, c, n, i18n.New("ru"), text)
	return s, c, n, done
}

func TestUntickEditJoinAndCreate(t *testing.T) {
	s, c, _, done := start(t, founding(t))
	if on, un := s.draft.count(); on != 20 || un != 19 {
		t.Fatalf("%d cards, %d without an answer", on, un)
	}
	s.Key(keys.Space) // leaves the first
	s.Key(keys.Down)
	s.Key(keys.Down)
	s.Key(keys.M) // joins the third with the second
	s.draft.cards[3].item.Answer = "Свой ответ"
	s.right.name.SetText("Мой курс")
	s.right.perDay.SetText("7")
	s.Key(keys.CtrlEnter)
	if len(*done) != 1 || (*done)[0].Added != 18 {
		t.Fatalf("installed %+v", *done)
	}
	rows, err := c.Decks(context.Background())
	if err != nil || len(rows) != 1 || rows[0].Title != "Мой курс" || rows[0].Cards != 18 || rows[0].Unanswered != 16 {
		t.Fatalf("%+v, %v", rows, err)
	}
	if p, err := c.Preset(context.Background()); err != nil || p.NewPerDay != 7 {
		t.Errorf("new a day: %d, %v", p.NewPerDay, err)
	}
	if text, kept, err := c.Page(context.Background(), rows[0].ID); err != nil || !kept || !strings.Contains(text, "Понимание LLM") {
		t.Errorf("the page's text is not kept: %v", err)
	}
}

func TestAClickedLineBecomesACard(t *testing.T) {
	s, _, _, done := start(t, "Лекция\n\nРасскажите о погоде.\n\nОна меняется.")
	if len(s.draft.cards) != 0 {
		t.Fatal("the page has no questions")
	}
	s.Key(keys.CtrlEnter)
	if len(*done) != 0 {
		t.Fatal("an empty deck was made")
	}
	s.line(1)
	s.Key(keys.A)
	if got := s.draft.cards[0].item.Answer; got != "Она меняется." {
		t.Fatalf("the answer is %q", got)
	}
	s.Key(keys.CtrlEnter)
	if len(*done) != 1 || (*done)[0].Added != 1 {
		t.Fatalf("installed %+v", *done)
	}
}

func TestSecondImportKeepsHistory(t *testing.T) {
	text := founding(t)
	s, c, n, done := start(t, text)
	s.Key(keys.CtrlEnter)
	ctx := context.Background()
	card, err := c.Next(ctx, collection.Scope{})
	if err != nil || card == nil {
		t.Fatal(err)
	}
	if _, err := c.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: scheduler.Good, Took: time.Second}); err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(text, "Что такое большие языковые модели (LLM) и как они работают?", "Что такое большие языковые модели и как они устроены?", 1)
	again, more := screen(t, c, n, i18n.New("ru"), changed)
	if again.old == nil {
		t.Fatal("the page is not recognised")
	}
	again.Key(keys.CtrlEnter)
	if len(*done) != 1 || len(*more) != 1 || !(*more)[0].Update || (*more)[0].Added != 0 || (*more)[0].Changed != 1 {
		t.Fatalf("second import: %+v", *more)
	}
	history, err := c.History(ctx, card.Card)
	if err != nil || len(history) != 1 {
		t.Fatalf("history: %d, %v", len(history), err)
	}
	now, err := c.Card(ctx, card.Card)
	if err != nil || !strings.Contains(now.Note.Text(decks.Front), "устроены") {
		t.Errorf("the question was not updated: %v", err)
	}
}

const exam = "Экзамен\n\nВопросы:\n\n• Что такое токен?\n• Зачем он нужен?\n\nЭто кусочек слова.\n\n- короткий\n- частый\n\nУпражнения\n\n• Посчитайте токены в слове «привет».\n"

// Lines under a question are marked with Shift and become its answer with one
// key, as they stand on the page; again takes them out.
func TestMarkedLinesBecomeTheAnswer(t *testing.T) {
	s, _, _, _ := start(t, exam)
	if len(s.draft.cards) != 3 {
		t.Fatalf("%d cards", len(s.draft.cards))
	}
	s.Key(keys.Down)
	for range 9 {
		s.Key(keys.ShiftDown)
	}
	if len(s.lines) != 3 {
		t.Fatalf("%d lines marked, want the 3 above the next heading", len(s.lines))
	}
	marked := slices.Clone(s.lines)
	s.Key(keys.A)
	if got := s.draft.cards[1].item.Answer; got != "Это кусочек слова.\n\n- короткий\n- частый" {
		t.Errorf("the answer is %q", got)
	}
	s.answer(marked...)
	if got := s.draft.cards[1].item.Answer; got != "" {
		t.Errorf("taken out, the answer is %q", got)
	}
	s.draft.cards[1].item.Answer = "Моими словами."
	s.answer(marked[0])
	if got := s.draft.cards[1].item.Answer; got != "Моими словами.\n\nЭто кусочек слова." {
		t.Errorf("added to the student's words: %q", got)
	}
}

func TestASectionIsTakenAsAWhole(t *testing.T) {
	s, _, _, _ := start(t, exam)
	box := s.right.groups[0].box
	s.tick(0, false)
	if !box.Partly {
		t.Error("a section of which some cards are taken looks like another")
	}
	test.Tap(box)
	if on, _ := s.draft.count(); on != 3 || box.Partly || !box.On {
		t.Errorf("a tap on a box half taken takes %d of 3", on)
	}
	test.Tap(box)
	if on, _ := s.draft.count(); on != 1 || s.right.rows[0].box.On || s.left.boxes[1].On {
		t.Errorf("the section is not left: %d taken", on)
	}
}

func TestPanesScrollTogether(t *testing.T) {
	s, _, _, _ := start(t, founding(t))
	test.NewTempWindow(t, s.object).Resize(fyne.NewSize(1280, 736))
	if s.left.roll.Rest() < 500 || s.right.roll.Rest() < 500 {
		t.Fatalf("the panes can be scrolled by %v and %v", s.left.roll.Rest(), s.right.roll.Rest())
	}
	for c := range s.draft.cards {
		y, ok := s.right.top(c)
		if !ok || y > s.right.roll.Rest() {
			continue
		}
		s.follow(y, s.right, s.left, s.right.roll, s.left.roll)
		want, _ := s.left.top(c)
		if got := s.left.roll.Offset(); math.Abs(float64(got-min(want, s.left.roll.Rest()))) > 1 {
			t.Errorf("card %d is at %v in the page, shown from %v", c, want, got)
		}
	}
	for range 19 {
		s.Key(keys.Down)
		for name, side := range map[string]struct {
			p    pane
			item *kit.Item
			roll *kit.Scroll
		}{"page": {s.left, s.left.items[s.at], s.left.roll}, "cards": {s.right, s.right.rows[s.at].item, s.right.roll}} {
			y, _ := side.p.top(s.at)
			if from := side.roll.Offset(); y < from || y+side.item.Size().Height > from+side.roll.Size().Height {
				t.Errorf("%s: card %d at %v..%v, in sight %v..%v", name, s.at, y, y+side.item.Size().Height, from, from+side.roll.Size().Height)
			}
		}
	}
	if s.left.roll.Offset() == 0 || s.right.roll.Offset() == 0 {
		t.Error("the chosen card is out of sight")
	}
	s.follow(s.right.roll.Rest(), s.right, s.left, s.right.roll, s.left.roll)
	if !s.left.roll.AtEnd() {
		t.Error("at the end of the cards the page is not at its end")
	}
}

func TestASmallWindowBeginsWhereThereIsSomething(t *testing.T) {
	s, _, _, _ := start(t, "Лекция\n\nСегодня дождь.")
	if s.cards || s.pane.On != 0 {
		t.Error("a page without questions begins with the empty side")
	}
}

// A page read again says what will be new, changed and gone; another page with
// the same name is no update.
func TestUpdateIsShownBeforeItHappens(t *testing.T) {
	text := founding(t)
	s, c, n, _ := start(t, text)
	s.Key(keys.CtrlEnter)
	same, _ := screen(t, c, n, i18n.New("ru"), text)
	if u := same.update(); u == nil || len(u.added)+len(u.changed)+len(u.gone) != 0 {
		t.Fatalf("the same page changes something: %+v", u)
	}
	changed := strings.Replace(text, "Что такое большие языковые модели (LLM) и как они работают?", "Что такое большие языковые модели и как они устроены?", 1)
	changed = strings.Replace(changed, "• Что такое \"галлюцинации\" и как их избежать?\n", "• Почему небо синее, а закат красный?\n", 1)
	again, _ := screen(t, c, n, i18n.New("ru"), changed)
	u := again.update()
	if u == nil || !maps.Equal(u.changed, map[int]bool{0: true}) || !maps.Equal(u.added, map[int]bool{9: true}) || len(u.gone) != 1 {
		t.Fatalf("changed %v, added %v, gone %d", u.changed, u.added, len(u.gone))
	}
	again.tick(3, false)
	if u := again.update(); len(u.gone) != 2 || !u.added[9] {
		t.Errorf("with one left out: added %v, gone %d", u.added, len(u.gone))
	}
	other, _ := screen(t, c, n, i18n.New("ru"), "История\n\nВопросы:\n\n• В каком году подписан договор в Вестфалии?\n")
	if other.old != nil {
		t.Error("another page with the same name would update the deck")
	}
}

func TestUpdatePictures(t *testing.T) {
	text := founding(t)
	shelltest.Each(t, "import-update", func(w shelltest.Window) nav.Screen {
		c := open(t)
		first, _ := screen(t, c, w.Shell, w.Printer, text)
		first.finish()
		s, _ := screen(t, c, w.Shell, w.Printer, strings.Replace(text, "и как они работают?", "и как они устроены?", 1))
		return s
	}, func(t *testing.T, _ shelltest.Window, s nav.Screen) {
		s.(*Screen).tickGroup(3, false)
		s.Key(keys.Down)
		s.Key(keys.ShiftDown)
	})
}

func TestLeavingAsksOnlyWhenWorkWouldBeLost(t *testing.T) {
	s, _, _, _ := start(t, founding(t))
	if ok, _ := s.CanLeave(); !ok {
		t.Error("asks although nothing was done")
	}
	s.Key(keys.Space)
	if ok, q := s.CanLeave(); ok || q.Title == "" {
		t.Error("does not ask although cards were unticked")
	}
}

func TestLongPageIsShownInPart(t *testing.T) {
	text := "Длинная лекция\n\n" + strings.Repeat("Предложение лекции, которое не вопрос.\n\n", 3000) + "Вопросы:\n\n• Что это было?\n"
	s, _, _, _ := start(t, text)
	if blocks, _ := s.left.shown(); len(blocks) > maxShown {
		t.Errorf("%d blocks drawn", len(blocks))
	}
	if on, _ := s.draft.count(); on != 1 {
		t.Errorf("%d cards", on)
	}
}
