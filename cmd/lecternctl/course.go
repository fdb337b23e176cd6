package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// courseCommands are the instructor's commands, in the order of his work. Their
// words are found by their names: "ctl.do_course_check".
var courseCommands = []func(*cli) *cobra.Command{
	(*cli).courseInit,
	(*cli).courseFmt,
	(*cli).courseCheck,
	(*cli).courseDiff,
	(*cli).courseLock,
	(*cli).courseFork,
	(*cli).courseKeys,
	(*cli).courseBuild,
	(*cli).coursePublish,
	(*cli).courseVerify,
	(*cli).courseAnswers,
	(*cli).courseReport,
}

// courses is what an instructor does with the source of a course.
func (c *cli) courses() *cobra.Command {
	cmd := c.command("course", func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return c.unknownCommand(cmd, args[0])
		}
		return nil
	}, nil)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.SuggestionsMinimumDistance = 2
	for _, build := range courseCommands {
		sub := build(c)
		sub.Use = strings.TrimPrefix(sub.Use, "course_")
		cmd.AddCommand(sub)
	}
	return cmd
}

// courseDir is the folder that a command of `course` works on: its argument, or
// the folder where one stands.
func courseDir(args []string) string {
	if len(args) > 0 {
		return args[0]
	}
	return "."
}
