package exam

import (
	"math"

	"lectern/scheduler/internal/expect"
	"lectern/scheduler/kernel"
)

// The grid of states on which the worth of a card is computed: stabilities from
// a quarter of an hour to a century, in equal ratios, and difficulties.
const (
	gridS  = 40
	gridD  = 6
	nodes  = gridS * gridD
	leastS = 0.01
	mostS  = 36500.0
)

var (
	logLeastS = math.Log(leastS)
	stepS     = (math.Log(mostS) - logLeastS) / (gridS - 1)
	stepD     = (kernel.MaxDifficulty - kernel.MinDifficulty) / (gridD - 1)
)

// values is a number for every node: node s*gridD + d.
type values []float64

// cell is a state between the nodes of the grid: the lower one, and how far it
// is to the next ones, 0 to 1.
type cell struct {
	node int32
	s, d float32
}

func cellOf(state kernel.State) cell {
	s := min(max(0, (math.Log(state.S)-logLeastS)/stepS), gridS-1.001)
	d := min(max(0, (state.D-kernel.MinDifficulty)/stepD), gridD-1.001)
	return cell{node: int32(s)*gridD + int32(d), s: float32(s - math.Floor(s)), d: float32(d - math.Floor(d))}
}

// at is the value of a state between the nodes.
func (v values) at(c cell) float64 {
	v = v[c.node : c.node+gridD+2]
	s, d := float64(c.s), float64(c.d)
	low := v[0] + d*(v[1]-v[0])
	high := v[gridD] + d*(v[gridD+1]-v[gridD])
	return low + s*(high-low)
}

// corner is a node around a cell and its share.
type corner struct {
	node  int32
	share float64
}

func (c cell) corners() [4]corner {
	s, d := float64(c.s), float64(c.d)
	return [4]corner{
		{c.node, (1 - s) * (1 - d)}, {c.node + 1, (1 - s) * d},
		{c.node + gridD, s * (1 - d)}, {c.node + gridD + 1, s * d},
	}
}

// nodeState is the state of a node; fast is the fast stability of a model that
// has one, as a share of the slow one.
func nodeState(node int, fast float64) kernel.State {
	s := math.Exp(logLeastS + float64(node/gridD)*stepS)
	return kernel.State{S: s, D: kernel.MinDifficulty + float64(node%gridD)*stepD, Fast: fast * s}
}

// question is a card being asked: its recall then, and where it is left.
type question struct {
	recall     float64
	ok, lapsed cell
}

func questionOf(m *expect.Memory, s kernel.State, days float64) question {
	recall, ok, lapsed := m.Ask(s, days)
	return question{recall, cellOf(ok), cellOf(lapsed)}
}

// then is the value that asking leaves.
func (q *question) then(v values) float64 {
	return q.recall*v.at(q.ok) + (1-q.recall)*v.at(q.lapsed)
}
