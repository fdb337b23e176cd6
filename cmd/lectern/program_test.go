package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	ftheme "fyne.io/fyne/v2/theme"
	"github.com/jezek/xgb/xproto"

	"lectern/app/theme"
)

// patience is how long anything may take on a machine that is busy with other
// things. Nothing waits for it to pass.
const patience = 60 * time.Second

// rest is how long a picture that stays the same is taken for the last one.
const rest = 1500 * time.Millisecond

// eventually waits until something holds.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(15 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// program is the running program with its window.
type program struct {
	*display
	t    testing.TB
	cmd  *exec.Cmd
	win  xproto.Window
	said lockedBuffer
	done chan struct{} // closed when it has ended

	questions uint32 // asked so far
}

// lockedBuffer keeps what a process says, readable while it runs.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// environment is what the program is started with: a home of the tests' own,
// the language of the system, and nothing of the user's. The last word counts.
func environment(role, lang string) []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "LC_") && !strings.HasPrefix(v, "LANG") && !strings.HasPrefix(v, "XDG_") {
			env = append(env, v)
		}
	}
	return append(env, roleVariable+"="+role, "HOME="+home, "LANG="+lang, "XDG_RUNTIME_DIR="+filepath.Dir(home))
}

// English and Russian are the languages a system may speak.
const (
	english = "en_US.UTF-8"
	russian = "ru_RU.UTF-8"
)

// begin starts the program without waiting for its window.
func begin(t testing.TB, d *display, env []string, args ...string) *program {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{display: d, t: t, cmd: exec.Command(self, args...), done: make(chan struct{})}
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = env, &p.said, &p.said
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait() // the state says it all
		close(p.done)
	}()
	t.Cleanup(p.cleanup)
	return p
}

// start starts the program on a collection and waits until its first screen is
// painted and has the keyboard.
func start(t testing.TB, d *display, lang, dir string, args ...string) *program {
	t.Helper()
	p := begin(t, d, environment(roleLectern, lang), append([]string{"--collection", dir}, args...)...)
	p.appear()
	return p
}

// appear waits for the window.
func (p *program) appear() {
	p.t.Helper()
	eventually(p.t, "the window appears", func() bool {
		if p.ended() {
			p.t.Fatal("the program ended before its window was there")
		}
		var ok bool
		p.win, ok = p.windowOf(p.cmd.Process.Pid)
		return ok && painted(p.pixels(p.win, p.middle()))
	})
	p.focus(p.win)
}

// middle is a row of pixels across the window.
func (p *program) middle() image.Rectangle {
	size := p.size(p.win)
	return image.Rect(0, size.Y/2, size.X, size.Y/2+1)
}

// all is the whole window.
func (p *program) all() image.Rectangle { return image.Rectangle{Max: p.size(p.win)} }

// settled waits until the picture of the window stays as it is.
func (p *program) settled() {
	p.t.Helper()
	last, since := "", time.Now()
	eventually(p.t, "the window comes to rest", func() bool {
		if now := p.pixels(p.win, p.all()); now != last {
			last, since = now, time.Now()
		}
		return time.Since(since) > rest
	})
}

// accents counts the pixels of a part of the window that have the colour of what
// is to be pressed next. Under a sheet or a dialog everything is dimmed.
func (p *program) accents(part image.Rectangle) int {
	r, g, b, _ := theme.New(theme.LightMode).Color(theme.Accent, ftheme.VariantLight).RGBA()
	accent := string([]byte{byte(b >> 8), byte(g >> 8), byte(r >> 8)})
	n := 0
	for data := p.pixels(p.win, part); len(data) >= 4; data = data[4:] {
		if data[:3] == accent {
			n++
		}
	}
	return n
}

// button is how many pixels of its colour a primary button has at least; boxes
// and meters have fewer.
const button = 4000

// seesTask waits for a task, such as an import: its button stands in the bar.
func (p *program) seesTask() {
	p.t.Helper()
	eventually(p.t, "a task with its button in the bar", func() bool {
		return p.accents(image.Rect(0, 0, p.size(p.win).X, theme.BarHeight)) > button
	})
}

// seesHome waits for the first screen of a day: its button stands at the right,
// once it is known what is due. Before that its keys do nothing.
func (p *program) seesHome() {
	p.t.Helper()
	eventually(p.t, "today's screen", func() bool {
		width := p.size(p.win).X
		return p.accents(image.Rect(width/2, theme.BarHeight, width, theme.BarHeight+170)) > button
	})
}

// ended tells whether the program has ended.
func (p *program) ended() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// exits waits for the end of the program and checks its exit code.
func (p *program) exits(code int) {
	p.t.Helper()
	select {
	case <-p.done:
	case <-time.After(patience):
		_ = p.cmd.Process.Signal(syscall.SIGQUIT) // Go's runtime then says where it hangs
		<-p.done
		p.t.Fatal("the program does not end")
	}
	if got := p.cmd.ProcessState.ExitCode(); got != code {
		p.t.Fatalf("exit code %d, want %d", got, code)
	}
}

// quit closes the window and waits for the end.
func (p *program) quit() {
	p.t.Helper()
	p.close(p.win)
	p.exits(0)
}

// signal sends a signal.
func (p *program) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// caughtUp waits until every key pressed so far has had its effect.
func (p *program) caughtUp() {
	p.t.Helper()
	p.questions++
	eventually(p.t, "the program has caught up with the keys", p.answers(p.win, p.questions))
}

// kill ends the program as a power cut would.
func (p *program) kill() {
	p.t.Helper()
	p.signal(syscall.SIGKILL)
	<-p.done
}

// cleanup ends what still runs; of a test that failed it keeps the picture and
// the words.
func (p *program) cleanup() {
	if p.t.Failed() {
		p.evidence()
	}
	if p.ended() {
		return
	}
	_ = p.cmd.Process.Kill()
	<-p.done
}

func (p *program) evidence() {
	p.t.Logf("the program said:\n%s", p.said.String())
	size := p.size(p.win)
	if p.ended() || size == (image.Point{}) {
		return
	}
	f, err := os.CreateTemp(p.t.ArtifactDir(), "window-*.png")
	if err != nil {
		p.t.Log(err)
		return
	}
	defer f.Close()
	p.t.Logf("picture of the window: %s, %v", f.Name(), png.Encode(f, p.picture(p.win)))
}

// ctl works on a collection by lecternctl.
type ctl struct {
	t   testing.TB
	dir string
}

// try runs a command and reads its answer; it returns what the command said
// when it failed.
func (c ctl) try(answer any, args ...string) error {
	c.t.Helper()
	cmd := exec.Command(ctlPath(), append(args, "--json", "--collection", c.dir)...)
	cmd.Env = environment("", english)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return errors.New(strings.Join(args, " ") + ": " + err.Error() + ": " + errs.String())
	}
	if err := json.Unmarshal(out.Bytes(), answer); err != nil {
		c.t.Fatalf("%v: %v: %s", args, err, out.Bytes())
	}
	return nil
}

func (c ctl) must(answer any, args ...string) {
	c.t.Helper()
	if err := c.try(answer, args...); err != nil {
		c.t.Fatal(err)
	}
}

// reviews is how many answers count.
func (c ctl) reviews() int {
	c.t.Helper()
	var a struct{ Reviews int }
	c.must(&a, "stats")
	return a.Reviews
}

// answered waits until so many answers count.
func (c ctl) answered(n int) {
	c.t.Helper()
	eventually(c.t, fmt.Sprintf("%d answers", n), func() bool { return c.reviews() == n })
}

type deckLine struct {
	ID, Title         string
	Cards, Unanswered int
}

func (c ctl) decks() []deckLine {
	c.t.Helper()
	var a struct{ Decks []deckLine }
	c.must(&a, "decks")
	return a.Decks
}

// deck waits for a deck of that number and gives it.
func (c ctl) deck(i int) deckLine {
	c.t.Helper()
	var all []deckLine
	eventually(c.t, "a deck is there", func() bool { all = c.decks(); return len(all) > i })
	return all[i]
}

type nextLine struct {
	Card, Deck, Section, Question, Answer, Phase string
	NeedsAnswer                                  bool `json:"needs_answer"`
}

// next is the card whose turn it is, in a deck or, for "", in all.
func (c ctl) next(deck string) nextLine {
	c.t.Helper()
	var a nextLine
	c.must(&a, "next", "--deck", deck)
	return a
}

type reviewLine struct {
	Grade  string
	Undone bool
}

// history is the answers a card got.
func (c ctl) history(card string) []reviewLine {
	c.t.Helper()
	var a struct{ Reviews []reviewLine }
	c.must(&a, "history", card)
	return a.Reviews
}

// found is how many cards have these words.
func (c ctl) found(words ...string) []foundLine {
	c.t.Helper()
	var a struct{ Rows []foundLine }
	c.must(&a, append([]string{"search"}, words...)...)
	return a.Rows
}

type foundLine struct{ Card, Question, Answer string }

// healthy checks that nothing is wrong with the collection.
func (c ctl) healthy() {
	c.t.Helper()
	var a struct {
		OK       bool
		Problems []any
	}
	c.must(&a, "doctor")
	if !a.OK || len(a.Problems) > 0 {
		c.t.Fatalf("doctor found %v", a.Problems)
	}
}
