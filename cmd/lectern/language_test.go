package main

import "testing"

// look is the first screen of a start, once it has come to rest.
func look(t *testing.T, d *display, dir, lang string, args ...string) string {
	t.Helper()
	p := start(t, d, lang, dir, args...)
	p.settled()
	seen := p.pixels(p.win, p.all())
	p.quit()
	return seen
}

// looks waits until the first screen of a start is the one that was seen before.
func looks(t *testing.T, d *display, what, want, dir, lang string, args ...string) {
	t.Helper()
	p := start(t, d, lang, dir, args...)
	eventually(t, what, func() bool { return p.pixels(p.win, p.all()) == want })
	p.quit()
}

// A fresh program speaks the system's language; the one chosen in the settings
// holds from then on.
func TestLanguage(t *testing.T) {
	needsWindow(t)
	d := openDisplay(t)
	d.layout(t, "us")
	fresh := t.TempDir()
	ru := look(t, d, fresh, english, "--lang", "ru")
	en := look(t, d, fresh, russian, "--lang", "en")
	if ru == en {
		t.Fatal("the first screen looks the same in both languages")
	}
	looks(t, d, "a Russian system gets the Russian first screen", ru, fresh, russian)
	looks(t, d, "an English system gets the English first screen", en, fresh, english)

	dir := t.TempDir()
	ctl{t, dir}.must(new(any), "import", "--sample", "ru")
	ru = look(t, d, dir, english, "--lang", "ru")
	en = look(t, d, dir, english, "--lang", "en")
	if ru == en {
		t.Fatal("today's screen looks the same in both languages")
	}
	p := start(t, d, english, dir)
	p.seesHome()
	for range toSettings {
		p.press(keyTab)
	}
	p.press(keySpace)
	p.seesTask()
	for range toLanguage {
		p.press(keyTab)
	}
	p.press(keyRight)
	p.quit()
	looks(t, d, "the language chosen in the settings holds", ru, dir, english)
	looks(t, d, "--lang goes before it", en, dir, english, "--lang", "en")
}

// How many times Tab leads to a control, from no focus at all.
const (
	toSettings = 6 // the last tool of today's bar
	toLanguage = 6 // after the way back, "Done", the load, theme and scale
)
