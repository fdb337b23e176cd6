package main

import (
	"context"
	"io"
)

// input is standard input, which an interrupt ends: a read that waits for a
// person's keys or for another program cannot be stopped otherwise.
func (c *cli) input(ctx context.Context) io.Reader { return &input{ctx: ctx, from: c.stdin} }

type input struct {
	ctx  context.Context
	from io.Reader
}

// Read reads aside, so that it can be left. What was left goes on waiting until
// the program ends.
func (in *input) Read(p []byte) (int, error) {
	type result struct {
		n   int
		err error
	}
	own := make([]byte, len(p)) // a read that was left must not write into p
	done := make(chan result, 1)
	go func() {
		n, err := in.from.Read(own)
		done <- result{n, err}
	}()
	select {
	case r := <-done:
		return copy(p, own[:r.n]), r.err
	case <-in.ctx.Done():
		return 0, in.ctx.Err()
	}
}
