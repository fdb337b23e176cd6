package collection_test

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
)

// fuse is a context that ends when it was looked at a number of times.
type fuse struct {
	context.Context
	left atomic.Int64
	done chan struct{}
}

func newFuse(looks int) *fuse {
	f := &fuse{Context: context.Background(), done: make(chan struct{})}
	f.left.Store(int64(looks))
	return f
}

func (f *fuse) Done() <-chan struct{} { return f.done }

func (f *fuse) Err() error {
	switch n := f.left.Add(-1); {
	case n == -1:
		close(f.done)
		fallthrough
	case n < -1:
		return context.Canceled
	}
	return nil
}

// Whenever work is stopped, it is as if it had never begun, or done; the
// collection can be used on.
func TestCancel(t *testing.T) {
	for _, tc := range []struct {
		name string
		work func(ctx context.Context, d *desk) error
		long bool // it looks at the context while it works
	}{
		{"install", func(ctx context.Context, d *desk) error {
			_, err := d.Install(ctx, course("b", 90), collection.InstallOptions{Media: fstest.MapFS{"a.png": {}}})
			return err
		}, true},
		{"update", func(ctx context.Context, d *desk) error {
			_, err := d.Install(ctx, course("a", 90), collection.InstallOptions{})
			return err
		}, true},
		{"remove", func(ctx context.Context, d *desk) error { return d.RemoveDeck(ctx, "a") }, true},
		{"undo an update", func(ctx context.Context, d *desk) error { _, err := d.Undo(ctx); return err }, true},
		{"preset", func(ctx context.Context, d *desk) error {
			p := scheduler.DefaultPreset()
			p.Retention = 0.8
			return d.SetPreset(ctx, p)
		}, false},
		{"rebuild", func(ctx context.Context, d *desk) error { _, err := d.Rebuild(ctx, nil); return err }, true},
		{"doctor", func(ctx context.Context, d *desk) error { _, err := d.Doctor(ctx, true, nil); return err }, true},
		{"backup", func(ctx context.Context, d *desk) error { _, err := d.Backup(ctx, "", ""); return err }, true},
		{"answer", func(ctx context.Context, d *desk) error {
			_, err := d.Answer(ctx, collection.AnswerRequest{Card: "a-q1/f", Grade: scheduler.Good})
			return err
		}, false},
		{"edit", func(ctx context.Context, d *desk) error { return d.Edit(ctx, "a-q1", decks.Back, "Моё") }, false},
		{"search", func(ctx context.Context, d *desk) error { _, err := d.Search(ctx, collection.Query{}); return err }, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := newDesk(t)
			d.install(course("a", 60))
			d.install(course("a", 70))
			before := d.dump(layers) + d.dump(caches)
			stopped := 0
			for looks := 0; ; looks = looks*2 + 1 {
				err := tc.work(newFuse(looks), d)
				if err == nil {
					break
				}
				stopped++
				wantFault(t, err, fault.Cancelled)
				if after := d.dump(layers) + d.dump(caches); after != before {
					t.Fatalf("stopped at look %d, it left %s", looks, difference(before, after))
				}
				if left, err := filepath.Glob(filepath.Join(d.dir, "*", ".lectern-tmp-*")); err != nil || len(left) > 0 {
					t.Fatalf("stopped at look %d, it left %v", looks, left)
				}
			}
			if stopped == 0 || tc.long && stopped < 2 {
				t.Errorf("stopped %d times", stopped)
			}
			if tc.name != "remove" {
				d.answer("a-q2/f", scheduler.Good)
			}
			d.sound()
		})
	}
}

// A restore that is stopped anywhere has replaced nothing.
func TestCancelRestore(t *testing.T) {
	d := illustrated(t)
	b := d.backup()
	d.answer("a-q2/f", scheduler.Good)
	d.ok(d.Close())
	before := d.dump(layers)
	stopped := 0
	for looks := 0; ; looks = looks*2 + 1 {
		err := collection.RestoreBackup(newFuse(looks), d.dir, b.Path, nil)
		if err == nil {
			break
		}
		stopped++
		wantFault(t, err, fault.Cancelled)
		if after := d.dump(layers); after != before {
			t.Fatalf("stopped at look %d: %s", looks, difference(before, after))
		}
	}
	if stopped < 3 {
		t.Errorf("stopped %d times", stopped)
	}
	d.open()
	d.sound()
}

// Long work says how far it has come, never further than to the end.
func TestProgress(t *testing.T) {
	d := newDesk(t)
	var done, total, calls int
	progress := func(n, of int) {
		if n < 0 || of > 0 && n > of {
			t.Errorf("%d of %d", n, of)
		}
		done, total = n, of
		calls++
	}
	_, err := d.Install(ctx, course("a", 1000), collection.InstallOptions{Progress: progress})
	d.ok(err)
	if calls < 3 || total != 1000 || done < 768 {
		t.Errorf("install: %d calls, %d of %d", calls, done, total)
	}
	calls = 0
	if _, err := d.Rebuild(ctx, progress); err != nil || calls < 3 {
		t.Errorf("rebuild: %d calls, %v", calls, err)
	}
	b := d.backup()
	d.ok(d.Close())
	calls = 0
	if err := collection.RestoreBackup(ctx, d.dir, b.Path, progress); err != nil || calls == 0 {
		t.Errorf("restore: %d calls, %v", calls, err)
	}
}
