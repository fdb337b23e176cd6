package collection

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"lectern/decks/fault"
	"lectern/scheduler"
)

// Preset returns the settings of study.
func (c *Collection) Preset(ctx context.Context) (p scheduler.Preset, err error) {
	err = c.read(ctx, func(_ querier, m *memory) error {
		p = m.sched.Preset()
		return nil
	})
	if err != nil {
		return p, fmt.Errorf("read the preset: %w", err)
	}
	return p, nil
}

// SetPreset changes the settings of study. When they change when cards come
// back, all schedules are computed anew from the answers. Fault: BadArgument
// for settings out of range.
func (c *Collection) SetPreset(ctx context.Context, p scheduler.Preset) error {
	var bad *scheduler.SettingError
	if err := p.Validate(); errors.As(err, &bad) {
		return fault.New(fault.BadArgument, err, "what", bad.Error())
	} else if err != nil {
		return fault.New(fault.BadArgument, err, "what", err.Error())
	}
	text, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("write the preset: %w", err)
	}
	err = c.write(ctx, func(t *tx, m *memory) (Change, error) {
		old, err := json.Marshal(m.preset)
		if err != nil || string(old) == string(text) {
			return Change{}, err
		}
		op, err := c.begin(t, OpPreset, "")
		if err != nil {
			return Change{}, err
		}
		if err := op.choose(choicePreset, string(text)); err != nil {
			return Change{}, err
		}
		return Change{Op: OpPreset, Queue: true, Settings: true, All: true}, c.applyPreset(ctx, t, m, nil)
	})
	if err != nil {
		return fmt.Errorf("change the preset: %w", err)
	}
	return nil
}

// applyPreset brings the caches to the preset in force.
func (c *Collection) applyPreset(ctx context.Context, t *tx, m *memory, p Progress) error {
	now, err := readPreset(t)
	if err != nil {
		return err
	}
	m.stale = true
	if stamp(now) == stamp(m.preset) {
		return nil
	}
	s, err := scheduler.NewScheduler(now)
	if err != nil {
		return fmt.Errorf("use the preset: %w", err)
	}
	if err := c.recomputeCards(ctx, t, s, p); err != nil {
		return err
	}
	return putStamp(t, now)
}

// cacheVersion changes when the program computes caches differently, so that a
// collection written by an older one is rebuilt when it is opened.
const cacheVersion = 2

// stamp names what the caches are computed with: the program's way and what of
// the preset decides when cards come back. The limits of a day do not.
func stamp(p scheduler.Preset) string {
	p.NewPerDay, p.ReviewsPerDay, p.BurySiblings, p.LearnAhead, p.FourButtons, p.LeechLapses = 0, 0, false, 0, false, 0
	text, err := json.Marshal(p)
	if err != nil {
		return "" // a weight that is not a number: NewScheduler refuses it
	}
	return fmt.Sprintf("%d %s", cacheVersion, text)
}

// freshCaches rebuilds the caches when they were computed in another way.
func (c *Collection) freshCaches(ctx context.Context, p Progress) error {
	fresh := false
	err := c.snapshot(ctx, func(q querier) error {
		preset, err := readPreset(q)
		if err != nil {
			return err
		}
		var have string
		err = q.row(`SELECT value FROM meta WHERE key = 'stamp'`).Scan(&have)
		if err != nil && !isNoRows(err) {
			return fmt.Errorf("read the stamp: %w", err)
		}
		fresh = err == nil && have == stamp(preset)
		return nil
	})
	if err != nil || fresh {
		return err
	}
	_, err = c.rebuild(ctx, p)
	return err
}

func putStamp(t *tx, p scheduler.Preset) error {
	_, err := t.exec(`INSERT INTO meta (key, value) VALUES ('stamp', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1`, stamp(p))
	if err != nil {
		return fmt.Errorf("write the stamp: %w", err)
	}
	return nil
}

// Setting returns how this computer shows the program: language, theme,
// window. "" when it was never set.
func (c *Collection) Setting(ctx context.Context, key string) (value string, err error) {
	if err := ctx.Err(); err != nil {
		return "", faulty(err)
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.closed {
		return "", errClosed
	}
	err = c.snapshot(context.WithoutCancel(ctx), func(q querier) error {
		return q.row(`SELECT value FROM settings WHERE key = ?`, key).Scan(&value)
	})
	if err != nil && !isNoRows(err) {
		return "", fmt.Errorf("read setting %s: %w", key, faulty(err))
	}
	return value, nil
}

// SetSetting keeps a setting. It is not an operation: it is not undone.
func (c *Collection) SetSetting(ctx context.Context, key, value string) error {
	if err := ctx.Err(); err != nil {
		return faulty(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	err := c.transact(context.WithoutCancel(ctx), func(t *tx) error {
		_, err := t.exec(`INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2`, key, value)
		return err
	})
	if err != nil {
		return fmt.Errorf("keep setting %s: %w", key, faulty(err))
	}
	return nil
}
