package fitting

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/nav"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// Store is what a Keeper reads and changes.
type Store interface {
	Presets(context.Context) ([]collection.PresetInfo, error)
	FitInfo(ctx context.Context, preset string) (collection.FitInfo, error)
	Fit(ctx context.Context, preset string, p collection.Progress) (collection.FitResult, error)
	UseFit(context.Context, collection.FitResult) error
	CanUndo(context.Context) (*collection.OpInfo, error)
	ChangePreset(ctx context.Context, id string, p scheduler.Preset) error
}

// Keeper keeps the memory models fitted while the program runs: a while after
// its start and then several times a day it looks whether a fit is due, and puts
// one that predicts better to use. It moves no card, says in one sentence what it
// did, and never over a card that is being studied.
type Keeper struct {
	Store   Store
	Nav     func() nav.Navigator
	Words   func() *i18n.Printer
	Busy    func() bool // a card is being studied: what there is to say waits
	Wait    func(ctx context.Context, d time.Duration) error
	onScene func(func()) // runs on Fyne's goroutine; tests replace it
}

// How long the Keeper waits: after the start, between looks, and while the
// student is busy.
const (
	afterStart = 30 * time.Second
	between    = 6 * time.Hour
	whileBusy  = 20 * time.Second
)

// Run looks for fits that are due until ctx is done.
func (k *Keeper) Run(ctx context.Context) {
	if k.Wait == nil {
		k.Wait = wait
	}
	if k.onScene == nil {
		k.onScene = fyne.DoAndWait
	}
	for pause := afterStart; k.Wait(ctx, pause) == nil; pause = between {
		k.look(ctx)
	}
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// look fits what is due. What goes wrong is no news to the student, who asked
// for nothing: the next look tries again, and the screen says what it is.
func (k *Keeper) look(ctx context.Context) {
	all, err := k.Store.Presets(ctx)
	if err != nil {
		return
	}
	for _, preset := range all {
		info, err := k.Store.FitInfo(ctx, preset.ID)
		if err != nil || !info.Due {
			continue
		}
		r, err := k.Store.Fit(ctx, preset.ID, nil)
		if err != nil || !r.Better || k.Store.UseFit(ctx, r) != nil {
			continue
		}
		k.say(ctx, preset, r)
	}
}

// say tells of a fit when the student has a moment.
func (k *Keeper) say(ctx context.Context, was collection.PresetInfo, r collection.FitResult) {
	for said := false; ; {
		k.onScene(func() {
			if said = ctx.Err() != nil || !k.Busy(); said && ctx.Err() == nil {
				k.Nav().Toast(Said(k.Words(), r), nav.Action{Text: k.Words().T("fitting.undo"), Do: func() { k.undo(was) }})
			}
		})
		if said || k.Wait(ctx, whileBusy) != nil {
			return
		}
	}
}

// undo takes the fit back, and nothing that was done since.
func (k *Keeper) undo(was collection.PresetInfo) {
	ctx := context.Background()
	last, err := k.Store.CanUndo(ctx)
	if err == nil && last != nil && last.Kind == collection.OpFit {
		k.Nav().Undo()
		return
	}
	all, err := k.Store.Presets(ctx)
	for _, now := range all {
		if err == nil && now.ID == was.ID {
			now.Preset.Model, now.Preset.Weights = was.Preset.Model, was.Preset.Weights
			err = k.Store.ChangePreset(ctx, was.ID, now.Preset)
		}
	}
	if err != nil {
		k.Nav().Error(err)
	}
}
