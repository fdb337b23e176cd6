package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"lectern/decks/fault"
	"lectern/scheduler"
	"lectern/scheduler/kernel"
)

// modelNames are how people call the memory models.
var modelNames = map[string]string{kernel.FSRS5: "FSRS-5", kernel.FSRS6: "FSRS-6", kernel.FSRS7: "FSRS-7"}

// modelFrom are the flags that name a memory model and its weights.
type modelFrom struct {
	name    string
	weights *weightsFrom
}

func (c *cli) modelFlags(cmd *cobra.Command) *modelFrom {
	f := &modelFrom{weights: c.weightsFlag(cmd)}
	cmd.Flags().StringVar(&f.name, "model", "", c.p.T("ctl.flag_model_own"))
	return f
}

// check refuses values that flags cannot have.
func (f *modelFrom) check(c *cli, cmd *cobra.Command) error {
	if f.name != "" && !slices.Contains(kernel.Names[:], f.name) {
		return c.badValue(cmd, "model")
	}
	return nil
}

// read returns the model and its weights: those asked for, else those in force
// in the collection, else FSRS-6 as it was published.
func (f *modelFrom) read(preset *scheduler.Preset) (model string, weights []float64, err error) {
	model = f.name
	if model == "" {
		model = kernel.FSRS6
		if preset != nil {
			model = preset.Model
		}
	}
	if weights, err = f.weights.read(model); err != nil {
		return "", nil, err
	}
	if weights == nil {
		weights = inForce(model, preset)
	}
	return model, weights, nil
}

// inForce returns a model's weights: those in force when it is in use, else
// the published ones.
func inForce(model string, preset *scheduler.Preset) []float64 {
	if preset != nil && preset.Model == model && preset.Weights != nil {
		return preset.Weights
	}
	return kernel.Defaults(model)
}

// weightsFrom is the flag that names a file of weights.
type weightsFrom struct{ path string }

func (c *cli) weightsFlag(cmd *cobra.Command) *weightsFrom {
	f := &weightsFrom{}
	cmd.Flags().StringVar(&f.path, "weights", "", c.p.T("ctl.flag_weights"))
	return f
}

// maxWeights is the size of a file of weights that is read, bytes.
const maxWeights = 1 << 20

// read returns the weights of the file, nil without one: an array in JSON, or
// what `fit --json` printed.
func (f *weightsFrom) read(model string) ([]float64, error) {
	if f.path == "" {
		return nil, nil
	}
	info, err := os.Stat(f.path)
	if err == nil && info.Size() > maxWeights {
		err = fmt.Errorf("the file has %d bytes", info.Size())
	}
	if err != nil {
		return nil, fault.New(fault.UnreadableFile, err, "name", f.path)
	}
	data, err := os.ReadFile(f.path)
	if err != nil {
		return nil, fault.New(fault.UnreadableFile, err, "name", f.path)
	}
	var printed struct {
		Weights []float64 `json:"weights"`
	}
	w := &printed.Weights
	if err := json.Unmarshal(data, w); err != nil {
		if err := json.Unmarshal(data, &printed); err != nil {
			return nil, fault.New(fault.BadWeights, err, "file", f.path, "model", modelNames[model])
		}
	}
	if err := kernel.Check(model, *w); err != nil {
		return nil, fault.New(fault.BadWeights, err, "file", f.path, "model", modelNames[model])
	}
	return *w, nil
}

// weightsLine writes weights as they are pasted elsewhere.
func (c *cli) weightsLine(w []float64) string {
	words := make([]string, len(w))
	for i, x := range w {
		words[i] = strconv.FormatFloat(x, 'f', 4, 64)
	}
	return c.p.T("ctl.weights", "List", strings.Join(words, ", "))
}
