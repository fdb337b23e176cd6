// Package keys keeps the keys of services that draft answers in the system's
// keyring: the Secret Service on Linux, the Keychain on macOS, the Credential
// Manager on Windows. They are never in the collection, in a log or in an error.
package keys

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/zalando/go-keyring"

	"lectern/decks/draft"
	"lectern/decks/fault"
)

// Variable is the environment variable that holds a key where there is no
// keyring; it goes before one.
const Variable = "LECTERN_API_KEY"

// Ring keeps a key for each service. A system that keeps none gives the fault
// NoKeyring. It may ask the user to unlock it, so calls may take long.
type Ring interface {
	Get(ctx context.Context, service string) (string, error) // "" when there is none
	Set(ctx context.Context, service, key string) error
	Delete(ctx context.Context, service string) error
}

// Find gives the key for a service, "" when it needs none. The keyring is asked
// only when a key was put there.
func Find(ctx context.Context, r Ring, getenv func(string) string, c draft.Config) (string, error) {
	if key := strings.TrimSpace(getenv(Variable)); key != "" {
		return key, nil
	}
	if !c.Keyed {
		return "", nil
	}
	return r.Get(ctx, serviceOf(c.Endpoint))
}

// Keep puts the key of a service into the keyring, or removes it when it is "".
// The configuration that it returns, to be saved, says which.
func Keep(ctx context.Context, r Ring, c draft.Config, key string) (draft.Config, error) {
	key = strings.TrimSpace(key)
	var err error
	switch {
	case key != "":
		err = r.Set(ctx, serviceOf(c.Endpoint), key)
	case c.Keyed:
		err = r.Delete(ctx, serviceOf(c.Endpoint))
	}
	if err != nil {
		return c, err
	}
	c.Keyed = key != ""
	return c, nil
}

// serviceOf names a service by its scheme and host: a key for one is never given
// to another.
func serviceOf(endpoint string) string {
	u, err := url.Parse(endpoint)
	if err != nil {
		return endpoint
	}
	return u.Scheme + "://" + u.Host
}

// System is the system's keyring.
func System() Ring { return system{} }

type system struct{}

// program is what the keyring calls its entries by.
const program = "Lectern"

// Get reads a key.
func (system) Get(ctx context.Context, service string) (string, error) {
	return aside(ctx, func() (string, error) { return keyring.Get(program, service) })
}

// Set writes a key.
func (system) Set(ctx context.Context, service, key string) error {
	_, err := aside(ctx, func() (string, error) { return "", keyring.Set(program, service, key) })
	return err
}

// Delete removes a key.
func (system) Delete(ctx context.Context, service string) error {
	_, err := aside(ctx, func() (string, error) { return "", keyring.Delete(program, service) })
	return err
}

// aside calls the keyring so that it can be left: it may wait for a person, and
// knows no context. What was left goes on waiting.
func aside(ctx context.Context, call func() (string, error)) (string, error) {
	if err := reachable(os.Getenv); err != nil {
		return "", fault.New(fault.NoKeyring, err)
	}
	type result struct {
		key string
		err error
	}
	done := make(chan result, 1)
	go func() {
		key, err := call()
		done <- result{key, err}
	}()
	select {
	case r := <-done:
		switch {
		case errors.Is(r.err, keyring.ErrNotFound):
			return "", nil
		case r.err != nil:
			return "", fault.New(fault.NoKeyring, fmt.Errorf("use the keyring: %w", r.err))
		}
		return r.key, nil
	case <-ctx.Done():
		return "", fault.New(fault.Cancelled, ctx.Err())
	}
}

// reachable tells whether a session's message bus is there, through which the
// Secret Service is asked. Without one the library would start it, and leave it
// behind.
func reachable(getenv func(string) string) error {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" || getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return nil
	}
	if dir := getenv("XDG_RUNTIME_DIR"); dir != "" {
		for _, name := range []string{"bus", "dbus-session"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
				return nil
			}
		}
	}
	return errors.New("there is no message bus of a session")
}
