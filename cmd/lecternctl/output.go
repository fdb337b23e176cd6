package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"
)

// output is standard output, buffered, with its first error kept: a command
// whose answer could not be printed has failed.
type output struct {
	w   io.Writer
	buf *bufio.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	if o.buf == nil {
		o.buf = bufio.NewWriter(o.w)
	}
	n, err := o.buf.Write(b)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

func (o *output) flush() error {
	if o.buf != nil {
		if err := o.buf.Flush(); o.err == nil {
			o.err = err
		}
	}
	if o.err != nil {
		return fmt.Errorf("print the answer: %w", o.err)
	}
	return nil
}

// line prints a line for people.
func (c *cli) line(text string) { fmt.Fprintln(c.out, text) }

// warn tells people of something that did not end the command.
func (c *cli) warn(text string) { fmt.Fprintln(c.stderr, text) }

// show prints v as one line of JSON with --json, else lets people print.
func (c *cli) show(v any, people func()) error {
	if !c.json {
		people()
		return nil
	}
	enc := json.NewEncoder(c.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// table prints rows in columns; right names the columns aligned to the right.
func (c *cli) table(rows [][]string, right ...int) { writeTable(c.out, rows, right) }

func writeTable(w io.Writer, rows [][]string, right []int) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], runewidth.StringWidth(cell))
		}
	}
	toRight := map[int]bool{}
	for _, i := range right {
		toRight[i] = true
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-runewidth.StringWidth(cell))
			if i > 0 {
				b.WriteString("  ")
			}
			if toRight[i] {
				b.WriteString(pad + cell)
			} else {
				b.WriteString(cell + pad)
			}
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}

// clip shortens a text to one line of a list where a person reads it; into a
// file or a pipe it goes whole.
func (c *cli) clip(text string, width int) string {
	text = strings.Join(strings.Fields(text), " ")
	if !terminal(c.stdout) {
		return text
	}
	return runewidth.Truncate(text, width, "…")
}
