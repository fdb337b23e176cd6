package study

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/decks"
	"lectern/decks/collection"
)

// rewritten is a collection whose cards were changed by their author.
type rewritten struct{ *collection.Collection }

func (c rewritten) Begin(ctx context.Context, s collection.Scope) (*collection.StudyCard, error) {
	card, err := c.Collection.Begin(ctx, s)
	if card != nil {
		card.Changed = true
	}
	return card, err
}

// sheets notes what stands on the sheets that are shown.
type sheets struct {
	navtest.Navigator
	texts []string
	diffs int
}

func (n *sheets) Sheet(title string, body fyne.CanvasObject, actions ...nav.Action) func() {
	var look func(fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		switch x := o.(type) {
		case *fyne.Container:
			for _, c := range x.Objects {
				look(c)
			}
		case *kit.Text:
			n.texts = append(n.texts, x.Text)
		case *kit.Label:
			n.texts = append(n.texts, x.Text)
		default:
			n.diffs++
		}
	}
	look(body)
	return n.Navigator.Sheet(title, body, actions...)
}

// What the author changed is one click away; of the answer only once it is in sight.
func TestChangedByTheAuthor(t *testing.T) {
	was, known := decks.Note{}, true
	n := &sheets{}
	r := newRig(t, deck(), func(o *Options) {
		o.Collection = rewritten{o.Collection.(*collection.Collection)}
		o.Background = func(f func()) { f() }
		o.Before = func(_ context.Context, _ string, now decks.Note) (decks.Note, bool, error) {
			was = now
			was.Fields = map[decks.Field]string{decks.Front: now.Text(decks.Front), decks.Back: "Только данными."}
			return was, known, nil
		}
	})
	r.s.o.Nav = n
	if r.s.paper.changed.Hidden {
		t.Fatal("a changed card does not say so")
	}
	test.Tap(r.s.paper.changed)
	if n.diffs != 0 || len(n.texts) != 1 {
		t.Errorf("before the answer: %v", n.texts)
	}
	r.press("Space")
	n.texts = nil
	test.Tap(r.s.paper.changed)
	if n.diffs != 1 || !slices.Equal(n.texts, []string{"Ответ"}) {
		t.Errorf("%v, %d texts compared", n.texts, n.diffs)
	}
	known, n.texts = false, nil
	test.Tap(r.s.paper.changed)
	if len(n.texts) != 1 || n.texts[0] != "Прежний текст на этом компьютере не сохранился." {
		t.Errorf("%v", n.texts)
	}
	r.press("3")
	if r.s.card.Card == "aaaaaaaaaa/f" || !r.s.paper.changed.Hidden {
		t.Error("a card that was not changed says it was")
	}
}

func TestChangedPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many windows")
	}
	shelltest.Each(t, "03b-changed", func(w shelltest.Window) nav.Screen {
		r := &rig{t: t, now: start}
		o := r.options(rewritten{open(t, r.clock, deck())}, w.Shell, w.Printer)
		o.Background = func(f func()) { f() }
		o.Before = func(_ context.Context, _ string, now decks.Note) (decks.Note, bool, error) {
			return decks.Note{Fields: map[decks.Field]string{decks.Front: "Чем отличается предобучение от тонкой настройки?", decks.Back: "Данными."}}, true, nil
		}
		return New(o)
	}, func(_ *testing.T, w shelltest.Window, s nav.Screen) {
		s.(*Screen).reveal()
		if !w.Small {
			s.(*Screen).showChange()
		}
	})
}
