package forecast

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// fake gives a year without a collection.
type fake struct {
	presets []collection.PresetInfo
	own     bool
	cards   int
	err     error
	asked   int
	tell    func(collection.Change)
}

func newFake() *fake {
	return &fake{presets: []collection.PresetInfo{{Preset: scheduler.DefaultPreset()}}, own: true, cards: 500}
}

func (f *fake) Presets(context.Context) ([]collection.PresetInfo, error) { return f.presets, nil }

func (f *fake) ChangePreset(_ context.Context, id string, p scheduler.Preset) error {
	for i := range f.presets {
		if f.presets[i].ID == id {
			f.presets[i].Preset = p
		}
	}
	f.tell(collection.Change{Settings: true, All: true})
	return nil
}

func (f *fake) Subscribe(tell func(collection.Change)) func() { f.tell = tell; return func() {} }

func (f *fake) Forecast(ctx context.Context, _ string, p collection.Progress) (collection.Forecast, error) {
	f.asked++
	if f.err != nil {
		return collection.Forecast{}, f.err
	}
	p(28, 28)
	out := collection.Forecast{Cards: f.cards, Known: 180, Own: f.own, Answers: 640}
	for i := range 28 {
		r := 0.70 + float64(i)/100
		c := collection.ForecastCurve{Retention: r, MinutesPerDay: 5 + 0.12/(1.01-r), Remembered: 500 * (0.62 + 0.38*r)}
		for w := range 53 {
			t := float64(w) / 52
			c.Known = append(c.Known, 180+(c.Remembered-180)*(1-math.Exp(-5*t)))
			if w < 52 {
				c.Minutes = append(c.Minutes, c.MinutesPerDay*(0.8+0.9*math.Exp(-6*t)+0.05*math.Sin(float64(w))))
			}
		}
		out.Curves = append(out.Curves, c)
	}
	return out, ctx.Err()
}

func start(t *testing.T, f *fake) (*Screen, *navtest.Navigator) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	n := &navtest.Navigator{}
	s := New(options(f, n, i18n.New("ru")))
	win := test.NewTempWindow(t, s.Object())
	win.Resize(fyne.NewSize(1280, 800))
	s.Shown()
	return s, n
}

func options(f *fake, n nav.Navigator, p *i18n.Printer) Options {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	return Options{Collection: f, Nav: n, Printer: p, Now: func() time.Time { return now }, Background: func(f func()) { f() }}
}

func TestPictures(t *testing.T) {
	shelltest.Each(t, "forecast", func(w shelltest.Window) nav.Screen { return New(options(newFake(), w.Shell, w.Printer)) },
		func(t *testing.T, _ shelltest.Window, s nav.Screen) {
			for range 2 {
				s.Key(keys.ShiftLeft)
			}
		})
	if testing.Short() {
		return // the other one tells enough
	}
	shelltest.Each(t, "forecast-few", func(w shelltest.Window) nav.Screen {
		f := newFake()
		f.own = false
		return New(options(f, w.Shell, w.Printer))
	}, nil)
}

func TestItBeginsWithWhatTheStudentHas(t *testing.T) {
	f := newFake()
	f.presets[0].Preset.Retention = 0.85
	s, _ := start(t, f)
	if s.chosen != 85 || !strings.Contains(s.sentence.Text, "помнить 85 из 100") || !strings.Contains(s.sentence.Text, "из 500 карточек") {
		t.Errorf("it says %q", s.sentence.Text)
	}
	if s.versus.Visible() || len(s.Bar().Actions) != 0 {
		t.Error("it compares a retention with itself")
	}
	if !strings.Contains(s.source.Text, "640 вашим ответам") {
		t.Errorf("it rests on %q", s.source.Text)
	}
}

func TestAnotherRetentionIsComparedWithTheOwn(t *testing.T) {
	s, _ := start(t, newFake())
	s.Key(keys.ShiftLeft)
	s.Key(keys.ShiftLeft)
	if s.chosen != 80 || !strings.Contains(s.versus.Text, "с 90 из 100") || !strings.Contains(s.versus.Text, "меньше") {
		t.Errorf("%d: %q", s.chosen, s.versus.Text)
	}
	if len(s.minutes.Lines) != 2 || len(s.known.Lines) != 2 || s.minutes.Lines[1].Name != "90 из 100" {
		t.Errorf("the weeks show %d and %d lines", len(s.minutes.Lines), len(s.known.Lines))
	}
	if tip := s.minutes.Tip(51); !strings.Contains(tip, "2027") || !strings.Contains(tip, "при 90 из 100") {
		t.Errorf("a week says %q", tip)
	}
	if tip := s.known.Tip(52); tip == "" {
		t.Error("the end of the year says nothing")
	}
	s.Key(keys.CtrlK)
	s.Key(keys.Right)
	if !strings.Contains(s.versus.Text, "с 80 из 100") {
		t.Errorf("compared with another: %q", s.versus.Text)
	}
	s.gain.Picked(27)
	if s.chosen != 97 || s.slider.Value != 97 || s.cost.Chosen != 27 {
		t.Errorf("picked in a chart: %d, the slider %d, the other chart %d", s.chosen, s.slider.Value, s.cost.Chosen)
	}
}

func TestTakingARetentionKeepsItAndCanBeUndone(t *testing.T) {
	f := newFake()
	s, n := start(t, f)
	s.Key(keys.ShiftRight)
	s.Key(keys.CtrlEnter)
	if got := f.presets[0].Preset.Retention; got != 0.95 {
		t.Errorf("kept %v", got)
	}
	if f.asked != 1 {
		t.Errorf("the year was worked out %d times for the same curves", f.asked)
	}
	if len(n.Toasts) != 1 || len(n.Offered) != 1 {
		t.Fatalf("said %v", n.Toasts)
	}
	n.Offered[0].Do()
	if n.Wanted[len(n.Wanted)-1] != "undo" {
		t.Errorf("wanted %v", n.Wanted)
	}
	p := f.presets[0].Preset
	p.NewPerDay = 40
	if err := f.ChangePreset(context.Background(), "", p); err != nil || f.asked != 2 {
		t.Errorf("more new cards, and the year is that of before (asked %d times)", f.asked)
	}
}

func TestFewAnswersAndNoCardsAreSaid(t *testing.T) {
	f := newFake()
	f.own = false
	s, _ := start(t, f)
	if !strings.Contains(s.source.Text, "Пока мало ваших ответов") {
		t.Errorf("it rests on %q", s.source.Text)
	}
	f = newFake()
	f.cards = 0
	s, _ = start(t, f)
	if s.ready || s.Key(keys.Right) || len(s.working.Objects) != 1 {
		t.Error("a year without cards is shown")
	}
}

func TestAnErrorCanBeTriedAgain(t *testing.T) {
	f := newFake()
	f.err = errors.New("gone")
	s, _ := start(t, f)
	if s.ready || len(s.Bar().Actions) != 0 {
		t.Error("nothing was worked out, and there is something to take")
	}
	f.err = nil
	s.Reload()
	if !s.ready || len(s.working.Objects) != 2 {
		t.Error("trying again shows nothing")
	}
}

func TestLeavingStopsTheWork(t *testing.T) {
	f := newFake()
	s, _ := start(t, f)
	var work func()
	s.o.Background = func(f func()) { work = f }
	s.ready = false
	s.Reload()
	work() // reads the preset and begins to work the year out
	s.Hidden()
	work()
	if s.ready {
		t.Error("a hidden screen shows what came too late")
	}
}
