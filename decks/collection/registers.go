package collection

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/merge"
	"lectern/scheduler"
)

// The rows of the append-only tables.

type reviewEvent struct {
	event
	card     decks.CardID
	kind     reviewKind
	grade    scheduler.Grade
	took     time.Duration
	promised bool
	promise  scheduler.Promise // of a move: Days, from the moment's study day
	author   *authorMove       // of a move that an author's release made
}

// authorMove is why an author's release moved a card, and the memory that it begins with
// when it was made of others.
type authorMove struct {
	Why  string  `json:"why"`
	S    float64 `json:"s,omitempty"`
	D    float64 `json:"d,omitempty"`
	Fast float64 `json:"fast,omitempty"`
	Ago  int     `json:"ago,omitempty"` // study days from the answer that the memory goes back to
}

// Why an author's release moved a card.
const (
	whyChanged = "changed" // what it asks or answers, in substance
	whySplit   = "split"   // it is a part of another card
	whyJoined  = "joined"  // it is several others together
)

// reviewKind is what a row of reviews does to the card's schedule.
type reviewKind string

const (
	kindAnswer  reviewKind = "answer"
	kindPreview reviewKind = "preview" // nothing
	kindMove    reviewKind = "move"    // the card comes back another day
	kindReset   reviewKind = "reset"   // the card is new again
)

type editEvent struct {
	event
	note  string
	field string
	value sql.NullString // not valid: back to the author's
	text  string         // the author's text that was seen
}

type markEvent struct {
	event
	card  decks.CardID
	mark  string
	value int
}

type choiceEvent struct {
	event
	name  string
	value string
}

type installEvent struct {
	event
	deck    string
	release []byte // nil: put away
	origin  string
	page    []byte
}

type voidEvent struct {
	event
	target int64
	undone bool
}

// moment is when and where the event was made.
func (e *event) moment() scheduler.Moment {
	return scheduler.Moment{Time: time.UnixMilli(e.atMS).UTC(), Zone: e.zoneMin}
}

// read scans all rows of an append-only table that where selects, in the order
// of arrival.
func readEvents[E eventRow](q querier, table, own, where string, dest func() (E, []any), args ...any) ([]E, error) {
	var out []E
	rows, err := q.query(`SELECT `+eventSource+`, `+own+` FROM `+table+` `+where, args...)
	err = each(rows, err, func(s scanner) error {
		e, d := dest()
		if err := s.Scan(e.base().dest(d...)...); err != nil {
			return err
		}
		out = append(out, e)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", table, err)
	}
	return out, nil
}

func newReview() (*reviewEvent, []any) {
	e := &reviewEvent{}
	return e, []any{&e.card, &e.kind, &e.grade, (*milliseconds)(&e.took),
		(*phase)(e), &e.promise.Step, (*milliseconds)(&e.promise.Wait), &e.promise.Days,
		(*moved)(e)}
}

const reviewColumns = `card, kind, grade, took_ms, phase, step, wait_ms, days, author`

// moved scans what an author's release did; NULL: the student or a plan moved the card.
type moved reviewEvent

// Scan implements sql.Scanner.
func (m *moved) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return nil
	}
	m.author = &authorMove{}
	if err := json.Unmarshal([]byte(text), m.author); err != nil {
		return damaged("reviews", m.seq, err)
	}
	return nil
}

// phase scans the phase of a promise; NULL: nothing was promised.
type phase reviewEvent

// Scan implements sql.Scanner.
func (p *phase) Scan(src any) error {
	n, ok := src.(int64)
	if !ok && src != nil {
		return fmt.Errorf("a phase is %T", src)
	}
	p.promised, p.promise.Phase = ok, scheduler.Phase(n)
	return nil
}

// review adds a row to the log of a card. parents are the heads of its rows.
func (o *op) review(parents []byte, r *reviewEvent) (decks.EventID, error) {
	var phase any
	if r.promised {
		phase = int(r.promise.Phase)
	}
	p := &r.promise
	var author any
	if r.author != nil {
		text, err := json.Marshal(r.author)
		if err != nil {
			return decks.EventID{}, err
		}
		author = string(text)
	}
	return o.event("reviews", reviewColumns, `?, ?, ?, ?, ?, ?, ?, ?, ?`, parents,
		string(r.card), string(r.kind), int(r.grade), r.took.Milliseconds(), phase, p.Step, p.Wait.Milliseconds(), p.Days, author)
}

// milliseconds scans a count of them.
type milliseconds time.Duration

// Scan implements sql.Scanner.
func (m *milliseconds) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("milliseconds are %T", src)
	}
	*m = milliseconds(time.Duration(n) * time.Millisecond)
	return nil
}

// readReviews returns all answers of a card, undone ones too, by arrival.
func readReviews(q querier, card decks.CardID) ([]*reviewEvent, error) {
	return readEvents(q, "reviews", reviewColumns, `WHERE card = ? ORDER BY seq`, newReview, string(card))
}

func newEdit() (*editEvent, []any) {
	e := &editEvent{}
	return e, []any{&e.note, &e.field, &e.value, &e.text}
}

const editColumns = `note, field, value, base`

func readEdits(q querier, note string) ([]*editEvent, error) {
	return readEvents(q, "edits", editColumns, `WHERE note = ? ORDER BY seq`, newEdit, note)
}

func newMark() (*markEvent, []any) {
	e := &markEvent{}
	return e, []any{&e.card, &e.mark, &e.value}
}

const markColumns = `card, mark, value`

func readMarks(q querier, card decks.CardID) ([]*markEvent, error) {
	return readEvents(q, "marks", markColumns, `WHERE card = ? ORDER BY seq`, newMark, string(card))
}

func readChoices(q querier, name string) ([]*choiceEvent, error) {
	return readEvents(q, "choices", `name, value`, `WHERE name = ? ORDER BY seq`, func() (*choiceEvent, []any) {
		e := &choiceEvent{}
		return e, []any{&e.name, &e.value}
	}, name)
}

func newInstall() (*installEvent, []any) {
	e := &installEvent{}
	return e, []any{&e.deck, &e.release, &e.origin, &e.page}
}

const installColumns = `deck, release, origin, page`

func readInstalls(q querier, deck string) ([]*installEvent, error) {
	return readEvents(q, "installs", installColumns, `WHERE deck = ? ORDER BY seq`, newInstall, deck)
}

// The name of the register of a note's tags among its fields.
const tagsField = "tags"

// keepField is the register of the note that a student keeps as it was released: its
// value is the note, JSON.
const keepField = "keep"

// overlay reads what the student wrote over a note from the registers of its edits.
func overlay(edits []*editEvent) (merge.Overlay, error) {
	var o merge.Overlay
	byField := map[string][]*editEvent{}
	for _, e := range edits {
		byField[e.field] = append(byField[e.field], e)
	}
	for field, events := range byField {
		e, ok := last(events)
		if !ok || !e.value.Valid || strings.HasPrefix(field, linkField) || strings.HasPrefix(field, remarkField) {
			continue
		}
		if err := readOverlay(&o, field, e); err != nil {
			return o, damaged("edits", e.seq, err)
		}
	}
	return o, nil
}

func readOverlay(o *merge.Overlay, field string, e *editEvent) error {
	switch field {
	case tagsField:
		o.Tags = &merge.TagEdit{}
		if err := json.Unmarshal([]byte(e.text), &o.Tags.Base); err != nil {
			return err
		}
		return json.Unmarshal([]byte(e.value.String), &o.Tags.Mine)
	case keepField:
		o.Keep = &decks.Note{}
		return json.Unmarshal([]byte(e.value.String), o.Keep)
	}
	if o.Fields == nil {
		o.Fields = map[decks.Field]merge.Edit{}
	}
	o.Fields[decks.Field(field)] = merge.Edit{Value: e.value.String, Base: e.text}
	return nil
}

// damaged says that a row of the log cannot be read.
func damaged(table string, seq int64, err error) error {
	return fault.New(fault.CorruptFile, fmt.Errorf("row %d of %s: %w", seq, table, err))
}

// cardMarks is what the student put on a card.
type cardMarks struct {
	suspended bool
	flag      int
	skip      scheduler.Day // noDay: none
}

func marksOf(events []*markEvent) cardMarks {
	out := cardMarks{skip: noDay}
	by := map[string][]*markEvent{}
	for _, e := range events {
		by[e.mark] = append(by[e.mark], e)
	}
	if e, ok := last(by[markSuspended]); ok {
		out.suspended = e.value != 0
	}
	if e, ok := last(by[markFlag]); ok {
		out.flag = e.value
	}
	if e, ok := last(by[markSkip]); ok {
		out.skip = scheduler.Day(e.value)
	}
	return out
}

// The marks.
const (
	markSuspended = "suspended"
	markFlag      = "flag"
	markSkip      = "skip"
)
