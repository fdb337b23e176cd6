package collection_test

import (
	"testing"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
)

// An answer that fails at any point of its transaction, the commit included,
// changes nothing; given again it is kept.
func TestAnswerFailsAnywhere(t *testing.T) {
	for _, point := range []string{
		`BEFORE INSERT ON ops`,
		`BEFORE INSERT ON reviews`,
		`AFTER INSERT ON reviews`,
		`AFTER UPDATE ON cards`,
		`BEFORE INSERT ON days`,
		`AFTER UPDATE ON meta`,
		"the commit",
		"all of it", // SQLite has rolled back by itself, as on a full disk
	} {
		t.Run(point, func(t *testing.T) {
			d := newDesk(t)
			d.install(course("a", 3))
			d.answer("a-q1/f", scheduler.Again)
			before, asked := d.dump(append(layers, caches...)), *d.next(collection.Scope{})
			switch point {
			case "the commit":
				d.exec(`CREATE TABLE trouble (device REFERENCES devices (n) DEFERRABLE INITIALLY DEFERRED)`,
					`CREATE TRIGGER trouble_made AFTER UPDATE ON meta BEGIN INSERT INTO trouble VALUES (-1); END`)
			case "all of it":
				d.exec(`CREATE TRIGGER trouble_made AFTER UPDATE ON meta BEGIN SELECT RAISE(ROLLBACK, 'trouble'); END`)
			default:
				d.exec(`CREATE TRIGGER trouble_made ` + point + ` BEGIN SELECT RAISE(ABORT, 'trouble'); END`)
			}
			for range 2 {
				if _, err := d.Answer(ctx, collection.AnswerRequest{Card: asked.Card, Grade: scheduler.Good}); err == nil {
					t.Fatal("answered")
				}
				if after := d.dump(append(layers, caches...)); after != before {
					t.Fatalf("the failed answer left %s", difference(before, after))
				}
				if again := d.next(collection.Scope{}); again.Card != asked.Card || again.Left != asked.Left || again.Outcomes != asked.Outcomes {
					t.Fatalf("%+v was to be asked, after the failure %+v", asked, again)
				}
			}
			d.exec(`DROP TRIGGER trouble_made`, `DROP TABLE IF EXISTS trouble`)
			a := d.answer(asked.Card, scheduler.Good)
			if h, err := d.History(ctx, asked.Card); err != nil || h[len(h)-1].ID != a.Review.String() {
				t.Errorf("%+v, %v", h, err)
			}
			d.sound()
		})
	}
}

// Another program that writes is waited for; one that does not end is the fault
// Busy, and nothing is lost.
func TestBusy(t *testing.T) {
	t.Parallel() // it waits
	d := newDesk(t)
	d.install(course("a", 3))
	other := d.raw()
	defer other.Close()
	other.SetMaxOpenConns(1)
	hold := func(statement string) {
		t.Helper()
		if _, err := other.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	hold(`BEGIN IMMEDIATE`)
	go func() {
		time.Sleep(100 * time.Millisecond)
		_, _ = other.ExecContext(ctx, `ROLLBACK`) // an error would make the answer fail
	}()
	d.answer("a-q1/f", scheduler.Good)

	if testing.Short() {
		return
	}
	before := d.dump(layers)
	hold(`BEGIN IMMEDIATE`)
	wantFault(t, d.Edit(ctx, "a-q2", decks.Back, "Моё"), fault.Busy)
	if card := d.next(collection.Scope{}); card == nil {
		t.Error("reading has to go on")
	}
	hold(`ROLLBACK`)
	if after := d.dump(layers); after != before {
		t.Error(difference(before, after))
	}
	d.answer("a-q2/f", scheduler.Good)
	d.sound()
}
