package fit

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// reference is what others computed on logs beside the repository.
type reference struct {
	Name      string     `json:"name"`
	Zone      int        `json:"tz_minutes"`
	Rollover  int        `json:"rollover_hour"`
	Reviews   int        `json:"reviews"`
	Items     int        `json:"items"`
	First     int        `json:"first_interval_items"`
	Later     int        `json:"later_items"`
	FirstKept int        `json:"first_interval_items_kept"`
	LaterKept int        `json:"later_items_kept"`
	Initial   [4]float64 `json:"fsrs6_initial_stability"`
	Default6  judged     `json:"fsrs6_default"`
	Default5  judged     `json:"fsrs5_default"`
	Fitted6   judged     `json:"fsrs6_fsrs_rs_6_5"`
	Fitted5   judged     `json:"fsrs5_fsrs_rs_3_0"`
}

type judged struct {
	Weights []float64 `json:"w"`
	Plain   figures   `json:"plain"`
	Recency figures   `json:"recency"`
}

type figures struct {
	LogLoss float64 `json:"log_loss"`
	RMSE    float64 `json:"rmse_bins"`
	AUC     float64 `json:"auc"`
}

func references(t *testing.T) (dir string, refs []reference) {
	dir = filepath.Join("..", "..", "..", "shared", "fsrs")
	data, err := os.ReadFile(filepath.Join(dir, "optimizer_dev.json"))
	if err != nil {
		t.Skip("no shared logs beside the repository")
	}
	var file struct {
		Collections []reference `json:"collections"`
	}
	if err := json.Unmarshal(data, &file); err != nil || len(file.Collections) < 20 {
		t.Fatalf("%d collections: %v", len(file.Collections), err)
	}
	return dir, file.Collections
}

func (r *reference) read(t *testing.T, dir string) *revlog.Log {
	t.Helper()
	path := filepath.Join(dir, "data", r.Name+".csv.gz")
	if _, err := os.Stat(path); err != nil {
		path = filepath.Join(dir, "real", r.Name+".csv.gz")
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	l, err := revlog.Read(f, r.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// What is counted, where the fit starts and what is measured equal fsrs-rs and
// the judge of the logs; the fit is as good as fsrs-rs's.
func TestReference(t *testing.T) {
	dir, refs := references(t)
	if testing.Short() {
		refs = refs[:3]
	}
	close := func(got, want, tolerance float64) bool {
		return math.Abs(got-want) <= tolerance*math.Max(1, math.Abs(want))
	}
	for _, ref := range refs {
		t.Run(ref.Name, func(t *testing.T) {
			l := ref.read(t, dir)
			h := read(l, ref.Rollover)
			all := h.firsts()
			groups := usual(all)
			s := h.choose(groups, 0)
			count := func(groups []first) (n int) {
				for _, g := range groups {
					n += g.cards
				}
				return n
			}
			got := [...]int{len(l.Answers), h.items(), count(all), h.items() - count(all), count(groups), s.items - count(groups)}
			if want := [...]int{ref.Reviews, ref.Items, ref.First, ref.Later, ref.FirstKept, ref.LaterKept}; got != want {
				t.Errorf("answers, items, first, later, first kept, later kept: %v, want %v", got, want)
			}
			for i, got := range initial(kernel.FSRS6, groups, s.recalled) {
				if !close(got/ref.Initial[i], 1, 1e-6) {
					t.Errorf("first stability %d: %v, want %v", i+1, got, ref.Initial[i])
				}
			}
			for model, want := range map[string][2]judged{
				kernel.FSRS5: {ref.Default5, ref.Fitted5}, kernel.FSRS6: {ref.Default6, ref.Fitted6},
			} {
				for i, j := range want {
					o := Options{Model: model, RolloverHour: ref.Rollover, Weights: j.Weights}
					for _, recency := range []bool{false, true} {
						m, err := Evaluate(context.Background(), l, o, Evaluation{Recency: recency})
						f := j.Plain
						if recency {
							f = j.Recency
						}
						if err != nil || !close(m.LogLoss, f.LogLoss, 2e-6) || !close(m.RMSE, f.RMSE, 2e-6) || f.AUC > 0 && !close(m.AUC, f.AUC, 5e-5) {
							t.Errorf("%s, fitted %d, recency %v: %+v, want %+v; %v", model, i, recency, m, f, err)
						}
					}
				}
				r, err := Fit(context.Background(), l, Options{Model: model, RolloverHour: ref.Rollover})
				if err != nil || r.After.LogLoss > want[1].Plain.LogLoss+0.002 {
					t.Errorf("%s: log loss %v, fsrs-rs %v; %v", model, r.After.LogLoss, want[1].Plain.LogLoss, err)
				}
			}
		})
	}
}

// The case that fsrs-rs (BSD-3-Clause) holds its own gradient to: the loss of
// four cards under the published weights of FSRS-6, the gradient of its sum,
// and the weights after a step of Adam.
func TestGradientOfFsrsRs(t *testing.T) {
	days := [6][4]float32{{0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 1}, {0, 1, 1, 3}, {1, 3, 3, 5}, {3, 6, 6, 12}}
	grades := [6][4]uint8{{1, 2, 3, 4}, {3, 4, 2, 4}, {1, 4, 4, 3}, {4, 3, 3, 3}, {3, 1, 3, 3}, {2, 3, 3, 4}}
	last := [4]float32{4, 11, 12, 23}
	outcome := [4]uint8{3, 3, 3, 1}
	want := []float64{
		-0.095688485, -0.0051607806, -0.0012249565, 0.007462064, 0.03650761, -0.082112335, 0.0593964, -2.1474836,
		0.57626534, -2.8751316, 0.7154875, -0.028993709, 0.0099172965, -0.2189217, -0.0017800558, -0.089381434,
		0.299141, 0.068104014, -0.011605468, -0.25398168, 0.27700496,
	}
	stepped := []float64{
		0.252, 1.3331, 2.3464994, 8.2556, 6.3733, 0.87340003, 2.9794, 0.040999997, 1.8322, 0.20660001, 0.756,
		1.5235, 0.021400042, 0.3029, 1.6882998, 0.64140004, 1.8329, 0.5025, 0.13119997, 0.1058, 0.1142,
	}
	m := newPower(kernel.FSRS6)
	lossAt := func(w, grad []float64) float64 {
		m.set(w)
		sum := 0.0
		for c := range 4 {
			var l life
			for i := range days {
				l.days = append(l.days, days[i][c])
				l.grades = append(l.grades, grades[i][c])
			}
			l.days = append(l.days, last[c])
			l.grades = append(l.grades, outcome[c])
			l.weights = make([]float32, len(l.days))
			l.weights[len(l.days)-1] = 1
			recall := make([]float64, len(l.days))
			m.forward(l.days, l.grades, recall)
			m.backward(l.grades, l.weights, grad)
			sum += crossEntropy(recall[len(recall)-1], outcome[c])
		}
		return sum
	}
	a := newAdam(kernel.Defaults(kernel.FSRS6))
	grad := make([]float64, len(a.w))
	if got := lossAt(a.w, grad); math.Abs(got-4.0466027) > 1e-4 {
		t.Errorf("loss %v, want 4.0466027", got)
	}
	for i := range grad {
		if math.Abs(grad[i]-want[i]) > 2e-5*math.Max(1, math.Abs(want[i])) {
			t.Errorf("w%d: gradient %v, want %v", i, grad[i], want[i])
		}
	}
	a.step(grad, 0.04)
	for i := range a.w {
		if math.Abs(a.w[i]-stepped[i]) > 1e-5 {
			t.Errorf("w%d after a step: %v, want %v", i, a.w[i], stepped[i])
		}
	}
	if got := lossAt(a.w, grad); math.Abs(got-3.767796) > 1e-4 {
		t.Errorf("loss after a step %v, want 3.767796", got)
	}
}
