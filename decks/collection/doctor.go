package collection

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lectern/decks/fault"
	"lectern/decks/release"
)

// The codes of problems.
const (
	problemFile    = "file_damaged"   // SQLite finds the file inconsistent
	problemIndex   = "index_damaged"  // an index of it; can be made again
	problemKeys    = "broken_link"    // a row names one that is not there
	problemLog     = "bad_event"      // an event breaks a rule of the log
	problemRelease = "bad_release"    // a release is not what its hash says
	problemCache   = "cache_differs"  // a cache is not what the layers say
	problemMedia   = "missing_media"  // a note shows a picture that is not there
	problemDraft   = "bad_draft"      // a draft of no note, or one that cannot be read
	problemTemp    = "leftover_files" // of an interrupted write
)

// oldTemp is when a temporary file belongs to nobody any more.
const oldTemp = time.Hour

var errUndoChecks = errors.New("the checks change nothing")

// Doctor checks everything: the file, the rules of the log, that every release
// is what its hash says, that the caches are what the layers say, and media.
// It returns what it found, nothing when all is well. With
// repair it makes caches and indexes anew and deletes leftovers; what an
// author or a student made is never changed.
func (c *Collection) Doctor(ctx context.Context, repair bool, p Progress) ([]Problem, error) {
	if err := ctx.Err(); err != nil {
		return nil, faulty(err)
	}
	d := doctor{c: c, ctx: ctx, repair: repair, progress: p, found: []Problem{}}
	changed, err := d.run()
	if err != nil {
		return nil, fmt.Errorf("check the collection: %w", faulty(err))
	}
	if changed {
		c.subs.tell(rebuilt)
	}
	return d.found, nil
}

type doctor struct {
	c        *Collection
	ctx      context.Context
	repair   bool
	progress Progress
	found    []Problem
}

func (d *doctor) say(code string, repaired bool, format string, args ...any) {
	d.found = append(d.found, Problem{Code: code, Detail: fmt.Sprintf(format, args...), Repaired: repaired})
}

// run makes the checks in one transaction and says whether caches were mended.
func (d *doctor) run() (changed bool, err error) {
	d.c.mu.Lock()
	defer d.c.mu.Unlock()
	if d.c.closed {
		return false, errClosed
	}
	err = d.c.transact(context.Background(), func(t *tx) error {
		damaged := false
		// The caches come before what is judged by them.
		for _, check := range []func(*tx) error{d.file, d.links, d.releases, d.caches, d.log, d.drafts, d.media} {
			if err := d.ctx.Err(); err != nil {
				return err
			}
			if err := check(t); err != nil {
				// What a damaged file cannot show is one more problem, not the
				// end of the checks.
				if !fault.Is(faulty(err), fault.CorruptFile) {
					return err
				}
				damaged = true
				d.say(problemFile, false, "%v", err)
			}
		}
		if damaged { // what was mended half is not kept
			for i := range d.found {
				d.found[i].Repaired = false
			}
		}
		if damaged || !d.repair {
			return errUndoChecks
		}
		changed = t.changed > 0
		return t.nextGeneration()
	})
	d.c.mem = nil
	if err != nil && !errors.Is(err, errUndoChecks) {
		return false, err
	}
	return changed, d.leftovers()
}

// file asks SQLite.
func (d *doctor) file(t *tx) error {
	var bad, index []string
	rows, err := t.query(`PRAGMA integrity_check(20)`)
	err = each(rows, err, func(s scanner) error {
		var line string
		if err := s.Scan(&line); err != nil || line == "ok" {
			return err
		}
		if strings.Contains(line, " index ") {
			index = append(index, line)
		} else {
			bad = append(bad, line)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(bad) > 0 {
		d.say(problemFile, false, "%s", strings.Join(bad, "; "))
	}
	if len(index) == 0 {
		return nil
	}
	if d.repair && len(bad) == 0 {
		if _, err := t.exec(`REINDEX`); err != nil {
			return err
		}
	}
	d.say(problemIndex, d.repair && len(bad) == 0, "%s", strings.Join(index, "; "))
	return nil
}

// links checks the foreign keys.
func (d *doctor) links(t *tx) error {
	n := map[string]int{}
	rows, err := t.query(`PRAGMA foreign_key_check`)
	err = each(rows, err, func(s scanner) error {
		var table, parent string
		var row *int64
		var key int
		err := s.Scan(&table, &row, &parent, &key)
		n[table]++
		return err
	})
	for _, table := range slices.Sorted(maps.Keys(n)) {
		d.say(problemKeys, false, "%d rows of %s", n[table], table)
	}
	return err
}

// log checks the rules that the log's own constraints cannot hold.
func (d *doctor) log(t *tx) error {
	for _, rule := range []struct{ what, query string }{
		{"answers of notes that no deck brought", `SELECT count(*) FROM reviews WHERE instr(card, '/') < 2 OR
			substr(card, 1, instr(card, '/') - 1) NOT IN (SELECT note FROM owners)`},
		{"edits of notes that no deck brought", `SELECT count(*) FROM edits WHERE note NOT IN (SELECT note FROM owners)`},
		{"marks on cards of notes that no deck brought", `SELECT count(*) FROM marks WHERE instr(card, '/') < 2 OR
			substr(card, 1, instr(card, '/') - 1) NOT IN (SELECT note FROM owners)`},
		{"answers without an operation of their kind", `SELECT count(*) FROM ops WHERE kind = 'answer' AND seq NOT IN (SELECT op FROM reviews)`},
	} {
		var n int
		if err := t.row(rule.query).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			d.say(problemLog, false, "%d %s", n, rule.what)
		}
	}
	for _, table := range []string{"reviews", "edits", "marks", "choices", "installs", "voids"} {
		// The usual event has one parent, which is checked in SQL; the rest here.
		var n int
		err := t.row(`SELECT count(*) FROM ` + table + ` e WHERE length(parents) = 16
			AND NOT EXISTS (SELECT 1 FROM ` + table + ` p WHERE p.id = e.parents)`).Scan(&n)
		if err != nil {
			return err
		}
		rows, err := t.query(`SELECT parents FROM ` + table + ` WHERE length(parents) > 16`)
		var all [][]byte
		err = each(rows, err, func(s scanner) error {
			var p []byte
			err := s.Scan(&p)
			all = append(all, p)
			return err
		})
		if err != nil {
			return err
		}
		for _, parents := range all {
			for id := range parentsOf(&event{parents: parents}) {
				var one int
				err := t.row(`SELECT 1 FROM `+table+` WHERE id = ?`, id[:]).Scan(&one)
				if isNoRows(err) {
					n++
				} else if err != nil {
					return err
				}
			}
		}
		if n > 0 {
			d.say(problemLog, false, "%d parents in %s that are not there", n, table)
		}
	}
	return nil
}

// releases reads every release and compares it with its name.
func (d *doctor) releases(t *tx) error {
	var hashes [][]byte
	rows, err := t.query(`SELECT hash FROM releases`)
	err = each(rows, err, func(s scanner) error {
		var h []byte
		err := s.Scan(&h)
		hashes = append(hashes, h)
		return err
	})
	if err != nil {
		return err
	}
	for _, h := range hashes {
		if err := d.ctx.Err(); err != nil {
			return err
		}
		var size int64
		var body []byte
		if err := t.row(`SELECT size, body FROM releases WHERE hash = ?`, h).Scan(&size, &body); err != nil {
			return err
		}
		content, err := inflate(body, size)
		if err == nil && release.Hash(content) != hex.EncodeToString(h) {
			err = errors.New("its content has another hash")
		}
		if err == nil {
			_, err = release.Decode(content)
		}
		if err != nil {
			d.say(problemRelease, false, "release %x: %v", h, err)
		}
	}
	return nil
}

// caches computes them anew. The transaction is rolled back when nothing is to
// be repaired.
func (d *doctor) caches(t *tx) error {
	before := t.changed
	if err := d.c.recompute(d.ctx, t, d.progress); err != nil {
		return err
	}
	if n := t.changed - before; n > 0 {
		d.say(problemCache, d.repair, "%d rows", n)
	}
	return nil
}

// media looks for the pictures that notes show.
func (d *doctor) media(t *tx) error {
	missing := map[string]string{}
	rows, err := t.query(`SELECT id, shown FROM notes WHERE NOT retired AND (instr(shown, '![') OR instr(shown, 'src='))`)
	err = each(rows, err, func(s scanner) error {
		var id, text string
		if err := s.Scan(&id, &text); err != nil {
			return err
		}
		n, err := parseNote(id, text)
		if err != nil {
			return err
		}
		for _, name := range mediaOf(n) {
			if _, known := missing[name]; known {
				continue
			}
			if st, err := os.Lstat(filepath.Join(d.c.MediaDir(), name)); err != nil || !st.Mode().IsRegular() {
				missing[name] = id
			}
		}
		return nil
	})
	for _, name := range slices.Sorted(maps.Keys(missing)) {
		d.say(problemMedia, false, "%s, in note %s", name, missing[name])
	}
	return err
}

// leftovers looks for files of interrupted writes.
func (d *doctor) leftovers() error {
	n, err := d.c.sweep(d.ctx, d.repair)
	if n > 0 {
		d.say(problemTemp, d.repair, "%d files", n)
	}
	return err
}
