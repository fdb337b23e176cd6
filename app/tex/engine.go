package tex

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/google/renameio/v2"

	"lectern/app/svg"
)

// version names the bundle in the cache; a new bundle makes every formula anew.
const version = "mathjax-3.2.2-2"

const (
	maxLength = 20_000          // of a formula, in bytes
	maxTime   = 2 * time.Second // for one formula
	maxKept   = 2000            // formulas in memory
	maxEx     = 1000            // of a formula's sides: some forty lines of text
)

// Error is a formula that cannot be set. Code is MathJax's name for the mistake
// ("MissingCloseBrace") or one of TooLong, TooDeep, TooLarge, TooSlow, Failed;
// Message is MathJax's sentence, in English, for the details.
type Error struct{ Code, Message string }

// Error gives the words.
func (e *Error) Error() string { return e.Message }

// Key names the sentence for the user among the translations.
func (e *Error) Key() string {
	if key, ok := sentences[e.Code]; ok {
		return "tex." + key
	}
	return "tex.wrong"
}

// sentences are the codes with a translation of their own.
var sentences = map[string]string{
	"TooLong": "too_long", "TooDeep": "too_deep", "TooLarge": "too_large", "TooSlow": "too_slow",
	"MaxMacroSub1": "too_slow", "MaxMacroSub2": "too_slow", "MaxBufferSize": "too_slow",
	"UndefinedControlSequence": "unknown_command", "UnknownEnv": "unknown_environment",
	"MissingCloseBrace": "close_brace", "ExtraOpenMissingClose": "close_brace", "MissingArgFor": "argument",
	"ExtraCloseMissingOpen": "open_brace", "ExtraClose": "open_brace",
	"MissingLeftExtraRight": "left_right", "ExtraLeftMissingRight": "left_right", "MissingOrUnrecognizedDelim": "left_right",
	"EnvMissingEnd": "end", "EnvBadEnd": "end", "MissingBeginExtraEnd": "end", "ExtraBeginMissingEnd": "end",
	"DoubleExponent": "two_scripts", "DoubleSubscripts": "two_scripts",
}

// Formula is a formula ready to be drawn. Its zero value is none.
type Formula struct{ picture *svg.Picture }

type key struct {
	tex     string
	display bool
}

type entry struct {
	formula Formula
	err     error
	ready   chan struct{} // closed when the rest is set
	waiting []func()
}

// Engine makes formulas. It may be used by several goroutines.
type Engine struct {
	dir string // of the cache; "" keeps formulas in memory only

	mu    sync.Mutex
	known map[key]*entry
	order []key // oldest first
	queue chan job
	quit  chan struct{}
	once  sync.Once

	written int // formulas put on disk; of the working goroutine
}

type job struct {
	key   key
	entry *entry
}

// New makes an engine that keeps its formulas in a folder, which is made when
// the first is written; "" keeps them in memory only.
func New(dir string) *Engine {
	e := &Engine{dir: dir, known: map[key]*entry{}, queue: make(chan job, 1024), quit: make(chan struct{})}
	go e.work()
	return e
}

// Close ends the engine; formulas that wait are given up.
func (e *Engine) Close() { e.once.Do(func() { close(e.quit) }) }

// Get returns a formula if it is known, or starts to make it: ready tells
// which. Done, which may be nil, is called once from another goroutine when a
// formula that was not ready is there. The error is an *Error for wrong TeX.
func (e *Engine) Get(tex string, display bool, done func()) (f Formula, ready bool, err error) {
	k := key{strings.TrimSpace(tex), display}
	e.mu.Lock()
	defer e.mu.Unlock()
	x, ok := e.known[k]
	if !ok {
		x = &entry{ready: make(chan struct{})}
		e.keep(k, x)
		if len(k.tex) > maxLength {
			x.err = &Error{"TooLong", "The formula is too long."}
			close(x.ready)
		} else if data, err := e.read(k); err == nil && x.parse(data) == nil {
			close(x.ready)
		} else {
			select {
			case e.queue <- job{k, x}:
			default: // far too many at once; asked again at the next repaint
				e.forget(k)
				return Formula{}, false, nil
			}
		}
	}
	select {
	case <-x.ready:
		return x.formula, true, x.err
	default:
		if done != nil {
			x.waiting = append(x.waiting, done)
		}
		return Formula{}, false, nil
	}
}

// Render waits for a formula.
func (e *Engine) Render(ctx context.Context, tex string, display bool) (Formula, error) {
	ready := make(chan struct{})
	f, ok, err := e.Get(tex, display, func() { close(ready) })
	if ok {
		return f, err
	}
	select {
	case <-ready:
		f, _, err := e.Get(tex, display, nil)
		return f, err
	case <-ctx.Done():
		return Formula{}, fmt.Errorf("draw a formula: %w", ctx.Err())
	case <-e.quit:
		return Formula{}, errors.New("draw a formula: the engine is closed")
	}
}

// keep adds an entry and forgets the oldest ones that are done.
func (e *Engine) keep(k key, x *entry) {
	e.known[k] = x
	e.order = append(e.order, k)
	for len(e.order) > maxKept {
		old := e.order[0]
		e.order = e.order[1:]
		delete(e.known, old)
	}
}

func (e *Engine) forget(k key) {
	delete(e.known, k)
	if n := len(e.order); n > 0 && e.order[n-1] == k {
		e.order = e.order[:n-1]
	}
}

func (x *entry) parse(data []byte) error {
	p, err := svg.Parse(data)
	if err != nil {
		return err
	}
	if p.WidthEx > maxEx || p.HeightEx > maxEx {
		return &Error{"TooLarge", "The formula is too large."}
	}
	x.formula = Formula{picture: p}
	return nil
}

// work is the goroutine that owns the JavaScript engine.
func (e *Engine) work() {
	var vm *machine
	for {
		select {
		case <-e.quit:
			return
		case j := <-e.queue:
			var out string
			var err error
			if vm == nil {
				vm, err = newMachine()
			}
			if err == nil {
				out, err = vm.convert(j.key.tex, j.key.display)
				if errors.Is(err, errStuck) {
					vm = nil // what it was doing cannot be trusted any more
				}
			}
			e.finish(j, out, err)
		}
	}
}

func (e *Engine) finish(j job, out string, err error) {
	if err == nil {
		if err = j.entry.parse([]byte(out)); err == nil {
			e.write(j.key, out)
		}
	}
	if errors.Is(err, errStuck) {
		err = &Error{"TooSlow", "The formula took too long."}
	}
	e.mu.Lock()
	j.entry.err = err
	close(j.entry.ready)
	waiting := j.entry.waiting
	j.entry.waiting = nil
	e.mu.Unlock()
	for _, done := range waiting {
		done()
	}
}

func (e *Engine) file(k key) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%v\x00%s", version, k.display, k.tex))
	return filepath.Join(e.dir, hex.EncodeToString(sum[:])+".svg")
}

func (e *Engine) read(k key) ([]byte, error) {
	if e.dir == "" {
		return nil, os.ErrNotExist
	}
	return os.ReadFile(e.file(k))
}

// write keeps a formula for the next start. A cache that cannot be written is
// no loss: the formula is drawn anew.
func (e *Engine) write(k key, out string) {
	if e.dir == "" || os.MkdirAll(e.dir, 0o700) != nil {
		return
	}
	_ = renameio.WriteFile(e.file(k), []byte(out), 0o600)
	if e.written%256 == 0 {
		prune(e.dir, maxCache)
	}
	e.written++
}
