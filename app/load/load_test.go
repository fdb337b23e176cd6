package load

import (
	"context"
	"errors"
	"fmt"
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
	"lectern/scheduler"
	"lectern/scheduler/advise"
)

// open makes a collection with two decks of twenty cards.
func open(t *testing.T, titles ...string) (*collection.Collection, []string) {
	t.Helper()
	ctx := context.Background()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("MSK", 3*3600))
	c, err := collection.Open(ctx, t.TempDir(), collection.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	var ids []string
	for i, title := range titles {
		d := decks.Deck{ID: fmt.Sprintf("deck00000%d", i), Title: title, Lang: "ru", Sections: []decks.Section{{ID: fmt.Sprintf("sect00000%d", i), Title: "Лекция 1"}}}
		for k := range 20 {
			d.Notes = append(d.Notes, decks.Note{ID: fmt.Sprintf("note%04d%02d", i, k), Kind: decks.Question, Section: d.Sections[0].ID,
				Fields: map[decks.Field]string{decks.Front: fmt.Sprintf("Вопрос %d?", k), decks.Back: "Ответ."}})
		}
		if _, err := c.Install(ctx, d, collection.InstallOptions{}); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, d.ID)
	}
	return c, ids
}

// priced is a collection whose outlook is known beforehand.
type priced struct {
	*collection.Collection
	outlook collection.Outlook
	err     error
	asked   int
	advice  advise.Steps
}

func (p *priced) AdviseSteps(context.Context, string) (advise.Steps, error) { return p.advice, nil }

func (p *priced) Outlook(context.Context, string, collection.Progress) (collection.Outlook, error) {
	p.asked++
	return p.outlook, p.err
}

func outlook(own bool) collection.Outlook {
	o := collection.Outlook{Own: own, Answers: 118}
	if own {
		o.Answers = 2840
	}
	for i := range 28 {
		r := 0.70 + float64(i)/100
		o.Points = append(o.Points, collection.OutlookPoint{Retention: r, MinutesPerDay: 3.6 + 0.6/(1.005-r)/(1.005-r)/50})
	}
	return o
}

// now runs what the screen would do later when the test says so.
type later struct{ f func() }

func (l *later) run(_ time.Duration, f func()) func() {
	l.f = f
	return func() { l.f = nil }
}

func (l *later) fire() {
	if f := l.f; f != nil {
		f()
	}
}

type bench struct {
	s     *Screen
	c     *priced
	nav   *navtest.Navigator
	later *later
	went  []string
}

func start(t *testing.T, c *collection.Collection, deck string) *bench {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	b := &bench{c: &priced{Collection: c, outlook: outlook(true)}, nav: &navtest.Navigator{}, later: &later{}}
	b.s = New(Options{
		Collection: b.c, Nav: b.nav, Printer: i18n.New("ru"), Deck: deck, Background: func(f func()) { f() }, Later: b.later.run,
		Forecast: func(p string) { b.went = append(b.went, "forecast "+p) }, Fitting: func(p string) { b.went = append(b.went, "fitting "+p) },
	})
	win := test.NewTempWindow(t, b.s.Object())
	win.Resize(fyne.NewSize(1280, 800))
	b.s.Shown()
	return b
}

func (b *bench) preset(t *testing.T, deck string) scheduler.Preset {
	t.Helper()
	info, err := b.c.PresetOf(context.Background(), deck)
	if err != nil {
		t.Fatal(err)
	}
	return info.Preset
}

// find lists the objects of a type below another one, in the order they stand.
func find[T fyne.CanvasObject](o fyne.CanvasObject) (out []T) {
	if x, ok := o.(T); ok {
		out = append(out, x)
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			out = append(out, find[T](child)...)
		}
	case *kit.Sheet:
		out = append(out, find[T](o.Content)...)
	case *kit.Scroll:
		out = append(out, find[T](o.Content)...)
	case *kit.Fold:
		out = append(out, find[T](o.Content)...)
	}
	return out
}

// kept types into a field and leaves it.
func kept(f *kit.Field, text string) {
	f.SetText(text)
	f.Left(text)
}

func labels(o fyne.CanvasObject) string {
	var words []string
	for _, l := range find[*kit.Label](o) {
		if l.Visible() {
			words = append(words, l.Text)
		}
	}
	return strings.Join(words, "\n")
}

func TestPictures(t *testing.T) {
	shelltest.Each(t, "load", func(w shelltest.Window) nav.Screen {
		c, _ := open(t, "Понимание LLM", "Английские слова")
		return New(Options{Collection: &priced{Collection: c, outlook: outlook(true)}, Nav: w.Shell, Printer: w.Printer, Background: func(f func()) { f() }})
	}, nil)
	if testing.Short() {
		return // the other one tells enough
	}
	shelltest.Each(t, "load-advanced", func(w shelltest.Window) nav.Screen {
		c, ids := open(t, "Понимание LLM", "Английские слова")
		ctx := context.Background()
		id, err := c.AddPreset(ctx, "К экзамену", "")
		if err == nil {
			err = c.UsePreset(ctx, ids[0], id)
		}
		if err == nil {
			p := scheduler.DefaultPreset()
			p.Retention, p.EasyDays[time.Sunday], p.EasyDays[time.Saturday] = 0.97, scheduler.MinimumDay, scheduler.ReducedDay
			err = c.ChangePreset(ctx, id, p)
		}
		if err != nil {
			t.Fatal(err)
		}
		return New(Options{Collection: &priced{Collection: c, outlook: outlook(false)}, Nav: w.Shell, Printer: w.Printer, Deck: ids[0], Background: func(f func()) { f() }})
	}, func(t *testing.T, w shelltest.Window, s nav.Screen) {
		for _, f := range find[*kit.Fold](s.Object()) {
			f.Open(true)
		}
		fields := find[*kit.Field](s.Object())
		kept(fields[2], "1 мин скоро")
		if !w.Small && w.Printer.Lang() == "ru" {
			s.(*Screen).roll.ScrollTo(380)
		} else {
			s.(*Screen).roll.ScrollTo(1200)
		}
	})
}

func TestTheSliderSaysAtOnceAndKeepsWhenItRests(t *testing.T) {
	c, _ := open(t, "Курс")
	b := start(t, c, "")
	if b.s.recall.want.Text != "90 из 100" || b.s.recall.cost.Text != "5 минут в день" {
		t.Fatalf("it begins with %q, %q", b.s.recall.want.Text, b.s.recall.cost.Text)
	}
	for range 3 {
		b.s.Key(keys.ShiftRight)
	}
	b.s.Key(keys.Left)
	if b.s.recall.want.Text != "98 из 100" || b.s.recall.cost.Text != "больше 13 минут в день" || !strings.HasPrefix(b.s.recall.why.Text, "Дорого") {
		t.Errorf("the hand is at %q, %q, %q", b.s.recall.want.Text, b.s.recall.cost.Text, b.s.recall.why.Text)
	}
	if got := b.preset(t, "").Retention; got != 0.9 {
		t.Errorf("%v is kept while the hand moves", got)
	}
	b.later.fire()
	if got := b.preset(t, "").Retention; got != 0.98 {
		t.Errorf("%v is kept", got)
	}
	if b.c.asked != 1 {
		t.Errorf("the minutes were worked out %d times; another retention is on the same curve", b.c.asked)
	}
	if _, err := c.Undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if b.s.recall.slider.Value != 90 {
		t.Errorf("after one undo the slider is at %d", b.s.recall.slider.Value)
	}
	b.s.Key(keys.Right)
	b.s.Hidden()
	if got := b.preset(t, "").Retention; got != 0.91 {
		t.Errorf("whoever leaves at once loses the choice: %v", got)
	}
}

func TestWithoutMinutesTheSliderWorks(t *testing.T) {
	c, _ := open(t, "Курс")
	b := start(t, c, "")
	b.c.err = errors.New("no memory")
	b.s.recall.compute()
	if !b.s.recall.failed.Visible() {
		t.Error("nothing says that the minutes are missing")
	}
	b.s.Key(keys.Left)
	b.later.fire()
	if got := b.preset(t, "").Retention; got != 0.89 {
		t.Errorf("%v is kept", got)
	}
	b.c.err = nil
	b.s.recall.compute()
	if b.s.recall.failed.Visible() {
		t.Error("the error stays")
	}
}

func TestFewAnswersSayThatTheyAreFew(t *testing.T) {
	c, _ := open(t, "Курс")
	b := start(t, c, "")
	b.c.outlook = outlook(false)
	b.s.recall.compute()
	if b.s.recall.takes.Text != "Обычно это около" || !strings.Contains(b.s.recall.why.Text, "118") {
		t.Errorf("it says %q, %q", b.s.recall.takes.Text, b.s.recall.why.Text)
	}
}

func TestWrongNumbersAreNotKeptAndSayWhy(t *testing.T) {
	c, _ := open(t, "Курс")
	b := start(t, c, "")
	fresh := find[*kit.Field](b.s.Object())[0]
	for _, x := range []struct {
		text string
		want int
		says string
	}{
		{"25", 25, ""}, {"много", 25, "«много» не подошло"}, {"-3", 25, "от 0 до"}, {"10 000", 25, "от 0 до"}, {"1 000", 1000, ""}, {"", 1000, "Осталось: 1000"}, {"0", 0, ""},
	} {
		kept(fresh, x.text)
		if got := b.preset(t, "").NewPerDay; got != x.want {
			t.Errorf("%q: %d is kept, want %d", x.text, got, x.want)
		}
		if says := labels(b.s.Object()); x.says != "" && !strings.Contains(says, x.says) || x.says == "" && strings.Contains(says, "не подошло") {
			t.Errorf("%q: it says %s", x.text, says)
		}
		if got := fresh.Text(); got != fmt.Sprint(x.want) {
			t.Errorf("%q: the field says %q", x.text, got)
		}
	}
	if !strings.Contains(labels(b.s.Object()), "Они ждут") {
		t.Error("no new cards a day, and nothing says that they wait")
	}
	kept(fresh, "7")
	if !strings.Contains(labels(b.s.Object()), "за 3 дня") {
		t.Errorf("20 cards at 7 a day: %s", labels(b.s.Object()))
	}
}

// Each control of the folded part changes its own setting and nothing else.
func TestEverySettingIsKept(t *testing.T) {
	c, _ := open(t, "Курс")
	b := start(t, c, "")
	want := b.preset(t, "")
	fields, segments := find[*kit.Field](b.s.Object()), find[*kit.Segment](b.s.Object())
	checks, pickers, days := find[*kit.Check](b.s.Object()), find[*kit.Picker](b.s.Object()), find[*kit.Level](b.s.Object())
	for i, step := range []struct {
		do  func()
		set func()
	}{
		{func() { kept(fields[1], "150") }, func() { want.ReviewsPerDay = 150 }},
		{func() { kept(fields[2], "2m 20m 1d") }, func() { want.LearningSteps = []time.Duration{2 * time.Minute, 20 * time.Minute, 24 * time.Hour} }},
		{func() { kept(fields[3], "") }, func() { want.RelearningSteps = nil }},
		{func() { kept(fields[4], "5") }, func() { want.LearnAhead = 5 * time.Minute }},
		{func() { kept(fields[5], "4") }, func() { want.LeechLapses = 4 }},
		{func() { kept(fields[6], "3:00") }, func() { want.RolloverHour = 3 }},
		{func() { kept(fields[7], "365") }, func() { want.MaxInterval = 365 }},
		{func() { segments[0].Changed(1) }, func() { want.FourButtons = true }},
		{func() { segments[1].Changed(2) }, func() { want.NewMix = scheduler.Before }},
		{func() { segments[2].Changed(1) }, func() { want.StepMix = scheduler.After }},
		{func() { segments[3].Changed(1) }, func() { want.LeechPause = true }},
		{func() { checks[0].Changed(true) }, func() { want.NewBeyond = true }},
		{func() { checks[1].Changed(false) }, func() { want.BurySiblings = false }},
		{func() { pickers[0].Changed(4) }, func() { want.NewOrder = scheduler.NewRandomCard }},
		{func() { pickers[1].Changed(7) }, func() { want.ReviewOrder = scheduler.ReviewsLeastKnown }},
		{func() { days[6].Changed(2) }, func() { want.EasyDays[time.Sunday] = scheduler.MinimumDay }},
		{func() { pickers[2].Changed(2) }, func() { want.Auto, want.Model = false, "fsrs6" }},
		{func() { checks[2].Changed(false) }, func() { want.Fuzz = false }},
	} {
		step.do()
		step.set()
		if got := b.preset(t, ""); fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Fatalf("step %d:\n%+v, want\n%+v", i, got, want)
		}
	}
	if days[0].Enabled() {
		t.Error("easy days can be chosen though cards are not spread")
	}
	if len(b.nav.Errors) != 0 {
		t.Errorf("errors %v", b.nav.Errors)
	}
}

// A fitted model keeps its weights under Auto and gives them up for another one.
func TestAnotherModelDropsTheWeights(t *testing.T) {
	c, _ := open(t, "Курс")
	b := start(t, c, "")
	p := b.preset(t, "")
	m, err := scheduler.NewModel("fsrs6", nil)
	if err != nil {
		t.Fatal(err)
	}
	p.Model, p.Weights = "fsrs6", m.Weights()
	if err := c.ChangePreset(context.Background(), "", p); err != nil {
		t.Fatal(err)
	}
	model := find[*kit.Picker](b.s.Object())[2]
	model.Changed(2)
	if got := b.preset(t, ""); got.Auto || got.Weights == nil {
		t.Errorf("the same model by hand: auto %v, weights %v", got.Auto, got.Weights)
	}
	model.Changed(1)
	if got := b.preset(t, ""); got.Model != "fsrs5" || got.Weights != nil {
		t.Errorf("another model: %s with %v", got.Model, got.Weights)
	}
	if len(b.nav.Errors) != 0 {
		t.Errorf("errors %v", b.nav.Errors)
	}
}

func TestADeckGetsALoadOfItsOwnAndGivesItBack(t *testing.T) {
	c, ids := open(t, "Первая", "Вторая")
	b := start(t, c, ids[0])
	press := func() { find[*kit.Button](b.s.owner)[0].Tapped(nil) }
	if says := labels(b.s.owner); !strings.Contains(says, "«Первая» и ещё 1 колода") {
		t.Errorf("it says %q", says)
	}
	press()
	if info, _ := c.PresetOf(context.Background(), ids[0]); info.Name != "Первая" || b.s.id != info.ID {
		t.Fatalf("the deck has %+v, shown is %q", info, b.s.id)
	}
	if b.s.Bar().Beside == nil {
		t.Error("two presets, and the title has no menu")
	}
	b.s.Key(keys.Right)
	b.later.fire()
	if one, two := b.preset(t, ids[0]).Retention, b.preset(t, ids[1]).Retention; one != 0.91 || two != 0.9 {
		t.Errorf("the decks have %v and %v", one, two)
	}
	press()
	if info, _ := c.PresetOf(context.Background(), ids[0]); info.ID != "" || b.s.id != "" || b.s.Bar().Beside != nil {
		t.Errorf("the deck has %+v, shown is %q", info, b.s.id)
	}
}

func TestPresetsAreMadeChosenRenamedAndRemoved(t *testing.T) {
	ctx := context.Background()
	c, ids := open(t, "Первая", "Вторая")
	b := start(t, c, "")
	b.s.add()
	form := func() nav.Form { return b.nav.Forms[len(b.nav.Forms)-1] }
	write := func(text string) error {
		form().Content.(*kit.Field).SetText(text)
		return form().Keep()
	}
	if write("  ") == nil {
		t.Error("a preset without a name is made")
	}
	if err := write("К экзамену"); err != nil {
		t.Fatal(err)
	}
	id := b.s.id
	if id == "" || b.s.title.Text != "" && b.s.name(id) != "К экзамену" {
		t.Fatalf("shown is %q", id)
	}
	b.s.uses()
	if err := c.UsePreset(ctx, ids[1], id); err != nil {
		t.Fatal(err)
	}
	if got := b.s.info().Decks; !slices.Equal(got, ids[1:]) {
		t.Errorf("it is used by %v", got)
	}
	b.s.rename()
	if err := write("Сессия"); err != nil || b.s.name(id) != "Сессия" {
		t.Errorf("renamed to %q, %v", b.s.name(id), err)
	}
	b.s.menu(b.s.title)
	menu := b.nav.Menus[len(b.nav.Menus)-1]
	if menu[0].Text != "Общая" || menu[0].Checked || !menu[1].Checked {
		t.Errorf("the menu is %+v", menu)
	}
	menu[0].Do()
	if b.s.id != "" {
		t.Error("the common preset is not shown")
	}
	b.s.open(id)
	b.s.remove()
	if all, _ := c.Presets(ctx); len(all) != 1 || b.s.id != "" || len(b.nav.Toasts) != 1 {
		t.Errorf("%d presets are left, shown is %q, said %v", len(all), b.s.id, b.nav.Toasts)
	}
}

func TestLimitsForTodayAndForAllDecks(t *testing.T) {
	ctx := context.Background()
	c, ids := open(t, "Первая", "Вторая")
	b := start(t, c, ids[0])
	l := b.s.limits
	kept(l.today.fresh.field, "3")
	kept(l.always.reviews.field, "50")
	deck, err := c.Limits(ctx, ids[0])
	if err != nil || deck.New != 3 || deck.Today.New == nil {
		t.Errorf("today the deck has %+v, %v", deck, err)
	}
	if all, _ := c.Limits(ctx, ""); all.Reviews != 50 || all.Always.New != nil {
		t.Errorf("all decks have %+v", all)
	}
	l.today.reviews.field.SetText("7") // not left yet
	l.choose("")
	if deck, _ = c.Limits(ctx, ids[0]); deck.Today.Reviews == nil || *deck.Today.Reviews != 7 {
		t.Errorf("what was typed for the deck went to %+v", deck)
	}
	if l.today.fresh.field.Text() != "" {
		t.Errorf("all decks show the deck's %q", l.today.fresh.field.Text())
	}
	kept(l.today.fresh.field, "сто")
	if says := labels(b.s.Object()); !strings.Contains(says, "«сто» не подошло") {
		t.Errorf("it says %q", says)
	}
	l.choose(ids[0])
	kept(l.today.fresh.field, "")
	if deck, _ = c.Limits(ctx, ids[0]); deck.New != 10 || deck.Today.New != nil {
		t.Errorf("an empty field leaves %+v", deck)
	}
	if len(b.nav.Errors) != 0 {
		t.Errorf("errors %v", b.nav.Errors)
	}
}

func TestRecommendedStepsAreTakenByAWord(t *testing.T) {
	c, _ := open(t, "Курс")
	b := start(t, c, "")
	if b.s.advice.learning.Visible() {
		t.Error("without answers something is recommended")
	}
	b.c.advice.Learning = []time.Duration{3 * time.Minute, time.Hour}
	b.s.advice.ask()
	if says := labels(b.s.advice.learning); !strings.Contains(says, "3 мин 1 ч") || b.s.advice.relearning.Visible() {
		t.Errorf("it recommends %q", says)
	}
	find[*kit.Button](b.s.advice.learning)[0].Tapped(nil)
	if got := b.preset(t, "").LearningSteps; !slices.Equal(got, b.c.advice.Learning) {
		t.Errorf("taken are %v", got)
	}
	if b.s.advice.learning.Visible() || find[*kit.Field](b.s.Object())[2].Text() != "3 мин 1 ч" {
		t.Error("what was taken is still recommended, or the field does not show it")
	}
}

func TestArrowsWalkTheRows(t *testing.T) {
	c, _ := open(t, "Курс")
	b := start(t, c, "")
	on := func() fyne.Focusable { return fyne.CurrentApp().Driver().CanvasForObject(b.s.Object()).Focused() }
	b.s.Key(keys.Down)
	if on() != fyne.Focusable(b.s.recall.slider) {
		t.Fatalf("the first row is %T", on())
	}
	b.s.Key(keys.Down)
	if f := find[*kit.Field](b.s.Object())[0]; on() != f.Focusable() {
		t.Errorf("the second row is %T", on())
	}
	b.s.Key(keys.Up)
	if on() != fyne.Focusable(b.s.recall.slider) {
		t.Errorf("up leads to %T", on())
	}
}

func TestTheMenuLeadsToForecastAndFitting(t *testing.T) {
	c, _ := open(t, "Курс")
	b := start(t, c, "")
	b.s.acts(b.s.title)
	b.nav.Menus[0][0].Do()
	b.nav.Menus[0][1].Do()
	if !slices.Equal(b.went, []string{"forecast ", "fitting "}) {
		t.Errorf("went %q", b.went)
	}
}
