package collection_test

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
)

// illustrated is a desk whose deck has a picture.
func illustrated(t testing.TB) *desk {
	d := newDesk(t)
	deck := course("a", 3)
	deck.Notes[0].Fields[decks.Back] = "![кривая](softmax.png)"
	_, err := d.Install(ctx, deck, collection.InstallOptions{Media: fstest.MapFS{"softmax.png": {Data: []byte("кривая")}}})
	d.ok(err)
	d.answer("a-q1/f", scheduler.Good)
	return d
}

func (d *desk) backup() collection.BackupInfo {
	d.t.Helper()
	b, err := d.Backup(ctx, "", "")
	d.ok(err)
	return b
}

func (d *desk) media(name string) string {
	d.t.Helper()
	p, err := os.ReadFile(filepath.Join(d.MediaDir(), name))
	d.ok(err)
	return string(p)
}

func TestBackup(t *testing.T) {
	d := illustrated(t)
	b := d.backup()
	if b.Why != "manual" || b.Reviews != 1 || !b.At.Equal(d.now) || filepath.Dir(b.Path) != filepath.Join(d.dir, "backups") {
		t.Errorf("%+v", b)
	}
	z, err := zip.OpenReader(b.Path)
	d.ok(err)
	defer z.Close()
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	if want := []string{"manifest.json", "lectern.db", "media/softmax.png"}; !slices.Equal(names, want) {
		t.Errorf("it holds %v, want %v", names, want)
	}

	// A second one at the same moment is another one.
	d.answer("a-q2/f", scheduler.Good)
	second := d.backup()
	list, err := d.Backups(ctx)
	d.ok(err)
	if len(list) != 2 || second.Path == b.Path || list[0].Reviews+list[1].Reviews != 3 {
		t.Errorf("%+v", list)
	}
	elsewhere := filepath.Join(tempDir(t), "deep", "my.zip")
	if _, err := d.Backup(ctx, elsewhere, ""); err != nil {
		t.Error(err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(elsewhere), ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A backup is made by itself: when the collection is closed, not oftener than
// the study days come, and only when something has happened.
func TestDailyBackup(t *testing.T) {
	d := newDesk(t)
	count := func() (n int) {
		t.Helper()
		list, err := collection.ListBackups(d.dir)
		d.ok(err)
		for _, b := range list {
			if b.Why == "daily" {
				n++
			}
		}
		return n
	}
	step := func(what string, want int) {
		t.Helper()
		if got := count(); got != want {
			t.Fatalf("%s: %d backups, want %d", what, got, want)
		}
	}
	d.reopen()
	step("nothing was ever done", 0)
	d.install(course("a", 5))
	d.reopen()
	step("a deck was installed", 1)
	d.answer("a-q1/f", scheduler.Good)
	d.now = d.now.Add(2 * time.Hour)
	d.reopen()
	step("an answer, two hours later", 1)
	d.now = d.now.Add(22 * time.Hour)
	d.reopen()
	step("the next day", 2)
	d.now = d.now.AddDate(0, 0, 9)
	d.reopen()
	step("nine days with nothing new", 2)
	d.answer("a-q2/f", scheduler.Good)

	// Whoever never closes the program has one when it starts.
	c, err := collection.Open(ctx, d.dir, collection.Options{Clock: func() time.Time { return d.now }})
	d.ok(err)
	step("opened after a long time", 3)
	d.ok(c.Close())
}

// fakeBackup is as much of a backup as the list looks at.
func fakeBackup(t *testing.T, dir, name, why string, at time.Time) {
	t.Helper()
	manifest, err := json.Marshal(map[string]any{"format": "lectern-backup/1", "at": at, "why": why, "schema": 1})
	if err != nil {
		t.Fatal(err)
	}
	writeZip(t, filepath.Join(dir, "backups", name), entry{name: "manifest.json", data: manifest})
}

// Of many daily backups stay those of the last seven days, the newest of each
// of four weeks and of twelve months; those made by hand all stay.
func TestRotation(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 1))
	var days []time.Time
	for i := 1; i <= 450; i++ {
		at := d.now.UTC().AddDate(0, 0, -i)
		days = append(days, at)
		fakeBackup(t, d.dir, fmt.Sprintf("d%d.zip", i), "daily", at)
	}
	for i := range 9 {
		fakeBackup(t, d.dir, fmt.Sprintf("m%d.zip", i), "manual", d.now.AddDate(-3, 0, i))
		fakeBackup(t, d.dir, fmt.Sprintf("r%d.zip", i), "before_restore", d.now.AddDate(-3, 0, i))
	}
	stranger := filepath.Join(d.dir, "backups", "photos.zip")
	d.ok(os.WriteFile(stranger, []byte("не копия"), 0o600))
	d.ok(d.Close()) // makes today's and thins out

	want := map[string]bool{}
	today := d.now.UTC()
	add := func(period func(time.Time) string, most int) {
		seen := map[string]bool{}
		for _, at := range append([]time.Time{today}, days...) {
			if p := period(at); !seen[p] && len(seen) < most {
				seen[p] = true
				want[at.Format(time.DateOnly)] = true
			}
		}
	}
	add(func(at time.Time) string { return at.Format(time.DateOnly) }, 7)
	add(func(at time.Time) string { y, w := at.ISOWeek(); return fmt.Sprint(y, w) }, 4)
	add(func(at time.Time) string { return at.Format("2006-01") }, 12)

	list, err := collection.ListBackups(d.dir)
	d.ok(err)
	counts := map[string]int{}
	for _, b := range list {
		counts[b.Why]++
		if b.Why == "daily" && !want[b.At.Format(time.DateOnly)] {
			t.Errorf("the backup of %v stayed", b.At)
		}
	}
	if counts["daily"] != len(want) || counts["manual"] != 9 || counts["before_restore"] != 5 {
		t.Errorf("%v stayed, want %d daily ones", counts, len(want))
	}
	if !slices.IsSortedFunc(list, func(a, b collection.BackupInfo) int { return b.At.Compare(a.At) }) {
		t.Error("the list does not begin with the newest")
	}
	if _, err := os.Stat(stranger); err != nil {
		t.Error(err)
	}
}

// A restore brings back the whole of that day and keeps the whole of today as
// a backup, media included.
func TestRestore(t *testing.T) {
	d := illustrated(t)
	then := d.dump(state)
	b := d.backup()

	d.answer("a-q2/f", scheduler.Again)
	d.install(course("b", 2))
	d.ok(os.WriteFile(filepath.Join(d.MediaDir(), "softmax.png"), []byte("другая"), 0o600))
	d.ok(os.WriteFile(filepath.Join(d.MediaDir(), "new.png"), []byte("новая"), 0o600))
	now := d.dump(state)
	d.ok(d.Close())

	d.ok(collection.RestoreBackup(ctx, d.dir, b.Path, nil))
	d.open()
	if got := d.dump(state); got != then {
		t.Fatalf("restored: %s", difference(then, got))
	}
	if d.media("softmax.png") != "кривая" || d.media("new.png") != "новая" {
		t.Error("the media are not those of the backup and all others")
	}
	d.sound()
	if _, err := d.Undo(ctx); err != nil { // the answer, not the restore
		t.Fatal(err)
	}
	if info, err := d.Redo(ctx); err != nil || info.Kind != collection.OpAnswer {
		t.Fatalf("%+v, %v", info, err)
	}
	d.answer("a-q3/f", scheduler.Good)

	list, err := d.Backups(ctx)
	d.ok(err)
	i := slices.IndexFunc(list, func(b collection.BackupInfo) bool { return b.Why == "before_restore" })
	if i < 0 || list[i].Reviews != 2 {
		t.Fatalf("%+v", list)
	}
	d.ok(d.Close())
	d.ok(collection.RestoreBackup(ctx, d.dir, list[i].Path, nil))
	d.open()
	if got := d.dump(state); got != now {
		t.Fatalf("back again: %s", difference(now, got))
	}
	if d.media("softmax.png") != "другая" {
		t.Error("the medium that was replaced did not come back")
	}
}

// A backup goes into a folder where there is nothing, or something that is not
// a collection; what was there is kept.
func TestRestoreOver(t *testing.T) {
	d := illustrated(t)
	b := d.backup()
	want := d.dump(state)
	for _, tc := range []struct {
		name  string
		files map[string]string
		kept  []string
	}{
		{"nothing", nil, nil},
		{"an empty file", map[string]string{"lectern.db": ""}, nil},
		{"a text", map[string]string{"lectern.db": "Список покупок"}, []string{"lectern.db"}},
		{"a damaged collection and its log", map[string]string{"lectern.db": "SQLite format 3\x00", "lectern.db-wal": "x"}, []string{"lectern.db", "lectern.db-wal"}},
		{"a log that lost its file", map[string]string{"lectern.db-wal": "a log"}, []string{"lectern.db-wal"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := &desk{t: t, dir: tempDir(t), now: d.now}
			for name, text := range tc.files {
				r.ok(os.WriteFile(filepath.Join(r.dir, name), []byte(text), 0o600))
			}
			r.ok(collection.RestoreBackup(ctx, r.dir, b.Path, nil))
			for _, name := range tc.kept {
				found, err := filepath.Glob(filepath.Join(r.dir, "backups", "damaged-*", name))
				if err != nil || len(found) != 1 {
					t.Fatalf("%s is kept as %v", name, found)
				}
				if text, err := os.ReadFile(found[0]); err != nil || string(text) != tc.files[name] {
					t.Errorf("%s is kept as %q (%v)", name, text, err)
				}
			}
			r.open()
			defer r.Close()
			if got := r.dump(state); got != want {
				t.Error(difference(want, got))
			}
			r.sound()
		})
	}
}

// The log of a collection that is gone must not be taken for that of the one
// that is restored.
func TestRestoreBesideALog(t *testing.T) {
	d := illustrated(t)
	b := d.backup()
	want := d.dump(state)
	for range 3 {
		d.ok(d.SetSetting(ctx, "theme", "dark")) // something in the log
	}
	log, err := os.ReadFile(d.file() + "-wal")
	if err != nil || len(log) == 0 {
		t.Fatal("no log to lose its file", err)
	}
	r := &desk{t: t, dir: tempDir(t), now: d.now}
	r.ok(os.WriteFile(r.file()+"-wal", log, 0o600))
	r.ok(collection.RestoreBackup(ctx, r.dir, b.Path, nil))
	r.open()
	defer r.Close()
	if got := r.dump(state); got != want {
		t.Error(difference(want, got))
	}
}

// A collection that somebody has open is not replaced under his hands.
func TestRestoreOverAnOpenOne(t *testing.T) {
	d := illustrated(t)
	b := d.backup()
	d.answer("a-q2/f", scheduler.Good)
	before := d.dump(layers)
	wantFault(t, collection.RestoreBackup(ctx, d.dir, b.Path, nil), fault.Busy)
	if now := d.dump(layers); now != before {
		t.Error(difference(before, now))
	}
	d.answer("a-q3/f", scheduler.Good)
	d.sound()
}

// entry is a file in a zip that is made to deceive.
type entry struct {
	name  string
	data  []byte
	store bool
	size  uint64 // declared; 0: the truth
}

func writeZip(t *testing.T, path string, entries ...entry) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.store || e.size > 0 {
			h.Method = zip.Store
		}
		var w io.Writer
		if e.size > 0 {
			h.UncompressedSize64, h.CompressedSize64 = e.size, uint64(len(e.data))
			w, err = z.CreateRaw(h)
		} else {
			w, err = z.CreateHeader(h)
		}
		if err == nil {
			_, err = w.Write(e.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

// Whatever is handed over as a backup and is none is refused, writes nothing
// outside its place, and changes nothing.
func TestHostileBackups(t *testing.T) {
	d := illustrated(t)
	good := d.backup()
	d.answer("a-q2/f", scheduler.Good)
	d.ok(d.Close())
	z, err := zip.OpenReader(good.Path)
	d.ok(err)
	defer z.Close()
	read := func(name string) []byte {
		f, err := z.Open(name)
		d.ok(err)
		defer f.Close()
		data, err := io.ReadAll(f)
		d.ok(err)
		return data
	}
	manifest, db := entry{name: "manifest.json", data: read("manifest.json")}, entry{name: "lectern.db", data: read("lectern.db")}
	whole, err := os.ReadFile(good.Path)
	d.ok(err)
	damaged := slices.Clone(db.data)
	for i := 8192; i < 12288; i++ {
		damaged[i] ^= 0x5a
	}
	newer := regexp.MustCompile(`"schema": \d+`).ReplaceAllString(string(manifest.data), `"schema": 9999`)
	other := strings.Replace(string(manifest.data), "lectern-backup/1", "photos/1", 1)
	shared := []entry{manifest, db}
	for i := range 20 { // each allowed, all together more than the file can hold
		shared = append(shared, entry{name: fmt.Sprintf("media/%d.png", i), data: make([]byte, 1<<20)})
	}
	zips := map[string][]entry{
		"no manifest":                {db},
		"a manifest of something":    {{name: "manifest.json", data: []byte(other)}, db},
		"a manifest that is no JSON": {{name: "manifest.json", data: []byte("{")}, db},
		"no database":                {manifest},
		"a text for a database":      {manifest, {name: "lectern.db", data: []byte(strings.Repeat("Список покупок\n", 40))}},
		"an empty database":          {manifest, {name: "lectern.db"}},
		"a damaged database":         {manifest, {name: "lectern.db", data: damaged}},
		"a database cut off":         {manifest, {name: "lectern.db", data: db.data[:len(db.data)/2]}},
		"a path upwards":             {manifest, db, {name: "../evil", data: []byte("x")}},
		"a path upwards from media":  {manifest, db, {name: "media/../../evil", data: []byte("x")}},
		"an absolute path":           {manifest, db, {name: "/tmp/evil", data: []byte("x")}},
		"a path with backslashes":    {manifest, db, {name: `media\..\..\evil`, data: []byte("x")}},
		"a drive":                    {manifest, db, {name: `media/C:evil`, data: []byte("x")}},
		"a hidden file":              {manifest, db, {name: "media/.evil", data: []byte("x")}},
		"a folder in media":          {manifest, db, {name: "media/a/evil", data: []byte("x")}},
		"a file of the program":      {manifest, db, {name: "lectern.db-wal", data: []byte("x")}},
		"a name twice":               {manifest, db, db},
		"a bomb":                     {manifest, {name: "lectern.db", data: make([]byte, 16<<20)}},
		"many small bombs":           shared,
		"a medium of a false length": {manifest, db, {name: "media/a.png", data: []byte("xyz"), size: 2}},
		"a medium that is cut":       {manifest, db, {name: "media/a.png", data: []byte("xyz"), size: 4}},
		"a medium of absurd length":  {manifest, db, {name: "media/a.png", data: []byte("xyz"), size: 1 << 60}},
	}
	before := tree(t, d.dir)
	parent := filepath.Dir(d.dir)
	path := filepath.Join(tempDir(t), "backup.zip")
	refuse := func(t *testing.T, code fault.Code) {
		t.Helper()
		err := collection.RestoreBackup(ctx, d.dir, path, nil)
		wantFault(t, err, code)
		if code == fault.BadBackup && fault.Of(err).Args["name"] != "backup.zip" {
			t.Errorf("it names %v", fault.Of(err).Args)
		}
		if after := tree(t, d.dir); after != before {
			t.Fatalf("the collection changed: %s", difference(before, after))
		}
		if files, err := os.ReadDir(parent); err != nil || len(files) != 1 {
			t.Fatalf("beside the collection: %v %v", files, err)
		}
	}
	for name, entries := range zips {
		t.Run(name, func(t *testing.T) {
			writeZip(t, path, entries...)
			refuse(t, fault.BadBackup)
		})
	}
	for name, data := range map[string][]byte{
		"a text": []byte("Список покупок"), "nothing": nil, "cut in half": whole[:len(whole)/2], "cut by a byte": whole[:len(whole)-1],
	} {
		t.Run(name, func(t *testing.T) {
			d.ok(os.WriteFile(path, data, 0o600))
			refuse(t, fault.BadBackup)
		})
	}
	t.Run("of a newer program", func(t *testing.T) {
		writeZip(t, path, entry{name: "manifest.json", data: []byte(newer)}, db)
		refuse(t, fault.NewerCollection)
	})
	t.Run("not there", func(t *testing.T) {
		d.ok(os.Remove(path))
		refuse(t, fault.NoBackup)
	})
	t.Run("a folder", func(t *testing.T) {
		d.ok(os.Mkdir(path, 0o700))
		refuse(t, fault.BadBackup)
	})
	t.Run("stopped by the user", func(t *testing.T) {
		path = good.Path
		stopped, cancel := context.WithCancel(ctx)
		err := collection.RestoreBackup(stopped, d.dir, path, func(int, int) { cancel() })
		wantFault(t, err, fault.Cancelled)
		if after := tree(t, d.dir); after != before {
			t.Fatalf("the collection changed: %s", difference(before, after))
		}
	})
}
