package update

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/merge"
	"lectern/decks/release"
)

// Updated at once, both texts stay, the notice leads back, and the way back is taken.
func TestWorksAtOnce(t *testing.T) {
	d := ready(t)
	x := d.open(d.offers(43, course(next), said))
	x.says(x.page.sheet, "Выпуск 43", "2 новые · исправлено 5, из них по существу 1 · убрана 1 · разделена 1 · перемещена 1",
		"А. П. Иванова", "1 ждёт решения", "+4 новые (по вашему пределу 10 в день)", "3 февраля")
	x.says(x.rows.sheet, "12 изменений", "ждёт решения: 1", "Обе стороны правили")
	if b := x.Bar(); b.Title != "Понимание LLM" || b.Subtitle != "выпуск 42 → 43" {
		t.Errorf("%+v", b)
	}
	if !x.Key(keys.CtrlEnter) {
		t.Fatal("Ctrl Enter is no key of the screen")
	}
	if got, want := d.field("lies/f", decks.Back), liesTheirs+"\n\n> Спросить то же второй раз: если ответы разные, модель выдумывает."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := d.field("web/f", decks.Back); got != "Предобучение, затем дообучение на диалогах людей." {
		t.Errorf("%q", got)
	}
	if len(x.nav.Errors) > 0 || strings.Join(x.nav.Wanted, " ") != "back" || len(x.done) != 1 || !x.done[0].Update {
		t.Fatalf("%v %v %v", x.nav.Errors, x.nav.Wanted, x.done)
	}
	if x.nav.Toasts[0] != "Обновлено до выпуска 43" || x.nav.Offered[0].Text != "Вернуть 42" {
		t.Fatalf("%v %v", x.nav.Toasts, x.nav.Offered)
	}
	x.nav.Offered[0].Do()
	if got := d.field("lies/f", decks.Back); got != liesMine {
		t.Errorf("after undoing %q", got)
	}
	if x.nav.Toasts[1] != "Колода снова на выпуске 42" {
		t.Errorf("%v", x.nav.Toasts)
	}
	if ok, _ := x.CanLeave(); !ok {
		t.Error("it asks though all is done")
	}
}

// The three ways, by keys and by a click; the frame shows which is taken.
func TestConflict(t *testing.T) {
	for key, want := range map[keys.Key]string{"1": liesMine, "2": liesTheirs, "3": liesTheirs + "\n\n> Спросить то же второй раз: если ответы разные, модель выдумывает."} {
		d := ready(t)
		x := d.open(d.offers(43, course(next), nil))
		x.Key(keys.Down)
		x.says(x.page.sheet, "Вы дописали ответ, и автор его исправил", "<false Моё>", "<false Автора>", "<true Оба>", "1 из 12",
			"+Спросить то же второй раз: если ответы", "+а не проверенным")
		if !x.Key(key) {
			t.Fatalf("%s is no key", key)
		}
		chosen := map[keys.Key]string{"1": "<true Моё>", "2": "<true Автора>", "3": "<true Оба>"}[key]
		x.says(x.page.sheet, chosen)
		x.Key(keys.CtrlEnter)
		if got := d.field("lies/f", decks.Back); got != want {
			t.Errorf("%s: %q", key, got)
		}
	}
	d := ready(t)
	x := d.open(d.offers(43, course(next), nil))
	x.at("lies")
	for _, o := range test.LaidOutObjects(x.page.sheet) {
		if c, ok := o.(*cover); ok && c.choice.Text == "Оба" {
			x.Key("1")
			test.Tap(c.lid)
		}
	}
	x.says(x.page.sheet, "<true Оба>")
	for _, o := range test.LaidOutObjects(x.page.sheet) {
		if c, ok := o.(*kit.Choice); ok && c.Text == "Автора" {
			test.Tap(c)
		}
	}
	x.says(x.page.sheet, "<true Автора>", "<false Оба>")
	if ok, q := x.CanLeave(); ok || q.Title == "" {
		t.Error("a decision is lost without a question")
	}
}

// A plain change is taken or left by Space, a click, or all at once.
func TestPlainChanges(t *testing.T) {
	d := ready(t)
	x := d.open(d.offers(43, course(next), nil))
	x.at("news")
	x.says(x.page.sheet, "[по существу]", "{true Взять это изменение}", "+, если ей не дали поиск")
	if x.Key("2") {
		t.Error("2 chooses where nothing is to be chosen")
	}
	x.Key(keys.Space)
	x.says(x.page.sheet, "{false Взять это изменение}")
	x.at("window")
	x.Key(keys.Space)
	x.at("price")
	x.says(x.page.sheet, "Автор убрал эту карточку: цифра устарела.", "{true Убрать вслед за автором}")
	x.Key(keys.Space)
	x.at("place")
	if x.Key(keys.Space) {
		t.Error("a place can be left")
	}
	x.says(x.page.sheet, "в другом месте", "Раздел: «Лекция 2» → «Лекция 1»")
	if d := x.decisions(); !d.Leave["news"] || !d.Leave["window"] || !d.Leave["price"] || d.Leave["system"] {
		t.Errorf("%+v", d)
	}
	x.Key(keys.CtrlEnter)
	if got := d.field("news/f", decks.Back); got != "Нет." {
		t.Errorf("a change that was left came: %q", got)
	}
	found, err := d.Search(ctx, collection.Query{Suspended: true})
	ok(t, err)
	if found.Total != 1 || found.Rows[0].Note != "window" {
		t.Errorf("a new card that was left is asked: %+v", found.Rows)
	}
	if found, err = d.Search(ctx, collection.Query{Text: "Сколько стоит обучить"}); err != nil || found.Total != 1 {
		t.Errorf("a card that was to stay is gone: %+v, %v", found, err)
	}

	d = ready(t)
	x = d.open(d.offers(43, course(next), nil))
	for _, id := range []string{"news", "window"} {
		x.at(id)
		x.Key(keys.Space)
	}
	x.Key(keys.CtrlA)
	if d := x.decisions(); len(d.Leave) != 0 {
		t.Errorf("%+v", d)
	}
	for _, o := range test.LaidOutObjects(x.rows.sheet) {
		if c, ok := o.(*kit.Check); ok && c.Visible() {
			test.Tap(c)
			break
		}
	}
	if d := x.decisions(); len(d.Leave) != 1 {
		t.Errorf("a box in the list does nothing: %+v", d)
	}
}

// A note that is kept, and one whose kind changed under an edit, follow when told to.
func TestKeptNotes(t *testing.T) {
	d := ready(t)
	ok(t, d.Keep(ctx, []string{"news", "price"}, true))
	offer := d.offers(43, course(func(x *decks.Deck) {
		next(x)
		of(x, "web").Kind = decks.Exercise
	}), nil)
	x := d.open(offer)
	x.at("news")
	x.says(x.page.sheet, "Вы решили не менять", "{false Взять карточку автора}", "+, если ей не дали")
	x.at("price")
	x.says(x.page.sheet, "вы решили не менять её, поэтому она остаётся", "{false Взять карточку автора}")
	x.at("web")
	x.says(x.page.sheet, "другой вид (вопрос → задание)", "{false Взять карточку автора}")
	x.at("news")
	x.Key(keys.Space)
	x.Key(keys.CtrlEnter)
	if got := d.field("news/f", decks.Back); !strings.HasPrefix(got, "Нет, если") {
		t.Errorf("%q", got)
	}
	if c, err := d.Card(ctx, "web/f"); err != nil || c.Note.Kind != decks.Question {
		t.Errorf("%+v, %v", c.Note, err)
	}
}

// A merged text says so, and a click leads back to the student's own.
func TestMerged(t *testing.T) {
	d := newDesk(t)
	base := "Токен есть кусок слова, и модель складывает текст из таких кусков."
	with := func(answer string) decks.Deck {
		return course(func(x *decks.Deck) { of(x, "place").Fields[decks.Back] = answer })
	}
	d.takes(42, with(base))
	mine := strings.Replace(base, "кусок слова", "обрывок слова", 1)
	ok(t, d.Edit(ctx, "place", decks.Back, mine))
	offer := d.offers(43, with(strings.Replace(base, "складывает текст", "собирает текст", 1)), nil)
	x := d.open(offer)
	x.at("place")
	x.says(x.rows.sheet, "Правки слиты")
	x.says(x.page.sheet, "обе правки вошли в один текст", "(Оставить моё)")
	press := func(word string) {
		t.Helper()
		for _, o := range test.LaidOutObjects(x.page.sheet) {
			if b, ok := o.(*kit.Button); ok && b.Text == word {
				test.Tap(b)
				return
			}
		}
		t.Fatalf("no button %q", word)
	}
	press("Оставить моё")
	x.says(x.page.sheet, "останется только ваш текст")
	press("Сложить обе")
	press("Оставить моё")
	x.Key(keys.CtrlEnter)
	if got := d.field("place/f", decks.Back); got != mine {
		t.Errorf("%q", got)
	}
}

// Cards made of others begin with their memory, or as new when the student says so.
func TestMemory(t *testing.T) {
	d := ready(t)
	x := d.open(d.offers(43, course(next), nil))
	x.at("token")
	x.says(x.page.sheet, "Сделана из", "Что такое токен и словарь?", "<true Взять прежнюю>", "<false Как новые>")
	for _, o := range test.LaidOutObjects(x.page.sheet) {
		if c, ok := o.(*kit.Choice); ok && c.Text == "Как новые" {
			test.Tap(c)
		}
	}
	x.at("words")
	x.says(x.page.sheet, "<true Как новые>")
	if !x.decisions().AsNew {
		t.Error("it is not decided")
	}
	x.at("pair")
	x.says(x.page.sheet, "Вместо неё", "Что такое токен?", "Что такое словарь модели?")
}

// What a student cleared stays cleared unless he says otherwise.
func TestClearedText(t *testing.T) {
	d := newDesk(t)
	d.takes(42, course(nil))
	ok(t, d.Edit(ctx, "lies", decks.Back, ""))
	x := d.open(d.offers(43, course(next), nil))
	x.at("lies")
	x.says(x.page.sheet, "Вы стёрли ответ", "<true Моё>", "Пусто: вы стёрли")
	if strings.Contains(text(x.page.sheet), "Оба>") {
		t.Error("both are offered where one is empty")
	}
	x.Key("3") // there is no third way
	x.Key(keys.CtrlEnter)
	if got := d.field("lies/f", decks.Back); got != "" {
		t.Errorf("%q", got)
	}
}

func TestSkipAndPin(t *testing.T) {
	for _, c := range []struct {
		word, toast string
		want        collection.Following
	}{
		{"Пропустить выпуск 43", "Выпуск 43 пропущен, следующий будет предложен", collection.Following{Mode: collection.Automatic, SkipEpoch: 1, Skip: 43}},
		{"Закрепить выпуск 42", "Колода остаётся на выпуске 42: новые не предлагаются", collection.Following{Mode: collection.PinnedAt}},
	} {
		d := ready(t)
		ok(t, d.Follow(ctx, "llm", collection.Following{Mode: collection.Automatic}))
		x := d.open(d.offers(43, course(next), nil))
		for _, a := range x.more() {
			if a.Text == c.word {
				a.Do()
			}
		}
		sub, err := d.Subscription(ctx, "llm")
		ok(t, err)
		if sub.Following != c.want || sub.Shown.Seq != 42 {
			t.Errorf("%s: %+v", c.word, sub.Following)
		}
		if len(x.nav.Toasts) != 1 || x.nav.Toasts[0] != c.toast || strings.Join(x.nav.Wanted, " ") != "back" {
			t.Errorf("%v %v", x.nav.Toasts, x.nav.Wanted)
		}
	}
}

// There is nothing to do, and the screen says so instead of a list.
func TestNothingNew(t *testing.T) {
	d := newDesk(t)
	offer := d.offers(42, course(nil), nil)
	_, err := d.Accept(ctx, offer, collection.Decisions{}, nil)
	ok(t, err)
	same, err := d.Offer(ctx, offer.Shipment)
	ok(t, err)
	x := d.open(same)
	x.says(x.page.sheet, "Всё уже так, как у автора", "выпуск 42 (3 февраля)")
	if x.rows.sheet.Visible() || x.Key(keys.CtrlEnter) {
		t.Error("an update is offered")
	}
	if x.Key(keys.Enter); strings.Join(x.nav.Wanted, " ") != "back" {
		t.Errorf("%v", x.nav.Wanted)
	}
}

// An earlier release is the same screen in other words.
func TestGoingBack(t *testing.T) {
	d := ready(t)
	d.takes(43, course(next))
	kept, err := d.Kept(ctx, "llm", 1, 42)
	ok(t, err)
	o, err := d.Offer(ctx, kept)
	ok(t, err)
	x := d.open(o)
	x.says(x.page.sheet, "Вернуться к выпуску 42", "чего в нём не было, уйдёт", "Вернутся 2 · станут прежними 5 · уйдут 4 · перемещена 1", "К выпуску 43 можно вернуться")
	x.says(x.rows.sheet, "Станет прежней")
	x.at("window")
	x.says(x.page.sheet, "В выпуске 42 этой карточки нет", "{true Взять это изменение}")
	x.at("news")
	x.says(x.page.sheet, "В выпуске 42 карточка была такой", "-, если ей не дали поиск")
	if x.apply.Text != "Вернуть выпуск 42" || len(x.more()) != 0 {
		t.Errorf("%q %v", x.apply.Text, x.more())
	}
	x.Key(keys.CtrlEnter)
	if x.nav.Toasts[0] != "Колода снова на выпуске 42" || x.nav.Offered[0].Text != "Вернуть 43" {
		t.Errorf("%v %v", x.nav.Toasts, x.nav.Offered)
	}
	if got := d.field("web/f", decks.Front); !strings.Contains(got, "видеокарт") {
		t.Errorf("%q", got)
	}
}

// The deck of nobody takes an author's key, and is told so.
func TestFirstSignature(t *testing.T) {
	d := newDesk(t)
	_, err := d.Install(ctx, course(nil), collection.InstallOptions{Origin: collection.Origin{Kind: "page"}})
	ok(t, err)
	x := d.open(d.offers(43, course(next), nil))
	x.says(x.page.sheet, "Автор подпишет эту колоду впервые", "Сверьте эти восемь знаков")
	if len(x.more()) != 0 {
		t.Errorf("a release of nobody can be skipped: %v", x.more())
	}
}

// slow is a collection whose installs wait.
type slow struct {
	*desk
	began, goOn chan struct{}
	err         error
}

func (s *slow) Accept(ctx context.Context, o collection.Offer, d collection.Decisions, p collection.Progress) (collection.InstallResult, error) {
	close(s.began)
	select {
	case <-ctx.Done():
		return collection.InstallResult{}, fmt.Errorf("install: %w", fault.New(fault.Cancelled, ctx.Err()))
	case <-s.goOn:
	}
	if s.err != nil {
		return collection.InstallResult{}, s.err
	}
	return s.desk.Accept(ctx, o, d, p)
}

// An install runs beside the window and can be stopped; what goes wrong is said in place.
func TestInstallBesideTheWindow(t *testing.T) {
	d := ready(t)
	offer := d.offers(43, course(next), nil)
	run := func(s *slow) (*Screen, *navtest.Navigator, chan struct{}) {
		test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
		n, done := &navtest.Navigator{}, make(chan struct{})
		x := New(Options{Collection: s, Nav: n, Printer: i18n.New("ru"), Offer: offer, Now: func() time.Time { return now },
			Background: func(f func()) {
				go func() {
					f()
					close(done)
				}()
			}})
		test.NewTempWindow(t, x.object).Resize(fyne.NewSize(1280, 736))
		x.Key(keys.CtrlEnter)
		<-s.began
		x.Key(keys.CtrlEnter) // once is enough
		return x, n, done
	}
	s := &slow{desk: d, began: make(chan struct{}), goOn: make(chan struct{})}
	x, n, done := run(s)
	n.Waits[0]()
	<-done
	if x.busy || x.made || x.wrong.Visible() || len(n.Wanted) > 0 {
		t.Errorf("stopped, but busy %v, made %v, %v", x.busy, x.made, n.Wanted)
	}
	s = &slow{desk: d, began: make(chan struct{}), goOn: make(chan struct{}), err: fault.New(fault.DiskFull, errors.New("no space"))}
	x, n, done = run(s)
	close(s.goOn)
	<-done
	if !x.wrong.Visible() || !strings.Contains(text(x.wrong), "диск полон") || len(n.Wanted) > 0 {
		t.Errorf("%q %v", text(x.wrong), n.Wanted)
	}
}

// In a narrow window the list comes first, and the change is a page of its own.
func TestNarrowWindow(t *testing.T) {
	d := ready(t)
	x := d.open(d.offers(43, course(next), nil))
	x.Fit(true)
	x.win.Resize(fyne.NewSize(853, 477))
	if !x.rows.sheet.Visible() || x.page.sheet.Visible() {
		t.Fatal("the list is not what is seen first")
	}
	x.Key(keys.Down)
	x.Key(keys.Enter)
	if x.rows.sheet.Visible() || !x.page.sheet.Visible() {
		t.Fatal("Enter does not lead to the change")
	}
	if !x.Key(keys.Esc) || !x.rows.sheet.Visible() {
		t.Fatal("Esc does not lead back to the list")
	}
	if x.Key(keys.Esc) {
		t.Error("Esc of the list does not leave")
	}
	x.win.Resize(fyne.NewSize(900, 544))
	if !x.rows.sheet.Visible() || !x.page.sheet.Visible() || x.rows.sheet.Size().Width != listSmall {
		t.Errorf("%v beside %v", x.rows.sheet.Size(), x.page.sheet.Size())
	}
}

// Of a long text the paragraphs that changed are shown, the rest when asked for.
func TestLongTexts(t *testing.T) {
	long := func(word string) string {
		var b strings.Builder
		for i := range 20 {
			w := "слово"
			if i == 10 {
				w = word
			}
			fmt.Fprintf(&b, "Абзац %d, в котором стоит %s.\n\n", i, w)
		}
		return b.String()
	}
	d := newDesk(t)
	with := func(w string) decks.Deck {
		return course(func(x *decks.Deck) { of(x, "place").Fields[decks.Back] = long(w) })
	}
	d.takes(42, with("слово"))
	x := d.open(d.offers(43, with("дело"), nil))
	x.at("place")
	x.says(x.page.sheet, "(10 абзацев без изменений)", "-слово", "+дело", "(9 абзацев без изменений)")
	if strings.Contains(text(x.page.sheet), "Абзац 3") {
		t.Error("nothing is folded")
	}
	for _, o := range test.LaidOutObjects(x.page.sheet) {
		if b, ok := o.(*kit.Button); ok && strings.HasPrefix(b.Text, "10 абзацев") {
			test.Tap(b)
		}
	}
	x.says(x.page.sheet, "Абзац 3, в котором")
}

// A text as long as a release may hold keeps nobody waiting.
func TestLongestText(t *testing.T) {
	d := newDesk(t)
	with := func(word string) decks.Deck {
		return course(func(x *decks.Deck) {
			of(x, "place").Fields[decks.Back] = strings.Repeat(word+" ", release.MaxText/(len(word)+2))
		})
	}
	d.takes(42, with("слово"))
	x := d.open(d.offers(43, with("дело"), nil))
	start := time.Now()
	x.at("place")
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
	got := text(x.page.sheet)
	if strings.Count(got, "слово") < 500 || strings.Count(got, "дело") < 500 || strings.Count(got, " …") != 2 {
		t.Errorf("%d letters are shown", len(got))
	}
}

// Six hundred changes are there as quickly as six.
func TestManyChanges(t *testing.T) {
	d := newDesk(t)
	big := func(v int) decks.Deck {
		return course(func(x *decks.Deck) {
			for i := range 600 {
				n := note(fmt.Sprintf("n%03d", i), fmt.Sprintf("Вопрос номер %d о чём-нибудь достаточно длинном?", i), strings.Repeat(fmt.Sprintf("Ответ %d. ", v), 20))
				x.Notes = append(x.Notes, n)
			}
		})
	}
	d.takes(42, big(1))
	o := d.offers(43, big(2), nil)
	x := d.open(o)
	if n := len(x.rows.sheet.Content.(*fyne.Container).Objects); n == 0 {
		t.Fatal("there is no list")
	}
	rows := 0
	for _, y := range test.LaidOutObjects(x.rows.sheet) {
		if _, ok := y.(*kit.Item); ok {
			rows++
		}
	}
	if rows < 6 || rows > 12 {
		t.Errorf("%d rows exist", rows)
	}
	start := time.Now()
	for range 100 {
		x.Key(keys.Down)
	}
	if took := time.Since(start) / 100; took > 100*time.Millisecond {
		t.Errorf("a step takes %v", took)
	}
}

// The words for every kind of change exist in both languages.
func TestWords(t *testing.T) {
	for _, lang := range i18n.Languages {
		p := i18n.New(lang)
		for _, f := range decks.Fields {
			for _, key := range []string{"update.name_", "update.field_"} {
				if !p.Has(key + string(f)) {
					t.Errorf("%s: no %s%s", lang, key, f)
				}
			}
			for _, t0 := range []merge.TextChange{{Field: f, New: "a"}, {Field: f, Old: "a"}, {Field: f, Old: "a", New: "b"}} {
				r := merge.Row{Kind: merge.RowChanged, Texts: []merge.TextChange{t0}}
				if f != decks.Front && !p.Has(kindOf(&r).key) {
					t.Errorf("%s: no %s", lang, kindOf(&r).key)
				}
			}
		}
		for _, k := range []decks.Kind{decks.Question, decks.Exercise, decks.Cloze, decks.Choice} {
			if !p.Has("update.note_" + string(k)) {
				t.Errorf("%s: no kind %s", lang, k)
			}
		}
		for _, l := range []decks.Difficulty{"", decks.Easy, decks.Medium, decks.Hard} {
			if !p.Has("update.difficulty_" + string(l)) {
				t.Errorf("%s: no difficulty %q", lang, l)
			}
		}
		for _, r := range []merge.Row{{Kind: merge.RowNew}, {Kind: merge.RowRetired}, {Kind: merge.RowReturned}, {Kind: merge.RowMoved}, {Kind: merge.RowSplit}, {Kind: merge.RowJoined},
			{Kept: true}, {Frozen: true}, {Kind: merge.RowChanged, Options: true}, {Kind: merge.RowChanged, Other: true}, {Kind: merge.RowChanged, Substance: true},
			{Kind: merge.RowChanged, Other: true, New: decks.Note{Kind: decks.Choice}}, {Kind: merge.RowChanged, Other: true, New: decks.Note{Difficulty: decks.Hard}}} {
			if k := kindOf(&r); !p.Has(k.key) || theme.Icon(k.icon, k.ink) == nil {
				t.Errorf("%s: %+v", lang, k)
			}
		}
	}
}

// A release whose cards are the same is still one to install.
func TestOnlyTheReleaseIsNew(t *testing.T) {
	d := newDesk(t)
	d.takes(42, course(nil))
	x := d.open(d.offers(43, course(func(x *decks.Deck) { x.License = "CC0-1.0" }), func(s *release.Statement) { s.Notes = "Другая лицензия." }))
	x.says(x.page.sheet, "Карточки не изменились", "Другая лицензия.")
	x.Key(keys.CtrlEnter)
	if len(x.done) != 1 {
		t.Errorf("%v", x.nav.Errors)
	}
}

var _ nav.Screen = (*Screen)(nil)
