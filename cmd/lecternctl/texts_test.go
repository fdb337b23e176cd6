package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lectern/assets/i18n"
)

// Every command and flag has its words in every language, and every command
// its line in the manual.
func TestCommandsHaveWords(t *testing.T) {
	manual, err := os.ReadFile(filepath.Join("..", "..", "docs", "lecternctl.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Languages {
		c := &cli{world: world{clock: time.Now}, p: i18n.New(lang), out: &output{w: &strings.Builder{}}}
		root := c.root()
		walk(root, func(cmd *cobra.Command) {
			if cmd.Short == "" || strings.HasPrefix(cmd.Short, "ctl.") {
				t.Errorf("%s: %s has no words: %q", lang, cmd.CommandPath(), cmd.Short)
			}
			cmd.Flags().VisitAll(func(f *pflag.Flag) {
				if f.Usage == "" || strings.HasPrefix(f.Usage, "ctl.") {
					t.Errorf("%s: %s --%s has no words: %q", lang, cmd.CommandPath(), f.Name, f.Usage)
				}
			})
			if cmd.HasParent() && cmd.Name() != "help" && !strings.Contains(string(manual), "`"+strings.TrimPrefix(cmd.CommandPath(), "lecternctl ")) {
				t.Errorf("docs/lecternctl.md does not name %s", cmd.Name())
			}
		})
	}
}

func walk(cmd *cobra.Command, visit func(*cobra.Command)) {
	visit(cmd)
	for _, sub := range cmd.Commands() {
		walk(sub, visit)
	}
}

// A Russian user meets no English in help and in errors of the command line.
func TestHelpIsRussian(t *testing.T) {
	english := []string{"Usage", "Available", "Flags", "Commands", "help for", "default", "unknown", "invalid", "Error", "required"}
	for _, args := range [][]string{
		{}, {"--help"}, {"help"}, {"help", "answer"}, {"search", "-h"}, {"nonsense"}, {"stat"}, {"help", "nonsense"},
		{"--nonsense"}, {"-x"}, {"answer"}, {"answer", "a/f", "perfect"}, {"answer", "a/f", "good", "more"},
		{"answer", "a/f", "good", "--took", "long"}, {"--now", "yesterday", "stats"}, {"--now"}, {"stats", "all"},
		{"edit", "a/f", "smell", "x"}, {"edit", "a/f", "answer"},
	} {
		var out, problems strings.Builder
		code := run(t.Context(), world{
			args: args, stdin: strings.NewReader(""), stdout: &out, stderr: &problems, clock: time.Now,
			getenv: func(name string) string { return map[string]string{"LANG": "ru_RU.UTF-8"}[name] },
		})
		text := out.String() + problems.String()
		if strings.TrimSpace(text) == "" {
			t.Errorf("%v says nothing", args)
		}
		for _, word := range english {
			if strings.Contains(text, word) {
				t.Errorf("%v speaks English (%q):\n%s", args, word, text)
			}
		}
		help := len(args) == 0 || args[len(args)-1] == "--help" || args[len(args)-1] == "-h" || args[0] == "help" && !strings.Contains(text, "nonsense")
		if want := map[bool]int{true: exitOK, false: exitUsage}[help]; code != want {
			t.Errorf("%v: exit code %d, want %d", args, code, want)
		}
		if !help && strings.Count(problems.String(), "\n") != 1 {
			t.Errorf("%v: more than one line: %q", args, problems.String())
		}
	}
}

func TestInterval(t *testing.T) {
	for want, d := range map[string]time.Duration{
		"1m": time.Minute, "10m": 10 * time.Minute, "1h": time.Hour, "1h30m": 90 * time.Minute, "45s": 45 * time.Second,
		"5m30s": 330 * time.Second, "1d": 24 * time.Hour, "400d": 400 * 24 * time.Hour, "25h": 25 * time.Hour, "0s": 0,
	} {
		if got := interval(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

func TestTableAligns(t *testing.T) {
	var b strings.Builder
	writeTable(&b, [][]string{{"Колода", "Сегодня"}, {"学习", "7"}, {"é", "12"}}, []int{1})
	want := "Колода  Сегодня\n学习          7\né            12\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
