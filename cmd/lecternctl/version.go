package main

import (
	"context"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version tells which build this is.
func (c *cli) version() *cobra.Command {
	return c.command("version", c.noArgs, func(context.Context, []string) error {
		v := version
		if v == "" {
			v = "unknown"
			if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
				v = info.Main.Version
			}
		}
		answer := map[string]any{"version": v, "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH}
		return c.show(answer, func() {
			c.line("Lectern " + v + " (" + runtime.Version() + ", " + runtime.GOOS + "/" + runtime.GOARCH + ")")
		})
	})
}
