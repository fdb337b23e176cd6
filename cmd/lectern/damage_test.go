package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lectern/assets/i18n"
	"lectern/decks/fault"
)

// seesRestore waits for the offer of a backup.
func (p *program) seesRestore() {
	p.t.Helper()
	eventually(p.t, "the offer of a backup", func() bool {
		return p.accents(p.all()) > button
	})
}

// A damaged collection opens a window that offers the last backup; Enter takes
// it, and what the program was started for goes on.
func TestDamagedCollection(t *testing.T) {
	needsWindow(t)
	for name, damage := range map[string]func([]byte) []byte{
		"cut short": func(db []byte) []byte { return db[:len(db)/2] },
		"overwritten": func(db []byte) []byte {
			for i := 4096; i < len(db); i++ {
				db[i] = byte(i * 31)
			}
			return db
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := openDisplay(t)
			d.layout(t, "us")
			dir := t.TempDir()
			c := ctl{t, dir}
			c.must(new(any), "import", "--sample", "en")
			for range 3 {
				c.must(new(any), "answer", c.next("").Card, "easy")
			}
			c.must(new(any), "backup")
			db := filepath.Join(dir, "lectern.db")
			whole, err := os.ReadFile(db)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(db, damage(whole), 0o600); err != nil {
				t.Fatal(err)
			}
			page := filepath.Join(t.TempDir(), "attention.txt")
			pageFile(t, page, lecturePage)

			p := start(t, d, english, dir, page)
			p.seesRestore()
			if sentence := i18n.New("en").Fault(fault.New(fault.CorruptFile, nil)); !strings.Contains(p.said.String(), sentence) {
				t.Errorf("the program does not say %q", sentence)
			}
			p.press(keyEnter)
			p.seesTask()
			if n := c.reviews(); n != 3 {
				t.Errorf("%d answers were restored, want 3", n)
			}
			p.press(keyCtrl, keyEnter)
			c.deck(1)
			p.seesHome()
			p.press(keyEnter)
			p.press(keySpace)
			p.press(digit(4))
			c.answered(4)
			p.quit()
			c.healthy()
			if aside, _ := filepath.Glob(filepath.Join(dir, "backups", "damaged-*")); len(aside) != 1 {
				t.Errorf("the damaged file was put aside as %v", aside)
			}
		})
	}
}

// A backup that turns out to be damaged too is named and replaces nothing; the
// one before it is offered then.
func TestDamagedBackup(t *testing.T) {
	needsWindow(t)
	d := openDisplay(t)
	d.layout(t, "us")
	dir := t.TempDir()
	c := ctl{t, dir}
	c.must(new(any), "import", "--sample", "en")
	for range 2 {
		c.must(new(any), "answer", c.next("").Card, "easy")
		c.must(new(any), "backup")
	}
	var list struct {
		Backups []struct {
			Path string `json:"path"`
		} `json:"backups"`
	}
	c.must(&list, "backups")
	if len(list.Backups) < 2 {
		t.Fatalf("backups %v", list.Backups)
	}
	newest := list.Backups[0].Path
	text, err := os.ReadFile(newest)
	if err != nil {
		t.Fatal(err)
	}
	copy(text[len(text)/2:], strings.Repeat("\xff", 64))
	db := filepath.Join(dir, "lectern.db")
	whole, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{newest: text, db: whole[:len(whole)/2]} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}

	p := start(t, d, english, dir)
	p.seesRestore()
	p.settled()
	offer := d.pixels(p.win, p.all())
	p.press(keyEnter)
	eventually(t, "word of the damaged backup", func() bool { return d.pixels(p.win, p.all()) != offer })
	p.settled()
	if left, err := os.ReadFile(db); err != nil || !bytes.Equal(left, whole[:len(whole)/2]) {
		t.Errorf("the damaged backup changed the collection: %v", err)
	}
	p.press(keyEnter)
	p.seesHome()
	if n := c.reviews(); n != 1 {
		t.Errorf("%d answers were restored, want the 1 of the backup before", n)
	}
	p.quit()
	c.healthy()
}

// What is no collection, or one of a later program, is left as it is.
func TestForeignCollection(t *testing.T) {
	needsWindow(t)
	for name, s := range map[string]struct {
		code fault.Code
		make func(whole []byte) []byte
	}{
		"not a collection": {fault.NotACollection, func([]byte) []byte { return []byte(strings.Repeat("Дорогой дневник!\n", 100)) }},
		"newer": {fault.NewerCollection, func(db []byte) []byte {
			binary.BigEndian.PutUint32(db[60:], 9999) // the version of the schema
			return db
		}},
	} {
		t.Run(name, func(t *testing.T) {
			d := openDisplay(t)
			d.layout(t, "ru")
			dir := t.TempDir()
			c := ctl{t, dir}
			c.must(new(any), "import", "--sample", "ru")
			c.must(new(any), "backup")
			db := filepath.Join(dir, "lectern.db")
			whole, err := os.ReadFile(db)
			if err != nil {
				t.Fatal(err)
			}
			before := s.make(whole)
			if err := os.WriteFile(db, before, 0o600); err != nil {
				t.Fatal(err)
			}
			p := start(t, d, russian, dir)
			if sentence := i18n.New("ru").Fault(fault.New(s.code, nil)); !strings.Contains(p.said.String(), sentence) {
				t.Errorf("the program does not say %q", sentence)
			}
			if p.accents(p.all()) > button {
				t.Error("a backup is offered")
			}
			p.press(keyEnter)
			p.press(keyEsc)
			p.exits(1)
			after, err := os.ReadFile(db)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
			if beside, _ := filepath.Glob(db + "?*"); len(beside) > 0 {
				t.Errorf("beside it there are %v", beside)
			}
		})
	}
}
