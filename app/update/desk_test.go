package update

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/cardview"
	"lectern/app/kit"
	"lectern/app/nav/navtest"
	"lectern/app/theme"
	"lectern/app/worddiff"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
)

var (
	ctx = context.Background()
	now = time.Date(2027, 2, 5, 10, 0, 0, 0, time.UTC)
)

// desk is a student's collection and an author who ships a course to it.
type desk struct {
	*collection.Collection
	t testing.TB
	a *releasetest.Author
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	c, err := collection.Open(ctx, t.TempDir(), collection.Options{Clock: func() time.Time { return now }})
	ok(t, err)
	t.Cleanup(func() { ok(t, c.Close()) })
	return &desk{c, t, releasetest.New(t, "А. П. Иванова", "llm")}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// offers ships a release and looks at it.
func (d *desk) offers(seq int64, deck decks.Deck, change func(*release.Statement)) collection.Offer {
	d.t.Helper()
	file := d.a.Package(d.t, seq, deck, nil, change)
	pinned, err := d.Pinned(ctx, "llm")
	ok(d.t, err)
	p, err := pack.Open(ctx, bytes.NewReader(file), int64(len(file)), pinned)
	ok(d.t, err)
	o, err := d.Offer(ctx, collection.Opened(p, "llm.lectern"))
	ok(d.t, err)
	return o
}

func (d *desk) takes(seq int64, deck decks.Deck) {
	d.t.Helper()
	_, err := d.Accept(ctx, d.offers(seq, deck, nil), collection.Decisions{}, nil)
	ok(d.t, err)
}

func (d *desk) field(card decks.CardID, f decks.Field) string {
	d.t.Helper()
	c, err := d.Card(ctx, card)
	ok(d.t, err)
	return c.Note.Text(f)
}

func note(id, q, a string) decks.Note {
	n := decks.Note{ID: id, Kind: decks.Question, Section: "s2", Fields: map[decks.Field]string{decks.Front: q}}
	if a != "" {
		n.Fields[decks.Back] = a
	}
	return n
}

const (
	liesBase   = "Уверенно сказанная выдумка: модель дополняет текст правдоподобным. Помогают поиск и инструменты."
	liesMine   = liesBase + " Спросить то же второй раз: если ответы разные, модель выдумывает."
	liesTheirs = "Уверенно сказанная выдумка: модель дополняет текст правдоподобным, а не проверенным. Помогают поиск, инструменты и честное «не знаю» в обучающих примерах."
)

// course is what the author ships; change makes the next edition.
func course(change func(*decks.Deck)) decks.Deck {
	d := decks.Deck{ID: "llm", Title: "Понимание LLM", Lang: "ru", Author: "А. П. Иванова", License: "CC-BY-4.0",
		Sections: []decks.Section{{ID: "s1", Title: "Лекция 1"}, {ID: "s2", Title: "Лекция 2"}}}
	d.Notes = []decks.Note{
		note("lies", "Что такое «галлюцинации» и как их избежать?", liesBase),
		note("web", "Как с помощью всех текстов интернета и кучи видеокарт мы получаем ChatGPT?", "Предобучение, затем дообучение на диалогах."),
		note("special", "Что такое специальные токены?", ""),
		note("news", "Может ли LLM отвечать на вопросы о вчерашних новостях?", "Нет."),
		note("softmax", "Что делает softmax?", "Превращает логиты $z$ в вероятности: $p_i = e^{z_i} / \\sum_j e^{z_j}$."),
		note("price", "Сколько стоит обучить модель?", "Миллион долларов."),
		note("pair", "Что такое токен и словарь?", "Токен — кусок слова, словарь — их список."),
		note("place", "Что такое эмбеддинг?", "Вектор токена."),
	}
	choice := decks.Note{ID: "size", Kind: decks.Choice, Section: "s2", Fields: map[decks.Field]string{decks.Front: "Какого размера словарь GPT-2?"},
		Choices: []decks.Option{{Text: "около 5 тысяч"}, {Text: "около 50 тысяч", Right: true}, {Text: "около миллиона"}}}
	d.Notes = append(d.Notes, choice)
	if change != nil {
		change(&d)
	}
	return d
}

func of(d *decks.Deck, id string) *decks.Note {
	for i := range d.Notes {
		if d.Notes[i].ID == id {
			return &d.Notes[i]
		}
	}
	return nil
}

func drop(d *decks.Deck, ids ...string) {
	for _, id := range ids {
		for i := range d.Notes {
			if d.Notes[i].ID == id {
				d.Notes = append(d.Notes[:i:i], d.Notes[i+1:]...)
				break
			}
		}
	}
}

// next is the edition that does everything an update can do.
func next(d *decks.Deck) {
	of(d, "lies").Fields[decks.Back] = liesTheirs
	of(d, "web").Fields[decks.Front] = "Как с помощью всех текстов интернета и кучи GPU мы получаем ChatGPT?"
	of(d, "special").Fields[decks.Back] = "Токены, которых нет в тексте: конец ответа `<|end|>`, начало реплики."
	of(d, "news").Fields[decks.Back] = "Нет, если ей не дали поиск: она знает то, что было в текстах до конца обучения."
	of(d, "news").Major = 1
	of(d, "place").Section = "s1"
	o := of(d, "size")
	o.Choices = []decks.Option{{Text: "около 5 тысяч"}, {Text: "ровно 50 257", Right: true}, {Text: "около миллиона"}}
	drop(d, "price", "pair")
	token, words := note("token", "Что такое токен?", "Кусок слова, из которого модель складывает текст."), note("words", "Что такое словарь модели?", "Список всех её токенов.")
	token.From, words.From = "pair", "pair"
	d.Notes = append(d.Notes, token, words,
		note("window", "Что такое контекстное окно?", "Сколько токенов модель видит сразу. Внимание считает $\\text{softmax}(QK^\\top/\\sqrt{d})V$ по всем парам."),
		note("system", "Зачем модели системный промпт?", ""))
	d.Retired = []decks.Retired{{ID: "price", Why: "цифра устарела"}, {ID: "pair", Into: []string{"token", "words"}}}
}

// said says what the author writes of a release.
func said(s *release.Statement) {
	s.Notes = "Исправлена формула во второй лекции, спасибо **Маше**.\n\n- новые карточки про контекст\n- устаревшая цена убрана"
}

// ready is a student with the first release and edits of his own.
func ready(t testing.TB) *desk {
	t.Helper()
	d := newDesk(t)
	d.takes(42, course(nil))
	ok(t, d.Edit(ctx, "lies", decks.Back, liesMine))
	ok(t, d.Edit(ctx, "web", decks.Back, "Предобучение, затем дообучение на диалогах людей."))
	return d
}

// tried is a screen whose window writes down what it is asked for.
type tried struct {
	*Screen
	d    *desk
	nav  *navtest.Navigator
	done []collection.InstallResult
	win  fyne.Window
}

// open shows an offer.
func (d *desk) open(o collection.Offer) *tried {
	d.t.Helper()
	t := d.t.(*testing.T)
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	x := &tried{d: d, nav: &navtest.Navigator{}}
	x.Screen = New(Options{Collection: d, Nav: x.nav, Printer: i18n.New("ru"), Offer: o, Now: func() time.Time { return now },
		Done: func(r collection.InstallResult) { x.done = append(x.done, r) }, Background: func(f func()) { f() }})
	x.win = test.NewTempWindow(t, x.object)
	x.win.Resize(fyne.NewSize(1280, 736))
	return x
}

// text is all that is said below an object.
func text(o fyne.CanvasObject) string {
	var b strings.Builder
	for _, x := range test.LaidOutObjects(o) {
		if !x.Visible() {
			continue
		}
		switch x := x.(type) {
		case *kit.Label:
			b.WriteString(x.Text + "\n")
		case *kit.Text:
			b.WriteString(x.Text + "\n")
		case *kit.Chip:
			b.WriteString("[" + x.Text + "]\n")
		case *kit.Button:
			b.WriteString("(" + x.Text + ")\n")
		case *kit.Check:
			fmt.Fprintf(&b, "{%v %s}\n", x.On, x.Text)
		case *kit.Choice:
			fmt.Fprintf(&b, "<%v %s>\n", x.On, x.Text)
		case *cardview.View:
			x.SelectAll()
			b.WriteString(x.Selected() + "\n")
			x.Deselect()
		case *worddiff.Diff:
			b.WriteString(x.String() + "\n")
		}
	}
	return strings.ReplaceAll(b.String(), "\u00a0", " ")
}

func (x *tried) says(o fyne.CanvasObject, want ...string) {
	x.d.t.Helper()
	got := text(o)
	for _, w := range want {
		if !strings.Contains(got, w) {
			x.d.t.Errorf("%q is not said in\n%s", w, got)
		}
	}
}

// at chooses the change of a note.
func (x *tried) at(id string) {
	x.d.t.Helper()
	for i := range x.o.Offer.Update.Rows {
		if x.o.Offer.Update.Rows[i].Note == id {
			x.choose(i + 1)
			return
		}
	}
	x.d.t.Fatalf("no change of %s", id)
}
