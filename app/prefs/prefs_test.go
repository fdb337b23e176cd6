package prefs

import (
	"context"
	"errors"
	"testing"

	"lectern/app/theme"
)

type store struct {
	m   map[string]string
	err error
}

func (s store) Setting(_ context.Context, k string) (string, error) { return s.m[k], s.err }
func (s store) SetSetting(_ context.Context, k, v string) error     { s.m[k] = v; return s.err }

func russian(k string) string {
	if k == "LANG" {
		return "ru_RU.UTF-8"
	}
	return ""
}

func TestRead(t *testing.T) {
	usual := Prefs{Lang: "ru", Mode: theme.System, Width: 1280, Height: 800}
	with := func(f func(*Prefs)) Prefs { p := usual; f(&p); return p }
	for _, c := range []struct {
		name       string
		stored     map[string]string
		lang, mode string
		want       Prefs
	}{
		{"nothing stored", nil, "", "", usual},
		{"stored", map[string]string{Language: "en", Theme: "dark", Window: "1000x700", Scale: "150"}, "", "",
			Prefs{"en", theme.DarkMode, 1000, 700, 150}},
		{"the command line goes first", map[string]string{Language: "en", Theme: "dark"}, "ru", "light",
			with(func(p *Prefs) { p.Mode = theme.LightMode })},
		{"nonsense", map[string]string{Theme: "blue", Window: "10x10", Scale: "9000"}, "", "", usual},
		{"more nonsense", map[string]string{Window: "wide", Scale: "-"}, "", "", usual},
		{"huge", map[string]string{Window: "99999x99999"}, "", "", usual},
	} {
		got, err := Read(context.Background(), store{m: c.stored}, c.lang, c.mode, russian)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v, want %+v", c.name, got, err, c.want)
		}
	}
}

func TestSizeIsReadBack(t *testing.T) {
	s := store{m: map[string]string{}}
	if err := KeepSize(context.Background(), s, 1311.6, 922); err != nil {
		t.Fatal(err)
	}
	p, err := Read(context.Background(), s, "", "", russian)
	if err != nil || p.Width != 1312 || p.Height != 922 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestErrorIsPassedOn(t *testing.T) {
	broken := errors.New("disk")
	if _, err := Read(context.Background(), store{err: broken}, "", "", russian); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
