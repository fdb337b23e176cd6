package follow

import (
	"context"

	"fyne.io/fyne/v2"
)

// Reading is what a screen reads beside Fyne's goroutine, such as its contents: of several
// only the latest counts. The zero value reads nothing.
type Reading struct{ cancel context.CancelFunc }

// Stop gives up what is being read.
func (r *Reading) Stop() {
	if r.cancel != nil {
		r.cancel()
		r.cancel = nil
	}
}

// Read reads by way of background, and shows what was read on Fyne's goroutine, unless the
// reading was stopped or begun anew meanwhile.
func Read[T any](r *Reading, background func(func()), read func(context.Context) (T, error), show func(T, error)) {
	r.Stop()
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	background(func() {
		got, err := read(ctx)
		fyne.Do(func() {
			if ctx.Err() == nil {
				show(got, err)
			}
		})
	})
}
