package main

import "testing"

// look is what the first screen of a start looks like once it is as expected,
// or after a while as it is.
func look(t *testing.T, d *display, dir, lang string, args ...string) string {
	t.Helper()
	p := start(t, d, lang, dir, args...)
	p.settled()
	seen := p.pixels(p.win, p.all())
	p.quit()
	return seen
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
	if look(t, d, fresh, russian) != ru {
		t.Error("a Russian system does not get the Russian first screen")
	}
	if look(t, d, fresh, english) != en {
		t.Error("an English system does not get the English first screen")
	}

	dir := t.TempDir()
	ctl{t, dir}.must(new(any), "import", "--sample", "ru")
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
	p.settled()
	p.quit()
	ru = look(t, d, dir, english, "--lang", "ru")
	if look(t, d, dir, english) != ru {
		t.Error("the language chosen in the settings does not hold")
	}
	if look(t, d, dir, english, "--lang", "en") == ru {
		t.Error("--lang does not go before the stored language")
	}
}

// How many times Tab leads to a control, from no focus at all.
const (
	toSettings = 6 // the tools of today's bar
	toLanguage = 10
)
