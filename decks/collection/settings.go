package collection

import (
	"context"
	"fmt"
)

// applyRules brings the caches to the settings of study in force.
func (c *Collection) applyRules(ctx context.Context, t *tx, m *memory, p Progress) error {
	now, err := readRules(t)
	if err != nil {
		return err
	}
	same := now.stamp() == m.rules.stamp()
	m.use(now)
	if same {
		return nil
	}
	m.stale = true
	if err := c.recomputeCards(ctx, t, now, p); err != nil {
		return err
	}
	return putStamp(t, now)
}

// cacheVersion changes when the program computes caches differently, so that a
// collection written by an older one is rebuilt when it is opened.
const cacheVersion = 3

// freshCaches rebuilds the caches when they were computed in another way.
func (c *Collection) freshCaches(ctx context.Context, p Progress) error {
	fresh := false
	err := c.snapshot(ctx, func(q querier) error {
		r, err := readRules(q)
		if err != nil {
			return err
		}
		var have string
		err = q.row(`SELECT value FROM meta WHERE key = 'stamp'`).Scan(&have)
		if err != nil && !isNoRows(err) {
			return fmt.Errorf("read the stamp: %w", err)
		}
		fresh = err == nil && have == r.stamp()
		return nil
	})
	if err != nil || fresh {
		return err
	}
	_, err = c.rebuild(ctx, p)
	return err
}

func putStamp(t *tx, r *rules) error {
	_, err := t.exec(`INSERT INTO meta (key, value) VALUES ('stamp', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1`, r.stamp())
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
	return c.keepSetting(ctx, key, value, `UPDATE SET value = excluded.value`)
}

// keepSetting writes a setting; there tells in SQL what to do with one that is there.
func (c *Collection) keepSetting(ctx context.Context, key, value, there string) error {
	if err := ctx.Err(); err != nil {
		return faulty(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	err := c.transact(context.WithoutCancel(ctx), func(t *tx) error {
		_, err := t.exec(`INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO `+there, key, value)
		return err
	})
	if err != nil {
		return fmt.Errorf("keep setting %s: %w", key, faulty(err))
	}
	return nil
}
