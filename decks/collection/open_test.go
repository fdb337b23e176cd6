package collection_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
)

// tree reads every file below a folder, folders by their names alone.
func tree(t testing.TB, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s\n", rel)
		if e.Type().IsRegular() {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "%d bytes %x\n", len(data), data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// closed makes a collection with a little in it, folds its log and returns it
// closed, without backups.
func closed(t testing.TB) *desk {
	t.Helper()
	d := newDesk(t)
	d.install(course("a", 40))
	d.answer("a-q1/f", scheduler.Good)
	d.ok(d.Close())
	if err := os.RemoveAll(filepath.Join(d.dir, "backups")); err != nil {
		t.Fatal(err)
	}
	return d
}

// What is not a collection, is a newer one or is damaged is said so, and every
// byte stays as it was.
func TestOpenRefuses(t *testing.T) {
	good := closed(t)
	file, err := os.ReadFile(good.file())
	if err != nil {
		t.Fatal(err)
	}
	patched := func(at int, p []byte) []byte {
		out := bytes.Clone(file)
		copy(out[at:], p)
		return out
	}
	u32 := func(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }
	other := newDesk(t)
	other.ok(other.Close())
	if err := os.Remove(other.file()); err != nil {
		t.Fatal(err)
	}
	other.exec(`CREATE TABLE recipes (name TEXT)`, `INSERT INTO recipes VALUES ('Борщ')`)
	foreign, err := os.ReadFile(other.file())
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name string
		data []byte
		code fault.Code
	}{
		{"a text file", []byte(strings.Repeat("Список покупок\n", 40)), fault.NotACollection},
		{"a short text file", []byte("Список"), fault.NotACollection},
		{"a database of another program", foreign, fault.NotACollection},
		{"another application id", patched(68, u32(0x0f055111)), fault.NotACollection},
		{"a newer schema", patched(60, u32(99)), fault.NewerCollection},
		{"cut off in the middle", file[:len(file)/2], fault.CorruptFile},
		{"cut off by a byte", file[:len(file)-1], fault.CorruptFile},
		{"the first page overwritten", patched(100, bytes.Repeat([]byte{0xa5}, 3996)), fault.CorruptFile},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := tempDir(t)
			if err := os.WriteFile(filepath.Join(dir, "lectern.db"), tc.data, 0o600); err != nil {
				t.Fatal(err)
			}
			before := tree(t, dir)
			c, err := collection.Open(ctx, dir, collection.Options{})
			if err == nil {
				c.Close()
			}
			wantFault(t, err, tc.code)
			data, err := os.ReadFile(filepath.Join(dir, "lectern.db"))
			if err != nil || !bytes.Equal(data, tc.data) {
				t.Error("the file was changed", err)
			}
			if after := tree(t, dir); tc.code != fault.CorruptFile && after != before {
				t.Errorf("the folder was changed: %s", difference(before, after))
			}
		})
	}
}

func TestOpenFolderForFile(t *testing.T) {
	dir := tempDir(t)
	if err := os.Mkdir(filepath.Join(dir, "lectern.db"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := collection.Open(ctx, dir, collection.Options{})
	wantFault(t, err, fault.NotACollection)
}

func TestOpenWhatIsNotThere(t *testing.T) {
	dir := filepath.Join(tempDir(t), "nowhere")
	_, err := collection.Open(ctx, dir, collection.Options{MustExist: true})
	wantFault(t, err, fault.NoCollection)
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder was made")
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	_, err = collection.Open(stopped, dir, collection.Options{})
	wantFault(t, err, fault.Cancelled)
}

// An empty file is a collection that was about to be made.
func TestOpenEmptyFile(t *testing.T) {
	dir := tempDir(t)
	if err := os.WriteFile(filepath.Join(dir, "lectern.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, dir: dir, now: morning}
	d.open()
	defer d.Close()
	d.install(course("a", 1))
	d.sound()
}

// Damage deep in the file is met when the page is read: it is said so, by the
// doctor too, and what is on the disk stays.
func TestDamagedPages(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 300))
	for range 10 {
		d.answer(d.next(collection.Scope{}).Card, scheduler.Good)
	}
	d.ok(d.Close())
	if err := os.RemoveAll(filepath.Join(d.dir, "backups")); err != nil {
		t.Fatal(err)
	}
	db := d.raw()
	var page int64
	if err := db.QueryRowContext(ctx, `SELECT rootpage FROM sqlite_master WHERE name = 'reviews'`).Scan(&page); err != nil {
		t.Fatal(err)
	}
	db.Close()
	file, err := os.ReadFile(d.file())
	if err != nil {
		t.Fatal(err)
	}
	copy(file[(page-1)*4096:], bytes.Repeat([]byte{0xa5}, 4096))
	if err := os.WriteFile(d.file(), file, 0o600); err != nil {
		t.Fatal(err)
	}
	now := d.now.AddDate(0, 0, 3)
	c, err := collection.Open(ctx, d.dir, collection.Options{Clock: func() time.Time { return now }})
	if err != nil {
		wantFault(t, err, fault.CorruptFile)
	} else {
		defer c.Close()
		_, err = c.History(ctx, "a-q1/f")
		wantFault(t, err, fault.CorruptFile)
		_, err = c.Answer(ctx, collection.AnswerRequest{Card: "a-q1/f", Grade: scheduler.Good})
		wantFault(t, err, fault.CorruptFile)
		_, err = c.Rebuild(ctx, nil)
		wantFault(t, err, fault.CorruptFile)
		problems, err := c.Doctor(ctx, true, nil)
		if err != nil || len(problems) == 0 || problems[0].Code != "file_damaged" {
			t.Errorf("the doctor found %+v, %v", problems, err)
		}
		for _, p := range problems {
			if p.Repaired {
				t.Errorf("%+v cannot be repaired", p)
			}
		}
	}
	after, err := os.ReadFile(d.file())
	if err != nil || !bytes.Equal(after, file) {
		t.Error("the damaged file was changed", err)
	}
}

// A collection of an earlier schema is copied before it is brought up to date,
// and the copy can be restored.
func TestCopyBeforeMigration(t *testing.T) {
	d := closed(t)
	d.exec(`PRAGMA user_version = 0`)
	d.open()
	if h, err := d.History(ctx, "a-q1/f"); err != nil || len(h) != 1 {
		t.Fatalf("%+v, %v", h, err)
	}
	list, err := d.Backups(ctx)
	d.ok(err)
	i := slices.IndexFunc(list, func(b collection.BackupInfo) bool { return b.Why == "migration" })
	if i < 0 || list[i].Reviews != 1 {
		t.Fatalf("%+v", list)
	}
	d.ok(d.Close())
	d.ok(collection.RestoreBackup(ctx, d.dir, list[i].Path, nil))
	d.open()
	d.sound()
}

// A migration that fails leaves the collection as it was, with its copy; trying
// again and again does not fill the disk with copies.
func TestFailedMigration(t *testing.T) {
	d := closed(t)
	d.exec(`PRAGMA user_version = 0`, `DELETE FROM goose_db_version WHERE version_id > 0`)
	before := d.dump(layers)
	for range 7 {
		c, err := collection.Open(ctx, d.dir, collection.Options{Clock: func() time.Time { return d.now }})
		if err == nil {
			c.Close()
			t.Fatal("the first migration ran over the tables that are there")
		}
	}
	if after := d.dump(layers); after != before {
		t.Error(difference(before, after))
	}
	list, err := collection.ListBackups(d.dir)
	if err != nil || len(list) != 5 {
		t.Errorf("%d copies, %v", len(list), err)
	}
}

// Programs that open the same new folder at once all have the same collection.
func TestOpenAtOnce(t *testing.T) {
	for range 3 {
		dir := filepath.Join(tempDir(t), "new")
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				c, err := collection.Open(ctx, dir, collection.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := c.Install(ctx, course(fmt.Sprint("d", i), 2), collection.InstallOptions{}); err != nil {
					t.Error(err)
				}
				if err := c.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		d := &desk{t: t, dir: dir, now: morning}
		d.open()
		if rows, err := d.Decks(ctx); err != nil || len(rows) != 4 {
			t.Errorf("%d decks, %v", len(rows), err)
		}
		d.sound()
		d.Close()
	}
}

// Two programs work on one collection: each sees what the other did, also in
// the middle of it, and undo is of both.
func TestTwoPrograms(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 20))
	other := &desk{t: t, dir: d.dir, now: d.now}
	other.open()
	defer other.Close()

	d.answer("a-q1/f", scheduler.Good)
	other.answer("a-q2/f", scheduler.Again)
	d.ok(d.Edit(ctx, "a-q3", decks.Back, "Моё"))
	if got := other.card("a-q3/f").Note.Text(decks.Back); got != "Моё" {
		t.Errorf("the other sees %q", got)
	}
	if info, err := other.Undo(ctx); err != nil || info.Kind != collection.OpEdit {
		t.Errorf("%+v, %v", info, err)
	}
	if d.home().Reviews != 2 || d.home().Due != other.home().Due {
		t.Errorf("%+v and %+v", d.home().Due, other.home().Due)
	}

	// One installs and removes a deck while the other looks at everything.
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		defer close(stop)
		for range 20 {
			if _, err := other.Install(ctx, course("b", 5), collection.InstallOptions{}); err != nil {
				t.Error(err)
				return
			}
			if err := other.RemoveDeck(ctx, "b"); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for {
		select {
		case <-stop:
			wg.Wait()
			d.sound()
			return
		default:
		}
		if _, err := d.Home(ctx); err != nil {
			t.Error(err)
		}
		if _, err := d.Search(ctx, collection.Query{Text: "вопрос"}); err != nil {
			t.Error(err)
		}
		if _, err := d.Next(ctx, collection.Scope{}); err != nil {
			t.Error(err)
		}
	}
}

func TestClosed(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 1))
	d.ok(d.Close())
	d.ok(d.Close()) // again: nothing
	calls := map[string]func() error{
		"Next":       func() error { _, err := d.Next(ctx, collection.Scope{}); return err },
		"Answer":     func() error { _, err := d.Answer(ctx, collection.AnswerRequest{Card: "a-q1/f", Grade: 3}); return err },
		"Edit":       func() error { return d.Edit(ctx, "a-q1", decks.Back, "x") },
		"Undo":       func() error { _, err := d.Undo(ctx); return err },
		"Search":     func() error { _, err := d.Search(ctx, collection.Query{}); return err },
		"Backup":     func() error { _, err := d.Backup(ctx, "", ""); return err },
		"Rebuild":    func() error { _, err := d.Rebuild(ctx, nil); return err },
		"Doctor":     func() error { _, err := d.Doctor(ctx, false, nil); return err },
		"Setting":    func() error { _, err := d.Setting(ctx, "theme"); return err },
		"SetSetting": func() error { return d.SetSetting(ctx, "theme", "dark") },
	}
	for name, call := range calls {
		if err := call(); err == nil {
			t.Errorf("%s works on a closed collection", name)
		}
	}
}

// How the program looks is kept with the collection and is not an operation.
func TestSettings(t *testing.T) {
	d := newDesk(t)
	get := func(key string) string {
		t.Helper()
		v, err := d.Setting(ctx, key)
		d.ok(err)
		return v
	}
	if got := get("theme"); got != "" {
		t.Errorf("never set: %q", got)
	}
	d.ok(d.SetSetting(ctx, "theme", "light"))
	d.ok(d.SetSetting(ctx, "theme", "тёмная"))
	d.reopen()
	if got := get("theme"); got != "тёмная" {
		t.Errorf("theme %q", got)
	}
	_, err := d.Undo(ctx)
	wantFault(t, err, fault.NothingToUndo)
}

func TestPreset(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 2))
	d.preset(func(p *scheduler.Preset) { p.LearningSteps, p.Fuzz = nil, false })
	first := d.answer("a-q1/f", scheduler.Good)
	p, err := d.Preset(ctx)
	d.ok(err)
	p.Retention = 0.97
	d.ok(d.SetPreset(ctx, p))
	d.reopen()
	h, err := d.History(ctx, "a-q1/f")
	d.ok(err)
	if !h[0].Due.Equal(first.Due) {
		t.Errorf("the card was promised for %v and comes back at %v", first.Due, h[0].Due)
	}
	if second := d.answer("a-q2/f", scheduler.Good); !second.Due.Before(first.Due) {
		t.Errorf("to recall more the next card has to come back before %v, not at %v", first.Due, second.Due)
	}
	_, err = d.Undo(ctx)
	d.ok(err)
	d.sound()
	for _, change := range []func(p *scheduler.Preset){
		func(p *scheduler.Preset) { p.Retention = 2 },
		func(p *scheduler.Preset) { p.Model = "sm2" },
		func(p *scheduler.Preset) { p.RolloverHour = 24 },
	} {
		bad := p
		change(&bad)
		wantFault(t, d.SetPreset(ctx, bad), fault.BadArgument)
	}
	d.ok(d.SetPreset(ctx, p)) // the same: nothing
	if info, err := d.Undo(ctx); err != nil || info.Kind != collection.OpPreset {
		t.Fatalf("%+v, %v", info, err)
	}
	if h, err := d.History(ctx, "a-q1/f"); err != nil || !h[0].Due.Equal(first.Due) {
		t.Errorf("the settings undone, it comes back at %v (%v)", h[0].Due, err)
	}
}
