package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"lectern/decks"
	"lectern/decks/collection"
)

// opAnswer describes an operation that was undone or done again.
type opAnswer struct {
	Op      string            `json:"op"`
	Kind    collection.OpKind `json:"kind"`
	Grade   string            `json:"grade,omitempty"`
	Card    decks.CardID      `json:"card,omitempty"`
	Subject string            `json:"subject"`
	At      *string           `json:"at"`
}

// undo takes back the last operation, whenever it was.
func (c *cli) undo() *cobra.Command {
	return c.command("undo", c.noArgs, func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(col *collection.Collection) error {
			op, err := col.Undo(ctx)
			return c.printOp(op, err, "ctl.undone")
		})
	})
}

// redo does again what undo took back.
func (c *cli) redo() *cobra.Command {
	return c.command("redo", c.noArgs, func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(col *collection.Collection) error {
			op, err := col.Redo(ctx)
			return c.printOp(op, err, "ctl.redone")
		})
	})
}

func (c *cli) printOp(op collection.OpInfo, err error, key string) error {
	if err != nil {
		return err
	}
	answer := opAnswer{
		Op: op.ID.String(), Kind: op.Kind, Grade: gradeNames[op.Grade], Card: op.Card, Subject: op.Subject, At: c.stamp(op.At),
	}
	return c.show(answer, func() {
		name := c.p.T("op." + string(op.Kind))
		if op.Kind == collection.OpAnswer && op.Grade != 0 {
			name += " «" + c.gradeWord(op.Grade) + "»"
		}
		text := c.p.T(key, "Op", name)
		if subject := strings.TrimSpace(op.Subject); subject != "" {
			text += " · " + c.clip(subject, 60)
		}
		c.line(text)
	})
}
