package collection_test

import (
	"testing"

	"lectern/decks"
	"lectern/scheduler"
)

// studied is a desk with something in every table.
func studied(t *testing.T) *desk {
	d := newDesk(t)
	a, b := course("a", 6), course("b", 3)
	a.Sections = []decks.Section{{ID: "s", Title: "Лекция"}}
	a.Notes[0].Section = "s"
	a.Notes = append(a.Notes, cloze("a-c", "{{c1::раз}} {{c2::два}}"))
	d.install(a)
	d.install(b)
	d.answer("a-q1/f", scheduler.Good)
	d.answer("b-q1/f", scheduler.Again)
	d.answer("a-c/c2", scheduler.Easy)
	d.ok(d.Edit(ctx, "a-q2", decks.Back, "Моё"))
	d.ok(d.Suspend(ctx, []decks.CardID{"a-q3/f"}, true))
	d.ok(d.Flag(ctx, "b-q2/f", 3))
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	return d
}

// Whatever is wrong in the caches, the doctor names it and changes nothing;
// with repair, and by Rebuild, they are again what the layers say.
func TestDamagedCaches(t *testing.T) {
	for i, damage := range []string{
		`DELETE FROM undone`,
		`INSERT INTO undone VALUES (1)`,
		`DELETE FROM owners`,
		`UPDATE owners SET deck = 'b'`,
		`INSERT INTO owners VALUES ('stray', 'a')`,
		`DELETE FROM decks`,
		`DELETE FROM decks WHERE id = 'a'`,
		`UPDATE decks SET title = 'Чужое', pos = 7`,
		`UPDATE decks SET origin = 'not JSON'`,
		`UPDATE decks SET sections = '{}'`,
		`INSERT INTO decks SELECT 'stray', pos, title, lang, origin, release, page, sections FROM decks WHERE id = 'a'`,
		`DELETE FROM notes`,
		`DELETE FROM notes WHERE id = 'a-q2'`,
		`UPDATE notes SET deck = 'b' WHERE id = 'a-q2'`,
		`UPDATE notes SET deck = 'zz' WHERE id = 'a-q2'`,
		`UPDATE notes SET id = 'stray' WHERE id = 'a-q2'`,
		`UPDATE notes SET shown = 'not JSON' WHERE id = 'a-q2'`,
		`UPDATE notes SET released = 'not JSON' WHERE id = 'a-q2'`,
		`UPDATE notes SET search = 'чужое', question = 'Чужое' WHERE id = 'a-q2'`,
		`UPDATE notes SET pos = 5, needs = 1, retired = 1`,
		`DELETE FROM cards`,
		`DELETE FROM cards WHERE id = 'a-q1/f'`,
		`UPDATE cards SET n = 99`,
		`UPDATE cards SET n = (SELECT n FROM notes WHERE id = 'b-q1') WHERE id = 'a-q1/f'`,
		`UPDATE cards SET deck = 'nowhere', section = 'nowhere'`,
		`UPDATE cards SET id = 'stray/f' WHERE id = 'a-q2/f'`,
		`UPDATE cards SET id = 'a-q2/x' WHERE id = 'a-q2/f'`,
		`UPDATE cards SET s = 1, d = 1, due_day = 3, reps = 9, lapses = 4, phase = 2`,
		`UPDATE cards SET suspended = 1, flag = 2, skip_day = 20000`,
		`DELETE FROM days`,
		`UPDATE days SET answers = answers + 1, ms = 0`,
		`INSERT INTO days VALUES (1, 'a', 1, 1, 1, 1, 1, 1, 1)`,
	} {
		t.Run(damage, func(t *testing.T) {
			d := studied(t)
			want := d.dump(state)
			mends := []string{"rebuild", "doctor", "reopened"}
			if testing.Short() {
				mends = mends[i%3:][:1]
			}
			for _, mend := range mends {
				if mend == "reopened" { // as when no memory of better days is left
					d.ok(d.Close())
				}
				d.exec(damage)
				if mend == "reopened" {
					d.open()
				}
				damaged := d.dump(state)
				problems, err := d.Doctor(ctx, false, nil)
				if err != nil || len(problems) == 0 {
					t.Fatalf("the doctor found %+v, %v", problems, err)
				}
				if now := d.dump(state); now != damaged {
					t.Fatalf("looking changed %s", difference(damaged, now))
				}
				if mend == "doctor" {
					problems, err := d.Doctor(ctx, true, nil)
					d.ok(err)
					for _, p := range problems {
						if !p.Repaired {
							t.Errorf("not repaired: %+v", p)
						}
					}
				} else if n, err := d.Rebuild(ctx, nil); err != nil || n == 0 {
					t.Fatalf("rebuild: %d, %v", n, err)
				}
				if now := d.dump(state); now != want {
					t.Fatalf("%s left %s", mend, difference(want, now))
				}
				d.sound()
				d.answer(d.next(inDeck("a")).Card, scheduler.Good)
				if _, err := d.Undo(ctx); err != nil {
					t.Fatal(err)
				}
				want = d.dump(state)
			}
		})
	}
}

// What is wrong in the layers is named and left alone.
func TestDoctorOfTheLayers(t *testing.T) {
	for _, tc := range []struct {
		name, code string
		damage     []string
	}{
		{"a release is not what its hash says", "bad_release",
			[]string{`DROP TRIGGER releases_no_update`, `UPDATE releases SET body = x'00'`}},
		{"an answer to nobody's card", "bad_event",
			[]string{`INSERT INTO reviews SELECT NULL, randomblob(16), op, 'stray/f', kind, grade, took_ms, phase, step, wait_ms, days, at_ms, zone_min, device, parents, author FROM reviews LIMIT 1`}},
		{"an edit of nobody's note", "bad_event",
			[]string{`INSERT INTO edits SELECT NULL, randomblob(16), op, 'stray', field, value, base, at_ms, zone_min, device, parents FROM edits LIMIT 1`}},
		{"a mark on a card that is none", "bad_event",
			[]string{`INSERT INTO marks SELECT NULL, randomblob(16), op, 'stray', mark, value, at_ms, zone_min, device, parents FROM marks LIMIT 1`}},
		{"a parent that is not there", "bad_event",
			[]string{`INSERT INTO reviews SELECT NULL, randomblob(16), op, card, kind, grade, took_ms, phase, step, wait_ms, days, at_ms, zone_min, device, randomblob(16), author FROM reviews LIMIT 1`}},
		{"two parents that are not there", "bad_event",
			[]string{`INSERT INTO reviews SELECT NULL, randomblob(16), op, card, kind, grade, took_ms, phase, step, wait_ms, days, at_ms, zone_min, device, randomblob(32), author FROM reviews LIMIT 1`}},
		{"an operation without its answer", "bad_event",
			[]string{`INSERT INTO ops SELECT NULL, randomblob(16), 'answer', subject, at_ms, zone_min, device FROM ops LIMIT 1`}},
		{"an event without its operation", "broken_link",
			[]string{`INSERT INTO reviews SELECT NULL, randomblob(16), 999, card, kind, grade, took_ms, phase, step, wait_ms, days, at_ms, zone_min, device, parents, author FROM reviews LIMIT 1`}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := studied(t)
			d.exec(tc.damage...)
			before := d.dump(layers)
			problems, err := d.Doctor(ctx, true, nil)
			d.ok(err)
			found := false
			for _, p := range problems {
				if found = found || p.Code == tc.code; p.Code == tc.code && p.Repaired {
					t.Errorf("%+v cannot be repaired", p)
				}
			}
			if !found {
				t.Errorf("the doctor found %+v, want %s", problems, tc.code)
			}
			if after := d.dump(layers); after != before {
				t.Errorf("the doctor changed what was written: %s", difference(before, after))
			}
		})
	}
}

// The layers only grow, whoever writes.
func TestLayersOnlyGrow(t *testing.T) {
	d := studied(t)
	db := d.raw()
	defer db.Close()
	for _, table := range layers {
		for _, change := range []string{`DELETE FROM ` + table, `UPDATE ` + table + ` SET rowid = rowid + 1000`} {
			var n int
			if err := db.QueryRowContext(ctx, `SELECT count(*) FROM `+table).Scan(&n); err != nil {
				t.Fatal(err)
			}
			if _, err := db.ExecContext(ctx, change); err == nil && n > 0 {
				t.Errorf("%s succeeds", change)
			}
		}
	}
}
