package main

import (
	"os"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// cmdAppend: append FILE MORE. Adds a file to another one.
func cmdAppend(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: append FILE MORE")
	}
	text := ts.ReadFile(args[0]) + ts.ReadFile(args[1])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// cmdAddress: address FILE ADDRESS. Writes the address of its feed into a course.
func cmdAddress(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: address FILE ADDRESS")
	}
	text := strings.Replace(ts.ReadFile(args[0]), "\ntitle:", "\nfeed: "+args[1]+"\ntitle:", 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

var keyLine = regexp.MustCompile(`<b>\d</b> ([0-9A-Z ]+)`)

// cmdRootKey: rootkey PAGE FILE. Types what stands on the page with a root key.
func cmdRootKey(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: rootkey PAGE FILE")
	}
	text := ""
	for _, m := range keyLine.FindAllStringSubmatch(ts.ReadFile(args[0]), -1) {
		text += strings.ToLower(m[1]) + "\n"
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}
