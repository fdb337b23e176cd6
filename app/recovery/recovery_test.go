package recovery

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav/navtest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
)

type fake struct {
	taken []int
	fail  error
}

func (f *fake) Recovery(context.Context) (*collection.Recovery, error) { return nil, nil }
func (f *fake) Recover(_ context.Context, days int) error {
	f.taken = append(f.taken, days)
	return f.fail
}

var backlog = &collection.Recovery{Missed: 5, Backlog: 84, Minutes: 31.4, Options: []collection.RecoveryOption{
	{Days: 3, CardsPerDay: 28, MinutesPerDay: 10.6, Forgotten: 2.2},
	{Days: 7, CardsPerDay: 12, MinutesPerDay: 4.7, Forgotten: 4.4},
	{Days: 14, CardsPerDay: 1, MinutesPerDay: 0.2, Forgotten: 0.3},
}}

func offer(t *testing.T) (*Offer, *fake, *navtest.Navigator) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	f, n := &fake{}, &navtest.Navigator{}
	o := New(Options{Collection: f, Nav: n, Printer: i18n.New("ru")})
	test.NewTempWindow(t, o.Object())
	return o, f, n
}

func tiles(o *Offer) (out []*kit.Tile) {
	for _, x := range o.row.Objects {
		out = append(out, x.(*fyne.Container).Objects[0].(*kit.Tile))
	}
	return out
}

func TestThePlansSayWhatTheyCost(t *testing.T) {
	o, _, _ := offer(t)
	if o.Open() || o.Key("1") {
		t.Fatal("an offer without a break")
	}
	o.Set(backlog)
	if o.Title() != "Накопилось 84 карточки" || o.AtOnce() != "Всё сразу, 31 минута" {
		t.Errorf("%q, %q", o.Title(), o.AtOnce())
	}
	want := [][2]string{
		{"За 3 дня", "28 карточек и 11 минут в день\nуспеют забыться около 2"},
		{"За 7 дней", "12 карточек и 5 минут в день\nуспеют забыться около 4"},
		{"За 14 дней", "1 карточка и 1 минута в день\nпочти ничего не забудется"},
	}
	for i, tile := range tiles(o) {
		if tile.Text != want[i][0] || tile.Note != want[i][1] {
			t.Errorf("%q, %q", tile.Text, tile.Note)
		}
	}
	o.Set(nil)
	if o.Open() {
		t.Error("the offer stays")
	}
}

func TestOnePressTakesAPlan(t *testing.T) {
	o, f, n := offer(t)
	o.Set(backlog)
	test.Tap(tiles(o)[0])
	if !o.Key("2") || o.Key("4") || o.Key(keys.Enter) {
		t.Error("digits take the plans that are there")
	}
	if len(f.taken) != 2 || f.taken[0] != 3 || f.taken[1] != 7 {
		t.Fatalf("took %v", f.taken)
	}
	if n.Toasts[1] != "Разложено на 7 дней, по 12 карточек в день. Новые пока подождут" || n.Offered[1].Key != keys.CtrlZ {
		t.Errorf("said %q", n.Toasts)
	}
	f.fail = errors.New("no disk")
	o.Key("1")
	if len(n.Errors) != 1 || len(n.Toasts) != 2 {
		t.Error("a plan that failed is not said")
	}
}
