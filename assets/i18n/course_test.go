package i18n

import (
	"fmt"
	"strings"
	"testing"

	"lectern/decks"
	"lectern/decks/changes"
	"lectern/decks/merge"
	"lectern/decks/release"
)

func TestChangesInWords(t *testing.T) {
	for _, c := range []struct {
		of     changes.Changes
		en, ru string
	}{
		{changes.Changes{New: 12, Answers: 3, Retired: 1}, "12 new cards, 3 answers corrected, 1 card retired", "12 новых карточек, 3 ответа исправлены, 1 карточка убрана"},
		{changes.Changes{New: 1, Questions: 21, Moved: 5, Returned: 2}, "1 new card, 21 questions reworded, 5 cards moved, 2 cards back", "1 новая карточка, 21 вопрос уточнён, 5 карточек перенесено, 2 карточки возвращены"},
		{changes.Changes{Other: 1, Split: 2, Joined: 11}, "1 card improved, 2 cards split, 11 cards joined from others", "1 карточка улучшена, 2 карточки разделены, 11 карточек составлено из других"},
		{changes.Changes{First: true, Cards: 22, New: 22}, "first release: 22 cards", "первый выпуск: 22 карточки"},
		{changes.Changes{About: []string{"order"}}, "the course’s title, sections or order changed", "изменились название курса, его разделы или порядок"},
		{changes.Changes{}, "nothing changed", "ничего не изменилось"},
	} {
		if got := New("en").Changes(c.of); got != c.en {
			t.Errorf("%q, want %q", got, c.en)
		}
		if got := New("ru").Changes(c.of); got != c.ru {
			t.Errorf("%q, want %q", got, c.ru)
		}
	}
}

func TestReleaseNotes(t *testing.T) {
	note := func(kind decks.Kind, front string) decks.Note {
		return decks.Note{Kind: kind, Fields: map[decks.Field]string{decks.Front: front}}
	}
	c := changes.Changes{New: 14, Answers: 2, Retired: 1}
	c.List = []changes.Change{
		{Row: merge.Row{Kind: merge.RowChanged, New: note(decks.Question, "Почему *лёд* не тонет?\n\nА пробка?")}, Weight: changes.Substance, Answer: true},
		{Row: merge.Row{Kind: merge.RowChanged, New: note(decks.Cloze, "Запрос сравнивается с {{c1::ключами}}.")}, Weight: changes.Minor, Answer: true},
		{Row: merge.Row{Kind: merge.RowChanged, New: note(decks.Question, "Теги")}, Weight: changes.Minor},
		{Row: merge.Row{Kind: merge.RowRetired, Old: note(decks.Question, "Сколько стоит <токен> за 5 * 2?"), Why: "устарело"}},
	}
	for i := range 14 {
		c.List = append(c.List, changes.Change{Row: merge.Row{Kind: merge.RowNew, New: note(decks.Question, fmt.Sprintf("Вопрос %d?", i))}})
	}
	got := New("ru").ReleaseNotes(c)
	for _, want := range []string{
		"14 новых карточек, 2 ответа исправлены, 1 карточка убрана.\n",
		"**Теперь отвечать надо иначе**\n\n- Почему лёд не тонет? А пробка?\n",
		"**Исправлены ответы**\n\n- Запрос сравнивается с ",
		"**Новое**\n\n- Вопрос 0?\n", "- Вопрос 11?\n- и ещё 2\n",
		"**Убрано**\n\n- Сколько стоит", "токен", "— устарело",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	for _, never := range []string{"ключами", "Теги", "Вопрос 12", " <токен>"} {
		if strings.Contains(got, never) {
			t.Errorf("%q is in\n%s", never, got)
		}
	}
	if got != release.Text(got) {
		t.Error("it is not a text of a release")
	}

	// However much changed, it fits into a statement.
	for i := range c.List {
		c.List[i].New = note(decks.Question, strings.Repeat("«Ж*_[<", 5000))
		c.List[i].Weight = changes.Substance
	}
	for range 5000 {
		c.List = append(c.List, changes.Change{Row: merge.Row{Kind: merge.RowRetired, Old: c.List[0].New, Why: strings.Repeat("Ж*", 100_000)}})
		c.List = append(c.List, c.List[len(c.List)-3])
	}
	if n := len(New("ru").ReleaseNotes(c)); n > release.MaxReleaseNotes {
		t.Errorf("%d bytes", n)
	}
}
