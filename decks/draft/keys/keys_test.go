package keys

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"lectern/decks/draft"
	"lectern/decks/fault"
)

var ctx = context.Background()

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// bus makes the system's keyring one of the test's own.
func bus(t *testing.T) {
	t.Helper()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "bus"))
	keyring.MockInit()
}

func TestKeyOfAService(t *testing.T) {
	bus(t)
	ring := System()
	c := draft.Config{Endpoint: "https://api.example.org/v1", Model: "m"}
	if key, err := Find(ctx, ring, env(), c); key != "" || err != nil {
		t.Errorf("%q, %v", key, err)
	}
	c, err := Keep(ctx, ring, c, " sk-1\n")
	if err != nil || !c.Keyed {
		t.Fatalf("%+v, %v", c, err)
	}
	if key, err := Find(ctx, ring, env(), c); key != "sk-1" || err != nil {
		t.Errorf("%q, %v", key, err)
	}
	// The path does not matter, the host does.
	other := c
	other.Endpoint = "https://api.example.org/v2"
	if key, err := Find(ctx, ring, env(), other); key != "sk-1" || err != nil {
		t.Errorf("%q, %v", key, err)
	}
	for _, endpoint := range []string{"https://evil.example.org/v1", "http://api.example.org/v1", "https://api.example.org:8443/v1"} {
		other.Endpoint = endpoint
		if key, err := Find(ctx, ring, env(), other); key != "" || err != nil {
			t.Errorf("%s is given the key %q, %v", endpoint, key, err)
		}
	}
	// The environment goes before the keyring.
	if key, err := Find(ctx, ring, env(Variable, " sk-2 "), c); key != "sk-2" || err != nil {
		t.Errorf("%q, %v", key, err)
	}
	if c, err = Keep(ctx, ring, c, ""); err != nil || c.Keyed {
		t.Fatalf("%+v, %v", c, err)
	}
	c.Keyed = true // another computer's keyring has none
	if key, err := Find(ctx, ring, env(), c); key != "" || err != nil {
		t.Errorf("%q, %v", key, err)
	}
	if _, err := Keep(ctx, ring, c, ""); err != nil {
		t.Errorf("a key that is gone cannot be removed: %v", err)
	}
}

// A service without a key of its own does not touch the keyring: it might ask the
// user to unlock it.
func TestKeyringIsNotAskedInVain(t *testing.T) {
	c := draft.Config{Endpoint: "http://localhost:11434/v1", Model: "m"}
	if key, err := Find(ctx, untouchable{t}, env(), c); key != "" || err != nil {
		t.Errorf("%q, %v", key, err)
	}
	if _, err := Keep(ctx, untouchable{t}, c, ""); err != nil {
		t.Error(err)
	}
}

type untouchable struct{ t *testing.T }

func (u untouchable) Get(context.Context, string) (string, error) { u.t.Error("asked"); return "", nil }
func (u untouchable) Set(context.Context, string, string) error   { u.t.Error("asked"); return nil }
func (u untouchable) Delete(context.Context, string) error        { u.t.Error("asked"); return nil }

func TestNoKeyring(t *testing.T) {
	bus(t)
	keyring.MockInitWithError(errors.New("no such service"))
	c := draft.Config{Endpoint: "https://api.example.org/v1", Keyed: true}
	_, err := Find(ctx, System(), env(), c)
	if !fault.Is(err, fault.NoKeyring) {
		t.Error(err)
	}
	kept, err := Keep(ctx, System(), draft.Config{Endpoint: c.Endpoint}, "sk-secret")
	if !fault.Is(err, fault.NoKeyring) || kept.Keyed || strings.Contains(err.Error(), "sk-secret") {
		t.Errorf("%+v, %v", kept, err)
	}
	if key, err := Find(ctx, System(), env(Variable, "sk-2"), c); key != "sk-2" || err != nil {
		t.Errorf("the environment does not help: %q, %v", key, err)
	}
}

// Without a session's bus the keyring is not asked: the library would start one.
func TestNoBus(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("no message bus on this system")
	}
	keyring.MockInit()
	dir := t.TempDir()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", dir)
	if err := System().Set(ctx, "https://a", "k"); !fault.Is(err, fault.NoKeyring) {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "bus"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := System().Set(ctx, "https://a", "k"); err != nil {
		t.Error(err)
	}
}

// A keyring that waits for a person can be left.
func TestWaitingIsLeft(t *testing.T) {
	bus(t)
	stopped, cancel := context.WithCancel(ctx)
	time.AfterFunc(20*time.Millisecond, cancel)
	free := make(chan struct{})
	defer close(free)
	_, err := aside(stopped, func() (string, error) { <-free; return "", nil })
	if !fault.Is(err, fault.Cancelled) {
		t.Error(err)
	}
}
