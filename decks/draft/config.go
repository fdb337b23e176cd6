package draft

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"lectern/decks/fault"
)

// Config says which service drafts.
type Config struct {
	Endpoint string        // its address, as [ParseEndpoint] gives it; "": drafts are off
	Model    string        // as the service calls it
	Budget   int           // tokens of a request with its answer; 0: as the service's place suggests
	Timeout  time.Duration // of a request, whole seconds; 0: DefaultTimeout
	Keyed    bool          // its key is in the keyring: see package keys
}

// DefaultTimeout is how long a request may take: a model on a computer without a
// graphics card writes a few words a second.
const DefaultTimeout = 5 * time.Minute

// The budgets without one set. A service on this computer often keeps to 4,096
// tokens unless told otherwise, and drops the beginning of what is longer
// without a word.
const (
	localBudget  = 4000
	remoteBudget = 12000
	leastBudget  = 2000
	mostBudget   = 200_000
)

// Preset is a service that many have.
type Preset struct {
	Name     string
	Endpoint string
}

// Presets are the services that a screen offers by name, with their usual
// addresses.
var Presets = []Preset{
	{"Ollama", "http://localhost:11434/v1"},
	{"llama.cpp", "http://localhost:8080/v1"},
	{"LM Studio", "http://localhost:1234/v1"},
	{"OpenAI", "https://api.openai.com/v1"},
}

// Off tells that the user has not set drafts up.
func (c Config) Off() bool { return c.Endpoint == "" || c.Model == "" }

func (c Config) budget() int {
	switch {
	case c.Budget > 0:
		return min(max(c.Budget, leastBudget), mostBudget)
	case placeOf(c.Endpoint) == elsewhere:
		return remoteBudget
	}
	return localBudget
}

// Settings is the part of a collection that keeps the configuration.
type Settings interface {
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
}

// The names of the settings.
const (
	settingEndpoint = "draft.endpoint"
	settingModel    = "draft.model"
	settingBudget   = "draft.budget"
	settingTimeout  = "draft.timeout" // seconds
	settingKeyed    = "draft.keyed"   // "1"
)

// Load reads the configuration. What makes no sense counts as not set.
func Load(ctx context.Context, s Settings) (Config, error) {
	var c Config
	var budget, seconds, keyed string
	for key, into := range map[string]*string{
		settingEndpoint: &c.Endpoint, settingModel: &c.Model, settingBudget: &budget, settingTimeout: &seconds,
		settingKeyed: &keyed,
	} {
		v, err := s.Setting(ctx, key)
		if err != nil {
			return Config{}, fmt.Errorf("read the configuration of drafts: %w", err)
		}
		*into = v
	}
	if n, err := strconv.Atoi(budget); err == nil && n > 0 {
		c.Budget = n
	}
	if n, err := strconv.Atoi(seconds); err == nil && n > 0 && n < 1<<20 {
		c.Timeout = time.Duration(n) * time.Second
	}
	if _, err := ParseEndpoint(c.Endpoint); err != nil {
		c.Endpoint = ""
	}
	c.Keyed = keyed == "1"
	return c, nil
}

// Save keeps the configuration; its endpoint may be as typed. An empty one turns
// drafts off. Fault: BadAddress.
func (c Config) Save(ctx context.Context, s Settings) error {
	if c.Endpoint != "" {
		var err error
		if c.Endpoint, err = ParseEndpoint(c.Endpoint); err != nil {
			return err
		}
	}
	number := func(n int) string {
		if n <= 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	keyed := ""
	if c.Keyed {
		keyed = "1"
	}
	for key, value := range map[string]string{
		settingEndpoint: c.Endpoint, settingModel: strings.TrimSpace(c.Model),
		settingBudget: number(c.Budget), settingTimeout: number(int(c.Timeout / time.Second)),
		settingKeyed: keyed,
	} {
		if err := s.SetSetting(ctx, key, value); err != nil {
			return fmt.Errorf("keep the configuration of drafts: %w", err)
		}
	}
	return nil
}

// ParseEndpoint reads the address of a service as a user types it: without a
// scheme it is https, or http in the own network, without a path /v1, as is
// usual. Fault: BadAddress, also for one with a name and password, a query or a
// fragment in it.
func ParseEndpoint(typed string) (string, error) {
	s := strings.TrimSpace(typed)
	bad := func(why string) error {
		return fault.New(fault.BadAddress, errors.New("the endpoint "+why), "address", clean(s))
	}
	bare := !strings.Contains(s, "://")
	if bare {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return "", bad("is no URL") // the cause repeats what was typed, password and all
	case u.Scheme != "http" && u.Scheme != "https":
		return "", bad("is neither http nor https")
	case u.Hostname() == "" || strings.ContainsAny(u.Host, " \t%"):
		return "", bad("has no host")
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return "", bad("has more than a host and a path")
	}
	u.Host = strings.ToLower(u.Host)
	if bare && placeOf(u.String()) != elsewhere {
		u.Scheme = "http"
	}
	if u.Path = strings.TrimRight(u.Path, "/"); u.Path == "" {
		u.Path = "/v1"
	}
	return u.String(), nil
}

// clean leaves out of an address what a message must not repeat.
func clean(s string) string {
	if i := strings.LastIndex(s, "@"); i >= 0 {
		s = s[i+1:]
	}
	s, _, _ = strings.Cut(s, "?")
	return s
}

// place says where a service is, by its name alone.
type place int

const (
	here   place = iota // on this computer
	nearby              // in its own network
	elsewhere
)

func placeOf(endpoint string) place {
	u, err := url.Parse(endpoint)
	if err != nil {
		return elsewhere
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if a, err := netip.ParseAddr(host); err == nil {
		a = a.Unmap()
		switch {
		case a.IsLoopback():
			return here
		case a.IsPrivate() || a.IsLinkLocalUnicast():
			return nearby
		}
		return elsewhere
	}
	switch {
	case host == "localhost" || strings.HasSuffix(host, ".localhost"):
		return here
	case strings.HasSuffix(host, ".local") || !strings.Contains(host, "."):
		return nearby
	}
	return elsewhere
}
