package fit_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"lectern/scheduler/fit"
	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// Fitting makes predictions of the answers better, and of answers yet to come.
func TestFitHelps(t *testing.T) {
	for _, seed := range []uint64{1, 2} {
		l := studied(t, seed, 250)
		for _, model := range kernel.Names {
			r := mustFit(t, l, model)
			if r.Model != model || r.Extent != fit.Full || r.Missing != 0 || r.Items != r.After.Items || r.Items == 0 {
				t.Errorf("%s: %+v", model, r)
			}
			if r.After.LogLoss >= r.Before.LogLoss || r.After.RMSE >= r.Before.RMSE {
				t.Errorf("%s: from %+v to %+v", model, r.Before, r.After)
			}
			held := func(w []float64) float64 {
				m, err := fit.Evaluate(context.Background(), l, fit.Options{Model: model, Weights: w}, fit.Evaluation{From: 0.7})
				if err != nil {
					t.Fatal(err)
				}
				return m.LogLoss
			}
			early := mustFit(t, l.Until(0.7), model)
			if got, without := held(early.Weights), held(nil); got >= without {
				t.Errorf("%s, later answers: log loss %v, of the published weights %v", model, got, without)
			}
		}
	}
}

// The same log gives the same weights, whatever the cores and the order in
// which it was filled.
func TestFitIsDeterministic(t *testing.T) {
	l := studied(t, 3, 60)
	for _, model := range kernel.Names {
		want := mustFit(t, l, model)
		shuffled := *l
		shuffled.Answers = slices.Clone(l.Answers)
		rand.New(rand.NewPCG(1, 1)).Shuffle(len(shuffled.Answers), func(i, j int) {
			shuffled.Answers[i], shuffled.Answers[j] = shuffled.Answers[j], shuffled.Answers[i]
		})
		before := slices.Clone(shuffled.Answers)
		old := runtime.GOMAXPROCS(1)
		got := mustFit(t, &shuffled, model)
		runtime.GOMAXPROCS(old)
		if !slices.Equal(got.Weights, want.Weights) || got.After != want.After {
			t.Errorf("%s: %v, want %v", model, got.Weights, want.Weights)
		}
		if !slices.Equal(shuffled.Answers, before) {
			t.Error("the log given is changed")
		}
	}
}

// A log large enough for two goroutines gives the same weights with one.
func TestTwoLanesAreOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	var rows []answer
	for c := range 20_000 {
		day := float64(rng.IntN(1000))
		for i := range 7 {
			rows = append(rows, answer{c, day, 1 + rng.IntN(4), revlog.State(min(2, 2*i))})
			day += float64(1 + rng.IntN(3+i*i))
		}
	}
	l := logOf(t, rows...)
	old := runtime.GOMAXPROCS(2)
	defer runtime.GOMAXPROCS(old)
	two := mustFit(t, l, kernel.FSRS6)
	runtime.GOMAXPROCS(1)
	one := mustFit(t, l, kernel.FSRS6)
	if !slices.Equal(two.Weights, one.Weights) || two.After != one.After {
		t.Errorf("%v %+v\n%v %+v", two.Weights, two.After, one.Weights, one.After)
	}
}

// With little to learn from, little is fitted, and the result says how much
// more it takes.
func TestFitOfLittle(t *testing.T) {
	// So many cards, each first answered Good, then once or twice more after
	// three days and ten.
	cards := func(n, answers int) *revlog.Log {
		var rows []answer
		for c := range n {
			rows = append(rows, answer{c, float64(c), 3, revlog.New})
			for i := range answers {
				rows = append(rows, answer{c, float64(c + 3 + 7*i), 1 + 2*min(1, c%5), revlog.Review})
			}
		}
		return logOf(t, rows...)
	}
	for _, c := range []struct {
		name    string
		log     *revlog.Log
		extent  fit.Extent
		items   int
		missing int
	}{
		{"nothing", cards(0, 0), fit.Nothing, 0, 8},
		{"never answered again", cards(100, 0), fit.Nothing, 0, 8},
		{"too few of a kind", cards(7, 1), fit.Nothing, 7, 8}, // 20 cards make a usual interval
		{"thirty", cards(30, 1), fit.Initial, 30, 34},
		{"many, but once each", cards(200, 1), fit.Initial, 200, 1},
		{"enough", cards(40, 2), fit.Full, 80, 0},
	} {
		for _, model := range kernel.Names {
			r := mustFit(t, c.log, model)
			if r.Extent != c.extent || r.Items != c.items || r.Missing != c.missing {
				t.Errorf("%s, %s: extent %d, %d items, %d missing", c.name, model, r.Extent, r.Items, r.Missing)
			}
			published := kernel.Defaults(model)
			switch {
			case c.extent == fit.Nothing && !slices.Equal(r.Weights, published):
				t.Errorf("%s, %s: %v", c.name, model, r.Weights)
			case c.extent == fit.Initial && (r.Weights[2] == published[2] || !slices.Equal(r.Weights[4:], published[4:])):
				t.Errorf("%s, %s: %v", c.name, model, r.Weights)
			case !slices.IsSorted(r.Weights[:4]):
				t.Errorf("%s, %s: first stabilities %v", c.name, model, r.Weights[:4])
			}
		}
	}
}

// What begins a card, and what does not count.
func TestWhatIsAnItem(t *testing.T) {
	const n, l, r, cram = revlog.New, revlog.Learning, revlog.Review, revlog.Cram
	for name, c := range map[string]struct {
		rows  []answer
		items int
	}{
		"same day":                   {[]answer{{1, 0.1, 3, n}, {1, 0.2, 3, l}, {1, 0.9, 1, l}}, 0},
		"next day":                   {[]answer{{1, 0.9, 3, n}, {1, 1.1, 3, r}}, 1},
		"beginning not in the log":   {[]answer{{1, 0, 3, r}, {1, 5, 3, r}}, 0},
		"begun anew":                 {[]answer{{1, 0, 3, n}, {1, 5, 3, r}, {1, 9, 3, n}, {1, 12, 3, r}, {1, 20, 1, r}}, 2},
		"cram between":               {[]answer{{1, 0, 3, n}, {1, 5, 1, cram}, {1, 9, 3, r}}, 1},
		"cram only":                  {[]answer{{1, 0, 3, cram}, {1, 5, 3, cram}}, 0},
		"learning over days":         {[]answer{{1, 0, 1, n}, {1, 1, 1, l}, {1, 2, 3, l}, {1, 9, 3, r}}, 3},
		"two cards":                  {[]answer{{1, 0, 3, n}, {2, 0, 3, n}, {1, 4, 3, r}, {2, 6, 3, r}}, 2},
		"relearning is not learning": {[]answer{{1, 0, 3, n}, {1, 5, 1, r}, {1, 5, 3, revlog.Relearning}, {1, 9, 3, r}}, 2},
	} {
		m, err := fit.Evaluate(context.Background(), logOf(t, c.rows...), fit.Options{Model: kernel.FSRS6}, fit.Evaluation{})
		if err != nil || m.Items != c.items {
			t.Errorf("%s: %d items, want %d; %v", name, m.Items, c.items, err)
		}
	}
}

// The study day decides, in the zone in force at each answer.
func TestItemsByStudyDay(t *testing.T) {
	at := func(hour float64, zone int16) revlog.Answer {
		return revlog.Answer{Time: int64((20000*24 + hour) * 3600e3), Zone: zone, Grade: 3}
	}
	for name, c := range map[string]struct {
		first, second revlog.Answer
		rollover      int
		items         int
	}{
		"an evening past midnight":    {at(22, 0), at(26, 0), 4, 0},
		"the same with rollover at 0": {at(22, 0), at(26, 0), 0, 1},
		"early and late":              {at(3, 0), at(5, 0), 4, 1},
		"flown west, same day":        {at(23, 180), at(24, -480), 4, 0},
		"flown west over the date":    {at(25, 720), at(26, -720), 4, 0}, // the clock shows yesterday
	} {
		var l revlog.Log
		for i, a := range []revlog.Answer{c.first, c.second} {
			a.State = revlog.State(2 * i)
			if err := l.Add("card", a); err != nil {
				t.Fatal(err)
			}
		}
		m, err := fit.Evaluate(context.Background(), &l, fit.Options{Model: kernel.FSRS5, RolloverHour: c.rollover}, fit.Evaluation{})
		if err != nil || m.Items != c.items {
			t.Errorf("%s: %d items, want %d; %v", name, m.Items, c.items, err)
		}
	}
}

func TestOptionsAreChecked(t *testing.T) {
	l := logOf(t, answer{1, 0, 3, revlog.New})
	for want, o := range map[string]fit.Options{
		`"sm2"`:              {Model: "sm2"},
		"hour 24":            {Model: kernel.FSRS6, RolloverHour: 24},
		"hour -1":            {Model: kernel.FSRS6, RolloverHour: -1},
		"21 weights, not 19": {Model: kernel.FSRS6, Weights: kernel.Defaults(kernel.FSRS5)},
	} {
		_, err := fit.Fit(context.Background(), l, o)
		_, err2 := fit.Evaluate(context.Background(), l, o, fit.Evaluation{})
		_, err3 := fit.Choose(context.Background(), l, o)
		for _, err := range []error{err, err2, err3} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("error %v, want one with %q", err, want)
			}
		}
	}
}

func TestCancel(t *testing.T) {
	l := studied(t, 4, 60)
	for name, run := range map[string]func(ctx context.Context, o fit.Options) error{
		"fit":    func(ctx context.Context, o fit.Options) error { _, err := fit.Fit(ctx, l, o); return err },
		"choose": func(ctx context.Context, o fit.Options) error { _, err := fit.Choose(ctx, l, o); return err },
		"evaluate": func(ctx context.Context, o fit.Options) error {
			_, err := fit.Evaluate(ctx, l, o, fit.Evaluation{Splits: true})
			return err
		},
	} {
		ctx, cancel := context.WithCancel(context.Background())
		calls, last, total := 0, 0, 0
		o := fit.Options{Model: kernel.FSRS6, Progress: func(done, of int) {
			if done < last || done > of {
				t.Errorf("%s: %d of %d after %d", name, done, of, last)
			}
			calls, last, total = calls+1, done, of
		}}
		if err := run(ctx, o); err != nil {
			t.Fatal(err)
		}
		if calls < 10 || float64(last) < 0.8*float64(total) {
			t.Errorf("%s: %d calls, the last for %d of %d", name, calls, last, total)
		}
		calls = 0
		o.Progress = func(int, int) {
			calls++
			if calls == 3 {
				cancel()
			}
		}
		if err := run(ctx, o); !errors.Is(err, context.Canceled) || calls != 3 {
			t.Errorf("%s: error %v after %d batches", name, err, calls)
		}
		if err := run(ctx, o); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// A student whose memory is that of a model is found again.
func TestFitFindsTheStudent(t *testing.T) {
	truth := kernel.Defaults(kernel.FSRS6)
	for i, x := range map[int]float64{0: 0.8, 2: 6, 3: 20, 6: 2, 8: 1.4, 11: 2.2, 20: 0.35} {
		truth[i] = x
	}
	m, err := kernel.New(kernel.FSRS6, truth)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(9, 9))
	var rows []answer
	for c := range 1500 {
		day, s := float64(rng.IntN(300)), kernel.State{}
		for i := range 12 {
			days := 0.0
			grade := 1 + rng.IntN(4)
			if i > 0 {
				days = math.Ceil(m.Interval(s, 0.5+0.45*rng.Float64()))
				grade = 1
				if rng.Float64() < m.Recall(s, days) {
					grade = 2 + rng.IntN(3)
				}
			}
			day += days
			s = m.Next(s, days, grade)
			rows = append(rows, answer{c, day, grade, revlog.State(min(2, 2*i))})
		}
	}
	l := logOf(t, rows...)
	r := mustFit(t, l, kernel.FSRS6)
	best, err := fit.Evaluate(context.Background(), l, fit.Options{Model: kernel.FSRS6, Weights: truth}, fit.Evaluation{})
	if err != nil {
		t.Fatal(err)
	}
	if r.After.LogLoss > best.LogLoss+0.0005 || r.Before.LogLoss < best.LogLoss+0.008 {
		t.Errorf("log loss from %v to %v, of the student himself %v", r.Before.LogLoss, r.After.LogLoss, best.LogLoss)
	}
	for _, i := range []int{2, 3, 20} {
		if off := math.Abs(r.Weights[i]-truth[i]) / truth[i]; off > 0.25 {
			t.Errorf("w%d is %v, the student's %v", i, r.Weights[i], truth[i])
		}
	}
}
