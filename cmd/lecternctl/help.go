package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// help is the command of that name; cobra's own speaks English only.
func (c *cli) help() *cobra.Command {
	return &cobra.Command{
		Use:   "help " + c.p.T("ctl.args_help"),
		Short: c.p.T("ctl.do_help"),
		RunE: func(cmd *cobra.Command, args []string) error {
			target, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return c.unknownCommand(cmd.Root(), strings.Join(args, " "))
			}
			return target.Help()
		},
	}
}

// printHelp writes what a command does, how it is called and its flags.
func (c *cli) printHelp(cmd *cobra.Command, _ []string) {
	w := c.out
	line := cmd.UseLine()
	if !cmd.HasParent() {
		line = cmd.Name() + " " + c.p.T("ctl.args_root")
	}
	fmt.Fprintf(w, "%s\n\n%s\n  %s\n", cmd.Short, c.p.T("ctl.help_usage"), line)
	if about := "ctl.more_" + wordsName(cmd); cmd.HasParent() && c.p.Has(about) {
		fmt.Fprintf(w, "\n%s\n", c.p.T(about))
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(w, "\n%s\n", c.p.T("ctl.help_commands"))
		var rows [][]string
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				rows = append(rows, []string{"  " + sub.Name(), sub.Short})
			}
		}
		writeTable(w, rows, nil)
	}
	c.writeFlags(w, "ctl.help_flags", cmd.LocalNonPersistentFlags())
	c.writeFlags(w, "ctl.help_global", cmd.Root().PersistentFlags())
}

// wordsName is the name by which a command's words are found: that of `course
// check` is course_check.
func wordsName(cmd *cobra.Command) string {
	_, path, _ := strings.Cut(cmd.CommandPath(), " ")
	return strings.ReplaceAll(path, " ", "_")
}

func (c *cli) writeFlags(w io.Writer, title string, flags *pflag.FlagSet) {
	var rows [][]string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" && title != "ctl.help_global" {
			return
		}
		name, usage := pflag.UnquoteUsage(f)
		flag := "  --" + f.Name
		if name != "" {
			flag += " " + name
		}
		rows = append(rows, []string{flag, usage})
	})
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", c.p.T(title))
	writeTable(w, rows, nil)
}

// usage makes an error of the command line, ending with where to read on.
func (c *cli) usage(cmd *cobra.Command, text string) error {
	return usageError{text + " " + c.p.T("ctl.see_help", "Command", cmd.CommandPath())}
}

func (c *cli) unknownCommand(cmd *cobra.Command, name string) error {
	text := c.p.T("ctl.unknown_command", "Name", name)
	if near := cmd.SuggestionsFor(name); len(near) > 0 {
		text = c.p.T("ctl.unknown_command_near", "Name", name, "Near", strings.Join(near, ", "))
	}
	return c.usage(cmd, text)
}

// flagError puts pflag's errors into the user's language.
func (c *cli) flagError(cmd *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		bare    *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	text := c.p.T("ctl.bad_flags")
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			name = "-" + unknown.GetSpecifiedName()
		}
		text = c.p.T("ctl.unknown_flag", "Name", name)
	case errors.As(err, &bare):
		text = c.p.T("ctl.flag_wants_value", "Name", "--"+bare.GetFlag().Name)
	case errors.As(err, &invalid):
		text = c.p.T("ctl.bad_flag_value", "Name", "--"+invalid.GetFlag().Name, "Value", invalid.GetValue())
	}
	return c.usage(cmd, text)
}

// noArgs is for commands that take none; on the root, a word is an unknown command.
func (c *cli) noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if !cmd.HasParent() {
		return c.unknownCommand(cmd, args[0])
	}
	return c.usage(cmd, c.p.T("ctl.no_args", "Name", args[0]))
}

// args is for commands that take from least to most arguments; most below 0 is any number.
func (c *cli) args(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return c.usage(cmd, c.p.T("ctl.too_few_args", "Usage", cmd.UseLine()))
		case most >= 0 && len(args) > most:
			return c.usage(cmd, c.p.T("ctl.too_many_args", "Usage", cmd.UseLine()))
		}
		return nil
	}
}
