package collection

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/class"
	"lectern/decks/fault"
)

// Remark is what a student tells the author about a card.
type Remark string

// The remarks.
const (
	Unclear Remark = "unclear"
	Wrong   Remark = "wrong"
)

// Remarks are all of them.
var Remarks = []Remark{Unclear, Wrong}

// OpRemark is a remark made or taken back.
const OpRemark OpKind = "remark"

// remarkField begins the name of a remark's register among the fields of a note;
// the remark, a slash and the part of the card follow. While the remark is made it
// has any value.
const remarkField = "remark:"

// Remark makes a remark on a card, or takes it back. It stays in the collection
// until the student hands in a report. Faults: NoSuchCard, BadArgument.
func (c *Collection) Remark(ctx context.Context, card decks.CardID, r Remark, on bool) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		if !slices.Contains(Remarks, r) {
			return Change{}, fault.New(fault.BadArgument, nil, "what", "remark "+string(r))
		}
		if _, err := m.find(card); err != nil {
			return Change{}, err
		}
		note, part, err := card.Split()
		if err != nil {
			return Change{}, err
		}
		made, err := remarks(t, `AND note = ?`, note)
		if err != nil || made[card][r] == on {
			return Change{}, err
		}
		o, err := c.begin(t, OpRemark, note)
		if err != nil {
			return Change{}, err
		}
		err = o.edit(note, remarkField+string(r)+"/"+part, sql.NullString{String: "1", Valid: on}, "")
		return Change{Op: OpRemark, Cards: []decks.CardID{card}}, err
	})
	if err != nil {
		return fmt.Errorf("remark on card %s: %w", card, err)
	}
	return nil
}

// RemarksOn returns the remarks that are made on a card.
func (c *Collection) RemarksOn(ctx context.Context, card decks.CardID) (out []Remark, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		if _, err := m.find(card); err != nil {
			return err
		}
		made, err := remarks(q, `AND note = ?`, card.Note())
		for _, r := range Remarks {
			if made[card][r] {
				out = append(out, r)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the remarks on card %s: %w", card, err)
	}
	return out, nil
}

// remarks reads the remarks on the cards of the notes that where selects.
func remarks(q querier, where string, args ...any) (map[decks.CardID]map[Remark]bool, error) {
	events, err := readEvents(q, "edits", editColumns, `WHERE field GLOB '`+remarkField+`*' `+where+` ORDER BY seq`, newEdit, args...)
	if err != nil {
		return nil, err
	}
	type register struct {
		card   decks.CardID
		remark Remark
	}
	by := map[register][]*editEvent{}
	for _, e := range events {
		r, part, _ := strings.Cut(strings.TrimPrefix(e.field, remarkField), "/")
		key := register{decks.NewCardID(e.note, part), Remark(r)}
		by[key] = append(by[key], e)
	}
	out := map[decks.CardID]map[Remark]bool{}
	for r, events := range by {
		if e, ok := last(events); ok && e.value.Valid {
			if out[r.card] == nil {
				out[r.card] = map[Remark]bool{}
			}
			out[r.card][r.remark] = true
		}
	}
	return out, nil
}

// ofDeck selects the notes of a deck that are shown.
const ofDeck = `AND note IN (SELECT id FROM notes WHERE deck = ? AND NOT retired)`

// OwnAnswers returns the answers in a deck that the student wrote himself, for its
// author: not the author's, nor those that came from a page or were drafted for him.
func (c *Collection) OwnAnswers(ctx context.Context, deck string) (a class.Answers, err error) {
	err = c.forClass(ctx, deck, class.AnswersFormat, func(q querier, release, reporter string) error {
		a = class.Answers{Deck: deck, Release: release, Reporter: reporter}
		events, err := readEvents(q, "edits", editColumns, `WHERE field = '`+string(decks.Back)+`' `+ofDeck+` ORDER BY seq`, newEdit, deck)
		if err != nil {
			return err
		}
		for note, events := range byNote(events) {
			text, err := ownWords(q, note, events)
			if err != nil {
				return err
			}
			if text = class.Clean(text); text != "" {
				a.Answers = append(a.Answers, class.Answer{Note: note, Text: text})
			}
		}
		slices.SortFunc(a.Answers, func(x, y class.Answer) int { return strings.Compare(x.Note, y.Note) })
		return nil
	})
	if err != nil {
		return class.Answers{}, fmt.Errorf("read the own answers of deck %s: %w", deck, err)
	}
	return a, nil
}

// ownWords is the answer in force if the student typed it, "" otherwise.
func ownWords(q querier, note string, events []*editEvent) (string, error) {
	now, ok := last(events)
	if !ok || !now.value.Valid {
		return "", nil
	}
	var shown, released string
	if err := q.row(`SELECT shown, released FROM notes WHERE id = ?`, note).Scan(&shown, &released); err != nil {
		return "", fmt.Errorf("read note %s: %w", note, err)
	}
	author, err := parseNote(note, released)
	if released == "" { // nothing of the student's is in it
		author, err = parseNote(note, shown)
	}
	if err != nil || author.Text(decks.Back) == now.value.String {
		return "", err
	}
	for _, e := range events {
		if e.gone || e.value != now.value {
			continue
		}
		var kind OpKind
		if err := q.row(`SELECT kind FROM ops WHERE seq = ?`, e.op).Scan(&kind); err != nil {
			return "", fmt.Errorf("read how note %s was edited: %w", note, err)
		}
		if kind == OpEdit || kind == OpWrite {
			return now.value.String, nil
		}
	}
	return "", nil
}

// ClassReport returns how the cards of a deck go for the student, for its author:
// numbers and remarks, of cards that were asked or remarked on.
func (c *Collection) ClassReport(ctx context.Context, deck string) (r class.Report, err error) {
	err = c.forClass(ctx, deck, class.ReportFormat, func(q querier, release, reporter string) error {
		r = class.Report{Deck: deck, Release: release, Reporter: reporter}
		made, err := remarks(q, ofDeck, deck)
		if err != nil {
			return err
		}
		rows, err := q.query(`SELECT cards.id, cards.lapses, count(reviews.seq), coalesce(sum(reviews.took_ms), 0)
			FROM cards LEFT JOIN reviews ON reviews.card = cards.id AND reviews.kind = 'answer' AND reviews.op NOT IN undone
			WHERE cards.deck = ? AND NOT cards.retired GROUP BY cards.id ORDER BY cards.id`, deck)
		return each(rows, err, func(s scanner) error {
			var x class.Card
			var tookMS int64
			if err := s.Scan(&x.ID, &x.Lapses, &x.Reviews, &tookMS); err != nil {
				return err
			}
			x.Lapses = min(x.Lapses, x.Reviews)
			if x.Reviews > 0 {
				x.Seconds = int(math.Round(float64(tookMS) / float64(x.Reviews) / 1000))
			}
			x.Unclear, x.Wrong = made[x.ID][Unclear], made[x.ID][Wrong]
			if x.Reviews > 0 || x.Unclear || x.Wrong {
				r.Cards = append(r.Cards, x)
			}
			return nil
		})
	})
	if err != nil {
		return class.Report{}, fmt.Errorf("read the report of deck %s: %w", deck, err)
	}
	return r, nil
}

// forClass reads with the release of a deck and the student's pseudonym for it.
func (c *Collection) forClass(ctx context.Context, deck, format string, do func(q querier, release, reporter string) error) error {
	secret, err := c.classSecret(ctx)
	if err != nil {
		return err
	}
	return c.read(ctx, func(q querier, m *memory) error {
		if _, err := m.deck(deck); err != nil {
			return err
		}
		var release []byte
		if err := q.row(`SELECT release FROM decks WHERE id = ?`, deck).Scan(&release); err != nil {
			return err
		}
		return do(q, hex.EncodeToString(release), class.Reporter(secret, format, deck))
	})
}

const (
	settingClass    = "class_secret"
	classSecretSize = 32 // bytes
)

// classSecret returns what the student's pseudonyms are made with, and makes it
// when it is first asked for. It belongs to the collection and its backups, and
// leaves them in no file for others.
func (c *Collection) classSecret(ctx context.Context) ([]byte, error) {
	text, err := c.Setting(ctx, settingClass)
	if err != nil {
		return nil, err
	}
	if text == "" {
		var fresh [classSecretSize]byte
		rand.Read(fresh[:]) // crypto/rand.Read never fails since Go 1.24
		err := c.keepOnce(ctx, settingClass, hex.EncodeToString(fresh[:]))
		if err != nil {
			return nil, err
		}
		if text, err = c.Setting(ctx, settingClass); err != nil { // another process may have been first
			return nil, err
		}
	}
	secret, err := hex.DecodeString(text)
	if err != nil || len(secret) != classSecretSize {
		return nil, fault.New(fault.CorruptFile, fmt.Errorf("the setting %s is damaged", settingClass))
	}
	return secret, nil
}

// keepOnce keeps a setting unless there is one.
func (c *Collection) keepOnce(ctx context.Context, key, value string) error {
	return c.keepSetting(ctx, key, value, `NOTHING`)
}

// Released returns a deck as its author released it, without what the student wrote.
func (c *Collection) Released(ctx context.Context, id string) (deck decks.Deck, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		if _, err := m.deck(id); err != nil {
			return err
		}
		r, err := c.shownRelease(q, id)
		if err == nil && r == nil {
			err = fault.New(fault.NoSuchDeck, nil, "deck", id)
		}
		if err == nil {
			deck = *r
		}
		return err
	})
	if err != nil {
		return decks.Deck{}, fmt.Errorf("read the release of deck %s: %w", id, err)
	}
	return deck, nil
}
