package importer

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/lecture/find"
	"lectern/decks/lint"
)

// kinds are the kinds of a card in the order they are offered.
var kinds = []decks.Kind{decks.Question, decks.Exercise, decks.Choice, decks.Cloze}

// levels are the difficulties in the order they are offered.
var levels = []decks.Difficulty{"", decks.Easy, decks.Medium, decks.Hard}

// form is a card as fields.
type form struct {
	s    *Screen
	card int
	was  find.Item

	kind     *kit.Segment
	level    *kit.Segment
	question *kit.Field
	answer   *kit.Field
	why      *kit.Field // the explanation of a choice
	options  *options
	close    func()

	body, answered, chosen *fyne.Container
}

// edit opens a card's texts.
func (s *Screen) edit(card int) {
	i := s.now.At(card)
	if i < 0 {
		return
	}
	p := s.o.Printer
	it := s.now.Cards[i].Item
	f := &form{s: s, card: card, was: it}
	names := func(prefix string, n int, key func(int) string) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = p.T(prefix + key(i))
		}
		return out
	}
	f.kind = kit.NewSegment(names("import.kind_", len(kinds), func(i int) string { return string(kinds[i]) }), max(0, slices.Index(kinds, it.Kind)), func(int) { f.fit() })
	f.level = kit.NewSegment(names("import.level_", len(levels), func(i int) string {
		if levels[i] == "" {
			return "none"
		}
		return string(levels[i])
	}), max(0, slices.Index(levels, it.Difficulty)), nil)
	f.question = kit.NewArea(kit.RowText, 3, it.Prompt, p.T("import.question"), nil)
	answer := it.Answer
	if it.Kind == decks.Choice {
		answer = ""
	}
	f.answer = kit.NewArea(kit.RowText, 4, answer, p.T("import.answer_hint"), nil)
	f.why = kit.NewArea(kit.RowText, 2, it.Explanation, p.T("import.explanation_hint"), nil)
	f.options = newOptions(p.T, it.Choices, func() { kit.Relayout(f.body) })
	label := func(key string, o fyne.CanvasObject) *fyne.Container {
		return kit.Column(6, kit.NewText(p.T(key), kit.Caption, theme.Muted), o)
	}
	f.answered = label("import.answer", f.answer)
	f.chosen = kit.Column(14, label("import.options_title", f.options.body), label("import.explanation", f.why))
	f.body = kit.Column(14)
	if offers := s.offers(&s.now.Cards[i]); len(offers) > 0 {
		f.body.Add(f.offers(offers))
	}
	f.body.Objects = append(f.body.Objects,
		label("import.question", f.question), f.answered, f.chosen,
		f.switches(),
	)
	f.fit()
	f.close = s.o.Nav.Form(nav.Form{
		Title: p.T("import.edit_title"), Content: f.body, First: f.question.Focusable(), Save: p.T("import.save"),
		Dirty: func() bool { return !same(f.item(), f.was) },
		Keep:  f.keep,
	})
}

// switches are the kind and the difficulty, side by side where there is room.
func (f *form) switches() fyne.CanvasObject {
	p := f.s.o.Printer
	one := func(key string, o fyne.CanvasObject) fyne.CanvasObject {
		return kit.Column(6, kit.NewText(p.T(key), kit.Caption, theme.Muted), kit.Row(0, kit.Middle, o, kit.Spring()))
	}
	return kit.Column(14, one("import.kind", f.kind), one("import.level", f.level))
}

// offers says what could be better, with what can be done about it at once.
func (f *form) offers(found []lint.Finding) fyne.CanvasObject {
	p := f.s.o.Printer
	list := kit.Column(8)
	for _, x := range found {
		var after fyne.CanvasObject
		if x.Fix != nil {
			after = kit.NewButton(p.Fix(x.Fix), kit.Quiet, func() {
				f.close()
				f.s.fix(f.card, x.Fix)
			}).Sized(theme.ControlSmall, 0)
		}
		list.Add(kit.NewNotice(kit.Plain, "question", "", p.Finding(x), after))
	}
	return list
}

// fit shows the fields of the chosen kind.
func (f *form) fit() {
	kind := kinds[f.kind.On]
	f.answered.Hidden, f.chosen.Hidden = kind == decks.Choice || kind == decks.Cloze, kind != decks.Choice
	if kind == decks.Choice {
		f.options.atLeast(2)
	}
	kit.Relayout(f.body)
}

// item is the card as it stands in the fields.
func (f *form) item() find.Item {
	it := f.was
	it.Kind, it.Difficulty = kinds[f.kind.On], levels[f.level.On]
	it.Prompt = strings.TrimSpace(f.question.Text())
	switch it.Kind {
	case decks.Choice:
		it.Choices, it.Explanation = f.options.all(), strings.TrimSpace(f.why.Text())
		it.Answer = f.was.Answer // follows from what is right
	case decks.Cloze:
		it.Answer, it.Choices = "", nil
	default:
		it.Answer, it.Choices = strings.TrimSpace(f.answer.Text()), nil
	}
	return it
}

// same tells whether nothing in the fields differs from the card.
func same(a, b find.Item) bool {
	return a.Kind == b.Kind && a.Difficulty == b.Difficulty && a.Prompt == strings.TrimSpace(b.Prompt) &&
		a.Answer == strings.TrimSpace(b.Answer) && a.Explanation == strings.TrimSpace(b.Explanation) && slices.Equal(a.Choices, b.Choices)
}

func (f *form) keep() error {
	it := f.item()
	p := f.s.o.Printer
	switch {
	case it.Prompt == "":
		return fault.New(fault.EmptyQuestion, nil)
	case it.Kind == decks.Choice && len(it.Choices) < 2:
		return fault.New(fault.BadArgument, nil, "what", p.T("import.two_options"))
	case it.Kind == decks.Cloze && !strings.Contains(it.Prompt, "{{c"):
		return fault.New(fault.BadArgument, nil, "what", p.T("import.no_gap", "Gap", "{{c1::…}}"))
	}
	if i := f.s.now.At(f.card); i >= 0 && !same(it, f.was) {
		f.s.act("edit", f.s.now.Edit(i, it), f.card)
	}
	return nil
}

// options are the lines of a choice: a tick for what is right, and the text.
type options struct {
	t     func(key string, args ...any) string
	body  *fyne.Container
	lines []*optionLine
	moved func() // lines came or went
}

type optionLine struct {
	right *kit.Check
	text  *kit.Field
	row   *fyne.Container
}

func newOptions(t func(string, ...any) string, all []decks.Option, moved func()) *options {
	o := &options{t: t, body: kit.Column(8), moved: func() {}}
	for _, x := range all {
		o.add(x)
	}
	o.moved = moved
	return o
}

func (o *options) add(x decks.Option) {
	l := &optionLine{right: kit.NewCheck("", x.Right, nil), text: kit.NewField(x.Text, o.t("import.option"), nil)}
	l.right.SetTip(o.t("import.option_right"), keys.None)
	gone := kit.NewIconButton("trash", o.t("import.option_remove"), keys.None, func() {
		o.lines = slices.DeleteFunc(o.lines, func(k *optionLine) bool { return k == l })
		o.show()
	}).Tool()
	l.row = kit.Row(12, kit.Middle, l.right, kit.Flex(l.text), gone)
	o.lines = append(o.lines, l)
	o.show()
}

func (o *options) show() {
	o.body.Objects = nil
	for _, l := range o.lines {
		o.body.Objects = append(o.body.Objects, l.row)
	}
	more := kit.NewButton(o.t("import.option_add"), kit.Quiet, func() { o.add(decks.Option{}) }).WithIcon("plus").Sized(theme.ControlSmall, 0)
	o.body.Objects = append(o.body.Objects, kit.Row(0, kit.Middle, more, kit.Spring()))
	o.moved()
}

func (o *options) atLeast(n int) {
	for len(o.lines) < n {
		o.add(decks.Option{})
	}
}

// all are the options that have a text.
func (o *options) all() []decks.Option {
	var out []decks.Option
	for _, l := range o.lines {
		if text := strings.TrimSpace(l.text.Text()); text != "" {
			out = append(out, decks.Option{Text: text, Right: l.right.On})
		}
	}
	return out
}
