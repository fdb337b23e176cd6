package tex

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"

	"lectern/app/svg"
	"lectern/assets/fonts"
)

//go:embed bundle/mathjax.js.gz
var bundle []byte

var errStuck = errors.New("the formula took too long")

// program is MathJax, compiled once for the process.
var program = sync.OnceValues(func() (*goja.Program, error) {
	z, err := gzip.NewReader(bytes.NewReader(bundle))
	if err != nil {
		return nil, fmt.Errorf("unpack MathJax: %w", err)
	}
	source, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("unpack MathJax: %w", err)
	}
	p, err := goja.Compile("mathjax.js", string(source), false)
	if err != nil {
		return nil, fmt.Errorf("compile MathJax: %w", err)
	}
	return p, nil
})

// faces measure the words of \text, which are drawn in the card's typeface.
var faces = sync.OnceValues(func() (*svg.Fonts, error) {
	return svg.NewFonts(svg.Faces{}, svg.Faces{
		Regular: fonts.Literata, Italic: fonts.LiterataItalic, Bold: fonts.LiterataBold, BoldItalic: fonts.LiterataBoldItalic,
	}, svg.Faces{})
})

// machine is MathJax running. It serves one goroutine.
type machine struct {
	vm   *goja.Runtime
	call func(source string, display bool) (string, error)
}

func newMachine() (*machine, error) {
	p, err := program()
	if err != nil {
		return nil, err
	}
	f, err := faces()
	if err != nil {
		return nil, fmt.Errorf("start MathJax: %w", err)
	}
	m := &machine{vm: goja.New()}
	m.vm.SetMaxCallStackSize(2000)
	if err := m.vm.Set("measureText", f.Width); err != nil {
		return nil, fmt.Errorf("start MathJax: %w", err)
	}
	if _, err := m.vm.RunProgram(p); err != nil {
		return nil, fmt.Errorf("start MathJax: %w", err)
	}
	if err := m.vm.ExportTo(m.vm.Get("tex2svg"), &m.call); err != nil {
		return nil, fmt.Errorf("start MathJax: %w", err)
	}
	return m, nil
}

// convert makes SVG. A formula that is wrong gives *Error, one that does not
// end errStuck.
func (m *machine) convert(source string, display bool) (out string, err error) {
	stop := time.AfterFunc(maxTime, func() { m.vm.Interrupt(errStuck) })
	defer func() {
		stop.Stop()
		m.vm.ClearInterrupt()
		if r := recover(); r != nil { // a fault in the engine must not end the program
			out, err = "", fmt.Errorf("%w: %v", errStuck, r)
		}
	}()
	out, err = m.call(source, display)
	if err == nil {
		return out, nil
	}
	var stopped *goja.InterruptedError
	var deep *goja.StackOverflowError
	switch {
	case errors.As(err, &stopped):
		return "", errStuck
	case errors.As(err, &deep):
		return "", &Error{"TooDeep", "The formula nests too deep."}
	}
	message := err.Error()
	var thrown *goja.Exception
	if errors.As(err, &thrown) {
		message = thrown.Value().String()
	}
	code, words, ok := strings.Cut(strings.TrimPrefix(message, "Error: "), "\x00")
	if !ok { // not about the formula: MathJax itself failed on it
		return "", &Error{"Failed", code}
	}
	return "", &Error{code, words}
}
