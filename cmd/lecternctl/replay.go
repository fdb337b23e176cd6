package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// replay prints a log with the memory of a card after each answer: CSV, or
// with --json a line of JSON an answer.
func (c *cli) replay() *cobra.Command {
	var from *reviewsFrom
	var of *modelFrom
	var cmd *cobra.Command
	deck := ""
	cmd = c.command("replay", c.args(0, 1), func(ctx context.Context, args []string) error {
		if len(args) == 1 {
			from.log = args[0]
		}
		if err := errors.Join(from.check(c, cmd), of.check(c, cmd)); err != nil {
			return err
		}
		a, err := c.answered(ctx, from, deck)
		if err != nil {
			return err
		}
		model, w, err := of.read(a.preset)
		if err != nil {
			return err
		}
		m, err := kernel.New(model, w)
		if err != nil {
			return err
		}
		return c.printReplay(a.Log, m, a.rollover)
	})
	from = c.reviewsFlags(cmd)
	of = c.modelFlags(cmd)
	cmd.Flags().StringVar(&deck, "deck", "", c.p.T("ctl.flag_deck_preset"))
	return cmd
}

// replayColumns are those of the CSV, and in --json the fields. The fast
// stability is FSRS-7's alone.
var replayColumns = []string{"card_id", "review_time_ms", "rating", "days", "recall", "stability", "difficulty", "stability_fast"}

func (c *cli) printReplay(l *revlog.Log, m kernel.Model, rollover int) error {
	out := bufio.NewWriterSize(c.out, 1<<16)
	columns := replayColumns
	if !m.Fractional() {
		columns = columns[:len(columns)-1]
	}
	row := replayRow{json: c.json}
	if !c.json {
		for i, name := range columns {
			if i > 0 {
				row.b = append(row.b, ',')
			}
			row.b = append(row.b, name...)
		}
		row.b = append(row.b, '\n')
	}
	var err error
	l.Replay(m, rollover, func(i int, mem revlog.Memory) {
		if err != nil {
			return
		}
		a := &l.Answers[i]
		row.text(l.ID(a.Card))
		row.whole(a.Time)
		row.whole(int64(a.Grade))
		if mem.First {
			row.none()
			row.none()
		} else {
			row.number(mem.Days)
			row.number(mem.Recall)
		}
		row.number(mem.State.S)
		row.number(mem.State.D)
		if m.Fractional() {
			row.number(mem.State.Fast)
		}
		row.end()
		_, err = out.Write(row.b)
		row.b = row.b[:0]
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// replayRow writes one line without allocating, since there may be a million.
type replayRow struct {
	json   bool
	b      []byte
	column int
}

// next begins the next column.
func (r *replayRow) next() {
	switch {
	case r.json:
		r.b = append(r.b, "{,"[min(r.column, 1)], '"')
		r.b = append(r.b, replayColumns[r.column]...)
		r.b = append(r.b, '"', ':')
	case r.column > 0:
		r.b = append(r.b, ',')
	}
	r.column++
}

func (r *replayRow) text(s string) {
	r.next()
	if r.json {
		quoted, err := json.Marshal(s)
		if err != nil {
			panic(err) // a string can always be written
		}
		r.b = append(r.b, quoted...)
	} else {
		r.b = append(r.b, s...)
	}
}

func (r *replayRow) whole(n int64) {
	r.next()
	r.b = strconv.AppendInt(r.b, n, 10)
}

func (r *replayRow) number(x float64) {
	r.next()
	if n := int64(x); float64(n) == x && n >= 0 { // days mostly are
		r.b = strconv.AppendInt(r.b, n, 10)
		return
	}
	r.b = strconv.AppendFloat(r.b, x, 'g', 10, 64)
}

// none is a value that is not known.
func (r *replayRow) none() {
	r.next()
	if r.json {
		r.b = append(r.b, "null"...)
	}
}

func (r *replayRow) end() {
	if r.json {
		r.b = append(r.b, '}')
	}
	r.b = append(r.b, '\n')
	r.column = 0
}
