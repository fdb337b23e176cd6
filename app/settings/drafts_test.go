package settings

import (
	"context"
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/draft"
	keyring "lectern/decks/draft/keys"
	"lectern/decks/fault"
)

var ctx = context.Background()

// ring is a keyring of the tests.
type ring map[string]string

func (r ring) Get(_ context.Context, service string) (string, error) { return r[service], nil }
func (r ring) Set(_ context.Context, service, key string) error      { r[service] = key; return nil }
func (r ring) Delete(_ context.Context, service string) error        { delete(r, service); return nil }

// locked is a system without a keyring.
type locked struct{ ring }

func (locked) Set(context.Context, string, string) error { return fault.New(fault.NoKeyring, nil) }

type rig struct {
	v    *service
	c    *collection.Collection
	nav  *navtest.Navigator
	ring ring
	keys []string // that the service was asked with
}

func newRig(t *testing.T, models []string, failed error) *rig {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	r := &rig{c: open(t), nav: &navtest.Navigator{}, ring: ring{}}
	s := screen(r.c, r.nav, i18n.New("ru"), new([]string))
	r.v = s.service
	r.v.d.Ring = r.ring
	r.v.d.Models = func(_ context.Context, _ draft.Config, key string) ([]string, error) {
		r.keys = append(r.keys, key)
		return models, failed
	}
	test.NewTempWindow(t, s.Object())
	s.Shown()
	return r
}

func (r *rig) config(t *testing.T) draft.Config {
	t.Helper()
	c, err := draft.Load(ctx, r.c)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// pick takes a service by its place in the menu.
func (r *rig) pick(i int) {
	r.v.which.On = i
	r.v.choose(i)
}

func TestDraftsAreOffUntilSetUp(t *testing.T) {
	r := newRig(t, []string{"a", "b"}, nil)
	if !r.config(t).Off() || len(r.v.more.Objects) != 0 {
		t.Fatal("drafts are on")
	}
	r.pick(1)
	if c := r.config(t); c.Endpoint != draft.Presets[0].Endpoint || !c.Off() {
		t.Errorf("%+v", c)
	}
	r.v.ask(r.v.offer)
	menu := r.nav.Menus[0]
	if len(menu) != 2 || menu[0].Checked {
		t.Fatalf("%+v", menu)
	}
	menu[1].Do()
	if c := r.config(t); c.Model != "b" || c.Off() {
		t.Errorf("%+v", c)
	}
	r.pick(0)
	if c := r.config(t); !c.Off() || c.Endpoint != "" {
		t.Errorf("%+v", c)
	}
}

func TestAnAddressOfOnesOwn(t *testing.T) {
	r := newRig(t, nil, nil)
	r.pick(len(r.v.which.Items) - 1)
	if r.nav.Focused != r.v.address.Focusable() {
		t.Error("the address has no keyboard")
	}
	r.v.address.SetText("ftp://x")
	r.v.moved()
	if len(r.v.said.Objects) == 0 || r.config(t).Endpoint != "" {
		t.Error("an address that is none is taken")
	}
	r.v.address.SetText("llm.school.local:8080")
	r.v.moved()
	r.v.model.SetText(" qwen ")
	r.v.keep()
	if c := r.config(t); c.Endpoint != "http://llm.school.local:8080/v1" || c.Model != "qwen" || c.Off() {
		t.Errorf("%+v", c)
	}
}

func TestTheKeyGoesToTheKeyringAlone(t *testing.T) {
	r := newRig(t, []string{"m"}, nil)
	r.pick(slices.IndexFunc(draft.Presets, func(p draft.Preset) bool { return p.Name == "OpenAI" }) + 1)
	r.v.key.SetText(" secret ")
	r.v.keepKey()
	if c := r.config(t); !c.Keyed || r.ring["https://api.openai.com"] != "secret" || r.v.key.Text() != "" {
		t.Errorf("%+v, %v", c, r.ring)
	}
	r.v.ask(r.v.tell)
	if len(r.keys) != 1 || r.keys[0] != "secret" {
		t.Errorf("asked with %q", r.keys)
	}
	r.v.setKey("")
	if r.config(t).Keyed || len(r.ring) != 0 {
		t.Errorf("%v is still there", r.ring)
	}
	r.v.d.Ring = locked{}
	r.v.key.SetText("other")
	r.v.keepKey()
	if len(r.v.said.Objects) == 0 || r.config(t).Keyed || r.v.key.Text() != "other" {
		t.Error("a key that cannot be kept is not said")
	}
	r.v.d.Getenv = func(name string) string {
		if name == keyring.Variable {
			return "from outside"
		}
		return ""
	}
	r.v.ask(r.v.tell)
	if r.keys[1] != "from outside" {
		t.Errorf("asked with %q", r.keys)
	}
}

func TestTheTestSaysWhatIsWrong(t *testing.T) {
	r := newRig(t, nil, errors.New("no such host"))
	r.pick(1)
	r.v.ask(r.v.tell)
	if len(r.v.said.Objects) == 0 {
		t.Error("an error is not said")
	}
}

func TestPicturesOfDrafts(t *testing.T) {
	shelltest.Each(t, "settings-drafts", func(w shelltest.Window) nav.Screen {
		c := open(t)
		if err := (draft.Config{Endpoint: "http://llm.school.local:8080/v1", Model: "qwen3:8b"}).Save(ctx, c); err != nil {
			t.Fatal(err)
		}
		return screen(c, w.Shell, w.Printer, new([]string))
	}, func(_ *testing.T, _ shelltest.Window, s nav.Screen) {
		v := s.(*Screen).service
		v.tell([]string{"llama3.2", "gemma3:4b"})
		s.(*Screen).ShowDrafts()
	})
}
