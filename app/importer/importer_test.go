package importer

import (
	"context"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/importer/sketch"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/intake"
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

// at once runs what would be put off.
func atOnce(_ time.Duration, f func()) func() { f(); return func() {} }

// reading is what the screen needs for pages given as name and text in turn.
func reading(t *testing.T, c Collection, n nav.Navigator, p *i18n.Printer, pages ...string) Options {
	t.Helper()
	o := Options{
		Collection: c, Nav: n, Printer: p, Name: pages[0], Text: pages[1],
		Origin: collection.Origin{Kind: "page", Name: pages[0]}, Done: func(collection.InstallResult) {},
		Background: func(f func()) { f() }, Later: atOnce,
	}
	for ; len(pages) > 0; pages = pages[2:] {
		read, x, err := lecture.Extract(context.Background(), []byte(pages[1]), pages[0], nil)
		if err != nil {
			t.Fatal(err)
		}
		o.Pages = append(o.Pages, sketch.Page{Page: read, Name: pages[0], Found: x})
	}
	return o
}

// tried is a screen whose window writes down what it is asked for.
type tried struct {
	*Screen
	t    *testing.T
	c    *collection.Collection
	nav  *navtest.Navigator
	done []collection.InstallResult
}

func start(t *testing.T, pages ...string) *tried {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	return again(t, open(t), pages...)
}

func again(t *testing.T, c *collection.Collection, pages ...string) *tried {
	t.Helper()
	x := &tried{t: t, c: c, nav: &navtest.Navigator{}}
	o := reading(t, c, x.nav, i18n.New("ru"), pages...)
	o.Done = func(r collection.InstallResult) { x.done = append(x.done, r) }
	x.Screen = New(o)
	w := test.NewTempWindow(t, x.object)
	w.Resize(fyne.NewSize(1280, 736))
	return x
}

const name = "understanding-llm.txt"

// asked are the questions of the cards that are taken.
func (x *tried) asked() (out []string) {
	for i := range x.now.Cards {
		if c := &x.now.Cards[i]; c.Taken() {
			out = append(out, c.Item.Prompt)
		}
	}
	return out
}

func (x *tried) expect(want ...string) {
	x.t.Helper()
	if got := x.asked(); !slices.Equal(got, want) {
		x.t.Errorf("taken are %q, want %q", got, want)
	}
}

// said is the text of all labels below an object.
func said(o fyne.CanvasObject) string {
	var b strings.Builder
	for _, x := range test.LaidOutObjects(o) {
		switch x := x.(type) {
		case *kit.Label:
			b.WriteString(x.Text + "\n")
		case *kit.Text:
			b.WriteString(x.Text + "\n")
		case *kit.Chip:
			b.WriteString("[" + x.Text + "]\n")
		case *kit.Button:
			b.WriteString("(" + x.Text + ")\n")
		}
	}
	return b.String()
}

func (x *tried) says(o fyne.CanvasObject, want ...string) {
	x.t.Helper()
	text := said(o)
	for _, w := range want {
		if !strings.Contains(text, w) {
			x.t.Errorf("%q is not said in\n%s", w, text)
		}
	}
}

// press presses the chip or button with a word.
func (x *tried) press(o fyne.CanvasObject, word string) {
	x.t.Helper()
	for _, k := range test.LaidOutObjects(o) {
		switch k := k.(type) {
		case *kit.Chip:
			if k.Text == word {
				test.Tap(k)
				return
			}
		case *kit.Button:
			if k.Text == word {
				test.Tap(k)
				return
			}
		}
	}
	x.t.Fatalf("there is no %q in\n%s", word, said(o))
}

// form keeps the last form that was asked for.
func (x *tried) form() nav.Form {
	x.t.Helper()
	if len(x.nav.Forms) == 0 {
		x.t.Fatal("no form is open")
	}
	return x.nav.Forms[len(x.nav.Forms)-1]
}

func (x *tried) fields(f nav.Form) (out []*kit.Field) {
	w := test.NewTempWindow(x.t, f.Content)
	w.Resize(fyne.NewSize(600, 700))
	for _, k := range test.LaidOutObjects(f.Content) {
		if field, ok := k.(*kit.Field); ok {
			out = append(out, field)
		}
	}
	return out
}

func TestUntickEditJoinAndCreate(t *testing.T) {
	x := start(t, name, founding(t))
	if n, un := x.now.Count(); n != 20 || un != 19 {
		t.Fatalf("%d cards, %d without an answer", n, un)
	}
	x.Key(keys.Space) // leaves the first
	x.Key(keys.Down)
	x.Key(keys.Down)
	x.Key(keys.M) // joins the third with the second
	x.Key(keys.Down)
	x.Key(keys.Enter)
	f := x.form()
	fields := x.fields(f)
	fields[1].SetText("Свой ответ")
	if !f.Dirty() || f.Keep() != nil {
		t.Fatal("the answer is not kept")
	}
	x.right.name.SetText("Мой курс")
	x.right.perDay.SetText("7")
	x.Key(keys.CtrlEnter)
	if len(x.done) != 1 || x.done[0].Added != 18 {
		t.Fatalf("installed %+v", x.done)
	}
	rows, err := x.c.Decks(context.Background())
	if err != nil || len(rows) != 1 || rows[0].Title != "Мой курс" || rows[0].Cards != 18 || rows[0].Unanswered != 16 {
		t.Fatalf("%+v, %v", rows, err)
	}
	if p, err := x.c.Preset(context.Background()); err != nil || p.NewPerDay != 7 {
		t.Errorf("new a day: %d, %v", p.NewPerDay, err)
	}
	if text, kept, err := x.c.Page(context.Background(), rows[0].ID); err != nil || !kept || !strings.Contains(text, "Понимание LLM") {
		t.Errorf("the page's text is not kept: %v", err)
	}
}

// Each step on the screen is taken back by Ctrl Z, one after another, and comes
// again by Ctrl Y; the collection is left alone.
func TestEachStepIsTakenBack(t *testing.T) {
	x := start(t, name, exam)
	first := x.asked()
	steps := []func(){
		func() { x.Key(keys.Space) },
		func() { x.Key(keys.Down); x.Key(keys.M) },
		func() { x.Screen.add(x.left.block("Текст о токенах.")) },
		func() { x.Key(keys.A) },
		func() { x.rename(x.now.Sections[0].ID); x.fields(x.form())[0].SetText("Зачёт"); x.form().Keep() },
	}
	var was []string
	state := func() string {
		var b strings.Builder
		for _, sec := range x.now.Sections {
			b.WriteString(sec.Title + ";")
		}
		for i := range x.now.Cards {
			c := &x.now.Cards[i]
			b.WriteString(c.Item.Prompt + "=" + c.Item.Answer)
			if c.Taken() {
				b.WriteString("+")
			}
		}
		return b.String()
	}
	for i, step := range steps {
		was = append(was, state())
		step()
		if state() == was[i] {
			t.Fatalf("step %d does nothing", i)
		}
	}
	last := state()
	for i := len(steps) - 1; i >= 0; i-- {
		x.Key(keys.CtrlZ)
		if state() != was[i] {
			t.Fatalf("step %d is not taken back: %s, want %s", i, state(), was[i])
		}
	}
	x.expect(first...)
	said := len(x.nav.Toasts)
	if !x.Key(keys.CtrlZ) || slices.Contains(x.nav.Wanted, "undo") {
		t.Error("a step of the collection is taken back instead")
	}
	if len(x.nav.Toasts) == said {
		t.Error("nothing says that nothing is left to take back")
	}
	for range steps {
		x.Key(keys.CtrlY)
	}
	if state() != last {
		t.Errorf("again: %s, want %s", state(), last)
	}
	if ok, q := x.CanLeave(); ok || q.Title == "" {
		t.Error("leaves without a question although work would be lost")
	}
}

const exam = `Лекция о токенах

Текст о токенах.

Вопросы:

• Что такое токен?
• Зачем нужны токены?
• Как выбирают словарь?
`

// block finds a line of the page.
func (v *pageView) block(text string) int {
	for i := range v.s.now.Book.Len() {
		if v.s.now.Book.Block(i).Plain() == text {
			return i
		}
	}
	return -1
}

func TestAClickedLineBecomesACard(t *testing.T) {
	x := start(t, "a.txt", "Лекция\n\nРасскажите о погоде.\n\nОна меняется.")
	if len(x.now.Cards) != 0 {
		t.Fatal("the page has no questions")
	}
	x.says(x.right.sheet, "Вопросов не видно. Щёлкните по строке, чтобы сделать её вопросом.")
	x.Key(keys.CtrlEnter)
	if len(x.done) != 0 {
		t.Fatal("an empty deck was made")
	}
	x.tapLine("Расскажите о погоде.")
	x.Key(keys.A)
	if got := x.now.Cards[0].Item.Answer; got != "Она меняется." {
		t.Fatalf("the answer is %q", got)
	}
	x.Key(keys.CtrlEnter)
	if len(x.done) != 1 || x.done[0].Added != 1 {
		t.Fatalf("installed %+v", x.done)
	}
}

// lineOf finds a line of the page that is in sight.
func (x *tried) lineOf(text string) *line {
	x.t.Helper()
	for i, o := range x.left.strip.live {
		if r := x.left.rows[i]; r.kind == blockRow && x.now.Book.Block(int(r.at)).Plain() == text {
			return o.(*line)
		}
	}
	x.t.Fatalf("the line %q is not in sight", text)
	return nil
}

func (x *tried) tapLine(text string) {
	x.t.Helper()
	for _, o := range test.LaidOutObjects(x.lineOf(text)) {
		if c, ok := o.(*cover); ok {
			test.Tap(c)
			return
		}
	}
	x.t.Fatalf("the line %q takes no tap", text)
}

// The lines of a card are chosen together, with its answer and its bar; a click
// on the chosen card opens it.
func TestLinesOfACard(t *testing.T) {
	x := start(t, "a.md", "# Лекция\n\n## Вопросы\n\n1. Что такое токен?\n\n   ```go\n   x := 1\n   ```\n2. Зачем он?\n\nОтвет: чтобы считать.\n\nПросто текст.\n")
	if len(x.now.Cards) != 2 {
		t.Fatalf("%d cards", len(x.now.Cards))
	}
	x.tapLine("Зачем он?")
	if got, want := x.at, x.now.Cards[1].ID; got != want {
		t.Fatalf("chosen is %d, want %d", got, want)
	}
	answer := x.lineOf("Ответ: чтобы считать.")
	if !x.lineOf("Зачем он?").chosen || !answer.chosen || !answer.bar || answer.caption == nil || x.lineOf("Что такое токен?").chosen {
		t.Error("the question and its answer are not shown as one")
	}
	x.tapLine("Ответ: чтобы считать.")
	if len(x.nav.Forms) != 1 {
		t.Error("a click on the chosen card does not open it")
	}
	if x.lineOf("Что такое токен?").box == nil || x.lineOf("x := 1").box != nil {
		t.Error("a card has not just one box")
	}
	test.Tap(x.lineOf("Что такое токен?").box)
	x.expect("Зачем он?")
}

// What is to choose from is shown as such, what is right is marked.
func TestOptionsAreMarked(t *testing.T) {
	x := start(t, "a.md", "# Тест\n\n## Вопросы\n\n1. Какой слог?\n\n   - [ ] первый\n   - [x] второй\n   - [ ] третий\n")
	c := x.now.Cards[0]
	if c.Item.Kind != decks.Choice || len(c.Item.Choices) != 3 {
		t.Fatalf("%+v", c.Item)
	}
	for text, right := range map[string]bool{"первый": false, "второй": true, "третий": false} {
		l := x.lineOf(text)
		if x.left.role(&x.now.Cards[0], x.left.block(text)) != option || l.mark != nil || x.left.right(&x.now.Cards[0], x.left.block(text)) != right {
			t.Errorf("%s is not shown as an option that is right: %v", text, right)
		}
	}
	x.says(x.right.sheet, "3 варианта · верно: второй")
	x.Screen.press(c.ID)
	f := x.form()
	fields := x.fields(f)
	var checks []*kit.Check
	for _, o := range test.LaidOutObjects(f.Content) {
		if k, ok := o.(*kit.Check); ok {
			checks = append(checks, k)
		}
	}
	test.Tap(checks[1])
	test.Tap(checks[2])
	fields[2].SetText("самый первый")
	if err := f.Keep(); err != nil {
		t.Fatal(err)
	}
	it := x.now.Cards[0].Item
	if want := []decks.Option{{Text: "самый первый"}, {Text: "второй"}, {Text: "третий", Right: true}}; !slices.Equal(it.Choices, want) || it.Answer != "третий" {
		t.Errorf("options %v, answer %q", it.Choices, it.Answer)
	}
}

// A form that makes no card is told so and stays.
func TestAFormHasToMakeSense(t *testing.T) {
	x := start(t, name, exam)
	for what, c := range map[string]struct {
		kind int
		text string
		want fault.Code
	}{
		"no question":             {0, "  ", fault.EmptyQuestion},
		"a choice without any":    {2, "Что верно?", fault.BadArgument},
		"a text without its gaps": {3, "Токен есть кусок.", fault.BadArgument},
	} {
		x.edit(x.at)
		f := x.form()
		fields := x.fields(f)
		x.segment(f, c.kind)
		fields[0].SetText(c.text)
		if err := f.Keep(); !fault.Is(err, c.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	x.expect("Что такое токен?", "Зачем нужны токены?", "Как выбирают словарь?")
	x.edit(x.at)
	f := x.form()
	fields := x.fields(f)
	x.segment(f, 3)
	fields[0].SetText("Токен есть {{c1::кусок}}.")
	if err := f.Keep(); err != nil || x.now.Cards[0].Item.Kind != decks.Cloze {
		t.Errorf("a text with a gap: %v", err)
	}
}

// segment takes a choice of the first switch of a form: the kind.
func (x *tried) segment(f nav.Form, i int) {
	for _, o := range test.LaidOutObjects(f.Content) {
		if s, ok := o.(*kit.Segment); ok {
			s.On = i
			s.Changed(i)
			return
		}
	}
	x.t.Fatal("the form has no switch")
}

func TestLinesBecomeAnAnswer(t *testing.T) {
	x := start(t, "a.txt", "Лекция о токенах\n\nВопросы:\n\n• Что такое токен?\n\nТокен есть кусок.\n\nОн бывает словом.\n\nИ слогом.\n")
	x.Key(keys.ShiftDown)
	x.Key(keys.ShiftDown)
	if len(x.lines) != 2 || !x.lineOf("Он бывает словом.").chosen {
		t.Fatalf("marked are %v", x.lines)
	}
	x.Key(keys.A)
	if got := x.now.Cards[0].Item.Answer; got != "Токен есть кусок.\n\nОн бывает словом." {
		t.Errorf("the answer is %q", got)
	}
	x.Key(keys.A)
	x.Key(keys.A)
	if got := x.now.Cards[0].Item.Answer; !strings.HasSuffix(got, "И слогом.") || len(x.nav.Toasts) != 1 {
		t.Errorf("the answer is %q, said %q", got, x.nav.Toasts)
	}
}

func TestASectionIsTakenAsAWhole(t *testing.T) {
	x := start(t, name, exam)
	section := x.now.Sections[0].ID
	x.tick(x.now.Cards[0].ID, false)
	if box := x.sectionBox(); !box.Partly {
		t.Error("a section of which some cards are taken looks like another")
	}
	test.Tap(x.sectionBox())
	if n, _ := x.now.Count(); n != 3 || !x.sectionBox().On {
		t.Errorf("a tap on a box half taken takes %d of 3", n)
	}
	test.Tap(x.sectionBox())
	if n, _ := x.now.Count(); n != 0 || x.lineOf("Зачем нужны токены?").box.On {
		t.Errorf("the section is not left: %d taken", n)
	}
	x.Key(keys.CtrlZ)
	if n, _ := x.now.Count(); n != 3 {
		t.Errorf("taken back: %d taken", n)
	}
	x.tickSection(section, true)
}

// sectionBox is the box of the first section.
func (x *tried) sectionBox() *kit.Check {
	x.t.Helper()
	for _, o := range test.LaidOutObjects(x.right.strip.live[0]) {
		if c, ok := o.(*kit.Check); ok {
			return c
		}
	}
	x.t.Fatal("the section has no box")
	return nil
}

// What was not taken for a question is there with the reason, and one click makes
// it a card; what surrounds the page is one line that opens.
func TestWhatWasSkipped(t *testing.T) {
	x := start(t, "a.md", "# Лекция\n\n## Что такое токен?\n\nТокен есть кусок текста. Из него состоит всё остальное.\n\n## Вопросы\n\n- Зачем нужны токены?\n")
	blocks := x.now.Book.Pages[0].Blocks
	heading := x.left.block("Что такое токен?")
	if heading < 0 {
		t.Fatal("the heading is not there")
	}
	x.left.skipped[heading] = "rhetorical" // whatever the rules say today
	blocks[0].Hidden = true
	x.refresh()
	x.says(x.left.sheet, "[ответ в тексте]", "(скрыто: меню и подвал, 1 строка)")
	x.press(x.left.sheet, "ответ в тексте")
	x.expect("Что такое токен?", "Зачем нужны токены?")
	before := len(x.left.rows)
	x.press(x.left.sheet, "скрыто: меню и подвал, 1 строка")
	if len(x.left.rows) != before+1 || x.lineOf("Лекция") == nil {
		t.Error("what was hidden does not come")
	}
}

func TestSplit(t *testing.T) {
	x := start(t, "a.md", "# Лекция\n\n## Упражнения\n\n1. Постройте дерево.\n\n   Обойдите его.\n2. Раз.\n\n   Два.\n\n   Три.\n3. Посчитайте листья.\n")
	x.Key("S")
	x.expect("Постройте дерево.", "Обойдите его.", "Раз.\n\nДва.\n\nТри.", "Посчитайте листья.")
	x.choose(x.now.Cards[2].ID)
	x.Key("S")
	f := x.form()
	x.fields(f)
	if f.Keep() == nil {
		t.Error("a card is cut nowhere")
	}
	var places []*kit.Check
	for _, o := range test.LaidOutObjects(f.Content) {
		if c, ok := o.(*kit.Check); ok {
			places = append(places, c)
		}
	}
	if len(places) != 2 {
		t.Fatalf("%d places to cut three paragraphs", len(places))
	}
	test.Tap(places[1])
	if err := f.Keep(); err != nil {
		t.Fatal(err)
	}
	x.expect("Постройте дерево.", "Обойдите его.", "Раз.\n\nДва.", "Три.", "Посчитайте листья.")
	x.choose(x.now.Cards[4].ID)
	x.Key("S")
	if len(x.nav.Forms) != 1 || len(x.nav.Toasts) != 1 {
		t.Error("one sentence is to be split")
	}
}

func TestSections(t *testing.T) {
	x := start(t, "a.md", "# Лекция\n\n## Вопросы\n\n- Что такое токен?\n- Что такое слог?\n\n## Упражнения\n\n- Посчитайте.\n")
	x.menu(x.object, x.now.Cards[0].ID)
	x.take("Перенести в раздел…")
	x.take("Упражнения")
	x.expect("Что такое слог?", "Что такое токен?", "Посчитайте.")
	x.menu(x.object, x.at)
	x.take("Перенести в раздел…")
	x.take("Новый раздел…")
	x.fields(x.form())[0].SetText("Зачёт")
	if err := x.form().Keep(); err != nil {
		t.Fatal(err)
	}
	x.Key(keys.CtrlEnter)
	d, err := x.c.Deck(context.Background(), x.done[0].Deck)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, s := range d.Sections {
		titles = append(titles, s.Title)
	}
	if want := []string{"Вопросы", "Упражнения", "Зачёт"}; !slices.Equal(titles, want) {
		t.Errorf("sections %q, want %q", titles, want)
	}
}

// take takes a line of the menu that was opened last.
func (x *tried) take(text string) {
	x.t.Helper()
	for _, a := range x.nav.Menus[len(x.nav.Menus)-1] {
		if a.Text == text {
			a.Do()
			return
		}
	}
	x.t.Fatalf("the menu has no %q", text)
}

// A linter's offer is a mark with its sentence, and what it offers is one press.
func TestOffers(t *testing.T) {
	x := start(t, "a.txt", "Лекция\n\nВопросы:\n\n• Что такое токен? Чем токен отличается от слова?\n• Зачем нужны токены?\n")
	if len(x.offers(&x.now.Cards[0])) == 0 || len(x.offers(&x.now.Cards[1])) != 0 {
		t.Fatal("the linter has changed its mind")
	}
	x.edit(x.now.Cards[0].ID)
	f := x.form()
	x.fields(f)
	x.says(f.Content, "В одной карточке 2 вопроса")
	x.press(f.Content, "Сделать 2 карточки")
	x.expect("Что такое токен?", "Чем токен отличается от слова?", "Зачем нужны токены?")
}

// Cards that repeat others stand beside them: the same words stay out, like ones
// are kept, and each can be decided otherwise.
func TestTwins(t *testing.T) {
	x := start(t, "a.txt", "Первая лекция\n\nВопросы:\n\n• Что такое токен и зачем он нужен?\n• Чем словарь отличается от корпуса?\n")
	x.Key(keys.CtrlEnter)
	y := again(t, x.c, "b.txt", "Вторая лекция\n\nВопросы:\n\n• Что такое токен и зачем он нужен?\n\nОтвет: кусок текста.\n\n• Чем словари отличаются от корпусов?\n• Как обучают модель?\n")
	y.expect("Чем словари отличаются от корпусов?", "Как обучают модель?")
	y.says(y.right.sheet, "Уже есть: «Что такое токен и зачем он нужен?» — Первая лекция", "Похоже на «Чем словарь отличается от корпуса?» — Первая лекция")
	y.choose(y.now.Cards[1].ID)
	y.press(y.right.strip.live[y.right.at[y.at]], "Связать")
	if y.now.Cards[1].Destiny() != sketch.Link {
		t.Fatal("the card is not linked")
	}
	y.Key(keys.CtrlEnter)
	if len(y.done) != 1 || y.done[0].Added != 2 {
		t.Fatalf("installed %+v", y.done)
	}
	ctx := context.Background()
	found, err := y.c.Search(ctx, collection.Query{Text: "токен"})
	if err != nil || len(found.Rows) != 1 || found.Rows[0].Answer != "кусок текста." {
		t.Errorf("the answer did not go to the old card: %+v, %v", found.Rows, err)
	}
	found, err = y.c.Search(ctx, collection.Query{Text: "словар"})
	if err != nil || len(found.Rows) != 2 {
		t.Fatalf("%+v, %v", found.Rows, err)
	}
	if linked, err := y.c.Linked(ctx, found.Rows[0].Note); err != nil || len(linked) != 1 || linked[0].Note.ID != found.Rows[1].Note {
		t.Errorf("linked with %+v, %v", linked, err)
	}
}

// What stands twice on the pages is asked once, as long as the first is taken.
func TestARepeatIsAskedOnce(t *testing.T) {
	x := start(t, "1.txt", "Первая\n\nВопросы:\n\n• Что такое токен и зачем он нужен?\n• Что такое голова внимания?\n",
		"2.txt", "Вторая\n\nВопросы:\n\n• Что такое токен и зачем он нужен?\n\nОтвет: кусок текста.\n")
	x.expect("Что такое токен и зачем он нужен?", "Что такое голова внимания?")
	x.says(x.right.sheet, "Повторяет вопрос выше")
	x.tick(x.now.Cards[0].ID, false)
	x.expect("Что такое голова внимания?", "Что такое токен и зачем он нужен?")
	x.Key(keys.CtrlZ)
	x.Key(keys.CtrlEnter)
	found, err := x.c.Search(context.Background(), collection.Query{Text: "токен"})
	if err != nil || len(found.Rows) != 1 || found.Rows[0].Answer != "кусок текста." {
		t.Errorf("%+v, %v", found.Rows, err)
	}
}

// A card that its twin kept out comes back by its box.
func TestATwinIsTakenByItsBox(t *testing.T) {
	x := start(t, "a.txt", exam)
	x.Key(keys.CtrlEnter)
	y := again(t, x.c, "b.txt", exam)
	y.expect()
	if !y.right.priced.Hidden {
		t.Errorf("nothing is taken, and it costs %q", y.right.price.Text)
	}
	y.Key(keys.Space)
	y.expect("Что такое токен?")
	if y.right.priced.Hidden {
		t.Error("a card that is taken costs nothing")
	}
	y.Key(keys.Space)
	y.expect()
	y.Key(keys.CtrlZ)
	y.expect("Что такое токен?")
}

func TestTheCostFollowsTheTicks(t *testing.T) {
	x := start(t, name, founding(t))
	all := x.right.price.Text
	if all == "" || x.right.priced.Hidden || !strings.Contains(all, "в день на") {
		t.Fatalf("the cost is %q", all)
	}
	x.tickSection(x.now.Sections[0].ID, false)
	some := x.right.price.Text
	x.right.perDay.SetText("1")
	x.right.perDay.Changed("1")
	if some == all && x.right.price.Text == some {
		t.Errorf("whatever is taken, it costs %q", all)
	}
	x.right.perDay.SetText("x")
	x.right.perDay.Changed("x")
	if !x.right.priced.Hidden || x.create.Enabled() {
		t.Error("a number that is none has a cost")
	}
}

func TestPanesScrollTogether(t *testing.T) {
	x := start(t, name, founding(t))
	left, right := x.left.strip, x.right.strip
	if left.roll.Rest() < 500 || right.roll.Rest() < 300 {
		t.Fatalf("the panes can be scrolled by %v and %v", left.roll.Rest(), right.roll.Rest())
	}
	for range 19 {
		x.Key(keys.Down)
		for name, side := range map[string]*strip{"page": left, "cards": right} {
			i := x.left.at[x.at]
			if side == right {
				i = x.right.at[x.at]
			}
			if from := side.roll.Offset(); side.tops[i] < from || side.tops[i+1] > from+side.roll.Size().Height {
				t.Errorf("%s: card %d at %v..%v, in sight %v..%v", name, x.card(), side.tops[i], side.tops[i+1], from, from+side.roll.Size().Height)
			}
		}
	}
	if left.roll.Offset() == 0 || right.roll.Offset() == 0 {
		t.Error("the chosen card is out of sight")
	}
	for i := range x.now.Cards { // all heights are known by now
		y, ok := x.right.top(x.now.Cards[i].ID)
		if !ok || y > right.roll.Rest() {
			continue
		}
		x.follow(y, x.right, x.left, right, left)
		want, _ := x.left.top(x.now.Cards[i].ID)
		if got := left.roll.Offset(); math.Abs(float64(got-min(want, left.roll.Rest()))) > 2 {
			t.Errorf("card %d is at %v in the page, shown from %v", i, want, got)
		}
	}
	x.follow(right.roll.Rest(), x.right, x.left, right, left)
	if !left.roll.AtEnd() {
		t.Error("at the end of the cards the page is not at its end")
	}
}

func TestASmallWindowBeginsWhereThereIsSomething(t *testing.T) {
	x := start(t, "a.txt", "Лекция\n\nСегодня дождь.")
	if x.cards || x.pane.On != 0 {
		t.Error("a page without questions begins with the empty side")
	}
}

// Of a long page, as of a long deck, only what is in sight is drawn.
func TestLongPage(t *testing.T) {
	text := "# Длинная лекция\n\n" + strings.Repeat("Предложение лекции, которое не вопрос.\n\n", 3000) +
		"## Вопросы\n\n" + strings.Repeat("- Что такое токен номер один?\n", 1) + "- Что это было?\n"
	x := start(t, "a.md", text)
	if n := len(x.left.strip.live); n > 60 {
		t.Errorf("%d lines are drawn", n)
	}
	x.Key(keys.Down)
	i := x.left.at[x.at]
	if y := x.left.strip.roll.Offset(); x.left.strip.tops[i] < y || x.left.strip.tops[i+1] > y+x.left.strip.roll.Size().Height {
		t.Error("the chosen question at the page's end is out of sight")
	}
	if n := len(x.left.strip.live); n > 60 {
		t.Errorf("%d lines are drawn", n)
	}
}

// The pages of a course are sections of one deck; those that could not be read
// are told of.
func TestManyPages(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	x := &tried{t: t, c: open(t), nav: &navtest.Navigator{}}
	o := reading(t, x.c, x.nav, i18n.New("ru"), "01.md", "# Токены\n\n## Вопросы\n\n- Что такое токен?\n", "02.md", "# Головы\n\n## Вопросы\n\n- Что такое голова?\n")
	o.Title, o.Unread = "Курс", []intake.Unread{{Name: "03.pdf", Err: fault.New(fault.NoTextInPDF, nil)}}
	o.Illustrate = func(r intake.Ready, of []int) (intake.Ready, intake.Pictures) {
		if !slices.Equal(of, []int{0, 1}) {
			t.Errorf("the notes stand on the pages %v", of)
		}
		return r, intake.Pictures{Missing: 2}
	}
	o.Done = func(r collection.InstallResult) { x.done = append(x.done, r) }
	x.Screen = New(o)
	test.NewTempWindow(t, x.object).Resize(fyne.NewSize(1280, 736))
	x.says(x.left.sheet, "01.md", "02.md")
	x.press(x.right.sheet, "Не прочитана 1 страница")
	if len(x.nav.Sheets) != 1 {
		t.Error("what could not be read is not told")
	}
	x.Key(keys.CtrlEnter)
	d, err := x.c.Deck(context.Background(), x.done[0].Deck)
	if err != nil || d.Title != "Курс" || len(d.Sections) != 2 || d.Sections[0].Title != "Токены" || d.Sections[1].Title != "Головы" {
		t.Errorf("%+v, %v", d, err)
	}
	if len(x.nav.Toasts) != 1 || !strings.Contains(x.nav.Toasts[0], "2 картинки") {
		t.Errorf("said %q", x.nav.Toasts)
	}
}

func TestSecondImportKeepsHistory(t *testing.T) {
	text := founding(t)
	x := start(t, name, text)
	x.Key(keys.CtrlEnter)
	ctx := context.Background()
	card, err := x.c.Next(ctx, collection.Scope{})
	if err != nil || card == nil {
		t.Fatal(err)
	}
	if _, err := x.c.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: scheduler.Good, Took: time.Second}); err != nil {
		t.Fatal(err)
	}
	y := again(t, x.c, name, strings.Replace(text, "и как они работают?", "и как они устроены?", 1))
	if bar := y.Bar(); !strings.Contains(bar.Title, "Обновить") {
		t.Errorf("the bar says %q", bar.Title)
	}
	y.Key(keys.CtrlEnter)
	if len(y.done) != 1 || !y.done[0].Update || y.done[0].Changed != 1 || y.done[0].Added != 0 || y.done[0].Retired != 0 {
		t.Fatalf("%+v", y.done)
	}
	if h, err := y.c.History(ctx, card.Card); err != nil || len(h) != 1 {
		t.Errorf("history %v, %v", h, err)
	}
}

// A page read again says what will be new, changed and gone; another page with
// the same name is no update.
func TestUpdateIsShownBeforeItHappens(t *testing.T) {
	text := founding(t)
	x := start(t, name, text)
	x.Key(keys.CtrlEnter)
	y := again(t, x.c, name, text)
	if y.update == nil || !y.update.Nothing() {
		t.Fatalf("the same page changes something: %+v", y.update)
	}
	y.says(y.right.head, "Всё уже так, как в колоде.")
	changed := strings.Replace(text, "Что такое большие языковые модели (LLM) и как они работают?", "Что такое большие языковые модели и как они устроены?", 1)
	changed = strings.Replace(changed, "• Что такое \"галлюцинации\" и как их избежать?\n", "• Почему небо синее, а закат красный?\n", 1)
	y = again(t, x.c, name, changed)
	u := y.update
	if u == nil || u.Added != 1 || u.Changed != 1 || len(u.Gone) != 1 {
		t.Fatalf("%+v", u)
	}
	y.says(y.right.head, "1 новый вопрос. 1 изменился: история ответов остаётся при нём. 1 исчез: больше не спрашивается, история сохраняется. Обновление можно отменить.")
	y.says(y.right.sheet, "[изменён]", "Изменилось: вопрос. История ответов сохраняется.")
	y.tick(y.now.Cards[3].ID, false)
	if len(y.update.Gone) != 2 {
		t.Errorf("with one left out %d are gone", len(y.update.Gone))
	}
	y.right.strip.scrollTo(y.right.strip.roll.Rest())
	y.says(y.right.sheet, "Исчезли со страницы")
	z := again(t, x.c, name, "История\n\nВопросы:\n\n• В каком году подписан договор в Вестфалии?\n")
	if z.old != nil {
		t.Error("another page with the same name would update the deck")
	}
}

// What the student did the first time is done again.
func TestSecondImportRecalls(t *testing.T) {
	x := start(t, name, exam)
	x.Key(keys.Space) // leaves the first
	x.Key(keys.Down)
	x.Key(keys.Down)
	x.Key(keys.M)
	x.Key(keys.CtrlEnter)
	y := again(t, x.c, name, strings.Replace(exam, "Как выбирают словарь?", "Как выбирают словарь?\n• Почему словарь растёт?", 1))
	y.expect("Зачем нужны токены?\n\nКак выбирают словарь?", "Почему словарь растёт?")
	if u := y.update; u.Added != 1 || u.Changed != 0 || len(u.Gone) != 0 {
		t.Errorf("%+v", u)
	}
	if ok, _ := y.CanLeave(); !ok {
		t.Error("asks although the student did nothing yet")
	}
}

func TestLeavingAsksOnlyWhenWorkWouldBeLost(t *testing.T) {
	x := start(t, name, founding(t))
	if ok, _ := x.CanLeave(); !ok {
		t.Error("asks although nothing was done")
	}
	x.Key(keys.Space)
	if ok, q := x.CanLeave(); ok || q.Title == "" {
		t.Error("does not ask although cards were unticked")
	}
	x.Key(keys.CtrlZ)
	if ok, _ := x.CanLeave(); !ok {
		t.Error("asks although everything was taken back")
	}
}
