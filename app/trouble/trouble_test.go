package trouble

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/fault"
)

func options(code fault.Code, p *i18n.Printer, restored *[]string) Options {
	return Options{
		Printer: p, Err: fault.New(code, errors.New("page 3 is malformed")), Dir: "/srv/student/.local/share/lectern",
		Backups: []collection.BackupInfo{{Path: "good.zip", At: time.Date(2026, 11, 22, 21, 40, 0, 0, time.UTC), Reviews: 341}},
		Restore: func(path string) { *restored = append(*restored, path) }, Quit: func() {},
	}
}

func TestPictures(t *testing.T) {
	shelltest.Each(t, "trouble", func(w shelltest.Window) nav.Screen { return New(options(fault.CorruptFile, w.Printer, new([]string))) }, nil)
}

func TestOnlyADamagedCollectionIsReplaced(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	for code, want := range map[fault.Code]int{fault.CorruptFile: 1, fault.NewerCollection: 0, fault.NotACollection: 0} {
		var restored []string
		New(options(code, i18n.New("en"), &restored)).Key(keys.Enter)
		if len(restored) != want {
			t.Errorf("%s: restored %v", code, restored)
		}
	}
}
