package ship_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"lectern/decks/course/ship"
	"lectern/decks/fault"
)

// held is what lies in a folder: names and contents.
func held(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return out
}

// What is foreseen is what is then written, and foreseeing writes nothing.
func TestForesee(t *testing.T) {
	d := newDesk(t, true)
	p := ship.Publication{Options: ship.Options{Now: start}}
	for round, edit := range []func(){
		func() {},
		func() { d.edit("# Лекция 1", "# Лекция первая") },
		func() {}, // nothing is new
	} {
		edit()
		course, site := held(t, d.dir), held(t, d.folder)
		seen, err := ship.Foresee(ctx, d.dir, d.folder, d.store, p)
		if err != nil {
			t.Fatal(err)
		}
		if got := held(t, d.dir); len(got) != len(course) || got["published.json"] != course["published.json"] {
			t.Error("foreseeing changed the course")
		}
		if got := held(t, d.folder); len(got) != len(site) {
			t.Error("foreseeing changed the folder")
		}
		done, err := ship.Publish(ctx, d.dir, d.folder, d.store, p)
		if err != nil {
			t.Fatal(err)
		}
		if done.New != (seen.Statement.Seq > 0) || done.New && done.Seq != seen.Statement.Seq {
			t.Errorf("round %d: release %d was foreseen, %d (new: %v) was made", round, seen.Statement.Seq, done.Seq, done.New)
		}
		if done.Files != len(seen.Files) {
			t.Errorf("round %d: %v were foreseen, %d were written", round, seen.Files, done.Files)
		}
		after := held(t, d.folder)
		for name := range after {
			if _, before := site[name]; !before && !slices.Contains(seen.Files, name) {
				t.Errorf("round %d: %s was not foreseen", round, name)
			}
		}
	}
}

// A course that cannot be published cannot be foreseen either, for the same reason.
func TestForeseeFaults(t *testing.T) {
	d := newDesk(t, true)
	d.store = ship.Store{Dir: t.TempDir()}
	_, err := ship.Foresee(ctx, d.dir, d.folder, d.store, ship.Publication{Options: ship.Options{Now: start}})
	wantFault(t, err, fault.NoSigningKey)
	if _, err := os.Stat(d.folder); err == nil {
		t.Error("the folder was made")
	}
}
