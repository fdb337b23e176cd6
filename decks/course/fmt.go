package course

import (
	"context"

	"lectern/decks"
	"lectern/decks/source"
)

// Fmt formats the course in a folder and brings its lock up to date.
func Fmt(ctx context.Context, dir string, o source.Options) (source.Formatted, error) {
	f, err := open(dir)
	if err != nil {
		return source.Formatted{}, err
	}
	defer f.Close()
	files, lock, raw, err := f.sources()
	if err != nil {
		return source.Formatted{}, err
	}
	out, err := source.Fmt(files, lock, o)
	if err != nil {
		return source.Formatted{}, err
	}
	return out, f.write(ctx, changed(files, out.Files, raw, out.Lock))
}

// Mark keeps what the author says of cards that he changed: in substance, which counts
// in the source and shows them to students once more, or not, which is remembered in the
// lock for the words that they have now.
func Mark(ctx context.Context, dir string, ids []string, substance bool) error {
	return rewrite(ctx, dir, func(files []source.File, lock source.Lock) ([]source.File, source.Lock, error) {
		if substance {
			now, err := source.Mark(files, ids)
			return now, lock, err
		}
		c, err := source.ParseFiles(files)
		if err == nil {
			lock, err = source.Settle(c.Deck, lock, ids)
		}
		return files, lock, err
	})
}

// rewrite changes the files of a course and its lock, together or not at all.
func rewrite(ctx context.Context, dir string, do func([]source.File, source.Lock) ([]source.File, source.Lock, error)) error {
	f, err := open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	files, lock, raw, err := f.sources()
	if err != nil {
		return err
	}
	now, lock, err := do(files, lock)
	if err != nil {
		return err
	}
	return f.write(ctx, changed(files, now, raw, lock))
}

// SetHead writes keys into the head of the course: "feed", "key", "author" …
func SetHead(ctx context.Context, dir string, head ...source.Head) error {
	f, err := open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	files, err := source.Load(f.root.FS(), ".")
	if err != nil {
		return err
	}
	now, err := source.SetHead(files, head...)
	if err != nil {
		return err
	}
	var changes []change
	for i := range now {
		changes = append(changes, change{now[i].Name, nonNil(files[i].Data), now[i].Data})
	}
	return f.write(ctx, changes)
}

// RestoreLock makes the lock of a course anew of a release, and says how many cards it
// had not known. What the present lock knows stays.
func RestoreLock(ctx context.Context, dir string, released decks.Deck) (int, error) {
	f, err := open(dir)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	lock, raw, err := f.lock()
	if err != nil {
		return 0, err
	}
	files, err := source.Load(f.root.FS(), ".")
	if err != nil {
		return 0, err
	}
	now, err := lock.Restore(source.LockOf(released))
	if err != nil {
		return 0, err
	}
	// Of another course it would give its cards ids that they never had.
	if id := source.DeckID(files); id != "" && id != now.Deck {
		return 0, source.Errors{source.Mistake(source.LockName, 1, "lock_deck", now.Deck)}
	}
	return len(now.Cards) - len(lock.Cards), f.write(ctx, []change{{source.LockName, raw, now.Bytes()}})
}
