package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"lectern/decks/fault"
	"lectern/scheduler/kernel"
)

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
