package collection

import (
	"context"
	"fmt"

	"lectern/scheduler/advise"
)

// AdviseSteps recommends learning and relearning steps for a preset, from the
// student's own answers on steps. The collection can be studied meanwhile.
func (c *Collection) AdviseSteps(ctx context.Context, preset string) (s advise.Steps, err error) {
	var answers int64
	var retention float64
	err = c.read(ctx, func(_ querier, m *memory) error {
		rules, err := m.ruleSet(preset)
		if err == nil {
			answers, retention = m.times.answers, rules.preset.Retention
		}
		return err
	})
	if err != nil {
		return s, fmt.Errorf("recommend steps: %w", err)
	}
	log, err := c.someLog(ctx, preset, answers)
	if err != nil {
		return s, fmt.Errorf("recommend steps: %w", err)
	}
	return advise.RecommendSteps(log, retention), nil
}
