package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"lectern/assets/i18n"
	"lectern/decks/fault"
	"lectern/decks/lecture"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(answererEnv); dir != "" {
		os.Exit(answerer(dir))
	}
	testscript.Main(m, map[string]func(){"lecternctl": main})
}

// Each script runs the real program, with a home of its own and the collection
// in the place the program chooses.
func TestScripts(t *testing.T) {
	shipping := &authors{all: map[string]*author{}}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, "data"))
			env.Setenv("LANG", "en_US.UTF-8")
			env.Setenv("COL", filepath.Join(env.WorkDir, "data", "lectern"))
			return os.MkdirAll(filepath.Join(env.WorkDir, "home"), 0o755)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"json":      cmdJSON,
			"remember":  cmdRemember,
			"sentence":  cmdSentence,
			"makefile":  cmdMakeFile,
			"refused":   cmdRefused,
			"decoded":   cmdDecoded,
			"overwrite": cmdOverwrite,
			"database":  cmdDatabase,
			"newer":     cmdNewer,
			"exitcode":  cmdExitCode,
			"site":      cmdSite,
			"service":   cmdService,
			"append":    cmdAppend,
			"address":   cmdAddress,
			"rootkey":   cmdRootKey,
			"release":   shipping.release(t),
			"shipped":   cmdShipped,
		},
	})
}

// cmdJSON: json PATH WANT. The value at PATH of the last standard output, such
// as .rows.0.card, is WANT; "null" for null, "[3]" for three elements.
func cmdJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: json PATH WANT")
	}
	got := lookup(ts, args[0])
	text := fmt.Sprint(got)
	switch v := got.(type) {
	case nil:
		text = "null"
	case []any:
		text = "[" + strconv.Itoa(len(v)) + "]"
	case float64:
		text = strconv.FormatFloat(v, 'f', -1, 64)
	}
	if (text == args[1]) == neg {
		ts.Fatalf("%s is %s, want %s (negated: %v)", args[0], text, args[1], neg)
	}
}

// cmdRemember: remember VAR PATH. Keeps a value of the last JSON as a variable.
func cmdRemember(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: remember VAR PATH")
	}
	got := lookup(ts, args[1])
	if got == nil {
		ts.Fatalf("%s is null", args[1])
	}
	ts.Setenv(args[0], fmt.Sprint(got))
}

func lookup(ts *testscript.TestScript, path string) any {
	var v any
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &v); err != nil {
		ts.Fatalf("standard output is not JSON: %v", err)
	}
	for _, step := range strings.Split(strings.TrimPrefix(path, "."), ".") {
		switch node := v.(type) {
		case map[string]any:
			next, ok := node[step]
			if !ok {
				ts.Fatalf("%s: there is no %q", path, step)
			}
			v = next
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(node) {
				ts.Fatalf("%s: there is no element %q", path, step)
			}
			v = node[i]
		default:
			ts.Fatalf("%s: %q is asked of %v", path, step, v)
		}
	}
	return v
}

// cmdSentence: sentence TEXT. The last standard error is one line that has TEXT
// in it and nothing technical.
func cmdSentence(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sentence TEXT")
	}
	text := strings.TrimSuffix(ts.ReadFile("stderr"), "\n")
	if !strings.Contains(text, args[0]) {
		ts.Fatalf("standard error is %q, want %q in it", text, args[0])
	}
	if strings.Contains(text, "\n") {
		ts.Fatalf("standard error has more than one line: %q", text)
	}
	for _, technical := range []string{"sqlite", "SQL", "goroutine", "panic", "syscall", ".go:", "fault."} {
		if strings.Contains(text, technical) {
			ts.Fatalf("standard error speaks of %q: %q", technical, text)
		}
	}
}

// cmdMakeFile: makefile NAME KIND. Writes a file that a script cannot hold.
func cmdMakeFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: makefile NAME KIND")
	}
	path := ts.MkAbs(args[0])
	var data []byte
	switch args[1] {
	case "empty":
	case "blank":
		data = []byte(" \n\t\n\uFEFF\n\u00a0\u2060\n")
	case "header": // a log without an answer
		data = []byte("card_id,review_time_ms,rating,state,duration_ms\n")
	case "binary":
		for i := range 4096 {
			data = append(data, byte(i*7), 0, byte(i>>3), 0xff)
		}
	case "huge": // 50 MB of text
		line := "Модель предсказывает следующий токен, и больше ничего.\n"
		data = []byte(strings.Repeat(line, 50<<20/len(line)+1))
	case "long": // one task of half a megabyte
		data = []byte("## Exercises\n\n### Exercise 1\n\n" + strings.Repeat("Do it.\n\n", 1<<16))
	case "answers": // a log: 40 cards, two begun a day, asked again on days that double
		var log []string
		for card := range 40 {
			day := int64(18262 + card/2) // from 1 January 2020 on
			for asked, wait := 0, int64(1); day < 18262+60; asked, day, wait = asked+1, day+wait, 2*wait {
				grade, state := 3, 2
				if (card+asked)%7 == 0 {
					grade = 1
				}
				if asked == 0 {
					state = 0
				}
				log = append(log, fmt.Sprintf("%d,c%d,%d,%d,%d\n", day*86_400_000+int64(card)*60_000+36_000_000, card, grade, state, 5000+card*100))
			}
		}
		slices.Sort(log) // in time order, as all moments have as many digits
		data = []byte("card_id,review_time_ms,rating,state,duration_ms\n")
		for _, line := range log {
			moment, rest, _ := strings.Cut(line, ",")
			id, rest, _ := strings.Cut(rest, ",")
			data = append(data, id+","+moment+","+rest...)
		}
	case "endless": // a hole of 300 MB, which takes no room on the disk
		ts.Check(os.WriteFile(path, nil, 0o644))
		ts.Check(os.Truncate(path, 300<<20))
		return
	default:
		ts.Fatalf("unknown kind %q", args[1])
	}
	ts.Check(os.WriteFile(path, data, 0o644))
}

// cmdRefused: refused CODE FILE. Neither extract nor import takes the file: each
// says so with the one sentence of the fault, exit code 1, and the collection is
// that of the file named before, byte for byte.
func cmdRefused(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: refused CODE FILE")
	}
	want := i18n.New(i18n.Detect(ts.Getenv)).Fault(
		fault.New(fault.Code(args[0]), nil, "name", args[1], "limit", lecture.MaxSize))
	commands := []string{"import", "extract"}
	if args[0] == string(fault.NoCourse) {
		commands = commands[:1]
	}
	for _, command := range commands {
		cmdExitCode(ts, false, []string{"1", "lecternctl", command, args[1]})
		if out, text := ts.ReadFile("stdout"), ts.ReadFile("stderr"); out != "" || text != want+"\n" {
			ts.Fatalf("%s printed %q and said %q, want %q", command, out, text, want)
		}
	}
	if ts.ReadFile("before") != ts.ReadFile(ts.Getenv("COL")+"/lectern.db") {
		ts.Fatalf("the collection is changed")
	}
}

// pageEncodings are the encodings that a page may have come in.
var pageEncodings = map[string]encoding.Encoding{
	"windows-1251": charmap.Windows1251,
	"koi8-r":       charmap.KOI8R,
	"ibm866":       charmap.CodePage866,
	"utf-8-bom":    unicode.UTF8BOM,
	"utf-16le":     unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"utf-16be":     unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	"utf-16le-bom": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"utf-16be-bom": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
}

// cmdDecoded: decoded ENCODING [capitals]. A Russian page in the encoding is read.
func cmdDecoded(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 || pageEncodings[args[0]] == nil {
		ts.Fatalf("usage: decoded ENCODING [capitals]")
	}
	page := "Лекция 1. Токены\n\nВопросы:\n\n1. Что такое токен?\n2. Зачем модели словарь?\n"
	question := "Зачем модели словарь?"
	if len(args) > 1 {
		page, question = strings.ToUpper(page), strings.ToUpper(question)
	}
	data, err := pageEncodings[args[0]].NewEncoder().Bytes([]byte(page))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("encoded.txt"), data, 0o644))
	ts.Check(ts.Exec("lecternctl", "extract", "--json", "encoded.txt"))
	if got := lookup(ts, ".groups.0.items.1.prompt"); got != question {
		ts.Fatalf("%s: %q, want %q", args[0], got, question)
	}
}

// cmdOverwrite: overwrite FILE OFFSET COUNT. Damages a file in place.
func cmdOverwrite(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: overwrite FILE OFFSET COUNT")
	}
	offset, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	count, err := strconv.Atoi(args[2])
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_WRONLY, 0)
	ts.Check(err)
	_, err = f.WriteAt([]byte(strings.Repeat("\xde", count)), offset)
	ts.Check(err)
	ts.Check(f.Close())
}

// cmdDatabase: database FILE. Makes the database of another program.
func cmdDatabase(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: database FILE")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec("CREATE TABLE bookmarks (url TEXT)")
	ts.Check(err)
	ts.Check(db.Close())
}

// cmdNewer: newer FILE. Marks a collection as written by a later program.
func cmdNewer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: newer FILE")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
	ts.Check(err)
	_, err = db.Exec("PRAGMA user_version = 99999")
	ts.Check(err)
	ts.Check(db.Close())
}

// cmdExitCode: exitcode N COMMAND…. The command ends with just this code.
func cmdExitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode N COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("the exit code is %d, want %s", code, args[0])
	}
}

// call runs the program in this process and gives what it printed.
func call(t *testing.T, dir string, now time.Time, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, problems strings.Builder
	code = run(context.Background(), world{
		args:   append([]string{"--collection", dir, "--lang", "en", "--now", now.Format(time.RFC3339)}, args...),
		stdin:  strings.NewReader(""),
		stdout: &out,
		stderr: &problems,
		getenv: func(string) string { return "" },
		clock:  time.Now,
	})
	return out.String(), problems.String(), code
}
