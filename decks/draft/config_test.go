package draft

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"lectern/decks/fault"
)

func TestParseEndpoint(t *testing.T) {
	for typed, want := range map[string]string{
		"http://localhost:11434/v1":     "http://localhost:11434/v1",
		" localhost:11434 ":             "http://localhost:11434/v1",
		"127.0.0.1:8080":                "http://127.0.0.1:8080/v1",
		"192.168.1.5:11434":             "http://192.168.1.5:11434/v1",
		"gpu:8000":                      "http://gpu:8000/v1",
		"api.openai.com":                "https://api.openai.com/v1",
		"https://api.openai.com/v1/":    "https://api.openai.com/v1",
		"https://openrouter.ai/api/v1":  "https://openrouter.ai/api/v1",
		"HTTPS://API.Example.org/V1":    "https://api.example.org/V1",
		"http://[::1]:8080":             "http://[::1]:8080/v1",
		"http://gpu.cs.example.edu:80/": "http://gpu.cs.example.edu:80/v1",
	} {
		got, err := ParseEndpoint(typed)
		if err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", typed, got, err, want)
		}
		if again, err := ParseEndpoint(got); err != nil || again != got {
			t.Errorf("%q again: %q, %v", got, again, err)
		}
	}
	for _, typed := range []string{
		"", "   ", "https://", "ftp://x/v1", "file:///etc", "https://anna:secret@x.org/v1", "https://x.org/v1?key=secret", "https://x.org/v1#a", "http://a b/v1", "http://[::1",
	} {
		got, err := ParseEndpoint(typed)
		if !fault.Is(err, fault.BadAddress) || err == nil {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
		if err != nil && strings.Contains(err.Error()+fault.Of(err).Args["address"].(string), "secret") {
			t.Errorf("%q: the error repeats a secret: %v", typed, err)
		}
	}
}

func TestPlace(t *testing.T) {
	for endpoint, want := range map[string]place{
		"http://localhost:1/v1": here, "http://LOCALHOST./v1": here, "http://ollama.localhost/v1": here, "http://127.0.0.1/v1": here, "http://[::1]:1/v1": here,
		"http://[::ffff:127.0.0.1]/v1": here,
		"http://10.0.0.5/v1":           nearby, "http://192.168.1.1/v1": nearby, "http://[fd00::1]/v1": nearby, "http://gpu.local/v1": nearby, "http://gpu/v1": nearby,
		"https://api.openai.com/v1": elsewhere, "http://8.8.8.8/v1": elsewhere, "https://localhost.example.org/v1": elsewhere, "::": elsewhere,
	} {
		if got := placeOf(endpoint); got != want {
			t.Errorf("%s: %v, want %v", endpoint, got, want)
		}
	}
}

type settings map[string]string

func (s settings) Setting(_ context.Context, key string) (string, error) { return s[key], nil }
func (s settings) SetSetting(_ context.Context, key, value string) error { s[key] = value; return nil }

type broken struct{}

func (broken) Setting(context.Context, string) (string, error)  { return "", errors.New("broken") }
func (broken) SetSetting(context.Context, string, string) error { return errors.New("broken") }

func TestConfigIsKept(t *testing.T) {
	s := settings{}
	c, err := Load(ctx, s)
	if err != nil || !c.Off() || c != (Config{}) {
		t.Errorf("%+v, %v", c, err)
	}
	want := Config{Endpoint: "http://localhost:11434/v1", Model: "qwen3:8b", Budget: 6000, Timeout: 90 * time.Second, Keyed: true}
	typed := want
	typed.Endpoint, typed.Model = "localhost:11434", " qwen3:8b "
	if err := typed.Save(ctx, s); err != nil {
		t.Fatal(err)
	}
	if c, err := Load(ctx, s); err != nil || c != want || c.Off() {
		t.Errorf("%+v, %v", c, err)
	}
	bad := want
	bad.Endpoint = "ftp://x"
	if err := bad.Save(ctx, s); !fault.Is(err, fault.BadAddress) {
		t.Error(err)
	}
	if c, _ := Load(ctx, s); c != want {
		t.Errorf("a configuration that was refused left %+v", c)
	}
	if err := (Config{}).Save(ctx, s); err != nil {
		t.Fatal(err)
	}
	if c, _ := Load(ctx, s); c != (Config{}) {
		t.Errorf("%+v", c)
	}
	// What makes no sense counts as not set.
	s = settings{"draft.endpoint": "nonsense://", "draft.model": "m", "draft.budget": "-5", "draft.timeout": "soon"}
	if c, err := Load(ctx, s); err != nil || !c.Off() || c.Budget != 0 || c.Timeout != 0 {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := Load(ctx, broken{}); err == nil {
		t.Error("an error was passed over")
	}
	if err := want.Save(ctx, broken{}); err == nil {
		t.Error("an error was passed over")
	}
	for _, p := range Presets {
		if got, err := ParseEndpoint(p.Endpoint); err != nil || got != p.Endpoint {
			t.Errorf("%s: %q, %v", p.Name, got, err)
		}
	}
}

func TestBudget(t *testing.T) {
	for _, c := range []struct {
		config Config
		want   int
	}{
		{Config{Endpoint: "http://localhost/v1"}, localBudget}, {Config{Endpoint: "https://api.openai.com/v1"}, remoteBudget},
		{Config{Endpoint: "http://localhost/v1", Budget: 9000}, 9000}, {Config{Budget: 1}, leastBudget}, {Config{Budget: 1 << 30}, mostBudget},
	} {
		if got := c.config.budget(); got != c.want {
			t.Errorf("%+v: %d", c.config, got)
		}
	}
}
