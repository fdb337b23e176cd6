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
	f, err := parseVectors(b)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return f
}

// parseVectors refuses a file in which something that should be compared is
// missing: it must not pass because there was nothing to see.
func parseVectors(b []byte) (f vectorFile, err error) {
	if err := json.Unmarshal(b, &f); err != nil {
		return f, err
	}
	for _, m := range []struct {
		name    string
		vectors []vector
		recall  []recallVector
	}{{"fsrs5", f.FSRS5, f.Recall5}, {"fsrs6", f.FSRS6, f.Recall6}} {
		if len(m.vectors) == 0 || len(m.recall) == 0 {
			return f, fmt.Errorf("%s has %d sequences and %d recall values", m.name, len(m.vectors), len(m.recall))
		}
		for i, v := range m.vectors {
			n := len(v.Reviews)
			if n == 0 || len(v.Stability) != n || len(v.Difficulty) != n || len(v.Interval) != n || len(v.W) == 0 {
				return f, fmt.Errorf("%s sequence %d: %d weights, %d answers, %d stabilities, %d difficulties, %d intervals",
					m.name, i, len(v.W), n, len(v.Stability), len(v.Difficulty), len(v.Interval))
			}
		}
	}
	return f, nil
}

// root is the directory of go.mod.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the tests")
		}
		dir = up
	}
}

const (
	tolRelative   = 1e-4 // stability and interval
	tolDifficulty = 1e-4
	tolRecall     = 1e-4
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

// differs says how far a card is from the memory that answer i of the sequence
// should have left; problem is "" within the tolerance.
func (v vector) differs(i int, s *scheduler.Scheduler, c scheduler.Card) (es, ed, ei float64, problem string) {
	interval := s.Model().Interval(c.State, v.Retention)
	es = math.Abs(c.State.S-v.Stability[i]) / v.Stability[i]
	ed = math.Abs(c.State.D - v.Difficulty[i])
	ei = math.Abs(interval-v.Interval[i]) / v.Interval[i]
	if !(es <= tolRelative && ed <= tolDifficulty && ei <= tolRelative) {
		problem = fmt.Sprintf("S %v D %v interval %v, want %v %v %v", c.State.S, c.State.D, interval, v.Stability[i], v.Difficulty[i], v.Interval[i])
	}
	// The days that are scheduled are the rounded interval, or more where the
	// grade below needs the room.
	least := min(max(1, int(math.Round(v.Interval[i]*(1-tolRelative)))), s.Preset().MaxInterval)
	if c.Phase == scheduler.Review && !s.Preset().Fuzz && c.Days < least {
		problem = fmt.Sprintf("comes back after %d days, memory says %v", c.Days, v.Interval[i])
	}
	return es, ed, ei, problem
}

// check schedules the sequences as real cards, in every life, and returns what
// is wrong.
func check(model string, vectors []vector) (w worst, problems []string) {
	wrong := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	for n, v := range vectors {
		for _, life := range lives {
			what := fmt.Sprintf("%s sequence %d (%s)", model, n, life.name)
			p := scheduler.DefaultPreset()
			p.Model, p.Weights, p.Retention, p.Fuzz = model, v.W, v.Retention, false
			life.change(&p)
			s, err := scheduler.NewScheduler(p)
			if err != nil {
				wrong("%s: %v", what, err)
				continue
			}
			loc, err := time.LoadLocation(life.zone)
			if err != nil {
				loc = time.FixedZone(life.zone, 3*3600) // no time zone data: the days are the same
			}
			id := fmt.Sprint(model, n)
			seed := func(reps int) uint64 { return scheduler.Seed(id, reps) }
			answers := v.answers(loc, life.clock)
			var card scheduler.Card
			for i, a := range answers {
				card = s.Apply(card, a, seed(card.Reps))
				es, ed, ei, problem := v.differs(i, s, card)
				if problem != "" {
					wrong("%s, answer %d: %s", what, i+1, problem)
				}
				w.s, w.d, w.i = max(w.s, es), max(w.d, ed), max(w.i, ei)
				w.states++
			}
			if again := s.Replay(answers, seed); again != card {
				wrong("%s: replay %+v, live %+v", what, again, card)
			}
		}
	}
	return w, problems
}

// checkRecall compares forgetting curves and returns the largest error.
func checkRecall(f vectorFile) (worst float64, problems []string) {
	compare := func(m scheduler.Model, v recallVector) {
		r := m.Recall(scheduler.State{S: v.Stability, D: 5}, v.Days)
		e := math.Abs(r - v.R)
		if !(e <= tolRecall) {
			problems = append(problems, fmt.Sprintf("%s: recall %v after %v days with stability %v, want %v", m.Name(), r, v.Days, v.Stability, v.R))
		}
		worst = max(worst, e)
	}
	use := func(name string, weights []float64) scheduler.Model {
		m, err := scheduler.NewModel(name, weights)
		if err != nil {
			problems = append(problems, err.Error())
		}
		return m
	}
	five := use("fsrs5", nil)
	for _, v := range f.Recall5 {
		compare(five, v)
	}
	w := use("fsrs6", nil).Weights()
	for _, v := range f.Recall6 {
		w[20] = v.Decay
		if six := use("fsrs6", w); six != nil {
			compare(six, v)
		}
	}
	return worst, problems
}

func runVectors(t *testing.T, path string) {
	f := readVectors(t, path)
	for _, m := range []struct {
		name    string
		vectors []vector
	}{{"fsrs5", f.FSRS5}, {"fsrs6", f.FSRS6}} {
		t.Run(m.name, func(t *testing.T) {
			w, problems := check(m.name, m.vectors)
			for _, p := range problems {
				t.Error(p)
			}
			t.Logf("%d sequences, %d states in %d lives: largest error S %.2g relative, D %.2g, interval %.2g relative",
				len(m.vectors), w.states, len(lives), w.s, w.d, w.i)
		})
	}
	t.Run("recall", func(t *testing.T) {
		w, problems := checkRecall(f)
		for _, p := range problems {
			t.Error(p)
		}
		t.Logf("%d values, largest error %.2g", len(f.Recall5)+len(f.Recall6), w)
	})
}

// TestVectors compares the path that schedules real cards with the reference
// implementations of FSRS-5 and FSRS-6, on the file of $LECTERN_VECTORS (a
// relative path is taken from the directory of go.mod) or the one beside the
// repository.
func TestVectors(t *testing.T) {
	path := os.Getenv("LECTERN_VECTORS")
	switch {
	case path == "":
		shared := filepath.Join(root(t), "..", "shared")
		if _, err := os.Stat(shared); err != nil {
			t.Skip("no shared test data beside the repository; TestOwnVectors covers the law")
		}
		path = filepath.Join(shared, "fsrs", "vectors_dev.json")
	case !filepath.IsAbs(path):
		path = filepath.Join(root(t), path)
	}
	runVectors(t, path)
}

// TestVectorsSeeDamage damages sound vectors by little more than the tolerance
// and expects the comparison to notice.
func TestVectorsSeeDamage(t *testing.T) {
	const more = 2.5
	file := filepath.Join("testdata", "vectors.json")
	sound, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	last := func(x []float64) *float64 { return &x[len(x)-1] }
	for name, damage := range map[string]func(f *vectorFile){
		"stability":   func(f *vectorFile) { *last(f.FSRS5[0].Stability) *= 1 + more*tolRelative },
		"difficulty":  func(f *vectorFile) { *last(f.FSRS6[0].Difficulty) -= more * tolDifficulty },
		"interval":    func(f *vectorFile) { *last(f.FSRS6[1].Interval) *= 1 - more*tolRelative },
		"a grade":     func(f *vectorFile) { f.FSRS5[0].Reviews[1][1]-- },
		"a day":       func(f *vectorFile) { f.FSRS6[0].Reviews[3][0]++ },
		"a weight":    func(f *vectorFile) { f.FSRS5[0].W[8] += 0.01 },
		"no weight":   func(f *vectorFile) { f.FSRS6[0].W = f.FSRS6[0].W[:20] },
		"recall":      func(f *vectorFile) { f.Recall5[0].R += more * tolRecall },
		"decay":       func(f *vectorFile) { f.Recall6[3].Decay += 0.01 },
		"not a decay": func(f *vectorFile) { f.Recall6[3].Decay = 0 },
	} {
		f, err := parseVectors(sound)
		if err != nil {
			t.Fatal(err)
		}
		damage(&f)
		_, five := check("fsrs5", f.FSRS5)
		_, six := check("fsrs6", f.FSRS6)
		_, recall := checkRecall(f)
		if len(five)+len(six)+len(recall) == 0 {
			t.Errorf("%s: the damage is not noticed", name)
		}
	}
	for name, damage := range map[string]func(f *vectorFile){
		"no sequences":   func(f *vectorFile) { f.FSRS5 = nil },
		"no recall":      func(f *vectorFile) { f.Recall6 = nil },
		"no answers":     func(f *vectorFile) { f.FSRS6[0] = vector{W: f.FSRS6[0].W} },
		"an answer less": func(f *vectorFile) { f.FSRS5[0].Interval = f.FSRS5[0].Interval[1:] },
		"no weights":     func(f *vectorFile) { f.FSRS6[0].W = nil },
	} {
		f, err := parseVectors(sound)
		if err != nil {
			t.Fatal(err)
		}
		damage(&f)
		b, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parseVectors(b); err == nil {
			t.Errorf("%s: the file is accepted", name)
		}
	}
	if _, err := parseVectors(sound[:len(sound)/2]); err == nil {
		t.Error("half a file is accepted")
	}
}

// TestOwnVectors is the same law on a few sequences worked out from the
// published formulas, apart from any library.
func TestOwnVectors(t *testing.T) {
	runVectors(t, filepath.Join("testdata", "vectors.json"))
}
