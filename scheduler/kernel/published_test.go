package kernel_test

import (
	"fmt"
	"math"
	"testing"

	"lectern/scheduler/kernel"
)

// published is an answer, and what others have published for FSRS-7 with the
// published weights: the state after it and, where given, the recall at it and
// the interval for 0.9 after it. They computed in float32.
type published struct {
	days     float64
	grade    int
	state    kernel.State // S, D, Fast
	recall   float64
	interval float64
}

func state(s, d, fast float64) kernel.State { return kernel.State{S: s, D: d, Fast: fast} }

// histories are from the documentation and tests of fsrs-rs (c137ee6, c9562d6;
// BSD-3-Clause), those of ts-fsrs (MIT) and values computed with fsrs-rs and
// published with their tests.
var histories = map[string][]published{
	"Again and Goods": {
		{0, 1, state(0.1104, 6.1686, 0.08832), 0, 0.000038275626},
		{0, 3, state(0.11041191, 6.109214, 0.08832), 0, 0},
		{1, 3, state(0.91686124, 6.0504217, 44.444206), 0, 0},
		{3, 3, state(3.5337858, 5.9922175, 193.5973), 0, 0},
		{8, 3, state(10.186002, 5.934595, 407.62646), 0, 0},
		{21, 3, state(25.985723, 5.877549, 700.5589), 0, 0},
	},
	"four days forgotten, then an evening": {
		{0, 1, state(0.1104, 6.1686, 0.08832), 0, 0},
		{0.99791664, 1, state(0.06706447, 8.047908, 0.016565936), 0, 0},
		{0.82361114, 1, state(0.04536918, 8.764432, 0.0034119464), 0, 0},
		{1.0388889, 1, state(0.0329967, 9.098293, 0.00074974925), 0, 0},
		{0.0013888889, 3, state(0.14780034, 9.009611, 2.8802187), 0, 0},
		{0.0020833334, 3, state(0.24254547, 8.921815, 7.019944), 0, 0},
		{0.0020833334, 3, state(0.3307042, 8.834897, 10.166433), 0, 0},
		{0.0027777778, 3, state(0.4365655, 8.748848, 13.619719), 0, 0},
	},
	"all grades": {
		{0, 4, state(11.7841, 1, 9.427279), 0, 53.869392},
		{0.001, 2, state(12.22947, 4.636193, 13.9512825), 0, 0},
		{0.25, 1, state(2.6588404, 9.259369, 0.3485167), 0, 0},
		{0, 3, state(2.6589437, 9.169076, 0.3485167), 0, 0},
		{1.5, 4, state(5.028668, 8.743264, 25.826185), 0, 0},
		{2.75, 2, state(7.37282, 9.166955, 65.00047), 0, 0},
		{100.5, 1, state(2.3163264, 9.615685, 0.89478546), 0, 0},
	},
	"with recall and interval": {
		{0, 3, state(3.9221, 3.5307243, 3.13768), 0, 4.7777247},
		{0.25, 3, state(7.227843, 3.4977171, 101.86815), 0.95115894, 14.995506},
		{1.5, 2, state(10.180039, 6.0976644, 218.94925), 0.9628668, 11.329172},
		{0.1, 1, state(2.310639, 9.474576, 0.4219594), 0.9872349, 0.008041879},
		{2, 4, state(4.367909, 9.169398, 23.296722), 0.776888, 0.7417048},
	},
	"a month late": {
		{0, 3, state(3.9221, 3.5307243, 3.13768), 0, 4.7777247},
		{30, 3, state(17.902279, 3.4977171, 219.67287), 0.8127792, 47.952896},
	},
	"first Hard": {
		{0, 2, state(2.2395, 5.261278, 1.7916001), 0, 0.5974598},
	},
}

// near tells whether numbers agree as far as float32 does after some steps.
func near(got, want, tolerance float64) bool {
	return math.Abs(got-want) <= tolerance*math.Abs(want)+1e-8
}

func TestPublishedHistories(t *testing.T) {
	m := build(t, kernel.FSRS7, nil)
	for name, steps := range histories {
		var s kernel.State
		for i, p := range steps {
			what := fmt.Sprintf("%s, answer %d", name, i+1)
			if got := m.Recall(s, p.days); p.recall > 0 && !near(got, p.recall, 1e-5) {
				t.Errorf("%s: recall %v, want %v", what, got, p.recall)
			}
			s = m.Next(s, p.days, p.grade)
			if !near(s.S, p.state.S, 1e-4) || !near(s.D, p.state.D, 1e-5) || !near(s.Fast, p.state.Fast, 1e-4) {
				t.Errorf("%s: %+v, want %+v", what, s, p.state)
			}
			if got := m.Interval(s, 0.9); p.interval > 0 && !near(got, p.interval, 1e-4) {
				t.Errorf("%s: interval %v, want %v", what, got, p.interval)
			}
		}
	}
}

// From one state, the state after each grade and its intervals for retentions
// of 0.65, 0.9 and 0.99. The published solver stops within 0.001 of the
// retention: so near must the recall be at its intervals.
func TestPublishedOutcomes(t *testing.T) {
	m := build(t, kernel.FSRS7, nil)
	type outcome struct {
		state     kernel.State
		intervals [3]float64
	}
	ten := kernel.State{S: 10, D: 5, Fast: 8}
	for _, c := range []struct {
		from   kernel.State
		days   float64
		recall float64
		after  [4]outcome
	}{
		{ten, 0, 0.99999, [4]outcome{
			{state(2.2577837, 9.405907, 0.100594744), [3]float64{20.48605, 0.0018849585, 0.000004721809}},
			{state(10.000857, 6.9766846, 8), [3]float64{684.7744, 6.4759326, 0.0018957761}},
			{state(10.00134, 4.9522996, 8), [3]float64{1267.4237, 12.954835, 0.0029926773}},
			{state(10.00134, 2.927915, 8), [3]float64{2281.588, 24.618153, 0.005193322}},
		}},
		{ten, 0.5, 0.96410644, [4]outcome{
			{state(2.3247545, 9.260623, 0.32210514), [3]float64{24.85494, 0.0075385687, 0.000016371883}},
			{state(13.15481, 6.9766846, 70.479515), [3]float64{1035.9792, 11.1759, 0.022712797}},
			{state(14.930931, 4.9522996, 109.39487), [3]float64{2184.7634, 24.830954, 0.066923104}},
			{state(14.930931, 2.927915, 118.20608), [3]float64{3812.6233, 44.30529, 0.135339}},
		}},
		{ten, 21, 0.8774615, [4]outcome{
			{state(2.4947672, 8.909818, 0.4401131), [3]float64{33.78813, 0.018415969, 0.000024697547}},
			{state(21.447685, 6.9766846, 133.01303), [3]float64{1928.8544, 21.950428, 0.07205106}},
			{state(27.8926, 4.9522996, 210.87737), [3]float64{4599.419, 54.32485, 0.2915443}},
			{state(27.8926, 2.927915, 228.5074), [3]float64{7835.2026, 93.77022, 0.6741429}},
		}},
		{kernel.State{S: 0.0001, D: 10, Fast: 0.0001}, 0.000011574074, 0.34352458, [4]outcome{
			{state(0.0001, 9.9023, 0.0001), [3]float64{1.373549e-7, 8.1039175e-9, 5.47304e-10}},
			{state(0.0002527925, 9.9023, 0.30059442), [3]float64{0.00052409014, 0.000033155135, 0.0000022697163}},
			{state(0.0003388129, 9.9023, 0.48775733), [3]float64{0.00086739927, 0.000054908778, 0.0000037600585}},
			{state(0.0003388129, 9.9023, 0.53013474), [3]float64{0.00094360433, 0.000059806927, 0.0000040970463}},
		}},
		{kernel.State{S: 36500, D: 1, Fast: 0.01}, 36500, 0.973712, [4]outcome{
			{state(390.85403, 8.817285, 0.0025306938), [3]float64{30587.924, 367.7285, 0.50528693}},
			{state(36500, 4.636193, 48.136513), [3]float64{36500, 36500, 5114.481}},
			{state(36500, 1, 78.11211), [3]float64{36500, 36500, 12157.432}},
			{state(36500, 1, 84.89918), [3]float64{36500, 36500, 12158.069}},
		}},
	} {
		if got := m.Recall(c.from, c.days); !near(got, c.recall, 1e-5) {
			t.Errorf("%+v after %v days: recall %v, want %v", c.from, c.days, got, c.recall)
		}
		for g, want := range c.after {
			what := fmt.Sprintf("%+v after %v days, grade %d", c.from, c.days, g+1)
			got := m.Next(c.from, c.days, g+1)
			if !near(got.S, want.state.S, 1e-4) || !near(got.D, want.state.D, 1e-5) || !near(got.Fast, want.state.Fast, 1e-4) {
				t.Errorf("%s: %+v, want %+v", what, got, want.state)
			}
			for i, r := range []float64{0.65, 0.9, 0.99} {
				interval := want.intervals[i]
				got := m.Recall(want.state, interval)
				if off := got - r; interval < kernel.MaxStability && !(math.Abs(off) <= 1e-3) || off < -1e-3 {
					t.Errorf("%s: recall is %v after %v days, want %v", what, got, interval, r)
				}
				if got := m.Interval(want.state, r); !near(got, interval, 5e-3) {
					t.Errorf("%s: interval for %v is %v, want %v", what, r, got, interval)
				}
			}
		}
	}
	for _, c := range []struct{ retention, want float64 }{{0.9, 12.750781}, {0.95, 2.0461018}} {
		if got := m.Interval(ten, c.retention); !near(got, c.want, 1e-4) {
			t.Errorf("interval for %v is %v, want %v", c.retention, got, c.want)
		}
	}
	if got := m.Recall(kernel.State{S: 12, D: 5, Fast: 9.6}, 10); !near(got, 0.91965944, 1e-5) {
		t.Errorf("recall %v, want 0.91965944", got)
	}
}
