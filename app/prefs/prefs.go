// Package prefs reads and keeps what a user has chosen about the window:
// language, light or dark, size, scale. The choices lie in the collection's
// settings, so they travel with it; what is missing or makes no sense takes its
// usual value and never stops the program.
package prefs

import (
	"context"
	"fmt"

	"lectern/app/theme"
	"lectern/assets/i18n"
)

// Store is the part of a collection that keeps settings.
type Store interface {
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
}

// The names of the settings.
const (
	Language = "language" // "ru", "en"; "" is the system's
	Theme    = "theme"    // "light", "dark", "system"
	Window   = "window"   // "1280x800"
	Scale    = "scale"    // per cent, "100" to "200"; "" is the desktop's
)

// Prefs are the choices.
type Prefs struct {
	Lang          string
	Mode          theme.Mode
	Width, Height float32
	Scale         int // per cent; 0 leaves it to the desktop
}

// Read takes the choices from a store. A lang or mode that is not empty comes
// from the command line and goes before the stored one.
func Read(ctx context.Context, s Store, lang, mode string, getenv func(string) string) (Prefs, error) {
	p := Prefs{Width: theme.StartWidth, Height: theme.StartHeight}
	stored := map[string]string{}
	for _, key := range []string{Language, Theme, Window, Scale} {
		v, err := s.Setting(ctx, key)
		if err != nil {
			return p, fmt.Errorf("read the setting %s: %w", key, err)
		}
		stored[key] = v
	}
	if p.Lang = lang; p.Lang == "" {
		p.Lang = stored[Language]
	}
	if p.Lang == "" {
		p.Lang = i18n.Detect(getenv)
	}
	if mode == "" {
		mode = stored[Theme]
	}
	p.Mode = theme.ParseMode(mode)
	if w, h, ok := parseSize(stored[Window]); ok {
		p.Width, p.Height = w, h
	}
	p.Scale = parseScale(stored[Scale])
	return p, nil
}

// parseSize reads "1280x800"; what no screen shows is refused. At the largest
// scale the smallest window counts half as many.
func parseSize(s string) (w, h float32, ok bool) {
	var iw, ih int
	if n, err := fmt.Sscanf(s, "%dx%d", &iw, &ih); n != 2 || err != nil {
		return 0, 0, false
	}
	if iw < theme.MinWidth/2 || ih < theme.MinHeight/2 || iw > 16384 || ih > 16384 {
		return 0, 0, false
	}
	return float32(iw), float32(ih), true
}

func parseScale(s string) int {
	var n int
	if _, err := fmt.Sscanf(s, "%d", &n); err != nil || n < 100 || n > 200 {
		return 0
	}
	return n
}

// KeepSize stores the window's size.
func KeepSize(ctx context.Context, s Store, width, height float32) error {
	return s.SetSetting(ctx, Window, fmt.Sprintf("%dx%d", int(width+0.5), int(height+0.5)))
}
