package instance

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func address(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "li") // short: socket paths are limited to 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return filepath.Join(dir, "s")
}

func get(t *testing.T, ch <-chan Message) Message {
	t.Helper()
	select {
	case m := <-ch:
		return m
	case <-time.After(10 * time.Second):
		t.Fatal("nothing came")
		return Message{}
	}
}

func TestSecondHandsOverItsFiles(t *testing.T) {
	at := address(t)
	got := make(chan Message, 2)
	first, err := Listen(at, Message{}, func(m Message) { got <- m })
	if err != nil || first == nil {
		t.Fatalf("first: %v, %v", first, err)
	}
	defer first.Close()
	want := []string{"/курс/лекция 1.md", "/b.lectern", "lectern:https://example.org/feed.json", "https://example.org/lecture"}
	second, err := Listen(at, Message{Files: want}, func(Message) { t.Error("the second one listens") })
	if err != nil || second != nil {
		t.Fatalf("second: %v, %v", second, err)
	}
	if m := get(t, got); !slices.Equal(m.Files, want) {
		t.Errorf("got %v", m.Files)
	}
	if _, err := Listen(at, Message{}, nil); err != nil {
		t.Error(err)
	}
	if m := get(t, got); len(m.Files) != 0 {
		t.Errorf("an empty message brought %v", m.Files)
	}
}

func TestDeadSocketIsTakenOver(t *testing.T) {
	at := address(t)
	l, err := net.Listen("unix", at)
	if err != nil {
		t.Fatal(err)
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	l.Close()
	if _, err := os.Stat(at); err != nil {
		t.Fatal("no dead socket to take over")
	}
	first, err := Listen(at, Message{}, func(Message) {})
	if err != nil || first == nil {
		t.Fatalf("%v, %v", first, err)
	}
	first.Close()
	first.Close()
	if _, err := os.Stat(at); !os.IsNotExist(err) {
		t.Error("the socket stays")
	}
}

func TestNonsenseIsNotHandled(t *testing.T) {
	at := address(t)
	got := make(chan Message, 1)
	first, err := Listen(at, Message{}, func(m Message) { got <- m })
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	for _, s := range []string{"GET / HTTP/1.1\r\n\r\n", `{"files":["relative.txt"]}`, "{", ""} {
		c, err := net.Dial("unix", at)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
		c.(*net.UnixConn).CloseWrite()
		if n, _ := c.Read(make([]byte, 8)); n > 0 {
			t.Errorf("%q was answered", s)
		}
		c.Close()
	}
	if m, err := Listen(at, Message{Files: []string{"/x"}}, nil); m != nil || err != nil {
		t.Fatal(m, err)
	}
	if m := get(t, got); !slices.Equal(m.Files, []string{"/x"}) {
		t.Errorf("got %v", m.Files)
	}
}

func TestAddress(t *testing.T) {
	dir := t.TempDir()
	env := func(string) string { return dir }
	a, err := Address("/srv/ada/lectern", env)
	if err != nil || filepath.Dir(a) != dir {
		t.Fatalf("%s, %v", a, err)
	}
	b, _ := Address("/srv/ada/other", env)
	if a == b {
		t.Error("two collections share a socket")
	}
	t.Setenv("TMPDIR", dir)
	c, err := Address("/srv/ada/lectern", func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	fi, err := os.Stat(filepath.Dir(c))
	if err != nil || fi.Mode().Perm() != 0o700 {
		t.Errorf("folder %v, %v", fi, err)
	}
	if err := os.Chmod(filepath.Dir(c), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := Address("/srv/ada/lectern", func(string) string { return "" }); err == nil {
		t.Error("a folder open to others is accepted")
	}
}
