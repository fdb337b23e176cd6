package place

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/lecture/page"
)

type pages string

func (p pages) Page(context.Context, string) (string, bool, error) { return string(p), p != "", nil }

// sheets keeps what is shown in a sheet.
type sheets struct {
	navtest.Navigator
	body fyne.CanvasObject
}

func (s *sheets) Sheet(title string, body fyne.CanvasObject, a ...nav.Action) func() {
	s.body = body
	return s.Navigator.Sheet(title, body, a...)
}

func show(t *testing.T, page string, of Of) *sheets {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	n := &sheets{}
	Show(Options{Collection: pages(page), Nav: n, Printer: i18n.New("ru"), Background: func(f func()) { f() }}, of)
	return n
}

func TestTheQuestionIsMarkedInItsSurroundings(t *testing.T) {
	page := "Лекция 1\n\n" + strings.Repeat("Что-то ещё было сказано о другом.\n\n", 40) +
		"Вопросы\n\n1. Что такое токен?\n2. Чем все модели похожи?\n\n" + strings.Repeat("Дальше.\n\n", 200)
	n := show(t, page, Of{Deck: "d", Section: "Лекция 1", Question: "Чем ВСЕ модели  похожи?"})
	if n.body == nil || n.Navigator.Sheets[0] != "Лекция 1" {
		t.Fatalf("sheets: %v", n.Sheets)
	}
	marked := 0
	rows := n.body.(*fyne.Container).Objects
	for _, o := range rows {
		if item, ok := o.(*kit.Item); ok && item.Selected {
			marked++
			if text := item.Content.(*kit.Label).Text; !strings.Contains(text, "похожи") {
				t.Errorf("marked %q", text)
			}
		}
	}
	if marked != 1 || len(rows) > before+after+2 {
		t.Errorf("%d rows marked of %d", marked, len(rows))
	}
}

func TestWithoutAPageThereIsNoSheet(t *testing.T) {
	if n := show(t, "", Of{Deck: "d"}); n.body != nil || len(n.Errors) != 0 {
		t.Error("something is shown")
	}
}

func TestAQuestionThatIsNotThereOpensItsSection(t *testing.T) {
	blocks := []page.Block{{Text: "Лекция 1"}, {Text: "Один"}, {Text: "Лекция 2"}, {Text: "Два"}}
	if at, found := find(blocks, Of{Section: "лекция 2", Question: "Нет такого?"}); at != 2 || found {
		t.Errorf("opened at %d, %v", at, found)
	}
	if at, found := find(nil, Of{Section: "x"}); at != 0 || found {
		t.Errorf("an empty page opened at %d, %v", at, found)
	}
}
