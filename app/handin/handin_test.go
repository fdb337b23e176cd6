package handin

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/saving"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/class"
	"lectern/decks/collection"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
	"lectern/decks/release/trust"
	"lectern/scheduler"
)

var start = time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("MSK", 3*3600))

const course = "deckdeckde"

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// taken makes a collection with an author's deck of ten questions.
func taken(t *testing.T) (*collection.Collection, decks.Deck) {
	t.Helper()
	ctx := context.Background()
	c, err := collection.Open(ctx, t.TempDir(), collection.Options{Clock: func() time.Time { return start }})
	check(t, err)
	t.Cleanup(func() { c.Close() })
	d := decks.Deck{ID: course, Title: "Понимание LLM", Lang: "ru"}
	for _, text := range []string{
		"Почему токен — это не слово и не буква, а часто встречающийся кусок, и как модель выбирает, где его разрезать?", "Что такое температура?",
		"Что хранит кэш ключей и значений?", "Зачем делить на корень из размерности?", "Чем опасна промпт-инъекция?", "Что такое слой нормализации?",
		"Почему модель ошибается в арифметике?", "Что такое дообучение?", "Как устроено внимание?", "Что делает обратное распространение?",
	} {
		d.Notes = append(d.Notes, decks.Note{ID: decks.NewID(), Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: text}})
	}
	file := releasetest.New(t, "А. П. Иванова", course).Package(t, 1, d, releasetest.Files{}, nil)
	p, err := pack.Open(ctx, bytes.NewReader(file), int64(len(file)), trust.Chain{})
	check(t, err)
	o, err := c.Offer(ctx, collection.Opened(p, "a.lectern"))
	check(t, err)
	_, err = c.Accept(ctx, o, collection.Decisions{}, nil)
	check(t, err)
	return c, d
}

// studied has answers of the student's, reviews and remarks.
func studied(t *testing.T) *collection.Collection {
	t.Helper()
	ctx := context.Background()
	c, d := taken(t)
	check(t, c.Edit(ctx, d.Notes[0].ID, decks.Back, "Кусок слова:\n\n- частые куски длиннее,\n- редкие короче."))
	check(t, c.Edit(ctx, d.Notes[1].ID, decks.Back, "Насколько случаен выбор следующего токена."))
	for i, n := range d.Notes[:6] {
		grade := scheduler.Good
		if i == 2 {
			grade = scheduler.Again
		}
		_, err := c.Answer(ctx, collection.AnswerRequest{Card: decks.NewCardID(n.ID, "f"), Grade: grade, Took: time.Duration(8+7*i) * time.Second})
		check(t, err)
	}
	check(t, c.Remark(ctx, decks.NewCardID(d.Notes[2].ID, "f"), collection.Unclear, true))
	check(t, c.Remark(ctx, decks.NewCardID(d.Notes[7].ID, "f"), collection.Unclear, true))
	check(t, c.Remark(ctx, decks.NewCardID(d.Notes[7].ID, "f"), collection.Wrong, true))
	return c
}

type rig struct {
	*Screen
	nav   *navtest.Navigator
	asked []saving.Ask
}

func newRig(t *testing.T, c *collection.Collection) *rig {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	r := &rig{nav: &navtest.Navigator{}}
	r.Screen = New(Options{Collection: c, Nav: r.nav, Printer: i18n.New("ru"), Background: func(f func()) { f() }, Deck: course, Title: "Понимание LLM",
		Save: func(a saving.Ask) { r.asked = append(r.asked, a) }})
	test.NewTempWindow(t, r.Object()).Resize(fyne.NewSize(900, 600))
	r.Shown()
	return r
}

func (r *rig) saved(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	check(t, r.asked[len(r.asked)-1].Write(context.Background(), &b))
	return b.Bytes()
}

func TestAnswersAreShownAndSaved(t *testing.T) {
	r := newRig(t, studied(t))
	if got := r.title.Text; got != "2 ваших ответа" {
		t.Errorf("it says %q", got)
	}
	if r.nav.Focused != r.list {
		t.Error("the list has no keyboard")
	}
	r.Key(keys.CtrlEnter)
	if a := r.asked[0]; a.Name != "Ответы, Понимание LLM" || a.Ext != ".json" {
		t.Errorf("%+v", a)
	}
	got, err := class.ReadAnswers(r.saved(t))
	check(t, err)
	if len(got.Answers) != r.count() {
		t.Errorf("%d answers, shown %d", len(got.Answers), r.count())
	}
	for _, a := range got.Answers {
		if r.data.notes[a.Note] == "" {
			t.Errorf("%s has no question", a.Note)
		}
	}
	if r.tip(0) != "Кусок слова: • частые куски длиннее, • редкие короче." || r.tip(1) != "Насколько случаен выбор следующего токена." {
		t.Errorf("in the order of the course %q, %q", r.tip(0), r.tip(1))
	}
	r.Key(keys.Enter)
	r.showFile()
	if len(r.nav.Sheets) != 2 {
		t.Errorf("%q", r.nav.Sheets)
	}
}

func TestAReportIsShownAndSaved(t *testing.T) {
	r := newRig(t, studied(t))
	r.Key(keys.Right)
	if got := r.title.Text; got != "7 карточек" || r.which.On != 1 {
		t.Errorf("it says %q", got)
	}
	r.keep()
	file := r.saved(t)
	got, err := class.ReadReport(file)
	check(t, err)
	remarked := 0
	for _, c := range got.Cards {
		if r.data.cards[c.ID] == "" {
			t.Errorf("%s has no question", c.ID)
		}
		if c.Unclear || c.Wrong {
			remarked++
		}
	}
	if len(got.Cards) != 7 || remarked != 2 || r.asked[0].Name != "Отчёт, Понимание LLM" {
		t.Errorf("%+v", got)
	}
	if strings.Contains(string(file), "токена") {
		t.Error("a text is in the report")
	}
	r.Key(keys.Left)
	if r.on != answers {
		t.Error("no way back to the answers")
	}
}

func TestNothingToHandIn(t *testing.T) {
	c, _ := taken(t)
	r := newRig(t, c)
	for _, k := range []keys.Key{keys.Left, keys.Right} {
		r.Key(k)
		if r.save.Enabled() || r.whole.Visible() {
			t.Error("nothing can be saved")
		}
		r.Key(keys.CtrlEnter)
		r.showFile()
	}
	if len(r.asked) != 0 || len(r.nav.Sheets) != 0 {
		t.Error("nothing was saved")
	}
	check(t, c.RemoveDeck(context.Background(), course))
	r = newRig(t, c)
	if len(r.failed.Objects) != 1 || r.save.Enabled() {
		t.Error("a deck that is gone is not told")
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{{"abc", 3, "abc"}, {"abcd", 3, "abc…"}, {"жжж", 3, "ж…"}} {
		if got := cut(c.text, c.most); got != c.want {
			t.Errorf("%q is %q, want %q", c.text, got, c.want)
		}
	}
}

func TestPictures(t *testing.T) {
	show := func(c *collection.Collection) func(shelltest.Window) nav.Screen {
		return func(w shelltest.Window) nav.Screen {
			return New(Options{Collection: c, Nav: w.Shell, Printer: w.Printer, Background: func(f func()) { f() }, Deck: course, Title: "Понимание LLM"})
		}
	}
	shelltest.Each(t, "handin-answers", show(studied(t)), nil)
	shelltest.Each(t, "handin-report", show(studied(t)), func(_ *testing.T, _ shelltest.Window, s nav.Screen) { s.Key(keys.Right) })
	c, _ := taken(t)
	shelltest.Each(t, "handin-nothing", show(c), nil)
}
