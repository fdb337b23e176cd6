package scheduler_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lectern/scheduler"
)

// vector is one sequence of answers with the memory that the reference
// implementation holds after each.
type vector struct {
	Name       string    `json:"name"`
	W          []float64 `json:"w"`
	Retention  float64   `json:"desired_retention"`
	Reviews    [][2]int  `json:"reviews"` // study days since the last answer, grade
	Stability  []float64 `json:"stability"`
	Difficulty []float64 `json:"difficulty"`
	Interval   []float64 `json:"interval"` // days, not rounded
}

type recallVector struct {
	Decay     float64 `json:"decay"`
	Days      float64 `json:"elapsed_days"`
	Stability float64 `json:"stability"`
	R         float64 `json:"r"`
}

type vectorFile struct {
	FSRS5   []vector       `json:"fsrs5"`
	FSRS6   []vector       `json:"fsrs6"`
	Recall5 []recallVector `json:"retrievability5"`
	Recall6 []recallVector `json:"retrievability6"`
}

func readVectors(t *testing.T, path string) vectorFile {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var f vectorFile
	if err := json.Unmarshal(b, &f); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if len(f.FSRS5) == 0 || len(f.FSRS6) == 0 {
		t.Fatalf("%s holds no sequences", path)
	}
	return f
}

// dataDir is the optional directory of test data beside the repository.
func dataDir() (string, bool) {
	dir, err := os.Getwd()
	if err != nil {
		return "", false
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			shared := filepath.Join(dir, "..", "shared")
			_, err := os.Stat(shared)
			return shared, err == nil
		}
		if dir == filepath.Dir(dir) {
			return "", false
		}
	}
}

const (
	tolRelative   = 1e-4 // stability and interval
	tolDifficulty = 1e-4
)

// worst are the largest errors met.
type worst struct {
	states  int
	s, d, i float64
}

// ways to live the same days: whatever the steps, the fuzz, the rollover and
// the place, memory must come out the same.
var lives = []struct {
	name   string
	change func(*scheduler.Preset)
	zone   string
	clock  time.Duration // of the answers, after midnight
}{
	{"default steps, UTC noon", func(*scheduler.Preset) {}, "UTC", 12 * time.Hour},
	{"fuzz, New York just after rollover", func(p *scheduler.Preset) { p.Fuzz = true }, "America/New_York", 4*time.Hour + time.Minute},
	{"no steps, Lord Howe before midnight", func(p *scheduler.Preset) {
		p.LearningSteps, p.RelearningSteps = nil, nil
	}, "Australia/Lord_Howe", 23 * time.Hour},
	{"long steps, Moscow", func(p *scheduler.Preset) {
		p.LearningSteps = []time.Duration{time.Hour, 30 * time.Hour, 72 * time.Hour}
		p.RelearningSteps = []time.Duration{24 * time.Hour}
		p.RolloverHour = 0
	}, "Europe/Moscow", 8 * time.Hour},
}

func (v vector) answers(loc *time.Location, clock time.Duration) []scheduler.Answer {
	var out []scheduler.Answer
	day := 0
	for i, r := range v.Reviews {
		day += r[0]
		// A civil time, not a sum of hours: the zone decides the offset.
		at := time.Date(2024, 10, 1+day, int(clock/time.Hour), int(clock/time.Minute)%60, i, 0, loc)
		out = append(out, scheduler.Answer{At: scheduler.MomentOf(at), Grade: scheduler.Grade(r[1])})
	}
	return out
}

func checkVectors(t *testing.T, model string, vectors []vector) worst {
	t.Helper()
	var w worst
	for n, v := range vectors {
		for _, life := range lives {
			loc, err := time.LoadLocation(life.zone)
			if err != nil {
				t.Skipf("no time zone data: %v", err)
			}
			p := scheduler.DefaultPreset()
			p.Model, p.Weights, p.Retention, p.Fuzz = model, v.W, v.Retention, false
			life.change(&p)
			s, err := scheduler.NewScheduler(p)
			if err != nil {
				t.Fatalf("%s %d: %v", model, n, err)
			}
			answers := v.answers(loc, life.clock)
			id := fmt.Sprint(model, n)
			seed := func(reps int) uint64 { return scheduler.Seed(id, reps) }
			var card scheduler.Card
			for i, a := range answers {
				card = s.Apply(card, a, seed(card.Reps))
				interval := s.Model().Interval(card.State, v.Retention)
				es := math.Abs(card.State.S-v.Stability[i]) / v.Stability[i]
				ed := math.Abs(card.State.D - v.Difficulty[i])
				ei := math.Abs(interval-v.Interval[i]) / v.Interval[i]
				if !(es <= tolRelative && ed <= tolDifficulty && ei <= tolRelative) {
					t.Errorf("%s sequence %d (%s), answer %d: S %v D %v interval %v, want %v %v %v",
						model, n, life.name, i+1, card.State.S, card.State.D, interval, v.Stability[i], v.Difficulty[i], v.Interval[i])
				}
				w.s, w.d, w.i = max(w.s, es), max(w.d, ed), max(w.i, ei)
				w.states++
				if card.Phase == scheduler.Review && !p.Fuzz {
					least := min(max(1, int(math.Round(v.Interval[i]*(1-tolRelative)))), p.MaxInterval)
					if card.Days < least {
						t.Errorf("%s sequence %d (%s), answer %d: comes back after %d days, memory says %v", model, n, life.name, i+1, card.Days, v.Interval[i])
					}
				}
			}
			if again := s.Replay(answers, seed); again != card {
				t.Errorf("%s sequence %d (%s): replay %+v, live %+v", model, n, life.name, again, card)
			}
		}
	}
	return w
}

func checkRecall(t *testing.T, f vectorFile) (worstError float64) {
	t.Helper()
	check := func(m scheduler.Model, v recallVector) {
		r := m.Recall(scheduler.State{S: v.Stability, D: 5}, v.Days)
		e := math.Abs(r - v.R)
		if !(e <= 1e-4) {
			t.Errorf("%s: recall %v after %v days with stability %v, want %v", m.Name(), r, v.Days, v.Stability, v.R)
		}
		worstError = max(worstError, e)
	}
	five, err := scheduler.NewModel("fsrs5", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range f.Recall5 {
		check(five, v)
	}
	for _, v := range f.Recall6 {
		six, err := scheduler.NewModel("fsrs6", nil)
		if err != nil {
			t.Fatal(err)
		}
		w := six.Weights()
		w[20] = v.Decay
		if six, err = scheduler.NewModel("fsrs6", w); err != nil {
			t.Fatal(err)
		}
		check(six, v)
	}
	return worstError
}

func runVectors(t *testing.T, path string) {
	f := readVectors(t, path)
	for _, m := range []struct {
		name    string
		vectors []vector
	}{{"fsrs5", f.FSRS5}, {"fsrs6", f.FSRS6}} {
		t.Run(m.name, func(t *testing.T) {
			w := checkVectors(t, m.name, m.vectors)
			t.Logf("%d sequences, %d states in %d lives: largest error S %.2g relative, D %.2g, interval %.2g relative",
				len(m.vectors), w.states, len(lives), w.s, w.d, w.i)
		})
	}
	t.Run("recall", func(t *testing.T) {
		t.Logf("%d values, largest error %.2g", len(f.Recall5)+len(f.Recall6), checkRecall(t, f))
	})
}

// TestVectors compares the path that schedules real cards with the reference
// implementations of FSRS-5 and FSRS-6, on the file of $LECTERN_VECTORS or the
// one beside the repository.
func TestVectors(t *testing.T) {
	path := os.Getenv("LECTERN_VECTORS")
	if path == "" {
		dir, ok := dataDir()
		if !ok {
			t.Skip("no shared test data beside the repository; TestOwnVectors covers the law")
		}
		path = filepath.Join(dir, "fsrs", "vectors_dev.json")
	}
	runVectors(t, path)
}

// TestOwnVectors is the same law on a few sequences worked out from the
// published formulas, apart from any library.
func TestOwnVectors(t *testing.T) {
	runVectors(t, filepath.Join("testdata", "vectors.json"))
}
