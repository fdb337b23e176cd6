package collection

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
	"lectern/scheduler"
)

// PresetInfo is a preset with who uses it. The one with the empty id holds for
// every deck that has no other; it has no name of its own.
type PresetInfo struct {
	ID     string           `json:"id"`
	Name   string           `json:"name,omitempty"`
	Preset scheduler.Preset `json:"preset"`
	Decks  []string         `json:"decks"`
}

// Preset returns the settings of every deck without a preset of its own.
func (c *Collection) Preset(ctx context.Context) (p scheduler.Preset, err error) {
	info, err := c.PresetOf(ctx, "")
	return info.Preset, err
}

// PresetOf returns the preset of a deck, "" for the one of all others.
func (c *Collection) PresetOf(ctx context.Context, deck string) (info PresetInfo, err error) {
	err = c.read(ctx, func(_ querier, m *memory) error {
		info = m.presetInfo(m.rules.of(deck))
		return nil
	})
	if err != nil {
		return info, fmt.Errorf("read the preset: %w", err)
	}
	return info, nil
}

// Presets returns all presets: that of every deck without another first, the
// others by name.
func (c *Collection) Presets(ctx context.Context) (all []PresetInfo, err error) {
	err = c.read(ctx, func(_ querier, m *memory) error {
		for _, s := range m.rules.all {
			all = append(all, m.presetInfo(s))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the presets: %w", err)
	}
	return all, nil
}

func (m *memory) presetInfo(s *ruleSet) PresetInfo {
	info := PresetInfo{ID: s.id, Name: s.name, Preset: s.sched.Preset(), Decks: []string{}}
	for i := range m.decks {
		if m.decks[i].rules == s {
			info.Decks = append(info.Decks, m.decks[i].id)
		}
	}
	return info
}

// SetPreset changes the settings of every deck without a preset of its own.
func (c *Collection) SetPreset(ctx context.Context, p scheduler.Preset) error {
	return c.ChangePreset(ctx, "", p)
}

// ChangePreset changes a preset. When a card comes back was promised with its
// last answer and stays; memory is computed anew when the model, its weights or
// the day's start change. The day's start is one for all presets. Fault:
// BadArgument for settings out of range or a preset that is not there.
func (c *Collection) ChangePreset(ctx context.Context, id string, p scheduler.Preset) error {
	err := c.changePreset(ctx, id, func(o *otherPreset) { o.Preset = p })
	if err != nil {
		return fmt.Errorf("change the preset: %w", err)
	}
	return nil
}

// RenamePreset gives a preset another name. Fault: BadArgument for a name that
// is empty, and for the preset without one.
func (c *Collection) RenamePreset(ctx context.Context, id, name string) error {
	name, err := presetName(name)
	if err == nil && id == "" {
		err = fault.New(fault.BadArgument, nil, "what", "name of the common preset")
	}
	if err == nil {
		err = c.changePreset(ctx, id, func(o *otherPreset) { o.Name = name })
	}
	if err != nil {
		return fmt.Errorf("rename the preset: %w", err)
	}
	return nil
}

func presetName(name string) (string, error) {
	name = strings.Join(strings.Fields(release.Text(name)), " ")
	if name == "" || len(name) > 200 {
		return "", fault.New(fault.BadArgument, nil, "what", "name of a preset")
	}
	return name, nil
}

func (c *Collection) changePreset(ctx context.Context, id string, change func(*otherPreset)) error {
	return c.write(ctx, func(t *tx, m *memory) (Change, error) {
		s, err := m.ruleSet(id)
		if err != nil {
			return Change{}, err
		}
		changes, err := m.changePreset(s, change)
		if err != nil {
			return Change{}, err
		}
		return c.choose(ctx, t, m, OpPreset, id, changes)
	})
}

// changePreset returns what has to be kept for a preset to be changed.
func (m *memory) changePreset(s *ruleSet, change func(*otherPreset)) ([]choice, error) {
	o := otherPreset{Name: s.name, Preset: s.sched.Preset()}
	change(&o)
	if err := o.Preset.Validate(); err != nil {
		return nil, fault.New(fault.BadArgument, err, "what", err.Error())
	}
	if s.id == "" {
		return m.changed(nil, choicePreset, o.Preset, s.preset), nil
	}
	var changes []choice
	if hour := o.Preset.RolloverHour; hour != s.preset.RolloverHour {
		base := m.rules.base().sched.Preset()
		base.RolloverHour = hour
		changes = m.changed(changes, choicePreset, base, m.rules.base().preset)
	}
	return m.changed(changes, choiceOther+s.id, o, otherPreset{Name: s.name, Preset: s.preset}), nil
}

// AddPreset makes a preset like another one, under a name, and returns its id.
func (c *Collection) AddPreset(ctx context.Context, name, like string) (id string, err error) {
	name, err = presetName(name)
	if err == nil {
		event := decks.NewEventID()
		id = event.String()[:12]
		err = c.write(ctx, func(t *tx, m *memory) (Change, error) {
			s, err := m.ruleSet(like)
			if err != nil {
				return Change{}, err
			}
			value, err := json.Marshal(otherPreset{Name: name, Preset: s.preset})
			if err != nil {
				return Change{}, err
			}
			return c.choose(ctx, t, m, OpPreset, id, []choice{{choiceOther + id, string(value)}})
		})
	}
	if err != nil {
		return "", fmt.Errorf("add a preset: %w", err)
	}
	return id, nil
}

// RemovePreset puts a preset away: its decks go back to the common one.
func (c *Collection) RemovePreset(ctx context.Context, id string) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		if _, ok := m.rules.byID[id]; !ok || id == "" {
			return Change{}, noPreset(id)
		}
		changes := []choice{{choiceOther + id, ""}}
		for deck, use := range m.rules.deck {
			if use == id {
				changes = append(changes, choice{choiceUse + deck, ""})
			}
		}
		return c.choose(ctx, t, m, OpPreset, id, changes)
	})
	if err != nil {
		return fmt.Errorf("remove the preset: %w", err)
	}
	return nil
}

// UsePreset gives a deck a preset; "" is the common one.
func (c *Collection) UsePreset(ctx context.Context, deck, id string) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		if _, err := m.deck(deck); err != nil {
			return Change{}, err
		}
		if _, err := m.ruleSet(id); err != nil {
			return Change{}, err
		}
		if m.rules.of(deck).id == id {
			return Change{}, nil
		}
		return c.choose(ctx, t, m, OpPreset, id, []choice{{choiceUse + deck, id}})
	})
	if err != nil {
		return fmt.Errorf("use the preset: %w", err)
	}
	return nil
}

func noPreset(id string) error {
	return fault.New(fault.BadArgument, nil, "what", "preset "+id)
}

// choice is a setting to be kept.
type choice struct{ name, value string }

// changed adds a setting unless its value is what it was.
func (m *memory) changed(changes []choice, name string, value, was any) []choice {
	now, err := json.Marshal(value)
	old, err2 := json.Marshal(was)
	if err == nil && err2 == nil && string(now) == string(old) {
		return changes
	}
	return append(changes, choice{name, string(now)})
}

// choose keeps settings: one operation.
func (c *Collection) choose(ctx context.Context, t *tx, m *memory, kind OpKind, subject string, changes []choice) (Change, error) {
	if len(changes) == 0 {
		return Change{}, nil
	}
	op, err := c.begin(t, kind, subject)
	if err != nil {
		return Change{}, err
	}
	for _, ch := range changes {
		if err := op.choose(ch.name, ch.value); err != nil {
			return Change{}, err
		}
	}
	all := kind == OpPreset || kind == OpFit
	return Change{Op: kind, Queue: true, Settings: all, All: all}, c.applyRules(ctx, t, m, nil)
}

// SetLimits says how many cards all decks together may bring a day; with today
// only on this one, and then for a deck too. Fault: BadArgument for a deck that
// is not there, for a deck without today (that is its preset's matter), and for
// numbers below zero.
func (c *Collection) SetLimits(ctx context.Context, deck string, l Limits, today bool) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		for _, n := range []*int{l.New, l.Reviews} {
			if n != nil && *n < 0 {
				return Change{}, fault.New(fault.BadArgument, nil, "what", fmt.Sprintf("limit %d", *n))
			}
		}
		name, was := choiceLimit, m.rules.total
		if today {
			name = choiceToday(deck, m.sched.Day(c.Now()))
			was = m.rules.today[name]
		} else if deck != "" {
			return Change{}, fault.New(fault.BadArgument, nil, "what", "limit of a deck for all days")
		}
		if deck != "" {
			if _, err := m.deck(deck); err != nil {
				return Change{}, err
			}
		}
		return c.choose(ctx, t, m, OpLimits, deck, m.changed(nil, name, l, was))
	})
	if err != nil {
		return fmt.Errorf("set the limits: %w", err)
	}
	return nil
}

// LimitsInfo says what limits a part of the collection today and why.
type LimitsInfo struct {
	New     int    `json:"new"` // today; queue.NoLimit: none
	Reviews int    `json:"reviews"`
	Today   Limits `json:"today"` // set for this day alone
	Always  Limits `json:"always"`
}

// Limits returns the limits of a deck, or of all decks together ("").
func (c *Collection) Limits(ctx context.Context, deck string) (info LimitsInfo, err error) {
	err = c.read(ctx, func(_ querier, m *memory) error {
		day := m.sched.Day(c.Now())
		a := m.rules.limit(deck, day)
		info = LimitsInfo{New: a.New, Reviews: a.Reviews, Today: m.rules.today[choiceToday(deck, day)]}
		if deck == "" {
			info.Always = m.rules.total
		} else {
			p := m.rules.of(deck).preset
			info.Always = Limits{New: &p.NewPerDay, Reviews: &p.ReviewsPerDay}
		}
		return nil
	})
	if err != nil {
		return info, fmt.Errorf("read the limits: %w", err)
	}
	return info, nil
}
