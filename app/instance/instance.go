// Package instance keeps one Lectern per user and collection. The first
// process listens on a Unix socket; a second one sends it what it was asked to
// open and ends. The collection's own lock stays the last guard: this package
// only makes the common case pleasant.
package instance

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"lectern/decks/feed"
	"lectern/decks/fetch"
)

// limit bounds what a second process may send: paths, not files.
const limit = 1 << 20

// patience is how long either side waits for the other.
const patience = 2 * time.Second

// Address is the socket's path for a collection: in $XDG_RUNTIME_DIR, or in a
// folder of the user's own under the system's temporary one.
func Address(collection string, getenv func(string) string) (string, error) {
	abs, err := filepath.Abs(collection)
	if err != nil {
		return "", fmt.Errorf("find the collection's place: %w", err)
	}
	sum := sha256.Sum256([]byte(abs))
	name := "lectern-" + hex.EncodeToString(sum[:6]) + ".sock"
	if dir := getenv("XDG_RUNTIME_DIR"); dir != "" {
		if fi, err := os.Stat(dir); err == nil && fi.IsDir() {
			return filepath.Join(dir, name), nil
		}
	}
	dir := filepath.Join(os.TempDir(), "lectern-"+strconv.Itoa(os.Getuid()))
	if err := private(dir); err != nil {
		return "", err
	}
	return filepath.Join(dir, name), nil
}

// private makes a folder that only this user can enter. A folder with that
// name that others can write would let them answer in our place.
func private(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("make the socket's folder: %w", err)
	}
	fi, err := os.Lstat(dir)
	if err != nil {
		return fmt.Errorf("look at the socket's folder: %w", err)
	}
	if !fi.IsDir() || fi.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("socket's folder %s is open to others", dir)
	}
	return nil
}

// Message is what a second process hands over: absolute paths, links and
// addresses to open. An empty one only asks the window to come to the front.
type Message struct {
	Files []string `json:"files"`
}

// First is the process that listens.
type First struct {
	l    net.Listener
	path string
	once sync.Once
}

// Listen becomes the first process at an address, or returns nil when there is
// one already, to which m has then been sent. The handler runs on a goroutine
// of its own for each message, from now until Close. A socket left behind by a
// process that died is taken over.
func Listen(address string, m Message, handle func(Message)) (*First, error) {
	l, err := net.Listen("unix", address)
	if err != nil {
		if sent := send(address, m); sent == nil {
			return nil, nil
		}
		// Nobody answers: the socket is a dead process's.
		if rm := os.Remove(address); rm != nil && !errors.Is(rm, os.ErrNotExist) {
			return nil, fmt.Errorf("remove a dead socket: %w", rm)
		}
		if l, err = net.Listen("unix", address); err != nil {
			return nil, fmt.Errorf("listen for a second start: %w", err)
		}
	}
	f := &First{l: l, path: address}
	go f.serve(handle)
	return f, nil
}

func (f *First) serve(handle func(Message)) {
	for {
		c, err := f.l.Accept()
		if err != nil {
			return
		}
		go receive(c, handle)
	}
}

func receive(c net.Conn, handle func(Message)) {
	defer c.Close()
	if c.SetDeadline(time.Now().Add(patience)) != nil {
		return
	}
	var m Message
	if err := json.NewDecoder(&bounded{c, limit}).Decode(&m); err != nil {
		return
	}
	for _, p := range m.Files {
		if !filepath.IsAbs(p) && !feed.IsLink(p) && !fetch.IsAddress(p) {
			return
		}
	}
	if _, err := c.Write([]byte("ok\n")); err != nil {
		return
	}
	handle(m)
}

// bounded reads at most so many bytes.
type bounded struct {
	c    net.Conn
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errors.New("message too long")
	}
	n, err := b.c.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// send hands a message to the first process and waits for its "ok".
func send(address string, m Message) error {
	c, err := net.DialTimeout("unix", address, patience)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if err := json.NewEncoder(c).Encode(m); err != nil {
		return err
	}
	var answer [3]byte
	if _, err := c.Read(answer[:]); err != nil {
		return err
	}
	if string(answer[:]) != "ok\n" {
		return errors.New("no answer")
	}
	return nil
}

// Close stops listening and removes the socket.
func (f *First) Close() {
	f.once.Do(func() { f.l.Close() })
}
