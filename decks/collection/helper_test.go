package collection_test

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // to look into the file and to spoil it
	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
)

var ctx = context.Background()

// morning is when these students begin: a Monday in Moscow.
var morning = time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 3*3600))

// desk is a collection with a clock of its own.
type desk struct {
	*collection.Collection
	t   rapid.TB
	dir string
	now time.Time
}

// newDesk opens a new collection.
func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, dir: filepath.Join(tempDir(t), "collection"), now: morning}
	d.open()
	t.Cleanup(func() { d.Close() })
	return d
}

// tempDir is t.TempDir in memory where the system has such a place: these tests
// wait for the disk ten thousand times.
func tempDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "lectern-test-*")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func (d *desk) open() {
	d.t.Helper()
	c, err := collection.Open(ctx, d.dir, collection.Options{Clock: func() time.Time { return d.now }})
	d.ok(err)
	d.Collection = c
}

func (d *desk) reopen() {
	d.t.Helper()
	d.ok(d.Close())
	d.open()
}

func (d *desk) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// file is the database.
func (d *desk) file() string { return filepath.Join(d.dir, "lectern.db") }

func (d *desk) install(deck decks.Deck) collection.InstallResult {
	d.t.Helper()
	r, err := d.Install(ctx, deck, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: deck.ID + ".txt", Key: deck.ID}})
	d.ok(err)
	return r
}

// next is the card to study, which has to be there.
func (d *desk) next(s collection.Scope) *collection.StudyCard {
	d.t.Helper()
	card, err := d.Next(ctx, s)
	d.ok(err)
	if card == nil {
		d.t.Fatal("nothing is left to study")
	}
	return card
}

func (d *desk) answer(card decks.CardID, g scheduler.Grade) collection.Answered {
	d.t.Helper()
	a, err := d.Answer(ctx, collection.AnswerRequest{Card: card, Grade: g, Took: 5 * time.Second})
	d.ok(err)
	return a
}

// study answers Good until nothing is left in the scope now, and returns the
// cards in the order they were asked.
func (d *desk) study(s collection.Scope) (asked []decks.CardID) {
	d.t.Helper()
	for range 1000 {
		card, err := d.Next(ctx, s)
		d.ok(err)
		if card == nil {
			return asked
		}
		asked = append(asked, card.Card)
		d.now = d.now.Add(5 * time.Second)
		d.answer(card.Card, scheduler.Good)
	}
	d.t.Fatal("study does not end")
	return nil
}

func (d *desk) card(id decks.CardID) *collection.StudyCard {
	d.t.Helper()
	card, err := d.Card(ctx, id)
	d.ok(err)
	return card
}

func (d *desk) search(q collection.Query) collection.Found {
	d.t.Helper()
	f, err := d.Search(ctx, q)
	d.ok(err)
	return f
}

func (d *desk) home() collection.Home {
	d.t.Helper()
	h, err := d.Home(ctx)
	d.ok(err)
	return h
}

func (d *desk) preset(change func(p *scheduler.Preset)) {
	d.t.Helper()
	p, err := d.Preset(ctx)
	d.ok(err)
	change(&p)
	d.ok(d.SetPreset(ctx, p))
}

// sound checks that the doctor finds nothing and a rebuild changes nothing.
func (d *desk) sound() {
	d.t.Helper()
	problems, err := d.Doctor(ctx, false, nil)
	d.ok(err)
	if len(problems) > 0 {
		d.t.Fatalf("the doctor found %+v", problems)
	}
	before := d.dump(caches)
	changed, err := d.Rebuild(ctx, nil)
	d.ok(err)
	if after := d.dump(caches); changed != 0 || after != before {
		d.t.Fatalf("rebuild changed %d rows\n%s", changed, difference(before, after))
	}
}

// raw opens the file beside the collection.
func (d *desk) raw() *sql.DB {
	d.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(d.file())+"?_pragma=busy_timeout(5000)")
	d.ok(err)
	return db
}

// exec changes the file behind the collection's back.
func (d *desk) exec(statements ...string) {
	d.t.Helper()
	db := d.raw()
	defer db.Close()
	for _, s := range statements {
		if _, err := db.ExecContext(ctx, s); err != nil {
			d.t.Fatalf("%s: %v", s, err)
		}
	}
}

// What of the file is looked at: all caches, row by row; or what they say,
// whatever the rows are numbered.
var (
	caches = []string{
		"undone", "owners", "decks", "notes", "cards", "days",
	}
	state = []string{
		"decks",
		"(SELECT id, deck, section, pos, shown, released, question, answer, search, needs, retired FROM notes)",
		`(SELECT id, deck, section, pos, needs, retired, suspended, flag, skip_day, phase, s, d, fast, step,
			due_ms, due_day, last_ms, last_day, days, reps, lapses FROM cards)`,
		"days",
		"settings",
	}
	layers = []string{"releases", "pages", "ops", "voids", "installs", "edits", "marks", "choices", "reviews"}
)

// dump writes tables as text, a row a line.
func (d *desk) dump(tables []string) string {
	d.t.Helper()
	db := d.raw()
	defer db.Close()
	var b strings.Builder
	for _, table := range tables {
		fmt.Fprintf(&b, "== %.40s\n", table)
		rows, err := db.QueryContext(ctx, "SELECT * FROM "+table+" ORDER BY 1, 2")
		if err != nil && strings.Contains(err.Error(), "out of range") { // one column
			rows, err = db.QueryContext(ctx, "SELECT * FROM "+table+" ORDER BY 1")
		}
		d.ok(err)
		columns, err := rows.Columns()
		d.ok(err)
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		for rows.Next() {
			d.ok(rows.Scan(values...))
			for _, v := range values {
				switch v := (*v.(*any)).(type) {
				case []byte:
					fmt.Fprintf(&b, "%x|", v)
				default:
					fmt.Fprintf(&b, "%v|", v)
				}
			}
			b.WriteByte('\n')
		}
		d.ok(rows.Err())
		rows.Close()
	}
	return b.String()
}

// difference shows the first lines in which two dumps differ.
func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(x), len(y)) {
		var p, q string
		if i < len(x) {
			p = x[i]
		}
		if i < len(y) {
			q = y[i]
		}
		if p != q {
			return fmt.Sprintf("line %d\n- %s\n+ %s", i+1, p, q)
		}
	}
	return "no difference"
}

// checks sets how many cases rapid tries, unless the command line says.
func checks(t *testing.T, n string) {
	t.Helper()
	f := flag.Lookup("rapid.checks")
	if old := f.Value.String(); old == f.DefValue {
		if err := f.Value.Set(n); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Value.Set(old) }) // it was its value before
	}
}

// wantFault checks the fault of an error.
func wantFault(t rapid.TB, err error, code fault.Code) {
	t.Helper()
	if err == nil || !fault.Is(err, code) {
		t.Fatalf("error %v, want the fault %s", err, code)
	}
}

// question is a note with an answer, or without when that is "".
func question(id, text, answer string) decks.Note {
	n := decks.Note{ID: id, Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: text}}
	if answer != "" {
		n.Fields[decks.Back] = answer
	}
	return n
}

// cloze is a note with a card for each gap.
func cloze(id, text string) decks.Note {
	return decks.Note{ID: id, Kind: decks.Cloze, Fields: map[decks.Field]string{decks.Front: text}}
}

// course is a deck of n questions "id-q1", "id-q2", …
func course(id string, n int) decks.Deck {
	d := decks.Deck{ID: id, Title: "Курс " + id, Lang: "ru"}
	for i := range n {
		d.Notes = append(d.Notes, question(fmt.Sprintf("%s-q%d", id, i+1), fmt.Sprintf("Вопрос %d?", i+1), fmt.Sprintf("Ответ %d.", i+1)))
	}
	return d
}
