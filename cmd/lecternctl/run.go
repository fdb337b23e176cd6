package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"lectern/assets/i18n"
	"lectern/decks/fault"
	"lectern/decks/source"
)

// world is everything a run of the program touches beside the collection.
type world struct {
	args           []string // without the program's name
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	clock          func() time.Time
}

// The exit codes, which scripts rely on.
const (
	exitOK      = 0
	exitProblem = 1
	exitUsage   = 2
)

// cli is one run of the program: the world and the flags every command has.
type cli struct {
	world
	p       *i18n.Printer
	out     *output
	json    bool
	dir     string // --collection, "" for the default
	details bool
	told    bool // --now was given
}

// usageError says that the command line was not understood. Its text is for
// the user, in the user's language.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

// errProblems ends a command that has already said what is wrong.
var errProblems = errors.New("problems were found and printed")

// run is the program: it returns the exit code.
func run(ctx context.Context, w world) int {
	c := &cli{world: w, p: i18n.New(language(w))}
	c.out = &output{w: w.stdout}
	root := c.root()
	root.SetArgs(w.args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = c.out.flush()
	} else if flushed := c.out.flush(); flushed != nil {
		err = errors.Join(err, flushed)
	}
	return c.report(err)
}

// language is looked up before the flags are read, because help and the errors
// of flags are texts as well: --lang, then the system's.
func language(w world) string {
	for i, a := range w.args {
		if a == "--" {
			break
		}
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return v
		}
		if a == "--lang" && i+1 < len(w.args) {
			return w.args[i+1]
		}
	}
	return i18n.Detect(w.getenv)
}

// report tells the user of an error in one sentence and gives the exit code.
func (c *cli) report(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errProblems):
		return exitProblem
	case errors.As(err, &usage):
		fmt.Fprintln(c.stderr, usage.text)
		return exitUsage
	}
	fmt.Fprintln(c.stderr, c.sentence(err))
	if c.details || fault.Is(err, fault.Unknown) {
		fmt.Fprintln(c.stderr, c.p.T("ctl.details", "What", err.Error()))
	}
	if fault.Is(err, fault.CorruptFile) || fault.Is(err, fault.NotACollection) {
		c.offerBackup()
	}
	return exitProblem
}

// sentence says an error in the user's language: one sentence, or one a mistake
// for the mistakes of a course.
func (c *cli) sentence(err error) string {
	var mistakes source.Errors
	if !errors.As(err, &mistakes) {
		return c.p.Fault(err)
	}
	lines := make([]string, len(mistakes))
	for i, m := range mistakes {
		lines[i] = c.p.Fault(m)
	}
	return strings.Join(lines, "\n")
}

// root builds the tree of commands.
func (c *cli) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "lecternctl",
		Short:         c.p.T("ctl.about"),
		Args:          c.noArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	flags := root.PersistentFlags()
	flags.BoolVar(&c.json, "json", false, c.p.T("ctl.flag_json"))
	flags.StringVar(&c.dir, "collection", "", c.p.T("ctl.flag_collection"))
	flags.BoolVar(&c.details, "details", false, c.p.T("ctl.flag_details"))
	flags.String("lang", "", c.p.T("ctl.flag_lang")) // read by language
	flags.Var(&clockFlag{c}, "now", c.p.T("ctl.flag_now"))
	flags.BoolP("help", "h", false, c.p.T("ctl.flag_help"))

	root.SuggestionsMinimumDistance = 2
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(c.help())
	root.SetHelpFunc(c.printHelp)
	root.SetUsageFunc(func(*cobra.Command) error { return nil })
	root.SetFlagErrorFunc(c.flagError)
	root.SetIn(c.stdin)
	root.SetOut(c.stdout)
	root.SetErr(c.stderr)

	for _, build := range []func() *cobra.Command{
		c.extract, c.lint, c.imports, c.courses, c.installs, c.updates, c.update, c.releases, c.follows, c.keep, c.decks, c.due, c.next, c.answer, c.edit, c.draft, c.export, c.share, c.class, c.undo, c.redo,
		c.history, c.search, c.stats, c.replay, c.fit, c.evaluate, c.forecast, c.plan, c.rebuild, c.doctor, c.backup, c.backups, c.restore, c.version,
	} {
		root.AddCommand(build())
	}
	return root
}

// command starts a command: its texts are found by its name.
func (c *cli) command(name string, args cobra.PositionalArgs, act func(ctx context.Context, args []string) error) *cobra.Command {
	use := name
	if key := "ctl.args_" + name; c.p.Has(key) {
		use += " " + c.p.T(key)
	}
	return &cobra.Command{
		Use:                   use,
		Short:                 c.p.T("ctl.do_" + name),
		Args:                  args,
		DisableFlagsInUseLine: true,
		RunE:                  func(cmd *cobra.Command, args []string) error { return act(cmd.Context(), args) },
	}
}

// clockFlag is --now: from then on time stands still, in the zone it names.
type clockFlag struct{ c *cli }

func (f *clockFlag) String() string { return "" }
func (f *clockFlag) Type() string   { return "RFC3339" }
func (f *clockFlag) Set(s string) error {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return err
	}
	f.c.clock, f.c.told = func() time.Time { return t }, true
	return nil
}

// terminal reports whether a person reads the stream.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}
